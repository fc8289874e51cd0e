//! Rows as RFC 4180 has them.

use std::io::{self, Write};

/// Bytes that are gathered before they are handed on. A job opens three tables for each document, and the library fills the room of each with zeros.
const ENOUGH: usize = 8 << 10;

/// What writes the rows of one table, cell by cell: a record that is filled first would be a copy of each row. It is `finish` that hands the last
/// ones on.
pub(crate) struct RowWriter {
    out: csv::Writer<Box<dyn Write + Send>>,
}

impl RowWriter {
    pub(crate) fn new(out: Box<dyn Write + Send>, delimiter: u8) -> Self {
        let out = csv::WriterBuilder::new().delimiter(delimiter).buffer_capacity(ENOUGH).from_writer(out);
        Self { out }
    }

    /// Writes a row.
    pub(crate) fn write<C: AsRef<str>>(&mut self, cells: impl Iterator<Item = C>) -> io::Result<()> {
        for cell in cells {
            self.out.write_field(cell.as_ref())?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()
    }
}
