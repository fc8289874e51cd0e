//! `unres inspect`: how a file was read.

use crate::Outcome;
use crate::args::{Inspect, OneInput};
use crate::messages;
use crate::reader::Reader;
use std::io::Write;
use unres::model::{Block, Document, plain_text};
use unres::{Address, Addresses, Line, Reading, Role, Run, RunKind, Source, Start};

pub(crate) fn run(args: &Inspect) -> anyhow::Result<Outcome> {
    let reading = read_one(&args.one)?;
    let mut out = std::io::stdout().lock();
    match (&reading.source, args.source, args.coverage) {
        (Some(source), true, _) => print_lines(&mut out, source, &reading)?,
        (Some(source), _, true) => print_account(&mut out, source, &reading)?,
        (None, true, _) | (None, _, true) => {
            anyhow::bail!("{} holds documents, not lines of text", args.one.input.display())
        }
        _ => {
            for (index, document) in reading.documents.iter().enumerate() {
                if reading.documents.len() > 1 {
                    let symbol = document.meta.symbol.as_ref().map_or("", |symbol| symbol.value.as_str());
                    writeln!(out, "document {} {symbol}", index + 1)?;
                }
                print_tree(&mut out, document)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Reads one file and prints what looked odd.
pub(crate) fn read_one(args: &OneInput) -> anyhow::Result<Reading> {
    let reading = Reader::of(&args.how)?.read(&args.input)?;
    messages::print_findings(&args.input, reading.source.as_ref(), &reading.diagnostics, args.message_format);
    Ok(reading)
}

/// One line a block: path, kind, number, rule, source lines, the beginning of its text.
fn print_tree(out: &mut impl Write, document: &Document) -> std::io::Result<()> {
    let addresses = Addresses::of(document);
    for (block, address) in document.blocks.iter().zip(addresses.blocks()) {
        writeln!(out, "{}", block_line(block, address)?)?;
    }
    for note in &document.notes {
        writeln!(out, "note {}  [{}]  {}", note.mark, note.rule, beginning(&plain_text(&note.content)))?;
    }
    Ok(())
}

fn block_line(block: &Block, address: &Address) -> std::io::Result<String> {
    // The names of kinds are those of the JSON.
    let kind = serde_json::to_value(block.kind)?;
    let kind = kind.as_str().unwrap_or_default();
    let indent = "  ".repeat(usize::from(block.depth));
    let number = block.number.as_ref().map(|number| format!(" {}", number.printed)).unwrap_or_default();
    let lines = block.place.map(|place| match (place.first.line, place.last.line) {
        (first, last) if first == last => format!(" line {first}"),
        (first, last) => format!(" lines {first}–{last}"),
    });
    let text = beginning(&plain_text(&block.content));
    Ok(format!("{indent}{}  {kind}{number}  [{}{}]  {text}", address.path, block.rule, lines.unwrap_or_default()))
}

fn beginning(text: &str) -> String {
    const MOST: usize = 60;
    let short: String = text.chars().take(MOST).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}

/// Each line of the source with the blanks that the reader saw, what the file says of it, and the rules that answered.
fn print_lines(out: &mut impl Write, source: &Source, reading: &Reading) -> std::io::Result<()> {
    for (line, trace) in source.lines().iter().zip(&reading.trace.lines) {
        let layout = line.layout;
        let join = trace.join.as_ref().map(|join| format!(" {join}")).unwrap_or_default();
        let page = if layout.page_break { " page" } else { "" };
        let known = line_hints(source, line);
        let hints = format!("gap {} indent {} trail {}{page}{known}", layout.gap, layout.indent, layout.trail);
        writeln!(
            out,
            "{:>5}  {}{join}  ({hints})  {}",
            line.origin.line,
            trace.line,
            beginning(source.slice(line.span))
        )?;
        let stands_out = |run: &Run| {
            let face = run.hints.face;
            face.bold || face.italic || face.superscript || run.hints.kind != RunKind::Text
        };
        for run in source.runs_in(line.span).filter(stands_out) {
            writeln!(out, "         {}  {}", run_hints(source, &run), beginning(source.slice(run.span)))?;
        }
    }
    Ok(())
}

/// What the file says of a line; empty when it says nothing.
fn line_hints(source: &Source, line: &Line) -> String {
    let start = match line.hints.start {
        Start::Unknown => "",
        Start::Paragraph => ", paragraph",
        Start::GoesOn => ", goes on",
    };
    let role = match line.hints.role {
        Role::Text => String::new(),
        Role::Masthead => ", masthead".to_owned(),
        Role::PageHead => ", page head".to_owned(),
        Role::PageFoot => ", page foot".to_owned(),
        Role::Note => ", note".to_owned(),
        Role::Cell(place) => {
            format!(", table {} row {} column {}", place.table + 1, place.row + 1, place.column + 1)
        }
    };
    let style = line.hints.style.map(|style| format!(", style {:?}", source.style_name(style)));
    format!("{start}{role}{}", style.unwrap_or_default())
}

/// How a run looks and what it is.
fn run_hints(source: &Source, run: &Run) -> String {
    let face = run.hints.face;
    let looks = [(face.bold, "bold"), (face.italic, "italic"), (face.superscript, "raised")];
    let mut words: Vec<String> = looks.iter().filter(|(is, _)| *is).map(|(_, word)| (*word).to_owned()).collect();
    words.extend(face.size.map(|size| format!("{}.{} pt", size / 10, size % 10)));
    match run.hints.kind {
        RunKind::Text => {}
        RunKind::Label => words.push("label".to_owned()),
        RunKind::NoteCall(key) => words.push(format!("call of note {}", key.0 + 1)),
        RunKind::NoteMark(key) => words.push(format!("mark of note {}", key.0 + 1)),
        RunKind::Link(link) => words.push(format!("link to {}", source.link_target(link))),
    }
    words.join(", ")
}

/// How many bytes of the text each kind of claim has.
fn print_account(out: &mut impl Write, source: &Source, reading: &Reading) -> std::io::Result<()> {
    let account = &reading.account;
    let total: usize = account.bytes.values().sum();
    for (kind, bytes) in &account.bytes {
        #[allow(clippy::cast_precision_loss)] // a share for people
        let share = *bytes as f64 * 100.0 / total.max(1) as f64;
        writeln!(out, "{:<10} {bytes:>9} bytes {share:>6.2} %", kind.as_str())?;
    }
    for (what, spans) in [("unclaimed", &account.unclaimed), ("claimed twice", &account.doubled)] {
        for span in spans {
            let (line, column) = source.line_and_column(span.start);
            writeln!(out, "{what} at {line}:{column}: {}", beginning(source.slice(*span).trim()))?;
        }
    }
    let closed = if account.is_closed() { "closed" } else { "NOT closed" };
    writeln!(out, "{total} printed bytes; the account is {closed}")
}
