//! Akoma Ntoso 1.0: written in the strict AKN4UN profile, read in every dialect that the United Nations publish, validated.

mod address;
mod read;
pub mod validate;
mod write;
mod xml;

pub use read::{AknDocument, Dialect, looks_like_xml, read_documents};
pub use write::{Akn, work_iri};
pub use xml::IllFormed;
