//! The rules of the AKN4UN profile that go beyond the schema.

mod document;
mod element;
mod identifier;

use super::MAX_FINDINGS;
use super::finding::Found;
use super::rules::rule_named;
use super::tree::Tree;
use std::collections::HashSet;
use unres_source::RuleId;

/// Judges a whole file. Parts that the schema demands and that are not there are passed over.
pub(crate) fn lint(tree: &Tree<'_>) -> Vec<Found> {
    let mut sink = Findings { tree, amended: amended(tree), found: Vec::new() };
    if tree.len() > 0 && tree.name(0) != "akomaNtoso" {
        sink.push("U01", 0, format!("the root is {}", tree.name(0)));
    }
    for number in 0..tree.len() {
        if document::is_document(tree, number) {
            document::check(&mut sink, number);
        }
        element::check(&mut sink, number);
        identifier::check(&mut sink, number);
    }
    sink.found
}

fn amended<'t>(tree: &'t Tree<'_>) -> HashSet<&'t str> {
    let is_source = |number: &usize| tree.node(*number).in_meta && tree.name(*number) == "source";
    let sources = (0..tree.len()).filter(is_source).filter(|&number| tree.is_inside(number, &["textualMod"]));
    sources.filter_map(|number| tree.node(number).attribute("href")?.strip_prefix('#')).collect()
}

/// Where the rules put what they find.
struct Findings<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The identifiers that a textualMod in metadata names as its source.
    amended: HashSet<&'t str>,
    found: Vec<Found>,
}

impl Findings<'_, '_> {
    /// A finding of a rule at an element. Severity and advice are those of the rule.
    fn push(&mut self, id: &'static str, number: usize, message: impl Into<String>) {
        debug_assert!(rule_named(id).is_some(), "{id} has a row");
        if let Some(rule) = rule_named(id).filter(|_| self.found.len() <= MAX_FINDINGS) {
            self.found.push(Found {
                offset: self.tree.node(number).offset,
                rule: RuleId::new(rule.id),
                severity: rule.severity,
                message: message.into(),
                hint: Some(rule.hint.to_owned()),
            });
        }
    }
}

/// Hierarchical elements.
const HIERARCHY: [&str; 28] = [
    "alinea",
    "article",
    "book",
    "chapter",
    "clause",
    "division",
    "hcontainer",
    "indent",
    "level",
    "list",
    "paragraph",
    "part",
    "point",
    "proviso",
    "rule",
    "section",
    "subchapter",
    "subclause",
    "subdivision",
    "sublist",
    "subparagraph",
    "subpart",
    "subrule",
    "subsection",
    "subtitle",
    "title",
    "tome",
    "transitional",
];

/// Inline elements that say what something is.
const SEMANTIC: [&str; 11] = [
    "person",
    "organization",
    "concept",
    "object",
    "event",
    "location",
    "process",
    "role",
    "term",
    "quantity",
    "entity",
];
