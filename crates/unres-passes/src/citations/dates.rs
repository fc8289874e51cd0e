//! Dates of which only a neighbour names the year, or the month too: "4 and 8 May 2044", "98/4 of 3 May and 98/5 of 6 June 2044".

use super::find::{Candidate, What};
use jiff::civil::Date;
use std::ops::Range;
use unres_lang::{CitingWord, LangPack, PartOfDate, WordBreak, YearSide};

/// A day and month without a year, and where they stand.
pub(super) type Part = (Range<usize>, PartOfDate);

/// Adds to the candidates the dates that are complete with the year, or the month, of their neighbour.
pub(super) fn complete(pack: &LangPack, text: &str, candidates: &mut Vec<Candidate>, parts: &[Part]) {
    let whole = |candidate: &Candidate| match candidate.what {
        What::Date(date) => Some((candidate.range.clone(), date)),
        _ => None,
    };
    let dates: Vec<(Range<usize>, Date)> = candidates.iter().filter_map(whole).collect();
    if dates.is_empty() {
        return;
    }
    let neighbours = Neighbours { pack, text, candidates };
    let years = neighbours.years(&dates, parts);
    let mut known: Vec<(Range<usize>, Date)> = dates.into_iter().chain(years.iter().cloned()).collect();
    known.sort_by_key(|(range, _)| range.start);
    let days = neighbours.days(&known);
    let new = years.into_iter().chain(days);
    candidates.extend(new.map(|(range, date)| Candidate { end: range.end, range, what: What::Date(date), date: None }));
    candidates.sort_by_key(|candidate| candidate.range.start);
}

struct Neighbours<'a> {
    pack: &'a LangPack,
    text: &'a str,
    candidates: &'a [Candidate],
}

impl Neighbours<'_> {
    /// The parts of dates with the year of the next date, or else of the one before, where dates stay in order: a writer names a year that changes.
    fn years(&self, dates: &[(Range<usize>, Date)], parts: &[Part]) -> Vec<(Range<usize>, Date)> {
        let mut found: Vec<Option<Date>> = vec![None; parts.len()];
        let near = |from: usize, to: usize| from <= to && self.links(from, to);
        for (index, (range, part)) in parts.iter().enumerate().rev() {
            let after = dates.partition_point(|(date, _)| date.start < range.end);
            let of_date = dates.get(after).map(|(date, day)| (date.start, *day));
            let of_part = parts.get(index + 1).zip(found.get(index + 1).copied().flatten());
            let next = of_part.map(|((next, _), day)| (next.start, day)).into_iter().chain(of_date).min();
            let known = next
                .filter(|(start, _)| near(range.end, *start))
                .and_then(|(_, next)| part.in_year(next.year()).filter(|day| *day < next));
            found[index] = known;
        }
        for (index, (range, part)) in parts.iter().enumerate() {
            if found[index].is_some() {
                continue;
            }
            let before = dates.partition_point(|(date, _)| date.start < range.start).checked_sub(1);
            let of_date = before.and_then(|before| dates.get(before)).map(|(date, day)| (date.end, *day));
            let of_part = index.checked_sub(1).and_then(|before| Some((parts.get(before)?.0.end, found[before]?)));
            let last = of_part.into_iter().chain(of_date).max();
            found[index] = last
                .filter(|(end, _)| near(*end, range.start))
                .and_then(|(_, last)| part.in_year(last.year()).filter(|day| *day > last));
        }
        parts.iter().zip(found).filter_map(|((range, _), date)| Some((range.clone(), date?))).collect()
    }

    /// The days that stand before a date, or behind it where it begins with the year, joined to it by "and" or "to".
    fn days(&self, dates: &[(Range<usize>, Date)]) -> Vec<(Range<usize>, Date)> {
        let mut found = Vec::new();
        for (range, date) in dates {
            let mut known = (range.clone(), *date);
            let mut is_nearest = true;
            while let Some(next) = match self.pack.year_side() {
                YearSide::Last => self.day_before(&known, is_nearest),
                YearSide::First => self.day_behind(&known),
            } {
                found.push(next.clone());
                known = next;
                is_nearest = false;
            }
        }
        found
    }

    fn day_before(&self, (range, date): &(Range<usize>, Date), is_nearest: bool) -> Option<(Range<usize>, Date)> {
        /// Characters of the longest day.
        const MOST: usize = 4;
        let head = self.text.get(..range.start)?.trim_end();
        let comma = || head.strip_suffix([',', '،']).filter(|_| !is_nearest);
        let dash = || head.strip_suffix(['–', '—', '-', '‑']);
        let word = || head.get(..head.len() - self.pack.conjunction_before(head)?);
        let head = word().or_else(dash).or_else(comma)?.trim_end();
        let head = if is_nearest { head.strip_suffix(',').unwrap_or(head).trim_end() } else { head };
        let starts = head.char_indices().rev().take(MOST).filter(|(_, c)| !c.is_whitespace()).map(|(at, _)| at);
        let whole = |at: &usize| {
            let day = head.get(*at..).and_then(|rest| self.pack.day_alone(rest));
            day.is_some_and(|(_, len)| at + len == head.len())
        };
        let start = starts.filter(whole).last()?;
        let lead = head.get(..start)?;
        let goes_on =
            lead.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ',' | '-' | '‑' | '–' | '('));
        let (day, _) = self.pack.day_alone(head.get(start..)?)?;
        let date = of_month(*date, day).filter(|day| day < date && !goes_on)?;
        (!self.is_counted(lead.trim_end())).then_some((start..head.len(), date))
    }

    /// Whether what a text ends with counts something else: "paragraphs 4 and 8".
    fn is_counted(&self, lead: &str) -> bool {
        /// Bytes that a word and its ending may take.
        const NEAR: usize = 64;
        let from = (lead.len().saturating_sub(NEAR)..=lead.len()).find(|at| lead.is_char_boundary(*at)).unwrap_or(0);
        let near = lead.get(from..).unwrap_or_default();
        let last = self.pack.mentions(near).words().last();
        last.is_some_and(|(range, _)| {
            near.get(range.end..).is_some_and(|ending| ending.chars().all(char::is_alphabetic))
        })
    }

    fn day_behind(&self, (range, date): &(Range<usize>, Date)) -> Option<(Range<usize>, Date)> {
        let rest = self.text.get(range.end..)?;
        let behind = rest.trim_start();
        let dash = || behind.strip_prefix(['–', '—', '-']);
        let word = || behind.get(self.pack.conjunction(behind).filter(|len| *len > 0)?..);
        let rest = word().or_else(dash)?.trim_start();
        let start = self.text.len() - rest.len();
        let (day, len) = self.pack.day_alone(rest)?;
        let date = of_month(*date, day).filter(|day| day > date)?;
        Some((start..start + len, date))
    }

    /// Whether only words that link, and the numbers of resolutions and decisions, stand between two places.
    fn links(&self, from: usize, to: usize) -> bool {
        /// Bytes between two dates of one list.
        const MOST: usize = 200;
        if to - from > MOST {
            return false;
        }
        let mut at = from;
        while at < to {
            let rest = self.text.get(at..to).unwrap_or_default();
            let Some(len) = self.link(at, rest).filter(|len| *len > 0 && *len <= rest.len()) else { return false };
            at += len;
        }
        at == to
    }

    fn link(&self, at: usize, rest: &str) -> Option<usize> {
        let first = rest.chars().next()?;
        if first.is_whitespace()
            || matches!(first, ',' | '،' | '、' | '，' | '(' | ')' | '–' | '—' | '\u{200e}' | '\u{200f}')
        {
            return Some(first.len_utf8());
        }
        let cited = self.candidates.binary_search_by_key(&at, |candidate| candidate.range.start).ok();
        if let Some(candidate) = cited.and_then(|index| self.candidates.get(index)) {
            return Some(candidate.end - at);
        }
        self.pack.citing_link(rest).filter(|len| *len > 0).or_else(|| self.noun(rest))
    }

    /// Bytes of the word for a resolution or a decision, with its ending.
    fn noun(&self, rest: &str) -> Option<usize> {
        let word = self.pack.mentions(rest).words().next();
        let (range, _) = word.filter(|(range, word)| {
            range.start == 0 && matches!(word, CitingWord::Resolution | CitingWord::Decision)
        })?;
        let behind = rest.get(range.end..)?;
        let has_endings = self.pack.word_break() == WordBreak::Space;
        let ending = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
        Some(range.end + if has_endings { ending } else { 0 })
    }
}

/// Another day of the same month.
fn of_month(date: Date, day: u32) -> Option<Date> {
    PartOfDate { month: u32::try_from(date.month()).ok()?, day }.in_year(date.year())
}
