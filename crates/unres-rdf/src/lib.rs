//! Documents as linked data: what they are, who adopted them when, what they are about, in the UNDO ontology and Dublin Core.
//!
//! Linked data describes a document and does not hold its text. `triples` says what is said of a document, `vocabulary` names the terms, and the
//! two exporters only write it down.

mod triples;
mod vocabulary;
mod writer;

pub use writer::{JsonLd, Turtle};
