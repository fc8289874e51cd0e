//! Why JSON could not be read as documents.

use unres_model::Invalid;

/// Why JSON could not be read as documents. Lines, columns and documents count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Nothing but blanks.
    #[error("there is no document, only blanks")]
    Empty,
    /// More bytes than the budget allows.
    #[error("the file has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Size of the input.
        bytes: u64,
        /// What the budget allows.
        limit: u64,
    },
    /// No JSON, or none of this form.
    #[error("line {line}, column {column}: {message}")]
    Form {
        /// Where it shows.
        line: usize,
        /// Characters of the line up to there.
        column: usize,
        /// What was found, and what was expected.
        message: String,
    },
    /// A document that has the form but breaks a promise of the model.
    #[error("document {document}, which begins on line {line}: {reason}")]
    Invalid {
        /// Which document of the file.
        document: usize,
        /// The line on which it begins.
        line: usize,
        /// The promise; blocks count from 0 there, as in the array of blocks.
        reason: Invalid,
    },
}

impl JsonError {
    /// What a user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "write the file again with --to json or --to jsonl",
            Self::TooLarge { .. } => "split the file",
            Self::Form { .. } | Self::Invalid { .. } => {
                "correct the file at the place named; docs/json.md says what is expected"
            }
        }
    }
}
