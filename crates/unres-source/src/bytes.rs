//! Looks at many bytes at once.

/// Whether a byte of a text is of a kind, for which `kind` gives a number above 0. `kind` should be made of comparisons joined by `|` and `&` alone: it is
/// asked for whole pieces of the text without a jump, even behind the first such byte, and for the last ones twice.
#[inline]
pub fn any_byte(text: &str, kind: impl Fn(u8) -> u8) -> bool {
    let bytes = text.as_bytes();
    let short = || in_pieces::<8>(bytes, &kind).or_else(|| in_pieces::<4>(bytes, &kind));
    in_pieces::<32>(bytes, &kind).or_else(short).unwrap_or_else(|| any(bytes, &kind))
}

/// The same by pieces of one length; none where the text is shorter than that.
#[inline]
fn in_pieces<const LENGTH: usize>(bytes: &[u8], kind: &impl Fn(u8) -> u8) -> Option<bool> {
    let last = bytes.last_chunk::<LENGTH>()?;
    let (pieces, rest) = bytes.as_chunks::<LENGTH>();
    Some(pieces.iter().any(|piece| any(piece, kind)) || (!rest.is_empty() && any(last, kind)))
}

#[inline]
fn any(bytes: &[u8], kind: &impl Fn(u8) -> u8) -> bool {
    bytes.iter().fold(0, |flags, byte| flags | kind(*byte)) > 0
}

/// Where the first byte of a kind stands; else as [`any_byte`].
#[inline]
pub fn first_byte(bytes: &[u8], kind: impl Fn(u8) -> u8) -> Option<usize> {
    const LENGTH: usize = 16;
    let (pieces, _) = bytes.as_chunks::<LENGTH>();
    let passed = LENGTH * pieces.iter().take_while(|piece| !any(*piece, &kind)).count();
    let at = bytes.get(passed..)?.iter().position(|byte| kind(*byte) > 0)?;
    Some(passed + at)
}

/// Whether three neighbouring bytes of a text are of a kind; else as [`any_byte`].
#[inline]
pub fn any_triple(text: &str, kind: impl Fn(u8, u8, u8) -> u8) -> bool {
    let bytes = text.as_bytes();
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    bytes.iter().zip(second).zip(third).fold(0, |flags, ((a, b), c)| flags | kind(*a, *b, *c)) > 0
}

/// How many bytes of a text are of a kind, for which `kind` gives 1, and 0 for all others; it should be made as for [`any_byte`].
pub fn count_bytes(text: &str, kind: impl Fn(u8) -> u8) -> usize {
    // So many at a time as a byte can count.
    let pieces = text.as_bytes().chunks(usize::from(u8::MAX));
    pieces.map(|piece| usize::from(piece.iter().fold(0, |sum: u8, byte| sum + kind(*byte)))).sum()
}

/// Whether a text holds a blank that is no ASCII.
pub fn holds_other_blank(text: &str) -> bool {
    let is = |byte: u8, wanted: u8| u8::from(byte == wanted);
    // The first bytes of all such blanks.
    if !any_byte(text, |byte| is(byte, 0xc2) | is(byte, 0xe1) | is(byte, 0xe2) | is(byte, 0xe3)) {
        return false;
    }
    let bytes = text.as_bytes();
    let of_two = |(&a, &b): (&u8, &u8)| is(a, 0xc2) & (is(b, 0x85) | is(b, 0xa0));
    let of_three = |a: u8, b: u8, c: u8| {
        let general = (u8::from(c <= 0x8a) | is(c, 0xa8) | is(c, 0xa9) | is(c, 0xaf)) & is(b, 0x80);
        let mathematical = is(b, 0x81) & is(c, 0x9f);
        (is(a, 0xe2) & (general | mathematical))
            | (is(a, 0xe1) & is(b, 0x9a) & is(c, 0x80))
            | (is(a, 0xe3) & is(b, 0x80) & is(c, 0x80))
    };
    bytes.iter().zip(bytes.get(1..).unwrap_or_default()).map(of_two).fold(0, u8::max) > 0 || any_triple(text, of_three)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_blanks_are_told_from_all_else() {
        for c in '\0'..=char::MAX {
            let expected = c.is_whitespace() && !c.is_ascii();
            assert_eq!(holds_other_blank(&format!("a{c}")), expected, "{c:?}");
            assert_eq!(holds_other_blank(&format!(" {c}bc")), expected, "{c:?}");
        }
        assert!(!holds_other_blank(""));
    }

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        for length in 0..100 {
            assert!(!any_byte(&"a".repeat(length), |byte| u8::from(byte == b'b')), "{length}");
            for at in 0..length {
                let text = format!("{}b{}", "a".repeat(at), "a".repeat(length - at - 1));
                assert!(any_byte(&text, |byte| u8::from(byte == b'b')), "{length} {at}");
                assert_eq!(first_byte(text.as_bytes(), |byte| u8::from(byte == b'b')), Some(at));
                let triple = any_triple(&text, |_, b, _| u8::from(b == b'b'));
                assert_eq!(triple, (1..length - 1).contains(&at), "{length} {at}");
            }
        }
    }

    #[test]
    fn bytes_of_a_kind_are_counted_in_texts_of_any_length() {
        for length in [0, 1, 254, 255, 256, 1000] {
            assert_eq!(count_bytes(&"ab".repeat(length), |byte| u8::from(byte == b'a')), length);
        }
    }
}
