//! Tags and texts as nearly all files write them: ASCII names, values in double quotes without a reference, characters without one.
//!
//! They are split here in one look. `quick-xml` looks for each quote anew, and what it finds would be looked through once more: more than a third of the
//! instructions of reading. What is not plain, or breaks a rule, is left as it stands, and the library reads it.

use super::events::{Events, Open};
use super::{Attribute, Event, MAX_ATTRIBUTES, MAX_DEPTH, MAX_TAG, Namespace, Tag, TextKind, same_name};
use std::borrow::Cow;
use unres_source::first_byte;

/// Bytes that a plain name may hold, and may begin with.
const NAME: u8 = 1;
const NAME_START: u8 = 2;
/// Bytes of a plain value.
const VALUE: u8 = 4;
/// White space.
const BLANK: u8 = 8;

/// What each byte may be part of.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte: u8 = 0;
    loop {
        let starts = byte.is_ascii_alphabetic() || byte == b'_';
        let continues = starts || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
        let value = !matches!(byte, b'"' | b'&' | b'<' | b'\t' | b'\n' | b'\r');
        let blank = matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        kinds[byte as usize] =
            NAME * continues as u8 + NAME_START * starts as u8 + VALUE * value as u8 + BLANK * blank as u8;
        if byte == u8::MAX {
            break kinds;
        }
        byte += 1;
    }
};

/// What is left of a text.
#[derive(Clone, Copy)]
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    #[inline]
    fn first(self) -> Option<u8> {
        self.0.as_bytes().first().copied()
    }

    /// Takes one byte, if it stands next. It is to be ASCII.
    #[inline]
    fn take(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.get(1..).filter(|_| self.first() == Some(byte))?;
        Some(())
    }

    /// Takes the bytes of a kind that stand next.
    #[inline]
    fn run(&mut self, kind: u8) -> Option<&'a str> {
        let end = self.0.bytes().position(|byte| KINDS[usize::from(byte)] & kind == 0)?;
        let (run, rest) = self.0.split_at_checked(end)?;
        self.0 = rest;
        Some(run)
    }

    /// Takes a name without colon.
    #[inline]
    fn name(&mut self) -> Option<&'a str> {
        self.first().filter(|first| KINDS[usize::from(*first)] & NAME_START > 0)?;
        self.run(NAME)
    }

    /// Takes a name: its prefix, which is empty where there is none, and the local name.
    fn qualified(&mut self) -> Option<(&'a str, &'a str)> {
        let name = self.name()?;
        match self.take(b':') {
            Some(()) => Some((name, self.name()?)),
            None => Some(("", name)),
        }
    }
}

impl<'a> Events<'a> {
    /// Passes the blanks before a tag, if they come next.
    pub(crate) fn pass_blanks(&mut self) {
        self.offset = self.position();
        let nothing_is_owed = self.ends == 0 && self.owed.is_none();
        let mut rest = Rest(self.rest().filter(|_| nothing_is_owed).unwrap_or_default());
        let blanks = rest.run(BLANK).filter(|_| rest.first() == Some(b'<'));
        self.pass(blanks.map_or(0, str::len));
    }

    /// Reads what comes next, if it is plain.
    pub(super) fn plain_event(&mut self, next: &'a str) -> Option<Event<'a>> {
        match next.as_bytes() {
            [b'<', b'/', ..] => self.plain_end(next),
            [b'<', ..] => self.plain_start(next),
            _ => self.plain_text(next),
        }
    }

    fn plain_start(&mut self, next: &'a str) -> Option<Event<'a>> {
        let mut tag = self.spare.take().unwrap_or_default();
        let split = self.split_tag(next, &mut tag);
        let is_bounded = |(_, len): &(&str, usize)| *len <= MAX_TAG && self.open.len() < MAX_DEPTH;
        let Some((name, len)) = split.filter(is_bounded) else {
            self.reuse(tag);
            return None;
        };
        self.pass(len);
        self.ends = usize::from(next.as_bytes().get(len - 2) == Some(&b'/'));
        self.open.push(Open { name, bindings: self.bindings.len() });
        Some(Event::Start(tag))
    }

    /// Fills a tag. Gives its name as it is written, and its length in bytes.
    fn split_tag(&self, next: &'a str, tag: &mut Tag<'a>) -> Option<(&'a str, usize)> {
        let mut rest = Rest(next);
        rest.take(b'<')?;
        let inner = rest.0;
        let (prefix, name) = rest.qualified()?;
        let written = inner.get(..inner.len() - rest.0.len())?;
        tag.name = name;
        tag.namespace = self.plain_namespace(prefix)?;
        while rest.take(b' ').is_some() {
            let attribute = self.split_attribute(&mut rest)?;
            let is_same = |known: &Attribute<'_>| same_name(known.name, attribute.name);
            if tag.attributes.len() == MAX_ATTRIBUTES || tag.attributes.iter().any(is_same) {
                return None;
            }
            tag.attributes.push(attribute);
        }
        if rest.first() == Some(b'/') {
            rest.take(b'/')?;
        }
        rest.take(b'>')?;
        Some((written, next.len() - rest.0.len()))
    }

    /// Takes ` NAME="VALUE"` that declares no namespace.
    fn split_attribute(&self, rest: &mut Rest<'a>) -> Option<Attribute<'a>> {
        let (prefix, name) = rest.qualified()?;
        if prefix == "xmlns" || name == "xmlns" {
            return None;
        }
        let namespace = if prefix.is_empty() { Namespace::NONE } else { self.plain_namespace(prefix)? };
        rest.take(b'=')?;
        rest.take(b'"')?;
        let value = rest.run(VALUE)?;
        rest.take(b'"')?;
        Some(Attribute { namespace, name, value: Cow::Borrowed(value) })
    }

    /// The namespace of a prefix that is bound, or of none.
    fn plain_namespace(&self, prefix: &str) -> Option<Namespace> {
        let bound = self.bindings.iter().rev().find(|(known, _)| same_name(known, prefix));
        bound.map(|(_, namespace)| *namespace).or_else(|| prefix.is_empty().then_some(Namespace::NONE))
    }

    /// The end of the element that was opened last.
    fn plain_end(&mut self, next: &'a str) -> Option<Event<'a>> {
        let name = self.open.last()?.name;
        let rest = next.as_bytes().get(2..)?;
        let ends = rest.get(name.len()) == Some(&b'>') && rest.starts_with(name.as_bytes());
        if !ends {
            return None;
        }
        self.pass(name.len() + 3);
        self.close();
        Some(Event::End)
    }

    /// Characters up to a tag. The blank between two tags mostly begins with `\r\n`, which is read as one line feed.
    fn plain_text(&mut self, next: &'a str) -> Option<Event<'a>> {
        let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
        let text = if matches!(next.as_bytes(), [b'\r', b'\n', ..]) { next.get(1..)? } else { next };
        let end =
            first_byte(text.as_bytes(), |byte| is(byte, b'<') | is(byte, b'&') | is(byte, b'\r') | is(byte, b']'))?;
        let (text, after) = text.split_at_checked(end)?;
        if !after.starts_with('<') {
            return None;
        }
        self.pass(next.len() - after.len());
        Some(Event::Text(Cow::Borrowed(text), TextKind::Plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml::IllFormed;
    use proptest::prelude::*;
    use std::fmt::Write;

    #[derive(Clone, Debug)]
    enum Piece {
        Open(&'static str, Vec<(&'static str, String)>),
        Text(String),
        Close,
    }

    /// How the same pieces are written.
    struct Spelling {
        quote: char,
        between: &'static str,
        close: &'static str,
        escape: fn(char) -> String,
    }

    const PLAIN: Spelling = Spelling { quote: '"', between: " ", close: "", escape: |c| c.to_string() };
    const OTHER: Spelling =
        Spelling { quote: '\'', between: "\n\t", close: " ", escape: |c| format!("&#{};", u32::from(c)) };

    fn piece() -> impl Strategy<Value = Piece> {
        let name = prop::sample::select(vec!["p", "n:p", "_list-1.a", "ж"]);
        let attribute = prop::sample::select(vec!["a", "eId", "n:a", "xml:space", "class"]);
        let value = "[ -~é中]{0,40}".prop_filter("as it stands", |value| !value.contains(['<', '&', '"', '\'']));
        let attributes = prop::collection::vec((attribute, value), 0..4);
        let text = "[ -~é中\n]{0,60}".prop_filter("as it stands", |text| !text.contains(['<', '&', ']']));
        prop_oneof![
            3 => (name, attributes).prop_map(|(name, attributes)| Piece::Open(name, attributes)),
            3 => text.prop_map(Piece::Text),
            2 => Just(Piece::Close),
        ]
    }

    fn written(pieces: &[Piece], spelling: &Spelling) -> String {
        let Spelling { quote, between, close, escape } = spelling;
        let mut xml = "<root xmlns:n='urn:n'>".to_owned();
        let mut open = Vec::new();
        let end = |name: &str| format!("</{name}{close}>");
        for piece in pieces {
            match piece {
                Piece::Open(name, attributes) => {
                    let _ = write!(xml, "<{name}");
                    for (name, value) in attributes {
                        let _ = write!(xml, "{between}{name}={quote}{value}{quote}");
                    }
                    let _ = write!(xml, "{close}>");
                    open.push(*name);
                }
                Piece::Text(text) => xml.extend(text.chars().map(escape)),
                Piece::Close => xml.extend(open.pop().map(end)),
            }
        }
        xml.extend(open.into_iter().rev().map(end));
        xml + "</root>"
    }

    /// The events and faults of a text, neighbouring texts as one.
    fn read(xml: &str) -> Vec<String> {
        let mut events = Events::new(xml.as_bytes(), IllFormed::Mended).expect("UTF-8");
        let mut read: Vec<String> = Vec::new();
        let mut is_text = false;
        while let Some(event) = events.next_event().expect("mended") {
            match &event {
                Event::Text(text, _) if is_text => read.last_mut().expect("a text").push_str(text),
                Event::Text(text, _) if text.is_empty() => continue,
                Event::Text(text, _) => read.push(text.to_string()),
                Event::Start(tag) => read.push(format!("{tag:?}")),
                Event::End => read.push("end".to_owned()),
            }
            is_text = matches!(event, Event::Text(..));
        }
        read.extend(events.faults().0.iter().map(|fault| fault.message.clone()));
        read
    }

    proptest! {
        #[test]
        fn spelling_makes_no_difference(pieces in prop::collection::vec(piece(), 0..20)) {
            prop_assert_eq!(read(&written(&pieces, &PLAIN)), read(&written(&pieces, &OTHER)));
        }
    }
}
