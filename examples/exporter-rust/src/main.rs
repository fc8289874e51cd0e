//! `unres-export-openings`: which words open which paragraph, with tabs between. The example of `docs/exporters.md`.

use std::io::Write;
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

struct Openings;

impl Exporter for Openings {
    fn format(&self) -> Format {
        let (title, media_type) = ("The opening words of each paragraph", "text/tab-separated-values");
        Format { id: "openings", title, media_type, extension: "openings.tsv", arity: Arity::ManyDocuments }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let mut out = target.part(Part::Main)?;
        writeln!(out, "eid\topening")?;
        Ok(Box::new(OpeningsWriter(out)))
    }
}

struct OpeningsWriter(Box<dyn Write + Send>);

impl DocumentWriter for OpeningsWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        for (block, address) in document.blocks.iter().zip(addresses.blocks()) {
            if let Some(opening) = &block.opening {
                writeln!(self.0, "{}\t{}", address.eid, opening.phrase)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.0.flush()?)
    }
}

fn main() -> std::process::ExitCode {
    unres_external::serve(&Openings)
}
