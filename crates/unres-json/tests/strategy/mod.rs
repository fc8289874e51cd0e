//! Random documents that keep all promises of the model.

use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use unres_model::{
    Basis, Block, BlockKind, Cell, Citation, CitedKind, Cover, DatedText, Document, DocumentKind, Fact, FactRole,
    HeadingForm, HeadingPlace, HeadingRank, Inline, LinkedText, MAX_DEPTH, Meta, NamedKind, NamedText, Note, NoteCall,
    NoteId, Number, NumberStyle, Opening, Pinpoint, PinpointUnit, Place, Text, Value,
};
use unres_source::{Origin, RuleId, Span};

/// Documents of few blocks in which every field is sometimes set.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    vec(any::<u32>(), 0..4).prop_flat_map(|mut ids| {
        ids.sort_unstable();
        ids.dedup();
        let ids: Vec<NoteId> = ids.into_iter().map(NoteId).collect();
        let notes: Vec<_> = ids.iter().map(|id| note(*id, &ids)).collect();
        (meta(), vec(block(&ids), 0..8), notes).prop_map(|(meta, blocks, notes)| Document {
            meta,
            blocks: hung(blocks),
            notes,
        })
    })
}

/// Hangs each block no deeper than the one before it allows, and leaves rows to tables.
fn hung(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut allowed = 0;
    for block in &mut blocks {
        block.depth = block.depth.min(allowed);
        allowed = (block.depth + 1).min(MAX_DEPTH);
        if block.kind != BlockKind::Table {
            block.rows.clear();
        }
    }
    blocks
}

fn meta() -> impl Strategy<Value = Meta> {
    let kind = of(select(vec![
        DocumentKind::Resolution,
        DocumentKind::Decision,
        DocumentKind::PresidentialStatement,
        DocumentKind::DraftResolution,
        DocumentKind::DraftDecision,
    ]));
    let names = [of(value(words())), of(value(words())), of(value(words())), of(value(words()))];
    (words(), of(words()), kind, names, of(value(date())), of(value(any::<u32>())), cover()).prop_map(
        |(source, language, kind, [organ, symbol, number, session], adopted, meeting, cover)| Meta {
            source,
            language,
            kind,
            organ,
            symbol,
            number,
            session,
            adopted,
            meeting,
            cover,
            ..Meta::default()
        },
    )
}

fn cover() -> impl Strategy<Value = Cover> {
    let text = || prop_oneof![Just(String::new()), words()];
    (of(date()), text(), text(), text(), text(), text(), text()).prop_map(
        |(issued, distribution, agenda_item, agenda_title, proponent, originating_document, job_number)| Cover {
            issued,
            distribution,
            agenda_item,
            agenda_title,
            proponent,
            originating_document,
            job_number,
        },
    )
}

fn value<T: std::fmt::Debug>(fact: impl Strategy<Value = T>) -> impl Strategy<Value = Value<T>> {
    (fact, select(vec![Basis::Printed, Basis::Derived])).prop_map(|(value, basis)| Value { value, basis })
}

fn block(notes: &[NoteId]) -> impl Strategy<Value = Block> + use<> {
    let opening = (words(), of(words())).prop_map(|(phrase, key)| Opening { phrase, key });
    let rows = prop_oneof![4 => Just(Vec::new()), 1 => vec(vec(cell(notes), 0..3), 1..3)];
    let numbers = (of(number()), of(heading()));
    (select(KINDS.to_vec()), 0..8_u16, numbers, of(opening), content(notes), rows, rule(), of(place())).prop_map(
        |(kind, depth, (number, heading), opening, content, rows, rule, place)| Block {
            kind,
            depth,
            number,
            heading,
            opening,
            content,
            rows,
            rule,
            place,
        },
    )
}

fn heading() -> impl Strategy<Value = HeadingForm> {
    use HeadingPlace as P;
    let ranks = select(vec![HeadingRank::Heading, HeadingRank::Subheading]);
    (ranks, select(vec![P::Section, P::Beside, P::Paragraph, P::Body]))
        .prop_map(|(rank, stands)| HeadingForm { rank, stands })
}

const KINDS: [BlockKind; 15] = [
    BlockKind::Masthead,
    BlockKind::Title,
    BlockKind::Adoption,
    BlockKind::EnactingFormula,
    BlockKind::Preambular,
    BlockKind::Section,
    BlockKind::Heading,
    BlockKind::Operative,
    BlockKind::Item,
    BlockKind::Unnumbered,
    BlockKind::Quotation,
    BlockKind::Table,
    BlockKind::Annex,
    BlockKind::VoteList,
    BlockKind::Unplaced,
];

fn number() -> impl Strategy<Value = Number> {
    let style = select(vec![
        NumberStyle::Decimal,
        NumberStyle::LowerAlpha,
        NumberStyle::UpperAlpha,
        NumberStyle::LowerRoman,
        NumberStyle::UpperRoman,
        NumberStyle::Bullet,
    ]);
    (words(), any::<u32>(), style, spans()).prop_map(|(printed, ordinal, style, spans)| Number {
        printed,
        ordinal,
        style,
        spans,
    })
}

fn note(id: NoteId, notes: &[NoteId]) -> impl Strategy<Value = Note> + use<> {
    (words(), spans(), content(notes), rule(), of(place()))
        .prop_map(move |(mark, mark_spans, content, rule, place)| Note { id, mark, mark_spans, content, rule, place })
}

fn cell(notes: &[NoteId]) -> impl Strategy<Value = Cell> + use<> {
    (content(notes), any::<bool>(), 0..3_u16, 0..3_u16).prop_map(|(content, header, more_columns, more_rows)| Cell {
        content,
        header,
        more_columns,
        more_rows,
    })
}

fn content(notes: &[NoteId]) -> impl Strategy<Value = Vec<Inline>> + use<> {
    let role = select(vec![
        FactRole::Number,
        FactRole::Title,
        FactRole::Kind,
        FactRole::Organ,
        FactRole::Meeting,
        FactRole::AdoptionDate,
        FactRole::Symbol,
        FactRole::Distribution,
        FactRole::IssueDate,
        FactRole::Session,
        FactRole::AgendaItem,
        FactRole::AgendaTitle,
        FactRole::Proponent,
        FactRole::OriginatingDocument,
        FactRole::Sponsors,
    ]);
    let fact = (role, of(date()), text()).prop_map(|(role, date, text)| Inline::Fact(Fact { role, date, text }));
    let text = text().prop_map(Inline::Text).boxed();
    let call = match notes {
        [] => text.clone(),
        notes => {
            (select(notes.to_vec()), spans()).prop_map(|(call, spans)| Inline::Call(NoteCall { call, spans })).boxed()
        }
    };
    vec(prop_oneof![text, fact, call, citation(), dated(), linked(), named()], 0..4)
}

fn citation() -> impl Strategy<Value = Inline> {
    let pinpoint = (select(vec![PinpointUnit::Annex, PinpointUnit::Paragraph]), words())
        .prop_map(|(unit, number)| Pinpoint { unit, number });
    let fields = (words(), select(vec![Basis::Printed, Basis::Derived]), of(value(date())), vec(pinpoint, 0..2));
    let kind = select(vec![CitedKind::Document, CitedKind::Records]);
    let more = (of(words()), any::<bool>(), of(any::<u32>()));
    (fields, kind, more, text()).prop_map(
        |((symbol, basis, date, pinpoints), kind, (up_to, refers_back, list), text)| {
            Inline::Citation(Box::new(Citation {
                symbol,
                kind,
                basis,
                date,
                pinpoints,
                up_to,
                refers_back,
                list,
                text,
            }))
        },
    )
}

fn dated() -> impl Strategy<Value = Inline> {
    (date(), text()).prop_map(|(date, text)| Inline::Date(DatedText { date, text }))
}

fn linked() -> impl Strategy<Value = Inline> {
    (words(), text()).prop_map(|(url, text)| Inline::Link(LinkedText { url, text }))
}

fn named() -> impl Strategy<Value = Inline> {
    let kind = select(vec![NamedKind::Organization, NamedKind::Role]);
    (words(), kind, text()).prop_map(|(code, kind, text)| Inline::Name(NamedText { code, kind, text }))
}

fn text() -> impl Strategy<Value = Text> {
    (words(), spans()).prop_map(|(text, spans)| Text { text, spans })
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    vec((any::<u32>(), any::<u32>()).prop_map(|(a, b)| Span { start: a.min(b), end: a.max(b) }), 0..3)
}

fn place() -> impl Strategy<Value = Place> {
    let origin = || (of(any::<u32>()), any::<u32>()).prop_map(|(page, line)| Origin { page, line });
    (origin(), origin()).prop_map(|(first, last)| Place { first, last })
}

fn rule() -> impl Strategy<Value = RuleId> {
    words().prop_map(RuleId::from)
}

fn date() -> impl Strategy<Value = Date> {
    (1946..2100_i16, 1..=12_i8, 1..=28_i8)
        .prop_map(|(year, month, day)| Date::new(year, month, day).expect("every month has these days"))
}

/// Any text, with all that JSON must escape.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-zA-Z0-9 ()/.]{0,12}", 2 => ".{0,8}", 1 => any::<String>()]
}
