//! Inputs that know more than letters: web pages and Word documents, from bytes to documents.

use proptest::prelude::*;
use std::io::{Cursor, Write};
use tests::outline;
use unres::model::{BlockKind, Value, plain_text};
use unres::{Error, Input, ReadOptions, Reading, read};

fn read_page(page: &str) -> Reading {
    read(&Input { name: "page.html", bytes: page.as_bytes() }, &ReadOptions::default()).expect("a page")
}

const PAGE: &str = "<html><body><h1>98/301. Tidal bells</h1><p><i>The General Assembly</i>,\
    <p><i>Noting with delight</i> the Charter of Bells,<sup>1</sup> which holds for a m<sup>2</sup> of bell,\
    <h2>Bells of the north:</h2><p>1. <i>Decides</i> to ring the bells as follows:\
    <table><tr><th>Bell<th>Tide<tr><td>North<sup>1</sup><td>Flood</table><p>2. <i>Requests</i> all towers to ring.\
    <hr><p><sup>1</sup> Resolution 97/4.</body></html>";

#[test]
fn emphasis_notes_tables_and_headings_of_a_page_are_evidence() {
    let reading = read_page(PAGE);
    let document = &reading.documents[0];
    let expected = "\
title: {number: 98/301}. {title: tidal bells}
enactingformula: The {organ: general assembly},
preambular <noting>: Noting with delight the Charter of Bells,[1] which holds for a m2 of bell,
heading: Bells of the north:
  operative 1. <deciding>: Decides to ring the bells as follows:
  table: \n  operative 2. <requesting>: Requests all towers to ring.
note 1: Resolution {97/4 -> A/RES/97/4}.
";
    assert_eq!(outline(document), expected);
    let phrase = document.blocks[2].opening.as_ref().map(|opening| opening.phrase.as_str());
    assert_eq!(phrase, Some("Noting with delight"), "the file shows where the phrase ends");
    let table = document.blocks.iter().find(|block| block.kind == BlockKind::Table).expect("a table");
    let rows: Vec<Vec<String>> =
        table.rows.iter().map(|row| row.iter().map(|cell| plain_text(&cell.content).into_owned()).collect()).collect();
    assert_eq!(rows, [["Bell", "Tide"], ["North", "Flood"]]);
    assert!(reading.account.is_closed(), "{:?}", reading.account);
}

#[test]
fn bold_letters_make_headings_where_much_of_the_text_is_not_bold() {
    let page = |title: &str| {
        format!(
            "<p>98/301. Tidal bells<p>The General Assembly,<p>Noting the bells,<p><b>Bells that ring:</b>\
             <p>1. Decides that they shall ring;<p><b>{title}</b><p>2. Requests the keepers to sleep."
        )
    };
    let headings = |page: &str| -> Vec<String> {
        let reading = read_page(page);
        let headings = reading.documents[0].blocks.iter().filter(|block| block.kind == BlockKind::Heading);
        headings.map(|block| plain_text(&block.content).into_owned()).collect()
    };
    assert_eq!(headings(&page("There are no others.")), ["Bells that ring:", "There are no others."], "marks and all");
    assert_eq!(headings(&page("There are no others.").replace("b>", "u>")), [""; 0], "without bold letters");
    let all_bold = page("There are no others.").replace("b>", "u>").replace("<p>", "<p><b>");
    assert_eq!(headings(&all_bold), [""; 0], "where all is bold");
}

#[test]
fn a_call_alone_in_a_cell_is_not_lost() {
    let calls = "<sup>12</sup><sup>12</sup>";
    let list = "x<sup>12</sup><ol type=a><li>one<li>two</ol><sup>12</sup>";
    let page = format!("{list}<p><i>The General Assembly</i>,{calls}<table><tr><td><sup>12</sup>");
    let reading = read_page(&format!("<html><body>{page}"));
    assert!(reading.account.is_closed(), "{:?}", reading.account);
}

#[test]
fn a_page_with_a_printed_line_in_each_paragraph_is_joined() {
    let sentence = "the bells of the harbour ring whenever the water has reached the stairs";
    let lines = format!("<p>{sentence}</p>").repeat(6);
    let mut page = "<p>98/301. Tidal bells</p><p>The General Assembly,</p>".to_owned();
    for number in 1..=4 {
        page += &["<p>", &number.to_string(), ". Decides that</p>", &lines, "<p>which they do.</p>"].concat();
    }
    let operative =
        read_page(&page).documents[0].blocks.iter().filter(|block| block.kind == BlockKind::Operative).count();
    assert_eq!(operative, 4);
}

fn word_document(body: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("a part");
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    write!(zip, "<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>").expect("memory");
    zip.finish().expect("memory").into_inner()
}

#[test]
fn a_word_document_is_known_by_its_bytes_and_an_option_overrides_them() {
    let run =
        |props: &str, text: &str| format!("<w:r><w:rPr>{props}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let paragraph = |runs: &[String]| format!("<w:p>{}</w:p>", runs.concat());
    let body = paragraph(&[run("", "98/301. Tidal bells")])
        + &paragraph(&[run("<w:i/>", "The General Assembly"), run("", ",")])
        + &paragraph(&[run("", "1. "), run("<w:i/>", "Decides"), run("", " to ring the bells.")]);
    let bytes = word_document(&body);
    let read_as = |from: Option<&str>| {
        let options = ReadOptions { from: from.map(str::to_owned), ..ReadOptions::default() };
        read(&Input { name: "bells.txt", bytes: &bytes }, &options)
    };
    let reading = read_as(None).expect("a document");
    assert!(reading.account.is_closed());
    let kinds: Vec<BlockKind> = reading.documents[0].blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Title, BlockKind::EnactingFormula, BlockKind::Operative]);
    assert!(read_as(Some("docx")).is_ok());
    assert!(matches!(read_as(Some("text")), Err(Error::Read(_))));
    assert!(matches!(read_as(Some("odt")), Err(Error::Format(_))));
}

/// Pieces of pages as they occur, and as they do not.
/// The symbols that a text has in a file of a name, and how many warnings say that they come from the name.
fn symbols_in_file(name: &str, text: &str) -> (Vec<String>, usize) {
    let options = ReadOptions { language: Some("en".to_owned()), ..ReadOptions::default() };
    let reading = read(&Input { name, bytes: text.as_bytes() }, &options).expect("it reads");
    let symbols = reading.documents.iter().filter_map(|document| document.meta.symbol.as_ref());
    let symbols = symbols.map(|symbol| symbol.value.clone()).collect();
    let rules = reading.diagnostics.iter().map(|finding| finding.rule.as_str());
    (symbols, rules.filter(|rule| *rule == "document/number-of-file-name").count())
}

const BELLS: &str = "The General Assembly,\n\n1. Decides to ring the bells.\n\n";

#[test]
fn a_number_without_the_letter_of_its_part_takes_that_of_the_file() {
    let text = format!("98/301. Tidal bells\n\n{BELLS}");
    let symbol = |name: &str| symbols_in_file(name, &text);
    assert_eq!(symbol("bells/A_RES_98_301_B_en.txt"), (vec!["A/RES/98/301 B".to_owned()], 1));
    assert_eq!(symbol("A_RES_98_301_A-B_en.txt"), (vec!["A/RES/98/301 A-B".to_owned()], 1));
    for other in ["A_RES_98_302_B_en.txt", "A_DEC_98_301_B_en.txt", "A_HRC_RES_98_301_B_en.txt", "A_RES_98_301_E.txt"] {
        assert_eq!(symbol(other), (vec!["A/RES/98/301".to_owned()], 0), "{other}");
    }
}

#[test]
fn the_number_stays_as_it_is_printed_where_the_symbol_takes_a_letter() {
    let text = format!("98/301. Tidal bells\n\n{BELLS}");
    let reading = read(&Input { name: "A_RES_98_301_B_en.txt", bytes: text.as_bytes() }, &ReadOptions::default());
    let meta = &reading.expect("it reads").documents[0].meta;
    assert_eq!(meta.number, Some(Value::printed("98/301".to_owned())));
    assert_eq!(meta.symbol, Some(Value::derived("A/RES/98/301 B".to_owned())));
}

#[test]
fn letters_that_a_text_prints_stay() {
    let name = "A_RES_98_301_B_en.txt";
    let printed = format!("98/301 C. Tidal bells\n\n{BELLS}");
    assert_eq!(symbols_in_file(name, &printed), (vec!["A/RES/98/301 C".to_owned()], 0));
    let parts = format!("98/301. Tidal bells\n\nA\n\n{BELLS}B\n\n{BELLS}");
    assert_eq!(symbols_in_file(name, &parts), (vec!["A/RES/98/301 A-B".to_owned()], 0));
    let one_part = format!("98/301. Tidal bells\n\nA\n\n{BELLS}");
    assert_eq!(symbols_in_file(name, &one_part), (vec!["A/RES/98/301".to_owned()], 0));
}

#[test]
fn a_file_with_several_documents_gives_none_a_letter() {
    let text = format!("98/301. Tidal bells\n\n{BELLS}98/302. Towers by the sea\n\n{BELLS}");
    let both = vec!["A/RES/98/301".to_owned(), "A/RES/98/302".to_owned()];
    assert_eq!(symbols_in_file("A_RES_98_301_B_en.txt", &text), (both, 0));
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<p>98/301. Bells".to_owned()),
        Just("<p><i>The General Assembly</i>,".to_owned()),
        Just("<p><em>Recalling</em> its bells,<sup>1</sup>".to_owned()),
        Just("<p>1. <b>Decides</b> to ring;".to_owned()),
        Just("<p><sup>1</sup> A note.".to_owned()),
        Just("<sup>12</sup>".to_owned()),
        Just("<ol type=a><li>one<li>two</ol>".to_owned()),
        Just("<table><tr><td>1<td>2<tr><td>3<sup>1</sup><td>4</table>".to_owned()),
        Just("<table><tr><td>".to_owned()),
        Just("</td></tr></table>".to_owned()),
        Just("<h2>II</h2>".to_owned()),
        Just("<br>".to_owned()),
        Just("<p>(<sup>1</sup>)".to_owned()),
        Just("<p>17 May 2044<p>82nd plenary meeting".to_owned()),
        "[ -~]{0,30}",
        "\\PC{0,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn every_printed_byte_of_a_page_has_exactly_one_claim(pieces in prop::collection::vec(piece(), 1..30)) {
        let page = format!("<html><body>x{}", pieces.concat());
        let reading = read_page(&page);
        prop_assert!(reading.account.is_closed(), "{:?} in {page:?}", reading.account);
        for document in &reading.documents {
            prop_assert_eq!(document.validate(), Ok(()));
        }
    }
}
