//! The tables of `unres-csv` as Parquet: the same columns with types, and the notes and citations of a block as nested lists.

mod column;
mod table;
mod writer;

pub use writer::Parquet;
