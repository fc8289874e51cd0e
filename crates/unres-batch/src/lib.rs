//! Jobs over whole corpora, from a folder of ten files to archives of hundreds of thousands.
//!
//! A [`Job`] names inputs, an output folder and a [`Plan`]; [`run`] converts what is new or changed, in parallel and in bounded memory, and
//! keeps a journal by which a job that was killed goes on where it was. One document's failure is that document's record. The same
//! conversion is served to other programs by [`Filter`], one record out for each record in.

mod atomic;
mod choice;
mod convert;
mod engine;
mod expect;
mod failure;
mod files;
mod filter;
mod fingerprint;
mod inputs;
mod isolate;
mod journal;
mod observer;
mod order;
mod protocol;
mod queue;
mod report;
mod tables;

pub use choice::{Again, Isolation, Limits};
pub use convert::{Converter, Plan, PlanError};
pub use engine::{Job, JobError, Summary, run};
pub use expect::{Completeness, Doubled, Expected, Misnamed};
pub use failure::{Failure, FailureKind};
pub use filter::Filter;
pub use inputs::{Content, InputError, Inputs, Item, PassedOver};
pub use isolate::{Isolated, WorkerCommand, serve};
pub use journal::{Outcome, Record, Rows, Stored};
pub use observer::{Observer, Unobserved};
pub use protocol::{Answer, Converted, DocumentFacts, Given, Output, OutputBytes, Request, Warning};

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a mutex holds, also when a thread that held it panicked: each change leaves it whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
