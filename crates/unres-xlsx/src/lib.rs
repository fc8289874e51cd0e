//! Documents as an Excel workbook: the tables of the CSV form as sheets, and a sheet of notes.
//!
//! `docs/xlsx.md` says what the sheets hold. Rows go to disk as they are written, so that memory does not grow with them.

mod looks;
mod notes;
mod sheet;
mod writer;

pub use writer::Xlsx;
