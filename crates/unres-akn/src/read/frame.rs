//! The open elements, and what is known of each.

use super::element::Element;
use crate::xml::Tag;
use std::borrow::Cow;

/// The part of a document that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Zone {
    #[default]
    Outside,
    Cover,
    Preface,
    Preamble,
    Body,
    Conclusions,
}

/// An open element.
#[derive(Debug)]
pub(super) struct Frame<'a> {
    pub(super) name: &'a str,
    pub(super) element: Element,
    /// Blocks hang under a block that stands for it.
    pub(super) is_unit: bool,
    /// The depth of the block that stands for it.
    pub(super) depth: u16,
    /// That block, once there is one.
    pub(super) head: Option<usize>,
    /// Its number, until the block takes it.
    pub(super) num: Option<String>,
    /// Lists: the depth of the items, where it does not follow from what the list hangs under.
    pub(super) items: Option<u16>,
    /// Lists: the depth of the heading that stands over the items that follow.
    pub(super) heading: Option<u16>,
    /// Lists: the depth of the last item.
    pub(super) last_item: Option<u16>,
    /// Inline elements: where their text begins, and in which line.
    pub(super) mark: usize,
    pub(super) line: u32,
    /// The zone outside.
    pub(super) outer: Zone,
    /// The text inside is emphasised because of it.
    pub(super) emphasises: bool,
    /// The class is that of a heading.
    pub(super) heads: bool,
    /// Of the attributes: what it refers to, without `#`; its name; a date; a title, or the mark of a note.
    pub(super) refers_to: Option<Cow<'a, str>>,
    pub(super) named: Option<Cow<'a, str>>,
    pub(super) date: Option<Cow<'a, str>>,
    pub(super) titled: Option<Cow<'a, str>>,
    pub(super) eid: Option<Cow<'a, str>>,
}

impl<'a> Frame<'a> {
    pub(super) fn of(tag: &Tag<'a>, element: Element) -> Self {
        use Element as E;
        let refers = matches!(
            element,
            E::DocNumber
                | E::DocTitle
                | E::DocAuthority
                | E::DocDate
                | E::Organization
                | E::Event
                | E::Location
                | E::CrossHeading
        ) || tag.name == "concept";
        let named = matches!(element, E::Container | E::Hcontainer | E::Inline) || tag.name == "block";
        let numbered = element.is_unit() || element == E::Note;
        let titled = matches!(element, E::Location) || tag.name == "inline";
        Self {
            name: tag.name,
            element,
            is_unit: element.is_unit(),
            depth: 0,
            head: None,
            num: None,
            items: None,
            heading: None,
            last_item: None,
            mark: 0,
            line: 0,
            outer: Zone::Outside,
            emphasises: element == E::Face && emphasises(tag),
            heads: element == E::Paragraph && tag.attribute("class").is_some_and(|class| is_heading_class(class)),
            refers_to: if refers { tag.stated("refersTo").map(without_hash) } else { None },
            named: if named && tag.name != "a" { tag.stated("name").cloned() } else { None },
            date: if element == E::DocDate { tag.stated("date").cloned() } else { None },
            titled: match element {
                Element::Note => tag.stated("marker").cloned(),
                _ if titled => tag.stated("title").cloned(),
                _ => None,
            },
            eid: if numbered { tag.stated("eId").cloned() } else { None },
        }
    }

    /// The depth of what hangs under it.
    pub(super) fn inside(&self) -> u16 {
        match self.element {
            Element::Attachment => 1,
            _ => self.depth + u16::from(self.head.is_some()),
        }
    }
}

fn without_hash<'a>(id: &Cow<'a, str>) -> Cow<'a, str> {
    match id {
        Cow::Borrowed(id) => Cow::Borrowed(id.trim_start_matches('#')),
        Cow::Owned(id) => Cow::Owned(id.trim_start_matches('#').to_owned()),
    }
}

/// Whether a face is that of opening phrases: bold or italic.
fn emphasises(tag: &Tag<'_>) -> bool {
    if tag.name != "span" {
        return true;
    }
    let is_face = |face: &str| matches!(face, "italic" | "bold") || face.contains("italic") || face.contains("bold");
    let has = |name: &str| tag.attribute(name).is_some_and(|face| is_face(face));
    has("class") || has("style")
}

/// The classes that the files of the United Nations give to headings: names of styles of a word processor.
fn is_heading_class(class: &str) -> bool {
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    match class {
        "HM" | "HCH" | "HCh" => true,
        _ => {
            class.starts_with("Title")
                || class.starts_with("BLUEHeading")
                || class.strip_prefix('H').is_some_and(digits)
                || class.strip_prefix("HCh").is_some_and(digits)
        }
    }
}
