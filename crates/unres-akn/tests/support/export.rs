//! Writes documents to memory.

use std::io::Write;
use std::sync::{Arc, Mutex};
use unres_akn::Akn;
use unres_export::{Addresses, ExportError, ExportOptions, Exporter, Part, Target};
use unres_model::Document;

/// A target in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic before").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Target for Memory {
    fn part(&mut self, _: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        Ok(Box::new(self.clone()))
    }
}

/// The file of one document, with the default options.
pub(crate) fn export(document: &Document) -> String {
    export_all(std::slice::from_ref(document), &ExportOptions::default())
}

/// The file of some documents.
pub(crate) fn export_all(documents: &[Document], options: &ExportOptions) -> String {
    let mut target = Memory::default();
    let mut writer = Akn.open(options, &mut target).expect("opened");
    for document in documents {
        writer.write(document, &Addresses::of(document), &mut Vec::new()).expect("written");
    }
    writer.finish(&mut Vec::new()).expect("finished");
    let bytes = target.0.lock().expect("no panic before").clone();
    String::from_utf8(bytes).expect("UTF-8")
}
