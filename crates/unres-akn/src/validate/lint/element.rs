//! Rules over single elements: references, inline markup, notes, quotations.

use super::super::finding::shown;
use super::super::is_document_address;
use super::{Findings, HIERARCHY, SEMANTIC};

pub(super) fn check(sink: &mut Findings<'_, '_>, number: usize) {
    let name = sink.tree.name(number);
    local_references(sink, number);
    match name {
        "inline" => {
            let given = sink.tree.node(number).attribute("name").unwrap_or_default();
            if !given.starts_with("akn4un:") {
                sink.push("U39", number, format!("the name of the inline is {:?}", shown(given)));
            }
        }
        "authorialNote" => note(sink, number),
        "noteRef" => note_call(sink, number),
        "ref" => reference(sink, number),
        "documentRef" => document_reference(sink, number),
        "a" => {
            let address = sink.tree.node(number).attribute("href").unwrap_or_default();
            if is_document_address(address) {
                sink.push("U60", number, format!("a cites {}", shown(address)));
            }
        }
        "crossHeading" if sink.tree.node(number).attribute("refersTo") != Some("#preamble") => {
            sink.push("U33", number, "a cross heading that does not refer to the preamble");
        }
        "step" => step(sink, number),
        "b" | "i" | "u" => style(sink, number),
        "list" => list(sink, number),
        "attachment" => attachment(sink, number),
        "quotedText" | "quotedStructure" if !sink.tree.is_inside(number, &["mod", "mmod", "rmod"]) => {
            sink.push("U51", number, format!("{name} outside mod"));
        }
        "mod" | "mmod" | "rmod" => modification(sink, number),
        "count" => count(sink, number),
        "date" => printed_year(sink, number),
        _ => {}
    }
    if let Some(class) = name.strip_prefix("TLC") {
        ontology(sink, number, class);
    }
    wrapped(sink, number);
    subheadings(sink, number);
}

fn local_references(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    for attribute in ["refersTo", "as", "by", "outcome", "choice"] {
        let Some(written) = tree.node(number).attribute(attribute).filter(|written| !written.is_empty()) else {
            continue;
        };
        // Only refersTo may hold several.
        let words = if attribute == "refersTo" { written.split_whitespace().collect() } else { vec![written] };
        for word in words {
            if !word.starts_with('#') {
                let message = format!("{}@{attribute} is {:?}", tree.name(number), shown(word));
                sink.push("U38", number, message);
            } else if tree.target(word).is_none() {
                let message =
                    format!("{}@{attribute} points to {:?}, which is not there", tree.name(number), shown(word));
                sink.push("U37", number, message);
            }
        }
    }
}

fn note(sink: &mut Findings<'_, '_>, number: usize) {
    let node = sink.tree.node(number);
    let missing = |name| node.attribute(name).unwrap_or_default().is_empty();
    if missing("marker") || missing("placement") {
        sink.push("U42", number, "a note without marker or placement");
    }
}

fn note_call(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let address = tree.node(number).attribute("href").unwrap_or_default();
    let target = tree.target(address).map(|target| tree.name(target));
    if !matches!(target, Some("note" | "authorialNote")) {
        sink.push("U43", number, format!("a noteRef to {:?}, which is no note", shown(address)));
    }
}

fn reference(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let address = tree.node(number).attribute("href").unwrap_or_default();
    if address.starts_with("http") && address.contains("/akn/") {
        sink.push("U18", number, format!("the IRI {} has a scheme or domain", shown(address)));
    }
    if !["/akn/", "#", "!", "~"].iter().any(|start| address.starts_with(start)) {
        sink.push("U44", number, format!("a ref to {:?}", shown(address)));
    }
    if let Some(id) = address.strip_prefix('#') {
        if tree.is_meta_id(id) {
            sink.push("U45", number, format!("a ref to {:?} in metadata", shown(id)));
        } else if tree.with_id(id).is_none() {
            sink.push("U46", number, format!("a ref to {:?}, which is not there", shown(id)));
        }
    }
}

fn document_reference(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let address = tree.node(number).attribute("href").unwrap_or_default();
    if !["/akn/", "#", "!"].iter().any(|start| address.starts_with(start)) {
        sink.push("U59", number, format!("a documentRef to {:?}", shown(address)));
    } else if address.starts_with('#') && tree.target(address).is_none() {
        sink.push("U59", number, format!("a documentRef to {:?}, which is not there", shown(address)));
    }
}

fn step(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let node = tree.node(number);
    if node.attribute("date").is_some_and(|date| date.starts_with("0001")) {
        sink.push("U21", number, "a step on a day that stands for an unknown one");
    }
    let outcome = node.attribute("outcome").and_then(|outcome| tree.target(outcome));
    if outcome.is_some_and(|target| tree.name(target) != "TLCConcept") {
        sink.push("U62", number, "the outcome of a step is no TLCConcept");
    }
}

fn style(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let first = tree.children(number).next().map(|child| tree.name(child));
    if first.is_some_and(|first| SEMANTIC.contains(&first)) && tree.leading_text(number).trim().is_empty() {
        sink.push("U40", number, format!("{} wraps {}", tree.name(number), first.unwrap_or_default()));
    }
}

fn list(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let mut kinds = tree.children(number).filter(|&child| HIERARCHY.contains(&tree.name(child)));
    let Some(first) = kinds.next().map(|child| tree.name(child)) else { return };
    if !matches!(first, "point" | "indent" | "sublist") {
        sink.push("U32", number, format!("{first} in a list"));
    } else if let Some(other) = kinds.find(|&child| tree.name(child) != first) {
        sink.push("U32", other, format!("{} beside {first} in a list", tree.name(other)));
    }
}

fn attachment(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    if tree
        .children(number)
        .any(|child| matches!(tree.name(child), "num" | "heading" | "documentRef" | "interstitial" | "toc"))
    {
        return;
    }
    let preface = tree.children(number).find_map(|child| tree.child(child, "preface"));
    if !preface.is_some_and(|preface| tree.below(preface).any(|element| tree.name(element) == "docTitle")) {
        sink.push("U36", number, "an attachment without number, heading and title");
    }
}

fn modification(sink: &mut Findings<'_, '_>, number: usize) {
    let Some(id) = sink.tree.node(number).id() else { return };
    if !sink.amended.contains(id) {
        sink.push("U52", number, format!("{} {:?} has no textualMod", sink.tree.name(number), shown(id)));
    }
}

/// Looked for from the element around them, so that many cost no look at all their siblings each.
fn subheadings(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let mut found = tree.children(number).filter(|&child| tree.name(child) == "subheading").peekable();
    if found.peek().is_some() && tree.child(number, "heading").is_none() {
        for subheading in found {
            sink.push("U58", subheading, "a subheading without heading");
        }
    }
}

fn count(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let node = tree.node(number);
    let declared = node.attribute("refersTo").and_then(|refers| tree.target(refers));
    if declared.is_some_and(|target| tree.name(target) != "TLCConcept") {
        sink.push("U61", number, "a count that refers to no TLCConcept");
    }
    let address = node.attribute("href").filter(|address| !address.is_empty());
    if let Some(address) = address
        && tree.target(address).is_none_or(|target| tree.name(target) != "quantity")
    {
        sink.push("U61", number, format!("a count with the address {:?}, which is no quantity", shown(address)));
    }
}

/// A year of four digits that is printed must be that of the attribute. Names of months and other digits need a language.
fn printed_year(sink: &mut Findings<'_, '_>, number: usize) {
    let tree = sink.tree;
    let Some(year) = tree.node(number).attribute("date").and_then(|date| date.get(..4)) else { return };
    let text = tree.text_of(number);
    let mut years = text
        .split(|character: char| !character.is_ascii_digit())
        .filter(|run| run.len() == 4 && (run.starts_with("18") || run.starts_with("19") || run.starts_with("20")))
        .peekable();
    if years.peek().is_some() && !years.any(|printed| printed == year) {
        sink.push("U41", number, format!("{:?} is dated {year}", shown(text.trim())));
    }
}

fn ontology(sink: &mut Findings<'_, '_>, number: usize, class: &str) {
    let address = sink.tree.node(number).attribute("href").unwrap_or_default();
    let wanted = format!("/akn/ontology/{}/", class.to_ascii_lowercase());
    if !address.starts_with(&wanted) {
        sink.push("U54", number, format!("TLC{class} has the address {:?}", shown(address)));
    }
}

/// Blanks and punctuation at the ends of inline elements.
fn wrapped(sink: &mut Findings<'_, '_>, number: usize) {
    const STOPS: [char; 4] = ['.', ',', '，', '。'];
    const LISTING: [char; 4] = [',', ';', '，', '；'];
    let tree = sink.tree;
    let name = tree.name(number);
    let blank = |text: &str| text.trim().len() != text.len();
    let odd = |text: &str, last: &str, marks: [char; 4]| blank(text) || last.ends_with(marks);
    if matches!(name, "docNumber" | "docTitle") && tree.is_inside(number, &["preface"]) {
        let text = tree.text_of(number);
        if odd(&text, text.trim_end(), STOPS) {
            sink.push("U27", number, format!("{name} wraps more than {:?}", shown(text.trim())));
        }
    }
    if SEMANTIC.contains(&name) || matches!(name, "date" | "ref") {
        let text = tree.text_of(number);
        if !text.is_empty() && odd(&text, &text, LISTING) {
            sink.push("U27", number, format!("{name} wraps more than {:?}", shown(text.trim())));
        }
    }
}
