//! Tables: where drawn lines of one length stand above and below text in columns.

use crate::columns::{self, Columns};
use crate::direction::Direction;
use crate::glyph::{Page, Stroke};
use crate::line::Line;
use crate::rows::{self, Rows};

/// A part of a page between two drawn lines, or below the last one, that may hold rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Region {
    pub(crate) top: f32,
    pub(crate) bottom: f32,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Whether a line is drawn below it.
    pub(crate) closed: bool,
    /// Heights of the lines drawn inside it.
    pub(crate) inner: Vec<f32>,
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
    // A table that draws a line above its head on each page begins there.
    let drawn = rules.first().is_some_and(|rule| rule.y < bounds.top);
    let above = open.filter(|_| !drawn).map(|open| Rule { x0: open.region.x0, x1: open.region.x1, y: bounds.top });
    let tops = above.into_iter().chain(rules.iter().copied());
    let region = |top: Rule| {
        let next = rules.iter().find(|below| below.y > top.y + 1.0 && below.is_as_long_as(&top));
        let bottom = next.map_or(bounds.bottom, |next| next.y);
        Region { top: top.y, bottom, x0: top.x0, x1: top.x1, closed: next.is_some(), inner: Vec::new() }
    };
    tops.map(region).filter(|region| region.bottom - region.top > 4.0).collect()
}

/// Whether a page has drawn lines that may part a table.
pub(crate) fn may_stand_on(page: &Page) -> bool {
    page.strokes.iter().any(|stroke| stroke.is_horizontal() && stroke.x1 - stroke.x0 > 0.25 * page.width)
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

/// What a page shows beside the lines that may part its tables.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    /// The printed lines, parted by gaps as between cells.
    pub(crate) pieces: &'a [Line],
    /// Where notes and page feet begin.
    pub(crate) end: f32,
    /// The pitch of lines in sizes of the letter.
    pub(crate) leading: f32,
    pub(crate) direction: Direction,
    /// The table that the page before ended with.
    pub(crate) open: Option<&'a Rows>,
}

/// The tables in some regions.
pub(crate) fn tables(regions: Vec<Region>, setting: Setting<'_>) -> Vec<(Region, Rows)> {
    let mut found: Vec<Candidate> = Vec::new();
    for region in regions {
        let Some(next) = Candidate::of(region, setting.pieces) else { continue };
        match found.last_mut().filter(|above| (above.region.bottom - next.region.top).abs() < 0.1) {
            Some(above) if above.agrees(&next) => above.take(next),
            // What stands between two tables is neither: each has a line of its own above and below.
            Some(above) if above.is_table() => {}
            Some(above) => *above = next,
            None => found.push(next),
        }
    }
    found.retain(Candidate::is_table);
    if let Some(last) = found.last_mut().filter(|last| !last.region.closed) {
        last.reach_down(setting);
    }
    found.into_iter().map(|table| (table.region.clone(), rows::rows(table.region, &table.pieces, setting))).collect()
}

/// Regions that may be a table, and what is printed in them.
struct Candidate {
    region: Region,
    pieces: Vec<Line>,
    columns: Columns,
}

impl Candidate {
    /// Nothing where the text of a region does not stand in columns.
    fn of(region: Region, pieces: &[Line]) -> Option<Self> {
        let pieces: Vec<Line> = pieces.iter().filter(|piece| region.holds(piece.y)).cloned().collect();
        let stands_out = |piece: &Line| piece.x0 < region.x0 - 2.0 || piece.x1 > region.x1 + 2.0;
        let columns = Columns::of(&pieces);
        let found = !pieces.iter().any(stands_out) && stands_in_columns(&pieces, &columns, region.closed);
        found.then_some(Self { region, pieces, columns })
    }

    /// Two lines at least show the columns, or one many of them.
    fn is_table(&self) -> bool {
        columns::baselines(&self.pieces).filter(|line| line.len() > 1).count() > 1 && self.columns.len() > 1
    }

    /// Whether the region below has the same columns.
    fn agrees(&self, below: &Self) -> bool {
        let (few, many) = if self.columns.lines() < below.columns.lines() { (self, below) } else { (below, self) };
        let lines = || columns::baselines(&few.pieces).filter(|line| line.len() > 1);
        let fitting = lines().filter(|line| many.columns.fit(line)).count();
        fitting * 2 > lines().count()
    }

    fn take(&mut self, below: Self) {
        self.region.inner.push(below.region.top);
        self.region.bottom = below.region.bottom;
        self.region.closed = below.region.closed;
        self.pieces.extend(below.pieces);
        self.columns = Columns::of(&self.pieces);
    }

    /// Takes the lines below the region that go on its rows: behind empty rows they stand apart as the foot of a page does.
    fn reach_down(&mut self, setting: Setting<'_>) {
        /// A row stands at most so far below the last one; in sizes of the letter.
        const FAR: f32 = 5.0;
        let below = setting.pieces.iter().filter(|piece| piece.y >= self.region.bottom && piece.y < setting.end);
        let below: Vec<Line> = below.cloned().collect();
        for line in columns::baselines(&below) {
            let last = self.pieces.last().map_or(self.region.bottom, |last| last.y);
            let near = |piece: &Line| piece.y - last < FAR * piece.size;
            if !line.iter().all(|piece| near(piece) && self.columns.begins_at(piece)) {
                return;
            }
            self.pieces.extend_from_slice(line);
            self.region.bottom = line.iter().map(|piece| piece.y + 1.0).fold(self.region.bottom, f32::max);
        }
    }
}

/// Whether many lines have more than one piece; or some, and few of the others go over the gaps between these. Where no drawn line ends them, there
/// are three columns at least: a list has two.
fn stands_in_columns(pieces: &[Line], columns: &Columns, closed: bool) -> bool {
    let lines = || columns::baselines(pieces);
    let all = lines().count();
    let parted = lines().filter(|line| line.len() > 1).count();
    let crossing = lines().filter(|line| matches!(line, [alone] if columns.covered(alone).count() > 1)).count();
    let many = parted * 10 >= all * 4;
    let kept = (closed || columns.len() > 2) && parted > 1 && parted * 10 >= all && crossing * 10 <= all;
    parted > 0 && (many || kept)
}
