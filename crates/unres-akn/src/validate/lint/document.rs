//! Rules over one document: its metadata, IRIs and the frame of its text.

use super::super::finding::shown;
use super::{Findings, HIERARCHY};
use crate::xml::Namespace;
use unres_symbol::WorkParts;

/// Elements of documents, with the subtypes of each.
const SUBTYPES: [(&str, &[&str]); 11] = [
    ("statement", &["deliberation", "instruction"]),
    ("act", &["provision"]),
    ("bill", &["provision"]),
    ("debateReport", &["agenda", "minute", "report"]),
    ("debate", &["record"]),
    ("judgment", &["decision"]),
    ("doc", &["paper", "communication"]),
    ("amendment", &["modification"]),
    ("documentCollection", &["publication"]),
    ("officialGazette", &["publication"]),
    ("amendmentList", &["publication"]),
];

/// Blocks of metadata that name their source.
const SOURCED: [&str; 10] = [
    "identification",
    "classification",
    "lifecycle",
    "workflow",
    "analysis",
    "temporalData",
    "references",
    "notes",
    "proprietary",
    "presentation",
];

const BLOCKS: [&str; 11] =
    ["block", "blockContainer", "blockList", "foreign", "ol", "p", "table", "tblock", "toc", "ul", "componentRef"];

/// Inline elements that say something of the document as a whole.
const OF_THE_WHOLE: [&str; 16] = [
    "docType",
    "docTitle",
    "docNumber",
    "docProponent",
    "docIntroducer",
    "docDate",
    "docPurpose",
    "docStage",
    "docCommittee",
    "docStatus",
    "docAuthority",
    "session",
    "legislature",
    "shortTitle",
    "docketNumber",
    "docJurisdiction",
];

/// The codes of the languages of the United Nations: ISO 639-2 and 639-1.
const LANGUAGES: [(&str, &str); 7] =
    [("eng", "en"), ("fra", "fr"), ("spa", "es"), ("rus", "ru"), ("zho", "zh"), ("chi", "zh"), ("ara", "ar")];

/// Whether an element is a document with metadata.
pub(super) fn is_document(tree: &super::Tree<'_>, number: usize) -> bool {
    subtypes(tree.name(number)).is_some() && tree.child(number, "meta").is_some()
}

fn subtypes(name: &str) -> Option<&'static [&'static str]> {
    SUBTYPES.iter().find(|(known, _)| *known == name).map(|(_, subtypes)| *subtypes)
}

pub(super) fn check(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let node = tree.node(number);
    if node.attribute("name").unwrap_or_default().trim().is_empty() {
        sink.push("U02", number, format!("{} has no name", node.name));
    }
    let Some(meta) = tree.child(number, "meta") else { return };
    identification(sink, number, meta);
    blocks(sink, number, meta);
    languages(sink, number, meta);
    if node.name == "statement" {
        statement(sink, number);
    }
}

fn is_attachment(sink: &Findings<'_, '_>, number: usize) -> bool {
    sink.tree.node(number).parent.is_some_and(|parent| sink.tree.name(parent) == "attachment")
}

/// The parts of an identification, each with its values.
struct Level<'t> {
    number: usize,
    uri: &'t str,
    this: &'t str,
}

impl<'t> Level<'t> {
    fn of(tree: &'t super::Tree<'_>, identification: usize, name: &str) -> Option<Self> {
        let number = tree.child(identification, name)?;
        let value = |name| value(tree, number, name, "value").unwrap_or_default();
        Some(Self { number, uri: value("FRBRuri"), this: value("FRBRthis") })
    }
}

fn value<'t>(tree: &'t super::Tree<'_>, parent: usize, name: &str, attribute: &str) -> Option<&'t str> {
    tree.node(tree.child(parent, name)?).attribute(attribute)
}

fn identification(sink: &mut Findings<'_, '_>, number: usize, meta: usize) {
    let tree = sink.tree;
    let Some(identification) = tree.child(meta, "identification") else { return };
    let work = Level::of(tree, identification, "FRBRWork");
    let expression = Level::of(tree, identification, "FRBRExpression");
    let manifestation = Level::of(tree, identification, "FRBRManifestation");
    for level in [&work, &expression, &manifestation].into_iter().flatten() {
        for iri in [level.uri, level.this].into_iter().filter(|iri| has_authority(iri)) {
            sink.push("U18", level.number, format!("the IRI {} has a scheme or domain", shown(iri)));
        }
    }
    let Some(work) = work else { return };
    work_values(sink, number, &work);
    work_iri(sink, number, &work);
    let Some(expression) = expression else { return };
    for (level, iri, name) in [
        (&work, work.uri, "FRBRuri"),
        (&work, work.this, "FRBRthis"),
        (&expression, expression.uri, "FRBRuri"),
        (&expression, expression.this, "FRBRthis"),
    ] {
        if iri.ends_with('/') {
            sink.push("U19", level.number, format!("{name} ends with a slash"));
        }
    }
    let work_base = work.uri.trim_end_matches('/');
    let component = rest_of(work.this, work_base, "/!").and_then(|rest| rest.chars().next());
    if !component.is_some_and(|first| first.is_ascii_alphabetic()) {
        sink.push("U12", work.number, format!("FRBRthis is {}", shown(work.this)));
    }
    expression_iris(sink, &expression, work_base);
    if let Some(manifestation) = manifestation {
        manifestation_iris(sink, &manifestation, expression.uri.trim_end_matches('/'));
    }
}

fn has_authority(iri: &str) -> bool {
    iri.contains("://") || iri.starts_with("//")
}

/// What follows a base and a mark.
fn rest_of<'t>(iri: &'t str, base: &str, mark: &str) -> Option<&'t str> {
    iri.strip_prefix(base)?.strip_prefix(mark)
}

fn work_values(sink: &mut Findings<'_, '_>, number: usize, work: &Level<'_>) {
    let tree = sink.tree;
    if value(tree, work.number, "FRBRcountry", "value") != Some("un") {
        sink.push("U03", work.number, "FRBRcountry is not un");
    }
    let name = tree.name(number);
    match value(tree, work.number, "FRBRsubtype", "value") {
        None => sink.push("U04", work.number, "FRBRsubtype is missing"),
        Some(subtype) if !subtypes(name).is_some_and(|known| known.contains(&subtype)) => {
            sink.push("U04", work.number, format!("{} is no subtype of {name}", shown(subtype)));
        }
        Some(_) => {}
    }
    match value(tree, work.number, "FRBRnumber", "value") {
        None => sink.push("U05", work.number, "FRBRnumber is missing"),
        Some(printed) if printed.contains(|c: char| c == '/' || c.is_whitespace()) => {
            sink.push("U05", work.number, format!("FRBRnumber {} has a slash or blank", shown(printed)));
        }
        Some(_) => {}
    }
}

fn work_iri(sink: &mut Findings<'_, '_>, number: usize, work: &Level<'_>) {
    let tree = sink.tree;
    let Some(WorkParts { kind, subtype, actor, date, number: printed }) = WorkParts::parse(work.uri) else {
        sink.push("U06", work.number, format!("FRBRuri is {}", shown(work.uri)));
        return;
    };
    let name = tree.name(number);
    if kind != name && !is_attachment(sink, number) {
        sink.push("U07", work.number, format!("the IRI says {kind}, the element is {name}"));
    }
    if value(tree, work.number, "FRBRsubtype", "value").is_some_and(|wanted| !wanted.is_empty() && wanted != subtype) {
        sink.push("U08", work.number, format!("the IRI says {subtype}, which is not FRBRsubtype"));
    }
    author(sink, work, actor);
    if value(tree, work.number, "FRBRdate", "date") != Some(date) {
        sink.push("U10", work.number, format!("the IRI says {date}, which is not FRBRdate"));
    }
    if value(tree, work.number, "FRBRnumber", "value").is_some_and(|wanted| !wanted.is_empty() && wanted != printed) {
        sink.push("U11", work.number, format!("the IRI says {}, which is not FRBRnumber", shown(printed)));
    }
}

fn author(sink: &mut Findings<'_, '_>, work: &Level<'_>, actor: &str) {
    let tree = sink.tree;
    let author = value(tree, work.number, "FRBRauthor", "href").unwrap_or_default();
    let declared = tree.with_id(author.trim_start_matches('#')).filter(|&found| tree.name(found).starts_with("TLC"));
    match declared.filter(|_| author.starts_with('#')) {
        None => sink.push("U09", work.number, format!("the author {} is not declared", shown(author))),
        Some(declared) => {
            let address = tree.node(declared).attribute("href").unwrap_or_default();
            if address.trim_end_matches('/').rsplit('/').next() != Some(actor) {
                let message = format!("the IRI says {actor}, the author is {}", shown(address));
                sink.push("U09", work.number, message);
            }
        }
    }
}

fn expression_iris(sink: &mut Findings<'_, '_>, expression: &Level<'_>, work: &str) {
    let tree = sink.tree;
    let language = value(tree, expression.number, "FRBRlanguage", "language").unwrap_or_default();
    if language.len() != 3 || !language.bytes().all(|byte| byte.is_ascii_lowercase()) {
        sink.push("U20", expression.number, format!("the language is {}", shown(language)));
    }
    let iri = expression.uri.trim_end_matches('/');
    let version = rest_of(iri, work, "/").and_then(|rest| rest.split_once('@')).filter(|(code, version)| {
        code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_lowercase()) && !version.contains('/')
    });
    match version {
        Some((code, version)) if code == language => {
            let dated = version.len() >= 4 && version.bytes().take(4).all(|byte| byte.is_ascii_digit());
            let date = version.split(';').next();
            if dated && date != value(tree, expression.number, "FRBRdate", "date") {
                sink.push("U14", expression.number, format!("the version is {}", shown(version)));
            }
        }
        _ => sink.push("U13", expression.number, format!("FRBRuri is {}", shown(iri))),
    }
    if rest_of(expression.this, iri, "/!").is_none() {
        sink.push("U15", expression.number, format!("FRBRthis is {}", shown(expression.this)));
    }
}

fn manifestation_iris(sink: &mut Findings<'_, '_>, manifestation: &Level<'_>, expression: &str) {
    if value(sink.tree, manifestation.number, "FRBRformat", "value").is_none() {
        sink.push("U16", manifestation.number, "FRBRformat is missing");
    }
    if !rest_of(manifestation.uri, expression, "").is_some_and(has_extension) {
        sink.push("U16", manifestation.number, format!("FRBRuri is {}", shown(manifestation.uri)));
    }
    if !rest_of(manifestation.this, expression, "/!").is_some_and(has_extension) {
        sink.push("U17", manifestation.number, format!("FRBRthis is {}", shown(manifestation.this)));
    }
}

fn has_extension(text: &str) -> bool {
    let extension = text.rsplit_once('.').map_or("", |(_, extension)| extension);
    (3..=4).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn blocks(sink: &mut Findings<'_, '_>, number: usize, meta: usize) {
    let tree = sink.tree;
    for name in ["publication", "references"] {
        if tree.child(meta, name).is_none() && !is_attachment(sink, number) {
            sink.push("U22", meta, format!("{name} is missing"));
        }
    }
    for block in tree.children(meta).filter(|&block| SOURCED.contains(&tree.name(block))) {
        let source = tree.node(block).attribute("source").unwrap_or_default();
        if tree.target(source).is_none() {
            sink.push("U23", block, format!("the source of {} is {:?}", tree.name(block), shown(source)));
        }
    }
    let contains = tree.node(number).attribute("contains");
    let versions = matches!(contains, Some("singleVersion" | "multipleVersions"));
    if versions && tree.child(meta, "lifecycle").is_none() {
        sink.push("U24", meta, "lifecycle is missing");
    }
}

/// `xml:lang` in the text of a document, those of documents in it apart.
fn languages(sink: &mut Findings<'_, '_>, number: usize, meta: usize) {
    let tree = sink.tree;
    let expression = tree.child(meta, "identification").and_then(|found| tree.child(found, "FRBRExpression"));
    let language = expression.and_then(|found| value(tree, found, "FRBRlanguage", "language"));
    let short = LANGUAGES.iter().find(|(code, _)| Some(*code) == language).map(|(_, short)| *short);
    let mut number_of = tree.below(number);
    while let Some(element) = number_of.next() {
        if element == meta || is_document(tree, element) {
            let skipped = tree.below(element).len();
            number_of = number_of.start + skipped..number_of.end;
            continue;
        }
        let Some(tag) = tree.node(element).attribute_in(Namespace::XML, "lang") else { continue };
        let primary = tag.split('-').next().unwrap_or_default();
        // A variant, like a script or a country, differs.
        if primary == tag && (language == Some(tag) || short == Some(tag)) {
            sink.push("U53", element, format!("xml:lang {} is that of the document", shown(tag)));
        }
    }
}

fn statement(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    match tree.child(number, "preface") {
        None => sink.push("U25", number, "preface is missing"),
        Some(preface) => {
            let named = |element: usize| matches!(tree.name(element), "docNumber" | "docTitle");
            if !tree.below(preface).any(named) {
                sink.push("U26", preface, "the preface has neither docNumber nor docTitle");
            }
        }
    }
    if let Some(body) = tree.child(number, "mainBody") {
        main_body(sink, body);
    }
    if let Some(preamble) = tree.child(number, "preamble") {
        if tree.child(preamble, "formula").is_none() {
            sink.push("U29", preamble, "the preamble has no formula");
        }
        for child in tree.children(preamble) {
            if !matches!(tree.name(child), "formula" | "container" | "recitals" | "citations") {
                sink.push("U29", child, format!("{} stands directly in the preamble", tree.name(child)));
            }
        }
    }
    if let Some(conclusions) = tree.child(number, "conclusions")
        && tree.child(conclusions, "container").is_none()
    {
        sink.push("U35", conclusions, "the conclusions have no container");
    }
}

fn main_body(sink: &mut Findings<'_, '_>, body: usize) {
    let tree = sink.tree;
    for child in tree.children(body) {
        let name = tree.name(child);
        if !HIERARCHY.contains(&name) && !BLOCKS.contains(&name) {
            sink.push("U30", child, format!("{name} in mainBody"));
        }
        if name == "p" && !tree.text_of(child).trim().is_empty() {
            sink.push("U34", child, "text directly in mainBody");
        }
    }
    for element in tree.below(body) {
        let name = tree.name(element);
        if matches!(name, "ol" | "ul") {
            sink.push("U31", element, format!("{name} in a statement"));
        }
        if OF_THE_WHOLE.contains(&name)
            && !tree.is_inside(element, &["authorialNote", "embeddedStructure", "quotedStructure"])
        {
            sink.push("U28", element, format!("{name} in mainBody"));
        }
    }
}
