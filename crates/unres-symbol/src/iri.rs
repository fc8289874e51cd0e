//! Akoma Ntoso IRIs of works, expressions and manifestations (AKN4UN part 1, 6.1).

use jiff::civil::Date;
use std::fmt;

/// The extension of a manifestation in XML.
pub const MANIFESTATION_EXTENSION: &str = "xml";

/// The parts of a work IRI: `/akn/un/statement/deliberation/un-ga/2013-05-17/67-264`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkIri {
    /// Name of the Akoma Ntoso document element.
    pub doc_type: &'static str,
    /// Prescribed subtype of that element.
    pub subtype: &'static str,
    /// The adopting organ: `un-ga`; `un` when it is not known.
    pub actor: String,
    /// The work's date.
    pub date: Date,
    /// The number, without slash or blank.
    pub number: String,
}

impl WorkIri {
    /// The IRI of the expression in a language (ISO 639-2/T), original version.
    pub fn expression(&self, language: &str) -> String {
        format!("{self}/{language}@")
    }

    /// The IRI of the manifestation in XML.
    pub fn manifestation(&self, language: &str) -> String {
        format!("{self}/{language}@.{MANIFESTATION_EXTENSION}")
    }
}

impl fmt::Display for WorkIri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { doc_type, subtype, actor, date, number } = self;
        write!(f, "/akn/un/{doc_type}/{subtype}/{actor}/{date}/{number}")
    }
}

/// The IRI of a component of a work or expression: `…/!main`, `…/!annex_1`.
pub fn component(iri: &str, name: &str) -> String {
    format!("{iri}/!{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_follow_the_guidelines() {
        let work = WorkIri {
            doc_type: "statement",
            subtype: "deliberation",
            actor: "un-ga".to_owned(),
            date: Date::constant(2013, 5, 17),
            number: "67-264".to_owned(),
        };
        assert_eq!(work.to_string(), "/akn/un/statement/deliberation/un-ga/2013-05-17/67-264");
        assert_eq!(work.manifestation("zho"), "/akn/un/statement/deliberation/un-ga/2013-05-17/67-264/zho@.xml");
        let main = component(&work.expression("zho"), "main");
        assert_eq!(main, "/akn/un/statement/deliberation/un-ga/2013-05-17/67-264/zho@/!main");
    }
}
