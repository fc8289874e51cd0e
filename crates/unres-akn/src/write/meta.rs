//! The `meta` element: identification, publication, lifecycle, workflow, references.

use super::identity::Identity;
use super::references::References;
use super::xml::Xml;
use unres_model::Document;
use unres_symbol::{MANIFESTATION_EXTENSION, WorkIri, component};

/// Who marked the document up: the agent that every block of metadata names as its source.
const AGENT: &str = "#markupAgent";

/// Writes the metadata of the document.
pub(crate) fn write(xml: &mut Xml, document: &Document, identity: &Identity, references: &References) {
    xml.open("meta", &[]);
    identification(xml, identity, &identity.work, "main");
    publication(xml, document, identity);
    if identity.is_deliberative() && identity.adopted.is_some() {
        lifecycle(xml, identity);
        workflow(xml, document, identity);
    }
    let expression = identity.work.expression(&identity.language);
    xml.open("references", &[("source", AGENT)]);
    let shown = if identity.number.is_empty() { &identity.work.number } else { &identity.number };
    xml.empty("original", &[("eId", "original_1"), ("href", &component(&expression, "main")), ("showAs", shown)]);
    for (id, entry) in references.entries() {
        let href = format!("/akn/ontology/{}/un/{}", entry.class.segment(), entry.name);
        xml.empty(entry.class.element(), &[("eId", id), ("href", &href), ("showAs", &entry.show_as)]);
    }
    xml.close();
    xml.close();
}

/// Writes the metadata of an annex. It refers to what the document's own metadata declares.
pub(crate) fn write_annex(xml: &mut Xml, identity: &Identity, annex: u32) {
    xml.open("meta", &[]);
    identification(xml, identity, &identity.annex_work(), &format!("annex_{annex}"));
    xml.close();
}

fn identification(xml: &mut Xml, identity: &Identity, work: &WorkIri, part: &str) {
    let author = format!("#{}", work.actor);
    let date = work.date.to_string();
    let value = |xml: &mut Xml, name: &'static str, value: &str| xml.empty(name, &[("value", value)]);
    let uri = work.to_string();

    xml.open("identification", &[("source", AGENT)]);
    xml.open("FRBRWork", &[]);
    value(xml, "FRBRthis", &component(&uri, part));
    value(xml, "FRBRuri", &uri);
    if let Some(symbol) = identity.symbol.as_ref().filter(|_| part == "main") {
        xml.empty("FRBRalias", &[("value", symbol), ("name", "symbol")]);
    }
    if let Some(published) = identity.published_iri().filter(|_| part == "main") {
        xml.empty("FRBRalias", &[("value", &published), ("name", "dgacm")]);
    }
    xml.empty("FRBRdate", &[("date", &date), ("name", identity.date_name)]);
    xml.empty("FRBRauthor", &[("href", &author), ("as", "#author")]);
    value(xml, "FRBRcountry", "un");
    value(xml, "FRBRsubtype", work.subtype);
    let shown = if identity.number.is_empty() { &work.number } else { &identity.number };
    xml.empty("FRBRnumber", &[("value", &work.number), ("showAs", shown)]);
    xml.close();

    let expression = work.expression(&identity.language);
    xml.open("FRBRExpression", &[]);
    value(xml, "FRBRthis", &component(&expression, part));
    value(xml, "FRBRuri", &expression);
    xml.empty("FRBRdate", &[("date", &date), ("name", identity.date_name)]);
    xml.empty("FRBRauthor", &[("href", &author), ("as", "#issuer")]);
    xml.empty("FRBRlanguage", &[("language", &identity.language)]);
    xml.close();

    xml.open("FRBRManifestation", &[]);
    value(xml, "FRBRthis", &format!("{}.{MANIFESTATION_EXTENSION}", component(&expression, part)));
    value(xml, "FRBRuri", &work.manifestation(&identity.language));
    xml.empty("FRBRdate", &[("date", &identity.markup_date.to_string()), ("name", "markup")]);
    xml.empty("FRBRauthor", &[("href", AGENT), ("as", "#editor")]);
    value(xml, "FRBRformat", MANIFESTATION_EXTENSION);
    xml.close();
    xml.close();
}

fn publication(xml: &mut Xml, document: &Document, identity: &Identity) {
    let issued = document.meta.cover.issued;
    if issued.is_none() {
        xml.comment(" the date of issuance is not in the source: this is the date of the work ");
    }
    let name = identity.symbol.as_deref().unwrap_or(&identity.work.number);
    let date = issued.unwrap_or(identity.work.date).to_string();
    xml.empty("publication", &[("date", &date), ("name", name), ("showAs", name), ("number", name)]);
}

fn lifecycle(xml: &mut Xml, identity: &Identity) {
    let date = identity.work.date.to_string();
    xml.open("lifecycle", &[("source", AGENT)]);
    let event = [
        ("eId", "eref_1"),
        ("date", &*date),
        ("type", "generation"),
        ("source", "#original_1"),
        ("refersTo", "#adoption"),
    ];
    xml.empty("eventRef", &event);
    xml.close();
}

fn workflow(xml: &mut Xml, document: &Document, identity: &Identity) {
    let date = identity.work.date.to_string();
    let by = format!("#{}", identity.work.actor);
    let href = component(&identity.work.expression(&identity.language), "main");
    let meeting = document.meta.meeting.map(|meeting| format!("#{}", meeting_id(meeting.value)));
    let mut step = vec![("eId", "step_1"), ("date", &*date), ("by", &*by), ("outcome", "#adopted")];
    step.extend(meeting.as_ref().map(|meeting| ("refersTo", meeting.as_str())));
    step.push(("href", &*href));
    xml.open("workflow", &[("source", AGENT)]);
    xml.empty("step", &step);
    xml.close();
}

/// The eId under which a meeting is declared.
pub(crate) fn meeting_id(number: u32) -> String {
    format!("meeting{number}")
}
