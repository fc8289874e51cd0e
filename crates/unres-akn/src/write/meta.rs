//! The `meta` element: identification, publication, lifecycle, workflow, references.

use super::Profile;
use super::identity::Identity;
use super::record;
use super::references::References;
use super::xml::Xml;
use unres_model::Document;
use unres_symbol::{MANIFESTATION_EXTENSION, Organ, WorkIri, component};

/// Who marked the document up: the agent that every block of metadata names as its source.
pub(super) const AGENT: &str = "#markupAgent";

/// Writes the metadata of the document.
pub(crate) fn write(xml: &mut Xml, document: &Document, identity: &Identity, references: &mut References) {
    xml.open("meta", &[]);
    let is_strict = identity.profile == Profile::Strict;
    if is_strict {
        identification(xml, identity, &identity.work, "main");
        publication(xml, document, identity);
    } else {
        published_identification(xml, identity, "main");
    }
    record::classification(xml, &document.meta.subjects, references);
    if is_strict && identity.states_adoption() {
        lifecycle(xml, identity);
    }
    record::workflow(xml, document, identity, references);
    record::votes(xml, &document.meta.votes, references);
    let expression = identity.work.expression(&identity.language);
    xml.open("references", &[("source", AGENT)]);
    let shown = if identity.number.is_empty() { &identity.work.number } else { &identity.number };
    if is_strict {
        xml.empty("original", &[("eId", "original_1"), ("href", &component(&expression, "main")), ("showAs", shown)]);
    }
    for (id, entry) in references.entries() {
        let href = format!("/akn/ontology/{}/un/{}", entry.class.segment(), entry.name);
        let mut attributes = vec![("eId", id), ("href", &href), ("showAs", &entry.show_as)];
        attributes.extend(entry.class.role().map(|role| ("name", role)));
        xml.empty(entry.class.element(), &attributes);
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

/// Writes the metadata of the annexes in the published form, which has one attachment for all.
pub(crate) fn write_published_annex(xml: &mut Xml, identity: &Identity) {
    xml.open("meta", &[]);
    published_identification(xml, identity, "main/annex");
    xml.close();
}

/// The IRIs of the published files end with a slash, and the name of a component stands before it.
fn published_identification(xml: &mut Xml, identity: &Identity, part: &str) {
    let author = identity.organ.map_or("un", Organ::code);
    let date = identity.work.date.to_string();
    let language = &identity.language;
    let uri = identity.published_work();
    let value = |xml: &mut Xml, name: &'static str, value: &str| xml.empty(name, &[("value", value)]);

    xml.open("identification", &[("source", AGENT)]);
    xml.open("FRBRWork", &[]);
    value(xml, "FRBRthis", &format!("{uri}!{part}/"));
    value(xml, "FRBRuri", &uri);
    xml.empty("FRBRdate", &[("date", &date), ("name", identity.date_name)]);
    xml.empty("FRBRauthor", &[("href", author), ("as", "author")]);
    value(xml, "FRBRcountry", "un");
    xml.close();

    xml.open("FRBRExpression", &[]);
    value(xml, "FRBRthis", &format!("{uri}{language}@!{part}/"));
    value(xml, "FRBRuri", &format!("{uri}{language}@/"));
    xml.empty("FRBRdate", &[("date", &date), ("name", identity.date_name)]);
    xml.empty("FRBRauthor", &[("href", author), ("as", "issuer")]);
    xml.empty("FRBRlanguage", &[("language", language)]);
    xml.close();

    xml.open("FRBRManifestation", &[]);
    value(xml, "FRBRthis", &format!("{uri}{language}@/!{part}.{MANIFESTATION_EXTENSION}"));
    value(xml, "FRBRuri", &format!("{uri}{language}@.{MANIFESTATION_EXTENSION}"));
    xml.empty("FRBRdate", &[("date", &identity.markup_date.to_string()), ("name", "markup")]);
    xml.empty("FRBRauthor", &[("href", "unres"), ("as", "editor")]);
    xml.close();
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

/// The eId under which a meeting is declared.
pub(crate) fn meeting_id(number: u32) -> String {
    format!("meeting{number}")
}
