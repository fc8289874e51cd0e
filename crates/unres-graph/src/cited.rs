//! What one version of a document cites, each document once.

use jiff::civil::Date;
use std::collections::BTreeMap;
use unres_export::Addresses;
use unres_model::{Basis, Citation, CitedIn, Document, Inline, Note, Pinpoint, Value};
use unres_symbol::Symbol;

/// The citations of one document in another, together.
#[derive(Debug)]
pub(crate) struct Cited {
    /// How many there are.
    pub(crate) count: u32,
    /// Printed where one of them says whose document it is.
    pub(crate) basis: Basis,
    /// A printed one rather than a derived one.
    pub(crate) date: Option<Value<Date>>,
    /// The places in it that are meant, in the order of the page.
    pub(crate) pinpoints: Vec<String>,
    /// The blocks that cite it, or call a note that does, by their paths.
    pub(crate) paths: Vec<String>,
}

/// What documents a document cites, by symbol.
pub(crate) fn cited(document: &Document, addresses: &Addresses) -> BTreeMap<String, Cited> {
    let mut all: BTreeMap<String, Cited> = BTreeMap::new();
    for (place, citation) in document.citations().filter(|(_, citation)| citation.is_link()) {
        let new = || Cited { count: 0, basis: Basis::Derived, date: None, pinpoints: Vec::new(), paths: Vec::new() };
        let cited = all.entry(citation.symbol.clone()).or_insert_with(new);
        cited.add(citation);
        if let Some(address) = block(document, place).and_then(|block| addresses.blocks().get(block)) {
            add_once(&mut cited.paths, address.path.clone());
        }
    }
    all
}

impl Cited {
    fn add(&mut self, citation: &Citation) {
        self.count += 1;
        if citation.basis == Basis::Printed {
            self.basis = Basis::Printed;
        }
        let is_printed = |date: &Value<Date>| date.basis == Basis::Printed;
        if self.date.is_none() || citation.date.as_ref().is_some_and(is_printed) {
            self.date = citation.date.or(self.date);
        }
        for place in &citation.pinpoints {
            add_once(&mut self.pinpoints, Pinpoint::shown(place));
        }
    }
}

/// The block that cites, or the first that calls the note.
fn block(document: &Document, place: CitedIn) -> Option<usize> {
    match place {
        CitedIn::Block(index) => Some(index),
        CitedIn::Note(index) => document.notes.get(index).and_then(|note| caller(document, note)),
    }
}

fn caller(document: &Document, note: &Note) -> Option<usize> {
    let calls = |inline: &Inline| matches!(inline, Inline::Call(call) if call.call == note.id);
    document.blocks.iter().position(|block| block.inlines().any(calls))
}

/// Few stand in such a list, so it is searched as it is.
fn add_once(list: &mut Vec<String>, item: String) {
    if !list.contains(&item) {
        list.push(item);
    }
}

/// The symbol of a document as citations write it; none where it has none.
pub(crate) fn symbol(document: &Document) -> Option<String> {
    let printed = &document.meta.symbol.as_ref()?.value;
    Some(Symbol::parse(printed).map_or_else(|| printed.clone(), |symbol| symbol.to_string()))
}

pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Printed => "printed",
        Basis::Derived => "derived",
    }
}
