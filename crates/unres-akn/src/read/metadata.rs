//! The `meta` of a document: identification, votes, subjects, steps, and what ids refer to.

use crate::xml::Tag;
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;
use unres_model::{Basis, Cover, DocumentKind, Meta, Step, Subject, Value, Vote, VoteCount};
use unres_symbol::{DocumentNumber, Organ, Symbol, unnumbered};

/// What the metadata of one document says.
#[derive(Debug, Default)]
pub(super) struct Metadata<'a> {
    level: Level,
    uri: Option<String>,
    date: Option<Date>,
    number: Option<String>,
    symbol_alias: Option<String>,
    language: Option<String>,
    meeting: Option<u32>,
    votes: Vec<Vote>,
    /// The name of a voter was begun: text is handed over in pieces.
    in_name: bool,
    steps: Vec<Step>,
    subjects: Vec<Subject>,
    /// What is declared, by id.
    declared: BTreeMap<Cow<'a, str>, Declared<'a>>,
    /// The file follows the guidelines: it says the subtype of the work.
    pub(super) is_strict: bool,
}

/// A class of the ontology that the file declares.
#[derive(Debug)]
struct Declared<'a> {
    shown: Cow<'a, str>,
    /// References: what they are to what refers to them.
    role: Option<Cow<'a, str>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Level {
    #[default]
    Other,
    Work,
    Expression,
}

/// The outcome of a step that records who proposed a draft.
const PROPOSED: [&str; 2] = ["draftResolution", "draftDecision"];
/// The outcome of a step that records who joined them.
const JOINED: &str = "draftResolutionAdditionalSponsors";

impl<'a> Metadata<'a> {
    /// Takes note of an element inside `meta`.
    pub(super) fn start(&mut self, tag: &Tag<'a>) {
        self.in_name = false;
        match tag.name {
            "FRBRWork" => self.level = Level::Work,
            "FRBRExpression" => self.level = Level::Expression,
            "FRBRManifestation" => self.level = Level::Other,
            "FRBRuri" if self.level == Level::Work => self.uri = stated(tag, "value"),
            "FRBRdate" if self.level == Level::Work && self.date.is_none() => {
                let is_adoption =
                    !matches!(tag.stated("name").map(AsRef::as_ref), Some("issuance" | "year" | "unknown"));
                self.date = tag.stated("date").and_then(|day| date(day)).filter(|_| is_adoption);
            }
            "FRBRsubtype" if self.level == Level::Work => self.is_strict = true,
            "FRBRnumber" if self.level == Level::Work => {
                let is_made_up = tag.attribute("value").is_some_and(|value| value.starts_with("nn-"));
                self.number = stated(tag, "showAs").filter(|_| !is_made_up);
            }
            "FRBRalias" if tag.attribute("name").is_some_and(|name| name == "symbol") => {
                self.symbol_alias = stated(tag, "value");
            }
            "FRBRlanguage" if self.level == Level::Expression => {
                self.language = stated(tag, "language").filter(|code| code != "und");
            }
            "keyword" => self.subjects.push(subject(tag)),
            "step" => self.step(tag),
            "voting" => {
                let outcome = tag.stated("outcome").map(|outcome| local(outcome));
                self.votes.push(Vote { outcome, counts: Vec::new() });
            }
            "count" => self.count(tag),
            "organization" | "person" => self.voter(tag),
            name if name.starts_with("TLC") => {
                if let (Some(id), Some(shown)) = (tag.stated("eId"), tag.stated("showAs")) {
                    let declared = Declared { shown: shown.clone(), role: tag.stated("name").cloned() };
                    self.declared.insert(id.clone(), declared);
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, tag: &Tag<'_>) {
        let outcome = tag.stated("outcome").map(|outcome| local(outcome));
        let refers_to = stated(tag, "refersTo");
        if let Some(number) = refers_to.as_deref().and_then(|id| id.strip_prefix("#meeting")) {
            self.meeting = self.meeting.or(number.parse().ok());
        }
        // A strict file has the adoption that its own text prints as a step that links to the text.
        if self.is_strict && tag.stated("href").is_some() {
            return;
        }
        let date = tag.stated("date").and_then(|day| date(day));
        let step = Step { date, outcome, document: stated(tag, "as"), by: stated(tag, "by"), refers_to };
        // The published files have a step of each kind, also where there was none.
        if step != (Step { outcome: step.outcome.clone(), ..Step::default() }) {
            self.steps.push(step);
        }
    }

    fn count(&mut self, tag: &Tag<'_>) {
        let count = tag.stated("value").and_then(|value| value.trim().parse().ok());
        let choice = tag.stated("refersTo").map(|choice| local(choice)).unwrap_or_default();
        if self.votes.is_empty() {
            self.votes.push(Vote::default());
        }
        if let Some(vote) = self.votes.last_mut() {
            vote.counts.push(VoteCount { choice, count, voters: Vec::new() });
        }
    }

    fn voter(&mut self, tag: &Tag<'_>) {
        let count = self.votes.last_mut().and_then(|vote| vote.counts.last_mut());
        if let (Some(count), Some(name)) = (count, stated(tag, "title").or_else(|| stated(tag, "showAs"))) {
            count.voters.push(name);
        }
    }

    /// Takes over the records of the collection that a document is part of, where it has none of its own.
    pub(super) fn inherit(&mut self, above: &Self) {
        let has_none = self.votes.is_empty() && self.steps.is_empty() && self.subjects.is_empty();
        if has_none {
            self.votes.clone_from(&above.votes);
            self.steps.clone_from(&above.steps);
            self.subjects.clone_from(&above.subjects);
        }
    }

    /// Whether the text that comes is of the name of a voter.
    pub(super) fn is_in_name(&self) -> bool {
        self.in_name
    }

    /// A piece of the text of an element inside `meta`: of the name of a voter.
    pub(super) fn text(&mut self, element: &str, text: &str) {
        let count = self.votes.last_mut().and_then(|vote| vote.counts.last_mut());
        let Some(count) = count.filter(|_| matches!(element, "organization" | "person")) else { return };
        match count.voters.last_mut().filter(|_| self.in_name) {
            Some(name) => name.push_str(text),
            None if text.trim().is_empty() => {}
            None => {
                count.voters.push(text.trim_start().to_owned());
                self.in_name = true;
            }
        }
    }

    /// The key of the act that an id names: what is declared for it, else the id itself, as words.
    pub(super) fn key(&self, id: &str) -> String {
        match self.declared.get(id).map(|declared| &declared.shown) {
            Some(shown) if shown.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ') => shown.replace(' ', "-"),
            _ => id.to_owned(),
        }
    }

    /// In a strict file records refer to words that are declared behind them.
    fn resolve(&mut self) {
        let declared = &self.declared;
        let word = |id: &mut String| {
            if let Some(found) = declared.get(id.trim_start_matches('#')) {
                *id = found.shown.to_string();
            }
        };
        let actor = self.uri.as_deref().and_then(Uri::parse).map(|uri| format!("#{}", uri.actor));
        for step in &mut self.steps {
            step.by = step.by.take().filter(|by| Some(by) != actor.as_ref());
            step.by.iter_mut().chain(&mut step.outcome).for_each(word);
            for id in step.refers_to.take().unwrap_or_default().split(' ') {
                match declared.get(id.trim_start_matches('#')) {
                    Some(found) if found.role.as_deref() == Some("document") => {
                        step.document = Some(found.shown.to_string());
                    }
                    Some(found) if found.role.is_some() => step.refers_to = Some(found.shown.to_string()),
                    _ => {}
                }
            }
        }
        for vote in &mut self.votes {
            vote.outcome.iter_mut().chain(vote.counts.iter_mut().map(|count| &mut count.choice)).for_each(word);
        }
        self.subjects.iter_mut().filter_map(|subject| subject.refers_to.as_mut()).for_each(word);
    }

    /// What is known of the document as a whole. `name` is the name of its kind, `symbol` what the cover prints, `number` the
    /// number in its title.
    pub(super) fn finish(mut self, name: Option<&str>, printed: &Printed) -> Meta {
        if self.is_strict {
            self.resolve();
        }
        self.votes.retain(|vote| *vote != Vote::default());
        for name in self.votes.iter_mut().flat_map(|vote| &mut vote.counts).flat_map(|count| &mut count.voters) {
            name.truncate(name.trim_end().len());
        }
        let uri = self.uri.as_deref().and_then(Uri::parse);
        // A strict file states the symbol of each part; its masthead may print the one that the parts share.
        let (stated, shown) = (self.symbol_alias, printed.symbol.clone());
        let symbol = if self.is_strict { stated.or(shown) } else { shown.or(stated) };
        let organ =
            uri.as_ref().and_then(|uri| organ(uri.actor)).or_else(|| symbol.as_deref().and_then(Organ::of_symbol));
        let number = self.number.or_else(|| number_of(symbol.as_deref(), uri.as_ref()));
        let parsed = number.as_deref().and_then(DocumentNumber::parse);
        let session = parsed.as_ref().and_then(DocumentNumber::session).map(str::to_owned);
        let adopted = self.date.or(uri.as_ref().and_then(|uri| date(uri.date)).filter(|_| !self.is_strict));
        let known = |is_printed: bool, value: String| Value { value, basis: basis(is_printed) };
        let kind = name.and_then(kind);
        // A part of a collection has no symbol of its own on the cover.
        let series = match kind {
            Some(DocumentKind::Resolution) => Some("RES"),
            Some(DocumentKind::Decision) => Some("DEC"),
            _ => None,
        };
        let follows = || Some(parsed.as_ref()?.symbol(organ?, series?)).filter(|_| !self.is_strict);
        let symbol = symbol
            .map(|symbol| known(printed.symbol.as_ref() == Some(&symbol), symbol))
            .or_else(|| follows().map(Value::derived));
        Meta {
            source: String::new(),
            cover: Cover::default(),
            language: self.language,
            kind,
            organ: organ.map(|organ| known(printed.organ, organ.code().to_owned())),
            number: number.map(|number| known(printed.number, number)),
            symbol,
            session: session.map(Value::derived),
            adopted: adopted.map(|date| Value { value: date, basis: basis(printed.adopted) }),
            meeting: printed
                .meeting
                .map(Value::printed)
                .or_else(|| self.meeting.or_else(|| recorded(&self.steps)).map(Value::derived)),
            sponsors: sponsors(&self.steps),
            votes: self.votes,
            subjects: self.subjects,
            steps: self.steps,
        }
    }
}

/// What the text of a document prints about itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Printed {
    pub(super) symbol: Option<String>,
    pub(super) number: bool,
    pub(super) organ: bool,
    pub(super) adopted: bool,
    pub(super) meeting: Option<u32>,
}

fn basis(is_printed: bool) -> Basis {
    if is_printed { Basis::Printed } else { Basis::Derived }
}

/// A date; a day that stands for an unknown one (in the year 1, in 1900) is none.
pub(super) fn date(text: &str) -> Option<Date> {
    let day = text.get(..10).unwrap_or(text);
    day.parse().ok().filter(|date: &Date| date.year() > 1900)
}

/// The value of an attribute that is not blank.
fn stated(tag: &Tag<'_>, name: &str) -> Option<String> {
    tag.stated(name).map(ToString::to_string)
}

/// The last name of a reference: `adopted` of `#adopted`.
fn local(reference: &str) -> String {
    reference.trim_start_matches('#').to_owned()
}

fn subject(tag: &Tag<'_>) -> Subject {
    Subject {
        value: tag.attribute("value").map(ToString::to_string).unwrap_or_default(),
        show_as: tag.attribute("showAs").map(ToString::to_string).unwrap_or_default(),
        dictionary: tag.attribute("dictionary").map(ToString::to_string).unwrap_or_default(),
        href: stated(tag, "href"),
        refers_to: tag.stated("refersTo").map(|name| local(name)),
        short_form: stated(tag, "shortForm"),
    }
}

/// Those who proposed a draft and those who joined them. The lists are cut at commas only: the word before the last name is one of a
/// language, and names may hold it.
fn sponsors(steps: &[Step]) -> Vec<String> {
    let proposed = |step: &&Step| step.outcome.as_deref().is_some_and(|outcome| PROPOSED.contains(&outcome));
    let joined = |step: &&Step| step.outcome.as_deref() == Some(JOINED);
    let lists = steps.iter().filter(proposed).chain(steps.iter().filter(joined)).filter_map(|step| step.by.as_deref());
    let names = lists.flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}

/// The meeting whose record the step of adoption names: 50 of `A/74/PV.50`.
fn recorded(steps: &[Step]) -> Option<u32> {
    let adopted = steps.iter().filter(|step| step.outcome.as_deref() == Some("adopted"));
    let mut records =
        adopted.filter_map(|step| step.document.as_deref()?.split_once("/PV.")?.1.split(' ').next()?.parse().ok());
    records.next()
}

fn kind(name: &str) -> Option<DocumentKind> {
    match name {
        "resolution" => Some(DocumentKind::Resolution),
        "decision" => Some(DocumentKind::Decision),
        "presidentialStatement" => Some(DocumentKind::PresidentialStatement),
        "draftResolution" | "resolutionDraft" => Some(DocumentKind::DraftResolution),
        "draftDecision" | "decisionDraft" => Some(DocumentKind::DraftDecision),
        _ => None,
    }
}

fn organ(actor: &str) -> Option<Organ> {
    Organ::ALL.into_iter().find(|organ| organ.actor() == actor || organ.published_actor() == actor)
}

/// The parts of a work's IRI: `/akn/un/statement/deliberation/unga/2024-12-04/79-120/`.
struct Uri<'a> {
    actor: &'a str,
    date: &'a str,
    number: &'a str,
}

impl<'a> Uri<'a> {
    fn parse(uri: &'a str) -> Option<Self> {
        let mut parts = uri.trim_matches('/').split('/').skip(4);
        Some(Self { actor: parts.next()?, date: parts.next()?, number: parts.next().unwrap_or_default() })
    }
}

/// The number that the symbol holds, else the one of the IRI. A document of no numbered series has its symbol for a number.
fn number_of(symbol: Option<&str>, uri: Option<&Uri<'_>>) -> Option<String> {
    let in_symbol = symbol.and_then(|symbol| {
        let (_, number) = Symbol::parse(symbol)?.first().number()?;
        Some(number.to_string())
    });
    // The file of a part has the number of the whole on its cover; only the IRI has the letter.
    let in_uri = uri.and_then(|uri| DocumentNumber::parse_iri(uri.number)).map(|number| number.to_string());
    let is_part_of = |whole: &str, part: &str| {
        let letters = |c: char| c.is_ascii_uppercase() || matches!(c, '-' | ' ');
        part.ends_with(|c: char| c.is_ascii_uppercase())
            && part.trim_end_matches(letters) == whole.trim_end_matches(letters)
    };
    match (in_symbol, in_uri) {
        (Some(whole), Some(part)) if is_part_of(&whole, &part) => Some(part),
        (Some(whole), _) => Some(whole),
        (None, part) if symbol.is_none_or(|symbol| symbol.contains("/RES/") || symbol.contains("/DEC/")) => part,
        (None, _) => symbol.map(unnumbered),
    }
}
