//! Checks files of Akoma Ntoso: well-formed XML, the schema of Akoma Ntoso 1.0, and the rules of the AKN4UN profile.
//!
//! One pass over the events of a file feeds an automaton for each kind of element; the rules of the profile look at a tree of the elements
//! afterwards. Nothing is recursive, and what is kept is bounded by the size of the file.

mod content;
mod finding;
mod lint;
mod rules;
mod schema;
mod tree;
mod values;

pub use finding::{Finding, MAX_FINDINGS};
pub use rules::{RULES, Rule, rule_named};

use crate::xml::{Event, Events, IllFormed, Lines, XmlError, XmlErrorKind};
use content::Checker;
use finding::Found;
use tree::Tree;
use unres_source::{RuleId, Severity};

/// How much is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// XML and the schema.
    Schema,
    /// The rules of the profile as well.
    #[default]
    Profile,
}

/// Whether an address of the web is one of the document sites, where documents of the United Nations are.
pub(crate) fn is_document_address(address: &str) -> bool {
    address.contains("undocs.org") || address.contains("docs.un.org")
}

/// Checks one file and gives all findings in the order of the text; none when nothing is wrong.
pub fn validate(bytes: &[u8], depth: Depth) -> Vec<Finding> {
    let mut lines = Lines::new(bytes);
    let mut found = find(bytes, depth);
    found.sort_by_key(|found| found.offset);
    if found.len() > MAX_FINDINGS {
        found.truncate(MAX_FINDINGS);
        found.extend(found.last().map(|last| Found {
            message: format!("there are more than {MAX_FINDINGS} findings; the others are left out"),
            severity: Severity::Note,
            rule: RuleId::new("xml/limit"),
            hint: None,
            offset: last.offset,
        }));
    }
    let finding = |found: Found| Finding {
        line: lines.line(found.offset),
        rule: found.rule,
        severity: found.severity,
        message: found.message,
        hint: found.hint,
    };
    found.into_iter().map(finding).collect()
}

fn find(bytes: &[u8], depth: Depth) -> Vec<Found> {
    let mut events = match Events::new(bytes, IllFormed::Refused) {
        Ok(events) => events,
        Err(error) => return vec![ill_formed(error)],
    };
    let mut checker = Checker::new();
    let mut tree = (depth == Depth::Profile).then(Tree::default);
    loop {
        match events.next_event() {
            Ok(Some(Event::Start(tag))) => {
                checker.start(&tag, &events);
                match tree.as_mut().filter(|_| checker.is_akoma_ntoso()) {
                    Some(tree) => tree.start(*tag, events.offset()),
                    None => events.reuse(tag),
                }
            }
            Ok(Some(Event::Text(text, kind))) => {
                checker.text(&text, kind, events.offset());
                if let Some(tree) = &mut tree {
                    tree.text(text);
                }
            }
            Ok(Some(Event::End)) => {
                checker.end();
                if let Some(tree) = &mut tree {
                    tree.end();
                }
            }
            Ok(None) => break,
            Err(error) => {
                checker.found.push(ill_formed(error));
                return checker.found;
            }
        }
    }
    let mut found = checker.found;
    found.extend(tree.iter().flat_map(lint::lint));
    found
}

fn ill_formed(error: XmlError) -> Found {
    let id = match error.kind {
        XmlErrorKind::Encoding => "xml/encoding",
        XmlErrorKind::IllFormed => "xml/ill-formed",
        XmlErrorKind::Dtd => "xml/dtd",
        XmlErrorKind::Limit => "xml/limit",
    };
    let hint = rule_named(id).map(|rule| rule.hint.to_owned());
    Found { offset: error.offset, rule: RuleId::new(id), severity: Severity::Error, message: error.message, hint }
}
