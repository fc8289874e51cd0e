//! The exporter `argmining`.

use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target, Zone,
};
use unres_model::{Block, BlockKind, Document, Note, plain_text};
use unres_source::Sink;

/// The language whose paragraphs need no translation into English.
const ENGLISH: &str = "eng";

/// One document a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct ArgMining;

impl Exporter for ArgMining {
    fn format(&self) -> Format {
        Format {
            id: "argmining",
            title: "JSON of the shared task on argument mining",
            media_type: "application/json",
            extension: "argmining.json",
            arity: Arity::OneDocument,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(ArgMiningWriter { out: target.part(Part::Main)?, written: false }))
    }
}

struct ArgMiningWriter {
    out: Box<dyn Write + Send>,
    written: bool,
}

impl DocumentWriter for ArgMiningWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        if self.written {
            return Err(io::Error::other("a file of the shared task holds one document").into());
        }
        self.written = true;
        serde_json::to_writer_pretty(&mut self.out, &task(document, addresses)).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

/// A document of the task. Names are those of its files.
#[derive(Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct Task<'a> {
    text_id: &'a str,
    recommendation: Option<&'a str>,
    title: String,
    metadata: Metadata<'a>,
    #[serde(rename = "body")]
    body: Body,
}

#[derive(Serialize)]
struct Metadata<'a> {
    structure: Structure<'a>,
}

#[derive(Serialize)]
struct Structure<'a> {
    doc_title: &'a str,
    nb_paras: usize,
    preambular_para: Vec<usize>,
    operative_para: Vec<usize>,
    think: &'static str,
}

#[derive(Serialize)]
struct Body {
    paragraphs: Vec<Paragraph>,
}

#[derive(Serialize)]
struct Paragraph {
    para_number: usize,
    para: String,
    para_en: Option<String>,
    #[serde(rename = "type")]
    kind: Option<Kind>,
    tags: [&'static str; 0],
    matched_paras: BTreeMap<String, String>,
    think: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Preambular,
    Operative,
}

fn task<'a>(document: &'a Document, addresses: &Addresses) -> Task<'a> {
    let meta = &document.meta;
    let text_id = meta.symbol.as_ref().map_or(meta.source.as_str(), |symbol| symbol.value.as_str());
    let paragraphs = paragraphs(document, addresses);
    let of = |kind| paragraphs.iter().filter(|p| p.kind == Some(kind)).map(|p| p.para_number).collect();
    let structure = Structure {
        doc_title: &meta.source,
        nb_paras: paragraphs.len(),
        preambular_para: of(Kind::Preambular),
        operative_para: of(Kind::Operative),
        think: "",
    };
    Task {
        text_id,
        recommendation: meta.number.as_ref().map(|number| number.value.as_str()),
        title: document.title(),
        metadata: Metadata { structure },
        body: Body { paragraphs },
    }
}

/// The blocks with text, in order, then the notes.
fn paragraphs(document: &Document, addresses: &Addresses) -> Vec<Paragraph> {
    let kinds = kinds(document, addresses);
    let blocks = document.blocks.iter().map(block_text).zip(kinds);
    let notes = document.notes.iter().map(note_text).map(|text| (text, None));
    let is_english = document.meta.language.as_deref() == Some(ENGLISH);
    let printed = blocks.chain(notes).filter(|(text, _)| !text.is_empty());
    let paragraph = |((para, kind), para_number): ((String, Option<Kind>), usize)| Paragraph {
        para_number,
        para_en: is_english.then(|| para.clone()),
        para,
        kind,
        tags: [],
        matched_paras: BTreeMap::new(),
        think: "",
    };
    printed.zip(1..).map(paragraph).collect()
}

/// What hangs under a preambular or operative paragraph is of its kind. An annex is neither.
fn kinds(document: &Document, addresses: &Addresses) -> Vec<Option<Kind>> {
    let mut kinds: Vec<Option<Kind>> = Vec::with_capacity(document.blocks.len());
    for (block, address) in document.blocks.iter().zip(addresses.blocks()) {
        let above = address.parent.and_then(|parent| kinds.get(parent).copied().flatten());
        let kind = match block.kind {
            _ if matches!(address.zone, Zone::Annex(_)) => None,
            BlockKind::Preambular => Some(Kind::Preambular),
            BlockKind::Operative => Some(Kind::Operative),
            BlockKind::Masthead
            | BlockKind::Title
            | BlockKind::Adoption
            | BlockKind::EnactingFormula
            | BlockKind::Section
            | BlockKind::Heading
            | BlockKind::Item
            | BlockKind::Unnumbered
            | BlockKind::Quotation
            | BlockKind::Table
            | BlockKind::Annex
            | BlockKind::VoteList
            | BlockKind::Unplaced => above,
        };
        kinds.push(kind);
    }
    kinds
}

/// The text with the number before it, as a page shows it; the cells of a table after it.
fn block_text(block: &Block) -> String {
    let number = block.number.as_ref().map(|number| number.printed.as_str());
    let content = plain_text(&block.content);
    let cells = block.rows.iter().flatten().map(|cell| plain_text(&cell.content));
    joined(number.map(Into::into).into_iter().chain([content]).chain(cells))
}

fn note_text(note: &Note) -> String {
    joined([note.mark.as_str().into(), plain_text(&note.content)].into_iter())
}

fn joined<'a>(pieces: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> String {
    let printed: Vec<_> = pieces.filter(|piece| !piece.trim().is_empty()).collect();
    printed.iter().map(|piece| piece.trim()).collect::<Vec<_>>().join(" ")
}
