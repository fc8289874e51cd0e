//! XML as it comes: the events of a text, well-formed or not. What is broken is mended where its sense is plain, with a finding.

use crate::events::Lines;
use quick_xml::events::{BytesStart, Event as Raw};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use unres_source::{Diagnostic, ReadError, RuleId, Sink};

const ILL_FORMED: RuleId = RuleId::new("akn/not-well-formed");
const CONTROL: RuleId = RuleId::new("akn/control-characters");
const SECOND_ROOT: RuleId = RuleId::new("akn/second-root");

/// The deepest nesting of elements that is read. The published files have at most 50 levels.
const MAX_OPEN: usize = 256;
/// At most this many faults are reported one by one.
const MOST_FAULTS: usize = 20;
/// At most this many faults are mended; what follows is taken as text.
const MOST_MENDED: usize = 1000;

/// One event.
pub(super) enum Event<'a> {
    /// An element begins; each has its end.
    Start(Tag<'a>),
    /// The element that was opened last ends.
    End,
    /// Characters, references resolved. Neighbouring pieces come one by one.
    Text(Cow<'a, str>),
}

/// The start of an element.
pub(super) struct Tag<'a> {
    name: &'a str,
    raw: BytesStart<'a>,
}

impl<'a> Tag<'a> {
    /// The name without prefix.
    pub(super) fn name(&self) -> &'a str {
        self.name
    }

    /// The value of an attribute, by its name with prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.raw.html_attributes();
        let attributes = attributes.with_checks(false).flatten();
        let mut found = attributes.filter(|attribute| attribute.key.as_ref() == name);
        found.next().map(|attribute| match attribute.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.into_owned(),
        })
    }

    /// The value of an attribute that is not empty.
    pub(super) fn stated(&self, name: &str) -> Option<String> {
        self.attribute(name).filter(|value| !value.trim().is_empty())
    }

    /// All declared namespaces: prefix, empty for the default one, and name.
    pub(super) fn namespaces(&self) -> Vec<(String, String)> {
        let mut attributes = self.raw.html_attributes();
        let attributes = attributes.with_checks(false).flatten();
        let declared = attributes.filter_map(|attribute| {
            let name = attribute.key.as_ref();
            let prefix = name.strip_prefix("xmlns")?;
            Some((prefix.trim_start_matches(':').to_owned(), attribute.value.clone().into_owned()))
        });
        declared.collect()
    }

    /// The prefix of the name; empty where there is none.
    pub(super) fn prefix(&self) -> String {
        let name = self.raw.name();
        let name: &str = name.as_ref();
        name.split_once(':').map_or("", |(prefix, _)| prefix).to_owned()
    }
}

/// The events of one text.
pub(super) struct Events<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Bytes of the text before what the reader sees.
    base: usize,
    open: Vec<&'a str>,
    /// Ends that are owed before the next event.
    ends: usize,
    /// Text that is owed before the next event.
    owed: Option<&'a str>,
    seen_root: bool,
    finished: bool,
    lines: Lines<'a>,
    faults: usize,
    controls: usize,
}

impl<'a> Events<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            reader: lenient(text),
            base: 0,
            open: Vec::new(),
            ends: 0,
            owed: None,
            seen_root: false,
            finished: false,
            lines: Lines::new(text.as_bytes()),
            faults: 0,
            controls: 0,
        }
    }

    /// The line on which the last event ends, from 1.
    pub(super) fn line(&mut self) -> usize {
        let at = self.position();
        self.lines.line(at)
    }

    /// The next event; none at the end.
    pub(super) fn next(&mut self, sink: &mut dyn Sink) -> Result<Option<Event<'a>>, ReadError> {
        loop {
            if self.ends > 0 {
                self.ends -= 1;
                self.open.pop();
                return Ok(Some(Event::End));
            }
            if let Some(owed) = self.owed.take() {
                return Ok(Some(Event::Text(Cow::Borrowed(owed))));
            }
            if self.finished {
                return Ok(None);
            }
            if let Some(event) = self.step(sink)? {
                return Ok(Some(event));
            }
        }
    }

    fn step(&mut self, sink: &mut dyn Sink) -> Result<Option<Event<'a>>, ReadError> {
        let start = self.position();
        let raw = self.reader.read_event();
        Ok(match raw {
            Ok(Raw::Start(tag)) => self.start(tag, start, false, sink)?,
            Ok(Raw::Empty(tag)) => self.start(tag, start, true, sink)?,
            Ok(Raw::End(tag)) => {
                let name = tag.name();
                self.end(name.as_ref(), sink);
                None
            }
            Ok(Raw::Text(text)) => self.text(text.into_inner()),
            Ok(Raw::CData(text)) => self.text(text.into_inner()),
            Ok(Raw::GeneralRef(name)) => self.reference(&name, sink),
            Ok(Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_)) => None,
            Ok(Raw::DocType(_)) => {
                let line = self.lines.line(start);
                let message = format!("line {line}: a document type definition is not read");
                return Err(ReadError::Malformed(message));
            }
            Ok(Raw::Eof) => {
                self.end_of_text(sink);
                None
            }
            Err(error) => {
                let message = error.to_string();
                self.mend(start, message.trim_start_matches("syntax error: "), sink);
                None
            }
        })
    }

    fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn start(
        &mut self,
        raw: BytesStart<'a>,
        at: usize,
        is_empty: bool,
        sink: &mut dyn Sink,
    ) -> Result<Option<Event<'a>>, ReadError> {
        let from = self.text.get(at + 1..).unwrap_or_default();
        let full = from.get(..raw.name().as_ref().len()).unwrap_or_default();
        if !full.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            self.mend(at, "a < that opens no tag", sink);
            return Ok(None);
        }
        if self.open.is_empty() && std::mem::replace(&mut self.seen_root, true) {
            let line = self.lines.line(at);
            let message = format!("line {line}: a second root element; it and all behind it is left out");
            sink.push(Diagnostic::warning(SECOND_ROOT, None, message));
            self.finished = true;
            return Ok(None);
        }
        if self.open.len() >= MAX_OPEN {
            let line = self.lines.line(at);
            return Err(ReadError::Malformed(format!("line {line}: elements more than {MAX_OPEN} deep")));
        }
        self.open.push(full);
        self.ends = usize::from(is_empty);
        let name = full.rsplit(':').next().unwrap_or(full);
        Ok(Some(Event::Start(Tag { name, raw })))
    }

    /// An end tag closes what was opened inside its element; one that closes nothing is left out.
    fn end(&mut self, name: &str, sink: &mut dyn Sink) {
        match self.open.iter().rev().position(|open| *open == name) {
            Some(0) => self.ends = 1,
            Some(inner) => {
                let left = self.open.last().copied().unwrap_or_default();
                self.fault(&format!("</{name}> ends {inner} elements that are still open, {left} first"), sink);
                self.ends = inner + 1;
            }
            None => self.fault(&format!("</{name}> ends no element that is open"), sink),
        }
    }

    fn end_of_text(&mut self, sink: &mut dyn Sink) {
        self.finished = true;
        if !self.open.is_empty() {
            self.fault(&format!("the text ends inside {} elements", self.open.len()), sink);
            self.ends = self.open.len();
        }
        if self.controls > 0 {
            let message = format!("{} control characters were left out", self.controls);
            sink.push(Diagnostic::warning(CONTROL, None, message));
        }
        if self.faults > MOST_FAULTS {
            let message = format!("{} more faults are not listed", self.faults - MOST_FAULTS);
            sink.push(Diagnostic::error(ILL_FORMED, None, message));
        }
    }

    fn text(&mut self, text: Cow<'a, str>) -> Option<Event<'a>> {
        if self.open.is_empty() {
            return None;
        }
        let controls = text.chars().filter(|c| is_control(*c)).count();
        self.controls += controls;
        Some(Event::Text(if controls > 0 { Cow::Owned(text.replace(is_control, "")) } else { text }))
    }

    fn reference(&mut self, name: &str, sink: &mut dyn Sink) -> Option<Event<'a>> {
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
        if let Some(character) = character {
            return self.text(Cow::Owned(character.to_string()));
        }
        self.fault(&format!("&{name}; is no character; it stays as text"), sink);
        self.text(Cow::Owned(format!("&{name};")))
    }

    /// Takes the character at `at` as text and goes on behind it.
    fn mend(&mut self, at: usize, message: &str, sink: &mut dyn Sink) {
        self.fault(message, sink);
        let rest = self.text.get(at..).unwrap_or_default();
        let len = rest.chars().next().map_or(0, char::len_utf8);
        let Some((broken, after)) = rest.split_at_checked(len).filter(|_| len > 0) else {
            self.end_of_text(sink);
            return;
        };
        // Each fault may cost a look at the whole rest, so that a text with too many is taken as it stands.
        let (owed, after, len) = if self.faults > MOST_MENDED { (rest, "", rest.len()) } else { (broken, after, len) };
        self.owed = Some(owed).filter(|_| !self.open.is_empty());
        self.base = at + len;
        self.reader = lenient(after);
    }

    fn fault(&mut self, message: &str, sink: &mut dyn Sink) {
        self.faults += 1;
        if self.faults <= MOST_FAULTS {
            let line = self.line();
            sink.push(Diagnostic::error(ILL_FORMED, None, format!("line {line}: {message}")));
        }
    }
}

fn lenient(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    reader
}

fn is_control(c: char) -> bool {
    matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
