//! Styles: what paragraphs and runs inherit.

use crate::numbering::NumberRef;
use crate::xml::{Event, Tag, Xml};
use std::collections::BTreeMap;
use unres_source::{Face, ReadError};

/// A chain of styles is followed no further; Word allows eleven.
const LONGEST_CHAIN: usize = 64;

/// What a style, or a run itself, says of letters. What it does not say it inherits.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunProps {
    pub(crate) bold: Option<bool>,
    pub(crate) italic: Option<bool>,
    /// The same for letters of scripts that run to the left.
    bold_complex: Option<bool>,
    italic_complex: Option<bool>,
    complex: Option<bool>,
    superscript: Option<bool>,
    /// Half points.
    size: Option<u16>,
    size_complex: Option<u16>,
    pub(crate) hidden: Option<bool>,
    pub(crate) style: Option<String>,
}

impl RunProps {
    /// Takes a property of a run.
    pub(crate) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "b" => self.bold = Some(tag.switch()),
            "bCs" => self.bold_complex = Some(tag.switch()),
            "i" => self.italic = Some(tag.switch()),
            "iCs" => self.italic_complex = Some(tag.switch()),
            "rtl" | "cs" => self.complex = Some(tag.switch()),
            "vanish" => self.hidden = Some(tag.switch()),
            "vertAlign" => self.superscript = Some(tag.val().as_deref() == Some("superscript")),
            "sz" => self.size = tag.number(),
            "szCs" => self.size_complex = tag.number(),
            "rStyle" => self.style = tag.val(),
            _ => {}
        }
    }

    /// These properties over those of a base style.
    fn over(&self, base: &Self) -> Self {
        Self {
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            bold_complex: self.bold_complex.or(base.bold_complex),
            italic_complex: self.italic_complex.or(base.italic_complex),
            complex: self.complex.or(base.complex),
            superscript: self.superscript.or(base.superscript),
            size: self.size.or(base.size),
            size_complex: self.size_complex.or(base.size_complex),
            hidden: self.hidden.or(base.hidden),
            style: None,
        }
    }
}

/// What a style, or a paragraph itself, says of a paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct ParagraphProps {
    pub(crate) numbering: NumberRef,
    /// Twentieths of a point.
    left: Option<i32>,
    first_line: Option<i32>,
}

impl ParagraphProps {
    /// Takes a property of a paragraph; those of its number come from [`NumberRef::take`].
    pub(crate) fn take(&mut self, tag: &Tag<'_>) {
        if tag.name != "ind" {
            return;
        }
        let twips = |name: &str| tag.attribute(name).and_then(|value| value.parse::<i32>().ok());
        self.left = twips("left").or_else(|| twips("start")).or(self.left);
        let first_line = twips("firstLine").or_else(|| twips("hanging").map(i32::wrapping_neg));
        self.first_line = first_line.or(self.first_line);
    }

    fn over(&self, base: &Self) -> Self {
        Self {
            numbering: self.numbering.over(&base.numbering),
            left: self.left.or(base.left),
            first_line: self.first_line.or(base.first_line),
        }
    }

    /// How far the first line is set in, in blanks of running type.
    pub(crate) fn indent(&self) -> u32 {
        const BLANK: i32 = 50;
        let twips = self.left.unwrap_or(0).saturating_add(self.first_line.unwrap_or(0));
        u32::try_from(twips / BLANK).unwrap_or(0)
    }
}

/// A style as the file defines it.
#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    kind: String,
    is_default: bool,
    base: Option<String>,
    run: RunProps,
    paragraph: ParagraphProps,
}

/// All styles of a file.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    defaults: RunProps,
    by_id: BTreeMap<String, Style>,
    default_paragraph: Option<String>,
}

/// A paragraph style with all that it inherits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    run: RunProps,
    paragraph: ParagraphProps,
}

impl Resolved {
    /// What holds for a paragraph of the style: its own properties over those of the style.
    pub(crate) fn paragraph(&self, own: &ParagraphProps) -> ParagraphProps {
        own.over(&self.paragraph)
    }
}

impl Styles {
    pub(crate) fn read(part: &str, text: &str) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut xml = Xml::new(part, text);
        let mut open: Vec<&str> = Vec::new();
        let (mut id, mut style) = (String::new(), Style::default());
        while let Some(event) = xml.next()? {
            match event {
                Event::Start(tag) if tag.name == "style" => {
                    id = tag.attribute("styleId").unwrap_or_default();
                    let is_default = matches!(tag.attribute("default").as_deref(), Some("1" | "true" | "on"));
                    let kind = tag.attribute("type").unwrap_or_default();
                    style = Style { kind, is_default, ..Style::default() };
                    open.push(tag.name);
                }
                // What table styles say of parts of a table, and what a tracked change replaced.
                Event::Start(tag) if matches!(tag.name, "tblStylePr" | "rPrChange" | "pPrChange") => {
                    xml.skip(&[])?;
                }
                Event::Start(tag) => {
                    styles.take(&mut style, &open, &tag);
                    open.push(tag.name);
                }
                Event::End => {
                    if open.pop() == Some("style") {
                        styles.add(std::mem::take(&mut id), std::mem::take(&mut style));
                    }
                }
                Event::Text(_) => {}
            }
        }
        Ok(styles)
    }

    fn take(&mut self, style: &mut Style, open: &[&str], tag: &Tag<'_>) {
        let parent = open.last().copied();
        match (parent, tag.name) {
            (Some("style"), "name") => style.name = tag.val().unwrap_or_default(),
            (Some("style"), "basedOn") => style.base = tag.val(),
            (Some("rPr"), _) if open.contains(&"rPrDefault") => self.defaults.take(tag),
            (Some("rPr"), _) if open.contains(&"style") => style.run.take(tag),
            (Some("pPr"), _) => style.paragraph.take(tag),
            (Some("numPr"), _) => style.paragraph.numbering.take(tag),
            _ => {}
        }
    }

    fn add(&mut self, id: String, style: Style) {
        if style.is_default && style.kind == "paragraph" {
            self.default_paragraph = Some(id.clone());
        }
        self.by_id.insert(id, style);
    }

    /// The style that a paragraph has without naming one.
    pub(crate) fn default_paragraph(&self) -> Option<&str> {
        self.default_paragraph.as_deref()
    }

    /// The name of a style, or its id where the file does not define it.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.by_id.get(id).map(|style| style.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id)
    }

    /// A style with all that it inherits.
    pub(crate) fn resolve(&self, id: Option<&str>) -> Resolved {
        let mut resolved = Resolved::default();
        let mut next = id;
        for _ in 0..LONGEST_CHAIN {
            let Some(style) = next.and_then(|id| self.by_id.get(id)) else { break };
            resolved.run = resolved.run.over(&style.run);
            resolved.paragraph = resolved.paragraph.over(&style.paragraph);
            next = style.base.as_deref();
        }
        resolved
    }

    /// The number that a style of the kind `numbering` stands for.
    pub(crate) fn number_of(&self, style: &str) -> Option<u32> {
        self.by_id.get(style).and_then(|style| style.paragraph.numbering.number)
    }

    /// How the letters of a run look: what the run says itself, else its style and that of its paragraph. A property that both
    /// styles switch on is off, so that emphasis shows in an emphasised paragraph.
    pub(crate) fn face(&self, paragraph: &Resolved, own: &RunProps) -> Looks {
        let style = self.resolve(own.style.as_deref()).run;
        let toggled = |of: fn(&RunProps) -> Option<bool>| {
            let styled = of(&paragraph.run).unwrap_or(false) != of(&style).unwrap_or(false);
            of(own).unwrap_or(styled || of(&self.defaults).unwrap_or(false))
        };
        let plain = style.over(&paragraph.run).over(&self.defaults);
        let all = own.over(&plain);
        let complex = all.complex.unwrap_or(false);
        let size = if complex { all.size_complex } else { all.size };
        let face = Face {
            bold: if complex { toggled(|props| props.bold_complex) } else { toggled(|props| props.bold) },
            italic: if complex { toggled(|props| props.italic_complex) } else { toggled(|props| props.italic) },
            superscript: all.superscript.unwrap_or(false),
            size: size.and_then(|half| half.checked_mul(5)),
        };
        Looks { face, is_hidden: toggled(|props| props.hidden) }
    }
}

/// How a run looks, and whether it shows at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Looks {
    pub(crate) face: Face,
    pub(crate) is_hidden: bool,
}
