//! Tables that a text sets as on a page: rows whose last column holds figures, one below the other, with wide gaps between the columns.

use crate::lines::{LineKind, ReadLines, TextStyle};
use crate::loose_table::is_figure;
use crate::pages;
use std::collections::BTreeMap;
use unres_source::{Line, Source};

/// The lines of tables.
#[derive(Default)]
pub(crate) struct Grids {
    /// The number of the table of each.
    tables: BTreeMap<usize, usize>,
}

impl Grids {
    pub(crate) fn of(source: &Source, read: &ReadLines) -> Self {
        let mut grids = Self::default();
        // A file with pages says where its cells are.
        let is_text = read.style == TextStyle::Wrapped && source.lines().iter().all(|line| line.origin.page.is_none());
        if !is_text {
            return grids;
        }
        let of_kind = source.lines().iter().zip(&read.lines).enumerate();
        let texts = of_kind.filter(|(_, (line, read))| read.kind == LineKind::Text && !line.span.is_empty());
        let lines: Vec<Printed<'_>> = texts.map(|(index, (line, _))| Printed::of(source, index, line)).collect();
        let mut at = 0;
        while let Some(first) = lines.iter().skip(at).position(Printed::is_row).map(|next| at + next) {
            let (rows, end) = rows_from(&lines, first);
            at = end;
            if rows >= LEAST_ROWS {
                let table = grids.tables.len();
                let start = first - lines_above(&lines, first);
                grids.tables.extend(lines[start..end].iter().map(|line| (line.index, table)));
            }
        }
        grids
    }

    /// The table that a line stands in.
    pub(crate) fn table_of(&self, line: usize) -> Option<usize> {
        self.tables.get(&line).copied()
    }
}

/// Fewer rows are two numbers that stand below each other by chance.
const LEAST_ROWS: usize = 3;
/// Lines of text between two rows: the label of one.
const MOST_BETWEEN: usize = 6;
/// Empty lines between two lines of a table.
const MOST_EMPTY: u32 = 3;

/// A line as a page shows it.
struct Printed<'a> {
    index: usize,
    line: &'a Line,
    /// What wide gaps set apart.
    columns: Vec<Column<'a>>,
}

struct Column<'a> {
    /// Where it begins and ends, in half squares from the edge.
    start: usize,
    end: usize,
    text: &'a str,
}

impl<'a> Printed<'a> {
    fn of(source: &'a Source, index: usize, line: &'a Line) -> Self {
        const GAP: &str = "   ";
        let text = source.slice(line.span);
        let mut columns = Vec::new();
        let (mut at, mut column) = (0, line.layout.indent as usize);
        while let Some(rest) = text.get(at..).map(str::trim_start).filter(|rest| !rest.is_empty()) {
            column += text.len() - at - rest.len();
            let cell = rest.split(GAP).next().unwrap_or(rest).trim_end();
            let end = column + pages::width(cell);
            columns.push(Column { start: column, end, text: cell });
            (at, column) = (text.len() - rest.len() + cell.len(), end);
        }
        Self { index, line, columns }
    }

    /// Whether its last column, but not its only one, is a figure.
    fn is_row(&self) -> bool {
        let [_, .., last] = self.columns.as_slice() else { return false };
        last.text.split_whitespace().all(is_figure)
    }

    /// Whether its last column stands below that of another row.
    fn is_below(&self, other: &Self) -> bool {
        let ends = self.columns.last().zip(other.columns.last());
        ends.is_some_and(|(own, other)| own.start.abs_diff(other.start) <= 1 || own.end.abs_diff(other.end) <= 1)
    }

    /// Whether it keeps to the columns of a row: it fills no more than the first, or has several itself, or stands below the others.
    fn keeps_to(&self, row: &Self) -> bool {
        let Some(second) = row.columns.get(1) else { return false };
        match self.columns.as_slice() {
            [only] => only.end < second.start || only.start + 1 >= second.start,
            columns => columns.len() > 1,
        }
    }

    fn is_close(&self) -> bool {
        self.line.layout.gap <= MOST_EMPTY && !self.line.layout.page_break
    }
}

/// How many rows follow each other from the first on, and where the last one ends.
fn rows_from(lines: &[Printed<'_>], first: usize) -> (usize, usize) {
    let (mut rows, mut last) = (1, first);
    while let Some(next) = lines[last + 1..].iter().take(MOST_BETWEEN + 1).position(Printed::is_row) {
        let next = last + 1 + next;
        let row = &lines[last];
        let fits = lines[last + 1..=next].iter().all(|line| line.is_close() && line.keeps_to(row));
        if !fits || !lines[next].is_below(row) {
            break;
        }
        (rows, last) = (rows + 1, next);
    }
    (rows, last + 1)
}

/// How many lines above the first row belong to it: the label that it goes on, and the heads of columns, which stand further in than the labels or are
/// several in a line.
fn lines_above(lines: &[Printed<'_>], first: usize) -> usize {
    const SET_IN: usize = 8;
    let row = &lines[first];
    let label = row.columns.first().map_or(0, |column| column.start);
    let (mut above, mut headed) = (0, false);
    let mut below = row;
    for line in lines[..first].iter().rev().take(MOST_BETWEEN) {
        let begin = line.columns.first().map_or(0, |column| column.start);
        // The number of a document and its title stand in columns too.
        let numbered = line.columns.first().is_some_and(|column| column.text.starts_with(char::is_numeric));
        let several = line.columns.len() > 1 && !numbered;
        let is_head = (several || begin >= label + SET_IN) && line.keeps_to(row);
        let is_label =
            !headed && below.line.layout.gap == 0 && begin == label && line.columns.len() == 1 && line.keeps_to(row);
        if !below.is_close() || !(is_head || is_label) {
            break;
        }
        above += 1;
        headed |= is_head;
        below = line;
    }
    above
}
