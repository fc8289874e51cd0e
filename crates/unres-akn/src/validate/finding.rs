//! What a check found, and where.

use unres_source::{RuleId, Severity};

/// One finding in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it: `xml/…`, `schema/…` or `U01` to `U64`.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// The line where it stands, from 1.
    pub line: usize,
    /// What was found: a clause without full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// Findings of one file are kept up to this number, so that a huge broken file does not fill the memory.
pub const MAX_FINDINGS: usize = 10_000;

/// A finding by its place in bytes, before lines are counted.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) offset: usize,
    pub(crate) rule: RuleId,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

/// A text of a file, cut to a length that a message can bear.
pub(crate) fn shown(text: &str) -> String {
    const LENGTH: usize = 60;
    if text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    text.chars().take(LENGTH).chain(['…']).collect()
}
