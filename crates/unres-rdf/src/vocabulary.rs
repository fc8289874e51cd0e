//! The terms that are used, by ontology.

use oxrdf::NamedNodeRef;

/// The prefixes of an output, which need not all occur in it.
pub(crate) const PREFIXES: [(&str, &str); 13] = [
    ("allot", "https://w3id.org/akn/ontology/allot/"),
    ("concept", CONCEPT),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("lan", LANGUAGE),
    ("org", ORGANIZATION),
    ("part", "http://www.ontologydesignpatterns.org/cp/owl/participation.owl#"),
    ("pwo", "http://purl.org/spar/pwo/"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("ti", "http://www.ontologydesignpatterns.org/cp/owl/timeinterval.owl#"),
    ("tvc", "http://www.essepuntato.it/2012/04/tvc/"),
    ("undo", "https://w3id.org/un/ontology/undo/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// What stands before the IRI of a work.
pub(crate) const DATA: &str = "https://w3id.org/un/data";
pub(crate) const CONCEPT: &str = "https://w3id.org/un/data/concept/";
pub(crate) const LANGUAGE: &str = "http://id.loc.gov/vocabulary/iso639-1/";
pub(crate) const ORGANIZATION: &str = "https://w3id.org/un/data/organization/";
pub(crate) const ROLE: &str = "https://w3id.org/un/data/role/";
/// Where a document can be read; language and symbol follow.
pub(crate) const DOCUMENTS: &str = "https://undocs.org/";

macro_rules! terms {
    ($($module:ident $iri:literal { $($name:ident $local:literal)* })*) => {
        $(pub(crate) mod $module {
            use super::NamedNodeRef;
            $(pub(crate) const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($iri, $local));)*
        })*
    };
}

terms! {
    allot "https://w3id.org/akn/ontology/allot/" {
        HAS_REALIZATION "hasRealization"
        ORGANIZATION_CLASS "Organization"
        ROLE_CLASS "Role"
    }
    dc "http://purl.org/dc/elements/1.1/" { SUBJECT "subject" }
    dcterms "http://purl.org/dc/terms/" {
        IDENTIFIER "identifier"
        ISSUED "issued"
        LANGUAGE_PROPERTY "language"
        SUBJECT "subject"
        TITLE "title"
    }
    part "http://www.ontologydesignpatterns.org/cp/owl/participation.owl#" { HAS_PARTICIPANT "hasParticipant" }
    pwo "http://purl.org/spar/pwo/" { HAPPENED "happened" }
    ti "http://www.ontologydesignpatterns.org/cp/owl/timeinterval.owl#" {
        START "hasIntervalStartDate"
        END "hasIntervalEndDate"
    }
    tvc "http://www.essepuntato.it/2012/04/tvc/" {
        AT_TIME "atTime"
        HAS_VALUE "hasValue"
        WITHIN_CONTEXT "withinContext"
        WITH_VALUE "withValue"
    }
    undo "https://w3id.org/un/ontology/undo/" {
        ACTION "Action"
        DECISION "Decision"
        DELIBERATIVE_DOCUMENT "DeliberativeDocument"
        DOCUMENT "Document"
        DOCUMENT_VERSION "DocumentVersion"
        INTERVAL "Interval"
        LANGUAGE_CLASS "Language"
        OFFICIAL_STATEMENT "OfficialStatement"
        RESOLUTION "Resolution"
        STATUS "Status"
        VALUE_IN_TIME_AND_CONTEXT "ValueInTimeAndContext"
    }
}
