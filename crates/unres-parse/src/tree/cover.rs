//! What stands above the line that names the document: publisher, symbol, session, agenda item, adoption …

use super::state::{CoverLine, Zone};
use super::{Placed, TreeCx};
use crate::flow::FactRange;
use std::ops::Range;
use unres_lang::{CoverPiece, LangPack, Match, SlotKind, is_invisible};
use unres_model::{BlockKind, FactRole};
use unres_symbol::scan_symbol;

/// A line that is nothing but publisher, organ, symbol, distribution, date of issuance and language, in any order.
pub(super) fn head(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    let pieces = head_pieces(cx.pack, cx.text)?;
    // A council's cover also names the Assembly that it reports to.
    let adopts = |fact: &FactRange| {
        let name = cx.text.get(fact.range.clone()).and_then(|name| cx.pack.organ_name(name));
        cx.organ.is_none_or(|organ| name.is_some_and(|(code, _)| code == organ))
    };
    Some(line(pieces.into_iter().filter(|fact| fact.role != FactRole::Organ || adopts(fact)).collect()))
}

/// "Seventy-sixth session".
pub(super) fn session(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    cx.pack.session_line(cx.text)?;
    Some(line(vec![whole(cx.text, FactRole::Session)]))
}

/// "Agenda item 70 (a)".
pub(super) fn agenda_item(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    cx.pack.agenda_item(cx.text)?;
    Some(line(vec![whole(cx.text, FactRole::AgendaItem)]))
}

/// "Resolution adopted by the General Assembly on 16 December 2021".
pub(super) fn adoption(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    Some(line(adoption_facts(cx.pack.cover_adoption(cx.text)?)))
}

/// "[on the report of the Third Committee (A/76/458, para. 15)]".
pub(super) fn proponent(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    let found = cx.pack.proponent(cx.text)?;
    let documents = found.slots.iter().find(|slot| slot.kind == SlotKind::Documents).map(|slot| slot.range.clone());
    let is_symbol = |range: &Range<usize>| cx.text.get(range.clone()).is_some_and(|text| scan_symbol(text).is_some());
    let whole = trimmed(cx.text);
    let fact = |role, range| FactRange { role, range, date: None };
    Some(line(match documents.filter(is_symbol) {
        None => vec![fact(FactRole::Proponent, whole)],
        Some(documents) => vec![
            fact(FactRole::Proponent, whole.start..documents.start),
            fact(FactRole::OriginatingDocument, documents.clone()),
            fact(FactRole::Proponent, documents.end..whole.end),
        ],
    }))
}

/// What stands between the agenda item and what follows it is the title of the item.
pub(super) fn agenda_title(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    (cx.state.last_cover_line == CoverLine::AgendaItem).then(|| line(vec![whole(cx.text, FactRole::AgendaTitle)]))
}

/// Any other line above the line that names the document.
pub(super) fn above_title(cx: &TreeCx<'_>) -> Option<Placed> {
    on_cover(cx)?;
    let adoption = cx.pack.adoption_line(cx.text).is_some();
    (!adoption).then(|| Placed::new(BlockKind::Masthead))
}

fn on_cover(cx: &TreeCx<'_>) -> Option<()> {
    ((cx.above_title || cx.is_masthead) && cx.state.zone == Zone::Head).then_some(())
}

fn line(facts: Vec<FactRange>) -> Placed {
    Placed::with_facts(BlockKind::Masthead, facts)
}

fn whole(text: &str, role: FactRole) -> FactRange {
    FactRange { role, range: trimmed(text), date: None }
}

/// A text without the blanks and invisible marks at its ends.
fn trimmed(text: &str) -> Range<usize> {
    let outside = |c: char| c.is_whitespace() || is_invisible(c);
    let start = text.len() - text.trim_start_matches(outside).len();
    start..text.trim_end_matches(outside).len().max(start)
}

/// The facts of a line that is a run of known pieces; none for any other line.
pub(crate) fn head_pieces(pack: &LangPack, text: &str) -> Option<Vec<FactRange>> {
    let mut facts = Vec::new();
    let Range { start: mut at, end } = trimmed(text);
    while at < end {
        let rest = text.get(at..end)?;
        let (piece, len) = match scan_symbol(rest) {
            Some((_, len)) => (Some((FactRole::Symbol, None)), len),
            None => piece(pack, rest)?,
        };
        if let Some((role, date)) = piece {
            facts.push(FactRange { role, range: at..at + len, date });
        }
        let behind = text.get(at + len..end)?;
        // The asterisk of a note may stand behind a symbol.
        let gap = |c: char| c.is_whitespace() || is_invisible(c) || c == '*';
        at = end - behind.trim_start_matches(gap).len();
    }
    (end > 0 && at == end).then_some(facts)
}

type PieceFact = Option<(FactRole, Option<jiff::civil::Date>)>;

/// The fact that a piece states, when it states one that the model keeps.
fn piece(pack: &LangPack, text: &str) -> Option<(PieceFact, usize)> {
    let (piece, len) = pack.cover_piece(text)?;
    let fact = match piece {
        CoverPiece::Publisher | CoverPiece::Original => None,
        CoverPiece::Organ(_) => Some((FactRole::Organ, None)),
        CoverPiece::Distribution => Some((FactRole::Distribution, None)),
        CoverPiece::IssueDate(date) => Some((FactRole::IssueDate, Some(date))),
    };
    Some((fact, len))
}

fn adoption_facts(found: Match) -> Vec<FactRange> {
    let fact = |slot: unres_lang::Slot| match slot.kind {
        SlotKind::Kind => Some(FactRange { role: FactRole::Kind, range: slot.range, date: None }),
        SlotKind::Date(date) => Some(FactRange { role: FactRole::AdoptionDate, range: slot.range, date: Some(date) }),
        _ => None,
    };
    found.slots.into_iter().filter_map(fact).collect()
}
