//! Rows as RFC 4180 has them, gathered and handed on many at a time.

use memchr::{memchr_iter, memchr2};
use std::io::{self, Write};

/// Rows are handed on once they have this many bytes.
const ENOUGH: usize = 1 << 15;

/// Fewer bytes than these, as most cells have, are looked through faster one by one.
const SHORT: usize = 16;

/// What writes the rows of one table. It is `finish` that hands the last ones on.
pub(crate) struct RowWriter {
    out: Box<dyn Write + Send>,
    rows: Vec<u8>,
    delimiter: u8,
}

impl RowWriter {
    pub(crate) fn new(out: Box<dyn Write + Send>, delimiter: u8) -> Self {
        Self { out, rows: Vec::new(), delimiter }
    }

    /// Writes a row. Its cells hold no line breaks.
    pub(crate) fn write<C: AsRef<str>>(&mut self, cells: impl Iterator<Item = C>) -> io::Result<()> {
        let begin = self.rows.len();
        for (position, cell) in cells.enumerate() {
            if position > 0 {
                self.rows.push(self.delimiter);
            }
            self.push(cell.as_ref().as_bytes());
        }
        // Nothing on a line is no row to a reader.
        if self.rows.len() == begin {
            self.rows.extend_from_slice(b"\"\"");
        }
        self.rows.push(b'\n');
        if self.rows.len() >= ENOUGH { self.hand_on() } else { Ok(()) }
    }

    fn push(&mut self, cell: &[u8]) {
        let is_mark = |byte: &u8| *byte == self.delimiter || *byte == b'"';
        let is_plain =
            if cell.len() < SHORT { !cell.iter().any(is_mark) } else { memchr2(self.delimiter, b'"', cell).is_none() };
        if is_plain {
            self.rows.extend_from_slice(cell);
            return;
        }
        self.rows.push(b'"');
        let mut begin = 0;
        for mark in memchr_iter(b'"', cell) {
            self.rows.extend_from_slice(cell.get(begin..mark).unwrap_or_default());
            self.rows.push(b'"');
            begin = mark;
        }
        self.rows.extend_from_slice(cell.get(begin..).unwrap_or_default());
        self.rows.push(b'"');
    }

    fn hand_on(&mut self) -> io::Result<()> {
        self.out.write_all(&self.rows)?;
        self.rows.clear();
        Ok(())
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.hand_on()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<u8>>>);

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no panic before").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The rows are those of the library that reads them.
    fn check(delimiter: u8, row: &[&str]) {
        let memory = Memory::default();
        let mut writer = RowWriter::new(Box::new(memory.clone()), delimiter);
        writer.write(row.iter()).expect("written");
        writer.finish().expect("written");
        let written = memory.0.lock().expect("no panic before").clone();
        let mut peer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        peer.write_record(row).expect("written");
        let expected = peer.into_inner().expect("flushed");
        assert_eq!(String::from_utf8(written), String::from_utf8(expected));
    }

    #[test]
    fn cells_with_marks_stand_in_quotation_marks() {
        for delimiter in [b',', b'\t', b';'] {
            check(
                delimiter,
                &["bells", "", "two, three", "four; five\tsix", "\"", "a \"b\" c", "\"\"", "'1", "灯塔，"],
            );
            check(delimiter, &[""]);
            check(delimiter, &["", ""]);
        }
    }
}
