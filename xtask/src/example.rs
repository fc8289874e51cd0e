//! The first real input, text of a PDF: what must come out of it.

use anyhow::{Context, ensure};
use std::collections::BTreeSet;
use std::path::Path;
use unres::model::{BlockKind, Citation, CitedIn, Document, Inline, Pinpoint};
use unres::symbol::Symbol;
use unres::{ReadOptions, Severity};

/// The joint symbols, with the mark of their note and the places that are meant.
const JOINT: [&str; 2] = ["note 2: A/60/633-S/2005/826, annex III", "note 3: A/67/280-S/2012/614"];

/// Reads the example text and compares it with what a person reads in it. False, with a line a difference, when it differs.
pub(crate) fn check(shared: &Path) -> anyhow::Result<bool> {
    let path = shared.join("examples/67-264.zh.txt");
    let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
    let reading = unres::read(&unres::Input { name: "67-264.zh.txt", bytes: &bytes }, &ReadOptions::default())?;
    let document = reading.documents.first().context("no document")?;
    let count = |kind| document.blocks.iter().filter(|block| block.kind == kind).count();
    let meta = &document.meta;
    let warnings: Vec<_> = reading.diagnostics.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
    let symbol = meta.symbol.as_ref().map(|symbol| symbol.value.as_str());
    let session = meta.session.as_ref().map(|session| session.value.as_str());
    let adopted = meta.adopted.map(|adopted| adopted.value.to_string());
    let differences: Vec<String> = [
        ensure_eq("symbol", &symbol, &Some("A/RES/67/264")),
        ensure_eq("session", &session, &Some("67")),
        ensure_eq("adopted", &adopted.as_deref(), &Some("2013-05-17")),
        ensure_eq("meeting", &meta.meeting.map(|meeting| meeting.value), &Some(82)),
        ensure_eq("language", &meta.language.as_deref(), &Some("zho")),
        ensure_eq("preambular paragraphs", &count(BlockKind::Preambular), &26),
        ensure_eq("operative paragraphs", &numbers(document), &(1..=22).collect::<Vec<u32>>()),
        ensure_eq("unplaced blocks", &count(BlockKind::Unplaced), &0),
        ensure_eq("notes", &document.notes.len(), &3),
        ensure_eq("calls", &calls(document), &vec![1, 2, 3, 3]),
        ensure_eq("citations", &document.citations().count(), &29),
        ensure_eq("dated citations", &dated(document, |_| true), &27),
        ensure_eq("dated citations of one list", &longest_list(document), &25),
        ensure_eq("joint symbols", &joint(document), &JOINT.map(str::to_owned).to_vec()),
        ensure_eq("the account is closed", &reading.account.is_closed(), &true),
        ensure_eq("warnings", &warnings.len(), &1),
    ]
    .into_iter()
    .filter_map(Result::err)
    .map(|error| error.to_string())
    .collect();
    for difference in &differences {
        println!("67-264.zh.txt: {difference}");
    }
    Ok(differences.is_empty())
}

fn ensure_eq<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> anyhow::Result<()> {
    ensure!(found == expected, "{what}: {found:?}, not {expected:?}");
    Ok(())
}

/// The numbers of the operative paragraphs, in order.
fn numbers(document: &Document) -> Vec<u32> {
    let operative = document.blocks.iter().filter(|block| block.kind == BlockKind::Operative);
    operative.filter_map(|block| block.number.as_ref()).map(|number| number.ordinal).collect()
}

/// The notes that are called, call by call.
fn calls(document: &Document) -> Vec<u32> {
    let inlines = document.blocks.iter().flat_map(|block| &block.content);
    let call = |inline: &Inline| match inline {
        Inline::Call(call) => Some(call.call.0),
        _ => None,
    };
    inlines.filter_map(call).collect()
}

fn dated(document: &Document, wanted: impl Fn(&Citation) -> bool) -> usize {
    document.citations().filter(|(_, citation)| citation.date.is_some() && wanted(citation)).count()
}

/// How many dated citations the list holds that has most.
fn longest_list(document: &Document) -> usize {
    let lists: BTreeSet<u32> = document.citations().filter_map(|(_, citation)| citation.list).collect();
    lists.iter().map(|list| dated(document, |citation| citation.list == Some(*list))).max().unwrap_or(0)
}

/// The citations of joint symbols in notes, as [`JOINT`] has them.
fn joint(document: &Document) -> Vec<String> {
    let shown = |(place, citation): (CitedIn, &Citation)| {
        let CitedIn::Note(index) = place else { return None };
        let is_joint = Symbol::parse(&citation.symbol).is_some_and(|symbol| symbol.is_joint());
        let mark = &document.notes.get(index).filter(|_| is_joint)?.mark;
        let places = citation.pinpoints.iter().map(Pinpoint::shown);
        let cited: Vec<String> = std::iter::once(citation.symbol.clone()).chain(places).collect();
        Some(format!("note {mark}: {}", cited.join(", ")))
    };
    document.citations().filter_map(shown).collect()
}
