//! Footnotes.

use crate::{Inline, Place};
use serde::{Deserialize, Serialize};
use unres_source::{RuleId, Span};

/// The name of a note inside its document: 1 for the first, whatever its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct NoteId(pub u32);

/// A footnote, once, however often it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What calls refer to; unique in the document.
    pub id: NoteId,
    /// The mark as called, without brackets: `3`, `*`.
    pub mark: String,
    /// Where the mark was printed before the note's text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(u32, u32)>"))]
    pub mark_spans: Vec<Span>,
    /// The text; empty when the mark is called and no note is printed.
    pub content: Vec<Inline>,
    /// The rule that placed it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub rule: RuleId,
    /// Where the note was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}
