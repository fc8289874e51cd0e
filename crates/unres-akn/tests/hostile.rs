//! Files that want to do harm, for the reader and the validator: each is refused with a reason or read, soon and in little memory.

use std::time::{Duration, Instant};
use unres_akn::validate::{Depth, validate};
use unres_akn::{IllFormed, read_documents};
use unres_source::{Budget, Input, ReadError};

const NS: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

fn document(body: &str) -> String {
    format!(
        "<akomaNtoso xmlns=\"{NS}\"><statement name=\"resolution\"><mainBody>{body}</mainBody></statement></akomaNtoso>"
    )
}

/// How many blocks the reader makes, or why none.
fn read(bytes: &[u8], ill_formed: IllFormed) -> Result<usize, String> {
    let input = Input { name: "hostile.xml", bytes };
    let documents = read_documents(&input, &Budget::default(), ill_formed, &mut Vec::new());
    documents.map(|found| found[0].document.blocks.len()).map_err(|error| error.to_string())
}

/// Reader and validator refuse a text; the one says these words, the other speaks by this rule.
fn check_refused(xml: &str, words: &str, rule: &str) {
    for handling in [IllFormed::Mended, IllFormed::Refused] {
        let reason = read(xml.as_bytes(), handling).expect_err(words);
        assert!(reason.contains(words), "{reason}");
    }
    check_rule(xml, rule);
}

/// The reader mends a text and refuses it when asked to; the validator speaks by a rule.
fn check_mended(xml: &str, words: &str) {
    assert!(read(xml.as_bytes(), IllFormed::Mended).is_ok(), "{words}");
    let reason = read(xml.as_bytes(), IllFormed::Refused).expect_err(words);
    assert!(reason.contains(words), "{reason}");
    check_rule(xml, "xml/ill-formed");
}

fn check_rule(xml: &str, rule: &str) {
    let findings = validate(xml.as_bytes(), Depth::Profile);
    assert!(findings.iter().any(|finding| finding.rule.as_str() == rule), "no {rule}");
}

fn time(xml: &str) -> Duration {
    let start = Instant::now();
    let _ = read(xml.as_bytes(), IllFormed::Mended);
    validate(xml.as_bytes(), Depth::Profile);
    start.elapsed()
}

/// Four times the pieces may not take 16 times the time, as they would if each looked at all others. One good measure of a few is enough:
/// other work on the machine only makes them worse.
fn check_linear(body: impl Fn(usize) -> String) {
    let (short, long) = (document(&body(1)), document(&body(4)));
    let is_linear = |_| time(&long) < time(&short) * 10;
    assert!((0..5).any(is_linear), "{short:.300}");
}

#[test]
fn entities_are_never_expanded() {
    let level = |level: u32| format!("<!ENTITY a{} \"{}\">", level + 1, format!("&a{level};").repeat(10));
    let levels: Vec<String> = (0..9).map(level).collect();
    let laughs = format!("<!DOCTYPE akomaNtoso [<!ENTITY a0 \"ha\">{}]>{}", levels.concat(), document("<p>&a9;</p>"));
    check_refused(&laughs, "document type definition", "xml/dtd");
    let outside = format!("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">{}", document("<p/>"));
    check_refused(&outside, "document type definition", "xml/dtd");
}

#[test]
fn depth_and_size_of_tags_are_bounded() {
    check_refused(&document(&"<section>".repeat(100_000)), "elements more than 256 deep", "xml/limit");
    let huge = format!("<p class=\"{}\"/>", "x".repeat(1 << 20));
    check_refused(&document(&huge), "a tag of", "xml/limit");
    let many: Vec<String> = (0..300).map(|number| format!(" a{number}=\"\"")).collect();
    check_refused(&document(&format!("<p{}/>", many.concat())), "more than 256 attributes", "xml/limit");
}

#[test]
fn what_is_cut_or_broken_is_mended_or_refused() {
    let whole = document("<paragraph><num>1.</num><content><p>Rings.</p></content></paragraph>");
    let cut = whole.split("</p>").next().expect("a head");
    check_mended(cut, "the file ends inside an element");
    check_mended(&whole.replace("Rings", "Ri\0ngs"), "a character that XML does not allow");
    check_mended(&whole.replace("<p>", "<p class=\"a\0b\">"), "a character that XML does not allow");
    check_mended(&whole.replace("Rings", "&bell;"), "is no character and no entity");
    check_mended(&whole.replace("<p>", "<p class=\"&\">"), "a bare & in an attribute");
    check_mended(&whole.replace("<p>", "<p class=a>"), "an attribute that is not");
    check_mended(&whole.replace("<p>", "<p class=\"a\" class=\"b\">"), "stands twice");
    check_mended(&whole.replace("<p>", "<x:p>").replace("</p>", "</x:p>"), "is not declared");
    check_mended(&format!("{whole}text"), "text outside the root");
}

#[test]
fn other_files_are_named() {
    check_refused("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>", "no Akoma Ntoso", "schema/root");
    let old = document("<p/>").replace("/akn/3.0", "/akn/3.0/WD17");
    check_refused(&old, "a draft of Akoma Ntoso", "schema/root");
    check_refused("<akomaNtoso/>", "no namespace", "schema/root");
    check_refused("<!-- nothing -->", "holds no element", "xml/ill-formed");
    let utf16: Vec<u8> = document("<p/>").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(read(&[b"<\xFF".as_slice(), &utf16].concat(), IllFormed::Mended).is_err());
}

#[test]
fn a_file_beyond_the_budget_is_not_looked_at() {
    let input = Input { name: "large.xml", bytes: &[b'<'; 100] };
    let error = read_documents(&input, &Budget { bytes: 99 }, IllFormed::Mended, &mut Vec::new()).unwrap_err();
    assert_eq!(error, ReadError::TooLarge { bytes: 100, limit: 99 });
}

#[test]
fn work_is_linear_in_the_input() {
    let note = "<p>x<authorialNote marker=\"1\" placement=\"bottom\"><p>y</p></authorialNote></p>";
    let item = "<point><num>(a)</num><content><p>x</p></content></point>";
    check_linear(|n| "<paragraph><num>1.</num><content><p>x</p></content></paragraph>".repeat(1000 * n));
    check_linear(|n| format!("<section>{}</section>", "<subheading>x</subheading>".repeat(2000 * n)));
    check_linear(|n| "<p><mod eId=\"mod_1\">x</mod></p>".repeat(1000 * n));
    check_linear(|n| note.repeat(1000 * n));
    check_linear(|n| "<list>".repeat(200) + &item.repeat(500 * n));
    check_linear(|n| format!("<table>{}</table>", "<tr><td><p>x</p></td></tr>".repeat(1000 * n)));
    check_linear(|n| format!("<p class=\"{}\"/>", "&".repeat(20_000 * n)));
    check_linear(|n| "</q>".repeat(10_000 * n));
    check_linear(|n| "<p>a &bell; c &</p>".repeat(2000 * n));
}
