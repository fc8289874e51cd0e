//! Rows as RFC 4180 has them.

use crate::table::Cell;
use memchr::memchr;
use std::io::{self, BufWriter, Write};
use unres_source::any_byte;

/// Bytes that are gathered before they are handed on. A job opens three tables for each document.
const ENOUGH: usize = 8 << 10;

/// What writes the rows of one table; it is `finish` that hands the last ones on.
///
/// The writer of the `csv` library looks at every byte of every cell in a table, while two cells of three say the same in all rows of a document: it took
/// one sixth of the time from Akoma Ntoso to rows.
pub(crate) struct RowWriter {
    out: BufWriter<Box<dyn Write + Send>>,
    row: Row,
}

impl RowWriter {
    pub(crate) fn new(out: Box<dyn Write + Send>, delimiter: u8) -> Self {
        Self { out: BufWriter::with_capacity(ENOUGH, out), row: Row { delimiter, bytes: Vec::new() } }
    }

    /// Writes a row.
    pub(crate) fn write<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> io::Result<()> {
        self.out.write_all(self.row.of(cells))
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The cell as it stands in a table.
pub(crate) fn written(cell: &Cell<'_>, delimiter: u8) -> String {
    let mut row = Row { delimiter, bytes: Vec::new() };
    row.push(cell, &mut itoa::Buffer::new());
    String::from_utf8_lossy(&row.bytes).into_owned()
}

/// One row, kept for its room.
struct Row {
    delimiter: u8,
    bytes: Vec<u8>,
}

impl Row {
    /// The cells as a row, with the end of its line.
    fn of<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> &[u8] {
        self.bytes.clear();
        let mut digits = itoa::Buffer::new();
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                self.bytes.push(self.delimiter);
            }
            self.push(&cell, &mut digits);
        }
        // An empty line would be no row.
        if self.bytes.is_empty() {
            self.bytes.extend_from_slice(b"\"\"");
        }
        self.bytes.push(b'\n');
        &self.bytes
    }

    fn push(&mut self, cell: &Cell<'_>, digits: &mut itoa::Buffer) {
        let bytes = cell.as_str(digits).as_bytes();
        match cell {
            Cell::Text(text) if self.needs_quotes(text) => self.push_quoted(bytes),
            _ => self.bytes.extend_from_slice(bytes),
        }
    }

    fn needs_quotes(&self, text: &str) -> bool {
        let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
        any_byte(text, |byte| is(byte, b'"') | is(byte, self.delimiter) | is(byte, b'\n') | is(byte, b'\r'))
    }

    fn push_quoted(&mut self, mut rest: &[u8]) {
        self.bytes.push(b'"');
        while let Some((before, behind)) = memchr(b'"', rest).and_then(|at| rest.split_at_checked(at + 1)) {
            self.bytes.extend_from_slice(before);
            self.bytes.push(b'"');
            rest = behind;
        }
        self.bytes.extend_from_slice(rest);
        self.bytes.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cells: &[&str], delimiter: u8, expected: &str) {
        let mut row = Row { delimiter, bytes: Vec::new() };
        let found = row.of(cells.iter().map(|cell| Cell::from(*cell)));
        assert_eq!(String::from_utf8_lossy(found), format!("{expected}\n"), "{cells:?}");
    }

    #[test]
    fn cells_are_quoted_where_a_reader_would_take_them_apart() {
        check(&["lamps; oil", "", "wick"], b',', "lamps; oil,,wick");
        check(&["lamps; oil", "", "wick"], b';', "\"lamps; oil\";;wick");
        check(&["the \"North\" light", "\""], b',', "\"the \"\"North\"\" light\",\"\"\"\"");
        check(&["one\rtwo", "one\ntwo"], b',', "\"one\rtwo\",\"one\ntwo\"");
        check(&["", ""], b'\t', "\t");
    }

    #[test]
    fn a_row_of_one_empty_cell_is_no_empty_line() {
        check(&[""], b',', "\"\"");
    }

    #[test]
    fn what_is_written_is_not_quoted_again() {
        let cell = written(&Cell::from("oil, \"wick\""), b',');
        let mut row = Row { delimiter: b',', bytes: Vec::new() };
        assert_eq!(row.of([Cell::Written(&cell), Cell::Number(7)].into_iter()), b"\"oil, \"\"wick\"\"\",7\n");
    }
}
