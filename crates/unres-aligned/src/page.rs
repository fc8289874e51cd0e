//! The exporter `aligned-html`.

use crate::versions::{Form, Gathering, Work};
use minijinja::value::Serde;
use minijinja::{Environment, context};
use std::io::{self, Write};
use unres_export::{Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};

/// A page with a column for each language.
#[derive(Clone, Copy, Debug, Default)]
pub struct AlignedHtml;

impl Exporter for AlignedHtml {
    fn format(&self) -> Format {
        Format {
            id: "aligned-html",
            title: "HTML, language versions side by side",
            media_type: "text/html; charset=utf-8",
            extension: "aligned.html",
            arity: Arity::ManyDocuments,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(Gathering::new(PageForm(target.part(Part::Main)?))))
    }
}

struct PageForm(Box<dyn Write + Send>);

impl Form for PageForm {
    fn write(mut self, works: &[Work]) -> Result<(), ExportError> {
        let page = render(works).map_err(io::Error::other)?;
        self.0.write_all(page.as_bytes())?;
        Ok(self.0.flush()?)
    }
}

fn render(works: &[Work]) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.add_template("aligned.html", include_str!("templates/aligned.html"))?;
    let page = environment.get_template("aligned.html")?.render(context! { works => Serde(works) })?;
    Ok(page + "\n")
}
