//! Citations and dates in running text: the numbers of resolutions and decisions, the symbols of documents, days, addresses of the web, names of organs.
//!
//! The text stays as it is: what is found becomes a piece of its own. Which organ a bare number is of, when it was adopted and which of its places
//! are meant follows from the words around it.

mod adoption;
mod dates;
mod find;
mod phrases;
mod pinpoints;
mod resolve;
mod split;
mod web;
mod works;

pub use adoption::adoption_date;

use find::{Candidate, What, find};
use jiff::civil::Date;
use resolve::{Context, resolve};
use split::cut;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use unres_lang::{CitingPhrase, LangPack, NameOf, NounSide};
use unres_model::{
    Basis, Block, BlockKind, Citation, DatedText, Document, Inline, LinkedText, NamedKind, NamedText, Opening, Text,
    Value,
};
use unres_source::Source;
use unres_symbol::Organ;

/// What of a running text is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Marks {
    /// What it cites, its dates, and the names of organs and offices.
    #[default]
    All,
    /// What it cites alone: documents and addresses of the web.
    Cited,
}

/// Finds the citations, dates and names of a document, but for what its head and closing lines state of itself. `source` is the text it was read from.
pub fn find_citations(document: &mut Document, pack: &LangPack, source: Option<&Source>, marks: Marks) {
    let organ = document.meta.organ.as_ref().and_then(|organ| Organ::from_code(&organ.value));
    let context = Context { organ, series: None, before: None };
    let mut finder = Finder { pack, source, marks, context, lists: 0 };
    for block in document.blocks.iter_mut().filter(|block| is_text(block)) {
        finder.content(&mut block.content, block.opening.as_ref());
        block.rows.iter_mut().flatten().for_each(|cell| finder.content(&mut cell.content, None));
    }
    for note in &mut document.notes {
        finder.content(&mut note.content, None);
        finder.context.series = citations(&note.content).last().map(|citation| citation.kind);
        finder.context.before = phrases::only_work(citations(&note.content)).cloned();
    }
    date_the_undated(document);
}

fn citations(content: &[Inline]) -> impl Iterator<Item = &Citation> {
    content.iter().filter_map(|inline| match inline {
        Inline::Citation(citation) => Some(citation.as_ref()),
        _ => None,
    })
}

/// What is cited with its date in one place was adopted on it in all others.
fn date_the_undated(document: &mut Document) {
    let printed = |(_, citation): (_, &Citation)| {
        let date = citation.date.filter(|date| date.basis == Basis::Printed)?;
        Some((citation.symbol.clone(), date.value))
    };
    let dates: BTreeMap<String, Date> = document.citations().filter_map(printed).collect();
    let in_blocks = document.blocks.iter_mut().flat_map(|block| {
        let cells = block.rows.iter_mut().flatten().flat_map(|cell| &mut cell.content);
        block.content.iter_mut().chain(cells)
    });
    for inline in in_blocks.chain(document.notes.iter_mut().flat_map(|note| &mut note.content)) {
        if let Inline::Citation(citation) = inline {
            let known = || dates.get(&citation.symbol).map(|date| Value::derived(*date));
            citation.date = citation.date.or_else(known);
        }
    }
}

fn is_text(block: &Block) -> bool {
    !matches!(block.kind, BlockKind::Masthead | BlockKind::Title | BlockKind::Adoption | BlockKind::Unplaced)
}

struct Finder<'a> {
    pack: &'a LangPack,
    source: Option<&'a Source>,
    marks: Marks,
    context: Context,
    /// Lists so far, which numbers them.
    lists: u32,
}

/// What a piece of a text was found to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// A citation without its words.
    Citation(Citation),
    /// A date.
    Date(Date),
    /// An address of the web.
    Link(String),
    /// The name of an organ or an office: its code.
    Name(NamedKind, String),
}

/// Where the opening phrase at the head of a text ends, which is one piece whatever it names.
fn opening_end(text: &str, opening: Option<&Opening>) -> usize {
    let Some(opening) = opening else { return 0 };
    let inside = text.trim_start();
    let rest = inside.strip_prefix(opening.phrase.trim());
    rest.map_or(0, |rest| text.len() - rest.len())
}

/// Adds the names of organs and offices behind a place that share no words with anything found.
fn add_names<'a>(
    names: impl Iterator<Item = (Range<usize>, NameOf<'a>)>,
    from: usize,
    found: &mut Vec<(Range<usize>, Finding)>,
) {
    let names = names.filter(|(range, _)| {
        let next = found.partition_point(|(found, _)| found.end <= range.start);
        range.start >= from && found.get(next).is_none_or(|(found, _)| found.start >= range.end)
    });
    let name = |(range, name)| match name {
        NameOf::Organization(code) => (range, Finding::Name(NamedKind::Organization, code.to_owned())),
        NameOf::Role(code) => (range, Finding::Name(NamedKind::Role, code.to_owned())),
    };
    let names: Vec<_> = names.map(name).collect();
    if !names.is_empty() {
        found.extend(names);
        found.sort_by_key(|(range, _)| range.start);
    }
}

/// What is looked at of an inline. A call stands between words without cutting them, a name is words; all else cuts.
fn printed(inline: &Inline) -> &str {
    match inline {
        Inline::Text(text) | Inline::Name(NamedText { text, .. }) => &text.text,
        Inline::Call(_) => "",
        _ => "\u{fffc}",
    }
}

impl Finder<'_> {
    fn content(&mut self, content: &mut Vec<Inline>, opening: Option<&Opening>) {
        // What was looked for before, and perhaps corrected by hand, stays as it is.
        let was_read =
            content.iter().any(|inline| matches!(inline, Inline::Citation(_) | Inline::Date(_) | Inline::Link(_)));
        if was_read {
            return;
        }
        let whole = match content.as_slice() {
            [one] => Cow::Borrowed(printed(one)),
            all => all.iter().map(printed).collect(),
        };
        let mut found = self.cited(&whole);
        match self.marks {
            Marks::All => add_names(self.pack.names_in(&whole), opening_end(&whole, opening), &mut found),
            Marks::Cited => found.retain(|(_, finding)| matches!(finding, Finding::Citation(_) | Finding::Link(_))),
        }
        if found.is_empty() {
            return;
        }
        let mut pieces = Vec::with_capacity(content.len() + 2 * found.len());
        let mut found = found.into_iter().peekable();
        let mut end = 0;
        for inline in content.drain(..) {
            let start = end;
            end += printed(&inline).len();
            let Inline::Text(text) = inline else {
                pieces.push(inline);
                continue;
            };
            let mut inside = Vec::new();
            while let Some((range, finding)) = found.next_if(|(range, _)| range.start < end) {
                // What a call cuts is left alone.
                if range.start >= start && range.end <= end {
                    inside.push((range.start - start..range.end - start, finding));
                }
            }
            if inside.is_empty() {
                pieces.push(Inline::Text(text));
            } else {
                self.put(text, inside, &mut pieces);
            }
        }
        *content = pieces;
    }

    /// What a text cites, its dates and its addresses.
    fn cited(&mut self, text: &str) -> Vec<(Range<usize>, Finding)> {
        let has_candidates = self.pack.has_digit(text) || web::may_hold(text);
        // Articles are counted in words where no blanks part them from the rest, and "ibid." needs no digit.
        let counts_in_words = self.pack.noun_side() == NounSide::Behind;
        if !(has_candidates || counts_in_words || self.goes_on(text)) {
            return Vec::new();
        }
        let candidates = if has_candidates { find(self.pack, text) } else { Vec::new() };
        // Beside dates and addresses nothing is known by itself but articles and meetings, and what the note before cites.
        let alone = |candidate: &Candidate| matches!(candidate.what, What::Date(_) | What::Address(_));
        let cites_nothing = candidates.iter().all(alone) && self.context.before.is_none() && !self.pack.may_count(text);
        let mentions = if cites_nothing { self.pack.no_mentions(text) } else { self.pack.mentions(text) };
        resolve(self.pack, &self.context, text, &mentions, &candidates, &mut self.lists)
    }

    /// Whether a text refers to the work that the note before cites.
    fn goes_on(&self, text: &str) -> bool {
        let is_same = |(_, phrase)| phrase == CitingPhrase::SameWork;
        let may_be = self.context.before.is_some() && self.pack.says_same_work(text);
        may_be && self.pack.mentions(text).phrases().any(is_same)
    }

    /// The pieces of a text of which some were found to be something.
    fn put(&self, text: Text, found: Vec<(Range<usize>, Finding)>, pieces: &mut Vec<Inline>) {
        let ends = found.iter().flat_map(|(range, _)| [range.start, range.end]);
        let mut cuts = cut(text, ends, self.source).into_iter();
        for (_, finding) in found {
            pieces.extend(cuts.next().filter(|text| !text.text.is_empty()).map(Inline::Text));
            let Some(text) = cuts.next() else { break };
            pieces.push(match finding {
                Finding::Citation(citation) => Inline::Citation(Box::new(Citation { text, ..citation })),
                Finding::Date(date) => Inline::Date(DatedText { date, text }),
                Finding::Link(url) => Inline::Link(LinkedText { url, text }),
                Finding::Name(kind, code) => Inline::Name(NamedText { code, kind, text }),
            });
        }
        pieces.extend(cuts.next().filter(|text| !text.text.is_empty()).map(Inline::Text));
    }
}
