//! What the tables are made of: columns that know their name and how to fill a cell.

use crate::line::fold;
use crate::rows::Dialect;
use csv::StringRecord;
use std::borrow::Cow;
use unres_model::Document;

/// A column; `F` is a function from what a row is made of to the cell, empty for what the document does not state.
pub(crate) struct Column<F> {
    pub(crate) name: &'static str,
    pub(crate) cell: F,
}

/// How a cell of a table with many rows for one document is made.
pub(crate) enum CellOf<F> {
    /// All rows of a document say the same: it is made once.
    Document(for<'d> fn(&'d Document) -> Cell<'d>),
    /// Each row says its own.
    Row(F),
}

/// What a cell holds.
pub(crate) enum Cell<'a> {
    Text(Cow<'a, str>),
    /// Text that is known to hold no line break.
    Line(&'a str),
    /// A name that the program gives: of letters, digits, `-`, `_` and `.` in ASCII.
    Name(&'a str),
    /// Made to digits when it is written, which needs no memory.
    Number(u64),
    /// As it stands in the table, in quotation marks where it needs them. It may be several cells.
    Written(&'a str),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<bool> for Cell<'_> {
    fn from(flag: bool) -> Self {
        // No letter stands between cells or begins a formula.
        Self::Written(if flag { "true" } else { "false" })
    }
}

/// Whether cells that a spreadsheet would take for a formula are defused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Cells stay as they are.
    #[default]
    Off,
    /// An apostrophe is put before them.
    On,
}

/// What begins a formula in a spreadsheet; blanks are not passed over there.
const FORMULA_STARTS: [char; 5] = ['=', '+', '-', '@', '\t'];

impl Guard {
    /// A text as it is to be read: on one line, whatever the document holds.
    pub(crate) fn text<'t>(self, text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
        let text = fold(text.into());
        let is_formula = self == Self::On && text.starts_with(FORMULA_STARTS);
        if is_formula { format!("'{text}").into() } else { text }
    }
}

/// The columns of a table with many rows for one document, with what all these rows share.
pub(crate) struct Columns<F>(Vec<Piece<F>>);

enum Piece<F> {
    /// A cell that all rows share, or several side by side.
    Shared(String),
    Own(F),
}

impl<F: Copy + 'static> Columns<F> {
    /// Columns for rows that are written: shared cells that stand side by side are one piece.
    pub(crate) fn written(
        columns: impl Iterator<Item = &'static Column<CellOf<F>>>,
        document: &Document,
        dialect: &Dialect,
    ) -> Self {
        let mut pieces: Vec<Piece<F>> = Vec::new();
        for column in columns {
            match (&column.cell, pieces.last_mut()) {
                (CellOf::Document(cell), Some(Piece::Shared(run))) => dialect.push_next(run, cell(document)),
                (CellOf::Document(cell), _) => pieces.push(Piece::Shared(dialect.written(cell(document)))),
                (CellOf::Row(cell), _) => pieces.push(Piece::Own(*cell)),
            }
        }
        Self(pieces)
    }

    /// Columns for [`records`]: each cell is a piece, not in quotation marks.
    fn plain(columns: impl Iterator<Item = &'static Column<CellOf<F>>>, document: &Document, guard: Guard) -> Self {
        let mut digits = itoa::Buffer::new();
        let pieces = columns.map(|column| match &column.cell {
            CellOf::Document(cell) => Piece::Shared(plain(&cell(document), guard, &mut digits).into_owned()),
            CellOf::Row(cell) => Piece::Own(*cell),
        });
        Self(pieces.collect())
    }

    /// The cells of a row; `cell` makes those that are its own.
    pub(crate) fn row<'r>(&'r self, cell: impl Fn(F) -> Cell<'r>) -> impl Iterator<Item = Cell<'r>> {
        self.0.iter().map(move |piece| match piece {
            Piece::Shared(written) => Cell::Written(written),
            Piece::Own(of_row) => cell(*of_row),
        })
    }
}

/// The rows of a document as other exporters take them; `cell` makes the cells that are a row's own.
pub(crate) fn records<F: Copy + 'static, R>(
    columns: impl Iterator<Item = &'static Column<CellOf<F>>>,
    document: &Document,
    guard: Guard,
    rows: impl Iterator<Item = R>,
    cell: impl for<'r> Fn(F, &'r R) -> Cell<'r>,
) -> Vec<StringRecord> {
    let columns = Columns::plain(columns, document, guard);
    rows.map(|row| record(columns.row(|of_row| cell(of_row, &row)), guard)).collect()
}

/// One row as other exporters take it.
pub(crate) fn record<'a>(cells: impl Iterator<Item = Cell<'a>>, guard: Guard) -> StringRecord {
    let mut digits = itoa::Buffer::new();
    let mut record = StringRecord::new();
    for cell in cells {
        record.push_field(&plain(&cell, guard, &mut digits));
    }
    record
}

/// A cell as other exporters take it.
fn plain<'c>(cell: &'c Cell<'_>, guard: Guard, digits: &'c mut itoa::Buffer) -> Cow<'c, str> {
    match cell {
        Cell::Text(text) => guard.text(text.as_ref()),
        Cell::Line(text) | Cell::Name(text) => guard.text(*text),
        Cell::Number(number) => digits.format(*number).into(),
        Cell::Written(written) => (*written).into(),
    }
}

/// The cell of a fact that may be unknown.
pub(crate) fn opt_cell(fact: Option<impl ToString>) -> Cell<'static> {
    fact.map(|fact| fact.to_string()).unwrap_or_default().into()
}

/// The cell of a number that may be unknown.
pub(crate) fn opt_number(number: Option<impl Into<u64>>) -> Cell<'static> {
    number.map_or("".into(), |number| Cell::Number(number.into()))
}

/// The cell of a text that may be missing.
pub(crate) fn opt_text(text: Option<&str>) -> Cell<'_> {
    text.unwrap_or_default().into()
}
