//! The exporter `html`.

use crate::view::View;
use minijinja::value::Serde;
use minijinja::{Environment, Error};
use std::io::{self, Write};
use unres_export::{Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::Document;
use unres_source::Sink;

/// The name of the template; its ending turns escaping on.
const PAGE: &str = "page.html";

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
    let mut environment = Environment::new();
    environment.add_template(PAGE, include_str!("templates/page.html"))?;
    environment.add_template("page.css", include_str!("templates/page.css"))?;
    let page = environment.get_template(PAGE)?.render(Serde(View::of(document, addresses)))?;
    Ok(page + "\n")
}
