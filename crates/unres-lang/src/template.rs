//! Lines of a fixed form with slots: `Adopted by the Security Council at its <{meeting} meeting>, on {date}`.
//!
//! Blanks count neither in the form nor in the line. `<` and `>` enclose the words that name the meeting. `{any}`, `{documents}` and `{item}` take all
//! words up to the last place where the form goes on.

use crate::LangPack;
use crate::fold::{Blanks, Initials, is_invisible, prefix};
use jiff::civil::Date;
use std::ops::Range;

/// A form, cut into its pieces.
#[derive(Clone, Debug)]
struct Template {
    pieces: Vec<Piece>,
    /// What a line of the form may begin with, where that is known.
    begins: Option<Initials>,
}

/// What the slots may begin with that a form may begin with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlotInitials<'a> {
    pub(crate) meeting: &'a Initials,
    pub(crate) date: &'a Initials,
}

#[derive(Clone, Debug)]
enum Piece {
    Literal(String),
    Number,
    Meeting,
    Date,
    /// The word for the kind of document.
    Kind(String),
    /// The name of the organ.
    Organ(String),
    MeetingBegins,
    MeetingEnds,
    /// Words up to the last place where the next literal stands.
    Words(Words),
}

/// What free words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Words {
    Any,
    Documents,
    Item,
}

/// What a line says in the slots of its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The slots in the order of the line.
    pub slots: Vec<Slot>,
}

/// A filled slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Which slot, with its value.
    pub kind: SlotKind,
    /// The bytes of the line that fill it.
    pub range: Range<usize>,
}

/// The slots of forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// Digits, letters and brackets of a document number; its grammar is not the pack's business.
    Number,
    /// The words that name a meeting, and its number.
    Meeting(u32),
    /// A date.
    Date(Date),
    /// The word for the kind of document.
    Kind,
    /// The name of the organ.
    Organ,
    /// Words that the form says nothing of.
    Any,
    /// The documents that a text comes from.
    Documents,
    /// The number of an agenda item.
    Item,
}

/// Forms of one kind of line, in the order in which they are tried.
#[derive(Clone, Debug)]
pub(crate) struct Forms {
    forms: Vec<Template>,
    /// What lines of any of the forms begin with: nearly all lines of a text are of none.
    begins: Initials,
}

impl Forms {
    /// Forms of which nothing says what their slots begin with.
    pub(crate) fn parse(forms: &[String]) -> Result<Self, String> {
        Ok(Self::of(forms.iter().map(|form| Template::parse(form)).collect::<Result<_, _>>()?))
    }

    /// The same, where the first slots of the forms say what their lines begin with.
    pub(crate) fn with_initials(self, slots: SlotInitials<'_>) -> Self {
        Self::of(self.forms.into_iter().map(|form| form.with_initials(slots)).collect())
    }

    fn of(forms: Vec<Template>) -> Self {
        let mut begins = Initials::default();
        for form in &forms {
            match &form.begins {
                Some(own) => begins.add_all(own),
                None => begins.add_any(),
            }
        }
        Self { forms, begins }
    }

    /// The first form that a whole line has.
    pub(crate) fn matching(&self, line: &str, pack: &LangPack) -> Option<Match> {
        if !self.begins.begin(line) {
            return None;
        }
        self.forms.iter().find_map(|form| form.matches(line, pack))
    }

    /// Whether a line begins as one of the forms does.
    pub(crate) fn begin(&self, line: &str, pack: &LangPack) -> bool {
        self.begins.begin(line) && self.forms.iter().any(|form| form.begins(line, pack))
    }
}

impl Template {
    fn parse(form: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = form;
        while !rest.is_empty() {
            let cut = rest.find(['{', '<', '>']).unwrap_or(rest.len());
            let (literal, after) = rest.split_at(cut);
            if !literal.trim().is_empty() {
                pieces.push(Piece::Literal(literal.trim().to_owned()));
            }
            let mut after_mark = after.chars();
            let mark = after_mark.next();
            rest = after_mark.as_str();
            match mark {
                None => break,
                Some('<') => pieces.push(Piece::MeetingBegins),
                Some('>') => pieces.push(Piece::MeetingEnds),
                Some(_) => {
                    let (name, tail) = rest.split_once('}').ok_or_else(|| format!("unclosed slot in {form:?}"))?;
                    rest = tail;
                    pieces.push(match name.split_once(':').unwrap_or((name, "")) {
                        ("number", "") => Piece::Number,
                        ("meeting", "") => Piece::Meeting,
                        ("date", "") => Piece::Date,
                        ("any", "") => Piece::Words(Words::Any),
                        ("documents", "") => Piece::Words(Words::Documents),
                        ("item", "") => Piece::Words(Words::Item),
                        ("kind", word) => Piece::Kind(word.to_owned()),
                        ("organ", word) => Piece::Organ(word.to_owned()),
                        _ => return Err(format!("unknown slot {name:?} in {form:?}")),
                    });
                }
            }
        }
        let words = pieces.iter().find(|piece| !matches!(piece, Piece::MeetingBegins));
        let begins = words.and_then(Piece::words).map(|words| {
            let mut begins = Initials::default();
            begins.add(words);
            begins
        });
        Ok(Self { pieces, begins })
    }

    /// The same form, which knows by its first slot what its lines begin with.
    fn with_initials(mut self, slots: SlotInitials<'_>) -> Self {
        let begins = match self.pieces.iter().find(|piece| !matches!(piece, Piece::MeetingBegins)) {
            Some(Piece::Meeting) => Some(slots.meeting.clone()),
            Some(Piece::Date) => Some(slots.date.clone()),
            _ => None,
        };
        self.begins = self.begins.or(begins);
        self
    }

    /// Whether a line begins as the form does, up to its first slot that is neither a date nor the word for the kind of document.
    fn begins(&self, line: &str, pack: &LangPack) -> bool {
        if self.begins.as_ref().is_some_and(|begins| !begins.begin(line)) {
            return false;
        }
        let mut rest = line;
        let mut has_words = false;
        for piece in &self.pieces {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_invisible(c));
            let len = match piece {
                Piece::Literal(words) | Piece::Kind(words) | Piece::Organ(words) => prefix(rest, words, Blanks::Ignore),
                Piece::Date if !has_words => pack.date(rest).map(|(_, len)| len),
                _ => return has_words,
            };
            has_words |= matches!(piece, Piece::Literal(_));
            let Some(after) = len.and_then(|len| rest.get(len..)) else { return false };
            rest = after;
        }
        has_words
    }

    /// Matches a whole line.
    fn matches(&self, line: &str, pack: &LangPack) -> Option<Match> {
        if self.begins.as_ref().is_some_and(|begins| !begins.begin(line)) {
            return None;
        }
        let mut slots = Vec::new();
        let mut at = 0;
        let (mut meeting, mut meeting_from, mut meeting_to) = (None, None, None);
        for (index, piece) in self.pieces.iter().enumerate() {
            let rest = line.get(at..)?;
            let blank = |c: char| c.is_whitespace() || is_invisible(c);
            let mut begins = rest.trim_start_matches(blank);
            if index > 0 && piece.words().is_some() {
                begins = behind_star_calls(begins).trim_start_matches(blank);
            }
            let from = at + (rest.len() - begins.len());
            let rest = begins;
            let slot = |kind, len| Slot { kind, range: from..from + len };
            let len = match piece {
                Piece::Literal(words) => literal(rest, words)?,
                Piece::Kind(word) => {
                    let len = prefix(rest, word, Blanks::Ignore)?;
                    slots.push(slot(SlotKind::Kind, len));
                    len
                }
                Piece::Organ(name) => {
                    let len = prefix(rest, name, Blanks::Ignore)?;
                    slots.push(slot(SlotKind::Organ, len));
                    len
                }
                Piece::Number => {
                    let len = number_run(rest);
                    slots.push(slot(SlotKind::Number, len).non_empty()?);
                    len
                }
                Piece::Date => {
                    let (date, len) = pack.date(rest)?;
                    slots.push(slot(SlotKind::Date(date), len));
                    len
                }
                Piece::Meeting => {
                    let (number, len) = pack.meeting_number(rest)?;
                    meeting = Some(number);
                    meeting_from.get_or_insert(from);
                    len
                }
                Piece::Words(words) => {
                    let len = self.words(index, rest)?;
                    let said = rest.get(..len)?;
                    slots.push(slot(words.kind(said, pack)?, len).non_empty()?);
                    len
                }
                Piece::MeetingBegins => {
                    meeting_from = Some(from);
                    0
                }
                Piece::MeetingEnds => {
                    meeting_to = Some(at);
                    0
                }
            };
            if len > 0 {
                at = from + len;
            }
            let ends = || line.get(at..).is_some_and(|rest| rest.chars().all(|c| c.is_whitespace() || is_invisible(c)));
            if index + 1 == self.pieces.len() && !ends() {
                return None;
            }
        }
        if let (Some(number), Some(from)) = (meeting, meeting_from) {
            let range = from..meeting_to.unwrap_or(at);
            let place = slots.partition_point(|slot| slot.range.start < range.start);
            slots.insert(place, Slot { kind: SlotKind::Meeting(number), range });
        }
        Some(Match { slots })
    }

    /// How many bytes of `rest` free words cover: up to the last place where the literal behind them stands, or to the end.
    fn words(&self, index: usize, rest: &str) -> Option<usize> {
        let Some(Piece::Literal(literal)) = self.pieces.get(index + 1) else { return Some(rest.trim_end().len()) };
        let stands = |at: &usize| rest.get(*at..).is_some_and(|tail| prefix(tail, literal, Blanks::Ignore).is_some());
        let at = rest.char_indices().map(|(at, _)| at).rev().find(stands)?;
        rest.get(..at).map(|words| words.trim_end().len())
    }
}

/// Bytes of some words at the head of a text. The comma that they begin with may be left out, as it is in print and by extractors.
fn literal(text: &str, words: &str) -> Option<usize> {
    let without_comma = || {
        let words = words.trim_start().strip_prefix([',', '،', '，']).map(str::trim_start);
        words.filter(|words| !words.is_empty()).and_then(|words| prefix(text, words, Blanks::Ignore))
    };
    prefix(text, words, Blanks::Ignore).or_else(without_comma)
}

/// What follows the calls of notes that have asterisks for marks: `*,** draft resolution`.
fn behind_star_calls(text: &str) -> &str {
    if text.starts_with('*') { text.trim_start_matches(['*', ',', '،']) } else { text }
}

impl Piece {
    /// The words that it stands for.
    fn words(&self) -> Option<&str> {
        match self {
            Self::Literal(words) | Self::Kind(words) | Self::Organ(words) => Some(words),
            _ => None,
        }
    }
}

impl Words {
    /// What the words say, when they can: the number of an item begins with a digit and is short.
    fn kind(self, words: &str, pack: &LangPack) -> Option<SlotKind> {
        const LONGEST_ITEM: usize = 40;
        match self {
            Self::Any => Some(SlotKind::Any),
            Self::Documents => Some(SlotKind::Documents),
            Self::Item => {
                let digit = words.chars().next().is_some_and(|c| pack.digit(c).is_some());
                (digit && words.chars().count() <= LONGEST_ITEM).then_some(SlotKind::Item)
            }
        }
    }
}

impl Slot {
    fn non_empty(self) -> Option<Self> {
        (!self.range.is_empty()).then_some(self)
    }
}

/// How far the characters of a document number go: digits, ASCII capitals, brackets, slash and hyphen, with blanks inside, also those at which no line ends.
fn number_run(text: &str) -> usize {
    let accept = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "()（）/- \u{a0}".contains(c);
    let run = text.get(..text.find(|c| !accept(c)).unwrap_or(text.len())).unwrap_or_default();
    run.trim_end().len()
}
