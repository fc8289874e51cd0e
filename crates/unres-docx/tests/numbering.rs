//! Automatic numbers: one document a format and a mechanism, with the labels that Word prints.

mod word;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use unres_source::RunKind;
use word::{Word, instance, item, level, list, p, r};

/// The labels of a document, in order.
fn labels(document: &Word) -> Vec<String> {
    let source = document.read();
    let labels = source.runs().iter().filter(|run| run.hints.kind == RunKind::Label);
    labels.map(|run| source.slice(run.span).to_owned()).collect()
}

fn check(document: &Word, expected: &[&str]) {
    keep(document, expected);
    assert_eq!(labels(document), expected);
}

/// Writes the document and its labels, one a line, into the folder that `UNRES_KEEP_DOCX` names, so that other programs can be asked for the labels too:
/// `cargo xtask check office`.
fn keep(document: &Word, labels: &[&str]) {
    static KEPT: AtomicUsize = AtomicUsize::new(0);
    let Some(folder) = std::env::var_os("UNRES_KEEP_DOCX").map(PathBuf::from) else { return };
    let name = format!("{:03}", KEPT.fetch_add(1, Ordering::Relaxed));
    std::fs::write(folder.join(&name).with_extension("docx"), document.bytes()).expect("writable");
    std::fs::write(folder.join(&name).with_extension("labels"), labels.join("\n")).expect("writable");
}

/// A document with one list, whose items have these levels.
fn one_list(levels: &str, items: &[u32]) -> Word {
    let body: String = items.iter().map(|level| item(1, *level, "text")).collect();
    Word::of(body).with("numbering", list(0, levels) + &instance(1, 0, ""))
}

/// Three items of one format.
fn format(name: &str, expected: &[&str]) {
    check(&one_list(&level(0, name, "%1", ""), &vec![0; expected.len()]), expected);
}

#[test]
fn every_format_of_the_six_languages() {
    format("decimal", &["1", "2", "3"]);
    format("decimalZero", &["01", "02"]);
    format("lowerLetter", &["a", "b", "c"]);
    format("upperLetter", &["A", "B", "C"]);
    format("lowerRoman", &["i", "ii", "iii", "iv"]);
    format("upperRoman", &["I", "II", "III", "IV"]);
    format("russianLower", &["а", "б", "в", "г", "д", "е", "ж"]);
    format("russianUpper", &["А", "Б", "В"]);
    format("arabicAlpha", &["أ", "ب", "ت", "ث"]);
    format("arabicAbjad", &["أ", "ب", "ج", "د"]);
    format("hindiNumbers", &["١", "٢"]);
    format("chineseCounting", &["一", "二", "三"]);
    format("chineseCountingThousand", &["一", "二", "三"]);
    format("chineseLegalSimplified", &["壹", "贰", "叁"]);
    format("ideographDigital", &["一", "二", "三"]);
    format("ideographTraditional", &["甲", "乙", "丙"]);
    format("ideographZodiac", &["子", "丑"]);
    format("ideographEnclosedCircle", &["㊀", "㊁"]);
    format("decimalEnclosedCircle", &["①", "②"]);
    format("decimalEnclosedParen", &["⑴", "⑵"]);
    format("decimalEnclosedFullstop", &["⒈", "⒉"]);
    format("decimalFullWidth", &["１", "２"]);
    format("numberInDash", &["- 1 -", "- 2 -"]);
    format("chicago", &["*", "†", "‡", "§", "**"]);
}

#[test]
fn letters_go_on_behind_the_last_one() {
    let labels = labels(&one_list(&level(0, "lowerLetter", "(%1)", ""), &[0; 28]));
    assert_eq!(labels.get(25..), Some(&["(z)".to_owned(), "(aa)".to_owned(), "(bb)".to_owned()][..]));
}

#[test]
fn levels_begin_anew_under_the_level_above() {
    let levels =
        level(0, "decimal", "%1.", "") + &level(1, "lowerLetter", "(%2)", "") + &level(2, "lowerRoman", "(%3)", "");
    let expected = ["1.", "(a)", "(i)", "(ii)", "(b)", "(i)", "2.", "(a)"];
    check(&one_list(&levels, &[0, 1, 2, 2, 1, 2, 0, 1]), &expected);
}

#[test]
fn a_level_may_print_the_numbers_above_it() {
    let levels = level(0, "upperRoman", "%1.", "")
        + &level(1, "decimal", "%1.%2", "")
        + &level(2, "lowerLetter", "%1.%2.%3", "");
    check(&one_list(&levels, &[0, 1, 2, 1, 0, 1]), &["I.", "I.1", "I.1.a", "I.2", "II.", "II.1"]);
}

#[test]
fn a_legal_level_prints_digits_only() {
    let levels = level(0, "upperRoman", "%1.", "") + &level(1, "decimal", "%1.%2", "<w:isLgl/>");
    check(&one_list(&levels, &[0, 0, 1]), &["I.", "II.", "2.1"]);
}

#[test]
fn a_level_that_is_left_out_stands_at_its_start() {
    let levels = level(0, "decimal", "%1.", "") + &level(1, "decimal", "%1.%2", "");
    check(&one_list(&levels, &[1, 1, 0]), &["1.1", "1.2", "1."]);
}

#[test]
fn a_level_may_never_begin_anew_or_only_under_some_level() {
    let never = level(0, "decimal", "%1.", "") + &level(1, "decimal", "(%2)", "<w:lvlRestart w:val=\"0\"/>");
    check(&one_list(&never, &[0, 1, 1, 0, 1]), &["1.", "(1)", "(2)", "2.", "(3)"]);
    let first = level(0, "decimal", "%1.", "")
        + &level(1, "lowerLetter", "(%2)", "")
        + &level(2, "decimal", "[%3]", "<w:lvlRestart w:val=\"1\"/>");
    let expected = ["1.", "(a)", "[1]", "(b)", "[2]", "2.", "(a)", "[1]"];
    check(&one_list(&first, &[0, 1, 2, 1, 2, 0, 1, 2]), &expected);
}

#[test]
fn a_list_may_start_at_another_number() {
    let level =
        "<w:lvl w:ilvl=\"0\"><w:start w:val=\"7\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>";
    check(&one_list(level, &[0, 0]), &["7.", "8."]);
}

#[test]
fn instances_of_one_list_count_on() {
    let body = item(1, 0, "a") + &item(2, 0, "b") + &item(1, 0, "c");
    let numbering = list(0, &level(0, "decimal", "%1.", "")) + &instance(1, 0, "") + &instance(2, 0, "");
    check(&Word::of(body).with("numbering", numbering), &["1.", "2.", "3."]);
}

#[test]
fn an_overridden_start_holds_once() {
    let body = item(1, 0, "a") + &item(1, 0, "b") + &item(2, 0, "c") + &item(2, 0, "d");
    let start = "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride>";
    let numbering = list(0, &level(0, "decimal", "%1.", "")) + &instance(1, 0, "") + &instance(2, 0, start);
    check(&Word::of(body).with("numbering", numbering), &["1.", "2.", "1.", "2."]);
}

#[test]
fn an_instance_may_replace_a_level() {
    let body = item(1, 0, "a") + &item(2, 0, "b");
    let replaced = format!("<w:lvlOverride w:ilvl=\"0\">{}</w:lvlOverride>", level(0, "upperLetter", "%1)", ""));
    let numbering = list(0, &level(0, "decimal", "%1.", "")) + &list(1, &level(0, "decimal", "%1.", ""));
    let numbering = numbering + &instance(1, 0, "") + &instance(2, 1, &replaced);
    check(&Word::of(body).with("numbering", numbering), &["1.", "A)"]);
}

#[test]
fn a_style_may_number_its_paragraphs() {
    let paragraph = |style: &str| p(&format!("<w:pStyle w:val=\"{style}\"/>"), &r("", "text"));
    let body = paragraph("Para") + &paragraph("Sub") + &paragraph("Sub") + &paragraph("Para");
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Para\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:basedOn w:val=\"Para\"/></w:style>";
    let levels = level(0, "decimal", "%1.", "<w:pStyle w:val=\"Para\"/>")
        + &level(1, "lowerLetter", "(%2)", "<w:pStyle w:val=\"Sub\"/>");
    let document = Word::of(body).with("styles", styles).with("numbering", list(0, &levels) + &instance(1, 0, ""));
    check(&document, &["1.", "(a)", "(b)", "2."]);
}

#[test]
fn a_paragraph_may_leave_the_list_of_its_style() {
    let none = "<w:pStyle w:val=\"Para\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    let body = p("<w:pStyle w:val=\"Para\"/>", &r("", "a"))
        + &p(none, &r("", "b"))
        + &p("<w:pStyle w:val=\"Para\"/>", &r("", "c"));
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Para\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";
    let numbering = list(0, &level(0, "decimal", "%1.", "")) + &instance(1, 0, "");
    check(&Word::of(body).with("styles", styles).with("numbering", numbering), &["1.", "2."]);
}

#[test]
fn a_numbering_style_may_define_the_list() {
    let body = item(1, 0, "a") + &item(1, 0, "b");
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"Points\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style>";
    let linked = list(0, "<w:numStyleLink w:val=\"Points\"/>");
    let defined = list(1, &("<w:styleLink w:val=\"Points\"/>".to_owned() + &level(0, "lowerRoman", "(%1)", "")));
    let numbering = linked + &defined + &instance(1, 0, "") + &instance(2, 1, "");
    check(&Word::of(body).with("styles", styles).with("numbering", numbering), &["(i)", "(ii)"]);
}

#[test]
fn bullets_come_in_letters_that_any_font_has() {
    let dash = one_list(&level(0, "bullet", "–", ""), &[0]);
    check(&dash, &["–"]);
    let font = "<w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr>";
    check(&one_list(&level(0, "bullet", "\u{f0b7}", font), &[0]), &["•"]);
}

#[test]
fn what_parts_a_number_from_its_text() {
    for (suffix, line) in [("tab", "1.\ttext"), ("space", "1. text"), ("nothing", "1.text")] {
        let document = one_list(&level(0, "decimal", "%1.", &format!("<w:suff w:val=\"{suffix}\"/>")), &[0]);
        assert_eq!(document.lines(), [line]);
    }
}

#[test]
fn a_pattern_of_a_newer_format_is_taken_before_the_older_one() {
    let formats = "<mc:AlternateContent><mc:Choice Requires=\"w14\"><w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/></mc:Choice>\
                   <mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>";
    let level = format!("<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>{formats}<w:lvlText w:val=\"%1\"/></w:lvl>");
    check(&one_list(&level, &[0, 0]), &["001", "002"]);
}

#[test]
fn a_paragraph_that_a_tracked_change_deletes_is_not_counted() {
    let deleted = p(
        "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:rPr><w:del/></w:rPr>",
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
    );
    let body = item(1, 0, "a") + &deleted + &item(1, 0, "b");
    let numbering = list(0, &level(0, "decimal", "%1.", "")) + &instance(1, 0, "");
    check(&Word::of(body).with("numbering", numbering), &["1.", "2."]);
}

#[test]
fn numbers_without_end_are_written_and_an_unknown_format_is_reported() {
    let huge = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"lowerLetter\"/><w:lvlText w:val=\"%1\"/></w:lvl>";
    check(&one_list(huge, &[0, 0]), &["4294967295", "4294967295"]);
    let mut findings = Vec::new();
    one_list(&level(0, "thaiLetters", "%1", ""), &[0]).read_with(&mut findings);
    assert!(findings.iter().any(|finding| finding.rule.as_str() == "docx/unknown-number-format"));
}
