//! Tables over many inputs, put together from the rows of each.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, MemoryTarget, Part, Target,
};
use unres_model::Document;
use unres_source::Sink;

/// Makes rows of documents on any thread, for a table that another thread puts together.
pub struct RowMaker {
    /// The parts of the table, with what each begins with.
    heads: Vec<(Part, Vec<u8>)>,
    /// Writers that no thread uses. To open one for each input would cost as much as a tenth of its rows.
    idle: Mutex<Vec<OpenWriter>>,
}

struct OpenWriter {
    writer: Box<dyn DocumentWriter>,
    target: MemoryTarget,
}

/// The rows of some documents, for each part of their table.
pub struct Rows(Vec<Vec<u8>>);

impl RowMaker {
    /// None for a format whose rows cannot be put together: [`Exporter::is_appendable`].
    pub fn of(exporter: &dyn Exporter, options: &ExportOptions) -> Result<Option<Self>, ExportError> {
        if exporter.format().arity != Arity::ManyDocuments || !exporter.is_appendable() {
            return Ok(None);
        }
        options.check(exporter.options())?;
        let mut open = OpenWriter::new(exporter, options)?;
        let parts: Vec<Part> = open.target.parts().collect();
        let heads = parts.into_iter().map(|part| (part, open.target.take(part))).collect();
        Ok(Some(Self { heads, idle: Mutex::new(vec![open]) }))
    }

    /// The parts of the table, with what each begins with.
    pub fn heads(&self) -> impl Iterator<Item = (Part, &[u8])> {
        self.heads.iter().map(|(part, head)| (*part, head.as_slice()))
    }

    /// The rows of documents. Exporter and options are those that this is made of.
    pub fn rows(
        &self,
        exporter: &dyn Exporter,
        documents: &[Document],
        options: &ExportOptions,
        sink: &mut dyn Sink,
    ) -> Result<Rows, ExportError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut open = known.map_or_else(|| self.another(exporter, options), Ok)?;
        for document in documents {
            open.writer.write(document, &Addresses::of(document), sink)?;
        }
        open.writer.flush()?;
        let rows = self.heads.iter().map(|(part, _)| open.target.take(*part)).collect();
        idle().push(open);
        Ok(Rows(rows))
    }

    /// A writer that has written the heads.
    fn another(&self, exporter: &dyn Exporter, options: &ExportOptions) -> Result<OpenWriter, ExportError> {
        let mut open = OpenWriter::new(exporter, options)?;
        for (part, _) in &self.heads {
            open.target.take(*part);
        }
        Ok(open)
    }

    /// Begins a table.
    pub fn open(&self, target: &mut dyn Target) -> Result<Table, ExportError> {
        let open = |(part, head): (Part, &[u8])| {
            let mut out = target.part(part)?;
            out.write_all(head)?;
            Ok(out)
        };
        Ok(Table { parts: self.heads().map(open).collect::<Result<_, ExportError>>()? })
    }
}

impl OpenWriter {
    fn new(exporter: &dyn Exporter, options: &ExportOptions) -> Result<Self, ExportError> {
        let mut target = MemoryTarget::default();
        let mut writer = exporter.open(options, &mut target)?;
        writer.flush()?;
        Ok(Self { writer, target })
    }
}

impl Rows {
    /// The rows for each of [`RowMaker::heads`].
    pub fn into_parts(self) -> Vec<Vec<u8>> {
        self.0
    }
}

/// A table that rows are added to.
pub struct Table {
    parts: Vec<Box<dyn Write + Send>>,
}

impl Table {
    /// Adds rows of the maker that began the table.
    pub fn add(&mut self, rows: &Rows) -> io::Result<()> {
        self.parts.iter_mut().zip(&rows.0).try_for_each(|(out, rows)| out.write_all(rows))
    }

    /// Hands on what is still in memory.
    pub fn finish(mut self) -> io::Result<()> {
        self.parts.iter_mut().try_for_each(Write::flush)
    }
}
