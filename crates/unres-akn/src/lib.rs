//! Akoma Ntoso 1.0 in the strict AKN4UN profile.

mod write;

pub use write::Akn;
