//! Chunks: letters that follow each other on one baseline, in the file as on the page.

use crate::direction::is_sign;
use crate::glyph::{Glyph, Page, PagePart};
use crate::table;
use std::ops::Range;

/// A piece of a printed line.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    /// Its letters in the page.
    pub(crate) glyphs: Range<usize>,
    pub(crate) x0: f32,
    pub(crate) x1: f32,
    /// The baseline of the line that it belongs to: for raised letters that of the letters beside them.
    pub(crate) y: f32,
    pub(crate) size: f32,
    pub(crate) raised: bool,
    pub(crate) part: PagePart,
}

/// A gap wider than this begins a chunk; in sizes of the letter.
const GAP: f32 = table::CELL_GAP;
/// Letters step back by up to this for kerning and marks above them.
const BACK: f32 = 0.3;

/// The chunks of a page in the order of the file. Chunks of blanks alone are left out: blanks follow from the gaps.
pub(crate) fn chunks(page: &Page) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut start = 0;
    let ends = |index: usize| match (page.glyphs.get(index), page.glyphs.get(index + 1)) {
        (Some(left), Some(right)) => !goes_on(left, right),
        _ => true,
    };
    for index in 0..page.glyphs.len() {
        if ends(index) {
            chunks.extend(chunk(page, start..index + 1));
            start = index + 1;
        }
    }
    raise(&mut chunks);
    chunks
}

fn goes_on(left: &Glyph, right: &Glyph) -> bool {
    let step = right.x - left.end();
    // A sign above a letter has a height and a place of its own.
    let sign = is_sign(left.letter) || is_sign(right.letter);
    if sign && (left.y - right.y).abs() < left.size && step.abs() < left.size {
        return left.part == right.part;
    }
    let same_line = (left.y - right.y).abs() < 0.05 * left.size && (left.size - right.size).abs() < 0.05 * left.size;
    right.joined || (same_line && left.part == right.part && (-BACK * left.size..GAP * left.size).contains(&step))
}

fn chunk(page: &Page, range: Range<usize>) -> Option<Chunk> {
    let visible = |index: &usize| page.glyphs.get(*index).is_some_and(|glyph| !glyph.letter.is_whitespace());
    let first = range.clone().find(visible)?;
    let last = range.clone().rev().find(visible)?;
    // The blank behind a slash at the end of a line is all that tells two words from one.
    let is_slash = page.glyphs.get(last).is_some_and(|glyph| glyph.letter == '/');
    let last = last + usize::from(is_slash && range.end > last + 1);
    let glyphs = page.glyphs.get(first..=last)?;
    let head = glyphs.iter().find(|glyph| !is_sign(glyph.letter)).or(glyphs.first())?;
    let x0 = glyphs.iter().fold(f32::MAX, |x, glyph| x.min(glyph.x));
    let x1 = glyphs.iter().fold(f32::MIN, |x, glyph| x.max(glyph.end()));
    let glyphs = first..last + 1;
    Some(Chunk { glyphs, x0, x1, y: head.y, size: head.size, raised: false, part: head.part })
}

/// Finds the chunks that are smaller and stand higher than the one before or behind them, and puts them on its line.
fn raise(chunks: &mut [Chunk]) {
    for index in 0..chunks.len() {
        let Some(chunk) = chunks.get(index) else { continue };
        let before = index.checked_sub(1).and_then(|before| chunks.get(before));
        let mut after = chunks.get(index + 1..).unwrap_or_default().iter().take(NEAR);
        let line = before.and_then(|before| raised_beside(chunk, before));
        let line = line.or_else(|| after.find_map(|after| raised_beside(chunk, after)));
        if let (Some(line), Some(chunk)) = (line, chunks.get_mut(index)) {
            chunk.raised = true;
            chunk.y = line;
        }
    }
}

/// How many chunks a raised one may have beside it before the first of normal size: brackets are often drawn apart from the number in them.
const NEAR: usize = 4;

/// The baseline that `chunk` is raised from when `other` stands beside it.
fn raised_beside(chunk: &Chunk, other: &Chunk) -> Option<f32> {
    let gap = (chunk.x0 - other.x1).max(other.x0 - chunk.x1);
    if other.raised {
        let alike = (chunk.size - other.size).abs() < 0.05 * other.size && gap < 0.5 * chunk.size;
        // The other has left its own height behind; both were as high if they are as far above the line.
        return (alike && chunk.y < other.y && other.y - chunk.y < 1.2 * chunk.size).then_some(other.y);
    }
    let smaller = chunk.size <= 0.9 * other.size;
    let rise = other.y - chunk.y;
    let higher = rise > 0.15 * other.size && rise < 0.8 * other.size;
    // The mark of a note stands a tab before its text.
    (smaller && higher && gap < 4.0 * other.size).then_some(other.y)
}
