//! Markdown reads as the text that it was made of.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unres_markdown::markdown;
use unres_model::{
    Block, BlockKind, Cell, Document, Inline, Note, NoteCall, NoteId, Number, NumberStyle, Opening, Text,
};
use unres_source::RuleId;

const RULE: &str = "test/rule";

fn text(text: &str) -> Inline {
    Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })
}

fn call(id: u32) -> Inline {
    Inline::Call(NoteCall { call: NoteId(id), spans: Vec::new() })
}

fn block(kind: BlockKind, depth: u16, words: &str) -> Block {
    Block { depth, content: vec![text(words)], ..Block::new(kind, RuleId::new(RULE)) }
}

fn note(id: u32, mark: &str, words: &str) -> Note {
    let content = vec![text(words)];
    let mark = mark.to_owned();
    Note { id: NoteId(id), mark, mark_spans: Vec::new(), content, rule: RuleId::new(RULE), place: None }
}

fn document(blocks: Vec<Block>) -> Document {
    Document { blocks, ..Document::default() }
}

fn events(markdown: &str) -> Vec<Event<'_>> {
    Parser::new_ext(markdown, Options::ENABLE_FOOTNOTES | Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
        .collect()
}

/// What a reader sees, a line for each paragraph, item, heading or cell, indented as lists are nested.
fn seen(markdown: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut depth, mut in_new_item) = (0, false);
    for event in events(markdown) {
        match &event {
            Event::Start(Tag::List(None)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Paragraph) if in_new_item => {}
            Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { .. } | Tag::TableCell) => {
                lines.push("  ".repeat(depth));
            }
            Event::Text(text) => lines.last_mut().expect("text stands in a paragraph").push_str(text),
            Event::FootnoteReference(label) => {
                lines.last_mut().expect("so do calls").extend(["[", label, "]"]);
            }
            Event::Start(
                Tag::Emphasis
                | Tag::BlockQuote(_)
                | Tag::FootnoteDefinition(_)
                | Tag::Table(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::HtmlBlock,
            )
            | Event::End(_)
            | Event::Html(_) => {}
            other => panic!("{other:?} in {markdown:?}"),
        }
        in_new_item = matches!(event, Event::Start(Tag::Item));
    }
    lines
}

fn check(document: &Document, lines: &[&str]) {
    let markdown = markdown(document, &mut Vec::new());
    assert_eq!(seen(&markdown), lines, "{markdown}");
}

#[test]
fn items_hang_as_they_do_in_print() {
    use BlockKind as K;
    let mut blocks = vec![
        block(K::Operative, 0, "Decides:"),
        block(K::Item, 1, "To ring:"),
        block(K::Item, 2, "At dusk;"),
        block(K::Unnumbered, 2, "or earlier;"),
        block(K::Item, 1, ""),
        block(K::Item, 2, "Not at dawn;"),
        block(K::Operative, 0, "Requests silence."),
    ];
    blocks[0].number =
        Some(Number { printed: "1.".to_owned(), ordinal: 1, style: NumberStyle::Decimal, spans: Vec::new() });
    let lines =
        ["1. Decides:", "  To ring:", "    At dusk;", "  or earlier;", "  ", "    Not at dawn;", "Requests silence."];
    check(&document(blocks), &lines);
}

#[test]
fn a_heading_in_a_list_begins_it_anew() {
    use BlockKind as K;
    let blocks = vec![
        block(K::Heading, 0, "Bells"),
        block(K::Operative, 1, "Decides:"),
        block(K::Item, 2, "To ring:"),
        block(K::Item, 3, "Bells:"),
        block(K::Heading, 4, "Small ones"),
        block(K::Item, 5, "At dusk;"),
        block(K::Item, 6, "At sea;"),
        block(K::Item, 2, "To listen:"),
        block(K::Item, 3, "At dawn."),
    ];
    let lines = [
        "Bells",
        "Decides:",
        "  To ring:",
        "    Bells:",
        "Small ones",
        "  At dusk;",
        "    At sea;",
        "  To listen:",
        "    At dawn.",
    ];
    let document = document(blocks);
    check(&document, &lines);
    assert!(markdown(&document, &mut Vec::new()).contains("\n### Small ones\n"));
}

#[test]
fn notes_are_footnotes_and_none_is_lost() {
    let mut noting = block(BlockKind::Preambular, 0, "Noting the bells");
    noting.opening = Some(Opening { phrase: "Noting".to_owned(), key: None });
    noting.content.extend([call(1), text(" and horns"), call(2), call(3)]);
    let mut document = document(vec![noting]);
    document.notes = vec![note(1, "1", "One."), note(2, "*", "2. Two."), note(3, "1", ""), note(4, "9", "Uncalled.")];
    let lines =
        ["Noting the bells[1] and horns[authorialNote_2][authorialNote_3]", "One.", "* 2. Two.", "1", "9 Uncalled."];
    check(&document, &lines);
    assert!(markdown(&document, &mut Vec::new()).starts_with("*Noting* the bells[^1]"));
}

#[test]
fn a_table_has_its_cells_and_says_what_it_cannot() {
    let cell = |words: &str| Cell { content: vec![text(words)], ..Cell::default() };
    let mut table = Block::new(BlockKind::Table, RuleId::new(RULE));
    table.rows = vec![vec![cell("Coast")], vec![cell("North | South"), cell("2")]];
    table.rows[0][0].more_columns = 1;
    let document = document(vec![table]);
    let mut sink = Vec::new();
    assert_eq!(seen(&markdown(&document, &mut sink)), ["Coast", "", "North | South", "2"]);
    assert_eq!(sink[0].rule.as_str(), "markdown/merged-cells");
}

proptest! {
    #[test]
    fn any_text_reads_as_itself(words in r"[-+=#>*_`~|&;!$<>()\[\]\\:.^a-c0-9 \n灯ا，]{1,24}", kind in 0..4_usize) {
        let kinds = [BlockKind::Operative, BlockKind::Item, BlockKind::Quotation, BlockKind::Heading];
        let depth = u16::from(kind == 1);
        let mut blocks = vec![block(BlockKind::Operative, 0, "Decides"), block(kinds[kind], depth, &words)];
        blocks.push(block(BlockKind::Operative, 0, "Requests"));
        let markdown = markdown(&document(blocks), &mut Vec::new());
        let expected = words.trim().replace('\n', " ");
        let found: Vec<String> = seen(&markdown).iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
        let expected: Vec<&str> = ["Decides", &expected, "Requests"].into_iter().filter(|line| !line.is_empty()).collect();
        prop_assert_eq!(found, expected, "{}", markdown);
    }
}
