//! Lines of a page: chunks on one baseline, cut where a wide gap parts them, each with its letters in the order of reading.

use crate::chunk::{self, Chunk};
use crate::direction::{self, Direction};
use crate::glyph::{Glyph, Page, PagePart};
use crate::letters::Changes;

/// A printed line, or the part of one that a wide gap sets apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// Baseline.
    pub(crate) y: f32,
    /// Size of its largest letters that are not few.
    pub(crate) size: f32,
    /// Width of its first word, and of the first letter of that.
    pub(crate) first_word: f32,
    pub(crate) first_letter: f32,
    pub(crate) part: PagePart,
    pub(crate) runs: Vec<Run>,
}

/// Letters of one face.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) face: Face,
}

/// How letters look and where they lead.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Face {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) raised: bool,
    pub(crate) size: f32,
    /// Index of the link of the page.
    pub(crate) link: Option<usize>,
}

impl Line {
    /// The whole text.
    pub(crate) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A gap that no justified line has between two words; in sizes of the letter.
const WIDE: f32 = 4.0;
/// A gap that shows as a blank; in sizes of the letter.
const BLANK: f32 = 0.16;
const BLANK_BESIDE_BLANKS: f32 = 0.5;

/// The lines of a page from top to bottom; those side by side in the order of the direction.
pub(crate) fn lines(page: &Page, base: Direction, changes: &mut Changes) -> Vec<Line> {
    lines_parted_by(page, base, WIDE, changes)
}

/// The same, parted by gaps of `wide` sizes of the letter.
pub(crate) fn lines_parted_by(page: &Page, base: Direction, wide: f32, changes: &mut Changes) -> Vec<Line> {
    let mut chunks: Vec<(usize, Chunk)> = chunk::chunks(page).into_iter().enumerate().collect();
    chunks.sort_by(|(_, a), (_, b)| a.y.total_cmp(&b.y));
    let mut lines = Vec::new();
    for row in chunks.chunk_by_mut(|(_, above), (_, below)| below.y - above.y < 0.25 * above.size.min(below.size)) {
        row.sort_by(|(_, a), (_, b)| a.x0.total_cmp(&b.x0));
        let direction = direction_of(page, row, base);
        let segments = row.chunk_by_mut(|(_, left), (_, right)| right.x0 - left.x1 < wide * left.size.max(right.size));
        let from = lines.len();
        lines.extend(segments.filter_map(|segment| line(page, segment, direction, changes)));
        if direction == Direction::RightToLeft {
            lines.get_mut(from..).unwrap_or_default().reverse();
        }
    }
    lines
}

/// In a file of right-to-left script a row without its letters runs from left to right when it is set at the left.
fn direction_of(page: &Page, row: &[(usize, Chunk)], base: Direction) -> Direction {
    let letters = || row.iter().flat_map(|(_, chunk)| glyphs(page, chunk)).map(|glyph| glyph.letter);
    let left = row.iter().fold(f32::MAX, |x, (_, chunk)| x.min(chunk.x0));
    let right = row.iter().fold(f32::MIN, |x, (_, chunk)| x.max(chunk.x1));
    // Numbers alone, as those of pages and jobs, have their signs inside.
    let numbers = || letters().all(|letter| !letter.is_alphabetic() && !direction::is_bracket(letter));
    if letters().any(direction::is_right_to_left) {
        Direction::RightToLeft
    } else if page.width - right < left && !numbers() {
        base
    } else {
        Direction::LeftToRight
    }
}

/// The line of a segment, whose chunks are sorted from left to right.
fn line(page: &Page, segment: &mut [(usize, Chunk)], direction: Direction, changes: &mut Changes) -> Option<Line> {
    let largest = segment.iter().filter(|(_, chunk)| !chunk.raised).map(|(_, chunk)| chunk.size).fold(0.0, f32::max);
    let x0 = segment.iter().fold(f32::MAX, |x, (_, chunk)| x.min(chunk.x0));
    let x1 = segment.iter().fold(f32::MIN, |x, (_, chunk)| x.max(chunk.x1));
    if direction == Direction::LeftToRight {
        // What the file draws first is read first: a label, then its text.
        segment.sort_by_key(|(order, _)| *order);
    }
    let (_, first) = segment.first()?;
    let (y, part) = (first.y, first.part);
    let mut letters = letters(page, segment);
    let first_word = first_word(&letters, direction);
    let first_letter = match direction {
        Direction::LeftToRight => letters.first(),
        Direction::RightToLeft => letters.last(),
    };
    let first_letter = first_letter.map_or(0.0, |letter| letter.glyph.width);
    if direction == Direction::RightToLeft {
        letters = direction::logical(&letters);
    }
    Some(Line { x0, x1, y, size: largest, first_word, first_letter, part, runs: runs(page, &letters, changes) })
}

fn glyphs<'a>(page: &'a Page, chunk: &Chunk) -> &'a [Glyph] {
    page.glyphs.get(chunk.glyphs.clone()).unwrap_or_default()
}

/// A letter of a line and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Letter {
    pub(crate) glyph: Glyph,
    pub(crate) raised: bool,
    /// Index of its chunk in the line; of a blank that only a gap shows, none.
    pub(crate) chunk: usize,
}

/// The chunk of a blank that only a gap shows.
const NO_CHUNK: usize = usize::MAX;

/// The letters of a line as they are drawn, with a blank for each gap.
fn letters(page: &Page, segment: &[(usize, Chunk)]) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    // A sign above a letter stands anywhere over it.
    let mut left: Option<Letter> = None;
    for (index, (_, chunk)) in segment.iter().enumerate() {
        for glyph in glyphs(page, chunk) {
            let letter = Letter { glyph: *glyph, raised: chunk.raised, chunk: index };
            let sign = direction::is_sign(glyph.letter);
            if let Some(left) = left.filter(|left| !sign && shows_blank(page, left, &letter)) {
                let (x, width) = (left.glyph.end(), glyph.x - left.glyph.end());
                let blank = Glyph { letter: ' ', x, width, joined: false, ..left.glyph };
                letters.push(Letter { glyph: blank, chunk: NO_CHUNK, ..left });
            }
            letters.push(letter);
            left = if sign { left } else { Some(letter) };
        }
    }
    letters
}

fn shows_blank(page: &Page, left: &Letter, right: &Letter) -> bool {
    let gap = right.glyph.x - left.glyph.end();
    let blank = |letter: &Letter| letter.glyph.letter.is_whitespace();
    // Where blanks are drawn as letters, a gap between letters drawn in one go only stretches the line.
    let least = if page.has_blanks && left.chunk == right.chunk { BLANK_BESIDE_BLANKS } else { BLANK };
    gap > least * left.glyph.size.min(right.glyph.size) && !right.glyph.joined && !blank(left) && !blank(right)
}

/// The width of the word that is read first, of letters from left to right. A script without blanks breaks its lines anywhere.
fn first_word(letters: &[Letter], direction: Direction) -> f32 {
    let width = |word: &mut dyn Iterator<Item = &Letter>| {
        let mut width = 0.0;
        for letter in word.take_while(|letter| !letter.glyph.letter.is_whitespace()) {
            width += letter.glyph.width;
            // An ideograph: with the mark that may not begin a line it is two squares.
            if letter.glyph.letter >= '\u{2e80}' && direction == Direction::LeftToRight {
                return width.max(2.0 * letter.glyph.size);
            }
        }
        width
    };
    match direction {
        Direction::LeftToRight => width(&mut letters.iter()),
        Direction::RightToLeft => width(&mut letters.iter().rev()),
    }
}

/// The letters in the order of reading as text, cut where the face changes.
fn runs(page: &Page, letters: &[Letter], changes: &mut Changes) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut after_blank = false;
    for letter in letters {
        let glyph = &letter.glyph;
        // How wide a gap is says the layout, not the number of blanks.
        let is_blank = glyph.letter.is_whitespace();
        if is_blank && after_blank {
            continue;
        }
        after_blank = is_blank;
        let face = Face {
            bold: glyph.bold,
            italic: glyph.italic,
            raised: letter.raised,
            size: glyph.size,
            link: link(page, glyph),
        };
        match runs.last_mut() {
            // A blank looks the same in all faces.
            Some(run) if run.face == face || (is_blank && !letter.raised) => changes.push(glyph.letter, &mut run.text),
            _ => {
                let mut text = String::new();
                changes.push(glyph.letter, &mut text);
                runs.push(Run { text, face });
            }
        }
    }
    runs
}

/// The link whose area holds the middle of a letter.
fn link(page: &Page, glyph: &Glyph) -> Option<usize> {
    let (x, y) = (glyph.x + glyph.width / 2.0, glyph.y - glyph.size / 4.0);
    page.links.iter().position(|link| (link.x0..=link.x1).contains(&x) && (link.y0..=link.y1).contains(&y))
}
