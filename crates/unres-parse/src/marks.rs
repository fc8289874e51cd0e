//! Marks of notes, and the marks that close a paragraph.

use std::ops::Range;
use unres_lang::{Label, LangPack, OpeningKind};

/// A note's mark that fills a line, alone or in the brackets of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The bytes of the mark itself, without brackets.
    pub(crate) range: Range<usize>,
}

/// Reads a line that is nothing but a note's mark: up to three digits, or asterisks.
pub(crate) fn whole_line(text: &str, pack: &LangPack) -> Option<Mark> {
    let bare = |text: &str| {
        let digits =
            (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
        let stars = (1..=3).contains(&text.len()) && text.bytes().all(|b| b == b'*');
        digits || stars
    };
    if bare(text) {
        return Some(Mark { range: 0..text.len() });
    }
    pack.call_brackets().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        bare(inner).then(|| Mark { range: open.len()..open.len() + inner.len() })
    })
}

/// How a text ends, closing quotation marks, brackets and calls by asterisks aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As preambular paragraphs do.
    Preambular,
    /// As operative paragraphs and sentences do.
    Operative,
    /// Leading into a list.
    Intro,
    /// Without a mark, as headings do.
    Open,
}

pub(crate) fn ending(text: &str, pack: &LangPack) -> Ending {
    // Asterisks behind the last mark call notes.
    let mut text = text.trim_end().trim_end_matches('*').trim_end();
    // No mark is a letter, with which most lines end.
    if text.ends_with(unres_lang::is_letter) {
        return Ending::Open;
    }
    loop {
        if pack.leads_into_list(text) {
            return Ending::Intro;
        }
        if pack.ends_preambular(text) {
            return Ending::Preambular;
        }
        if pack.ends_operative(text) {
            return Ending::Operative;
        }
        let closer = pack.pairs().map(|(_, close)| close).find(|close| text.ends_with(*close));
        match closer.and_then(|close| text.strip_suffix(close)) {
            Some(inner) => text = inner.trim_end(),
            None => return Ending::Open,
        }
    }
}

/// The number that a text is, and nothing else.
pub(crate) fn label_alone(text: &str, pack: &LangPack) -> Option<Label> {
    /// Bytes: twice those of the longest one, an ordinal of two words.
    const LONGEST: usize = 100;
    let label = Some(text).filter(|text| text.len() <= LONGEST).and_then(|text| pack.label(text))?;
    (label.len == text.len()).then_some(label)
}

/// Whether a text begins with a letter that is not small, in any script.
pub(crate) fn begins_large(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// Whether a text begins as a paragraph of that kind does: with an opening phrase, and with a capital where sentences have one.
pub(crate) fn opens_as(text: &str, kind: OpeningKind, pack: &LangPack) -> bool {
    let capital = || text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    pack.opening(text, kind).is_some() && (!pack.has_capitals() || capital())
}

/// Whether a text begins as preambular or operative paragraphs do.
pub(crate) fn opens_paragraph(text: &str, pack: &LangPack) -> bool {
    opens_as(text, OpeningKind::Preambular, pack) || opens_as(text, OpeningKind::Operative, pack)
}

/// Whether a text fills its line as dates, meetings and annex words do.
pub(crate) fn is_fixed_line(text: &str, pack: &LangPack) -> bool {
    pack.date_line(text).is_some() || pack.meeting_line(text).is_some() || pack.annex_word(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_stands_alone_or_in_the_brackets_of_the_language() {
        let (english, arabic) = (LangPack::builtin("en").expect("en"), LangPack::builtin("ar").expect("ar"));
        assert_eq!(whole_line("12", &english), Some(Mark { range: 0..2 }));
        assert_eq!(whole_line("**", &english), Some(Mark { range: 0..2 }));
        assert_eq!(whole_line("(12)", &arabic), Some(Mark { range: 1..3 }));
        for text in ["2013", "(1)", "0", "****", "a", ""] {
            assert_eq!(whole_line(text, &english), None, "{text}");
        }
    }

    #[test]
    fn an_ending_is_seen_behind_closing_marks() {
        let pack = LangPack::builtin("en").expect("en");
        assert_eq!(ending("the item “Bells”;", &pack), Ending::Operative);
        assert_eq!(ending("to be called “a bell.”", &pack), Ending::Operative);
        assert_eq!(ending("Bells (continued)", &pack), Ending::Open);
        assert_eq!(ending("Decides:", &pack), Ending::Intro);
    }
}
