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

/// A kind of damage: a fault, which now and then is none.
pub(crate) struct Kind {
    /// What it is called.
    pub(crate) name: &'static str,
    /// A copy with such a fault; none where the text has no place for it.
    make: fn(&mut Copy<'_, '_>) -> Option<String>,
}

impl Kind {
    /// A damaged copy; none where the text has no place for this kind.
    pub(crate) fn damage(&self, text: &str, dice: &mut Dice) -> Option<String> {
        let elements = elements(text);
        (self.make)(&mut Copy { text, elements: &elements, dice })
    }
}

/// A text to damage, and chance.
struct Copy<'t, 'd> {
    text: &'t str,
    elements: &'d [Element<'t>],
    dice: &'d mut Dice,
}

impl<'t, 'd> Copy<'t, 'd> {
    /// Any element.
    fn one(&mut self) -> Option<&'d Element<'t>> {
        self.dice.pick(self.elements)
    }

    /// An element of one of some names.
    fn named(&mut self, names: &[&str]) -> Option<&'d Element<'t>> {
        let elements = self.elements;
        let known: Vec<&Element<'_>> = elements.iter().filter(|element| names.contains(&element.name)).collect();
        self.dice.pick(&known).copied()
    }

    fn insert(&self, at: usize, what: &str) -> Option<String> {
        replace(self.text, &(at..at), what)
    }

    /// One of some pieces at the head of an element.
    fn insert_one_of(&mut self, pieces: &[&str]) -> Option<String> {
        let at = self.one()?.tag.end;
        let piece = self.dice.pick(pieces)?;
        self.insert(at, piece)
    }

    /// One of some attributes in an element.
    fn add_one_of(&mut self, attributes: &[&str]) -> Option<String> {
        let element = self.one()?;
        add(self.text, element, self.dice.pick(attributes)?)
    }

    /// One of some elements without an attribute.
    fn without(&mut self, names: &[&str], attribute: &str) -> Option<String> {
        without(self.text, self.named(names)?, attribute)
    }

    fn with_value(&mut self, value: &str) -> Option<String> {
        let attributes = attributes(self.text, &self.one()?.tag);
        let (_, range) = self.dice.pick(&attributes)?;
        replace(self.text, range, value)
    }
}

const fn kind(name: &'static str, make: fn(&mut Copy<'_, '_>) -> Option<String>) -> Kind {
    Kind { name, make }
}

/// The kinds of damage.
pub(crate) const KINDS: [Kind; 36] = [
    kind("mismatched end tag", |copy| {
        let inner = copy.one()?.inner(copy.text)?;
        copy.insert(inner.end + 2, "q")
    }),
    kind("second root", |copy| {
        copy.insert(copy.text.len(), "<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"/>")
    }),
    kind("text after the root", |copy| {
        let piece = copy.dice.pick(&["x", "\n", "<!-- x -->", "&#32;", "<?x y?>", "<![CDATA[]]>"])?;
        copy.insert(copy.text.len(), piece)
    }),
    kind("control character", |copy| copy.insert_one_of(&["\u{1}", "\u{FFFE}", "&#1;", "\u{7F}", "\u{B}", "\u{85}"])),
    kind("bare &", |copy| copy.insert_one_of(&["&", "& ", "a & b", "&&amp;"])),
    kind("unknown entity", |copy| copy.insert_one_of(&["&nbsp;", "&amp;", "&#xD800;", "&#x41;", "&;", "&#;"])),
    kind("truncated", |copy| {
        let mut at = copy.dice.below(copy.text.len());
        while !copy.text.is_char_boundary(at) {
            at -= 1;
        }
        copy.text.get(..at).map(str::to_owned)
    }),
    kind("]]> in text", |copy| copy.insert_one_of(&["]]>", "]] >", "<!-- a -- b -->", "<?xml version=\"1.0\"?>"])),
    kind("< in an attribute", |copy| copy.with_value("a<b")),
    kind("doubled attribute", |copy| {
        let element = copy.one()?;
        let attributes = attributes(copy.text, &element.tag);
        let (whole, _) = copy.dice.pick(&attributes)?;
        copy.insert(whole.end, copy.text.get(whole.clone())?)
    }),
    kind("subheading out of place", |copy| {
        let at = copy.one()?.whole.end;
        copy.insert(at, "<subheading eId=\"q__subheading\">x</subheading>")
    }),
    kind("second preamble", |copy| {
        let preamble = copy.named(&["preamble", "preface", "meta", "mainBody", "identification"])?;
        copy.insert(preamble.whole.end, copy.text.get(preamble.whole.clone())?)
    }),
    kind("step without date", |copy| copy.without(&["step", "eventRef"], "date")),
    kind("keyword without showAs", |copy| {
        copy.without(&["keyword", "publication", "TLCConcept", "TLCPerson"], "showAs")
    }),
    kind("missing date", |copy| copy.without(&["FRBRdate", "publication", "date", "docDate"], "date")),
    kind("bad date", |copy| {
        let dates =
            ["2020-02-30", "today", "", "2020-1-1", "2020-01-01T10:00:00", " 2020-01-01 ", "0000-01-01", "-0044-03-15"];
        let element = copy.named(&["FRBRdate", "publication", "date", "docDate", "step"])?;
        let value = (*copy.dice.pick(&dates)?).to_owned();
        replace(
            &without(copy.text, element, "date")?,
            &(element.tag.start + 1 + element.name.len()..element.tag.start + 1 + element.name.len()),
            &format!(" date=\"{value}\""),
        )
    }),
    kind("doubled eId", |copy| {
        let (one, other) = (copy.one()?, copy.dice.pick(copy.elements)?);
        let id = value_of(copy.text, one, "eId")?;
        let bare = without(copy.text, other, "eId").unwrap_or_else(|| copy.text.to_owned());
        let at = other.tag.start + 1 + other.name.len();
        replace(&bare, &(at..at), &format!(" eId=\"{id}\""))
    }),
    kind("unknown attribute", |copy| {
        copy.add_one_of(&[
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
        ])
    }),
    kind("unknown element", |copy| {
        copy.insert_one_of(&[
            "<foo/>",
            "<p/>",
            "<b>x</b>",
            "<br/>",
            "<num>1</num>",
            "<container name=\"x\"><p/></container>",
        ])
    }),
    kind("removed element", |copy| replace(copy.text, &copy.one()?.whole, "")),
    kind("swapped neighbours", |copy| {
        let first = copy.dice.below(copy.elements.len());
        let one = copy.elements.get(first)?;
        let other = copy.elements.iter().skip(first + 1).find(|other| other.parent == one.parent)?;
        let between = copy.text.get(one.whole.end..other.whole.start)?;
        let swapped = [copy.text.get(other.whole.clone())?, between, copy.text.get(one.whole.clone())?].concat();
        replace(copy.text, &(one.whole.start..other.whole.end), &swapped)
    }),
    kind("emptied element", |copy| replace(copy.text, &copy.one()?.inner(copy.text)?, "")),
    kind("text somewhere", |copy| copy.insert_one_of(&["x", "\u{A0}", "&#160;", "\u{200B}"])),
    kind("blank somewhere", |copy| copy.insert_one_of(&[" ", "\n", "&#32;", "<!-- x -->", "<?x y?>", "\r\n"])),
    kind("CDATA somewhere", |copy| copy.insert_one_of(&["<![CDATA[ ]]>", "<![CDATA[]]>", "<![CDATA[x & y]]>"])),
    kind("doubled element", |copy| {
        let element = copy.one()?;
        copy.insert(element.whole.end, copy.text.get(element.whole.clone())?)
    }),
    kind("renamed element", |copy| {
        let (element, name) = (copy.one()?, copy.dice.pick(copy.elements)?.name);
        let start = element.tag.start + 1;
        let renamed = match element.inner(copy.text) {
            Some(inner) => replace(copy.text, &(inner.end + 2..inner.end + 2 + element.name.len()), name)?,
            None => copy.text.to_owned(),
        };
        replace(&renamed, &(start..start + element.name.len()), name)
    }),
    kind("moved element", |copy| {
        let (element, target) = (copy.one()?, copy.dice.pick(copy.elements)?);
        let moved = copy.text.get(element.whole.clone())?;
        if target.whole.end >= element.whole.start {
            return None;
        }
        replace(&replace(copy.text, &element.whole, "")?, &(target.whole.end..target.whole.end), moved)
    }),
    kind("removed attribute", |copy| {
        let attributes = attributes(copy.text, &copy.one()?.tag);
        replace(copy.text, &copy.dice.pick(&attributes)?.0, "")
    }),
    kind("odd value", |copy| {
        let odd = ["", " ", "a b", "%", "#x#y", "true", "1", "[", "a:b", "1:2", "é", "&lt;", "&#10;", "http://x:/"];
        let value = (*copy.dice.pick(&odd)?).to_owned();
        copy.with_value(&value)
    }),
    kind("foreign element", |copy| {
        copy.insert_one_of(&[
            "<x:a xmlns:x=\"u\"/>",
            "<a xmlns=\"\"/>",
            "<foreign><x:a xmlns:x=\"u\" b=\"c\">t<x:d/></x:a></foreign>",
            "<foreign><p/></foreign>",
            "<foreign>x</foreign>",
        ])
    }),
    kind("foreign attribute", |copy| {
        copy.add_one_of(&[
            "xmlns:x=\"u\" x:a=\"b\"",
            "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a b\"",
            "xmlns:x=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" x:eId=\"b\"",
            "xml:base=\"a%\"",
            "xml:foo=\"a\"",
        ])
    }),
    kind("prefix not declared", |copy| add(copy.text, copy.one()?, "zz:a=\"b\"")),
    kind("other namespace", |copy| {
        let other = copy.dice.pick(&["/ns/akn/3.0/WD17", "/ns/akn/2.0", "/ns/akn/3.0 "])?;
        Some(copy.text.replacen("/ns/akn/3.0", other, 1))
    }),
    kind("dateless IRI", |copy| {
        let iri = copy.named(&["FRBRthis", "FRBRuri"])?;
        let value = value_of(copy.text, iri, "value")?;
        let date = value.split('/').find(|part| part.len() == 10 && part.starts_with(|c: char| c.is_ascii_digit()))?;
        let (_, range) = named(copy.text, iri, "value")?;
        replace(copy.text, &range, &value.replacen(&format!("/{date}"), "", 1))
    }),
    kind("20 levels of nesting", |copy| {
        let inner = copy.named(&["mainBody"])?.inner(copy.text)?;
        let open = "<list><intro><p>x</p></intro><point><num>(a)</num>".repeat(20);
        let close = "</point></list>".repeat(20);
        let deep = format!("<paragraph>{open}<content><p>x</p></content>{close}</paragraph>");
        copy.insert(inner.end, &deep)
    }),
];

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
