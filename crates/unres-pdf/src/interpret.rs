//! From bytes to pages of letters: the only module that knows the library which interprets PDF.

use crate::glyph::{Glyph, Link, Page, PagePart, Stroke};
use hayro_interpret::font::{Glyph as FontGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect, String as PdfString};
use hayro_interpret::hayro_syntax::page::Page as PdfPage;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point, Shape};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

/// What the letters of a file are, and what was left out of them.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    pub(crate) pages: Vec<Page>,
    /// Letters that the file sets invisible.
    pub(crate) invisible: usize,
    /// Glyphs that no table of the file gives a letter; they stand as [`char::REPLACEMENT_CHARACTER`].
    pub(crate) unmapped: usize,
    /// Letters that run neither from left to right nor upside down.
    pub(crate) turned: usize,
}

/// Why a file gives no pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// A password is needed, or the encryption is unknown.
    Encrypted,
    /// No table of objects can be found, nor objects without one.
    Broken,
    /// Drawing it takes more steps than allowed.
    TooMuch,
}

/// The letters of all pages.
pub(crate) fn pages(bytes: &[u8], steps: u64) -> Result<Drawn, Failure> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Failure::Encrypted,
        LoadPdfError::Invalid => Failure::Broken,
    })?;
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let cache = InterpreterCache::new();
    let mut found = Drawn::default();
    let mut steps = steps;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let place = Affine::new(page.initial_transform(true).as_coeffs());
        let bounds = hayro_interpret::kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(place, bounds, &cache, pdf.xref(), settings.clone());
        let mut canvas = Canvas::new((width, height), steps);
        interpret_page(page, &mut context, &mut canvas);
        steps = canvas.steps;
        found.invisible += canvas.invisible;
        found.unmapped += canvas.unmapped;
        found.turned += canvas.turned;
        canvas.page.links = links(page, place);
        let blanks = canvas.page.glyphs.iter().filter(|glyph| glyph.letter == ' ').count();
        canvas.page.has_blanks = blanks * 15 > canvas.page.glyphs.len();
        found.pages.push(canvas.page);
    }
    Ok(found)
}

/// What is thrown through the library to end a page that takes too many steps: its interpreter cannot be told to stop.
pub(crate) struct StepsSpent;

/// The surface that a page is drawn on: it keeps letters and thin lines.
struct Canvas {
    page: Page,
    steps: u64,
    invisible: usize,
    unmapped: usize,
    turned: usize,
    /// The open marked contents, innermost last.
    marked: Vec<Marked>,
    /// The glyphs of the run drawn last, to tell a run that is drawn again as an outline.
    last_run: std::ops::Range<usize>,
}

/// A marked content: what it says of the letters in it.
struct Marked {
    part: PagePart,
    /// What the letters in it stand for, and how many letters stood before it.
    actual: Option<(String, usize)>,
}

impl Canvas {
    fn new((width, height): (f32, f32), steps: u64) -> Self {
        let page = Page { width, height, ..Page::default() };
        Self { page, steps, invisible: 0, unmapped: 0, turned: 0, marked: Vec::new(), last_run: 0..0 }
    }

    fn step(&mut self, steps: usize) {
        self.steps = self.steps.saturating_sub(steps as u64);
        if self.steps == 0 {
            std::panic::resume_unwind(Box::new(StepsSpent));
        }
    }

    fn part(&self) -> PagePart {
        self.marked.last().map_or(PagePart::Body, |marked| marked.part)
    }

    fn add_run(&mut self, run: &GlyphRun<'_, '_>, place: Affine) {
        let Some(first) = run.glyphs().first() else { return };
        let face = Face::of(first);
        let before = self.page.glyphs.len();
        for glyph in run.glyphs() {
            let to_page = place * glyph.transform();
            let Some(base) = Placed::of(to_page, advance(glyph)) else {
                self.turned += 1;
                continue;
            };
            let letters = glyph.as_unicode();
            self.unmapped += usize::from(letters.is_none());
            let shape = Glyph {
                letter: char::REPLACEMENT_CHARACTER,
                x: base.x,
                y: base.y,
                width: base.width,
                size: base.size,
                bold: face.bold,
                italic: face.italic || base.slanted,
                joined: false,
                part: self.part(),
            };
            match letters {
                None => self.page.glyphs.push(shape),
                Some(BfString::Char(letter)) => self.page.glyphs.push(Glyph { letter, ..shape }),
                Some(BfString::String(letters)) => push_letters(&mut self.page.glyphs, &letters, shape),
            }
        }
        self.last_run = before..self.page.glyphs.len();
    }

    /// Whether a run is the last one drawn again, as fat letters are: filled, then outlined.
    fn repeats(&self, run: &GlyphRun<'_, '_>, place: Affine) -> bool {
        let Some(first) = run.glyphs().first() else { return true };
        let placed = Placed::of(place * first.transform(), 0.0);
        let drawn = self.page.glyphs.get(self.last_run.clone()).and_then(<[Glyph]>::first);
        placed.zip(drawn).is_some_and(|(placed, drawn)| (placed.x - drawn.x).abs() + (placed.y - drawn.y).abs() < 0.01)
    }
}

impl<'a> Device<'a> for Canvas {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(path.elements().len());
        thin_lines(path, props.transform, matches!(mode, DrawMode::Fill(_)), &mut self.page.strokes);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.step(run.glyphs().len());
        match mode {
            DrawMode::Invisible => self.invisible += run.glyphs().len(),
            DrawMode::Stroke(_) if self.repeats(run, props.transform) => {
                let drawn = self.page.glyphs.get_mut(self.last_run.clone()).unwrap_or_default();
                for glyph in drawn {
                    glyph.bold = true;
                }
            }
            _ => self.add_run(run, props.transform),
        }
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.step(1);
        let outer = self.part();
        let artifact = (tag == b"Artifact").then(|| properties?.get::<Name<'_>>(b"Subtype")).flatten();
        let part = match artifact.as_deref() {
            Some(b"Header") => PagePart::Head,
            Some(b"Footer") => PagePart::Foot,
            _ => outer,
        };
        let actual = properties.and_then(|properties| properties.get::<PdfString<'_>>(b"ActualText"));
        let actual = actual.map(|text| (text_string(text.as_bytes()), self.page.glyphs.len()));
        self.marked.push(Marked { part, actual });
    }

    fn end_marked_content(&mut self) {
        let Some(Marked { actual: Some((text, from)), .. }) = self.marked.pop() else { return };
        replace(&mut self.page.glyphs, from, &text);
        self.last_run = 0..0;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step(1);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// A glyph's place on the page.
#[derive(Clone, Copy)]
struct Placed {
    x: f32,
    y: f32,
    width: f32,
    size: f32,
    /// The letters lean because the file leans them, not because their font does.
    slanted: bool,
}

impl Placed {
    /// None for a glyph that does not run from left to right.
    #[allow(clippy::cast_possible_truncation)]
    fn of(to_page: Affine, advance: f32) -> Option<Self> {
        let [along, up, lean, height, x, y] = to_page.as_coeffs();
        let size = height.abs() * EM;
        let across = along > 0.0 && height < 0.0 && up.abs() < along * 0.05;
        let upright = across && [x, y, size].iter().all(|v| v.is_finite() && v.abs() < 1e6);
        upright.then(|| Self {
            x: x as f32,
            y: y as f32,
            width: advance * (size / EM) as f32,
            size: size as f32,
            slanted: lean.abs() > height.abs() * 0.1,
        })
    }
}

/// Units of a glyph's own space in its size.
const EM: f64 = 1000.0;

/// How far a glyph moves on, in thousandths of its size.
fn advance(glyph: &FontGlyph<'_>) -> f32 {
    let advance = match glyph {
        FontGlyph::Outline(glyph) => glyph.advance_width(),
        FontGlyph::Type3(glyph) => glyph.advance_width(),
    };
    advance.filter(|advance| advance.is_finite()).unwrap_or(500.0)
}

/// How the letters of a font look.
#[derive(Clone, Copy, Default)]
struct Face {
    bold: bool,
    italic: bool,
}

impl Face {
    fn of(glyph: &FontGlyph<'_>) -> Self {
        let FontGlyph::Outline(outline) = glyph else { return Self::default() };
        let Some(font) = outline.font_data() else { return Self::default() };
        let name = font.postscript_name.unwrap_or_default();
        let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
        Self {
            bold: font.weight.is_some_and(|weight| weight >= 600) || named(&["Bold", "Black", "Heavy"]),
            italic: font.is_italic || named(&["Italic", "Oblique"]),
        }
    }
}

/// Pushes the letters of one glyph side by side on its width.
fn push_letters(glyphs: &mut Vec<Glyph>, letters: &str, shape: Glyph) {
    let count = letters.chars().count().max(1);
    #[allow(clippy::cast_precision_loss)]
    let width = shape.width / count as f32;
    for (index, letter) in letters.chars().enumerate() {
        #[allow(clippy::cast_precision_loss)]
        let x = shape.x + width * index as f32;
        glyphs.push(Glyph { letter, x, width, joined: index > 0, ..shape });
    }
}

/// Puts a text in the place of the glyphs that draw it, where they stand on one line.
fn replace(glyphs: &mut Vec<Glyph>, from: usize, text: &str) {
    let drawn = glyphs.get(from..).unwrap_or_default();
    let Some(first) = drawn.first().copied() else { return };
    let one_line = drawn.iter().all(|glyph| (glyph.y - first.y).abs() < first.size);
    if !one_line {
        return;
    }
    let left = drawn.iter().fold(f32::MAX, |x, glyph| x.min(glyph.x));
    let right = drawn.iter().fold(f32::MIN, |x, glyph| x.max(glyph.end()));
    glyphs.truncate(from);
    push_letters(glyphs, text, Glyph { x: left, width: right - left, ..first });
}

/// A text string of PDF: UTF-16 or UTF-8 with a mark, else a byte a letter.
fn text_string(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Thickness up to which a rectangle is a line, in points.
const THIN: f64 = 3.0;

/// The straight lines of a path along the axes. Of filled shapes the thin ones; of drawn ones each edge.
fn thin_lines(path: &BezPath, to_page: Affine, filled: bool, strokes: &mut Vec<Stroke>) {
    let mut shape: Option<(Point, Point)> = None;
    let mut last = Point::ZERO;
    let mut start = Point::ZERO;
    for element in path.elements() {
        let (from, to) = match *element {
            PathEl::MoveTo(to) => {
                if filled {
                    push_thin(shape.take(), strokes);
                }
                (last, start) = (to_page * to, to_page * to);
                shape = Some((last, last));
                continue;
            }
            PathEl::LineTo(to) => (last, to_page * to),
            PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                last = to_page * to;
                shape = None;
                continue;
            }
            PathEl::ClosePath => (last, start),
        };
        if filled {
            shape = shape.map(|(low, high)| {
                (Point::new(low.x.min(to.x), low.y.min(to.y)), Point::new(high.x.max(to.x), high.y.max(to.y)))
            });
        } else {
            let low = Point::new(from.x.min(to.x), from.y.min(to.y));
            push_thin(Some((low, Point::new(from.x.max(to.x), from.y.max(to.y)))), strokes);
        }
        last = to;
    }
    if filled {
        push_thin(shape, strokes);
    }
}

#[allow(clippy::cast_possible_truncation)]
fn push_thin(corners: Option<(Point, Point)>, strokes: &mut Vec<Stroke>) {
    let Some((low, high)) = corners else { return };
    let (width, height) = (high.x - low.x, high.y - low.y);
    let thin = width.min(height) <= THIN
        && width.max(height) > THIN
        && [low.x, low.y, width, height].iter().all(|v| v.is_finite());
    if thin {
        strokes.push(Stroke { x0: low.x as f32, y0: low.y as f32, x1: high.x as f32, y1: high.y as f32 });
    }
}

/// The links of a page that lead out of the file.
fn links(page: &PdfPage<'_>, to_page: Affine) -> Vec<Link> {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots") else { return Vec::new() };
    annotations.iter::<Dict<'_>>().filter_map(|annotation| link(&annotation, to_page)).collect()
}

#[allow(clippy::cast_possible_truncation)]
fn link(annotation: &Dict<'_>, to_page: Affine) -> Option<Link> {
    let target = annotation.get::<Dict<'_>>(b"A")?.get::<PdfString<'_>>(b"URI")?;
    let area = annotation.get::<Rect>(b"Rect")?;
    let area = hayro_interpret::kurbo::Rect::new(area.x0, area.y0, area.x1, area.y1);
    let area = (to_page * area.to_path(0.1)).bounding_box();
    Some(Link {
        x0: area.x0 as f32,
        y0: area.y0 as f32,
        x1: area.x1 as f32,
        y1: area.y1 as f32,
        target: text_string(target.as_bytes()),
    })
}
