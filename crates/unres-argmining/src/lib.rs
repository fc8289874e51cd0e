//! Documents in the form of the shared task on argument mining of 2026 (ArgMine): JSON with numbered paragraphs, each preambular, operative or neither.
//!
//! What the task asks systems to find beyond that (tags, relations between paragraphs, their reasoning) is there and empty.

mod writer;

pub use writer::ArgMining;
