//! What is not plain text: signatures of other formats, and characters that no document format can hold.

use encoding_rs::Encoding;
use std::borrow::Cow;
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
    if !may_hold_control(text.as_bytes()) {
        return Ok(());
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
pub(crate) struct Cleaned<'t> {
    pub(crate) text: Cow<'t, str>,
    pub(crate) dropped: usize,
}

pub(crate) fn clean(text: &str) -> Cleaned<'_> {
    if !may_hold_control(text.as_bytes()) || !text.contains(is_control) {
        return Cleaned { text: Cow::Borrowed(text), dropped: 0 };
    }
    let mut dropped = 0;
    let keep = |c: &char| {
        let keep = !is_control(*c);
        dropped += usize::from(!keep);
        keep
    };
    Cleaned { text: Cow::Owned(text.chars().filter(keep).collect()), dropped }
}

/// Whether bytes may hold a control character: nearly all texts are told without a look at each character. All bytes are looked at, so that
/// many are at once.
fn may_hold_control(bytes: &[u8]) -> bool {
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    let blank = |byte: u8| is(byte, b'\n') | is(byte, b'\r') | is(byte, b'\t') | is(byte, 0xc);
    let low = |&byte: &u8| (u8::from(byte < b' ') - blank(byte)) | is(byte, 0x7f);
    // U+0080 to U+009F begin with C2, the two code points that are no characters with EF BF.
    let high = |(&first, &second): (&u8, &u8)| {
        (is(first, 0xc2) & u8::from(second < 0xa0)) | (is(first, 0xef) & is(second, 0xbf))
    };
    let second = bytes.get(1..).unwrap_or_default();
    let low = bytes.iter().map(low).fold(0, u8::max);
    low > 0 || bytes.iter().zip(second).map(high).fold(0, u8::max) > 0
}

/// Control characters but line ends, tab and form feed, and the two code points that are no characters.
fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
