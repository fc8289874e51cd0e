//! The ground that every stage stands on: the text that a reader made, its lines with what the page showed, findings
//! with their place, and the trait that readers implement.
//!
//! Nothing here knows a language, a format or a file system.

mod budget;
mod bytes;
mod diagnostic;
mod hints;
mod line;
mod reader;
mod span;

pub use budget::Budget;
pub use bytes::{any_byte, any_triple, count_bytes, first_byte, holds_other_blank};
pub use diagnostic::{Diagnostic, RuleId, Severity, Sink};
pub use hints::{CellPlace, Face, LineHints, LinkId, NoteKey, Role, Run, RunHints, RunKind, Start, StyleId};
pub use line::{Layout, Line, Origin, Source};
pub use reader::{Confidence, Input, ReadError, Reader};
pub use span::Span;
