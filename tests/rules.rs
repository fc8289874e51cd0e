//! Each rule and finding has a page, and the example of the page is one for which it answers.

use std::collections::BTreeSet;
use unres::{Example, ExampleKind, Input, ReadOptions, Reading, RulePage, read, rule_pages, rules};

#[test]
fn every_rule_has_one_page_and_every_page_a_rule() {
    let pages: Vec<&str> = rule_pages().map(|page| page.rule).collect();
    let named: BTreeSet<&str> = pages.iter().copied().collect();
    assert_eq!(named.len(), pages.len(), "a rule has two pages");
    let known: BTreeSet<&str> = rules().map(unres::RuleId::as_str).collect();
    let missing: Vec<_> = known.difference(&named).collect();
    let stale: Vec<_> = named.difference(&known).collect();
    assert!(missing.is_empty() && stale.is_empty(), "no page in docs/rules: {missing:?}; no rule: {stale:?}");
}

/// The list of rules is made by hand; the code is searched for names that it lacks.
#[test]
fn no_rule_is_left_out_of_the_list() {
    let known: BTreeSet<&str> = rules().map(unres::RuleId::as_str).collect();
    for folder in ["unres-parse", "unres-passes", "unres-text", "unres"] {
        for (file, code) in tests::code_of(folder) {
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            let names = code.split("RuleId::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
            // Rules of the reader of Akoma Ntoso name the element, and a pass may ask for one.
            for name in names.filter(|name| !name.starts_with("akn/")) {
                assert!(known.contains(name), "{name} of {} is not in unres::rules()", file.display());
            }
        }
    }
}

#[test]
fn every_example_is_one_of_its_rule() {
    let failures: Vec<String> = rule_pages().filter_map(|page| check(&page).err()).collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn check(page: &RulePage) -> Result<(), String> {
    let rule = page.rule;
    let example = page.example().ok_or_else(|| format!("{rule}: no example"))?;
    let name = match example.kind {
        ExampleKind::Xml => "x.xml",
        ExampleKind::Text if rule == "document/number-of-file-name" => "A_RES_98_301.txt",
        ExampleKind::Text => "x.txt",
    };
    let options = ReadOptions { language: example.language.map(str::to_owned), ..ReadOptions::default() };
    let input = bytes_of(&example, rule);
    let reading = read(&Input { name, bytes: &input }, &options).map_err(|error| format!("{rule}: {error}"))?;
    if answers(&reading, rule, example.line) {
        return Ok(());
    }
    let trace: Vec<String> = reading.trace.lines.iter().map(|line| format!("{} {:?}", line.line, line.join)).collect();
    Err(format!("{rule} does not answer in line {:?} of its example: {trace:#?}", example.line))
}

/// A page is UTF-8 and printable; the examples of two findings cannot be.
fn bytes_of(example: &Example, rule: &str) -> Vec<u8> {
    match rule {
        "text/encoding" => unres::encoding_named("koi8-r").expect("known").encode(&example.input).0.into_owned(),
        "text/control-character" => example.input.replace('\u{2401}', "\u{1}").into_bytes(),
        _ => example.input.clone().into_bytes(),
    }
}

/// Whether a rule placed something that begins in a line, or anything when no line is told.
fn answers(reading: &Reading, rule: &str, line: Option<u32>) -> bool {
    let here = |found: u32| line.is_none_or(|line| line == found);
    let source = reading.source.as_ref();
    let origins = source.iter().flat_map(|source| source.lines()).map(|line| line.origin.line);
    let traced = reading.trace.lines.iter().zip(origins).any(|(trace, place)| {
        let named = trace.line.as_str() == rule || trace.join.as_ref().is_some_and(|join| join.as_str() == rule);
        named && here(place)
    });
    let placed = reading.documents.iter().flat_map(|document| &document.blocks).any(|block| {
        let first = block.place.map(|place| place.first.line);
        block.rule.as_str() == rule && first.is_none_or(here)
    });
    let found = reading.diagnostics.iter().chain(&unres::check(reading)).any(|finding| {
        let at = source.zip(finding.span).map(|(source, span)| source.line_and_column(span.start).0);
        finding.rule.as_str() == rule && at.is_none_or(here)
    });
    traced || placed || found
}

#[test]
fn a_note_that_runs_on_over_two_pages_is_whole() {
    let text = " The General Assembly, \n\n 1. Decides that the bells shall ring at flood tide and\n\nat no other hour,\n1\n \
        in any weather, and\n_______________ \n1\n See the tide tables of the\n  that the keepers shall\n\nlisten. \n\n\
        _______________ \n\nharbour. ";
    let options = ReadOptions { language: Some("en".to_owned()), ..ReadOptions::default() };
    let reading = read(&Input { name: "x.txt", bytes: text.as_bytes() }, &options).expect("it is read");
    let notes: Vec<_> = reading.documents[0].notes.iter().map(|note| unres::model::plain_text(&note.content)).collect();
    assert_eq!(notes, ["See the tide tables of the harbour."]);
}

#[test]
fn a_call_stands_between_its_brackets() {
    let text = " 98/7 أجراس المرفأ \n\n الجمعية العامة، \n\n 1 - تقرر أن تقرع أجراس المرفأ\n(\n\n1\n\n)\n ، كل يوم؛ \n\n_______________ \n1\n A/98/6. ";
    let options = ReadOptions { language: Some("ar".to_owned()), ..ReadOptions::default() };
    let reading = read(&Input { name: "x.txt", bytes: text.as_bytes() }, &options).expect("it is read");
    let rules: Vec<&str> = reading.diagnostics.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(!rules.contains(&"note/note-without-call"), "{rules:?}");
}
