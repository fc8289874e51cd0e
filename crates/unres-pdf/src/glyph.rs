//! What a page shows: letters with their place and face, drawn lines, links. Everything behind [`crate::interpret`] works on these types alone, so
//! that the library which interprets the file can be replaced.
//!
//! Lengths are points, measured from the upper left corner of the page as a person sees it.

/// One page, its letters in the order of the file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Blanks are drawn as letters.
    pub(crate) has_blanks: bool,
    pub(crate) glyphs: Vec<Glyph>,
    pub(crate) strokes: Vec<Stroke>,
    pub(crate) links: Vec<Link>,
}

/// A letter where it is printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) letter: char,
    /// Left end.
    pub(crate) x: f32,
    /// Baseline.
    pub(crate) y: f32,
    /// How far the next letter stands by default.
    pub(crate) width: f32,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    /// It is a further letter of the glyph before, as the second of a ligature; the letters of one glyph are in the order of speech.
    pub(crate) joined: bool,
    pub(crate) part: PagePart,
}

impl Glyph {
    /// Right end.
    pub(crate) fn end(&self) -> f32 {
        self.x + self.width
    }
}

/// Where the file says that text belongs; most files say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum PagePart {
    /// Not said, or running text.
    #[default]
    Body,
    /// What heads each page.
    Head,
    /// What stands at the foot of each page.
    Foot,
}

/// A drawn line, or a rectangle so thin that it looks like one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stroke {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
}

impl Stroke {
    pub(crate) fn is_horizontal(&self) -> bool {
        self.x1 - self.x0 >= self.y1 - self.y0
    }
}

/// An area that leads to an address.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) x0: f32,
    pub(crate) y0: f32,
    pub(crate) x1: f32,
    pub(crate) y1: f32,
    pub(crate) target: String,
}
