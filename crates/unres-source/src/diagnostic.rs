//! Findings: odd text met on the way, with the rule that saw it and its place.

use crate::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The name of a rule: `area/what-it-sees`, for example `note/call-line`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// A rule of the program.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for RuleId {
    fn from(name: String) -> Self {
        Self(Cow::Owned(name))
    }
}

impl std::fmt::Display for RuleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Note,
    /// The result may be wrong here. `--strict` turns it into a failure.
    Warning,
    /// Something could not be done.
    Error,
}

impl Severity {
    /// The word that is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding. The message is a lower-case clause without full stop; advice stands in the hint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: RuleId,
    /// How much it matters.
    pub severity: Severity,
    /// Where, in bytes of the source's text; none when it concerns the whole input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What was found.
    pub message: String,
    /// What to do about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

impl Diagnostic {
    fn new(rule: RuleId, severity: Severity, span: Option<Span>, message: String) -> Self {
        Self { rule, severity, span, message, hint: None }
    }

    /// A finding that needs no action.
    pub fn note(rule: RuleId, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Note, span.into(), message.into())
    }

    /// A finding that may make the result wrong.
    pub fn warning(rule: RuleId, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warning, span.into(), message.into())
    }

    /// A finding that says that something could not be done.
    pub fn error(rule: RuleId, span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Error, span.into(), message.into())
    }

    /// The same finding with advice.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Where findings go.
pub trait Sink {
    /// Takes one finding.
    fn push(&mut self, diagnostic: Diagnostic);
}

impl Sink for Vec<Diagnostic> {
    fn push(&mut self, diagnostic: Diagnostic) {
        Vec::push(self, diagnostic);
    }
}
