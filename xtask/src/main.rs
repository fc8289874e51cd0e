//! Corpus jobs and chores that are not part of the product: `cargo xtask help`.
#![allow(clippy::print_stdout, clippy::print_stderr)] // a tool for people at a terminal

mod accuracy;
mod agreement;
mod akn_schema;
mod alignment;
mod baseline;
mod bench;
mod check;
mod ci;
mod citations;
mod convert;
mod corpus;
mod damage;
mod data;
mod dates;
mod diff;
mod example;
mod generate;
mod office;
mod outputs;
mod pages;
mod readings;
mod round_trip;
mod shared;
mod spark;
mod symbols;
mod table;
mod texts;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// Corpus jobs and chores.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Jobs over folders of documents
    #[command(subcommand)]
    Corpus(CorpusCommand),
    /// Checks that need the shared material or other tools
    Check {
        /// The group of checks
        group: Group,
    },
    /// Write the files that are made from the code
    Gen {
        /// What to write: the JSON Schema, or nothing but a check of the language packs
        what: Generated,
        /// Only compare with what is there
        #[arg(long)]
        check: bool,
    },
    /// Measure speed and memory, beside other programs
    Bench(bench::Bench),
    /// What .ci/run runs
    Ci,
    /// Convert what a job hands over
    #[command(hide = true)]
    BatchWorker,
}

#[derive(Debug, Subcommand)]
enum CorpusCommand {
    /// Convert all files of a folder, on all cores
    Convert(convert::Convert),
    /// Convert the rendered documents and score the results
    Score(corpus::Score),
    /// Compare the citations found with those written down by hand, or draw paragraphs for it
    Citations(citations::Citations),
    /// Convert a folder again and show what changed since an earlier build did so, by rule
    Diff(diff::Diff),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Group {
    /// Accuracy and validity over the shared corpus
    Corpus,
    /// The part of `corpus` that is about published files of Akoma Ntoso
    Akn,
    /// Workbooks and Word numbering in LibreOffice
    Office,
    /// Pages in a headless Chromium, with axe-core
    Html,
    /// Parquet and linked data in pyarrow, DuckDB and rdflib
    Data,
    /// The job for Apache Spark, row by row beside the engine
    Spark,
    /// Symbols and addresses in the shared lists and links
    Symbols,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Generated {
    /// docs/unres.schema.json
    Schema,
    /// The language packs, which are only checked
    Packs,
    /// The dates on which resolutions were adopted, from the shared files
    Dates,
    /// The content models of Akoma Ntoso, from the shared schema
    AknSchema,
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Corpus(CorpusCommand::Convert(job)) => convert::convert(&job),
        Command::Corpus(CorpusCommand::Score(job)) => corpus::score(&job),
        Command::Corpus(CorpusCommand::Citations(job)) => citations::run(&job),
        Command::Corpus(CorpusCommand::Diff(job)) => diff::run(&job),
        Command::Check { group: Group::Corpus } => check::corpus(),
        Command::Check { group: Group::Akn } => check::akn(),
        Command::Check { group: Group::Office } => office::check(),
        Command::Check { group: Group::Html } => pages::check(),
        Command::Check { group: Group::Data } => data::check(),
        Command::Check { group: Group::Spark } => spark::check(),
        Command::Check { group: Group::Symbols } => symbols::check(),
        Command::Gen { what: Generated::Schema, check } => generate::schema(check),
        Command::Gen { what: Generated::Packs, .. } => Ok(generate::check_packs()),
        Command::Gen { what: Generated::Dates, check } => dates::generate(check),
        Command::Gen { what: Generated::AknSchema, check } => akn_schema::generate(check),
        Command::Bench(bench) => bench::run(&bench),
        Command::Ci => ci::run(),
        Command::BatchWorker => convert::work(),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}
