//! XML as a stream of checked events: the one way in which this crate reads XML.
//!
//! `quick-xml` splits the text; this module checks what it leaves to its callers: one root, nothing unclosed, legal characters,
//! known entities, namespaces, sound attributes. A document type definition is refused, so nothing is ever expanded. Depth, attributes
//! and the size of a tag are bounded, and so is the memory.

use quick_xml::events::Event as Raw;
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::ops::Range;

/// The namespace of Akoma Ntoso 1.0.
pub(crate) const AKN_NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";
const XSI_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Elements inside each other; more is refused.
pub(crate) const MAX_DEPTH: usize = 256;
/// Attributes of one element; more is refused.
pub(crate) const MAX_ATTRIBUTES: usize = 256;
/// Bytes of one tag with its attributes; more is refused.
pub(crate) const MAX_TAG: usize = 256 * 1024;
/// Different namespaces in one file; more is refused.
const MAX_NAMESPACES: usize = 1024;

/// A namespace, compared at the cost of a number. [`Events::namespace_name`] gives its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Namespace(u16);

impl Namespace {
    /// No namespace.
    pub(crate) const NONE: Self = Self(0);
    /// Akoma Ntoso 1.0.
    pub(crate) const AKN: Self = Self(1);
    /// `xml:lang` and its like.
    pub(crate) const XML: Self = Self(2);
    /// `xsi:schemaLocation` and its like.
    pub(crate) const XSI: Self = Self(3);
}

/// One event.
#[derive(Clone, Debug)]
pub(crate) enum Event<'a> {
    /// An element begins. An empty element is followed by its end like any other.
    Start(Tag<'a>),
    /// The element that was opened last ends.
    End,
    /// Characters, references resolved and ends of lines normalised. Neighbouring pieces come one by one.
    Text(Cow<'a, str>, TextKind),
}

/// How characters were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// As they stand, or as a reference.
    Plain,
    /// In a CDATA section.
    CData,
}

/// The start of an element.
#[derive(Clone, Debug)]
pub(crate) struct Tag<'a> {
    /// The namespace.
    pub(crate) namespace: Namespace,
    /// The name without prefix.
    pub(crate) name: &'a str,
    /// The attributes in the order of the text, without declarations of namespaces.
    pub(crate) attributes: Vec<Attribute<'a>>,
}

/// An attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute<'a> {
    /// The namespace; none where the name has no prefix.
    pub(crate) namespace: Namespace,
    /// The name without prefix.
    pub(crate) name: &'a str,
    /// The value, references resolved and blanks normalised as XML wants.
    pub(crate) value: Cow<'a, str>,
}

/// Why a text is not XML that this program reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub(crate) struct XmlError {
    /// What is wrong: a clause without full stop.
    pub(crate) message: String,
    /// Where, in bytes of the input.
    pub(crate) offset: usize,
    /// Which kind of fault it is.
    pub(crate) kind: XmlErrorKind,
}

/// The kinds of faults of a text that should be XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum XmlErrorKind {
    /// The bytes are not UTF-8.
    Encoding,
    /// The text breaks a rule of XML or of its namespaces.
    IllFormed,
    /// There is a document type definition.
    Dtd,
    /// A bound of this program is passed.
    Limit,
}

/// Counts lines forward; asking for a place before the last one starts anew.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, line: 1 }
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        if offset < self.offset {
            (self.offset, self.line) = (0, 1);
        }
        let passed = self.bytes.get(self.offset..offset).unwrap_or_default();
        // Added up in bytes first, which the compiler turns into wide instructions.
        let ends = |part: &[u8]| part.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>();
        self.line += passed.chunks(255).map(|part| usize::from(ends(part))).sum::<usize>();
        self.offset = offset;
        self.line
    }
}

/// The events of one XML text.
#[derive(Debug)]
pub(crate) struct Events<'a> {
    text: &'a str,
    /// Bytes of the byte order mark before the text.
    skipped: usize,
    reader: Reader<&'a [u8]>,
    /// For each open element, how many bindings were there before it.
    open: Vec<usize>,
    bindings: Vec<(&'a str, Namespace)>,
    namespaces: Vec<String>,
    illegal: Option<usize>,
    offset: usize,
    pending_end: bool,
    seen_root: bool,
}

impl<'a> Events<'a> {
    /// Events of bytes in UTF-8, with or without byte order mark.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, XmlError> {
        let skipped = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
        let body = bytes.get(skipped..).unwrap_or_default();
        let text = std::str::from_utf8(body).map_err(|error| {
            let utf16 = bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"\xFF\xFE");
            let what = if utf16 { "the file is UTF-16; only UTF-8 is read" } else { "the bytes are not UTF-8" };
            XmlError { message: what.to_owned(), offset: skipped + error.valid_up_to(), kind: XmlErrorKind::Encoding }
        })?;
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_comments = true;
        let known = ["", AKN_NAMESPACE, XML_NAMESPACE, XSI_NAMESPACE];
        Ok(Self {
            text,
            skipped,
            reader,
            open: Vec::new(),
            bindings: vec![("xml", Namespace::XML)],
            namespaces: known.map(str::to_owned).to_vec(),
            illegal: illegal_character(text),
            offset: 0,
            pending_end: false,
            seen_root: false,
        })
    }

    /// Where the last event begins, in bytes of the input.
    pub(crate) fn offset(&self) -> usize {
        self.skipped + self.offset
    }

    /// The name of a namespace; empty for none.
    pub(crate) fn namespace_name(&self, namespace: Namespace) -> &str {
        self.namespaces.get(usize::from(namespace.0)).map_or("", String::as_str)
    }

    /// The next event; none at the end of a whole document.
    pub(crate) fn next_event(&mut self) -> Result<Option<Event<'a>>, XmlError> {
        if std::mem::take(&mut self.pending_end) {
            self.close();
            return Ok(Some(Event::End));
        }
        loop {
            self.offset = self.position();
            let raw = self.reader.read_event();
            let span = self.offset..self.position();
            if let Some(at) = self.illegal.filter(|&at| at < span.end) {
                return Err(self.error_at(at, "a character that XML does not allow"));
            }
            let raw = raw.map_err(|error| self.raw_error(&error))?;
            let event = match raw {
                Raw::Start(_) => Some(self.start(span, Shape::Open)?),
                Raw::Empty(_) => Some(self.start(span, Shape::Empty)?),
                Raw::End(_) => {
                    self.close();
                    Some(Event::End)
                }
                Raw::Text(_) => self.plain(span)?,
                Raw::CData(_) => Some(self.cdata(span)?),
                Raw::GeneralRef(_) => Some(self.reference(span)?),
                Raw::Comment(_) => None,
                Raw::PI(_) => self.instruction(span)?,
                Raw::Decl(declaration) => self.declaration(&declaration)?,
                Raw::DocType(_) => {
                    let message = "a document type definition is not read";
                    return Err(XmlError {
                        message: message.to_owned(),
                        offset: self.offset(),
                        kind: XmlErrorKind::Dtd,
                    });
                }
                Raw::Eof => return self.end_of_text(),
            };
            if event.is_some() {
                return Ok(event);
            }
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    fn end_of_text(&self) -> Result<Option<Event<'a>>, XmlError> {
        match self.open.len() {
            0 if self.seen_root => Ok(None),
            0 => Err(self.error("the file holds no element")),
            open => Err(self.error(format!("the file ends inside an element, {open} deep"))),
        }
    }

    fn start(&mut self, span: Range<usize>, shape: Shape) -> Result<Event<'a>, XmlError> {
        let close = if shape == Shape::Empty { 2 } else { 1 };
        if span.len() > MAX_TAG {
            return Err(self.limit(format!("a tag of {} bytes; {MAX_TAG} are read", span.len())));
        }
        if self.open.is_empty() && std::mem::replace(&mut self.seen_root, true) {
            return Err(self.error("a second root element"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.limit(format!("elements more than {MAX_DEPTH} deep")));
        }
        let raw = self.slice(span.start + 1..span.end.saturating_sub(close));
        let end = raw.bytes().position(|byte| is_blank(char::from(byte))).unwrap_or(raw.len());
        let (qname, rest) = raw.split_at_checked(end).unwrap_or((raw, ""));
        let (prefix, name) = self.qualified(qname)?;
        self.open.push(self.bindings.len());
        let attributes = if rest.is_empty() { Vec::new() } else { self.attributes(rest)? };
        let namespace = self.namespace_of(prefix, Namespace::NONE)?;
        self.pending_end = shape == Shape::Empty;
        Ok(Event::Start(Tag { namespace, name, attributes }))
    }

    fn close(&mut self) {
        if let Some(bindings) = self.open.pop() {
            self.bindings.truncate(bindings);
        }
    }

    /// Prefix and local name; the prefix is empty where there is none.
    fn qualified(&self, qname: &'a str) -> Result<(&'a str, &'a str), XmlError> {
        let (prefix, name) = split_at_byte(qname, b':').unwrap_or(("", qname));
        if !is_ncname(name) || (!is_ncname(prefix) && qname.len() != name.len()) {
            return Err(self.error(format!("{qname:.40?} is no name")));
        }
        Ok((prefix, name))
    }

    /// The namespace of a prefix; `default` is what no prefix and no binding mean.
    fn namespace_of(&self, prefix: &str, default: Namespace) -> Result<Namespace, XmlError> {
        let bound = self.bindings.iter().rev().find(|(known, _)| *known == prefix);
        match bound {
            Some((_, namespace)) => Ok(*namespace),
            None if prefix.is_empty() => Ok(default),
            None => Err(self.error(format!("the prefix {prefix:.40?} is not declared"))),
        }
    }

    fn attributes(&mut self, rest: &'a str) -> Result<Vec<Attribute<'a>>, XmlError> {
        let mut written: Vec<(&'a str, &'a str, Cow<'a, str>)> = Vec::new();
        let mut rest = rest;
        loop {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.is_empty() {
                break;
            }
            if trimmed.len() == rest.len() {
                return Err(self.error("no blank before an attribute"));
            }
            if written.len() == MAX_ATTRIBUTES {
                return Err(self.limit(format!("an element with more than {MAX_ATTRIBUTES} attributes")));
            }
            let (qname, value, after) =
                split_attribute(trimmed).ok_or_else(|| self.error("an attribute that is not NAME=\"VALUE\""))?;
            let (prefix, name) = self.qualified(qname)?;
            let value = self.attribute_value(value)?;
            rest = after;
            match (prefix, name) {
                ("", "xmlns") => self.bind("", &value)?,
                ("xmlns", _) => self.bind(name, &value)?,
                _ => written.push((prefix, name, value)),
            }
        }
        self.resolve(written)
    }

    /// Names of attributes resolved, once all declarations of the element are known.
    fn resolve(&self, written: Vec<(&'a str, &'a str, Cow<'a, str>)>) -> Result<Vec<Attribute<'a>>, XmlError> {
        let mut attributes: Vec<Attribute<'a>> = Vec::with_capacity(written.len());
        for (prefix, name, value) in written {
            let namespace =
                if prefix.is_empty() { Namespace::NONE } else { self.namespace_of(prefix, Namespace::NONE)? };
            if attributes.iter().any(|known| known.namespace == namespace && same_name(known.name, name)) {
                return Err(self.error(format!("the attribute {name:.40} stands twice")));
            }
            attributes.push(Attribute { namespace, name, value });
        }
        Ok(attributes)
    }

    fn bind(&mut self, prefix: &'a str, name: &str) -> Result<(), XmlError> {
        let reserved = name == XMLNS_NAMESPACE || prefix == "xmlns" || (prefix == "xml") != (name == XML_NAMESPACE);
        if reserved || (name.is_empty() && !prefix.is_empty()) {
            return Err(self.error(format!("the prefix {prefix:.40?} cannot be declared like this")));
        }
        let first = self.open.last().copied().unwrap_or(0);
        let here = self.bindings.get(first..).unwrap_or_default();
        if here.iter().any(|(known, _)| *known == prefix) {
            return Err(self.error(format!("the prefix {prefix:.40?} is declared twice")));
        }
        let index = match self.namespaces.iter().position(|known| known == name) {
            Some(index) => index,
            None if self.namespaces.len() >= MAX_NAMESPACES => {
                return Err(self.limit(format!("more than {MAX_NAMESPACES} namespaces")));
            }
            None => {
                self.namespaces.push(name.to_owned());
                self.namespaces.len() - 1
            }
        };
        self.bindings.push((prefix, Namespace(u16::try_from(index).unwrap_or(u16::MAX))));
        Ok(())
    }

    fn attribute_value(&self, raw: &'a str) -> Result<Cow<'a, str>, XmlError> {
        let Some(first) = raw.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r')) else {
            return Ok(Cow::Borrowed(raw));
        };
        let (plain, mut rest) = raw.split_at_checked(first).unwrap_or(("", raw));
        let mut value = String::with_capacity(raw.len());
        value.push_str(plain);
        while let Some(next) = rest.chars().next() {
            let mut after = rest.get(next.len_utf8()..).unwrap_or_default();
            match next {
                '<' => return Err(self.error("a < inside an attribute")),
                '&' => {
                    let (name, behind) = after.split_once(';').ok_or_else(|| self.error("a bare & in an attribute"))?;
                    value.push(self.entity(name)?);
                    after = behind;
                }
                '\r' if after.starts_with('\n') => {}
                '\t' | '\n' | '\r' => value.push(' '),
                other => value.push(other),
            }
            rest = after;
        }
        Ok(Cow::Owned(value))
    }

    /// The character of `amp`, `#38` or `#x26`.
    fn entity(&self, name: &str) -> Result<char, XmlError> {
        let code = match name {
            "amp" => return Ok('&'),
            "lt" => return Ok('<'),
            "gt" => return Ok('>'),
            "quot" => return Ok('"'),
            "apos" => return Ok('\''),
            _ => name.strip_prefix('#').and_then(|digits| match digits.strip_prefix('x') {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }),
        };
        let character = code.and_then(char::from_u32).filter(|&character| is_legal(character));
        character.ok_or_else(|| self.error(format!("&{name:.40}; is no character and no entity of XML")))
    }

    fn plain(&self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        let raw = self.slice(span);
        if self.open.is_empty() {
            if raw.chars().all(is_blank) {
                return Ok(None);
            }
            return Err(self.error("text outside the root element"));
        }
        if raw.as_bytes().contains(&b']') && raw.contains("]]>") {
            return Err(self.error("]]> stands in text"));
        }
        Ok(Some(Event::Text(normal_lines(raw), TextKind::Plain)))
    }

    fn cdata(&self, span: Range<usize>) -> Result<Event<'a>, XmlError> {
        if self.open.is_empty() {
            return Err(self.error("text outside the root element"));
        }
        let raw = self.slice(span);
        let inner = raw.strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>"));
        let inner = inner.ok_or_else(|| self.error("a CDATA section that is not written <![CDATA[…]]>"))?;
        Ok(Event::Text(normal_lines(inner), TextKind::CData))
    }

    fn reference(&self, span: Range<usize>) -> Result<Event<'a>, XmlError> {
        if self.open.is_empty() {
            return Err(self.error("text outside the root element"));
        }
        let name = self.slice(span.start + 1..span.end.saturating_sub(1));
        Ok(Event::Text(Cow::Owned(self.entity(name)?.to_string()), TextKind::Plain))
    }

    fn instruction(&self, span: Range<usize>) -> Result<Option<Event<'a>>, XmlError> {
        let raw = self.slice(span.start + 2..span.end.saturating_sub(2));
        let target = raw.split(is_blank).next().unwrap_or_default();
        if target.eq_ignore_ascii_case("xml") || !is_ncname(target) {
            return Err(self.error(format!("{target:.40?} is no name of a processing instruction")));
        }
        Ok(None)
    }

    fn declaration(&self, declaration: &quick_xml::events::BytesDecl<'_>) -> Result<Option<Event<'a>>, XmlError> {
        if self.offset != 0 {
            return Err(self.error("the XML declaration is not at the beginning"));
        }
        if declaration.version().is_err() {
            return Err(self.error("the XML declaration has no version"));
        }
        let encoding = declaration.encoding().transpose().ok().flatten().unwrap_or(Cow::Borrowed("UTF-8"));
        if ["utf-8", "utf8", "us-ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known)) {
            return Ok(None);
        }
        let message = format!("the file is declared to be {encoding:.40?}; only UTF-8 is read");
        Err(XmlError { message, offset: self.offset(), kind: XmlErrorKind::Encoding })
    }

    fn error(&self, message: impl Into<String>) -> XmlError {
        self.error_at(self.offset, message)
    }

    fn error_at(&self, offset: usize, message: impl Into<String>) -> XmlError {
        XmlError { message: message.into(), offset: self.skipped + offset, kind: XmlErrorKind::IllFormed }
    }

    fn limit(&self, message: String) -> XmlError {
        XmlError { message, offset: self.offset(), kind: XmlErrorKind::Limit }
    }

    fn raw_error(&self, error: &quick_xml::Error) -> XmlError {
        let offset = usize::try_from(self.reader.error_position()).unwrap_or(self.offset);
        let text = error.to_string();
        let message = text.trim_start_matches("syntax error: ").trim_start_matches("ill-formed document: ");
        let message: String = message.chars().take(200).collect();
        self.error_at(offset, message)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Open,
    Empty,
}

/// Name, raw value and what follows of `NAME="VALUE"…`.
fn split_attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = split_at_byte(text, b'=')?;
    let rest = rest.trim_start_matches(is_blank);
    let quote = rest.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let (value, after) = split_at_byte(rest.get(1..)?, quote)?;
    Some((name.trim_end_matches(is_blank), value, after))
}

/// Like `split_once`, and quicker on the few bytes that names and values have.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|found| found == byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Whether two names are the same; most differ in length or first letter, and need no call to find out.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.as_bytes().first() == other.as_bytes().first() && one == other
}

fn number(digits: &str, radix: u32) -> Option<u32> {
    let sound = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    sound.then(|| u32::from_str_radix(digits, radix).ok()).flatten()
}

fn normal_lines(raw: &str) -> Cow<'_, str> {
    if !raw.as_bytes().contains(&b'\r') {
        return Cow::Borrowed(raw);
    }
    Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
}

/// White space of XML.
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// Whether a text is a name without colon.
pub(crate) fn is_ncname(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric();
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && text.as_bytes().iter().all(plain) {
        return true;
    }
    let mut characters = text.chars();
    characters.next().is_some_and(is_name_start) && characters.all(is_name_character)
}

fn is_name_start(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'a'..='z' | '_')
        || matches!(character,
            '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_character(character: char) -> bool {
    matches!(character, '0'..='9' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
        || is_name_start(character)
}

fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character that XML does not allow. The greatest of all flags is found without a jump, since there is almost never one.
fn illegal_character(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    let control = |byte: u8| u8::from(byte < 0x20) - is(byte, b'\t') - is(byte, b'\n') - is(byte, b'\r');
    let control = bytes.iter().map(|&byte| control(byte)).fold(0, u8::max);
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    let triples = bytes.iter().zip(second).zip(third);
    let last = triples.map(|((&a, &b), &c)| is(a, 0xEF) & is(b, 0xBF) & u8::from(c >= 0xBE)).fold(0, u8::max);
    if control == 0 && last == 0 {
        return None;
    }
    text.char_indices().find(|&(_, character)| !is_legal(character)).map(|(offset, _)| offset)
}
