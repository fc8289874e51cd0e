//! Symbols of documents: `A/RES/67/264`, `S/2012/614`, `A/79/6 (Sect. 3)/Add.5`, and joint ones.

use crate::body::{Body, is_number};
use crate::{DocumentNumber, Organ};
use std::fmt;

/// The symbol of a document. A joint one has several names, one of each body that issued it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol {
    first: Single,
    joint: Vec<Single>,
}

/// A symbol of one body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Single {
    pieces: Vec<Piece>,
}

/// What stands between two slashes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Piece {
    word: String,
    /// Letters of the parts of a resolution: `A`, `A-B`.
    letters: Option<String>,
    /// What stands in brackets behind it: `XV`, `2005`, `Part I`.
    bracket: Option<String>,
}

/// What kind of document a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SymbolKind {
    /// A resolution.
    Resolution,
    /// A decision, under the symbol that libraries give it.
    Decision,
    /// A statement by the president of a council.
    PresidentialStatement,
    /// A draft or other paper of limited distribution: `L.5`.
    Draft,
    /// A verbatim record: `PV.82`.
    VerbatimRecord,
    /// A summary record: `SR.14`.
    SummaryRecord,
    /// A paper of a conference or working group: `WP.3`, `CRP.1`.
    WorkingPaper,
    /// A paper for information: `INF.2`.
    Information,
    /// An agenda.
    Agenda,
    /// An issuance of the Secretariat: `ST/SGB/2013/4`.
    Issuance,
    /// A general comment or recommendation of a body of a treaty.
    GeneralComment,
    /// Any other document of a body: a report, note or letter.
    Document,
}

impl SymbolKind {
    /// The name that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resolution => "resolution",
            Self::Decision => "decision",
            Self::PresidentialStatement => "presidential statement",
            Self::Draft => "draft",
            Self::VerbatimRecord => "verbatim record",
            Self::SummaryRecord => "summary record",
            Self::WorkingPaper => "working paper",
            Self::Information => "information paper",
            Self::Agenda => "agenda",
            Self::Issuance => "issuance",
            Self::GeneralComment => "general comment",
            Self::Document => "document",
        }
    }
}

impl Symbol {
    /// A symbol that fills the whole text, with or without blanks before letters and brackets.
    pub fn parse(text: &str) -> Option<Self> {
        Self::scan(text).filter(|(_, len)| *len == text.len()).map(|(symbol, _)| symbol)
    }

    /// The symbol at the head of a text, and how many bytes print it.
    pub fn scan(text: &str) -> Option<(Self, usize)> {
        let (first, mut len) = Single::scan(text)?;
        let mut joint = Vec::new();
        while let Some((next, more)) = text.get(len..).and_then(scan_joint) {
            joint.push(next);
            len += more;
        }
        Some((Self { first, joint }, len))
    }

    /// The symbol of a resolution or decision.
    pub fn of_number(organ: Organ, kind: NumberedKind, number: &DocumentNumber) -> Self {
        let printed = number.symbol(organ, kind.code());
        Self::parse(&printed)
            .unwrap_or_else(|| Self { first: Single { pieces: vec![plain(&printed)] }, joint: Vec::new() })
    }

    /// The symbols that it is made of, in their order: several for a joint one.
    pub fn singles(&self) -> impl Iterator<Item = &Single> {
        std::iter::once(&self.first).chain(&self.joint)
    }

    /// The first symbol: that under which the others file it.
    pub fn first(&self) -> &Single {
        &self.first
    }

    /// Whether several bodies issued it under a symbol each.
    pub fn is_joint(&self) -> bool {
        !self.joint.is_empty()
    }

    /// Whether each of its symbols is of a series that is known.
    pub fn is_named(&self) -> bool {
        self.singles().all(Single::is_named)
    }

    /// The year that it names.
    pub fn year(&self) -> Option<u16> {
        self.singles().find_map(Single::year)
    }
}

/// What stands for the number of a document of no numbered series: its symbol, and for a presidential statement what follows the organ, `PRST/2044/3`.
pub fn unnumbered(symbol: &str) -> String {
    symbol.split_once("/PRST/").map_or_else(|| symbol.to_owned(), |(_, count)| format!("PRST/{count}"))
}

/// The kinds of documents that have a number of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NumberedKind {
    /// A resolution.
    Resolution,
    /// A decision.
    Decision,
}

impl NumberedKind {
    /// What a symbol has for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Resolution => "RES",
            Self::Decision => "DEC",
        }
    }
}

impl Single {
    /// What kind of document it names. A symbol of no known series is that of a document.
    pub fn kind(&self) -> SymbolKind {
        let is_of_treaty = self.body().is_some_and(Body::is_of_treaty);
        let of = |piece: &Piece| {
            let kind = kind_of(piece.word.split('.').next().unwrap_or_default());
            kind.filter(|kind| is_of_treaty || *kind != SymbolKind::GeneralComment)
        };
        let issued = self.words().next() == Some("ST") && self.pieces.len() > 2;
        let fallback = if issued { SymbolKind::Issuance } else { SymbolKind::Document };
        self.pieces.iter().skip(1).filter_map(of).next_back().unwrap_or(fallback)
    }

    /// The body that issued it; none for a series that is not known.
    pub fn body(&self) -> Option<&'static Body> {
        let words: Vec<&str> = self.words().collect();
        Body::of(&words).map(|(body, _)| body)
    }

    /// The actor in an Akoma Ntoso IRI.
    pub fn actor(&self) -> Option<String> {
        Some(self.body()?.actor(self.words()))
    }

    /// The organ whose resolution or decision it is.
    pub fn organ(&self) -> Option<Organ> {
        let prefix = self.body()?.prefix();
        Organ::ALL.into_iter().find(|organ| organ.symbol_prefix() == prefix)
    }

    /// The number of a resolution or decision of one of the organs.
    pub fn number(&self) -> Option<(NumberedKind, DocumentNumber)> {
        let kind_of =
            |word| [NumberedKind::Resolution, NumberedKind::Decision].into_iter().find(|kind| kind.code() == word);
        let (at, kind) = self.words().enumerate().find_map(|(at, word)| Some((at, kind_of(word)?)))?;
        let is_of = |organ: Organ| organ.symbol_prefix().split('/').eq(self.words().take(at));
        Organ::ALL.into_iter().any(is_of).then_some(())?;
        let rest = Printed(self.pieces.get(at + 1..)?).to_string();
        Some((kind, DocumentNumber::parse_any(&rest)?))
    }

    /// The session that it names: `67`, `S-10`, `XV`.
    pub fn session(&self) -> Option<String> {
        if let Some((_, number)) = self.number() {
            return number.session().map(str::to_owned);
        }
        let words: Vec<&str> = self.words().collect();
        let (_, at) = Body::of(&words)?;
        let session = words.iter().skip(at).find(|word| is_session(word))?;
        let is_last = words.last() == Some(session);
        (!is_last).then(|| (*session).to_owned())
    }

    /// The year that it names.
    pub fn year(&self) -> Option<u16> {
        let year = |text: &str| text.parse().ok().filter(|year| text.len() == 4 && (1945..2100).contains(year));
        let bracketed = self.pieces.iter().filter_map(|piece| piece.bracket.as_deref()).find_map(year);
        let last = self.pieces.len().saturating_sub(1);
        bracketed.or_else(|| self.words().take(last).find_map(year))
    }

    /// Whether its series is known: its body is, and each piece behind it is one that symbols have.
    pub fn is_named(&self) -> bool {
        let words: Vec<&str> = self.words().collect();
        let Some((body, at)) = Body::of(&words) else { return false };
        let numbered = self.pieces.iter().skip(at).any(|piece| piece.word.bytes().any(|byte| byte.is_ascii_digit()));
        let known =
            |piece: &Piece| is_known_word(&piece.word, body) && piece.bracket.as_deref().is_none_or(is_known_bracket);
        let prefix = self.pieces.iter().take(at).all(|piece| piece.bracket.is_none() && piece.letters.is_none());
        let whole = match self.pieces.get(at) {
            Some(piece)
                if [NumberedKind::Resolution, NumberedKind::Decision].iter().any(|k| k.code() == piece.word) =>
            {
                self.organ().is_none() || self.number().is_some()
            }
            _ => true,
        };
        // The series of the serial numbers of conferences end in the number of the conference.
        let alone = self.pieces.len() == at && words.last().is_some_and(|word| word.contains('.'));
        prefix && whole && (alone || numbered) && self.pieces.iter().skip(at).all(known)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().map(|piece| piece.word.as_str())
    }

    /// The symbol as addresses on the web have it: without blanks, and without the letters of parts before a session in Roman digits, which are
    /// filed under the number alone.
    pub fn compact(&self) -> String {
        let mut out = String::new();
        for (index, Piece { word, letters, bracket }) in self.pieces.iter().enumerate() {
            if index > 0 {
                out.push('/');
            }
            out.push_str(word);
            if let Some(letters) = letters.as_deref().filter(|_| bracket.is_none()) {
                out.push_str(letters);
            }
            if let Some(bracket) = bracket {
                out.push('(');
                out.extend(bracket.split_whitespace());
                out.push(')');
            }
        }
        out
    }

    fn scan(text: &str) -> Option<(Self, usize)> {
        if !begins_symbol(text) {
            return None;
        }
        let mut pieces = Vec::new();
        let mut at = 0;
        loop {
            let (piece, len) = scan_piece(text.get(at..)?, pieces.is_empty())?;
            pieces.push(piece);
            at += len;
            let goes_on = text.get(at..).and_then(|rest| rest.strip_prefix('/'));
            if goes_on.is_none_or(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric())) {
                break;
            }
            at += 1;
        }
        let first = pieces.first()?;
        let organ_like =
            (1..=6).contains(&first.word.len()) && first.word.starts_with(|c: char| c.is_ascii_uppercase());
        let organ_like =
            organ_like && first.word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'.');
        let numbered = pieces.iter().skip(1).any(|piece| piece.word.bytes().any(|byte| byte.is_ascii_digit()));
        (organ_like && numbered && pieces.len() > 1).then_some((Self { pieces }, at))
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first)?;
        self.joint.iter().try_for_each(|single| write!(f, "-{single}"))
    }
}

impl fmt::Display for Single {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printed(&self.pieces).fmt(f)
    }
}

/// Pieces of a symbol as they are printed.
struct Printed<'a>(&'a [Piece]);

impl fmt::Display for Printed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Piece { word, letters, bracket }) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("/")?;
            }
            f.write_str(word)?;
            if let Some(letters) = letters {
                write!(f, " {letters}")?;
            }
            match bracket {
                // The number of a conference stands close: `COP(15)`.
                Some(bracket) if !ends_in_digit(word) => write!(f, "({bracket})")?,
                Some(bracket) => write!(f, " ({bracket})")?,
                None => {}
            }
        }
        Ok(())
    }
}

/// Whether a text begins as a symbol must: with the letters of a body and a slash. Nearly all words are told by this.
fn begins_symbol(text: &str) -> bool {
    let bytes = text.as_bytes();
    let body = |byte: &&u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || **byte == b'.';
    let len = bytes.iter().take(7).take_while(body).count();
    (1..=6).contains(&len) && bytes.get(len) == Some(&b'/')
}

fn plain(word: &str) -> Piece {
    Piece { word: word.to_owned(), letters: None, bracket: None }
}

/// A piece at the head of a text, and its length. The first one names the body: it has neither letters nor brackets.
fn scan_piece(text: &str, is_first: bool) -> Option<(Piece, usize)> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let run = text.get(..text.find(|c| !word(c)).unwrap_or(text.len()))?;
    let run = run.get(..joint_at(run).unwrap_or(run.len()))?;
    let run = run.get(..words_at(run).unwrap_or(run.len()))?;
    let run = if text.get(run.len()..).is_some_and(|rest| rest.starts_with('/')) {
        run
    } else {
        run.trim_end_matches(['.', '-'])
    };
    (!run.is_empty()).then_some(())?;
    if is_first {
        return Some((plain(run), run.len()));
    }
    let mut piece = plain(run);
    let mut len = run.len();
    if let Some((number, glued)) = glued_letters(run) {
        piece = Piece { letters: Some(glued.to_owned()), ..plain(number) };
    } else if let Some((words, more)) = text.get(len..).filter(|_| ends_in_digit(run)).and_then(letters) {
        piece.letters = Some(words.to_owned());
        len += more;
    }
    if let Some((words, more)) = text.get(len..).and_then(bracket) {
        piece.bracket = Some(words);
        len += more;
    }
    Some((piece, len))
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Where a hyphen joins another symbol: what follows begins as one does.
fn joint_at(run: &str) -> Option<usize> {
    run.match_indices('-').map(|(at, _)| at).find(|at| {
        let (before, after) = (run.get(..*at).unwrap_or_default(), run.get(at + 1..).unwrap_or_default());
        ends_in_digit(before) && Body::begins(after)
    })
}

/// Where a hyphen joins words that are no part of a symbol: `A/98/L.5-based`.
fn words_at(run: &str) -> Option<usize> {
    run.match_indices('-').map(|(at, _)| at).find(|at| {
        let (before, after) = (run.get(..*at).unwrap_or_default(), run.get(at + 1..).unwrap_or_default());
        ends_in_digit(before) && after.starts_with(|c: char| c.is_ascii_lowercase())
    })
}

/// A hyphen or dash and the symbol of another body.
fn scan_joint(text: &str) -> Option<(Single, usize)> {
    let hyphen = ['-', '–', '\u{2011}'].into_iter().find(|hyphen| text.starts_with(*hyphen))?;
    let (single, len) = Single::scan(text.get(hyphen.len_utf8()..)?)?;
    single.body().is_some().then_some((single, len + hyphen.len_utf8()))
}

/// `263B`, `255A-B`: the number and its letters.
fn glued_letters(run: &str) -> Option<(&str, &str)> {
    let digits = run.find(|c: char| !c.is_ascii_digit()).filter(|digits| *digits > 0)?;
    let (number, letters) = run.split_at_checked(digits)?;
    let mut parts = letters.split('-');
    let single =
        |part: Option<&str>| part.is_none_or(|part| part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase()));
    (single(parts.next()) && single(parts.next()) && parts.next().is_none()).then_some((number, letters))
}

/// ` A` or ` A-B`.
fn letters(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix([' ', '\u{a0}'])?;
    let blank = text.len() - rest.len();
    let end = rest.find(|c: char| !(c.is_ascii_uppercase() || c == '-')).unwrap_or(rest.len());
    let words = rest.get(..end)?;
    let mut parts = words.split('-');
    let single = |part: Option<&str>| part.is_none_or(|part| part.len() == 1);
    let shaped = !words.is_empty() && single(parts.next()) && single(parts.next()) && parts.next().is_none();
    let ended = rest.get(end..)?.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (shaped && ended).then_some((words, end + blank))
}

/// ` (2023)`, `(XV)`, ` (Part I)`: what a symbol has in brackets, with single blanks, and the bytes that print it.
fn bracket(text: &str) -> Option<(String, usize)> {
    // Between letters of two directions stand marks that show nothing.
    let shown = |c: char| !matches!(c, ' ' | '\u{a0}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let rest = text.get(text.find(shown)?..)?;
    let (inner, close) = match rest.strip_prefix('(') {
        Some(inner) => (inner, ')'),
        None => (rest.strip_prefix('（')?, '）'),
    };
    let end = inner.find(close).filter(|end| *end <= 40)?;
    let words = inner.get(..end)?.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = spaced(&words);
    is_known_bracket(&words).then_some(())?;
    let open = rest.len() - inner.len();
    Some((words, text.len() - rest.len() + open + end + close.len_utf8()))
}

/// `Sect.3` → `Sect. 3`, `PartI` → `Part I`, `PartsIandII` → `Parts I and II`.
fn spaced(words: &str) -> String {
    let Some((name, rest)) = BRACKET_WORDS.iter().find_map(|word| Some((*word, strip_word(words, word)?))) else {
        return words.to_owned();
    };
    let name = words.get(..name.len()).unwrap_or(name);
    let rest = rest.trim_start();
    let rest = match rest.split_once("and").filter(|(before, _)| !before.ends_with(' ')) {
        Some((before, after)) => format!("{before} and {}", after.trim_start()),
        None => rest.to_owned(),
    };
    format!("{name} {rest}").trim_end().to_owned()
}

/// Words that stand in the brackets of symbols before a number; the longer one first where one begins like another.
const BRACKET_WORDS: [&str; 8] = ["Parts", "Part", "Vol.", "Vols.", "Sect.", "Resumption", "Suppl.", "Chap."];
/// Words that stand there alone.
const BRACKET_ALONE: [&str; 5] = ["Supp", "Introduction", "Income", "Foreword", "ADV"];

fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word).then(|| text.get(word.len()..)).flatten()
}

fn is_known_bracket(words: &str) -> bool {
    let session = |text: &str| {
        let count = ["ES-", "S-"].into_iter().find_map(|letters| text.strip_prefix(letters)).unwrap_or(text);
        is_roman(count) || text.strip_prefix("ORG-").is_some_and(is_number)
    };
    let count =
        |text: &str| text.len() <= 12 && text.split(" and ").flat_map(|part| part.split([',', '-'])).all(is_count);
    let named = || BRACKET_WORDS.iter().filter_map(|word| strip_word(words, word)).any(|rest| count(rest.trim()));
    is_number(words) || session(words) || named() || BRACKET_ALONE.iter().any(|word| word.eq_ignore_ascii_case(words))
}

/// `3`, `29A`, `II`, `IV`.
fn is_count(text: &str) -> bool {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_uppercase());
    is_roman(&text.to_ascii_uppercase()) || (is_number(digits) && text.len() - digits.len() <= 1)
}

pub(crate) fn is_roman(text: &str) -> bool {
    (1..=8).contains(&text.len()) && text.bytes().all(|byte| b"IVXLC".contains(&byte))
}

/// Whether a piece names a session: `67`, `S-10`, `ES-11`.
fn is_session(word: &str) -> bool {
    let count = ["ES-", "S-"].into_iter().find_map(|letters| word.strip_prefix(letters)).unwrap_or(word);
    is_number(count) && count.len() <= 3
}

fn kind_of(word: &str) -> Option<SymbolKind> {
    Some(match word {
        "RES" | "Res" => SymbolKind::Resolution,
        "DEC" | "Dec" => SymbolKind::Decision,
        "PRST" => SymbolKind::PresidentialStatement,
        "L" => SymbolKind::Draft,
        "PV" => SymbolKind::VerbatimRecord,
        "SR" => SymbolKind::SummaryRecord,
        "WP" | "CRP" => SymbolKind::WorkingPaper,
        "INF" => SymbolKind::Information,
        "Agenda" => SymbolKind::Agenda,
        "GC" => SymbolKind::GeneralComment,
        _ => return None,
    })
}

/// Words that stand in symbols, alone or before a point and a number: bodies below a body, series, and what comes after a document.
const WORDS: &[&str] = &[
    // Additions and corrections.
    "Add",
    "Amend",
    "Corr",
    "Corrigendum",
    "Rev",
    "Summary",
    // Series.
    "Agenda",
    "AI",
    "BC",
    "CC",
    "COMM",
    "CRP",
    "DEC",
    "Dec",
    "GC",
    "IC",
    "INF",
    "L",
    "MIN",
    "NGO",
    "NOTE",
    "OC",
    "PET",
    "PRST",
    "PV",
    "Q",
    "R",
    "REP",
    "RES",
    "Res",
    "RQ",
    "SGB",
    "SR",
    "TC",
    "WP",
    // Bodies below a body, and meetings.
    "A",
    "AC",
    "AHEG",
    "AP",
    "B",
    "BMS",
    "BS",
    "BUR",
    "C",
    "CM",
    "CMP",
    "CN",
    "CO",
    "CONF",
    "CONS",
    "COP",
    "COP-MOP",
    "COSP",
    "CP",
    "CSP",
    "EDE",
    "EFD",
    "EMRIP",
    "FFDF",
    "GGE",
    "GPA",
    "HLS",
    "IGR",
    "IPC",
    "IRG",
    "MOP",
    "MSP",
    "NP",
    "P",
    "PC",
    "PM",
    "PREPCOM",
    "RBP",
    "RC",
    "RPM",
    "SC",
    "SESSION",
    "SPCONF",
    "SSC",
    "Sub",
    "TRADE",
    "WG",
    "WGEID",
    "WGAD",
];

/// Whether symbols of a body have such a piece.
fn is_known_word(word: &str, body: &Body) -> bool {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let number = is_number(digits) && word.len() - digits.len() <= 1;
    let country = body.is_of_treaty() && word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    number || country || is_session(word) || is_roman(word) || is_dotted(word) || WORDS.contains(&word)
}

/// `Add.1`, `SR.1-28`, `CONF.157`, `P.V`.
fn is_dotted(word: &str) -> bool {
    let Some((name, count)) = word.split_once('.') else { return false };
    let counts = |text: &str| text.split('-').all(|part| is_number(part) || is_roman(part));
    WORDS.contains(&name) && counts(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(&str, usize)>) {
        let found = Symbol::scan(text).map(|(symbol, len)| (symbol.to_string(), len));
        assert_eq!(found, expected.map(|(symbol, len)| (symbol.to_owned(), len)), "{text}");
    }

    #[test]
    fn symbols_are_read_at_the_head_of_a_text() {
        for symbol in [
            "A/RES/98/301",
            "S/RES/9901 (2044)",
            "A/RES/98/255 A-B",
            "A/C.3/98/L.5/Rev.1",
            "S/PRST/2044/7",
            "E/2044/L.11",
        ] {
            check(symbol, Some((symbol, symbol.len())));
        }
        check("S/RES/9901(2044)", Some(("S/RES/9901 (2044)", 16)));
        check("A/98/L.5*", Some(("A/98/L.5", 8)));
        check("A/98/L.5 A bell", Some(("A/98/L.5 A", 10)));
        check("A/98/L.5-based", Some(("A/98/L.5", 8)));
        check("A/98/77.", Some(("A/98/77", 7)));
        check("A/98/6 (Sect. 3)/Add.5, para. 2", Some(("A/98/6 (Sect. 3)/Add.5", 22)));
        check("A/98/6（Part I）和", Some(("A/98/6 (Part I)", 18)));
        check("A/98/77 (see above)", Some(("A/98/77", 7)));
    }

    #[test]
    fn joint_symbols_are_cut_where_another_body_begins() {
        let symbol = Symbol::parse("A/98/280-S/2044/614").expect("a symbol");
        assert!(symbol.is_joint() && symbol.is_named());
        assert_eq!(symbol.singles().map(ToString::to_string).collect::<Vec<_>>(), ["A/98/280", "S/2044/614"]);
        assert_eq!(symbol.year(), Some(2044));
        check("ISBA/98/A/10–ISBA/98/C/31", Some(("ISBA/98/A/10-ISBA/98/C/31", 27)));
        assert!(!Symbol::parse("A/RES/S-10/2").expect("a symbol").is_joint());
        assert!(!Symbol::parse("CBD/COP-MOP/5/17").expect("a symbol").is_joint());
    }

    #[test]
    fn what_is_no_symbol_is_refused() {
        for text in ["and/or", "A/", "A/RES/", "98/301", "HTTP//1", "", "Km/h"] {
            check(text, None);
        }
    }

    #[test]
    fn the_facts_of_a_symbol() {
        let facts = |text: &str| {
            let single = Symbol::parse(text).expect(text).first().clone();
            (single.actor(), single.kind(), single.session(), single.year())
        };
        let expect = |actor: &str, kind, session: Option<&str>, year| {
            (Some(actor.to_owned()), kind, session.map(str::to_owned), year)
        };
        assert_eq!(facts("A/98/77"), expect("un-ga", SymbolKind::Document, Some("98"), None));
        assert_eq!(facts("A/C.3/98/SR.7"), expect("un-ga-c3", SymbolKind::SummaryRecord, Some("98"), None));
        assert_eq!(facts("A/AC.901/2044/1"), expect("un-ga-ac901", SymbolKind::Document, None, Some(2044)));
        assert_eq!(facts("S/RES/9901 (2044)"), expect("un-sc", SymbolKind::Resolution, None, Some(2044)));
        assert_eq!(facts("A/RES/217 A (III)"), expect("un-ga", SymbolKind::Resolution, Some("III"), None));
        assert_eq!(facts("A/HRC/RES/7/2"), expect("un-hrc", SymbolKind::Resolution, Some("7"), None));
        assert_eq!(facts("UNEP/EA.9/Res.3"), expect("un-unea", SymbolKind::Resolution, None, None));
        assert_eq!(facts("ST/SGB/2044/4"), expect("un-secretariat", SymbolKind::Issuance, None, Some(2044)));
        assert_eq!(facts("S/9901"), expect("un-sc", SymbolKind::Document, None, None));
    }

    #[test]
    fn a_symbol_of_no_known_series_is_a_general_one() {
        for text in ["A/98/Bells.3", "QQ/98/1", "A/RES/98", "S/RES/9901"] {
            assert!(!Symbol::parse(text).expect(text).is_named(), "{text}");
        }
    }
}
