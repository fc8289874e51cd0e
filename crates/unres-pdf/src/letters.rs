//! Letters that a font draws under another number: presentation forms, ligatures, radicals and doubles of Han characters.

use unicode_normalization::UnicodeNormalization;

/// How many letters were changed for their plain form, and how many control characters left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub(crate) plain: usize,
    pub(crate) dropped: usize,
}

impl Changes {
    /// Adds a letter to a text in its plain form.
    pub(crate) fn push(&mut self, letter: char, text: &mut String) {
        match letter {
            c if is_form(c) => {
                self.plain += 1;
                text.extend(std::iter::once(c).nfkc());
            }
            c if c.is_whitespace() => {
                text.push(if matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}') { ' ' } else { c });
            }
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => self.dropped += 1,
            c => text.push(c),
        }
    }
}

/// Letters that Unicode holds twice for old fonts, and their plain doubles are what is meant.
fn is_form(letter: char) -> bool {
    matches!(letter,
        '\u{2e80}'..='\u{2fdf}'       // radicals
        | '\u{f900}'..='\u{faff}'     // compatibility ideographs
        | '\u{fb00}'..='\u{fb06}'     // Latin ligatures
        | '\u{fb1d}'..='\u{fdff}'     // Hebrew and Arabic presentation forms
        | '\u{fe70}'..='\u{fefe}'
        | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_become_plain_letters_and_are_counted() {
        let mut changes = Changes::default();
        let mut text = String::new();
        for letter in "⼤会 ﬁn ﻻ ㈠\t\u{1}（x）".chars() {
            changes.push(letter, &mut text);
        }
        assert_eq!(text, "大会 fin لا ㈠ （x）");
        assert_eq!(changes, Changes { plain: 3, dropped: 1 });
    }
}
