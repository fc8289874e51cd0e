//! A page: its blocks from top to bottom, without what surrounds them.

use crate::numbers;
use crate::tokens::{Start as Tag, Token};
use unres_source::{CellPlace, Diagnostic, Face, RuleId, Sink, Start};

const CHROME: RuleId = RuleId::new("html/chrome");
/// Elements whose text no page prints, or that surround the text of one.
const DROPPED: [&str; 18] = [
    "head", "title", "script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button",
    "select", "textarea", "iframe", "svg", "object", "dialog",
];
const DROPPED_ROLES: [&str; 6] = ["navigation", "banner", "contentinfo", "search", "complementary", "menu"];
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "section",
    "article",
    "main",
    "center",
    "address",
    "figure",
    "figcaption",
    "hr",
    "body",
    "html",
    "caption",
];
/// Elements without end tag.
const EMPTY: [&str; 9] = ["br", "hr", "img", "input", "meta", "link", "col", "wbr", "area"];
/// Formatting elements open at once; more mean nothing.
const MOST_OPEN: usize = 256;

/// The blocks of a page.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
}

/// A line of a page, or a paragraph.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    pub(crate) runs: Vec<Run>,
    pub(crate) start: Start,
    /// `h1` to `h6`.
    pub(crate) heading: Option<String>,
    pub(crate) cell: Option<CellPlace>,
    is_main: bool,
}

/// A stretch of text that looks alike.
#[derive(Clone, Debug, Default)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) face: Face,
    pub(crate) link: Option<String>,
    pub(crate) is_label: bool,
}

impl Block {
    pub(crate) fn is_blank(&self) -> bool {
        self.runs.iter().all(|run| run.text.trim().is_empty())
    }

    fn printed(&self) -> usize {
        self.runs.iter().map(|run| printed(&run.text)).sum()
    }
}

fn printed(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// An element that is open and changes how letters look or where they lead.
struct Inline {
    name: String,
    face: Face,
    link: Option<String>,
}

/// A list that is open.
struct List {
    /// None for a list without numbers.
    kind: Option<String>,
    next: u32,
}

/// A table that is open.
struct Table {
    name: u32,
    row: Option<u32>,
    column: u16,
    cell: Option<CellPlace>,
    /// The first block in it.
    first: usize,
    /// Another table stands in it.
    is_outer: bool,
}

#[derive(Default)]
struct Walker {
    page: Page,
    block: Block,
    inlines: Vec<Inline>,
    lists: Vec<List>,
    tables: Vec<Table>,
    table_count: u32,
    /// The element that is passed over, and how many of its name are open.
    dropped: Option<(String, usize)>,
    left_out: usize,
    main: usize,
    preformatted: usize,
}

impl Page {
    /// The page that the tokens make; what is left out of it is counted.
    pub(crate) fn of(tokens: Vec<Token>, sink: &mut dyn Sink) -> Self {
        let mut walker = Walker::default();
        for token in tokens {
            match token {
                Token::Start(tag) => walker.start(&tag),
                Token::End(name) => walker.end(&name),
                Token::Text(text) => walker.text(&text),
            }
        }
        walker.end_block(Start::Paragraph);
        walker.keep_main();
        if walker.left_out > 0 {
            let message =
                format!("{} characters of scripts, menus and other surroundings are left out", walker.left_out);
            sink.push(Diagnostic::note(CHROME, None, message));
        }
        walker.page
    }
}

impl Walker {
    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if name == "body" && self.dropped.as_ref().is_some_and(|(dropped, _)| dropped == "head") {
            self.dropped = None;
        }
        if let Some((dropped, open)) = &mut self.dropped {
            *open += usize::from(dropped == name);
            return;
        }
        let role = tag.attribute("role").unwrap_or_default();
        let is_dropped = DROPPED.contains(&name) || DROPPED_ROLES.contains(&role) || tag.attribute("hidden").is_some();
        if is_dropped && !EMPTY.contains(&name) {
            self.dropped = Some((tag.name.clone(), 1));
            return;
        }
        self.main += usize::from(name == "main");
        if BLOCKS.contains(&name) {
            self.end_block(Start::Paragraph);
        }
        match name {
            "br" => self.break_line(),
            "pre" => self.preformatted += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.block.heading = Some(tag.name.clone()),
            "ul" | "ol" => self.lists.push(list(tag)),
            "li" => self.label(tag),
            "table" => self.begin_table(),
            "tr" => self.begin_row(),
            "td" | "th" => self.begin_cell(tag),
            _ if EMPTY.contains(&name) || BLOCKS.contains(&name) => {}
            _ => self.begin_inline(tag),
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((dropped, open)) = &mut self.dropped {
            *open -= usize::from(dropped == name);
            if *open == 0 {
                self.dropped = None;
            }
            return;
        }
        if BLOCKS.contains(&name) {
            self.end_block(Start::Paragraph);
        }
        match name {
            "main" => self.main = self.main.saturating_sub(1),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "ul" | "ol" => {
                self.lists.pop();
            }
            "table" => self.end_table(),
            "td" | "th" => self.end_cell(),
            _ => {
                if let Some(at) = self.inlines.iter().rposition(|inline| inline.name == name) {
                    self.inlines.remove(at);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.dropped.is_some() {
            self.left_out += printed(text);
        } else if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.break_line();
                }
                self.push(line, false);
            }
        } else {
            self.push(text, false);
        }
    }

    /// Adds text to the block. Line ends and tabs are blanks, and blanks that follow each other are one.
    fn push(&mut self, text: &str, is_label: bool) {
        let mut face = Face::default();
        for inline in &self.inlines {
            face.bold |= inline.face.bold;
            face.italic |= inline.face.italic;
            face.superscript |= inline.face.superscript;
        }
        let link = self.inlines.iter().rev().find_map(|inline| inline.link.clone());
        let mut run = Run { text: String::with_capacity(text.len()), face, link, is_label };
        let mut after_blank = self.block.runs.last().is_none_or(|run| run.text.ends_with(' '));
        for character in text.chars().filter(|c| c.is_whitespace() || !c.is_control()) {
            // A blank that does not break is a letter of its own.
            let is_blank = character.is_whitespace() && character != '\u{a0}' && character != '\u{202f}';
            if !(is_blank && after_blank) {
                run.text.push(if is_blank { ' ' } else { character });
            }
            after_blank = is_blank;
        }
        if !run.text.is_empty() {
            self.block.runs.push(run);
        }
    }

    /// A line break. In a heading the next line goes on it; elsewhere it may begin a paragraph.
    fn break_line(&mut self) {
        let heading = self.block.heading.clone();
        let start = if heading.is_some() { Start::GoesOn } else { Start::Unknown };
        self.end_block(start);
        self.block.heading = heading;
    }

    /// Ends a block; `start` is how the next one begins.
    fn end_block(&mut self, start: Start) {
        let cell = self.tables.last().and_then(|table| table.cell);
        let next = Block { start, ..Block::default() };
        let block = std::mem::replace(&mut self.block, next);
        // Tags that follow each other open one block; only what a line break ends may be empty.
        if !block.runs.is_empty() || start != Start::Paragraph {
            self.page.blocks.push(Block { cell, is_main: self.main > 0, ..block });
        }
    }

    fn begin_inline(&mut self, tag: &Tag) {
        let style = tag.attribute("style").unwrap_or_default().to_ascii_lowercase();
        let styled = |property: &str, value: &str| {
            style
                .split(';')
                .any(|rule| rule.split_once(':').is_some_and(|(p, v)| p.trim() == property && v.trim() == value))
        };
        let name = tag.name.as_str();
        let face = Face {
            bold: matches!(name, "b" | "strong") || styled("font-weight", "bold"),
            italic: matches!(name, "i" | "em" | "cite" | "var" | "dfn") || styled("font-style", "italic"),
            superscript: name == "sup" || styled("vertical-align", "super"),
            size: None,
        };
        let link = tag.attribute("href").filter(|_| name == "a").map(str::to_owned);
        if self.inlines.len() < MOST_OPEN {
            self.inlines.push(Inline { name: tag.name.clone(), face, link });
        }
    }

    fn label(&mut self, tag: &Tag) {
        let Some(list) = self.lists.last_mut() else { return };
        if let Some(value) = tag.attribute("value").and_then(|value| value.parse().ok()) {
            list.next = value;
        }
        let label = list.kind.as_ref().map_or_else(|| "•".to_owned(), |kind| numbers::write(list.next, kind));
        list.next = list.next.saturating_add(1);
        self.push(&label, true);
        self.push(" ", false);
    }

    fn begin_table(&mut self) {
        self.end_block(Start::Paragraph);
        if let Some(outer) = self.tables.last_mut() {
            outer.is_outer = true;
        }
        let (name, first) = (self.table_count, self.page.blocks.len());
        self.table_count += 1;
        self.tables.push(Table { name, row: None, column: 0, cell: None, first, is_outer: false });
    }

    fn begin_row(&mut self) {
        self.end_cell();
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(table.row.map_or(0, |row| row + 1));
            table.column = 0;
        }
    }

    fn begin_cell(&mut self, tag: &Tag) {
        self.end_cell();
        let span =
            |name: &str| tag.attribute(name).and_then(|span| span.parse::<u16>().ok()).unwrap_or(1).clamp(1, 1000);
        let Some(table) = self.tables.last_mut() else { return };
        let (more_columns, more_rows) = (span("colspan") - 1, span("rowspan") - 1);
        let (row, column, header) = (table.row.unwrap_or(0), table.column, tag.name == "th");
        table.cell = Some(CellPlace { table: table.name, row, column, more_columns, more_rows, header });
        table.column = column.saturating_add(more_columns + 1);
    }

    /// Ends a cell. One that holds nothing has an empty block.
    fn end_cell(&mut self) {
        self.end_block(Start::Paragraph);
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.cell.take() else { return };
        let is_empty = self
            .page
            .blocks
            .get(table.first..)
            .is_none_or(|blocks| blocks.last().and_then(|block| block.cell) != Some(cell));
        if is_empty {
            let block = Block { cell: Some(cell), start: Start::Paragraph, is_main: self.main > 0, ..Block::default() };
            self.page.blocks.push(block);
        }
    }

    fn end_table(&mut self) {
        self.end_cell();
        let Some(table) = self.tables.pop() else { return };
        let blocks = self.page.blocks.get_mut(table.first..).unwrap_or_default();
        if table.is_outer || !holds_data(blocks) {
            for block in blocks.iter_mut().filter(|block| block.cell.is_some_and(|cell| cell.table == table.name)) {
                block.cell = None;
            }
        }
    }

    /// Where a page says which part of it is the main one, the rest is surroundings.
    fn keep_main(&mut self) {
        let says = self.page.blocks.iter().any(|block| block.is_main && !block.is_blank());
        if says {
            self.left_out += self.page.blocks.iter().filter(|block| !block.is_main).map(Block::printed).sum::<usize>();
            self.page.blocks.retain(|block| block.is_main);
        }
    }
}

/// Whether a table is one for its readers: two rows with two cells each that hold something, none of them the text of a page. Others set
/// a page side by side.
fn holds_data(blocks: &[Block]) -> bool {
    const LONGEST_CELL: usize = 1500;
    let cells: Vec<(&Block, CellPlace)> =
        blocks.iter().filter(|block| !block.is_blank()).filter_map(|block| Some((block, block.cell?))).collect();
    let short = cells.iter().all(|(block, _)| block.printed() <= LONGEST_CELL);
    let rows = cells.chunk_by(|(_, one), (_, next)| one.row == next.row);
    let full = rows.filter(|row| row.iter().any(|(_, cell)| cell.column != row[0].1.column)).count();
    short && full >= 2
}

fn list(tag: &Tag) -> List {
    let kind = (tag.name == "ol").then(|| tag.attribute("type").unwrap_or("1").to_owned());
    let next = tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    List { kind, next }
}
