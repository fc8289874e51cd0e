//! The language versions of one resolution side by side.

use roxmltree::Node;
use tests::read_sample;
use unres::model::{BlockKind, Document};
use unres::{Diagnostic, ExportOptions, Part, export_to_memory, registry};

const LANGUAGES: [&str; 6] = ["ar", "en", "es", "fr", "ru", "zh"];

fn lighthouses() -> Vec<Document> {
    LANGUAGES.iter().flat_map(|language| read_sample(&format!("lighthouses.{language}.txt")).documents).collect()
}

fn export(format: &str, documents: &[Document]) -> (String, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let target = export_to_memory(&registry(), format, documents, &ExportOptions::default(), &mut findings);
    let bytes = target.expect("written").bytes(Part::Main);
    (String::from_utf8(bytes).expect("UTF-8"), findings)
}

fn children<'a, 'x>(node: Node<'a, 'x>, name: &'a str) -> Vec<Node<'a, 'x>> {
    node.children().filter(|child| child.has_tag_name(name)).collect()
}

/// The names of what an element holds, in order.
fn names<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.children().filter(Node::is_element).map(|child| child.tag_name().name()).collect()
}

/// What the document type definition of TMX 1.4 wants of the elements that are written.
fn check_tmx(text: &str) {
    let parsed = roxmltree::Document::parse(text).expect("XML");
    let root = parsed.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("version")), ("tmx", Some("1.4")));
    assert_eq!(names(root), ["header", "body"]);
    let header = children(root, "header")[0];
    let wanted = ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"];
    assert!(wanted.iter().all(|name| header.has_attribute(*name)));
    let lang = ("http://www.w3.org/XML/1998/namespace", "lang");
    for unit in children(children(root, "body")[0], "tu") {
        let variants = children(unit, "tuv");
        assert!(!variants.is_empty());
        let props = children(unit, "prop").len();
        assert_eq!(names(unit), [vec!["prop"; props], vec!["tuv"; variants.len()]].concat());
        for variant in variants {
            assert!(variant.has_attribute(lang));
            let props = children(variant, "prop").len();
            assert_eq!(names(variant), [vec!["prop"; props], vec!["seg"]].concat());
        }
        assert!(unit.descendants().filter(|node| node.has_tag_name("prop")).all(|prop| prop.has_attribute("type")));
    }
}

#[test]
fn every_paragraph_stands_beside_its_translations() {
    let documents = lighthouses();
    let (tmx, findings) = export("tmx", &documents);
    check_tmx(&tmx);
    // Chinese prints the closing lines in another order.
    let odd: Vec<&Diagnostic> = findings.iter().filter(|finding| !finding.message.contains(" adoption.")).collect();
    assert!(odd.is_empty(), "{odd:?}");
    let parsed = roxmltree::Document::parse(&tmx).expect("XML");
    let paragraphs = documents[1].blocks.iter().filter(|block| block.kind != BlockKind::Adoption).count();
    let notes = documents[1].notes.len();
    let units = parsed.descendants().filter(|node| node.has_tag_name("tu"));
    let full = units.filter(|unit| children(*unit, "tuv").len() == LANGUAGES.len()).count();
    assert!(full >= paragraphs + notes, "{full} of {}", paragraphs + notes);
}

#[test]
fn the_table_has_a_column_for_each_language() {
    let (table, _) = export("aligned-csv", &lighthouses());
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = rows.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(header, ["document", "path", "kind", "lacking", "ar", "en", "es", "fr", "ru", "zh"]);
    let decides = rows.records().map(|row| row.expect("a row")).find(|row| &row[1] == "op.2").expect("paragraph 2");
    assert!(decides[5].starts_with("2. Decides") && decides[9].starts_with("2. "), "{decides:?}");
    assert!(decides[4].starts_with("2 - "), "{decides:?}");
}

#[test]
fn what_a_language_lacks_is_named() {
    let mut documents = lighthouses();
    let french = &mut documents[3].blocks;
    let third = french.iter().position(|block| block.kind == BlockKind::Preambular).expect("a preamble") + 2;
    french.remove(third);
    let (_, findings) = export("tmx", &documents);
    let named: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(named.contains(&"A/RES/98/301 pre.3: not in fr"), "{named:?}");
    let (_, findings) = export("tmx", &documents[..1]);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].message, "A/RES/98/301: there is only one version, ar");
}

#[test]
fn a_second_text_in_one_language_is_no_translation() {
    let mut documents = lighthouses();
    documents.push(documents[0].clone());
    let (page, _) = export("aligned-html", &documents);
    assert_eq!(page.matches("<h1>").count(), 2);
    let (table, _) = export("aligned-csv", &documents);
    let titles = table.lines().filter(|line| line.starts_with("A/RES/98/301,title,")).count();
    assert_eq!(titles, 2);
}
