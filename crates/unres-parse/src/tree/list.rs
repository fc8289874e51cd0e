//! Items of lists. Levels follow from the order of numbers, not from their style: resolutions of the Security Council print (i)
//! above (a) where others print (a) above (i).

use super::state::Zone;
use super::{Placed, TreeCx};
use crate::marks::Ending;
use unres_lang::{LabelUse, Reading, Style};
use unres_model::BlockKind;

pub(super) fn item(cx: &TreeCx<'_>) -> Option<Placed> {
    cx.state.is_past_name().then_some(())?;
    let label = cx.label?;
    let readings: Vec<Reading> =
        label.readings.iter().copied().filter(|reading| reading.used_for == LabelUse::Item).collect();
    let (level, reading) = level(&cx.state.items, &readings)?;
    Some(Placed { level, ..Placed::numbered(BlockKind::Item, label, reading) })
}

/// The level of a number among the open lists, from 1, and the reading that fits there: it goes on an open list, innermost first;
/// else it begins one; else it stands in the list of its style, out of order.
fn level(open: &[(Style, u32)], readings: &[Reading]) -> Option<(u16, Reading)> {
    let depth = |index: usize| u16::try_from(index + 1).unwrap_or(u16::MAX);
    let goes_on = |(index, (style, ordinal)): (usize, &(Style, u32))| {
        let next =
            |reading: &&Reading| reading.style == *style && (*style == Style::Bullet || reading.ordinal == ordinal + 1);
        let reading = readings.iter().find(next)?;
        let ordinal = if *style == Style::Bullet { ordinal + 1 } else { reading.ordinal };
        Some((depth(index), Reading { ordinal, ..*reading }))
    };
    let in_list = |style: Style| open.iter().rposition(|(known, _)| *known == style);
    let begins = || {
        let first = readings.iter().find(|reading| reading.ordinal == 1 && in_list(reading.style).is_none())?;
        Some((depth(open.len()), *first))
    };
    let out_of_order = || {
        let known = readings.iter().find_map(|reading| Some((depth(in_list(reading.style)?), *reading)));
        known.or_else(|| readings.first().map(|reading| (depth(open.len()), *reading)))
    };
    open.iter().enumerate().rev().find_map(goes_on).or_else(begins).or_else(out_of_order)
}

/// An item that is a short title ("(a) Quick impact projects") owns the paragraph without number that follows it.
pub(super) fn text_of_titled_item(cx: &TreeCx<'_>) -> Option<Placed> {
    let titled = cx.state.last_kind == Some(BlockKind::Item) && cx.state.last_ending == Some(Ending::Open);
    let place = titled && cx.label.is_none() && matches!(cx.state.zone, Zone::Body | Zone::Annex);
    let level = u16::try_from(cx.state.items.len()).unwrap_or(u16::MAX) + u16::from(cx.state.host.is_some());
    place.then(|| Placed { level, ..Placed::new(BlockKind::Unnumbered) })
}

/// The sentence of a paragraph goes on behind its items: a text without number that begins with a small letter, where the last item closed no sentence.
/// Scripts without capitals do not show it.
pub(super) fn text_after_list(cx: &TreeCx<'_>) -> Option<Placed> {
    let after_item = cx.state.last_kind == Some(BlockKind::Item) && cx.state.host.is_some() && cx.label.is_none();
    let goes_on = after_item && cx.pack.has_capitals() && cx.text.starts_with(char::is_lowercase);
    goes_on.then(|| Placed { level: 1, ..Placed::new(BlockKind::Unnumbered) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(style: Style, ordinal: u32) -> Reading {
        Reading { used_for: LabelUse::Item, style, ordinal }
    }

    fn check(open: &[(Style, u32)], readings: &[Reading], expected: (u16, Style, u32)) {
        let (found, reading) = level(open, readings).expect("a level");
        assert_eq!((found, reading.style, reading.ordinal), expected);
    }

    const ALPHA: Style = Style::LowerAlpha;
    const ROMAN: Style = Style::LowerRoman;

    #[test]
    fn an_i_is_a_letter_only_after_h() {
        let i = [reading(ALPHA, 9), reading(ROMAN, 1)];
        check(&[(ALPHA, 8)], &i, (1, ALPHA, 9));
        check(&[(ALPHA, 2)], &i, (2, ROMAN, 1));
    }

    #[test]
    fn a_number_goes_on_the_innermost_list_that_expects_it() {
        check(&[(ALPHA, 1), (ROMAN, 2)], &[reading(ALPHA, 2)], (1, ALPHA, 2));
        check(&[(ALPHA, 1), (ROMAN, 2)], &[reading(ROMAN, 3)], (2, ROMAN, 3));
        check(&[(ROMAN, 1)], &[reading(ALPHA, 1)], (2, ALPHA, 1));
    }

    #[test]
    fn dashes_share_a_level_and_numbers_out_of_order_find_their_list() {
        check(&[(ALPHA, 1), (Style::Bullet, 1)], &[reading(Style::Bullet, 1)], (2, Style::Bullet, 2));
        check(&[(ALPHA, 1), (ROMAN, 2)], &[reading(ALPHA, 4)], (1, ALPHA, 4));
        check(&[], &[reading(ALPHA, 3)], (1, ALPHA, 3));
    }
}
