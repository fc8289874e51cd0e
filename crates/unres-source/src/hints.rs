//! Hints: what a file says of its lines beyond their letters. Facts only; the rules weigh them against the words.
//!
//! A format that knows nothing of the kind (plain text) leaves every hint at its default, and the rules look at words and blanks alone.

use crate::Span;

/// What the file says of a whole line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineHints {
    /// Whether a paragraph of the file begins here.
    pub start: Start,
    /// What part of the document the line belongs to.
    pub role: Role,
    /// The style of its paragraph, where the format names styles.
    pub style: Option<StyleId>,
}

/// Whether the file marks the begin of a paragraph at a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// The file does not say; layout and words must tell.
    #[default]
    Unknown,
    /// A paragraph begins.
    Paragraph,
    /// The line goes on the paragraph of the line before, as behind a line break inside a paragraph.
    GoesOn,
}

/// What part of the document a line belongs to, where the file knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Running text, or anything that the file does not tell from it.
    #[default]
    Text,
    /// What heads the first page: publisher, symbol, date of issue.
    Masthead,
    /// What heads a page.
    PageHead,
    /// What stands at the foot of a page, notes aside.
    PageFoot,
    /// A line of a note. A note begins at the line that holds a [`RunKind::NoteMark`], or whose first run is raised.
    Note,
    /// A line in a cell of a table. Lines of one cell follow each other, but where the end of a page cuts a row: its cells go on behind the last one of
    /// the row. An empty cell has one empty line.
    Cell(CellPlace),
}

/// The place of a cell. Cells of a table stand in the order of their rows, without gaps but for cells that an earlier one covers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CellPlace {
    /// Which table of the source, from 0.
    pub table: u32,
    /// Row, from 0.
    pub row: u32,
    /// First column, from 0; spans of earlier cells count.
    pub column: u16,
    /// Columns it covers beyond the first.
    pub more_columns: u16,
    /// Rows it covers beyond the first.
    pub more_rows: u16,
    /// Whether it heads its column or row.
    pub header: bool,
}

/// The name of a paragraph style, kept in the source: see [`Source::style_name`](crate::Source::style_name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StyleId(pub(crate) u32);

/// The target of a link, kept in the source: see [`Source::link_target`](crate::Source::link_target).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LinkId(pub(crate) u32);

/// A note of the file; unique in the source. A call and a mark with one key belong together for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NoteKey(pub u32);

/// A stretch of one line whose letters look alike and are one thing. Text without a run is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub hints: RunHints,
}

/// What the file says of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunHints {
    /// How it looks.
    pub face: Face,
    /// What it is.
    pub kind: RunKind,
}

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// Heavier than running text.
    pub bold: bool,
    /// Slanted, or in a script without slant whatever is set in its place.
    pub italic: bool,
    /// Raised above the line.
    pub superscript: bool,
    /// Size in tenths of a point, where it is known.
    pub size: Option<u16>,
}

/// What a run is, where the file knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunKind {
    /// Text.
    #[default]
    Text,
    /// The number of a paragraph that the file counts; it is printed and stands in the text as printed.
    Label,
    /// The call of a note.
    NoteCall(NoteKey),
    /// The mark that stands before the text of a note.
    NoteMark(NoteKey),
    /// Text that links to somewhere.
    Link(LinkId),
}
