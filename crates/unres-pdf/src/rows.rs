//! Rows of a table: where one ends and the next begins, and which cells stand in each.

use crate::columns::{self, Columns};
use crate::direction::Direction;
use crate::line::Line;
use crate::table::{Region, Setting};
use crate::vocabulary::Vocabulary;
use unres_source::CellPlace;

/// The rows of a table on one page.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(crate) region: Region,
    columns: Columns,
    rhythm: Rhythm,
    direction: Direction,
    /// What is printed in each row.
    lines: Vec<Vec<Line>>,
}

/// The rows of a table.
pub(crate) fn rows(region: Region, pieces: &[Line], setting: Setting<'_>) -> Rows {
    let own = Columns::of(pieces);
    let open = setting.open.filter(|open| open.has_place_of(&region));
    let going_on = open.and_then(|open| Some((open.columns.going_on(&own, pieces)?, open.rhythm)));
    let (columns, rhythm) = match going_on {
        Some((columns, rhythm)) => (columns, Some(rhythm)),
        None => (own, None),
    };
    let lines: Vec<&[Line]> = columns::baselines(pieces).collect();
    let pairs = pairs(&lines, &columns, &region);
    let rhythm = rhythm.unwrap_or_else(|| Rhythm::of(&pairs, size_of(pieces), setting.leading));
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for (line, step) in lines.iter().zip(std::iter::once(Step::Ruled).chain(pairs.iter().map(|pair| pair.step))) {
        let empty = match step {
            Step::Ruled => Some(0),
            Step::By(step) => (step > rhythm.apart).then(|| empty_rows(step / rhythm.usual)),
        };
        if let Some(empty) = empty {
            rows.extend(std::iter::repeat_with(Vec::new).take(empty + 1));
        }
        if let Some(row) = rows.last_mut() {
            row.extend_from_slice(line);
        }
    }
    Rows { region, columns, rhythm, direction: setting.direction, lines: rows }
}

/// How far apart lines of one cell and rows are.
#[derive(Clone, Copy, Debug)]
struct Rhythm {
    /// Lines further apart are of two rows.
    apart: f32,
    /// From row to row, where both are one line.
    usual: f32,
}

/// How a line stands below another.
#[derive(Clone, Copy, Debug)]
struct Pair {
    step: Step,
    tells: Tells,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A drawn line parts the two.
    Ruled,
    /// From baseline to baseline.
    By(f32),
}

/// What the cells of two lines tell of whether they are one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tells {
    /// A cell goes on below a line that had no room for its next word.
    OneRow,
    /// There was room for the next word.
    TwoRows,
    Nothing,
}

/// Steps that differ by less are the same.
const ALIKE: f32 = 1.18;

impl Rhythm {
    /// The rhythm that the steps between lines show; `leading` is that of running text.
    fn of(pairs: &[Pair], size: f32, leading: f32) -> Self {
        /// Lines of one cell are at most so far apart where no cell tells, in sizes of the letter.
        const CLOSE: f32 = 1.5;
        let steps = || pairs.iter().filter_map(|pair| pair.step.length());
        let least = steps().fold(f32::MAX, f32::min);
        let count = |tells| {
            let short = pairs.iter().filter(|pair| pair.step.length().is_some_and(|step| step <= ALIKE * least));
            short.filter(|pair| pair.tells == tells).count()
        };
        let within = match count(Tells::OneRow).cmp(&count(Tells::TwoRows)) {
            std::cmp::Ordering::Greater => true,
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => least <= CLOSE * size,
        };
        let apart = if within { ALIKE * least } else { 0.9 * least };
        let usual = steps().filter(|step| *step > apart).fold(f32::MAX, f32::min);
        Self { apart, usual: usual.min(1.6 * leading * size) }
    }
}

impl Step {
    fn length(self) -> Option<f32> {
        match self {
            Self::Ruled => None,
            Self::By(step) => Some(step),
        }
    }
}

/// The lines of a table two by two. Where each row has drawn lines of its own, these alone part rows.
fn pairs(lines: &[&[Line]], columns: &Columns, region: &Region) -> Vec<Pair> {
    let mut inner = region.inner.iter().peekable();
    let mut pairs: Vec<Pair> = Vec::with_capacity(lines.len());
    for pair in lines.windows(2) {
        let [above, below] = pair else { continue };
        let y = |line: &[Line]| line.first().map_or(0.0, |piece| piece.y);
        let mut ruled = false;
        while inner.next_if(|rule| **rule < y(below)).is_some() {
            ruled = true;
        }
        let step = if ruled { Step::Ruled } else { Step::By(y(below) - y(above)) };
        pairs.push(Pair { step, tells: tells(above, below, columns) });
    }
    let between = |tells| pairs.iter().filter(|pair| pair.step.length().is_some() && pair.tells == tells).count();
    if region.inner.len() > 1 && between(Tells::TwoRows) <= between(Tells::OneRow) {
        for pair in pairs.iter_mut().filter(|pair| pair.step.length().is_some()) {
            pair.step = Step::By(0.0);
        }
    }
    pairs
}

fn tells(above: &[Line], below: &[Line], columns: &Columns) -> Tells {
    let columns_of = |line: &[Line]| line.iter().map(|piece| columns.range(piece)).collect::<Vec<_>>();
    let (upper, lower) = (columns_of(above), columns_of(below));
    let mut shared = false;
    for (piece, range) in below.iter().zip(&lower) {
        let over = above.iter().zip(&upper).find(|(_, upper)| upper.0 <= range.1 && range.0 <= upper.1);
        let Some((over, _)) = over else { continue };
        if columns.has_room(over, piece) {
            return Tells::TwoRows;
        }
        shared = true;
    }
    if shared && upper != lower { Tells::OneRow } else { Tells::Nothing }
}

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

/// The cells of a row that text stands in: first and last column, lines.
type RowCells = Vec<(usize, usize, Vec<Line>)>;

impl Rows {
    fn has_place_of(&self, region: &Region) -> bool {
        let near = |one: f32, other: f32| (one - other).abs() < 3.0;
        near(self.region.x0, region.x0) && near(self.region.x1, region.x1)
    }

    /// Whether the rows go on a table that ended at the foot of the page before.
    pub(crate) fn go_on(&self, before: &Self) -> bool {
        self.has_place_of(&before.region) && self.columns.len() == before.columns.len()
    }

    /// Whether the first row goes on the last one of the page before: its cells are some of that one's or in columns
    /// of text, and had no room there.
    pub(crate) fn go_on_row(&self, before: &[Line]) -> bool {
        let (Some(first), before) = (self.lines.first(), self.row_cells(before)) else { return false };
        let cells = self.row_cells(first);
        let goes_on = |(from, to, lines): &(usize, usize, Vec<Line>)| {
            let above = before.iter().find(|(first, last, _)| first == from && last == to);
            let ends = above.and_then(|(.., lines)| lines.last()).zip(lines.first());
            ends.is_some_and(|(above, below)| !self.columns.has_room(above, below))
        };
        let some = || cells.len() < before.len() || cells.iter().all(|(from, to, _)| self.columns.are_wide(*from, *to));
        !cells.is_empty() && cells.iter().all(goes_on) && some()
    }

    pub(crate) fn last(&self) -> &[Line] {
        self.lines.last().map_or(&[], Vec::as_slice)
    }

    /// Drops the rows that repeat the head of the table on a new page, and the free space below them, which may be the rest of a row that the end of
    /// the page cuts.
    pub(crate) fn drop_repeated_head(&mut self, first: &Self) {
        let text = |row: &[Line]| row.iter().map(Line::text).collect::<Vec<_>>();
        let same = |(one, other): &(&Vec<Line>, &Vec<Line>)| text(one) == text(other);
        let repeated = self.lines.iter().zip(&first.lines).take_while(same).count();
        let empty = self.lines.iter().skip(repeated).take_while(|row| row.is_empty()).count();
        self.lines.drain(..repeated + empty);
    }

    /// The cells of the first row, which goes on row `row` of the page before.
    pub(crate) fn take_first(&mut self, table: u32, row: u32, words: &Vocabulary) -> Vec<(CellPlace, Vec<Line>)> {
        if self.lines.is_empty() {
            return Vec::new();
        }
        let lines = self.lines.remove(0);
        let cells = self.row_cells(&lines).into_iter();
        cells.map(|(from, to, lines)| (self.place(table, row, from, to), self.mend_words(to, lines, words))).collect()
    }

    /// The cells row by row, each with its lines; `row` is the number of the first row. A column's cell that no line stands in is empty.
    pub(crate) fn cells(self, table: u32, row: u32, words: &Vocabulary) -> Vec<(CellPlace, Vec<Line>)> {
        let mut cells = Vec::new();
        let mut header = row == 0;
        for (index, lines) in self.lines.iter().enumerate() {
            let row = row + u32::try_from(index).unwrap_or(u32::MAX);
            header &= !lines.is_empty() && lines.iter().all(is_emphasised);
            for (from, to, lines) in self.with_empty(self.row_cells(lines)) {
                let place = CellPlace { header, ..self.place(table, row, from, to) };
                cells.push((place, self.mend_words(to, lines, words)));
            }
        }
        cells
    }

    /// The place of a cell from one column on the page to another.
    fn place(&self, table: u32, row: u32, from: usize, to: usize) -> CellPlace {
        let first = match self.direction {
            Direction::LeftToRight => from,
            Direction::RightToLeft => self.columns.len() - 1 - to,
        };
        let narrow = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
        CellPlace { table, row, column: narrow(first), more_columns: narrow(to - from), more_rows: 0, header: false }
    }

    fn row_cells(&self, lines: &[Line]) -> RowCells {
        let mut cells: RowCells = Vec::new();
        for line in lines {
            let (first, last) = self.columns.range(line);
            match cells.iter_mut().find(|(from, to, _)| *from <= last && first <= *to) {
                Some((from, to, lines)) => {
                    (*from, *to) = (first.min(*from), last.max(*to));
                    lines.push(line.clone());
                }
                None => cells.push((first, last, vec![line.clone()])),
            }
        }
        for (from, to, lines) in &mut cells {
            if from < to && self.ends_early(*to, lines) {
                *to = *from;
            }
        }
        cells
    }

    /// Whether the lines of a cell break before words for which there is room up to the end of a column: its border is drawn across the column, in which
    /// another cell stands.
    fn ends_early(&self, to: usize, lines: &[Line]) -> bool {
        let breaks = |above: &Line, below: &Line| {
            let goes_on = below.text().starts_with(char::is_lowercase);
            goes_on && self.columns.range(above).1 == to && self.columns.has_room(above, below)
        };
        let is_broken = |pair: &[Line]| matches!(pair, [above, below] if breaks(above, below));
        self.direction == Direction::LeftToRight && lines.windows(2).any(is_broken)
    }

    /// All cells of a row in the order of reading.
    fn with_empty(&self, mut cells: RowCells) -> RowCells {
        for column in 0..self.columns.len() {
            if !cells.iter().any(|(from, to, _)| (*from..=*to).contains(&column)) {
                cells.push((column, column, Vec::new()));
            }
        }
        cells.sort_by_key(|(from, ..)| *from);
        if self.direction == Direction::RightToLeft {
            cells.reverse();
        }
        cells
    }

    /// Joins words that a column too narrow for them breaks without a hyphen: the line is one word to which the cell has no room for a letter more, and
    /// the next goes on with a small letter.
    fn mend_words(&self, column: usize, lines: Vec<Line>, words: &Vocabulary) -> Vec<Line> {
        let end = self.end_of(column);
        let mut mended: Vec<Line> = Vec::new();
        for line in lines {
            let breaks = |above: &&mut Line| {
                let (above_text, text) = (above.text(), line.text());
                self.direction == Direction::LeftToRight
                    && text.starts_with(char::is_lowercase)
                    && !above_text.contains(' ')
                    && above_text.ends_with(char::is_alphabetic)
                    && above.x1 + line.first_letter > end
                    && words.is_one_word(&above_text, &text)
            };
            match mended.last_mut().filter(breaks) {
                Some(above) => above.runs.extend(line.runs),
                None => mended.push(line),
            }
        }
        mended
    }

    /// Where the text of a column must end: cells have the padding that the first one shows.
    fn end_of(&self, column: usize) -> f32 {
        let padding = self.columns.iter().next().map_or(0.0, |first| first.x0 - self.region.x0).max(0.0);
        self.columns.iter().nth(column + 1).map_or(self.region.x1 - padding, |next| next.x0 - 2.0 * padding)
    }

    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.lines.len()).unwrap_or(u32::MAX)
    }
}

fn is_emphasised(line: &Line) -> bool {
    line.runs.iter().all(|run| run.face.bold || run.face.italic || run.text.trim().is_empty())
}
