//! XML as a stream of checked events: the one way in which this crate reads XML.
//!
//! `quick-xml` splits the text, but for what is written plainly (`plain`); this module checks what it leaves to its callers: one root, nothing
//! unclosed, legal characters, known entities, namespaces, sound attributes. A document type definition is refused, so nothing is ever expanded. Depth, attributes
//! and the size of a tag are bounded, and so is the memory. What is broken is refused, or mended where its sense is plain ([`IllFormed`]).

mod attributes;
mod chars;
mod events;
mod lines;
mod plain;

pub(crate) use chars::{illegal_character, is_blank, is_blank_byte, is_ncname};
pub(crate) use events::Events;
pub(crate) use lines::Lines;

use std::borrow::Cow;

/// The namespace of Akoma Ntoso 1.0.
pub(crate) const AKN_NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";
const XSI_NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Elements inside each other; more is refused. The published files have at most 50 levels.
pub(crate) const MAX_DEPTH: usize = 256;
/// Attributes of one element; more is refused.
pub(crate) const MAX_ATTRIBUTES: usize = 256;
/// Bytes of one tag with its attributes; more is refused.
pub(crate) const MAX_TAG: usize = 256 * 1024;
/// Different namespaces in one file; more is refused.
const MAX_NAMESPACES: usize = 1024;

/// What becomes of a text that breaks a rule of XML.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IllFormed {
    /// It is read as far as it goes, with the faults.
    #[default]
    Mended,
    /// It is refused at the first fault.
    Refused,
}

/// A namespace, compared at the cost of a number. [`Events::namespace_name`] gives its name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// That of a prefix that is not declared, where such a text is mended.
    const UNDECLARED: Self = Self(u16::MAX);
}

/// One event.
#[derive(Clone, Debug)]
pub(crate) enum Event<'a> {
    /// An element begins. An empty element is followed by its end like any other. Boxed, since it is handed on several times; [`Events::reuse`] takes it
    /// back.
    Start(Box<Tag<'a>>),
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
#[derive(Clone, Debug, Default)]
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

impl<'a> Tag<'a> {
    /// The value of an attribute without namespace.
    pub(crate) fn attribute(&self, name: &str) -> Option<&Cow<'a, str>> {
        let is_it = |known: &&Attribute<'a>| known.namespace == Namespace::NONE && same_name(known.name, name);
        self.attributes.iter().find(is_it).map(|attribute| &attribute.value)
    }

    /// The value of such an attribute that is not blank.
    pub(crate) fn stated(&self, name: &str) -> Option<&Cow<'a, str>> {
        self.attribute(name).filter(|value| !value.trim().is_empty())
    }
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

/// Whether two names are the same; most differ in length or first letter, and need no call to find out.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    one.len() == other.len() && (one.is_empty() || (one.as_bytes().first() == other.as_bytes().first() && one == other))
}
