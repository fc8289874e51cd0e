//! Who watches a job.

use crate::Record;

/// Is told how a job goes. Threads of the job call it, so it must be quick.
pub trait Observer: Sync {
    /// The inputs have been counted. Not called where that would mean reading them, as with a tar archive.
    fn counted(&self, inputs: usize);

    /// An input is done: converted or failed.
    fn finished(&self, record: &Record);

    /// An input needs no work: the journal says that it was done before.
    fn unchanged(&self);

    /// All inputs are done; tables and report are made.
    fn assembling(&self);
}

/// Nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unobserved;

impl Observer for Unobserved {
    fn counted(&self, _: usize) {}
    fn finished(&self, _: &Record) {}
    fn unchanged(&self) {}
    fn assembling(&self) {}
}
