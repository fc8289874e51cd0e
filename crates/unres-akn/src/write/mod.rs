//! The writer of the strict AKN4UN profile.
//!
//! The guidelines are those of part 1 (structure, metadata, IRIs, eIds) and of the modelling pages for General Assembly resolutions. Output is
//! always valid against the schema: where a document holds what the schema has no place for, the nearest element that may stand there is used.

mod body;
mod identity;
mod inline;
mod meta;
mod record;
mod references;
mod xml;

use crate::events::AKN_NAMESPACE;
use identity::Identity;
use jiff::civil::Date;
use std::io::Write;
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, OptionKind, OptionSpec, Part,
    Target,
};
use unres_model::Document;
use unres_source::Sink;

/// The namespace of what the United Nations add to Akoma Ntoso.
const AKN4UN_NAMESPACE: &str = "http://un.org/akn4un";

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
    let mut written = body::write(document, addresses, &identity, sink);
    let mut xml = xml::Xml::document();
    let extensions = record::has_voters(&document.meta).then_some(("xmlns:akn4un", AKN4UN_NAMESPACE));
    let namespaces: Vec<_> = [("xmlns", AKN_NAMESPACE)].into_iter().chain(extensions).collect();
    xml.open("akomaNtoso", &namespaces);
    xml.open(identity.element(), &[("name", identity.name()), ("contains", "originalVersion")]);
    meta::write(&mut xml, document, &identity, &mut written.references);
    xml.append(written.xml);
    xml.close();
    xml.close();
    xml.finish(sink)
}
