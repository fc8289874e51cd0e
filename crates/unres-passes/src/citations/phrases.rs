//! What is cited in words: meetings of organs, and what "ibid." or "the same resolution" stands for.

use super::Finding;
use super::find::{Candidate, What};
use super::resolve::Scene;
use std::ops::Range;
use unres_lang::{CitingPhrase, CitingWord, NounSide};
use unres_model::{Basis, Citation, CitedKind, Pinpoint, Text, Value};
use unres_symbol::{NumberedKind, Organ, Symbol};

/// Found citations, by the bytes of their words, in order.
type Found = [(Range<usize>, Finding)];

/// The meetings that a text names.
pub(super) fn meetings(scene: &Scene<'_>) -> Vec<(Range<usize>, Finding)> {
    let meeting = |(range, phrase): &(Range<usize>, CitingPhrase)| match phrase {
        CitingPhrase::Meeting(number) => Some((range.clone(), Finding::Citation(scene.meeting(range, *number)?))),
        _ => None,
    };
    scene.phrases.iter().filter_map(meeting).collect()
}

/// What refers back to a citation that was found before it in the text, or to what the note before cites.
pub(super) fn references_back(scene: &Scene<'_>, found: &Found) -> Vec<(Range<usize>, Finding)> {
    let mut back: Vec<(Range<usize>, Finding)> = Vec::new();
    for (range, phrase) in &scene.phrases {
        // "Ibid." may follow another one.
        let last = last_before(&back, range.start).into_iter().chain(last_before(found, range.start));
        let last = last.max_by_key(|(range, _)| range.start);
        let citation = match phrase {
            CitingPhrase::Meeting(_) => None,
            CitingPhrase::SameWork => scene.same_work(range, last.map(|(_, last)| last)),
            CitingPhrase::SameResolution => scene.same_number(range, last, NumberedKind::Resolution),
            CitingPhrase::SameDecision => scene.same_number(range, last, NumberedKind::Decision),
        };
        back.extend(citation.map(|citation| (range.clone(), Finding::Citation(citation))));
    }
    back
}

/// The last citation that ends before a place.
fn last_before(found: &Found, place: usize) -> Option<(Range<usize>, &Citation)> {
    /// Dates and addresses that may stand between, so that many of them cost linear time.
    const MOST: usize = 32;
    let before = found.partition_point(|(range, _)| range.end <= place);
    found.get(..before)?.iter().rev().take(MOST).find_map(|(range, finding)| match finding {
        Finding::Citation(citation) => Some((range.clone(), citation)),
        _ => None,
    })
}

/// The one work that a note cites, which "ibid." in the next one stands for; none where it cites several.
pub(super) fn only_work<'a>(citations: impl Iterator<Item = &'a Citation>) -> Option<&'a Citation> {
    // Of what series a supplement is, the symbol behind it says: both name one document.
    let mut works = citations.filter(|citation| citation.kind != CitedKind::Records);
    let first = works.next()?;
    let is_one = works.all(|other| (other.kind, &other.symbol) == (first.kind, &first.symbol));
    (is_one && first.kind != CitedKind::Meeting).then_some(first)
}

/// A citation of what another one cites.
fn again(cited: &Citation, pinpoints: Vec<Pinpoint>) -> Citation {
    Citation {
        basis: Basis::Derived,
        date: cited.date.map(|date| Value::derived(date.value)),
        pinpoints,
        up_to: None,
        refers_back: true,
        list: None,
        text: Text::default(),
        ..cited.clone()
    }
}

impl Scene<'_> {
    /// The meeting of a number: of the organ that is named beside it, or of that of the document where the text says "its" and names none.
    fn meeting(&self, range: &Range<usize>, number: u32) -> Option<Citation> {
        let (code, basis) = self.meeting_of(range)?;
        let organ = match Organ::from_code(code) {
            Some(organ) => organ.symbol_prefix(),
            None => code,
        };
        let date = self.day_of(range).map(Value::printed);
        Some(Citation {
            symbol: format!("{organ} meeting {number}"),
            kind: CitedKind::Meeting,
            basis,
            date,
            pinpoints: Vec::new(),
            up_to: None,
            refers_back: false,
            list: None,
            text: Text::default(),
        })
    }

    /// The code of the organ that met.
    fn meeting_of(&self, range: &Range<usize>) -> Option<(&str, Basis)> {
        let (sentence, end) = self.sentence(range.start, range.end);
        // "The meeting of the Conference" is of no organ that is known, whoever else is named.
        if let Some(body) = self.body_after(range.end, end) {
            return coded(body);
        }
        let before = self.words_in(sentence, range.start).iter().rev().find(|(_, word)| is_body(word));
        let behind = self.words_in(range.end, end).iter().find(|(_, word)| is_body(word));
        if let Some((body, word)) = before
            && self.is_link(self.inflected(body.end), range.start)
        {
            return coded(*word);
        }
        if !self.pack.is_own(self.text, range) {
            return None;
        }
        let near = before.filter(|(body, _)| self.is_near(self.inflected(body.end), range.start));
        let near = near.or_else(|| behind.filter(|(body, _)| self.is_near(range.end, body.start)));
        match near {
            Some((_, word)) => coded(*word),
            None if before.is_none() && behind.is_none() => Some((self.context.organ?.code(), Basis::Derived)),
            None => self.only_organ(sentence, end),
        }
    }

    /// The organ of a sentence that names no other. Where it names bodies without a code too, it must be that of the document.
    fn only_organ(&self, from: usize, to: usize) -> Option<(&str, Basis)> {
        let bodies = self.words_in(from, to).iter().map(|(_, word)| *word).filter(is_body);
        let (coded, others): (Vec<_>, Vec<_>) = bodies.partition(|body| coded(*body).is_some());
        let (code, basis) = self::coded(*coded.first()?)?;
        let is_one = coded.iter().all(|body| Some(body) == coded.first());
        let is_own = self.context.organ.is_some_and(|organ| organ.code() == code);
        match (is_one, others.is_empty()) {
            (true, true) => Some((code, basis)),
            (true, false) if is_own => Some((code, Basis::Derived)),
            _ => None,
        }
    }

    /// Whether hardly anything stands between two places but a date.
    fn is_near(&self, from: usize, to: usize) -> bool {
        /// Characters of "on", "held on", an article and marks.
        const MOST: usize = 24;
        let Some(gap) = self.text.get(from..to) else { return false };
        let dates = self.candidates_in(from, to).iter().map(|candidate| match candidate.what {
            What::Date(_) => Some(self.text.get(candidate.range.clone())?.chars().count()),
            _ => None,
        });
        let dates: Option<usize> = dates.sum();
        dates.is_some_and(|dates| gap.chars().count().saturating_sub(dates) <= MOST) && !gap.contains(ENDS)
    }

    /// The day of a meeting, which stands behind its words, or before them and the name of its organ.
    fn day_of(&self, range: &Range<usize>) -> Option<jiff::civil::Date> {
        let day = |candidate: &Candidate| match candidate.what {
            What::Date(date) => Some(date),
            _ => None,
        };
        let next = self.candidates.partition_point(|candidate| candidate.range.start < range.end);
        let named = |next: &Candidate| self.link_end(range.end, next.range.start);
        let behind = self.candidates.get(next).filter(|next| self.is_near(named(next), next.range.start));
        let last = next.checked_sub(1).and_then(|last| self.candidates.get(last));
        let before = last.filter(|last| last.end <= range.start && self.is_link(last.end, range.start));
        let before = before.filter(|_| self.pack.noun_side() == NounSide::Behind);
        before.and_then(day).or_else(|| behind.and_then(day))
    }

    /// What "ibid." stands for: at the head of a note for the one work that the note before cites, elsewhere for what was cited last. Behind it stand
    /// places in that work and nothing else, since "ibid., vol. 3" is another volume.
    fn same_work(&self, range: &Range<usize>, last: Option<&Citation>) -> Option<Citation> {
        let head = self.text.get(..range.start)?.trim_end();
        let begins = !head.contains(char::is_alphanumeric);
        if !begins && !head.ends_with(['(', '（', '[', ';', '；', '؛']) {
            return None;
        }
        let (places, end) = self.places_to(range.end);
        let rest = self.text.get(end..)?.trim_start_matches([' ', '\u{a0}', '.', '。']);
        if !(rest.is_empty() || rest.starts_with([')', '）', ']', ';', '；', '؛'])) {
            return None;
        }
        let cited = match last {
            Some(last) if !begins => Some(last).filter(|last| last.list.is_none()),
            None if begins => self.context.before.as_ref(),
            _ => None,
        }?;
        let is_work = !matches!(cited.kind, CitedKind::Meeting | CitedKind::Records);
        let pinpoints = if places.is_empty() { cited.pinpoints.clone() } else { places };
        is_work.then(|| again(cited, pinpoints))
    }

    /// What "the same resolution" stands for: the one cited last, where no other was mentioned since.
    fn same_number(
        &self,
        range: &Range<usize>,
        last: Option<(Range<usize>, &Citation)>,
        kind: NumberedKind,
    ) -> Option<Citation> {
        let (cited_at, cited) = last.filter(|(_, last)| last.kind.is_document() && last.list.is_none())?;
        let symbol = Symbol::parse(&cited.symbol)?;
        let (cited_kind, _) = symbol.first().number()?;
        // The letter of a part stands behind the words.
        let at = self.candidates.partition_point(|candidate| candidate.range.start < cited_at.start);
        let end = self.candidates.get(at).filter(|candidate| candidate.range.start == cited_at.start);
        let end = end.map_or(cited_at.end, |candidate| candidate.end);
        let own_noun = self.link_end(end, range.start);
        let mentions = |(noun, word): &(Range<usize>, CitingWord<'_>)| {
            let is_noun = matches!(word, CitingWord::Resolution | CitingWord::Decision);
            let is_own = self.pack.noun_side() == NounSide::Behind && noun.start <= own_noun;
            is_noun && !is_own
        };
        let mentioned = self.words_in(end, range.start).iter().any(mentions);
        let behind = self.text.get(range.end..)?.trim_start();
        let is_named = behind.starts_with(|c: char| self.pack.digit(c).is_some());
        let next = self.link_end(range.end, self.text.len());
        let leads = self.pack.noun_side() == NounSide::Before && self.is_numbered(next);
        let is_other = mentioned || is_named || leads;
        (cited_kind == kind && !is_other).then(|| again(cited, self.pinpoints(range.start, range.end)))
    }

    /// Whether the number of a resolution begins there.
    fn is_numbered(&self, at: usize) -> bool {
        self.candidates_in(at, at + 1).iter().any(|candidate| matches!(candidate.what, What::Number(_)))
    }
}

/// Where sentences and clauses end.
const ENDS: [char; 6] = [';', '；', '؛', '。', '(', '（'];

fn is_body(word: &CitingWord<'_>) -> bool {
    matches!(word, CitingWord::Body(_) | CitingWord::Council)
}

/// The code of a body that is known by one.
fn coded(word: CitingWord<'_>) -> Option<(&str, Basis)> {
    match word {
        CitingWord::Body(code) if !code.is_empty() => Some((code, Basis::Printed)),
        _ => None,
    }
}
