//! Which document a number names: whose it is, when it was adopted, and with which others it stands in a list.

use super::Finding;
use super::adoption::adoption_date;
use super::find::{Candidate, What};
use super::phrases::{meetings, references_back};
use super::works::{Work, treaties};
use jiff::civil::Date;
use memchr::{memchr_iter, memchr3_iter};
use std::cell::OnceCell;
use std::ops::Range;
use unres_lang::{CitingPhrase, CitingWord, LangPack, Mentions, NounSide};
use unres_model::{Basis, Citation, CitedKind, Pinpoint, Text, Value};
use unres_symbol::{DocumentNumber, NumberedKind, Organ, Series, Symbol};

/// What a document says of itself that a citation leaves out.
#[derive(Clone, Debug)]
pub(super) struct Context {
    /// The adopting organ: "its resolution".
    pub(super) organ: Option<Organ>,
    /// The kind of the last work that the note before cites, for one that goes on with the same series.
    pub(super) series: Option<CitedKind>,
    /// The one work that the note before cites, for one that refers to it.
    pub(super) before: Option<Citation>,
}

/// What the candidates of a text are.
pub(super) fn resolve(
    pack: &LangPack,
    context: &Context,
    text: &str,
    mentions: &Mentions<'_>,
    candidates: &[Candidate],
    lists: &mut u32,
) -> Vec<(Range<usize>, Finding)> {
    let words = mentions.words().collect();
    let phrases = mentions.phrases().collect();
    let scene = Scene { pack, context, text, words, phrases, ends: OnceCell::new(), candidates };
    let runs = scene.runs();
    let mut found = Vec::with_capacity(candidates.len());
    for run in &runs {
        let cited = scene.run(run);
        let list = (cited.iter().flatten().count() > 1).then(|| {
            *lists += 1;
            *lists
        });
        for (&index, citation) in run.iter().zip(cited) {
            let Some(citation) = citation else { continue };
            let range = candidates.get(index).map(|candidate| candidate.range.clone()).unwrap_or_default();
            found.push((range, Finding::Citation(Citation { list, ..citation })));
        }
    }
    let others = candidates.iter().filter_map(|candidate| match &candidate.what {
        What::Date(date) => Some((candidate.range.clone(), Finding::Date(*date))),
        What::Address(url) => Some((candidate.range.clone(), Finding::Link(url.clone()))),
        What::Number(_) | What::Symbol(_) => None,
        What::Work(kind, name) => {
            let pinpoints = scene.pinpoints(candidate.range.start, candidate.end);
            Some((candidate.range.clone(), work(*kind, name.clone(), pinpoints)))
        }
    });
    found.extend(others);
    let unnumbered =
        treaties(pack, text, context.series).into_iter().chain(scene.supplements()).chain(scene.provisions());
    found.extend(unnumbered.map(|Work { range, kind, name, pinpoints }| (range, work(kind, name, pinpoints))));
    found.extend(meetings(&scene));
    in_order(&mut found);
    scene.join_ranges(&mut found);
    let back = references_back(&scene, &found);
    found.extend(back);
    in_order(&mut found);
    found
}

/// Puts what was found in order. Of two things that share words, the first is kept.
fn in_order(found: &mut Vec<(Range<usize>, Finding)>) {
    found.sort_by_key(|(range, _)| range.start);
    found.dedup_by(|next, before| next.0.start < before.0.end);
}

/// The citation of a work that has no symbol.
fn work(kind: CitedKind, name: String, pinpoints: Vec<Pinpoint>) -> Finding {
    let text = Text::default();
    let basis = Basis::Printed;
    let (date, up_to, list) = (None, None, None);
    Finding::Citation(Citation { symbol: name, kind, basis, date, pinpoints, up_to, refers_back: false, list, text })
}

/// A text with what was found in it.
pub(super) struct Scene<'a> {
    pub(super) pack: &'a LangPack,
    pub(super) context: &'a Context,
    pub(super) text: &'a str,
    pub(super) words: Vec<(Range<usize>, CitingWord<'a>)>,
    /// Meetings, and what refers back.
    pub(super) phrases: Vec<(Range<usize>, CitingPhrase)>,
    /// Where sentences and clauses end, once that is asked.
    ends: OnceCell<Vec<usize>>,
    pub(super) candidates: &'a [Candidate],
}

/// What the words about a list of numbers say.
#[derive(Clone, Copy, Debug, Default)]
struct Said<'a> {
    kind: Option<NumberedKind>,
    /// The code of the body that is named.
    body: Option<&'a str>,
    /// "The Council".
    is_council: bool,
    /// A body with sessions of its own that the sentence names further off.
    earlier: Option<&'a str>,
}

impl<'a> Scene<'a> {
    /// The numbers and symbols in runs: between those of one run nothing stands but dates, bodies and words that link.
    fn runs(&self) -> Vec<Vec<usize>> {
        let mut runs: Vec<Vec<usize>> = Vec::new();
        let cited = self
            .candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| matches!(candidate.what, What::Number(_) | What::Symbol(_)));
        let mut end = 0;
        for (index, candidate) in cited {
            match runs.last_mut() {
                Some(run) if self.is_link(end, candidate.range.start) => run.push(index),
                _ => runs.push(vec![index]),
            }
            end = candidate.end;
        }
        runs
    }

    /// Whether only dates, names of bodies and words that link stand between two places.
    pub(super) fn is_link(&self, from: usize, to: usize) -> bool {
        self.link_end(from, to) == to
    }

    /// Tells the first number of each range where that ends: "98/4 to 98/9".
    fn join_ranges(&self, found: &mut [(Range<usize>, Finding)]) {
        for pair in self.candidates.windows(2) {
            let [first, last] = pair else { continue };
            let (What::Number(from), What::Number(to)) = (&first.what, &last.what) else { continue };
            let ascends = from.series() == to.series() && from.number() < to.number();
            let whole = from.part().is_none() && to.part().is_none();
            if !(ascends && whole && self.is_range(first.end, last.range.start)) {
                continue;
            }
            let place = |candidate: &Candidate| {
                found.binary_search_by_key(&candidate.range.start, |(range, _)| range.start).ok()
            };
            let (Some(first), Some(last)) = (place(first), place(last)) else { continue };
            let up_to = match found.get(last) {
                Some((_, Finding::Citation(citation))) => citation.symbol.clone(),
                _ => continue,
            };
            if let Some((_, Finding::Citation(citation))) = found.get_mut(first) {
                citation.up_to = Some(up_to);
            }
        }
    }

    /// Whether "to" stands between two places, with nothing else but what belongs to their numbers.
    fn is_range(&self, from: usize, to: usize) -> bool {
        let (mut at, mut ranges) = (from, 0);
        while at < to {
            let rest = self.text.get(at..to).unwrap_or_default();
            if let Some(first) = rest.chars().next().filter(|first| first.is_whitespace() || is_dash(*first)) {
                ranges += usize::from(is_dash(first));
                at += first.len_utf8();
                continue;
            }
            let Some(len) = self.link(at, rest).filter(|len| *len > 0) else { return false };
            let word = rest.get(..len).unwrap_or_default();
            let is_range = self.pack.is_range(word);
            if !is_range && (self.pack.conjunction(rest).is_some() || !word.chars().all(char::is_alphabetic)) {
                return false;
            }
            ranges += usize::from(is_range);
            at += len;
        }
        ranges == 1
    }

    /// How far from a place dates, names of bodies and words that link reach.
    pub(super) fn link_end(&self, from: usize, to: usize) -> usize {
        let mut at = from;
        while at < to {
            let rest = self.text.get(at..to).unwrap_or_default();
            let Some(len) = self.link(at, rest) else { break };
            at += len;
        }
        at
    }

    /// Bytes of one thing that links.
    fn link(&self, at: usize, rest: &str) -> Option<usize> {
        let first = rest.chars().next()?;
        if first.is_whitespace() || matches!(first, ',' | '،' | '、' | '，' | '(' | ')' | '\u{200e}' | '\u{200f}') {
            return Some(first.len_utf8());
        }
        let date = self.candidates.binary_search_by_key(&at, |candidate| candidate.range.start);
        if let Some(Candidate { range, what: What::Date(_), .. }) =
            date.ok().and_then(|index| self.candidates.get(index))
        {
            return Some(range.len());
        }
        let word =
            self.words.binary_search_by_key(&at, |(range, _)| range.start).ok().and_then(|at| self.words.get(at));
        if let Some((range, CitingWord::Body(_) | CitingWord::Council)) = word {
            let len = self.inflected(range.end) - range.start;
            return (len <= rest.len()).then_some(len);
        }
        let begins = at == 0 || self.text.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric));
        let by_words = begins || self.pack.noun_side() == NounSide::Behind;
        self.pack.citing_link(rest).filter(|len| by_words && *len > 0)
    }

    /// The citations of a run.
    fn run(&self, run: &[usize]) -> Vec<Option<Citation>> {
        let said = self.said(run);
        (0..run.len()).map(|position| self.citation(position, run, said)).collect()
    }

    fn end(&self, index: usize) -> usize {
        self.candidates.get(index).map_or(0, |candidate| candidate.end)
    }

    fn range(&self, index: usize) -> Range<usize> {
        self.candidates.get(index).map(|candidate| candidate.range.clone()).unwrap_or_default()
    }

    /// What stands about a run: the noun, and a body beside it or beside the numbers.
    fn said(&self, run: &[usize]) -> Said<'a> {
        let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return Said::default() };
        let (start, end) = (self.range(first).start, self.end(last));
        let (before, after) = self.sentence(start, end);
        let kind_of = |word: &CitingWord<'_>| match word {
            CitingWord::Resolution => Some(NumberedKind::Resolution),
            CitingWord::Decision => Some(NumberedKind::Decision),
            _ => None,
        };
        let noun = |(range, word): &(Range<usize>, CitingWord<'_>)| Some((range.clone(), kind_of(word)?));
        let noun_before = self.words_in(before, start).iter().rev().find_map(noun);
        let noun_after = self.words_in(end, after).iter().find_map(noun);
        let noun = match self.pack.noun_side() {
            NounSide::Before => noun_before.or(noun_after),
            NounSide::Behind => noun_after.or(noun_before),
        };
        let mut said = Said { kind: noun.as_ref().map(|(_, kind)| *kind), ..Said::default() };
        let body = self.body_before(start, before, noun.as_ref().map(|(range, _)| range.clone()));
        let body = body.or_else(|| self.body_after(end, after));
        match body {
            Some(CitingWord::Body(code)) => said.body = Some(code),
            Some(CitingWord::Council) => said.is_council = true,
            _ => {}
        }
        said
    }

    /// The body named between the noun and the numbers, or directly before them or the noun.
    fn body_before(&self, start: usize, sentence: usize, noun: Option<Range<usize>>) -> Option<CitingWord<'a>> {
        let noun = noun.filter(|noun| noun.end <= start);
        let from = noun.as_ref().map_or(start, |noun| noun.start);
        if let Some(body) = noun.as_ref().and_then(|noun| self.body_in(noun.end, start)) {
            return Some(body);
        }
        let mut bodies = self.words_in(sentence, from).iter().rev();
        let (range, word) = bodies.find(|(_, word)| matches!(word, CitingWord::Body(_) | CitingWord::Council))?;
        let end = self.inflected(range.end);
        let gap = self.text.get(end..from)?;
        // "General Assembly resolution", "the Council, in its resolution", 人权理事会第53/4号.
        let near = gap.chars().count() <= 3 || self.is_link(end, from) || self.goes_on(gap);
        near.then_some(*word)
    }

    /// Where the name of a body ends with the letters that its case adds: Советом. More letters make another word of it.
    pub(super) fn inflected(&self, end: usize) -> usize {
        let len = self.ending(end);
        let is_case = self.text.get(end..end + len).is_some_and(|ending| ending.chars().count() <= 2);
        if is_case { end + len } else { end }
    }

    /// Whether what stands between a body and its numbers only says what they are about, as it may where the noun stands behind: no comma, no other
    /// number and no "its".
    fn goes_on(&self, gap: &str) -> bool {
        let is_behind = self.pack.noun_side() == NounSide::Behind;
        is_behind && !gap.contains(['，', ',', '/']) && !self.pack.says_own(gap)
    }

    /// The body named behind numbers: "of the Council". One that a noun follows is that of the next numbers.
    pub(super) fn body_after(&self, end: usize, sentence: usize) -> Option<CitingWord<'a>> {
        let words = self.words_in(end, sentence);
        let is_body = |word: &CitingWord<'_>| matches!(word, CitingWord::Body(_) | CitingWord::Council);
        let at = words.iter().position(|(_, word)| is_body(word))?;
        let (range, word) = words.get(at).filter(|(range, _)| range.end <= self.link_end(end, sentence))?;
        let may_lead = |word: &CitingWord<'_>| !is_body(word) && !matches!(word, CitingWord::Instrument(_));
        let next = words.get(at + 1).filter(|(_, word)| may_lead(word)).map(|(next, _)| next.start);
        let is_of_next = next.is_some_and(|next| self.is_link(range.end, next));
        (!is_of_next).then_some(*word)
    }

    /// The last body named between two places.
    fn body_in(&self, from: usize, to: usize) -> Option<CitingWord<'a>> {
        let mut inside = self.words_in(from, to).iter().rev();
        inside.find(|(_, word)| matches!(word, CitingWord::Body(_) | CitingWord::Council)).map(|(_, word)| *word)
    }

    /// The words between two places.
    pub(super) fn words_in(&self, from: usize, to: usize) -> &[(Range<usize>, CitingWord<'a>)] {
        let first = self.words.partition_point(|(range, _)| range.start < from);
        let last = self.words.partition_point(|(range, _)| range.end <= to);
        self.words.get(first..last).unwrap_or_default()
    }

    /// The sentence or clause round a stretch of text.
    pub(super) fn sentence(&self, start: usize, end: usize) -> (usize, usize) {
        /// Bytes that are looked at on each side, so that a text without full stops costs linear time. The longest clause that cites has some 6,000.
        const REACH: usize = 8192;
        let ends = self.ends.get_or_init(|| ends(self.text));
        let next = ends.partition_point(|at| *at < end);
        let before = ends.partition_point(|at| *at < start);
        let before = before.checked_sub(1).and_then(|index| ends.get(index)).copied().unwrap_or(0);
        let after = ends.get(next).copied().unwrap_or(self.text.len());
        (before.max(self.boundary(start.saturating_sub(REACH))), after.min(self.boundary(end + REACH)))
    }

    /// The end of the character that a place stands in.
    fn boundary(&self, at: usize) -> usize {
        (at..self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(self.text.len())
    }

    fn citation(&self, position: usize, run: &[usize], said: Said<'a>) -> Option<Citation> {
        let index = *run.get(position)?;
        let candidate = self.candidates.get(index)?;
        let (name, basis, is_numbered, printed) = match &candidate.what {
            What::Symbol(symbol) => {
                let is_numbered = symbol.first().number().is_some();
                let printed = is_numbered.then(|| self.date_of(index)).flatten();
                (symbol.to_string(), Basis::Printed, is_numbered, printed)
            }
            What::Number(number) => {
                let own = self.own_body(position, run);
                let said = Said { body: own.or(said.body), ..said };
                let said = Said { earlier: self.body_earlier(candidate.range.start), ..said };
                let printed = self.date_of(index);
                let (name, basis) = self.symbol_of(number, said, printed)?;
                (name, basis, true, printed)
            }
            What::Date(_) | What::Address(_) | What::Work(..) => return None,
        };
        let known = || is_numbered.then(|| adoption_date(&name)).flatten();
        let date = printed.map(Value::printed).or_else(|| known().map(Value::derived));
        let pinpoints = self.pinpoints(candidate.range.start, candidate.end);
        let kind = CitedKind::Document;
        let (up_to, list, text) = (None, None, Text::default());
        Some(Citation { symbol: name, kind, basis, date, pinpoints, up_to, refers_back: false, list, text })
    }

    /// The body named between this number and its neighbours of the run.
    fn own_body(&self, position: usize, run: &[usize]) -> Option<&'a str> {
        let index = *run.get(position)?;
        let range = self.range(index);
        let span = match self.pack.noun_side() {
            NounSide::Before => self.end(index)..self.range(*run.get(position + 1)?).start,
            NounSide::Behind => self.end(*run.get(position.checked_sub(1)?)?)..range.start,
        };
        match self.body_in(span.start, span.end)? {
            CitingWord::Body(code) => Some(code),
            _ => None,
        }
    }

    /// The last body named before in the sentence that numbers by its own sessions and is none of the principal organs.
    fn body_earlier(&self, start: usize) -> Option<&'a str> {
        let (sentence, _) = self.sentence(start, start);
        self.words_in(sentence, start).iter().rev().find_map(|(_, word)| match word {
            CitingWord::Body(code) if !code.is_empty() && Organ::from_code(code).is_none() => Some(*code),
            _ => None,
        })
    }

    /// The date that belongs to a number: its own, or that of the neighbour of the same session with which it shares one: "98/4 and 98/5 of 3 May".
    fn date_of(&self, index: usize) -> Option<Date> {
        let own = self.candidates.get(index).and_then(|candidate| candidate.date);
        own.or_else(|| self.date_beside(index)).or_else(|| self.shared_date(index))
    }

    fn shared_date(&self, index: usize) -> Option<Date> {
        let neighbour = match self.pack.noun_side() {
            NounSide::Before => index + 1,
            NounSide::Behind => index.checked_sub(1)?,
        };
        let series = |index: usize| match &self.candidates.get(index)?.what {
            What::Number(number) => Some(number.series()),
            _ => None,
        };
        let same = series(index).is_some() && series(index) == series(neighbour);
        let (first, second) = (index.min(neighbour), index.max(neighbour));
        let gap = self.text.get(self.end(first)..self.range(second).start)?;
        let joined = || !gap.contains(',') && self.is_link(self.end(first), self.range(second).start);
        if same && joined() { self.date_beside(neighbour) } else { None }
    }

    /// The date beside a number: behind it, or before it where the noun stands behind.
    fn date_beside(&self, index: usize) -> Option<Date> {
        let range = self.range(index);
        let behind = self.pack.noun_side() == NounSide::Before;
        let neighbour = if behind { index + 1 } else { index.checked_sub(1)? };
        let Candidate { range: other, what: What::Date(date), .. } = self.candidates.get(neighbour)? else {
            return None;
        };
        let (from, to) = if behind { (self.end(index), other.start) } else { (other.end, range.start) };
        (self.is_link(from, to) || behind && self.is_link(self.title_end(from), to)).then_some(*date)
    }

    /// Where the title in quotation marks ends that follows a number directly.
    fn title_end(&self, from: usize) -> usize {
        const MARKS: [(char, char); 3] = [('«', '»'), ('“', '”'), ('„', '“')];
        let rest = self.text.get(from..).unwrap_or_default();
        let inside = rest.trim_start();
        let end = MARKS.iter().find_map(|(open, close)| {
            let inside = inside.strip_prefix(*open)?;
            Some(rest.len() - inside.len() + inside.find(*close)? + close.len_utf8())
        });
        from + end.unwrap_or(0)
    }

    /// The symbol of a number, and whether the text says whose it is.
    fn symbol_of(&self, number: &DocumentNumber, said: Said<'a>, date: Option<Date>) -> Option<(String, Basis)> {
        let kind = said.kind.unwrap_or(NumberedKind::Resolution);
        if let Some(organ) = number.organ().filter(|organ| *organ == Organ::SecurityCouncil || is_roman(number)) {
            return Some((number.symbol(organ, kind.code()), Basis::Printed));
        }
        let is_plain = matches!(number.series(), Series::Year(_))
            || matches!(number.series(), Series::Session(session) if !session.contains('-'));
        if is_plain && said.kind.is_none() {
            return None;
        }
        // In its own texts the Council means its own numbers.
        let is_open = self.context.organ != Some(Organ::HumanRightsCouncil)
            && said.body.is_none_or(|code| code == Organ::HumanRightsCouncil.code());
        if let Some(organ) = date.filter(|_| is_open).and_then(|date| in_session(number, date)) {
            let is_said = said.body == Some(organ.code());
            let basis = if is_said { Basis::Printed } else { Basis::Derived };
            return Some((number.symbol(organ, kind.code()), basis));
        }
        if let Some(code) = said.body {
            return symbol_of_body(code, kind, number).map(|symbol| (symbol, Basis::Printed));
        }
        if said.is_council && matches!(number.series(), Series::Session(_)) {
            return Some((number.symbol(Organ::HumanRightsCouncil, kind.code()), Basis::Printed));
        }
        if let Some(organ) = number.organ() {
            return Some((number.symbol(organ, kind.code()), Basis::Printed));
        }
        if let Some(symbol) =
            said.earlier.filter(|_| is_early(number)).and_then(|code| symbol_of_body(code, kind, number))
        {
            return Some((symbol, Basis::Derived));
        }
        let organ = implied(number, self.context.organ);
        Some((number.symbol(organ, kind.code()), Basis::Derived))
    }
}

/// Where the sentences and clauses of a text end.
fn ends(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    // Bytes that few other letters have; that of the Arabic mark is its second one, since the first begins all letters.
    let hits = memchr3_iter(b';', 0x9b, 0xef, bytes).map(|at| at - usize::from(bytes.get(at) == Some(&0x9b)));
    let is_end = |at: &usize| text.get(*at..).is_some_and(|rest| rest.starts_with([';', '；', '؛', '\u{fffc}']));
    let mut ends: Vec<usize> = hits.filter(is_end).collect();
    let stops = memchr_iter(0xe3, bytes).filter(|at| text.get(*at..).is_some_and(|rest| rest.starts_with('。')));
    ends.extend(stops);
    ends.sort_unstable();
    ends
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

fn is_roman(number: &DocumentNumber) -> bool {
    matches!(number.series(), Series::RomanSession(_))
}

/// The organ that sat in a session of that number on that day, Assembly or Human Rights Council: what a name that only stands nearby cannot say.
fn in_session(number: &DocumentNumber, date: Date) -> Option<Organ> {
    /// Regular sessions of the Assembly begin in September, the first in 1946.
    const FIRST_OF_ASSEMBLY: i32 = 1946;
    /// The Council has met three times a year since then.
    const FIRST_OF_COUNCIL: i32 = 2006;
    let Series::Session(session) = number.series() else { return None };
    let session: i32 = session.parse().ok()?;
    let year = i32::from(date.year());
    if (FIRST_OF_ASSEMBLY + session - 1..=FIRST_OF_ASSEMBLY + session).contains(&year) {
        return Some(Organ::GeneralAssembly);
    }
    let of_council = year >= FIRST_OF_COUNCIL && (FIRST_OF_COUNCIL + session / 3 - year).abs() <= 1;
    of_council.then_some(Organ::HumanRightsCouncil)
}

/// Whether a session is too early for the Assembly: since 1976 its sessions have numbers from 31 on.
fn is_early(number: &DocumentNumber) -> bool {
    number.session().and_then(|session| session.parse::<u32>().ok()).is_some_and(|session| session < 31)
}

/// The organ whose number it is when none is named.
fn implied(number: &DocumentNumber, adopting: Option<Organ>) -> Organ {
    if is_early(number) || adopting == Some(Organ::HumanRightsCouncil) {
        Organ::HumanRightsCouncil
    } else {
        Organ::GeneralAssembly
    }
}

/// The symbol of a number of a body that the text names; none for a body whose symbols do not follow from numbers.
fn symbol_of_body(code: &str, kind: NumberedKind, number: &DocumentNumber) -> Option<String> {
    if let Some(organ) = Organ::from_code(code) {
        let of_year = matches!(number.series(), Series::Year(_));
        let organ = if of_year { Organ::EconomicAndSocialCouncil } else { organ };
        return Some(number.symbol(organ, kind.code()));
    }
    // What a body would number so need not be a symbol.
    let symbol = match (code, number.series()) {
        ("", _) => return None,
        ("UNEP/EA", Series::Session(session)) => {
            let word = if kind == NumberedKind::Resolution { "Res" } else { "Dec" };
            Symbol::parse(&format!("{code}.{session}/{word}.{}", number.number()))
        }
        _ => Symbol::parse(&format!("{code}/{}/{number}", kind.code())),
    };
    symbol.map(|symbol| symbol.to_string())
}
