//! Opening phrases: which words open a preambular or operative paragraph, and which act they perform.

use unres_lang::{LangPack, OpeningKind};
use unres_model::{BlockKind, Document, Opening, plain_text};

/// Finds the opening phrase of each preambular and operative paragraph that has none, and the key of each phrase that has none.
pub fn find_openings(document: &mut Document, pack: &LangPack) {
    for block in &mut document.blocks {
        let kind = match block.kind {
            BlockKind::Preambular => OpeningKind::Preambular,
            BlockKind::Operative => OpeningKind::Operative,
            _ => continue,
        };
        match &mut block.opening {
            Some(Opening { phrase, key: key @ None }) => {
                *key = pack.opening(phrase, kind).map(|found| found.key.to_owned());
            }
            Some(_) => {}
            None => {
                let text = plain_text(&block.content);
                let opening = pack.opening(&text, kind).and_then(|found| {
                    let phrase = text.get(..found.len)?.to_owned();
                    Some(Opening { phrase, key: Some(found.key.to_owned()) })
                });
                block.opening = opening;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Block, Inline, Text};
    use unres_source::RuleId;

    #[test]
    fn a_paragraph_gets_its_opening_and_a_known_phrase_its_key() {
        let pack = LangPack::builtin("en").expect("en");
        let text = |text: &str| vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })];
        let block = |kind, content| Block { content, ..Block::new(kind, RuleId::new("test/rule")) };
        let mut document = Document {
            blocks: vec![
                block(BlockKind::Preambular, text("Recalling also its bells,")),
                block(BlockKind::Operative, text("Requests all towers to ring;")),
                block(BlockKind::Unnumbered, text("Requests nothing.")),
            ],
            ..Document::default()
        };
        document.blocks[1].opening = Some(Opening { phrase: "Requests".to_owned(), key: None });
        find_openings(&mut document, &pack);
        let found: Vec<_> = document.blocks.iter().map(|block| block.opening.as_ref()).collect();
        let expect = |phrase: &str, key: &str| Opening { phrase: phrase.to_owned(), key: Some(key.to_owned()) };
        assert_eq!(found[0], Some(&expect("Recalling also", "recalling")));
        assert_eq!(found[1], Some(&expect("Requests", "requesting")));
        assert_eq!(found[2], None);
    }
}
