//! The validator on small documents, one for each kind of fault.

use unres_akn::validate::{Depth, RULES, validate};
use unres_source::Severity;

const HEAD: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
<statement name="resolution" contains="originalVersion">
<meta>
<identification source="#unres">
<FRBRWork>
<FRBRthis value="/akn/un/statement/deliberation/unga/2044-01-31/98-1/!main"/>
<FRBRuri value="/akn/un/statement/deliberation/unga/2044-01-31/98-1"/>
<FRBRdate date="2044-01-31" name="adoption"/>
<FRBRauthor href="#unga"/>
<FRBRcountry value="un"/>
<FRBRsubtype value="deliberation"/>
<FRBRnumber value="98-1" showAs="A/RES/98/1"/>
</FRBRWork>
<FRBRExpression>
<FRBRthis value="/akn/un/statement/deliberation/unga/2044-01-31/98-1/eng@/!main"/>
<FRBRuri value="/akn/un/statement/deliberation/unga/2044-01-31/98-1/eng@"/>
<FRBRdate date="2044-01-31" name="adoption"/>
<FRBRauthor href="#unga"/>
<FRBRlanguage language="eng"/>
</FRBRExpression>
<FRBRManifestation>
<FRBRthis value="/akn/un/statement/deliberation/unga/2044-01-31/98-1/eng@/!main.xml"/>
<FRBRuri value="/akn/un/statement/deliberation/unga/2044-01-31/98-1/eng@.xml"/>
<FRBRdate date="2044-01-31" name="markup"/>
<FRBRauthor href="#unres"/>
<FRBRformat value="application/akn+xml"/>
</FRBRManifestation>
</identification>
<publication date="2044-01-31" name="A/RES/98/1" showAs="A/RES/98/1"/>
<references source="#unres">
<TLCOrganization eId="unga" href="/akn/ontology/organization/unga" showAs="General Assembly"/>
<TLCOrganization eId="unres" href="/akn/ontology/organization/unres" showAs="unres"/>
<TLCConcept eId="bells" href="/akn/ontology/concept/bells" showAs="bells"/>
</references>
</meta>
<preface><p><docNumber>98/1</docNumber>. <docTitle>Tidal bells</docTitle></p></preface>
<preamble><formula name="enacting" eId="formula_1"><p>The General Assembly,</p></formula></preamble>
<mainBody>
"##;
const TAIL: &str = "</mainBody>\n</statement>\n</akomaNtoso>\n";
/// The line on which the body begins.
const BODY: usize = 40;
const GOOD: &str = r#"<paragraph eId="para_1"><num>1.</num><content eId="para_1__content"><p>Decides to ring them.</p></content></paragraph>"#;

fn document(body: &str) -> String {
    format!("{HEAD}{body}\n{TAIL}")
}

fn findings(text: impl AsRef<[u8]>) -> Vec<(String, usize)> {
    let found = validate(text.as_ref(), Depth::Profile);
    found.into_iter().map(|finding| (finding.rule.as_str().to_owned(), finding.line)).collect()
}

/// The rules that speak, each once, in the order of their names.
fn rules(text: impl AsRef<[u8]>) -> Vec<String> {
    let mut rules: Vec<String> = findings(text).into_iter().map(|(rule, _)| rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

/// A body in which exactly these rules find something.
fn check_body(body: &str, wanted: &[&str]) {
    assert_eq!(rules(document(body)), wanted, "{body}");
}

/// A good document with one change, in which exactly these rules find something.
fn check_change(from: &str, to: &str, wanted: &[&str]) {
    let good = document(GOOD);
    assert!(good.contains(from), "{from}");
    assert_eq!(rules(good.replacen(from, to, 1)), wanted, "{from} -> {to}");
}

#[test]
fn a_good_document_has_no_findings() {
    check_body(GOOD, &[]);
    assert_eq!(findings(format!("\u{FEFF}{}", document(GOOD))), []);
    assert_eq!(findings(document(GOOD).replace('\n', "\r\n")), []);
}

#[test]
fn findings_stand_in_the_order_of_their_lines() {
    let body = "<p>a</p>\n<foo/>\n<p eId=\"a b\"/>";
    let wanted =
        [("U34", BODY), ("schema/element", BODY + 1), ("U30", BODY + 1), ("schema/value", BODY + 2), ("U48", BODY + 2)];
    let found = findings(document(body));
    assert_eq!(found, wanted.map(|(rule, line)| (rule.to_owned(), line)));
}

#[test]
fn what_is_not_well_formed_is_one_finding() {
    let good = document(GOOD);
    let cut = good.get(..good.len() / 2).expect("the sample is ASCII");
    let texts: Vec<String> = vec![
        String::new(),
        "just text".to_owned(),
        "%PDF-1.7".to_owned(),
        cut.to_owned(),
        good.replacen("</p>", "</q>", 1),
        good.replacen("</p>", "", 1),
        format!("{good}<akomaNtoso/>"),
        format!("{good}text"),
        format!("{good}&amp;"),
        format!("text{good}"),
        format!(" {good}"),
        good.replacen("Decides", "Decides \u{1}", 1),
        good.replacen("Decides", "Decides \u{0}", 1),
        good.replacen("Decides", "Decides \u{FFFF}", 1),
        good.replacen("Decides", "Decides &#0;", 1),
        good.replacen("Decides", "A & B", 1),
        good.replacen("Decides", "&bells;", 1),
        good.replacen("Decides", "]]>", 1),
        good.replacen("Decides", "<!-- a -- b -->", 1),
        good.replacen("Decides", "<?xml version=\"1.0\"?>", 1),
        good.replacen("eId=\"para_1\"", "eId=\"para_1\" eId=\"para_1\"", 1),
        good.replacen("eId=\"para_1\"", "eId=para_1", 1),
        good.replacen("eId=\"para_1\"", "eId=\"<\"", 1),
        good.replacen("eId=\"para_1\"", "eId=\"&\"", 1),
        good.replacen("eId=\"para_1\"", "x:eId=\"para_1\"", 1),
        good.replacen("<num>1.</num>", "<x:num>1.</x:num>", 1),
        good.replacen("<num>1.</num>", "<1num/>", 1),
    ];
    for text in texts {
        assert_eq!(rules(&text).first().map(String::as_str), Some("xml/ill-formed"), "{text:.80?}");
        assert_eq!(findings(&text).iter().filter(|(rule, _)| rule.starts_with("xml/")).count(), 1, "{text:.80?}");
    }
}

#[test]
fn other_encodings_are_named() {
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(document(GOOD).encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(rules(utf16), ["xml/encoding"]);
    assert_eq!(rules([b"<akomaNtoso>\xE9</akomaNtoso>".as_slice()].concat()), ["xml/encoding"]);
    check_change("encoding=\"UTF-8\"", "encoding=\"ISO-8859-1\"", &["xml/encoding"]);
}

#[test]
fn a_document_type_definition_is_refused() {
    let laughs = r#"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>"#;
    assert_eq!(rules(laughs), ["xml/dtd"]);
    assert_eq!(rules("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), ["xml/dtd"]);
}

#[test]
fn bounds_hold() {
    let deep = format!("{HEAD}{}", "<section>".repeat(100_000));
    assert_eq!(findings(deep).last().map(|(rule, _)| rule.as_str()), Some("xml/limit"));
    let wide =
        format!("<p xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" class=\"{}\"/>", "x".repeat(1 << 20));
    assert_eq!(rules(wide), ["xml/limit"]);
    let many: String = "abcdefghij"
        .chars()
        .flat_map(|a| ('a'..='z').chain('A'..='Z').map(move |b| [' ', a, b, '=', '"', '"']))
        .flatten()
        .collect();
    assert_eq!(rules(format!("<a{many}/>")), ["xml/limit"]);
    let namespaces: String = (0..200).map(|a| format!("<x:p xmlns:x=\"u{a}\" xmlns:y=\"v{a}\"/>").repeat(3)).collect();
    assert_eq!(rules(document(&format!("<foreign>{namespaces}</foreign>"))), [""; 0]);
    let faults = "<foo/>".repeat(10).replace("<foo/>", "<p eId=\"a b\"/>").repeat(3000);
    let found = validate(document(&faults).as_bytes(), Depth::Schema);
    assert_eq!(found.len(), unres_akn::validate::MAX_FINDINGS + 1);
    assert_eq!(found.last().map(|finding| finding.severity), Some(Severity::Note));
}

#[test]
fn other_files_are_named_once() {
    assert_eq!(rules("<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>x</body></html>"), ["schema/root"]);
    assert_eq!(rules("<akomaNtoso><act/></akomaNtoso>"), ["schema/root"]);
    let old = document(GOOD).replace("/ns/akn/3.0", "/ns/akn/3.0/WD17");
    assert_eq!(rules(&old), ["schema/root"]);
    let found = validate(old.as_bytes(), Depth::Profile);
    assert!(found.iter().all(|finding| finding.message.contains("another version") && finding.line == 2), "{found:?}");
    assert_eq!(rules("<p xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"/>"), ["U01"]);
}

#[test]
fn the_order_and_number_of_children_is_checked() {
    check_body(
        "<section eId=\"sec_1\"><content eId=\"sec_1__content\"><p/></content><num>1</num></section>",
        &["schema/element"],
    );
    check_body("<table eId=\"table_1\"/>", &["schema/missing"]);
    check_body("<table eId=\"table_1\"><tr><td><p/></td></tr><caption/></table>", &["schema/element"]);
    check_change("<preamble>", "<preamble><p>x</p></preamble><preamble>", &["U29", "schema/element"]);
    check_change(
        "<references source=\"#unres\">",
        "<lifecycle source=\"#unres\"/><references source=\"#unres\">",
        &["schema/missing"],
    );
    check_change("<FRBRcountry value=\"un\"/>", "", &["U03", "schema/element"]);
    check_body(&format!("{GOOD}<nosuch/>"), &["U30", "schema/element"]);
    check_body("", &["schema/missing"]);
}

#[test]
fn text_stands_where_it_may() {
    check_body(&format!("{GOOD}text"), &["schema/text"]);
    check_body(&format!("{GOOD}&#160;"), &["schema/text"]);
    check_body(&format!("{GOOD}<![CDATA[ ]]>"), &["schema/text"]);
    check_body(&format!("{GOOD}<!-- a comment --><?a b?>"), &[]);
    check_body("<p><br> </br></p>", &["schema/text"]);
}

#[test]
fn attributes_are_checked() {
    check_change("eId=\"para_1\"", "eId=\"para_1\" foo=\"1\"", &["schema/attribute"]);
    check_change("eId=\"para_1\"", "eId=\"para_1\" xmlns:x=\"u\" x:foo=\"1\" xml:lang=\"fr\"", &[]);
    check_change("eId=\"para_1\"", "eId=\"para_1\" xml:lang=\"?\"", &["schema/value"]);
    check_change("eId=\"para_1\"", "eId=\"para_1\" status=\"odd\"", &["schema/value"]);
    check_change(" showAs=\"bells\"", "", &["schema/missing"]);
    check_change("<publication date=\"2044-01-31\"", "<publication", &["schema/missing"]);
    check_change("<publication date=\"2044-01-31\"", "<publication date=\"2044-02-30\"", &["schema/value"]);
    check_change("eId=\"formula_1\"", "eId=\"para_1\"", &["U48", "schema/unique"]);
    check_body("<p xml:id=\"a\"/><p xml:id=\"a\"/>", &["schema/unique"]);
}

#[test]
fn foreign_elements_stand_in_foreign_only() {
    check_body("<foreign><x:a xmlns:x=\"u\" b=\"c\">text<x:d/></x:a></foreign>", &[]);
    check_body("<foreign><p/></foreign>", &["schema/element"]);
    check_body("<foreign><x:a xmlns:x=\"u\"><p foo=\"1\"/></x:a></foreign>", &["schema/attribute"]);
    check_body("<p><x:a xmlns:x=\"u\"/></p>", &["schema/element"]);
}

#[test]
fn the_identification_is_checked() {
    let iri = "/akn/un/statement/deliberation/unga/2044-01-31/98-1";
    check_change("name=\"resolution\"", "name=\" \"", &["U02"]);
    check_change("value=\"un\"", "value=\"fr\"", &["U03"]);
    check_change("value=\"deliberation\"", "value=\"provision\"", &["U04", "U08"]);
    check_change("FRBRnumber value=\"98-1\"", "FRBRnumber value=\"98/1\"", &["U05", "U11"]);
    check_change(&format!("FRBRuri value=\"{iri}\""), "FRBRuri value=\"/akn/un/98-1\"", &["U06", "U12", "U13"]);
    check_change("FRBRdate date=\"2044-01-31\"", "FRBRdate date=\"2044-01-30\"", &["U10"]);
    check_change("FRBRauthor href=\"#unga\"", "FRBRauthor href=\"#unsc\"", &["U09"]);
    check_change("FRBRauthor href=\"#unga\"", "FRBRauthor href=\"#unres\"", &["U09"]);
    check_change("98-1/!main\"", "98-1/main\"", &["U12"]);
    check_change("eng@/!main\"", "eng@/main\"", &["U15"]);
    check_change("language=\"eng\"", "language=\"en\"", &["U13", "U20"]);
    check_change("<FRBRformat value=\"application/akn+xml\"/>", "", &["U16"]);
    check_change("eng@.xml", "eng@", &["U16"]);
    check_change("eng@/!main.xml", "eng@/main.xml", &["U17"]);
    check_change(
        "value=\"/akn/un/statement/deliberation/unga/2044-01-31/98-1/eng@\"",
        "value=\"/akn/un/statement/deliberation/unga/2044-01-31/98-1/eng@/\"",
        &["U19"],
    );
    check_change("eng@.xml\"", "eng@.xml\"", &[]);
    check_change("<publication date=\"2044-01-31\" name=\"A/RES/98/1\" showAs=\"A/RES/98/1\"/>", "", &["U22"]);
    check_change("references source=\"#unres\"", "references source=\"#who\"", &["U23"]);
    check_change("originalVersion", "singleVersion", &["U24"]);
    check_change("/akn/ontology/concept/", "/akn/ontology/bells/", &["U54"]);
    check_change("FRBRthis value=\"/akn/un", "FRBRthis value=\"http://example.org/akn/un", &["U12", "U18"]);
}

#[test]
fn the_frame_of_the_text_is_checked() {
    check_change("<docNumber>98/1</docNumber>. <docTitle>Tidal bells</docTitle>", "98/1", &["U26"]);
    check_change("98/1</docNumber>. ", "98/1. </docNumber>", &["U27"]);
    check_body("<p>Decides.</p>", &["U34"]);
    check_body("<ul eId=\"ul_1\"><li>x</li></ul>", &["U31"]);
    check_body("<block name=\"x\"><docDate date=\"2044-01-31\">today</docDate></block>", &["U28"]);
    check_body(
        &format!("{GOOD}</mainBody><conclusions><p>x</p></conclusions><mainBody>"),
        &["U35", "schema/element", "schema/missing"],
    );
    let list = |children: &str| format!("<list eId=\"list_1\">{children}</list>");
    check_body(&list("<point eId=\"list_1__point_1\"/><indent eId=\"list_1__indent_1\"/>"), &["U32"]);
    check_body(&list("<point eId=\"list_1__point_1\"/><point eId=\"list_1__point_2\"/>"), &[]);
    check_body("<section eId=\"sec_1\"><subheading eId=\"sec_1__subheading\">x</subheading></section>", &["U58"]);
}

#[test]
fn references_are_checked() {
    check_body("<block name=\"x\"><term eId=\"term_1\" refersTo=\"#bells\">bells</term></block>", &[]);
    check_body("<block name=\"x\"><term eId=\"term_1\" refersTo=\"#gongs\">bells</term></block>", &["U37"]);
    check_body("<block name=\"x\"><term eId=\"term_1\" refersTo=\"bells\">bells</term></block>", &["U38"]);
    check_body("<block name=\"x\"><term eId=\"term_1\" refersTo=\"#bells\">bells,</term></block>", &["U27"]);
    check_body("<block name=\"x\"><b><term eId=\"term_1\" refersTo=\"#bells\">bells</term></b></block>", &["U40"]);
    check_body("<block name=\"x\"><inline name=\"x\">bells</inline></block>", &["U39"]);
    check_body("<block name=\"x\"><date date=\"2044-01-31\">31 January 2043</date></block>", &["U41"]);
    check_body("<block name=\"x\"><noteRef href=\"#bells\"/></block>", &["U43"]);
    check_body("<block name=\"x\"><ref eId=\"ref_1\" href=\"https://example.org\">x</ref></block>", &["U44"]);
    check_body("<block name=\"x\"><ref eId=\"ref_1\" href=\"#bells\">x</ref></block>", &["U45"]);
    check_body("<block name=\"x\"><ref eId=\"ref_1\" href=\"#gongs\">x</ref></block>", &["U46"]);
    check_body("<block name=\"x\"><a href=\"https://undocs.org/A/RES/98/1\">x</a></block>", &["U60"]);
    check_body(
        "<block name=\"x\"><authorialNote eId=\"authorialNote_1\" marker=\"1\"><p/></authorialNote></block>",
        &["U42"],
    );
    check_body("<block name=\"x\"><mod eId=\"mod_1\">x</mod></block>", &["U52"]);
    check_body("<block name=\"x\" xml:lang=\"en\">x</block>", &["U53"]);
}

#[test]
fn identifiers_are_checked() {
    let nested = |id: &str, num: &str| {
        format!(
            "<section eId=\"sec_I\"><num>I</num><paragraph eId=\"{id}\"><num>{num}</num><content eId=\"{id}__content\"><p/></content></paragraph></section>"
        )
    };
    check_body(&nested("sec_I__para_1", "1."), &[]);
    check_body(&nested("sec_I__para_1-dup2", "1."), &[]);
    check_body(&nested("para_1", "1."), &["U47"]);
    check_body(&nested("sec_I__par_1", "1."), &["U48"]);
    check_body(&nested("sec_I__para_1", "2."), &["U49"]);
    check_body("<paragraph><content eId=\"content\"><p/></content></paragraph>", &["U50"]);
}

#[test]
fn each_rule_has_a_row_of_its_own() {
    let ids: std::collections::BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    assert!(RULES.iter().all(|rule| rule.unchecked.is_some() == rule.hint.is_empty()));
}

#[test]
fn the_schema_alone_leaves_the_profile_out() {
    let text = document(GOOD).replace("value=\"un\"", "value=\"fr\"");
    assert_eq!(validate(text.as_bytes(), Depth::Schema), []);
}
