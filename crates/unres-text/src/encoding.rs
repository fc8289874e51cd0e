//! Which encoding a text is in, and the text in UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;
use unres_source::ReadError;

/// Names of the encodings that texts in the languages of the United Nations occur in. Others of the Encoding Standard are known
/// too.
pub const ENCODINGS: &[&str] = &[
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1251",
    "windows-1256",
    "KOI8-R",
    "ISO-8859-5",
    "ISO-8859-6",
    "gb18030",
    "Big5",
    "IBM866",
    "macintosh",
];

/// An encoding of the Encoding Standard by any of its labels: `koi8-r`, `cp1251`, `utf-16le`.
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.as_bytes())
}

/// The encoding of a text and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) encoding: &'static Encoding,
    /// It follows from how often which bytes stand beside each other.
    pub(crate) is_guess: bool,
}

/// Finds the encoding of bytes: a byte order mark says it; else UTF-8 is told by its form, UTF-16 by its zeros, and the rest is
/// guessed.
pub(crate) fn find(bytes: &[u8]) -> Found {
    let certain = |encoding| Found { encoding, is_guess: false };
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return certain(encoding);
    }
    if let Some(encoding) = utf_16(bytes) {
        return certain(encoding);
    }
    if is_meant_as_utf_8(bytes) {
        return certain(UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Found { encoding: detector.guess(None, Utf8Detection::Deny), is_guess: true }
}

/// UTF-16 without a byte order mark. No other text holds zeros but stray ones, and here they stand beside blanks and line ends, which tell the order of
/// the two bytes.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    const LOOKED_AT: usize = 1 << 16;
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if !bytes.len().is_multiple_of(2) || !head.contains(&0) {
        return None;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\n');
    let count = |of: fn(&[u8]) -> Option<(&u8, &u8)>| {
        let units = head.chunks_exact(2).filter_map(of);
        units.filter(|(low, high)| is_blank(low) && **high == 0).count()
    };
    let little = count(|unit| Some((unit.first()?, unit.get(1)?)));
    let big = count(|unit| Some((unit.get(1)?, unit.first()?)));
    // Bytes of blanks also occur in other letters of UTF-16.
    let others = head.iter().filter(|byte| is_blank(byte)).count() - little.max(big);
    match little.cmp(&big) {
        _ if little.max(big) * 2 < others => None,
        std::cmp::Ordering::Greater => Some(UTF_16LE),
        std::cmp::Ordering::Less => Some(UTF_16BE),
        std::cmp::Ordering::Equal => None,
    }
}

/// Whether bytes are UTF-8, or were before a few of them broke: other encodings hardly ever form a letter of UTF-8 by chance.
fn is_meant_as_utf_8(bytes: &[u8]) -> bool {
    if simdutf8::basic::from_utf8(bytes).is_ok() {
        return true;
    }
    let (mut letters, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken <= letters
}

/// The text without its byte order mark.
pub(crate) fn decode<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Result<Cow<'b, str>, ReadError> {
    let text = if encoding == UTF_8 {
        let text = simdutf8::compat::from_utf8(bytes);
        Cow::Borrowed(text.map_err(|error| undecodable(encoding, error.valid_up_to()))?)
    } else {
        Cow::Owned(decode_all(bytes, encoding)?)
    };
    Ok(match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
    })
}

fn decode_all(bytes: &[u8], encoding: &'static Encoding) -> Result<String, ReadError> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len());
    let mut text = String::with_capacity(room);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => Ok(text),
        DecoderResult::Malformed(wrong, after) => {
            Err(undecodable(encoding, read.saturating_sub(usize::from(wrong) + usize::from(after))))
        }
        DecoderResult::OutputFull => Err(undecodable(encoding, read)),
    }
}

fn undecodable(encoding: &'static Encoding, offset: usize) -> ReadError {
    ReadError::Undecodable { encoding: encoding.name().to_owned(), offset }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str =
        "Генеральная Ассамблея,\nссылаясь на свои резолюции о приливных колоколах,\n1. постановляет звонить.\n";
    const CHINESE: &str = "大会，\n回顾其关于潮汐钟的各项决议，\n1. 决定敲响所有的钟，并请各会员国予以协助。\n";
    const ARABIC: &str = "إن الجمعية العامة،\nإذ تشير إلى قراراتها بشأن أجراس المد والجزر،\n1 - تقرر أن تدق الأجراس.\n";
    const FRENCH: &str =
        "L’Assemblée générale,\nRappelant ses résolutions relatives aux cloches de marée,\n1. Décide de les sonner.\n";

    fn encoded(text: &str, name: &str) -> Vec<u8> {
        let encoding = encoding_named(name).expect(name);
        if encoding == UTF_16LE {
            return text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        }
        if encoding == UTF_16BE {
            return text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        }
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy, "{name} has no letters for {text}");
        bytes.into_owned()
    }

    #[test]
    fn a_text_is_read_whatever_encoding_it_is_in() {
        let texts = [
            (RUSSIAN, &["windows-1251", "koi8-r", "iso-8859-5", "ibm866", "utf-16le", "utf-16be", "utf-8"][..]),
            (CHINESE, &["gb18030", "utf-16le", "utf-16be", "utf-8"]),
            (ARABIC, &["windows-1256", "utf-16le", "utf-16be", "utf-8"]),
            (FRENCH, &["windows-1252", "utf-16le", "utf-16be", "utf-8"]),
        ];
        for (text, names) in texts {
            for name in names {
                let bytes = encoded(text, name);
                let found = find(&bytes);
                assert_eq!(decode(&bytes, found.encoding).as_deref(), Ok(text), "{name} taken for {found:?}");
            }
        }
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        for name in ["utf-16le", "utf-16be", "utf-8"] {
            let bytes = encoded(&format!("\u{feff}{RUSSIAN}"), name);
            let found = find(&bytes);
            assert_eq!((decode(&bytes, found.encoding).as_deref(), found.is_guess), (Ok(RUSSIAN), false), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_decoded_is_named_with_its_place() {
        let broken = [RUSSIAN.as_bytes(), b"\xff\xff", RUSSIAN.as_bytes()].concat();
        let found = find(&broken);
        assert_eq!(decode(&broken, found.encoding), Err(undecodable(UTF_8, RUSSIAN.len())));
        let mut half = encoded(CHINESE, "gb18030");
        half.push(0x81);
        let gb18030 = encoding_named("gb18030").expect("gb18030");
        assert_eq!(decode(&half, gb18030), Err(undecodable(gb18030, half.len() - 1)));
        let lone = [b"a\0\xd8\xd8".as_slice(), b" \0"].concat();
        assert_eq!(decode(&lone, UTF_16LE), Err(undecodable(UTF_16LE, 2)));
    }
}
