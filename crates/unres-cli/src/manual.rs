//! `unres completions` and `unres man`, both made from the arguments.

use crate::Outcome;
use crate::args::Args;
use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;
use unres::nearest;

pub(crate) fn completions(shell: Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "unres", &mut script);
    print(&script)
}

/// The page of a command, in roff; without one, that of `unres`.
pub(crate) fn page(command: Option<&str>) -> anyhow::Result<Outcome> {
    let mut unres = Args::command();
    unres.build();
    let about = match command {
        None => unres,
        Some(name) => unres.find_subcommand(name).cloned().with_context(|| {
            let near = nearest(name, unres.get_subcommands().map(clap::Command::get_name));
            let near = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
            format!("unknown command {name:?}{near}")
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(about).render(&mut page)?;
    print(&page)
}

fn print(bytes: &[u8]) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Outcome::Done)
}
