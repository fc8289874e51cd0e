//! Rows as RFC 4180 has them.

use crate::table::{Cell, Guard};
use memchr::{memchr, memchr2};
use std::io::{self, Write};

/// Bytes that are gathered before they are handed on.
const ENOUGH: usize = 64 << 10;

/// What writes the rows of one table; it is `flush` that hands the last ones on.
///
/// The writer of the `csv` library looks at every byte of every cell in a table, while two cells of three say the same in all rows of a document: it took
/// one sixth of the time from Akoma Ntoso to rows.
pub(crate) struct RowWriter {
    out: Box<dyn Write + Send>,
    dialect: Dialect,
    /// Rows that are not handed on.
    rows: String,
}

impl RowWriter {
    pub(crate) fn new(out: Box<dyn Write + Send>, dialect: Dialect) -> Self {
        Self { out, dialect, rows: String::new() }
    }

    pub(crate) fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// Writes a row.
    pub(crate) fn write<'c>(&mut self, cells: impl Iterator<Item = Cell<'c>>) -> io::Result<()> {
        self.dialect.push_row(&mut self.rows, cells);
        if self.rows.len() < ENOUGH { Ok(()) } else { self.hand_on() }
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(self.rows.as_bytes())?;
        self.rows.clear();
        Ok(())
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.hand_on()?;
        self.out.flush()
    }
}

/// What a name of ours holds beside letters and digits.
const NAME_MARKS: [u8; 3] = *b"-_.";

/// How cells are written.
pub(crate) struct Dialect {
    delimiter: u8,
    guard: Guard,
    /// For each byte whether it says nothing of how its cell is written.
    plain: [bool; 256],
    /// Whether all names stand in a table as they are.
    plain_names: bool,
}

impl Dialect {
    pub(crate) fn new(delimiter: u8, guard: Guard) -> Self {
        let begins_break = |byte| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2);
        let is_plain = |byte| !begins_break(byte) && byte != b'"' && byte != delimiter && guard == Guard::Off;
        Self {
            delimiter,
            guard,
            plain: std::array::from_fn(|byte| u8::try_from(byte).is_ok_and(is_plain)),
            plain_names: NAME_MARKS.into_iter().all(is_plain),
        }
    }

    /// Adds a row, with the end of its line.
    fn push_row<'c>(&self, rows: &mut String, mut cells: impl Iterator<Item = Cell<'c>>) {
        let start = rows.len();
        if let Some(cell) = cells.next() {
            self.push(rows, cell);
        }
        for cell in cells {
            self.push_next(rows, cell);
        }
        // An empty line would be no row.
        if rows.len() == start {
            rows.push_str("\"\"");
        }
        rows.push('\n');
    }

    /// The cell as it stands in a table.
    pub(crate) fn written(&self, cell: Cell<'_>) -> String {
        let mut written = String::new();
        self.push(&mut written, cell);
        written
    }

    /// Adds a cell behind another.
    pub(crate) fn push_next(&self, row: &mut String, cell: Cell<'_>) {
        row.push(char::from(self.delimiter));
        self.push(row, cell);
    }

    #[inline]
    fn push(&self, row: &mut String, cell: Cell<'_>) {
        match cell {
            Cell::Text(text) if text.is_empty() => {}
            Cell::Text(text) => self.push_text(row, &text),
            Cell::Line(text) if self.guard == Guard::Off => self.push_line(row, text),
            Cell::Line(text) => self.push_line(row, &self.guard.text(text)),
            Cell::Name(name) if self.plain_names => row.push_str(name),
            Cell::Name(name) => self.push_text(row, name),
            Cell::Number(number) => row.push_str(itoa::Buffer::new().format(number)),
            Cell::Written(written) => row.push_str(written),
        }
    }

    fn push_text(&self, row: &mut String, text: &str) {
        if self.is_plain(text) {
            row.push_str(text);
        } else {
            self.push_line(row, &self.guard.text(text));
        }
    }

    /// Whether a text stands in a table as it is, told by one look: most are short. It may say no of others too.
    fn is_plain(&self, text: &str) -> bool {
        text.bytes().all(|byte| self.plain[usize::from(byte)])
    }

    /// Adds a text without line breaks.
    fn push_line(&self, row: &mut String, text: &str) {
        if memchr2(b'"', self.delimiter, text.as_bytes()).is_some() {
            push_quoted(row, text);
        } else {
            row.push_str(text);
        }
    }
}

fn push_quoted(row: &mut String, mut rest: &str) {
    row.push('"');
    while let Some((before, behind)) = memchr(b'"', rest.as_bytes()).and_then(|at| rest.split_at_checked(at + 1)) {
        row.push_str(before);
        row.push('"');
        rest = behind;
    }
    row.push_str(rest);
    row.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::record;
    use proptest::prelude::*;

    fn row<'c>(cells: impl Iterator<Item = Cell<'c>>, delimiter: u8) -> String {
        let mut row = String::new();
        Dialect::new(delimiter, Guard::Off).push_row(&mut row, cells);
        row
    }

    fn check(cells: &[&str], delimiter: u8, expected: &str) {
        let found = row(cells.iter().map(|cell| Cell::from(*cell)), delimiter);
        assert_eq!(found, format!("{expected}\n"), "{cells:?}");
    }

    #[test]
    fn cells_are_quoted_where_a_reader_would_take_them_apart() {
        check(&["lamps; oil", "", "wick"], b',', "lamps; oil,,wick");
        check(&["lamps; oil", "", "wick"], b';', "\"lamps; oil\";;wick");
        check(&["the \"North\" light", "\""], b',', "\"the \"\"North\"\" light\",\"\"\"\"");
        check(&["one\rtwo", "one\ntwo"], b',', "one two,one two");
        check(&["one\ntwo"], b' ', "\"one two\"");
        check(&["", ""], b'\t', "\t");
    }

    #[test]
    fn a_row_of_one_empty_cell_is_no_empty_line() {
        check(&[""], b',', "\"\"");
    }

    #[test]
    fn what_is_written_is_not_quoted_again() {
        let cell = Dialect::new(b',', Guard::Off).written(Cell::from("oil, \"wick\""));
        assert_eq!(row([Cell::Written(&cell), Cell::Number(7)].into_iter(), b','), "\"oil, \"\"wick\"\"\",7\n");
    }

    #[test]
    fn a_guarded_cell_is_quoted_with_its_apostrophe() {
        let dialect = Dialect::new(b',', Guard::On);
        assert_eq!(dialect.written(Cell::from("=a,\nb")), "\"'=a, b\"");
        assert_eq!(dialect.written(Cell::Line("=a,b")), "\"'=a,b\"");
        assert_eq!(dialect.written(Cell::Line("a,b")), "\"a,b\"");
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_library(
            cells in proptest::collection::vec("[a\"',; \r\n\u{b}\u{85}\u{a0}\u{2028}\u{2019}灯=]{0,6}", 1..5),
            delimiter in prop_oneof![Just(b','), Just(b';'), Just(b' '), Just(b'=')],
        ) {
            let texts = || cells.iter().map(|cell| Cell::from(cell.as_str()));
            let record = record(texts(), Guard::Off);
            let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            writer.write_record(&record).expect("room");
            let expected = String::from_utf8(writer.into_inner().expect("room")).expect("UTF-8");
            prop_assert_eq!(row(texts(), delimiter), expected.as_str());
            prop_assert_eq!(row(record.iter().map(Cell::Line), delimiter), expected);
        }

        #[test]
        fn names_are_written_as_any_text(name in "[-_.a-z0-9]{0,8}", delimiter in prop_oneof![Just(b','), Just(b'-')]) {
            for guard in [Guard::Off, Guard::On] {
                let dialect = Dialect::new(delimiter, guard);
                prop_assert_eq!(dialect.written(Cell::Name(&name)), dialect.written(Cell::from(name.as_str())));
            }
        }
    }
}
