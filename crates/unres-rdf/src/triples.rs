//! What linked data says of a document.

use crate::vocabulary::{
    CONCEPT, DATA, DOCUMENTS, LANGUAGE, ORGANIZATION, ROLE, allot, dc, dcterms, part, pwo, ti, tvc, undo,
};
use isolang::Language;
use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};
use unres_model::{Document, DocumentKind, Subject};
use unres_source::{Diagnostic, RuleId, Sink};
use unres_symbol::Organ;

const ODD_IRI: RuleId = RuleId::new("rdf/odd-iri");

/// The name of the status of a work.
const STATUS: &str = "status";

/// All triples of a document, what belongs together in a row.
pub(crate) fn triples(document: &Document, sink: &mut dyn Sink) -> Vec<Triple> {
    let iri = unres_akn::work_iri(document, sink);
    let work = format!("{DATA}{iri}");
    let language = document.meta.language.as_deref();
    let expression = format!("{DATA}{}", iri.expression(language.unwrap_or("und")));
    let mut about = About { document, work: node(&work), expression: node(&expression), triples: Vec::new() };
    about.work(sink);
    about.version(language);
    about.author();
    about.adoption();
    about.triples
}

/// What is said so far.
struct About<'a> {
    document: &'a Document,
    work: NamedNode,
    expression: NamedNode,
    triples: Vec<Triple>,
}

impl About<'_> {
    /// The document whatever its language.
    fn work(&mut self, sink: &mut dyn Sink) {
        let meta = &self.document.meta;
        let work = self.work.clone();
        self.say(&work, rdf::TYPE, class(meta.kind));
        if let Some(symbol) = &meta.symbol {
            self.say(&work, dcterms::IDENTIFIER, Literal::from(symbol.value.as_str()));
            self.say(&work, rdfs::SEE_ALSO, node(&page(&symbol.value, short_code(meta.language.as_deref()))));
        }
        let title = self.document.title();
        if !title.is_empty() {
            self.say(&work, dcterms::TITLE, self.in_its_language(&title));
        }
        if let Some(adopted) = meta.adopted {
            self.say(&work, dcterms::ISSUED, Literal::new_typed_literal(adopted.value.to_string(), xsd::DATE));
            self.say(&work, tvc::HAS_VALUE, self.part_of_work(STATUS));
        }
        for subject in &meta.subjects {
            self.subject(subject, sink);
        }
        self.say(&work, allot::HAS_REALIZATION, self.expression.clone());
    }

    /// A subject with an address is a concept of its thesaurus; one without is a word.
    fn subject(&mut self, subject: &Subject, sink: &mut dyn Sink) {
        let work = self.work.clone();
        let name = if subject.show_as.is_empty() { &subject.value } else { &subject.show_as };
        match subject.href.as_deref().map(NamedNode::new) {
            Some(Ok(concept)) => {
                self.say(&work, dcterms::SUBJECT, concept.clone());
                self.say(&concept, rdfs::LABEL, Literal::from(name.as_str()));
            }
            given => {
                if given.is_some() {
                    let message = format!("the address of the subject {name:?} is no IRI; only its name is written");
                    sink.push(Diagnostic::warning(ODD_IRI, None, message));
                }
                self.say(&work, dc::SUBJECT, Literal::from(name.as_str()));
            }
        }
    }

    /// The document in its language.
    fn version(&mut self, language: Option<&str>) {
        let expression = self.expression.clone();
        self.say(&expression, rdf::TYPE, undo::DOCUMENT_VERSION);
        if let Some(code) = short_code(language) {
            let language = node(&format!("{LANGUAGE}{code}"));
            self.say(&expression, dcterms::LANGUAGE_PROPERTY, language.clone());
            self.say(&language, rdf::TYPE, undo::LANGUAGE_CLASS);
        }
    }

    /// Who wrote it: the organ, in the role of author in the context of this work.
    fn author(&mut self) {
        let Some(organ) = self.organ() else { return };
        let (author, role) = (organization(organ), node(&format!("{ROLE}author")));
        let authorship = self.part_of_work("authorship");
        self.say(&author, rdf::TYPE, allot::ORGANIZATION_CLASS);
        self.say(&author, rdfs::LABEL, Literal::new_language_tagged_literal_unchecked(organ.name(), "en"));
        self.say(&author, tvc::HAS_VALUE, authorship.clone());
        self.say(&role, rdf::TYPE, allot::ROLE_CLASS);
        self.say(&authorship, rdf::TYPE, undo::VALUE_IN_TIME_AND_CONTEXT);
        self.say(&authorship, tvc::WITH_VALUE, role);
        self.say(&authorship, tvc::WITHIN_CONTEXT, self.work.clone());
    }

    /// That it was adopted: an action on a day, and a status since then.
    fn adoption(&mut self) {
        let Some(adopted) = self.document.meta.adopted else { return };
        let (status, adopted_status) = (self.part_of_work(STATUS), node(&format!("{CONCEPT}adopted")));
        let (action, day, since) =
            (self.part_of_work("adoption"), self.part_of_work("adoption-day"), self.part_of_work("since"));
        let time = |time| Literal::new_typed_literal(format!("{}T{time}", adopted.value), xsd::DATE_TIME);
        self.say(&status, rdf::TYPE, undo::VALUE_IN_TIME_AND_CONTEXT);
        self.say(&status, tvc::WITH_VALUE, adopted_status.clone());
        self.say(&status, tvc::AT_TIME, since.clone());
        self.say(&adopted_status, rdf::TYPE, undo::STATUS);
        self.say(&since, rdf::TYPE, undo::INTERVAL);
        self.say(&since, ti::START, time("00:00:00"));
        self.say(&action, rdf::TYPE, undo::ACTION);
        if let Some(organ) = self.organ() {
            self.say(&action, part::HAS_PARTICIPANT, organization(organ));
        }
        self.say(&action, part::HAS_PARTICIPANT, self.expression.clone());
        self.say(&action, pwo::HAPPENED, day.clone());
        self.say(&day, rdf::TYPE, undo::INTERVAL);
        self.say(&day, ti::START, time("00:00:00"));
        self.say(&day, ti::END, time("23:59:59"));
    }

    fn organ(&self) -> Option<Organ> {
        self.document.meta.organ.as_ref().and_then(|organ| Organ::from_code(&organ.value))
    }

    fn in_its_language(&self, text: &str) -> Literal {
        match short_code(self.document.meta.language.as_deref()) {
            Some(code) => Literal::new_language_tagged_literal_unchecked(text, code),
            None => Literal::from(text),
        }
    }

    fn part_of_work(&self, name: &str) -> NamedNode {
        node(&format!("{}#{name}", self.work.as_str()))
    }

    fn say(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.triples.push(Triple::new(subject.clone(), predicate, object));
    }
}

fn class(kind: Option<DocumentKind>) -> NamedNodeRef<'static> {
    match kind {
        Some(DocumentKind::Resolution) => undo::RESOLUTION,
        Some(DocumentKind::Decision) => undo::DECISION,
        Some(DocumentKind::PresidentialStatement) => undo::OFFICIAL_STATEMENT,
        // A draft is none of these yet.
        Some(DocumentKind::DraftResolution | DocumentKind::DraftDecision) => undo::DELIBERATIVE_DOCUMENT,
        None => undo::DOCUMENT,
    }
}

fn organization(organ: Organ) -> NamedNode {
    node(&format!("{ORGANIZATION}{}", organ.actor()))
}

/// An IRI that is made of checked parts.
fn node(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// Where the document can be read, in its language if that has a code there.
fn page(symbol: &str, language: Option<&str>) -> String {
    let symbol: String = symbol.chars().filter(|c| !c.is_whitespace()).collect();
    format!("{DOCUMENTS}{}/{symbol}", language.unwrap_or("en"))
}

/// The code of two letters.
fn short_code(language: Option<&str>) -> Option<&'static str> {
    Language::from_639_3(language?)?.to_639_1()
}
