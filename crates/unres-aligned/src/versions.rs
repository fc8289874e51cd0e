//! Gathers the versions of each document, and puts their paragraphs into rows.

use isolang::Language;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use unres_export::{Addresses, Direction, DocumentWriter, ExportError};
use unres_model::{Block, BlockKind, Document, Note, NoteId, plain_text};
use unres_source::{Diagnostic, RuleId, Sink};

const LACKING: RuleId = RuleId::new("aligned/lacking");
const SINGLE: RuleId = RuleId::new("aligned/single");

/// The code of a language that is not known.
const UNKNOWN: &str = "und";

/// What writes the rows of all documents in a format.
pub(crate) trait Form {
    fn write(self, works: &[Work]) -> Result<(), ExportError>;
}

/// A document in all its versions.
#[derive(Debug, Serialize)]
pub(crate) struct Work {
    /// Its symbol or number; the name of the input where it has none.
    pub(crate) name: String,
    pub(crate) versions: Vec<Version>,
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Version {
    /// As BCP 47 has it.
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) direction: &'static str,
}

/// A paragraph or note in all versions.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    /// Its path in the first version that has it.
    pub(crate) path: String,
    /// None for a note.
    pub(crate) kind: Option<BlockKind>,
    /// In the order of the versions.
    pub(crate) cells: Vec<Option<Cell>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Cell {
    /// The number of a paragraph or the mark of a note, as printed; empty where none is.
    pub(crate) number: String,
    pub(crate) text: String,
}

impl Cell {
    /// As a page shows it.
    pub(crate) fn whole(&self) -> String {
        [self.number.as_str(), self.text.as_str()].map(str::trim).join(" ").trim().to_owned()
    }
}

/// A writer that holds all documents until the end, since the versions of one may come from anywhere.
pub(crate) struct Gathering<F> {
    pub(crate) form: F,
    /// Of each work the versions so far, in the order in which works began.
    works: Vec<Vec<Document>>,
    /// By name the work that is not yet there in every language.
    open: BTreeMap<String, usize>,
}

impl<F: Form> Gathering<F> {
    pub(crate) fn new(form: F) -> Self {
        Self { form, works: Vec::new(), open: BTreeMap::new() }
    }
}

impl<F: Form + Send> DocumentWriter for Gathering<F> {
    fn write(&mut self, document: &Document, _: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        let known = symbol(document).and_then(|symbol| self.open.get(symbol).copied());
        // A second text in one language is no translation of the first.
        let has_language =
            |versions: &Vec<Document>| versions.iter().any(|version| version.meta.language == document.meta.language);
        let versions = known.and_then(|work| self.works.get_mut(work)).filter(|versions| !has_language(versions));
        if let Some(versions) = versions {
            versions.push(document.clone());
            return Ok(());
        }
        if let Some(symbol) = symbol(document) {
            self.open.insert(symbol.to_owned(), self.works.len());
        }
        self.works.push(vec![document.clone()]);
        Ok(())
    }

    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Result<(), ExportError> {
        let works: Vec<Work> = self.works.iter().map(|versions| work(versions)).collect();
        for work in &works {
            report(work, sink);
        }
        self.form.write(&works)
    }
}

fn symbol(document: &Document) -> Option<&str> {
    let meta = &document.meta;
    meta.symbol.as_ref().or(meta.number.as_ref()).map(|name| name.value.as_str())
}

fn work(documents: &[Document]) -> Work {
    let versions: Vec<&Document> = documents.iter().collect();
    let addresses: Vec<Addresses> = documents.iter().map(Addresses::of).collect();
    let blocks = unres_passes::align(&versions).into_iter().map(|row| block_row(&versions, &addresses, &row.blocks));
    let mut rows: Vec<Row> = blocks.collect();
    rows.extend(note_rows(&versions));
    rows.retain(|row| row.cells.iter().flatten().any(|cell| !cell.whole().is_empty()));
    let name = versions.first().map(|first| symbol(first).unwrap_or(&first.meta.source).to_owned()).unwrap_or_default();
    Work { name, versions: documents.iter().map(version).collect(), rows }
}

fn version(document: &Document) -> Version {
    let known = document.meta.language.as_deref().and_then(Language::from_639_3);
    let language = known.map_or(UNKNOWN, |language| language.to_639_1().unwrap_or(language.to_639_3()));
    let direction = match Direction::of(document) {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    Version { language: language.to_owned(), title: document.title(), direction }
}

fn block_row(versions: &[&Document], addresses: &[Addresses], indexes: &[Option<usize>]) -> Row {
    let block = |version: usize, index: usize| versions.get(version).and_then(|document| document.blocks.get(index));
    let first = indexes.iter().enumerate().find_map(|(version, index)| Some((version, (*index)?)));
    let address = first.and_then(|(version, index)| addresses.get(version)?.blocks().get(index));
    let cell = |(version, index): (usize, &Option<usize>)| block(version, (*index)?).map(block_cell);
    Row {
        path: address.map(|address| address.path.clone()).unwrap_or_default(),
        kind: first.and_then(|(version, index)| block(version, index)).map(|block| block.kind),
        cells: indexes.iter().enumerate().map(cell).collect(),
    }
}

fn block_cell(block: &Block) -> Cell {
    let number = block.number.as_ref().map(|number| number.printed.clone()).unwrap_or_default();
    let cells = block.rows.iter().flatten().map(|cell| plain_text(&cell.content).into_owned());
    let texts: Vec<String> = std::iter::once(plain_text(&block.content).into_owned()).chain(cells).collect();
    let printed: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    Cell { number, text: printed.join(" | ") }
}

/// Notes have the same place in all versions: they count in the order of their first calls.
fn note_rows(versions: &[&Document]) -> Vec<Row> {
    let ids: BTreeSet<NoteId> = versions.iter().flat_map(|version| &version.notes).map(|note| note.id).collect();
    let cell = |note: &Note| Cell { number: note.mark.clone(), text: plain_text(&note.content).trim().to_owned() };
    let row = |id: NoteId| Row {
        path: Addresses::note(id),
        kind: None,
        cells: versions.iter().map(|version| version.note(id).map(cell)).collect(),
    };
    ids.into_iter().map(row).collect()
}

/// Names each row that a version lacks, and the document that has one version only.
fn report(work: &Work, sink: &mut dyn Sink) {
    if let [only] = work.versions.as_slice() {
        let message = format!("{}: there is only one version, {}", work.name, only.language);
        return sink.push(Diagnostic::warning(SINGLE, None, message));
    }
    for row in &work.rows {
        let without = work.versions.iter().zip(&row.cells).filter(|(_, cell)| cell.is_none());
        let languages: Vec<&str> = without.map(|(version, _)| version.language.as_str()).collect();
        if !languages.is_empty() {
            let message = format!("{} {}: not in {}", work.name, row.path, languages.join(", "));
            sink.push(Diagnostic::warning(LACKING, None, message));
        }
    }
}
