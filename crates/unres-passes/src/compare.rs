//! Where the versions of one document differ in shape.

use crate::align::{Row, align, calls, ordinal};
use unres_model::{BlockKind, Document};

/// The versions of a document side by side, and where they differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The blocks of all versions.
    pub rows: Vec<Row>,
    /// What differs, in the order of the rows.
    pub differences: Vec<Difference>,
}

/// A version that is not like most of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Index of the row.
    pub row: usize,
    /// Index of the version.
    pub version: usize,
    /// What differs.
    pub aspect: Aspect,
}

/// What may differ. `others` is what most of the versions have, or the first of them where no value has more than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// This version lacks the block.
    Missing,
    /// Only this version, or fewer than half, have the block.
    Extra,
    /// The kind of the block.
    Kind {
        /// In this version.
        here: BlockKind,
        /// In the others.
        others: BlockKind,
    },
    /// The number that the block states.
    Number {
        /// In this version.
        here: Option<u32>,
        /// In the others.
        others: Option<u32>,
    },
    /// The level in a list.
    Level {
        /// In this version.
        here: u16,
        /// In the others.
        others: u16,
    },
    /// How many notes it calls.
    Calls {
        /// In this version.
        here: usize,
        /// In the others.
        others: usize,
    },
}

/// Compares the versions of a document: the languages of a resolution, or what several readers made of one file. The lines of the masthead and the
/// closing lines, which languages set in another order, are aligned and not compared.
pub fn compare(versions: &[&Document]) -> Comparison {
    let rows = align(versions);
    let levels: Vec<Vec<u16>> = versions.iter().map(|document| document.levels()).collect();
    let mut differences = Vec::new();
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !is_frame(versions, row)) {
        let found = present(row).count();
        for (version, aspect) in differing(versions, &levels, row) {
            differences.push(Difference { row: index, version, aspect });
        }
        let lost = 2 * found >= versions.len();
        for (version, block) in row.blocks.iter().enumerate() {
            match (block, lost) {
                (None, true) => differences.push(Difference { row: index, version, aspect: Aspect::Missing }),
                (Some(_), false) => differences.push(Difference { row: index, version, aspect: Aspect::Extra }),
                _ => {}
            }
        }
    }
    Comparison { rows, differences }
}

/// The versions that have the block of a row, with its index.
fn present(row: &Row) -> impl Iterator<Item = (usize, usize)> {
    row.blocks.iter().enumerate().filter_map(|(version, block)| Some((version, (*block)?)))
}

/// Whether a row is one of the masthead or of the closing lines.
fn is_frame(versions: &[&Document], row: &Row) -> bool {
    let is_frame = |kind| matches!(kind, BlockKind::Masthead | BlockKind::Adoption);
    present(row).all(|(version, block)| is_frame(versions[version].blocks[block].kind))
}

/// What differs among the versions that have the block.
fn differing(versions: &[&Document], levels: &[Vec<u16>], row: &Row) -> Vec<(usize, Aspect)> {
    let block = |(version, block): (usize, usize)| &versions[version].blocks[block];
    let mut found = Vec::new();
    found.extend(odd(row, |at| block(at).kind, |here, others| Aspect::Kind { here, others }));
    found.extend(odd(row, |at| ordinal(block(at)), |here, others| Aspect::Number { here, others }));
    found.extend(odd(row, |(version, block)| levels[version][block], |here, others| Aspect::Level { here, others }));
    found.extend(odd(row, |at| calls(block(at)), |here, others| Aspect::Calls { here, others }));
    found
}

/// The versions whose value is not the most common one.
fn odd<T: PartialEq + Copy>(
    row: &Row,
    value: impl Fn((usize, usize)) -> T,
    aspect: impl Fn(T, T) -> Aspect,
) -> Vec<(usize, Aspect)> {
    let values: Vec<(usize, T)> = present(row).map(|at| (at.0, value(at))).collect();
    let votes = |wanted: T| values.iter().filter(|(_, value)| *value == wanted).count();
    // Of equal counts the first wins, where `max_by_key` takes the last.
    let common = values.iter().rev().max_by_key(|(_, value)| votes(*value)).map(|(_, value)| *value);
    let Some(common) = common else { return Vec::new() };
    values
        .into_iter()
        .filter(|(_, value)| *value != common)
        .map(|(version, here)| (version, aspect(here, common)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Block, Inline, Number, NumberStyle, Text};
    use unres_source::RuleId;

    fn paragraph(kind: BlockKind, ordinal: u32, text: &str) -> Block {
        let number =
            Some(Number { printed: ordinal.to_string(), ordinal, style: NumberStyle::Decimal, spans: Vec::new() });
        let content = vec![Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })];
        Block { number, content, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn document(ordinals: &[u32]) -> Document {
        let text = |ordinal| format!("Decides to ring the bell of 20{ordinal};");
        let blocks = ordinals.iter().map(|ordinal| paragraph(BlockKind::Operative, *ordinal, &text(ordinal))).collect();
        Document { blocks, ..Document::default() }
    }

    fn check(versions: &[&Document], expected: &[(usize, usize, Aspect)]) {
        let found = compare(versions).differences;
        let found: Vec<_> = found.iter().map(|one| (one.row, one.version, one.aspect)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_paragraph_that_one_language_lost_is_told() {
        let (whole, lacking) = (document(&[41, 42, 43]), document(&[41, 43]));
        check(&[&whole, &whole], &[]);
        check(&[&whole, &lacking, &whole], &[(1, 1, Aspect::Missing)]);
        check(&[&lacking, &whole, &lacking], &[(1, 1, Aspect::Extra)]);
        check(&[&lacking, &whole], &[(1, 0, Aspect::Missing)]);
    }

    #[test]
    fn the_version_that_differs_from_most_is_told() {
        let usual = document(&[41]);
        let mut odd = document(&[41]);
        odd.blocks[0].kind = BlockKind::Unnumbered;
        odd.blocks[0].number = None;
        let kind = Aspect::Kind { here: BlockKind::Unnumbered, others: BlockKind::Operative };
        let number = Aspect::Number { here: None, others: Some(41) };
        check(&[&odd, &usual, &usual], &[(0, 0, kind), (0, 0, number)]);
    }
}
