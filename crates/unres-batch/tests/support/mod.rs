//! A small corpus of invented resolutions, and jobs over it.
#![allow(dead_code, unreachable_pub)] // each test program takes what it needs

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use unres_batch::{
    Again, Failure, Inputs, Isolation, Job, JobError, Limits, Observer, Outcome, Plan, Record, Summary, WorkerCommand,
    run,
};

pub fn resolution(number: usize) -> String {
    format!(
        " 98/{number}. Tidal bells \n\n The General Assembly, \n\n Recalling the charter of bells, \n\n \
         1. Decides to ring {number} of them; \n\n 2. Requests the towers to listen. \n"
    )
}

/// A folder with so many resolutions, ten in a folder.
pub fn corpus(folder: &Path, count: usize) -> PathBuf {
    let corpus = folder.join("corpus");
    for number in 1..=count {
        let below = corpus.join(format!("year-{}", number / 10));
        std::fs::create_dir_all(&below).expect("a folder");
        std::fs::write(below.join(format!("{number:04}.txt")), resolution(number)).expect("room");
    }
    corpus
}

pub fn number(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("not 0")
}

/// A job with files and tables, on two threads.
pub fn job(input: &Path, output: &Path) -> Job {
    let plan =
        Plan { files: vec!["akn".to_owned()], tables: vec!["csv".to_owned(), "jsonl".to_owned()], ..Plan::default() };
    Job {
        inputs: Inputs::new(&[input.to_owned()]).expect("inputs"),
        output: output.to_owned(),
        plan,
        jobs: number(2),
        part_size: number(3),
        again: Again::Changed,
        isolation: Isolation::Nothing,
        limits: Limits::default(),
        worker: WorkerCommand { program: PathBuf::from("none"), arguments: vec![] },
        expected: None,
    }
}

/// Keeps all records.
#[derive(Default)]
pub struct Records(Mutex<Vec<Record>>);

impl Observer for Records {
    fn counted(&self, _: usize) {}
    fn unchanged(&self) {}
    fn assembling(&self) {}

    fn finished(&self, record: &Record) {
        self.0.lock().expect("no thread panicked").push(record.clone());
    }
}

impl Records {
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.0.lock().expect("records").iter().map(|record| record.id.clone()).collect();
        ids.sort();
        ids
    }

    pub fn failures(&self) -> BTreeMap<String, Failure> {
        let records = self.0.lock().expect("records");
        let failure = |record: &Record| match &record.outcome {
            Outcome::Failed(failure) => Some((record.id.clone(), failure.clone())),
            Outcome::Done(_) => None,
        };
        records.iter().filter_map(failure).collect()
    }
}

pub fn try_run(job: &Job) -> (Result<Summary, JobError>, Records) {
    let records = Records::default();
    (run(job, &records, &AtomicBool::new(false)), records)
}

pub fn run_job(job: &Job) -> (Summary, Records) {
    let (summary, records) = try_run(job);
    (summary.expect("the job runs to its end"), records)
}

/// All files below the outputs of a job, with their bytes; what only the engine needs is left out.
pub fn outputs(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![output.join("files"), output.join("tables")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(output).expect("below").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).expect("readable"));
            }
        }
    }
    files
}
