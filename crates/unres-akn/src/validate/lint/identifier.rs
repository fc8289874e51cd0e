//! Rules over identifiers: which elements need one, and how it is made.

use super::super::finding::shown;
use super::{Findings, HIERARCHY};

/// Elements whose word in identifiers is not their name.
const WORDS: [(&str, &str); 35] = [
    ("alinea", "al"),
    ("amendmentBody", "body"),
    ("article", "art"),
    ("attachment", "att"),
    ("blockList", "list"),
    ("chapter", "chp"),
    ("citation", "cit"),
    ("citations", "cits"),
    ("clause", "cl"),
    ("component", "cmp"),
    ("components", "cmpnts"),
    ("componentRef", "cref"),
    ("debateBody", "body"),
    ("debateSection", "dbsect"),
    ("division", "dvs"),
    ("documentRef", "dref"),
    ("eventRef", "eref"),
    ("judgmentBody", "body"),
    ("listIntroduction", "intro"),
    ("listWrapUp", "wrapup"),
    ("mainBody", "body"),
    ("body", "body"),
    ("paragraph", "para"),
    ("quotedStructure", "qstr"),
    ("quotedText", "qtext"),
    ("recital", "rec"),
    ("recitals", "recs"),
    ("section", "sec"),
    ("subchapter", "subchp"),
    ("subclause", "subcl"),
    ("subdivision", "subdvs"),
    ("subparagraph", "subpara"),
    ("subsection", "subsec"),
    ("temporalGroup", "tmpg"),
    ("wrapUp", "wrapup"),
];

/// Elements that need an identifier.
#[rustfmt::skip]
const NEEDED: [&str; 72] = [
    "recitals", "recital", "citations", "citation", "formula", "attachment", "interstitial", "clause", "section", "part",
    "paragraph", "chapter", "title", "book", "tome", "article", "division", "list", "point", "indent", "alinea", "rule",
    "sublist", "subsection", "subparagraph", "content", "heading", "subheading", "crossHeading", "intro", "wrapUp",
    "blockContainer", "blockList", "item", "tblock", "entity", "person", "organization", "concept", "object", "event",
    "location", "process", "role", "term", "quantity", "ref", "rref", "mod", "rmod", "mmod", "quotedStructure",
    "embeddedStructure", "authorialNote", "container", "hcontainer", "table", "voting", "quorum", "count", "textualMod",
    "original", "TLCPerson", "TLCOrganization", "TLCConcept", "TLCObject", "TLCEvent", "TLCLocation", "TLCProcess",
    "TLCRole", "TLCTerm", "TLCReference",
];

pub(super) fn check(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let node = tree.node(number);
    if node.in_meta {
        return;
    }
    let Some(id) = node.id() else {
        // A file without any identifier does not use the naming convention.
        if tree.has_ids() && NEEDED.contains(&node.name) {
            sink.push("U50", number, format!("{} without eId", node.name));
        }
        return;
    };
    let last = id.rsplit("__").next().unwrap_or(id);
    word(sink, number, id, last);
    if HIERARCHY.contains(&node.name) {
        printed(sink, number, id, last);
        nested(sink, number, id);
    }
}

fn word(sink: &mut Findings<'_, '_>, number: usize, id: &str, last: &str) {
    let node = sink.tree.node(number);
    let word = match WORDS.iter().find(|(name, _)| *name == node.name) {
        Some((_, word)) => *word,
        None if node.name == "hcontainer" => node.attribute("name").unwrap_or_default(),
        None => node.name,
    };
    let sound = last.strip_prefix(word).is_some_and(|rest| {
        let number = rest.strip_prefix('_').unwrap_or_default();
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        rest.is_empty() || (!number.is_empty() && number.bytes().all(letter))
    });
    if !sound {
        sink.push("U48", number, format!("the eId of {} is {:?}", node.name, shown(id)));
    }
}

/// Compares the printed number with the one in the identifier; one that is not Latin need only have some.
fn printed(sink: &mut Findings<'_, '_>, number: usize, id: &str, last: &str) {
    const MARKS: [char; 12] = ['(', ')', '.', ':', ';', '、', '．', '-', '–', '—', '’', '‘'];
    let tree = sink.tree;
    let Some(num) = tree.child(number, "num") else { return };
    let text: String = tree.text_of(num).chars().filter(|character| !character.is_whitespace()).collect();
    let bare = text.trim_matches(MARKS);
    let unit = ["Part", "Section", "Article", "Annex", "Rule"].iter().find_map(|unit| bare.strip_prefix(unit));
    let wanted = unit.unwrap_or(bare).replace('.', "-");
    let own = without_repeat(last).rsplit_once('_').map_or_else(|| without_repeat(last), |(_, own)| own);
    let sound = if wanted.is_ascii() {
        own == wanted
    } else {
        !own.is_empty() && own.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !wanted.is_empty() && !sound {
        sink.push("U49", number, format!("the eId is {:?}, the number {:?}", shown(id), shown(&text)));
    }
}

/// Without the `-dup2` of a number that is printed twice.
fn without_repeat(last: &str) -> &str {
    let plain = last
        .rsplit_once("-dup")
        .filter(|(_, count)| !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()));
    plain.map_or(last, |(plain, _)| plain)
}

fn nested(sink: &mut Findings<'_, '_>, number: usize, id: &str) {
    let tree = sink.tree;
    let parents = tree.ancestors(number).filter(|&ancestor| HIERARCHY.contains(&tree.name(ancestor)));
    let mut parents = parents.filter_map(|ancestor| tree.node(ancestor).id());
    if let Some(parent) = parents.next()
        && !id.strip_prefix(parent).is_some_and(|rest| rest.starts_with("__"))
    {
        sink.push("U47", number, format!("the eId {:?} is not under {:?}", shown(id), shown(parent)));
    }
}
