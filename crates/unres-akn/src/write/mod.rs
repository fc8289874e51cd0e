//! The writer of the AKN4UN profile: strict as the guidelines have it, or as the United Nations publish their files.
//!
//! The guidelines are those of part 1 (structure, metadata, IRIs, eIds) and of the modelling pages for General Assembly resolutions. Output is
//! always valid against the schema: where a document holds what the schema has no place for, the nearest element that may stand there is used.

mod body;
mod collection;
mod identity;
mod inline;
mod meta;
mod published;
mod record;
mod references;
mod tree;
mod xml;

use crate::xml::AKN_NAMESPACE;
use identity::Identity;
pub use identity::work_iri;
use jiff::civil::Date;
use std::io::Write;
use unres_export::{
    Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, OptionKind, OptionSpec, Part,
    Target,
};
use unres_model::Document;
use unres_source::Sink;
use xml::Xml;

/// The namespace of what the United Nations add to Akoma Ntoso.
const AKN4UN_NAMESPACE: &str = "http://un.org/akn4un";

/// The exporter of Akoma Ntoso.
#[derive(Clone, Copy, Debug, Default)]
pub struct Akn;

/// The form in which documents are marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Profile {
    /// That of the guidelines.
    #[default]
    Strict,
    /// That of the files that the United Nations publish.
    Published,
}

const OPTIONS: &[OptionSpec] = &[
    OptionSpec {
        name: "date",
        kind: OptionKind::Text,
        help: "date of markup, YYYY-MM-DD; default the date of adoption, since there is no clock",
    },
    OptionSpec {
        name: "profile",
        kind: OptionKind::OneOf(&["strict", "published"]),
        help: "the form: that of the guidelines, or that of the UN's own files; default strict",
    },
];

impl Exporter for Akn {
    fn format(&self) -> Format {
        Format {
            id: "akn",
            title: "Akoma Ntoso XML, AKN4UN profile",
            media_type: "application/akn+xml",
            extension: "xml",
            arity: Arity::OneNumber,
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
        let profile = if options.get("profile") == Some("published") { Profile::Published } else { Profile::Strict };
        let out = target.part(Part::Main)?;
        let form = Form { profile, markup_date };
        Ok(Box::new(AknWriter { out, form, is_alone: false, documents: Vec::new(), file: None }))
    }
}

/// How documents are marked up.
#[derive(Clone, Copy)]
struct Form {
    profile: Profile,
    markup_date: Option<Date>,
}

/// Holds the documents until all are there, unless it is told that only one comes: more than one are a collection.
struct AknWriter {
    out: Box<dyn Write + Send>,
    form: Form,
    /// Only one document comes.
    is_alone: bool,
    documents: Vec<Document>,
    /// The file of the only document.
    file: Option<Vec<Vec<u8>>>,
}

impl DocumentWriter for AknWriter {
    fn expect(&mut self, documents: usize) {
        self.is_alone = documents == 1;
    }

    fn write(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        if self.file.is_some() {
            return Err(std::io::Error::other("there are more documents than were to come").into());
        }
        if self.is_alone {
            self.file = Some(self.form.file_of_one(document, addresses, sink));
        } else {
            self.documents.push(document.clone());
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, sink: &mut dyn Sink) -> Result<(), ExportError> {
        let file = match (self.file.take(), self.documents.as_slice()) {
            (Some(file), _) => file,
            (None, [document]) => self.form.file_of_one(document, &Addresses::of(document), sink),
            (None, documents) => self.form.file_of_several(documents, sink),
        };
        for piece in file {
            self.out.write_all(&piece)?;
        }
        Ok(self.out.flush()?)
    }
}

impl Form {
    fn file_of_one(self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Vec<Vec<u8>> {
        let mut xml = begin(std::slice::from_ref(document));
        let identity = Identity::of(document, self.profile, self.markup_date, sink);
        write_document(&mut xml, document, addresses, &identity, |_| {}, sink);
        xml.close();
        xml.finish(sink)
    }

    fn file_of_several(self, documents: &[Document], sink: &mut dyn Sink) -> Vec<Vec<u8>> {
        let mut xml = begin(documents);
        collection::write(&mut xml, documents, self.profile, self.markup_date, sink);
        xml.close();
        xml.finish(sink)
    }
}

/// A file up to what stands in its root.
fn begin(documents: &[Document]) -> Xml {
    let mut xml = Xml::document();
    let extensions = documents.iter().any(|document| record::has_voters(&document.meta));
    let extensions = extensions.then_some(("xmlns:akn4un", AKN4UN_NAMESPACE));
    let namespaces: Vec<_> = [("xmlns", AKN_NAMESPACE)].into_iter().chain(extensions).collect();
    xml.open("akomaNtoso", &namespaces);
    xml
}

/// One document element, with what `last` adds at its end. The text is written first: it says what the metadata must declare.
fn write_document(
    xml: &mut Xml,
    document: &Document,
    addresses: &Addresses,
    identity: &Identity,
    last: impl FnOnce(&mut Xml),
    sink: &mut dyn Sink,
) {
    let depth = xml.depth() + 1;
    let mut written = match identity.profile {
        Profile::Strict => body::write(document, addresses, identity, depth, sink),
        Profile::Published => published::write(document, addresses, identity, depth, sink),
    };
    let name = [("name", identity.name), ("contains", "originalVersion")];
    let attributes = if identity.profile == Profile::Strict { &name[..] } else { &name[..1] };
    xml.open(identity.element(), attributes);
    meta::write(xml, document, identity, &mut written.references);
    xml.append(written.xml);
    last(xml);
    xml.close();
}
