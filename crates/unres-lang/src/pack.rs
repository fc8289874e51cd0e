//! A language pack, loaded and checked.

use crate::PackError;
use crate::citing::{self, Citing};
use crate::cover::{self, Cover};
use crate::dates::{self, Dated, Dates, YearSide};
use crate::fold::{Blanks, Initials, letters_only, prefix};
use crate::kinds::{self, Kinds};
use crate::labels::{Label, LabelStyle, Labels};
use crate::mentions::Searcher;
use crate::names::{self, Names};
use crate::openings::{self, Opening, OpeningKind, Openings};
use crate::template::{Forms, Match, SlotInitials};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A pack that is built in. What tells a language stands beside the file, so that no pack is loaded that is not chosen.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// BCP 47 code.
    pub code: &'static str,
    /// ISO 639-2/T code.
    pub iso639_2: &'static str,
    /// ISO 639-3 code, as language detection gives it.
    pub iso639_3: &'static str,
    /// English name.
    pub name: &'static str,
    /// The file.
    pub toml: &'static str,
}

/// The packs that are built in.
pub const BUILTIN: &[Builtin] = &[
    builtin("ar", ["ara", "ara"], "Arabic", include_str!("../packs/ar.toml")),
    builtin("en", ["eng", "eng"], "English", include_str!("../packs/en.toml")),
    builtin("es", ["spa", "spa"], "Spanish", include_str!("../packs/es.toml")),
    builtin("fr", ["fra", "fra"], "French", include_str!("../packs/fr.toml")),
    builtin("ru", ["rus", "rus"], "Russian", include_str!("../packs/ru.toml")),
    builtin("zh", ["zho", "cmn"], "Chinese", include_str!("../packs/zh.toml")),
];

const fn builtin(
    code: &'static str,
    [iso639_2, iso639_3]: [&'static str; 2],
    name: &'static str,
    toml: &'static str,
) -> Builtin {
    Builtin { code, iso639_2, iso639_3, name, toml }
}

impl Builtin {
    /// Everything that a language goes by.
    pub fn names(&self) -> [&'static str; 4] {
        [self.code, self.iso639_2, self.iso639_3, self.name]
    }

    /// The built-in pack of a language, by any of its names.
    pub fn of(language: &str) -> Option<&'static Self> {
        BUILTIN.iter().find(|known| known.names().iter().any(|name| name.eq_ignore_ascii_case(language)))
    }
}

/// What stands between words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordBreak {
    /// A blank.
    Space,
    /// Nothing: a blank beside a wide character is layout.
    None,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    code: String,
    iso639_2: String,
    iso639_3: String,
    name: String,
    writing: Writing,
    marks: Marks,
    dates: Dates,
    ordinals: Ordinals,
    formulas: Vec<Formula>,
    head: Head,
    cover: cover::Raw,
    kinds: kinds::Raw,
    citing: citing::Raw,
    names: names::Raw,
    closing: Closing,
    annex: Annex,
    numbering: Numbering,
    openings: openings::Raw,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Writing {
    word_break: WordBreak,
    /// Whether paragraphs begin with a capital letter.
    capitals: bool,
    /// Whether lines run from right to left.
    #[serde(default)]
    right_to_left: bool,
    /// Digits 0 to 9 of the script, beside the ASCII ones.
    #[serde(default)]
    digits: String,
    /// Marks that stand directly behind the text before, also behind a note call.
    tight_marks: Vec<String>,
    /// Words before which a hyphen at a line end hangs: "low- and".
    #[serde(default)]
    hanging_hyphen_before: Vec<String>,
    pairs: Vec<(char, char)>,
    /// Quotation marks that open a paragraph that is quoted.
    quotes: Vec<String>,
    #[serde(default)]
    superscripts: Vec<String>,
    /// Those of them that are no words of their own.
    #[serde(default)]
    split_superscripts: Vec<String>,
    #[serde(default)]
    call_brackets: Vec<(String, String)>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marks {
    preambular_end: Vec<String>,
    operative_end: Vec<String>,
    list_intro: Vec<String>,
    /// Abbreviations whose point ends no sentence.
    #[serde(default)]
    abbreviations: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordinals {
    suffixes: Vec<String>,
    /// Words for meetings, each with its number.
    #[serde(default)]
    words: Vec<(String, u32)>,
}

/// An enacting formula.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Formula {
    text: String,
    name: String,
    organ: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    title_separators: Vec<String>,
    #[serde(default)]
    session_letters: Vec<(String, String)>,
    #[serde(default)]
    part_letters: Vec<(String, String)>,
    #[serde(default)]
    bracket_letters: Vec<(String, String)>,
    #[serde(default)]
    part_ranges: Vec<String>,
    number_lines: Vec<String>,
    adoption_lines: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    meeting_lines: Vec<String>,
    date_lines: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Annex {
    words: Vec<String>,
    /// Numbers of annexes that no style of labels prints: "First".
    #[serde(default)]
    numbers: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbering {
    styles: Vec<LabelStyle>,
}

/// All that is known of one language: the tables of the file, and what was built from them.
#[derive(Clone, Debug)]
pub struct LangPack {
    raw: Raw,
    openings: Openings,
    pub(crate) cover: Cover,
    pub(crate) kinds: Kinds,
    pub(crate) citing: Citing,
    pub(crate) names: Names,
    pub(crate) citing_searcher: Searcher,
    /// Finds what is cited by its number and a word alone.
    pub(crate) counting_searcher: Searcher,
    pub(crate) name_searcher: Searcher,
    number_lines: Forms,
    adoption_lines: Forms,
    meeting_lines: Forms,
    date_lines: Forms,
    digits: BTreeMap<char, u32>,
    pub(crate) labels: Labels,
    /// What enacting formulas begin with.
    formulas_begin: Initials,
    /// What numbers of documents may begin with beside ASCII.
    number_begins: Vec<char>,
}

/// The organ that an enacting formula names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaMatch<'a> {
    /// Code of the organ.
    pub organ: &'a str,
    /// The bytes of the text that name it.
    pub name: std::ops::Range<usize>,
}

impl LangPack {
    /// The built-in pack of a language, by any of its codes or its English name.
    pub fn builtin(language: &str) -> Result<Self, PackError> {
        let known = Builtin::of(language).ok_or_else(|| PackError::Unknown(language.to_owned()))?;
        Self::from_toml(known.toml)
    }

    /// Loads a pack and checks it.
    pub fn from_toml(toml: &str) -> Result<Self, PackError> {
        let mut raw: Raw = toml::from_str(toml)?;
        let code = raw.code.clone();
        let inconsistent = |message| PackError::Inconsistent { pack: code.clone(), message };
        let styles = raw.numbering.styles.iter().find_map(LabelStyle::problem);
        let formula = raw.formulas.iter().find(|formula| !formula.text.ends_with(&formula.name));
        let formula =
            formula.map(|formula| format!("the formula {:?} does not end in {:?}", formula.text, formula.name));
        if let Some(problem) = raw.dates.problem().or(styles).or(formula) {
            return Err(inconsistent(problem));
        }
        let digits: BTreeMap<char, u32> = raw.writing.digits.chars().zip(0..).collect();
        let labels = Labels::prepare(std::mem::take(&mut raw.numbering.styles), &digits);
        let (meeting, date) = (meetings_begin(&raw), raw.dates.initials(digits.keys().copied()));
        let slots = SlotInitials { meeting: &meeting, date: &date };
        let forms =
            |forms: &[String]| Forms::parse(forms).map(|forms| forms.with_initials(slots)).map_err(inconsistent);
        let citing = Citing::build(raw.citing.clone()).map_err(inconsistent)?;
        let names = Names::build(raw.names.clone(), organs(&raw));
        Ok(Self {
            number_lines: forms(&raw.head.number_lines)?,
            adoption_lines: forms(&raw.head.adoption_lines)?,
            meeting_lines: forms(&raw.closing.meeting_lines)?,
            date_lines: forms(&raw.closing.date_lines)?,
            cover: Cover::build(raw.cover.clone()).map_err(inconsistent)?,
            kinds: Kinds::build(raw.kinds.clone()).map_err(inconsistent)?,
            citing_searcher: Searcher::of_citations(citing.words(), citing.phrases()).map_err(inconsistent)?,
            counting_searcher: Searcher::of_citations(citing.articles(), citing.meetings()).map_err(inconsistent)?,
            name_searcher: Searcher::of_names(names.known()).map_err(inconsistent)?,
            citing,
            names,
            digits,
            labels,
            formulas_begin: formulas_begin(&raw),
            number_begins: number_begins(&raw),
            openings: Openings::build(std::mem::take(&mut raw.openings), &raw.code)?,
            raw,
        })
    }

    /// BCP 47 code: `zh`.
    pub fn code(&self) -> &str {
        &self.raw.code
    }

    /// ISO 639-2/T code, as Akoma Ntoso wants it: `zho`.
    pub fn iso639_2(&self) -> &str {
        &self.raw.iso639_2
    }

    /// ISO 639-3 code, as language detection gives it: `cmn`.
    pub fn iso639_3(&self) -> &str {
        &self.raw.iso639_3
    }

    /// English name.
    pub fn name(&self) -> &str {
        &self.raw.name
    }

    /// What stands between words.
    pub fn word_break(&self) -> WordBreak {
        self.raw.writing.word_break
    }

    /// Quotation marks and brackets that come in pairs.
    pub fn pairs(&self) -> impl Iterator<Item = (char, char)> {
        self.raw.writing.pairs.iter().copied()
    }

    /// Whether a text begins with a quotation mark.
    pub fn opens_quotation(&self, text: &str) -> bool {
        self.raw.writing.quotes.iter().any(|mark| text.starts_with(mark.as_str()))
    }

    /// Brackets that may stand round the mark of a note call.
    pub fn call_brackets(&self) -> impl Iterator<Item = (&str, &str)> {
        self.raw.writing.call_brackets.iter().map(|(open, close)| (open.as_str(), close.as_str()))
    }

    /// Whether sentences begin with a capital letter. Russian preambles do not.
    pub fn has_capitals(&self) -> bool {
        self.raw.writing.capitals
    }

    /// Whether a raised piece of text is part of a word and no note call: `1er`, `44ª`.
    pub fn is_superscript(&self, text: &str) -> bool {
        self.raw.writing.superscripts.iter().any(|known| known == text)
    }

    /// Whether a word is a raised ending that an extractor set apart from what stands before it: a number or a single letter.
    pub fn is_split_superscript(&self, before: &str, word: &str) -> bool {
        if !self.raw.writing.split_superscripts.iter().any(|known| known == word) {
            return false;
        }
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let number = last.chars().next_back().is_some_and(|c| self.digit(c).is_some());
        let letter = last.trim_start_matches(|c: char| !c.is_alphanumeric()).chars().count() == 1;
        number || letter
    }

    /// Whether one of some words is a raised ending that may have been set apart; single blanks stand between them.
    pub fn holds_split_superscript(&self, words: &str) -> bool {
        let known = &self.raw.writing.split_superscripts;
        !known.is_empty() && words.split(' ').any(|word| known.iter().any(|known| known == word))
    }

    /// Whether lines run from right to left, so that Latin letters in them run the other way.
    pub fn is_right_to_left(&self) -> bool {
        self.raw.writing.right_to_left
    }

    /// Whether no blank stands before this text, even where a note call lies between.
    pub fn is_tight(&self, text: &str) -> bool {
        self.raw.writing.tight_marks.iter().any(|mark| text.starts_with(mark.as_str()))
    }

    /// Whether a hyphen before this text hangs: "low- and middle-income".
    pub fn hangs_before(&self, text: &str) -> bool {
        let mut words = self.raw.writing.hanging_hyphen_before.iter();
        words.any(|word| text.strip_prefix(word.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    }

    /// Whether a preambular paragraph may end like this text.
    pub fn ends_preambular(&self, text: &str) -> bool {
        ends_with_any(text, &self.raw.marks.preambular_end)
    }

    /// Whether an operative paragraph may end like this text.
    pub fn ends_operative(&self, text: &str) -> bool {
        let abbreviated = || text.ends_with('.') && self.ends_in_abbreviation(text);
        ends_with_any(text, &self.raw.marks.operative_end) && !abbreviated()
    }

    fn ends_in_abbreviation(&self, text: &str) -> bool {
        let is_word = |rest: &str| !rest.ends_with(char::is_alphabetic);
        let mut known = self.raw.marks.abbreviations.iter();
        known.any(|known| text.strip_suffix(known.as_str()).is_some_and(is_word))
    }

    /// Whether this text leads into a list.
    pub fn leads_into_list(&self, text: &str) -> bool {
        ends_with_any(text, &self.raw.marks.list_intro)
    }

    /// The value of a digit of the language's script, or of an ASCII one.
    pub fn digit(&self, c: char) -> Option<u32> {
        if c.is_ascii() { c.to_digit(10) } else { self.digits.get(&c).copied() }
    }

    /// The date at the head of a text, and how many bytes print it.
    pub fn date(&self, text: &str) -> Option<(Date, usize)> {
        self.raw.dates.scan(text, &|c| self.digit(c))
    }

    /// The date at the head of a text, or else the day and month, and how many bytes print them.
    pub fn dated(&self, text: &str) -> Option<(Dated, usize)> {
        self.raw.dates.scan_dated(text, &|c| self.digit(c))
    }

    /// The day at the head of a text, and how many bytes print it: a date whose month a neighbour names.
    pub fn day_alone(&self, text: &str) -> Option<(u32, usize)> {
        self.raw.dates.scan_day_alone(text, &|c| self.digit(c))
    }

    /// Where the year stands in dates.
    pub fn year_side(&self) -> YearSide {
        self.raw.dates.year_side()
    }

    /// The ordinal number at the head of a text (`82nd`, `82`), and how many bytes print it.
    pub(crate) fn ordinal(&self, text: &str) -> Option<(u32, usize)> {
        let (number, len) = dates::number(text, &|c| self.digit(c), 5)?;
        let rest = text.get(len..)?;
        let suffix = self.raw.ordinals.suffixes.iter().filter_map(|suffix| prefix(rest, suffix, Blanks::Ignore)).max();
        Some((number, len + suffix.unwrap_or(0)))
    }

    /// The number of a meeting, in digits or as a word, at the head of a text, and how many bytes print it.
    pub fn meeting_number(&self, text: &str) -> Option<(u32, usize)> {
        let words = self.raw.ordinals.words.iter();
        let word = || words.filter_map(|(word, number)| Some((*number, prefix(text, word, Blanks::Count)?)));
        self.ordinal(text).or_else(|| word().max_by_key(|(_, len)| *len))
    }

    /// The enacting formula that fills a text, its final mark aside.
    pub fn formula(&self, text: &str) -> Option<FormulaMatch<'_>> {
        // A line of a paragraph may be nothing but the name of an organ, in small letters.
        if !self.formulas_begin.begin(text) || text.starts_with(char::is_lowercase) {
            return None;
        }
        self.raw.formulas.iter().find_map(|formula| {
            let len = prefix(text, &formula.text, Blanks::Ignore)?;
            let rest = text.get(len..)?.trim_matches(|c: char| c.is_whitespace() || crate::is_invisible(c));
            let closed = rest.is_empty() || self.raw.marks.preambular_end.iter().any(|mark| mark == rest);
            let lead = formula.text.find(&formula.name)?;
            let start = prefix(text, formula.text.get(..lead)?.trim_end(), Blanks::Ignore)?;
            let blanks = text.get(start..)?.len() - text.get(start..)?.trim_start().len();
            let name = start + blanks..len;
            closed.then_some(FormulaMatch { organ: &formula.organ, name })
        })
    }

    /// The code of the organ whose name a text begins with, and how many bytes print it.
    pub fn organ_name(&self, text: &str) -> Option<(&str, usize)> {
        let names = self
            .raw
            .formulas
            .iter()
            .filter_map(|formula| Some((formula.organ.as_str(), prefix(text, &formula.name, Blanks::Ignore)?)));
        names.max_by_key(|(_, len)| *len)
    }

    #[cfg(test)]
    pub(crate) fn openings(&self) -> &Openings {
        &self.openings
    }

    /// The opening phrase at the head of a paragraph, adverbs included.
    pub fn opening(&self, text: &str, kind: OpeningKind) -> Option<Opening<'_>> {
        self.openings.find(text, kind, self.word_break())
    }

    /// The number at the head of a text.
    pub fn label(&self, text: &str) -> Option<Label> {
        self.labels.scan(text, &|c| self.digit(c))
    }

    /// The line that numbers a document without title: "Resolution 2674 (2023)".
    pub fn number_line(&self, line: &str) -> Option<Match> {
        self.number_lines.matching(line, self)
    }

    /// The line under the title that states adoption.
    pub fn adoption_line(&self, line: &str) -> Option<Match> {
        self.adoption_lines.matching(line, self)
    }

    pub(crate) fn adoption_forms(&self) -> &Forms {
        &self.adoption_lines
    }

    /// The closing line that names the meeting.
    pub fn meeting_line(&self, line: &str) -> Option<Match> {
        closing(line).and_then(|line| self.meeting_lines.matching(line, self))
    }

    /// The closing line that gives the date.
    pub fn date_line(&self, line: &str) -> Option<Match> {
        closing(line).and_then(|line| self.date_lines.matching(line, self))
    }

    /// The mark between number and title at the head of a text, and how many bytes print it.
    pub fn title_separator(&self, text: &str) -> Option<usize> {
        let lengths = self.raw.head.title_separators.iter().filter_map(|mark| prefix(text, mark, Blanks::Ignore));
        lengths.max()
    }

    /// Letters of sessions in document numbers, beside `S` and `ES`.
    pub fn session_letters(&self) -> &[(String, String)] {
        &self.raw.head.session_letters
    }

    /// Letters in the brackets behind old document numbers, where other languages have Roman digits.
    pub fn bracket_letters(&self) -> &[(String, String)] {
        &self.raw.head.bracket_letters
    }

    /// What the number of a document may begin with beside digits and capitals of ASCII.
    pub fn number_begins(&self) -> &[char] {
        &self.number_begins
    }

    /// Whether a text holds a digit, of ASCII or of the language's script.
    pub fn has_digit(&self, text: &str) -> bool {
        let ends = self.digits.first_key_value().zip(self.digits.last_key_value());
        let own = |((first, _), (last, _)): ((&char, _), (&char, _))| {
            // Most characters are outside, which costs less to see than what is not among the digits.
            let is_digit = |c| (*first..=*last).contains(&c) && self.digits.contains_key(&c);
            may_hold(text, *first, *last) && text.chars().any(is_digit)
        };
        // The greatest of all flags is found without a jump, many bytes at a time.
        let in_ascii = |bytes: &[u8]| bytes.iter().map(|byte| u8::from(byte.is_ascii_digit())).fold(0, u8::max) > 0;
        text.as_bytes().chunks(128).any(in_ascii) || ends.is_some_and(own)
    }

    /// Letters of parts in document numbers, beside the Latin capitals.
    pub fn part_letters(&self) -> &[(String, String)] {
        &self.raw.head.part_letters
    }

    /// Words between the first and the last letter of parts: "A to E".
    pub fn part_ranges(&self) -> &[String] {
        &self.raw.head.part_ranges
    }

    /// The number that a word for the number of an annex or chapter stands for ("the third"), and its length in bytes.
    pub fn number_word(&self, text: &str) -> Option<(u32, usize)> {
        let words = (1..).zip(&self.raw.annex.numbers);
        words
            .filter_map(|(number, word)| Some((number, prefix(text, word, Blanks::Ignore)?)))
            .max_by_key(|(_, len)| *len)
    }

    /// Whether a line heads an annex: the word alone, or with a number behind it.
    pub fn annex_word(&self, line: &str) -> bool {
        self.raw.annex.words.iter().any(|word| {
            let Some(len) = prefix(line, word, Blanks::Ignore) else { return false };
            let rest = line.get(len..).unwrap_or_default();
            let rest = rest.trim_matches(|c: char| c.is_whitespace() || crate::is_invisible(c));
            let listed = || self.raw.annex.numbers.iter().any(|number| letters_only(number) == letters_only(rest));
            let number = || self.labels.are_number(rest, &|c| self.digit(c));
            rest.is_empty() || number() || listed()
        })
    }
}

/// The names and codes of the bodies that have an enacting formula.
fn organs(raw: &Raw) -> impl Iterator<Item = (&str, &str)> {
    raw.citing.bodies().filter(|(_, code)| raw.formulas.iter().any(|formula| formula.organ == *code))
}

fn number_begins(raw: &Raw) -> Vec<char> {
    let letters = raw.head.session_letters.iter().filter_map(|(printed, _)| printed.chars().next());
    raw.writing.digits.chars().chain(letters).collect()
}

/// Whether a text may hold a character between two others. Those of Arabic have two bytes, which are looked at many pairs at a time.
fn may_hold(text: &str, first: char, last: char) -> bool {
    let (mut low, mut high) = ([0; 4], [0; 4]);
    let ([lead, from], [same_lead, to]) =
        (first.encode_utf8(&mut low).as_bytes(), last.encode_utf8(&mut high).as_bytes())
    else {
        return true;
    };
    let is_between = |(byte, next): (&u8, &u8)| u8::from(byte == lead) & u8::from((from..=to).contains(&next));
    let pairs = || text.as_bytes().iter().zip(text.as_bytes().get(1..).unwrap_or_default());
    lead != same_lead || pairs().map(is_between).fold(0, u8::max) > 0
}

fn ends_with_any(text: &str, marks: &[String]) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || crate::is_invisible(c));
    marks.iter().any(|mark| text.ends_with(mark.as_str()))
}

/// A line that is short enough for a closing line: those of the corpus have a hundred bytes at most.
fn closing(line: &str) -> Option<&str> {
    const LONGEST: usize = 240;
    Some(line).filter(|line| line.len() <= LONGEST)
}

/// What the numbers of meetings begin with.
fn meetings_begin(raw: &Raw) -> Initials {
    let mut begins = Initials::of(raw.ordinals.words.iter().map(|(word, _)| word));
    begins.add_chars(('0'..='9').chain(raw.writing.digits.chars()));
    begins
}

fn formulas_begin(raw: &Raw) -> Initials {
    Initials::of(raw.formulas.iter().map(|formula| &formula.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labels::{LabelUse, Style};
    use crate::template::SlotKind;

    fn pack(code: &str) -> LangPack {
        LangPack::builtin(code).expect(code)
    }

    #[test]
    fn every_built_in_pack_loads_by_all_its_names() {
        for known in BUILTIN {
            let loaded = pack(known.code);
            assert_eq!([loaded.code(), loaded.iso639_2(), loaded.iso639_3(), loaded.name()], known.names());
            for name in known.names() {
                assert_eq!(pack(name).code(), known.code);
            }
        }
        assert!(matches!(LangPack::builtin("xx"), Err(PackError::Unknown(_))));
    }

    #[test]
    fn dates_of_all_languages_are_read() {
        let dates = [
            ("ar", "17 أيار/مايو 2043"),
            ("en", "17 May 2043"),
            ("es", "17 de mayo de 2043"),
            ("fr", "17 mai 2043"),
            ("ru", "17 мая 2043 года"),
            ("zh", "2043 年 5 月 17 日"),
        ];
        for (code, text) in dates {
            assert_eq!(pack(code).date(text), Some((Date::constant(2043, 5, 17), text.len())), "{code}");
        }
        assert_eq!(pack("fr").date("1er juin 2043").map(|(date, _)| date.day()), Some(1));
        assert_eq!(pack("en").date("31 June 2043"), None);
    }

    #[test]
    fn adoption_may_be_noted_with_more_words_or_fewer_commas() {
        let lines = [
            ("ar", "اتخذ في الجلسة العامة 82، المعقودة في 17 أيار/مايو 2043، على أساس توصية اللجنة"),
            ("en", "Adopted at the 82nd plenary meeting, on 17 May 2043, without a vote"),
            ("en", "Adopted by the Security Council at its 82nd meeting on 17 May 2043"),
            (
                "es",
                "Aprobada en la 82a. sesión plenaria, celebrada el 17 de mayo de 2043, por recomendación de la Comisión",
            ),
            ("fr", "Adoptée à la 82e séance plénière, le 17 mai 2043, sans être mise aux voix"),
            ("ru", "Принята на 82-м пленарном заседании 17 мая 2043 года без голосования"),
        ];
        for (code, line) in lines {
            let slots = pack(code).adoption_line(line).expect(line).slots;
            let has = |kind| slots.iter().any(|slot| slot.kind == kind);
            let date = SlotKind::Date(Date::constant(2043, 5, 17));
            assert!(has(SlotKind::Meeting(82)) && has(date), "{line}: {slots:?}");
        }
    }

    #[test]
    fn formulas_name_their_organ() {
        let formulas = [
            ("ar", "إن الجمعية العامة ،", "الجمعية العامة"),
            ("en", "The General Assembly,", "General Assembly"),
            ("es", "La Asamblea General", "Asamblea General"),
            ("fr", "L’Assemblée générale,", "Assemblée générale"),
            ("ru", "Генеральная Ассамблея,", "Генеральная Ассамблея"),
            ("zh", "大会，", "大会"),
        ];
        for (code, text, name) in formulas {
            let pack = pack(code);
            let found = pack.formula(text).expect(code);
            assert_eq!((found.organ, text.get(found.name)), ("ga", Some(name)), "{code}");
        }
        assert_eq!(pack("en").formula("The General Assembly decides"), None);
    }

    #[test]
    fn labels_of_all_languages_are_read() {
        let first = |code: &str, text: &str| {
            let label = pack(code).label(text).expect(text);
            let reading = label.readings[0];
            (text.get(..label.len).unwrap_or_default().to_owned(), reading.used_for, reading.style, reading.ordinal)
        };
        let expect = |printed: &str, used_for, style, ordinal| (printed.to_owned(), used_for, style, ordinal);
        let item = LabelUse::Item;
        assert_eq!(first("ar", "12 - تقرر"), expect("12 -", LabelUse::Paragraph, Style::Decimal, 12));
        assert_eq!(first("ar", "(ب) النص"), expect("(ب)", item, Style::LowerAlpha, 2));
        assert_eq!(first("ar", "’3‘ النص"), expect("’3‘", item, Style::LowerRoman, 3));
        assert_eq!(first("en", "12. Decides"), expect("12.", LabelUse::Paragraph, Style::Decimal, 12));
        assert_eq!(first("fr", "b) De faire"), expect("b)", item, Style::LowerAlpha, 2));
        assert_eq!(first("ru", "в) текст"), expect("в)", item, Style::LowerAlpha, 3));
        assert_eq!(first("zh", "㈡ 继续"), expect("㈡", item, Style::LowerRoman, 2));
        assert_eq!(first("zh", "(b)继续"), expect("(b)", item, Style::LowerAlpha, 2));
        assert_eq!(first("zh", "十二"), expect("十二", LabelUse::Section, Style::UpperRoman, 12));
    }

    #[test]
    fn an_i_is_a_letter_and_a_number() {
        let label = pack("en").label("(i) To").expect("a label");
        let meanings: Vec<_> = label.readings.iter().map(|r| (r.style, r.ordinal)).collect();
        assert_eq!(meanings, [(Style::LowerAlpha, 9), (Style::LowerRoman, 1)]);
        assert_eq!(pack("en").label("2.5 per cent"), None);
        assert_eq!(pack("en").label("(see annex)"), None);
    }

    #[test]
    fn openings_take_their_adverbs_along() {
        let opening = |code: &str, text: &str, kind| {
            let pack = pack(code);
            let found = pack.opening(text, kind)?;
            Some((text.get(..found.len)?.to_owned(), found.key.to_owned()))
        };
        let expect = |phrase: &str, key: &str| Some((phrase.to_owned(), key.to_owned()));
        let (preambular, operative) = (OpeningKind::Preambular, OpeningKind::Operative);
        assert_eq!(opening("en", "Recalling also its", preambular), expect("Recalling also", "recalling"));
        assert_eq!(opening("en", "Also requests the", operative), expect("Also requests", "requesting"));
        assert_eq!(opening("zh", "又回顾其", preambular), expect("又回顾", "recalling"));
        assert_eq!(opening("en", "Requesting", operative), None);
    }

    #[test]
    fn lines_of_a_fixed_form_give_their_facts() {
        let line = "Adopted by the Security Council at its 19876th meeting, on 3 March 2044";
        let found = pack("en").adoption_line(line).expect("an adoption line");
        let words: Vec<_> = found.slots.iter().map(|slot| line.get(slot.range.clone()).unwrap_or_default()).collect();
        assert_eq!(words, ["19876th meeting", "3 March 2044"]);
        let line = "第 9901(2044)号决议";
        let found = pack("zh").number_line(line).expect("a number line");
        let number = found.slots.iter().find(|slot| slot.kind == SlotKind::Number).expect("a number");
        assert_eq!(line.get(number.range.clone()), Some("9901(2044)"));
        assert!(pack("en").meeting_line("82nd plenary meeting").is_some());
        assert!(pack("en").meeting_line("82nd plenary meeting of the session").is_none());
    }

    #[test]
    fn an_annex_word_may_have_a_number() {
        let pack = pack("en");
        assert!(pack.annex_word("Annex") && pack.annex_word("Annex II") && pack.annex_word("ANNEX B"));
        assert!(!pack.annex_word("Annexed text") && !pack.annex_word("Annex to the report"));
    }
}
