//! A story: the paragraphs of one part (document, header, footer, notes) in reading order, with what is left out of it.

use crate::left_out::LeftOut;
use crate::package::Relations;
use crate::styles::{ParagraphProps, RunProps};
use crate::symbols;
use crate::xml::{Event, Tag, Xml};
use std::collections::BTreeMap;
use unres_source::{CellPlace, ReadError};

/// The paragraphs of a part.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) paragraphs: Vec<Paragraph>,
    /// The cells of tables, by the index that paragraphs name.
    pub(crate) cells: Vec<CellPlace>,
    /// The sections; a paragraph names its own by index.
    pub(crate) sections: Vec<Section>,
}

/// A paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paragraph {
    pub(crate) style: Option<String>,
    pub(crate) props: ParagraphProps,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) cell: Option<usize>,
    pub(crate) section: usize,
    /// The note that the paragraph belongs to, in a story of notes.
    pub(crate) note: Option<i64>,
    /// A tracked change deletes its end, so that the next paragraph goes on it.
    end_is_deleted: bool,
}

/// A piece of a paragraph.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) content: Content,
    pub(crate) props: RunProps,
    /// Where it leads.
    pub(crate) link: Option<String>,
}

/// What a piece holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Text(String),
    /// The end of a line inside the paragraph.
    Break,
    /// The call of a note, whose mark Word counts.
    Call(NoteName),
    /// The call of a note, with a mark that was typed.
    TypedCall(NoteName, String),
    /// The mark before a note's text.
    Mark,
}

/// What a note goes by in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NoteName {
    pub(crate) kind: NoteKind,
    pub(crate) id: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteKind {
    Foot,
    End,
}

/// What a section says of its pages and notes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    /// Ids of headers and footers by the pages that have them: `default`, `first`, `even`.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) footers: BTreeMap<String, String>,
    pub(crate) has_first_page: bool,
    pub(crate) footnotes: NoteProps,
    pub(crate) endnotes: NoteProps,
}

/// How notes are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NoteProps {
    pub(crate) format: Option<String>,
    pub(crate) start: Option<u32>,
    pub(crate) restart: Option<String>,
}

impl NoteProps {
    /// Takes an element of `footnotePr` or `endnotePr`.
    pub(crate) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "numFmt" => self.format = tag.val(),
            "numStart" => self.start = tag.number(),
            "numRestart" => self.restart = tag.val(),
            _ => {}
        }
    }
}

/// An element that is open, as far as it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Paragraph,
    ParagraphProps,
    NumberProps,
    /// Properties of the mark that ends a paragraph.
    MarkProps,
    Run,
    RunProps,
    Text,
    FieldCode,
    Hyperlink,
    SimpleField,
    /// The alternatives of one content; whether one was taken.
    Alternatives(bool),
    /// A picture or shape, of which only text boxes are read.
    Drawing,
    TextBox,
    Table,
    Row,
    RowProps,
    Cell,
    CellProps,
    Section,
    FootnoteProps,
    EndnoteProps,
    Note,
    Other,
}

/// A field that is open.
struct Field {
    code: String,
    in_result: bool,
    link: Option<String>,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    row: u32,
    column: u16,
    /// For each column the cell that goes on below.
    above: BTreeMap<u16, usize>,
    above_before_row: BTreeMap<u16, usize>,
    cell: CellProps,
    header: bool,
    row_is_deleted: bool,
    paragraphs_before_row: usize,
    cells_before_row: usize,
}

/// What a cell says of its size.
#[derive(Clone, Copy, Default)]
struct CellProps {
    span: u16,
    goes_on_above: bool,
    begins_merge: bool,
}

/// The part of a paragraph's surroundings that a text box hides.
#[derive(Default)]
struct Outer {
    paragraph: Option<Paragraph>,
    run: RunProps,
    fields: Vec<Field>,
    /// Text boxes that stand in the paragraph; they follow it.
    boxed: Vec<Paragraph>,
}

struct Reader<'a> {
    relations: &'a Relations,
    left_out: &'a mut LeftOut,
    story: Story,
    open: Vec<Open>,
    here: Outer,
    outer: Vec<Outer>,
    tables: Vec<Table>,
    /// How many tables were read, for their names.
    table_count: u32,
    cell: Option<usize>,
    links: Vec<String>,
    section: Section,
    note: Option<i64>,
    /// The note whose typed mark the run holds.
    typed_call: Option<NoteName>,
    carried: Vec<Piece>,
    /// Inside a cell that a merged cell covers.
    covered: bool,
}

/// Reads a part.
pub(crate) fn read(part: &str, text: &str, relations: &Relations, left_out: &mut LeftOut) -> Result<Story, ReadError> {
    let mut reader = Reader {
        relations,
        left_out,
        story: Story::default(),
        open: Vec::new(),
        here: Outer::default(),
        outer: Vec::new(),
        tables: Vec::new(),
        table_count: 0,
        cell: None,
        links: Vec::new(),
        section: Section::default(),
        note: None,
        typed_call: None,
        carried: Vec::new(),
        covered: false,
    };
    let mut xml = Xml::new(part, text);
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(tag) => reader.start(&tag, &mut xml)?,
            Event::End => reader.end(),
            Event::Text(text) => reader.text(&text),
        }
    }
    Ok(reader.finish())
}

impl Reader<'_> {
    fn parent(&self) -> Option<Open> {
        self.open.last().copied()
    }

    fn start(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<(), ReadError> {
        if self.is_skipped(tag, xml)? {
            return Ok(());
        }
        let open = match (self.parent(), tag.name) {
            (_, "txbxContent") => {
                self.outer.push(std::mem::take(&mut self.here));
                Open::TextBox
            }
            (Some(Open::Drawing), _) | (_, "drawing" | "pict" | "object") => Open::Drawing,
            (_, "AlternateContent") => Open::Alternatives(false),
            (Some(Open::ParagraphProps), "rPr") => Open::MarkProps,
            (Some(Open::ParagraphProps), "numPr") => Open::NumberProps,
            (Some(Open::Run), "rPr") => Open::RunProps,
            (Some(Open::Run), _) => self.in_run(tag),
            (Some(Open::ParagraphProps), name) if name != "sectPr" => self.paragraph_prop(tag),
            (Some(Open::NumberProps), _) => {
                self.edit_paragraph(|paragraph| paragraph.props.numbering.take(tag));
                Open::Other
            }
            (Some(Open::MarkProps), "del" | "moveFrom") => {
                self.edit_paragraph(|paragraph| paragraph.end_is_deleted = true);
                Open::Other
            }
            (Some(Open::RunProps), _) => {
                self.here.run.take(tag);
                Open::Other
            }
            (Some(Open::Section), _) => self.section_prop(tag),
            (Some(Open::FootnoteProps), _) => {
                self.section.footnotes.take(tag);
                Open::Other
            }
            (Some(Open::EndnoteProps), _) => {
                self.section.endnotes.take(tag);
                Open::Other
            }
            (Some(Open::RowProps | Open::CellProps), _) => self.table_prop(tag),
            _ => self.container(tag),
        };
        self.open.push(open);
        Ok(())
    }

    /// Passes over what is not printed. The element is gone when this says so.
    fn is_skipped(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>) -> Result<bool, ReadError> {
        match (self.parent(), tag.name) {
            // What a tracked change of properties replaced, and properties of content controls.
            (
                _,
                "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "trPrChange" | "tcPrChange"
                | "tblGridChange" | "sdtPr" | "sdtEndPr" | "rt",
            ) => {
                xml.skip(&[])?;
            }
            (Some(Open::RowProps | Open::RunProps | Open::MarkProps | Open::CellProps | Open::NumberProps), _) => {
                return Ok(false);
            }
            (_, "del" | "moveFrom") => self.left_out.deleted += xml.skip(&["delText", "t"])?,
            (Some(Open::Alternatives(true)), _) => {
                xml.skip(&[])?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// An element that holds paragraphs, runs or other such elements.
    fn container(&mut self, tag: &Tag<'_>) -> Open {
        match tag.name {
            "p" => {
                let paragraph = Paragraph {
                    cell: self.cell,
                    section: self.story.sections.len(),
                    note: self.note,
                    ..Paragraph::default()
                };
                self.here.paragraph = Some(paragraph);
                Open::Paragraph
            }
            "pPr" => Open::ParagraphProps,
            "r" => {
                self.here.run = RunProps::default();
                self.typed_call = None;
                Open::Run
            }
            "hyperlink" => {
                let relation = tag.attribute("id").and_then(|id| self.relations.get(&id));
                self.links.push(relation.map(|relation| relation.target.clone()).unwrap_or_default());
                Open::Hyperlink
            }
            "fldSimple" => {
                let link = tag.attribute("instr").and_then(|code| link_of(&code));
                self.here.fields.push(Field { code: String::new(), in_result: true, link });
                Open::SimpleField
            }
            "Choice" | "Fallback" => {
                if let Some(Open::Alternatives(taken)) = self.open.last_mut() {
                    *taken = true;
                }
                Open::Other
            }
            "ins" | "moveTo" => {
                self.left_out.inserted += 1;
                Open::Other
            }
            "tbl" => {
                self.tables.push(Table::default());
                Open::Table
            }
            "tr" => {
                self.begin_row();
                Open::Row
            }
            "trPr" => Open::RowProps,
            "tc" => Open::Cell,
            "tcPr" => Open::CellProps,
            "sectPr" => {
                self.section = Section::default();
                Open::Section
            }
            "footnotePr" => Open::FootnoteProps,
            "endnotePr" => Open::EndnoteProps,
            "footnote" | "endnote" => {
                // Separators have a type; a note has none.
                let is_note = tag.attribute("type").is_none_or(|kind| kind == "normal");
                self.note = tag.attribute("id").and_then(|id| id.parse().ok()).filter(|_| is_note);
                Open::Note
            }
            _ => Open::Other,
        }
    }

    fn in_run(&mut self, tag: &Tag<'_>) -> Open {
        match tag.name {
            "t" => return Open::Text,
            "instrText" => return Open::FieldCode,
            "tab" | "ptab" => self.push_text("\t"),
            "noBreakHyphen" => self.push_text("\u{2011}"),
            "br" if tag.attribute("type").is_none_or(|kind| kind == "textWrapping") => self.push(Content::Break),
            "cr" => self.push(Content::Break),
            "sym" => self.symbol(tag),
            "fldChar" => self.field(tag),
            "footnoteReference" => self.call(NoteKind::Foot, tag),
            "endnoteReference" => self.call(NoteKind::End, tag),
            "footnoteRef" | "endnoteRef" => self.push(Content::Mark),
            "commentReference" => self.left_out.comments += 1,
            _ => {}
        }
        Open::Other
    }

    fn symbol(&mut self, tag: &Tag<'_>) {
        let place = tag.attribute("char").and_then(|place| u32::from_str_radix(&place, 16).ok());
        let Some(place) = place else { return };
        let known = symbols::character(&tag.attribute("font").unwrap_or_default(), place);
        self.left_out.symbols += usize::from(known.is_none());
        if let Some(character) = known.or_else(|| char::from_u32(place)) {
            self.push_text(character.encode_utf8(&mut [0; 4]));
        }
    }

    fn field(&mut self, tag: &Tag<'_>) {
        match tag.attribute("fldCharType").as_deref() {
            Some("begin") => self.here.fields.push(Field { code: String::new(), in_result: false, link: None }),
            Some("separate") => {
                if let Some(field) = self.here.fields.last_mut() {
                    field.in_result = true;
                    field.link = link_of(&field.code);
                }
            }
            Some("end") => {
                self.here.fields.pop();
            }
            _ => {}
        }
    }

    fn call(&mut self, kind: NoteKind, tag: &Tag<'_>) {
        let Some(id) = tag.attribute("id").and_then(|id| id.parse().ok()) else { return };
        let name = NoteName { kind, id };
        let typed =
            tag.attribute("customMarkFollows").is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "off"));
        if typed {
            self.typed_call = Some(name);
        } else {
            self.push(Content::Call(name));
        }
    }

    fn paragraph_prop(&mut self, tag: &Tag<'_>) -> Open {
        let style = (tag.name == "pStyle").then(|| tag.val()).flatten();
        self.edit_paragraph(|paragraph| {
            paragraph.style = style.or(paragraph.style.take());
            paragraph.props.take(tag);
        });
        Open::Other
    }

    fn section_prop(&mut self, tag: &Tag<'_>) -> Open {
        let pages = || tag.attribute("type").unwrap_or_else(|| "default".to_owned());
        match (tag.name, tag.attribute("id")) {
            ("headerReference", Some(id)) => {
                self.section.headers.insert(pages(), id);
            }
            ("footerReference", Some(id)) => {
                self.section.footers.insert(pages(), id);
            }
            ("titlePg", _) => self.section.has_first_page = tag.switch(),
            ("footnotePr", _) => return Open::FootnoteProps,
            ("endnotePr", _) => return Open::EndnoteProps,
            _ => {}
        }
        Open::Other
    }

    fn table_prop(&mut self, tag: &Tag<'_>) -> Open {
        let Some(table) = self.tables.last_mut() else { return Open::Other };
        match tag.name {
            "gridBefore" => table.column = table.column.saturating_add(tag.number().unwrap_or(0)),
            "tblHeader" => table.header = tag.switch(),
            "del" => table.row_is_deleted = true,
            "gridSpan" => table.cell.span = tag.number().unwrap_or(1),
            "vMerge" if tag.val().as_deref() == Some("restart") => table.cell.begins_merge = true,
            "vMerge" => table.cell.goes_on_above = true,
            // All properties of a cell stand before its content.
            _ => {}
        }
        Open::Other
    }

    fn begin_row(&mut self) {
        let (paragraphs, cells) = (self.story.paragraphs.len(), self.story.cells.len());
        if let Some(table) = self.tables.last_mut() {
            table.column = 0;
            table.header = false;
            table.row_is_deleted = false;
            table.cell = CellProps::default();
            (table.paragraphs_before_row, table.cells_before_row) = (paragraphs, cells);
            table.above_before_row.clone_from(&table.above);
        }
    }

    /// The place of a cell is known once its properties are read. Tables in cells and in text boxes give their text to what holds them.
    fn begin_cell(&mut self) {
        let (depth, cells, name) = (self.tables.len(), self.story.cells.len(), self.table_count);
        let nested = depth > 1 || !self.outer.is_empty();
        let Some(table) = self.tables.last_mut().filter(|_| !nested) else { return };
        let props = std::mem::take(&mut table.cell);
        let (column, span) = (table.column, props.span.max(1));
        table.column = column.saturating_add(span);
        let above = table.above.get(&column).copied().filter(|_| props.goes_on_above);
        if let Some(above) = above.and_then(|above| self.story.cells.get_mut(above)) {
            above.more_rows = above.more_rows.saturating_add(1);
            self.covered = true;
            return;
        }
        table.above.remove(&column);
        if props.begins_merge {
            table.above.insert(column, cells);
        }
        let (row, header) = (table.row, table.header);
        self.story.cells.push(CellPlace { table: name, row, column, more_columns: span - 1, more_rows: 0, header });
        self.cell = Some(cells);
    }

    fn end_cell(&mut self) {
        if self.tables.len() > 1 || !self.outer.is_empty() {
            return;
        }
        self.cell = None;
        self.covered = false;
    }

    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        if table.row_is_deleted {
            let dropped = self.story.paragraphs.drain(table.paragraphs_before_row.min(self.story.paragraphs.len())..);
            self.left_out.deleted += dropped.map(|paragraph| paragraph.printed()).sum::<usize>();
            self.story.cells.truncate(table.cells_before_row);
            table.above = std::mem::take(&mut table.above_before_row);
        } else {
            table.row += 1;
        }
    }

    fn edit_paragraph(&mut self, edit: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = &mut self.here.paragraph {
            edit(paragraph);
        }
    }

    fn text(&mut self, text: &str) {
        match self.parent() {
            Some(Open::Text) => self.push_text(text),
            Some(Open::FieldCode) => {
                if let Some(field) = self.here.fields.last_mut() {
                    field.code.push_str(text);
                }
            }
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str) {
        let content = match self.typed_call {
            Some(name) if !text.trim().is_empty() => Content::TypedCall(name, text.trim().to_owned()),
            _ => Content::Text(text.chars().filter(|c| is_printed(*c)).collect()),
        };
        self.push(content);
    }

    fn push(&mut self, content: Content) {
        if self.here.fields.iter().any(|field| !field.in_result) {
            self.left_out.in_field_codes += content.printed();
            return;
        }
        if self.covered {
            self.left_out.covered += content.printed();
            return;
        }
        let field = self.here.fields.iter().rev().find_map(|field| field.link.clone());
        let link = self.links.last().filter(|link| !link.is_empty()).cloned().or(field);
        let props = self.here.run.clone();
        if let Some(paragraph) = &mut self.here.paragraph {
            paragraph.pieces.push(Piece { content, props, link });
        }
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::CellProps) => self.begin_cell(),
            Some(Open::Cell) => self.end_cell(),
            Some(Open::Row) => self.end_row(),
            Some(Open::Table) => {
                self.table_count += u32::from(self.tables.len() == 1 && self.outer.is_empty());
                self.tables.pop();
            }
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Hyperlink) => {
                self.links.pop();
            }
            Some(Open::SimpleField) => {
                self.here.fields.pop();
            }
            Some(Open::TextBox) => {
                let inner = std::mem::replace(&mut self.here, self.outer.pop().unwrap_or_default());
                self.here.boxed.extend(inner.boxed);
            }
            Some(Open::Section) => self.story.sections.push(std::mem::take(&mut self.section)),
            Some(Open::Note) => self.note = None,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.here.paragraph.take() else { return };
        paragraph.pieces.splice(0..0, self.carried.drain(..));
        if paragraph.end_is_deleted {
            self.carried = paragraph.pieces;
            return;
        }
        let boxed = std::mem::take(&mut self.here.boxed);
        let is_separator = self.open.contains(&Open::Note) && self.note.is_none();
        if self.covered || is_separator {
            return;
        }
        let all = std::iter::once(paragraph).chain(boxed);
        if self.outer.is_empty() {
            self.story.paragraphs.extend(all);
        } else {
            self.here.boxed.extend(all);
        }
    }

    fn finish(mut self) -> Story {
        if !self.carried.is_empty() {
            let section = self.story.sections.len().saturating_sub(1);
            self.story.paragraphs.push(Paragraph { pieces: self.carried, section, ..Paragraph::default() });
        }
        self.story
    }
}

impl Paragraph {
    /// Whether it holds anything to print.
    pub(crate) fn prints(&self) -> bool {
        self.pieces.iter().any(|piece| piece.content.printed() > 0)
    }

    /// How many characters of it are printed.
    fn printed(&self) -> usize {
        self.pieces.iter().map(|piece| piece.content.printed()).sum()
    }
}

impl Content {
    pub(crate) fn printed(&self) -> usize {
        match self {
            Self::Text(text) | Self::TypedCall(_, text) => text.chars().filter(|c| !c.is_whitespace()).count(),
            Self::Call(_) | Self::Mark => 1,
            Self::Break => 0,
        }
    }
}

/// Line ends inside a text are blanks; controls are nothing, nor are hyphens that show only at the end of a line.
fn is_printed(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{fffe}' | '\u{ffff}')
}

/// Where a field leads: `HYPERLINK "https://…"`.
fn link_of(code: &str) -> Option<String> {
    let rest = code.trim_start().strip_prefix("HYPERLINK")?;
    let target = rest.split('"').nth(1)?;
    (!rest.trim_start().starts_with('\\')).then(|| target.to_owned())
}
