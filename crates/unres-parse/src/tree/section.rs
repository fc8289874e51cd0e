//! Annexes, sections and headings.

use super::state::Zone;
use super::{Placed, TreeCx};
use crate::evidence::StyleEvidence;
use crate::marks::{self, Ending};
use unres_lang::{Label, LabelUse, OpeningKind, Reading};
use unres_model::BlockKind;

/// "Annex", "Annex II", alone on a line after the operative part.
pub(super) fn annex_word(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone >= Zone::Body && cx.pack.annex_word(cx.text)).then(|| Placed::new(BlockKind::Annex))
}

/// Text behind the closing lines that has no number is the title of an annex, also where the word for it is not printed.
pub(super) fn annex_after_closing(cx: &TreeCx<'_>) -> Option<Placed> {
    (cx.state.zone == Zone::Closing && cx.label.is_none()).then(|| Placed::new(BlockKind::Annex))
}

/// The line below a section number that stands alone, when it has no number and no final mark.
pub(super) fn title(cx: &TreeCx<'_>) -> Option<Placed> {
    let open = cx.state.awaits_title && cx.label.is_none() && cx.ending == Ending::Open;
    let formula = || cx.pack.formula(cx.text).is_some();
    (open && !formula()).then(|| Placed { is_title: true, ..Placed::new(BlockKind::Section) })
}

/// "II", alone on a line.
pub(super) fn number_alone(cx: &TreeCx<'_>) -> Option<Placed> {
    let label = cx.label.filter(|label| cx.text.get(label.len..).is_some_and(|rest| rest.trim().is_empty()))?;
    cx.state.is_past_name().then_some(())?;
    // A number alone can be nothing else, also where the one before it was lost.
    let any = || label.readings.iter().find(|reading| reading.used_for == LabelUse::Section).copied();
    let placed = Placed::numbered(BlockKind::Section, label, section_reading(cx, label).or_else(any)?);
    Some(Placed { awaits_title: true, ..placed })
}

/// "A. Pension matters": a section letter or number and its title in one line.
pub(super) fn number_and_title(cx: &TreeCx<'_>) -> Option<Placed> {
    let label = cx.label.filter(|_| cx.ending == Ending::Open && cx.state.zone > Zone::Head)?;
    let closed = cx.text.get(..label.len)?.ends_with(|c: char| !c.is_alphanumeric());
    closed.then_some(())?;
    Some(Placed::numbered(BlockKind::Section, label, section_reading(cx, label)?))
}

/// The reading of a label as a section number that the sections before expect.
fn section_reading(cx: &TreeCx<'_>, label: &Label) -> Option<Reading> {
    let mut readings = label.readings.iter().filter(|reading| reading.used_for == LabelUse::Section);
    readings.find(|reading| cx.state.expects_section(reading.style, reading.ordinal)).copied()
}

/// Whether a text begins with the number of a section and no mark behind it: the file prints both as the title.
fn number_is_of_title(cx: &TreeCx<'_>, label: &Label) -> bool {
    let sections = label.readings.iter().all(|reading| reading.used_for == LabelUse::Section);
    let rest = cx.text.get(label.len..).unwrap_or_default().trim_start();
    let bare = cx.text.get(..label.len).is_some_and(|number| number.trim_end().ends_with(char::is_alphanumeric));
    sections && bare && marks::begins_large(rest)
}

/// Of 1,132 headings in three languages 1,125 have no final mark, and hardly any paragraph lacks one.
pub(super) fn heading(cx: &TreeCx<'_>) -> Option<Placed> {
    let placed = cx.state.is_past_name();
    let plain = cx.ending == Ending::Open
        && placed
        && cx.style != StyleEvidence::Body
        && cx.label.is_none_or(|label| number_is_of_title(cx, label));
    let opens = |kind| cx.pack.opening(cx.text, kind).is_some();
    let cut_paragraph = || cx.state.zone == Zone::Preamble && opens(OpeningKind::Preambular);
    (plain && !is_under_titled_item(cx) && !cut_paragraph()).then(|| Placed::new(BlockKind::Heading))
}

/// The last block is an item that is a title, whose text follows.
pub(super) fn is_under_titled_item(cx: &TreeCx<'_>) -> bool {
    cx.state.last_kind == Some(BlockKind::Item) && cx.state.last_ending == Some(Ending::Open)
}

/// A paragraph in a style for headings, or in the letters that a file without styles sets them in. The style tells more than the words: headings may
/// have a number or a final mark. Only a numbered paragraph that ends as one is none.
pub(super) fn heading_by_style(cx: &TreeCx<'_>) -> Option<Placed> {
    let zone = cx.state.is_past_name() && cx.state.zone != Zone::Closing;
    let styled = match cx.style {
        StyleEvidence::Heading => true,
        StyleEvidence::LooksLikeHeading => !is_under_titled_item(cx),
        StyleEvidence::Body | StyleEvidence::Nothing => false,
    };
    let placed = styled && zone;
    let numbered = || cx.label.is_some() && cx.ending == Ending::Operative;
    (placed && !numbered()).then(|| Placed::new(BlockKind::Heading))
}

/// A short line that ends with a colon, with a numbered paragraph or an item behind it, and opens nothing: a heading of mandates,
/// as in resolutions of the Security Council. Such lines have at most some sixty characters.
pub(super) fn heading_between_items(cx: &TreeCx<'_>) -> Option<Placed> {
    let short = cx.ending == Ending::Intro && cx.label.is_none() && cx.text.chars().count() <= 60;
    let after_text =
        cx.state.zone == Zone::Body && matches!(cx.state.last_ending, Some(Ending::Operative | Ending::Preambular));
    let opens = |kind| cx.pack.opening(cx.text, kind).is_some();
    let plain = || !opens(OpeningKind::Operative) && !opens(OpeningKind::Preambular);
    (short && after_text && cx.pack.label(cx.next).is_some() && plain()).then(|| Placed::new(BlockKind::Heading))
}
