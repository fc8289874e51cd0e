//! Columns of a table: the stretches that text stands in, parted by gaps that most of its lines leave free.

use crate::line::Line;

/// Where a column stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(crate) x0: f32,
    pub(crate) x1: f32,
}

impl Column {
    fn of(piece: &Line) -> Self {
        Self { x0: piece.x0, x1: piece.x1 }
    }

    fn and(self, other: Self) -> Self {
        Self { x0: self.x0.min(other.x0), x1: self.x1.max(other.x1) }
    }
}

/// The columns of a table from left to right.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    columns: Vec<Column>,
    /// How many lines show them.
    lines: usize,
}

/// Ends of pieces that stand in line differ by less, in points.
const NEAR: f32 = 3.0;

/// The lines of some pieces that are sorted by height.
pub(crate) fn baselines(pieces: &[Line]) -> impl Iterator<Item = &[Line]> {
    pieces.chunk_by(|one, next| next.y - one.y < 0.25 * one.size)
}

impl Columns {
    /// The columns of some pieces. Lines with several pieces show them; one alone may span them.
    pub(crate) fn of(pieces: &[Line]) -> Self {
        let lines: Vec<&[Line]> = baselines(pieces).filter(|line| line.len() > 1).collect();
        let gutters = gutters(&lines);
        let mut columns = vec![None; gutters.len() + 1];
        for piece in lines.iter().copied().flatten() {
            let column = gutters.partition_point(|gutter| gutter.x0 < piece.x0 + 0.1);
            let spans = gutters.get(column).is_some_and(|gutter| gutter.x1 < piece.x1);
            if let Some(column) = columns.get_mut(column).filter(|_| !spans) {
                *column = Some(column.map_or(Column::of(piece), |known: Column| known.and(Column::of(piece))));
            }
        }
        let mut columns = Self { columns: columns.into_iter().flatten().collect(), lines: lines.len() };
        columns.join_exclusive(&lines);
        for line in baselines(pieces) {
            if let [alone] = line {
                columns.widen(alone);
            }
        }
        columns
    }

    /// Makes the column wide enough for a piece that stands alone in its line and in one column.
    fn widen(&mut self, piece: &Line) {
        let Some(index) = self.iter().position(|column| (column.x0 - piece.x0).abs() < NEAR) else { return };
        let ends = self.columns.get(index + 1).map_or(f32::MAX, |next| next.x0);
        if let Some(column) = self.columns.get_mut(index).filter(|_| piece.x1 < ends) {
            column.x1 = column.x1.max(piece.x1);
        }
    }

    /// Makes one column of two that no line has text in both of: a head is often set elsewhere than the figures below it.
    fn join_exclusive(&mut self, lines: &[&[Line]]) {
        let mut both = vec![false; self.columns.len()];
        for line in lines {
            let mut ranges: Vec<(usize, usize)> = line.iter().map(|piece| self.range(piece)).collect();
            ranges.sort_unstable();
            for pair in ranges.windows(2) {
                let [left, right] = pair else { continue };
                if let Some(both) = both.get_mut(left.1).filter(|_| right.0 == left.1 + 1) {
                    *both = true;
                }
            }
        }
        let mut joined: Vec<Column> = Vec::new();
        for (index, column) in self.columns.iter().enumerate() {
            let apart = index.checked_sub(1).is_none_or(|left| both.get(left) == Some(&true));
            match joined.last_mut() {
                Some(last) if !apart => *last = last.and(*column),
                _ => joined.push(*column),
            }
        }
        self.columns = joined;
    }

    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    pub(crate) fn lines(&self) -> usize {
        self.lines
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Column> {
        self.columns.iter()
    }

    /// The columns of a table that goes on with other lines: both show them, or those lines fit in. Nothing where they do not.
    pub(crate) fn going_on(&self, below: &Self, pieces: &[Line]) -> Option<Self> {
        if self.len() == below.len() {
            let columns: Vec<Column> = self.iter().zip(below.iter()).map(|(one, other)| one.and(*other)).collect();
            let apart = columns.windows(2).all(|pair| matches!(pair, [left, right] if left.x1 < right.x0));
            return apart.then_some(Self { columns, lines: self.lines + below.lines });
        }
        let mut lines = baselines(pieces).filter(|line| line.len() > 1);
        lines.all(|line| self.fit(line)).then(|| self.clone())
    }

    /// The columns that a piece stands in, by index.
    pub(crate) fn covered<'a>(&'a self, piece: &'a Line) -> impl Iterator<Item = usize> + 'a {
        let covers =
            |(index, column): (usize, &Column)| (piece.x0 < column.x1 && column.x0 < piece.x1).then_some(index);
        self.iter().enumerate().filter_map(covers)
    }

    /// The first and the last column of a piece; beside all, the one before it.
    pub(crate) fn range(&self, piece: &Line) -> (usize, usize) {
        let first = self.covered(piece).next();
        let first = first.unwrap_or_else(|| self.iter().rposition(|column| column.x0 <= piece.x0).unwrap_or(0));
        (first, self.covered(piece).last().unwrap_or(first))
    }

    /// Whether a piece stands in one column and begins or ends where that does.
    pub(crate) fn begins_at(&self, piece: &Line) -> bool {
        let in_line = |column: &Column| (column.x0 - piece.x0).abs() < NEAR || (column.x1 - piece.x1).abs() < NEAR;
        self.covered(piece).count() == 1 && self.iter().any(in_line)
    }

    /// Whether the pieces of a line stand in columns of their own, and most of them in line with those.
    pub(crate) fn fit(&self, line: &[Line]) -> bool {
        let ranges: Vec<(usize, usize)> = line.iter().map(|piece| self.range(piece)).collect();
        let apart = |(index, one): (usize, &(usize, usize))| {
            ranges.iter().skip(index + 1).all(|other| one.1 < other.0 || other.1 < one.0)
        };
        let in_line = line.iter().filter(|piece| self.is_in_line(piece)).count();
        ranges.iter().enumerate().all(apart) && in_line * 2 > line.len()
    }

    /// Whether a piece begins, ends or has its middle where its columns do.
    fn is_in_line(&self, piece: &Line) -> bool {
        let (first, last) = self.range(piece);
        let (Some(first), Some(last)) = (self.columns.get(first), self.columns.get(last)) else { return false };
        let near = |one: f32, other: f32| (one - other).abs() < NEAR;
        near(first.x0, piece.x0) || near(last.x1, piece.x1) || near(first.x0 + last.x1, piece.x0 + piece.x1)
    }

    /// Whether some columns are as wide as those of words are; figures fill theirs.
    pub(crate) fn are_wide(&self, first: usize, last: usize) -> bool {
        /// In points.
        const WIDE: f32 = 72.0;
        let ends = self.columns.get(first).zip(self.columns.get(last));
        ends.is_some_and(|(first, last)| last.x1 - first.x0 > WIDE)
    }

    /// Whether the first word of a line had stood in its cell beside the line above, so that no line end parts the two.
    pub(crate) fn has_room(&self, above: &Line, below: &Line) -> bool {
        let (first, last) = self.range(above);
        let (Some(first), Some(last)) = (self.columns.get(first), self.columns.get(last)) else { return false };
        let free = (last.x1 - first.x0) - (above.x1 - above.x0);
        free > below.first_word + 0.25 * above.size
    }
}

/// The gaps between columns: where lines are parted, and at least three times as many as go over.
fn gutters(lines: &[&[Line]]) -> Vec<Column> {
    /// A gap that is narrower is none.
    const NARROW: f32 = 1.0;
    let mut ends: Vec<(f32, i32, i32)> = Vec::new();
    for line in lines {
        let mut pieces: Vec<&Line> = line.iter().collect();
        pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        ends.extend(pieces.iter().flat_map(|piece| [(piece.x0, 1, 0), (piece.x1, -1, 0)]));
        let gaps = pieces.windows(2).filter_map(|pair| match pair {
            [left, right] => Some([(left.x1, 0, 1), (right.x0, 0, -1)]),
            _ => None,
        });
        ends.extend(gaps.flatten());
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut gutters: Vec<Column> = Vec::new();
    let (mut over, mut parted) = (0, 0);
    for pair in ends.windows(2) {
        let [(x0, text, gap), (x1, ..)] = pair else { continue };
        (over, parted) = (over + text, parted + gap);
        if parted > 0 && over * 3 <= parted {
            match gutters.last_mut() {
                Some(last) if *x0 - last.x1 < 0.01 => last.x1 = *x1,
                _ => gutters.push(Column { x0: *x0, x1: *x1 }),
            }
        }
    }
    gutters.retain(|gutter| gutter.x1 - gutter.x0 >= NARROW);
    gutters
}
