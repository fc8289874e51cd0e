//! A table in a workbook: a sheet, and further ones when it is full.

use crate::looks::{Form, Formats, Look};
use rust_xlsxwriter::{ExcelDateTime, Workbook, Worksheet, XlsxError};
use unres_source::{Diagnostic, RuleId, Sink};

const LONG_CELL: RuleId = RuleId::new("xlsx/long-cell");
const FULL_SHEET: RuleId = RuleId::new("xlsx/full-sheet");

/// What a sheet holds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Rows of a sheet, its header included.
    pub(crate) rows: u32,
    /// Length of a cell in UTF-16 units.
    pub(crate) cell: usize,
}

impl Limits {
    pub(crate) const EXCEL: Self = Self { rows: 1_048_576, cell: 32_767 };
}

/// A table in a workbook. Its rows are written from top to bottom.
pub(crate) struct Table {
    name: &'static str,
    header: Vec<String>,
    looks: Vec<Look>,
    limits: Limits,
    /// Index in the workbook of the sheet that is being filled.
    sheet: usize,
    /// How many sheets it has.
    sheets: u32,
    next_row: u32,
}

impl Table {
    /// Begins a table with its first sheet.
    pub(crate) fn begin<'a>(
        workbook: &mut Workbook,
        name: &'static str,
        header: impl IntoIterator<Item = &'a str>,
        formats: &Formats,
        limits: Limits,
    ) -> Result<Self, XlsxError> {
        let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
        let looks = header.iter().map(|column| Look::of(column)).collect();
        let mut table = Self { name, header, looks, limits, sheet: 0, sheets: 0, next_row: 0 };
        table.begin_sheet(workbook, formats)?;
        Ok(table)
    }

    /// Writes a row. A cell that is too long goes on in rows below, in which all that is not too long stands again.
    pub(crate) fn push(
        &mut self,
        workbook: &mut Workbook,
        cells: &[&str],
        formats: &Formats,
        sink: &mut dyn Sink,
    ) -> Result<(), XlsxError> {
        let cells: Vec<Vec<&str>> = cells.iter().map(|cell| pieces(cell, self.limits.cell)).collect();
        let rows = cells.iter().map(Vec::len).max().unwrap_or(1);
        for row in 0..rows {
            if self.next_row == self.limits.rows {
                self.end_sheet(workbook)?;
                self.begin_sheet(workbook, formats)?;
                sink.push(self.full_sheet());
            }
            let sheet = workbook.worksheet_from_index(self.sheet)?;
            for (column, (pieces, look)) in (0..).zip(cells.iter().zip(&self.looks)) {
                let piece = if pieces.len() == 1 { pieces.first() } else { pieces.get(row) };
                write_cell(sheet, self.next_row, column, piece.copied().unwrap_or_default(), *look, formats)?;
            }
            self.next_row += 1;
        }
        if rows > 1 {
            sink.push(self.long_cell(rows));
        }
        Ok(())
    }

    /// Ends the table.
    pub(crate) fn finish(self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        self.end_sheet(workbook)
    }

    fn begin_sheet(&mut self, workbook: &mut Workbook, formats: &Formats) -> Result<(), XlsxError> {
        self.sheet = workbook.worksheets().len();
        self.sheets += 1;
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(if self.sheets == 1 {
            self.name.to_owned()
        } else {
            format!("{} {}", self.name, self.sheets)
        })?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, (name, look)) in (0..).zip(self.header.iter().zip(&self.looks)) {
            sheet.set_column_width(column, look.width)?;
            sheet.write_string_with_format(0, column, name, &formats.header)?;
        }
        self.next_row = 1;
        Ok(())
    }

    /// The filter covers all rows, so that it is set when they are known.
    fn end_sheet(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let last_column = u16::try_from(self.header.len().saturating_sub(1)).unwrap_or(u16::MAX);
        workbook.worksheet_from_index(self.sheet)?.autofilter(0, 0, self.next_row - 1, last_column)?;
        Ok(())
    }

    fn long_cell(&self, rows: usize) -> Diagnostic {
        let message = format!(
            "a row of sheet {} stands in {rows} rows up to row {}: Excel holds {} characters in a cell, and it has more",
            self.name, self.next_row, self.limits.cell
        );
        Diagnostic::warning(LONG_CELL, None, message).hint("the CSV and JSON forms have no such limit")
    }

    fn full_sheet(&self) -> Diagnostic {
        let message = format!(
            "table {} goes on in sheet {} {}: Excel holds {} rows in one",
            self.name, self.name, self.sheets, self.limits.rows
        );
        Diagnostic::warning(FULL_SHEET, None, message).hint("the CSV form has no such limit")
    }
}

/// Text in pieces that cells can hold.
fn pieces(text: &str, limit: usize) -> Vec<&str> {
    let (piece, mut rest) = split(text, limit);
    let mut pieces = vec![piece];
    while !rest.is_empty() {
        let (piece, after) = split(rest, limit);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// Text up to the limit, and the rest. The cut is behind a blank where there is one.
fn split(text: &str, limit: usize) -> (&str, &str) {
    // No text has more UTF-16 units than bytes.
    if text.len() <= limit {
        return (text, "");
    }
    let mut units = 0;
    let passes = |c: char| {
        units += c.len_utf16();
        units > limit
    };
    let Some(end) = text.find(passes) else { return (text, "") };
    let (head, _) = text.split_at(end);
    let blank = head.char_indices().rfind(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    text.split_at(blank.unwrap_or(end))
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &str,
    look: Look,
    formats: &Formats,
) -> Result<(), XlsxError> {
    if cell.is_empty() {
        return Ok(());
    }
    match look.form {
        Form::Prose => sheet.write_string_with_format(row, column, cell, &formats.prose)?,
        Form::Switch => sheet.write_boolean_with_format(row, column, cell == "true", &formats.word)?,
        Form::Number if let Ok(number) = cell.parse::<u32>() => {
            sheet.write_number_with_format(row, column, number, &formats.word)?
        }
        Form::Date if let Ok(date) = ExcelDateTime::parse_from_str(cell) => {
            sheet.write_datetime_with_format(row, column, &date, &formats.date)?
        }
        Form::Word | Form::Number | Form::Date => sheet.write_string_with_format(row, column, cell, &formats.word)?,
    };
    Ok(())
}
