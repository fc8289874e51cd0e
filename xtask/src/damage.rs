//! Damaged copies of XML files, made from a seed: one fault in each, though some do no harm.

use std::ops::Range;

/// Numbers from a seed, the same on every machine (xorshift64*).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// A number below `end`; 0 when that is 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % end.max(1)
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        from.get(self.below(from.len()))
    }
}

/// An element of a well-formed text.
struct Element<'t> {
    name: &'t str,
    tag: Range<usize>,
    /// From its start tag to its end tag.
    whole: Range<usize>,
    parent: Option<usize>,
}

impl Element<'_> {
    fn inner(&self, text: &str) -> Option<Range<usize>> {
        let end = self.whole.start + text.get(self.whole.clone())?.rfind("</")?;
        (self.tag.end <= end && self.tag.end != self.whole.end).then_some(self.tag.end..end)
    }
}

fn elements(text: &str) -> Vec<Element<'_>> {
    let mut found: Vec<Element<'_>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find('<')).map(|start| at + start) {
        let rest = text.get(start..).unwrap_or_default();
        let close = if rest.starts_with("<!--") { "-->" } else { ">" };
        let Some(length) = rest.find(close) else { break };
        at = start + length + close.len();
        if rest.starts_with("<!") || rest.starts_with("<?") {
            continue;
        }
        if rest.starts_with("</") {
            if let Some(index) = open.pop() {
                found[index].whole.end = at;
            }
            continue;
        }
        let name =
            rest.get(1..).unwrap_or_default().split([' ', '\n', '\r', '\t', '/', '>']).next().unwrap_or_default();
        found.push(Element { name, tag: start..at, whole: start..at, parent: open.last().copied() });
        if !text.get(..at).unwrap_or_default().ends_with("/>") {
            open.push(found.len() - 1);
        }
    }
    found
}

/// An attribute in a tag: its place with the blank before it, and the place of its value.
fn attributes(text: &str, tag: &Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = tag.start;
    while let Some(equals) = text.get(at..tag.end).and_then(|rest| rest.find("=\"")).map(|equals| at + equals) {
        let before = text.get(tag.start..equals).unwrap_or_default();
        let start = tag.start + before.rfind([' ', '\n', '\t']).unwrap_or(0);
        let Some(length) = text.get(equals + 2..tag.end).and_then(|rest| rest.find('"')) else { break };
        found.push((start..equals + 3 + length, equals + 2..equals + 2 + length));
        at = equals + 3 + length;
    }
    found
}

/// The kinds of damage.
pub(crate) const KINDS: [&str; 34] = [
    "mismatched end tag",
    "second root",
    "text after the root",
    "control character",
    "bare &",
    "unknown entity",
    "truncated",
    "]]> in text",
    "< in an attribute",
    "doubled attribute",
    "subheading out of place",
    "second preamble",
    "step without date",
    "keyword without showAs",
    "missing date",
    "bad date",
    "doubled eId",
    "unknown attribute",
    "unknown element",
    "removed element",
    "swapped neighbours",
    "emptied element",
    "text somewhere",
    "blank somewhere",
    "CDATA somewhere",
    "doubled element",
    "renamed element",
    "moved element",
    "removed attribute",
    "odd value",
    "foreign element",
    "foreign attribute",
    "prefix not declared",
    "other namespace",
];

/// A copy with one fault of a kind; none where the text has no place for it.
#[allow(clippy::too_many_lines)] // a flat table of kinds
pub(crate) fn damaged(text: &str, kind: &str, dice: &mut Dice) -> Option<String> {
    let elements = elements(text);
    let one = |dice: &mut Dice| dice.pick(&elements);
    let named = |dice: &mut Dice, names: &[&str]| {
        let known: Vec<&Element<'_>> = elements.iter().filter(|element| names.contains(&element.name)).collect();
        dice.pick(&known).copied()
    };
    let insert = |at: usize, what: &str| replace(text, &(at..at), what);
    match kind {
        "mismatched end tag" => {
            let inner = one(dice)?.inner(text)?;
            insert(inner.end + 2, "q")
        }
        "second root" => insert(text.len(), "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"/>"),
        "text after the root" => {
            insert(text.len(), dice.pick(&["x", "\n", "<!-- x -->", "&#32;", "<?x y?>", "<![CDATA[]]>"])?)
        }
        "control character" => {
            insert(one(dice)?.tag.end, dice.pick(&["\u{1}", "\u{FFFE}", "&#1;", "\u{7F}", "\u{B}", "\u{85}"])?)
        }
        "bare &" => insert(one(dice)?.tag.end, dice.pick(&["&", "& ", "a & b", "&&amp;"])?),
        "unknown entity" => {
            insert(one(dice)?.tag.end, dice.pick(&["&nbsp;", "&amp;", "&#xD800;", "&#x41;", "&;", "&#;"])?)
        }
        "truncated" => {
            let mut at = dice.below(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.get(..at).map(str::to_owned)
        }
        "]]> in text" => {
            insert(one(dice)?.tag.end, dice.pick(&["]]>", "]] >", "<!-- a -- b -->", "<?xml version=\"1.0\"?>"])?)
        }
        "< in an attribute" => with_value(text, one(dice)?, dice, |_| "a<b".to_owned()),
        "doubled attribute" => {
            let element = one(dice)?;
            let attributes = attributes(text, &element.tag);
            let (whole, _) = dice.pick(&attributes)?;
            insert(whole.end, text.get(whole.clone())?)
        }
        "subheading out of place" => insert(one(dice)?.whole.end, "<subheading eId=\"q__subheading\">x</subheading>"),
        "second preamble" => {
            let preamble = named(dice, &["preamble", "preface", "meta", "mainBody", "identification"])?;
            insert(preamble.whole.end, text.get(preamble.whole.clone())?)
        }
        "step without date" => without(text, named(dice, &["step", "eventRef"])?, "date"),
        "keyword without showAs" => {
            without(text, named(dice, &["keyword", "publication", "TLCConcept", "TLCPerson"])?, "showAs")
        }
        "missing date" => without(text, named(dice, &["FRBRdate", "publication", "date", "docDate"])?, "date"),
        "bad date" => {
            let dates = [
                "2020-02-30",
                "today",
                "",
                "2020-1-1",
                "2020-01-01T10:00:00",
                " 2020-01-01 ",
                "0000-01-01",
                "-0044-03-15",
            ];
            let element = named(dice, &["FRBRdate", "publication", "date", "docDate", "step"])?;
            let value = (*dice.pick(&dates)?).to_owned();
            replace(
                &without(text, element, "date")?,
                &(element.tag.start + 1 + element.name.len()..element.tag.start + 1 + element.name.len()),
                &format!(" date=\"{value}\""),
            )
        }
        "doubled eId" => {
            let (one, other) = (one(dice)?, dice.pick(&elements)?);
            let id = value_of(text, one, "eId")?;
            let bare = without(text, other, "eId").unwrap_or_else(|| text.to_owned());
            let at = other.tag.start + 1 + other.name.len();
            replace(&bare, &(at..at), &format!(" eId=\"{id}\""))
        }
        "unknown attribute" => add(
            text,
            one(dice)?,
            dice.pick(&[
                "foo=\"1\"",
                "class=\"x\"",
                "title=\"\"",
                "name=\"x\"",
                "xml:lang=\"en\"",
                "xml:lang=\"?\"",
                "xml:id=\"a\"",
                "xml:space=\"x\"",
                "GUID=\"a b\"",
                "wId=\"x\"",
            ])?,
        ),
        "unknown element" => insert(
            one(dice)?.tag.end,
            dice.pick(&[
                "<foo/>",
                "<p/>",
                "<b>x</b>",
                "<br/>",
                "<num>1</num>",
                "<container name=\"x\"><p/></container>",
            ])?,
        ),
        "removed element" => replace(text, &one(dice)?.whole, ""),
        "swapped neighbours" => {
            let first = dice.below(elements.len());
            let one = elements.get(first)?;
            let other = elements.iter().skip(first + 1).find(|other| other.parent == one.parent)?;
            let between = text.get(one.whole.end..other.whole.start)?;
            let swapped = [text.get(other.whole.clone())?, between, text.get(one.whole.clone())?].concat();
            replace(text, &(one.whole.start..other.whole.end), &swapped)
        }
        "emptied element" => replace(text, &one(dice)?.inner(text)?, ""),
        "text somewhere" => insert(one(dice)?.tag.end, dice.pick(&["x", "\u{A0}", "&#160;", "\u{200B}"])?),
        "blank somewhere" => {
            insert(one(dice)?.tag.end, dice.pick(&[" ", "\n", "&#32;", "<!-- x -->", "<?x y?>", "\r\n"])?)
        }
        "CDATA somewhere" => {
            insert(one(dice)?.tag.end, dice.pick(&["<![CDATA[ ]]>", "<![CDATA[]]>", "<![CDATA[x & y]]>"])?)
        }
        "doubled element" => {
            let element = one(dice)?;
            insert(element.whole.end, text.get(element.whole.clone())?)
        }
        "renamed element" => {
            let (element, name) = (one(dice)?, dice.pick(&elements)?.name);
            let start = element.tag.start + 1;
            let renamed = match element.inner(text) {
                Some(inner) => replace(text, &(inner.end + 2..inner.end + 2 + element.name.len()), name)?,
                None => text.to_owned(),
            };
            replace(&renamed, &(start..start + element.name.len()), name)
        }
        "moved element" => {
            let (element, target) = (one(dice)?, dice.pick(&elements)?);
            let moved = text.get(element.whole.clone())?;
            if target.whole.end >= element.whole.start {
                return None;
            }
            replace(&replace(text, &element.whole, "")?, &(target.whole.end..target.whole.end), moved)
        }
        "removed attribute" => {
            let attributes = attributes(text, &one(dice)?.tag);
            replace(text, &dice.pick(&attributes)?.0, "")
        }
        "odd value" => {
            let odd = ["", " ", "a b", "%", "#x#y", "true", "1", "[", "a:b", "1:2", "é", "&lt;", "&#10;", "http://x:/"];
            let value = (*dice.pick(&odd)?).to_owned();
            with_value(text, one(dice)?, dice, |_| value)
        }
        "foreign element" => insert(
            one(dice)?.tag.end,
            dice.pick(&[
                "<x:a xmlns:x=\"u\"/>",
                "<a xmlns=\"\"/>",
                "<foreign><x:a xmlns:x=\"u\" b=\"c\">t<x:d/></x:a></foreign>",
                "<foreign><p/></foreign>",
                "<foreign>x</foreign>",
            ])?,
        ),
        "foreign attribute" => add(
            text,
            one(dice)?,
            dice.pick(&[
                "xmlns:x=\"u\" x:a=\"b\"",
                "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\"",
                "xmlns:x=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" x:eId=\"b\"",
                "xml:base=\"a%\"",
                "xml:foo=\"a\"",
            ])?,
        ),
        "prefix not declared" => add(text, one(dice)?, "zz:a=\"b\""),
        _ => Some(text.replacen("/ns/akn/3.0", dice.pick(&["/ns/akn/3.0/WD17", "/ns/akn/2.0", "/ns/akn/3.0 "])?, 1)),
    }
}

fn replace(text: &str, range: &Range<usize>, with: &str) -> Option<String> {
    Some([text.get(..range.start)?, with, text.get(range.end..)?].concat())
}

fn add(text: &str, element: &Element<'_>, attribute: &str) -> Option<String> {
    let at = element.tag.start + 1 + element.name.len();
    replace(text, &(at..at), &format!(" {attribute}"))
}

fn named(text: &str, element: &Element<'_>, name: &str) -> Option<(Range<usize>, Range<usize>)> {
    let is_it = |whole: &Range<usize>| text.get(whole.clone()).and_then(|a| a.trim().split('=').next()) == Some(name);
    attributes(text, &element.tag).into_iter().find(|(whole, _)| is_it(whole))
}

fn value_of<'t>(text: &'t str, element: &Element<'_>, name: &str) -> Option<&'t str> {
    text.get(named(text, element, name)?.1)
}

fn without(text: &str, element: &Element<'_>, name: &str) -> Option<String> {
    replace(text, &named(text, element, name)?.0, "")
}

fn with_value(
    text: &str,
    element: &Element<'_>,
    dice: &mut Dice,
    value: impl FnOnce(&str) -> String,
) -> Option<String> {
    let attributes = attributes(text, &element.tag);
    let (_, range) = dice.pick(&attributes)?;
    replace(text, range, &value(text.get(range.clone())?))
}
