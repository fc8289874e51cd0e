//! Records that go in and come out, one JSON object a line: between the engine and its worker processes, and between [`crate::Filter`] and whoever
//! drives it.

use crate::{Failure, FailureKind};
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// An input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its name, which comes back with the answer.
    pub id: String,
    /// Its language; found from the text when it is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// What it holds: `text`, `bytes` or `path`.
    #[serde(flatten)]
    pub given: Given,
}

/// What an input holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Given {
    /// Text.
    Text(String),
    /// Bytes; in Base64 where they are written.
    #[serde(with = "as_base64")]
    Bytes(Vec<u8>),
    /// A file.
    Path(PathBuf),
}

impl Request {
    /// Reads a line. The failure says what the line should be.
    pub(crate) fn read(line: &[u8]) -> Result<Self, Failure> {
        serde_json::from_slice(line).map_err(|error| {
            Failure::new(FailureKind::Record, format!("this is no record of an input: {error}"))
                .hint("a record is one line of JSON: {\"id\": …, \"text\" or \"bytes\" or \"path\": …}")
        })
    }
}

/// What became of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum Answer {
    /// It was converted.
    Done(Converted),
    /// It was not, and why.
    Failed(Failure),
}

/// The outputs of one input, and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Converted {
    /// Its documents.
    pub documents: Vec<DocumentFacts>,
    /// Its outputs, in the order of the plan.
    pub outputs: Vec<Output>,
    /// What looked odd, by rule.
    pub warnings: Vec<Warning>,
    /// Whether the account of the text does not add up: some of it was lost or taken twice. That is a fault of the program.
    #[serde(default, skip_serializing_if = "is_false")]
    pub breach: bool,
}

/// What a report counts of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFacts {
    /// Its symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// Its language, ISO 639-2/T.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Code of the organ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organ: Option<String>,
    /// The year of its adoption, or else of its issuance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// How many paragraphs it has: preambular and operative ones and items.
    pub paragraphs: usize,
    /// How often its paragraphs begin with which opening phrase, by key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub openings: BTreeMap<String, usize>,
}

/// The findings of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The rule.
    pub rule: String,
    /// How many findings there are.
    pub count: usize,
    /// What the first of them says.
    pub message: String,
}

/// One output of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The format.
    pub format: String,
    /// Whether these are rows of a table over all inputs, without the head of that table.
    #[serde(default, skip_serializing_if = "is_false")]
    pub rows: bool,
    /// The document or group of documents that it holds, counted from 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub document: usize,
    /// The table beside the main one that it is: `documents`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Its bytes: `text`, or `bytes` where they are none.
    #[serde(flatten)]
    pub bytes: OutputBytes,
}

/// The bytes of an output. Written, they are text where they can be, which is looked at no earlier: within one process nobody asks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Shown")]
pub struct OutputBytes(Vec<u8>);

/// The same as it is written.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Shown<'a> {
    Text(Cow<'a, str>),
    #[serde(with = "as_base64")]
    Bytes(Cow<'a, [u8]>),
}

impl OutputBytes {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Serialize for OutputBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = std::str::from_utf8(&self.0).map(|text| Shown::Text(text.into()));
        text.unwrap_or_else(|_| Shown::Bytes(self.0.as_slice().into())).serialize(serializer)
    }
}

impl From<Shown<'_>> for OutputBytes {
    fn from(shown: Shown<'_>) -> Self {
        match shown {
            Shown::Text(text) => Self(text.into_owned().into_bytes()),
            Shown::Bytes(bytes) => Self(bytes.into_owned()),
        }
    }
}

impl From<Vec<u8>> for OutputBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

mod as_base64 {
    use super::{BASE64_STANDARD, Deserialize, Deserializer, Serializer};
    use base64::Engine as _;
    use serde::de::Error as _;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>, B: From<Vec<u8>>>(deserializer: D) -> Result<B, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = BASE64_STANDARD.decode(text).map_err(|error| D::Error::custom(format!("no Base64: {error}")))?;
        Ok(bytes.into())
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_false(value: &bool) -> bool {
    !value
}

#[allow(clippy::trivially_copy_pass_by_ref)] // as serde calls it
fn is_zero(value: &usize) -> bool {
    *value == 0
}
