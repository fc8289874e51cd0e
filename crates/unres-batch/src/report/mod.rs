//! What a corpus holds and how the job went: `report.json` for programs, `report.html` for people.

mod page;

use crate::Summary;
use crate::expect::{Completeness, Expected};
use crate::journal::{Journal, Outcome, Record};
use crate::order::Order;
use crate::protocol::{DocumentFacts, Warning};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

pub(crate) use page::page;

/// Failures and examples that are listed one by one; the others are counted.
const LISTED: usize = 1000;
const EXAMPLES: usize = 5;

/// What a corpus holds and how the job went. Everything but `run` follows from the inputs alone.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    pub(crate) inputs: usize,
    pub(crate) documents: usize,
    pub(crate) paragraphs: usize,
    pub(crate) passed_over: BTreeMap<String, usize>,
    pub(crate) languages: BTreeMap<String, usize>,
    pub(crate) organs: BTreeMap<String, usize>,
    /// Documents by year and then by language.
    pub(crate) years: BTreeMap<String, BTreeMap<String, usize>>,
    /// Documents by their number of paragraphs, in steps of [`STEP`].
    pub(crate) paragraphs_a_document: BTreeMap<usize, usize>,
    pub(crate) openings: BTreeMap<String, usize>,
    pub(crate) warnings: BTreeMap<String, Finding>,
    pub(crate) failures: BTreeMap<&'static str, usize>,
    pub(crate) failed: Vec<Failed>,
    /// Inputs of which the account of the text does not add up.
    pub(crate) breaches: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) completeness: Option<Completeness>,
    pub(crate) run: Run,
}

/// How wide a step of the number of paragraphs is.
const STEP: usize = 20;
/// Stands for a fact that a document does not state.
const UNKNOWN: &str = "unknown";

/// The findings of one rule.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Finding {
    pub(crate) count: usize,
    pub(crate) inputs: usize,
    pub(crate) examples: Vec<Example>,
}

/// One of them.
#[derive(Debug, Serialize)]
pub(crate) struct Example {
    pub(crate) id: String,
    pub(crate) message: String,
}

/// An input that failed.
#[derive(Debug, Serialize)]
pub(crate) struct Failed {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) message: String,
}

/// How this run went.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Run {
    pub(crate) converted: usize,
    pub(crate) unchanged: usize,
    pub(crate) failed: usize,
    pub(crate) failed_before: usize,
    pub(crate) seconds: f64,
    /// The most memory that the process held, in KiB; none where the system does not say.
    pub(crate) peak_memory_kib: Option<u64>,
}

impl Report {
    /// Reads the journal for the inputs of a run, in their order.
    pub(crate) fn of(journal: &mut Journal, inputs: &mut Order, expected: Option<&Expected>) -> io::Result<Self> {
        let mut report = Self { inputs: inputs.count(), ..Self::default() };
        let mut found = expected.map(Expected::begin);
        inputs.try_for_each(|input| {
            let Some(record) = journal.find_key(input) else { return Ok(()) };
            if let (Some(found), Outcome::Done(stored)) = (&mut found, &record.outcome) {
                stored.documents.iter().for_each(|document| found.add(&record.id, document));
            }
            report.add(record);
            Ok(())
        })?;
        report.completeness = found.map(crate::expect::Found::end);
        Ok(report)
    }

    /// Adds how the run went.
    #[must_use]
    pub(crate) fn with_run(mut self, summary: &Summary, time: Duration) -> Self {
        self.passed_over.clone_from(&summary.passed_over);
        self.run = Run {
            converted: summary.converted,
            unchanged: summary.unchanged,
            failed: summary.failed,
            failed_before: summary.failed_before,
            seconds: time.as_secs_f64(),
            peak_memory_kib: peak_memory_kib(),
        };
        self
    }

    fn add(&mut self, record: Record) {
        let Record { id, outcome, .. } = record;
        match outcome {
            Outcome::Failed(failure) => {
                *self.failures.entry(failure.kind.as_str()).or_default() += 1;
                if self.failed.len() < LISTED {
                    self.failed.push(Failed { id, kind: failure.kind.as_str(), message: failure.message });
                }
            }
            Outcome::Done(stored) => {
                stored.documents.iter().for_each(|document| self.add_document(document));
                stored.warnings.into_iter().for_each(|warning| self.add_warning(&id, warning));
                if stored.breach {
                    self.breaches.push(id);
                }
            }
        }
    }

    fn add_document(&mut self, document: &DocumentFacts) {
        let or_unknown = |fact: &Option<String>| fact.clone().unwrap_or_else(|| UNKNOWN.to_owned());
        let language = or_unknown(&document.language);
        let year = document.year.map_or_else(|| UNKNOWN.to_owned(), |year| year.to_string());
        self.documents += 1;
        self.paragraphs += document.paragraphs;
        *self.years.entry(year).or_default().entry(language.clone()).or_default() += 1;
        *self.languages.entry(language).or_default() += 1;
        *self.organs.entry(or_unknown(&document.organ)).or_default() += 1;
        *self.paragraphs_a_document.entry(document.paragraphs / STEP * STEP).or_default() += 1;
        for (key, count) in &document.openings {
            *self.openings.entry(key.clone()).or_default() += count;
        }
    }

    fn add_warning(&mut self, id: &str, warning: Warning) {
        let finding = self.warnings.entry(warning.rule).or_default();
        finding.count += warning.count;
        finding.inputs += 1;
        if finding.examples.len() < EXAMPLES {
            finding.examples.push(Example { id: id.to_owned(), message: warning.message });
        }
    }
}

/// What Linux says of this process.
fn peak_memory_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
