//! The one place that writes XML: block elements on lines of their own, inline content without any added white space.

use crate::address::{as_uri, is_uri};
use crate::xml::illegal_character;
use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;
use std::borrow::Cow;
use unres_source::{Diagnostic, RuleId, Sink, any_byte};

const ILLEGAL: RuleId = RuleId::new("akn/illegal-character");
const NO_ADDRESS: RuleId = RuleId::new("akn/no-address");

/// Attributes in the order in which they are written.
pub(crate) type Attributes<'a> = [(&'a str, &'a str)];

/// Whether an attribute holds an address, or several, where the schema wants that (`xsd:anyURI`). Of those that are written, these may come from a record.
fn is_address_where_due(name: &str, value: &str) -> bool {
    match name {
        "href" | "by" | "as" | "dictionary" | "outcome" => is_uri(value.trim()),
        "refersTo" => value.split_whitespace().all(is_uri),
        _ => true,
    }
}

/// Whether a text surely holds no character that is escaped or that XML cannot hold.
fn is_plain(text: &str) -> bool {
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    let escaped = |byte: u8| is(byte, b'<') | is(byte, b'>') | is(byte, b'&') | is(byte, b'"') | is(byte, b'\'');
    // U+FFFE and U+FFFF begin with EF.
    !any_byte(text, |byte| u8::from(byte < b' ') | escaped(byte) | is(byte, 0xef))
}

/// A growing piece of XML.
pub(crate) struct Xml {
    /// What was written before: a long file is never moved to a larger place.
    done: Vec<Vec<u8>>,
    out: Writer<Vec<u8>>,
    /// The open elements, and whether each holds inline content.
    open: Vec<(&'static str, Content)>,
    /// How deep the piece stands in the file.
    depth: usize,
    /// What each eId begins with; empty but in a component.
    context: String,
    replaced: usize,
    /// Attributes that should hold an address and held none.
    encoded: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Content {
    Blocks,
    Inline,
}

impl Xml {
    /// A file, with its declaration.
    pub(crate) fn document() -> Self {
        let mut xml = Self::piece(0, "");
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// A piece that will stand `depth` elements deep; each eId in it begins with `context`.
    pub(crate) fn piece(depth: usize, context: &str) -> Self {
        let (out, context) = (Writer::new(Vec::new()), context.to_owned());
        Self { done: Vec::new(), out, open: Vec::new(), depth, context, replaced: 0, encoded: 0 }
    }

    /// A reference to an element of this piece.
    pub(crate) fn reference(&self, eid: &str) -> String {
        ["#", &self.context, eid].concat()
    }

    /// How deep what is written next stands in the file.
    pub(crate) fn depth(&self) -> usize {
        self.depth + self.open.len()
    }

    /// The bytes of a file, in pieces; reports characters that XML cannot hold.
    pub(crate) fn finish(mut self, sink: &mut dyn Sink) -> Vec<Vec<u8>> {
        debug_assert!(self.open.is_empty(), "every element that was opened is closed");
        if self.replaced > 0 {
            let message = format!("{} characters that XML cannot hold are replaced by U+FFFD", self.replaced);
            sink.push(Diagnostic::warning(ILLEGAL, None, message));
        }
        if self.encoded > 0 {
            let message = format!(
                "{} attributes held no address where the schema wants one; their marks are encoded",
                self.encoded
            );
            sink.push(Diagnostic::warning(NO_ADDRESS, None, message));
        }
        self.out.get_mut().push(b'\n');
        self.done.push(self.out.into_inner());
        self.done
    }

    /// Adds a finished piece.
    pub(crate) fn append(&mut self, piece: Self) {
        debug_assert!(piece.open.is_empty() && piece.depth == self.depth());
        self.replaced += piece.replaced;
        self.encoded += piece.encoded;
        self.set_aside(0);
        self.done.extend(piece.done);
        *self.out.get_mut() = piece.out.into_inner();
    }

    /// Opens an element that holds blocks.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.new_line();
        self.start(name, attributes, Content::Blocks);
    }

    /// Opens an element that stands on a line of its own and holds inline content.
    pub(crate) fn open_line(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.new_line();
        self.start(name, attributes, Content::Inline);
    }

    /// Opens an inline element.
    pub(crate) fn open_inline(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.start(name, attributes, Content::Inline);
    }

    /// An empty element on a line of its own.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        self.new_line();
        self.empty_inline(name, attributes);
    }

    /// An empty inline element.
    pub(crate) fn empty_inline(&mut self, name: &'static str, attributes: &Attributes<'_>) {
        let start = self.tag(name, attributes);
        self.event(Event::Empty(start));
    }

    /// An element with text alone, on a line of its own.
    pub(crate) fn text_line(&mut self, name: &'static str, attributes: &Attributes<'_>, text: &str) {
        self.open_line(name, attributes);
        self.text(text);
        self.close();
    }

    /// A comment on a line of its own.
    pub(crate) fn comment(&mut self, text: &'static str) {
        self.new_line();
        self.event(Event::Comment(BytesText::new(text)));
    }

    /// Text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        // Nearly all texts are written as they are.
        if is_plain(text) {
            self.event(Event::Text(BytesText::from_escaped(text)));
            return;
        }
        let text = self.legal(text);
        self.event(Event::Text(BytesText::new(&text)));
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) {
        let Some((name, content)) = self.open.pop() else {
            debug_assert!(false, "an element is open");
            return;
        };
        if content == Content::Blocks {
            self.new_line();
        }
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn start(&mut self, name: &'static str, attributes: &Attributes<'_>, content: Content) {
        let start = self.tag(name, attributes);
        self.event(Event::Start(start));
        self.open.push((name, content));
    }

    fn tag(&mut self, name: &'static str, attributes: &Attributes<'_>) -> BytesStart<'static> {
        /// Bytes beside the name and the value of an attribute: a blank, `=` and quotation marks.
        const MARKS: usize = 4;
        let room = |(name, value): &(&str, &str)| name.len() + value.len() + self.context.len() + MARKS;
        let mut content = String::with_capacity(name.len() + attributes.iter().map(room).sum::<usize>());
        content.push_str(name);
        let mut start = BytesStart::from_content(content, name.len());
        for (name, value) in attributes {
            let mut value = self.legal(value);
            if !is_address_where_due(name, &value) {
                self.encoded += 1;
                value = Cow::Owned(as_uri(&value));
            }
            if *name == "eId" && !self.context.is_empty() {
                value.to_mut().insert_str(0, &self.context);
            }
            let is_plain = is_plain(&value);
            let attribute = Attribute { key: QName(name), value };
            start.push_attribute(if is_plain { attribute } else { Attribute::from((*name, attribute.value)) });
        }
        start
    }

    /// Sets aside what was written, so that what follows has `room` bytes of its own.
    fn set_aside(&mut self, room: usize) {
        self.done.push(std::mem::replace(self.out.get_mut(), Vec::with_capacity(room)));
    }

    fn new_line(&mut self) {
        /// How many bytes stand together.
        const PIECE: usize = 1 << 18;
        if self.out.get_mut().len() >= PIECE {
            self.set_aside(PIECE + PIECE / 8);
        }
        let depth = self.depth();
        let out = self.out.get_mut();
        out.push(b'\n');
        out.resize(out.len() + 2 * depth, b' ');
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail.
        let written = self.out.write_event(event);
        debug_assert!(written.is_ok());
    }

    /// The text with each character that XML 1.0 cannot hold replaced.
    fn legal<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        let illegal =
            |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        if illegal_character(text).is_none() {
            return Cow::Borrowed(text);
        }
        self.replaced += text.chars().filter(|c| illegal(*c)).count();
        Cow::Owned(text.replace(illegal, "\u{fffd}"))
    }
}
