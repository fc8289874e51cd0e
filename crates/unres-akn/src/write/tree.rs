//! The blocks of a document as the tree that their depths make, part by part.

use std::collections::BTreeMap;
use unres_export::{Address, Addresses, Zone};
use unres_model::{Block, Document};

/// Blocks with their addresses, children and parts.
pub(super) struct Tree<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) addresses: &'a [Address],
    children: Vec<Vec<usize>>,
    /// The blocks of each zone.
    zones: BTreeMap<Zone, Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(super) fn of(document: &'a Document, addresses: &'a Addresses) -> Self {
        let addresses = addresses.blocks();
        let mut children = vec![Vec::new(); document.blocks.len()];
        let mut zones: BTreeMap<Zone, Vec<usize>> = BTreeMap::new();
        for (index, address) in addresses.iter().enumerate() {
            if let Some(parent) = address.parent {
                children[parent].push(index);
            }
            zones.entry(address.zone).or_default().push(index);
        }
        Self { blocks: &document.blocks, addresses, children, zones }
    }

    /// What hangs under a block.
    pub(super) fn children(&self, index: usize) -> Vec<usize> {
        self.children[index].clone()
    }

    /// The blocks of a zone.
    pub(super) fn zone(&self, zone: Zone) -> Vec<usize> {
        self.zones.get(&zone).cloned().unwrap_or_default()
    }

    /// The blocks of a zone that hang under none.
    pub(super) fn top(&self, zone: Zone) -> Vec<usize> {
        let blocks = self.zone(zone);
        blocks.into_iter().filter(|&index| self.addresses[index].parent.is_none()).collect()
    }

    /// The annexes, with their numbers.
    pub(super) fn annexes(&self) -> Vec<u32> {
        let number = |zone: &Zone| match zone {
            Zone::Annex(number) => Some(*number),
            _ => None,
        };
        self.zones.keys().filter_map(number).collect()
    }

    pub(super) fn eid(&self, index: usize) -> &'a str {
        &self.addresses[index].eid
    }
}
