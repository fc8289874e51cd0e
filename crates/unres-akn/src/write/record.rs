//! What records beside the text state of a document: what it is about, how it was made, and the votes on it.

use super::Profile;
use super::identity::Identity;
use super::meta::{AGENT, meeting_id};
use super::references::{Class, References};
use super::xml::Xml;
use unres_model::{Document, Meta, Step, Subject, Vote, VoteCount};
use unres_symbol::component;

/// The date of a step of which none is known, as the guidelines have it for undated drafts.
const UNKNOWN_DATE: &str = "1900-01-01";
/// The same in published files.
const PUBLISHED_UNKNOWN_DATE: &str = "0001-01-01";
/// The outcome of a step that records who proposed a draft.
const PROPOSED: &str = "draftResolution";
const ADOPTED: &str = "adopted";

/// Writes the subjects, goals and agenda items under which the document was filed.
pub(super) fn classification(xml: &mut Xml, subjects: &[Subject], references: &mut References) {
    if subjects.is_empty() {
        return;
    }
    xml.open("classification", &[("source", AGENT)]);
    for subject in subjects {
        let refers_to = subject.refers_to.as_ref().map(|word| references.declare(Class::Concept, word, word));
        let mut attributes = vec![("value", subject.value.as_str())];
        attributes.extend(subject.href.as_ref().map(|href| ("href", href.as_str())));
        attributes.push(("showAs", &subject.show_as));
        attributes.extend(subject.short_form.as_ref().map(|short| ("shortForm", short.as_str())));
        attributes.extend(refers_to.as_ref().map(|reference| ("refersTo", reference.as_str())));
        attributes.push(("dictionary", &subject.dictionary));
        xml.empty("keyword", &attributes);
    }
    xml.close();
}

/// Writes the steps of its making. The adoption that the text itself prints is a step too, unless a record has it: it links to the text.
pub(super) fn workflow(xml: &mut Xml, document: &Document, identity: &Identity, references: &mut References) {
    let meta = &document.meta;
    let recorded = steps(meta);
    let is_recorded = recorded.iter().any(|step| step.outcome.as_deref() == Some(ADOPTED));
    let is_strict = identity.profile == Profile::Strict;
    let has_adoption = is_strict && identity.states_adoption() && !is_recorded;
    if recorded.is_empty() && !has_adoption {
        return;
    }
    xml.open("workflow", &[("source", AGENT)]);
    for (position, step) in recorded.iter().enumerate() {
        write_step(xml, step, position + 1, identity, references);
    }
    if has_adoption {
        adoption(xml, meta, recorded.len() + 1, identity);
    }
    xml.close();
}

/// The steps on record. Proponents that no step names proposed the draft.
fn steps(meta: &Meta) -> Vec<Step> {
    let mut steps = meta.steps.clone();
    let has_proponents = steps.iter().any(|step| step.by.is_some() && step.outcome.as_deref() != Some(ADOPTED));
    if !meta.sponsors.is_empty() && !has_proponents {
        let by = Some(meta.sponsors.join(", "));
        steps.insert(0, Step { outcome: Some(PROPOSED.to_owned()), by, ..Step::default() });
    }
    steps
}

fn write_step(xml: &mut Xml, step: &Step, number: usize, identity: &Identity, references: &mut References) {
    let eid = format!("step_{number}");
    let date = step.date.map_or_else(|| UNKNOWN_DATE.to_owned(), |date| date.to_string());
    if identity.profile == Profile::Published {
        published_step(xml, step);
        return;
    }
    let by = match &step.by {
        Some(by) => references.declare(Class::Organization, "agent", by),
        None => format!("#{}", identity.work.actor),
    };
    let document = step.document.as_ref().map(|symbol| references.declare(Class::Document, symbol, symbol));
    let place = step.refers_to.as_ref().map(|place| references.declare(Class::Place, &format!("place {place}"), place));
    let refers_to: Vec<String> = document.into_iter().chain(place).collect();
    let refers_to = refers_to.join(" ");
    let outcome = step.outcome.as_ref().map(|outcome| references.declare(Class::Concept, outcome, outcome));
    let mut attributes = vec![("eId", eid.as_str()), ("date", &date), ("by", &by)];
    attributes.extend(outcome.as_ref().map(|outcome| ("outcome", outcome.as_str())));
    attributes.extend((!refers_to.is_empty()).then_some(("refersTo", refers_to.as_str())));
    xml.empty("step", &attributes);
}

/// The published files show the words themselves.
fn published_step(xml: &mut Xml, step: &Step) {
    let date = step.date.map_or_else(|| PUBLISHED_UNKNOWN_DATE.to_owned(), |date| date.to_string());
    let mut attributes = vec![("date", date.as_str())];
    attributes.extend(step.outcome.as_ref().map(|outcome| ("outcome", outcome.as_str())));
    attributes.extend(step.document.as_ref().map(|document| ("as", document.as_str())));
    attributes.push(("by", step.by.as_deref().unwrap_or_default()));
    attributes.extend(step.refers_to.as_ref().map(|place| ("refersTo", place.as_str())));
    xml.empty("step", &attributes);
}

fn adoption(xml: &mut Xml, meta: &Meta, number: usize, identity: &Identity) {
    let eid = format!("step_{number}");
    let date = identity.work.date.to_string();
    let by = format!("#{}", identity.work.actor);
    let href = component(&identity.work.expression(&identity.language), "main");
    let meeting = meta.meeting.map(|meeting| format!("#{}", meeting_id(meeting.value)));
    let mut step = vec![("eId", eid.as_str()), ("date", &date), ("by", &by), ("outcome", "#adopted")];
    step.extend(meeting.as_ref().map(|meeting| ("refersTo", meeting.as_str())));
    step.push(("href", &href));
    xml.empty("step", &step);
}

/// Writes the votes, and where else the documents are that the text refers to.
pub(super) fn analysis(xml: &mut Xml, votes: &[Vote], references: &mut References) {
    let said: Vec<&Vote> = votes.iter().filter(|vote| vote.outcome.is_some() || !vote.counts.is_empty()).collect();
    if said.is_empty() && references.links().is_empty() {
        return;
    }
    xml.open("analysis", &[("source", AGENT)]);
    if !said.is_empty() {
        write_votes(xml, &said, references);
    }
    if !references.links().is_empty() {
        xml.open("otherReferences", &[("source", AGENT)]);
        for (reference, address) in references.links() {
            xml.empty("alternativeReference", &[("for", reference), ("href", address)]);
        }
        xml.close();
    }
    xml.close();
}

/// A vote of which a record says nothing but its outcome has an empty quorum: the schema wants a number in each.
fn write_votes(xml: &mut Xml, said: &[&Vote], references: &mut References) {
    xml.open("parliamentary", &[]);
    for (position, vote) in said.iter().enumerate() {
        let eid = format!("voting_{}", position + 1);
        let outcome = vote.outcome.as_ref().map(|outcome| references.declare(Class::Concept, outcome, outcome));
        let mut attributes = vec![("eId", eid.as_str())];
        attributes.extend(outcome.as_ref().map(|outcome| ("outcome", outcome.as_str())));
        xml.open("voting", &attributes);
        for (position, count) in vote.counts.iter().enumerate() {
            write_count(xml, count, &format!("{eid}__count_{}", position + 1), references);
        }
        if vote.counts.is_empty() {
            xml.empty("quorum", &[("eId", &format!("{eid}__quorum_1")), ("value", "")]);
        }
        xml.close();
    }
    xml.close();
}

fn write_count(xml: &mut Xml, count: &VoteCount, eid: &str, references: &mut References) {
    let value = count.count.map(|count| count.to_string()).unwrap_or_default();
    let choice = (!count.choice.is_empty()).then(|| references.declare(Class::Concept, &count.choice, &count.choice));
    let mut attributes = vec![("eId", eid)];
    attributes.extend(choice.as_ref().map(|choice| ("refersTo", choice.as_str())));
    attributes.push(("value", &value));
    if count.voters.is_empty() {
        xml.empty("count", &attributes);
        return;
    }
    let voter = references.declare(Class::Concept, "memberState", "member State");
    xml.open("count", &attributes);
    xml.open("akn4un:voters", &[]);
    for name in &count.voters {
        xml.text_line("organization", &[("refersTo", &voter)], name);
    }
    xml.close();
    xml.close();
}

/// Whether the file needs the namespace of the AKN4UN extensions.
pub(super) fn has_voters(meta: &Meta) -> bool {
    meta.votes.iter().flat_map(|vote| &vote.counts).any(|count| !count.voters.is_empty())
}
