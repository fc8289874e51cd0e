//! What holds for the XML of any document: it is well-formed, its eIds are unique, its references resolve, and its text is all there.

#[path = "support/export.rs"]
mod export;
#[path = "../../unres-json/tests/strategy/mod.rs"]
mod strategy;

use export::{export, export_all};
use proptest::prelude::*;
use std::collections::BTreeSet;
use unres_export::ExportOptions;
use unres_model::{Block, BlockKind, Cell, Document, Fact, FactRole, Inline, Number, NumberStyle, Text};
use unres_source::RuleId;

/// What says something of the document as a whole, which has its place in the head (U28).
const OF_THE_WHOLE: [&str; 6] = ["docAuthority", "docDate", "docNumber", "docStatus", "docTitle", "docType"];

/// The printed characters in any order: the order of the page is not that of the file where annexes and notes are.
fn letters(text: &str) -> Vec<char> {
    let illegal =
        |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let shown = text.chars().map(|c| if illegal(c) { '\u{fffd}' } else { c });
    let mut letters: Vec<char> = shown.filter(|c| !c.is_whitespace()).collect();
    letters.sort_unstable();
    letters
}

fn printed(document: &Document) -> String {
    let texts = |inline: &Inline| inline.text().map(|text| text.text.clone()).unwrap_or_default();
    let blocks = document.blocks.iter().flat_map(Block::inlines).map(texts);
    let numbers = document.blocks.iter().filter_map(|block| block.number.as_ref()).map(|number| number.printed.clone());
    let notes = document.notes.iter().flat_map(|note| &note.content).map(texts);
    blocks.chain(numbers).chain(notes).collect()
}

/// The text of a file outside its metadata and later calls, which are the raised mark of their note.
fn shown(xml: &roxmltree::Document<'_>) -> String {
    let is_aside = |node: roxmltree::Node<'_, '_>| ["meta", "sup"].contains(&node.tag_name().name());
    let texts = xml.descendants().filter(|node| node.is_text() && !node.ancestors().any(is_aside));
    texts.filter_map(|node| node.text()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn the_xml_of_any_document_is_sound(document in strategy::document()) {
        let text = export(&document);
        let xml = roxmltree::Document::parse(&text).expect("well-formed");
        let mut eids = BTreeSet::new();
        for eid in xml.descendants().filter_map(|node| node.attribute("eId")) {
            prop_assert!(eids.insert(eid), "{eid} twice");
            prop_assert!(!eid.contains(char::is_whitespace));
        }
        let local = |value: &str| value.split_whitespace().filter_map(|value| value.strip_prefix('#')).map(str::to_owned).collect::<Vec<_>>();
        for attribute in xml.descendants().flat_map(|node| node.attributes()) {
            if ["refersTo", "source", "as", "by", "outcome", "href"].contains(&attribute.name()) {
                for id in local(attribute.value()) {
                    prop_assert!(eids.contains(id.as_str()), "{} = #{id} does not resolve", attribute.name());
                }
            }
        }
        prop_assert_eq!(letters(&shown(&xml)), letters(&printed(&document)));
        let in_body = |node: &roxmltree::Node<'_, '_>| node.ancestors().any(|above| above.tag_name().name() == "mainBody");
        let odd = xml.descendants().find(|node| OF_THE_WHOLE.contains(&node.tag_name().name()) && in_body(node));
        prop_assert!(odd.is_none(), "{odd:?}");
    }

    #[test]
    fn the_published_form_of_any_document_prints_all_of_it(document in strategy::document()) {
        let mut options = ExportOptions::default();
        options.set("profile", "published");
        let text = export_all(std::slice::from_ref(&document), &options);
        let xml = roxmltree::Document::parse(&text).expect("well-formed");
        prop_assert_eq!(letters(&shown(&xml)), letters(&printed(&document)));
    }
}

/// The blocks with a table whose one cell holds a word at the place of `table`, and the text of their published form.
fn published_with_table(blocks: Vec<Block>, table: usize) -> String {
    let text = Text { text: "Bells".to_owned(), spans: Vec::new() };
    let cell = Cell { content: vec![Inline::Text(text)], ..Cell::default() };
    let mut document = Document { blocks, ..Document::default() };
    document.blocks[table].rows = vec![vec![cell]];
    let mut options = ExportOptions::default();
    options.set("profile", "published");
    let text = export_all(std::slice::from_ref(&document), &options);
    shown(&roxmltree::Document::parse(&text).expect("well-formed"))
}

#[test]
fn a_table_among_closing_lines_is_published() {
    let block = |kind, depth| Block { depth, ..Block::new(kind, RuleId::new("test")) };
    let blocks = vec![block(BlockKind::Operative, 0), block(BlockKind::Adoption, 0), block(BlockKind::Table, 1)];
    assert!(published_with_table(blocks, 2).contains("Bells"));
}

#[test]
fn a_table_that_states_the_number_is_published() {
    let block = |kind, depth| Block { depth, ..Block::new(kind, RuleId::new("test")) };
    let text = Text { text: "98/1".to_owned(), spans: Vec::new() };
    let number = Inline::Fact(Fact { role: FactRole::Number, date: None, text });
    let table = Block { content: vec![number], ..block(BlockKind::Table, 1) };
    let text = published_with_table(vec![block(BlockKind::Title, 0), table], 1);
    assert!(text.contains("Bells") && text.contains("98/1"), "{text}");
}

#[test]
fn a_numbered_table_with_text_under_it_is_published() {
    let number = Number { printed: "1.".to_owned(), ordinal: 1, style: NumberStyle::Decimal, spans: Vec::new() };
    let block = |kind, depth| Block { depth, ..Block::new(kind, RuleId::new("test")) };
    let table = Block { number: Some(number), ..block(BlockKind::Table, 1) };
    let blocks = vec![block(BlockKind::Operative, 0), table, block(BlockKind::Item, 2)];
    let text = published_with_table(blocks, 1);
    assert!(text.contains("Bells") && text.contains("1."), "{text}");
}
