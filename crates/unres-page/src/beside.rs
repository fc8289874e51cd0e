//! What the page says that shows a source beside the structure that was found in it.

use crate::view::{View, direction};
use serde::Serialize;
use std::collections::BTreeMap;
use unres_export::{Address, Addresses};
use unres_model::{Block, Document, Inline, Note};
use unres_source::{Diagnostic, Source, Span};

/// Such a page.
#[derive(Serialize)]
pub(crate) struct Beside<'a> {
    name: &'a str,
    /// None where the input holds documents and no text.
    lines: Option<Vec<LineView<'a>>>,
    documents: Vec<DocumentView<'a>>,
    /// The findings that have no place.
    findings: Vec<FindingView<'a>>,
    warnings: usize,
}

#[derive(Serialize)]
struct LineView<'a> {
    page: Option<u32>,
    number: u32,
    text: &'a str,
    /// That of its letters; a line without any has that of the document.
    direction: &'static str,
    indent: u32,
    /// The names of the entries that were printed there.
    entries: String,
    /// The findings at this line that concern no entry.
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
struct DocumentView<'a> {
    page: View<'a>,
    entries: Vec<EntryView<'a>>,
}

/// A block or note, beside what the page of the document says of it.
#[derive(Serialize)]
struct EntryView<'a> {
    name: String,
    /// Where it stands in the JSON of the document.
    json: String,
    path: &'a str,
    rule: &'a str,
    /// The numbers of its lines, from 0.
    lines: String,
    findings: Vec<FindingView<'a>>,
}

#[derive(Serialize)]
struct FindingView<'a> {
    severity: &'static str,
    rule: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
}

impl<'a> Beside<'a> {
    /// The page of what was read from one input. `addresses` are those of the documents.
    pub(crate) fn of(
        name: &'a str,
        source: Option<&'a Source>,
        documents: &'a [Document],
        addresses: &'a [Addresses],
        findings: &'a [Diagnostic],
    ) -> Self {
        let mut places = Places::of(source, documents, findings);
        let usual = documents.first().map_or("auto", direction);
        let numbered = documents.iter().zip(addresses).enumerate();
        let documents = numbered.map(|(number, (document, addresses))| DocumentView {
            page: View::of(document, addresses),
            entries: entries(number, document, addresses, &mut places),
        });
        let documents = documents.collect();
        let lines = source.map(|source| lines(source, usual, &mut places));
        Self {
            name,
            lines,
            documents,
            findings: places.without,
            warnings: findings.iter().filter(|finding| finding.severity >= unres_source::Severity::Warning).count(),
        }
    }
}

/// The blocks and then the notes of a document.
fn entries<'a>(
    number: usize,
    document: &'a Document,
    addresses: &'a Addresses,
    places: &mut Places<'a>,
) -> Vec<EntryView<'a>> {
    let block = |(index, (block, address)): (usize, (&'a Block, &'a Address))| EntryView {
        name: block_name(number, index),
        json: format!("blocks[{index}]"),
        path: &address.path,
        rule: block.rule.as_str(),
        lines: String::new(),
        findings: Vec::new(),
    };
    let note = |(index, note): (usize, &'a Note)| EntryView {
        name: note_name(number, index),
        json: format!("notes[{index}]"),
        path: "",
        rule: note.rule.as_str(),
        lines: String::new(),
        findings: Vec::new(),
    };
    let blocks = document.blocks.iter().zip(addresses.blocks()).enumerate().map(block);
    let notes = document.notes.iter().enumerate().map(note);
    let mut entries: Vec<EntryView<'_>> = blocks.chain(notes).collect();
    for entry in &mut entries {
        entry.lines = places.lines.remove(&entry.name).unwrap_or_default();
        entry.findings = places.findings.remove(&entry.name).unwrap_or_default();
    }
    entries
}

fn lines<'a>(source: &'a Source, usual: &'static str, places: &mut Places<'a>) -> Vec<LineView<'a>> {
    let line = |(index, line): (usize, &unres_source::Line)| LineView {
        page: line.origin.page,
        number: line.origin.line,
        text: source.slice(line.span),
        direction: if source.slice(line.span).contains(char::is_alphabetic) { "auto" } else { usual },
        indent: line.layout.indent.min(40),
        entries: places.entries.remove(&index).unwrap_or_default().join(" "),
        findings: places.between.remove(&index).unwrap_or_default(),
    };
    source.lines().iter().enumerate().map(line).collect()
}

/// What stands where: which lines an entry was printed in, and which findings concern it.
#[derive(Default)]
struct Places<'a> {
    /// By the name of an entry its lines.
    lines: BTreeMap<String, String>,
    /// By line the names of its entries.
    entries: BTreeMap<usize, Vec<String>>,
    /// By the name of an entry the findings that concern it.
    findings: BTreeMap<String, Vec<FindingView<'a>>>,
    /// By line the findings that concern no entry.
    between: BTreeMap<usize, Vec<FindingView<'a>>>,
    without: Vec<FindingView<'a>>,
}

impl<'a> Places<'a> {
    fn of(source: Option<&Source>, documents: &[Document], findings: &'a [Diagnostic]) -> Self {
        let mut places = Self::default();
        let entries: Vec<(String, Vec<Span>)> = documents.iter().enumerate().flat_map(spans).collect();
        if let Some(source) = source {
            for (name, spans) in &entries {
                places.add_lines(source, name, spans);
            }
        }
        let mut starts: Vec<(Span, &str)> =
            entries.iter().flat_map(|(name, spans)| spans.iter().map(move |span| (*span, name.as_str()))).collect();
        starts.sort_unstable();
        for finding in findings {
            places.add_finding(source, &starts, finding);
        }
        places
    }

    fn add_lines(&mut self, source: &Source, name: &str, spans: &[Span]) {
        let mut lines = std::collections::BTreeSet::new();
        for span in spans {
            let first = source.lines().partition_point(|line| line.span.end <= span.start);
            let behind = source.lines().partition_point(|line| line.span.start < span.end);
            lines.extend(first..behind);
        }
        let numbers: Vec<String> = lines.iter().map(ToString::to_string).collect();
        self.lines.insert(name.to_owned(), numbers.join(" "));
        for line in lines {
            self.entries.entry(line).or_default().push(name.to_owned());
        }
    }

    /// A finding stands at the entry that was printed where it points to, else at its line.
    fn add_finding(&mut self, source: Option<&Source>, starts: &[(Span, &str)], finding: &'a Diagnostic) {
        let Diagnostic { rule, severity, span, message, hint } = finding;
        let view = FindingView { severity: severity.as_str(), rule: rule.as_str(), message, hint: hint.as_deref() };
        let Some((source, span)) = source.zip(*span) else { return self.without.push(view) };
        let before = starts.partition_point(|(start, _)| start.start <= span.start);
        let nearest = before.checked_sub(1).and_then(|index| starts.get(index));
        let inside = nearest.filter(|(entry, _)| span.start < entry.end || span.end <= entry.end);
        // A finding may span a whole paragraph and begin before its first piece.
        let next = starts.get(before).filter(|(entry, _)| entry.start < span.end);
        if let Some((_, name)) = inside.or(next) {
            self.findings.entry((*name).to_owned()).or_default().push(view);
        } else {
            let behind = source.lines().partition_point(|line| line.span.start <= span.start);
            self.between.entry(behind.saturating_sub(1)).or_default().push(view);
        }
    }
}

/// The entries of a document with the pieces of the source that they are made of.
fn spans((number, document): (usize, &Document)) -> Vec<(String, Vec<Span>)> {
    let block = |(index, block): (usize, &Block)| {
        let numbers = block.number.iter().flat_map(|number| number.spans.iter().copied());
        (block_name(number, index), numbers.chain(block.inlines().flat_map(inline_spans)).collect())
    };
    let note = |(index, note): (usize, &Note)| {
        let marks = note.mark_spans.iter().copied();
        (note_name(number, index), marks.chain(note.content.iter().flat_map(inline_spans)).collect())
    };
    let blocks = document.blocks.iter().enumerate().map(block);
    blocks.chain(document.notes.iter().enumerate().map(note)).collect()
}

fn inline_spans(inline: &Inline) -> impl Iterator<Item = Span> {
    let spans = match inline {
        Inline::Call(call) => call.spans.as_slice(),
        other => other.text().map(|text| text.spans.as_slice()).unwrap_or_default(),
    };
    spans.iter().copied()
}

fn block_name(document: usize, block: usize) -> String {
    format!("d{document}b{block}")
}

fn note_name(document: usize, note: usize) -> String {
    format!("d{document}n{note}")
}
