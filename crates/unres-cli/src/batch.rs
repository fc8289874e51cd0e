//! `unres batch`.

use crate::Outcome;
use crate::args::{Batch, IsolateArg};
use crate::convert::{known_encoding, known_input, known_language};
use crate::progress::Progress;
use anyhow::Context;
use std::io::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use unres_batch::{Again, Converter, Expected, Filter, Inputs, Isolation, Job, Limits, Plan, Summary, WorkerCommand};

/// The hidden command by which this program becomes a worker of a job.
const WORKER: &str = "batch-worker";

pub(crate) fn run(args: &Batch) -> anyhow::Result<Outcome> {
    if args.records.stdin { filter(args) } else { job(args) }
}

/// Converts what a job hands over.
pub(crate) fn work() -> anyhow::Result<Outcome> {
    unres_batch::serve(std::io::stdin().lock(), std::io::stdout().lock(), Converter::answer)?;
    Ok(Outcome::Done)
}

fn filter(args: &Batch) -> anyhow::Result<Outcome> {
    let converter = Converter::new(&plan(args)?)?;
    let filter =
        Filter { jobs: threads(args), isolation: isolation(args), limits: limits(args), worker: worker_command()? };
    filter.run(&converter, std::io::BufReader::new(std::io::stdin()), std::io::stdout().lock())?;
    Ok(Outcome::Done)
}

fn job(args: &Batch) -> anyhow::Result<Outcome> {
    let mut named = args.inputs.clone();
    for list in &args.list {
        named.extend(Inputs::list(list)?);
    }
    let job = Job {
        inputs: Inputs::new(&named)?.with_extensions(&args.extensions),
        output: args.output.clone().context("-o names the folder of the job")?,
        plan: plan(args)?,
        jobs: threads(args),
        part_size: args.part_size,
        again: match (args.again.force, args.again.retry_failed) {
            (true, _) => Again::All,
            (false, true) => Again::Failed,
            (false, false) => Again::Changed,
        },
        isolation: isolation(args),
        limits: limits(args),
        worker: worker_command()?,
        expected: expected(args)?,
    };
    let stop = stop_on_interrupt()?;
    let progress = Progress::begin();
    let summary = unres_batch::run(&job, &progress, &stop);
    progress.end();
    let summary = summary.with_context(|| "the job is not done; run it again to go on from here")?;
    print_summary(&job, &summary)?;
    Ok(match (summary.failed + summary.failed_before, summary.inputs()) {
        (failed, inputs) if failed == inputs => Outcome::Nothing,
        (0, _) if !summary.interrupted => Outcome::Done,
        _ => Outcome::Partly,
    })
}

fn plan(args: &Batch) -> anyhow::Result<Plan> {
    args.lang.as_deref().map_or(Ok(()), known_language)?;
    args.from.as_deref().map_or(Ok(()), known_input)?;
    args.encoding.as_deref().map(known_encoding).transpose()?;
    Ok(Plan {
        files: args.to.clone(),
        tables: args.table.clone(),
        options: args.options.clone(),
        language: args.lang.clone(),
        encoding: args.encoding.clone(),
        from: args.from.clone(),
        max_bytes: args.limits.max_bytes,
    })
}

fn threads(args: &Batch) -> NonZeroUsize {
    args.jobs.or(std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

fn isolation(args: &Batch) -> Isolation {
    match args.isolate {
        IsolateArg::None => Isolation::Nothing,
        IsolateArg::Pdf => Isolation::Pdf,
        IsolateArg::All => Isolation::All,
    }
}

fn limits(args: &Batch) -> Limits {
    Limits { time: Duration::from_secs(args.timeout), memory: args.memory << 20 }
}

fn expected(args: &Batch) -> anyhow::Result<Option<Expected>> {
    let Some(list) = &args.expect else { return Ok(None) };
    let expected = Expected::read(list, &args.expect_languages);
    Ok(Some(expected.with_context(|| format!("{} cannot be read", list.display()))?))
}

fn worker_command() -> anyhow::Result<WorkerCommand> {
    WorkerCommand::this_program(WORKER).context("this program cannot be found, to be started again as a worker")
}

/// A switch that Ctrl-C sets. The second Ctrl-C ends the program at once.
fn stop_on_interrupt() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        crate::messages::say("finishing what is in flight; once more to end at once");
    })?;
    Ok(stop)
}

fn print_summary(job: &Job, summary: &Summary) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let Summary { converted, failed, unchanged, failed_before, documents, warnings, .. } = summary;
    writeln!(out, "{converted} converted ({documents} documents, {warnings} warnings), {failed} failed")?;
    if *unchanged + *failed_before > 0 {
        writeln!(out, "{unchanged} unchanged since an earlier run, {failed_before} failed then (--retry-failed)")?;
    }
    let passed_over: Vec<String> =
        summary.passed_over.iter().map(|(extension, count)| format!("{count} {extension}")).collect();
    if !passed_over.is_empty() {
        writeln!(out, "passed over: {}", passed_over.join(", "))?;
    }
    if summary.interrupted {
        writeln!(out, "stopped before the end; the same command goes on from here")?;
    } else {
        writeln!(
            out,
            "outputs are in {0}, and what there is to know of them in {0}/report.html",
            job.output.display()
        )?;
    }
    Ok(())
}
