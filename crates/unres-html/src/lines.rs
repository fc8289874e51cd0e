//! Blocks to lines.

use crate::page::Page;
use std::collections::BTreeSet;
use unres_source::{Layout, LineHints, Origin, Role, RunHints, RunKind, Source};

/// The source that a page makes. A block that prints nothing widens the gap before the next one.
pub(crate) fn source(name: &str, page: &Page) -> Source {
    let mut source = Source::new(name);
    let notes = notes(page);
    let mut gap = 0;
    for (index, block) in page.blocks.iter().enumerate() {
        if block.is_blank() && block.cell.is_none() {
            gap += 1;
            continue;
        }
        for run in &block.runs {
            let link = run.link.as_deref().map(|target| RunKind::Link(source.link(target)));
            let kind = if run.is_label { RunKind::Label } else { link.unwrap_or_default() };
            source.push_run(&run.text, RunHints { face: run.face, kind });
        }
        let role = match block.cell {
            Some(cell) => Role::Cell(cell),
            None if notes.contains(&index) => Role::Note,
            None => Role::Text,
        };
        let style = block.heading.as_deref().map(|heading| source.style(heading));
        let line = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let layout = Layout { gap: std::mem::take(&mut gap), ..Layout::default() };
        source.end_line(layout, Origin { page: None, line }, LineHints { start: block.start, role, style });
    }
    source
}

/// The blocks that are notes: they begin with a raised mark that stands raised inside a block above.
fn notes(page: &Page) -> BTreeSet<usize> {
    let mut called: BTreeSet<&str> = BTreeSet::new();
    let mut notes = BTreeSet::new();
    for (index, block) in page.blocks.iter().enumerate() {
        let mut printed = block.runs.iter().filter(|run| !run.text.trim().is_empty());
        let head = printed.next().and_then(raised_mark);
        if head.is_some_and(|mark| called.contains(mark)) && block.cell.is_none() {
            notes.insert(index);
        }
        called.extend(printed.filter_map(raised_mark));
    }
    notes
}

fn raised_mark(run: &crate::page::Run) -> Option<&str> {
    let mark = run.text.trim();
    (run.face.superscript && mark.chars().count() <= 3).then_some(mark)
}
