//! Parts of one number: 98/12 A and 98/12 B are two resolutions under one title.

use std::collections::BTreeSet;
use unres_model::{Block, BlockKind, Document, Fact, FactRole, Inline, Note, NoteId, NumberStyle, Text, Value};
use unres_symbol::DocumentNumber;

/// The parts of a document, each as one of its own; the document itself when it has none.
pub fn split_parts(document: Document) -> Vec<Document> {
    parts_of(&document).unwrap_or_else(|| vec![document])
}

/// The parts of a document, each as one of its own; none when it has no parts.
///
/// Parts are the lettered sections at the top of a document that begin with an enacting formula of their own, at least two, from A on. Each gets what
/// stands above and below all of them, and the number with its letter; its own letter and title become a line of its head, as in the files of the
/// United Nations. What was printed once has its place in the text in one of them only.
pub fn parts_of(document: &Document) -> Option<Vec<Document>> {
    let parts = parts(&document.blocks);
    if parts.len() < 2 {
        return None;
    }
    let ends = parts.iter().skip(1).copied().chain([end_of(&document.blocks, parts[parts.len() - 1])]);
    let ranges: Vec<_> = parts.iter().zip(ends).map(|(begin, end)| *begin..end).collect();
    let (first, last) = (parts[0], ranges[ranges.len() - 1].end);
    let blocks = |range: std::ops::Range<usize>| document.blocks.get(range).unwrap_or_default().iter().cloned();
    let part = |(index, range): (usize, &std::ops::Range<usize>)| {
        let mut head: Vec<Block> = blocks(0..first).collect();
        let mut tail: Vec<Block> = blocks(last..document.blocks.len()).collect();
        if index > 0 {
            head.iter_mut().for_each(forget_place);
        }
        if index + 1 < ranges.len() {
            tail.iter_mut().for_each(forget_place);
        }
        let letter = document.blocks.get(range.start).and_then(letter).unwrap_or_default();
        let own =
            blocks(range.clone()).enumerate().map(|(at, block)| if at == 0 { title(block) } else { raise(block) });
        let mut part = Document { meta: document.meta.clone(), ..Document::default() };
        part.blocks = head.into_iter().chain(own).chain(tail).collect();
        name(&mut part, &letter);
        part
    };
    let mut split: Vec<Document> = ranges.iter().enumerate().map(part).collect();
    hand_out_notes(&document.notes, &mut split);
    Some(split)
}

/// The section that is a part, as the line that heads it: its letter and its title.
fn title(section: Block) -> Block {
    let Block { number, mut content, rule, place, .. } = section;
    if let Some(first) = content.first_mut()
        && let Inline::Text(text) = first
    {
        *first = Inline::Fact(Fact { role: FactRole::Title, date: None, text: std::mem::take(text) });
    }
    let printed = number.map(|number| Text { text: number.printed, spans: number.spans });
    let head = printed.into_iter().flat_map(|Text { text, spans }| {
        let letter = text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let gap = if content.is_empty() { "" } else { " " };
        let gap = format!("{}{gap}", text.get(letter.len()..).unwrap_or_default());
        let letter = Text { text: letter.to_owned(), spans };
        let letter = Inline::Fact(Fact { role: FactRole::Number, date: None, text: letter });
        let gap = (!gap.is_empty()).then(|| Inline::Text(Text { text: gap, spans: Vec::new() }));
        std::iter::once(letter).chain(gap)
    });
    let content = head.collect::<Vec<_>>().into_iter().chain(content).collect();
    Block { content, place, ..Block::new(BlockKind::Title, rule) }
}

/// What hung under the section hangs one step higher.
fn raise(block: Block) -> Block {
    Block { depth: block.depth.saturating_sub(1), ..block }
}

/// The blocks that begin a part.
fn parts(blocks: &[Block]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (index, block) in blocks.iter().enumerate().filter(|(_, block)| block.depth == 0) {
        let expected = u32::try_from(found.len() + 1).unwrap_or(u32::MAX);
        let numbered = block.number.as_ref().is_some_and(|number| number.ordinal == expected);
        let inside = blocks.get(index + 1..).unwrap_or_default().iter().take_while(|inner| inner.depth > 0);
        let mut inside = inside.skip_while(|inner| inner.kind == BlockKind::Heading);
        let enacts = inside.next().is_some_and(|inner| inner.kind == BlockKind::EnactingFormula);
        if letter(block).is_some() && numbered && enacts {
            found.push(index);
        }
    }
    let shared_formula = |first: &usize| {
        let above = blocks.get(..*first).unwrap_or_default();
        above.iter().any(|block| block.kind == BlockKind::EnactingFormula)
    };
    if found.first().is_some_and(shared_formula) { Vec::new() } else { found }
}

/// The letter of a lettered section, as Latin prints it.
fn letter(block: &Block) -> Option<String> {
    let number = block.number.as_ref()?;
    let lettered = block.kind == BlockKind::Section && number.style == NumberStyle::UpperAlpha;
    let offset = u8::try_from(number.ordinal.checked_sub(1)?).ok().filter(|offset| lettered && *offset < 26)?;
    Some(char::from(b'A' + offset).to_string())
}

/// Where a part ends that begins at `begin`: before the next block that does not hang under it.
fn end_of(blocks: &[Block], begin: usize) -> usize {
    let inside = blocks.iter().skip(begin + 1).take_while(|block| block.depth > 0).count();
    begin + 1 + inside
}

/// The number and symbol of a part follow from those of the whole and its letter.
fn name(part: &mut Document, letter: &str) {
    let number = part.meta.number.as_ref().and_then(|number| DocumentNumber::parse(&number.value));
    let Some(named) = number.map(|number| number.with_part(letter)) else { return };
    let whole = part.meta.number.replace(Value::derived(named.to_string()));
    let symbol = part.meta.symbol.as_ref().zip(whole);
    let series =
        symbol.and_then(|(symbol, whole)| symbol.value.rsplit_once(&whole.value).map(|(series, _)| series.to_owned()));
    if let Some(series) = series {
        part.meta.symbol = Some(Value::derived(format!("{series}{named}")));
    }
}

/// A copy of what is printed once stands nowhere in the text.
fn forget_place(block: &mut Block) {
    if let Some(number) = &mut block.number {
        number.spans.clear();
    }
    let cells = block.rows.iter_mut().flatten().flat_map(|cell| &mut cell.content);
    block.content.iter_mut().chain(cells).for_each(forget_spans);
}

fn forget_spans(inline: &mut Inline) {
    match inline {
        Inline::Call(call) => call.spans.clear(),
        other => other.text_mut().into_iter().for_each(|text| text.spans.clear()),
    }
}

/// Each part gets the notes that it calls; one that several call has its place in the first of them, and one that none calls beside the note before.
fn hand_out_notes(notes: &[Note], parts: &mut [Document]) {
    let calls = |part: &Document| -> BTreeSet<NoteId> {
        let inlines = part.blocks.iter().flat_map(Block::inlines);
        let call = |inline: &Inline| if let Inline::Call(call) = inline { Some(call.call) } else { None };
        inlines.filter_map(call).collect()
    };
    let called: Vec<BTreeSet<NoteId>> = parts.iter().map(calls).collect();
    let mut first = 0;
    for note in notes {
        first = called.iter().position(|called| called.contains(&note.id)).unwrap_or(first);
        let mut copy = note.clone();
        copy.mark_spans.clear();
        copy.content.iter_mut().for_each(forget_spans);
        let others = called.iter().zip(parts.iter_mut()).skip(first + 1);
        for (_, other) in others.filter(|(called, _)| called.contains(&note.id)) {
            other.notes.push(copy.clone());
        }
        parts[first].notes.push(note.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Number, plain_text};
    use unres_source::RuleId;

    fn block(kind: BlockKind, depth: u16, letter: Option<u32>) -> Block {
        let printed = letter.map_or(String::new(), |ordinal| format!("{}.", ["A", "B", "C"][ordinal as usize - 1]));
        let number =
            letter.map(|ordinal| Number { printed, ordinal, style: NumberStyle::UpperAlpha, spans: Vec::new() });
        Block { depth, number, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn check(blocks: Vec<Block>, expected: &[(&str, usize)]) -> Vec<Document> {
        let mut document = Document { blocks, ..Document::default() };
        document.meta.number = Some(Value::printed("98/12".to_owned()));
        document.meta.symbol = Some(Value::derived("A/RES/98/12".to_owned()));
        let parts = split_parts(document);
        let found: Vec<_> = parts
            .iter()
            .map(|part| (part.meta.symbol.as_ref().map_or("", |symbol| symbol.value.as_str()), part.blocks.len()))
            .collect();
        assert_eq!(found, expected);
        assert!(parts.iter().all(|part| part.validate().is_ok()));
        parts
    }

    #[test]
    fn lettered_sections_with_a_formula_each_are_parts() {
        use BlockKind as K;
        let part = |letter| [block(K::Section, 0, Some(letter)), block(K::EnactingFormula, 1, None)];
        let title = || vec![block(K::Title, 0, None)];
        let closing = || vec![block(K::Adoption, 0, None)];
        let both = [title(), part(1).into(), part(2).into(), closing()].concat();
        let parts = check(both, &[("A/RES/98/12 A", 4), ("A/RES/98/12 B", 4)]);
        let shown: Vec<_> = parts[1].blocks.iter().map(|block| (block.kind, block.depth)).collect();
        assert_eq!(shown, [(K::Title, 0), (K::Title, 0), (K::EnactingFormula, 0), (K::Adoption, 0)]);
        assert_eq!(plain_text(&parts[1].blocks[1].content), "B.");
        check([title(), part(1).into()].concat(), &[("A/RES/98/12", 3)]);
        let sections = [part(1), part(2)].concat();
        check([title(), vec![block(K::EnactingFormula, 0, None)], sections].concat(), &[("A/RES/98/12", 6)]);
    }
}
