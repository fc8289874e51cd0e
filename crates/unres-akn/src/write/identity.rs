//! What a document is called in Akoma Ntoso: element, IRIs and dates, with a ladder for facts that are not known.

use super::Profile;
use jiff::civil::Date;
use unres_model::{Document, DocumentKind, Meta, plain_text};
use unres_source::{Diagnostic, RuleId, Sink};
use unres_symbol::{DocumentNumber, Organ, Symbol, WorkIri};

const NO_DATE: RuleId = RuleId::new("akn/no-date");
const NO_NUMBER: RuleId = RuleId::new("akn/no-number");
const NO_ORGAN: RuleId = RuleId::new("akn/no-organ");

/// How a document is identified.
pub(crate) struct Identity {
    pub(crate) profile: Profile,
    kind: Option<DocumentKind>,
    /// The `name` attribute of the document element.
    pub(crate) name: &'static str,
    pub(crate) organ: Option<Organ>,
    pub(crate) work: WorkIri,
    /// What the work's date is: `adoption`, `issuance`, `year` or `unknown`.
    pub(crate) date_name: &'static str,
    /// ISO 639-2/T, `und` when it is not known.
    pub(crate) language: String,
    /// The number as printed.
    pub(crate) number: String,
    pub(crate) symbol: Option<String>,
    pub(crate) adopted: Option<Date>,
    pub(crate) markup_date: Date,
    is_collection: bool,
    /// What the eIds of its text begin with: empty, but in a component, since they are unique in a file.
    pub(crate) context: String,
}

/// The element of a collection.
const COLLECTION: &str = "documentCollection";

impl Identity {
    pub(crate) fn of(document: &Document, profile: Profile, markup_date: Option<Date>, sink: &mut dyn Sink) -> Self {
        let meta = &document.meta;
        let organ = meta.organ.as_ref().and_then(|organ| Organ::from_code(&organ.value));
        let number = meta.number.as_ref().map(|number| number.value.as_str());
        let parsed = number.and_then(DocumentNumber::parse);
        let adopted = meta.adopted.map(|adopted| adopted.value);
        if meta.kind.is_some() && organ.is_none() {
            sink.push(Diagnostic::warning(NO_ORGAN, None, "the adopting organ is not known; the IRI says un"));
        }
        let (date, date_name) = date(meta, parsed.as_ref(), sink);
        let (doc_type, subtype) = element_and_subtype(meta.kind);
        let iri_number = parsed.as_ref().map(DocumentNumber::iri_number).or_else(|| number.map(clean));
        let work = WorkIri {
            doc_type,
            subtype,
            actor: organ.map_or("un", Organ::actor).to_owned(),
            date,
            number: iri_number.filter(|number| !number.is_empty()).unwrap_or_else(|| unnumbered(document, sink)),
        };
        Self {
            profile,
            kind: meta.kind,
            name: name(meta.kind, profile),
            organ,
            date_name,
            language: meta.language.clone().filter(|code| is_code(code)).unwrap_or_else(|| "und".to_owned()),
            number: number.unwrap_or_default().to_owned(),
            symbol: meta.symbol.as_ref().map(|symbol| symbol.value.clone()),
            adopted,
            markup_date: markup_date.unwrap_or(date),
            is_collection: false,
            context: String::new(),
            work,
        }
    }

    /// The document element.
    pub(crate) fn element(&self) -> &'static str {
        if self.is_collection { COLLECTION } else { self.work.doc_type }
    }

    /// That of the collection of some documents: the parts of one number, as 61/2 A and 61/2 B, or what one input holds.
    pub(crate) fn of_collection(meta: Meta, profile: Profile, markup_date: Option<Date>) -> Self {
        let document = Document { meta: Meta { kind: None, ..meta }, ..Document::default() };
        // What is not known of the collection is said of its documents.
        let mut identity = Self::of(&document, profile, markup_date, &mut Vec::new());
        identity.name = "publication";
        (identity.work.doc_type, identity.work.subtype) = match profile {
            Profile::Strict => (COLLECTION, "publication"),
            // The published collections have the IRI of what they hold.
            Profile::Published => ("statement", "deliberation"),
        };
        identity.is_collection = true;
        identity
    }

    /// Whether the document element holds a body of text.
    pub(crate) fn has_body(&self) -> bool {
        !self.is_collection
    }

    /// Whether it is a document of deliberation, with preface and operative part.
    pub(crate) fn is_deliberative(&self) -> bool {
        self.kind.is_some()
    }

    /// Whether its adoption is a fact that the metadata can state.
    pub(crate) fn states_adoption(&self) -> bool {
        self.is_deliberative() && self.adopted.is_some()
    }

    /// The IRI of the same work in the files that the United Nations publish, when all its facts are known.
    pub(crate) fn published_iri(&self) -> Option<String> {
        let is_known = self.organ.is_some() && self.symbol.is_some() && self.date_name == "adoption";
        is_known.then(|| self.published_work())
    }

    /// The work IRI in the form of those files.
    pub(crate) fn published_work(&self) -> String {
        let WorkIri { doc_type, subtype, date, number, .. } = &self.work;
        let actor = self.organ.map_or("un", Organ::published_actor);
        format!("/akn/un/{doc_type}/{subtype}/{actor}/{date}/{number}/")
    }

    /// The work IRI of an annex. The subtype must be one that the element `doc` may have, and the IRI must carry it.
    pub(crate) fn annex_work(&self) -> WorkIri {
        WorkIri { doc_type: "doc", subtype: "paper", ..self.work.clone() }
    }
}

/// The IRI of the work that a document is, as the strict profile has it. What is not known of it goes to the sink.
pub fn work_iri(document: &Document, sink: &mut dyn Sink) -> WorkIri {
    Identity::of(document, Profile::Strict, None, sink).work
}

fn name(kind: Option<DocumentKind>, profile: Profile) -> &'static str {
    match (kind, profile) {
        (None, _) => "document",
        (Some(DocumentKind::Resolution), _) => "resolution",
        (Some(DocumentKind::Decision), _) => "decision",
        (Some(DocumentKind::PresidentialStatement), _) => "presidentialStatement",
        (Some(DocumentKind::DraftResolution), Profile::Strict) => "resolutionDraft",
        (Some(DocumentKind::DraftResolution), Profile::Published) => "draftResolution",
        (Some(DocumentKind::DraftDecision), Profile::Strict) => "decisionDraft",
        (Some(DocumentKind::DraftDecision), Profile::Published) => "draftDecision",
    }
}

fn element_and_subtype(kind: Option<DocumentKind>) -> (&'static str, &'static str) {
    match kind {
        None => ("doc", "paper"),
        Some(
            DocumentKind::Resolution
            | DocumentKind::Decision
            | DocumentKind::PresidentialStatement
            | DocumentKind::DraftResolution
            | DocumentKind::DraftDecision,
        ) => ("statement", "deliberation"),
    }
}

/// The date of adoption, else that of issuance, else 1 January of the year in the number or symbol, else 1900-01-01.
fn date(meta: &Meta, number: Option<&DocumentNumber>, sink: &mut dyn Sink) -> (Date, &'static str) {
    if let Some(adopted) = meta.adopted {
        return (adopted.value, "adoption");
    }
    let in_symbol = || Symbol::parse(&meta.symbol.as_ref()?.value)?.year();
    let year = || number.and_then(DocumentNumber::year).or_else(in_symbol).and_then(|year| i16::try_from(year).ok());
    let issued = meta.cover.issued.map(|issued| (issued, "issuance", "has the date of issuance"));
    let first_day = || Some((Date::new(year()?, 1, 1).ok()?, "year", "has the year of the number"));
    let (date, name, said) =
        issued.or_else(first_day).unwrap_or((Date::constant(1900, 1, 1), "unknown", "says 1900-01-01"));
    sink.push(Diagnostic::warning(NO_DATE, None, format!("no date of adoption; the IRI {said}")));
    (date, name)
}

/// A number for a document without: the start of a hash of its text. It only has to be stable and unlikely to meet another of
/// the same organ and day, so no cryptographic hash is needed (FNV-1a).
fn unnumbered(document: &Document, sink: &mut dyn Sink) -> String {
    sink.push(Diagnostic::warning(NO_NUMBER, None, "no number; the IRI has one made from the text"));
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in document.blocks.iter().map(|block| plain_text(&block.content)) {
        for byte in text.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("nn-{:012x}", hash >> 16)
}

/// A number of an unknown form, as an IRI takes it: no slash, no blank, nothing that needs escaping.
fn clean(number: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' };
    number.chars().map(allowed).collect::<String>().trim_matches('-').to_owned()
}

fn is_code(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase())
}
