//! How printed words are compared: blanks, invisible marks, vowel signs and the case of letters do not count.

use std::sync::LazyLock;

/// Marks that show nothing: soft hyphen, zero-width blanks and joiners, directions, byte order mark.
#[inline]
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Vowel signs and the stretching mark of the Arabic script, which the same word carries or not.
fn is_ornament(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Characters that fill a square: Han and kana, their punctuation and full-width forms. A page sets no blanks between
/// them and their neighbours; an extractor shows some where the setting is loose.
#[inline]
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3200}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character is a letter, as the standard library says; most letters of the six languages are told without a look into its tables.
#[inline]
pub fn is_letter(c: char) -> bool {
    known_letter(c).unwrap_or_else(|| c.is_alphabetic())
}

/// Whether a character is a letter or a number, in the same way.
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    c.is_ascii_digit() || known_letter(c).unwrap_or_else(|| c.is_alphanumeric())
}

/// Whether a character is a letter, where that is known without tables and it is no number that is no letter.
#[inline]
fn known_letter(c: char) -> Option<bool> {
    if c.is_ascii() {
        return Some(c.is_ascii_alphabetic());
    }
    match c {
        // Latin letters with marks, Cyrillic, Arabic, Han.
        '\u{c0}'..='\u{d6}'
        | '\u{d8}'..='\u{f6}'
        | '\u{f8}'..='\u{2c1}'
        | '\u{400}'..='\u{481}'
        | '\u{620}'..='\u{657}'
        | '\u{4e00}'..='\u{9fff}' => Some(true),
        // Punctuation.
        '\u{2000}'..='\u{206f}' | '\u{3001}'..='\u{3004}' | '\u{ff01}'..='\u{ff0f}' => Some(false),
        _ => None,
    }
}

/// Below this, lower-case letters are looked up; above it, most scripts have none.
const TABLED: usize = 0x590;

fn lower_of(code: usize) -> char {
    let c = u32::try_from(code).ok().and_then(char::from_u32).unwrap_or_default();
    c.to_lowercase().next().unwrap_or(c)
}

/// The simple lower-case mapping. It is enough: no script of the six languages folds one letter to several.
fn lower(c: char) -> char {
    static TABLE: LazyLock<[char; TABLED]> = LazyLock::new(|| std::array::from_fn(lower_of));
    match c {
        // Arabic to Myanmar, and all that fills a square but full-width Latin: nothing there has case.
        '\u{590}'..='\u{109f}' | '\u{2e80}'..='\u{a63f}' => c,
        _ => TABLE.get(c as usize).copied().unwrap_or_else(|| c.to_lowercase().next().unwrap_or(c)),
    }
}

/// The character as it is compared; none when it does not count.
#[inline]
pub(crate) fn fold(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c.to_ascii_lowercase());
    }
    if is_invisible(c) || is_ornament(c) {
        return None;
    }
    Some(match c {
        '\u{2010}' | '\u{2011}' => '-',
        '\u{2019}' => '\'',
        '（' => '(',
        '）' => ')',
        '，' => ',',
        _ => lower(c),
    })
}

/// What texts of some kind may begin with, as it is compared: nearly all texts are told by their first character. A set of bits, so that it may say yes
/// of others too.
#[derive(Clone, Debug, Default)]
pub(crate) struct Initials {
    bits: [u64; 4],
    /// Any text may be of the kind.
    any: bool,
}

impl Initials {
    /// What begins as some words do.
    pub(crate) fn of<'a>(words: impl IntoIterator<Item = &'a String>) -> Self {
        let mut begins = Self::default();
        words.into_iter().for_each(|word| begins.add(word));
        begins
    }

    /// Adds what begins as some words do, blanks aside; words of marks that do not count may stand before anything.
    pub(crate) fn add(&mut self, words: &str) {
        match first(words) {
            Some(c) => self.bits[place(c)] |= bit(c),
            None => self.any = true,
        }
    }

    /// Adds what begins with one of some characters.
    pub(crate) fn add_chars(&mut self, chars: impl IntoIterator<Item = char>) {
        let mut buffer = [0; 4];
        chars.into_iter().for_each(|c| self.add(c.encode_utf8(&mut buffer)));
    }

    /// Adds all that there is.
    pub(crate) fn add_any(&mut self) {
        self.any = true;
    }

    /// Adds all that another set holds.
    pub(crate) fn add_all(&mut self, other: &Self) {
        self.any |= other.any;
        self.bits.iter_mut().zip(other.bits).for_each(|(bits, others)| *bits |= others);
    }

    /// Whether a text whose [`first`] character is that may be of the kind.
    pub(crate) fn hold(&self, first: Option<char>) -> bool {
        self.any || first.is_none_or(|c| self.bits[place(c)] & bit(c) != 0)
    }

    /// Whether a text may be of the kind.
    pub(crate) fn begin(&self, text: &str) -> bool {
        self.hold(first(text))
    }
}

/// The first character of a text that is compared, blanks aside.
pub(crate) fn first(text: &str) -> Option<char> {
    text.chars().filter(|c| !c.is_whitespace()).find_map(fold)
}

fn place(c: char) -> usize {
    (c as usize / 64) % 4
}

fn bit(c: char) -> u64 {
    1 << (c as u32 % 64)
}

/// Whether words are compared with or without the blanks between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blanks {
    /// A blank in the phrase wants one or more in the text.
    Count,
    /// Blanks are passed over on both sides.
    Ignore,
}

/// Matches `phrase` at the start of `text`; the number of bytes of `text` that it covers. What follows is not looked at.
pub(crate) fn prefix(text: &str, phrase: &str, blanks: Blanks) -> Option<usize> {
    let same = same_letters(text, phrase);
    let (rest, wanted) = (text.get(same..)?, phrase.get(same..)?);
    // The next letters part most texts from most phrases.
    if parts(rest.chars().next(), wanted.chars().next()) {
        return None;
    }
    let len = if wanted.is_empty() { same } else { same + folded_prefix(rest, wanted, blanks)? };
    with_marks(text, len)
}

/// Marks that do not count belong to the letter before them.
#[inline]
fn with_marks(text: &str, len: usize) -> Option<usize> {
    let marks = text.get(len..)?.chars().take_while(|c| !c.is_ascii() && fold(*c).is_none());
    Some(len + marks.map(char::len_utf8).sum::<usize>())
}

/// How many bytes a text and a phrase begin with that are the same in both, as far as no blank may be among them: what is the same is so however it
/// is folded.
fn same_letters(text: &str, phrase: &str) -> usize {
    // The lead bytes are those of blanks that are no ASCII.
    let may_be_blank = |byte: u8| byte <= b' ' || matches!(byte, 0xc2 | 0xe1..=0xe3);
    let (found, wanted) = (text.as_bytes(), phrase.as_bytes());
    let shorter = found.len().min(wanted.len());
    let is_same = |at: &usize| found[*at] == wanted[*at] && !may_be_blank(wanted[*at]);
    let mut len = (0..shorter).take_while(is_same).count();
    while !phrase.is_char_boundary(len) {
        len -= 1;
    }
    len
}

/// Whether two characters are different letters or marks that count.
fn parts(found: Option<char>, want: Option<char>) -> bool {
    let (Some(found), Some(want)) = (found, want) else { return false };
    // Most are of ASCII.
    if found.is_ascii_alphanumeric() && want.is_ascii_alphanumeric() {
        return !found.eq_ignore_ascii_case(&want);
    }
    let is_blank = found.is_whitespace() || want.is_whitespace();
    !is_blank && fold(found).zip(fold(want)).is_some_and(|(found, want)| found != want)
}

/// Matches letter by letter as they are folded.
fn folded_prefix(text: &str, phrase: &str, blanks: Blanks) -> Option<usize> {
    let mut wanted = phrase.chars().filter_map(|c| if c.is_whitespace() { Some(' ') } else { fold(c) }).peekable();
    let mut seen_blank = false;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if blanks == Blanks::Ignore {
            while wanted.next_if_eq(&' ').is_some() {}
        }
        let Some(&want) = wanted.peek() else { return Some(end) };
        if c.is_whitespace() {
            if blanks == Blanks::Count && want == ' ' {
                wanted.next();
                seen_blank = true;
            } else if blanks == Blanks::Count && !seen_blank {
                return None;
            }
            continue;
        }
        let Some(found) = fold(c) else {
            end = if end == at { at + c.len_utf8() } else { end };
            continue;
        };
        if found != want {
            return None;
        }
        seen_blank = false;
        wanted.next();
        end = at + c.len_utf8();
    }
    if blanks == Blanks::Ignore {
        while wanted.next_if_eq(&' ').is_some() {}
    }
    wanted.peek().is_none().then_some(end)
}

/// The text folded for comparison, without blanks: for words that are looked up whole.
pub fn letters_only(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).filter_map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_phrase_matches_whatever_the_case_and_the_ornaments() {
        assert_eq!(prefix("recalling its", "Recalling", Blanks::Count), Some(9));
        assert_eq!(prefix("وإذ تسلّم بأن", "وإذ تسلم", Blanks::Count), Some("وإذ تسلّم".len()));
        assert_eq!(prefix("Takes  note of", "Takes note", Blanks::Count), Some(11));
        assert_eq!(prefix("Takesnote", "Takes note", Blanks::Count), None);
    }

    #[test]
    fn blanks_may_be_ignored_on_both_sides() {
        assert_eq!(prefix("第 82 次", "第82次", Blanks::Ignore), Some("第 82 次".len()));
        assert_eq!(prefix("on13 January", "on 13", Blanks::Ignore), Some(4));
        assert_eq!(prefix("大 会", "大会", Blanks::Ignore), Some("大 会".len()));
    }

    #[test]
    fn letters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!(Some(lower(c)), c.to_lowercase().next(), "{c:?}");
        }
    }

    #[test]
    fn letters_and_numbers_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            assert_eq!((is_letter(c), is_alphanumeric(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_the_same_in_both_matches_as_if_it_were_folded(
            head in "[aBя灯\u{64b}\u{ad}\u{2019}（ \u{a0}\u{3000}]{0,6}",
            text in "[aAbBяЯ灯\u{64b}\u{ad}\u{2019}'( \u{a0}]{0,3}",
            phrase in "[aAbBяЯ灯\u{64b}\u{ad}\u{2019}'( \u{a0}]{0,3}",
        ) {
            let (text, phrase) = (head.clone() + &text, head + &phrase);
            for blanks in [Blanks::Count, Blanks::Ignore] {
                let folded = folded_prefix(&text, &phrase, blanks);
                let expected = folded.and_then(|len| with_marks(&text, len));
                prop_assert_eq!(prefix(&text, &phrase, blanks), expected, "{:?} {:?} {:?}", text, phrase, blanks);
            }
        }
    }

    #[test]
    fn half_a_phrase_is_none() {
        assert_eq!(prefix("Takes", "Takes note", Blanks::Count), None);
        assert_eq!(prefix("", "Takes", Blanks::Ignore), None);
    }
}
