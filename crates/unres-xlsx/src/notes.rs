//! The table of notes: one row a note.

use std::borrow::Cow;
use std::collections::BTreeMap;
use unres_export::Addresses;
use unres_model::{Document, Inline, Note, NoteId, plain_text};

/// The names of the columns.
pub(crate) const NOTE_HEADER: [&str; 12] = [
    "symbol",
    "language",
    "eid",
    "mark",
    "text",
    "called_in",
    "source_file",
    "first_page",
    "first_line",
    "last_page",
    "last_line",
    "rule",
];

/// The rows of one document, in the order of its notes. `addresses` are those of the document.
pub(crate) fn note_rows<'a>(
    document: &'a Document,
    addresses: &'a Addresses,
) -> impl Iterator<Item = [Cow<'a, str>; NOTE_HEADER.len()]> {
    let calls = calls(document, addresses);
    document.notes.iter().map(move |note| {
        let called_in = calls.get(&note.id).map(|paths| paths.join("; ")).unwrap_or_default();
        row(document, note, called_in)
    })
}

fn row<'a>(document: &'a Document, note: &'a Note, called_in: String) -> [Cow<'a, str>; NOTE_HEADER.len()] {
    let meta = &document.meta;
    let (first, last) = (note.place.map(|place| place.first), note.place.map(|place| place.last));
    let symbol = meta.symbol.as_ref().map(|symbol| symbol.value.as_str());
    [
        symbol.unwrap_or_default().into(),
        meta.language.as_deref().unwrap_or_default().into(),
        Addresses::note(note.id).into(),
        note.mark.as_str().into(),
        plain_text(&note.content),
        called_in.into(),
        meta.source.as_str().into(),
        number(first.and_then(|origin| origin.page)),
        number(first.map(|origin| origin.line)),
        number(last.and_then(|origin| origin.page)),
        number(last.map(|origin| origin.line)),
        note.rule.as_str().into(),
    ]
}

fn number(number: Option<u32>) -> Cow<'static, str> {
    number.map(|number| number.to_string()).unwrap_or_default().into()
}

/// Where each note is called: the paths of blocks, and the eIds of notes that call another.
fn calls<'a>(document: &'a Document, addresses: &'a Addresses) -> BTreeMap<NoteId, Vec<Cow<'a, str>>> {
    let blocks = document.blocks.iter().zip(addresses.blocks());
    let in_blocks =
        blocks.flat_map(|(block, address)| block.inlines().map(|inline| (inline, address.path.as_str().into())));
    let in_notes = document
        .notes
        .iter()
        .flat_map(|note| note.content.iter().map(|inline| (inline, Addresses::note(note.id).into())));
    let mut calls: BTreeMap<NoteId, Vec<Cow<'a, str>>> = BTreeMap::new();
    for (inline, place) in in_blocks.chain(in_notes) {
        if let Inline::Call(call) = inline {
            calls.entry(call.call).or_default().push(place);
        }
    }
    calls
}
