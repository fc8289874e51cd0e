//! Converting all files of a folder.

use anyhow::Context;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use unres_batch::{
    Again, Converter, Inputs, Isolation, Job, Limits, Observer, Outcome, Plan, Record, Summary, WorkerCommand,
};

/// Arguments of `corpus convert`. `unres batch` has more.
#[derive(Debug, clap::Args)]
pub(crate) struct Convert {
    /// Folder to read, with all folders in it
    input: PathBuf,
    /// Folder to write; docs/batch.md says what lies in it
    output: PathBuf,
    /// Formats to write, separated by commas
    #[arg(long, required = true, value_delimiter = ',')]
    to: Vec<String>,
    /// Formats of which all inputs get one table
    #[arg(long, value_delimiter = ',')]
    table: Vec<String>,
    /// Extensions of the files to read, separated by commas
    #[arg(long, value_delimiter = ',', default_values = Inputs::EXTENSIONS)]
    extensions: Vec<String>,
    /// Language of all texts; found for each text by default
    #[arg(long)]
    lang: Option<String>,
}

/// Says what fails, when it does.
struct Failures;

impl Observer for Failures {
    fn counted(&self, _: usize) {}
    fn unchanged(&self) {}
    fn assembling(&self) {}

    fn finished(&self, record: &Record) {
        if let Outcome::Failed(failure) = &record.outcome {
            println!("{}: {failure}", record.id);
        }
    }
}

/// Converts a folder and ends with its counts. False when a file failed.
pub(crate) fn convert(args: &Convert) -> anyhow::Result<bool> {
    let plan =
        Plan { files: args.to.clone(), tables: args.table.clone(), language: args.lang.clone(), ..Plan::default() };
    let summary = convert_folder(&args.input, &args.output, &args.extensions, plan)?;
    let Summary { converted, failed, unchanged, failed_before, documents, warnings, .. } = &summary;
    println!(
        "{} files: {converted} converted ({documents} documents, {warnings} warnings), {failed} failed, {unchanged} unchanged, \
         {failed_before} failed before; {} files with another extension were passed over",
        summary.inputs(),
        summary.passed_over.values().sum::<usize>(),
    );
    Ok(summary.failed + summary.failed_before == 0)
}

/// Converts the files of a folder that have these extensions, and prints what failed.
pub(crate) fn convert_folder(
    input: &Path,
    output: &Path,
    extensions: &[String],
    plan: Plan,
) -> anyhow::Result<Summary> {
    let job = Job {
        inputs: Inputs::new(&[input.to_owned()])?.with_extensions(extensions),
        output: output.to_owned(),
        plan,
        jobs: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        part_size: NonZeroUsize::new(200).unwrap_or(NonZeroUsize::MIN),
        again: Again::Changed,
        isolation: Isolation::Pdf,
        limits: Limits::default(),
        worker: WorkerCommand::this_program("batch-worker")?,
        expected: None,
    };
    unres_batch::run(&job, &Failures, &AtomicBool::new(false))
        .with_context(|| format!("{} cannot be converted", input.display()))
}

/// Becomes a worker of a job.
pub(crate) fn work() -> anyhow::Result<bool> {
    unres_batch::serve(std::io::stdin().lock(), std::io::stdout().lock(), Converter::answer)?;
    Ok(true)
}
