//! What an element is to the reader.

/// The elements that the reader tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    /// `akomaNtoso` and what only wraps: `component`, `attachments`, `body` of other elements.
    Wrapper,
    /// A document of its own: `statement`, `act`, `bill` …, and `doc`.
    Document,
    /// A publication that holds several documents.
    Collection,
    Meta,
    Cover,
    Preface,
    Preamble,
    Body,
    Conclusions,
    Attachment,
    /// `container` and its like.
    Container,
    Formula,
    /// `section`, `part`, `title` …: what holds paragraphs.
    Section,
    /// `division`.
    Division,
    /// `hcontainer`.
    Hcontainer,
    Paragraph,
    Alinea,
    Point,
    List,
    Sublist,
    WrapUp,
    Num,
    Heading,
    CrossHeading,
    /// A paragraph of text: `p`, `block`, `listIntroduction`.
    P,
    Quotation,
    Table,
    Row,
    HeaderCell,
    Cell,
    Note,
    NoteRef,
    Break,
    Sup,
    /// Text in another face: `span`, `i`, `b`, `concept`.
    Face,
    /// Inline elements without a meaning that the model keeps.
    Inline,
    DocNumber,
    DocTitle,
    DocType,
    DocAuthority,
    DocDate,
    Organization,
    Event,
    Location,
    /// What the reader does not know.
    Unknown,
}

use Element as E;
use unres_model::FactRole;

/// The fact of a cover that an inline element states, by its name and the name in its attributes: `inline name="agenda item"` in published files,
/// `akn4un:agendaItem` in strict ones.
pub(super) fn cover_fact(element: &str, named: Option<&str>) -> Option<FactRole> {
    match (element, named) {
        ("session", _) => Some(FactRole::Session),
        ("docStatus", _) => Some(FactRole::Distribution),
        ("docProponent", _) => Some(FactRole::Proponent),
        ("inline", Some("agenda item" | "akn4un:agendaItem")) => Some(FactRole::AgendaItem),
        ("inline", Some("agenda item name" | "akn4un:agendaItemName")) => Some(FactRole::AgendaTitle),
        ("inline", Some("originating document" | "akn4un:originatingDocument")) => Some(FactRole::OriginatingDocument),
        ("inline", Some("akn4un:sponsors")) => Some(FactRole::Sponsors),
        _ => None,
    }
}

impl Element {
    /// The element of a name.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "akomaNtoso" | "components" | "component" | "collectionBody" | "attachments" | "annex" | "content"
            | "intro" | "documentRef" | "recitals" | "blockContainer" | "interstitial" | "embeddedText" => E::Wrapper,
            "statement" | "act" | "bill" | "debate" | "debateReport" | "judgment" | "amendment" | "doc" => E::Document,
            "documentCollection" | "officialGazette" | "amendmentList" => E::Collection,
            "meta" => E::Meta,
            "coverPage" => E::Cover,
            "preface" => E::Preface,
            "preamble" => E::Preamble,
            "mainBody" | "body" | "debateBody" | "judgmentBody" | "amendmentBody" => E::Body,
            "conclusions" => E::Conclusions,
            "attachment" => E::Attachment,
            "container" | "recital" | "citation" | "citations" => E::Container,
            "formula" => E::Formula,
            "section" | "part" | "title" | "chapter" | "book" | "tome" | "subsection" | "subpart" | "subtitle"
            | "subchapter" | "level" | "subdivision" | "rule" => E::Section,
            "division" => E::Division,
            "hcontainer" => E::Hcontainer,
            "paragraph" | "article" | "clause" => E::Paragraph,
            "alinea" => E::Alinea,
            "point" | "item" | "li" | "indent" | "subparagraph" | "subclause" => E::Point,
            "list" | "blockList" | "ul" | "ol" => E::List,
            "sublist" => E::Sublist,
            "wrapUp" | "listWrapUp" => E::WrapUp,
            "num" => E::Num,
            "heading" | "subheading" => E::Heading,
            "crossHeading" => E::CrossHeading,
            "p" | "block" | "listIntroduction" | "longTitle" | "caption" => E::P,
            "embeddedStructure" | "quotedStructure" => E::Quotation,
            "table" => E::Table,
            "tr" => E::Row,
            "th" => E::HeaderCell,
            "td" => E::Cell,
            "authorialNote" => E::Note,
            "noteRef" => E::NoteRef,
            "eol" | "br" => E::Break,
            "sup" => E::Sup,
            "span" | "i" | "b" | "em" | "concept" | "strong" => E::Face,
            "a" | "ref" | "mref" | "rref" | "inline" | "sub" | "u" | "session" | "docProponent" | "docStatus"
            | "docStage" | "docCommittee" | "docIntroducer" | "docPurpose" | "docketNumber" | "docJurisdiction"
            | "shortTitle" | "person" | "role" | "object" | "process" | "term" | "quantity" | "entity" | "def"
            | "date" | "time" | "mod" | "quotedText" | "ins" | "del" | "remark" | "omissis" | "decoration" | "img"
            | "marker" | "abbr" | "vote" | "outcome" | "legislature" | "relatedDocument" | "affectedDocument"
            | "noteref" => E::Inline,
            "docNumber" => E::DocNumber,
            "docTitle" => E::DocTitle,
            "docType" => E::DocType,
            "docAuthority" => E::DocAuthority,
            "docDate" => E::DocDate,
            "organization" => E::Organization,
            "event" => E::Event,
            "location" => E::Location,
            _ => E::Unknown,
        }
    }

    /// Whether its text runs on in the line around it.
    pub(super) fn is_inline(self) -> bool {
        matches!(
            self,
            E::Note
                | E::NoteRef
                | E::Break
                | E::Sup
                | E::Face
                | E::Inline
                | E::DocNumber
                | E::DocTitle
                | E::DocType
                | E::DocAuthority
                | E::DocDate
                | E::Organization
                | E::Event
                | E::Location
        )
    }

    /// Whether a block stands for it, under which what it holds hangs.
    pub(super) fn is_unit(self) -> bool {
        matches!(self, E::Section | E::Division | E::Paragraph | E::Alinea | E::Point | E::Attachment)
    }
}
