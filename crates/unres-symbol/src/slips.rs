//! Slips of typing in symbols, and what was meant.

use crate::Symbol;
use crate::body::is_number;
use std::fmt;

/// What is wrong with a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slip {
    /// Letters have the wrong case: `A/hrc/RES`.
    Case,
    /// Blanks where none stand: `A/ RES/98/1`.
    Blank,
    /// The code of a language, or a slash, before it: `/en/A/98/1`.
    Prefix,
    /// A point, slash or bracket is missing or stands for another: `A/C.6/98.SR.37`.
    Mark,
    /// Letters are in the wrong order: `A/HCR/RES`.
    Order,
    /// The year is none: `S/RES/9901 (2440)`.
    Year,
}

impl fmt::Display for Slip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Case => "letters have the wrong case",
            Self::Blank => "a blank stands inside",
            Self::Prefix => "something stands before it",
            Self::Mark => "a point, slash or bracket is missing or wrong",
            Self::Order => "letters are in the wrong order",
            Self::Year => "the year cannot be",
        })
    }
}

/// A symbol as it was meant, and what was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// The symbol.
    pub symbol: Symbol,
    /// What was mended; empty for a symbol that is right, or that nothing is known of.
    pub slips: Vec<Slip>,
}

/// Reads a symbol that may hold slips. One of a known series is taken as it stands; one that cannot be mended is a general symbol.
pub fn mend(text: &str) -> Option<Mended> {
    let as_it_stands = Symbol::parse(text);
    if let Some(symbol) = as_it_stands.clone().filter(|symbol| symbol.is_named() && odd_year(text).is_none()) {
        return Some(Mended { symbol, slips: Vec::new() });
    }
    let mut slips = Vec::new();
    let mut mended = text.to_owned();
    for (slip, change) in CHANGES {
        let changed = change(&mended);
        if changed == mended {
            continue;
        }
        mended = changed;
        slips.push(*slip);
        if let Some(symbol) = Symbol::parse(&mended).filter(|symbol| symbol.is_named() && odd_year(&mended).is_none()) {
            return Some(Mended { symbol, slips });
        }
    }
    as_it_stands.map(|symbol| Mended { symbol, slips: Vec::new() })
}

/// Undoes one kind of slip; a text without it stays as it is.
type Change = fn(&str) -> String;

/// What may be wrong, the likelier first.
const CHANGES: &[(Slip, Change)] = &[
    (Slip::Blank, without_blanks),
    (Slip::Prefix, without_prefix),
    (Slip::Mark, with_marks),
    (Slip::Case, in_case),
    (Slip::Order, in_order),
    (Slip::Year, with_year),
];

/// Blanks beside slashes; those before letters and brackets are no slips.
fn without_blanks(text: &str) -> String {
    text.split('/').map(str::trim).collect::<Vec<_>>().join("/")
}

fn without_prefix(text: &str) -> String {
    let plain = text.trim_start_matches('/');
    let codes = ["ar", "ch", "en", "es", "fr", "ru", "sp", "zh", "hrc"];
    let is_code = |first: &str| codes.iter().any(|code| code.eq_ignore_ascii_case(first));
    let plain = plain.split_once('/').filter(|(first, _)| is_code(first)).map_or(plain, |(_, rest)| rest);
    let is_doubled = ["A/RES/A/", "A/RES/S/"].iter().any(|start| plain.starts_with(start));
    plain.strip_prefix("A/RES/").filter(|_| is_doubled).unwrap_or(plain).to_owned()
}

/// The pieces of symbols that are not written in capitals.
const MIXED: [&str; 12] =
    ["Add", "Amend", "Agenda", "Corr", "Corrigendum", "Dec", "OzL", "Pro", "Rev", "Res", "Sub", "Summary"];

fn in_case(text: &str) -> String {
    let (symbol, bracket) = text.split_once('(').map_or((text, None), |(symbol, bracket)| (symbol, Some(bracket)));
    // The resolutions of the Environment Assembly alone have small letters, and a point behind the word.
    let piece = |piece: &str| match piece_in_case(piece) {
        word if word == "Res" => "RES".to_owned(),
        word => word,
    };
    let symbol = symbol.split('/').map(piece).collect::<Vec<_>>().join("/");
    match bracket {
        Some(bracket) => format!("{symbol}({}", bracket_in_case(bracket)),
        None => symbol,
    }
}

fn piece_in_case(piece: &str) -> String {
    let words = piece.split_inclusive(['.', '-']).map(|word| {
        let letters = word.trim_end_matches(['.', '-']);
        let mixed = MIXED.iter().find(|mixed| mixed.eq_ignore_ascii_case(letters));
        word.replacen(letters, &mixed.map_or_else(|| letters.to_ascii_uppercase(), |mixed| (*mixed).to_owned()), 1)
    });
    words.collect()
}

/// Sessions are capitals, words are not.
fn bracket_in_case(bracket: &str) -> String {
    let (words, rest) = bracket.split_once(')').unwrap_or((bracket, ""));
    let upper = words.to_ascii_uppercase();
    let is_session = !upper.is_empty() && upper.bytes().all(|byte| b"IVXLCES-".contains(&byte));
    let rest =
        if rest.is_empty() { String::new() } else { rest.split('/').map(piece_in_case).collect::<Vec<_>>().join("/") };
    let closed = if bracket.contains(')') { ")" } else { "" };
    format!("{}{closed}{rest}", if is_session { upper } else { words.to_owned() })
}

/// Words that stand between slashes with a point and a number behind them.
const DOTTED: [&str; 9] = ["SR.", "PV.", "L.", "Add.", "Corr.", "Rev.", "CRP.", "WP.", "INF."];

fn with_marks(text: &str) -> String {
    let mut text = text.replace("CONF/", "CONF.").replace("//", "/");
    for word in DOTTED {
        let Some((before, after)) = text.split_once(word) else { continue };
        let stem = before.trim_end_matches('.');
        if stem.ends_with(|c: char| c.is_ascii_digit()) {
            text = format!("{stem}/{word}{after}");
        }
    }
    if text.contains('(') && !text.contains(')') {
        text.push(')');
    }
    text.trim_end_matches(['/', '.', ',']).to_owned()
}

fn in_order(text: &str) -> String {
    let swapped = |piece: &str| match piece {
        "HCR" | "RHC" | "CHR" => "HRC".to_owned(),
        "RSE" | "ERS" => "RES".to_owned(),
        other => other.to_owned(),
    };
    text.split('/').map(swapped).collect::<Vec<_>>().join("/")
}

/// The year in brackets that cannot be, where it stands.
fn odd_year(text: &str) -> Option<(usize, u32)> {
    let open = text.find('(')?;
    let year = text.get(open + 1..)?.split(')').next()?;
    let value = year.parse().ok().filter(|_| is_number(year) && year.len() == 4)?;
    (!(1946..2100).contains(&value)).then_some((open + 1, value))
}

/// The year with two neighbouring digits changed, if only one such year can be.
fn with_year(text: &str) -> String {
    odd_year(text).and_then(|(at, _)| swapped_year(text, at)).unwrap_or_else(|| text.to_owned())
}

fn swapped_year(text: &str, at: usize) -> Option<String> {
    let digits: Vec<char> = text.get(at..at + 4)?.chars().collect();
    let swaps = (0..3).map(|index| {
        let mut swapped = digits.clone();
        swapped.swap(index, index + 1);
        swapped.into_iter().collect::<String>()
    });
    let can_be = |year: &String| year.parse().is_ok_and(|year: u32| (1946..2100).contains(&year));
    let years: Vec<String> = swaps.filter(can_be).collect();
    let [year] = years.as_slice() else { return None };
    Some(format!("{}{year}{}", text.get(..at)?, text.get(at + 4..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended() {
        let check = |text: &str, meant: &str, slips: &[Slip]| {
            let mended = mend(text).expect(text);
            assert_eq!((mended.symbol.to_string().as_str(), mended.slips.as_slice()), (meant, slips), "{text}");
        };
        check("A/HRC/RES/98/1", "A/HRC/RES/98/1", &[]);
        check("A/hrc/RES/98/1", "A/HRC/RES/98/1", &[Slip::Case]);
        check("unep/ea.9/res.14", "UNEP/EA.9/Res.14", &[Slip::Case]);
        check("A/RES/1514(xv)", "A/RES/1514 (XV)", &[Slip::Case]);
        check("A/RES/98/255a-b", "A/RES/98/255 A-B", &[Slip::Case]);
        check("a/res/ 1514 (XV)", "A/RES/1514 (XV)", &[Slip::Blank, Slip::Case]);
        check("/en/A/98/77", "A/98/77", &[Slip::Prefix]);
        check("A/RES/A/98/188", "A/98/188", &[Slip::Prefix]);
        check("A/C.6/98.SR.37", "A/C.6/98/SR.37", &[Slip::Mark]);
        check("A/98/6(Sect.29", "A/98/6 (Sect. 29)", &[Slip::Mark]);
        check("A/98/7Add.2", "A/98/7/Add.2", &[Slip::Mark]);
        check("A/HCR/98/25", "A/HRC/98/25", &[Slip::Order]);
        check("S/RES/9901(2404)", "S/RES/9901 (2044)", &[Slip::Year]);
        check("QQ/98/Bells", "QQ/98/Bells", &[]);
    }
}
