//! A job: inputs in order, converted by several threads, written, journaled, put together.

use crate::atomic::Scratch;
use crate::convert::{Converter, Plan, PlanError};
use crate::expect::Expected;
use crate::files::{below, output_name};
use crate::fingerprint::{hash, key, short};
use crate::inputs::{Inputs, Item, PassedOver};
use crate::isolate::{Isolated, WorkerCommand};
use crate::journal::{Journal, Outcome, Record, Stored};
use crate::order::Order;
use crate::protocol::{Answer, Converted};
use crate::queue::{Queue, Taker};
use crate::report::{Report, page};
use crate::tables::{OpenPart, Tables};
use crate::{Again, Failure, FailureKind, Isolation, Limits, Observer, locked};
use std::fs::{File, TryLockError};
use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A job over a corpus.
#[derive(Clone, Debug)]
pub struct Job {
    /// What is read.
    pub inputs: Inputs,
    /// The folder that is written. It belongs to the job: see `docs/batch.md` for what lies in it.
    pub output: PathBuf,
    /// What is made of each input.
    pub plan: Plan,
    /// How many inputs are converted at a time. The outputs do not depend on it.
    pub jobs: NonZeroUsize,
    /// After how many inputs a thread puts its results into the journal. So many are lost, for each thread, when the job is killed.
    pub part_size: NonZeroUsize,
    /// Which inputs of an earlier run are converted again.
    pub again: Again,
    /// Which inputs are converted in processes of their own.
    pub isolation: Isolation,
    /// What one input may cost there.
    pub limits: Limits,
    /// How such a process is started.
    pub worker: WorkerCommand,
    /// What the corpus should hold; the report says what of it is missing.
    pub expected: Option<Expected>,
}

/// What became of a job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Inputs that were converted in this run.
    pub converted: usize,
    /// Inputs that failed in this run.
    pub failed: usize,
    /// Inputs that an earlier run had converted.
    pub unchanged: usize,
    /// Inputs that failed in an earlier run and were not tried again.
    pub failed_before: usize,
    /// Documents that this run found.
    pub documents: usize,
    /// Warnings of this run.
    pub warnings: usize,
    /// Files that are no inputs, by extension.
    pub passed_over: PassedOver,
    /// Whether the job was asked to stop before its end; then there are no new tables and no report.
    pub interrupted: bool,
}

impl Summary {
    /// All inputs that were looked at.
    pub fn inputs(&self) -> usize {
        self.converted + self.failed + self.unchanged + self.failed_before
    }
}

/// Why a job ended before its end. What the journal holds by then is kept, and the next run goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// The plan cannot be carried out.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Another job writes there.
    #[error("{}: another job is writing here", .0.display())]
    Locked(PathBuf),
    /// The outputs would lie among the inputs.
    #[error("{}: the output is one of the inputs", .0.display())]
    OutputIsInput(PathBuf),
    /// The output cannot be written.
    #[error("{}: {error}", path.display())]
    Output {
        /// What was to be written.
        path: PathBuf,
        /// Why it could not be.
        error: io::Error,
    },
}

/// Where the things of a job lie in its folder.
struct Places {
    files: PathBuf,
    tables: PathBuf,
    report: PathBuf,
    parts: PathBuf,
    journal: PathBuf,
    scratch: PathBuf,
    lock: PathBuf,
}

impl Places {
    fn of(output: &Path) -> Self {
        let inner = output.join("journal");
        Self {
            files: output.join("files"),
            tables: output.join("tables"),
            report: output.join("report.json"),
            parts: inner.join("parts"),
            journal: inner.join("journal.jsonl"),
            scratch: inner.join("unfinished"),
            lock: inner.join("lock"),
        }
    }
}

/// Runs a job to its end, or until `stop` is set: then what is in flight is finished.
pub fn run(job: &Job, observer: &dyn Observer, stop: &AtomicBool) -> Result<Summary, JobError> {
    let begun = Instant::now();
    let converter = Converter::new(&job.plan)?;
    let places = Places::of(&job.output);
    let _lock = lock(job, &places)?;
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| JobError::Output { path, error }
    };
    let scratch = Scratch::in_folder(places.scratch.clone()).map_err(at(&places.scratch))?;
    let journal = Journal::open(&places.journal).map_err(at(&places.journal))?;
    let tables =
        Tables::new(&converter, places.parts.clone(), journal.last_part(), job.jobs).map_err(at(&places.parts))?;
    let mut order = Order::begin(&scratch).map_err(at(&places.scratch))?;
    let plan = fingerprint(&job.plan);
    let inputs = job.inputs.clone().outside(&job.output).up_to(job.plan.max_bytes);
    let shared = Shared {
        job,
        converter: &converter,
        observer,
        places: &places,
        scratch: &scratch,
        tables: &tables,
        plan,
        journal: Mutex::new(journal),
        summary: Mutex::default(),
        fatal: Mutex::default(),
        stop,
    };
    shared.work_on(&inputs, &mut order).map_err(at(&places.scratch))?;
    let mut summary = shared.summary.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = shared.fatal.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut journal = shared.journal.into_inner().unwrap_or_else(PoisonError::into_inner);
    summary.interrupted = stop.load(Ordering::Relaxed);
    if !summary.interrupted {
        observer.assembling();
        let used = tables.assemble(&places.tables, &scratch, &mut journal, &mut order).map_err(at(&places.tables))?;
        tables.keep_only(&used).map_err(at(&places.parts))?;
        let report = Report::of(&mut journal, &mut order, job.expected.as_ref()).map_err(at(&places.scratch))?;
        let report = report.with_run(&summary, begun.elapsed());
        write_report(&report, &places.report, &scratch).map_err(at(&places.report))?;
        journal.compact(&scratch).map_err(at(&places.journal))?;
    }
    Ok(summary)
}

/// The report for programs, and the page beside it.
fn write_report(report: &Report, path: &Path, scratch: &Scratch) -> io::Result<()> {
    let mut json = serde_json::to_vec_pretty(report)?;
    json.push(b'\n');
    scratch.write(path, &json)?;
    let page = page(report).map_err(io::Error::other)?;
    scratch.write(&path.with_extension("html"), page.as_bytes())
}

/// Takes the output for this job. The lock goes with the process, however it ends.
fn lock(job: &Job, places: &Places) -> Result<File, JobError> {
    let failed = |error| JobError::Output { path: job.output.clone(), error };
    std::fs::create_dir_all(&job.output).map_err(failed)?;
    if job.inputs.holds(&job.output) {
        return Err(JobError::OutputIsInput(job.output.clone()));
    }
    std::fs::create_dir_all(places.lock.parent().unwrap_or(&job.output)).map_err(failed)?;
    let file = File::create(&places.lock).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(JobError::Locked(job.output.clone())),
        // A file system without locks: the user must see to it that jobs do not meet.
        Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// The hash of all that the outputs of an input depend on beside the input.
fn fingerprint(plan: &Plan) -> String {
    let text = format!("{plan:?} {}", env!("CARGO_PKG_VERSION"));
    format!("{:016x}", short(&text))
}

/// What the threads of a job share.
struct Shared<'a> {
    job: &'a Job,
    converter: &'a Converter,
    observer: &'a dyn Observer,
    places: &'a Places,
    scratch: &'a Scratch,
    tables: &'a Tables,
    plan: String,
    journal: Mutex<Journal>,
    summary: Mutex<Summary>,
    fatal: Mutex<Option<JobError>>,
    stop: &'a AtomicBool,
}

impl Shared<'_> {
    /// Feeds the inputs to the threads, and notes their order.
    fn work_on(&self, inputs: &Inputs, order: &mut Order) -> io::Result<()> {
        let mut noted = Ok(());
        let queue = Queue::new(self.job.jobs);
        let passed_over = std::thread::scope(|scope| {
            scope.spawn(|| inputs.count().inspect(|count| self.observer.counted(*count)));
            for _ in 0..self.job.jobs.get() {
                let items = Taker(&queue);
                scope.spawn(move || {
                    if let Err(error) = Worker::new(self).work(&items) {
                        locked(&self.fatal).get_or_insert(error);
                    }
                });
            }
            let mut claim = |key| locked(&self.journal).claim(key);
            let passed_over = inputs.for_each(&mut claim, |item| {
                let id = key(&item.id);
                if self.is_over() || !queue.put(item) {
                    return ControlFlow::Break(());
                }
                noted = order.push(id);
                if noted.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            queue.close();
            passed_over
        });
        locked(&self.summary).passed_over = passed_over;
        noted
    }

    fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || locked(&self.fatal).is_some()
    }

    /// The record of an earlier run, when nothing is to be done for this input.
    fn settled(&self, earlier: Option<&Record>, hash: &str) -> bool {
        let Some(record) = earlier.filter(|record| record.plan == self.plan && record.hash == hash) else {
            return false;
        };
        match (&record.outcome, self.job.again) {
            (_, Again::All) | (Outcome::Failed(_), Again::Failed) => false,
            (Outcome::Failed(failure), Again::Changed) => failure.kind.is_settled(),
            (Outcome::Done(stored), _) => {
                let is_there = |(name, size): &(String, u64)| {
                    below(&self.places.files, name).metadata().is_ok_and(|file| file.len() == *size)
                };
                stored.files.iter().all(is_there) && self.tables.hold(stored.rows.as_ref())
            }
        }
    }
}

/// One thread of a job.
struct Worker<'a> {
    shared: &'a Shared<'a>,
    part: Option<OpenPart<'a>>,
    records: Vec<Record>,
    isolated: Isolated,
}

impl<'a> Worker<'a> {
    fn new(shared: &'a Shared<'a>) -> Self {
        let Job { worker, plan, limits, .. } = shared.job;
        let isolated = Isolated::new(worker.clone(), plan.clone(), *limits);
        Self { shared, part: None, records: Vec::new(), isolated }
    }

    fn work(mut self, items: &Taker<'_>) -> Result<(), JobError> {
        while let Some(item) = items.take() {
            // After a stop, what waits in the queue is left for the next run.
            if self.shared.is_over() {
                break;
            }
            if let Some(record) = self.convert(item)? {
                self.shared.observer.finished(&record);
                self.records.push(record);
            }
            if self.records.len() >= self.shared.job.part_size.get() {
                self.close_part()?;
            }
        }
        self.close_part()
    }

    /// The record of an input; none when nothing was to be done.
    fn convert(&mut self, item: Item) -> Result<Option<Record>, JobError> {
        let start = Instant::now();
        let Item { id, language, content } = item;
        let read = content.bytes(self.shared.job.plan.max_bytes);
        let hash = read.as_ref().map_or_else(|_| String::new(), |bytes| hash(bytes));
        let earlier = locked(&self.shared.journal).find(&id);
        if read.is_ok() && self.shared.settled(earlier.as_ref(), &hash) {
            let is_done = matches!(earlier, Some(Record { outcome: Outcome::Done(_), .. }));
            let mut summary = locked(&self.shared.summary);
            *if is_done { &mut summary.unchanged } else { &mut summary.failed_before } += 1;
            drop(summary);
            self.shared.observer.unchanged();
            return Ok(None);
        }
        let answer = match read {
            Ok(bytes) if self.shared.job.isolation.applies_to(&bytes) => {
                self.isolated.convert(&id, bytes, language.as_deref())
            }
            Ok(bytes) => self.shared.converter.convert(&id, &bytes, language.as_deref()),
            Err(failure) => Answer::Failed(failure),
        };
        let outcome = match answer {
            Answer::Done(converted) => self.store(&id, converted)?,
            Answer::Failed(failure) => Outcome::Failed(failure),
        };
        if let Some(Record { outcome: Outcome::Done(old), .. }) = earlier {
            self.remove_stale(&old, &outcome);
        }
        self.count(&outcome);
        let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        Ok(Some(Record { id, hash, plan: self.shared.plan.clone(), outcome, micros }))
    }

    fn count(&self, outcome: &Outcome) {
        let mut summary = locked(&self.shared.summary);
        match outcome {
            Outcome::Done(stored) => {
                summary.converted += 1;
                summary.documents += stored.documents.len();
                summary.warnings += stored.warnings.iter().map(|warning| warning.count).sum::<usize>();
            }
            Outcome::Failed(_) => summary.failed += 1,
        }
    }

    /// Writes the outputs of an input. What hinders this input alone is its failure, what hinders all ends the job.
    fn store(&mut self, id: &str, converted: Converted) -> Result<Outcome, JobError> {
        let Converted { documents, outputs, warnings, breach } = converted;
        let mut files: Vec<(String, u64)> = Vec::new();
        for output in outputs.iter().filter(|output| !output.rows) {
            let extension = self.shared.converter.extension(&output.format);
            let name = output_name(id, output.document, output.part.as_deref(), extension);
            let path = below(&self.shared.places.files, &name);
            let bytes = output.bytes.as_bytes();
            if let Err(error) = self.shared.scratch.write(&path, bytes) {
                if hinders_all(&error) {
                    return Err(JobError::Output { path, error });
                }
                for (name, _) in &files {
                    // It was written a moment ago; if it cannot be removed, it is an output without a record.
                    let _ = std::fs::remove_file(below(&self.shared.places.files, name));
                }
                let message = format!("{name} cannot be written: {error}");
                return Ok(Outcome::Failed(Failure::new(FailureKind::Io, message)));
            }
            files.push((name, bytes.len() as u64));
        }
        let rows = if self.shared.tables.is_empty() {
            None
        } else {
            let failed = |error| JobError::Output { path: self.shared.places.parts.clone(), error };
            let part = match &mut self.part {
                Some(part) => part,
                None => self.part.insert(self.shared.tables.begin(self.shared.scratch).map_err(failed)?),
            };
            Some(part.append(&outputs).map_err(failed)?)
        };
        Ok(Outcome::Done(Stored { documents, files, rows, warnings, breach }))
    }

    /// Removes the files that an earlier version of an input had and this one has not.
    fn remove_stale(&self, old: &Stored, outcome: &Outcome) {
        let new: &[(String, u64)] = match outcome {
            Outcome::Done(stored) => &stored.files,
            Outcome::Failed(_) => &[],
        };
        for (name, _) in old.files.iter().filter(|(name, _)| !new.iter().any(|(kept, _)| kept == name)) {
            // Somebody may have removed it before.
            let _ = std::fs::remove_file(below(&self.shared.places.files, name));
        }
    }

    /// Puts the results so far where the next run finds them: first the rows, then the journal that names them.
    fn close_part(&mut self) -> Result<(), JobError> {
        let at = |path: &PathBuf| {
            let path = path.clone();
            move |error| JobError::Output { path, error }
        };
        if let Some(part) = self.part.take() {
            part.close().map_err(at(&self.shared.places.parts))?;
        }
        let records = std::mem::take(&mut self.records);
        locked(&self.shared.journal).append(&records).map_err(at(&self.shared.places.journal))
    }
}

/// Whether an error would meet every other input as well.
fn hinders_all(error: &io::Error) -> bool {
    use io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem)
}
