//! The XML of a part, event by event. Names come without prefix: parts of one kind use few vocabularies, and their names do not clash
//! where they matter.

use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use unres_source::ReadError;

/// The deepest nesting of elements that is read. Word itself refuses tables more than some 30 deep.
const MAX_OPEN: usize = 1024;

/// One event. Each start has its end, also that of an empty element.
pub(crate) enum Event<'a> {
    Start(Tag<'a>),
    End,
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(crate) struct Tag<'a> {
    pub(crate) name: &'a str,
    raw: BytesStart<'a>,
}

impl Tag<'_> {
    /// The value of the first attribute with that name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.raw.attributes();
        let mut attributes = attributes.with_checks(false).flatten();
        let local = |key: &str| key.rsplit(':').next() == Some(name);
        let found = attributes.find(|attribute| local(attribute.key.as_ref()))?;
        Some(match found.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => found.value.into_owned(),
        })
    }

    /// The attribute `val`, which most elements have.
    pub(crate) fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub(crate) fn number<N: std::str::FromStr>(&self) -> Option<N> {
        self.val()?.trim().parse().ok()
    }

    /// What a property that can be switched says: on, unless its `val` says off.
    pub(crate) fn switch(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }
}

/// The events of a part.
pub(crate) struct Xml<'a> {
    part: &'a str,
    text: &'a str,
    reader: Reader<&'a [u8]>,
    open: usize,
    owes_end: bool,
}

impl<'a> Xml<'a> {
    /// `part` is what errors call the text.
    pub(crate) fn new(part: &'a str, text: &'a str) -> Self {
        Self { part, text, reader: Reader::from_str(text), open: 0, owes_end: false }
    }

    /// The next event; none at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Event<'a>>, ReadError> {
        if std::mem::take(&mut self.owes_end) {
            self.open -= 1;
            return Ok(Some(Event::End));
        }
        loop {
            let at = self.position();
            match self.reader.read_event() {
                Ok(Raw::Start(raw)) => return self.start(raw, at).map(Some),
                Ok(Raw::Empty(raw)) => {
                    self.owes_end = true;
                    return self.start(raw, at).map(Some);
                }
                Ok(Raw::End(_)) => {
                    self.open -= 1;
                    return Ok(Some(Event::End));
                }
                Ok(Raw::Text(text)) => return Ok(Some(Event::Text(text.into_inner()))),
                Ok(Raw::CData(text)) => return Ok(Some(Event::Text(text.into_inner()))),
                Ok(Raw::GeneralRef(name)) => return self.reference(&name).map(|text| Some(Event::Text(text))),
                Ok(Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_)) => {}
                Ok(Raw::DocType(_)) => return Err(self.broken("a document type definition")),
                Ok(Raw::Eof) if self.open > 0 => return Err(self.broken("the end of the text inside an element")),
                Ok(Raw::Eof) => return Ok(None),
                Err(error) => return Err(self.broken(&error.to_string())),
            }
        }
    }

    /// Passes over the element that began last, with all in it, and counts the printed characters in elements of one of these names.
    pub(crate) fn skip(&mut self, counted: &[&str]) -> Result<usize, ReadError> {
        let (mut depth, mut count, mut inside) = (1_usize, 0, 0_usize);
        while let Some(event) = self.next()? {
            match event {
                Event::Start(tag) => {
                    depth += 1;
                    if inside > 0 || counted.contains(&tag.name) {
                        inside += 1;
                    }
                }
                Event::End => {
                    depth -= 1;
                    inside = inside.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                Event::Text(text) if inside > 0 => count += text.chars().filter(|c| !c.is_whitespace()).count(),
                Event::Text(_) => {}
            }
        }
        Ok(count)
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn start(&mut self, raw: BytesStart<'a>, at: usize) -> Result<Event<'a>, ReadError> {
        self.open += 1;
        if self.open > MAX_OPEN {
            return Err(self.broken(&format!("elements more than {MAX_OPEN} deep")));
        }
        let full = self.text.get(at + 1..).and_then(|rest| rest.get(..raw.name().as_ref().len())).unwrap_or_default();
        let name = full.rsplit(':').next().unwrap_or(full);
        Ok(Event::Start(Tag { name, raw }))
    }

    fn reference(&self, name: &str) -> Result<Cow<'a, str>, ReadError> {
        let character = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => name.strip_prefix('#').and_then(|code| {
                let code = match code.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16),
                    None => code.parse(),
                };
                code.ok().and_then(char::from_u32)
            }),
        };
        let character = character.ok_or_else(|| self.broken(&format!("&{name};, which is no character")))?;
        Ok(Cow::Owned(character.to_string()))
    }

    fn broken(&self, what: &str) -> ReadError {
        let what = what.trim_start_matches("syntax error: ").trim_start_matches("ill-formed document: ");
        ReadError::Malformed(format!("{} is damaged at byte {}: {what}", self.part, self.position()))
    }
}
