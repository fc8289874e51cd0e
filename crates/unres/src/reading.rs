//! From bytes to documents, whatever the bytes are.

use crate::language::{self, Pair};
use std::sync::Arc;
use unres_akn::{AknDocument, Dialect, IllFormed};
use unres_docx::Docx;
use unres_html::Html;
use unres_lang::{LangPack, PackError};
use unres_model::{Account, Document};
use unres_parse::{OTHER_LANGUAGE, ParseOptions, Trace};
use unres_passes::{Marks, check_pairs, find_citations, find_openings};
#[cfg(feature = "pdf")]
use unres_pdf::Pdf;
use unres_source::{Budget, Confidence, Diagnostic, Input, ReadError, Reader, Source};
use unres_text::{Encoding, Text, TextIn};

/// The readers of input formats: one line each. Of those that can read an input the surest does, and of equals the first.
const READERS: &[&dyn Reader] = &[
    &Text,
    &Docx,
    &Html,
    #[cfg(feature = "pdf")]
    &Pdf,
];

/// How an input is to be read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Code or English name of the language; found from the text when it is none.
    pub language: Option<String>,
    /// Encoding of the text. It is found when it is none; when it is told, the input is text and nothing else.
    pub encoding: Option<&'static Encoding>,
    /// What becomes of the parts of one number.
    pub parts: Parts,
    /// How text is parsed.
    pub parse: ParseOptions,
    /// What of running text is marked.
    pub marks: Marks,
    /// What one input may cost.
    pub budget: Budget,
    /// Format of the input, one of [`inputs`]; found from the bytes when it is none.
    pub from: Option<String>,
    /// What becomes of XML that is not well-formed.
    pub ill_formed: IllFormed,
}

impl ReadOptions {
    /// Whether language and format are known, so that a job over many inputs fails before it begins.
    pub fn check(&self) -> Result<(), Error> {
        if let Some(language) = &self.language {
            language::pack(language)?;
        }
        match self.from.as_deref() {
            Some(name) if !inputs().contains(&name) => Err(Error::Format(name.to_owned())),
            _ => Ok(()),
        }
    }
}

/// What becomes of parts A and B under one number, which are resolutions of their own under one title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Parts {
    /// They are one document, as they are printed.
    #[default]
    Together,
    /// Each is a document.
    Apart,
}

/// What an input gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// The documents, in the order of the input.
    pub documents: Vec<Document>,
    /// What looked odd.
    pub diagnostics: Vec<Diagnostic>,
    /// The text that was parsed; none for an input that holds documents already (Akoma Ntoso, JSON).
    pub source: Option<Source>,
    /// How its lines were read.
    pub trace: Trace,
    /// The account of the text: every non-blank byte has one claim.
    pub account: Account,
}

/// Why an input cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The bytes are not what they should be.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The JSON is no document of the model.
    #[error(transparent)]
    Json(#[from] unres_json::JsonError),
    /// The format is not known.
    #[error("unknown input format {0:?}")]
    Format(String),
    /// The language is not known.
    #[error(transparent)]
    Language(#[from] PackError),
}

impl Error {
    /// What a user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Read(error) => error.hint(),
            Self::Json(error) => error.hint(),
            Self::Format(_) => "unres formats lists the inputs",
            Self::Language(_) => "unres formats lists the languages",
        }
    }
}

/// A page in HTML that shows what was read from an input: the source beside the structure, and each finding at its place.
pub fn beside(name: &str, reading: &Reading) -> std::io::Result<String> {
    let Reading { documents, diagnostics, source, .. } = reading;
    unres_page::beside(name, source.as_ref(), documents, diagnostics).map_err(std::io::Error::other)
}

/// The names of the input formats.
pub fn inputs() -> Vec<&'static str> {
    READERS.iter().map(|reader| reader.name()).chain(["akn", "json"]).collect()
}

/// Reads one input: Akoma Ntoso, JSON of the model, or what a reader can read. Akoma Ntoso and JSON give way to a reader that is certain.
///
/// The bytes say which, not the name; an option may.
pub fn read(input: &Input<'_>, options: &ReadOptions) -> Result<Reading, Error> {
    let mut reading = read_whole(input, options)?;
    if options.parts == Parts::Apart {
        reading.documents = reading.documents.into_iter().flat_map(unres_passes::split_parts).collect();
    }
    Ok(reading)
}

fn read_whole(input: &Input<'_>, options: &ReadOptions) -> Result<Reading, Error> {
    if let Some(encoding) = options.encoding {
        return read_with(&TextIn(encoding), input, options);
    }
    match options.from.as_deref() {
        Some("akn") => return read_akn(input, options),
        Some("json") => return read_json(input, options),
        Some(name) => {
            let known = READERS.iter().find(|reader| reader.name() == name);
            return read_with(*known.ok_or_else(|| Error::Format(name.to_owned()))?, input, options);
        }
        None => {}
    }
    let certain = || reader(input).sniff(input) == Confidence::Certain;
    if unres_akn::looks_like_xml(input.bytes) && !certain() {
        return read_akn(input, options);
    }
    if unres_json::looks_like_json(input.bytes) && !certain() {
        read_json(input, options)
    } else {
        read_with(reader(input), input, options)
    }
}

/// Akoma Ntoso, in the strict profile or as the United Nations publish it. What the published form leaves to the text is repaired, with the words and
/// digits of the language where there is a pack for it.
fn read_akn(input: &Input<'_>, options: &ReadOptions) -> Result<Reading, Error> {
    let mut diagnostics = Vec::new();
    let read = unres_akn::read_documents(input, &options.budget, options.ill_formed, &mut diagnostics)?;
    let mut documents = Vec::with_capacity(read.len());
    for AknDocument { mut document, dialect } in read {
        let pack = match (&options.language, &document.meta.language) {
            (Some(asked), _) => Some(language::pack(asked)?),
            (None, stated) => stated.as_ref().and_then(|stated| language::pack(stated).ok()),
        };
        if dialect == Dialect::Published {
            unres_passes::repair(&mut document, pack.as_deref(), &mut diagnostics);
        }
        if let Some(pack) = &pack {
            unres_passes::read_numbers(&mut document, pack);
            find_openings(&mut document, pack);
            find_citations(&mut document, pack, None, options.marks);
        }
        documents.push(document);
    }
    Ok(Reading { documents, diagnostics, ..Reading::default() })
}

/// Documents that were written as JSON, perhaps corrected by hand: they are taken as they stand, but for opening phrases that are
/// missing or have no key.
fn read_json(input: &Input<'_>, options: &ReadOptions) -> Result<Reading, Error> {
    let mut documents = unres_json::read_documents(input.bytes, &options.budget)?;
    for document in &mut documents {
        // A language that is asked for must be known; one that a document states may have no pack.
        let pack = match (&options.language, &document.meta.language) {
            (Some(asked), _) => Some(language::pack(asked)?),
            (None, stated) => stated.as_ref().and_then(|stated| language::pack(stated).ok()),
        };
        if let Some(pack) = pack {
            find_openings(document, &pack);
            find_citations(document, &pack, None, options.marks);
        }
    }
    Ok(Reading { documents, ..Reading::default() })
}

/// The surest reader. Where none can read the bytes, that of text says why.
fn reader(input: &Input<'_>) -> &'static dyn Reader {
    let sure = |reader: &&&dyn Reader| reader.sniff(input);
    let best = READERS.iter().rev().max_by_key(sure).filter(|reader| reader.sniff(input) > Confidence::No);
    best.copied().unwrap_or(&Text)
}

fn read_with(reader: &dyn Reader, input: &Input<'_>, options: &ReadOptions) -> Result<Reading, Error> {
    let mut diagnostics = Vec::new();
    let source = reader.read(input, &options.budget, &mut diagnostics)?;
    let (mut pack, is_certain): (Arc<LangPack>, bool) = if let Some(language) = &options.language {
        (language::pack(language)?, true)
    } else {
        let found = language::detect(source.text(), &mut diagnostics)?;
        (found.pack, found.is_certain)
    };
    let mut pair = Pair::of(&source, &pack);
    if let Some(pair) = pair.as_mut().filter(|_| options.language.is_none()) {
        *pair = pair.larger_first(&source);
        pack = language::pack(pair.read.code())?;
    }
    let is_other = |texts: &[&str]| pair.map_or_else(|| vec![false; texts.len()], |pair| pair.others(texts));
    let mut parsed = unres_parse::parse_beside(&source, &pack, options.parse, &is_other);
    let blocks = parsed.documents.iter().flat_map(|document| &document.blocks);
    let left_out = blocks.filter(|block| block.rule == OTHER_LANGUAGE).count();
    diagnostics.extend(pair.filter(|_| left_out > 0).map(|pair| pair.left_out(left_out)));
    diagnostics.append(&mut parsed.diagnostics);
    for document in &mut parsed.documents {
        find_openings(document, &pack);
        check_pairs(document, &pack, Some(&source), &mut diagnostics);
        find_citations(document, &pack, Some(&source), options.marks);
        if !is_certain {
            document.meta.language = None;
        }
    }
    let account = parsed.account(&source);
    Ok(Reading { documents: parsed.documents, diagnostics, source: Some(source), trace: parsed.trace, account })
}
