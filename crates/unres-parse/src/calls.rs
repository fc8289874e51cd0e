//! Note calls that an extractor leaves inside the line: `Rights,5 the`, `Convention 2 and`, `20232` for 2023 and call 2.
//!
//! The notes at the foot of a page give its marks in order, and the calls stand on the page in the same order. So each mark is looked for behind
//! the one before, first where nothing but a call can stand, then where a number could.

use crate::lines::{LineKind, ReadLines};
use crate::marks;
use std::collections::BTreeMap;
use unres_lang::{LangPack, is_invisible, is_wide};
use unres_source::{Source, Span};

/// The calls inside lines, by the index of the line.
pub(crate) type InlineCalls = BTreeMap<usize, Vec<Span>>;

/// A place where a mark may be a call.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    likelihood: Likelihood,
    /// Index of its line in the page.
    line: usize,
    start: usize,
    end: usize,
}

/// How certainly a place is a call; the surest is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likelihood {
    /// Directly behind a letter, a closing mark or a comma: `Rights,5`. Also `2023,1`: a year has no decimals.
    Attached,
    /// Behind a closing mark or comma and a blank: `Child, 1 which`.
    BehindMark,
    /// Behind a year without a blank: `20232`.
    BehindYear,
    /// Behind a year and a blank: `2023 2`; also where a sentence ends in that year: `2023. 2 We`.
    BehindYearAndBlank,
    /// Behind a word and a blank, where a number could stand: `Convention 2 and`.
    BehindWord,
    /// Behind the number of a resolution, where the digits together are more than any has: `98/523` for 98/52 and call 3.
    BehindNumber,
}

impl Likelihood {
    /// What a call at such a place counts against others. Two calls that could be numbers weigh more than one that could be none.
    fn weight(self) -> u32 {
        match self {
            Self::Attached => 8,
            Self::BehindMark => 7,
            Self::BehindYear => 6,
            Self::BehindYearAndBlank => 5,
            Self::BehindWord => 4,
            Self::BehindNumber => 1,
        }
    }
}

/// How many marks are looked for together, and how many lines behind the last call found they may stand: pages have fewer of both, and a
/// text without pages costs linear time.
const MARKS_TOGETHER: usize = 40;
const LINES_AHEAD: usize = 400;

/// Finds the calls of each page.
pub(crate) fn find(source: &Source, pack: &LangPack, read: &ReadLines) -> InlineCalls {
    let mut calls = InlineCalls::new();
    let mut page: Vec<usize> = Vec::new();
    let mut marks: Vec<&str> = Vec::new();
    let lines = source.lines().iter().zip(&read.lines).enumerate();
    for (index, (line, found)) in lines {
        if line.layout.page_break {
            find_on_page(source, pack, &page, &marks, &mut calls);
            page.clear();
            marks.clear();
        }
        let text = source.slice(line.span);
        match found.kind {
            LineKind::Text | LineKind::PageTop | LineKind::WordBelowNotes => page.push(index),
            LineKind::NoteMark => marks.extend(marks::whole_line(text, pack).and_then(|mark| text.get(mark.range))),
            _ => {}
        }
    }
    find_on_page(source, pack, &page, &marks, &mut calls);
    calls
}

fn find_on_page(source: &Source, pack: &LangPack, page: &[usize], marks: &[&str], calls: &mut InlineCalls) {
    let digits: Vec<&str> = marks.iter().copied().filter(|mark| mark.bytes().all(|b| b.is_ascii_digit())).collect();
    let mut from = (0, 0);
    for marks in digits.chunks(MARKS_TOGETHER) {
        for found in best_places(source, pack, page, marks, from) {
            let Some(&line) = page.get(found.line) else { continue };
            let span = source.lines().get(line).map(|line| line.span.part(found.start, found.end - found.start));
            calls.entry(line).or_default().extend(span);
            from = (found.line, found.end);
        }
    }
}

/// The places of marks behind `from`, in the order of both the marks and the page, that weigh most together.
fn best_places(
    source: &Source,
    pack: &LangPack,
    page: &[usize],
    marks: &[&str],
    from: (usize, usize),
) -> Vec<Candidate> {
    let places = candidates(source, pack, page, marks, from);
    // For each place a chain can end at, the heaviest chain that ends there or before: its weight and its last link.
    let mut ends: BTreeMap<(usize, usize), (u32, usize)> = BTreeMap::new();
    let mut links: Vec<(Candidate, Option<usize>)> = Vec::new();
    for places in marks.iter().filter_map(|mark| places.get(mark)) {
        let mut longer = Vec::new();
        for place in places {
            let before = ends.range(..=(place.line, place.start)).next_back().map(|(_, end)| *end);
            let weight = before.map_or(0, |(weight, _)| weight) + place.likelihood.weight();
            longer.push(((place.line, place.end), (weight, links.len())));
            links.push((*place, before.map(|(_, link)| link)));
        }
        for (at, end) in longer {
            insert_heavier(&mut ends, at, end);
        }
    }
    let mut chain = Vec::new();
    let mut next = ends.last_key_value().map(|(_, (_, link))| *link);
    while let Some((place, before)) = next.and_then(|link| links.get(link)) {
        chain.push(*place);
        next = *before;
    }
    chain.reverse();
    chain
}

/// Notes the end of a chain unless one that ends earlier weighs as much, and forgets those that end later and weigh no more.
fn insert_heavier(ends: &mut BTreeMap<(usize, usize), (u32, usize)>, at: (usize, usize), end: (u32, usize)) {
    if ends.range(..=at).next_back().is_some_and(|(_, (weight, _))| *weight >= end.0) {
        return;
    }
    while let Some((later, _)) = ends.range(at..).next().filter(|(_, (weight, _))| *weight <= end.0) {
        let later = *later;
        ends.remove(&later);
    }
    ends.insert(at, end);
}

/// All places where one of the marks may be called, by mark.
fn candidates<'m>(
    source: &Source,
    pack: &LangPack,
    page: &[usize],
    marks: &[&'m str],
    from: (usize, usize),
) -> BTreeMap<&'m str, Vec<Candidate>> {
    let mut places: BTreeMap<&str, Vec<Candidate>> = marks.iter().map(|mark| (*mark, Vec::new())).collect();
    for (position, &line) in page.iter().enumerate().skip(from.0).take(LINES_AHEAD) {
        let text = source.lines().get(line).map_or("", |line| source.slice(line.span));
        let least = if position == from.0 { from.1 } else { 0 };
        let digits = text.bytes().enumerate().skip(least).filter(|(_, byte)| byte.is_ascii_digit());
        for (start, _) in digits {
            for end in start + 1..=(start + 3).min(text.len()) {
                let Some((mark, places)) = text.get(start..end).and_then(|mark| Some((mark, places.get_mut(mark)?)))
                else {
                    continue;
                };
                let end = end + text.get(end..).map_or(0, |behind| doubled(mark, behind));
                let is_date = || text.get(start..).is_some_and(|text| pack.date(text).is_some());
                let likelihood =
                    likelihood(text, start, end).filter(|found| *found != Likelihood::BehindWord || !is_date());
                places.extend(likelihood.map(|likelihood| Candidate { likelihood, line: position, start, end }));
            }
        }
    }
    places
}

/// How many bytes behind a mark print it once more, as files do that hold a mark of their own beside that of the program: `trade1111` of call 11.
/// 1919 and 2020 are years.
pub(crate) fn doubled(mark: &str, behind: &str) -> usize {
    let bare = behind.trim_start();
    let rest = bare.strip_prefix(mark).filter(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
    let again = mark.len() > 1 && mark.bytes().all(|b| b.is_ascii_digit()) && !matches!(mark, "19" | "20");
    rest.filter(|_| again).map_or(0, |rest| behind.len() - rest.len())
}

/// A mark that was printed once or twice.
pub(crate) fn once(mark: &str) -> &str {
    let halves = mark.split_at_checked(mark.len() / 2);
    let halves = halves.map(|(first, second)| (first.trim_end(), second.trim_start()));
    halves
        .filter(|(first, second)| doubled(first, second) == second.len() && first == second)
        .map_or(mark, |(first, _)| first)
}

/// What stands round a mark says how likely it is a call.
fn likelihood(text: &str, start: usize, end: usize) -> Option<Likelihood> {
    let visible = |c: &char| !is_invisible(*c);
    let mut following = text.get(end..)?.chars().filter(visible);
    let (after, second) = (following.next(), following.next());
    let before = text.get(..start)?;
    // A mark goes on in no digit, and no number with a stroke, point or sign of percentage.
    let apart = after.is_none_or(|c| !c.is_ascii_digit() && !matches!(c, '/' | '%' | '-' | '–'))
        && !(matches!(after, Some('.' | ',')) && second.is_some_and(|c| c.is_ascii_digit()));
    let left = before.chars().rev().find(visible).filter(|_| apart)?;
    let closes = |c: char| {
        matches!(
            c,
            ',' | ';'
                | ':'
                | '.'
                | ')'
                | '”'
                | '’'
                | '»'
                | '"'
                | '，'
                | '。'
                | '；'
                | '：'
                | '、'
                | '》'
                | '）'
                | '،'
                | '؛'
        )
    };
    if left.is_whitespace() {
        let word = before.trim_end();
        let last = word.chars().rev().find(visible)?;
        if ends_in_year(word.strip_suffix('.').unwrap_or(word)) {
            return Some(Likelihood::BehindYearAndBlank);
        }
        // Behind a number or an abbreviation stands another number.
        let number = last.is_ascii_digit() || last == '.';
        return match last {
            _ if number => None,
            c if closes(c) => Some(Likelihood::BehindMark),
            c if c.is_alphabetic() && after.is_none_or(|c| c.is_whitespace() || closes(c) || is_wide(c)) => {
                Some(Likelihood::BehindWord)
            }
            _ => None,
        };
    }
    match left {
        ',' if ends_in_year(before.trim_end_matches(',')) => Some(Likelihood::Attached),
        ',' if ends_in_symbol(before.trim_end_matches(',')) => Some(Likelihood::BehindYear),
        // Add.1 is the end of a symbol.
        '.' if is_in_symbol(before) => None,
        // 3.5 and 1,300 are numbers.
        '.' | ',' if before.chars().rev().filter(visible).nth(1).is_some_and(|c| c.is_ascii_digit()) => None,
        c if closes(c) || c.is_alphabetic() => Some(Likelihood::Attached),
        c if c.is_ascii_digit() && ends_in_year(before) => Some(Likelihood::BehindYear),
        c if c.is_ascii_digit() && exceeds_numbers(text.get(..end)?) => Some(Likelihood::BehindNumber),
        _ => None,
    }
}

/// Whether a text ends in a number with a stroke, as those of documents have. No such number goes on behind a comma.
fn ends_in_symbol(text: &str) -> bool {
    is_in_symbol(text) && text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether a text ends in the stroke and the digits of a number that no resolution has: the General Assembly counts its decisions from 401 on, so
/// that its resolutions stay below.
fn exceeds_numbers(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.rsplit_once('/').and_then(|(_, digits)| digits.parse().ok()).is_some_and(|number: u32| number > 400)
}

/// Whether the last word of a text holds a stroke and a digit.
fn is_in_symbol(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.contains('/') && last.contains(|c: char| c.is_ascii_digit())
}

/// Whether a text ends in four digits that are a year of the organization.
fn ends_in_year(text: &str) -> bool {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    let year = text.get(text.len() - digits..).unwrap_or_default();
    digits == 4 && (year.starts_with("19") || year.starts_with("20"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, mark: &str, expected: Option<Likelihood>) {
        let start = text.rfind(mark).expect("the mark stands in the text");
        assert_eq!(likelihood(text, start, start + mark.len()), expected, "{text}");
    }

    #[test]
    fn a_call_is_told_from_a_number_by_what_stands_round_it() {
        check("the Charter of Bells,5", "5", Some(Likelihood::Attached));
        check("钟楼公约》，1", "1", Some(Likelihood::Attached));
        check("the Charter of Bells, 5", "5", Some(Likelihood::BehindMark));
        check("the Charter of Bells5\u{200f}.", "5", Some(Likelihood::Attached));
        check("since 20432", "2", Some(Likelihood::BehindYear));
        check("since 2043,12", "12", Some(Likelihood::Attached));
        check("since 2043. 7 They", "7", Some(Likelihood::BehindYearAndBlank));
        check("the Charter1212 and", "1212", Some(Likelihood::Attached));
        assert_eq!(["12 and", " 12 and", " 13", "120 bells"].map(|behind| doubled("12", behind)), [2, 3, 0, 0]);
        assert_eq!(doubled("1", "1"), 0);
        assert_eq!(["1212", "12 12", "1213", "12", "112"].map(once), ["12", "12", "1213", "12", "112"]);
        check("resolution 98/523,", "3", Some(Likelihood::BehindNumber));
        check("resolution 98/123,", "3", None);
        check("the Charter 2 and", "2 ".trim(), Some(Likelihood::BehindWord));
        for (text, mark) in [
            ("of 14 bells", "1"),
            ("some 1,300", "3"),
            ("No. 2", "2"),
            ("98/3", "3"),
            ("3/4", "3"),
            ("A/98/L.3/Add.1)", "1"),
        ] {
            check(text, mark, None);
        }
    }
}
