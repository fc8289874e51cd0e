//! Reader of PDF: letters with their places become printed lines, and what the page shows of them becomes hints.
//!
//! `interpret` gives letters, `chunk` and `line` put them together, `direction` and `letters` set right-to-left script and old letter forms right,
//! `layout` says where lines stand, `table`, `columns`, `rows` and `vocabulary` which of them are cells. Only `interpret` knows the library behind.

mod chunk;
mod columns;
mod direction;
mod glyph;
mod interpret;
mod layout;
mod letters;
mod line;
mod rows;
mod table;
mod vocabulary;

use direction::Direction;
use glyph::Page;
use interpret::{Drawn, Failure, StepsSpent};
use layout::Placed;
use letters::Changes;
use line::Face;
use std::panic::{AssertUnwindSafe, catch_unwind};
use unres_source::{
    Budget, Confidence, Diagnostic, Input, LineHints, Origin, ReadError, Reader, RuleId, RunHints, RunKind, Sink,
    Source,
};

const INVISIBLE: RuleId = RuleId::new("pdf/invisible-text");
const TURNED: RuleId = RuleId::new("pdf/turned-text");
const UNMAPPED: RuleId = RuleId::new("pdf/letter-unknown");
const FORMS: RuleId = RuleId::new("pdf/letter-form");
const CONTROL: RuleId = RuleId::new("pdf/control-character");

/// What a letter takes until it is text, so that the steps of drawing are bounded by the same budget as the bytes.
const BYTES_A_STEP: u64 = 32;

/// The reader of PDF.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pdf;

impl Reader for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn sniff(&self, input: &Input<'_>) -> Confidence {
        // The signature may stand a little behind the begin.
        let head = input.bytes.get(..1024).unwrap_or(input.bytes);
        if head.windows(5).any(|bytes| bytes == b"%PDF-") { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Source, ReadError> {
        let bytes = input.bytes.len() as u64;
        if bytes > budget.bytes {
            return Err(ReadError::TooLarge { bytes, limit: budget.bytes });
        }
        let found = guarded(input.bytes, budget.bytes / BYTES_A_STEP)?;
        check_letters(&found)?;
        report(&found, sink);
        let mut changes = Changes::default();
        let direction = direction(&found.pages);
        let lines = found.pages.iter().map(|page| line::lines(page, direction, &mut changes)).collect();
        let placed = layout::place(&found.pages, lines, direction);
        report_changes(changes, sink);
        Ok(source(input.name, &found.pages, &placed))
    }
}

/// The pages of a file. The library panics on some broken files, and can be stopped in no other way; all that it holds dies with the panic, so
/// that nothing half done is seen again.
fn guarded(bytes: &[u8], steps: u64) -> Result<Drawn, ReadError> {
    let outcome = catch_unwind(AssertUnwindSafe(|| interpret::pages(bytes, steps)));
    let outcome = outcome
        .unwrap_or_else(|thrown| Err(if thrown.is::<StepsSpent>() { Failure::TooMuch } else { Failure::Broken }));
    outcome.map_err(|failure| match failure {
        Failure::Encrypted => refused("the file is encrypted", "save a copy without a password"),
        Failure::Broken => refused("the PDF file is broken", "download it again, or repair it, for example with qpdf"),
        Failure::TooMuch => {
            refused("drawing the PDF file takes too many steps", "split the file, or print it to a new one")
        }
    })
}

fn refused(reason: &str, hint: &'static str) -> ReadError {
    ReadError::Refused { reason: reason.to_owned(), hint }
}

/// A file without letters, or with letters that no table names, gives no text worth reading.
fn check_letters(found: &Drawn) -> Result<(), ReadError> {
    let letters = || found.pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| !glyph.letter.is_whitespace());
    let (known, all) =
        (letters().filter(|glyph| glyph.letter != char::REPLACEMENT_CHARACTER).count(), letters().count());
    if found.pages.is_empty() {
        return Err(refused("the PDF file has no pages", "check that the download worked"));
    }
    if all == 0 {
        return Err(refused(
            "the PDF file has no text, as a scan",
            "run a text recognition over it, for example ocrmypdf",
        ));
    }
    if known * 2 < all {
        let hint = "the fonts name no letters: run a text recognition over it, for example ocrmypdf --force-ocr";
        return Err(refused("the letters of the PDF file cannot be told", hint));
    }
    Ok(())
}

/// Says what was left out.
fn report(found: &Drawn, sink: &mut dyn Sink) {
    let mut say = |rule: &RuleId, count: usize, what: &str| {
        if count > 0 {
            sink.push(Diagnostic::warning(rule.clone(), None, format!("{count} {what}")));
        }
    };
    say(&INVISIBLE, found.invisible, "invisible letters are left out");
    say(&TURNED, found.turned, "letters that do not run across the page are left out");
    say(&UNMAPPED, found.unmapped, "letters are named by no font");
}

fn report_changes(changes: Changes, sink: &mut dyn Sink) {
    if changes.plain > 0 {
        let message = format!("{} letters are given in their plain form", changes.plain);
        sink.push(Diagnostic::note(FORMS, None, message));
    }
    if changes.dropped > 0 {
        let message = format!("{} control characters are left out", changes.dropped);
        sink.push(Diagnostic::warning(CONTROL, None, message));
    }
}

/// The direction of most letters of a file.
fn direction(pages: &[Page]) -> Direction {
    let letters = || pages.iter().flat_map(|page| &page.glyphs).map(|glyph| glyph.letter).filter(|c| c.is_alphabetic());
    let right_to_left = letters().filter(|letter| direction::is_right_to_left(*letter)).count();
    if right_to_left * 2 > letters().count() { Direction::RightToLeft } else { Direction::LeftToRight }
}

fn source(name: &str, pages: &[Page], placed: &[Vec<Placed>]) -> Source {
    let mut source = Source::new(name);
    let number = |index: usize| u32::try_from(index + 1).unwrap_or(u32::MAX);
    for (index, (page, lines)) in pages.iter().zip(placed).enumerate() {
        for (position, placed) in lines.iter().enumerate() {
            for run in &placed.line.runs {
                let hints = run_hints(&mut source, page, &run.face);
                source.push_run(&run.text, hints);
            }
            let origin = Origin { page: Some(number(index)), line: number(position) };
            let hints = LineHints { start: placed.start, role: placed.role, style: None };
            source.end_line(placed.layout, origin, hints);
        }
    }
    source
}

fn run_hints(source: &mut Source, page: &Page, face: &Face) -> RunHints {
    let link = face.link.and_then(|link| page.links.get(link));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let size = (face.size * 10.0).round() as u16;
    RunHints {
        face: unres_source::Face { bold: face.bold, italic: face.italic, superscript: face.raised, size: Some(size) },
        kind: link.map_or(RunKind::Text, |link| RunKind::Link(source.link(&link.target))),
    }
}
