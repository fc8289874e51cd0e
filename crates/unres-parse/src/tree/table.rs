//! Tables: the cells that a file knows, row by row.

use crate::flow::{CellFlow, Flow, FlowCx};
use unres_model::Cell;

/// The rows of a table.
pub(super) fn rows(cx: &FlowCx<'_>, flow: &Flow) -> Vec<Vec<Cell>> {
    let cell = |cell: &CellFlow| Cell {
        content: cell.flow.inlines(cx.source, 0, &[]),
        header: cell.place.header,
        more_columns: cell.place.more_columns,
        more_rows: cell.place.more_rows,
    };
    let rows = flow.cells.chunk_by(|one, next| one.place.row == next.place.row);
    rows.map(|row| row.iter().map(cell).collect()).collect()
}
