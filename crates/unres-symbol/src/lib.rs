//! Symbols, numbers and bodies of United Nations documents, and the addresses that follow from them.
//!
//! The grammar is that of the AKN4UN guidelines and of the symbols in use.
//!
//! ```
//! use unres_symbol::Symbol;
//!
//! let symbol = Symbol::parse("A/98/280-S/2044/614").expect("a symbol");
//! assert!(symbol.is_joint());
//! assert_eq!(symbol.undocs_url(Some("zho")), "https://undocs.org/zh/A/98/280");
//! ```

mod address;
mod body;
mod file_name;
mod iri;
mod number;
mod organ;
mod slips;
mod symbol;

pub use address::site_language;
pub use body::Body;
pub use iri::{MANIFESTATION_EXTENSION, WorkIri, WorkParts, component};
pub use number::{DocumentNumber, Letters, Series, roman_numeral};
pub use organ::Organ;
pub use slips::{Mended, Slip, mend};
pub use symbol::{NumberedKind, Single, Symbol, SymbolKind, unnumbered};
