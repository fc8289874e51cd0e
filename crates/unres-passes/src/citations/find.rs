//! What looks like a number of a resolution, a symbol or a date, wherever it stands.

use super::web::addresses;
use super::{dates, works};
use jiff::civil::Date;
use std::ops::Range;
use unres_lang::{Dated, LangPack};
use unres_model::CitedKind;
use unres_source::first_byte;
use unres_symbol::{DocumentNumber, Letters, Symbol};

/// Something in a text that may be a citation.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The words that name it. The letters of parts stand behind them: the published files link `72/266` of `72/266 A`.
    pub(super) range: Range<usize>,
    /// Where its letters end.
    pub(super) end: usize,
    pub(super) what: What,
    /// The date inside the number: `9901 (3 May 2044)`.
    pub(super) date: Option<Date>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    Number(DocumentNumber),
    Symbol(Symbol),
    Date(Date),
    /// An address of the web, with its scheme.
    Address(String),
    /// A work that has no symbol, by its number.
    Work(CitedKind, String),
}

/// The candidates of a text, in order and apart from each other.
pub(super) fn find(pack: &LangPack, text: &str) -> Vec<Candidate> {
    let letters = Letters {
        sessions: pack.session_letters(),
        parts: pack.part_letters(),
        brackets: pack.bracket_letters(),
        ranges: pack.part_ranges(),
    };
    let mut found = Vec::new();
    let mut parts = Vec::new();
    let mut addresses = addresses(text).into_iter().peekable();
    let starts = Starts::of(pack);
    let mut from = 0;
    let mut start = starts.next(text, from);
    loop {
        // One that lies behind many addresses is looked for once.
        if start.is_some_and(|start| start < from) {
            start = starts.next(text, from);
        }
        // What looks like a symbol inside an address is a part of it.
        if let Some(address) = addresses.next_if(|address| start.is_none_or(|start| address.range.start <= start)) {
            if address.range.start >= from {
                from = address.range.end;
                found.push(Candidate { range: address.range, end: from, what: What::Address(address.url), date: None });
            }
            continue;
        }
        let Some(at) = start else { break };
        let rest = text.get(at..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { break };
        // No candidate begins inside a word or a number of ASCII.
        from = at + rest.bytes().take_while(u8::is_ascii_alphanumeric).count().max(c.len_utf8());
        if !begins(text, at) {
            continue;
        }
        let head = match at_head(pack, letters, c, rest) {
            Some(head) => Some(head),
            None => match pack.dated(rest) {
                Some((Dated::Whole(date), len)) => Some(Head { what: What::Date(date), len, date: None }),
                // A neighbour may name the year.
                Some((Dated::Part(part), len)) => {
                    parts.push((at..at + len, part));
                    None
                }
                None => None,
            },
        };
        let Some(Head { what, len, date }) = head else { continue };
        let named = named(&what, rest.get(..len).unwrap_or_default());
        found.push(Candidate { range: at..at + named, end: at + len, what, date });
        from = from.max(at + len);
    }
    dates::complete(pack, text, &mut found, &parts);
    found
}

/// Bytes of the words that name something, without the letters of parts.
fn named(what: &What, printed: &str) -> usize {
    let is_number = matches!(what, What::Number(number) if !printed.ends_with([')', '）']) && number.part().is_some());
    if is_number { printed.trim_end_matches(|c: char| !c.is_ascii_digit()).len() } else { printed.len() }
}

/// The characters that a candidate may begin with: digits, capitals of ASCII, and what else the numbers of a language begin with.
struct Starts<'a> {
    others: &'a [char],
    /// Which bytes these characters begin with.
    bytes: [bool; 256],
    /// Which bytes stand behind those where they are not alone. All letters of a script may begin with one byte.
    seconds: [bool; 256],
}

impl<'a> Starts<'a> {
    fn of(pack: &'a LangPack) -> Self {
        let others = pack.number_begins();
        let (mut bytes, mut seconds) = ([false; 256], [false; 256]);
        for c in ('0'..='9').chain('A'..='Z').chain(others.iter().copied()) {
            let mut printed = [0; 4];
            c.encode_utf8(&mut printed);
            bytes[usize::from(printed[0])] = true;
            seconds[usize::from(printed[1])] |= !c.is_ascii();
        }
        Self { others, bytes, seconds }
    }

    /// Where the next one stands, from a place on.
    fn next(&self, text: &str, mut from: usize) -> Option<usize> {
        loop {
            let bytes = text.as_bytes().get(from..)?;
            let at = from + if self.others.is_empty() { first_of_ascii(bytes)? } else { self.first_pair(bytes)? };
            let is_other = || text.get(at..).is_some_and(|rest| rest.starts_with(self.others));
            if text.as_bytes().get(at)?.is_ascii() || is_other() {
                return Some(at);
            }
            from = at + 1;
        }
    }

    /// The first byte that one may begin with, by itself and by what follows.
    fn first_pair(&self, bytes: &[u8]) -> Option<usize> {
        let begins = |byte: u8| self.bytes[usize::from(byte)];
        let goes_on = |byte: u8, next: u8| begins(byte) && (byte.is_ascii() || self.seconds[usize::from(next)]);
        let pair = bytes.windows(2).position(|pair| matches!(*pair, [byte, next] if goes_on(byte, next)));
        // The last byte is of ASCII, or stands behind one that was looked at.
        pair.or_else(|| bytes.last().filter(|last| begins(**last)).map(|_| bytes.len() - 1))
    }
}

/// The first digit or capital of ASCII.
fn first_of_ascii(bytes: &[u8]) -> Option<usize> {
    first_byte(bytes, |byte| u8::from(byte.is_ascii_digit()) | u8::from(byte.is_ascii_uppercase()))
}

/// Whether a candidate may begin at a place: it is no part of a word or of another number.
fn begins(text: &str, at: usize) -> bool {
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || b"/.-".contains(byte);
    !(before.last().is_some_and(goes_on) || before.ends_with("‑".as_bytes()))
}

/// What a text begins with, and its length in bytes.
struct Head {
    what: What,
    len: usize,
    date: Option<Date>,
}

fn at_head(pack: &LangPack, letters: Letters<'_>, c: char, text: &str) -> Option<Head> {
    let undated = |(what, len)| Head { what, len, date: None };
    if c.is_ascii_uppercase() {
        if !goes_on_as_symbol(text) {
            return None;
        }
        let symbol = Symbol::scan(text).filter(|(symbol, _)| symbol.first().body().is_some());
        let symbol = symbol.map(|(symbol, len)| (What::Symbol(symbol), len));
        let sales = || works::sales_number(text).map(|(name, len)| (What::Work(CitedKind::Sales, name), len));
        if let Some(found) = symbol.or_else(sales) {
            return Some(undated(found));
        }
    }
    if let Some((number, len)) = DocumentNumber::scan_cited(text, letters) {
        return Some(undated((What::Number(number), len)));
    }
    if let Some((name, len)) = works::conference_decision(text) {
        return Some(undated((What::Work(CitedKind::Conference, name), len)));
    }
    dated_number(pack, text)
}

/// Whether what stands behind the first letter of a text does so in symbols and sales numbers, and in numbers of sessions, which may have other hyphens.
/// Nearly all words are told by it.
fn goes_on_as_symbol(text: &str) -> bool {
    let second = text.as_bytes().get(1);
    second.is_some_and(|byte| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"./-".contains(byte) || !byte.is_ascii()
    })
}

/// A number with its whole date in the brackets where others have the year: `9901 (3 May 2044)`.
fn dated_number(pack: &LangPack, text: &str) -> Option<Head> {
    let digits = text.get(..text.bytes().take_while(u8::is_ascii_digit).count()).filter(|digits| digits.len() <= 4)?;
    let inside = text.get(digits.len()..)?.trim_start().strip_prefix('(')?;
    let (date, len) = pack.date(inside)?;
    let rest = inside.get(len..)?.strip_prefix(')')?;
    let number = DocumentNumber::parse(&format!("{digits} ({})", date.year()))?;
    Some(Head { what: What::Number(number), len: text.len() - rest.len(), date: Some(date) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_go_on_as_a_symbol_is_none() {
        let seconds = (' '..='~').chain(['‑', '–', 'é', '（']);
        let rests =
            ["", "/98/1", "/RES/98/1", "-98/1", "98/1", ".44.XIII.18", "44.XIII.18", " 98/1", "/98/L.5", "S-98/1"];
        for (first, second) in ('A'..='Z').flat_map(|first| seconds.clone().map(move |second| (first, second))) {
            for text in rests.map(|rest| format!("{first}{second}{rest}")) {
                let found = Symbol::scan(&text).is_some()
                    || works::sales_number(&text).is_some()
                    || DocumentNumber::scan_cited(&text, Letters::default()).is_some();
                assert!(!found || goes_on_as_symbol(&text), "{text}");
            }
        }
        for text in ["A/98/1", "E.44.XIII.18", "S-32/1", "S‑32/1", "ES-11/1"] {
            assert!(goes_on_as_symbol(text), "{text}");
        }
    }
}
