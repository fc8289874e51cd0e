//! The exporter `graphml`.

use crate::cited::{Cited, basis, cited, symbol};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::{Basis, Document};
use unres_source::Sink;
use unres_symbol::{Single, Symbol};

/// The graph of citations, for programs that draw and count graphs.
#[derive(Clone, Copy, Debug, Default)]
pub struct GraphMl;

/// The language whose title stands for a document, when a version in it is there.
const ENGLISH: &str = "eng";

/// What is said of nodes and edges: for which, under which name, of which type.
const KEYS: [(&str, &str, &str); 13] = [
    ("node", "label", "string"),
    ("node", "title", "string"),
    ("node", "kind", "string"),
    ("node", "body", "string"),
    ("node", "session", "string"),
    ("node", "date", "string"),
    ("node", "url", "string"),
    ("node", "in_corpus", "boolean"),
    ("node", "languages", "string"),
    ("edge", "weight", "int"),
    ("edge", "basis", "string"),
    ("edge", "pinpoints", "string"),
    ("edge", "cited_in", "string"),
];

impl Exporter for GraphMl {
    fn format(&self) -> Format {
        Format {
            id: "graphml",
            title: "GraphML, which document cites which",
            media_type: "application/graphml+xml",
            extension: "graphml",
            arity: Arity::ManyDocuments,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(GraphWriter { out: target.part(Part::Main)?, nodes: BTreeMap::new(), edges: BTreeMap::new() }))
    }
}

/// Holds the graph until the end, since the versions of a document may come from anywhere.
struct GraphWriter {
    out: Box<dyn Write + Send>,
    nodes: BTreeMap<String, Node>,
    /// By the names of both nodes.
    edges: BTreeMap<String, BTreeMap<String, Edge>>,
}

/// A document, one of the corpus or one that it cites.
#[derive(Default)]
struct Node {
    /// With whether it is the English one.
    title: Option<(String, bool)>,
    date: Option<String>,
    in_corpus: bool,
    languages: BTreeSet<String>,
}

/// The citations of one document in the versions of another.
struct Edge {
    /// Of the version that has most.
    weight: u32,
    basis: Basis,
    pinpoints: BTreeSet<String>,
    languages: BTreeSet<String>,
}

impl DocumentWriter for GraphWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        let from = symbol(document).unwrap_or_else(|| document.meta.source.clone());
        let language = document.meta.language.as_deref();
        self.nodes.entry(from.clone()).or_default().is_there(document);
        let edges = self.edges.entry(from).or_default();
        for (to, cited) in cited(document, addresses) {
            let node = self.nodes.entry(to.clone()).or_default();
            let date = cited.date.map(|date| date.value.to_string());
            node.date = node.date.take().or(date);
            edges.entry(to).or_insert_with(Edge::new).add(cited, language);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        let Self { mut out, nodes, edges } = *self;
        let mut xml = Writer::new_with_indent(&mut out, b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let root = xml.create_element("graphml").with_attribute(("xmlns", "http://graphml.graphdrawing.org/xmlns"));
        root.write_inner_content(|xml| {
            keys(xml)?;
            let graph = xml.create_element("graph").with_attributes([("id", "citations"), ("edgedefault", "directed")]);
            graph.write_inner_content(|xml| content(xml, &nodes, &edges))?;
            Ok(())
        })?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    }
}

impl Node {
    /// A version of it is in the corpus.
    fn is_there(&mut self, document: &Document) {
        let meta = &document.meta;
        self.in_corpus = true;
        self.languages.extend(meta.language.clone());
        let is_english = meta.language.as_deref() == Some(ENGLISH);
        let title = document.title();
        if !title.is_empty() && self.title.as_ref().is_none_or(|(_, english)| is_english && !english) {
            self.title = Some((title, is_english));
        }
        // What a document says of itself counts for more than what others say of it.
        self.date = meta.adopted.map(|date| date.value.to_string()).or(self.date.take());
    }

    fn write<W: Write>(&self, xml: &mut Writer<W>, id: usize, name: &str) -> io::Result<()> {
        let symbol = Symbol::parse(name).filter(Symbol::is_named);
        let first = symbol.as_ref().map(Symbol::first);
        let of = |fact: Option<String>| fact.unwrap_or_default();
        let data = [
            name.to_owned(),
            of(self.title.as_ref().map(|(title, _)| title.clone())),
            of(first.map(|first| first.kind().name().to_owned())),
            of(first.and_then(Single::body).map(|body| body.name().to_owned())),
            of(first.and_then(Single::session)),
            of(self.date.clone()),
            of(symbol.as_ref().map(|symbol| symbol.undocs_url(None))),
            self.in_corpus.to_string(),
            listed(&self.languages),
        ];
        let node = xml.create_element("node").with_attribute(("id", format!("n{id}").as_str()));
        node.write_inner_content(|xml| all_data(xml, "node", &data))?;
        Ok(())
    }
}

impl Edge {
    fn new() -> Self {
        Self { weight: 0, basis: Basis::Derived, pinpoints: BTreeSet::new(), languages: BTreeSet::new() }
    }

    fn add(&mut self, cited: Cited, language: Option<&str>) {
        self.weight = self.weight.max(cited.count);
        if cited.basis == Basis::Printed {
            self.basis = Basis::Printed;
        }
        self.pinpoints.extend(cited.pinpoints);
        self.languages.extend(language.map(str::to_owned));
    }

    fn write<W: Write>(&self, xml: &mut Writer<W>, from: usize, to: usize) -> io::Result<()> {
        let data =
            [self.weight.to_string(), basis(self.basis).to_owned(), listed(&self.pinpoints), listed(&self.languages)];
        let [from, to] = [from, to].map(|id| format!("n{id}"));
        let edge = xml.create_element("edge").with_attributes([("source", from.as_str()), ("target", to.as_str())]);
        edge.write_inner_content(|xml| all_data(xml, "edge", &data))?;
        Ok(())
    }
}

fn keys<W: Write>(xml: &mut Writer<W>) -> io::Result<()> {
    for (of, name, kind) in KEYS {
        let attributes = [("id", name), ("for", of), ("attr.name", name), ("attr.type", kind)];
        xml.create_element("key").with_attributes(attributes).write_empty()?;
    }
    Ok(())
}

/// All nodes in the order of their names, then all edges.
fn content<W: Write>(
    xml: &mut Writer<W>,
    nodes: &BTreeMap<String, Node>,
    edges: &BTreeMap<String, BTreeMap<String, Edge>>,
) -> io::Result<()> {
    // Identifiers may not hold the slashes of a symbol.
    let ids: BTreeMap<&str, usize> = nodes.keys().enumerate().map(|(id, name)| (name.as_str(), id)).collect();
    let id = |name: &str| ids.get(name).copied().unwrap_or_default();
    for (name, node) in nodes {
        node.write(xml, id(name), name)?;
    }
    for (from, cited) in edges {
        for (to, edge) in cited {
            edge.write(xml, id(from), id(to))?;
        }
    }
    Ok(())
}

/// The facts of a node or edge in the order of [`KEYS`]; what is not known is left out.
fn all_data<W: Write>(xml: &mut Writer<W>, of: &str, data: &[String]) -> io::Result<()> {
    let names = KEYS.iter().filter(|(kind, ..)| *kind == of).map(|(_, name, _)| *name);
    for (name, value) in names.zip(data).filter(|(_, value)| !value.is_empty()) {
        let element = xml.create_element("data").with_attribute(("key", name));
        element.write_text_content(BytesText::new(&printable(value)))?;
    }
    Ok(())
}

fn listed(items: &BTreeSet<String>) -> String {
    items.iter().map(String::as_str).collect::<Vec<_>>().join("; ")
}

/// XML has no place for control characters.
fn printable(text: &str) -> String {
    let allowed = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let fit = |c: char| match c {
        c if allowed(c) => c,
        c if c.is_whitespace() => ' ',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(fit).collect()
}
