//! The lines that name the document and state its adoption, and the enacting formula.

use super::state::{Name, Zone};
use super::{Placed, TreeCx};
use crate::flow::FactRange;
use crate::identify;
use unres_lang::{LangPack, Match, SlotKind};
use unres_model::{BlockKind, FactRole};
use unres_symbol::{DocumentNumber, Series};

/// "Resolution 2674 (2023)".
pub(super) fn number_line(cx: &TreeCx<'_>) -> Option<Placed> {
    if cx.state.zone != Zone::Head {
        return None;
    }
    let found = cx.pack.number_line(cx.text)?;
    let number = found.slots.iter().find(|slot| slot.kind == SlotKind::Number)?;
    DocumentNumber::parse(cx.text.get(number.range.clone())?)?;
    Some(Placed::with_facts(BlockKind::Title, facts(found)))
}

/// "Adopted by the Security Council at its 9252nd meeting, on 30 January 2023".
pub(super) fn adoption_line(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone == Zone::Head).then_some(())?;
    let found = cx.pack.adoption_line(cx.text)?;
    Some(Placed::with_facts(BlockKind::Adoption, facts(found)))
}

/// "67/264. Cooperation between …": a number of a session, a mark, the title.
pub(super) fn number_and_title(cx: &TreeCx<'_>) -> Option<Placed> {
    if cx.state.zone != Zone::Head || cx.state.name == Name::Title {
        return None;
    }
    let (_, len) = number_at_head(cx.pack, cx.text)?;
    let number = FactRange { role: FactRole::Number, range: 0..len, date: None };
    let after = cx.text.get(len..)?;
    let separator = cx.pack.title_separator(after).unwrap_or(0);
    let rest = after.get(separator..)?;
    let start = cx.text.len() - rest.trim_start().len();
    let title = FactRange { role: FactRole::Title, range: start..cx.text.len(), date: None };
    let facts = if title.range.is_empty() { vec![number] } else { vec![number, title] };
    Some(Placed::with_facts(BlockKind::Title, facts))
}

/// The number of a session at the head of a line that is no sentence.
pub(crate) fn number_at_head(pack: &LangPack, text: &str) -> Option<(DocumentNumber, usize)> {
    let (number, len) = DocumentNumber::scan(text, identify::letters(pack))?;
    let title = text.get(len..)?;
    let separator = pack.title_separator(title);
    let title = title.get(separator.unwrap_or(0)..)?;
    // A line of a paragraph may begin with the number that it cites.
    let goes_on = title.trim_start().starts_with(char::is_lowercase);
    let sentence = || !title.is_empty() && crate::marks::ending(title, pack) != crate::marks::Ending::Open;
    // A year and a number are a fraction of any kind, unless a title follows.
    let numbered = match number.series() {
        Series::Session(_) | Series::RomanSession(_) => true,
        Series::Year(_) => separator.is_some(),
        Series::BracketedYear(_) => false,
    };
    (numbered && !goes_on && !sentence()).then_some((number, len))
}

/// Whether a line begins a title, which may go on in the next: a number and the mark behind it.
pub(crate) fn title_begins(pack: &LangPack, text: &str) -> bool {
    let number = DocumentNumber::scan(text, identify::letters(pack)).filter(|(number, _)| number.year().is_none());
    number.is_some_and(|(_, len)| text.get(len..).is_some_and(|rest| pack.title_separator(rest).is_some()))
}

pub(super) fn enacting_formula(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone < Zone::Closing).then_some(())?;
    let found = cx.pack.formula(cx.text)?;
    let organ = FactRange { role: FactRole::Organ, range: found.name, date: None };
    Some(Placed::with_facts(BlockKind::EnactingFormula, vec![organ]))
}

/// "82nd plenary meeting", once the operative part was read.
pub(super) fn meeting_line(cx: &TreeCx<'_>) -> Option<Placed> {
    matches!(cx.state.zone, Zone::Body | Zone::Closing).then_some(())?;
    Some(Placed::with_facts(BlockKind::Adoption, facts(cx.pack.meeting_line(cx.text)?)))
}

/// "17 May 2013", beside the meeting or, as under the silence procedure of 2020, alone at the end.
pub(super) fn date_line(cx: &TreeCx<'_>) -> Option<Placed> {
    matches!(cx.state.zone, Zone::Body | Zone::Closing).then_some(())?;
    let found = cx.pack.date_line(cx.text)?;
    let beside = cx.state.zone == Zone::Closing || cx.pack.meeting_line(cx.next).is_some();
    let last = cx.next.is_empty() || cx.pack.annex_word(cx.next);
    (beside || last).then(|| Placed::with_facts(BlockKind::Adoption, facts(found)))
}

pub(super) fn facts(found: Match) -> Vec<FactRange> {
    let fact = |slot: unres_lang::Slot| {
        let (role, date) = match slot.kind {
            SlotKind::Number => (FactRole::Number, None),
            SlotKind::Kind => (FactRole::Kind, None),
            SlotKind::Organ => (FactRole::Organ, None),
            SlotKind::Meeting(_) => (FactRole::Meeting, None),
            SlotKind::Date(date) => (FactRole::AdoptionDate, Some(date)),
            SlotKind::Any | SlotKind::Documents | SlotKind::Item => return None,
        };
        Some(FactRange { role, range: slot.range, date })
    };
    found.slots.into_iter().filter_map(fact).collect()
}
