//! Documents as CSV: a table of blocks, the main part, and a table of documents beside it.
//!
//! `docs/csv.md` is the codebook: what each column means, in which unit, and when it is empty. Rows are made by plain
//! functions of one document ([`block_records`], [`document_record`]), so that workers can make them in parallel and
//! the writer only puts them in order.

mod blocks;
mod citations;
mod documents;
mod line;
mod names;
mod options;
mod rows;
mod table;
mod writer;

pub use blocks::{block_citations, block_header, block_records};
pub use citations::{citation_header, citation_records};
pub use documents::{document_header, document_record};
pub use names::basis as basis_name;
pub use options::CsvOptions;
pub use writer::Csv;
