//! What the tables are made of: columns that know their name and how to fill a cell.

use crate::line::fold;
use csv::StringRecord;
use std::borrow::Cow;
use std::convert::Infallible;
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
    /// Made to digits when it is written, which needs no memory.
    Number(u64),
    /// As it stands in the table, in quotation marks where it needs them.
    Written(&'a str),
}

impl Cell<'_> {
    pub(crate) fn as_str<'s>(&'s self, digits: &'s mut itoa::Buffer) -> &'s str {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => digits.format(*number),
            Self::Written(written) => written,
        }
    }
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
        if flag { "true".into() } else { "false".into() }
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
    /// The cell as it is to be read. Its text never holds a line break, whatever the document holds.
    pub(crate) fn cell(self, cell: Cell<'_>) -> Cell<'_> {
        let Cell::Text(text) = cell else { return cell };
        let text = fold(text);
        let is_formula = self == Self::On && text.starts_with(FORMULA_STARTS);
        Cell::Text(if is_formula { format!("'{text}").into() } else { text })
    }
}

/// The columns of a table with many rows for one document, with the cells that all these rows share.
pub(crate) struct Columns<F: 'static> {
    columns: Vec<(&'static CellOf<F>, String)>,
    guard: Guard,
}

impl<F: Copy> Columns<F> {
    /// `written` is what becomes of the cells that all rows share.
    pub(crate) fn new(
        columns: impl Iterator<Item = &'static Column<CellOf<F>>>,
        document: &Document,
        guard: Guard,
        written: impl Fn(&Cell<'_>) -> String,
    ) -> Self {
        let shared = |column: &'static Column<CellOf<F>>| match column.cell {
            CellOf::Document(cell) => written(&guard.cell(cell(document))),
            CellOf::Row(_) => String::new(),
        };
        Self { columns: columns.map(|column| (&column.cell, shared(column))).collect(), guard }
    }

    /// The cells of a row; `cell` makes those that are its own.
    pub(crate) fn row<'r>(&'r self, cell: impl Fn(F) -> Cell<'r>) -> impl Iterator<Item = Cell<'r>> {
        self.columns.iter().map(move |(of, shared)| match of {
            CellOf::Document(_) => Cell::Written(shared),
            CellOf::Row(of_row) => self.guard.cell(cell(*of_row)),
        })
    }
}

/// One row as other exporters take it.
pub(crate) fn record<'a>(cells: impl Iterator<Item = Cell<'a>>) -> StringRecord {
    let mut digits = itoa::Buffer::new();
    let mut record = StringRecord::new();
    for cell in cells {
        record.push_field(cell.as_str(&mut digits));
    }
    record
}

/// All rows as other exporters take them; `rows` hands the cells of each to what it is given.
pub(crate) fn records(rows: impl FnOnce(&mut TakeRow<'_>) -> Result<(), Infallible>) -> Vec<StringRecord> {
    let mut records = Vec::new();
    let Ok(()) = rows(&mut |cells| {
        records.push(record(cells));
        Ok(())
    });
    records
}

/// What takes the cells of a row.
type TakeRow<'t> = dyn FnMut(&mut dyn Iterator<Item = Cell<'_>>) -> Result<(), Infallible> + 't;

/// A cell as other exporters take it.
pub(crate) fn plain(cell: &Cell<'_>) -> String {
    cell.as_str(&mut itoa::Buffer::new()).to_owned()
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
