//! The concepts, organizations, events and roles that a document refers to, which its metadata must declare.

use std::collections::BTreeMap;

/// What was referred to, by eId.
#[derive(Debug, Default)]
pub(crate) struct References {
    entries: BTreeMap<String, Entry>,
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
    Event,
    Location,
    Organization,
    Role,
}

impl Class {
    /// The element that declares an entry.
    pub(crate) fn element(self) -> &'static str {
        match self {
            Self::Concept => "TLCConcept",
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
            Self::Event => "event",
            Self::Location => "location",
            Self::Organization => "organization",
            Self::Role => "role",
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
        let entry = || Entry { class, name: name.to_owned(), show_as: show_as.to_owned() };
        self.entries.entry(id.to_owned()).or_insert_with(entry);
        format!("#{id}")
    }

    /// Whether an eId is taken by an entry of another class.
    pub(crate) fn is_taken(&self, id: &str, class: Class) -> bool {
        self.entries.get(id).is_some_and(|entry| entry.class != class)
    }

    /// The entries in the order of their eIds.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.entries.iter().map(|(id, entry)| (id.as_str(), entry))
    }
}
