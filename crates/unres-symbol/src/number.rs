//! Numbers of resolutions and decisions as titles print them.

use crate::Organ;
use std::fmt;

/// The number of a resolution or decision: `67/264`, `ES-11/1`, `77/507 B`, `2709 (2023)`, `1514 (XV)`, `2012/14`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    series: Series,
    number: u32,
    part: Option<String>,
}

/// What the number counts in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Series {
    /// A session, in Arabic digits since 1976, or a special (`S-32`) or emergency special (`ES-11`) session.
    Session(String),
    /// A session in Roman digits, until 1975: `XV`, `S-VI`.
    RomanSession(String),
    /// A year before the number, as in the Economic and Social Council since 1978.
    Year(u16),
    /// A year in brackets after the number, as in the Security Council.
    BracketedYear(u16),
}

/// The letters that a language prints for those of a number, beside the Latin ones.
#[derive(Clone, Copy, Debug, Default)]
pub struct Letters<'a> {
    /// Printed letters of special sessions and `S` or `ES`.
    pub sessions: &'a [(String, String)],
    /// Printed letters of parts and the Latin capital.
    pub parts: &'a [(String, String)],
    /// What stands in brackets before a session in Arabic digits where others print Roman ones, and `S-`, `ES-` or nothing: `1514 (د-15)`.
    pub brackets: &'a [(String, String)],
    /// Words between the first and the last letter of parts: "A to E".
    pub ranges: &'a [String],
}

impl DocumentNumber {
    /// Reads a number at the start of `text`; also returns how many bytes it is long. Blanks inside are accepted where a
    /// page shows them.
    pub fn scan(text: &str, letters: Letters<'_>) -> Option<(Self, usize)> {
        let mut at = Cursor { text, at: 0 };
        let is_plain = text.starts_with(|c: char| c.is_ascii_digit());
        let (series, number) = if is_plain { scan_plain(&mut at)? } else { scan_special(&mut at, letters)? };
        if series.is_none() && !goes_on_in_brackets(at.rest(), letters) {
            return None;
        }
        let part = scan_part(&mut at, letters);
        let series = match series {
            None => scan_bracket(&mut at, letters)?,
            Some(series) => series,
        };
        at.boundary().then_some((Self { series, number, part }, at.at))
    }

    /// The same in running text, where a number may be of a session below ten: `7/2` of the Human Rights Council.
    pub fn scan_cited(text: &str, letters: Letters<'_>) -> Option<(Self, usize)> {
        Self::scan(text, letters).or_else(|| {
            // Nearly all other numbers are told by what stands behind their first digit.
            text.as_bytes().get(1).filter(|byte| **byte == b'/')?;
            let mut at = Cursor { text, at: 0 };
            let session = at.digits(1)?.to_owned();
            let number = at.eat("/").then(|| at.digits(3)).flatten()?.parse().ok()?;
            let part = scan_part(&mut at, letters);
            at.boundary().then_some((Self { series: Series::Session(session), number, part }, at.at))
        })
    }

    /// A number that fills the whole text, of any session.
    pub fn parse_any(text: &str) -> Option<Self> {
        Self::scan_cited(text, Letters::default()).filter(|(_, len)| *len == text.len()).map(|(number, _)| number)
    }

    /// A number that fills the whole text.
    pub fn parse(text: &str) -> Option<Self> {
        Self::scan(text, Letters::default()).filter(|(_, len)| *len == text.len()).map(|(number, _)| number)
    }

    /// The number that an IRI has: `79-252A` and `79-252_A` → `79/252 A`, `ES-11-1` → `ES-11/1`. None for one in brackets, which the published files
    /// do not tell from one of a session.
    pub fn parse_iri(number: &str) -> Option<Self> {
        let plain = number.trim_end_matches(|c: char| c.is_ascii_uppercase() || matches!(c, '-' | '_'));
        let part = number.get(plain.len()..).unwrap_or_default().trim_start_matches('_');
        let (series, count) = plain.rsplit_once('-')?;
        let part = if part.is_empty() { String::new() } else { format!(" {part}") };
        Self::parse(&format!("{series}/{count}{part}"))
    }

    /// The number of a part of what has this number.
    #[must_use]
    pub fn with_part(self, letter: &str) -> Self {
        Self { part: Some(letter.to_owned()), ..self }
    }

    /// What the number counts in.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// The letters of its part or parts.
    pub fn part(&self) -> Option<&str> {
        self.part.as_deref()
    }

    /// The count itself.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// The number of the whole that a part belongs to: `61/2` of `61/2 B`.
    #[must_use]
    pub fn whole(&self) -> Self {
        Self { part: None, ..self.clone() }
    }

    /// The session that the number names; none for the series of years.
    pub fn session(&self) -> Option<&str> {
        match &self.series {
            Series::Session(session) | Series::RomanSession(session) => Some(session),
            Series::Year(_) | Series::BracketedYear(_) => None,
        }
    }

    /// The year that the number names.
    pub fn year(&self) -> Option<u16> {
        match self.series {
            Series::Year(year) | Series::BracketedYear(year) => Some(year),
            Series::Session(_) | Series::RomanSession(_) => None,
        }
    }

    /// The organ whose numbers look so and those of no other do: bracketed years are the Security Council's, emergency and, in Roman digits, special
    /// sessions the General Assembly's. A plain `53/4` may be the Assembly's or the Human Rights Council's. Until 1975 the Assembly had XXX
    /// sessions; the Economic and Social Council, which met twice a year, counted on.
    pub fn organ(&self) -> Option<Organ> {
        match &self.series {
            Series::BracketedYear(_) => Some(Organ::SecurityCouncil),
            Series::Year(_) => Some(Organ::EconomicAndSocialCouncil),
            Series::RomanSession(session) if session.contains('-') => Some(Organ::GeneralAssembly),
            Series::RomanSession(session) => {
                roman(session).filter(|session| *session > 30).map(|_| Organ::EconomicAndSocialCouncil)
            }
            Series::Session(session) => session.starts_with("ES-").then_some(Organ::GeneralAssembly),
        }
    }

    /// The same number with the letters of its parts: `74/255` with `A-B`. A number that has letters keeps them.
    #[must_use]
    pub fn with_parts(&self, parts: &str) -> Self {
        Self { part: self.part.clone().or_else(|| Some(parts.to_owned())), ..self.clone() }
    }

    /// Whether the General Assembly numbers decisions so: elections from 401, others from 501, since session 31.
    pub fn is_assembly_decision(&self) -> bool {
        matches!(&self.series, Series::Session(session) if session.bytes().all(|b| b.is_ascii_digit()))
            && self.number > 400
    }

    /// The symbol of the resolution (or decision) of that number.
    pub fn symbol(&self, organ: Organ, kind: &str) -> String {
        [organ.symbol_prefix(), "/", kind, "/", &self.to_string()].concat()
    }

    /// The number in an Akoma Ntoso IRI: `67-264`, `2709-2023`, `1514-XV`, `79-252A`.
    pub fn iri_number(&self) -> String {
        let Self { series, number, part } = self;
        let part = part.as_deref().unwrap_or_default();
        match series {
            Series::Session(session) => format!("{session}-{number}{part}"),
            Series::RomanSession(session) => format!("{number}{part}-{session}"),
            Series::Year(year) => format!("{year}-{number}{part}"),
            Series::BracketedYear(year) => format!("{number}-{year}"),
        }
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { series, number, part } = self;
        let (blank, part) = part.as_deref().map_or(("", ""), |part| (" ", part));
        match series {
            Series::Session(session) => write!(f, "{session}/{number}{blank}{part}"),
            Series::RomanSession(session) => write!(f, "{number}{blank}{part} ({session})"),
            Series::Year(year) => write!(f, "{year}/{number}{blank}{part}"),
            Series::BracketedYear(year) => write!(f, "{number} ({year})"),
        }
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn eat(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        self.at += if found { what.len() } else { 0 };
        found
    }

    fn eat_hyphen(&mut self) -> bool {
        self.eat("-") || self.eat("\u{2011}") || self.eat("–")
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, accept: impl Fn(char) -> bool, most: usize) -> Option<&'a str> {
        let rest = self.rest();
        let len = rest.find(|c| !accept(c)).unwrap_or(rest.len());
        let taken = rest.get(..len).filter(|taken| !taken.is_empty() && taken.len() <= most)?;
        self.at += len;
        Some(taken)
    }

    fn digits(&mut self, most: usize) -> Option<&'a str> {
        self.take(|c| c.is_ascii_digit(), most)
    }

    /// No letter, digit or slash goes on directly, so that `67/2641/Add.1` is no number.
    fn boundary(&self) -> bool {
        !self.rest().starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
    }
}

/// `S-32/1`, `ES-11/1`, and the same with the letters of another script.
fn scan_special(at: &mut Cursor<'_>, letters: Letters<'_>) -> Option<(Option<Series>, u32)> {
    let first = at.rest().chars().next()?;
    // Nearly all words are told by their first letter.
    let is_foreign = || letters.sessions.iter().any(|(printed, _)| printed.starts_with(first));
    if !(matches!(first, 'E' | 'S') || is_foreign()) {
        return None;
    }
    let start = at.at;
    let foreign = letters.sessions.iter().map(|(printed, latin)| (printed.as_str(), latin.as_str()));
    let mut known = [("ES", "ES"), ("S", "S")].into_iter().chain(foreign);
    let letters = known.find(|(printed, _)| at.eat(printed)).map(|(_, latin)| latin);
    let scanned = letters.and_then(|letters| {
        let session = at.eat_hyphen().then(|| at.digits(2)).flatten()?;
        let number = at.eat("/").then(|| at.digits(3)).flatten()?.parse().ok()?;
        Some((Some(Series::Session(format!("{letters}-{session}"))), number))
    });
    if scanned.is_none() {
        at.at = start;
    }
    scanned
}

/// `67/264` and `2012/14` whole, or the count of `2709 (2023)` and `1514 (XV)` alone.
fn scan_plain(at: &mut Cursor<'_>) -> Option<(Option<Series>, u32)> {
    let first = at.digits(4)?;
    if !at.eat("/") {
        return Some((None, first.parse().ok()?));
    }
    let number = at.digits(3)?.parse().ok()?;
    let series = match first.len() {
        4 => Series::Year(first.parse().ok()?),
        2 | 3 => Series::Session(first.to_owned()),
        _ => return None,
    };
    Some((Some(series), number))
}

/// Whether a count may go on with its brackets, or with letters before them. A word in small letters tells most counts.
fn goes_on_in_brackets(rest: &str, letters: Letters<'_>) -> bool {
    let Some(first) = rest.trim_start().chars().next() else { return false };
    let is_letter = first.is_ascii_uppercase() || letters.parts.iter().any(|(printed, _)| printed.starts_with(first));
    is_letter || matches!(first, '(' | '（')
}

/// ` A`, `A-B`, or the letter of another script; a letter that begins a word is no part.
fn scan_part(at: &mut Cursor<'_>, letters: Letters<'_>) -> Option<String> {
    let start = at.at;
    at.blanks();
    // A letter of a script without blanks may follow directly: 第98/212 B号.
    let goes_on = |c: char| c.is_alphanumeric() && !is_han(c);
    let part = scan_letters(at, letters).filter(|_| !at.rest().starts_with(goes_on));
    if part.is_none() {
        at.at = start;
    }
    part
}

fn scan_letters(at: &mut Cursor<'_>, letters: Letters<'_>) -> Option<String> {
    let first = letter(at, letters)?;
    let single = at.at;
    let last = (at.eat_hyphen() || eat_range(at, letters)).then(|| letter(at, letters)).flatten();
    if last.is_none() {
        at.at = single;
    }
    Some(last.map_or_else(|| first.clone(), |last| format!("{first}-{last}")))
}

/// Eats the word between two letters of parts, with the blanks round it.
fn eat_range(at: &mut Cursor<'_>, letters: Letters<'_>) -> bool {
    at.blanks();
    let found = letters.ranges.iter().any(|word| at.eat(word));
    at.blanks();
    found
}

/// Whether a character is one of the Chinese script.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

fn letter(at: &mut Cursor<'_>, letters: Letters<'_>) -> Option<String> {
    let foreign = letters.parts.iter().find(|(printed, _)| at.rest().starts_with(printed.as_str()));
    if let Some((printed, latin)) = foreign {
        at.at += printed.len();
        return Some(latin.clone());
    }
    at.take(|c| c.is_ascii_uppercase(), 1).map(str::to_owned)
}

/// ` (2023)` or ` (XV)`, ` (S-VI)`; brackets may be full width.
fn scan_bracket(at: &mut Cursor<'_>, letters: Letters<'_>) -> Option<Series> {
    at.blanks();
    if !(at.eat("(") || at.eat("（")) {
        return None;
    }
    let series = if let Some(year) = at.digits(4) {
        let year = year.parse().ok().filter(|year| (1946..2200).contains(year));
        year.map(Series::BracketedYear)
    } else if let Some((_, latin)) = letters.brackets.iter().find(|(printed, _)| at.eat(printed)) {
        at.blanks();
        let count = at.digits(2)?.parse().ok().and_then(roman_numeral)?;
        Some(Series::RomanSession(format!("{latin}{count}")))
    } else {
        let session = at.take(|c| "IVXLCDMSE-".contains(c), 12)?;
        let count = ["ES-", "S-"].into_iter().find_map(|letters| session.strip_prefix(letters)).unwrap_or(session);
        roman(count).map(|_| Series::RomanSession(session.to_owned()))
    };
    (at.eat(")") || at.eat("）")).then_some(series).flatten()
}

const TENS: [&str; 9] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX"];
const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

/// A Roman number below 90, as the Romans of the page write it.
fn roman(letters: &str) -> Option<u32> {
    let numbers = (0..).zip(TENS).flat_map(|(ten, t)| (0..).zip(UNITS).map(move |(unit, u)| (ten * 10 + unit, t, u)));
    let mut numbers = numbers.filter(|(number, _, _)| *number > 0);
    numbers.find(|(_, t, u)| letters.strip_prefix(t) == Some(u)).map(|(number, _, _)| number)
}

/// A number below 90 in Roman digits.
pub fn roman_numeral(number: u32) -> Option<String> {
    let number = usize::try_from(number).ok()?;
    let (tens, units) = (TENS.get(number / 10)?, UNITS.get(number % 10)?);
    (number > 0).then(|| format!("{tens}{units}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_every_series_print_as_they_were_read() {
        for printed in [
            "67/264",
            "ES-11/1",
            "S-32/1",
            "77/507 B",
            "74/255 A-B",
            "2709 (2023)",
            "1514 (XV)",
            "217 A (III)",
            "2012/14",
        ] {
            assert_eq!(DocumentNumber::parse(printed).expect(printed).to_string(), printed);
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in
            ["1", "67", "6/4", "2709", "2709 (23)", "67/264/Add.1", "12345/1", "1514 ()", "1514 (-)", "1514 (IIII)", ""]
        {
            assert_eq!(DocumentNumber::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_may_print_other_letters_and_brackets() {
        let own =
            |pairs: &[(&str, &str)]| pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect::<Vec<_>>();
        let (sessions, parts) = (own(&[("دإط", "ES")]), own(&[("باء", "B")]));
        let brackets = own(&[("د-", ""), ("دإ-", "S-")]);
        let letters = Letters { sessions: &sessions, parts: &parts, brackets: &brackets, ranges: &[] };
        let scan = |text| DocumentNumber::scan(text, letters).map(|(number, len)| (number.to_string(), len));
        assert_eq!(scan("دإط-11/1 x"), Some(("ES-11/1".to_owned(), "دإط-11/1".len())));
        assert_eq!(scan("75/245 باء"), Some(("75/245 B".to_owned(), "75/245 باء".len())));
        assert_eq!(scan("9714 (د-15)"), Some(("9714 (XV)".to_owned(), "9714 (د-15)".len())));
        assert_eq!(scan("9714 (دإ-6)"), Some(("9714 (S-VI)".to_owned(), "9714 (دإ-6)".len())));
        assert_eq!(scan("2709（2023）号"), Some(("2709 (2023)".to_owned(), "2709（2023）".len())));
    }

    #[test]
    fn the_organ_follows_from_a_number_that_no_other_has() {
        let organ = |text: &str| DocumentNumber::parse(text).expect(text).organ();
        assert_eq!(organ("1514 (XV)"), None, "the Assembly and the Economic and Social Council have a session XV");
        assert_eq!(organ("1721 (LIII)"), Some(Organ::EconomicAndSocialCouncil));
        assert_eq!(organ("3201 (S-VI)"), Some(Organ::GeneralAssembly));
        assert_eq!(organ("ES-11/1"), Some(Organ::GeneralAssembly));
        assert_eq!(organ("2709 (2023)"), Some(Organ::SecurityCouncil));
    }

    #[test]
    fn what_does_not_go_on_in_brackets_has_neither_letters_nor_brackets() {
        let parts = [("باء".to_owned(), "B".to_owned()), ("b".to_owned(), "B".to_owned())];
        let letters = Letters { parts: &parts, ..Letters::default() };
        for c in (' '..='~').chain(['（', 'ب', 'б', '第', '\u{a0}']) {
            for rest in [format!("{c}2023)"), format!(" {c} (2023)"), format!("{c}XV)"), format!(" {c}اء (XV)")] {
                let mut at = Cursor { text: &rest, at: 0 };
                let found = scan_part(&mut at, letters).is_some() || scan_bracket(&mut at, letters).is_some();
                assert!(!found || goes_on_in_brackets(&rest, letters), "{rest}");
            }
        }
    }

    #[test]
    fn a_following_word_is_no_part() {
        let (number, len) = DocumentNumber::scan("76/147 Rights", Letters::default()).expect("a number");
        assert_eq!((number.to_string().as_str(), len), ("76/147", 6));
        let (number, _) = DocumentNumber::scan("76/147. A child", Letters::default()).expect("a number");
        assert_eq!(number.to_string(), "76/147");
    }

    #[test]
    fn symbols_and_iri_numbers_follow() {
        let number = |text| DocumentNumber::parse(text).expect(text);
        assert_eq!(number("67/264").symbol(Organ::GeneralAssembly, "RES"), "A/RES/67/264");
        assert_eq!(number("2709 (2023)").symbol(Organ::SecurityCouncil, "RES"), "S/RES/2709 (2023)");
        let iris = ["67/264", "2709 (2023)", "1514 (XV)", "217 A (III)", "79/252 A", "ES-11/1"]
            .map(|t| number(t).iri_number());
        assert_eq!(iris, ["67-264", "2709-2023", "1514-XV", "217A-III", "79-252A", "ES-11-1"]);
        assert!(number("77/521").is_assembly_decision());
        assert!(!number("67/264").is_assembly_decision());
    }
}
