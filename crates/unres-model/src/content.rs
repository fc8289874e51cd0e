//! What stands inside a block: text, the facts printed in it, calls of notes.

use crate::{Basis, NoteId, Value};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use unres_source::{Span, any_byte};

/// A piece of running text. In JSON the variant shows by its field: `text`, `fact` or `call`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "a piece of text needs `text`, a fact `fact` and `text`, a note call `call`, a citation `cites` and `text`, a date `iso` and `text`, an address `url` and `text`, a name `names`, `as` and `text`"
)]
pub enum Inline {
    /// Text that states a fact of the document itself: its number, title, date …
    Fact(Fact),
    /// A call of a footnote.
    Call(NoteCall),
    /// Text that names another document. Boxed, since it holds much more than the others.
    Citation(Box<Citation>),
    /// A date in running text.
    Date(DatedText),
    /// An address of the web.
    Link(LinkedText),
    /// The name of an organ, a committee or an office.
    Name(NamedText),
    /// Plain text.
    Text(Text),
}

impl Inline {
    /// The same to change it.
    pub fn text_mut(&mut self) -> Option<&mut Text> {
        match self {
            Self::Text(text) => Some(text),
            Self::Fact(fact) => Some(&mut fact.text),
            Self::Citation(citation) => Some(&mut citation.text),
            Self::Date(date) => Some(&mut date.text),
            Self::Link(link) => Some(&mut link.text),
            Self::Name(name) => Some(&mut name.text),
            Self::Call(_) => None,
        }
    }

    /// The text that is printed here; none for a note call.
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Text(text) => Some(text),
            Self::Fact(fact) => Some(&fact.text),
            Self::Citation(citation) => Some(&citation.text),
            Self::Date(date) => Some(&date.text),
            Self::Link(link) => Some(&link.text),
            Self::Name(name) => Some(&name.text),
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

/// Text that names another document: the number of a resolution, a symbol; or a work that has no symbol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The symbol of the document that is named: `A/RES/67/264`, `A/67/280-S/2012/614`; of other kinds what [`CitedKind`] says.
    #[serde(rename = "cites")]
    pub symbol: String,
    /// What is cited.
    #[serde(default, skip_serializing_if = "CitedKind::is_document")]
    pub kind: CitedKind,
    /// Whether the text says whose document it is, or the symbol was completed from what stands around it: `53/4` alone may be of several organs.
    pub basis: Basis,
    /// When it was adopted: printed beside it, or derived from a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<Value<String>>"))]
    pub date: Option<Value<Date>>,
    /// The places in that document which are meant.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinpoints: Vec<Pinpoint>,
    /// The last number of a range that begins with this one, by its symbol: "resolutions 98/4 to 98/9". It is a citation of its own too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<String>,
    /// Whether the words only stand for what was cited before: "ibid.", "the same resolution".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub refers_back: bool,
    /// Citations of one list have one number; those that stand alone have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<u32>,
    /// The words that name it.
    #[serde(flatten)]
    pub text: Text,
}

impl Citation {
    /// Whether it names a document in words that lead to it: what only refers back, as "ibid." does, is no link.
    pub fn is_link(&self) -> bool {
        self.kind.is_document() && !self.refers_back
    }

    /// An address of the web as a citation.
    pub(crate) fn of_link(link: &LinkedText) -> Self {
        Self {
            symbol: link.url.clone(),
            kind: CitedKind::Web,
            basis: Basis::Printed,
            date: None,
            pinpoints: Vec::new(),
            up_to: None,
            refers_back: false,
            list: None,
            text: link.text.clone(),
        }
    }
}

/// What a citation names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CitedKind {
    /// A document, by its symbol.
    #[default]
    Document,
    /// A supplement to Official Records: `A/67 Supplement 16`.
    Records,
    /// A volume and number of a series of treaties: `1155/18232`, `LNTS 94/2138`.
    TreatySeries,
    /// A publication, by its sales number: `E.93.I.8`.
    Sales,
    /// An article of the Charter, a treaty or a statute: `charter article 51`.
    Provision,
    /// A decision of the parties to a convention: `1/CP.21`.
    Conference,
    /// A meeting of an organ: `S meeting 9901`.
    Meeting,
    /// An address of the web. In text it is an [`Inline::Link`]; [`Document::cited`](crate::Document::cited) has it among the citations.
    Web,
}

impl CitedKind {
    /// The name that files have for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Records => "records",
            Self::TreatySeries => "treaty-series",
            Self::Sales => "sales",
            Self::Provision => "provision",
            Self::Conference => "conference",
            Self::Meeting => "meeting",
            Self::Web => "web",
        }
    }

    /// Whether it is a document with a symbol.
    #[allow(clippy::trivially_copy_pass_by_ref)] // serde asks so
    pub fn is_document(&self) -> bool {
        *self == Self::Document
    }
}

/// A place in a document that is cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pinpoint {
    /// What is counted.
    pub unit: PinpointUnit,
    /// Its number as English prints it: `5`, `IV`, `3 (a)`; empty for an annex without number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
}

impl Pinpoint {
    /// The place in one word or two: `paragraph 5`, `annex`.
    pub fn shown(&self) -> String {
        let Self { unit, number } = self;
        let space = if number.is_empty() { "" } else { " " };
        format!("{}{space}{number}", unit.name())
    }
}

impl PinpointUnit {
    /// The name that is printed.
    pub fn name(self) -> &'static str {
        match self {
            Self::Annex => "annex",
            Self::Section => "section",
            Self::Paragraph => "paragraph",
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Article => "article",
            Self::Resolution => "resolution",
        }
    }
}

/// What a place in a document is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PinpointUnit {
    /// An annex.
    Annex,
    /// A section.
    Section,
    /// A paragraph.
    Paragraph,
    /// A part.
    Part,
    /// A chapter.
    Chapter,
    /// An article.
    Article,
    /// A resolution that a report holds.
    Resolution,
}

/// A date in running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DatedText {
    /// The day.
    #[serde(rename = "iso")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub date: Date,
    /// The words that state it.
    #[serde(flatten)]
    pub text: Text,
}

/// An address of the web in running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkedText {
    /// The address with its scheme, `https` where none is printed.
    pub url: String,
    /// The words that state it.
    #[serde(flatten)]
    pub text: Text,
}

/// The name of an organ, a committee or an office in running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NamedText {
    /// Who is named, by a code: `ga`, `sc`, `ga-c3`, `secretary-general`.
    #[serde(rename = "names")]
    pub code: String,
    /// What that is.
    #[serde(rename = "as")]
    pub kind: NamedKind,
    /// The words of the name.
    #[serde(flatten)]
    pub text: Text,
}

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NamedKind {
    /// An organ or a committee.
    Organization,
    /// An office, whoever holds it.
    Role,
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
    for text in content.iter_mut().filter_map(Inline::text_mut) {
        if any_byte(&text.text, |byte| u8::from(byte == b'\t')) {
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
