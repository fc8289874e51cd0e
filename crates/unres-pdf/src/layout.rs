//! The type area of a file, and what the place of each line in it says: its indent, the gap above it, whether a paragraph begins, notes, heads and feet.

use crate::direction::Direction;
use crate::glyph::{Page, PagePart, Stroke};
use crate::letters::Changes;
use crate::line::{self, Line};
use crate::rows::Rows;
use crate::table::{self, Bounds, Region, Setting};
use crate::vocabulary::Vocabulary;
use std::collections::BTreeMap;
use unres_source::{CellPlace, Layout, Role, Start};

/// A line and what its place says.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) line: Line,
    pub(crate) layout: Layout,
    pub(crate) start: Start,
    pub(crate) role: Role,
}

/// The type area: what most lines of running text have in common.
#[derive(Clone, Copy, Debug)]
struct Area {
    direction: Direction,
    /// Size of the letters.
    size: f32,
    /// From baseline to baseline.
    pitch: f32,
    /// Distance from the edge of the page where lines begin to where most begin, and to where full lines end.
    lead: f32,
    trail: f32,
    /// The least lead of a line.
    edge: f32,
    /// Paragraphs are set apart by more than the pitch.
    is_spaced: bool,
}

/// Lines further apart than this are not lines of one paragraph; in pitches.
const APART: f32 = 1.22;
/// The same for headings, whose lines are often set wider than those of running text; in pitches of that.
const HEADING_APART: f32 = 1.4;
/// Head and foot of a page are set off from the type area by more than this; in pitches.
const SET_OFF: f32 = 1.7;

/// Places the lines of all pages.
pub(crate) fn place(pages: &[Page], lines: Vec<Vec<Line>>, direction: Direction) -> Vec<Vec<Placed>> {
    let area = Area::of(pages, &lines, direction);
    let bands = Bands::of(pages, &lines, &area);
    let words = if pages.iter().any(table::may_stand_on) { Vocabulary::of(&lines) } else { Vocabulary::default() };
    let mut placing = Placing { area, bands, last: None, tables: Tables { words, ..Tables::default() } };
    pages.iter().zip(lines).enumerate().map(|(index, (page, lines))| placing.place_page(page, index, lines)).collect()
}

/// What is known while pages are placed one by one.
struct Placing {
    area: Area,
    bands: Bands,
    last: Option<Last>,
    tables: Tables,
}

/// The tables so far.
#[derive(Default)]
struct Tables {
    /// The table that the last page ended with.
    open: Option<Open>,
    count: u32,
    words: Vocabulary,
}

/// A table that may go on.
struct Open {
    /// Its first part.
    first: Rows,
    /// How many rows it has, and what is printed in the last one.
    rows: u32,
    last: Vec<Line>,
}

impl Tables {
    /// The cells of some rows, as a table of its own or going on the one that the last page ended with.
    fn add(&mut self, mut rows: Rows, goes_on: bool) -> Vec<(CellPlace, Vec<Line>)> {
        let open = self.open.take().filter(|open| goes_on && rows.go_on(&open.first));
        let Some(open) = open else {
            self.count += 1;
            self.open = Some(Open { first: rows.clone(), rows: rows.len(), last: rows.last().to_vec() });
            return rows.cells(self.count - 1, 0, &self.words);
        };
        rows.drop_repeated_head(&open.first);
        let mut cells = match open.rows.checked_sub(1).filter(|_| rows.go_on_row(&open.last)) {
            Some(last) => rows.take_first(self.count - 1, last, &self.words),
            None => Vec::new(),
        };
        let last = if rows.len() > 0 { rows.last().to_vec() } else { open.last };
        self.open = Some(Open { first: open.first, rows: open.rows + rows.len(), last });
        cells.extend(rows.cells(self.count - 1, open.rows, &self.words));
        cells
    }
}

impl Placing {
    fn place_page(&mut self, page: &Page, index: usize, lines: Vec<Line>) -> Vec<Placed> {
        let area = self.area;
        let roles = roles(&area, &self.bands, page, index, &lines);
        let mut tables = area.tables(page, &lines, &roles, self.tables.open.as_ref().map(|open| &open.first));
        let mut above: Option<(f32, f32)> = None;
        let mut is_top = true;
        let mut placed = Vec::with_capacity(lines.len());
        for (line, (role, flows)) in lines.into_iter().zip(roles) {
            let flows = flows && role == Role::Text;
            if let Some((_, rows)) = tables.iter_mut().find(|(region, _)| role != Role::Note && region.holds(line.y)) {
                let cells = rows.take().map(|rows| self.tables.add(rows, is_top)).unwrap_or_default();
                placed.extend(cells.into_iter().flat_map(|(place, lines)| cell_lines(place, lines)));
                if let Some(first) = placed.first_mut().filter(|_| above.is_none()) {
                    first.layout.page_break = index > 0;
                }
                (above, is_top, self.last) = (Some((line.y, line.size)), false, None);
                continue;
            }
            let expected = area.pitch_of(&line);
            let gap = above.map_or(0.0, |(y, size)| (line.y - y) / expected.max(size * area.pitch / area.size));
            let layout = Layout {
                indent: blanks((area.lead_of(page, &line) - area.edge) / (0.25 * area.size)),
                trail: 0,
                gap: if gap > APART { blanks(gap - 0.5).max(1) } else { 0 },
                page_break: above.is_none() && index > 0,
            };
            above = Some((line.y, line.size));
            let start = match &self.last {
                _ if !flows => Start::Unknown,
                last if is_top => area.start_at_top(page, &line, last.as_ref()),
                Some(last) => area.start(page, &line, last),
                None => Start::Paragraph,
            };
            if flows {
                is_top = false;
                self.tables.open = None;
                self.last = Some(area.last(page, &line, start, self.last.as_ref()));
            }
            placed.push(Placed { line, layout, start, role });
        }
        placed
    }
}

/// The lines of a cell; an empty one has one empty line.
fn cell_lines(place: CellPlace, lines: Vec<Line>) -> impl Iterator<Item = Placed> {
    let empty = lines.is_empty().then(Line::default);
    let placed = move |line| Placed { line, layout: Layout::default(), start: Start::Unknown, role: Role::Cell(place) };
    lines.into_iter().chain(empty).map(placed)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn blanks(count: f32) -> u32 {
    count.round().clamp(0.0, 1000.0) as u32
}

/// What each line of a page is, and whether it stands in the type area.
fn roles(area: &Area, bands: &Bands, page: &Page, index: usize, lines: &[Line]) -> Vec<(Role, bool)> {
    let notes = notes(area, page, lines);
    let head = bands.end_of_head(page, lines, area);
    let foot = notes.end.max(bands.begin_of_foot(page, lines, area));
    let role = |(position, line): (usize, &Line)| match line.part {
        // What the file calls the head of the first page is the masthead.
        PagePart::Head if index > 0 => (Role::PageHead, false),
        PagePart::Head => (Role::Masthead, false),
        PagePart::Foot => (Role::PageFoot, false),
        PagePart::Body if position >= foot => (if bands.is_foot(line) { Role::PageFoot } else { Role::Text }, false),
        PagePart::Body if position < head && index > 0 => {
            (if bands.is_head(line) { Role::PageHead } else { Role::Text }, false)
        }
        PagePart::Body if notes.contains(&position) => (Role::Note, false),
        PagePart::Body => (Role::Text, !is_ruler(line)),
    };
    lines.iter().enumerate().map(role).collect()
}

/// The lines below the short line that parts text and notes, be it drawn or of underscores.
fn notes(area: &Area, page: &Page, lines: &[Line]) -> std::ops::Range<usize> {
    let typed = lines.iter().rposition(is_ruler).map(|index| index + 1);
    let drawn = page.strokes.iter().filter(|stroke| area.may_part_notes(page, stroke)).map(|stroke| stroke.y0);
    let drawn = drawn.map(|y| lines.iter().position(|line| line.y > y).unwrap_or(lines.len())).max();
    let first = typed.max(drawn.filter(|first| lines.get(*first).is_some_and(|line| line.size < 0.95 * area.size)));
    let Some(first) = first else { return 0..0 };
    let below = lines.get(first..).unwrap_or_default();
    let gap = |pair: &[Line]| matches!(pair, [above, below] if below.y - above.y > SET_OFF * area.pitch_of(above));
    let end = below.windows(2).position(gap).map_or(lines.len(), |last| first + last + 1);
    first..end
}

fn is_ruler(line: &Line) -> bool {
    let text = line.text();
    text.len() >= 5 && text.bytes().all(|byte| byte == b'_')
}

impl Area {
    fn of(pages: &[Page], lines: &[Vec<Line>], direction: Direction) -> Self {
        let mut sizes = Counts::default();
        let few = all(pages, lines).filter(|(page, line)| is_wide(page, line)).count() < 3;
        for (page, line) in all(pages, lines) {
            if few || is_wide(page, line) {
                sizes.add(line.size, line.x1 - line.x0);
            }
        }
        let size = sizes.most_common().unwrap_or(10.0).max(1.0);
        let mut area = Self { direction, size, pitch: 1.2 * size, lead: 0.0, trail: 0.0, edge: 0.0, is_spaced: false };
        let alike = |line: &Line| (line.size - size).abs() < 0.08 * size;
        let (mut leads, mut trails, mut pitches) = (Counts::default(), Counts::default(), Counts::default());
        let mut edge = f32::MAX;
        for (page, line) in all(pages, lines).filter(|(_, line)| line.part == PagePart::Body) {
            edge = edge.min(area.lead_of(page, line));
            // A masthead on the first page stands further out.
            let masthead = pages.first().is_some_and(|first| std::ptr::eq(first, page)) && line.y < 0.25 * page.height;
            if alike(line) && is_wide(page, line) && !masthead {
                leads.add(area.lead_of(page, line), 1.0);
                trails.add(area.trail_of(page, line), 1.0);
            }
        }
        for (page, lines) in pages.iter().zip(lines) {
            for (above, below) in lines.iter().zip(lines.iter().skip(1)) {
                let pitch = below.y - above.y;
                // The short lines of a foot stand closer than any text.
                let in_foot = pitch < 1.12 * size && !is_wide(page, above) && !is_wide(page, below);
                if alike(above) && alike(below) && (0.8 * size..2.5 * size).contains(&pitch) && !in_foot {
                    pitches.add(pitch, 1.0);
                }
            }
        }
        area.lead = leads.least_but(0.1).unwrap_or(72.0);
        area.trail = trails.least_but(0.05).unwrap_or(area.lead);
        area.edge = edge.min(area.lead);
        area.pitch = pitches.least_but(0.12).unwrap_or(1.2 * size);
        area.is_spaced = pitches.share_above(APART * area.pitch) > 0.08;
        area
    }

    /// Distance of a line's begin from the edge of the page.
    fn lead_of(&self, page: &Page, line: &Line) -> f32 {
        match self.direction {
            Direction::LeftToRight => line.x0,
            Direction::RightToLeft => page.width - line.x1,
        }
    }

    /// Distance of a line's end from the other edge.
    fn trail_of(&self, page: &Page, line: &Line) -> f32 {
        match self.direction {
            Direction::LeftToRight => page.width - line.x1,
            Direction::RightToLeft => line.x0,
        }
    }

    /// The pitch that lines of a size have.
    fn pitch_of(&self, line: &Line) -> f32 {
        line.size * self.pitch / self.size
    }

    /// Whether a stroke may stand above notes: short, and where lines begin.
    fn may_part_notes(&self, page: &Page, stroke: &Stroke) -> bool {
        let length = stroke.x1 - stroke.x0;
        let lead = match self.direction {
            Direction::LeftToRight => stroke.x0,
            Direction::RightToLeft => page.width - stroke.x1,
        };
        let short = (30.0..0.4 * page.width).contains(&length) && stroke.y1 - stroke.y0 < 2.0;
        short && stroke.is_horizontal() && lead < self.lead + 2.0 * self.size && stroke.y0 > 0.2 * page.height
    }

    /// The tables of a page; `open` ended the page before.
    fn tables(
        &self,
        page: &Page,
        lines: &[Line],
        roles: &[(Role, bool)],
        open: Option<&Rows>,
    ) -> Vec<(Region, Option<Rows>)> {
        let (left, right) = match self.direction {
            Direction::LeftToRight => (self.lead, page.width - self.trail),
            Direction::RightToLeft => (self.trail, page.width - self.lead),
        };
        let flowing = || lines.iter().zip(roles).filter(|(_, (role, flows))| *flows && *role == Role::Text);
        let bottom = flowing().map(|(line, _)| line.y + 1.0).fold(0.0, f32::max);
        let top = flowing().map(|(line, _)| line.y - line.size).fold(bottom, f32::min);
        let end = lines
            .iter()
            .zip(roles)
            .filter(|(line, (role, _))| matches!(role, Role::Note | Role::PageFoot) && line.y > bottom);
        let end = end.map(|(line, _)| line.y).fold(page.height, f32::min);
        let regions = table::regions(page, Bounds { left, right, top, bottom }, open);
        if regions.is_empty() {
            return Vec::new();
        }
        // The letters were counted when the lines were made.
        let pieces = line::lines_parted_by(page, self.direction, table::CELL_GAP, &mut Changes::default());
        let (leading, direction) = (self.pitch / self.size, self.direction);
        let tables = table::tables(regions, Setting { pieces: &pieces, end, leading, direction, open });
        tables.into_iter().map(|(region, rows)| (region, Some(rows))).collect()
    }

    /// What is to be remembered of a line.
    fn last(&self, page: &Page, line: &Line, start: Start, before: Option<&Last>) -> Last {
        let lead = self.lead_of(page, line);
        let (first_lead, lines) = match before {
            Some(before) if start == Start::GoesOn => (before.first_lead, before.lines + 1),
            _ => (lead, 1),
        };
        Last { line: line.clone(), lead, trail: self.trail_of(page, line), first_lead, lines }
    }

    /// How much of a full line a line leaves free, once it had taken the first word of the next.
    fn room(&self, page: &Page, last: &Last, next: &Line) -> f32 {
        let measure = (page.width - self.lead - self.trail).max(self.size);
        (last.trail - self.trail - next.first_word - 0.3 * last.line.size) / measure
    }

    /// Whether a paragraph begins at a line that follows another on its page.
    fn start(&self, page: &Page, line: &Line, last: &Last) -> Start {
        let above = &last.line;
        let step = line.y - above.y;
        let larger = line.size.max(above.size);
        if step < 0.0 {
            return Start::Unknown;
        }
        let room = self.room(page, last, line);
        let shift = self.lead_of(page, line) - last.lead;
        // The title hangs behind its number.
        let aligned = (-0.3 * self.size..6.0 * self.size).contains(&shift);
        let is_heading = is_bold(line) && is_bold(above) && room < 0.0 && aligned;
        let apart = if is_heading { HEADING_APART } else { APART };
        if step < 0.5 * larger || !alike(line, above) || step > apart * self.pitch_of(line) {
            return Start::Paragraph;
        }
        let measure = page.width - self.lead - self.trail;
        match room {
            _ if is_bold(line) != is_bold(above) => Start::Unknown,
            // Lines set at the far side stand each for itself; those that begin alike may be one.
            _ if last.lead > self.lead + 0.3 * measure && shift.abs() > 0.3 * self.size => Start::Paragraph,
            _ if last.lead > self.lead + 0.3 * measure => Start::Unknown,
            room if room < 0.0 && (self.is_spaced || shift < 0.3 * self.size) => Start::GoesOn,
            // Headings are set narrower than running text.
            room if room < 0.3 && self.is_spaced && is_bold(line) => Start::GoesOn,
            room if !self.is_spaced && room > 0.15 => Start::Paragraph,
            _ => Start::Unknown,
        }
    }

    /// Whether a paragraph begins at the first line of a page.
    fn start_at_top(&self, page: &Page, line: &Line, last: Option<&Last>) -> Start {
        let has_bold = |line: &Line| line.runs.iter().any(|run| run.face.bold);
        // A heading is often of the size of the text.
        if last.is_some_and(|last| is_bold(line) && !has_bold(&last.line)) {
            return Start::Paragraph;
        }
        let Some(last) = last.filter(|last| alike(&last.line, line) && is_bold(line) == is_bold(&last.line)) else {
            return Start::Unknown;
        };
        let near = |one: f32, other: f32| (one - other).abs() < 0.3 * self.size;
        let lead = self.lead_of(page, line);
        let room = self.room(page, last, line);
        let hangs = last.lines > 1 && !near(last.first_lead, last.lead);
        match room {
            room if room > 0.15 => Start::Paragraph,
            room if room >= 0.0 => Start::Unknown,
            // Goes on as the lines above did, or begins as their first.
            _ if hangs && near(lead, last.lead) => Start::GoesOn,
            _ if hangs && near(lead, last.first_lead) => Start::Paragraph,
            _ if near(lead, self.lead) => Start::GoesOn,
            _ if lead > self.lead + 1.5 * self.size && near(last.lead, self.lead) => Start::Paragraph,
            _ => Start::Unknown,
        }
    }
}

/// The line before, and what is known of its paragraph.
struct Last {
    line: Line,
    lead: f32,
    trail: f32,
    /// Lead of the first line of its paragraph, and how many lines that has so far.
    first_lead: f32,
    lines: usize,
}

/// Whether a line is as wide as few but those of running text are.
fn is_wide(page: &Page, line: &Line) -> bool {
    line.x1 - line.x0 > 0.25 * page.width
}

/// Whether two lines are of one size.
fn alike(one: &Line, other: &Line) -> bool {
    (one.size - other.size).abs() < 0.08 * one.size.max(other.size)
}

fn is_bold(line: &Line) -> bool {
    line.runs.iter().all(|run| run.face.bold || run.text.trim().is_empty())
}

fn all<'a>(pages: &'a [Page], lines: &'a [Vec<Line>]) -> impl Iterator<Item = (&'a Page, &'a Line)> {
    pages.iter().zip(lines).flat_map(|(page, lines)| lines.iter().map(move |line| (page, line)))
}

/// Where heads and feet of pages stand.
struct Bands {
    /// Baselines on which a head or foot stands on several pages.
    heads: Vec<f32>,
    feet: Vec<f32>,
}

/// How much of a page at its top and at its foot may be head and foot.
const MARGIN: f32 = 0.14;

impl Bands {
    fn of(pages: &[Page], lines: &[Vec<Line>], area: &Area) -> Self {
        let (mut heads, mut feet) = (Vec::new(), Vec::new());
        for (page, lines) in pages.iter().zip(lines).skip(1) {
            heads.extend(lines.iter().take(Self::head_of(page, lines, area)).map(|line| line.y));
            feet.extend(lines.iter().rev().take(Self::foot_of(page, lines, area)).map(|line| line.y));
        }
        Self { heads: repeated(heads, pages.len()), feet: repeated(feet, pages.len()) }
    }

    /// How many lines are above the text of a page. What is set off below a head that others repeat is the end of a paragraph, or the head of a table.
    fn end_of_head(&self, page: &Page, lines: &[Line], area: &Area) -> usize {
        let set_off = Self::head_of(page, lines, area);
        let above = || lines.iter().take(set_off);
        let Some(head) = above().rfind(|line| self.is_head(line)) else { return set_off };
        above().rposition(|line| line.y < head.y + head.size).map_or(0, |last| last + 1)
    }

    /// The first line below the text of a page. What is set off above a foot that others repeat is the last row of a table.
    fn begin_of_foot(&self, page: &Page, lines: &[Line], area: &Area) -> usize {
        let set_off = lines.len() - Self::foot_of(page, lines, area);
        let below = || lines.iter().skip(set_off);
        let Some(foot) = below().find(|line| self.is_foot(line)) else { return set_off };
        set_off + below().position(|line| line.y > foot.y - foot.size).unwrap_or(0)
    }

    /// How many lines at the top of a page are set off from the rest.
    fn head_of(page: &Page, lines: &[Line], area: &Area) -> usize {
        let set_off =
            |pair: &[Line]| matches!(pair, [above, below] if below.y - above.y > SET_OFF * area.pitch_of(above));
        let in_margin = |line: &Line| line.y < MARGIN * page.height;
        let ends = lines.windows(2).take_while(|pair| pair.first().is_some_and(in_margin));
        ends.enumerate().filter(|(_, pair)| set_off(pair)).map(|(index, _)| index + 1).last().unwrap_or(0)
    }

    /// How many lines at the foot of a page are set off from the rest.
    fn foot_of(page: &Page, lines: &[Line], area: &Area) -> usize {
        let set_off =
            |pair: &[Line]| matches!(pair, [above, below] if below.y - above.y > SET_OFF * area.pitch_of(above));
        let in_margin = |line: &Line| line.y > (1.0 - MARGIN) * page.height;
        let ends = lines.windows(2).rev().take_while(|pair| pair.last().is_some_and(in_margin));
        ends.enumerate().filter(|(_, pair)| set_off(pair)).map(|(index, _)| index + 1).last().unwrap_or(0)
    }

    fn is_head(&self, line: &Line) -> bool {
        self.heads.iter().any(|y| (y - line.y).abs() < 2.0)
    }

    fn is_foot(&self, line: &Line) -> bool {
        self.feet.iter().any(|y| (y - line.y).abs() < 2.0)
    }
}

/// The places that occur at least twice, and on one page of `MOST` at least: the lines of a long table stand at the same height on a few.
fn repeated(mut places: Vec<f32>, pages: usize) -> Vec<f32> {
    const MOST: usize = 6;
    places.sort_by(f32::total_cmp);
    let near = |one: &f32, other: &f32| other - one < 2.0;
    let groups = places.chunk_by(near).filter(|group| group.len() > 1 && group.len() * MOST >= pages);
    groups.flatten().copied().collect()
}

/// Counts of lengths, to half a point.
#[derive(Default)]
struct Counts {
    counts: BTreeMap<u32, f32>,
}

impl Counts {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn add(&mut self, length: f32, weight: f32) {
        *self.counts.entry((length * 2.0).round().max(0.0) as u32).or_default() += weight;
    }

    fn most_common(&self) -> Option<f32> {
        let most = self.counts.iter().max_by(|(_, a), (_, b)| a.total_cmp(b))?;
        Some(length(*most.0))
    }

    /// The least length, once a share of the lengths is passed over.
    fn least_but(&self, share: f32) -> Option<f32> {
        let total: f32 = self.counts.values().sum();
        let mut seen = 0.0;
        let mut lengths = self.counts.iter();
        lengths
            .find(|(_, count)| {
                seen += **count;
                seen >= share * total
            })
            .map(|(least, _)| length(*least))
    }

    /// The share of what is longer than a length.
    fn share_above(&self, limit: f32) -> f32 {
        let total: f32 = self.counts.values().sum();
        let above: f32 = self.counts.iter().filter(|(key, _)| length(**key) > limit).map(|(_, count)| count).sum();
        if total > 0.0 { above / total } else { 0.0 }
    }
}

#[allow(clippy::cast_precision_loss)]
fn length(key: u32) -> f32 {
    key as f32 / 2.0
}
