//! The text of the document: cover, preface, preamble, body, conclusions and annexes.
//!
//! The model says how deep a block hangs, the addresses in which part it stands and under which eId. Here each kind of block gets its element. The
//! tree is walked with a list of steps, not by recursion.

use super::identity::Identity;
use super::inline::{Here, Inlines, camel_case, is_hugged};
use super::meta;
use super::references::{Class, References};
use super::tree::Tree;
use super::xml::Xml;
use unres_export::{Address, Addresses, Zone, eid_carries};
use unres_model::{Block, BlockKind, Cell, Document, FactRole, Inline, plain_text};
use unres_source::Sink;

/// What was written, and what it refers to.
pub(crate) struct Written {
    pub(crate) xml: Xml,
    pub(crate) references: References,
}

/// Writes everything but the metadata of the document, as children of the document element. They stand `depth` elements deep.
pub(crate) fn write(
    document: &Document,
    addresses: &Addresses,
    identity: &Identity,
    depth: usize,
    sink: &mut dyn Sink,
) -> Written {
    let mut writer = BodyWriter {
        tree: Tree::of(document, addresses),
        identity,
        inlines: Inlines::new(document, identity),
        xml: Xml::piece(depth, &identity.context),
        steps: Vec::new(),
    };
    writer.inlines.refer_to_agents();
    writer.cover();
    writer.preface();
    writer.preamble();
    if identity.has_body() {
        writer.main_body(sink);
    }
    writer.conclusions();
    writer.annexes();
    Written { xml: writer.xml, references: writer.inlines.references }
}

struct BodyWriter<'a> {
    tree: Tree<'a>,
    identity: &'a Identity,
    inlines: Inlines<'a>,
    xml: Xml,
    /// What is still to be done, the next last.
    steps: Vec<Step>,
}

/// A step of the walk.
enum Step {
    /// Write a block of the body, with all that hangs under it.
    Hierarchical(usize),
    /// Write a block of the preamble, with all that hangs under it.
    Preamble(usize),
    /// Open the list of an item.
    OpenList(usize),
    /// Open the list of an item in the preamble.
    OpenBlockList(usize),
    /// Close the element that was opened last.
    Close,
}

impl<'a> BodyWriter<'a> {
    fn cover(&mut self) {
        let blocks = self.tree.zone(Zone::Cover);
        if !blocks.is_empty() {
            self.xml.open("coverPage", &[("eId", "coverPage")]);
            for index in blocks {
                self.flat(index);
            }
            self.xml.close();
        }
    }

    /// Documents of deliberation must have a preface, others only have one when something stands in it.
    fn preface(&mut self) {
        let blocks = self.tree.zone(Zone::Preface);
        if blocks.is_empty() && !self.identity.is_deliberative() {
            return;
        }
        self.xml.open("preface", &[("eId", "preface")]);
        if blocks.is_empty() {
            self.xml.empty("p", &[]);
        }
        let mut containers = 0;
        for index in blocks {
            let adoption = self.tree.blocks[index].kind == BlockKind::Adoption;
            if adoption {
                containers += 1;
                let eid = format!("preface__container_{containers}");
                self.xml.open("container", &[("eId", &eid), ("name", "adoption")]);
            }
            self.flat(index);
            if adoption {
                self.xml.close();
            }
        }
        self.xml.close();
    }

    fn conclusions(&mut self) {
        let blocks = self.tree.zone(Zone::Conclusions);
        if !blocks.is_empty() {
            self.xml.open("conclusions", &[("eId", "conclusions")]);
            self.xml.open("container", &[("eId", "conclusions__container_1"), ("name", "adoption")]);
            for index in blocks {
                self.flat(index);
            }
            self.xml.close();
            self.xml.close();
        }
    }

    /// A line of a part that knows no hierarchy.
    fn flat(&mut self, index: usize) {
        let block = &self.tree.blocks[index];
        if block.kind == BlockKind::Table {
            self.number_paragraph(index);
            self.table(index, self.tree.eid(index));
            return;
        }
        self.xml.open_line("p", &[("eId", self.tree.eid(index))]);
        self.number_in_text(index);
        // The line of a resolution of the Security Council is its number, with the word for the kind of document in it.
        let has = |role| block.content.iter().any(|inline| matches!(inline, Inline::Fact(fact) if fact.role == role));
        if block.kind == BlockKind::Title
            && has(FactRole::Kind)
            && !has(FactRole::Title)
            && is_hugged(&plain_text(&block.content))
        {
            let number = self.inlines.references.refer(Class::Concept, "resolutionNumber", "number of the document");
            self.xml.open_inline("docNumber", &[("refersTo", &number)]);
            self.number_line(index);
            self.xml.close();
        } else {
            self.inline(index);
        }
        self.xml.close();
    }

    /// The content of a line that is one number as a whole: only the word for the kind of document is marked in it.
    fn number_line(&mut self, index: usize) {
        let as_text = |inline: &Inline| match inline {
            Inline::Fact(fact) if fact.role == FactRole::Number => Inline::Text(fact.text.clone()),
            other => other.clone(),
        };
        let content: Vec<Inline> = self.tree.blocks[index].content.iter().map(as_text).collect();
        let here = Here { eid: self.tree.eid(index), zone: self.tree.addresses[index].zone };
        self.inlines.write(&mut self.xml, here, &content, None);
    }

    fn preamble(&mut self) {
        let blocks = self.tree.top(Zone::Preamble);
        if blocks.is_empty() {
            return;
        }
        // Where preambular paragraphs stand in the body too, they refer to a concept of this name, and a name is used once.
        let in_body = |(block, address): (&Block, &Address)| {
            block.kind == BlockKind::Preambular && address.zone != Zone::Preamble
        };
        let taken = self.tree.blocks.iter().zip(self.tree.addresses).any(in_body);
        let eid = [("eId", "preamble")];
        self.xml.open("preamble", if taken { &[] } else { &eid });
        self.steps.extend(blocks.into_iter().rev().map(Step::Preamble));
        self.walk();
        self.xml.close();
    }

    fn main_body(&mut self, sink: &mut dyn Sink) {
        let blocks = self.tree.top(Zone::Body);
        self.xml.open("mainBody", &[("eId", "body")]);
        let is_empty = blocks.is_empty();
        self.push_sequence(&blocks, Step::Hierarchical, Step::OpenList);
        self.walk();
        let uncalled = self.inlines.uncalled();
        if !uncalled.is_empty() {
            self.xml.open("alinea", &[("eId", "al_uncalled-notes")]);
            self.xml.open("content", &[("eId", "al_uncalled-notes__content")]);
            self.xml.open_line("p", &[]);
            self.inlines.uncalled_notes(&mut self.xml, &uncalled, sink);
            self.xml.close();
            self.xml.close();
            self.xml.close();
        } else if is_empty {
            self.xml.empty("p", &[]);
        }
        self.xml.close();
    }

    /// Writes what is still to be done.
    fn walk(&mut self) {
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Hierarchical(index) => self.hierarchical(index),
                Step::Preamble(index) => self.preamble_block(index),
                Step::OpenList(index) => {
                    let list = self.list_eid(index);
                    self.xml.open("list", &[("eId", list)]);
                }
                Step::OpenBlockList(index) => {
                    let list = self.list_eid(index);
                    self.xml.open("blockList", &[("eId", list)]);
                }
                Step::Close => self.xml.close(),
            }
        }
    }

    /// The eId of the list that holds an item: that of the item without its last part.
    fn list_eid(&self, item: usize) -> &'a str {
        self.tree.eid(item).rsplit_once("__").map_or("", |(list, _)| list)
    }

    /// Plans siblings in their order; items that follow each other stand in one list.
    fn push_sequence(&mut self, blocks: &[usize], block: fn(usize) -> Step, open_list: fn(usize) -> Step) {
        let mut planned = Vec::new();
        let mut in_list = false;
        for &index in blocks {
            let is_item = self.tree.blocks[index].kind == BlockKind::Item;
            if is_item && !in_list {
                planned.push(open_list(index));
            } else if in_list && !is_item {
                planned.push(Step::Close);
            }
            in_list = is_item;
            planned.push(block(index));
        }
        planned.extend(in_list.then_some(Step::Close));
        self.steps.extend(planned.into_iter().rev());
    }

    /// Plans what hangs under a block.
    fn push_children(&mut self, index: usize) {
        let children = self.tree.children(index);
        self.push_sequence(&children, Step::Hierarchical, Step::OpenList);
    }

    /// What stands under a paragraph or an item: the items under a heading between items are in the list of the others.
    fn children_of_unit(&self, index: usize) -> Vec<usize> {
        let mut children = Vec::new();
        for child in self.tree.children(index) {
            if self.is_between_items(child) {
                children.extend(self.tree.children(child));
            } else {
                children.push(child);
            }
        }
        children
    }

    /// Whether a heading belongs to the item behind it.
    fn is_between_items(&self, index: usize) -> bool {
        self.tree.blocks[index].kind == BlockKind::Heading && self.tree.eid(index).ends_with("__heading")
    }

    fn preamble_block(&mut self, index: usize) {
        let block = &self.tree.blocks[index];
        let eid = self.tree.eid(index);
        let children = self.tree.children(index);
        match block.kind {
            BlockKind::EnactingFormula if block.depth == 0 => {
                let refers_to = self.inlines.references.refer(Class::Concept, "enactingFormula", "enacting formula");
                self.xml.open("formula", &[("eId", eid), ("name", "enactingFormula"), ("refersTo", &refers_to)]);
                self.xml.open_line("p", &[]);
                self.number_in_text(index);
                let here = Here { eid, zone: Zone::Preamble };
                self.inlines.write_formula(&mut self.xml, here, &block.content);
                self.xml.close();
                self.steps.push(Step::Close);
                self.push_sequence(&children, Step::Preamble, Step::OpenBlockList);
            }
            _ if block.depth == 0 => {
                self.xml.open("container", &[("eId", eid), ("name", &container_name(block))]);
                if block.kind == BlockKind::Table {
                    self.number_paragraph(index);
                    self.table(index, &format!("{eid}__table"));
                } else {
                    self.paragraph(index);
                }
                self.steps.push(Step::Close);
                self.push_sequence(&children, Step::Preamble, Step::OpenBlockList);
            }
            BlockKind::Item => {
                self.xml.open("item", &[("eId", eid)]);
                self.num(index);
                self.plain_paragraph(index);
                self.steps.push(Step::Close);
                self.push_sequence(&children, Step::Preamble, Step::OpenBlockList);
            }
            BlockKind::Table => {
                self.number_paragraph(index);
                self.table(index, eid);
                self.push_sequence(&children, Step::Preamble, Step::OpenBlockList);
            }
            _ => {
                self.xml.open_line("p", &[("eId", eid)]);
                self.number_in_text(index);
                self.inline(index);
                self.xml.close();
                self.push_sequence(&children, Step::Preamble, Step::OpenBlockList);
            }
        }
    }

    fn hierarchical(&mut self, index: usize) {
        use BlockKind as K;
        let kind = self.tree.blocks[index].kind;
        match kind {
            K::Operative => self.basic_unit("paragraph", index),
            K::Item => self.basic_unit("point", index),
            K::Unnumbered | K::Quotation | K::VoteList | K::Masthead | K::Title | K::Adoption | K::Unplaced => {
                self.basic_unit("alinea", index);
            }
            K::Section => {
                let is_title = self.tree.eid(index).rsplit("__").next().is_some_and(|last| last.starts_with("title_"));
                self.container(if is_title { "title" } else { "section" }, index);
            }
            K::Heading | K::Annex => self.container("division", index),
            K::Preambular => self.cross_heading(index),
            K::EnactingFormula => {
                self.xml.open("hcontainer", &[("eId", self.tree.eid(index)), ("name", "enactingFormula")]);
                self.num(index);
                self.content(index);
                self.xml.close();
                self.push_children(index);
            }
            K::Table => {
                let holder = self.list_eid(index);
                let content = [holder, "__content"].concat();
                self.xml.open("hcontainer", &[("eId", holder), ("name", "table")]);
                self.num(index);
                self.xml.open("content", &[("eId", &content)]);
                if !self.has_num(index) {
                    self.number_paragraph(index);
                }
                self.table(index, self.tree.eid(index));
                self.xml.close();
                self.xml.close();
                self.push_children(index);
            }
        }
    }

    /// A numbered unit and what hangs under it. Text that leads into a list stands in the list; where other blocks stand between the items, it stands
    /// before them.
    fn basic_unit(&mut self, element: &'static str, index: usize) {
        self.xml.open(element, &[("eId", self.tree.eid(index))]);
        if let Some(heading) = index.checked_sub(1).filter(|&before| self.is_between_items(before)) {
            self.xml.open_line("heading", &[("eId", self.tree.eid(heading))]);
            self.inline(heading);
            self.xml.close();
        }
        self.num(index);
        let children = self.children_of_unit(index);
        self.steps.push(Step::Close);
        let is_item = |child: &usize| self.tree.blocks[*child].kind == BlockKind::Item;
        if children.is_empty() {
            self.content(index);
        } else if children.iter().all(is_item) {
            let list = self.list_eid(children[0]);
            self.xml.open("list", &[("eId", list)]);
            self.intro(index, list);
            self.steps.push(Step::Close);
            self.steps.extend(children.into_iter().rev().map(Step::Hierarchical));
        } else {
            self.intro(index, self.tree.eid(index));
            self.push_sequence(&children, Step::Hierarchical, Step::OpenList);
        }
    }

    fn content(&mut self, index: usize) {
        self.xml.open("content", &[("eId", &[self.tree.eid(index), "__content"].concat())]);
        self.paragraph(index);
        self.xml.close();
    }

    fn intro(&mut self, index: usize, context: &str) {
        if self.tree.blocks[index].content.is_empty() && self.has_num(index) {
            return;
        }
        self.xml.open("intro", &[("eId", &format!("{context}__intro"))]);
        self.paragraph(index);
        self.xml.close();
    }

    /// A section, a lettered section or a division under an unnumbered heading.
    fn container(&mut self, element: &'static str, index: usize) {
        let eid = self.tree.eid(index);
        self.xml.open(element, &[("eId", eid)]);
        self.num(index);
        if !self.tree.blocks[index].content.is_empty() || !self.has_num(index) {
            self.heading(index, eid);
        }
        self.steps.push(Step::Close);
        self.push_children(index);
    }

    fn heading(&mut self, index: usize, context: &str) {
        self.xml.open_line("heading", &[("eId", &format!("{context}__heading"))]);
        if !self.has_num(index) {
            self.number_in_text(index);
        }
        self.inline(index);
        self.xml.close();
    }

    /// A preambular paragraph in the body (P3 1.5). Only a hierarchical element may hold it, so that it gets one where none is.
    fn cross_heading(&mut self, index: usize) {
        let refers_to = self.inlines.references.refer(Class::Concept, "preamble", "preamble");
        let eid = self.tree.eid(index);
        let holder = eid.rsplit_once("__").map(|(holder, _)| holder);
        let last = |eid: &'a str| eid.rsplit("__").next().unwrap_or_default();
        let own = holder.filter(|holder| last(holder).starts_with("preamble_"));
        if let Some(own) = own {
            self.xml.open("hcontainer", &[("eId", own), ("name", "preamble")]);
        }
        self.xml.open_line("crossHeading", &[("eId", eid), ("refersTo", &refers_to)]);
        self.number_in_text(index);
        self.inline(index);
        self.xml.close();
        if own.is_some() {
            self.xml.close();
        }
        self.push_children(index);
    }

    fn annexes(&mut self) {
        let annexes: Vec<usize> = (0..self.tree.blocks.len())
            .filter(|&index| self.tree.blocks[index].kind == BlockKind::Annex && self.tree.blocks[index].depth == 0)
            .filter(|&index| matches!(self.tree.addresses[index].zone, Zone::Annex(_)))
            .collect();
        if annexes.is_empty() {
            return;
        }
        self.xml.open("attachments", &[]);
        for index in annexes {
            self.annex(index);
        }
        self.xml.close();
    }

    fn annex(&mut self, index: usize) {
        let (Zone::Annex(number), eid) = (self.tree.addresses[index].zone, self.tree.eid(index)) else { return };
        self.xml.open("attachment", &[("eId", eid)]);
        self.num(index);
        self.heading(index, eid);
        self.xml.open("doc", &[("name", "annex"), ("contains", "originalVersion")]);
        meta::write_annex(&mut self.xml, self.identity, number);
        self.xml.open("mainBody", &[]);
        // Blocks at the top of the document behind an annex belong to it: nothing else follows the conclusions.
        let top = self.tree.top(Zone::Annex(number));
        let others = top.into_iter().filter(|&other| other != index);
        let blocks: Vec<usize> = self.tree.children(index).into_iter().chain(others).collect();
        if blocks.is_empty() {
            self.xml.empty("p", &[]);
        }
        self.push_sequence(&blocks, Step::Hierarchical, Step::OpenList);
        self.walk();
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    /// The number of a block in its element, where the eId can carry it.
    fn num(&mut self, index: usize) {
        let number = self.tree.blocks[index].number.as_ref().filter(|_| self.has_num(index));
        if let Some(number) = number {
            self.xml.text_line("num", &[], &number.printed);
        }
    }

    /// Whether the number of a block stands in an element of its own, if it has one.
    fn has_num(&self, index: usize) -> bool {
        let flat = self.is_in_preamble(index) && self.tree.blocks[index].kind != BlockKind::Item;
        !flat && self.tree.blocks[index].number.as_ref().is_none_or(eid_carries)
    }

    /// The number of a table, before it.
    fn number_paragraph(&mut self, index: usize) {
        if let Some(number) = &self.tree.blocks[index].number {
            self.xml.text_line("p", &[], &number.printed);
        }
    }

    /// The number of a block where no element can hold it.
    fn number_in_text(&mut self, index: usize) {
        if let Some(number) = &self.tree.blocks[index].number {
            self.xml.text(&number.printed);
            self.xml.text(" ");
        }
    }

    /// The text of a block as a paragraph, or in the element of its kind.
    fn paragraph(&mut self, index: usize) {
        match self.tree.blocks[index].kind {
            BlockKind::Unplaced if !self.is_in_preamble(index) => {
                self.xml.open_line("block", &[("name", "unplaced")]);
                if !self.has_num(index) {
                    self.number_in_text(index);
                }
                self.inline(index);
                self.xml.close();
            }
            BlockKind::Quotation => {
                let eid = format!("{}__embeddedStructure_1", self.tree.eid(index));
                self.xml.open_line("p", &[]);
                self.xml.open_inline("embeddedStructure", &[("eId", &eid)]);
                self.xml.open_inline("p", &[]);
                if !self.has_num(index) {
                    self.number_in_text(index);
                }
                self.inline(index);
                self.xml.close();
                self.xml.close();
                self.xml.close();
            }
            _ => self.plain_paragraph(index),
        }
    }

    fn plain_paragraph(&mut self, index: usize) {
        self.xml.open_line("p", &[]);
        if !self.has_num(index) {
            self.number_in_text(index);
        }
        self.inline(index);
        self.xml.close();
    }

    fn is_in_preamble(&self, index: usize) -> bool {
        self.tree.addresses[index].zone == Zone::Preamble
    }

    fn inline(&mut self, index: usize) {
        let block = &self.tree.blocks[index];
        let here = Here { eid: self.tree.eid(index), zone: self.tree.addresses[index].zone };
        self.inlines.write(&mut self.xml, here, &block.content, block.opening.as_ref());
    }

    fn table(&mut self, index: usize, eid: &str) {
        let block = &self.tree.blocks[index];
        let zone = self.tree.addresses[index].zone;
        self.xml.open("table", &[("eId", eid)]);
        // A table has at least one row, and a row at least one cell. Text beside the cells comes first.
        let mut cells = 0;
        if !block.content.is_empty() || block.rows.iter().all(Vec::is_empty) {
            let lead = Cell { content: block.content.clone(), ..Cell::default() };
            self.row(std::slice::from_ref(&lead), eid, zone, &mut cells);
        }
        for row in block.rows.iter().filter(|row| !row.is_empty()) {
            self.row(row, eid, zone, &mut cells);
        }
        self.xml.close();
    }

    fn row(&mut self, cells: &[Cell], table: &str, zone: Zone, count: &mut u32) {
        self.xml.open("tr", &[]);
        for cell in cells {
            *count += 1;
            let columns = (u32::from(cell.more_columns) + 1).to_string();
            let rows = (u32::from(cell.more_rows) + 1).to_string();
            let spans = [("colspan", &*columns, cell.more_columns), ("rowspan", &*rows, cell.more_rows)];
            let attributes: Vec<_> = spans.iter().filter(|span| span.2 > 0).map(|span| (span.0, span.1)).collect();
            self.xml.open(if cell.header { "th" } else { "td" }, &attributes);
            self.xml.open_line("p", &[]);
            let here = Here { eid: &format!("{table}__cell_{count}"), zone };
            self.inlines.write(&mut self.xml, here, &cell.content, None);
            self.xml.close();
            self.xml.close();
        }
        self.xml.close();
    }
}

/// The name of a container in the preamble: the act that a preambular paragraph performs, in English for all languages.
fn container_name(block: &Block) -> String {
    let key = block.opening.as_ref().and_then(|opening| opening.key.as_deref()).map(camel_case);
    let act = key.filter(|key| !key.is_empty() && block.kind == BlockKind::Preambular);
    act.unwrap_or_else(|| match block.kind {
        BlockKind::Preambular => "preambular".to_owned(),
        BlockKind::Table => "table".to_owned(),
        BlockKind::Unplaced => "unplaced".to_owned(),
        _ => "text".to_owned(),
    })
}
