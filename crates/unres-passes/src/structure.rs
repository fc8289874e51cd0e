//! A second opinion on a finished document: what a whole resolution has, and what its numbers, notes and marks agree in.

use crate::pairs;
use std::collections::{BTreeMap, BTreeSet};
use unres_lang::LangPack;
use unres_model::{Block, BlockKind, Document, DocumentKind, Inline, Note, NumberStyle, plain_text};
use unres_source::{Diagnostic, RuleId, Source, Span};

const NO_FORMULA: RuleId = RuleId::new("check/no-formula");
const NO_OPERATIVE: RuleId = RuleId::new("check/no-operative-paragraph");
const NO_CLOSING: RuleId = RuleId::new("check/no-closing-lines");
const PARAGRAPH_NUMBER: RuleId = RuleId::new("check/paragraph-number");
const ITEM_NUMBER: RuleId = RuleId::new("check/item-number");
const CALL_WITHOUT_NOTE: RuleId = RuleId::new("check/call-without-note");
const NOTE_WITHOUT_CALL: RuleId = RuleId::new("check/note-without-call");
const PREAMBLE_END: RuleId = RuleId::new("check/preamble-end");

/// The findings of [`check`].
pub const CHECKS: &[RuleId] = &[
    NO_FORMULA,
    NO_OPERATIVE,
    NO_CLOSING,
    PARAGRAPH_NUMBER,
    ITEM_NUMBER,
    CALL_WITHOUT_NOTE,
    NOTE_WITHOUT_CALL,
    PREAMBLE_END,
    pairs::UNBALANCED,
];

/// A promise of a resolution that a document does not keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// What is wrong. Its span is set where the document tells places in a text.
    pub finding: Diagnostic,
    /// Index of the block that it is about; none when it is about the whole, or a note.
    pub block: Option<usize>,
}

/// Checks a document, whatever it was read from. Marks and their words are only known with a `pack`; `source` gives the places of marks, where there is one.
pub fn check(document: &Document, pack: Option<&LangPack>, source: Option<&Source>) -> Vec<Breach> {
    let mut breaches = check_whole(document);
    breaches.extend(check_paragraph_numbers(document));
    breaches.extend(check_item_numbers(document));
    breaches.extend(check_notes(document));
    if let Some(pack) = pack {
        breaches.extend(check_preambles(document, pack));
        let unpaired = pairs::unpaired_marks(document, pack, source);
        breaches.extend(unpaired.into_iter().map(|(block, finding)| Breach { finding, block: Some(block) }));
    }
    breaches
}

/// A resolution has an enacting formula, an operative paragraph, and lines that say when it was adopted unless it is a draft. Decisions and statements have their own forms.
fn check_whole(document: &Document) -> Vec<Breach> {
    let has = |kind| document.blocks.iter().any(|block| block.kind == kind);
    let (formula, closing) = match document.meta.kind {
        Some(DocumentKind::Resolution) | None => (true, true),
        Some(DocumentKind::DraftResolution) => (true, false),
        Some(DocumentKind::Decision | DocumentKind::DraftDecision | DocumentKind::PresidentialStatement) => {
            (false, false)
        }
    };
    let mut breaches = Vec::new();
    if formula && !has(BlockKind::EnactingFormula) {
        breaches.push(whole(NO_FORMULA, "no enacting formula"));
    }
    if formula && !has(BlockKind::Operative) {
        breaches.push(whole(NO_OPERATIVE, "no operative paragraph"));
    }
    if closing && !has(BlockKind::Adoption) {
        breaches.push(whole(NO_CLOSING, "no line states the adoption"));
    }
    breaches
}

/// Numbers of operative paragraphs run on, or begin anew where a section, heading or annex begins.
fn check_paragraph_numbers(document: &Document) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut last = 0;
    let mut may_restart = true;
    for (index, block) in document.blocks.iter().enumerate() {
        may_restart |= block.kind.is_container() || block.kind == BlockKind::EnactingFormula;
        let Some(number) = block.number.as_ref().filter(|_| block.kind == BlockKind::Operative) else { continue };
        let ordinal = number.ordinal;
        let goes_on = ordinal == last + 1 || ordinal == 1 && may_restart;
        if number.style != NumberStyle::Bullet && !goes_on {
            let message = match last {
                0 => format!("the first paragraph has the number {}", number.printed),
                last => format!("paragraph {} follows {last}", number.printed),
            };
            breaches.push(at(PARAGRAPH_NUMBER, index, block, message));
        }
        (last, may_restart) = (ordinal, false);
    }
    breaches
}

/// Items under one paragraph run on from the first, also over headings between them; another block, or another style, may begin anew.
fn check_item_numbers(document: &Document) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut lists = Lists::default();
    for (index, block) in document.blocks.iter().enumerate() {
        lists.enter(block);
        let number = block.number.as_ref().filter(|number| number.style != NumberStyle::Bullet);
        let Some(number) = number.filter(|_| block.kind == BlockKind::Item && lists.quoted_from.is_none()) else {
            continue;
        };
        let before = lists.open[usize::from(block.depth)].filter(|(style, _)| *style == number.style);
        let goes_on = lists.follows(before, number.style, number.ordinal);
        if !goes_on && (number.ordinal != 1 || before.is_some()) {
            let message = match before {
                None => format!("the first item has the number {}", number.printed),
                Some(_) => format!("item {} does not follow the one before", number.printed),
            };
            breaches.push(at(ITEM_NUMBER, index, block, message));
        }
        lists.note(block, number.style, number.ordinal);
    }
    breaches
}

/// The lists that may go on.
#[derive(Default)]
struct Lists {
    /// The last item at each depth.
    open: Vec<Option<(NumberStyle, u32)>>,
    /// The last item of each style under the paragraph: a list goes on behind a heading that stands in it.
    under_paragraph: BTreeMap<NumberStyle, u32>,
    /// What hangs deeper than this is quoted, and may begin anywhere.
    quoted_from: Option<u16>,
}

impl Lists {
    /// Closes the lists that a block ends. A continuation between items leaves theirs open.
    fn enter(&mut self, block: &Block) {
        let depth = usize::from(block.depth);
        self.open.truncate(depth + 1);
        self.open.resize(depth + 1, None);
        if !matches!(block.kind, BlockKind::Item | BlockKind::Unnumbered) {
            self.open[depth] = None;
        }
        if block.kind == BlockKind::Operative {
            self.under_paragraph.clear();
        }
        if self.quoted_from.is_some_and(|quoted| block.depth <= quoted) {
            self.quoted_from = None;
        }
        if block.kind == BlockKind::Quotation && self.quoted_from.is_none() {
            self.quoted_from = Some(block.depth);
        }
    }

    fn follows(&self, before: Option<(NumberStyle, u32)>, style: NumberStyle, ordinal: u32) -> bool {
        let last = before.map(|(_, ordinal)| ordinal).or_else(|| self.under_paragraph.get(&style).copied());
        last.is_some_and(|last| last.checked_add(1) == Some(ordinal))
    }

    fn note(&mut self, block: &Block, style: NumberStyle, ordinal: u32) {
        self.open[usize::from(block.depth)] = Some((style, ordinal));
        self.under_paragraph.insert(style, ordinal);
    }
}

/// Each call has the text of its note, and each note a call.
fn check_notes(document: &Document) -> Vec<Breach> {
    let blocks = document.blocks.iter().flat_map(Block::inlines);
    let inlines = blocks.chain(document.notes.iter().flat_map(|note| &note.content));
    let calls = inlines.filter_map(|inline| if let Inline::Call(call) = inline { Some(call) } else { None });
    let called: BTreeSet<_> = calls.map(|call| call.call).collect();
    let breach = |note: &Note| {
        let is_empty = plain_text(&note.content).trim().is_empty();
        if !called.contains(&note.id) {
            return Some((NOTE_WITHOUT_CALL, format!("note {} is never called", note.mark)));
        }
        is_empty.then(|| (CALL_WITHOUT_NOTE, format!("note {} is called and has no text", note.mark)))
    };
    let breaches = document.notes.iter().filter_map(|note| {
        let (rule, message) = breach(note)?;
        Some(Breach { finding: Diagnostic::warning(rule, first_span(&note.mark_spans), message), block: None })
    });
    breaches.collect()
}

/// The last words of a preamble end like a preambular paragraph, for the sentence goes on.
fn check_preambles(document: &Document, pack: &LangPack) -> Vec<Breach> {
    let mut breaches = Vec::new();
    // The last block with text of the preamble that is open, and the depth of its paragraphs.
    let mut preamble: Option<(usize, u16)> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        let hangs_under = preamble.is_some_and(|(_, depth)| block.depth > depth);
        if block.kind == BlockKind::Preambular || hangs_under {
            let depth = preamble.filter(|_| hangs_under).map_or(block.depth, |(_, depth)| depth);
            preamble = Some((index, depth));
        } else if let Some((last, _)) = preamble.take() {
            let Some(last_block) = document.blocks.get(last) else { continue };
            let text = plain_text(&last_block.content);
            if !pack.ends_preambular(&text) {
                let message = "the last paragraph of the preamble does not end like one";
                breaches.push(at(PREAMBLE_END, last, last_block, message.to_owned()));
            }
        }
    }
    breaches
}

fn whole(rule: RuleId, message: &str) -> Breach {
    let hint = "compare with the printed page";
    Breach { finding: Diagnostic::warning(rule, None, message).hint(hint), block: None }
}

fn at(rule: RuleId, index: usize, block: &Block, message: String) -> Breach {
    let number = block.number.as_ref().and_then(|number| first_span(&number.spans));
    let text = || block.inlines().filter_map(Inline::text).find_map(|text| first_span(&text.spans));
    Breach { finding: Diagnostic::warning(rule, number.or_else(text), message), block: Some(index) }
}

fn first_span(spans: &[Span]) -> Option<Span> {
    spans.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Number, Text};

    fn block(kind: BlockKind, depth: u16, number: Option<(NumberStyle, u32)>, text: &str) -> Block {
        let number =
            number.map(|(style, ordinal)| Number { printed: ordinal.to_string(), ordinal, style, spans: Vec::new() });
        let content = vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })];
        Block { depth, number, content, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn operative(depth: u16, ordinal: u32) -> Block {
        block(BlockKind::Operative, depth, Some((NumberStyle::Decimal, ordinal)), "Decides to ring the bells.")
    }

    fn item(depth: u16, style: NumberStyle, ordinal: u32) -> Block {
        block(BlockKind::Item, depth, Some((style, ordinal)), "The bells;")
    }

    fn frame(blocks: Vec<Block>) -> Document {
        let formula = block(BlockKind::EnactingFormula, 0, None, "The General Assembly,");
        let adoption = block(BlockKind::Adoption, 0, None, "17 May 2044");
        let blocks = [formula].into_iter().chain(blocks).chain([adoption]).collect();
        Document { blocks, ..Document::default() }
    }

    fn check_rules(document: &Document, expected: &[&str]) {
        let pack = LangPack::builtin("en").expect("en");
        let breaches = check(document, Some(&pack), None);
        let found: Vec<_> = breaches.iter().map(|breach| breach.finding.rule.as_str()).collect();
        assert_eq!(found, expected, "{breaches:#?}");
    }

    #[test]
    fn a_resolution_has_formula_and_closing_lines_and_a_decision_need_not() {
        let mut document = Document { blocks: vec![operative(0, 1)], ..Document::default() };
        check_rules(&document, &["check/no-formula", "check/no-closing-lines"]);
        document.meta.kind = Some(DocumentKind::DraftResolution);
        check_rules(&document, &["check/no-formula"]);
        document.blocks.clear();
        check_rules(&document, &["check/no-formula", "check/no-operative-paragraph"]);
        document.meta.kind = Some(DocumentKind::Decision);
        check_rules(&document, &[]);
    }

    #[test]
    fn paragraphs_run_on_and_begin_anew_in_a_section() {
        let section = || block(BlockKind::Section, 0, Some((NumberStyle::UpperRoman, 1)), "");
        check_rules(&frame(vec![operative(0, 1), operative(0, 2), section(), operative(1, 3)]), &[]);
        check_rules(&frame(vec![section(), operative(1, 1), section(), operative(1, 1)]), &[]);
        check_rules(&frame(vec![operative(0, 1), operative(0, 3)]), &["check/paragraph-number"]);
        check_rules(&frame(vec![operative(0, 1), operative(0, 1)]), &["check/paragraph-number"]);
        check_rules(&frame(vec![operative(0, 2), operative(0, 3)]), &["check/paragraph-number"]);
    }

    #[test]
    fn items_run_on_under_their_paragraph() {
        use NumberStyle::{LowerAlpha, LowerRoman};
        let list = |items: Vec<Block>| frame([vec![operative(0, 1)], items].concat());
        let nested =
            vec![item(1, LowerAlpha, 1), item(2, LowerRoman, 1), item(2, LowerRoman, 2), item(1, LowerAlpha, 2)];
        check_rules(&list(nested), &[]);
        let text = block(BlockKind::Unnumbered, 1, None, "and further:");
        check_rules(&list(vec![item(1, LowerAlpha, 1), text, item(1, LowerAlpha, 2)]), &[]);
        check_rules(&list(vec![item(1, LowerAlpha, 1), item(1, LowerAlpha, 3)]), &["check/item-number"]);
        check_rules(&list(vec![item(1, LowerAlpha, 2)]), &["check/item-number"]);
        let heading = block(BlockKind::Heading, 0, None, "Bells of the north");
        check_rules(&list(vec![item(1, LowerAlpha, 1), heading, item(1, LowerAlpha, 2)]), &[]);
        let quotation = block(BlockKind::Quotation, 1, None, "");
        check_rules(&list(vec![quotation, item(2, LowerAlpha, 4)]), &[]);
    }

    #[test]
    fn notes_and_calls_pair_up() {
        use unres_model::{NoteCall, NoteId};
        let note = |id, text: &str| Note {
            id: NoteId(id),
            mark: id.to_string(),
            mark_spans: Vec::new(),
            content: vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })],
            rule: RuleId::new("test/rule"),
            place: None,
        };
        let mut called = operative(0, 1);
        called.content.push(Inline::Call(NoteCall { call: NoteId(1), spans: Vec::new() }));
        let mut document = frame(vec![called]);
        document.notes = vec![note(1, "See there.")];
        check_rules(&document, &[]);
        document.notes = vec![note(1, ""), note(2, "See here.")];
        check_rules(&document, &["check/call-without-note", "check/note-without-call"]);
    }

    #[test]
    fn the_preamble_ends_with_its_mark() {
        let preambular = |text: &str| block(BlockKind::Preambular, 0, None, text);
        check_rules(&frame(vec![preambular("Noting the bells,"), operative(0, 1)]), &[]);
        check_rules(&frame(vec![preambular("Noting the bells"), operative(0, 1)]), &["check/preamble-end"]);
        let list = vec![preambular("Noting:"), item(1, NumberStyle::LowerAlpha, 1), operative(0, 1)];
        check_rules(&frame(list), &["check/preamble-end"]);
    }
}
