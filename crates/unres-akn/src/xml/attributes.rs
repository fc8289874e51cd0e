//! The attributes of a tag, and the namespaces that they declare.

use super::chars::{is_blank, referenced};
use super::events::{Events, qualified};
use super::{
    Attribute, MAX_ATTRIBUTES, MAX_NAMESPACES, Namespace, XML_NAMESPACE, XMLNS_NAMESPACE, XmlError, same_name,
};
use memchr::memchr;
use std::borrow::Cow;
use unres_source::any_byte;

/// A reference with more bytes names no character.
const LONGEST_REFERENCE: usize = 64;

impl<'a> Events<'a> {
    /// The attributes in what follows the name in a tag. An attribute that cannot be read is left out with a fault.
    pub(super) fn read_attributes(
        &mut self,
        rest: &'a str,
        attributes: &mut Vec<Attribute<'a>>,
    ) -> Result<(), XmlError> {
        let mut prefixed: Vec<(usize, &'a str)> = Vec::new();
        let mut seen = 0;
        let mut rest = rest;
        loop {
            let trimmed = rest.trim_start_matches(is_blank);
            if trimmed.is_empty() {
                break;
            }
            if trimmed.len() == rest.len() {
                self.fault(self.error("no blank before an attribute"))?;
            }
            if seen == MAX_ATTRIBUTES {
                return Err(self.limit(format!("an element with more than {MAX_ATTRIBUTES} attributes")));
            }
            seen += 1;
            let Some((prefix, name, value, after)) = split_attribute(trimmed) else {
                self.fault(self.error("an attribute that is not NAME=\"VALUE\""))?;
                rest = trimmed.trim_start_matches(|c| !is_blank(c));
                continue;
            };
            rest = after;
            let value = self.attribute_value(value)?;
            match (prefix, name) {
                ("", "xmlns") => self.bind("", &value)?,
                ("xmlns", _) => self.bind(name, &value)?,
                _ => {
                    if !prefix.is_empty() {
                        prefixed.push((attributes.len(), prefix));
                    }
                    attributes.push(Attribute { namespace: Namespace::NONE, name, value });
                }
            }
        }
        // Prefixes are resolved once all declarations of the element are known.
        for (index, prefix) in prefixed {
            attributes[index].namespace = self.namespace_of(prefix)?;
        }
        self.without_doubles(attributes)
    }

    fn without_doubles(&mut self, attributes: &mut Vec<Attribute<'a>>) -> Result<(), XmlError> {
        let mut index = 1;
        while let Some(attribute) = attributes.get(index) {
            let is_same =
                |known: &Attribute<'_>| known.namespace == attribute.namespace && same_name(known.name, attribute.name);
            if attributes.iter().take(index).any(is_same) {
                self.fault(self.error(format!("the attribute {:.40} stands twice", attribute.name)))?;
                attributes.remove(index);
            } else {
                index += 1;
            }
        }
        Ok(())
    }

    /// The namespace of a prefix. An attribute without prefix has none, and is not asked for.
    pub(super) fn namespace_of(&mut self, prefix: &str) -> Result<Namespace, XmlError> {
        let bound = self.bindings.iter().rev().find(|(known, _)| *known == prefix);
        match bound {
            Some((_, namespace)) => Ok(*namespace),
            None if prefix.is_empty() => Ok(Namespace::NONE),
            None => {
                self.fault(self.error(format!("the prefix {prefix:.40?} is not declared")))?;
                Ok(Namespace::UNDECLARED)
            }
        }
    }

    fn bind(&mut self, prefix: &'a str, name: &str) -> Result<(), XmlError> {
        let reserved = name == XMLNS_NAMESPACE || prefix == "xmlns" || (prefix == "xml") != (name == XML_NAMESPACE);
        if reserved || (name.is_empty() && !prefix.is_empty()) {
            return self.fault(self.error(format!("the prefix {prefix:.40?} cannot be declared like this")));
        }
        let first = self.open.last().map_or(0, |open| open.bindings);
        let here = self.bindings.get(first..).unwrap_or_default();
        if here.iter().any(|(known, _)| *known == prefix) {
            return self.fault(self.error(format!("the prefix {prefix:.40?} is declared twice")));
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

    fn attribute_value(&mut self, raw: &'a str) -> Result<Cow<'a, str>, XmlError> {
        let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
        if !any_byte(raw, |byte| is(byte, b'&') | is(byte, b'<') | is(byte, b'\t') | is(byte, b'\n') | is(byte, b'\r'))
        {
            return Ok(self.legal(Cow::Borrowed(raw)));
        }
        let special = |byte: u8| matches!(byte, b'&' | b'<' | b'\t' | b'\n' | b'\r');
        let first = raw.bytes().position(special).unwrap_or(raw.len());
        let (plain, mut rest) = raw.split_at_checked(first).unwrap_or(("", raw));
        let mut value = String::with_capacity(raw.len());
        value.push_str(plain);
        while let Some(next) = rest.chars().next() {
            let mut after = rest.get(next.len_utf8()..).unwrap_or_default();
            match next {
                '<' => {
                    self.fault(self.error("a < inside an attribute"))?;
                    value.push('<');
                }
                '&' => {
                    let (character, behind) = self.attribute_reference(after)?;
                    value.push(character);
                    after = behind;
                }
                '\r' if after.starts_with('\n') => {}
                '\t' | '\n' | '\r' => value.push(' '),
                other => value.push(other),
            }
            rest = after;
        }
        Ok(self.legal(Cow::Owned(value)))
    }

    /// The character of a reference, whose & was read, and what follows. One that names no character stays as it is written.
    fn attribute_reference(&mut self, after: &'a str) -> Result<(char, &'a str), XmlError> {
        // Looked for nearby only, so that many bare ones cost no look at the whole value each.
        let end = after.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)));
        let Some((name, behind)) = found else {
            return self.fault(self.error("a bare & in an attribute")).map(|()| ('&', after));
        };
        match referenced(name) {
            Some(character) => Ok((character, behind)),
            None => self.fault(self.no_character(name)).map(|()| ('&', after)),
        }
    }
}

/// Prefix, name, raw value and what follows of `PREFIX:NAME="VALUE"…`.
fn split_attribute(text: &str) -> Option<(&str, &str, &str, &str)> {
    // Names are short.
    let (qname, rest) = text.split_at_checked(text.bytes().position(|byte| byte == b'=')?)?;
    let rest = rest.get(1..)?.trim_start_matches(is_blank);
    let quote = rest.bytes().next().filter(|quote| matches!(quote, b'"' | b'\''))?;
    let rest = rest.get(1..)?;
    let (value, after) = rest.split_at_checked(memchr(quote, rest.as_bytes())?)?;
    let (prefix, name) = qualified(qname.trim_end_matches(is_blank))?;
    Some((prefix, name, value, after.get(1..)?))
}
