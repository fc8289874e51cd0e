//! `unres view`: a page that shows the source beside the structure.

use crate::Outcome;
use crate::args::View;
use crate::inspect::read_one;
use crate::messages::InputError;
use anyhow::Context;
use std::io::Write;
use std::path::Path;
use unres::{CommitError, FileTarget, Outputs, Part, Target};

pub(crate) fn run(args: &View) -> anyhow::Result<Outcome> {
    let reading = read_one(&args.one)?;
    let name = args.one.input.file_name().unwrap_or(args.one.input.as_os_str()).to_string_lossy();
    let page = unres::beside(&name, &reading)?;
    let Some(output) = args.output.as_ref().filter(|output| *output != Path::new("-")) else {
        let mut out = std::io::stdout().lock();
        out.write_all(page.as_bytes())?;
        out.flush()?;
        return Ok(Outcome::Done);
    };
    let mut target = FileTarget::new(output);
    let written = target.part(Part::Main).and_then(|mut part| {
        part.write_all(page.as_bytes())?;
        Ok(part.flush()?)
    });
    written.map_err(|error| InputError::new(output, error, None))?;
    let stored = target.store().map_err(CommitError::from);
    let placed = stored.and_then(|files| Outputs::of([&args.one.input], false).commit(files));
    placed.map_err(|error| InputError::new(output, error, None))?;
    if args.open {
        open(output)?;
    }
    Ok(Outcome::Done)
}

/// Shows a file in the program that the system has for it, and does not wait for that.
pub(crate) fn open(path: &Path) -> anyhow::Result<()> {
    open::that_detached(path).with_context(|| format!("{} is written, but nothing opens it", path.display()))
}
