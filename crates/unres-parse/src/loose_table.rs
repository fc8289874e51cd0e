//! Tables that a text shows only as loose lines: what the cells were is lost, but that they are one block is not.

use crate::chunk::{CellChunk, Chunk, Piece, PieceKind};
use crate::lines;
use crate::marks::{self, Ending};
use std::borrow::Cow;
use std::ops::Range;
use unres_lang::{LangPack, is_letter};
use unres_source::{CellPlace, Source};

/// Makes the rows of each table that its columns show one chunk.
fn gather_grids(chunks: Vec<Chunk>) -> Vec<Chunk> {
    let mut gathered = Vec::with_capacity(chunks.len());
    let mut chunks = chunks.into_iter().peekable();
    while let Some(chunk) = chunks.next() {
        match chunk.grid {
            None => gathered.push(chunk),
            table => {
                let rest = std::iter::from_fn(|| chunks.next_if(|next| next.grid == table));
                gathered.push(table_of(std::iter::once(chunk).chain(rest)));
            }
        }
    }
    gathered
}

/// Makes each run of chunks without final mark in which figures stand again and again, or that are all short, one table. A chunk becomes a row.
pub(crate) fn gather(source: &Source, pack: &LangPack, chunks: Vec<Chunk>) -> Vec<Chunk> {
    let chunks = gather_grids(chunks);
    let lines: Vec<Line> = chunks.iter().map(|chunk| Line::of(source, pack, chunk)).collect();
    let Some(opening) = opening(&lines) else { return chunks };
    let mut gathered: Vec<Chunk> = Vec::with_capacity(chunks.len());
    let mut chunks = chunks.into_iter().enumerate();
    let mut tables = tables(&lines, opening).into_iter().peekable();
    while let Some((index, chunk)) = chunks.next() {
        match tables.next_if(|table| table.start == index) {
            Some(table) => {
                let rest = chunks.by_ref().take(table.len() - 1).map(|(_, chunk)| chunk);
                gathered.push(table_of(std::iter::once(chunk).chain(rest)));
            }
            None => gathered.push(chunk),
        }
    }
    gathered
}

/// What tells whether a chunk is a line of a table.
#[derive(Clone, Copy, Default)]
struct Line {
    opens: Option<Opens>,
    /// The line below it is the title of an annex: it is the word for one, or a closing line.
    leads_annex: bool,
    length: Length,
    /// A table may begin with it: one figure among words may also be a year in a heading.
    begins: bool,
    /// How many of its words are figures; 0 where most are words of a sentence.
    figures: usize,
    /// It is a table already, as its columns show, with its heads.
    is_grid: bool,
}

/// How long a line is that may stand in a table.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Length {
    /// It stands in none: it has a final mark, the number of a paragraph, or opens something.
    #[default]
    Text,
    /// It is as long as a title.
    Title,
    /// It has few words: a cell.
    Cell,
}

/// How a line opens the text of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    /// As an enacting formula, with that ending.
    Formula(Ending),
    /// As a decision begins, which has no enacting formula.
    Decision,
}

impl Line {
    fn is_plain(&self) -> bool {
        self.length != Length::Text
    }

    fn of(source: &Source, pack: &LangPack, chunk: &Chunk) -> Self {
        if chunk.is_loose {
            let (length, figures) = (Length::Title, LEAST_FIGURES);
            return Self { length, begins: true, figures, is_grid: true, ..Self::default() };
        }
        let text = text(source, chunk);
        let ending = marks::ending(&text, pack);
        let formula = pack.formula(&text).map(|_| Opens::Formula(ending));
        let opens = formula.or_else(|| pack.decision_lead(&text).map(|_| Opens::Decision));
        let leads_annex = lines::is_closing(pack, &text) || pack.annex_word(&text);
        let open = chunk.cells.is_empty() && ending == Ending::Open;
        let is_plain = open && opens.is_none() && !leads_annex && pack.label(&text).is_none();
        // What is set in bold letters is a heading.
        let is_plain = is_plain && !chunk.is_bold(source);
        // Only for the lines that may be rows: counting costs more than all the tests above.
        let (words, figures) = if is_plain { count_figures(&text, pack) } else { (0, 0) };
        let length = match is_plain {
            true if words <= 6 => Length::Cell,
            true => Length::Title,
            false => Length::Text,
        };
        let is_row = is_plain && figures * 4 >= words;
        let begins = is_row && (figures == words || figures > 1);
        Self { opens, leads_annex, length, begins, figures: if is_row { figures } else { 0 }, is_grid: false }
    }
}

/// Where the text begins that may hold tables: above stand symbols and dates. The name of an organ in the masthead looks like its formula, but
/// has no mark behind it.
fn opening(lines: &[Line]) -> Option<usize> {
    let first = |opens| lines.iter().position(|line| line.opens == Some(opens));
    let marked = first(Opens::Formula(Ending::Preambular)).or_else(|| first(Opens::Decision));
    marked.or_else(|| lines.iter().rposition(|line| line.opens.is_some()))
}

/// How many words a text has, and how many of them are figures; those of dates are none.
fn count_figures(text: &str, pack: &LangPack) -> (usize, usize) {
    let (mut words, mut figures) = (0, 0);
    let mut rest = text.trim_start();
    while let Some(word) = rest.split_whitespace().next() {
        let date = word.starts_with(char::is_numeric).then(|| pack.date(rest)).flatten().map(|(_, len)| len);
        words += 1;
        figures += usize::from(date.is_none() && is_figure(word));
        rest = rest.get(date.unwrap_or(word.len())..).unwrap_or_default().trim_start();
    }
    (words, figures)
}

/// A number with the marks round it: `78`, `(064`, `12.5%`.
pub(crate) fn is_figure(word: &str) -> bool {
    // Nearly all words are told by their first letter.
    !word.contains(is_letter) && word.contains(char::is_numeric)
}

fn text<'s>(source: &'s Source, chunk: &Chunk) -> Cow<'s, str> {
    let mut lines = chunk.pieces.iter().filter(|piece| piece.kind == PieceKind::Text);
    let slice = |piece: &Piece| source.slice(piece.span);
    let first = lines.next().map(slice).unwrap_or_default();
    let more: usize = lines.clone().map(|line| 1 + line.span.range().len()).sum();
    if more == 0 {
        return Cow::Borrowed(first);
    }
    let mut text = String::with_capacity(first.len() + more);
    text.push_str(first);
    for line in lines {
        text.push(' ');
        text.push_str(slice(line));
    }
    Cow::Owned(text)
}

/// The runs of lines that are tables, none before `opening`.
fn tables(lines: &[Line], opening: usize) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    let mut index = opening;
    while index < lines.len() {
        let table = table_at(lines, index).filter(|table| tables.last().is_none_or(|last| last.end <= table.start));
        index = table.as_ref().map_or(index + 1, |table| table.end);
        tables.extend(table);
    }
    tables
}

/// Fewer figures are dates and years in headings.
const LEAST_FIGURES: usize = 6;

/// The table whose first line with figures is at `first`.
fn table_at(lines: &[Line], first: usize) -> Option<Range<usize>> {
    /// Lines of words between two with figures: the cells of a row, or a heading among rows. So many short lines in a row are cells, whatever the
    /// figures.
    const MOST_APART: usize = 8;
    if !lines[first].begins {
        return None;
    }
    let (mut end, mut figures) = (first + 1, lines[first].figures);
    while let Some(next) = lines[end..].iter().take(MOST_APART + 1).position(|line| line.figures > 0) {
        if !lines[end..end + next].iter().all(Line::is_plain) {
            break;
        }
        figures += lines[end + next].figures;
        end += next + 1;
    }
    let most_above = if lines[first].is_grid { 0 } else { MOST_APART };
    let above = lines[..first].iter().rev().take(most_above).take_while(|line| line.is_plain()).count();
    let start = first - above;
    let titled = above > 0 && start > 0 && lines[start - 1].leads_annex;
    let cells = end - start > MOST_APART && lines[start..end].iter().all(|line| line.length == Length::Cell);
    (figures >= LEAST_FIGURES || cells).then_some(start + usize::from(titled)..end)
}

/// The chunks as rows of one cell each; those of a table stay rows.
fn table_of(chunks: impl Iterator<Item = Chunk>) -> Chunk {
    let rows = chunks.flat_map(|chunk| {
        let Chunk { pieces, cells, .. } = chunk;
        let own = Some(pieces).filter(|pieces| !pieces.is_empty());
        own.into_iter().chain(cells.into_iter().map(|cell| cell.pieces))
    });
    let cell = |(row, pieces): (usize, Vec<Piece>)| {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let place = CellPlace { table: 0, row, column: 0, more_columns: 0, more_rows: 0, header: false };
        CellChunk { place, pieces }
    };
    Chunk { cells: rows.enumerate().map(cell).collect(), is_loose: true, ..Chunk::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines as letters: `w` words, `s` few words, `f` figures, `g` one figure alone, `.` a sentence, `A` the word for an annex or a closing line.
    fn check(lines: &str, expected: &[(usize, usize)]) {
        let line = |c| match c {
            'w' => Line { length: Length::Title, ..Line::default() },
            's' => Line { length: Length::Cell, ..Line::default() },
            'g' => Line { length: Length::Cell, begins: true, figures: 1, ..Line::default() },
            'f' => Line { length: Length::Title, begins: true, figures: 2, ..Line::default() },
            'A' => Line { leads_annex: true, ..Line::default() },
            _ => Line::default(),
        };
        let lines: Vec<Line> = lines.chars().map(line).collect();
        let found: Vec<_> = tables(&lines, 0).iter().map(|table| (table.start, table.end)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_of_figures_and_the_words_between_them_are_one_table() {
        check(".wwfwfwf..", &[(1, 8)]);
        check(".wf.wf.", &[]);
        check(".fff.wfff.", &[(1, 4), (5, 9)]);
        check("Awwfwfwf.", &[(2, 8)]);
        check(".fffwwwwwwwwwwf", &[(1, 4)]);
        check(".wwsssssssf.", &[]);
        check(".ssssssssg.", &[(1, 10)]);
    }

    #[test]
    fn figures_are_told_from_words_with_digits() {
        assert!(["78", "(2", "064", "600)", "12.5%"].iter().all(|word| is_figure(word)));
        assert!(!["P-4", "2023a", "–", "total"].iter().any(|word| is_figure(word)));
    }
}
