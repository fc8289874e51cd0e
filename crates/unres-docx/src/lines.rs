//! Paragraphs to lines: labels and marks put in their places, headers first where they are the masthead, notes last.

use crate::left_out::LeftOut;
use crate::numbering::Numbering;
use crate::numerals;
use crate::package::{Package, Relations};
use crate::story::{self, Content, NoteKind, NoteName, NoteProps, Paragraph, Piece, Section, Story};
use crate::styles::{Resolved, Styles};
use crate::xml::{Event, Xml};
use std::collections::BTreeMap;
use unres_source::{Face, Layout, LineHints, NoteKey, Origin, ReadError, Role, RunHints, RunKind, Sink, Source, Start};

/// Reads a package into a source.
pub(crate) fn read(name: &str, package: &mut Package<'_>, sink: &mut dyn Sink) -> Result<Source, ReadError> {
    let mut left_out = LeftOut::default();
    let path = package.document()?;
    let mut file = File::read(package, &path, &mut left_out)?;
    let numbering = std::mem::take(&mut file.numbering);
    let mut writer = Writer::new(name, &file, numbering, left_out);
    let first = file.body.sections.first();
    let masthead = first.filter(|section| section.has_first_page).and_then(|section| section.headers.get("first"));
    if let Some(story) = masthead.and_then(|id| file.pages.get(id)) {
        writer.plain(story, Role::Masthead);
    }
    writer.body(&file.body);
    for (kind, story) in [(NoteKind::Foot, &file.footnotes), (NoteKind::End, &file.endnotes)] {
        writer.notes(kind, story);
    }
    for (id, story) in file.pages.iter().filter(|(id, _)| Some(*id) != masthead) {
        let is_header = file.body.sections.iter().any(|section| section.headers.values().any(|header| header == id));
        writer.plain(story, if is_header { Role::PageHead } else { Role::PageFoot });
    }
    writer.left_out.report(sink);
    if writer.source.text().trim().is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(writer.source)
}

/// All parts of a file that hold text or say how text looks.
struct File {
    body: Story,
    footnotes: Story,
    endnotes: Story,
    /// Headers and footers, by the id that sections name.
    pages: BTreeMap<String, Story>,
    styles: Styles,
    numbering: Numbering,
    /// How notes are counted where a section does not say.
    note_props: [NoteProps; 2],
}

impl File {
    fn read(package: &mut Package<'_>, path: &str, left_out: &mut LeftOut) -> Result<Self, ReadError> {
        let relations = package.relations(path)?;
        let text = package.part(path)?.unwrap_or_default();
        let body = story::read(path, &text, &relations, left_out)?;
        let mut file = Self {
            body,
            footnotes: Story::default(),
            endnotes: Story::default(),
            pages: BTreeMap::new(),
            styles: Styles::default(),
            numbering: Numbering::default(),
            note_props: <[NoteProps; 2]>::default(),
        };
        let used = |id: &str| {
            let mut named =
                file.body.sections.iter().flat_map(|section| section.headers.values().chain(section.footers.values()));
            named.any(|named| named == id)
        };
        let pages: Vec<&String> = relations.iter().filter(|(id, _)| used(id)).map(|(id, _)| id).collect();
        for (id, relation) in &relations {
            let target = relation.target.as_str();
            match relation.kind.as_str() {
                "styles" => file.styles = read_part(package, target, Styles::read)?,
                "numbering" => file.numbering = read_part(package, target, Numbering::read)?,
                "settings" => file.note_props = read_part(package, target, read_settings)?,
                "footnotes" => file.footnotes = read_story(package, target, left_out)?,
                "endnotes" => file.endnotes = read_story(package, target, left_out)?,
                "header" | "footer" if pages.contains(&id) => {
                    file.pages.insert(id.clone(), read_story(package, target, left_out)?);
                }
                _ => {}
            }
        }
        Ok(file)
    }

    /// How notes of a kind are counted in a section.
    fn note_props(&self, kind: NoteKind, section: usize) -> NoteProps {
        let (of_section, general): (fn(&Section) -> &NoteProps, _) = match kind {
            NoteKind::Foot => (|section| &section.footnotes, &self.note_props[0]),
            NoteKind::End => (|section| &section.endnotes, &self.note_props[1]),
        };
        let own = self.body.sections.get(section).map(of_section).cloned().unwrap_or_default();
        NoteProps {
            format: own.format.or_else(|| general.format.clone()),
            start: own.start.or(general.start),
            restart: own.restart.or_else(|| general.restart.clone()),
        }
    }
}

/// A part, or what is so without one.
fn read_part<T: Default>(
    package: &mut Package<'_>,
    path: &str,
    read: fn(&str, &str) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    package.part(path)?.map_or_else(|| Ok(T::default()), |text| read(path, &text))
}

fn read_story(package: &mut Package<'_>, path: &str, left_out: &mut LeftOut) -> Result<Story, ReadError> {
    let relations: Relations = package.relations(path)?;
    let text = package.part(path)?;
    text.map_or_else(|| Ok(Story::default()), |text| story::read(path, &text, &relations, left_out))
}

/// What the settings say of footnotes and endnotes.
fn read_settings(part: &str, text: &str) -> Result<[NoteProps; 2], ReadError> {
    let mut props = <[NoteProps; 2]>::default();
    let mut xml = Xml::new(part, text);
    let mut open: Vec<&str> = Vec::new();
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) => {
                match open.last() {
                    Some(&"footnotePr") => props[0].take(&tag),
                    Some(&"endnotePr") => props[1].take(&tag),
                    _ => {}
                }
                open.push(tag.name);
            }
            Event::End => {
                open.pop();
            }
            Event::Text(_) => {}
        }
    }
    Ok(props)
}

/// A note that was called.
#[derive(Clone)]
struct Called {
    key: NoteKey,
    mark: String,
    is_typed: bool,
}

struct Writer<'a> {
    file: &'a File,
    source: Source,
    left_out: LeftOut,
    numbering: Numbering,
    /// Paragraph styles with all that they inherit.
    styles: BTreeMap<Option<&'a str>, Resolved>,
    /// The notes in the order of their calls.
    called: Vec<NoteName>,
    notes: BTreeMap<NoteName, Called>,
    /// The last number of each kind of note, and the section it was counted in.
    last_note: BTreeMap<NoteKind, (u32, usize)>,
    paragraphs: u32,
    gap: u32,
}

impl<'a> Writer<'a> {
    fn new(name: &str, file: &'a File, numbering: Numbering, left_out: LeftOut) -> Self {
        Self {
            file,
            source: Source::new(name),
            left_out,
            numbering,
            styles: BTreeMap::new(),
            called: Vec::new(),
            notes: BTreeMap::new(),
            last_note: BTreeMap::new(),
            paragraphs: 0,
            gap: 0,
        }
    }

    /// All paragraphs of a story in one role. Tables of headers and footers only set their lines side by side.
    fn plain(&mut self, story: &'a Story, role: Role) {
        for paragraph in &story.paragraphs {
            self.paragraph(paragraph, role, None);
        }
    }

    fn body(&mut self, story: &'a Story) {
        for group in story.paragraphs.chunk_by(|one, next| one.cell.is_some() && one.cell == next.cell) {
            let place = group.first().and_then(|first| story.cells.get(first.cell?));
            let role = place.map_or(Role::Text, |place| Role::Cell(*place));
            let before = self.source.lines().len();
            for paragraph in group {
                self.paragraph(paragraph, role, None);
            }
            if place.is_some() && self.source.lines().len() == before {
                self.end_line(LineHints { role, start: Start::Paragraph, style: None }, 0);
            }
        }
    }

    /// The notes of a kind in the order of their calls.
    fn notes(&mut self, kind: NoteKind, story: &'a Story) {
        let mut by_id: BTreeMap<i64, Vec<&Paragraph>> = BTreeMap::new();
        for paragraph in &story.paragraphs {
            if let Some(id) = paragraph.note {
                by_id.entry(id).or_default().push(paragraph);
            }
        }
        let called: Vec<NoteName> = self.called.iter().copied().filter(|name| name.kind == kind).collect();
        for name in called {
            let Some(called) = self.notes.get(&name).cloned() else { continue };
            let mut mark = Some(called);
            for paragraph in by_id.remove(&name.id).unwrap_or_default() {
                self.paragraph(paragraph, Role::Note, mark.take());
            }
        }
        self.left_out.uncalled += by_id.len();
    }

    /// Writes a paragraph, unless it prints nothing. `note` is the note that begins with it.
    fn paragraph(&mut self, paragraph: &'a Paragraph, role: Role, note: Option<Called>) {
        self.paragraphs += 1;
        let styles = &self.file.styles;
        let id = paragraph.style.as_deref().or_else(|| styles.default_paragraph());
        let style = self.styles.entry(id).or_insert_with(|| styles.resolve(id)).clone();
        let props = style.paragraph(&paragraph.props);
        let label = self.numbering.next(props.numbering, id, styles, &mut self.left_out);
        if label.is_none() && note.is_none() && !paragraph.prints() {
            self.gap += 1;
            return;
        }
        if let Some((label, suffix)) = label {
            self.source.push_run(&label, RunHints { kind: RunKind::Label, ..RunHints::default() });
            self.source.push_run(suffix, RunHints::default());
        }
        let name = id.map(|id| styles.name(id).to_owned()).unwrap_or_default();
        let style_id = (!name.is_empty()).then(|| self.source.style(&name));
        let mut hints = LineHints { start: Start::Paragraph, role, style: style_id };
        let mut note = note.map(|note| self.begin_note(paragraph, &note));
        for piece in &paragraph.pieces {
            if piece.content == Content::Break {
                self.end_line(hints, props.indent());
                hints.start = Start::GoesOn;
            } else {
                self.piece(piece, &style, paragraph.section, &mut note);
            }
        }
        self.end_line(hints, props.indent());
    }

    /// A note whose text does not print its mark gets it here, so that it can be told.
    fn begin_note(&mut self, paragraph: &Paragraph, note: &Called) -> NoteBegin {
        let prints = |piece: &Piece| match &piece.content {
            Content::Mark => true,
            Content::Text(text) => note.is_typed && text.trim() == note.mark,
            _ => false,
        };
        let begin = NoteBegin { key: note.key, mark: note.mark.clone(), is_open: true };
        if paragraph.pieces.iter().any(prints) {
            return begin;
        }
        self.source.push_run(&note.mark, RunHints { face: RAISED, kind: RunKind::NoteMark(note.key) });
        self.source.push_run("\t", RunHints::default());
        NoteBegin { is_open: false, ..begin }
    }

    fn piece(&mut self, piece: &'a Piece, style: &Resolved, section: usize, note: &mut Option<NoteBegin>) {
        let looks = self.file.styles.face(style, &piece.props);
        if looks.is_hidden {
            self.left_out.hidden += piece.content.printed();
            return;
        }
        let link = piece.link.as_deref().map(|target| RunKind::Link(self.source.link(target)));
        let mut hints = RunHints { face: looks.face, kind: link.unwrap_or_default() };
        let mark = note.as_mut().filter(|note| note.is_open);
        match &piece.content {
            Content::Text(text) => {
                if let Some(note) = mark.filter(|note| text.trim() == note.mark) {
                    note.is_open = false;
                    hints.kind = RunKind::NoteMark(note.key);
                }
                self.source.push_run(text, hints);
            }
            Content::Mark => {
                if let Some(note) = mark {
                    note.is_open = false;
                    hints.kind = RunKind::NoteMark(note.key);
                    self.source.push_run(&note.mark, hints);
                }
            }
            Content::Call(name) => self.call(*name, None, section, hints.face),
            Content::TypedCall(name, mark) => self.call(*name, Some(mark), section, hints.face),
            Content::Break => {}
        }
    }

    /// Writes the call of a note. Word counts the marks of those that are not typed.
    fn call(&mut self, name: NoteName, typed: Option<&str>, section: usize, face: Face) {
        if !self.notes.contains_key(&name) {
            let mark = typed.map_or_else(|| self.next_mark(name.kind, section), str::to_owned);
            let key = NoteKey(u32::try_from(self.notes.len()).unwrap_or(u32::MAX));
            self.notes.insert(name, Called { key, mark, is_typed: typed.is_some() });
            self.called.push(name);
        }
        if let Some(called) = self.notes.get(&name) {
            self.source.push_run(&called.mark, RunHints { face, kind: RunKind::NoteCall(called.key) });
        }
    }

    fn next_mark(&mut self, kind: NoteKind, section: usize) -> String {
        let props = self.file.note_props(kind, section);
        let restart = props.restart.as_deref();
        self.left_out.by_page |= restart == Some("eachPage");
        let last =
            self.last_note.get(&kind).filter(|(_, counted_in)| restart != Some("eachSect") || *counted_in == section);
        let number = last.map_or_else(|| props.start.unwrap_or(1), |(last, _)| last.saturating_add(1));
        self.last_note.insert(kind, (number, section));
        let usual = if kind == NoteKind::Foot { "decimal" } else { "lowerRoman" };
        let written = numerals::write(number, props.format.as_deref().unwrap_or(usual), None);
        self.left_out.formats += usize::from(!written.is_known);
        written.text
    }

    fn end_line(&mut self, hints: LineHints, indent: u32) {
        let gap = std::mem::take(&mut self.gap);
        let origin = Origin { page: None, line: self.paragraphs };
        self.source.end_line(Layout { indent, gap, ..Layout::default() }, origin, hints);
    }
}

const RAISED: Face = Face { bold: false, italic: false, superscript: true, size: None };

/// The begin of a note, whose mark is looked for in its first paragraph.
struct NoteBegin {
    key: NoteKey,
    mark: String,
    is_open: bool,
}
