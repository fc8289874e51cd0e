//! Which blocks head others, and how high they stand.

use unres_model::{Block, BlockKind, Document};

/// The lowest rank that formats for readers know.
const LOWEST: u8 = 6;

/// For each block its rank as a heading: 1 for a title, 2 for an annex, section or heading at the top of the document, 3 for one in it … at most 6; none for
/// what heads nothing.
pub fn heading_ranks(document: &Document) -> Vec<Option<u8>> {
    // What stands under a block has its rank above it, also where the block heads nothing: headings stand in lists too.
    let mut reached: Vec<Option<u8>> = Vec::with_capacity(document.blocks.len());
    let mut ranks = Vec::with_capacity(document.blocks.len());
    for (block, parent) in document.blocks.iter().zip(document.parents()) {
        let above = parent.and_then(|parent| reached.get(parent).copied().flatten());
        let rank = rank(block, above);
        reached.push(rank.or(above));
        ranks.push(rank);
    }
    ranks
}

fn rank(block: &Block, above: Option<u8>) -> Option<u8> {
    match block.kind {
        BlockKind::Title => Some(1),
        kind if kind.is_container() => Some(above.map_or(2, |above| (above + 1).min(LOWEST))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind as K;
    use unres_source::RuleId;

    #[test]
    fn headings_rank_by_what_they_hang_under() {
        let kinds =
            [(K::Title, 0), (K::Section, 0), (K::Operative, 1), (K::Annex, 0), (K::Section, 1), (K::Heading, 2)];
        let block = |(kind, depth)| Block { depth, ..Block::new(kind, RuleId::new("test/rule")) };
        let document = Document { blocks: kinds.map(block).into(), ..Document::default() };
        let expected = [Some(1), Some(2), None, Some(2), Some(3), Some(4)];
        assert_eq!(heading_ranks(&document), expected);
    }
}
