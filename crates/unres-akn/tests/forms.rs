//! The forms of a file: the published profile, and collections of several documents.

#[path = "support/export.rs"]
mod export;

use export::{export, export_all};
use unres_akn::validate::{Depth, validate};
use unres_akn::{Dialect, IllFormed, read_documents};
use unres_export::ExportOptions;
use unres_model::{Block, BlockKind, Document, HeadingForm, HeadingPlace, HeadingRank, Inline, LinkedText, plain_text};
use unres_source::{Budget, Input, RuleId};

const NS: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

fn read(xml: &str) -> Vec<Document> {
    let input = Input { name: "bells.xml", bytes: xml.as_bytes() };
    let read = read_documents(&input, &Budget::default(), IllFormed::Refused, &mut Vec::new()).expect("documents");
    read.into_iter().map(|read| read.document).collect()
}

fn published() -> ExportOptions {
    let mut options = ExportOptions::default();
    options.set("profile", "published");
    options
}

/// The names of the elements of a text outside `meta`, with brackets for what stands in them; those inside a line are left out.
fn shape(xml: &str) -> String {
    const INLINE: [&str; 8] = ["span", "docNumber", "docTitle", "docDate", "event", "location", "eol", "inline"];
    fn walk(node: roxmltree::Node<'_, '_>, out: &mut String) {
        for child in node.children().filter(roxmltree::Node::is_element) {
            let name = child.tag_name().name();
            if name == "meta" {
                continue;
            }
            if INLINE.contains(&name) {
                walk(child, out);
                continue;
            }
            if !out.is_empty() && !out.ends_with('(') {
                out.push(' ');
            }
            out.push_str(name);
            let mut inside = String::new();
            walk(child, &mut inside);
            if !inside.is_empty() {
                out.push('(');
                out.push_str(&inside);
                out.push(')');
            }
        }
    }
    let tree = roxmltree::Document::parse(xml).expect("XML");
    let mut out = String::new();
    walk(tree.root(), &mut out);
    out
}

fn statement(inside: &str) -> String {
    format!("<akomaNtoso xmlns=\"{NS}\"><statement name=\"resolution\"><meta/>{inside}</statement></akomaNtoso>")
}

/// The published form of what was read has the shape of the source, and is valid.
fn check(inside: &str) {
    let source = statement(inside);
    let written = export_all(&read(&source), &published());
    assert_eq!(shape(&written), shape(&source));
    let findings = validate(written.as_bytes(), Depth::Schema);
    assert!(findings.is_empty(), "{findings:?}\n{written}");
}

#[test]
fn items_of_items_stand_beside_them() {
    check(
        "<mainBody><paragraph><num>1.</num><list><intro><p>Rings:</p></intro>\
         <point><num>(a)</num><content><p>a bell;</p></content></point>\
         <sublist><point><num>(i)</num><content><p>a small one;</p></content></point></sublist>\
         <point><num>(b)</num><content><p>a horn;</p></content></point>\
         <wrapUp><p>and listens;</p></wrapUp></list></paragraph>\
         <paragraph><num>2.</num><content><p>Stops.</p></content></paragraph></mainBody>",
    );
}

#[test]
fn headings_between_items_stand_in_the_item_behind_them() {
    let body = "<mainBody><paragraph><num>1.</num><list><intro><p>Rings:</p></intro>\
         <point><num>(a)</num><content><p>a bell:</p></content></point>\
         <sublist><point><subheading>Small ones</subheading><num>(i)</num><content><p>at dusk;</p></content></point>\
         <point><num>(ii)</num><content><p>at sea;</p></content></point>\
         <point><subheading>Great ones</subheading><num>(iii)</num><content><p>at dawn;</p></content></point></sublist>\
         <point><num>(b)</num><content><p>a horn.</p></content></point></list></paragraph></mainBody>";
    check(body);
    let strict = export_all(&read(&statement(body)), &ExportOptions::default());
    let expected =
        "point(num list(intro(p) point(heading num content(p)) point(num content(p)) point(heading num content(p))))";
    assert!(shape(&strict).contains(expected), "{strict}");
    assert!(
        strict.contains("<heading eId=\"para_1__list_1__point_a__list_1__point_iii__heading\">Great ones</heading>")
    );
    assert_eq!(validate(strict.as_bytes(), Depth::Schema), []);
    assert_eq!(export_all(&read(&strict), &ExportOptions::default()), strict);
}

#[test]
fn the_frame_of_a_document_comes_back() {
    check(
        "<coverPage><p>Bells</p></coverPage>\
         <preface><p><docNumber>61/2.</docNumber> <docTitle>On bells</docTitle></p></preface>\
         <preamble><formula name=\"enactingFormula\"><p><span class=\"italic\">The Ringers</span>,</p></formula>\
         <container name=\"Hearing\"><p><span class=\"italic\">Hearing</span> the bells,</p></container>\
         <container name=\"Seeing\"><blockList><listIntroduction>Seeing:</listIntroduction>\
         <item><num>(a)</num><p>a bell,</p></item></blockList></container></preamble>\
         <mainBody><paragraph><num>1.</num><content><p>Rings.</p></content></paragraph></mainBody>\
         <conclusions><p><event refersTo=\"#adoption\"><location refersTo=\"#adoptionMeeting\">47th meeting</location><eol/>\
         <docDate date=\"2006-11-03\" refersTo=\"#adoptionDate\">3 November 2006</docDate></event></p></conclusions>\
         <attachments><attachment><doc name=\"annex\"><meta/><mainBody>\
         <paragraph class=\"HCh\"><heading>Annex</heading></paragraph>\
         <paragraph class=\"HCh\"><heading>Bells</heading></paragraph>\
         <paragraph><num>1.</num><content><p>A bell.</p></content></paragraph>\
         <container name=\"table\"><table><tr><th><p>Bell</p></th><td><p>1</p></td></tr></table></container>\
         </mainBody></doc></attachment></attachments>",
    );
}

#[test]
fn preambular_paragraphs_in_the_body_stand_in_sections() {
    check(
        "<mainBody><section><num>I</num><subheading>Bells</subheading>\
         <crossHeading refersTo=\"#preamble\">Hearing the bells,</crossHeading>\
         <paragraph><num>1.</num><content><p>Rings.</p></content></paragraph></section></mainBody>",
    );
}

#[test]
fn headings_come_back_as_they_were_marked_up() {
    check(
        "<mainBody><paragraph><heading>Bells</heading></paragraph><paragraph><subheading>Small bells</subheading></paragraph>\
         <paragraph><num>1.</num><content><p>Rings.</p></content></paragraph></mainBody>\
         <attachments><attachment><doc name=\"annex\"><meta/><mainBody>\
         <paragraph><subheading>Annex</subheading></paragraph><paragraph><subheading>On horns</subheading></paragraph>\
         <paragraph><num>I.</num><heading>Old horns</heading></paragraph><paragraph><content><p>A horn.</p></content></paragraph>\
         </mainBody></doc></attachment></attachments>",
    );
    check(
        "<mainBody><section><subheading>Bells</subheading><subheading>Small bells</subheading>\
         <crossHeading refersTo=\"#preamble\">Hearing the bells,</crossHeading>\
         <paragraph><num>1.</num><content><p>Rings.</p></content></paragraph>\
         <subsection><subheading>Horns</subheading>\
         <paragraph><num>2.</num><content><p>Blows.</p></content></paragraph></subsection></section></mainBody>",
    );
}

/// A section has such a heading once what follows was hung under it.
#[test]
fn a_heading_in_a_paragraph_stays_in_it_inside_a_section() {
    let heading = |form: Option<HeadingForm>| {
        let section = Block { heading: form, ..Block::new(BlockKind::Section, RuleId::new("test/rule")) };
        let preambular = Block { depth: 1, ..Block::new(BlockKind::Preambular, RuleId::new("test/rule")) };
        shape(&export_all(&[Document { blocks: vec![section, preambular], ..Document::default() }], &published()))
    };
    let form = HeadingForm { rank: HeadingRank::Heading, stands: HeadingPlace::Paragraph };
    let frame = |inside: &str| format!("akomaNtoso(doc(mainBody(section({inside} crossHeading))))");
    assert_eq!(heading(Some(form)), frame("paragraph(heading)"));
    assert_eq!(heading(None), frame("subheading"));
}

#[test]
fn a_title_in_the_body_comes_back_there() {
    check(
        "<coverPage><p>Bells</p></coverPage><preface><p/></preface>\
         <mainBody><p><docTitle>Statement on bells</docTitle></p><alinea><content><p>The Ringers hear.</p></content></alinea>\
         <paragraph><content><p>They ring.</p></content></paragraph></mainBody>",
    );
}

fn part(letter: &str, text: &str) -> String {
    format!(
        "<component eId=\"comp_{letter}\"><statement name=\"resolution\"><meta><identification source=\"#x\"><FRBRWork>\
         <FRBRthis value=\"x\"/><FRBRuri value=\"/akn/un/statement/deliberation/unga/2006-11-03/61-2{letter}/\"/>\
         <FRBRdate date=\"2006-11-03\" name=\"adoption\"/></FRBRWork></identification></meta>\
         <preface><p><docNumber refersTo=\"#letter\">{letter}</docNumber></p></preface>\
         <mainBody><paragraph><num>1.</num><content><p>{text}</p></content></paragraph></mainBody></statement></component>"
    )
}

fn parts() -> Vec<Document> {
    read(&format!(
        "<akomaNtoso xmlns=\"{NS}\"><documentCollection name=\"publication\">\
         <meta><classification source=\"#x\"><keyword value=\"BELLS\" showAs=\"BELLS\" dictionary=\"UNBIS\"/></classification></meta>\
         <coverPage><p>Ringers</p></coverPage>\
         <preface><p><docNumber>61/2.</docNumber> <docTitle>On bells</docTitle></p></preface>\
         <collectionBody><component eId=\"c\"><documentRef href=\"comp_A\" showAs=\"A\"/></component></collectionBody>\
         </documentCollection><components>{}{}</components></akomaNtoso>",
        part("A", "Rings."),
        part("B", "Stops."),
    ))
}

#[test]
fn several_documents_are_a_collection() {
    let documents = parts();
    assert_eq!(documents.len(), 2);
    assert!(documents.iter().all(|document| document.meta.subjects.len() == 1));
    let written = export_all(&documents, &ExportOptions::default());
    let findings = validate(written.as_bytes(), Depth::Profile);
    assert!(findings.is_empty(), "{findings:?}\n{written}");
    assert!(written.contains("/akn/un/documentCollection/publication/un-ga/2006-11-03/61-2\""), "{written}");
    assert_eq!(export_all(&read(&written), &ExportOptions::default()), written);
    let texts = |documents: &[Document]| -> Vec<Vec<String>> {
        let text =
            |document: &Document| document.blocks.iter().map(|block| plain_text(&block.content).into_owned()).collect();
        documents.iter().map(text).collect()
    };
    assert_eq!(texts(&read(&written)), texts(&documents));
    let published = export_all(&documents, &published());
    assert!(validate(published.as_bytes(), Depth::Schema).is_empty(), "{published}");
    assert_eq!(texts(&read(&published)), texts(&documents));
}

#[test]
fn each_document_can_have_a_file_of_its_own() {
    for document in parts() {
        let written = export(&document);
        assert!(!written.contains("documentCollection"));
        assert_eq!(read(&written).len(), 1);
    }
}

#[test]
fn the_published_form_is_read_as_such() {
    let written = export_all(&read(&statement("<mainBody><p>Rings.</p></mainBody>")), &published());
    let input = Input { name: "bells.xml", bytes: written.as_bytes() };
    let read = read_documents(&input, &Budget::default(), IllFormed::Refused, &mut Vec::new()).expect("a document");
    assert_eq!(read[0].dialect, Dialect::Published);
}

#[test]
fn links_to_the_document_sites_are_for_the_published_form() {
    let block = |url: &str| {
        let text = unres_model::Text { text: "of the bells".to_owned(), ..Default::default() };
        let mut block = Block::new(BlockKind::Operative, RuleId::new("test/rule"));
        block.content = vec![Inline::Link(LinkedText { url: url.to_owned(), text })];
        Document { blocks: vec![block], ..Document::default() }
    };
    let links = |url: &str, options: &ExportOptions| export_all(&[block(url)], options).matches("<a ").count();
    let strict = ExportOptions::default();
    let (site, other) = ("https://undocs.org/en/A//Add.2", "https://example.org/bells");
    assert_eq!([links(site, &strict), links(other, &strict)], [0, 1]);
    assert_eq!([links(site, &published()), links(other, &published())], [1, 1]);
}
