//! Tables: where drawn lines of one length stand above and below text in columns.

use crate::direction::Direction;
use crate::glyph::{Page, Stroke};
use crate::line::Line;
use unres_source::CellPlace;

/// A part of a page between two drawn lines, or below the last one, that may hold rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) top: f32,
    pub(crate) bottom: f32,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Heights of the lines drawn inside it.
    inner: Vec<f32>,
}

/// Cells are apart by at least this; in sizes of the letter. Words are apart by less.
pub(crate) const CELL_GAP: f32 = 0.7;

impl Region {
    pub(crate) fn holds(&self, y: f32) -> bool {
        self.top < y && y < self.bottom
    }
}

/// A drawn line across the page.
#[derive(Clone, Copy, Debug)]
struct Rule {
    x0: f32,
    x1: f32,
    y: f32,
}

impl Rule {
    fn is_as_long_as(&self, other: &Self) -> bool {
        (self.x0 - other.x0).abs() < 3.0 && (self.x1 - other.x1).abs() < 3.0
    }
}

/// The type area of a page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

/// The parts of a page that may hold tables: from each long drawn line in the type area to the next of its length, or to the end. When the page before
/// ended with the table `open`, that goes on to the first line of its length.
pub(crate) fn regions(page: &Page, bounds: Bounds, open: Option<&Rows>) -> Vec<Region> {
    /// Lines of a table stand out by the padding of its cells.
    const PADDING: f32 = 12.0;
    let rules = rules(&page.strokes);
    let long = |rule: &&Rule| rule.x1 - rule.x0 > 0.4 * (bounds.right - bounds.left);
    let inside = |rule: &&Rule| rule.x0 > bounds.left - PADDING && rule.x1 < bounds.right + PADDING;
    let rules: Vec<Rule> = rules.iter().filter(long).filter(inside).copied().collect();
    let above = open.map(|open| Rule { x0: open.region.x0, x1: open.region.x1, y: bounds.top });
    let tops = above.into_iter().chain(rules.iter().copied());
    let region = |top: Rule| {
        let next = rules.iter().find(|below| below.y > top.y + 1.0 && below.is_as_long_as(&top));
        let bottom = next.map_or(bounds.bottom, |next| next.y);
        Region { top: top.y, bottom, x0: top.x0, x1: top.x1, inner: Vec::new() }
    };
    tops.map(region).filter(|region| region.bottom - region.top > 4.0).collect()
}

/// The horizontal strokes from top to bottom; those that go on each other are one.
fn rules(strokes: &[Stroke]) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    let mut strokes: Vec<&Stroke> = strokes.iter().filter(|stroke| stroke.is_horizontal()).collect();
    strokes
        .sort_by(|a, b| (a.y0.round(), a.x0).partial_cmp(&(b.y0.round(), b.x0)).unwrap_or(std::cmp::Ordering::Equal));
    for stroke in strokes {
        match rules.last_mut() {
            Some(last) if (last.y - stroke.y0).abs() < 1.5 && stroke.x0 - last.x1 < 3.0 => {
                last.x1 = last.x1.max(stroke.x1);
            }
            _ => rules.push(Rule { x0: stroke.x0, x1: stroke.x1, y: stroke.y0 }),
        }
    }
    rules
}

/// The tables in some regions, of pieces that gaps as between cells part; `leading` is the pitch of lines in sizes of the letter.
pub(crate) fn tables(regions: Vec<Region>, pieces: &[Line], leading: f32, direction: Direction) -> Vec<(Region, Rows)> {
    let mut found: Vec<(Region, Vec<Line>)> = Vec::new();
    for region in regions {
        let inside: Vec<Line> = pieces.iter().filter(|piece| region.holds(piece.y)).cloned().collect();
        let stands_out = |piece: &Line| piece.x0 < region.x0 - 2.0 || piece.x1 > region.x1 + 2.0;
        if inside.iter().any(stands_out) || !stands_in_columns(&inside) {
            continue;
        }
        match found.last_mut().filter(|(above, _)| (above.bottom - region.top).abs() < 0.1) {
            Some((above, lines)) => {
                above.inner.push(region.top);
                above.bottom = region.bottom;
                lines.extend(inside);
            }
            None => found.push((region, inside)),
        }
    }
    found
        .into_iter()
        .filter_map(|(region, pieces)| Some((region.clone(), rows(region, pieces, leading, direction)?)))
        .collect()
}

/// Whether many lines have more than one piece.
fn stands_in_columns(pieces: &[Line]) -> bool {
    let lines = || baselines(pieces);
    let parted = lines().filter(|line| line.len() > 1).count();
    parted > 0 && parted * 10 >= lines().count() * 4
}

fn baselines(pieces: &[Line]) -> impl Iterator<Item = &[Line]> {
    pieces.chunk_by(|one, next| next.y - one.y < 0.25 * one.size)
}

fn rows(region: Region, pieces: Vec<Line>, leading: f32, direction: Direction) -> Option<Rows> {
    let mut columns = columns(&baselines(&pieces).collect::<Vec<_>>());
    if columns.len() < 2 {
        return None;
    }
    if direction == Direction::RightToLeft {
        columns.reverse();
    }
    let is_grid = region.inner.len() > 1;
    let steps = || {
        pieces.windows(2).filter_map(|pair| match pair {
            [one, next] if next.y - one.y > 0.25 * one.size => Some(next.y - one.y),
            _ => None,
        })
    };
    let least = steps().fold(f32::MAX, f32::min);
    // Lines of one cell are closer than rows; where no two lines are close, each is a row.
    let apart_by = if least <= CLOSE * size_of(&pieces) { 1.18 * least } else { 0.9 * least };
    let apart = |above: f32, piece: &Line| {
        let crosses = region.inner.iter().any(|rule| above < *rule && *rule < piece.y);
        crosses || (!is_grid && piece.y - above > apart_by)
    };
    let usual = steps().filter(|step| *step > apart_by).fold(f32::MAX, f32::min);
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut above: Option<f32> = None;
    for piece in pieces {
        match above {
            Some(above) if !apart(above, &piece) => {}
            Some(above) if !is_grid => {
                let usual = usual.min(1.6 * leading * piece.size);
                rows.extend(std::iter::repeat_with(Vec::new).take(empty_rows((piece.y - above) / usual)));
                rows.push(Vec::new());
            }
            _ => rows.push(Vec::new()),
        }
        above = Some(piece.y);
        if let Some(row) = rows.last_mut() {
            row.push(piece);
        }
    }
    Some(Rows { region, columns, lines: rows, direction })
}

/// Lines of one cell are at most this far apart, in sizes of the letter.
const CLOSE: f32 = 1.5;

/// The size of most pieces.
fn size_of(pieces: &[Line]) -> f32 {
    let mut sizes: Vec<f32> = pieces.iter().map(|piece| piece.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
}

/// Rows without text show as a gap of several rows.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn empty_rows(steps: f32) -> usize {
    (steps.round() - 1.0).clamp(0.0, 3.0) as usize
}

/// The rows of a table on one page.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    region: Region,
    columns: Vec<Column>,
    /// What is printed in each row.
    lines: Vec<Vec<Line>>,
    direction: Direction,
}

/// Where a column stands.
#[derive(Clone, Copy, Debug)]
struct Column {
    x0: f32,
    x1: f32,
}

/// The columns: stretches that text stands in, parted by stretches that it leaves free in all lines but those that span columns.
fn columns(lines: &[&[Line]]) -> Vec<Column> {
    let most = lines.iter().map(|line| line.len()).max().unwrap_or(0);
    // Lines with several pieces show the columns; one alone may span them.
    let mut stretches: Vec<Column> = lines
        .iter()
        .filter(|line| line.len() > 1 || most == 1)
        .flat_map(|line| line.iter().map(|piece| Column { x0: piece.x0, x1: piece.x1 }))
        .collect();
    stretches.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut columns: Vec<Column> = Vec::new();
    for stretch in stretches {
        match columns.last_mut() {
            Some(last) if stretch.x0 < last.x1 + 1.0 => last.x1 = last.x1.max(stretch.x1),
            _ => columns.push(stretch),
        }
    }
    columns
}

impl Rows {
    /// Whether the rows go on a table that ended at the foot of the page before.
    pub(crate) fn go_on(&self, before: &Self) -> bool {
        let near = |one: f32, other: f32| (one - other).abs() < 3.0;
        near(self.region.x0, before.region.x0)
            && near(self.region.x1, before.region.x1)
            && self.columns.len() == before.columns.len()
    }

    /// Drops the rows that repeat the head of the table on a new page.
    pub(crate) fn drop_repeated_head(&mut self, first: &Self) {
        let text = |row: &[Line]| row.iter().map(Line::text).collect::<Vec<_>>();
        let same = |(one, other): &(&Vec<Line>, &Vec<Line>)| text(one) == text(other);
        let repeated = self.lines.iter().zip(&first.lines).take_while(same).count();
        self.lines.drain(..repeated);
    }

    /// The cells row by row, each with its lines; `row` is the number of the first row. A column's cell that no line stands in is empty.
    pub(crate) fn cells(self, table: u32, row: u32) -> Vec<(CellPlace, Vec<Line>)> {
        let mut cells = Vec::new();
        let mut header = row == 0;
        for (index, lines) in self.lines.iter().enumerate() {
            let row = row + u32::try_from(index).unwrap_or(u32::MAX);
            header &= !lines.is_empty() && lines.iter().all(is_emphasised);
            for (column, more_columns, lines) in row_cells(&self.columns, lines) {
                let place = CellPlace { table, row, column, more_columns, more_rows: 0, header };
                cells.push((place, self.mend_words(column + more_columns, lines)));
            }
        }
        cells
    }

    /// Joins words that a column too narrow for them breaks without a hyphen: the line is one word and fills the cell, and the next goes on with
    /// a small letter.
    fn mend_words(&self, column: u16, lines: Vec<Line>) -> Vec<Line> {
        let column = usize::from(column);
        let padding = self.columns.first().map_or(0.0, |first| first.x0 - self.region.x0).max(0.0);
        let next = self.columns.get(column + 1).map_or(self.region.x1 - padding, |next| next.x0 - 2.0 * padding);
        let mut mended: Vec<Line> = Vec::new();
        for line in lines {
            let breaks = |above: &&mut Line| {
                let text = above.text();
                let small = line.text().chars().next().is_some_and(char::is_lowercase);
                small
                    && !text.contains(' ')
                    && above.x1 + 0.45 * above.size > next
                    && self.direction == Direction::LeftToRight
            };
            match mended.last_mut().filter(breaks) {
                Some(above) => above.runs.extend(line.runs),
                None => mended.push(line),
            }
        }
        mended
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }
}

/// The cells of a row: first column, further columns, lines.
fn row_cells(columns: &[Column], lines: &[Line]) -> Vec<(u16, u16, Vec<Line>)> {
    let mut cells: Vec<(usize, usize, Vec<Line>)> = Vec::new();
    for line in lines {
        let covers = |column: &Column| line.x0 < column.x1 && column.x0 < line.x1;
        let nearest = || columns.iter().rposition(|column| column.x0 <= line.x0).unwrap_or(0);
        let first = columns.iter().position(covers).unwrap_or_else(nearest);
        let last = columns.iter().rposition(covers).unwrap_or(first);
        match cells.iter_mut().find(|(from, to, _)| *from <= last && first <= *to) {
            Some((from, to, lines)) => {
                (*from, *to) = (first.min(*from), last.max(*to));
                lines.push(line.clone());
            }
            None => cells.push((first, last, vec![line.clone()])),
        }
    }
    for column in 0..columns.len() {
        if !cells.iter().any(|(from, to, _)| (*from..=*to).contains(&column)) {
            cells.push((column, column, Vec::new()));
        }
    }
    cells.sort_by_key(|(from, ..)| *from);
    let narrow = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    cells.into_iter().map(|(from, to, lines)| (narrow(from), narrow(to - from), lines)).collect()
}

fn is_emphasised(line: &Line) -> bool {
    line.runs.iter().all(|run| run.face.bold || run.face.italic || run.text.trim().is_empty())
}
