//! Reader of Akoma Ntoso: any document in the AKN4UN profile, in the strict form of the guidelines or in the dialects of the files that the
//! United Nations publish.
//!
//! The text is read once, event by event, and the model is built on the way; there is no tree of the file and no recursion. It says what the
//! markup says. What needs the words or digits of a language is left to passes.

mod build;
mod element;
mod events;
mod frame;
mod line;
mod metadata;
mod numbers;

use crate::events::AKN_NAMESPACE;
use build::Build;
use events::{Event, Events, Tag};
use unres_model::Document;
use unres_source::{Budget, Input, ReadError, Sink};

/// The form in which a document was marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// That of the guidelines: every number has its element, every level its place.
    Strict,
    /// That of the published files: numbers may be typed in the text, items may stand beside what they belong to.
    Published,
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct AknDocument {
    /// The document.
    pub document: Document,
    /// How it was marked up.
    pub dialect: Dialect,
}

/// Whether bytes look like XML: a tag, declaration or comment comes first, a byte order mark and blanks aside, and a tag is closed somewhere. A plain text
/// may begin with `<` too.
pub fn looks_like_xml(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let Some(after) = bytes.strip_prefix(b"<") else { return false };
    if after.starts_with(b"?xml") || after.starts_with(b"!--") || after.starts_with(b"!DOCTYPE") {
        return true;
    }
    let name =
        after.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'_' | b'-')).count();
    let ends = after.get(name).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    let begins = after.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_');
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    begins
        && ends
        && head.contains(&b'>')
        && (after.starts_with(b"akomaNtoso") || bytes.windows(2).any(|pair| pair == b"</" || pair == b"/>"))
}

/// Reads all documents of an Akoma Ntoso text, in its order. What is not well-formed is read as far as it goes, with findings.
pub fn read_documents(input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Vec<AknDocument>, ReadError> {
    let bytes = input.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input.bytes);
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > budget.bytes {
        return Err(ReadError::TooLarge { bytes: size, limit: budget.bytes });
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|error| ReadError::Undecodable { encoding: "UTF-8".to_owned(), offset: error.valid_up_to() })?;
    let text = text.trim_start();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut events = Events::new(text);
    let mut build = Build::new(input.name);
    let mut has_root = false;
    while let Some(event) = events.next(sink)? {
        match event {
            Event::Start(tag) => {
                if !std::mem::replace(&mut has_root, true) {
                    check_root(&tag)?;
                }
                build.start(&tag, &mut events);
            }
            Event::Text(text) => build.text(&text, &mut events),
            Event::End => build.end(&mut events),
        }
    }
    if !has_root {
        return Err(ReadError::Malformed("the file holds no element".to_owned()));
    }
    let documents = build.finish(sink);
    if documents.is_empty() {
        return Err(ReadError::Malformed("the file holds no document of Akoma Ntoso".to_owned()));
    }
    Ok(documents)
}

/// Only Akoma Ntoso 1.0 is read.
fn check_root(tag: &Tag<'_>) -> Result<(), ReadError> {
    let prefix = tag.prefix();
    let namespace = tag.namespaces().into_iter().find(|(known, _)| *known == prefix).map(|(_, name)| name);
    let malformed = |message: String| Err(ReadError::Malformed(message));
    match namespace.as_deref() {
        _ if tag.name() != "akomaNtoso" => {
            malformed(format!("the XML is no Akoma Ntoso: its root element is {:.60}", tag.name()))
        }
        Some(AKN_NAMESPACE) => Ok(()),
        Some(other) if other.starts_with(AKN_NAMESPACE) => {
            malformed(format!("the namespace {other:.100} is of a draft of Akoma Ntoso; only {AKN_NAMESPACE} is read"))
        }
        Some(other) => malformed(format!("the root element has the namespace {other:.100} and not {AKN_NAMESPACE}")),
        None => malformed(format!("the root element has no namespace and not {AKN_NAMESPACE}")),
    }
}
