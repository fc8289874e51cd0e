//! Both formats over two documents that cite each other and a third.

use jiff::civil::date;
use unres_export::{Addresses, ExportOptions, Exporter, MemoryTarget, Part};
use unres_graph::{Edges, GraphMl};
use unres_model::{
    Basis, Block, BlockKind, Citation, CitedKind, Document, Fact, FactRole, Inline, Meta, Pinpoint, PinpointUnit, Text,
    Value,
};
use unres_source::RuleId;

fn text(text: &str) -> Text {
    Text { text: text.to_owned(), spans: Vec::new() }
}

fn citation(symbol: &str) -> Citation {
    let pinpoints = Vec::new();
    Citation {
        symbol: symbol.to_owned(),
        kind: CitedKind::Document,
        basis: Basis::Derived,
        date: None,
        pinpoints,
        up_to: None,
        refers_back: false,
        list: None,
        text: text("98/2"),
    }
}

/// A document of one preambular paragraph that cites something.
fn document(symbol: &str, language: &str, cited: Vec<Citation>) -> Document {
    let content = cited.into_iter().map(|citation| Inline::Citation(Box::new(citation))).collect();
    let name = Fact { role: FactRole::Title, date: None, text: text("Bells\u{1}") };
    let title = Block { content: vec![Inline::Fact(name)], ..Block::new(BlockKind::Title, RuleId::new("test/rule")) };
    let block = Block { content, ..Block::new(BlockKind::Preambular, RuleId::new("test/rule")) };
    let meta = Meta {
        source: "bells.txt".to_owned(),
        language: Some(language.to_owned()),
        symbol: Some(Value::printed(symbol.to_owned())),
        ..Meta::default()
    };
    Document { blocks: vec![title, block], meta, ..Document::default() }
}

fn documents() -> Vec<Document> {
    let dated = Citation { date: Some(Value::printed(date(2043, 12, 1))), ..citation("A/RES/98/2") };
    let pinpoints = vec![Pinpoint { unit: PinpointUnit::Paragraph, number: "5".to_owned() }];
    let place = Citation { basis: Basis::Printed, pinpoints, ..citation("A/RES/98/2") };
    vec![
        document("A/RES/99/1", "eng", vec![dated, place, citation("S/2044/12")]),
        document("A/RES/99/1", "fra", vec![citation("A/RES/98/2")]),
        document("A/RES/98/2", "eng", vec![citation("A/RES/99/1")]),
    ]
}

fn export(exporter: &dyn Exporter) -> String {
    let mut target = MemoryTarget::default();
    let mut writer = exporter.open(&ExportOptions::default(), &mut target).expect("opens");
    for document in documents() {
        writer.write(&document, &Addresses::of(&document), &mut Vec::new()).expect("writes");
    }
    writer.finish(&mut Vec::new()).expect("ends");
    String::from_utf8(target.bytes(Part::Main)).expect("UTF-8")
}

#[test]
fn the_table_has_a_row_for_each_version_and_each_document_that_it_cites() {
    let expected = "\
from,to,language,count,basis,date,date_basis,pinpoints,paths,source_file
A/RES/99/1,A/RES/98/2,eng,2,printed,2043-12-01,printed,paragraph 5,pre.1,bells.txt
A/RES/99/1,S/2044/12,eng,1,derived,,,,pre.1,bells.txt
A/RES/99/1,A/RES/98/2,fra,1,derived,,,,pre.1,bells.txt
A/RES/98/2,A/RES/99/1,eng,1,derived,,,,pre.1,bells.txt
";
    assert_eq!(export(&Edges), expected);
}

#[test]
fn the_graph_has_one_node_a_document_and_one_edge_a_pair() {
    let xml = export(&GraphMl);
    let graph = roxmltree::Document::parse(&xml).expect("XML");
    let named = |name: &'static str| graph.descendants().filter(move |node| node.has_tag_name(name));
    let data = |node: roxmltree::Node<'_, '_>, key: &str| {
        let child = node.children().find(|child| child.attribute("key") == Some(key));
        child.and_then(|child| child.text().map(str::to_owned)).unwrap_or_default()
    };
    let nodes: Vec<String> = named("node")
        .map(|node| ["label", "title", "date", "in_corpus", "languages"].map(|key| data(node, key)).join(" | "))
        .collect();
    assert_eq!(
        nodes,
        [
            "A/RES/98/2 | Bells\u{fffd} | 2043-12-01 | true | eng",
            "A/RES/99/1 | Bells\u{fffd} |  | true | eng; fra",
            "S/2044/12 |  |  | false | ",
        ]
    );
    let edges: Vec<String> = named("edge")
        .map(|edge| {
            let ends = ["source", "target"].map(|end| edge.attribute(end).unwrap_or_default()).join(" ");
            format!("{ends} {} {}", data(edge, "weight"), data(edge, "cited_in"))
        })
        .collect();
    assert_eq!(edges, ["n0 n1 1 eng", "n1 n0 2 eng; fra", "n1 n2 1 eng"]);
    let keys: Vec<&str> = named("key").filter_map(|key| key.attribute("id")).collect();
    assert!(named("data").all(|data| data.attribute("key").is_some_and(|key| keys.contains(&key))));
}
