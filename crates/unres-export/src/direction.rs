//! The direction in which a document is read. Its letters tell, so that no exporter needs to know languages.

use unicode_bidi::get_base_direction;
use unres_model::{Block, Document, Inline};

/// The direction in which a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// As Latin letters are.
    LeftToRight,
    /// As Arabic letters are.
    RightToLeft,
}

impl Direction {
    /// That of most blocks of a document; from left to right when no block has letters.
    pub fn of(document: &Document) -> Self {
        let count = |direction| document.blocks.iter().filter(|block| of_block(block) == direction).count();
        if count(unicode_bidi::Direction::Rtl) > count(unicode_bidi::Direction::Ltr) {
            Self::RightToLeft
        } else {
            Self::LeftToRight
        }
    }
}

/// By the first letter that has a direction, as the Unicode rules have it.
fn of_block(block: &Block) -> unicode_bidi::Direction {
    let text: String = block.inlines().filter_map(Inline::text).map(|text| text.text.as_str()).collect();
    get_base_direction(text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{BlockKind, Text};
    use unres_source::RuleId;

    fn check(blocks: &[&str], direction: Direction) {
        let block = |text: &&str| {
            let mut block = Block::new(BlockKind::Unplaced, RuleId::new("test/rule"));
            block.content.push(Inline::Text(Text { text: (*text).to_owned(), spans: Vec::new() }));
            block
        };
        let document = Document { blocks: blocks.iter().map(block).collect(), ..Document::default() };
        assert_eq!(Direction::of(&document), direction, "{blocks:?}");
    }

    #[test]
    fn most_blocks_tell() {
        check(&[], Direction::LeftToRight);
        check(&["98/1", "–"], Direction::LeftToRight);
        check(&["Bells", "(أ) الأجراس", "2 - المنارات"], Direction::RightToLeft);
        check(&["灯塔", "الأجراس", "Bells"], Direction::LeftToRight);
    }
}
