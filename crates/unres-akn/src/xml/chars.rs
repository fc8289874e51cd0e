//! The characters of XML: which are blank, which are allowed, and what a name is made of.

use unres_source::{any_byte, any_triple};

/// White space of XML.
#[inline]
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// White space of XML, as a byte.
#[inline]
pub(crate) fn is_blank_byte(byte: u8) -> bool {
    is_blank(char::from(byte))
}

/// Whether an XML file may hold a character at all.
pub(crate) fn is_legal(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

/// The first character that XML does not allow.
pub(crate) fn illegal_character(text: &str) -> Option<usize> {
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    let control = |byte: u8| u8::from(byte < b' ') & (1 ^ is(byte, b'\t') ^ is(byte, b'\n') ^ is(byte, b'\r'));
    // Nearly all texts are told by the bytes that such characters begin with.
    if !any_byte(text, |byte| control(byte) | is(byte, 0xEF)) {
        return None;
    }
    // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    let last = |a, b, c| is(a, 0xEF) & is(b, 0xBF) & u8::from(c >= 0xBE);
    if !any_byte(text, control) && !any_triple(text, last) {
        return None;
    }
    text.char_indices().find(|&(_, character)| !is_legal(character)).map(|(offset, _)| offset)
}

/// Whether a text is a name without colon.
pub(crate) fn is_ncname(text: &str) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && text.as_bytes().iter().all(plain) {
        return true;
    }
    let mut characters = text.chars();
    characters.next().is_some_and(is_name_start) && characters.all(is_name_character)
}

fn is_name_start(character: char) -> bool {
    matches!(character, 'A'..='Z' | 'a'..='z' | '_')
        || matches!(character,
            '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}' | '\u{370}'..='\u{37D}'
            | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}' | '\u{2C00}'..='\u{2FEF}'
            | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{EFFFF}')
}

fn is_name_character(character: char) -> bool {
    matches!(character, '0'..='9' | '-' | '.' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
        || is_name_start(character)
}

/// The character that a reference names: `amp`, `#38` or `#x26`. None where it names no character that XML allows, and none of its entities.
pub(crate) fn referenced(name: &str) -> Option<char> {
    let code = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#').and_then(|digits| match digits.strip_prefix('x') {
            Some(digits) => number(digits, 16),
            None => number(digits, 10),
        }),
    };
    code.and_then(char::from_u32).filter(|&character| is_legal(character))
}

fn number(digits: &str, radix: u32) -> Option<u32> {
    let sound = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    sound.then(|| u32::from_str_radix(digits, radix).ok()).flatten()
}
