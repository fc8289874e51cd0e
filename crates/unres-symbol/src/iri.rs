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

/// The parts of a work IRI as a file states them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkParts<'a> {
    /// Name of the Akoma Ntoso document element.
    pub kind: &'a str,
    /// Its subtype.
    pub subtype: &'a str,
    /// The adopting organ.
    pub actor: &'a str,
    /// Ten characters in the form of a date, which need not be one of the calendar.
    pub date: &'a str,
    /// The number, without slash or blank.
    pub number: &'a str,
}

impl<'a> WorkParts<'a> {
    /// Reads `/akn/un/KIND/SUBTYPE/ACTOR/DATE/NUMBER`, with or without a slash behind it.
    pub fn parse(iri: &'a str) -> Option<Self> {
        let rest = iri.strip_prefix("/akn/un/")?;
        let parts: Vec<&str> = rest.strip_suffix('/').unwrap_or(rest).split('/').collect();
        let [kind, subtype, actor, date, number] = *parts.as_slice() else { return None };
        let letters = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic());
        let name =
            |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b));
        let sound = letters(kind) && letters(subtype) && name(actor) && is_date(date);
        (sound && !number.is_empty() && !number.contains(char::is_whitespace)).then_some(Self {
            kind,
            subtype,
            actor,
            date,
            number,
        })
    }
}

fn is_date(text: &str) -> bool {
    let shape = |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.bytes().enumerate().all(shape)
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
        let printed = work.to_string();
        let parts = WorkParts::parse(&printed).expect("the parts of a work");
        assert_eq!((parts.kind, parts.actor, parts.number), ("statement", "un-ga", "67-264"));
        for odd in ["/akn/un/statement/deliberation/un-ga/2013/67-264", "/akn/un/statement", ""] {
            assert_eq!(WorkParts::parse(odd), None, "{odd}");
        }
        assert_eq!(work.manifestation("zho"), "/akn/un/statement/deliberation/un-ga/2013-05-17/67-264/zho@.xml");
        let main = component(&work.expression("zho"), "main");
        assert_eq!(main, "/akn/un/statement/deliberation/un-ga/2013-05-17/67-264/zho@/!main");
    }
}
