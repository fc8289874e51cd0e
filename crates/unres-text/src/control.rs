//! What is not plain text: signatures of other formats, and characters that no document format can hold.

use encoding_rs::Encoding;
use unres_source::ReadError;

/// Names the format of `bytes` when their beginning says that they are no plain text.
pub(crate) fn signature(bytes: &[u8]) -> Option<ReadError> {
    const UNPACK: &str = "unpack it first";
    const SAVE: &str = "save it as plain text first";
    const SCAN: &str = "recognise its letters first";
    const SIGNATURES: [(&[u8], &str, &str); 7] = [
        (b"%PDF-", "this is a PDF file", "extract its text first, for example with pdftotext"),
        (b"PK\x03\x04", "this is a zip archive or an office document", SAVE),
        (b"\xd0\xcf\x11\xe0", "this is an old binary office document", SAVE),
        (b"{\\rtf", "this is rich text", SAVE),
        (b"\x89PNG", "this is an image", SCAN),
        (b"\xff\xd8\xff", "this is an image", SCAN),
        (b"\x1f\x8b", "this is a compressed file", UNPACK),
    ];
    let (_, what, hint) = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature))?;
    Some(ReadError::OtherFormat { what: (*what).to_owned(), hint })
}

/// Refuses a decoded text that is XML, or no text at all.
pub(crate) fn check(text: &str, encoding: &'static Encoding) -> Result<(), ReadError> {
    if text.trim_start().starts_with("<?xml") {
        let what = format!("this is XML, and was to be read as text in {}", encoding.name());
        let hint = "leave out --encoding, and convert it to UTF-8 if it is in anything else: XML is read as such";
        return Err(ReadError::OtherFormat { what, hint });
    }
    // A text may hold a stray control character; one in ten of the beginning is another thing.
    let (mut controls, mut letters) = (0, 0);
    for c in text.chars().take(8192) {
        controls += usize::from(is_control(c));
        letters += 1;
    }
    if controls * 10 > letters { Err(ReadError::Binary("this is binary data".to_owned())) } else { Ok(()) }
}

/// A text without the characters that XML cannot hold, and how many were taken out.
pub(crate) struct Cleaned {
    pub(crate) text: String,
    pub(crate) dropped: usize,
}

pub(crate) fn clean(text: &str) -> Cleaned {
    let mut dropped = 0;
    let keep = |c: &char| {
        let keep = !is_control(*c);
        dropped += usize::from(!keep);
        keep
    };
    Cleaned { text: text.chars().filter(keep).collect(), dropped }
}

/// Control characters but line ends, tab and form feed, and the two code points that are no characters.
fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
