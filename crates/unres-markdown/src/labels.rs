//! The names of notes in Markdown.

use std::collections::{BTreeMap, BTreeSet};
use unres_export::Addresses;
use unres_model::{Block, Document, Inline, Note, NoteId};

/// What stands for each note in the text.
pub(crate) struct Labels<'a> {
    labels: BTreeMap<NoteId, Label<'a>>,
}

/// The name of a note.
pub(crate) enum Label<'a> {
    /// Its mark, which no note before it has.
    Mark(&'a str),
    /// Its eId; the mark is to stand before its text.
    Eid(String),
}

impl Label<'_> {
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Mark(mark) => mark,
            Self::Eid(eid) => eid,
        }
    }
}

impl<'a> Labels<'a> {
    pub(crate) fn of(document: &'a Document) -> Self {
        let mut taken = BTreeSet::new();
        let label = |note: &'a Note| {
            let is_word = !note.mark.is_empty() && note.mark.chars().all(|c| c.is_ascii_alphanumeric());
            // Labels that differ in case only are one.
            let is_free = is_word && taken.insert(note.mark.to_lowercase());
            (note.id, if is_free { Label::Mark(&note.mark) } else { Label::Eid(Addresses::note(note.id)) })
        };
        Self { labels: document.notes.iter().map(label).collect() }
    }

    pub(crate) fn get(&self, note: NoteId) -> Option<&Label<'a>> {
        self.labels.get(&note)
    }
}

/// The notes that are called, in blocks or in other notes.
pub(crate) fn called(document: &Document) -> BTreeSet<NoteId> {
    let blocks = document.blocks.iter().flat_map(Block::inlines);
    let notes = document.notes.iter().flat_map(|note| &note.content);
    let calls = blocks.chain(notes).filter_map(|inline| match inline {
        Inline::Call(call) => Some(call.call),
        Inline::Text(_) | Inline::Fact(_) => None,
    });
    calls.collect()
}
