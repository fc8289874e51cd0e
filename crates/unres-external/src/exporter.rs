//! A program as an exporter.

use crate::program::Program;
use crate::protocol::{Description, Header, PROTOCOL};
use crate::running::Running;
use unres_export::{
    Addresses, DocumentWriter, ExportError, ExportOptions, Exporter, Format, OptionKind, OptionSpec, Target,
};
use unres_model::Document;
use unres_source::{Diagnostic, RuleId, Sink};

/// What a program says beside its output when all went well.
const SAYS: RuleId = RuleId::new("export/program-says");

/// An exporter that runs a program.
#[derive(Clone, Debug)]
pub struct External {
    program: Program,
    format: Format,
    options: Vec<OptionSpec>,
}

impl External {
    /// The exporter of a program, which is asked what it is. `id` is what `--to` takes.
    pub fn new(id: &str, program: Program) -> Result<Self, ExportError> {
        let Description { title, media_type, extension, documents, options, .. } = program.describe()?;
        let format = Format {
            id: keep(id.to_owned()),
            title: keep(title),
            media_type: keep(media_type),
            extension: keep(extension),
            arity: documents.into(),
        };
        let options = options.into_iter().map(|option| OptionSpec {
            name: keep(option.name),
            kind: kind_of(option.values),
            help: keep(option.help),
        });
        Ok(Self { program, format, options: options.collect() })
    }
}

fn kind_of(values: Vec<String>) -> OptionKind {
    if values.is_empty() {
        return OptionKind::Text;
    }
    let words: Vec<&'static str> = values.into_iter().map(keep).collect();
    OptionKind::OneOf(Box::leak(words.into_boxed_slice()))
}

/// Formats are described by text that never goes away, as that of the built-in ones. So the few words of a program, which is asked once,
/// stay in memory until the end.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

impl Exporter for External {
    fn format(&self) -> Format {
        self.format
    }

    fn options(&self) -> &[OptionSpec] {
        &self.options
    }

    fn open(&self, options: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let given = options.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut running = self.program.start(target)?;
        running.send(header_line(&Header { protocol: PROTOCOL, options: given })?)?;
        Ok(Box::new(ProgramWriter { running }))
    }
}

pub(crate) fn header_line(header: &Header) -> Result<Vec<u8>, ExportError> {
    let mut line = serde_json::to_vec(header).map_err(std::io::Error::from)?;
    line.push(b'\n');
    Ok(line)
}

struct ProgramWriter {
    running: Running,
}

impl DocumentWriter for ProgramWriter {
    fn write(&mut self, document: &Document, _: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        self.running.send(unres_json::line(document)?)
    }

    fn finish(self: Box<Self>, sink: &mut dyn Sink) -> Result<(), ExportError> {
        for line in self.running.finish()?.lines() {
            sink.push(Diagnostic::warning(SAYS, None, line));
        }
        Ok(())
    }
}
