//! Several documents of one file, as the parts A and B of one number: a collection that holds what they have in common, and each as a component.

use super::identity::Identity;
use super::xml::Xml;
use super::{Profile, write_document};
use jiff::civil::Date;
use std::collections::BTreeSet;
use unres_export::Addresses;
use unres_model::{Block, BlockKind, Document, Inline, Meta, NoteId};
use unres_source::Sink;
use unres_symbol::DocumentNumber;

/// Writes a collection of documents inside `akomaNtoso`.
pub(super) fn write(
    xml: &mut Xml,
    documents: &[Document],
    profile: Profile,
    markup_date: Option<Date>,
    sink: &mut dyn Sink,
) {
    let Some((first, others)) = documents.split_first() else { return };
    let (head, first) = behead(first, common(documents));
    let identity = Identity::of_collection(head.meta.clone(), profile, markup_date);
    write_document(xml, &head, &Addresses::of(&head), &identity, |xml| body(xml, documents), sink);
    xml.open("components", &[]);
    for (position, document) in std::iter::once(&first).chain(others).enumerate() {
        xml.open("component", &[("eId", &format!("cmp_{}", position + 1))]);
        let identity = Identity::of(document, profile, markup_date, sink);
        write_document(xml, document, &Addresses::of(document), &identity, |_| {}, sink);
        xml.close();
    }
    xml.close();
}

/// The body of a collection only names its components.
fn body(xml: &mut Xml, documents: &[Document]) {
    xml.open("collectionBody", &[]);
    for (position, document) in documents.iter().enumerate() {
        let number = document.meta.number.as_ref().map_or("", |number| number.value.as_str());
        let (reference, target) = (format!("cmp_def-{}", position + 1), format!("#cmp_{}", position + 1));
        xml.open("component", &[("eId", &reference)]);
        let dref = format!("dref_{}", position + 1);
        xml.empty("documentRef", &[("eId", &dref), ("href", &target), ("showAs", number)]);
        xml.close();
    }
    xml.close();
}

/// What holds for all documents.
fn common(documents: &[Document]) -> Meta {
    let first = documents.first().map(|document| document.meta.clone()).unwrap_or_default();
    let whole = |meta: &Meta| {
        meta.number.as_ref().and_then(|number| DocumentNumber::parse(&number.value)).map(|number| number.whole())
    };
    let all = |same: &dyn Fn(&Meta) -> bool| documents.iter().all(|document| same(&document.meta));
    let number = whole(&first).filter(|number| all(&|meta| whole(meta).as_ref() == Some(number)));
    Meta {
        source: first.source.clone(),
        language: first.language.clone().filter(|_| all(&|meta| meta.language == first.language)),
        organ: first
            .organ
            .clone()
            .filter(|organ| all(&|meta| meta.organ.as_ref().is_some_and(|other| other.value == organ.value))),
        adopted: first.adopted.filter(|date| all(&|meta| meta.adopted.is_some_and(|other| other.value == date.value))),
        number: number.map(|number| unres_model::Value::derived(number.to_string())),
        ..Meta::default()
    }
}

/// Takes the lines that stand above all parts of one number off the first: the masthead, and all titles but its own, the last.
fn behead(first: &Document, meta: Meta) -> (Document, Document) {
    if meta.number.is_none() {
        return (Document { meta, ..Document::default() }, first.clone());
    }
    let is_head = |block: &Block| matches!(block.kind, BlockKind::Masthead | BlockKind::Title | BlockKind::Adoption);
    let end = first.blocks.iter().position(|block| !is_head(block)).unwrap_or(first.blocks.len());
    let heads = first.blocks.get(..end).unwrap_or_default();
    let own = heads.iter().rposition(|block| block.kind == BlockKind::Title).unwrap_or(end);
    let (head, rest) = first.blocks.split_at(own);
    let (calls_above, calls_below) = (called(head), called(rest));
    let notes = |keep: &dyn Fn(NoteId) -> bool| first.notes.iter().filter(|note| keep(note.id)).cloned().collect();
    let above = Document { meta, blocks: head.to_vec(), notes: notes(&|id| calls_above.contains(&id)) };
    let below = Document {
        meta: first.meta.clone(),
        blocks: rest.to_vec(),
        notes: notes(&|id| calls_below.contains(&id) || !calls_above.contains(&id)),
    };
    (above, below)
}

fn called(blocks: &[Block]) -> BTreeSet<NoteId> {
    let calls = blocks.iter().flat_map(Block::inlines).filter_map(|inline| match inline {
        Inline::Call(call) => Some(call.call),
        _ => None,
    });
    calls.collect()
}
