//! What is known of a document as a whole, from the facts that its lines state.

use jiff::civil::Date;
use unres_lang::{LangPack, SlotKind};
use unres_model::{BlockKind, Document, DocumentKind, Fact, FactRole, Inline, Meta, Value, plain_text};
use unres_source::Source;
use unres_symbol::{DocumentNumber, Letters, Organ};

/// The facts of a document, each as printed or as it follows from what is printed.
pub(crate) fn meta(source: &Source, pack: &LangPack, document: &Document) -> Meta {
    let name = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
    let mut meta = Meta { source: name.to_owned(), language: Some(pack.iso639_2().to_owned()), ..Meta::default() };
    let number = number(pack, document);
    let printed_organ = organ(pack, document);
    let organ = printed_organ.or_else(|| number.as_ref().and_then(derived_organ));
    meta.kind = kind(document, number.as_ref(), printed_organ);
    meta.organ = organ.map(|organ| match printed_organ {
        Some(_) => Value::printed(organ.code().to_owned()),
        None => Value::derived(organ.code().to_owned()),
    });
    if let Some(number) = &number {
        meta.number = Some(Value::printed(number.to_string()));
        meta.session = number.session().map(|session| Value::derived(session.to_owned()));
        let series = if meta.kind == Some(DocumentKind::Decision) { "DEC" } else { "RES" };
        meta.symbol = organ.map(|organ| Value::derived(number.symbol(organ, series)));
    }
    meta.adopted = adoption_date(document).map(Value::printed);
    meta.meeting = meeting(pack, document).map(Value::printed);
    meta
}

fn facts(document: &Document, role: FactRole) -> impl Iterator<Item = &Fact> {
    let inlines = document.blocks.iter().flat_map(|block| &block.content);
    inlines.filter_map(move |inline| match inline {
        Inline::Fact(fact) if fact.role == role => Some(fact),
        _ => None,
    })
}

fn number(pack: &LangPack, document: &Document) -> Option<DocumentNumber> {
    let letters = Letters { sessions: pack.session_letters(), parts: pack.part_letters() };
    let printed = facts(document, FactRole::Number).next()?;
    DocumentNumber::scan(&printed.text.text, letters).map(|(number, _)| number)
}

/// The organ that the enacting formula names.
fn organ(pack: &LangPack, document: &Document) -> Option<Organ> {
    let formula = document.blocks.iter().find(|block| block.kind == BlockKind::EnactingFormula)?;
    Organ::from_code(pack.formula(&plain_text(&formula.content))?.organ)
}

/// The organ whose numbers look so. A decision has no formula that names it.
fn derived_organ(number: &DocumentNumber) -> Option<Organ> {
    number.organ().or_else(|| number.is_assembly_decision().then_some(Organ::GeneralAssembly))
}

fn kind(document: &Document, number: Option<&DocumentNumber>, formula: Option<Organ>) -> Option<DocumentKind> {
    let decision = number.is_some_and(DocumentNumber::is_assembly_decision);
    match decision {
        true if formula.is_none_or(|organ| organ == Organ::GeneralAssembly) => Some(DocumentKind::Decision),
        _ if number.is_some() || formula.is_some() => Some(DocumentKind::Resolution),
        _ => {
            let placed = document.blocks.iter().any(|block| block.kind != BlockKind::Unplaced);
            placed.then_some(DocumentKind::Resolution)
        }
    }
}

fn adoption_date(document: &Document) -> Option<Date> {
    facts(document, FactRole::AdoptionDate).find_map(|fact| fact.date)
}

/// The number of the meeting, read again from the words that name it.
fn meeting(pack: &LangPack, document: &Document) -> Option<u32> {
    let lines = document.blocks.iter().filter(|block| block.kind == BlockKind::Adoption);
    lines.map(|block| plain_text(&block.content)).find_map(|line| {
        let found = pack.meeting_line(&line).or_else(|| pack.adoption_line(&line))?;
        found.slots.into_iter().find_map(|slot| match slot.kind {
            SlotKind::Meeting(number) => Some(number),
            _ => None,
        })
    })
}
