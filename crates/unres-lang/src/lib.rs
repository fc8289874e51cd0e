//! Language packs: all that the program knows about a natural language, as tables, and the matchers built from them.
//!
//! A pack is one TOML file. It holds words, phrases and marks, never sentences and no behaviour: where languages differ in
//! behaviour, the pack declares a property that the code asks for.

mod citing;
mod cover;
mod dates;
mod error;
mod fold;
mod kinds;
mod labels;
mod mentions;
mod names;
mod openings;
mod pack;
mod phrases;
mod template;

pub use citing::{CitedPlace, CitingPhrase, CitingWord, NounSide, WorkNumber};
pub use cover::{CoverPiece, SessionLine};
pub use dates::{Dated, PartOfDate, YearSide};
pub use error::PackError;
pub use fold::{is_alphanumeric, is_invisible, is_letter, is_wide, letters_only};
pub use kinds::{DraftOf, VoteWord};
pub use labels::{Label, LabelUse, Reading, Style};
pub use mentions::Mentions;
pub use names::NameOf;
pub use openings::{KEYS, Opening, OpeningKind, key_label};
pub use pack::{BUILTIN, Builtin, FormulaMatch, LangPack, WordBreak};
pub use template::{Match, Slot, SlotKind};
