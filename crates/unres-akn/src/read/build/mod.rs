//! From events to documents: each element opens a frame, and each line of text becomes a block of what its frames say it is.

mod inline;
mod looks;
mod place;

use crate::read::element::{Element, cover_fact};
use crate::read::frame::{Frame, Zone};
use crate::read::line::{Blanks, Finished, Line};
use crate::read::metadata::{Metadata, Printed};
use crate::read::numbers::{number, trimmed};
use crate::read::{AknDocument, Dialect};
use crate::xml::{Events, Tag};
use std::collections::{BTreeMap, BTreeSet};
use unres_model::{
    Block, BlockKind, Cell, Document, Inline, MAX_DEPTH, Note, NoteId, Number, NumberStyle, Opening, Place, plain_text,
};
use unres_source::{Diagnostic, Origin, RuleId, Sink};

const COVER: RuleId = RuleId::new("akn/cover-line");
const PREFACE: RuleId = RuleId::new("akn/preface-line");
const FORMULA: RuleId = RuleId::new("akn/formula");
const PREAMBULAR: RuleId = RuleId::new("akn/preambular");
const HEADING: RuleId = RuleId::new("akn/heading");
const HEADING_BY_CLASS: RuleId = RuleId::new("akn/heading-by-class");
const HEADING_LIKE: RuleId = RuleId::new("akn/heading-like-paragraph");
const HEADING_OF_ITEMS: RuleId = RuleId::new("akn/heading-of-items");
const SECTION: RuleId = RuleId::new("akn/section");
const PARAGRAPH: RuleId = RuleId::new("akn/paragraph");
const FLAT_ITEM: RuleId = RuleId::new("akn/flat-item");
const POINT: RuleId = RuleId::new("akn/point");
const TEXT: RuleId = RuleId::new("akn/text");
const TABLE: RuleId = RuleId::new("akn/table");
const QUOTATION: RuleId = RuleId::new("akn/quotation");
const CONCLUSIONS: RuleId = RuleId::new("akn/conclusions");
const ANNEX: RuleId = RuleId::new("akn/annex");
const NOTE: RuleId = RuleId::new("akn/note");
const UNKNOWN: RuleId = RuleId::new("akn/unknown-element");
const PASSED_OVER: RuleId = RuleId::new("akn/comment");
const LOST_CALL: RuleId = RuleId::new("akn/call-without-note");

/// The eId of the place where the writer puts notes that nothing calls.
const UNCALLED: &str = "al_uncalled-notes";

/// What is being built.
pub(super) struct Build<'a> {
    source: String,
    frames: Vec<Frame<'a>>,
    zone: Zone,
    /// Open lines, the innermost last.
    lines: Vec<OpenLine>,
    /// The room of a line that was read.
    room: String,
    /// Counts lines, so that a mark in one is not taken for a mark in another.
    serial: u32,
    /// What the line is by an element in it.
    role: Option<Role>,
    emphasis: u32,
    /// Open notes and cells: inside them there are no blocks.
    inner: usize,
    /// The names of the elements of metadata that are open, `meta` itself the first.
    meta: Vec<&'a str>,
    table: Option<Vec<Vec<Cell>>>,
    draft: Option<Draft<'a>>,
    in_collection: bool,
    /// What the metadata of a collection say, which hold for its documents.
    above: Metadata<'a>,
    done: Vec<AknDocument>,
    unknown: BTreeMap<String, (usize, usize)>,
    lost_calls: usize,
    /// Comments and processing instructions in the text of documents.
    passed_over: usize,
}

/// A line that is being read.
struct OpenLine {
    /// The frame that it belongs to.
    owner: usize,
    line: Line,
    /// The line of the file where it began.
    begin: usize,
    serial: u32,
}

/// A document that is being read.
#[derive(Default)]
struct Draft<'a> {
    metadata: Metadata<'a>,
    printed: Printed,
    name: Option<String>,
    /// The document element was met; before it stands what a collection has in common.
    has_element: bool,
    blocks: Vec<Block>,
    notes: Vec<Note>,
    note_ids: BTreeSet<NoteId>,
    by_mark: BTreeMap<String, NoteId>,
    numbered: bool,
}

/// What a line in the head of a document is, by an element in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Title,
    NumberLine,
    Adoption,
}

use BlockKind as K;
use Element as E;

impl<'a> Build<'a> {
    pub(super) fn new(name: &str) -> Self {
        Self {
            source: name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
            frames: Vec::new(),
            zone: Zone::Outside,
            lines: Vec::new(),
            room: String::new(),
            serial: 0,
            role: None,
            emphasis: 0,
            inner: 0,
            meta: Vec::new(),
            table: None,
            draft: None,
            in_collection: false,
            above: Metadata::default(),
            done: Vec::new(),
            unknown: BTreeMap::new(),
            lost_calls: 0,
            passed_over: 0,
        }
    }

    fn is_strict(&self) -> bool {
        self.draft.as_ref().is_some_and(|draft| draft.metadata.is_strict)
    }

    /// Comments and processing instructions came. Those outside the text of a document speak of the file.
    pub(super) fn pass_over(&mut self, count: usize) {
        if self.zone != Zone::Outside {
            self.passed_over += count;
        }
    }

    /// An element begins.
    pub(super) fn start(&mut self, tag: &Tag<'a>, events: &mut Events<'a>) {
        if !self.meta.is_empty() {
            self.meta.push(tag.name);
            let of_document = !self.is_in(E::Attachment);
            if let Some(draft) = self.draft.as_mut().filter(|_| of_document) {
                draft.metadata.start(tag);
            }
            return;
        }
        let mut element = Element::of(tag.name);
        if element == E::Unknown {
            let line = events.line();
            self.unknown.entry(tag.name.to_owned()).or_insert((0, line)).0 += 1;
            element = if self.lines.is_empty() { E::Wrapper } else { E::Inline };
        }
        let mut frame = Frame::of(tag, element);
        if element.is_inline() {
            self.start_inline(tag, &mut frame, events);
        } else if self.inner > 0 && !self.is_cell_of_table(element) {
            if let Some(open) = self.lines.last_mut() {
                open.line.blank();
            }
            frame.element = E::Inline;
        } else {
            self.start_block(tag, &mut frame, events);
        }
        self.frames.push(frame);
    }

    fn is_cell_of_table(&self, element: Element) -> bool {
        matches!(element, E::Cell | E::HeaderCell | E::Row) && self.table.is_some() && self.inner == 0
    }

    fn is_in(&self, element: Element) -> bool {
        self.frames.iter().any(|frame| frame.element == element)
    }

    fn start_inline(&mut self, tag: &Tag<'a>, frame: &mut Frame<'a>, events: &mut Events<'a>) {
        match frame.element {
            E::Face => {
                self.emphasis += u32::from(frame.emphasises);
                if let Some(id) = frame.refers_to.take() {
                    self.open_line(events).concept(id.into_owned());
                }
            }
            E::Break => self.line_break(events),
            E::Note => self.open_note(events),
            E::NoteRef => self.note_ref(tag, events),
            E::Inline
                if frame.named.as_deref() != Some("adoptionMeeting")
                    && cover_fact(frame.name, frame.named.as_deref()).is_none() => {}
            _ => {
                frame.mark = self.open_line(events).mark();
                frame.line = self.lines.last().map_or(0, |open| open.serial);
            }
        }
    }

    /// A line break ends a line among those that state adoption, and is a blank elsewhere.
    fn line_break(&mut self, events: &mut Events<'a>) {
        if self.zone == Zone::Conclusions && self.inner == 0 {
            self.finish_line(events);
        } else if let Some(open) = self.lines.last_mut() {
            open.line.blank();
        }
    }

    fn start_block(&mut self, tag: &Tag<'a>, frame: &mut Frame<'a>, events: &mut Events<'a>) {
        if self.inner == 0 {
            self.finish_line(events);
        }
        frame.outer = self.zone;
        match frame.element {
            E::Meta => self.meta.push(tag.name),
            E::Document if !self.is_in(E::Attachment) => self.open_document(tag),
            E::Collection => {
                self.in_collection = true;
                self.draft.get_or_insert_default();
            }
            E::Cover => self.zone = Zone::Cover,
            E::Preface => self.zone = Zone::Preface,
            E::Preamble => self.zone = Zone::Preamble,
            E::Body => self.zone = Zone::Body,
            E::Conclusions => self.zone = Zone::Conclusions,
            E::Attachment => {
                self.zone = Zone::Body;
                frame.head = None;
            }
            E::Container | E::Formula => {
                frame.is_unit = self.zone == Zone::Preamble;
            }
            E::Hcontainer => frame.is_unit = frame.named.as_deref() == Some("enactingFormula"),
            E::List => {
                let loose = self.zone == Zone::Preamble && self.unit().is_none();
                frame.items = loose.then_some(1);
            }
            E::Sublist => {
                frame.items = self.frames.last().and_then(|list| list.last_item).map(|depth| depth.saturating_add(1));
            }
            E::Table => self.table = Some(Vec::new()),
            E::Row => {
                if let Some(rows) = &mut self.table {
                    rows.push(Vec::new());
                }
            }
            E::Cell | E::HeaderCell => self.open_cell(tag, frame.element),
            _ => {}
        }
        if frame.is_unit {
            frame.depth = self.depth_of_unit(frame.element, events);
        }
    }

    /// The depth of the block of a unit that begins now.
    fn depth_of_unit(&mut self, element: Element, events: &mut Events<'a>) -> u16 {
        let outer = self.unit();
        if let Some(outer) = outer {
            self.ensure_numbered_heads(outer, events);
        }
        let list =
            self.frames.iter().rev().find(|frame| frame.is_unit || matches!(frame.element, E::List | E::Sublist));
        let fixed = list.filter(|_| element == E::Point).and_then(|list| list.items);
        let inside = outer.and_then(|outer| self.frames.get(outer)).map_or(0, Frame::inside);
        match fixed {
            Some(depth) => depth,
            None if self.zone == Zone::Preamble && element == E::Point => inside.max(1),
            None => inside,
        }
    }

    fn open_document(&mut self, tag: &Tag<'a>) {
        let starts_anew = self.draft.as_ref().is_some_and(|draft| draft.has_element);
        if starts_anew {
            self.close_document();
        }
        let draft = self.draft.get_or_insert_default();
        if self.in_collection {
            let above = std::mem::take(&mut draft.metadata);
            if !starts_anew {
                self.above = above;
            }
            draft.printed.symbol = None;
        }
        draft.has_element = true;
        draft.name = tag.stated("name").map(ToString::to_string);
    }

    fn open_cell(&mut self, tag: &Tag<'a>, element: Element) {
        let span = |name: &str| {
            let number = tag.stated(name).and_then(|number| number.trim().parse::<u16>().ok());
            number.unwrap_or(1).clamp(1, 1000) - 1
        };
        let cell = Cell {
            content: Vec::new(),
            header: element == E::HeaderCell,
            more_columns: span("colspan"),
            more_rows: span("rowspan"),
        };
        if let Some(rows) = &mut self.table {
            if rows.is_empty() {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut() {
                row.push(cell);
            }
            self.inner += 1;
            self.push_line(self.frames.len(), 0);
        }
    }

    fn push_line(&mut self, owner: usize, begin: usize) {
        let blanks = if self.is_strict() { Blanks::Kept } else { Blanks::Folded };
        let room = std::mem::take(&mut self.room);
        self.serial += 1;
        self.lines.push(OpenLine { owner, line: Line::new(blanks, room), begin, serial: self.serial });
    }

    /// The line as it was read; its room serves the next one.
    fn finished(&mut self, line: Line) -> Finished {
        let (finished, room) = line.finish();
        self.room = room;
        finished
    }

    /// The line that text goes to; a new one where none is open.
    fn open_line(&mut self, events: &mut Events<'a>) -> &mut Line {
        if self.lines.is_empty() {
            let owner = self.frames.iter().rposition(|frame| !frame.element.is_inline()).unwrap_or(0);
            let begin = events.line();
            self.role = None;
            self.push_line(owner, begin);
        }
        let last = self.lines.len() - 1;
        &mut self.lines[last].line
    }

    /// Whether blanks between two tags say nothing here: no line is open that they could part words of.
    pub(super) fn ignores_blanks(&self) -> bool {
        self.lines.is_empty()
            && (self.meta.is_empty() || self.draft.as_ref().is_none_or(|draft| !draft.metadata.is_in_name()))
    }

    /// Characters.
    pub(super) fn text(&mut self, text: &str, events: &mut Events<'a>) {
        if let Some(name) = self.meta.last() {
            if let Some(draft) = &mut self.draft {
                draft.metadata.text(name, text);
            }
            return;
        }
        if self.lines.is_empty() && (self.draft.is_none() || text.bytes().all(|byte| byte.is_ascii_whitespace())) {
            return;
        }
        let emphasised = self.emphasis > 0;
        self.open_line(events).push(text, emphasised);
    }

    /// An element ends.
    pub(super) fn end(&mut self, events: &mut Events<'a>) {
        if self.meta.pop().is_some() {
            if self.meta.is_empty() {
                self.frames.pop();
            }
            return;
        }
        let owner = self.frames.len().saturating_sub(1);
        let owns_line = self.lines.last().is_some_and(|open| open.owner >= owner);
        let Some(element) = self.frames.last().map(|frame| frame.element) else { return };
        if owns_line && !matches!(element, E::Note | E::Cell | E::HeaderCell) {
            self.finish_line(events);
        }
        match element {
            E::Note => self.close_note(events),
            E::Cell | E::HeaderCell => self.close_cell(),
            E::Table => self.close_table(events),
            _ if self.frames.last().is_some_and(|frame| frame.is_unit) => {
                let has_number = self.frames.last().is_some_and(|frame| frame.num.is_some());
                let is_annex = element == E::Attachment;
                if has_number || is_annex {
                    self.ensure_heads(owner, events);
                }
            }
            _ => {}
        }
        self.close_frame(element);
    }

    /// Takes the innermost frame away, and what it held.
    fn close_frame(&mut self, element: Element) {
        if element.is_inline() && element != E::Face {
            let Some(frame) = self.frames.pop() else { return };
            if element == E::Sup {
                self.end_sup(&frame);
            } else {
                self.end_fact(&frame);
            }
            return;
        }
        let inner = self.frames.len().saturating_sub(1);
        let (outer, closed) = self.frames.split_at_mut(inner);
        let Some(frame) = closed.first() else { return };
        match element {
            E::Face => self.emphasis -= u32::from(frame.emphasises),
            E::Point => {
                if let Some(list) = outer.last_mut().filter(|_| frame.head.is_some()) {
                    list.last_item = Some(frame.depth);
                }
            }
            E::Cover | E::Preface | E::Preamble | E::Body | E::Conclusions | E::Attachment => self.zone = frame.outer,
            _ => {}
        }
        // Dropped where it lies: there is one for each element.
        self.frames.truncate(inner);
    }

    fn close_cell(&mut self) {
        let Some(OpenLine { line, .. }) = self.lines.pop() else { return };
        let finished = self.finished(line);
        self.inner = self.inner.saturating_sub(1);
        let cell = self.table.as_mut().and_then(|rows| rows.last_mut()).and_then(|row| row.last_mut());
        if let Some(cell) = cell {
            cell.content = untabbed(finished.content);
        }
    }

    fn close_table(&mut self, events: &mut Events<'a>) {
        let Some(rows) = self.table.take() else { return };
        let unit = self.unit();
        if let Some(unit) = unit {
            self.ensure_heads(unit, events);
        }
        let depth = unit.and_then(|unit| self.frames.get(unit)).map_or(0, Frame::inside);
        let block = Block { rows, ..Block::new(K::Table, TABLE) };
        let begin = events.line();
        self.push_block(block, depth, begin, events);
        if let Some(frame) = unit.and_then(|unit| self.frames.get_mut(unit))
            && matches!(frame.element, E::Alinea | E::Container)
        {
            frame.head.get_or_insert(self.draft.as_ref().map_or(0, |draft| draft.blocks.len().saturating_sub(1)));
        }
    }

    /// The innermost frame for which a block stands.
    fn unit(&self) -> Option<usize> {
        self.frames.iter().rposition(|frame| frame.is_unit)
    }

    /// Sees to it that the blocks of a unit and of those round it are there, where they have a number to show, and that of an annex.
    fn ensure_heads(&mut self, unit: usize, events: &mut Events<'a>) {
        let annex = self.frames.iter().take(unit + 1).position(|frame| frame.element == E::Attachment);
        if let Some(annex) = annex.filter(|annex| self.frames.get(*annex).is_some_and(|frame| frame.head.is_none())) {
            let line = events.line();
            self.head(annex, K::Annex, Finished::default(), line, events);
        }
        self.ensure_numbered_heads(unit, events);
    }

    /// The same for numbers alone: an annex may still find its heading in its first paragraph.
    fn ensure_numbered_heads(&mut self, unit: usize, events: &mut Events<'a>) {
        for index in 0..=unit {
            let Some(frame) = self.frames.get(index) else { return };
            let is_annex = frame.element == E::Attachment && frame.num.is_some();
            if frame.is_unit && frame.head.is_none() && frame.num.is_some() && !is_annex {
                let kind = self.kind_of_unit(index);
                let line = events.line();
                self.head(index, kind, Finished::default(), line, events);
            }
        }
    }

    /// The kind of a block without more text than its number.
    fn kind_of_unit(&self, index: usize) -> BlockKind {
        match self.frames.get(index).map(|frame| frame.element) {
            Some(E::Attachment) => K::Annex,
            Some(E::Section) => K::Section,
            Some(E::Division) => K::Heading,
            Some(E::Point) => K::Item,
            Some(E::Alinea) => K::Unnumbered,
            Some(E::Container) => K::Preambular,
            Some(E::Formula | E::Hcontainer) => K::EnactingFormula,
            _ => self.kind_of_number(index),
        }
    }

    /// What a paragraph is by its number: `(a)` numbers items, also where the markup says paragraph.
    fn kind_of_number(&self, index: usize) -> BlockKind {
        let printed = self.frames.get(index).and_then(|frame| frame.num.as_deref()).unwrap_or_default();
        let core = printed.trim_matches(|c: char| !c.is_alphanumeric());
        let digit = |c: char| c.is_numeric() && !matches!(c, '\u{2460}'..='\u{24ff}' | '\u{3200}'..='\u{33ff}');
        let is_decimal = core.chars().all(|c| digit(c) || !c.is_alphanumeric());
        if self.is_strict() || core.is_empty() || is_decimal { K::Operative } else { K::Item }
    }

    /// Makes the block that stands for a unit.
    fn head(&mut self, unit: usize, kind: BlockKind, line: Finished, begin: usize, events: &mut Events<'a>) {
        let is_strict = self.is_strict();
        let Some(frame) = self.frames.get_mut(unit) else { return };
        let depth = frame.depth;
        let printed = frame.num.take();
        let eid = frame.eid.clone();
        let (element, name) = (frame.element, frame.name);
        let numbered = printed.map(|printed| {
            let before = self.sibling_number(depth, kind);
            number(printed, eid.as_deref(), before)
        });
        let numbered = numbered.map(|number| match (kind, name) {
            (K::Section, "title") => Number { style: NumberStyle::UpperAlpha, ..number },
            (K::Section, _) => as_section(number, is_strict),
            _ => number,
        });
        let is_flat = element == E::Paragraph && kind == K::Item;
        let rule = match kind {
            K::Annex => ANNEX,
            K::Section => SECTION,
            K::Heading => HEADING,
            K::EnactingFormula => FORMULA,
            K::Preambular => PREAMBULAR,
            K::Item if is_flat => FLAT_ITEM,
            K::Item => POINT,
            K::Operative => PARAGRAPH,
            K::Quotation => QUOTATION,
            _ => TEXT,
        };
        if let Some(draft) = &mut self.draft {
            draft.numbered |= kind == K::Operative && numbered.is_some();
        }
        let mut block = self.block(kind, rule, line);
        block.number = numbered;
        self.push_block(block, depth, begin, events);
        let head = self.draft.as_ref().map_or(0, |draft| draft.blocks.len().saturating_sub(1));
        if let Some(frame) = self.frames.get_mut(unit) {
            frame.head = Some(head);
        }
    }

    /// The number of the sibling before.
    fn sibling_number(&self, depth: u16, kind: BlockKind) -> Option<&Number> {
        let blocks = &self.draft.as_ref()?.blocks;
        let siblings = blocks.iter().rev().take_while(|block| block.depth >= depth);
        siblings.filter(|block| block.depth == depth && block.kind == kind).find_map(|block| block.number.as_ref())
    }

    fn block(&self, kind: BlockKind, rule: RuleId, line: Finished) -> Block {
        let mut block = Block::new(kind, rule);
        if let Some(phrase) = line.lead.filter(|_| matches!(kind, K::Preambular | K::Operative)) {
            let metadata = self.draft.as_ref().map(|draft| &draft.metadata);
            let concept = line.concept.filter(|_| self.is_strict());
            let key = concept.zip(metadata).map(|(concept, metadata)| metadata.key(&concept));
            block.opening = Some(Opening { phrase, key });
        }
        block.content = line.content;
        block
    }

    fn push_block(&mut self, mut block: Block, depth: u16, begin: usize, events: &mut Events<'a>) {
        block.place = Some(place(begin, events.line()));
        let Some(draft) = &mut self.draft else { return };
        let allowed = draft.blocks.last().map_or(0, |last| last.depth + 1);
        block.depth = depth.min(allowed).min(MAX_DEPTH);
        draft.blocks.push(block);
    }

    /// Ends the line that is open, if it is no note or cell, and gives it its place.
    fn finish_line(&mut self, events: &mut Events<'a>) {
        if self.inner > 0 {
            return;
        }
        let Some(OpenLine { owner, line, begin, .. }) = self.lines.pop() else { return };
        if line.is_empty() {
            return;
        }
        let line = self.finished(line);
        if line.content.is_empty() {
            return;
        }
        match self.frames.get(owner).map(|frame| frame.element) {
            Some(E::Num) => self.num(owner, line),
            Some(E::Heading) => self.heading(owner, line, begin, events),
            Some(E::CrossHeading) => self.cross_heading(owner, line, begin, events),
            _ => self.flow(owner, line, begin, events),
        }
    }

    fn num(&mut self, owner: usize, line: Finished) {
        let printed = trimmed(text_of(untabbed(line.content)));
        let unit = self.frames.iter().take(owner).rposition(|frame| frame.is_unit);
        if let Some(frame) = unit.and_then(|unit| self.frames.get_mut(unit)) {
            match &mut frame.num {
                Some(num) => {
                    num.push(' ');
                    num.push_str(&printed);
                }
                None => frame.num = Some(printed),
            }
        }
    }

    fn close_document(&mut self) {
        let Some(mut draft) = self.draft.take() else { return };
        let dialect = if draft.metadata.is_strict { Dialect::Strict } else { Dialect::Published };
        draft.metadata.inherit(&self.above);
        let mut meta = draft.metadata.finish(draft.name.as_deref(), &draft.printed);
        self.source.clone_into(&mut meta.source);
        let known: BTreeSet<NoteId> = draft.notes.iter().map(|note| note.id).collect();
        let mut lost = 0;
        let mut keep = |content: &mut Vec<Inline>| {
            let before = content.len();
            content.retain(|inline| !matches!(inline, Inline::Call(call) if !known.contains(&call.call)));
            lost += before - content.len();
        };
        for block in &mut draft.blocks {
            keep(&mut block.content);
            block.rows.iter_mut().flatten().for_each(|cell| keep(&mut cell.content));
        }
        draft.notes.iter_mut().for_each(|note| keep(&mut note.content));
        self.lost_calls += lost;
        let mut document = Document { meta, blocks: draft.blocks, notes: draft.notes };
        document.meta.cover = document.cover();
        debug_assert_eq!(document.validate(), Ok(()));
        self.done.push(AknDocument { document, dialect });
    }

    /// The documents that were read.
    pub(super) fn finish(mut self, sink: &mut dyn Sink) -> Vec<AknDocument> {
        self.close_document();
        for (name, (count, line)) in &self.unknown {
            let message =
                format!("line {line}: the element {name:.60} is not known; the text of {count} of it is kept");
            sink.push(Diagnostic::warning(UNKNOWN, None, message));
        }
        if self.lost_calls > 0 {
            let message = format!("{} calls name no note and are left out", self.lost_calls);
            sink.push(Diagnostic::warning(LOST_CALL, None, message));
        }
        if self.passed_over > 0 {
            let message = format!("comments and processing instructions that are left out: {}", self.passed_over);
            sink.push(Diagnostic::note(PASSED_OVER, None, message));
        }
        self.done
    }
}

/// A number before the title of a section. A strict file has an element of its own for letters.
fn as_section(number: Number, is_strict: bool) -> Number {
    use NumberStyle as S;
    let style = match number.style {
        S::LowerAlpha | S::UpperAlpha if is_strict => S::UpperRoman,
        S::LowerAlpha => S::UpperAlpha,
        S::LowerRoman | S::Bullet => S::UpperRoman,
        other => other,
    };
    Number { style, ..number }
}

/// A content without tabs: they show typed numbers, and where none is looked for they are blanks.
fn untabbed(mut content: Vec<Inline>) -> Vec<Inline> {
    unres_model::tabs_to_blanks(&mut content);
    content
}

/// The text of a content, which mostly is one piece.
fn text_of(content: Vec<Inline>) -> String {
    match <[Inline; 1]>::try_from(content) {
        Ok([Inline::Text(text)]) => text.text,
        Ok(one) => plain_text(&one).into_owned(),
        Err(content) => plain_text(&content).into_owned(),
    }
}

fn place(first: usize, last: usize) -> Place {
    let origin = |line: usize| Origin { page: None, line: u32::try_from(line).unwrap_or(u32::MAX) };
    Place { first: origin(first.min(last)), last: origin(last) }
}
