//! Several documents of one file, as the parts A and B of one number: a collection that holds what they have in common, and each as a component.

use super::identity::Identity;
use super::xml::Xml;
use super::{Profile, write_document};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use unres_export::Addresses;
use unres_model::{Block, BlockKind, Document, Inline, Meta, NoteId, Value, plain_text};
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
    let Some(first) = documents.first() else { return };
    let meta = common(documents);
    let shared = if meta.number.is_none() { 0 } else { length_of_head(first) };
    let head = Document { meta, ..part_of(first, 0..shared) };
    let identity = Identity::of_collection(head.meta.clone(), profile, markup_date);
    write_document(xml, &head, &Addresses::of(&head), &identity, |xml| body(xml, documents), sink);
    xml.open("components", &[]);
    for (position, document) in documents.iter().enumerate() {
        let eid = format!("cmp_{}", position + 1);
        xml.open("component", &[("eId", &eid)]);
        let mut identity = Identity::of(document, profile, markup_date, sink);
        identity.context = format!("{eid}__");
        let own = without_head(document, &head.blocks);
        write_document(xml, &own, &Addresses::of(&own), &identity, |_| {}, sink);
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
        symbol: number.as_ref().and_then(|number| symbol(number, documents)),
        number: number.map(|number| Value::derived(number.to_string())),
        ..Meta::default()
    }
}

/// The symbol of the parts of a number together: `A/RES/98/12 A-B`.
fn symbol(whole: &DocumentNumber, documents: &[Document]) -> Option<Value<String>> {
    let number = |document: &Document| DocumentNumber::parse(&document.meta.number.as_ref()?.value);
    let letter = |document: &Document| Some(number(document)?.part()?.to_owned());
    let (first, last) = (documents.first()?, documents.last()?);
    let part = first.meta.symbol.as_ref()?.value.strip_suffix(&number(first)?.to_string())?;
    let together = whole.clone().with_part(&format!("{}-{}", letter(first)?, letter(last)?));
    Some(Value::derived(format!("{part}{together}")))
}

/// How many lines stand above all parts of one number in the first: the masthead, and all titles but its own, the last.
fn length_of_head(first: &Document) -> usize {
    let is_head = |block: &Block| matches!(block.kind, BlockKind::Masthead | BlockKind::Title | BlockKind::Adoption);
    let end = first.blocks.iter().position(|block| !is_head(block)).unwrap_or(first.blocks.len());
    first.blocks[..end].iter().rposition(|block| block.kind == BlockKind::Title).unwrap_or(end)
}

/// A part without the lines above all parts, where it begins with a copy of them.
fn without_head<'a>(document: &'a Document, head: &[Block]) -> Cow<'a, Document> {
    let same = |(own, above): (&Block, &Block)| {
        own.kind == above.kind && plain_text(&own.content) == plain_text(&above.content)
    };
    let repeats = document.blocks.len() >= head.len() && document.blocks.iter().zip(head).all(same);
    if head.is_empty() || !repeats {
        return Cow::Borrowed(document);
    }
    Cow::Owned(part_of(document, head.len()..document.blocks.len()))
}

/// Some blocks of a document with the notes that they call. What no block calls stays with the last blocks.
fn part_of(document: &Document, blocks: Range<usize>) -> Document {
    let others = called(&document.blocks[..blocks.start]);
    let is_end = blocks.end == document.blocks.len();
    let blocks = document.blocks[blocks].to_vec();
    let own = called(&blocks);
    let keep = |id: NoteId| own.contains(&id) || is_end && !others.contains(&id);
    let notes = document.notes.iter().filter(|note| keep(note.id)).cloned().collect();
    Document { meta: document.meta.clone(), blocks, notes }
}

fn called(blocks: &[Block]) -> BTreeSet<NoteId> {
    let calls = blocks.iter().flat_map(Block::inlines).filter_map(|inline| match inline {
        Inline::Call(call) => Some(call.call),
        _ => None,
    });
    calls.collect()
}
