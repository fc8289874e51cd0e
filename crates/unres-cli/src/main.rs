//! The `unres` command: arguments, files, exit codes, printing. Everything else is in the library.

mod args;
mod batch;
mod check;
mod cite;
mod compare;
mod convert;
mod explain;
mod exporter;
mod formats;
mod inspect;
mod manual;
mod messages;
mod progress;
mod reader;
mod symbol;
mod validate;
mod view;

use args::{Args, Command};
use clap::Parser;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done = 0,
    /// Done, but with findings under `--strict`, or some inputs of several failed.
    Partly = 1,
    /// Nothing was done.
    Nothing = 2,
}

fn main() -> ExitCode {
    let args = Args::parse();
    messages::choose_color(args.color);
    let result = match &args.command {
        Command::Convert(convert) => convert::run(convert),
        Command::Batch(batch) => batch::run(batch),
        Command::BatchWorker => batch::work(),
        Command::Check(check) => check::run(check),
        Command::Compare(compare) => compare::run(compare),
        Command::Validate(validate) => validate::run(validate),
        Command::Inspect(inspect) => inspect::run(inspect),
        Command::View(view) => view::run(view),
        Command::Explain { rule } => explain::run(rule.as_deref()),
        Command::Cite(cite) => cite::run(cite),
        Command::Symbol(symbol) => symbol::run(symbol),
        Command::Formats => formats::run(),
        Command::Exporter(command) => exporter::run(command),
        Command::Completions { shell } => manual::completions(*shell),
        Command::Man { command } => manual::page(command.as_deref()),
    };
    match result {
        Ok(outcome) => ExitCode::from(outcome as u8),
        Err(error) if messages::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            messages::print_error(&error, args.message_format());
            ExitCode::from(Outcome::Nothing as u8)
        }
    }
}
