//! A small writer of Word documents, for tests.
#![allow(dead_code)] // each test uses its part of it

use std::io::{Cursor, Write};
use unres_docx::Docx;
use unres_source::{Budget, Diagnostic, Input, ReadError, Reader, Source};
use zip::write::SimpleFileOptions;

const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
    xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"";

/// A document in the making: the body, and the content of other parts by their names (`numbering`, `footnotes` …).
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) body: String,
    pub(crate) parts: Vec<(&'static str, String)>,
    pub(crate) links: Vec<String>,
}

impl Word {
    pub(crate) fn of(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    #[must_use]
    pub(crate) fn with(mut self, part: &'static str, content: impl Into<String>) -> Self {
        self.parts.push((part, content.into()));
        self
    }

    /// The bytes of the file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let mut put = |path: &str, content: &str| {
            zip.start_file(path, SimpleFileOptions::default()).expect("a new part");
            zip.write_all(content.as_bytes()).expect("memory");
        };
        put("[Content_Types].xml", &self.content_types());
        put("_rels/.rels", &relations(&[relation("rId1", "officeDocument", "word/document.xml")]));
        let known = self.parts.iter().map(|(part, _)| relation(part, kind(part), &format!("{part}.xml")));
        let links = self.links.iter().enumerate().map(|(index, target)| {
            format!("<Relationship Id=\"link{index}\" Type=\"{KINDS}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>")
        });
        put("word/_rels/document.xml.rels", &relations(&known.chain(links).collect::<Vec<_>>()));
        put("word/document.xml", &format!("<w:document {SPACES}><w:body>{}</w:body></w:document>", self.body));
        for (part, content) in &self.parts {
            let root = match kind(part) {
                "header" => "hdr",
                "footer" => "ftr",
                other => other,
            };
            put(&format!("word/{part}.xml"), &format!("<w:{root} {SPACES}>{content}</w:{root}>"));
        }
        zip.finish().expect("memory").into_inner()
    }

    fn content_types(&self) -> String {
        let main = "application/vnd.openxmlformats-officedocument.wordprocessingml";
        let parts = self.parts.iter().map(|(part, _)| {
            format!("<Override PartName=\"/word/{part}.xml\" ContentType=\"{main}.{}+xml\"/>", kind(part))
        });
        format!(
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"{main}.document.main+xml\"/>{}</Types>",
            parts.collect::<String>()
        )
    }

    pub(crate) fn read_with(&self, findings: &mut Vec<Diagnostic>) -> Source {
        read(&self.bytes(), findings).expect("a readable document")
    }

    pub(crate) fn read(&self) -> Source {
        self.read_with(&mut Vec::new())
    }

    /// The lines that print something.
    pub(crate) fn lines(&self) -> Vec<String> {
        let source = self.read();
        let lines = source.lines().iter().map(|line| source.slice(line.span).to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    }
}

pub(crate) fn read(bytes: &[u8], findings: &mut Vec<Diagnostic>) -> Result<Source, ReadError> {
    Docx.read(&Input { name: "x.docx", bytes }, &Budget::default(), findings)
}

/// `header1` is a part of the kind `header`.
fn kind(part: &str) -> &str {
    part.trim_end_matches(|c: char| c.is_ascii_digit())
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
}

fn relations(all: &[String]) -> String {
    let space = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!("<Relationships xmlns=\"{space}\">{}</Relationships>", all.concat())
}

/// A paragraph with properties and content.
pub(crate) fn p(props: &str, content: &str) -> String {
    format!("<w:p><w:pPr>{props}</w:pPr>{content}</w:p>")
}

/// A run of text with properties.
pub(crate) fn r(props: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{props}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph in a list.
pub(crate) fn item(number: u32, level: u32, text: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>"), &r("", text))
}

/// A level of a list: its format and text, and further properties.
pub(crate) fn level(level: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// The definition of a list.
pub(crate) fn list(id: u32, levels: &str) -> String {
    format!("<w:abstractNum w:abstractNumId=\"{id}\">{levels}</w:abstractNum>")
}

/// An instance of a list.
pub(crate) fn instance(id: u32, list: u32, overrides: &str) -> String {
    format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{list}\"/>{overrides}</w:num>")
}
