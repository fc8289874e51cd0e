//! Tree rules: what is a chunk, and where does it hang.

mod cover;
mod head;
mod kinds;
mod list;
mod paragraph;
mod section;
mod state;
mod table;

use crate::chunk::Chunk;
use crate::evidence::{Emphasis, StyleEvidence};
use crate::flow::{FactRange, Flow, FlowCx};
use crate::marks::{self, Ending};
use crate::notes::{self, PrintedNote};
pub(crate) use cover::head_pieces;
pub(crate) use head::{number_at_head, title_begins};
pub(crate) use kinds::vote_name;
pub(crate) use state::NUMBER_GAP;
use state::State;
use unres_lang::{Label, LangPack, OpeningKind, Reading, Style};
use unres_model::{Block, BlockKind, Document, MAX_DEPTH, Number, NumberStyle, Opening, Place};
use unres_source::{Diagnostic, RuleId, Sink};

pub(crate) const NO_RESOLUTION: RuleId = RuleId::new("document/no-resolution");
pub(crate) const UNPLACED: RuleId = RuleId::new("text/unplaced");

/// What a rule sees.
pub(crate) struct TreeCx<'a> {
    pack: &'a LangPack,
    state: &'a State,
    text: &'a str,
    label: Option<&'a Label>,
    ending: Ending,
    /// The text of the next chunk; empty at the end.
    next: &'a str,
    /// What tells that the chunk is a table, which has no text of its own.
    table: Option<TableEvidence>,
    /// The file says that the chunk heads the first page.
    is_masthead: bool,
    style: StyleEvidence,
    /// The line that names the document, or else the enacting formula, stands further down.
    above_title: bool,
    /// Code of the organ that the enacting formula names.
    organ: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableEvidence {
    /// The file, or the blanks between its columns.
    Cells,
    /// Its figures: nothing says where the cells are.
    Figures,
}

impl TableEvidence {
    fn of(flow: &Flow) -> Option<Self> {
        let evidence = if flow.is_loose { Self::Figures } else { Self::Cells };
        (!flow.cells.is_empty()).then_some(evidence)
    }

    /// The table, where it is told by this evidence.
    fn table(self, cx: &TreeCx<'_>) -> Option<Placed> {
        (cx.table == Some(self)).then(|| Placed::new(BlockKind::Table))
    }
}

/// What a rule says of a chunk.
#[derive(Debug)]
pub(crate) struct Placed {
    kind: BlockKind,
    /// How deep under the open containers: 0 for what stands directly in them, 1 for an item (a) …
    level: u16,
    /// Bytes of the label at the head of the text, and what it means.
    number: Option<(usize, Reading)>,
    facts: Vec<FactRange>,
    /// The chunk is a section number without title, which may follow.
    awaits_title: bool,
    /// The chunk is the title of the section that awaits one, not a block of its own.
    is_title: bool,
}

impl Placed {
    fn new(kind: BlockKind) -> Self {
        Self { kind, level: 0, number: None, facts: Vec::new(), awaits_title: false, is_title: false }
    }

    fn numbered(kind: BlockKind, label: &Label, reading: Reading) -> Self {
        Self { number: Some((label.len, reading)), ..Self::new(kind) }
    }

    fn with_facts(kind: BlockKind, facts: Vec<FactRange>) -> Self {
        Self { facts, ..Self::new(kind) }
    }
}

pub(crate) struct TreeRule {
    pub(crate) id: RuleId,
    apply: fn(&TreeCx<'_>) -> Option<Placed>,
}

/// The tree rules, in the order in which they are asked.
pub(crate) const RULES: &[TreeRule] = &[
    TreeRule { id: RuleId::new("text/rubbish"), apply: paragraph::rubbish },
    TreeRule { id: RuleId::new("table/loose-lines"), apply: |cx| TableEvidence::Figures.table(cx) },
    TreeRule { id: RuleId::new("table/cells"), apply: |cx| TableEvidence::Cells.table(cx) },
    TreeRule { id: RuleId::new("cover/head"), apply: cover::head },
    TreeRule { id: RuleId::new("cover/session"), apply: cover::session },
    TreeRule { id: RuleId::new("cover/agenda-item"), apply: cover::agenda_item },
    TreeRule { id: RuleId::new("cover/adoption"), apply: cover::adoption },
    TreeRule { id: RuleId::new("cover/proponent"), apply: cover::proponent },
    TreeRule { id: RuleId::new("cover/sponsors"), apply: kinds::sponsors },
    TreeRule { id: RuleId::new("title/of-draft"), apply: kinds::title_of_draft },
    TreeRule { id: RuleId::new("cover/agenda-title"), apply: cover::agenda_title },
    TreeRule { id: RuleId::new("cover/above-title"), apply: cover::above_title },
    TreeRule { id: RuleId::new("title/statement"), apply: kinds::heads_statement },
    TreeRule { id: RuleId::new("statement/lead"), apply: kinds::statement_lead },
    TreeRule { id: RuleId::new("decision/lead"), apply: kinds::decision_lead },
    TreeRule { id: RuleId::new("vote/list"), apply: kinds::vote },
    TreeRule { id: RuleId::new("quotation/paragraph"), apply: kinds::quotation },
    TreeRule { id: RuleId::new("title/number-line"), apply: head::number_line },
    TreeRule { id: RuleId::new("title/adoption-line"), apply: head::adoption_line },
    TreeRule { id: RuleId::new("title/number-and-title"), apply: head::number_and_title },
    TreeRule { id: RuleId::new("preamble/enacting-formula"), apply: head::enacting_formula },
    TreeRule { id: RuleId::new("closing/meeting-line"), apply: head::meeting_line },
    TreeRule { id: RuleId::new("closing/date-line"), apply: head::date_line },
    TreeRule { id: RuleId::new("annex/heading-word"), apply: section::annex_word },
    TreeRule { id: RuleId::new("section/title"), apply: section::title },
    TreeRule { id: RuleId::new("section/number-alone"), apply: section::number_alone },
    TreeRule { id: RuleId::new("section/number-and-title"), apply: section::number_and_title },
    TreeRule { id: RuleId::new("heading/in-list"), apply: list::heading_in_list },
    TreeRule { id: RuleId::new("heading/file-style"), apply: section::heading_by_style },
    TreeRule { id: RuleId::new("para/number"), apply: paragraph::numbered },
    TreeRule { id: RuleId::new("para/number-without-mark"), apply: paragraph::numbered_without_mark },
    TreeRule { id: RuleId::new("list/item"), apply: list::item },
    TreeRule { id: RuleId::new("annex/after-closing"), apply: section::annex_after_closing },
    TreeRule { id: RuleId::new("heading/between-items"), apply: section::heading_between_items },
    TreeRule { id: RuleId::new("preamble/opening-and-comma"), apply: paragraph::preambular },
    TreeRule { id: RuleId::new("preamble/leads-into-list"), apply: paragraph::preambular_list },
    TreeRule { id: RuleId::new("heading/no-final-mark"), apply: section::heading },
    TreeRule { id: RuleId::new("list/text-of-titled-item"), apply: list::text_of_titled_item },
    TreeRule { id: RuleId::new("list/text-after-list"), apply: list::text_after_list },
    TreeRule { id: RuleId::new("para/operative-without-number"), apply: paragraph::operative_without_number },
    TreeRule { id: RuleId::new("para/unnumbered"), apply: paragraph::unnumbered },
];

/// Places all chunks.
pub(crate) fn build(
    cx: &FlowCx<'_>,
    chunks: &[Chunk],
    flows: &mut [Flow],
    printed: Vec<PrintedNote>,
    sink: &mut dyn Sink,
) -> Document {
    let notes = notes::pair(cx, flows, printed, sink);
    let mut document = Document { notes, ..Document::default() };
    let flows: &[Flow] = flows;
    if !is_resolution(cx.pack, flows) {
        let message = format!("no part of a resolution was found in {}; all text is unplaced", cx.pack.name());
        sink.push(
            Diagnostic::warning(NO_RESOLUTION, None, message).hint("name the language with --lang if it is another"),
        );
        let rule = NO_RESOLUTION;
        document.blocks = flows.iter().flat_map(|flow| unplaced(cx, flow, &rule)).collect();
        return document;
    }
    document.blocks.reserve_exact(flows.len());
    let mut state = State::default();
    let title = title_position(cx.pack, flows);
    let formula = flows.iter().rev().find_map(|flow| cx.pack.formula(&flow.text));
    let organ = formula.map(|formula| formula.organ.to_owned());
    let above_title = |index: usize| title.is_some_and(|title| index < title);
    for (index, flow) in flows.iter().enumerate().flat_map(|(index, flow)| lines_of(index, flow, above_title(index))) {
        if let Some(rule) = &flow.left_out {
            let depth = beside_last(&document.blocks);
            document.blocks.extend(unplaced(cx, flow, rule).map(|block| Block { depth, ..block }));
            continue;
        }
        let label = cx.pack.label(&flow.text);
        let next = flows.iter().skip(index + 1).find(|flow| flow.left_out.is_none());
        let next = next.map_or("", |flow| flow.text.as_str());
        let seen = TreeCx {
            pack: cx.pack,
            state: &state,
            text: &flow.text,
            label: label.as_ref(),
            ending: marks::ending(&flow.text, cx.pack),
            next,
            table: TableEvidence::of(flow),
            is_masthead: flow.is_masthead,
            style: flow.style,
            above_title: above_title(index),
            organ: organ.as_deref(),
        };
        let answer = RULES.iter().find_map(|rule| Some((rule, (rule.apply)(&seen)?)));
        let (rule, why) = match answer {
            Some((rule, placed)) if placed.kind != BlockKind::Unplaced => {
                let ending = seen.ending;
                state.check_sequence(&placed, chunks.get(index), sink);
                let depth = state.advance(&placed, ending);
                place(cx, flow, &rule.id, &placed, depth, &mut document);
                let label = placed.number.map_or(0, |(len, _)| len);
                set_opening(cx, flow, label, document.blocks.last_mut());
                continue;
            }
            Some((rule, _)) => (rule.id.clone(), "this is no text of any language"),
            None => (UNPLACED, "no rule places this text"),
        };
        let span = chunks.get(index).and_then(|chunk| chunk.pieces.first()).map(|piece| piece.span);
        sink.push(Diagnostic::warning(rule.clone(), span, why));
        let depth = state.advance_unplaced();
        document.blocks.extend(unplaced(cx, flow, &rule).map(|block| Block { depth, ..block }));
    }
    document
}

/// How deep a text hangs that belongs to no resolution: under the block before, so that what follows keeps its parent.
fn beside_last(blocks: &[Block]) -> u16 {
    let under = |block: &Block| if block.kind == BlockKind::Unplaced { block.depth } else { block.depth + 1 };
    blocks.last().map_or(0, |block| under(block).min(MAX_DEPTH))
}

/// What the rules are asked of: a chunk, or the cells of a table above the title, which only sets lines side by side.
fn lines_of(index: usize, flow: &Flow, above_title: bool) -> impl Iterator<Item = (usize, &Flow)> {
    let cells = above_title && !flow.cells.is_empty();
    let whole = std::iter::once(flow).filter(move |_| !cells);
    let cells = flow.cells.iter().filter(move |_| cells).map(|cell| &cell.flow).filter(|cell| !cell.is_empty());
    whole.chain(cells).map(move |flow| (index, flow))
}

/// Adds a placed chunk to the document: as a block, or as the title of the block before.
fn place(cx: &FlowCx<'_>, flow: &Flow, rule: &RuleId, placed: &Placed, depth: u16, document: &mut Document) {
    if placed.kind == BlockKind::Table {
        let rows = table::rows(cx, flow);
        document.blocks.push(Block { depth, rows, place: flow.place, ..Block::new(placed.kind, rule.clone()) });
        return;
    }
    let label = placed.number.map_or(0, |(len, _)| len);
    let rest = flow.text.get(label..).unwrap_or_default();
    let from = label + (rest.len() - rest.trim_start().len());
    let content = flow.inlines(cx.source, from, &placed.facts);
    if let Some(block) = document.blocks.last_mut().filter(|_| placed.is_title) {
        block.content.extend(content);
        block.rule = rule.clone();
        block.place = block.place.zip(flow.place).map(|(first, last)| Place { last: last.last, ..first });
        return;
    }
    let number = placed.number.map(|(len, reading)| number(cx, flow, len, reading));
    let block = Block::new(placed.kind, rule.clone());
    document.blocks.push(Block { depth, number, content, place: flow.place, ..block });
}

/// Takes the words that are emphasised at the head of a paragraph for its opening phrase. The file is right where the words that a language knows as an
/// opening are fewer or more: both begin the paragraph, and print shows where the phrase ends.
fn set_opening(cx: &FlowCx<'_>, flow: &Flow, label: usize, block: Option<&mut Block>) {
    let opens = |block: &&mut Block| matches!(block.kind, BlockKind::Preambular | BlockKind::Operative);
    let Some(block) = block.filter(opens) else { return };
    let rest = flow.text.get(label..).unwrap_or_default();
    let from = flow.text.len() - rest.trim_start().len();
    let head = |emphasis| Some(flow.emphasised_head(cx.source, from, emphasis)).filter(|end| *end > from);
    let Some(end) = head(Emphasis::Italic).or_else(|| head(Emphasis::Bold)) else { return };
    // A paragraph that is emphasised as a whole says nothing of its opening.
    if !flow.text.get(end..).is_some_and(|rest| rest.chars().any(char::is_alphanumeric)) {
        return;
    }
    // The comma behind the words is often emphasised with them.
    let phrase = flow.text.get(from..end).unwrap_or_default();
    let phrase = phrase.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    block.opening = (!phrase.is_empty()).then_some(Opening { phrase, key: None });
}

fn number(cx: &FlowCx<'_>, flow: &Flow, len: usize, reading: Reading) -> Number {
    let printed = flow.text(cx.source, 0..len);
    Number {
        printed: printed.text.trim().to_owned(),
        ordinal: reading.ordinal,
        style: number_style(reading.style),
        spans: printed.spans,
    }
}

/// Which chunk names the document: its number and title, its number alone, the line that heads a statement, or, where it has none of these, its
/// enacting formula; where it has no formula either, as drafts of decisions, the line of its sponsors.
fn title_position(pack: &LangPack, flows: &[Flow]) -> Option<usize> {
    let read = |flow: &Flow| flow.left_out.is_none() && !flow.is_masthead;
    let names = |flow: &Flow| {
        let text = flow.text.as_str();
        let named = pack.number_line(text).is_some() || head::number_at_head(pack, text).is_some();
        read(flow) && (named || pack.heads_statement(text))
    };
    let opens = |flow: &Flow| read(flow) && pack.formula(&flow.text).is_some();
    // The name of an organ in the masthead looks like its formula, but has no mark behind it. Extractors lose the mark of a formula, too; then the
    // formula is what stands last.
    let marked = |flow: &Flow| opens(flow) && marks::ending(&flow.text, pack) == Ending::Preambular;
    let (title, first) = (flows.iter().position(names), flows.iter().position(marked));
    let formula = first.or_else(|| flows.iter().rposition(opens));
    let drafted = |flow: &Flow| read(flow) && pack.draft_line(&flow.text).is_some();
    let title = title.filter(|title| first.is_none_or(|formula| *title < formula)).or(formula);
    title.or_else(|| flows.iter().position(drafted))
}

/// A chunk that no rule places; of a table, each cell.
fn unplaced(cx: &FlowCx<'_>, flow: &Flow, rule: &RuleId) -> impl Iterator<Item = Block> {
    let flows = std::iter::once(flow).filter(|flow| flow.cells.is_empty());
    let cells = flow.cells.iter().map(|cell| &cell.flow).filter(|cell| !cell.is_empty());
    flows.chain(cells).map(|flow| {
        let content = flow.inlines(cx.source, 0, &[]);
        Block { content, place: flow.place, ..Block::new(BlockKind::Unplaced, rule.clone()) }
    })
}

/// Whether a text shows any part of a resolution: its title line, an enacting formula, or at least a paragraph with the number,
/// the opening and the ending of its kind.
fn is_resolution(pack: &LangPack, flows: &[Flow]) -> bool {
    flows.iter().filter(|flow| flow.left_out.is_none()).any(|flow| {
        let text = flow.text.as_str();
        let ending = marks::ending(text, pack);
        let opens = |text: &str, kind| pack.opening(text, kind).is_some();
        let operative = || {
            let after = pack.label(text).and_then(|label| text.get(label.len..));
            after.is_some_and(|after| opens(after.trim_start(), OpeningKind::Operative)) && ending != Ending::Open
        };
        pack.formula(text).is_some()
            || pack.number_line(text).is_some()
            || head::number_at_head(pack, text).is_some()
            || kinds::tells_kind(pack, text)
            || (ending == Ending::Preambular && opens(text, OpeningKind::Preambular))
            || operative()
    })
}

fn number_style(style: Style) -> NumberStyle {
    match style {
        Style::Decimal => NumberStyle::Decimal,
        Style::LowerAlpha => NumberStyle::LowerAlpha,
        Style::UpperAlpha => NumberStyle::UpperAlpha,
        Style::LowerRoman => NumberStyle::LowerRoman,
        Style::UpperRoman => NumberStyle::UpperRoman,
        Style::Bullet => NumberStyle::Bullet,
    }
}
