//! The model as JSON, one document a file, and as JSON Lines, one document a line: written by two exporters and read
//! back.
//!
//! Both forms are made of envelopes `{"format_version": "1.0.0", "document": {…}}`, so that a file says by which rules
//! it is to be read. This is the one format that loses nothing; a result is corrected by hand in it.

mod envelope;
mod error;
mod read;
#[cfg(feature = "schema")]
mod schema;
mod write;

pub use envelope::FORMAT_VERSION;
pub use error::JsonError;
pub use read::{documents, looks_like_json, read_documents};
#[cfg(feature = "schema")]
pub use schema::schema;
pub use write::{Json, JsonLines, line};
