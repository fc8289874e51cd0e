//! What printed numbers mean, where their script or style needs a language to tell.

use unres_lang::{LabelUse, LangPack, Reading, Style};
use unres_model::{BlockKind, Document, Number, NumberStyle};

/// Reads each number again that is not in plain Latin letters or digits: its style, and the position that it states.
pub fn read_numbers(document: &mut Document, pack: &LangPack) {
    for index in 0..document.blocks.len() {
        let (before, rest) = document.blocks.split_at_mut(index);
        let Some(block) = rest.first_mut() else { return };
        let Some(number) = block.number.as_mut().filter(|number| needs_language(&number.printed)) else { continue };
        let Some(label) = pack.label(&number.printed) else { continue };
        let used_for = match block.kind {
            BlockKind::Operative => LabelUse::Paragraph,
            BlockKind::Section | BlockKind::Annex | BlockKind::Heading => LabelUse::Section,
            _ => LabelUse::Item,
        };
        let siblings = before.iter().rev().take_while(|other| other.depth >= block.depth);
        let mut siblings = siblings.filter(|other| other.depth == block.depth && other.kind == block.kind);
        let last = siblings.find_map(|other| other.number.as_ref());
        if let Some(reading) = best(&label.readings, used_for, last) {
            (number.style, number.ordinal) = (number_style(reading.style), reading.ordinal);
        }
    }
}

/// Whether a number is printed otherwise than `12.`, `(a)` or `(iv)`.
fn needs_language(printed: &str) -> bool {
    !printed.is_ascii() && printed.chars().any(char::is_alphanumeric)
}

/// The reading of that use that goes on the number before; else one that begins; else the first of the use.
pub(crate) fn best(readings: &[Reading], used_for: LabelUse, last: Option<&Number>) -> Option<Reading> {
    let of_use = || readings.iter().filter(|reading| reading.used_for == used_for);
    let next = |reading: &&&Reading| {
        last.is_some_and(|last| {
            number_style(reading.style) == last.style && last.ordinal.checked_add(1) == Some(reading.ordinal)
        })
    };
    let of_style = |reading: &&&Reading| last.is_some_and(|last| number_style(reading.style) == last.style);
    let found = of_use().find(|reading| next(&reading)).or_else(|| of_use().find(|reading| reading.ordinal == 1));
    found.or_else(|| of_use().find(|reading| of_style(&reading))).or_else(|| of_use().next()).copied()
}

/// The style of the model for one of a pack.
pub(crate) fn number_style(style: Style) -> NumberStyle {
    match style {
        Style::Decimal => NumberStyle::Decimal,
        Style::LowerAlpha => NumberStyle::LowerAlpha,
        Style::UpperAlpha => NumberStyle::UpperAlpha,
        Style::LowerRoman => NumberStyle::LowerRoman,
        Style::UpperRoman => NumberStyle::UpperRoman,
        Style::Bullet => NumberStyle::Bullet,
    }
}
