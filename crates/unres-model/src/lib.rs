//! What a United Nations resolution is, whatever it was read from and whatever it is written to.
//!
//! A [`Document`] is a list of blocks in the order of the page. Each block says how deep it hangs under the blocks before
//! it, so that the tree needs no nesting of data: it can be read as a table, corrected by hand in JSON, and walked without
//! recursion. Everything printed stands in a block or a note exactly once; [`Meta`] holds only what follows from it.

mod block;
mod content;
mod document;
mod meta;
mod note;

pub use block::{Block, BlockKind, Cell, HeadingForm, HeadingPlace, HeadingRank, Number, NumberStyle, Opening, Place};
pub use content::{
    Citation, CitedKind, DatedText, Fact, FactRole, Inline, LinkedText, NamedKind, NamedText, NoteCall, Pinpoint,
    PinpointUnit, Text, plain_text, tabs_to_blanks,
};
pub use document::{Account, CitedIn, Claim, ClaimKind, Document, Invalid, MAX_DEPTH};
pub use meta::{Basis, Cover, DocumentKind, Meta, Step, Subject, Value, Vote, VoteCount};
pub use note::{Note, NoteId};
