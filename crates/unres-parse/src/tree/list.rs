//! Items of lists. Levels follow from the order of numbers, not from their style: resolutions of the Security Council print (i)
//! above (a) where others print (a) above (i).

use super::state::Zone;
use super::{Placed, TreeCx, section};
use crate::evidence::StyleEvidence;
use crate::marks::Ending;
use unres_lang::{Label, LabelUse, Reading, Style};
use unres_model::BlockKind;

pub(super) fn item(cx: &TreeCx<'_>) -> Option<Placed> {
    cx.state.is_past_name().then_some(())?;
    let label = cx.label?;
    let (level, reading) = level(&cx.state.items, cx.state.ended, &item_readings(label))?;
    Some(Placed { level, ..Placed::numbered(BlockKind::Item, label, reading) })
}

fn item_readings(label: &Label) -> Vec<Reading> {
    label.readings.iter().copied().filter(|reading| reading.used_for == LabelUse::Item).collect()
}

/// The level of a number among the open lists, from 1, and the reading that fits there: it goes on an open list, innermost first;
/// else it goes on the list that ended under the item before; else it begins one; else it stands in the list of its style, out of order.
fn level(open: &[(Style, u32)], ended: Option<(Style, u32)>, readings: &[Reading]) -> Option<(u16, Reading)> {
    let out_of_order = || {
        let known = readings.iter().find_map(|reading| Some((level_at(in_list(open, reading.style)?), *reading)));
        known.or_else(|| readings.first().map(|reading| (level_at(open.len()), *reading)))
    };
    goes_on(open, readings)
        .or_else(|| runs_on(open, ended?, readings))
        .or_else(|| begins(open, readings))
        .or_else(out_of_order)
}

/// The level of the list at a place among the open ones.
fn level_at(index: usize) -> u16 {
    u16::try_from(index + 1).unwrap_or(u16::MAX)
}

fn in_list(open: &[(Style, u32)], style: Style) -> Option<usize> {
    open.iter().rposition(|(known, _)| *known == style)
}

/// The innermost open list that a number is the next of.
fn goes_on(open: &[(Style, u32)], readings: &[Reading]) -> Option<(u16, Reading)> {
    open.iter().enumerate().rev().find_map(|(index, (style, ordinal))| {
        let next =
            |reading: &&Reading| reading.style == *style && (*style == Style::Bullet || reading.ordinal == ordinal + 1);
        let reading = readings.iter().find(next)?;
        let ordinal = if *style == Style::Bullet { ordinal + 1 } else { reading.ordinal };
        Some((level_at(index), Reading { ordinal, ..*reading }))
    })
}

/// The level below all open lists, where a number goes on the list under the item before: letters may run on from (i) to (ii), so that what stands below (ii)
/// begins with an (i) too.
fn runs_on(open: &[(Style, u32)], ended: (Style, u32), readings: &[Reading]) -> Option<(u16, Reading)> {
    let (style, last) = ended;
    let next = |reading: &&Reading| {
        style != Style::Bullet && reading.style == style && last.checked_add(1) == Some(reading.ordinal)
    };
    readings.iter().find(next).map(|next| (level_at(open.len()), *next))
}

/// The level below all open lists, where a number begins a list in another style.
fn begins(open: &[(Style, u32)], readings: &[Reading]) -> Option<(u16, Reading)> {
    let first = readings.iter().find(|reading| reading.ordinal == 1 && in_list(open, reading.style).is_none())?;
    Some((level_at(open.len()), *first))
}

/// A heading over some items of a list, as in mandates of the Security Council: the item behind it goes on the list before it, or begins the list that the
/// text before it leads into. It does not end the list: in published files all 42 such headings between items leave the level of the items below as it is,
/// and the items below the 12 that stand first hang under the paragraph. Dashes do not tell what they go on, and no list with headings hangs under one.
pub(super) fn heading_in_list(cx: &TreeCx<'_>) -> Option<Placed> {
    // Items that hang under no paragraph stand where headings do.
    let place = matches!(cx.state.zone, Zone::Body | Zone::Annex) && cx.state.host.is_some() && cx.label.is_none();
    let next = Some(cx.next).filter(|_| place).and_then(|next| cx.pack.label(next))?;
    let readings = item_readings(&next);
    // The number of a paragraph or section, or one alone, begins no item.
    let is_item = readings.len() == next.readings.len() && next.len < cx.next.trim_end().len();
    is_item.then_some(())?;
    let numbered = |(level, reading): &(u16, Reading)| {
        let above = cx.state.items.iter().take(usize::from(*level) - 1).map(|(style, _)| *style);
        above.chain([reading.style]).all(|style| style != Style::Bullet)
    };
    let under_title = section::is_under_titled_item(cx);
    let leads_in = under_title || cx.state.last_ending == Some(Ending::Intro);
    let first = || begins(&cx.state.items, &readings).filter(|_| leads_in);
    // An item that is cut goes on in what follows it.
    let next = goes_on(&cx.state.items, &readings).filter(|_| cx.state.last_ending != Some(Ending::Open));
    let (level, _) = next.or_else(first).filter(numbered)?;
    let title = || under_title && cx.ending == Ending::Open && cx.style != StyleEvidence::Body;
    let heads = || section::heading_by_style(cx).or_else(|| section::heading(cx)).is_some() || title();
    (heads() || section::heading_between_items(cx).is_some())
        .then(|| Placed { level, ..Placed::new(BlockKind::Heading) })
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
        let (found, reading) = level(open, None, readings).expect("a level");
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
    fn letters_run_on_under_the_next_item() {
        let i = [reading(ALPHA, 9), reading(ROMAN, 1)];
        assert_eq!(
            level(&[(ROMAN, 2)], Some((ALPHA, 8)), &i).map(|(level, next)| (level, next.style)),
            Some((2, ALPHA))
        );
        assert_eq!(
            level(&[(ALPHA, 2)], Some((ROMAN, 8)), &i).map(|(level, next)| (level, next.style)),
            Some((2, ROMAN))
        );
    }

    #[test]
    fn dashes_share_a_level_and_numbers_out_of_order_find_their_list() {
        check(&[(ALPHA, 1), (Style::Bullet, 1)], &[reading(Style::Bullet, 1)], (2, Style::Bullet, 2));
        check(&[(ALPHA, 1), (ROMAN, 2)], &[reading(ALPHA, 4)], (1, ALPHA, 4));
        check(&[], &[reading(ALPHA, 3)], (1, ALPHA, 3));
    }
}
