//! Lines of a fixed form with slots: `Adopted by the Security Council at its <{meeting} meeting>, on {date}`.
//!
//! Blanks count neither in the form nor in the line. `<` and `>` enclose the words that name the meeting.

use crate::LangPack;
use crate::fold::{Blanks, prefix};
use jiff::civil::Date;
use std::ops::Range;

/// A form, cut into its pieces.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug)]
enum Piece {
    Literal(String),
    Number,
    Meeting,
    Date,
    /// The word for the kind of document.
    Kind(String),
    MeetingBegins,
    MeetingEnds,
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
}

impl Template {
    pub(crate) fn parse(form: &str) -> Result<Self, String> {
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
                    pieces.push(match (name, name.strip_prefix("kind:")) {
                        ("number", _) => Piece::Number,
                        ("meeting", _) => Piece::Meeting,
                        ("date", _) => Piece::Date,
                        (_, Some(word)) => Piece::Kind(word.to_owned()),
                        _ => return Err(format!("unknown slot {name:?} in {form:?}")),
                    });
                }
            }
        }
        Ok(Self { pieces })
    }

    /// Matches a whole line.
    pub(crate) fn matches(&self, line: &str, pack: &LangPack) -> Option<Match> {
        let mut slots = Vec::new();
        let mut at = 0;
        let (mut meeting, mut meeting_from, mut meeting_to) = (None, None, None);
        for (index, piece) in self.pieces.iter().enumerate() {
            let rest = line.get(at..)?;
            let from = at + (rest.len() - rest.trim_start().len());
            let rest = rest.trim_start();
            let slot = |kind, len| Slot { kind, range: from..from + len };
            let len = match piece {
                Piece::Literal(words) => prefix(rest, words, Blanks::Ignore)?,
                Piece::Kind(word) => {
                    let len = prefix(rest, word, Blanks::Ignore)?;
                    slots.push(slot(SlotKind::Kind, len));
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
                    let (number, len) = pack.ordinal(rest)?;
                    meeting = Some(number);
                    meeting_from.get_or_insert(from);
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
            if index + 1 == self.pieces.len() && !line.get(at..)?.trim().is_empty() {
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
}

impl Slot {
    fn non_empty(self) -> Option<Self> {
        (!self.range.is_empty()).then_some(self)
    }
}

/// How far the characters of a document number go: digits, ASCII capitals, brackets, slash and hyphen, with blanks inside.
fn number_run(text: &str) -> usize {
    let accept = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "()（）/- ".contains(c);
    let run = text.get(..text.find(|c| !accept(c)).unwrap_or(text.len())).unwrap_or_default();
    run.trim_end().len()
}
