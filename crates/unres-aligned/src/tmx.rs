//! The exporter `tmx`.

use crate::versions::{Cell, Form, Gathering, Work};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io::{self, Write};
use unres_export::{Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};

/// Translation Memory eXchange 1.4.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tmx;

impl Exporter for Tmx {
    fn format(&self) -> Format {
        Format {
            id: "tmx",
            title: "TMX, the paragraphs of all language versions",
            media_type: "application/x-tmx+xml",
            extension: "tmx",
            arity: Arity::ManyDocuments,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(Gathering::new(TmxForm(target.part(Part::Main)?))))
    }
}

struct TmxForm(Box<dyn Write + Send>);

impl Form for TmxForm {
    fn write(self, works: &[Work]) -> Result<(), ExportError> {
        let mut xml = Writer::new_with_indent(self.0, b' ', 1);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.create_element("tmx").with_attribute(("version", "1.4")).write_inner_content(|xml| {
            let header = [
                ("creationtool", "unres"),
                ("creationtoolversion", env!("CARGO_PKG_VERSION")),
                ("segtype", "paragraph"),
                ("o-tmf", "unres"),
                ("adminlang", "en"),
                ("srclang", "*all*"),
                ("datatype", "plaintext"),
            ];
            xml.create_element("header").with_attributes(header).write_empty()?;
            xml.create_element("body").write_inner_content(|xml| works.iter().try_for_each(|work| units(xml, work)))?;
            Ok(())
        })?;
        let mut out = xml.into_inner();
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    }
}

/// One unit a row.
fn units<W: Write>(xml: &mut Writer<W>, work: &Work) -> io::Result<()> {
    for row in &work.rows {
        xml.create_element("tu").write_inner_content(|xml| {
            property(xml, "x-document", &work.name)?;
            property(xml, "x-path", &row.path)?;
            let cells = work.versions.iter().zip(&row.cells);
            cells
                .filter_map(|(version, cell)| Some((&version.language, cell.as_ref()?)))
                .try_for_each(|(language, cell)| variant(xml, language, cell))
        })?;
    }
    Ok(())
}

fn variant<W: Write>(xml: &mut Writer<W>, language: &str, cell: &Cell) -> io::Result<()> {
    xml.create_element("tuv").with_attribute(("xml:lang", language)).write_inner_content(|xml| {
        if !cell.number.is_empty() {
            property(xml, "x-number", &cell.number)?;
        }
        xml.create_element("seg").write_text_content(BytesText::new(&printable(&cell.text)))?;
        Ok(())
    })?;
    Ok(())
}

fn property<W: Write>(xml: &mut Writer<W>, kind: &str, value: &str) -> io::Result<()> {
    let element = xml.create_element("prop").with_attribute(("type", kind));
    element.write_text_content(BytesText::new(&printable(value)))?;
    Ok(())
}

/// XML has no place for control characters.
fn printable(text: &str) -> String {
    let allowed = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars()
        .map(|c| {
            if allowed(c) {
                c
            } else if c.is_whitespace() {
                ' '
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect()
}
