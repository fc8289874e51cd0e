//! The exporter `html`.

use crate::beside::Beside;
use crate::view::View;
use minijinja::value::Serde;
use minijinja::{Environment, Error};
use serde::Serialize;
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::{Diagnostic, Sink, Source};

/// The name of the template; its ending turns escaping on.
const PAGE: &str = "page.html";

const TEMPLATES: [(&str, &str); 6] = [
    (PAGE, include_str!("templates/page.html")),
    ("page.css", include_str!("templates/page.css")),
    ("running.html", include_str!("templates/running.html")),
    ("beside.html", include_str!("templates/beside.html")),
    ("beside.css", include_str!("templates/beside.css")),
    ("beside.js", include_str!("templates/beside.js")),
];

/// One document as a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Exporter for Html {
    fn format(&self) -> Format {
        Format {
            id: "html",
            title: "HTML, a page that looks like a resolution",
            media_type: "text/html; charset=utf-8",
            extension: "html",
            arity: Arity::OneDocument,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(HtmlWriter { out: target.part(Part::Main)?, written: false }))
    }
}

struct HtmlWriter {
    out: Box<dyn Write + Send>,
    written: bool,
}

impl DocumentWriter for HtmlWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, _: &mut dyn Sink) -> Result<(), ExportError> {
        if self.written {
            return Err(io::Error::other("an HTML page holds one document").into());
        }
        self.written = true;
        let page = page(document, addresses).map_err(io::Error::other)?;
        Ok(self.out.write_all(page.as_bytes())?)
    }

    fn finish(mut self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        Ok(self.out.flush()?)
    }
}

/// The page of a document. `addresses` are those of the document. It is well-formed XML too.
pub fn page(document: &Document, addresses: &Addresses) -> Result<String, Error> {
    render(PAGE, Serde(View::of(document, addresses)))
}

/// A page that shows what was read from one input, the source beside the structure, and each finding at its place. It is well-formed XML
/// too.
pub fn beside(
    name: &str,
    source: Option<&Source>,
    documents: &[Document],
    findings: &[Diagnostic],
) -> Result<String, Error> {
    let addresses: Vec<Addresses> = documents.iter().map(Addresses::of).collect();
    render("beside.html", Serde(Beside::of(name, source, documents, &addresses, findings)))
}

fn render<S: Serialize>(template: &str, page: Serde<S>) -> Result<String, Error> {
    let mut environment = Environment::new();
    for (name, text) in TEMPLATES {
        environment.add_template(name, text)?;
    }
    Ok(environment.get_template(template)?.render(page)? + "\n")
}
