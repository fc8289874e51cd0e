//! What a document says beyond its letters, and what of it is left out.

mod word;

use unres_source::{ReadError, Reader, Role, RunKind, Start};
use word::{Word, p, r};

/// The pieces of a document that are in one face or of one kind.
fn pieces(document: &Word, wanted: impl Fn(&unres_source::Run) -> bool) -> Vec<String> {
    let source = document.read();
    source.runs().iter().filter(|run| wanted(run)).map(|run| source.slice(run.span).to_owned()).collect()
}

fn italics(document: &Word) -> Vec<String> {
    pieces(document, |run| run.hints.face.italic)
}

#[test]
fn emphasis_is_inherited_and_switched() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:rPr><w:i/></w:rPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"Quote\"><w:basedOn w:val=\"Base\"/></w:style>\
                  <w:style w:type=\"character\" w:styleId=\"Stress\"><w:rPr><w:i/></w:rPr></w:style>";
    let body = p("", &(r("<w:i/>", "Noting") + &r("", " the ") + &r("<w:rStyle w:val=\"Stress\"/>", "bells")))
        + &p(
            "<w:pStyle w:val=\"Quote\"/>",
            &(r("", "slanted ") + &r("<w:rStyle w:val=\"Stress\"/>", "upright") + &r("<w:i w:val=\"0\"/>", "plain")),
        );
    assert_eq!(italics(&Word::of(body).with("styles", styles)), ["Noting", "bells", "slanted "]);
}

#[test]
fn letters_that_run_to_the_left_have_their_own_emphasis() {
    let body = p("<w:bidi/>", &(r("<w:rtl/><w:iCs/>", "إذ تشير") + &r("<w:rtl/><w:i/>", " إلى")));
    assert_eq!(italics(&Word::of(body)), ["إذ تشير"]);
}

#[test]
fn a_chain_of_styles_without_end_ends() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:basedOn w:val=\"B\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:basedOn w:val=\"A\"/><w:rPr><w:i/></w:rPr></w:style>";
    let body = p("<w:pStyle w:val=\"A\"/>", &r("", "bells"));
    assert_eq!(italics(&Word::of(body).with("styles", styles)), ["bells"]);
}

const NOTES: &str = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>____</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id=\"4\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> On bells.</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id=\"5\"><w:p><w:r><w:t>*</w:t></w:r><w:r><w:tab/><w:t>On towers.</w:t></w:r></w:p></w:footnote>\
    <w:footnote w:id=\"6\"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> Never called.</w:t></w:r></w:p></w:footnote>";

#[test]
fn notes_have_computed_or_typed_marks_and_follow_the_body() {
    let typed = "<w:r><w:footnoteReference w:customMarkFollows=\"1\" w:id=\"5\"/><w:t>*</w:t></w:r>";
    let body =
        p("", &(r("", "bells") + typed + &r("", " and towers") + "<w:r><w:footnoteReference w:id=\"4\"/></w:r>"));
    let settings = "<w:footnotePr><w:numStart w:val=\"3\"/></w:footnotePr>";
    let document = Word::of(body).with("footnotes", NOTES).with("settings", settings);
    assert_eq!(document.lines(), ["bells* and towers3", "*\tOn towers.", "3 On bells."]);
    let calls = pieces(&document, |run| matches!(run.hints.kind, RunKind::NoteCall(_)));
    let marks = pieces(&document, |run| matches!(run.hints.kind, RunKind::NoteMark(_)));
    assert_eq!((calls, marks), (vec!["*".to_owned(), "3".to_owned()], vec!["*".to_owned(), "3".to_owned()]));
    let mut findings = Vec::new();
    document.read_with(&mut findings);
    assert!(findings.iter().any(|finding| finding.rule.as_str() == "docx/uncalled-notes"));
}

#[test]
fn notes_may_begin_anew_in_each_section() {
    let call = "<w:r><w:footnoteReference w:id=\"4\"/></w:r>";
    let section = "<w:sectPr><w:footnotePr><w:numFmt w:val=\"lowerLetter\"/><w:numRestart w:val=\"eachSect\"/></w:footnotePr></w:sectPr>";
    let second = call.replace('4', "6");
    let body = p(section, &(r("", "one") + call)) + &p("", &(r("", "two") + &second)) + section;
    let lines = Word::of(body).with("footnotes", NOTES).lines();
    assert_eq!(lines, ["onea", "twoa", "a On bells.", "a Never called."]);
}

#[test]
fn tracked_changes_are_taken_and_listed() {
    let body = p(
        "",
        &(r("", "The ")
            + "<w:ins>"
            + &r("", "new ")
            + "</w:ins><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
            + &r("", "bell")),
    ) + &p("<w:rPr><w:del/></w:rPr>", &r("", "joined "))
        + &p("", &r("", "lines"));
    let document = Word::of(body);
    assert_eq!(document.lines(), ["The new bell", "joined lines"]);
    let mut findings = Vec::new();
    document.read_with(&mut findings);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["docx/deleted", "docx/inserted"]);
}

#[test]
fn fields_give_their_result_and_their_link() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText> HYPERLINK \"https://example.org/7\" </w:instrText></w:r>";
    let field = char("begin") + code + &char("separate") + &r("", "98/7") + &char("end");
    let document = Word::of(p("", &(r("", "resolution ") + &field)));
    assert_eq!(document.lines(), ["resolution 98/7"]);
    let source = document.read();
    let link = source.runs().iter().find_map(|run| match run.hints.kind {
        RunKind::Link(link) => Some(source.link_target(link)),
        _ => None,
    });
    assert_eq!(link, Some("https://example.org/7"));
}

#[test]
fn hidden_text_is_left_out() {
    let document = Word::of(p("", &(r("", "bells") + &r("<w:vanish/>", " hidden"))));
    let mut findings = Vec::new();
    let source = document.read_with(&mut findings);
    assert_eq!(source.text(), "bells\n");
    assert_eq!(
        findings.first().map(|finding| finding.message.as_str()),
        Some("6 characters of hidden text are left out")
    );
}

#[test]
fn boxes_and_alternatives_are_read_once() {
    let inner = format!("<w:txbxContent>{}</w:txbxContent>", p("", &r("", "in a box")));
    let drawing = format!("<w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>");
    let older = format!("<w:pict>{inner}</w:pict>");
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{drawing}</mc:Choice><mc:Fallback>{older}</mc:Fallback></mc:AlternateContent></w:r>"
    );
    let body = p("", &(r("", "be") + &both + &r("", "fore"))) + &p("", &r("", "behind"));
    assert_eq!(Word::of(body).lines(), ["before", "in a box", "behind"]);
}

#[test]
fn content_controls_and_special_characters() {
    let control = format!(
        "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        p("", &r("", "kept"))
    );
    let special = "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:softHyphen/><w:t>ed</w:t><w:sym w:font=\"Symbol\" w:char=\"F0B7\"/><w:br/><w:t>below &amp; on</w:t></w:r>";
    let document = Word::of(control + &p("", special));
    assert_eq!(document.lines(), ["kept", "co\u{2011}oped•", "below & on"]);
    let starts: Vec<Start> = document.read().lines().iter().map(|line| line.hints.start).collect();
    assert_eq!(starts, [Start::Paragraph, Start::Paragraph, Start::GoesOn]);
}

#[test]
fn cells_know_their_place_and_span() {
    let cell = |props: &str, text: &str| format!("<w:tc><w:tcPr>{props}</w:tcPr>{}</w:tc>", p("", &r("", text)));
    let row = |props: &str, cells: &[String]| format!("<w:tr><w:trPr>{props}</w:trPr>{}</w:tr>", cells.concat());
    let table = row("<w:tblHeader/>", &[cell("<w:gridSpan w:val=\"2\"/>", "Bells"), cell("", "Towers")])
        + &row("", &[cell("<w:vMerge w:val=\"restart\"/>", "North"), cell("", "1"), cell("", "")])
        + &row("<w:del/>", &[cell("", "gone"), cell("", "gone"), cell("", "gone")])
        + &row("", &[cell("<w:vMerge/>", ""), cell("", "2"), cell("", "3")]);
    let source = Word::of(format!("<w:tbl>{table}</w:tbl>") + &p("", &r("", "below"))).read();
    let place = |line: &unres_source::Line| match line.hints.role {
        Role::Cell(cell) => Some((
            source.slice(line.span).to_owned(),
            cell.row,
            cell.column,
            cell.more_columns,
            cell.more_rows,
            cell.header,
        )),
        _ => None,
    };
    let found: Vec<_> = source.lines().iter().filter_map(place).collect();
    let expect = |text: &str, row, column, columns, rows, header| (text.to_owned(), row, column, columns, rows, header);
    assert_eq!(
        found,
        [
            expect("Bells", 0, 0, 1, 0, true),
            expect("Towers", 0, 2, 0, 0, true),
            expect("North", 1, 0, 0, 1, false),
            expect("1", 1, 1, 0, 0, false),
            expect("", 1, 2, 0, 0, false),
            expect("2", 2, 1, 0, 0, false),
            expect("3", 2, 2, 0, 0, false),
        ]
    );
}

#[test]
fn the_header_of_the_first_page_is_the_masthead() {
    let section = "<w:sectPr><w:headerReference w:type=\"first\" r:id=\"header1\"/><w:headerReference w:type=\"default\" r:id=\"header2\"/>\
                   <w:footerReference w:type=\"default\" r:id=\"footer1\"/><w:titlePg/></w:sectPr>";
    let document = Word::of(p("", &r("", "98/1. Bells")) + section)
        .with("header1", p("", &r("", "A/RES/98/1")))
        .with("header2", p("", &r("", "Bells")))
        .with("footer1", p("", &r("", "44-12345")));
    let source = document.read();
    let roles: Vec<(Role, &str)> =
        source.lines().iter().map(|line| (line.hints.role, source.slice(line.span))).collect();
    let footer = (Role::PageFoot, "44-12345");
    assert_eq!(roles, [(Role::Masthead, "A/RES/98/1"), (Role::Text, "98/1. Bells"), footer, (Role::PageHead, "Bells")]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let error = |bytes: &[u8]| word::read(bytes, &mut Vec::new()).expect_err("not readable");
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0];
    assert!(matches!(error(&ole), ReadError::Refused { .. }) && error(&ole).to_string().contains(".doc"));
    let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    assert!(error(&[&ole[..], &wide].concat()).to_string().contains("password"));
    assert_eq!(error(b""), ReadError::Empty);
    assert_eq!(error(&Word::of(p("", "")).bytes()), ReadError::Empty);
    assert!(matches!(error(b"PK\x03\x04 and no more"), ReadError::Malformed(_)));
    let doctype = Word::of(p("", &r("", "x"))).with("styles", "<!DOCTYPE x>");
    assert!(matches!(error(&doctype.bytes()), ReadError::Malformed(_)));
}

#[test]
fn a_bomb_is_refused() {
    let bomb = Word::of(p("", &r("", &"b".repeat(20_000_000))));
    let bytes = bomb.bytes();
    let error = word::read(&bytes, &mut Vec::new()).expect_err("a bomb");
    assert!(error.to_string().contains("unpacks to more than"), "{error}");
    let budget = unres_source::Budget { bytes: 100 };
    let input = unres_source::Input { name: "x", bytes: &bytes };
    let error = unres_docx::Docx.read(&input, &budget, &mut Vec::new()).expect_err("too large");
    assert!(matches!(error, ReadError::TooLarge { .. }));
}

#[test]
fn deep_nesting_is_refused() {
    let deep = "<w:sdt><w:sdtContent>".repeat(5000) + &"</w:sdtContent></w:sdt>".repeat(5000);
    let error = word::read(&Word::of(deep).bytes(), &mut Vec::new()).expect_err("too deep");
    assert!(error.to_string().contains("deep"), "{error}");
}
