//! Inline content: facts, opening phrases, notes.

use super::Profile;
use super::identity::Identity;
use super::meta::meeting_id;
use super::references::{Class, References};
use super::xml::Xml;
use crate::validate::is_document_address;
use std::collections::{BTreeMap, BTreeSet};
use unres_export::{Addresses, Zone};
use unres_model::{
    Block, Citation, Document, Fact, FactRole, Inline, LinkedText, NamedKind, NamedText, Note, NoteId, Opening,
    Pinpoint, PinpointUnit, plain_text,
};
use unres_source::{Diagnostic, RuleId, Sink};
use unres_symbol::{Body, Organ, Symbol};

const UNCALLED: RuleId = RuleId::new("akn/note-without-call");

/// Writes inline content and remembers what it referred to and which notes it has written.
pub(crate) struct Inlines<'a> {
    document: &'a Document,
    notes: BTreeMap<NoteId, &'a Note>,
    identity: &'a Identity,
    pub(crate) references: References,
    /// Notes whose text stands in the file already: later calls only refer to it.
    written: BTreeSet<NoteId>,
}

/// Where inline content stands.
#[derive(Clone, Copy)]
pub(crate) struct Here<'a> {
    /// The eId that the eIds of inline elements begin with.
    pub(crate) eid: &'a str,
    pub(crate) zone: Zone,
}

impl<'a> Inlines<'a> {
    pub(crate) fn new(document: &'a Document, identity: &'a Identity) -> Self {
        let notes = document.notes.iter().map(|note| (note.id, note)).collect();
        Self { document, notes, identity, references: References::of(identity.profile), written: BTreeSet::new() }
    }

    /// Writes content. The opening phrase is marked where the text begins with it.
    pub(crate) fn write(&mut self, xml: &mut Xml, here: Here<'_>, content: &[Inline], opening: Option<&Opening>) {
        let mut counts = Counts { context: here.eid, counts: [0; 6] };
        let is_published = self.identity.profile == Profile::Published;
        let lists = if is_published { BTreeMap::new() } else { lists(content) };
        let mut opening = opening;
        let mut proponent_is_open = false;
        for (index, inline) in content.iter().enumerate() {
            let list = list_of(inline).and_then(|list| lists.get(&list)).filter(|list| list.0 < list.1);
            if list.is_some_and(|(first, _)| *first == index) {
                xml.open_inline("mref", &[]);
            }
            let proposes = here.zone.is_head() && is_proponent(inline);
            match (proponent_is_open, proposes) {
                (false, true) => xml.open_inline("docProponent", &[]),
                (true, false) => xml.close(),
                _ => {}
            }
            proponent_is_open = proposes;
            match inline {
                Inline::Text(text) => match opening.take().and_then(|opening| split_opening(&text.text, opening)) {
                    Some((before, phrase, after, opening)) => {
                        xml.text(before);
                        if is_published {
                            element(xml, "span", &ITALIC, phrase);
                        } else {
                            self.opening(xml, &mut counts, phrase, opening);
                        }
                        xml.text(after);
                    }
                    None => xml.text(&text.text),
                },
                Inline::Fact(fact) if is_published => self.published_fact(xml, here.zone, fact),
                Inline::Fact(fact) => self.fact(xml, &mut counts, here.zone, fact),
                Inline::Call(call) => self.call(xml, call.call),
                Inline::Citation(citation) => self.citation(xml, &mut counts, citation),
                Inline::Date(date) if is_published => xml.text(&date.text.text),
                Inline::Date(date) => element(xml, "date", &[("date", &date.date.to_string())], &date.text.text),
                Inline::Link(link) => web_link(xml, link, self.identity.profile),
                Inline::Name(name) => self.name(xml, &mut counts, name),
            }
            if list.is_some_and(|(_, last)| *last == index) {
                xml.close();
            }
        }
        if proponent_is_open {
            xml.close();
        }
    }

    /// Writes an enacting formula: its words, printed in italics, are one concept, and the mark behind them stands outside.
    pub(crate) fn write_formula(&mut self, xml: &mut Xml, here: Here<'_>, content: &[Inline]) {
        let (words, mark) = match content.split_last() {
            Some((Inline::Text(last), words)) => (words, Some(last)),
            _ => (content, None),
        };
        // The text of a note inside the concept would not be its own.
        let has_call = words.iter().any(|inline| matches!(inline, Inline::Call(_)));
        if has_call || !is_hugged(&plain_text(words)) {
            self.write(xml, here, content, None);
            return;
        }
        if self.identity.profile == Profile::Published {
            xml.open_inline("span", &ITALIC);
        } else {
            let formula = self.references.refer(Class::Concept, "enactingFormula", "enacting formula");
            let eid = format!("{}__concept_1", here.eid);
            xml.open_inline("concept", &[("eId", &eid), ("refersTo", &formula)]);
        }
        self.write(xml, here, words, None);
        xml.close();
        xml.text(mark.map_or("", |mark| &mark.text));
    }

    fn opening(&mut self, xml: &mut Xml, counts: &mut Counts<'_>, phrase: &str, opening: &Opening) {
        let id = opening.key.as_deref().map(camel_case).filter(|id| !id.is_empty());
        let id = id.filter(|id| !self.references.is_taken(id, Class::Concept));
        let Some(id) = id else {
            xml.open_inline("i", &[]);
            xml.text(phrase);
            xml.close();
            return;
        };
        let words = opening.key.as_deref().unwrap_or_default().replace('-', " ");
        let refers_to = self.references.refer(Class::Concept, &id, &words);
        xml.open_inline("concept", &[("eId", &counts.next(Element::Concept)), ("refersTo", &refers_to)]);
        xml.text(phrase);
        xml.close();
    }

    /// Writes a fact. Tags hug the words: blanks and marks at their ends stand outside.
    fn fact(&mut self, xml: &mut Xml, counts: &mut Counts<'_>, zone: Zone, fact: &Fact) {
        let (before, words, after) = hug(&fact.text.text);
        xml.text(before);
        if words.is_empty() {
            xml.text(after);
            return;
        }
        // Elements that name parts of a document's head stand in no body.
        let in_head = zone.is_head();
        match fact.role {
            FactRole::Number if in_head => {
                let number = self.references.refer(Class::Concept, "resolutionNumber", "number of the document");
                element(xml, "docNumber", &[("refersTo", &number)], words);
            }
            FactRole::Title if in_head => {
                let title = self.references.refer(Class::Concept, "resolutionTitle", "title of the document");
                element(xml, "docTitle", &[("refersTo", &title)], words);
            }
            FactRole::Kind if in_head => element(xml, "docType", &[], words),
            FactRole::Organ => self.organ(xml, counts, zone, words),
            FactRole::Meeting => self.meeting(xml, counts, zone, words),
            FactRole::AdoptionDate => self.date(xml, in_head, fact, words),
            FactRole::Symbol if in_head => {
                let symbol = self.references.refer(Class::Concept, "symbol", "symbol of the document");
                element(xml, "docNumber", &[("refersTo", &symbol)], words);
            }
            FactRole::IssueDate if in_head => self.issue_date(xml, fact, words),
            FactRole::Distribution if in_head => element(xml, "docStatus", &[], words),
            FactRole::Session if in_head => element(xml, "session", &[], words),
            FactRole::AgendaItem if in_head => element(xml, "inline", &[("name", "akn4un:agendaItem")], words),
            FactRole::AgendaTitle if in_head => element(xml, "inline", &[("name", "akn4un:agendaItemName")], words),
            FactRole::OriginatingDocument if in_head => {
                element(xml, "inline", &[("name", "akn4un:originatingDocument")], words);
            }
            FactRole::Sponsors if in_head => element(xml, "inline", &[("name", "akn4un:sponsors")], words),
            _ => xml.text(words),
        }
        xml.text(after);
    }

    fn issue_date(&mut self, xml: &mut Xml, fact: &Fact, words: &str) {
        let Some(date) = fact.date.map(|date| date.to_string()) else {
            xml.text(words);
            return;
        };
        let issuance = self.references.refer(Class::Concept, "dateOfIssuance", "date of issuance");
        element(xml, "docDate", &[("date", &date), ("refersTo", &issuance)], words);
    }

    /// Writes a fact as the published files do: in the head and the closing lines, and nowhere else.
    fn published_fact(&mut self, xml: &mut Xml, zone: Zone, fact: &Fact) {
        let (before, words, after) = hug(&fact.text.text);
        let date = fact.date.map(|date| date.to_string());
        let concept = |references: &mut References, id, words| references.refer(Class::Concept, id, words);
        let references = &mut self.references;
        xml.text(before);
        match (fact.role, zone, &date) {
            _ if words.is_empty() => {}
            (FactRole::Number, Zone::Preface, _) => element(xml, "docNumber", &[], words),
            (FactRole::Title, Zone::Preface, _) => {
                let title = concept(references, "resolutionTitle", "title of the document");
                element(xml, "docTitle", &[("refersTo", &title)], words);
            }
            (FactRole::Organ, Zone::Cover, _) => {
                let issuer = concept(references, "issuingBody", "issuing body");
                element(xml, "docAuthority", &[("refersTo", &issuer)], words);
            }
            (FactRole::Symbol, Zone::Cover, _) => {
                let symbol = concept(references, "symbol", "symbol of the document");
                element(xml, "docNumber", &[("refersTo", &symbol)], words);
            }
            (FactRole::IssueDate, Zone::Cover, Some(date)) => {
                let issuance = concept(references, "dateOfIssuance", "date of issuance");
                element(xml, "docDate", &[("date", date), ("refersTo", &issuance)], words);
            }
            (FactRole::Distribution, Zone::Cover, _) => element(xml, "docStatus", &[], words),
            (FactRole::Session, Zone::Cover, _) => element(xml, "session", &[], words),
            (FactRole::AgendaItem, Zone::Cover, _) => element(xml, "inline", &[("name", "agenda item")], words),
            (FactRole::AgendaTitle, Zone::Cover, _) => element(xml, "inline", &[("name", "agenda item name")], words),
            (FactRole::OriginatingDocument, Zone::Cover, _) => {
                element(xml, "inline", &[("name", "originating document")], words);
            }
            (FactRole::Meeting, Zone::Conclusions, _) => {
                let meeting = references.refer(Class::Location, "adoptionMeeting", "meeting of adoption");
                element(xml, "location", &[("refersTo", &meeting)], words);
            }
            (FactRole::Meeting, Zone::Cover | Zone::Preface, _) => {
                element(xml, "inline", &[("name", "adoptionMeeting")], words);
            }
            (FactRole::AdoptionDate, Zone::Conclusions | Zone::Cover | Zone::Preface, Some(date)) => {
                let adoption = concept(references, "adoptionDate", "date of adoption");
                element(xml, "docDate", &[("date", date), ("refersTo", &adoption)], words);
            }
            _ => xml.text(words),
        }
        xml.text(after);
    }

    fn organ(&mut self, xml: &mut Xml, counts: &mut Counts<'_>, zone: Zone, words: &str) {
        let actor = self.identity.work.actor.clone();
        let organ = self.references.refer(Class::Organization, &actor, words);
        xml.open_inline("organization", &[("eId", &counts.next(Element::Organization)), ("refersTo", &organ)]);
        // What says something of the document as a whole has no place in its body (U28): there a decision only names its organ.
        if matches!(zone, Zone::Body | Zone::Annex(_)) {
            xml.text(words);
        } else {
            let issuer = self.references.refer(Class::Concept, "issuingBody", "issuing body");
            element(xml, "docAuthority", &[("refersTo", &issuer)], words);
        }
        xml.close();
    }

    /// A meeting is an event. Under the title of a resolution of the Security Council the words also say where it was adopted.
    fn meeting(&mut self, xml: &mut Xml, counts: &mut Counts<'_>, zone: Zone, words: &str) {
        let Some(meeting) = self.document.meta.meeting else {
            xml.text(words);
            return;
        };
        let id = meeting_id(meeting.value);
        let name = format!("{}-{id}", self.identity.work.actor);
        let event = self.references.refer_as(Class::Event, &id, &name, words);
        xml.open_inline("event", &[("eId", &counts.next(Element::Event)), ("refersTo", &event)]);
        if zone == Zone::Preface {
            let place = self.references.refer(Class::Location, "adoptionMeeting", "meeting of adoption");
            let location = counts.next(Element::Location);
            element(xml, "location", &[("eId", &location), ("refersTo", &place)], words);
        } else {
            xml.text(words);
        }
        xml.close();
    }

    fn date(&mut self, xml: &mut Xml, in_head: bool, fact: &Fact, words: &str) {
        let Some(date) = fact.date.map(|date| date.to_string()) else {
            xml.text(words);
            return;
        };
        if in_head {
            let adoption = self.references.refer(Class::Concept, "adoptionDate", "date of adoption");
            element(xml, "docDate", &[("date", &date), ("refersTo", &adoption)], words);
        } else {
            element(xml, "date", &[("date", &date)], words);
        }
    }

    /// Writes a citation: a reference to the work, of which the address on the web stands in the metadata. The published files link to that address.
    fn citation(&mut self, xml: &mut Xml, counts: &mut Counts<'_>, citation: &Citation) {
        let words = &citation.text.text;
        // What has no symbol has no address either; words that refer back are linked in no published file.
        let is_link = citation.is_link() && is_hugged(words);
        let Some(symbol) = Symbol::parse(&citation.symbol).filter(|_| is_link) else {
            xml.text(words);
            return;
        };
        let address = symbol.undocs_url(Some(&self.identity.language));
        if self.identity.profile == Profile::Published {
            element(xml, "a", &[("href", &address)], words);
            return;
        }
        let work = citation.date.and_then(|date| symbol.adopted_work(date.value));
        let target = match work {
            Some(work) => format!("{work}{}", portion(&citation.pinpoints)),
            None => format!("{}{}", symbol.publication(), portion(&citation.pinpoints)),
        };
        let eid = counts.next(Element::Ref);
        element(xml, "ref", &[("eId", &eid), ("href", &target)], words);
        self.references.link(xml.reference(&eid), address);
    }

    /// Writes the name of an organ or an office as what it is. The published files mark none in their text.
    fn name(&mut self, xml: &mut Xml, counts: &mut Counts<'_>, name: &NamedText) {
        let words = &name.text.text;
        let (class, element, id) = match name.kind {
            NamedKind::Organization => (Class::Organization, Element::Organization, format!("un-{}", name.code)),
            NamedKind::Role => (Class::Role, Element::Role, camel_case(&name.code)),
        };
        let is_code = !name.code.is_empty() && name.code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let is_free = is_code && !id.is_empty() && !self.references.is_taken(&id, class);
        if self.identity.profile == Profile::Published || !is_free || !is_hugged(words) {
            xml.text(words);
            return;
        }
        let body = Body::of_actor(&id).filter(|_| class == Class::Organization);
        let shown = body.map_or_else(|| capitalised(&name.code), |body| body.name().to_owned());
        let refers_to = self.references.refer(class, &id, &shown);
        xml.open_inline(element.name(), &[("eId", &counts.next(element)), ("refersTo", &refers_to)]);
        xml.text(words);
        xml.close();
    }

    /// The first call of a note holds its text, each later one refers to it. Guidelines keep `noteRef` for editorial notes and have no
    /// form for a second call; the schema allows it.
    fn call(&mut self, xml: &mut Xml, id: NoteId) {
        let Some(&note) = self.notes.get(&id) else { return };
        if self.written.insert(id) {
            self.note(xml, note);
        } else if self.identity.profile == Profile::Published {
            element(xml, "sup", &[], &marker(note));
        } else {
            note_ref(xml, note);
        }
    }

    fn note(&mut self, xml: &mut Xml, note: &Note) {
        let eid = Addresses::note(note.id);
        xml.open_inline("authorialNote", &[("eId", &eid), ("marker", &marker(note)), ("placement", "bottom")]);
        xml.open_inline("p", &[]);
        let mut counts = Counts { context: &eid, counts: [0; 6] };
        for inline in &note.content {
            match inline {
                Inline::Citation(citation) => self.citation(xml, &mut counts, citation),
                Inline::Date(date) if self.identity.profile == Profile::Strict => {
                    element(xml, "date", &[("date", &date.date.to_string())], &date.text.text);
                }
                Inline::Date(date) => xml.text(&date.text.text),
                Inline::Link(link) => web_link(xml, link, self.identity.profile),
                Inline::Name(name) => self.name(xml, &mut counts, name),
                Inline::Text(text) => xml.text(&text.text),
                Inline::Fact(fact) if self.identity.profile == Profile::Published => xml.text(&fact.text.text),
                Inline::Fact(fact) => self.fact(xml, &mut counts, Zone::Body, fact),
                // A note inside a note would nest without bound: it is only referred to.
                Inline::Call(call) => {
                    if let Some(&other) = self.notes.get(&call.call) {
                        note_ref(xml, other);
                    }
                }
            }
        }
        xml.close();
        xml.close();
    }

    /// The notes that no block calls.
    pub(crate) fn uncalled(&self) -> Vec<&'a Note> {
        let inlines = self.document.blocks.iter().flat_map(Block::inlines);
        let called: BTreeSet<NoteId> = inlines
            .filter_map(|inline| match inline {
                Inline::Call(call) => Some(call.call),
                _ => None,
            })
            .collect();
        self.document.notes.iter().filter(|note| !called.contains(&note.id)).collect()
    }

    /// Writes notes that no block calls, each with a finding. They stand at the end of the body, for want of a place.
    pub(crate) fn uncalled_notes(&mut self, xml: &mut Xml, notes: &[&Note], sink: &mut dyn Sink) {
        for note in notes {
            let message = format!("note {} is never called and stands at the end of the body", note.mark);
            sink.push(Diagnostic::warning(UNCALLED, note.mark_spans.first().copied(), message));
            self.note(xml, note);
        }
    }

    /// Refers to what every document refers to.
    pub(crate) fn refer_to_agents(&mut self) {
        let identity = self.identity;
        let organ = identity.organ.map_or("United Nations", Organ::name);
        self.references.refer(Class::Organization, &identity.work.actor, organ);
        self.references.refer_as(Class::Organization, "markupAgent", "unres", "unres");
        for (id, words) in [("author", "author"), ("issuer", "issuer"), ("editor", "editor of the markup")] {
            self.references.refer(Class::Role, id, words);
        }
        if identity.states_adoption() {
            let name = format!("{}-{}-adoption", identity.work.actor, identity.work.number);
            self.references.refer_as(Class::Event, "adoption", &name, "adoption");
            self.references.refer(Class::Concept, "adopted", "adopted");
            if let Some(meeting) = self.document.meta.meeting {
                let id = meeting_id(meeting.value);
                let name = format!("{}-{id}", identity.work.actor);
                self.references.refer_as(Class::Event, &id, &name, &format!("meeting {}", meeting.value));
            }
        }
    }
}

/// The list that a citation belongs to.
fn list_of(inline: &Inline) -> Option<u32> {
    match inline {
        Inline::Citation(citation) => citation.list,
        _ => None,
    }
}

/// The first and last place of each list of citations.
fn lists(content: &[Inline]) -> BTreeMap<u32, (usize, usize)> {
    let mut lists = BTreeMap::new();
    for (index, list) in content.iter().enumerate().filter_map(|(index, inline)| Some((index, list_of(inline)?))) {
        lists.entry(list).or_insert((index, index)).1 = index;
    }
    lists
}

/// The part of a work that is meant, where it is one: `/!main~para_5`, `/!annex_II`.
fn portion(pinpoints: &[Pinpoint]) -> String {
    let [Pinpoint { unit, number }] = pinpoints else { return String::new() };
    let number: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    match unit {
        PinpointUnit::Annex if number.is_empty() => "/!annex".to_owned(),
        PinpointUnit::Annex => format!("/!annex_{number}"),
        PinpointUnit::Resolution => String::new(),
        _ if number.is_empty() => String::new(),
        PinpointUnit::Paragraph => format!("/!main~para_{number}"),
        PinpointUnit::Section => format!("/!main~sec_{number}"),
        PinpointUnit::Part => format!("/!main~part_{number}"),
        PinpointUnit::Chapter => format!("/!main~chp_{number}"),
        PinpointUnit::Article => format!("/!main~art_{number}"),
    }
}

/// Whether an inline is part of what the text was adopted on: the documents named there stand inside it.
fn is_proponent(inline: &Inline) -> bool {
    matches!(inline, Inline::Fact(fact) if matches!(fact.role, FactRole::Proponent | FactRole::OriginatingDocument))
}

/// The face of opening phrases in published files.
const ITALIC: [(&str, &str); 1] = [("class", "italic")];

/// Inline elements that need an eId.
#[derive(Clone, Copy)]
enum Element {
    Concept,
    Organization,
    Event,
    Location,
    Ref,
    Role,
}

impl Element {
    fn name(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Organization => "organization",
            Self::Event => "event",
            Self::Location => "location",
            Self::Ref => "ref",
            Self::Role => "role",
        }
    }
}

/// Counts inline elements in their context.
struct Counts<'a> {
    context: &'a str,
    counts: [u32; 6],
}

impl Counts<'_> {
    fn next(&mut self, element: Element) -> String {
        let name = element.name();
        let count = &mut self.counts[element as usize];
        *count += 1;
        [self.context, "__", name, "_", &count.to_string()].concat()
    }
}

/// An inline element that holds words alone.
fn element(xml: &mut Xml, name: &'static str, attributes: &super::xml::Attributes<'_>, words: &str) {
    xml.open_inline(name, attributes);
    xml.text(words);
    xml.close();
}

/// Writes an address of the web as a link. One from JSON may be anything; what is no such address stays text, and in the strict form an address
/// of the document sites too: documents are cited by `ref` (U60), which needs a symbol that this one does not hold.
fn web_link(xml: &mut Xml, link: &LinkedText, profile: Profile) {
    let is_of_web = ["https://", "http://"].iter().any(|scheme| link.url.starts_with(scheme));
    if is_of_web && (profile == Profile::Published || !is_document_address(&link.url)) {
        element(xml, "a", &[("href", &link.url)], &link.text.text);
    } else {
        xml.text(&link.text.text);
    }
}

fn note_ref(xml: &mut Xml, note: &Note) {
    let href = xml.reference(&Addresses::note(note.id));
    xml.empty_inline("noteRef", &[("href", &href), ("marker", &marker(note)), ("placement", "bottom")]);
}

/// The mark that is shown; a note must have one.
fn marker(note: &Note) -> String {
    if note.mark.trim().is_empty() { note.id.0.to_string() } else { note.mark.clone() }
}

/// What stands before the opening phrase (blanks), the phrase, and what follows.
fn split_opening<'t, 'o>(text: &'t str, opening: &'o Opening) -> Option<(&'t str, &'t str, &'t str, &'o Opening)> {
    let phrase = Some(opening.phrase.trim()).filter(|phrase| is_hugged(phrase))?;
    let trimmed = text.trim_start();
    let rest = trimmed.strip_prefix(phrase)?;
    let (before, _) = text.split_at(text.len() - trimmed.len());
    let (found, _) = trimmed.split_at(trimmed.len() - rest.len());
    Some((before, found, rest, opening))
}

/// Whether a text begins and ends with words, so that a tag round it hugs them.
pub(crate) fn is_hugged(text: &str) -> bool {
    let (before, words, after) = hug(text);
    before.is_empty() && after.is_empty() && !words.is_empty()
}

/// Words without the blanks and closing marks at their ends.
fn hug(text: &str) -> (&str, &str, &str) {
    let outside = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | '，' | '。' | '；');
    let words = text.trim_start().trim_end_matches(outside);
    let start = text.len() - text.trim_start().len();
    let (before, rest) = text.split_at(start);
    let (words, after) = rest.split_at(words.len());
    (before, words, after)
}

/// `secretary-general` → `Secretary-General`.
fn capitalised(code: &str) -> String {
    let capital = |word: &str| match word.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + rest,
        None => word.to_owned(),
    };
    code.split('-').map(capital).collect::<Vec<_>>().join("-")
}

/// `noting-with-appreciation` → `notingWithAppreciation`. What no eId can hold is left out.
pub(crate) fn camel_case(key: &str) -> String {
    let mut out = String::new();
    for word in key.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        let first = letters.next().into_iter();
        if out.is_empty() {
            out.extend(first);
        } else {
            out.extend(first.flat_map(char::to_uppercase));
        }
        out.extend(letters);
    }
    out.trim_start_matches(|c: char| c.is_ascii_digit()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names_of_concepts() {
        assert_eq!(camel_case("noting-with-appreciation"), "notingWithAppreciation");
        assert_eq!(camel_case("recalling"), "recalling");
        assert_eq!(camel_case("3 <b>"), "B");
        assert_eq!(camel_case("回顾"), "");
        assert_eq!(capitalised("secretary-general"), "Secretary-General");
    }

    #[test]
    fn tags_hug_the_words() {
        assert_eq!(hug(" Bells, "), (" ", "Bells", ", "));
        assert_eq!(hug("Bells"), ("", "Bells", ""));
        assert_eq!(hug(" . "), (" ", "", ". "));
    }
}
