//! A program that writes a format, and what it says of itself.

use crate::protocol::{DESCRIBE, Description};
use crate::running::Running;
use std::ffi::OsString;
use std::process::Command;
use std::time::Duration;
use unres_export::{ExportError, MemoryTarget, Part, Target};

/// What stands before the name of a program as the id of a format: `ext:NAME`.
pub const PREFIX: &str = "ext:";

/// How long a program may be silent when nothing else is said.
const PATIENCE: Duration = Duration::from_mins(1);

/// A program with the arguments that it always gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    name: OsString,
    arguments: Vec<OsString>,
    patience: Duration,
}

impl Program {
    /// A program by name or path, with arguments before those of the protocol.
    pub fn new(program: impl Into<OsString>, arguments: impl IntoIterator<Item = OsString>) -> Self {
        Self { name: program.into(), arguments: arguments.into_iter().collect(), patience: PATIENCE }
    }

    /// The program of the format `ext:NAME`, which is looked for where programs are. None for an id that is not of this form.
    pub fn of_format(id: &str) -> Option<Self> {
        let name = id.strip_prefix(PREFIX)?;
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        plain.then(|| Self::new(format!("unres-export-{name}"), []))
    }

    /// How long it may take to read a document, and to end after the last one, before it is ended.
    #[must_use]
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// What it says of itself.
    pub(crate) fn describe(&self) -> Result<Description, ExportError> {
        let mut target = MemoryTarget::default();
        let mut command = self.command();
        command.arg(DESCRIBE);
        Running::start(command, self.patience, target.part(Part::Main)?)?.finish()?;
        let printed = target.bytes(Part::Main);
        let described: Description = serde_json::from_slice(&printed)
            .map_err(|error| self.failed(format!("does not describe itself: {error}")))?;
        match described.fault() {
            Some(fault) => Err(self.failed(fault)),
            None => Ok(described),
        }
    }

    /// Runs it, with a target for what it writes.
    pub(crate) fn start(&self, target: &mut dyn Target) -> Result<Running, ExportError> {
        Running::start(self.command(), self.patience, target.part(Part::Main)?)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments);
        command
    }

    fn failed(&self, message: String) -> ExportError {
        ExportError::Program { program: self.name.to_string_lossy().into_owned(), message, said: String::new() }
    }
}
