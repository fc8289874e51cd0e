//! From bytes to events.

use super::chars::{illegal_character, is_blank, is_blank_byte, is_legal, is_ncname, referenced};
use super::{
    AKN_NAMESPACE, Event, IllFormed, Lines, MAX_DEPTH, MAX_TAG, Namespace, Tag, TextKind, XML_NAMESPACE, XSI_NAMESPACE,
    XmlError, XmlErrorKind, same_name,
};
use memchr::{memchr, memchr2};
use quick_xml::events::{BytesDecl, Event as Raw};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::io::BufRead;
use std::ops::Range;
use unres_source::any_byte;

/// At most this many faults of a text that is mended are kept; the others are counted.
const MAX_FAULTS: usize = 20;
/// Each piece that is no markup costs a new look at what follows it, so that behind this many all is taken as text.
const MAX_MENDED: usize = 1000;

/// The events of one XML text.
#[derive(Debug)]
pub(crate) struct Events<'a> {
    text: &'a str,
    /// Bytes of the byte order mark before the text.
    skipped: usize,
    reader: Reader<&'a [u8]>,
    /// Bytes of the text before what the reader sees.
    base: usize,
    pub(super) open: Vec<Open<'a>>,
    pub(super) bindings: Vec<(&'a str, Namespace)>,
    pub(super) namespaces: Vec<String>,
    /// A tag that was given back, for its room; it has no attributes.
    pub(super) spare: Option<Box<Tag<'a>>>,
    illegal: Option<usize>,
    /// The library read text, and saw the markup that follows.
    has_looked_ahead: bool,
    pub(super) offset: usize,
    /// Ends that are owed before the next event.
    pub(super) ends: usize,
    /// Text that is owed before the next event.
    pub(super) owed: Option<&'a str>,
    seen_root: bool,
    finished: bool,
    ill_formed: IllFormed,
    faults: Vec<XmlError>,
    fault_count: usize,
    mended: usize,
    dropped: usize,
    lines: Lines<'a>,
}

/// An open element.
#[derive(Debug)]
pub(super) struct Open<'a> {
    /// Its name as it is written.
    pub(super) name: &'a str,
    /// How many bindings of prefixes were there before it.
    pub(super) bindings: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Open,
    Empty,
}

impl<'a> Events<'a> {
    /// Events of bytes in UTF-8, with or without byte order mark.
    pub(crate) fn new(bytes: &'a [u8], ill_formed: IllFormed) -> Result<Self, XmlError> {
        let skipped = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let body = bytes.get(skipped..).unwrap_or_default();
        let text = simdutf8::compat::from_utf8(body).map_err(|error| {
            let utf16 = bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"\xFF\xFE");
            let what = if utf16 { "the file is UTF-16; only UTF-8 is read" } else { "the bytes are not UTF-8" };
            XmlError { message: what.to_owned(), offset: skipped + error.valid_up_to(), kind: XmlErrorKind::Encoding }
        })?;
        let known = ["", AKN_NAMESPACE, XML_NAMESPACE, XSI_NAMESPACE];
        Ok(Self {
            text,
            skipped,
            reader: reader(text),
            base: 0,
            open: Vec::new(),
            bindings: vec![("xml", Namespace::XML)],
            namespaces: known.map(str::to_owned).to_vec(),
            spare: None,
            illegal: illegal_character(text),
            has_looked_ahead: false,
            offset: 0,
            ends: 0,
            owed: None,
            seen_root: false,
            finished: false,
            ill_formed,
            faults: Vec::new(),
            fault_count: 0,
            mended: 0,
            dropped: 0,
            lines: Lines::new(bytes),
        })
    }

    /// Where the last event begins, in bytes of the input.
    pub(crate) fn offset(&self) -> usize {
        self.skipped + self.offset
    }

    /// The line on which the last event ends, from 1.
    pub(crate) fn line(&mut self) -> usize {
        let end = self.skipped + self.position();
        self.lines.line(end)
    }

    /// The name of a namespace; empty for none.
    pub(crate) fn namespace_name(&self, namespace: Namespace) -> &str {
        self.namespaces.get(usize::from(namespace.0)).map_or("", String::as_str)
    }

    /// The faults of a text that is mended, the first ones one by one, and how many more there are.
    pub(crate) fn faults(&self) -> (&[XmlError], usize) {
        (&self.faults, self.fault_count - self.faults.len())
    }

    /// Comments and processing instructions inside the root element that were passed over since the last call.
    pub(crate) fn take_dropped(&mut self) -> usize {
        std::mem::take(&mut self.dropped)
    }

    /// The next event; none at the end.
    pub(crate) fn next_event(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        loop {
            if self.ends > 0 {
                self.ends -= 1;
                self.close();
                return Ok(Some(Event::End));
            }
            if let Some(text) = self.owed.take() {
                return Ok(Some(Event::Text(Cow::Borrowed(text), TextKind::Plain)));
            }
            if self.finished {
                return Ok(None);
            }
            if let Some(event) = self.step()? {
                return Ok(Some(event));
            }
        }
    }

    /// Reads one piece of the text; none when it gives no event, or ends and text that are owed.
    fn step(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        self.offset = self.position();
        if let Some(event) = self.rest().and_then(|rest| self.plain_event(rest)) {
            return Ok(Some(event));
        }
        if let Some(span) = self.skip_text() {
            self.check_legal(span.end)?;
            return self.plain(span);
        }
        let raw = self.reader.read_event();
        self.has_looked_ahead = matches!(raw, Ok(Raw::Text(_)));
        let span = self.offset..self.position();
        self.check_legal(span.end)?;
        match raw {
            Ok(Raw::Start(_)) => self.start(span, Shape::Open),
            Ok(Raw::Empty(_)) => self.start(span, Shape::Empty),
            Ok(Raw::End(_)) => self.end(span),
            Ok(Raw::Text(_)) => self.plain(span),
            Ok(Raw::CData(_)) => self.cdata(span),
            Ok(Raw::GeneralRef(_)) => self.reference(span),
            Ok(Raw::Comment(_)) => {
                self.drop_piece();
                Ok(None)
            }
            Ok(Raw::PI(_)) => self.instruction(span),
            Ok(Raw::Decl(declaration)) => self.declaration(&declaration),
            Ok(Raw::DocType(_)) => {
                let message = "a document type definition is not read".to_owned();
                Err(XmlError { message, offset: self.offset(), kind: XmlErrorKind::Dtd })
            }
            Ok(Raw::Eof) => self.end_of_text(),
            Err(error) => self.no_markup(self.raw_error(&error)),
        }
    }

    /// What is not read yet, where it may be read without the library: inside the root, in a text of legal characters.
    pub(super) fn rest(&self) -> Option<&'a str> {
        let may_pass = !self.open.is_empty() && self.illegal.is_none() && !self.has_looked_ahead;
        self.text.get(self.offset..).filter(|_| may_pass)
    }

    /// Passes the characters inside the root up to the next markup or reference: of them the library would check once more that they are UTF-8.
    fn skip_text(&mut self) -> Option<Range<usize>> {
        let rest = self.text.as_bytes().get(self.offset..).filter(|_| !self.open.is_empty())?;
        let len = memchr2(b'<', b'&', rest).unwrap_or(rest.len());
        self.pass(len);
        (len > 0).then(|| self.offset..self.offset + len)
    }

    /// Passes bytes that are read without the library.
    pub(super) fn pass(&mut self, len: usize) {
        self.reader.stream().consume(len);
    }

    /// Takes back a tag that is done with.
    pub(crate) fn reuse(&mut self, mut tag: Box<Tag<'a>>) {
        tag.attributes.clear();
        self.spare = Some(tag);
    }

    pub(super) fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    /// Refuses a text with a fault, or takes note of it.
    pub(super) fn fault(&mut self, fault: XmlError) -> Result<(), XmlError> {
        if self.ill_formed == IllFormed::Refused {
            return Err(fault);
        }
        self.fault_count += 1;
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
        Ok(())
    }

    /// What began as markup is none: its first character is taken as text, and reading goes on behind it.
    fn no_markup(&mut self, fault: XmlError) -> Result<Option<Event<'a>>, XmlError> {
        self.fault(fault)?;
        self.mended += 1;
        let rest = self.text.get(self.offset..).unwrap_or_default();
        let len = match rest.chars().next() {
            Some(first) if self.mended < MAX_MENDED => first.len_utf8(),
            _ => rest.len(),
        };
        let (text, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        self.base = self.offset + len;
        self.reader = reader(after);
        Ok(self.text(text))
    }

    /// Reports the first character that XML does not allow, once it is read.
    fn check_legal(&mut self, end: usize) -> Result<(), XmlError> {
        let Some(at) = self.illegal.filter(|&at| at < end) else { return Ok(()) };
        self.fault(self.error_at(at, "a character that XML does not allow"))?;
        // From here on they are looked for in each text; only the first is reported.
        self.illegal = Some(usize::MAX);
        Ok(())
    }

    /// Without the characters that XML does not allow, where a text with some is mended.
    pub(super) fn legal(&self, text: Cow<'a, str>) -> Cow<'a, str> {
        match self.illegal {
            Some(usize::MAX) if !text.chars().all(is_legal) => text.chars().filter(|&c| is_legal(c)).collect(),
            _ => text,
        }
    }

    fn text(&self, text: &'a str) -> Option<Event<'a>> {
        let inside = !self.open.is_empty() && !text.is_empty();
        inside.then(|| Event::Text(self.legal(normal_lines(text)), TextKind::Plain))
    }

    fn end_of_text(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        self.finished = true;
        match self.open.len() {
            0 if self.seen_root => Ok(None),
            0 => Err(self.error("the file holds no element")),
            open => {
                self.fault(self.error(format!("the file ends inside an element, {open} deep")))?;
                self.ends = open;
                Ok(None)
            }
        }
    }

    fn start(&mut self, span: Range<usize>, shape: Shape) -> Result<Option<Event<'a>>, XmlError> {
        let close = if shape == Shape::Empty { 2 } else { 1 };
        if span.len() > MAX_TAG {
            return Err(self.limit(format!("a tag of {} bytes; {MAX_TAG} are read", span.len())));
        }
        let raw = self.slice(span.start + 1..span.end.saturating_sub(close));
        let end = raw.bytes().position(is_blank_byte).unwrap_or(raw.len());
        let (qname, rest) = raw.split_at_checked(end).unwrap_or((raw, ""));
        let Some((prefix, name)) = qualified(qname) else {
            return self.no_markup(self.error(format!("{qname:.40?} is no name")));
        };
        if self.open.is_empty() && std::mem::replace(&mut self.seen_root, true) {
            self.finished = true;
            let message = "a second root element; it and all behind it is left out";
            return self.fault(self.error(message)).map(|()| None);
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.limit(format!("elements more than {MAX_DEPTH} deep")));
        }
        self.open.push(Open { name: qname, bindings: self.bindings.len() });
        let mut tag = self.spare.take().unwrap_or_default();
        if !rest.is_empty() {
            self.read_attributes(rest, &mut tag.attributes)?;
        }
        tag.namespace = self.namespace_of(prefix)?;
        tag.name = name;
        self.ends = usize::from(shape == Shape::Empty);
        Ok(Some(Event::Start(tag)))
    }

    /// An end tag closes what was opened inside its element; one that closes nothing is left out.
    fn end(&mut self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        let name = self.slice(span.start + 2..span.end.saturating_sub(1)).trim_end_matches(is_blank);
        if self.open.last().is_some_and(|open| same_name(open.name, name)) {
            self.close();
            return Ok(Some(Event::End));
        }
        match self.open.iter().rev().position(|open| open.name == name) {
            Some(inner) => {
                let left = self.open.last().map_or("", |open| open.name);
                self.fault(self.error(format!("</{name:.40}> ends {inner} open elements more, {left:.40} first")))?;
                self.ends = inner + 1;
            }
            None => self.fault(self.error(format!("</{name:.40}> ends no element that is open")))?,
        }
        Ok(None)
    }

    pub(super) fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.bindings.truncate(open.bindings);
        }
    }

    fn plain(&mut self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        let raw = self.slice(span);
        if self.open.is_empty() {
            return if raw.chars().all(is_blank) { Ok(None) } else { self.outside() };
        }
        let (text, has_special) = one_line_end(raw);
        if raw.starts_with('&') {
            self.fault(self.error("a bare &"))?;
        } else if has_special && raw.contains("]]>") {
            self.fault(self.error("]]> stands in text"))?;
        }
        let text = if has_special { normal_lines(raw) } else { Cow::Borrowed(text) };
        Ok(Some(Event::Text(self.legal(text), TextKind::Plain)))
    }

    fn outside(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        self.fault(self.error("text outside the root element")).map(|()| None)
    }

    fn cdata(&mut self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        if self.open.is_empty() {
            return self.outside();
        }
        let raw = self.slice(span);
        match raw.strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>")) {
            Some(inner) => Ok(Some(Event::Text(self.legal(normal_lines(inner)), TextKind::CData))),
            None => self.no_markup(self.error("a CDATA section that is not written <![CDATA[…]]>")),
        }
    }

    /// A reference that names no character stays as it is written.
    fn reference(&mut self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        if self.open.is_empty() {
            return self.outside();
        }
        let raw = self.slice(span);
        let name = raw.trim_start_matches('&').trim_end_matches(';');
        let text = match referenced(name) {
            Some('&') => Cow::Borrowed("&"),
            Some(character) => Cow::Owned(character.to_string()),
            None => {
                self.fault(self.no_character(name))?;
                Cow::Borrowed(raw)
            }
        };
        Ok(Some(Event::Text(text, TextKind::Plain)))
    }

    pub(super) fn no_character(&self, name: &str) -> XmlError {
        self.error(format!("&{name:.40}; is no character and no entity of XML"))
    }

    fn drop_piece(&mut self) {
        self.dropped += usize::from(!self.open.is_empty());
    }

    fn instruction(&mut self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        let raw = self.slice(span.start + 2..span.end.saturating_sub(2));
        let target = raw.split(is_blank).next().unwrap_or_default();
        if target.eq_ignore_ascii_case("xml") || !is_ncname(target) {
            self.fault(self.error(format!("{target:.40?} is no name of a processing instruction")))?;
        }
        self.drop_piece();
        Ok(None)
    }

    fn declaration(&mut self, declaration: &BytesDecl<'_>) -> Result<Option<Event<'a>>, XmlError> {
        if self.offset != 0 {
            self.fault(self.error("the XML declaration is not at the beginning"))?;
        }
        if declaration.version().is_err() {
            self.fault(self.error("the XML declaration has no version"))?;
        }
        let encoding = declaration.encoding().transpose().ok().flatten().unwrap_or(Cow::Borrowed("UTF-8"));
        if !["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
            let message = format!("the file is declared to be {encoding:.40?}; only UTF-8 is read");
            self.fault(XmlError { message, offset: self.offset(), kind: XmlErrorKind::Encoding })?;
        }
        Ok(None)
    }

    pub(super) fn error(&self, message: impl Into<String>) -> XmlError {
        self.error_at(self.offset, message)
    }

    fn error_at(&self, offset: usize, message: impl Into<String>) -> XmlError {
        XmlError { message: message.into(), offset: self.skipped + offset, kind: XmlErrorKind::IllFormed }
    }

    pub(super) fn limit(&self, message: String) -> XmlError {
        XmlError { message, offset: self.offset(), kind: XmlErrorKind::Limit }
    }

    fn raw_error(&self, error: &quick_xml::Error) -> XmlError {
        let offset = usize::try_from(self.reader.error_position()).map_or(self.offset, |offset| self.base + offset);
        let text = error.to_string();
        let message = text.trim_start_matches("syntax error: ").trim_start_matches("ill-formed document: ");
        let message: String = message.chars().take(200).collect();
        self.error_at(offset, message)
    }
}

/// The reader checks comments only; what else it could check is checked here, where a text can be mended.
fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_comments = true;
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    reader
}

/// Prefix and local name; the prefix is empty where there is none. None for what is no name.
pub(super) fn qualified(qname: &str) -> Option<(&str, &str)> {
    let (prefix, name) = match qname.bytes().position(|byte| byte == b':') {
        Some(colon) => (qname.get(..colon)?, qname.get(colon + 1..)?),
        None => ("", qname),
    };
    let sound = is_ncname(name) && (is_ncname(prefix) || qname.len() == name.len());
    sound.then_some((prefix, name))
}

/// The text with the end of a line that it begins with as one line feed, and whether other ends of lines or brackets need a second look. The blank
/// between two tags is mostly `\r\n` and spaces.
fn one_line_end(raw: &str) -> (&str, bool) {
    let text = if raw.starts_with("\r\n") { raw.get(1..).unwrap_or_default() } else { raw };
    (text, any_byte(text, |byte| u8::from(byte == b'\r') | u8::from(byte == b']')))
}

/// The text with each end of a line as one line feed.
fn normal_lines(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'\r', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let (plain, mut rest) = raw.split_at_checked(first).unwrap_or((raw, ""));
    let mut text = String::with_capacity(raw.len());
    text.push_str(plain);
    while let Some(piece) = rest.strip_prefix('\r') {
        text.push('\n');
        let piece = piece.strip_prefix('\n').unwrap_or(piece);
        let end = memchr(b'\r', piece.as_bytes()).unwrap_or(piece.len());
        let (plain, after) = piece.split_at_checked(end).unwrap_or((piece, ""));
        text.push_str(plain);
        rest = after;
    }
    Cow::Owned(text)
}
