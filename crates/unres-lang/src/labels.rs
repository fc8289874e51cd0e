//! Numbers before paragraphs, items and sections: `1.`, `(a)`, `㈠`, `1 -`.

use crate::dates::number;
use crate::fold::{self, Blanks, Initials, fold, is_invisible, prefix};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A number printed at the head of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Bytes that it covers, brackets and marks included.
    pub len: usize,
    /// What it can mean; `(i)` is the letter after h or the first Roman number. Never empty.
    pub readings: Vec<Reading>,
}

/// One meaning of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What such a label numbers.
    pub used_for: LabelUse,
    /// How English prints this kind of number.
    pub style: Style,
    /// Position, from 1.
    pub ordinal: u32,
}

/// What a style of labels numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelUse {
    /// Operative paragraphs.
    Paragraph,
    /// Items of lists.
    Item,
    /// Sections, on a line of their own or before a title.
    Section,
}

/// Kinds of numbers, named by what English prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// A dash or dot.
    Bullet,
}

/// A style of labels as a pack declares it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelStyle {
    /// Forms with `#` for the number; a blank in a form stands for any number of blanks.
    print: Vec<Form>,
    series: Series,
    /// For the series `list`: the numbers in order, as printed.
    #[serde(default)]
    symbols: Vec<Symbol>,
    style: Style,
    #[serde(rename = "use")]
    used_for: LabelUse,
    /// What labels of all forms may begin with, once they are [prepared](Labels::prepare).
    #[serde(skip)]
    begins: Initials,
    /// Whether a label may be a word, or have letters beside its number.
    #[serde(skip)]
    may_be_word: bool,
}

/// A form of a label: what stands before and behind its number.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
struct Form {
    printed: String,
    before: String,
    /// None where the form holds no number.
    after: Option<String>,
    /// What a label of this form may begin with, once they are [prepared](Labels::prepare).
    begins: Initials,
}

impl From<String> for Form {
    fn from(printed: String) -> Self {
        let (before, after) = match printed.split_once('#') {
            Some((before, after)) => (before.to_owned(), Some(after.to_owned())),
            None => (printed.clone(), None),
        };
        Self { printed, before, after, begins: Initials::default() }
    }
}

/// A number of a list, with the letter that tells most texts that do not begin with it.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
struct Symbol {
    printed: String,
    first: Option<char>,
}

impl From<String> for Symbol {
    fn from(printed: String) -> Self {
        Self { first: printed.chars().find_map(fold), printed }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Series {
    /// Digits of the script.
    #[serde(rename = "digits")]
    Digits,
    /// a, b … z, aa, bb.
    #[serde(rename = "latin")]
    Latin,
    /// A, B … Z.
    #[serde(rename = "LATIN")]
    LatinCapitals,
    /// i, ii, iii.
    #[serde(rename = "roman")]
    Roman,
    /// I, II, III.
    #[serde(rename = "ROMAN")]
    RomanCapitals,
    /// The numbers listed in `symbols`.
    #[serde(rename = "list")]
    List,
    /// No number: the forms themselves are the label.
    #[serde(rename = "bullet")]
    Bullet,
}

impl LabelStyle {
    pub(crate) fn problem(&self) -> Option<String> {
        let needs_list = self.series == Series::List;
        if needs_list == self.symbols.is_empty() {
            return Some("`symbols` belongs to the series `list`, and to no other".to_owned());
        }
        let counts = |form: &Form| form.after.is_some() == (self.series != Series::Bullet);
        let bad = self.print.iter().find(|form| !counts(form));
        bad.map(|form| format!("the form {:?} needs # for the number, unless it is a bullet", form.printed))
    }

    fn has_letters(&self) -> bool {
        let letter = |marks: &str| marks.starts_with(|c: char| c.is_ascii_alphabetic());
        let worded = |form: &Form| letter(&form.before) || form.after.as_deref().is_some_and(letter);
        self.series == Series::List || self.print.iter().any(worded)
    }

    /// Notes what labels of each form may begin with. `digits` are those of the script beside ASCII.
    fn prepare(&mut self, digits: impl Iterator<Item = char> + Clone) {
        let mut numbers = Initials::default();
        match self.series {
            Series::Digits => numbers.add_chars(('0'..='9').chain(digits)),
            Series::Latin | Series::LatinCapitals | Series::Roman | Series::RomanCapitals => {
                numbers.add_chars('a'..='z');
            }
            Series::List => self.symbols.iter().for_each(|symbol| numbers.add(&symbol.printed)),
            // A form that is nothing but the mark.
            Series::Bullet => {}
        }
        for form in &mut self.print {
            // A blank stands for any number of blanks, also none.
            match form.before.trim_start() {
                "" => form.begins.add_all(&numbers),
                mark => form.begins.add(mark),
            }
            self.begins.add_all(&form.begins);
        }
        self.may_be_word = self.has_letters();
    }

    /// Matches the style at the head of `text`, whose first character that is compared is given. The first of its forms that is found counts, unless
    /// another is the whole text.
    fn scan(&self, text: &str, first: Option<char>, digit: &dyn Fn(char) -> Option<u32>) -> Option<(usize, Reading)> {
        let mut found = self.print.iter().filter(|form| form.begins.hold(first)).filter_map(|form| {
            let (len, ordinal) = match &form.after {
                None => (mark(text, &form.before)?, 1),
                Some(after) => {
                    let mut at = mark(text, &form.before)?;
                    let (ordinal, len) = self.number(text.get(at..)?, digit)?;
                    at += len;
                    at += mark(text.get(at..)?, after)?;
                    (at, ordinal)
                }
            };
            let rest = text.get(len..)?;
            self.ends(&form.printed, rest)
                .then_some((len, Reading { used_for: self.used_for, style: self.style, ordinal }))
        });
        let foremost = found.next()?;
        let is_whole = |(len, _): &(usize, Reading)| *len == text.len();
        if is_whole(&foremost) { Some(foremost) } else { found.find(is_whole).or(Some(foremost)) }
    }

    /// What may follow a label: a blank, the end, behind a closing mark a wide character that needs no blank, and behind a pair of
    /// brackets any letter, since extractors lose the blank of a narrow tab.
    fn ends(&self, form: &str, rest: &str) -> bool {
        let closed = !form.ends_with('#') && self.series != Series::Bullet;
        let bracketed = closed && !form.starts_with('#');
        let rest = rest.trim_start_matches(is_invisible);
        match rest.chars().next() {
            None => true,
            Some(c) => c.is_whitespace() || (closed && crate::is_wide(c)) || (bracketed && c.is_alphabetic()),
        }
    }

    fn number(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<(u32, usize)> {
        match self.series {
            Series::Digits => number(text, digit, 3).filter(|(n, _)| *n > 0),
            Series::Latin => latin(text, |c| c.is_ascii_lowercase()),
            Series::LatinCapitals => latin(text, |c| c.is_ascii_uppercase()),
            Series::Roman => roman(text, |c| c.is_ascii_lowercase()),
            Series::RomanCapitals => roman(text, |c| c.is_ascii_uppercase()),
            Series::List => self.listed(text),
            Series::Bullet => None,
        }
    }

    /// The longest listed number at the head of `text`, ornaments not counting.
    fn listed(&self, text: &str) -> Option<(u32, usize)> {
        let first = text.chars().find_map(fold);
        let found =
            (1u32..).zip(&self.symbols).filter(|(_, symbol)| symbol.first == first).filter_map(|(n, symbol)| {
                let len = prefix(text, &symbol.printed, Blanks::Count)?;
                let ornaments: usize =
                    text.get(len..)?.chars().take_while(|c| fold(*c).is_none()).map(char::len_utf8).sum();
                Some((n, len + ornaments))
            });
        found.max_by_key(|(_, len)| *len)
    }
}

/// Matches the marks of a form; a blank stands for any number of them, also none.
fn mark(text: &str, marks: &str) -> Option<usize> {
    let mut at = text.len() - text.trim_start_matches(is_invisible).len();
    for want in marks.chars() {
        let rest = text.get(at..)?;
        if want == ' ' {
            at += rest.len() - rest.trim_start().len();
            continue;
        }
        let found = rest.chars().next()?;
        if fold(found) != fold(want) && found != want {
            return None;
        }
        at += found.len_utf8();
    }
    Some(at)
}

/// One letter, or the same letter twice for the numbers beyond z.
fn latin(text: &str, accept: impl Fn(char) -> bool) -> Option<(u32, usize)> {
    let mut letters = text.chars();
    let first = letters.next().filter(|c| accept(*c))?;
    let position = u32::from(first.to_ascii_lowercase()) - u32::from('a') + 1;
    if letters.next() == Some(first) && !letters.next().is_some_and(|c| c.is_ascii_alphabetic()) {
        return Some((position + 26, 2));
    }
    Some((position, 1)).filter(|_| !text.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic()))
}

/// A Roman number below 90; only as the Romans of the page write it, so that `iiii` and `vv` are none.
fn roman(text: &str, accept: impl Fn(char) -> bool) -> Option<(u32, usize)> {
    const TENS: [&str; 9] = ["", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx"];
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let len = text.find(|c: char| !(accept(c) && c.is_ascii_alphabetic())).unwrap_or(text.len());
    let letters = text.get(..len).filter(|letters| (1..=8).contains(&letters.len()))?;
    // Most words are told by their letters.
    if letters.contains(|c: char| !matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l')) {
        return None;
    }
    let letters = letters.to_ascii_lowercase();
    let value = |ten: &str| {
        let unit = letters.strip_prefix(ten)?;
        UNITS.iter().position(|known| *known == unit)
    };
    let number = TENS.iter().enumerate().find_map(|(tens, ten)| Some(tens * 10 + value(ten)?))?;
    u32::try_from(number).ok().map(|number| (number, len))
}

/// Whether a text begins with a word that is no label but one of a list: two different letters or more of them than a letter twice has, and not all of
/// them Roman digits.
fn begins_with_word(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic);
    let roman = |byte: u8| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x' | b'l');
    let mut first = letters.clone();
    let is_longer = match (first.next(), first.next()) {
        (Some(one), Some(other)) => one != other || first.next().is_some(),
        _ => false,
    };
    is_longer && !letters.take(9).all(roman)
}

/// The labels of a language.
#[derive(Clone, Debug)]
pub(crate) struct Labels {
    styles: Vec<LabelStyle>,
    /// What labels of any style may begin with.
    begins: Initials,
    /// What those may begin with that may be words.
    words_begin: Initials,
}

impl Labels {
    /// Notes what labels of each style may begin with. `digits` are those of the script beside ASCII.
    pub(crate) fn prepare(mut styles: Vec<LabelStyle>, digits: &BTreeMap<char, u32>) -> Self {
        let (mut begins, mut words_begin) = (Initials::default(), Initials::default());
        for style in &mut styles {
            style.prepare(digits.keys().copied());
            begins.add_all(&style.begins);
            if style.may_be_word {
                words_begin.add_all(&style.begins);
            }
        }
        Self { styles, begins, words_begin }
    }

    /// All labels that the styles see at the head of `text`, the longest only.
    pub(crate) fn scan(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> Option<Label> {
        let word = begins_with_word(text);
        let first = fold::first(text);
        let begins = if word { &self.words_begin } else { &self.begins };
        if !begins.hold(first) {
            return None;
        }
        let may_begin = |style: &&LabelStyle| style.begins.hold(first) && (!word || style.may_be_word);
        let mut label: Option<Label> = None;
        for (len, reading) in self.styles.iter().filter(may_begin).filter_map(|style| style.scan(text, first, digit)) {
            match &mut label {
                Some(label) if len < label.len => {}
                Some(label) if len == label.len => label.readings.push(reading),
                _ => label = Some(Label { len, readings: vec![reading] }),
            }
        }
        label
    }

    /// Whether a text is nothing but a number of some style, without its brackets and marks: the `II` of "Annex II".
    pub(crate) fn are_number(&self, text: &str, digit: &dyn Fn(char) -> Option<u32>) -> bool {
        self.styles.iter().any(|style| style.number(text, digit).is_some_and(|(_, len)| len == text.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LangPack;

    #[test]
    fn no_label_but_a_word_begins_as_a_word() {
        let letters = || ('A'..='Z').chain('a'..='z');
        let pairs = || letters().flat_map(|one| letters().map(move |other| format!("{one}{other}")));
        for language in ["ar", "en", "es", "fr", "ru", "zh"] {
            let pack = LangPack::builtin(language).expect("a pack");
            let styles = || pack.labels.styles.iter().filter(|style| !style.may_be_word);
            for text in pairs().flat_map(|pair| ["", ".", ")", " x", "c", "ii"].map(|rest| format!("{pair}{rest}"))) {
                let mut found = styles().filter_map(|style| style.scan(&text, fold::first(&text), &|c| pack.digit(c)));
                assert!(!begins_with_word(&text) || found.next().is_none(), "{language} {text}");
            }
        }
    }
}
