//! Reader of Akoma Ntoso: any document in the AKN4UN profile, in the strict form of the guidelines or in the dialects of the files that the
//! United Nations publish.
//!
//! The text is read once, event by event, and the model is built on the way; there is no tree of the file and no recursion. It says what the
//! markup says. What needs the words or digits of a language is left to passes.

mod build;
mod element;
mod frame;
mod line;
mod metadata;
mod numbers;

use crate::xml::{AKN_NAMESPACE, Event, Events, IllFormed, Lines, Namespace, Tag, XmlError, XmlErrorKind};
use build::Build;
use unres_model::Document;
use unres_source::{Budget, Diagnostic, Input, ReadError, RuleId, Sink};

const ILL_FORMED: RuleId = RuleId::new("akn/not-well-formed");

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

/// Reads all documents of an Akoma Ntoso text, in its order. What is not well-formed is refused, or read as far as it goes with findings.
pub fn read_documents(
    input: &Input<'_>,
    budget: &Budget,
    ill_formed: IllFormed,
    sink: &mut dyn Sink,
) -> Result<Vec<AknDocument>, ReadError> {
    let size = u64::try_from(input.bytes.len()).unwrap_or(u64::MAX);
    if size > budget.bytes {
        return Err(ReadError::TooLarge { bytes: size, limit: budget.bytes });
    }
    if input.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(input.bytes).trim_ascii().is_empty() {
        return Err(ReadError::Empty);
    }
    let refused = |error: XmlError| refusal(input.bytes, &error);
    let mut events = Events::new(input.bytes, ill_formed).map_err(refused)?;
    let built = build_all(input.name, &mut events, input.bytes);
    report(input.bytes, &events, sink);
    let documents = built?.finish(sink);
    if documents.is_empty() {
        return Err(ReadError::Malformed("the file holds no document of Akoma Ntoso".to_owned()));
    }
    Ok(documents)
}

fn build_all<'a>(name: &str, events: &mut Events<'a>, bytes: &[u8]) -> Result<Build<'a>, ReadError> {
    let mut build = Build::new(name);
    let mut has_root = false;
    loop {
        if build.ignores_blanks() {
            events.pass_blanks();
        }
        let Some(event) = events.next_event().map_err(|error| refusal(bytes, &error))? else { break };
        build.pass_over(events.take_dropped());
        match event {
            Event::Start(tag) => {
                if !std::mem::replace(&mut has_root, true) {
                    check_root(&tag, events)?;
                }
                build.start(&tag, events);
                events.reuse(tag);
            }
            Event::Text(text, _) => build.text(&text, events),
            Event::End => build.end(events),
        }
    }
    Ok(build)
}

/// Why a text cannot be read.
fn refusal(bytes: &[u8], error: &XmlError) -> ReadError {
    match error.kind {
        XmlErrorKind::Encoding if std::str::from_utf8(bytes).is_err() => {
            ReadError::Undecodable { encoding: "UTF-8".to_owned(), offset: error.offset }
        }
        _ => ReadError::Malformed(at_line(&mut Lines::new(bytes), error)),
    }
}

fn at_line(lines: &mut Lines<'_>, error: &XmlError) -> String {
    format!("line {}: {}", lines.line(error.offset), error.message)
}

/// Says what was mended, and what was passed over.
fn report(bytes: &[u8], events: &Events<'_>, sink: &mut dyn Sink) {
    let mut lines = Lines::new(bytes);
    let (faults, more) = events.faults();
    for fault in faults {
        sink.push(Diagnostic::error(ILL_FORMED, None, at_line(&mut lines, fault)));
    }
    if more > 0 {
        sink.push(Diagnostic::error(ILL_FORMED, None, format!("{more} more faults are not listed")));
    }
}

/// Only Akoma Ntoso 1.0 is read.
fn check_root(tag: &Tag<'_>, events: &Events<'_>) -> Result<(), ReadError> {
    let namespace = events.namespace_name(tag.namespace);
    let message = if tag.name != "akomaNtoso" {
        format!("the XML is no Akoma Ntoso: its root element is {:.60}", tag.name)
    } else if tag.namespace == Namespace::AKN {
        return Ok(());
    } else if namespace.starts_with(AKN_NAMESPACE) {
        format!("the namespace {namespace:.100} is of a draft of Akoma Ntoso; only {AKN_NAMESPACE} is read")
    } else if namespace.is_empty() {
        format!("the root element has no namespace and not {AKN_NAMESPACE}")
    } else {
        format!("the root element has the namespace {namespace:.100} and not {AKN_NAMESPACE}")
    };
    Err(ReadError::Malformed(message))
}
