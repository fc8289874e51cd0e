//! Words that tell what kind of document a text is, and how it was voted on.

use crate::LangPack;
use crate::fold::{Blanks, Initials, prefix};
use crate::template::{Forms, Match};
use serde::Deserialize;
use std::ops::Range;

/// The table of a pack.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Raw {
    /// Lines that name who proposes a draft.
    draft_resolutions: Vec<String>,
    draft_decisions: Vec<String>,
    /// Lines that head a statement by a president.
    #[serde(default)]
    statements: Vec<String>,
    /// How the sentence begins that says when it was made.
    #[serde(default)]
    statement_leads: Vec<String>,
    /// How the first sentence of a decision begins.
    #[serde(default)]
    decision_leads: Vec<String>,
    in_favour: Vec<String>,
    against: Vec<String>,
    abstaining: Vec<String>,
    without_vote: Vec<String>,
    recorded_vote: Vec<String>,
    /// What stands between names, and where nobody voted so.
    between_names: Vec<String>,
    #[serde(default)]
    nobody: Vec<String>,
}

/// The lines, built from the table.
#[derive(Clone, Debug)]
pub(crate) struct Kinds {
    raw: Raw,
    drafts: [(DraftOf, Forms); 2],
    statements: Forms,
    statement_leads: Forms,
    decision_leads: Forms,
    outcomes: [(VoteWord, Forms); 2],
    /// What the lists of a vote begin with.
    lists_begin: Initials,
}

/// What a draft is a draft of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftOf {
    /// A resolution.
    Resolution,
    /// A decision.
    Decision,
}

/// What a line of a vote states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteWord {
    /// Who voted in favour.
    InFavour,
    /// Who voted against.
    Against,
    /// Who abstained.
    Abstaining,
    /// That the text was adopted without a vote.
    WithoutVote,
    /// That it was adopted by a recorded vote.
    RecordedVote,
}

impl Kinds {
    pub(crate) fn build(raw: Raw) -> Result<Self, String> {
        let lists = [&raw.in_favour, &raw.against, &raw.abstaining];
        let lists_begin = Initials::of(lists.into_iter().flatten());
        Ok(Self {
            drafts: [
                (DraftOf::Resolution, Forms::parse(&raw.draft_resolutions)?),
                (DraftOf::Decision, Forms::parse(&raw.draft_decisions)?),
            ],
            statements: Forms::parse(&raw.statements)?,
            statement_leads: Forms::parse(&raw.statement_leads)?,
            decision_leads: Forms::parse(&raw.decision_leads)?,
            outcomes: [
                (VoteWord::WithoutVote, Forms::parse(&raw.without_vote)?),
                (VoteWord::RecordedVote, Forms::parse(&raw.recorded_vote)?),
            ],
            lists_begin,
            raw,
        })
    }
}

impl LangPack {
    /// The line that names who proposes a draft: "Atlantis and Utopia: draft resolution".
    pub fn draft_line(&self, line: &str) -> Option<(DraftOf, Match)> {
        self.kinds.drafts.iter().find_map(|(of, forms)| Some((*of, forms.matching(line, self)?)))
    }

    /// Whether a line heads a statement by a president.
    pub fn heads_statement(&self, line: &str) -> bool {
        self.kinds.statements.matching(line, self).is_some()
    }

    /// The sentence that says at which meeting a statement was made.
    pub fn statement_lead(&self, text: &str) -> Option<Match> {
        self.kinds.statement_leads.matching(text, self)
    }

    /// The sentence that says at which meeting which organ took a decision: "At its 12th plenary meeting, on …, the General Assembly …".
    pub fn decision_lead(&self, text: &str) -> Option<Match> {
        self.kinds.decision_leads.matching(text, self)
    }

    /// A line of a vote: what it states, and the bytes that name who voted so.
    pub fn vote_line(&self, line: &str) -> Option<(VoteWord, Range<usize>)> {
        let raw = &self.kinds.raw;
        let lists = [
            (VoteWord::InFavour, &raw.in_favour),
            (VoteWord::Against, &raw.against),
            (VoteWord::Abstaining, &raw.abstaining),
        ];
        let len = |words: &[String]| words.iter().filter_map(|word| prefix(line, word, Blanks::Ignore)).max();
        let mut lists = lists.into_iter().filter(|_| self.kinds.lists_begin.begin(line));
        let list = lists.find_map(|(word, words)| Some((word, len(words)?..line.len())));
        list.or_else(|| {
            let mut outcomes = self.kinds.outcomes.iter();
            outcomes.find_map(|(word, forms)| forms.matching(line, self).map(|_| (*word, line.len()..line.len())))
        })
    }

    /// The names of a list, without the marks of notes and the full stop behind them.
    pub fn names<'t>(&self, list: &'t str) -> Vec<&'t str> {
        let mut names = vec![list];
        for mark in &self.kinds.raw.between_names {
            names = names.into_iter().flat_map(|part| part.split(mark.as_str())).collect();
        }
        let outside = |c: char| c.is_whitespace() || crate::is_invisible(c) || matches!(c, '*' | '.' | '。' | ']');
        let trimmed = names.into_iter().map(|name| name.trim_matches(outside)).filter(|name| !name.is_empty());
        trimmed.filter(|name| !self.kinds.raw.nobody.iter().any(|nobody| nobody == name)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(code: &str) -> LangPack {
        LangPack::builtin(code).expect(code)
    }

    #[test]
    fn drafts_name_their_sponsors() {
        let lines = [
            ("ar", "أطلانتس، ويوتوبيا: مشروع قرار"),
            ("en", "Atlantis and Utopia: draft resolution"),
            ("es", "Atlántida y Utopía: proyecto de resolución"),
            ("fr", "Atlantide et Utopie : projet de résolution"),
            ("ru", "Атлантида и Утопия: проект резолюции"),
            ("zh", "亚特兰蒂斯和乌托邦：决议草案"),
        ];
        for (code, line) in lines {
            let pack = pack(code);
            let (of, found) = pack.draft_line(line).expect(code);
            let sponsors = found.slots.first().and_then(|slot| line.get(slot.range.clone())).expect(code);
            assert_eq!((of, pack.names(sponsors).len()), (DraftOf::Resolution, 2), "{code}: {sponsors}");
        }
        let english = pack("en");
        assert!(english.draft_line("The draft resolution").is_none());
        for line in ["Utopia:* draft decision", "Utopia:*,** draft decision"] {
            let (of, found) = english.draft_line(line).expect("a draft with calls of notes");
            let sponsors = found.slots.first().and_then(|slot| line.get(slot.range.clone()));
            assert_eq!((of, sponsors), (DraftOf::Decision, Some("Utopia")), "{line}");
        }
    }

    #[test]
    fn votes_are_read_with_their_names() {
        let english = pack("en");
        let line = "In favour: Atlantis, Lilliput, Utopia.";
        let (word, names) = english.vote_line(line).expect("a vote");
        assert_eq!(word, VoteWord::InFavour);
        assert_eq!(english.names(line.get(names).expect("names")), ["Atlantis", "Lilliput", "Utopia"]);
        assert_eq!(english.vote_line("[Adopted without a vote.]").map(|(word, _)| word), Some(VoteWord::WithoutVote));
        assert_eq!(english.names(" None."), [""; 0]);
    }
}
