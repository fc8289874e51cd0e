//! What stands inside a block: text, the facts printed in it, calls of notes.

use crate::NoteId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unres_source::Span;

/// A piece of running text. In JSON the variant shows by its field: `text`, `fact` or `call`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "a piece of text needs `text`, a fact `fact` and `text`, a note call `call`")]
pub enum Inline {
    /// Text that states a fact of the document itself: its number, title, date …
    Fact(Fact),
    /// A call of a footnote.
    Call(NoteCall),
    /// Plain text.
    Text(Text),
}

impl Inline {
    /// The text that is printed here; none for a note call.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            Self::Fact(fact) => Some(&fact.text),
            Self::Call(_) => None,
        }
    }
}

/// Text as it reads once lines and pages are joined, with the pieces of the source that it is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// One line of text; never holds a line break.
    pub text: String,
    /// Where it was printed, in reading order. Empty for text that was written by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(u32, u32)>"))]
    pub spans: Vec<Span>,
}

/// Text that states a fact of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Which fact.
    #[serde(rename = "fact")]
    pub role: FactRole,
    /// The ISO date that the text states, for dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// The words that state it.
    #[serde(flatten)]
    pub text: Text,
}

/// The facts that a document prints about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FactRole {
    /// The number in the title line: `67/264`, `2674 (2023)`.
    Number,
    /// The title.
    Title,
    /// The word for the kind of document: "Resolution".
    Kind,
    /// The name of the adopting organ.
    Organ,
    /// The meeting of adoption, with its words: "82nd plenary meeting".
    Meeting,
    /// The date of adoption.
    AdoptionDate,
    /// The symbol on the cover: `A/RES/67/264`.
    Symbol,
    /// How far the document is distributed: "Distr.: General".
    Distribution,
    /// The date of issuance.
    IssueDate,
    /// The session: "Sixty-seventh session".
    Session,
    /// The item of the agenda, with its words: "Agenda item 70 (a)".
    AgendaItem,
    /// The title of the agenda item.
    AgendaTitle,
    /// What the text was adopted on: "[on the report of the Third Committee (…)]". The documents named in it are facts of their own.
    Proponent,
    /// The documents that the text comes from, with their paragraph: `A/76/458, para. 15`.
    OriginatingDocument,
    /// Who proposes a draft.
    Sponsors,
}

/// A call of a footnote. The mark is printed here but belongs to no text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NoteCall {
    /// The note that is called; several calls may name one note.
    pub call: NoteId,
    /// Where the mark was printed, with the brackets that belong to it. Usually one piece.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(u32, u32)>"))]
    pub spans: Vec<Span>,
}

/// Puts a blank in the place of each tab. Tabs show a number that was typed with the text; once it is read, they are blanks.
pub fn tabs_to_blanks(content: &mut [Inline]) {
    for inline in content {
        let text = match inline {
            Inline::Text(text) => text,
            Inline::Fact(fact) => &mut fact.text,
            Inline::Call(_) => continue,
        };
        if text.text.contains('\t') {
            text.text = text.text.replace('\t', " ");
        }
    }
}

/// The text of a content without its note calls; no copy where it is one piece.
pub fn plain_text(content: &[Inline]) -> Cow<'_, str> {
    let mut pieces = content.iter().filter_map(Inline::text).map(|text| text.text.as_str());
    match (pieces.next(), pieces.next()) {
        (None, _) => Cow::Borrowed(""),
        (Some(only), None) => Cow::Borrowed(only),
        (Some(first), Some(second)) => [first, second].into_iter().chain(pieces).collect(),
    }
}
