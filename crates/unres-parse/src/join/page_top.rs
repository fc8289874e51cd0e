//! Join rules for the first line of a page, in a style that marks paragraphs by blanks.

use super::{Ended, Join, JoinCx};
use crate::lines::LineKind;
use crate::marks::{self, Ending};
use unres_lang::{LabelUse, Reading};

/// A page's first line has one blank more than a line elsewhere: two begin a paragraph.
pub(super) fn two_blanks(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.kind == LineKind::PageTop && cx.line.layout.indent >= 2).then_some(Join::Begins)
}

/// A number that follows its list, after a closed sentence; or the first of a list after an item that is a short title.
pub(super) fn number(cx: &JoinCx<'_>) -> Option<Join> {
    let label = (cx.kind == LineKind::PageTop).then(|| cx.label()).flatten()?;
    let before = cx.before?;
    let closed = marks::ending(before.text, cx.pack) != Ending::Open;
    let alone = cx.text.get(label.len..).is_some_and(str::is_empty);
    let fits = |reading: &Reading| match reading.used_for {
        LabelUse::Section => alone && closed,
        LabelUse::Paragraph | LabelUse::Item if closed => cx.labels.expects(reading.style, reading.ordinal),
        LabelUse::Paragraph | LabelUse::Item => {
            reading.ordinal == 1 && before.paragraph.is_numbered() && before.paragraph.lines == 1
        }
    };
    label.readings.iter().any(fits).then_some(Join::Begins)
}

/// A date, a meeting or the word for an annex fills the line, or filled the one before.
pub(super) fn fixed_line(cx: &JoinCx<'_>) -> Option<Join> {
    let fixed = || cx.is_fixed_line(cx.text) || cx.before.is_some_and(|before| cx.is_fixed_line(before.text));
    (cx.kind == LineKind::PageTop && fixed()).then_some(Join::Begins)
}

/// An empty paragraph at the end of a page ends what stood there.
pub(super) fn after_empty(cx: &JoinCx<'_>) -> Option<Join> {
    let after_empty = cx.before?.ended == Ended::ByEmptyParagraph;
    (cx.kind == LineKind::PageTop && after_empty).then_some(Join::Begins)
}

/// After a closed sentence, a paragraph that begins with no small letter and ends without a mark, as a heading does.
pub(super) fn heading(cx: &JoinCx<'_>) -> Option<Join> {
    let before = cx.before.filter(|_| cx.kind == LineKind::PageTop)?;
    let closed = matches!(marks::ending(before.text, cx.pack), Ending::Operative | Ending::Intro);
    let capital = cx.text.chars().next().is_some_and(|c| !c.is_lowercase());
    let heading = || marks::ending(cx.last_line(), cx.pack) == Ending::Open;
    (closed && capital && heading()).then_some(Join::Begins)
}

/// Anything else at the top of a page goes on: blanks at the end of a page's last line mean nothing.
pub(super) fn anything_else(cx: &JoinCx<'_>) -> Option<Join> {
    (cx.kind == LineKind::PageTop).then_some(Join::GoesOn)
}
