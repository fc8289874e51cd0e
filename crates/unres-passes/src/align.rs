//! The blocks of several versions of one document side by side, by what no language changes: kinds, numbers, keys of opening phrases,
//! notes, figures in the text, and how long a block is.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use unres_model::{Block, BlockKind, Document, Inline, NumberStyle};

/// Blocks that are one in different versions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// For each document, in the order in which they were given, the index of its block; none where it has no such block.
    pub blocks: Vec<Option<usize>>,
}

/// Puts the blocks of all documents into rows. Each block stands in one row, and the rows keep the order of each document. The time is
/// linear in the number of blocks: where two documents differ by some hundred blocks in a stretch, what follows may not find its partner.
pub fn align(documents: &[&Document]) -> Vec<Row> {
    let traits: Vec<Vec<Traits<'_>>> = documents.iter().map(|document| Traits::of(document)).collect();
    let mut rows: Vec<Row> = Vec::new();
    for (version, blocks) in traits.iter().enumerate() {
        rows = merged(&rows, version, &traits, blocks.len());
    }
    for row in &mut rows {
        row.blocks.resize(documents.len(), None);
    }
    rows
}

/// What is compared of a block.
struct Traits<'a> {
    kind: BlockKind,
    ordinal: Option<u32>,
    level: u16,
    key: Option<&'a str>,
    calls: usize,
    /// The numbers in the text: years, symbols, sums.
    figures: BTreeSet<String>,
    /// Its part of all letters of the document, in millionths.
    share: usize,
}

impl<'a> Traits<'a> {
    fn of(document: &'a Document) -> Vec<Self> {
        let length = |block: &Block| texts(block).map(|text| text.chars().count()).sum::<usize>();
        let whole = document.blocks.iter().map(length).sum::<usize>().max(1);
        let of_block = |(block, level): (&'a Block, u16)| Self {
            kind: block.kind,
            ordinal: ordinal(block),
            level,
            key: block.opening.as_ref().and_then(|opening| opening.key.as_deref()),
            calls: calls(block),
            figures: texts(block).flat_map(figures).collect(),
            share: length(block) * 1_000_000 / whole,
        };
        document.blocks.iter().zip(document.levels()).map(of_block).collect()
    }

    /// How much speaks for one block in two languages; below twice [`ALONE`] less speaks for it than against it. The weights put a number above
    /// a kind, since languages are marked up differently, and figures above length.
    fn likeness(&self, other: &Self) -> i32 {
        let kind = if self.kind == other.kind { 4 } else { -2 };
        let number = match (self.ordinal, other.ordinal) {
            (Some(one), Some(two)) if one == two => 3,
            (Some(_), Some(_)) => -4,
            (None, None) => 0,
            _ => -1,
        };
        let key = match (self.key, other.key) {
            (Some(one), Some(two)) if one == two => 3,
            (Some(_), Some(_)) => -1,
            _ => 0,
        };
        let calls = match (self.calls, other.calls) {
            (0, 0) => 0,
            (one, two) if one == two => 1,
            _ => -1,
        };
        let level = i32::from(self.level == other.level);
        kind + number + key + calls + level + self.figures_alike(other) + self.length_alike(other)
    }

    fn figures_alike(&self, other: &Self) -> i32 {
        match (self.figures.len(), other.figures.len()) {
            (0, 0) => 0,
            (0, few) | (few, 0) => {
                if few > 2 {
                    -2
                } else {
                    0
                }
            }
            (one, two) => match 4 * self.figures.intersection(&other.figures).count() / one.max(two) {
                0 => -2,
                alike => i32::try_from(alike).unwrap_or(4),
            },
        }
    }

    fn length_alike(&self, other: &Self) -> i32 {
        let (short, long) = (self.share.min(other.share), self.share.max(other.share).max(1));
        match 10 * short / long {
            7.. => 1,
            4..7 => 0,
            _ => -2,
        }
    }
}

/// The number that a block states; a bullet states none.
pub(crate) fn ordinal(block: &Block) -> Option<u32> {
    let counts = |style| style != NumberStyle::Bullet;
    block.number.as_ref().filter(|number| counts(number.style)).map(|number| number.ordinal)
}

pub(crate) fn calls(block: &Block) -> usize {
    block.inlines().filter(|inline| matches!(inline, Inline::Call(_))).count()
}

fn texts(block: &Block) -> impl Iterator<Item = &str> {
    block.inlines().filter_map(Inline::text).map(|text| text.text.as_str())
}

fn figures(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_numeric()).filter(|figure| !figure.is_empty()).map(str::to_owned)
}

/// What a block without partner costs.
const ALONE: i32 = -1;
const UNREACHED: i32 = i32::MIN / 2;

/// The rows so far with the blocks of one version more: the best of all ways to pair them in order, among those that keep near the diagonal.
fn merged(rows: &[Row], version: usize, traits: &[Vec<Traits<'_>>], blocks: usize) -> Vec<Row> {
    let likeness = |row: usize, block: usize| {
        let others = rows[row].blocks.iter().zip(traits).filter_map(|(index, of)| of.get((*index)?));
        others.map(|other| other.likeness(&traits[version][block])).max().unwrap_or(UNREACHED)
    };
    let best = Table::fill(rows.len(), blocks, likeness);
    let (mut row, mut block) = (rows.len(), blocks);
    let mut merged = Vec::with_capacity(row.max(block));
    while row > 0 || block > 0 {
        let here = best.get(row, block);
        let pairs = row > 0 && block > 0 && best.get(row - 1, block - 1) + likeness(row - 1, block - 1) == here;
        let alone = !pairs && row > 0 && best.get(row - 1, block) + ALONE == here;
        let mut next = if pairs || alone { rows[row - 1].clone() } else { Row::default() };
        next.blocks.resize(version, None);
        next.blocks.push((!alone).then(|| block - 1));
        merged.push(next);
        row -= usize::from(pairs || alone);
        block -= usize::from(!alone);
    }
    merged.reverse();
    merged
}

/// The worth of the best pairing of the first rows with the first blocks.
struct Table {
    band: Band,
    lines: Vec<Vec<i32>>,
}

impl Table {
    fn fill(rows: usize, blocks: usize, likeness: impl Fn(usize, usize) -> i32) -> Self {
        let mut table = Self { band: Band::of(rows, blocks), lines: Vec::with_capacity(rows + 1) };
        for row in 0..=rows {
            table.lines.push(Vec::new());
            for block in table.band.at(row) {
                let pair = if row > 0 && block > 0 {
                    table.get(row - 1, block - 1) + likeness(row - 1, block - 1)
                } else {
                    UNREACHED
                };
                let without_block = if row > 0 { table.get(row - 1, block) + ALONE } else { UNREACHED };
                let without_row = if block > 0 { table.get(row, block - 1) + ALONE } else { UNREACHED };
                let start = if row + block == 0 { 0 } else { UNREACHED };
                table.lines[row].push(start.max(pair).max(without_block).max(without_row));
            }
        }
        table
    }

    fn get(&self, row: usize, block: usize) -> i32 {
        let cell = block.checked_sub(*self.band.at(row).start()).and_then(|at| self.lines[row].get(at));
        cell.copied().unwrap_or(UNREACHED)
    }
}

/// The blocks that are tried for a row: those near its place in the whole.
struct Band {
    rows: usize,
    blocks: usize,
    width: usize,
}

impl Band {
    fn of(rows: usize, blocks: usize) -> Self {
        const LEAST: usize = 48;
        const MOST: usize = 400;
        let per_row = blocks / rows.max(1);
        Self { rows, blocks, width: LEAST + per_row + rows.abs_diff(blocks).min(MOST) }
    }

    fn at(&self, row: usize) -> RangeInclusive<usize> {
        let middle = (row * self.blocks).checked_div(self.rows).unwrap_or(self.blocks / 2);
        let width = if self.rows == 0 { self.blocks } else { self.width };
        middle.saturating_sub(width)..=(middle + width).min(self.blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Number, Opening, Text};
    use unres_source::RuleId;

    fn block(kind: BlockKind, number: Option<u32>, key: Option<&str>, text: &str) -> Block {
        let number = number.map(|ordinal| Number {
            printed: ordinal.to_string(),
            ordinal,
            style: NumberStyle::Decimal,
            spans: Vec::new(),
        });
        let opening = key.map(|key| Opening { phrase: String::new(), key: Some(key.to_owned()) });
        let content = vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })];
        Block { number, opening, content, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn preamble(texts: &[&str]) -> Document {
        let blocks = texts.iter().map(|text| block(BlockKind::Preambular, None, None, text)).collect();
        Document { blocks, ..Document::default() }
    }

    fn check(documents: &[&Document], expected: &[&[Option<usize>]]) {
        let rows = align(documents);
        let found: Vec<&[Option<usize>]> = rows.iter().map(|row| row.blocks.as_slice()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_lost_paragraph_is_found_by_its_figures() {
        let english =
            preamble(&["Recalling resolution 98/1 of 2044,", "Recalling resolution 98/2 of 2045,", "Noting rule 7,"]);
        let french = preamble(&["Rappelant la résolution 98/1 de 2044,", "Notant la règle 7,"]);
        check(&[&english, &french], &[&[Some(0), Some(0)], &[Some(1), None], &[Some(2), Some(1)]]);
        check(&[&french, &english], &[&[Some(0), Some(0)], &[None, Some(1)], &[Some(1), Some(2)]]);
    }

    #[test]
    fn numbers_and_keys_hold_paragraphs_together_where_kinds_differ() {
        let one = block(BlockKind::Operative, Some(1), Some("deciding"), "Decides to ring the bells;");
        let two = block(BlockKind::Operative, Some(2), Some("requesting"), "Requests them to ring;");
        let item = block(BlockKind::Item, Some(2), Some("requesting"), "Prie de les sonner ;");
        let left = Document { blocks: vec![one.clone(), two], ..Document::default() };
        let right = Document { blocks: vec![one, item], ..Document::default() };
        check(&[&left, &right], &[&[Some(0), Some(0)], &[Some(1), Some(1)]]);
    }

    #[test]
    fn documents_without_blocks_and_many_versions_align() {
        let (empty, full) = (Document::default(), preamble(&["Noting the bells,"]));
        check(&[], &[]);
        check(&[&empty, &full], &[&[None, Some(0)]]);
        check(&[&full, &empty, &full], &[&[Some(0), None, Some(0)]]);
    }

    #[test]
    fn each_block_stands_in_one_row_even_where_much_is_lost() {
        let long = preamble(&vec!["Noting the bells,"; 1500]);
        let short = preamble(&["Noting the bells,"; 3]);
        let rows = align(&[&long, &short, &long]);
        for (version, length) in [(0, 1500), (1, 3), (2, 1500)] {
            let indexes: Vec<usize> = rows.iter().filter_map(|row| row.blocks[version]).collect();
            assert_eq!(indexes, (0..length).collect::<Vec<_>>());
        }
    }
}
