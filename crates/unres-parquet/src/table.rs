//! A table that is written in groups of rows, so that only one group is in memory.

use crate::column::Column;
use csv::StringRecord;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;
use unres_model::Citation;

/// How large a group of rows gets: what readers take at once, and what is held in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupSize {
    pub(crate) rows: usize,
    pub(crate) bytes: usize,
}

impl GroupSize {
    pub(crate) const USUAL: Self = Self { rows: 100_000, bytes: 64 << 20 };
}

pub(crate) struct Table {
    out: SerializedFileWriter<Box<dyn Write + Send>>,
    columns: Vec<Column>,
    size: GroupSize,
    rows: usize,
    bytes: usize,
}

impl Table {
    pub(crate) fn begin(
        out: Box<dyn Write + Send>,
        name: &str,
        header: &StringRecord,
        size: GroupSize,
    ) -> Result<Self> {
        let columns: Vec<Column> = header.iter().map(|column| Column::new(name, column)).collect();
        let declarations: String = columns.iter().map(Column::declaration).collect();
        let schema = parse_message_type(&format!("message {name} {{ {declarations} }}"))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by("unres".to_owned())
            .build();
        let out = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
        Ok(Self { out, columns, size, rows: 0, bytes: 0 })
    }

    /// Adds a row; `citations` are those that its column of citations holds, where the table has one.
    pub(crate) fn push(&mut self, row: &StringRecord, citations: &[&Citation]) -> Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(row) {
            column.push(cell, citations)?;
        }
        self.rows += 1;
        self.bytes += row.as_slice().len();
        if self.rows >= self.size.rows || self.bytes >= self.size.bytes { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<()> {
        let mut group = self.out.next_row_group()?;
        for column in &mut self.columns {
            for leaf in 0..column.leaves() {
                if let Some(mut writer) = group.next_column()? {
                    column.write(leaf, writer.untyped())?;
                    writer.close()?;
                }
            }
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<()> {
        if self.rows > 0 {
            self.write_group()?;
        }
        self.out.finish()?;
        Ok(())
    }
}
