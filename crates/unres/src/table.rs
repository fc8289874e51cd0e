//! Tables over many inputs, put together from the rows of each.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, MemoryTarget, Part, Target,
};
use unres_model::Document;
use unres_source::Sink;

/// Makes rows of documents on any thread, for a table that another thread puts together.
pub struct RowMaker {
    exporter: Arc<dyn Exporter>,
    options: ExportOptions,
    heads: Heads,
    /// Writers that no thread uses. To open one for each input would cost as much as a tenth of its rows.
    idle: Mutex<Vec<OpenWriter>>,
}

/// The parts of a table, with what each begins with.
type Heads = Vec<(Part, Vec<u8>)>;

/// A writer whose heads were taken.
struct OpenWriter {
    writer: Box<dyn DocumentWriter>,
    target: MemoryTarget,
}

/// The rows of some documents, for each part of their table.
pub struct Rows(Vec<Vec<u8>>);

impl RowMaker {
    /// None for a format whose rows cannot be put together: [`Exporter::is_appendable`].
    pub fn of(exporter: &Arc<dyn Exporter>, options: &ExportOptions) -> Result<Option<Self>, ExportError> {
        if exporter.format().arity != Arity::ManyDocuments || !exporter.is_appendable() {
            return Ok(None);
        }
        options.check(exporter.options())?;
        let (open, heads) = OpenWriter::new(exporter.as_ref(), options)?;
        let (exporter, options) = (Arc::clone(exporter), options.clone());
        Ok(Some(Self { exporter, options, heads, idle: Mutex::new(vec![open]) }))
    }

    /// The format of the table.
    pub fn format(&self) -> Format {
        self.exporter.format()
    }

    /// The parts of the table, with what each begins with.
    pub fn heads(&self) -> impl Iterator<Item = (Part, &[u8])> {
        self.heads.iter().map(|(part, head)| (*part, head.as_slice()))
    }

    /// The rows of documents.
    pub fn rows(&self, documents: &[Document], sink: &mut dyn Sink) -> Result<Rows, ExportError> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let known = idle().pop();
        let mut open = known.map_or_else(|| self.another(), Ok)?;
        // A writer that fails is not used again: it may have written half a row.
        for document in documents {
            open.writer.write(document, &Addresses::of(document), sink)?;
        }
        open.writer.flush()?;
        let rows = self.heads.iter().map(|(part, _)| open.target.take(*part)).collect();
        idle().push(open);
        Ok(Rows(rows))
    }

    fn another(&self) -> Result<OpenWriter, ExportError> {
        let (open, heads) = OpenWriter::new(self.exporter.as_ref(), &self.options)?;
        debug_assert!(heads == self.heads, "{} begins its tables differently", self.exporter.format().id);
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
    /// Gives what each part begins with, too.
    fn new(exporter: &dyn Exporter, options: &ExportOptions) -> Result<(Self, Heads), ExportError> {
        let mut target = MemoryTarget::default();
        let mut writer = exporter.open(options, &mut target)?;
        writer.flush()?;
        let parts: Vec<Part> = target.parts().collect();
        let heads = parts.into_iter().map(|part| (part, target.take(part))).collect();
        Ok((Self { writer, target }, heads))
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

#[cfg(test)]
mod tests {
    use super::*;
    use unres_export::Format;

    /// A table of the names of sources; it holds rows back until it must not, and one that has no name breaks it in the middle of a row.
    struct Names;

    struct NamesWriter {
        out: Box<dyn Write + Send>,
        held: Vec<u8>,
    }

    impl Exporter for Names {
        fn format(&self) -> Format {
            let (title, media_type) = ("Names", "text/plain");
            Format { id: "names", title, media_type, extension: "names", arity: Arity::ManyDocuments }
        }

        fn is_appendable(&self) -> bool {
            true
        }

        fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
            Ok(Box::new(NamesWriter { out: target.part(Part::Main)?, held: b"name\n".to_vec() }))
        }
    }

    impl DocumentWriter for NamesWriter {
        fn write(&mut self, document: &Document, _: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
            self.held.push(b'"');
            if document.meta.source.is_empty() {
                return Err(io::Error::other("no name").into());
            }
            self.held.extend(document.meta.source.bytes());
            self.held.extend(b"\"\n");
            Ok(())
        }

        fn flush(&mut self) -> Result<(), ExportError> {
            Ok(self.out.write_all(&std::mem::take(&mut self.held))?)
        }

        fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
            self.flush()
        }
    }

    fn named(name: &str) -> Vec<Document> {
        let mut document = Document::default();
        document.meta.source = name.to_owned();
        vec![document]
    }

    #[test]
    fn rows_are_whole_and_without_head_whoever_writes_them() {
        let names: Arc<dyn Exporter> = Arc::new(Names);
        let maker = RowMaker::of(&names, &ExportOptions::default()).expect("no options").expect("appendable");
        let rows = |name| maker.rows(&named(name), &mut Vec::new());
        let lamp = rows("lamp").expect("a name");
        assert!(rows("").is_err());
        // The writer that broke is gone; this is another.
        let bell = rows("bell").expect("a name");
        let mut target = MemoryTarget::default();
        let mut table = maker.open(&mut target).expect("room");
        [&bell, &lamp].into_iter().try_for_each(|rows| table.add(rows)).expect("room");
        table.finish().expect("room");
        assert_eq!(String::from_utf8_lossy(&target.bytes(Part::Main)), "name\n\"bell\"\n\"lamp\"\n");
    }
}
