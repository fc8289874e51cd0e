//! The words of a cover: publisher, distribution, session, agenda item, adoption.

use crate::dates::Dates;
use crate::fold::{Blanks, first, fold, letters_only, prefix};
use crate::template::{Forms, Match};
use crate::{LangPack, is_wide};
use serde::Deserialize;

/// The table of a pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    publishers: Vec<String>,
    /// What stands before the word for how far the document goes.
    distribution: Vec<String>,
    /// What stands before the language of the original.
    #[serde(default)]
    original: Vec<String>,
    /// How dates of issuance are printed, where it is not as dates in the text are.
    issue_dates: Option<Dates>,
    /// Lines that name a session.
    sessions: Vec<String>,
    /// The words of these lines for a number.
    #[serde(default)]
    session_numbers: Vec<(String, u32)>,
    agenda_items: Vec<String>,
    adoption_lines: Vec<String>,
    proponents: Vec<String>,
}

/// The lines of a cover, built from the table.
#[derive(Clone, Debug)]
pub(crate) struct Cover {
    raw: Raw,
    sessions: Forms,
    agenda_items: Forms,
    adoption_lines: Forms,
    proponents: Forms,
}

/// A piece of the head of a cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CoverPiece {
    /// "United Nations".
    Publisher,
    /// The name of an organ, and its code.
    Organ(String),
    /// "Distr.: General".
    Distribution,
    /// "Original: English".
    Original,
    /// The date of issuance.
    IssueDate(jiff::civil::Date),
}

/// The line that names a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Its number, where the pack knows the words for it.
    pub number: Option<u32>,
}

impl Cover {
    pub(crate) fn build(raw: Raw) -> Result<Self, String> {
        if let Some(problem) = raw.issue_dates.as_ref().and_then(Dates::problem) {
            return Err(problem);
        }
        Ok(Self {
            sessions: Forms::parse(&raw.sessions)?,
            agenda_items: Forms::parse(&raw.agenda_items)?,
            adoption_lines: Forms::parse(&raw.adoption_lines)?,
            proponents: Forms::parse(&raw.proponents)?,
            raw,
        })
    }
}

impl LangPack {
    /// The piece of a cover that a text begins with, and how many bytes print it.
    pub fn cover_piece(&self, text: &str) -> Option<(CoverPiece, usize)> {
        let raw = &self.cover.raw;
        let word = |words: &[String]| words.iter().filter_map(|word| prefix(text, word, Blanks::Ignore)).max();
        if let Some(len) = word(&raw.publishers).filter(|len| ends_word(text, *len)) {
            return Some((CoverPiece::Publisher, len));
        }
        if let Some((organ, len)) = self.organ_name(text).filter(|(_, len)| ends_word(text, *len)) {
            return Some((CoverPiece::Organ(organ.to_owned()), len));
        }
        let with_word = |len: usize| Some(len + first_word(text.get(len..)?)?);
        if let Some(len) = word(&raw.distribution).and_then(with_word) {
            return Some((CoverPiece::Distribution, len));
        }
        if let Some(len) = word(&raw.original).and_then(with_word) {
            return Some((CoverPiece::Original, len));
        }
        let issued = raw.issue_dates.as_ref().and_then(|dates| dates.scan(text, &|c| self.digit(c)));
        let (date, len) = issued.or_else(|| self.date(text))?;
        Some((CoverPiece::IssueDate(date), len))
    }

    /// The line that names a session: "Seventy-sixth session".
    pub fn session_line(&self, line: &str) -> Option<SessionLine> {
        const LONGEST: usize = 80;
        let found = self.cover.sessions.matching(line, self).filter(|_| line.chars().count() <= LONGEST)?;
        let words = found.slots.first().and_then(|slot| line.get(slot.range.clone())).map(letters_only)?;
        let numbers = &self.cover.raw.session_numbers;
        let number = numbers.iter().find(|(known, _)| letters_only(known) == words).map(|(_, number)| *number);
        Some(SessionLine { number })
    }

    /// The line that names the item of the agenda: "Agenda item 70 (a)".
    pub fn agenda_item(&self, line: &str) -> Option<Match> {
        self.cover.agenda_items.matching(line, self)
    }

    /// The line of a cover that states adoption: "Resolution adopted by the General Assembly on …".
    pub fn cover_adoption(&self, line: &str) -> Option<Match> {
        self.cover.adoption_lines.matching(line, self)
    }

    /// Whether a text begins as one of the lines that state adoption do, on a cover or under a title.
    pub fn opens_adoption(&self, text: &str) -> bool {
        self.cover.adoption_lines.begin(text, self) || self.adoption_forms().begin(text, self)
    }

    /// Whether a text begins as the lines in brackets do that say what it was adopted on.
    pub fn opens_proponent(&self, text: &str) -> bool {
        let bracket = first(text).is_some_and(|first| self.pairs().any(|(open, _)| fold(open) == Some(first)));
        bracket && self.cover.proponents.begin(text, self)
    }

    /// The line that says what a text was adopted on: "[on the report of the Third Committee (…)]".
    pub fn proponent(&self, line: &str) -> Option<Match> {
        self.cover.proponents.matching(line, self)
    }
}

/// Whether no word goes on behind `len` bytes. Beside wide characters blanks are lost.
fn ends_word(text: &str, len: usize) -> bool {
    let next = text.get(len..).and_then(|rest| rest.chars().next());
    let last = text.get(..len).and_then(|word| word.chars().next_back());
    last.is_some_and(is_wide) || next.is_none_or(|c| !c.is_alphanumeric())
}

/// The first word of a text, with the blanks before it.
fn first_word(text: &str) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let word = text.get(start..)?.split_whitespace().next()?;
    Some(start + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::SlotKind;

    fn pack(code: &str) -> LangPack {
        LangPack::builtin(code).expect(code)
    }

    #[test]
    fn the_pieces_of_a_cover_are_told_apart() {
        let english = pack("en");
        let check = |text: &str, expected: CoverPiece| {
            assert_eq!(english.cover_piece(text), Some((expected, text.len())), "{text}");
        };
        check("United Nations", CoverPiece::Publisher);
        check("General Assembly", CoverPiece::Organ("ga".to_owned()));
        check("Distr.: General", CoverPiece::Distribution);
        check("Original: English", CoverPiece::Original);
        check("6 January 2044", CoverPiece::IssueDate(jiff::civil::date(2044, 1, 6)));
        assert_eq!(english.cover_piece("United Nations system"), Some((CoverPiece::Publisher, 14)));
        assert_eq!(english.cover_piece("Bells of the General Assembly"), None);
        assert_eq!(
            pack("zh").cover_piece("6 January 2044"),
            Some((CoverPiece::IssueDate(jiff::civil::date(2044, 1, 6)), 14)),
            "the Chinese cover dates in English"
        );
    }

    #[test]
    fn lines_of_a_cover_are_read_in_all_languages() {
        let lines = [
            ("ar", "البند 70 (أ) من جدول الأعمال", "[بناء على تقرير اللجنة الثالثة (A/98/458، الفقرة 15)]"),
            ("en", "Agenda item 70 (a)", "[on the report of the Third Committee (A/98/458, para. 15)]"),
            (
                "es",
                "Tema 70 a) del programa",
                "[sobre la base del informe de la Tercera Comisión (A/98/458, párr. 15)]",
            ),
            (
                "fr",
                "Point 70 a) de l’ordre du jour",
                "[sur la base du rapport de la Troisième Commission (A/98/458, par. 15)]",
            ),
            ("ru", "Пункт 70 a) повестки дня", "[по докладу Третьего комитета (A/98/458, пункт 15)]"),
            ("zh", "议程项目 70(a)", "[根据第三委员会的报告 (A/98/458，第 15 段)]"),
        ];
        for (code, item, report) in lines {
            let pack = pack(code);
            let slot = |found: Match, kind: &SlotKind| found.slots.into_iter().find(|slot| slot.kind == *kind);
            let number = pack.agenda_item(item).and_then(|found| slot(found, &SlotKind::Item)).expect(code);
            assert!(item.get(number.range).is_some_and(|number| number.starts_with("70")), "{code}");
            let documents = pack.proponent(report).and_then(|found| slot(found, &SlotKind::Documents)).expect(code);
            let documents = report.get(documents.range).expect(code);
            assert!(documents.starts_with("A/98/458") && !documents.ends_with(')'), "{code}: {documents}");
        }
    }

    #[test]
    fn a_session_is_known_by_its_words() {
        let check =
            |code: &str, line: &str, number| assert_eq!(pack(code).session_line(line).map(|s| s.number), number);
        check("en", "Seventy-sixth session", Some(Some(76)));
        check("en", "Ninety-eighth session", Some(None));
        check("en", "2044 session 24 July 2043–23 July 2044", Some(None));
        check("zh", "第七十六届会议", Some(Some(76)));
        check("en", "Bells", None);
    }
}
