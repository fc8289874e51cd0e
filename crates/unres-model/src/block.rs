//! Blocks: the paragraphs, headings and lines that a document is made of.

use crate::Inline;
use serde::{Deserialize, Serialize};
use unres_source::{Origin, RuleId, Span};

/// One block of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// How many blocks it hangs under: its parent is the nearest block before it with a smaller depth. At most one more
    /// than the depth of the block before.
    pub depth: u16,
    /// The number before the text; none where none is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Number>,
    /// How the source marks up a heading or title; none where it has no ways to choose from, as texts have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<HeadingForm>,
    /// The words that open a preambular or operative paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// The text, without the number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Inline>,
    /// The rows of a table, cell by cell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Vec<Cell>>,
    /// The rule that placed it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub rule: RuleId,
    /// Where it was printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Block {
    /// A block without text at the top of the document.
    pub fn new(kind: BlockKind, rule: RuleId) -> Self {
        Self {
            kind,
            depth: 0,
            number: None,
            heading: None,
            opening: None,
            content: Vec::new(),
            rows: Vec::new(),
            rule,
            place: None,
        }
    }

    /// All running text of the block in order: its content, or the cells of its rows.
    pub fn inlines(&self) -> impl Iterator<Item = &Inline> {
        self.content.iter().chain(self.rows.iter().flatten().flat_map(|cell| &cell.content))
    }
}

/// The kinds of blocks. Terms are those of the drafting practice of the United Nations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// A line of the masthead or cover, above the title.
    Masthead,
    /// The line that names the document: number and title, or "Resolution 2674 (2023)".
    Title,
    /// The line that states adoption: "Adopted by …" under the title, meeting and date at the end.
    Adoption,
    /// "The General Assembly,".
    EnactingFormula,
    /// A preambular paragraph.
    Preambular,
    /// A numbered or lettered section; its content is its title, and what it holds hangs under it.
    Section,
    /// A heading without number; what stands below hangs under it.
    Heading,
    /// An operative paragraph, numbered or the only one.
    Operative,
    /// An item of a list, at any depth.
    Item,
    /// A paragraph without number in a numbered run, in an annex, or after a list.
    Unnumbered,
    /// Text quoted as a block.
    Quotation,
    /// A table; its text is in `rows`.
    Table,
    /// An annex; its content is the heading line, and what it holds hangs under it.
    Annex,
    /// A printed list of votes.
    VoteList,
    /// Text that no rule placed.
    Unplaced,
}

impl BlockKind {
    /// Whether other blocks than items and continuations may hang under it.
    pub fn is_container(self) -> bool {
        matches!(self, Self::Section | Self::Heading | Self::Annex)
    }
}

/// A printed number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// As printed, with its brackets and marks: `3.`, `(a)`, `1 -`.
    pub printed: String,
    /// The position it states, from 1; for a bullet its position in the list.
    pub ordinal: u32,
    /// How English prints this kind of number.
    pub style: NumberStyle,
    /// Where it was printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(with = "Vec<(u32, u32)>"))]
    pub spans: Vec<Span>,
}

/// Styles of numbers, named by what English prints, so that one paragraph has one style in all languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum NumberStyle {
    /// 1, 2, 3.
    Decimal,
    /// a, b, c … z, aa, bb.
    LowerAlpha,
    /// A, B, C.
    UpperAlpha,
    /// i, ii, iii.
    LowerRoman,
    /// I, II, III.
    UpperRoman,
    /// A dash or dot that counts nothing.
    Bullet,
}

/// How a source marks up a title, the heading of a section or annex, or one without number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct HeadingForm {
    /// What it is called.
    pub rank: HeadingRank,
    /// What it stands in.
    pub stands: HeadingPlace,
}

/// The two ranks of headings in published files. They are a matter of print and say nothing about what hangs under what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HeadingRank {
    /// A heading.
    Heading,
    /// A subheading.
    Subheading,
}

/// Where a heading stands in the markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum HeadingPlace {
    /// At the head of the section that it names.
    Section,
    /// In a section that has a heading already, behind that.
    Beside,
    /// In a paragraph of its own.
    Paragraph,
    /// In the body itself: the title of a statement.
    Body,
}

/// The words that open a paragraph, typographically emphasised in print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The words as printed; the paragraph's text begins with them.
    pub phrase: String,
    /// The act they perform, the same in all languages: `recalling`, `noting-with-appreciation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<Inline>,
    /// Whether it heads its column or row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header: bool,
    /// Columns it covers beyond the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_columns: u16,
    /// Rows it covers beyond the first.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more_rows: u16,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes fields by reference
fn is_zero(n: &u16) -> bool {
    *n == 0
}

/// Where a block was printed: its first and last line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The first line.
    #[cfg_attr(feature = "schema", schemars(with = "OriginSchema"))]
    pub first: Origin,
    /// The last line.
    #[cfg_attr(feature = "schema", schemars(with = "OriginSchema"))]
    pub last: Origin,
}

/// The shape of an [`Origin`] for the JSON Schema.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[allow(dead_code)] // only its shape is used
struct OriginSchema {
    /// Page, from 1, where the input has pages.
    page: Option<u32>,
    /// Line of the file, or of the page where the input has pages, from 1.
    line: u32,
}
