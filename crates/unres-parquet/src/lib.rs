//! The tables of `unres-csv` as Parquet: the same columns with types, and the notes that a block calls as a nested list.

mod column;
mod table;
mod writer;

pub use writer::Parquet;
