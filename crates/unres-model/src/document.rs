//! A document and what holds for every one of them.

use crate::{Block, BlockKind, Citation, Cover, Fact, FactRole, Inline, Meta, Note, NoteId};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use unres_source::{RuleId, Span, count_bytes, holds_other_blank};

/// The deepest nesting that a document may have. The deepest list in the published corpus has six levels that are no
/// artefact of conversion; the limit bounds what addresses and elements can cost.
pub const MAX_DEPTH: u16 = 64;

/// A resolution, decision, statement or draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// What is known of it as a whole.
    pub meta: Meta,
    /// Everything printed but notes, in the order of the page.
    pub blocks: Vec<Block>,
    /// The footnotes in the order of their marks' first appearance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

impl Document {
    /// The title, without its note calls; empty when there is none.
    pub fn title(&self) -> String {
        self.fact(FactRole::Title)
    }

    /// The facts of a role, in the order of the page.
    pub fn facts(&self, role: FactRole) -> impl Iterator<Item = &Fact> {
        let inlines = self.blocks.iter().flat_map(|block| &block.content);
        inlines.filter_map(move |inline| match inline {
            Inline::Fact(fact) if fact.role == role => Some(fact),
            _ => None,
        })
    }

    /// The printed words of a fact, joined when a note call cuts them; empty when there are none.
    pub fn fact(&self, role: FactRole) -> String {
        let facts = self.facts(role).map(|fact| fact.text.text.as_str());
        let is_title = matches!(role, FactRole::Title | FactRole::AgendaTitle);
        if is_title { facts.collect() } else { facts.take(1).collect() }
    }

    /// What the lines of the cover state. The number of the translation job stands in no block.
    pub fn cover(&self) -> Cover {
        let proponent = |inline: &Inline| match inline {
            Inline::Fact(fact) if matches!(fact.role, FactRole::Proponent | FactRole::OriginatingDocument) => {
                Some(fact.text.text.clone())
            }
            _ => None,
        };
        let mut lines = self.blocks.iter().map(|block| block.content.iter().filter_map(proponent).collect::<String>());
        Cover {
            issued: self.facts(FactRole::IssueDate).find_map(|fact| fact.date),
            distribution: self.fact(FactRole::Distribution),
            agenda_item: self.fact(FactRole::AgendaItem),
            agenda_title: self.fact(FactRole::AgendaTitle),
            proponent: lines.find(|line| !line.is_empty()).unwrap_or_default(),
            originating_document: self.fact(FactRole::OriginatingDocument),
            job_number: String::new(),
        }
    }

    /// The citations in the order of the page, those in notes last, each with where it stands.
    pub fn citations(&self) -> impl Iterator<Item = (CitedIn, &Citation)> {
        self.placed_inlines().filter_map(|(place, inline)| match inline {
            Inline::Citation(citation) => Some((place, citation.as_ref())),
            _ => None,
        })
    }

    /// The citations and the addresses of the web, in the same order.
    pub fn cited(&self) -> impl Iterator<Item = (CitedIn, Cow<'_, Citation>)> {
        self.placed_inlines().filter_map(|(place, inline)| match inline {
            Inline::Citation(citation) => Some((place, Cow::Borrowed(citation.as_ref()))),
            Inline::Link(link) => Some((place, Cow::Owned(Citation::of_link(link)))),
            _ => None,
        })
    }

    /// All running text in the order of the page, notes last, each piece with where it stands.
    fn placed_inlines(&self) -> impl Iterator<Item = (CitedIn, &Inline)> {
        let blocks = self.blocks.iter().enumerate();
        let in_blocks =
            blocks.flat_map(|(index, block)| block.inlines().map(move |inline| (CitedIn::Block(index), inline)));
        let notes = self.notes.iter().enumerate();
        let in_notes =
            notes.flat_map(|(index, note)| note.content.iter().map(move |inline| (CitedIn::Note(index), inline)));
        in_blocks.chain(in_notes)
    }

    /// The note of that name.
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.iter().find(|note| note.id == id)
    }

    /// For each block the index of its parent.
    pub fn parents(&self) -> Vec<Option<usize>> {
        let mut open: Vec<usize> = Vec::new();
        let parent_of = |(index, block): (usize, &Block)| {
            open.truncate(usize::from(block.depth));
            let parent = open.last().copied();
            open.push(index);
            parent
        };
        self.blocks.iter().enumerate().map(parent_of).collect()
    }

    /// For each block its level in a list: 0 for a paragraph, 1 for an item (a), 2 for an item (i) under it …
    pub fn levels(&self) -> Vec<u16> {
        let mut levels: Vec<u16> = Vec::with_capacity(self.blocks.len());
        for (block, parent) in self.blocks.iter().zip(self.parents()) {
            let above = parent.and_then(|parent| levels.get(parent)).copied().unwrap_or(0);
            levels.push(if block.kind == BlockKind::Item { above + 1 } else { above });
        }
        levels
    }

    /// Says what breaks the promises of the model: a document that came from outside is checked before it is used.
    pub fn validate(&self) -> Result<(), Invalid> {
        let mut allowed = 0;
        for (index, block) in self.blocks.iter().enumerate() {
            if block.depth > allowed || block.depth > MAX_DEPTH {
                return Err(Invalid::Depth { block: index, depth: block.depth, allowed: allowed.min(MAX_DEPTH) });
            }
            allowed = block.depth + 1;
            if !block.rows.is_empty() && block.kind != BlockKind::Table {
                return Err(Invalid::Rows { block: index });
            }
        }
        let mut notes = BTreeSet::new();
        for note in &self.notes {
            if !notes.insert(note.id) {
                return Err(Invalid::DoubleNote(note.id.0));
            }
        }
        let texts = self.blocks.iter().flat_map(Block::inlines).chain(self.notes.iter().flat_map(|note| &note.content));
        for inline in texts {
            match inline {
                Inline::Call(call) if !notes.contains(&call.call) => return Err(Invalid::NoNote(call.call.0)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Where a citation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CitedIn {
    /// In the block of this index.
    Block(usize),
    /// In the note of this index.
    Note(usize),
}

/// How a document can break the promises of the model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invalid {
    /// A block hangs deeper than the block before allows, or than [`MAX_DEPTH`].
    Depth {
        /// Index of the block.
        block: usize,
        /// Its depth.
        depth: u16,
        /// The deepest it may hang.
        allowed: u16,
    },
    /// A block that is no table has rows.
    Rows {
        /// Index of the block.
        block: usize,
    },
    /// Two notes have one name.
    DoubleNote(u32),
    /// A call names no note.
    NoNote(u32),
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Depth { block, depth, allowed } => {
                write!(f, "block {block} has depth {depth}, and at most {allowed} is possible there")
            }
            Self::Rows { block } => write!(f, "block {block} has rows and is no table"),
            Self::DoubleNote(id) => write!(f, "two notes have the id {id}"),
            Self::NoNote(id) => write!(f, "a call names note {id}, which does not exist"),
        }
    }
}

impl std::error::Error for Invalid {}

/// What a piece of the source was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClaimKind {
    /// Text of a block.
    Text,
    /// A printed number.
    Number,
    /// The mark of a note, at its call or before its text.
    NoteMark,
    /// Text of a note.
    NoteText,
    /// A line of the masthead.
    Masthead,
    /// Text that no rule placed.
    Unplaced,
    /// The line between text and notes.
    Ruler,
    /// What heads a page: symbol, running title.
    PageHead,
    /// What stands at the foot of a page: page number, job number.
    PageFoot,
}

impl ClaimKind {
    /// The name that is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::NoteMark => "note mark",
            Self::NoteText => "note text",
            Self::Masthead => "masthead",
            Self::Unplaced => "unplaced",
            Self::Ruler => "ruler",
            Self::PageHead => "page head",
            Self::PageFoot => "page foot",
        }
    }
}

/// A piece of the source and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The piece.
    pub span: Span,
    /// What it was taken for.
    pub kind: ClaimKind,
    /// The rule that took it.
    pub rule: RuleId,
}

/// The account of a source: every non-blank byte belongs to exactly one claim.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Bytes by kind of claim.
    pub bytes: BTreeMap<ClaimKind, usize>,
    /// Pieces with something printed that nobody claims.
    pub unclaimed: Vec<Span>,
    /// Pieces that are claimed twice.
    pub doubled: Vec<Span>,
}

impl Account {
    /// Draws up the account of `text` over `claims`, in any order.
    pub fn of(text: &str, mut claims: Vec<Claim>) -> Self {
        claims.sort_by_key(|claim| (claim.span.start, claim.span.end));
        let mut account = Self::default();
        let mut at = 0;
        for claim in claims {
            let range = claim.span.range();
            account.gap(text, at, range.start.max(at));
            if range.start < at {
                account.doubled.push(claim.span);
            }
            let printed = text.get(range.clone()).unwrap_or_default();
            let bytes = printed_bytes(printed);
            *account.bytes.entry(claim.kind).or_default() += bytes;
            at = at.max(range.end);
        }
        account.gap(text, at, text.len());
        account
    }

    /// Whether every non-blank byte has exactly one claim.
    pub fn is_closed(&self) -> bool {
        self.unclaimed.is_empty() && self.doubled.is_empty()
    }

    fn gap(&mut self, text: &str, from: usize, to: usize) {
        if text.get(from..to).is_some_and(|between| between.chars().any(|c| !c.is_whitespace())) {
            self.unclaimed.push(Span::new(from, to));
        }
    }
}

impl Document {
    /// What the document claims of its source. What stands outside the document (rulers, page heads) is not in it.
    pub fn claims(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for block in &self.blocks {
            let text = match block.kind {
                BlockKind::Unplaced => ClaimKind::Unplaced,
                BlockKind::Masthead => ClaimKind::Masthead,
                _ => ClaimKind::Text,
            };
            let numbers = block.number.iter().flat_map(|number| &number.spans);
            claims.extend(numbers.map(|&span| Claim { span, kind: ClaimKind::Number, rule: block.rule.clone() }));
            claims.extend(inline_claims(block.inlines(), text, &block.rule));
        }
        for note in &self.notes {
            let marks = note.mark_spans.iter();
            claims.extend(marks.map(|&span| Claim { span, kind: ClaimKind::NoteMark, rule: note.rule.clone() }));
            claims.extend(inline_claims(note.content.iter(), ClaimKind::NoteText, &note.rule));
        }
        claims
    }
}

/// Bytes of a text that are not blank.
fn printed_bytes(text: &str) -> usize {
    if holds_other_blank(text) {
        return text.chars().filter(|c| !c.is_whitespace()).map(char::len_utf8).sum();
    }
    text.len() - count_bytes(text, |byte| u8::from(byte == b' ') | u8::from(byte.wrapping_sub(b'\t') < 5))
}

fn inline_claims<'a>(
    inlines: impl Iterator<Item = &'a Inline>,
    text: ClaimKind,
    rule: &'a RuleId,
) -> impl Iterator<Item = Claim> {
    inlines.flat_map(move |inline| {
        let (kind, spans) = match inline {
            Inline::Call(call) => (ClaimKind::NoteMark, call.spans.as_slice()),
            other => (text, other.text().map(|text| text.spans.as_slice()).unwrap_or_default()),
        };
        spans.iter().map(move |&span| Claim { span, kind, rule: rule.clone() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_all_kinds_are_not_printed() {
        for c in '\0'..=char::MAX {
            let expected = if c.is_whitespace() { 2 } else { 2 + c.len_utf8() };
            assert_eq!(printed_bytes(&format!("a {c}b")), expected, "{c:?}");
        }
    }

    fn block(kind: BlockKind, depth: u16) -> Block {
        Block { depth, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn document(blocks: Vec<Block>) -> Document {
        Document { blocks, ..Document::default() }
    }

    #[test]
    fn parents_and_levels_follow_from_depth() {
        let kinds = [(BlockKind::Section, 0), (BlockKind::Operative, 1), (BlockKind::Item, 2), (BlockKind::Item, 3)];
        let mut blocks: Vec<Block> = kinds.map(|(kind, depth)| block(kind, depth)).into();
        blocks.push(block(BlockKind::Operative, 1));
        let document = document(blocks);
        assert_eq!(document.parents(), [None, Some(0), Some(1), Some(2), Some(0)]);
        assert_eq!(document.levels(), [0, 0, 1, 2, 0]);
    }

    #[test]
    fn a_block_cannot_hang_in_the_air() {
        let hanging = document(vec![block(BlockKind::Operative, 0), block(BlockKind::Item, 2)]);
        assert_eq!(hanging.validate(), Err(Invalid::Depth { block: 1, depth: 2, allowed: 1 }));
        let deep = document((0..=MAX_DEPTH + 1).map(|depth| block(BlockKind::Item, depth)).collect());
        assert!(matches!(deep.validate(), Err(Invalid::Depth { depth: 65, .. })));
    }

    #[test]
    fn the_account_finds_gaps_and_doubles() {
        let claim =
            |start, end| Claim { span: Span::new(start, end), kind: ClaimKind::Text, rule: RuleId::new("test/rule") };
        assert!(Account::of("ab cd", vec![claim(3, 5), claim(0, 2)]).is_closed());
        assert_eq!(Account::of("ab cd", vec![claim(0, 2)]).unclaimed, [Span::new(2, 5)]);
        assert_eq!(Account::of("ab cd", vec![claim(0, 3), claim(2, 5)]).doubled, [Span::new(2, 5)]);
    }
}
