//! What a job may choose beside its plan.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Which inputs of an earlier run are converted again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Again {
    /// Those that changed, lost an output, or could not be read or written then.
    #[default]
    Changed,
    /// Those, and all that failed.
    Failed,
    /// All.
    All,
}

/// Which inputs are converted in a process of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Isolation {
    /// None: a document that runs out of stack or memory ends the job, which can be resumed.
    Nothing,
    /// PDF files, whose reader builds on most foreign code.
    #[default]
    Pdf,
    /// All.
    All,
}

impl Isolation {
    pub(crate) fn applies_to(self, bytes: &[u8]) -> bool {
        match self {
            Self::Nothing => false,
            // A PDF may stand behind some bytes of rubbish; readers look into the first KiB.
            Self::Pdf => bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|head| head == b"%PDF-"),
            Self::All => true,
        }
    }
}

/// What one document may cost in a process of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// How long it may take.
    pub time: Duration,
    /// How many bytes of memory the process may ask for, where the system can hold it to that.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_mins(1), memory: 2 << 30 }
    }
}
