//! Why an input gave no documents.

use serde::{Deserialize, Serialize};

/// Why an input gave no documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// A lower-case clause.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FailureKind {
    /// The bytes cannot be read as a document.
    Read,
    /// The program panicked; that is a fault of the program.
    Panic,
    /// It took longer than it may.
    Time,
    /// The process that converted it died: its stack or its memory ran out.
    Crash,
    /// The input or an output could not be opened, read or written. It is tried again in the next run.
    Io,
    /// Its name leads out of the archive, or names no file.
    Name,
    /// The record that should hold it is none.
    Record,
}

impl FailureKind {
    /// The word for it in journals and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Panic => "panic",
            Self::Time => "time",
            Self::Crash => "crash",
            Self::Io => "io",
            Self::Name => "name",
            Self::Record => "record",
        }
    }

    /// Whether the same bytes would fail again: such an input is not tried again unless that is asked for.
    pub fn is_settled(self) -> bool {
        self != Self::Io
    }
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    pub(crate) fn io(error: &std::io::Error) -> Self {
        Self::new(FailureKind::Io, error.to_string())
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
