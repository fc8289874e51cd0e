//! What is not text: signatures of binary formats, and characters that no document format can hold.

/// Names the binary format of `bytes`, or says why they are no text.
pub(crate) fn binary(bytes: &[u8]) -> Option<String> {
    const SIGNATURES: [(&[u8], &str); 6] = [
        (b"%PDF-", "this is a PDF file"),
        (b"PK\x03\x04", "this is a zip archive or an office document"),
        (b"\xd0\xcf\x11\xe0", "this is an old binary office document"),
        (b"\x89PNG", "this is an image"),
        (b"\xff\xd8\xff", "this is an image"),
        (b"\x1f\x8b", "this is a compressed file"),
    ];
    let signature = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, what)) = signature {
        return Some((*what).to_owned());
    }
    // A text may hold a stray control character; one byte in ten of the beginning is another thing.
    let head = bytes.get(..8192).unwrap_or(bytes);
    let controls = head.iter().filter(|&&byte| is_control(char::from(byte)) && byte < 0x20).count();
    (controls * 10 > head.len()).then(|| "this is binary data".to_owned())
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
