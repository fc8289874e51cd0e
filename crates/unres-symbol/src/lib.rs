//! Symbols, numbers and bodies of United Nations documents, and the addresses that follow from them.
//!
//! The grammar is that of the AKN4UN guidelines and of the symbols in use.

mod iri;
mod number;
mod organ;
mod symbol;

pub use iri::{MANIFESTATION_EXTENSION, WorkIri, WorkParts, component};
pub use number::{DocumentNumber, Letters, Series};
pub use organ::Organ;
pub use symbol::scan_symbol;
