//! Reader of web pages (HTML): the text of a page that holds a resolution, with what its markup says of lines and letters.
//!
//! Tokens come from `html5ever` (`tokens`); a page (`page`) is the blocks that a browser would set below each other, and `lines` puts them into a
//! source. The tree of elements is not built: which block a text stands in, and how it looks, follows from the tags before it.

mod lines;
mod numbers;
mod page;
mod tokens;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::borrow::Cow;
use unres_source::{Budget, Confidence, Diagnostic, Input, ReadError, Reader, RuleId, Sink, Source};

const ENCODING: RuleId = RuleId::new("html/undecodable");
/// Where a page may say how its letters are encoded, and what it is.
const HEAD: usize = 1024;

/// The reader of web pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Reader for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    /// Certain of what begins with a document type or an element of HTML; comments and an XML declaration may stand before it.
    fn sniff(&self, input: &Input<'_>) -> Confidence {
        const ELEMENTS: [&str; 12] =
            ["html", "head", "body", "title", "meta", "p", "div", "center", "table", "h1", "h2", "h3"];
        let head = String::from_utf8_lossy(input.bytes.get(..HEAD).unwrap_or(input.bytes)).to_ascii_lowercase();
        let mut rest = head.trim_start_matches('\u{feff}').trim_start();
        loop {
            let skipped = [("<?", "?>"), ("<!--", "-->")].into_iter().find_map(|(open, close)| {
                rest.strip_prefix(open).map(|inner| inner.split_once(close).map_or("", |(_, after)| after))
            });
            match skipped {
                Some(after) => rest = after.trim_start(),
                None => break,
            }
        }
        let element = |name: &&str| {
            let after = rest.strip_prefix('<').and_then(|rest| rest.strip_prefix(*name));
            after.is_some_and(|after| after.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()))
        };
        let known = rest.starts_with("<!doctype html") || ELEMENTS.iter().any(element);
        if known { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Source, ReadError> {
        let bytes = input.bytes.len() as u64;
        if bytes > budget.bytes {
            return Err(ReadError::TooLarge { bytes, limit: budget.bytes });
        }
        let text = decode(input.bytes, sink);
        let page = page::Page::of(tokens::tokens(&text), sink);
        let source = lines::source(input.name, &page);
        if source.text().trim().is_empty() { Err(ReadError::Empty) } else { Ok(source) }
    }
}

/// The text of a page: by its byte order mark, by what it says, or in UTF-8; what is not of it was written for Windows.
fn decode<'a>(bytes: &'a [u8], sink: &mut dyn Sink) -> Cow<'a, str> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let is_utf8 = || std::str::from_utf8(bytes).is_ok();
    let encoding = marked.or_else(|| stated(bytes)).unwrap_or_else(|| if is_utf8() { UTF_8 } else { WINDOWS_1252 });
    let (text, _, is_damaged) = encoding.decode(bytes);
    if is_damaged {
        let message = format!("bytes that are no {} are read as replacement characters", encoding.name());
        sink.push(Diagnostic::warning(ENCODING, None, message));
    }
    text
}

/// The encoding that a page names: `charset=windows-1256`.
fn stated(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, after) = head.split_once("charset")?;
    let label =
        after.trim_start().strip_prefix('=')?.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(label.len());
    Encoding::for_label(label.get(..end)?.as_bytes())
}
