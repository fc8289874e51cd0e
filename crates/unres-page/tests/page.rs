//! Pages of small documents.

use unres_export::Addresses;
use unres_model::{
    Block, BlockKind, Cell, Document, Inline, Note, NoteCall, NoteId, Number, NumberStyle, Opening, Text,
};
use unres_page::page;
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

fn note(id: u32, mark: &str, content: Vec<Inline>) -> Note {
    let mark = mark.to_owned();
    Note { id: NoteId(id), mark, mark_spans: Vec::new(), content, rule: RuleId::new(RULE), place: None }
}

/// The lines of the page's main part.
fn main_part(document: &Document) -> Vec<String> {
    let page = page(document, &Addresses::of(document)).expect("a page");
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(&page, options).expect("well-formed");
    let (_, rest) = page.split_once("<main>\n").expect("a main part");
    let (main, _) = rest.split_once("\n</main>").unwrap_or_default();
    main.lines().map(str::to_owned).collect()
}

fn check(blocks: Vec<Block>, notes: Vec<Note>, lines: &[&str]) {
    assert_eq!(main_part(&Document { blocks, notes, ..Document::default() }), lines);
}

#[test]
fn paragraphs_have_their_number_opening_and_anchor() {
    let mut ringing = block(BlockKind::Operative, 0, "Decides to <ring> & \"listen\":");
    ringing.number =
        Some(Number { printed: "1.".to_owned(), ordinal: 1, style: NumberStyle::Decimal, spans: Vec::new() });
    ringing.opening = Some(Opening { phrase: "Decides".to_owned(), key: None });
    let lines = [
        "<h1 id=\"preface__p_1\" class=\"title\">Bells</h1>",
        "<p id=\"para_1\" class=\"operative\"><a class=\"number\" href=\"#para_1\">1.</a> \
         <em>Decides</em> to &lt;ring&gt; &amp; &quot;listen&quot;:</p>",
        "<p id=\"para_1__list_1__point_1\" class=\"item\" style=\"--level: 1\">At dusk.</p>",
    ];
    check(
        vec![block(BlockKind::Title, 0, "Bells"), ringing, block(BlockKind::Item, 1, "At dusk.")],
        Vec::new(),
        &lines,
    );
}

#[test]
fn calls_and_notes_jump_to_each_other() {
    let mut ringing = block(BlockKind::Unplaced, 0, "Bells");
    ringing.content.extend([call(7), call(7)]);
    let notes = vec![note(7, "*", vec![text("Once.")]), note(8, "2", Vec::new())];
    let id = Addresses::of(&Document { blocks: vec![ringing.clone()], ..Document::default() }).blocks()[0].eid.clone();
    let lines = [
        &format!(
            "<p id=\"{id}\" class=\"unplaced\">Bells\
             <sup><a id=\"authorialNote_7__call_1\" href=\"#authorialNote_7\" role=\"doc-noteref\">*</a></sup>\
             <sup><a id=\"authorialNote_7__call_2\" href=\"#authorialNote_7\" role=\"doc-noteref\">*</a></sup></p>"
        ),
        "<section role=\"doc-endnotes\">",
        "<p id=\"authorialNote_7\" class=\"note\">\
         <a href=\"#authorialNote_7__call_1\" role=\"doc-backlink\">*</a> Once.</p>",
        "<p id=\"authorialNote_8\" class=\"note\"><span>2</span> </p>",
        "</section>",
    ];
    check(vec![ringing], notes, &lines);
}

#[test]
fn tables_keep_their_spans() {
    let mut table = Block::new(BlockKind::Table, RuleId::new(RULE));
    let cell = |words: &str| Cell { content: vec![text(words)], ..Cell::default() };
    table.rows = vec![vec![Cell { header: true, more_columns: 1, ..cell("Coast") }], vec![cell("North"), cell("2")]];
    let blocks = vec![table];
    let id = Addresses::of(&Document { blocks: blocks.clone(), ..Document::default() }).blocks()[0].eid.clone();
    let lines = [
        &format!("<div id=\"{id}\" class=\"table\">"),
        "<table>",
        "<tr><th colspan=\"2\">Coast</th></tr>",
        "<tr><td>North</td><td>2</td></tr>",
        "</table>",
        "</div>",
    ];
    check(blocks, Vec::new(), &lines);
}

#[test]
fn a_page_states_its_language_and_direction() {
    let head = |language: &str, words: &str| {
        let mut document = Document { blocks: vec![block(BlockKind::Unplaced, 0, words)], ..Document::default() };
        document.meta.language = Some(language.to_owned());
        page(&document, &Addresses::of(&document)).expect("a page").lines().nth(1).map(str::to_owned)
    };
    assert_eq!(head("ara", "الأجراس").as_deref(), Some("<html lang=\"ar\" dir=\"rtl\">"));
    assert_eq!(head("zho", "灯塔").as_deref(), Some("<html lang=\"zh\" dir=\"ltr\">"));
    assert_eq!(head("???", "Bells").as_deref(), Some("<html dir=\"ltr\">"));
}
