//! Akoma Ntoso 1.0: written in the strict AKN4UN profile, read in every dialect that the United Nations publish, validated.

mod events;
mod read;
pub mod validate;
mod write;

pub use read::{AknDocument, Dialect, looks_like_xml, read_documents};
pub use write::Akn;
