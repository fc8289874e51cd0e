//! What both tables are made of: columns that know their name and how to fill a cell.

use crate::line::fold;
use csv::StringRecord;
use std::borrow::Cow;

/// A column; `F` is a function from what a row is made of to the cell, empty for what the document does not state.
pub(crate) struct Column<F> {
    pub(crate) name: &'static str,
    pub(crate) cell: F,
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

/// One row.
pub(crate) fn record<'a>(row: impl Iterator<Item = Cow<'a, str>>, guard: Guard) -> StringRecord {
    cells(row, guard).collect()
}

/// The cells of a row as they are written. None ever holds a line break, whatever the document holds.
pub(crate) fn cells<'a>(row: impl Iterator<Item = Cow<'a, str>>, guard: Guard) -> impl Iterator<Item = Cow<'a, str>> {
    row.map(move |cell| {
        let cell = fold(cell);
        let is_formula = guard == Guard::On && cell.starts_with(FORMULA_STARTS);
        if is_formula { format!("'{cell}").into() } else { cell }
    })
}

/// The cell of a fact that may be unknown.
pub(crate) fn opt_cell(fact: Option<impl ToString>) -> Cow<'static, str> {
    fact.map(|fact| fact.to_string()).unwrap_or_default().into()
}

/// The cell of a text that may be missing.
pub(crate) fn opt_text(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}
