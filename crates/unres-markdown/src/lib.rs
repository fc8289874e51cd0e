//! Documents to read and to paste: Markdown, and plain text without marks.

mod escape;
mod labels;
mod markdown;
mod plain;
mod writer;

pub use markdown::markdown;
pub use plain::plain;
pub use writer::{Markdown, PlainText};
