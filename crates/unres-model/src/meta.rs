//! What is known of a document as a whole.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Facts of a document. A field is empty when the document does not say it and nothing says it for certain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// The name of the input: a file name without folders, or `-`.
    pub source: String,
    /// Language of the text, ISO 639-2/T: `eng`, `zho`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What kind of document it is; none when it is not recognised as any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<DocumentKind>,
    /// Code of the adopting organ: `ga`, `sc`, `ecosoc`, `hrc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<Value<String>>,
    /// The symbol: `A/RES/67/264`, `S/RES/2674 (2023)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<Value<String>>,
    /// The number: `67/264`, `2674 (2023)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Value<String>>,
    /// The session: `67`, `ES-11`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<Value<String>>,
    /// The date of adoption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value<String>>"))]
    pub adopted: Option<Value<Date>>,
    /// The number of the meeting of adoption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Value<u32>>,
    /// What the cover says beside these.
    #[serde(default, skip_serializing_if = "Cover::is_empty")]
    pub cover: Cover,
    /// The votes on it, as records beside the text state them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<Vote>,
    /// Who proposed it, first those who did so when it was issued.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sponsors: Vec<String>,
    /// What it is about, in the words of thesauri.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// The steps of its making, from draft to adoption.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

/// What a cover says of the document and its making, as printed. Fields are empty where it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// The date of issuance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub issued: Option<Date>,
    /// How far it is distributed: "Distr.: General".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub distribution: String,
    /// The item of the agenda: "Agenda item 70 (a)".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agenda_item: String,
    /// The title of that item.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub agenda_title: String,
    /// What the text was adopted on: "[on the report of the Third Committee (A/76/458, para. 15)]".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub proponent: String,
    /// The documents named there, with their paragraph: "A/76/458, para. 15".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub originating_document: String,
    /// The number of the translation job: "21-19187 (E)".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub job_number: String,
}

impl Cover {
    /// Whether the document has no cover, or one that says nothing of this.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A vote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// How it ended, in the word of the record: `adoptedWithoutVote`, `adoptedRecordedVote`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The votes cast, choice by choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counts: Vec<VoteCount>,
}

/// The votes for one choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VoteCount {
    /// The choice, in the word of the record: `inFavour`, `against`, `abstaining`.
    pub choice: String,
    /// How many chose so; none where the record has no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// Who chose so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub voters: Vec<String>,
}

/// A subject, agenda item or goal that a document was filed under.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its name or number in the dictionary.
    pub value: String,
    /// What people read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub show_as: String,
    /// The thesaurus or agenda that it is taken from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dictionary: String,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// What it names where it is no subject of a thesaurus: `agenda`, `title`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
    /// A shorter name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_form: Option<String>,
}

/// A step in the making of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When; none when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub date: Option<Date>,
    /// What it led to, in the word of the record: `draftResolution`, `adopted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// The symbol of the document that records it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// By whom, or in what vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The place in that document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<String>,
}

/// A fact and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Value<T> {
    /// The fact.
    pub value: T,
    /// How it is known.
    pub basis: Basis,
}

impl<T> Value<T> {
    /// A fact that the document prints.
    pub fn printed(value: T) -> Self {
        Self { value, basis: Basis::Printed }
    }

    /// A fact that follows from a printed one.
    pub fn derived(value: T) -> Self {
        Self { value, basis: Basis::Derived }
    }
}

/// How a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The text prints it.
    Printed,
    /// It follows from what the text prints, as session 67 from the number 67/264, or from the name of its file.
    Derived,
}

/// The kinds of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// An adopted resolution.
    Resolution,
    /// An adopted decision.
    Decision,
    /// A statement by the President of the Security Council.
    PresidentialStatement,
    /// A draft resolution.
    DraftResolution,
    /// A draft decision.
    DraftDecision,
}
