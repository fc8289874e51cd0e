//! `unres exporter`.

use crate::Outcome;
use crate::args::ExporterCommand;
use std::io::Write;
use unres::{Check, Program, check_exporter};

pub(crate) fn run(command: &ExporterCommand) -> anyhow::Result<Outcome> {
    let ExporterCommand::Check { program } = command;
    let mut words = program.iter().cloned();
    let name = words.next().unwrap_or_default();
    let checks = check_exporter(&Program::new(name, words));
    let mut out = std::io::stdout().lock();
    for Check { what, result } in &checks {
        match result {
            Ok(more) if more.is_empty() => writeln!(out, "ok      {what}")?,
            Ok(more) => writeln!(out, "ok      {what}: {more}")?,
            Err(error) => writeln!(out, "FAILED  {what}: {error}")?,
        }
    }
    let passed = checks.iter().all(|check| check.result.is_ok());
    Ok(if passed { Outcome::Done } else { Outcome::Partly })
}
