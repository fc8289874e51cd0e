//! From lines to a document: three ordered tables of named rules and what stands between them.
//!
//! 1. Line rules ([`lines`](self)) say what a line is: text, a note call, the ruler above notes, a note.
//! 2. Join rules say whether a line goes on the one before, so that lines become chunks: paragraphs as printed.
//! 3. Tree rules say what a chunk is and where it hangs.
//!
//! In each table the first rule that answers wins, and its name stays with what it placed. Parsing never fails: what no rule
//! places becomes an unplaced block, with a warning.

mod below_notes;
mod brackets;
mod calls;
mod chunk;
mod compilation;
mod evidence;
mod flow;
mod grid;
mod head_lines;
mod identify;
mod join;
mod lines;
mod loose_table;
mod marks;
mod notes;
mod pages;
mod tree;
mod words;

use unres_lang::LangPack;
use unres_model::{Account, Claim, Document};
use unres_source::{Diagnostic, RuleId, Source};

/// What places, or rather does not place, a paragraph in another language.
pub const OTHER_LANGUAGE: RuleId = RuleId::new("language/other");

/// How a text is to be parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ParseOptions {
    /// What becomes of blanks between wide characters and digits or letters.
    pub han_space: HanSpace,
}

/// What becomes of a blank that an extractor shows between a wide (Han) character and a digit or letter. Between two wide
/// characters none ever stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HanSpace {
    /// It goes: the page shows none.
    #[default]
    None,
    /// It becomes a thin space (U+2009).
    Thin,
    /// It stays a blank.
    Keep,
}

/// What parsing gives.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The documents found, in the order of the text.
    pub documents: Vec<Document>,
    /// What looked odd.
    pub diagnostics: Vec<Diagnostic>,
    /// How the lines were read.
    pub trace: Trace,
}

/// How the lines of a source were read.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// For each line of the source the line rule that answered, and the join rule where the line is text.
    pub lines: Vec<LineTrace>,
    /// Pieces that stand in no document: rulers.
    pub furniture: Vec<Claim>,
}

/// The rules that answered for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineTrace {
    /// The line rule.
    pub line: RuleId,
    /// The join rule, for a line of text.
    pub join: Option<RuleId>,
}

impl Parsed {
    /// The account of the source: every non-blank byte belongs to exactly one claim.
    pub fn account(&self, source: &Source) -> Account {
        let claims = self.documents.iter().flat_map(Document::claims).chain(self.trace.furniture.iter().cloned());
        Account::of(source.text(), claims.collect())
    }
}

/// Parses a source in the language of the pack.
pub fn parse(source: &Source, pack: &LangPack, options: ParseOptions) -> Parsed {
    parse_beside(source, pack, options, &|texts| vec![false; texts.len()])
}

/// Parses a source that prints a second language. `is_other` says which paragraphs are in that; they come out unplaced, and whoever asks for
/// this warns of it.
pub fn parse_beside(
    source: &Source,
    pack: &LangPack,
    options: ParseOptions,
    is_other: &dyn Fn(&[&str]) -> Vec<bool>,
) -> Parsed {
    let mut diagnostics = Vec::new();
    let read = lines::read(source, pack);
    let calls = evidence::calls(source, pack, &read).unwrap_or_else(|| match read.style {
        lines::TextStyle::Wrapped => calls::find(source, pack, &read),
        _ => calls::InlineCalls::new(),
    });
    let join::Joined { chunks, rules } = join::join(source, pack, &read, &calls);
    drop(calls);
    let mut chunks = loose_table::gather(source, pack, chunks);
    let words = words::Words::of(source, &read);
    let headings = evidence::HeadingLook::of(source, &read);
    // Text as on a page has the letters of a line in another order as a whole, and files keep them.
    let is_spaced = matches!(read.style, lines::TextStyle::BlankedParagraphs | lines::TextStyle::LeadingBlanks);
    let has_stray_brackets = is_spaced && pack.is_right_to_left();
    let cx = flow::FlowCx { source, pack, options, words: &words, headings, has_stray_brackets };
    let notes = notes::gather(&cx, &read);
    let mut flows: Vec<flow::Flow> = chunks.iter().map(|chunk| flow::Flow::build(&cx, chunk)).collect();
    chunks.iter_mut().for_each(chunk::Chunk::keep_head);
    let texts: Vec<&str> = flows.iter().map(|flow| flow.text.as_str()).collect();
    let others = is_other(&texts);
    for (flow, _) in flows.iter_mut().zip(others).filter(|(_, other)| *other) {
        flow.left_out = Some(OTHER_LANGUAGE);
    }
    let mut documents = Vec::new();
    let job_number = lines::job_number_of(source, &read).unwrap_or_default();
    for part in compilation::parts(&cx, &chunks, &mut flows, notes, &mut diagnostics) {
        let chunks = chunks.get(part.chunks.clone()).unwrap_or_default();
        let flows = flows.get_mut(part.chunks).unwrap_or_default();
        let mut document = tree::build(&cx, chunks, flows, part.notes, &mut diagnostics);
        document.meta = identify::meta(source, pack, &document);
        document.meta.cover.job_number.clone_from(&job_number);
        debug_assert_eq!(document.validate(), Ok(()));
        documents.push(document);
    }
    // A file with several documents can be named after one of them only.
    if let [only] = documents.as_mut_slice() {
        diagnostics.extend(identify::name_after_file(source, &mut only.meta));
        diagnostics.extend(identify::letter_after_file(source, only));
    }
    let trace = Trace {
        lines: read.lines.iter().zip(rules).map(|(line, join)| LineTrace { line: line.rule.clone(), join }).collect(),
        furniture: lines::furniture(source, &read),
    };
    Parsed { documents, diagnostics, trace }
}

/// The findings of the parser.
pub const FINDINGS: &[RuleId] = &[
    tree::NO_RESOLUTION,
    tree::UNPLACED,
    tree::NUMBER_GAP,
    notes::CALL_WITHOUT_NOTE,
    notes::NOTE_WITHOUT_CALL,
    compilation::BETWEEN,
    identify::FILE_NAME,
    OTHER_LANGUAGE,
];

/// The names of all line, join and tree rules, in the order in which they are asked.
pub fn rules() -> impl Iterator<Item = &'static RuleId> {
    let lines = lines::RULES.iter().map(|rule| &rule.id);
    lines.chain(join::RULES.iter().map(|rule| &rule.id)).chain(tree::RULES.iter().map(|rule| &rule.id))
}
