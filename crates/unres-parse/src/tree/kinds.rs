//! Lines that tell the kind of a document: sponsors of drafts, statements of a president, votes; and quoted paragraphs.

use super::state::{CoverLine, Zone};
use super::{Placed, TreeCx, head};
use crate::flow::FactRange;
use crate::marks::Ending;
use unres_lang::{LangPack, SlotKind, VoteWord};
use unres_model::{BlockKind, FactRole};

/// "Atlantis and Utopia: draft resolution".
pub(super) fn sponsors(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone == Zone::Head).then_some(())?;
    let (_, found) = cx.pack.draft_line(cx.text)?;
    let fact = |slot: unres_lang::Slot| match slot.kind {
        SlotKind::Any => Some(FactRange { role: FactRole::Sponsors, range: slot.range, date: None }),
        SlotKind::Kind => Some(FactRange { role: FactRole::Kind, range: slot.range, date: None }),
        _ => None,
    };
    let facts = found.slots.into_iter().filter_map(fact).collect();
    Some(Placed::with_facts(BlockKind::Masthead, facts))
}

/// The title of a draft stands below its sponsors and has no number.
pub(super) fn title_of_draft(cx: &TreeCx<'_>) -> Option<Placed> {
    let below = cx.state.zone == Zone::Head && cx.state.last_cover_line == CoverLine::Sponsors && !cx.state.is_named();
    let plain = below && cx.ending == Ending::Open && cx.pack.formula(cx.text).is_none();
    let title = FactRange { role: FactRole::Title, range: 0..cx.text.len(), date: None };
    plain.then(|| Placed::with_facts(BlockKind::Title, vec![title]))
}

/// "Statement by the President of the Security Council".
pub(super) fn heads_statement(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone == Zone::Head && cx.pack.heads_statement(cx.text)).then_some(())?;
    let title = FactRange { role: FactRole::Title, range: 0..cx.text.len(), date: None };
    Some(Placed::with_facts(BlockKind::Title, vec![title]))
}

/// "At the 9901st meeting of the Security Council, held on 3 March 2044, … the following statement on behalf of the Council:".
pub(super) fn statement_lead(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone == Zone::Head).then_some(())?;
    let found = cx.pack.statement_lead(cx.text)?;
    Some(Placed::with_facts(BlockKind::Unnumbered, head::facts(found)))
}

/// "At its 12th plenary meeting, on 3 March 2044, the General Assembly …": a decision, which has no enacting formula.
pub(super) fn decision_lead(cx: &TreeCx<'_>) -> Option<Placed> {
    let place = matches!(cx.state.zone, Zone::Head | Zone::Body) && cx.state.is_named() && cx.organ.is_none();
    let found = place.then(|| cx.pack.decision_lead(cx.text)).flatten()?;
    Some(Placed::with_facts(BlockKind::Operative, head::facts(found)))
}

/// Who voted how, and that there was no vote.
pub(super) fn vote(cx: &TreeCx<'_>) -> Option<Placed> {
    (!cx.above_title && cx.pack.vote_line(cx.text).is_some()).then(|| Placed::new(BlockKind::VoteList))
}

/// A paragraph that a quotation mark opens, where a colon leads to it or a quoted one stands before.
pub(super) fn quotation(cx: &TreeCx<'_>) -> Option<Placed> {
    let place = matches!(cx.state.zone, Zone::Body | Zone::Annex) && cx.pack.opens_quotation(cx.text);
    let led = cx.state.last_ending == Some(Ending::Intro) || cx.state.last_kind == Some(BlockKind::Quotation);
    (place && led).then(|| Placed::new(BlockKind::Quotation))
}

/// The name that a record has for an outcome or a choice.
pub(crate) fn vote_name(word: VoteWord) -> &'static str {
    match word {
        VoteWord::InFavour => "inFavour",
        VoteWord::Against => "against",
        VoteWord::Abstaining => "abstaining",
        VoteWord::WithoutVote => "adoptedWithoutVote",
        VoteWord::RecordedVote => "adoptedRecordedVote",
    }
}

/// Whether a text names a draft or a statement, or is a part of one.
pub(super) fn tells_kind(pack: &LangPack, text: &str) -> bool {
    pack.draft_line(text).is_some() || pack.heads_statement(text) || pack.statement_lead(text).is_some()
}
