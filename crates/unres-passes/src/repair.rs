//! Repairs of documents whose markup does not say all that their text shows, as in the Akoma Ntoso that the United Nations publish: numbers typed in
//! the text, items that stand beside their paragraph, headings that group nothing.

use crate::numbers::{best, number_style};
use unres_lang::{Label, LabelUse, LangPack, Reading, SlotKind};
use unres_model::{
    Block, BlockKind, Document, Fact, FactRole, Inline, MAX_DEPTH, Number, NumberStyle, Text, plain_text,
    tabs_to_blanks,
};
use unres_source::{Diagnostic, RuleId, Sink};

const TYPED_NUMBER: RuleId = RuleId::new("repair/typed-number");
const TYPED_ITEM: RuleId = RuleId::new("repair/typed-item");
const FLAT_ITEM: RuleId = RuleId::new("akn/flat-item");
/// What the reader of Akoma Ntoso took for something else than its element says.
const REREAD: [(&str, &str); 4] = [
    ("akn/heading-by-class", "paragraphs are headings by their class"),
    ("akn/heading-like-paragraph", "paragraphs are headings by their looks"),
    ("akn/flat-item", "paragraphs are items by their numbers"),
    ("akn/heading-of-items", "headings stand between items"),
];
const SECTION_NUMBER: RuleId = RuleId::new("repair/section-number");
const SECTION_TITLE: RuleId = RuleId::new("repair/section-title");
const ANNEX_WORD: RuleId = RuleId::new("repair/annex-word");
const GROUPS: RuleId = RuleId::new("repair/heading-groups");
const CLOSING: RuleId = RuleId::new("repair/closing-before-annex");
const FORMULA: RuleId = RuleId::new("repair/formula-organ");
const NUMBER_LINE: RuleId = RuleId::new("repair/number-line");

/// The repairs, each a finding of how often it was done.
pub const REPAIRS: &[RuleId] =
    &[TYPED_NUMBER, TYPED_ITEM, ANNEX_WORD, SECTION_NUMBER, FORMULA, NUMBER_LINE, SECTION_TITLE, CLOSING, GROUPS];

/// Repairs a document as far as the words and digits of its language tell. Without a pack only what needs none is done. Each kind of repair is
/// reported once, with its count.
pub fn repair(document: &mut Document, pack: Option<&LangPack>, sink: &mut dyn Sink) {
    for (rule, what) in REREAD {
        let count = document.blocks.iter().filter(|block| block.rule.as_str() == rule).count();
        report(sink, RuleId::new(rule), count, what);
    }
    if let Some(pack) = pack {
        let blocks = &mut document.blocks;
        let numbers = typed_numbers(blocks, pack);
        report(sink, TYPED_NUMBER, numbers.0, "numbers of paragraphs were typed in the text");
        report(sink, TYPED_ITEM, numbers.1, "numbers of items were typed in the text");
        report(sink, ANNEX_WORD, annex_words(blocks, pack), "headings begin an annex");
        let sections = section_numbers(blocks, pack);
        report(sink, SECTION_NUMBER, sections, "headings are the number of a section");
        report(sink, FORMULA, formulas(blocks, pack), "enacting formulas name the organ");
        report(sink, NUMBER_LINE, number_lines(blocks, pack), "lines state the number of the document");
    }
    report(sink, SECTION_TITLE, section_titles(&mut document.blocks), "headings are the title of a section");
    report(sink, CLOSING, closing_first(&mut document.blocks), "closing lines stood behind an annex");
    report(sink, GROUPS, hang(&mut document.blocks), "blocks hang under the heading or paragraph before them");
    for block in &mut document.blocks {
        tabs_to_blanks(&mut block.content);
    }
}

fn report(sink: &mut dyn Sink, rule: RuleId, count: usize, what: &str) {
    if count > 0 {
        sink.push(Diagnostic::note(rule, None, format!("{count} {what}")));
    }
}

/// Numbers at the head of texts without one, of paragraphs and of items.
fn typed_numbers(blocks: &mut [Block], pack: &LangPack) -> (usize, usize) {
    let mut counts = (0, 0);
    let mut last: Option<Number> = None;
    for block in blocks {
        if block.number.is_some() || !is_paragraph(block.kind) {
            continue;
        }
        let text = plain_text(&block.content);
        let Some((label, reading)) = typed(&text, pack, last.as_ref()) else { continue };
        let Some((printed, _)) = text.split_at_checked(label.len) else { continue };
        let number = Number {
            printed: printed.trim().to_owned(),
            ordinal: reading.ordinal,
            style: number_style(reading.style),
            spans: Vec::new(),
        };
        if !cut_head(&mut block.content, label.len) {
            continue;
        }
        if reading.used_for == LabelUse::Item {
            (block.kind, block.rule) = (BlockKind::Item, TYPED_ITEM);
            block.opening = None;
            counts.1 += 1;
        } else {
            (block.kind, block.rule) = (BlockKind::Operative, TYPED_NUMBER);
            counts.0 += 1;
        }
        last = Some(number.clone());
        block.number = Some(number);
    }
    counts
}

fn is_paragraph(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Operative | BlockKind::Unnumbered)
}

/// The number typed at the head of a text: a tab follows it, or its form is that of nothing else.
fn typed(text: &str, pack: &LangPack, last: Option<&Number>) -> Option<(Label, Reading)> {
    let label = pack.label(text)?;
    let (printed, rest) = text.split_at_checked(label.len)?;
    let after = rest.trim_start();
    let gap = rest.get(..rest.len() - after.len())?;
    let is_closed = printed.ends_with(|c: char| !c.is_alphanumeric()) && printed.contains(char::is_alphanumeric);
    let fits = gap.contains('\t') || (is_closed && !gap.is_empty());
    if !fits || after.is_empty() {
        return None;
    }
    let paragraph = best(&label.readings, LabelUse::Paragraph, last);
    let reading = paragraph.or_else(|| best(&label.readings, LabelUse::Item, last))?;
    Some((label, reading))
}

/// Takes the number off the head of a content, with the blanks behind it.
fn cut_head(content: &mut Vec<Inline>, len: usize) -> bool {
    let Some(Inline::Text(first)) = content.first_mut() else { return false };
    let Some(rest) = first.text.get(len..) else { return false };
    first.text = rest.trim_start().to_owned();
    if first.text.is_empty() {
        content.remove(0);
    }
    true
}

/// "Annex II" as a heading of its own.
fn annex_words(blocks: &mut [Block], pack: &LangPack) -> usize {
    let mut count = 0;
    let mut in_annex = false;
    for block in blocks {
        in_annex |= block.kind == BlockKind::Annex;
        if block.kind != BlockKind::Heading || block.depth > u16::from(in_annex) {
            continue;
        }
        if pack.annex_word(plain_text(&block.content).trim()) {
            (block.kind, block.rule) = (BlockKind::Annex, ANNEX_WORD);
            block.depth = 0;
            count += 1;
        }
    }
    count
}

/// "II" as a heading of its own is the number of a section.
fn section_numbers(blocks: &mut [Block], pack: &LangPack) -> usize {
    let mut last: Vec<Number> = Vec::new();
    let mut count = 0;
    for block in blocks {
        if block.kind == BlockKind::Annex {
            last.clear();
        }
        if !matches!(block.kind, BlockKind::Heading | BlockKind::Section) || block.number.is_some() {
            continue;
        }
        let text = plain_text(&block.content);
        let Some(label) = pack.label(text.trim()) else { continue };
        if !text.trim().get(label.len..).is_some_and(|rest| rest.trim().is_empty()) {
            continue;
        }
        let sections = label.readings.iter().filter(|reading| reading.used_for == LabelUse::Section);
        let expected = sections.clone().find(|reading| {
            last.iter().any(|last| {
                last.style == number_style(reading.style) && last.ordinal.checked_add(1) == Some(reading.ordinal)
            })
        });
        let first = sections.clone().find(|reading| reading.ordinal == 1);
        let Some(reading) = expected.or(first).or(sections.clone().next()) else { continue };
        let style = number_style(reading.style);
        let number = Number { printed: text.trim().to_owned(), ordinal: reading.ordinal, style, spans: Vec::new() };
        let calls = block.content.iter().filter(|inline| matches!(inline, Inline::Call(_))).cloned().collect();
        block.content = calls;
        (block.kind, block.rule) = (BlockKind::Section, SECTION_NUMBER);
        // It says how the number is marked up; the title has a line of its own.
        block.heading = None;
        last.retain(|last| last.style != style);
        last.push(number.clone());
        block.number = Some(number);
        count += 1;
    }
    count
}

/// The heading behind the number of a section is its title.
fn section_titles(blocks: &mut Vec<Block>) -> usize {
    let awaits_title = |block: &Block| {
        block.kind == BlockKind::Section && block.number.is_some() && plain_text(&block.content).is_empty()
    };
    // In most documents none does, and all blocks stay where they are.
    if !blocks.iter().any(awaits_title) {
        return 0;
    }
    let before = blocks.len();
    let mut merged: Vec<Block> = Vec::with_capacity(before);
    for block in blocks.drain(..) {
        let open = merged.last_mut().filter(|last| {
            let beside = block.depth == last.depth || block.depth == last.depth + 1;
            awaits_title(last) && beside && block.kind == BlockKind::Heading && block.number.is_none()
        });
        match open {
            Some(section) => {
                section.content.splice(0..0, block.content);
                section.rule = SECTION_TITLE;
            }
            None => merged.push(block),
        }
    }
    *blocks = merged;
    before - blocks.len()
}

/// The lines of adoption stand before the annexes.
fn closing_first(blocks: &mut Vec<Block>) -> usize {
    let Some(annex) = blocks.iter().position(|block| block.kind == BlockKind::Annex && block.depth == 0) else {
        return 0;
    };
    let is_closing = |block: &Block| block.kind == BlockKind::Adoption && block.depth == 0;
    let (closing, rest): (Vec<Block>, Vec<Block>) = blocks.drain(annex..).partition(is_closing);
    let count = closing.len();
    blocks.extend(closing);
    blocks.extend(rest);
    count
}

/// A heading that is open among its siblings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Annex,
    Section(Option<NumberStyle>),
    Heading,
}

/// Hangs what follows a heading under it, and items that stand beside their paragraph under that.
fn hang(blocks: &mut [Block]) -> usize {
    let bases: Vec<u16> = blocks.iter().map(|block| block.depth).collect();
    let mut hanging = Hanging::default();
    let mut moved = 0;
    for (index, block) in blocks.iter_mut().enumerate() {
        let base = block.depth;
        let next = bases.get(index + 1).copied().unwrap_or(0);
        block.depth = hanging.depth(block, base, next);
        moved += usize::from(block.depth != base);
    }
    // A level that is left out above is left out below.
    let mut allowed = 0;
    for block in blocks {
        block.depth = block.depth.min(allowed).min(MAX_DEPTH);
        allowed = block.depth + 1;
    }
    moved
}

/// What is open while blocks are hung.
#[derive(Default)]
struct Hanging {
    /// The blocks above: how deep they were, and how deep they are now.
    path: Vec<(u16, u16)>,
    /// Headings that are open, with the depth that they had.
    open: Vec<(u16, Open)>,
    /// The depth of the siblings among which items stand, whether there is a paragraph above them, and their lists.
    base: u16,
    host: bool,
    items: Vec<(NumberStyle, u32)>,
}

impl Hanging {
    fn depth(&mut self, block: &Block, base: u16, next: u16) -> u16 {
        while self.path.last().is_some_and(|(above, _)| *above >= base) {
            self.path.pop();
        }
        self.open.retain(|(of, _)| *of <= base);
        let is_flat = next <= base;
        let container = match block.kind {
            BlockKind::Annex => Some(Open::Annex),
            BlockKind::Section => Some(Open::Section(block.number.as_ref().map(|number| number.style))),
            BlockKind::Heading => Some(Open::Heading),
            _ => None,
        };
        if container == Some(Open::Annex) || block.kind == BlockKind::Adoption {
            self.open.clear();
        }
        if let Some(container) = container.filter(|_| is_flat) {
            self.close(base, container);
        }
        let inside = self.path.last().map_or(0, |(_, depth)| depth + 1);
        let headings = self.open.iter().filter(|(of, _)| *of == base).count();
        let mut depth = inside + u16::try_from(headings).unwrap_or(0);
        let is_item = block.kind == BlockKind::Item && (block.rule == FLAT_ITEM || block.rule == TYPED_ITEM);
        if is_item {
            depth += self.item(block, base);
        } else if base <= self.base || container.is_some() {
            self.base = base;
            self.items.clear();
            self.host = container.is_none();
        }
        if let Some(container) = container.filter(|_| is_flat) {
            self.open.push((base, container));
        }
        self.path.push((base, depth));
        depth
    }

    /// Closes the headings that a new one ends.
    fn close(&mut self, base: u16, container: Open) {
        let outer = self.open.iter().filter(|(of, _)| *of < base).count();
        let siblings = self.open.get(outer..).unwrap_or_default();
        let stays = |(_, open): &&(u16, Open)| match container {
            Open::Annex => false,
            Open::Section(_) => *open != Open::Heading && *open != container,
            Open::Heading => *open != Open::Heading,
        };
        let keep = outer + siblings.iter().take_while(stays).count();
        self.open.truncate(keep);
    }

    /// How much deeper than its siblings an item hangs. Levels follow from the order of numbers.
    fn item(&mut self, block: &Block, base: u16) -> u16 {
        if base != self.base {
            (self.base, self.host) = (base, false);
            self.items.clear();
        }
        let (style, ordinal) = block.number.as_ref().map_or((NumberStyle::Bullet, 1), |n| (n.style, n.ordinal));
        let goes_on = |(known, last): &(NumberStyle, u32)| {
            *known == style && (style == NumberStyle::Bullet || last.checked_add(1) == Some(ordinal))
        };
        let in_list = |(known, _): &(NumberStyle, u32)| *known == style;
        let level = self.items.iter().rposition(goes_on).or_else(|| self.items.iter().rposition(in_list));
        let level = level.unwrap_or(self.items.len());
        self.items.truncate(level);
        self.items.push((style, ordinal));
        u16::try_from(level).unwrap_or(0) + u16::from(self.host)
    }
}

/// The organ in an enacting formula, cut out of its words.
fn formulas(blocks: &mut [Block], pack: &LangPack) -> usize {
    let mut count = 0;
    for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::EnactingFormula) {
        let text = plain_text(&block.content);
        let is_plain = block.content.iter().all(|inline| !matches!(inline, Inline::Call(_)));
        let Some(found) = pack.formula(&text).filter(|_| is_plain) else { continue };
        let content = with_facts(&text, &[(found.name, FactRole::Organ)]);
        count += usize::from(content != block.content);
        block.content = content;
    }
    count
}

/// "Resolution 2674 (2023)": the word for the kind of document, and the number.
fn number_lines(blocks: &mut [Block], pack: &LangPack) -> usize {
    let mut count = 0;
    for block in blocks.iter_mut().filter(|block| block.kind == BlockKind::Title) {
        let [Inline::Text(line)] = block.content.as_slice() else { continue };
        let text = line.text.replace('\t', " ");
        let Some(found) = pack.number_line(&text) else { continue };
        let facts: Vec<_> = found
            .slots
            .into_iter()
            .filter_map(|slot| match slot.kind {
                SlotKind::Number => Some((slot.range, FactRole::Number)),
                SlotKind::Kind => Some((slot.range, FactRole::Kind)),
                _ => None,
            })
            .collect();
        block.content = with_facts(&text, &facts);
        count += 1;
    }
    count
}

type FactRange = (std::ops::Range<usize>, FactRole);

/// A text with pieces of it as facts.
fn with_facts(text: &str, facts: &[FactRange]) -> Vec<Inline> {
    let mut facts = facts.to_vec();
    facts.sort_by_key(|(range, ..)| range.start);
    let plain = |text: &str| Text { text: text.to_owned(), spans: Vec::new() };
    let mut content = Vec::new();
    let mut at = 0;
    for (range, role) in facts {
        let (Some(before), Some(words)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
        if !before.is_empty() {
            content.push(Inline::Text(plain(before)));
        }
        content.push(Inline::Fact(Fact { role, date: None, text: plain(words) }));
        at = range.end;
    }
    if let Some(after) = text.get(at..).filter(|after| !after.is_empty()) {
        content.push(Inline::Text(plain(after)));
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind, text: &str) -> Block {
        let content = vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })];
        Block { content, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn check(language: &str, blocks: Vec<Block>, expected: &[&str]) {
        let pack = LangPack::builtin(language).expect(language);
        let mut document = Document { blocks, ..Document::default() };
        let mut sink = Vec::new();
        repair(&mut document, Some(&pack), &mut sink);
        let line = |block: &Block| {
            let number = block.number.as_ref().map_or(String::new(), |number| format!(" {}", number.printed));
            format!("{}{:?}{number}: {}", " ".repeat(usize::from(block.depth)), block.kind, plain_text(&block.content))
        };
        assert_eq!(document.blocks.iter().map(line).collect::<Vec<_>>(), expected);
        assert_eq!(document.validate(), Ok(()));
    }

    #[test]
    fn items_typed_as_paragraphs_hang_under_theirs() {
        use BlockKind as K;
        check(
            "en",
            vec![
                block(K::Unnumbered, "1.\tRings:"),
                block(K::Unnumbered, "(a)\tbells:"),
                block(K::Unnumbered, "(i)\tone;"),
                block(K::Unnumbered, "(b)\thorns."),
                block(K::Unnumbered, "2.\tStops."),
            ],
            &[
                "Operative 1.: Rings:",
                " Item (a): bells:",
                "  Item (i): one;",
                " Item (b): horns.",
                "Operative 2.: Stops.",
            ],
        );
    }

    #[test]
    fn arabic_numbers_are_typed_with_a_dash() {
        check(
            "ar",
            vec![block(BlockKind::Operative, "1 -\tتقرر؛"), block(BlockKind::Operative, "2 -\tتطلب.")],
            &["Operative 1 -: تقرر؛", "Operative 2 -: تطلب."],
        );
    }

    #[test]
    fn a_number_and_a_title_head_a_section() {
        use BlockKind as K;
        check(
            "en",
            vec![
                block(K::Heading, "I"),
                block(K::Heading, "Bells"),
                block(K::Operative, "Rings."),
                block(K::Heading, "Small bells"),
                block(K::Operative, "Rings."),
                block(K::Heading, "II"),
                block(K::Operative, "Stops."),
            ],
            &[
                "Section I: Bells",
                " Operative: Rings.",
                " Heading: Small bells",
                "  Operative: Rings.",
                "Section II: ",
                " Operative: Stops.",
            ],
        );
    }

    #[test]
    fn a_second_annex_is_one_of_its_own_and_closing_lines_come_first() {
        use BlockKind as K;
        let inside = |block: Block| Block { depth: 1, ..block };
        check(
            "en",
            vec![
                block(K::Operative, "Rings."),
                block(K::Annex, "Annex I"),
                inside(block(K::Unnumbered, "A bell.")),
                inside(block(K::Heading, "Annex II")),
                inside(block(K::Unnumbered, "A horn.")),
                block(K::Adoption, "47th meeting"),
            ],
            &[
                "Operative: Rings.",
                "Adoption: 47th meeting",
                "Annex: Annex I",
                " Unnumbered: A bell.",
                "Annex: Annex II",
                " Unnumbered: A horn.",
            ],
        );
    }

    #[test]
    fn an_enacting_formula_names_its_organ() {
        let pack = LangPack::builtin("en").expect("en");
        let mut document = Document {
            blocks: vec![block(BlockKind::EnactingFormula, "The General Assembly,")],
            ..Document::default()
        };
        repair(&mut document, Some(&pack), &mut Vec::new());
        assert_eq!(document.fact(FactRole::Organ), "General Assembly");
    }

    #[test]
    fn without_a_pack_only_tabs_go() {
        let mut document = Document { blocks: vec![block(BlockKind::Unnumbered, "(a)\tbells")], ..Document::default() };
        repair(&mut document, None, &mut Vec::new());
        assert_eq!(plain_text(&document.blocks[0].content), "(a) bells");
    }
}
