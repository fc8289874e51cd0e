//! The writer of the strict AKN4UN profile.
//!
//! The guidelines are those of part 1 (structure, metadata, IRIs, eIds) and of the modelling pages for General Assembly resolutions. Output is
//! always valid against the schema: where a document holds what the schema has no place for, the nearest element that may stand there is used.

mod body;
mod identity;
mod inline;
mod meta;
mod references;
mod xml;

use crate::xml::AKN_NAMESPACE;
use identity::Identity;
use jiff::civil::Date;
use std::io::Write;
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, OptionKind, OptionSpec, Part,
    Target,
};
use unres_model::Document;
use unres_source::{Diagnostic, RuleId, Sink};

const NOT_WRITTEN: RuleId = RuleId::new("akn/facts-not-written");

/// The exporter of Akoma Ntoso.
#[derive(Clone, Copy, Debug, Default)]
pub struct Akn;

const OPTIONS: &[OptionSpec] = &[OptionSpec {
    name: "date",
    kind: OptionKind::Text,
    help: "date of markup, YYYY-MM-DD; default the date of adoption, since there is no clock",
}];

impl Exporter for Akn {
    fn format(&self) -> Format {
        Format {
            id: "akn",
            title: "Akoma Ntoso XML, AKN4UN profile",
            media_type: "application/akn+xml",
            extension: "xml",
            arity: Arity::OneDocument,
        }
    }

    fn options(&self) -> &'static [OptionSpec] {
        OPTIONS
    }

    fn open(&self, options: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let markup_date = match options.get("date") {
            None => None,
            Some(text) => Some(text.parse().map_err(|_| ExportError::Option {
                name: "date".to_owned(),
                message: format!("{text:?} is no date of the form YYYY-MM-DD"),
            })?),
        };
        Ok(Box::new(AknWriter { out: target.part(Part::Main)?, markup_date, written: false }))
    }
}

struct AknWriter {
    out: Box<dyn Write + Send>,
    markup_date: Option<Date>,
    written: bool,
}

impl DocumentWriter for AknWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        if std::mem::replace(&mut self.written, true) {
            return Err(std::io::Error::other("an Akoma Ntoso file holds one document").into());
        }
        self.out.write_all(&render(document, addresses, self.markup_date, sink))?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

/// The whole file. The body is written first: it says what the metadata must declare.
fn render(document: &Document, addresses: &Addresses, markup_date: Option<Date>, sink: &mut dyn Sink) -> Vec<u8> {
    let identity = Identity::of(document, markup_date, sink);
    let written = body::write(document, addresses, &identity, sink);
    let mut xml = xml::Xml::document();
    xml.open("akomaNtoso", &[("xmlns", AKN_NAMESPACE)]);
    xml.open(identity.element(), &[("name", identity.name()), ("contains", "originalVersion")]);
    meta::write(&mut xml, document, &identity, &written.references);
    xml.append(written.xml);
    tell_not_written(document, sink);
    xml.close();
    xml.close();
    xml.finish(sink)
}

/// Says which facts of the document, stated beside its text, have no place in the file yet.
fn tell_not_written(document: &Document, sink: &mut dyn Sink) {
    let meta = &document.meta;
    let facts = [
        ("votes", meta.votes.len()),
        ("sponsors", meta.sponsors.len()),
        ("subjects", meta.subjects.len()),
        ("steps", meta.steps.len()),
    ];
    let left_out: Vec<String> =
        facts.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{count} {what}")).collect();
    if !left_out.is_empty() {
        let message = format!("{} of the metadata are not written; JSON and CSV hold them", left_out.join(", "));
        sink.push(Diagnostic::warning(NOT_WRITTEN, None, message));
    }
}
