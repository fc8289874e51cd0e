//! Preambular and operative paragraphs.

use super::state::Zone;
use super::{Placed, TreeCx};
use crate::marks::{self, Ending};
use std::collections::BTreeSet;
use unres_lang::{LabelUse, OpeningKind, Reading, Style, is_alphanumeric, is_invisible};
use unres_model::BlockKind;

/// What the recognition of letters leaves of stains and pictures: more marks than letters and digits, of several kinds. Rulers and leaders
/// repeat one mark. The beginning of a text tells it.
pub(super) fn rubbish(cx: &TreeCx<'_>) -> Option<Placed> {
    const LEAST: usize = 8;
    const LOOKED_AT: usize = 100;
    let (mut letters, mut marks) = (0, Vec::new());
    for c in cx.text.chars() {
        if is_alphanumeric(c) {
            letters += 1;
        } else if !c.is_whitespace() && !is_invisible(c) {
            marks.push(c);
        }
        // Whatever follows, the marks are not more than so many letters.
        if letters * 2 >= LOOKED_AT {
            return None;
        }
        if letters + marks.len() >= LOOKED_AT {
            break;
        }
    }
    let kinds = || marks.iter().collect::<BTreeSet<_>>().len();
    (letters + marks.len() >= LEAST && marks.len() > letters && kinds() >= 4).then(|| Placed::new(BlockKind::Unplaced))
}

/// "3. Requests …".
pub(super) fn numbered(cx: &TreeCx<'_>) -> Option<Placed> {
    cx.state.is_past_name().then_some(())?;
    let label = cx.label?;
    let reading = label.readings.iter().find(|reading| reading.used_for == LabelUse::Paragraph)?;
    Some(Placed::numbered(BlockKind::Operative, label, *reading))
}

/// "4 Requests …": the mark behind the number was forgotten. That the number goes on the row and that the words open an operative paragraph tells it.
pub(super) fn numbered_without_mark(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone == Zone::Body && cx.label.is_none()).then_some(())?;
    let (digits, rest) = cx.text.split_once(char::is_whitespace)?;
    let ordinal = digits.chars().try_fold(0_u32, |sum, c| sum.checked_mul(10)?.checked_add(cx.pack.digit(c)?))?;
    let tells = cx.state.goes_on_numbers(ordinal) && marks::opens_as(rest, OpeningKind::Operative, cx.pack);
    let reading = Reading { used_for: LabelUse::Paragraph, style: Style::Decimal, ordinal };
    tells.then(|| Placed { number: Some((digits.len(), reading)), ..Placed::new(BlockKind::Operative) })
}

/// A comma ends a preambular paragraph in 503 of 504 (en), 501 of 509 (zh), 502 of 505 (ar) cases, and hardly any other. In the
/// preamble it is enough; in the body the paragraph also needs an opening, or a section must have begun.
pub(super) fn preambular(cx: &TreeCx<'_>) -> Option<Placed> {
    let comma = cx.ending == Ending::Preambular && cx.label.is_none();
    let zone = match cx.state.zone {
        Zone::Preamble => true,
        Zone::Head => cx.pack.opening(cx.text, OpeningKind::Preambular).is_some(),
        Zone::Body => cx.state.section_is_new || cx.pack.opening(cx.text, OpeningKind::Preambular).is_some(),
        Zone::Closing | Zone::Annex => false,
    };
    (comma && zone).then(|| Placed::new(BlockKind::Preambular))
}

/// A preambular paragraph that leads into a list, or was cut: its opening tells it.
pub(super) fn preambular_list(cx: &TreeCx<'_>) -> Option<Placed> {
    let place = cx.state.zone == Zone::Preamble && cx.label.is_none();
    let opening = |kind| cx.pack.opening(cx.text, kind).is_some();
    let opens =
        || opening(OpeningKind::Preambular) && !(opening(OpeningKind::Operative) && cx.ending == Ending::Operative);
    (place && opens()).then(|| Placed::new(BlockKind::Preambular))
}

/// The only operative paragraph of a resolution has no number, nor has the text of a decision.
pub(super) fn operative_without_number(cx: &TreeCx<'_>) -> Option<Placed> {
    let zone = match cx.state.zone {
        Zone::Head => cx.state.is_named(),
        Zone::Preamble => true,
        Zone::Body => cx.pack.opening(cx.text, OpeningKind::Operative).is_some(),
        Zone::Closing | Zone::Annex => false,
    };
    (zone && cx.label.is_none()).then(|| Placed::new(BlockKind::Operative))
}

/// Any other paragraph of the body or of an annex.
pub(super) fn unnumbered(cx: &TreeCx<'_>) -> Option<Placed> {
    matches!(cx.state.zone, Zone::Body | Zone::Annex).then(|| Placed::new(BlockKind::Unnumbered))
}
