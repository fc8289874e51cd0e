//! Which document cites which, over any number of documents: a table of edges, and a graph in `GraphML`.
//!
//! A document is known by its symbol. The table has a row for each version of a document and each document that it cites; the graph puts the language
//! versions of a document together.

mod cited;
mod edges;
mod graphml;

pub use edges::Edges;
pub use graphml::GraphMl;
