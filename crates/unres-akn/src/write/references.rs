//! The concepts, organizations, events and roles that a document refers to, which its metadata must declare.

use super::Profile;
use std::collections::BTreeMap;

/// What was referred to, by eId.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Published files show the words of records where they are, and declare none of them.
    shows_words: bool,
    entries: BTreeMap<String, Entry>,
    /// Where else the targets of references are, by what refers to these references: `#para_1__ref_1`.
    links: Vec<(String, String)>,
}

/// A top-level class of the ontology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) class: Class,
    /// The last segment of its IRI.
    pub(crate) name: String,
    /// What people read.
    pub(crate) show_as: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Concept,
    /// A document that records a step.
    Document,
    Event,
    Location,
    Organization,
    /// The place in such a document.
    Place,
    Role,
}

/// eIds that a file has for its parts and for what each file declares. The words of an opening phrase or a record get none of them.
const RESERVED: [&str; 12] = [
    "adopted",
    "adoption",
    "adoptionMeeting",
    "author",
    "body",
    "conclusions",
    "coverPage",
    "editor",
    "issuer",
    "markupAgent",
    "preamble",
    "preface",
];
/// The longest eId that is made from the words of a record.
const LONGEST: usize = 40;

impl Class {
    /// The element that declares an entry.
    pub(crate) fn element(self) -> &'static str {
        match self {
            Self::Concept => "TLCConcept",
            Self::Document | Self::Place => "TLCReference",
            Self::Event => "TLCEvent",
            Self::Location => "TLCLocation",
            Self::Organization => "TLCOrganization",
            Self::Role => "TLCRole",
        }
    }

    /// The segment of its IRI.
    pub(crate) fn segment(self) -> &'static str {
        match self {
            Self::Concept => "concept",
            Self::Document | Self::Place => "reference",
            Self::Event => "event",
            Self::Location => "location",
            Self::Organization => "organization",
            Self::Role => "role",
        }
    }

    /// What a reference is to what refers to it.
    pub(crate) fn role(self) -> Option<&'static str> {
        match self {
            Self::Document => Some("document"),
            Self::Place => Some("place"),
            _ => None,
        }
    }
}

impl References {
    /// Refers to an entry whose eId is its name; gives the local reference.
    pub(crate) fn refer(&mut self, class: Class, id: &str, show_as: &str) -> String {
        self.refer_as(class, id, id, show_as)
    }

    /// Refers to an entry; the first words to show win.
    pub(crate) fn refer_as(&mut self, class: Class, id: &str, name: &str, show_as: &str) -> String {
        if !self.entries.contains_key(id) {
            let entry = Entry { class, name: name.to_owned(), show_as: show_as.to_owned() };
            self.entries.insert(id.to_owned(), entry);
        }
        ["#", id].concat()
    }

    /// References of a file in a profile.
    pub(crate) fn of(profile: Profile) -> Self {
        Self { shows_words: profile == Profile::Published, ..Self::default() }
    }

    /// Refers to an entry for words of a record, which are shown as they stand; its eId is made from `name`.
    pub(crate) fn declare(&mut self, class: Class, name: &str, show_as: &str) -> String {
        if self.shows_words {
            return show_as.to_owned();
        }
        let stem = eid_of(name);
        let numbered = (2_u32..).map(|count| format!("{stem}-{count}"));
        let free = |id: &String| match self.entries.get(id) {
            Some(entry) => entry.class == class && entry.show_as == show_as,
            None => !RESERVED.contains(&id.as_str()),
        };
        let id = std::iter::once(stem.clone()).chain(numbered).find(free).unwrap_or(stem.clone());
        self.refer(class, &id, show_as)
    }

    /// Whether an eId is kept for other things, or taken by an entry of another class.
    pub(crate) fn is_taken(&self, id: &str, class: Class) -> bool {
        RESERVED.contains(&id) || self.entries.get(id).is_some_and(|entry| entry.class != class)
    }

    /// Says where the target of a reference is on the web.
    pub(crate) fn link(&mut self, reference: String, address: String) {
        self.links.push((reference, address));
    }

    /// These addresses, in the order of the text.
    pub(crate) fn links(&self) -> &[(String, String)] {
        &self.links
    }

    /// The entries in the order of their eIds.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(id, entry)| (id.as_str(), entry))
    }
}

/// `A/C.3/61/L.2` → `A-C.3-61-L.2`: what an eId and an IRI can hold of some words, without an underscore, which the eIds of elements have.
fn eid_of(words: &str) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let parts = words.split(|c: char| !kept(c)).filter(|part| !part.is_empty());
    let mut id = parts.collect::<Vec<_>>().join("-");
    id.truncate(LONGEST);
    if id.is_empty() { "other".to_owned() } else { id }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_record_get_an_eid_each() {
        let mut references = References::default();
        assert_eq!(references.declare(Class::Document, "A/C.3/61/L.2", "A/C.3/61/L.2"), "#A-C.3-61-L.2");
        assert_eq!(references.declare(Class::Organization, "agent", "Utopia"), "#agent");
        assert_eq!(references.declare(Class::Organization, "agent", "Arcadia"), "#agent-2");
        assert_eq!(references.declare(Class::Organization, "agent", "Utopia"), "#agent");
        assert_eq!(references.declare(Class::Concept, "preface", "preface"), "#preface-2");
        assert_eq!(references.declare(Class::Concept, "…", "…"), "#other");
    }
}
