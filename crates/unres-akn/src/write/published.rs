//! The text of a document in the form of the files that the United Nations publish: headings are paragraphs that group nothing, items under an item stand
//! in a list beside it, all annexes are one attachment, and mastheads, closing lines and tables have their own ways.

use super::body::Written;
use super::identity::Identity;
use super::inline::{Here, Inlines};
use super::meta;
use super::references::Class;
use super::tree::Tree;
use super::xml::Xml;
use unres_export::{Addresses, Zone};
use unres_model::{
    Block, BlockKind as K, Cell, Document, FactRole, HeadingPlace, HeadingRank, Inline, Number, NumberStyle, plain_text,
};
use unres_source::Sink;

/// Writes everything but the metadata of the document, as children of the document element. They stand `depth` elements deep.
pub(super) fn write(
    document: &Document,
    addresses: &Addresses,
    identity: &Identity,
    depth: usize,
    sink: &mut dyn Sink,
) -> Written {
    let tree = Tree::of(document, addresses);
    let has_preambular = tree.zone(Zone::Body).iter().any(|&index| tree.blocks[index].kind == K::Preambular);
    let mut writer = Published {
        tree,
        has_preambular,
        titles_of_body: Vec::new(),
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

struct Published<'a> {
    tree: Tree<'a>,
    identity: &'a Identity,
    inlines: Inlines<'a>,
    xml: Xml,
    /// Preambular paragraphs stand in the body.
    has_preambular: bool,
    /// Lines of the title that stand in the body.
    titles_of_body: Vec<usize>,
    /// What is still to be done, the next last.
    steps: Vec<Step>,
}

/// A step of the walk.
enum Step {
    /// Write a block with all that belongs to it, under a parent of some kind.
    Block(usize, Parent),
    /// Write an item of a list, with the heading that stands over it and those behind it.
    Item(usize, Option<usize>),
    /// Write a block of the preamble.
    Preamble(usize),
    /// Text behind the items of a list.
    WrapUp(Vec<usize>),
    Open(&'static str),
    Close,
}

/// What a block stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parent {
    /// A body of text.
    Body,
    /// A section or paragraph: only elements of the hierarchy stand in it.
    Hierarchy,
    /// A list.
    List,
}

impl Published<'_> {
    fn kind(&self, index: usize) -> K {
        self.tree.blocks[index].kind
    }

    fn states(&self, index: usize, role: FactRole) -> bool {
        let content = &self.tree.blocks[index].content;
        content.iter().any(|inline| matches!(inline, Inline::Fact(fact) if fact.role == role))
    }

    /// A line of the title stands in the preface; lines that state number and adoption alone, as those of the Security Council, on the cover.
    fn is_of_preface(&self, index: usize) -> bool {
        // The letter of a part is a number alone; a line of the Security Council has words before its number.
        let is_letter = self.states(index, FactRole::Number) && !self.states(index, FactRole::Kind);
        // A table that states any of it is shown as a table, on the cover.
        !matches!(self.kind(index), K::Adoption | K::Table) && (self.states(index, FactRole::Title) || is_letter)
    }

    fn cover(&mut self) {
        let head = self.tree.zone(Zone::Preface).into_iter().filter(|&index| !self.is_of_preface(index));
        let blocks: Vec<usize> = self.tree.zone(Zone::Cover).into_iter().chain(head).collect();
        if blocks.is_empty() {
            return;
        }
        self.xml.open("coverPage", &[]);
        for index in blocks {
            self.cover_line(index);
        }
        self.xml.close();
    }

    fn cover_line(&mut self, index: usize) {
        let block = &self.tree.blocks[index];
        if block.kind == K::Table {
            self.number_over_table(index);
            self.table(index);
            return;
        }
        let is_symbol =
            self.identity.symbol.as_deref().is_some_and(|symbol| plain_text(&block.content).trim() == symbol);
        let (element, id, shown) = match block.kind {
            K::Title => ("docTitle", "resolutionNumber", "number of the document"),
            K::Adoption => ("docTitle", "adoption", "adoption"),
            _ if is_symbol => ("docNumber", "symbol", "symbol of the document"),
            _ => {
                self.line("p", index);
                return;
            }
        };
        let class = if id == "adoption" { Class::Event } else { Class::Concept };
        let refers_to = self.inlines.references.refer(class, id, shown);
        self.xml.open_line("p", &[]);
        self.xml.open_inline(element, &[("refersTo", &refers_to)]);
        self.number_in_text(index);
        self.text(index, Zone::Cover);
        self.xml.close();
        self.xml.close();
    }

    /// The title. Where it stands in the body, an empty line is in its place.
    fn preface(&mut self) {
        let blocks = self.tree.zone(Zone::Preface).into_iter().filter(|&index| self.is_of_preface(index));
        let (in_body, blocks): (Vec<usize>, Vec<usize>) =
            blocks.partition(|&index| self.identity.has_body() && self.stands(index, HeadingPlace::Body));
        if in_body.is_empty() && blocks.is_empty() {
            return;
        }
        self.xml.open("preface", &[]);
        if blocks.is_empty() {
            self.xml.empty("p", &[]);
        }
        for index in blocks {
            self.line("p", index);
        }
        self.xml.close();
        self.titles_of_body = in_body;
    }

    /// Closing lines that follow each other are one paragraph, which says that they are of one event.
    fn conclusions(&mut self) {
        let blocks = self.tree.zone(Zone::Conclusions);
        if blocks.is_empty() {
            return;
        }
        self.xml.open("conclusions", &[]);
        let is_table = |index: usize| self.tree.blocks[index].kind == K::Table;
        let runs: Vec<&[usize]> = blocks.chunk_by(|&one, &next| !is_table(one) && !is_table(next)).collect();
        for run in runs {
            match run {
                [index] if self.kind(*index) == K::Table => {
                    self.number_over_table(*index);
                    self.table(*index);
                }
                lines => self.closing_lines(lines),
            }
        }
        self.xml.close();
    }

    fn closing_lines(&mut self, lines: &[usize]) {
        let event = self.inlines.references.refer(Class::Event, "adoption", "adoption");
        self.xml.open_line("p", &[]);
        self.xml.open_inline("event", &[("refersTo", &event)]);
        for (position, &index) in lines.iter().enumerate() {
            if position > 0 {
                self.xml.empty_inline("eol", &[]);
            }
            self.number_in_text(index);
            self.text(index, Zone::Conclusions);
        }
        self.xml.close();
        self.xml.close();
    }

    fn preamble(&mut self) {
        let blocks = self.tree.top(Zone::Preamble);
        if blocks.is_empty() {
            return;
        }
        self.xml.open("preamble", &[]);
        self.steps.extend(blocks.into_iter().rev().map(Step::Preamble));
        self.walk();
        self.xml.close();
    }

    fn preamble_block(&mut self, index: usize) {
        let block = &self.tree.blocks[index];
        let items: Vec<usize> = self.tree.children(index);
        let has_text = block.kind != K::Table;
        let leads_list = has_text && !items.is_empty() && items.iter().all(|&item| self.kind(item) == K::Item);
        self.steps.push(Step::Close);
        match block.kind {
            K::EnactingFormula if block.depth == 0 => {
                self.xml.open("formula", &[("name", "enactingFormula"), ("eId", self.tree.eid(index))]);
                self.xml.open_line("p", &[]);
                self.number_in_text(index);
                let here = Here { eid: self.tree.eid(index), zone: Zone::Preamble };
                self.inlines.write_formula(&mut self.xml, here, &block.content);
                self.xml.close();
            }
            K::Heading if block.depth == 0 && items.is_empty() => {
                self.steps.pop();
                self.line("p", index);
                return;
            }
            _ if block.depth == 0 => {
                let name = block.opening.as_ref().map_or("preambular", |opening| opening.phrase.as_str());
                self.xml.open("container", &[("name", name), ("eId", self.tree.eid(index))]);
                if leads_list {
                    self.xml.open("blockList", &[]);
                    self.line("listIntroduction", index);
                    self.steps.push(Step::Close);
                    self.steps.extend(items.into_iter().rev().map(Step::Preamble));
                    return;
                }
                self.block_of_text(index);
            }
            K::Item => {
                self.xml.open("item", &[("eId", self.tree.eid(index))]);
                self.num(index);
                self.plain("p", index);
            }
            _ => {
                self.steps.pop();
                self.block_of_text(index);
            }
        }
        self.push_preamble(&items);
    }

    /// Plans what hangs under a block of the preamble; items that follow each other stand in one list.
    fn push_preamble(&mut self, blocks: &[usize]) {
        let mut planned = Vec::new();
        let mut in_list = false;
        for &index in blocks {
            let is_item = self.kind(index) == K::Item;
            if is_item != in_list {
                planned.push(if is_item { Step::Open("blockList") } else { Step::Close });
            }
            in_list = is_item;
            planned.push(Step::Preamble(index));
        }
        planned.extend(in_list.then_some(Step::Close));
        self.steps.extend(planned.into_iter().rev());
    }

    fn main_body(&mut self, sink: &mut dyn Sink) {
        let blocks = self.tree.top(Zone::Body);
        let uncalled = self.inlines.uncalled();
        self.xml.open("mainBody", &[]);
        for index in std::mem::take(&mut self.titles_of_body) {
            self.line("p", index);
        }
        if blocks.is_empty() && uncalled.is_empty() {
            self.xml.empty("p", &[]);
        }
        self.steps.extend(blocks.into_iter().rev().map(|index| Step::Block(index, Parent::Body)));
        self.walk();
        if !uncalled.is_empty() {
            self.xml.open("paragraph", &[]);
            self.xml.open("content", &[]);
            self.xml.open_line("p", &[]);
            self.inlines.uncalled_notes(&mut self.xml, &uncalled, sink);
            self.xml.close();
            self.xml.close();
            self.xml.close();
        }
        self.xml.close();
    }

    /// Writes what is still to be done.
    fn walk(&mut self) {
        while let Some(step) = self.steps.pop() {
            match step {
                Step::Block(index, parent) => self.block(index, parent),
                Step::Item(index, heading) => self.item(index, heading),
                Step::Preamble(index) => self.preamble_block(index),
                Step::WrapUp(blocks) => {
                    self.xml.open("wrapUp", &[]);
                    for index in blocks {
                        self.block_of_text(index);
                    }
                    self.xml.close();
                }
                Step::Open(element) => self.xml.open(element, &[]),
                Step::Close => self.xml.close(),
            }
        }
    }

    fn block(&mut self, index: usize, parent: Parent) {
        match self.kind(index) {
            K::Heading if parent == Parent::List && self.heads_items(index) => {
                let items = self.tree.children(index);
                let steps = items.iter().enumerate();
                let steps = steps.map(|(place, &item)| Step::Item(item, (place == 0).then_some(index)));
                self.steps.extend(steps.collect::<Vec<_>>().into_iter().rev());
            }
            K::Section | K::Heading if self.groups(index) => self.section(index),
            K::Heading if self.is_beside(index) => {
                self.plain(self.rank(index).unwrap_or("subheading"), index);
                self.push_siblings(&self.tree.children(index), parent);
            }
            K::Section | K::Heading | K::Annex => self.heading(index, parent),
            K::Preambular => self.cross_heading(index, parent),
            K::Item if parent == Parent::List => self.item(index, None),
            K::Table if parent == Parent::Body => {
                self.xml.open("container", &[("name", "table"), ("eId", self.tree.eid(index))]);
                self.number_over_table(index);
                self.table(index);
                self.xml.close();
                self.push_siblings(&self.tree.children(index), parent);
            }
            K::Unnumbered if self.leads_in(index) => self.unit("alinea", index, &[]),
            K::EnactingFormula => self.unit("hcontainer", index, &[("name", "enactingFormula")]),
            _ => self.unit("paragraph", index, &[]),
        }
    }

    /// Whether a heading stands over items alone, so that the first of them can hold it.
    fn heads_items(&self, index: usize) -> bool {
        let items = self.tree.children(index);
        let is_bare = self.tree.blocks[index].number.is_none();
        is_bare && !items.is_empty() && items.iter().all(|&item| self.kind(item) == K::Item)
    }

    /// Whether a text stands before all operative paragraphs, as in statements of the President of the Security Council.
    fn leads_in(&self, index: usize) -> bool {
        let before = self.tree.zone(Zone::Body).into_iter().take_while(|&other| other != index);
        self.tree.addresses[index].zone == Zone::Body && before.into_iter().all(|other| self.kind(other) == K::Title)
    }

    fn push_siblings(&mut self, blocks: &[usize], parent: Parent) {
        self.steps.extend(blocks.iter().rev().map(|&index| Step::Block(index, parent)));
    }

    /// The element of a heading, where its source says it.
    fn rank(&self, index: usize) -> Option<&'static str> {
        self.tree.blocks[index].heading.map(|form| match form.rank {
            HeadingRank::Heading => "heading",
            HeadingRank::Subheading => "subheading",
        })
    }

    fn stands(&self, index: usize, place: HeadingPlace) -> bool {
        self.tree.blocks[index].heading.is_some_and(|form| form.stands == place)
    }

    /// Whether a heading without number is the second one of the section that it stands in.
    fn is_beside(&self, index: usize) -> bool {
        let is_head = |before: &usize| {
            let is_parent = self.tree.addresses[index].parent == Some(*before);
            is_parent && matches!(self.kind(*before), K::Section | K::Heading) && self.groups(*before)
        };
        let is_bare = self.tree.blocks[index].number.is_none();
        is_bare && self.stands(index, HeadingPlace::Beside) && index.checked_sub(1).as_ref().is_some_and(is_head)
    }

    /// Whether what hangs under a heading stands in a section: where the source has one, or in a body with preambular paragraphs at the top, under a
    /// number, and right over such paragraphs.
    fn groups(&self, index: usize) -> bool {
        let is_preambular = |&child: &usize| self.kind(child) == K::Preambular;
        let is_section = self.tree.addresses[index].parent.is_none() || self.kind(index) == K::Section;
        self.has_preambular
            && self.tree.addresses[index].zone == Zone::Body
            && !self.stands(index, HeadingPlace::Beside)
            && (is_section
                || self.stands(index, HeadingPlace::Section)
                || self.tree.children(index).iter().any(is_preambular))
    }

    fn section(&mut self, index: usize) {
        let is_top = self.tree.addresses[index].parent.is_none();
        self.xml.open(if is_top { "section" } else { "subsection" }, &[("eId", self.tree.eid(index))]);
        let in_paragraph = self.stands(index, HeadingPlace::Paragraph);
        if in_paragraph {
            self.xml.open("paragraph", &[]);
        }
        self.num(index);
        if !self.tree.blocks[index].content.is_empty() || self.tree.blocks[index].number.is_none() {
            self.plain(self.rank(index).unwrap_or("subheading"), index);
        }
        if in_paragraph {
            self.xml.close();
        }
        self.steps.push(Step::Close);
        let children = self.tree.children(index);
        self.push_siblings(&children, Parent::Hierarchy);
    }

    /// A heading is a paragraph of its own; what hangs under it follows. A Roman number over a title is a heading too, unless the source has it in the
    /// line of its title as it has any other.
    fn heading(&mut self, index: usize, parent: Parent) {
        let block = &self.tree.blocks[index];
        let is_title = index > 0 && self.kind(index - 1) == K::Annex;
        let is_above = |number: &&Number| number.style == NumberStyle::UpperRoman && block.heading.is_none();
        let above = block.number.as_ref().filter(is_above);
        let is_numbered = block.number.is_some() && above.is_none();
        let is_high = is_numbered || is_title || block.kind == K::Annex;
        let element = self.rank(index).unwrap_or(if is_high { "heading" } else { "subheading" });
        let class = match element {
            _ if is_numbered => "H1",
            "heading" => "HCh",
            _ => "H23",
        };
        let eid = self.tree.eid(index);
        if let Some(number) = above {
            self.xml.open("paragraph", &[("eId", &format!("{eid}__number")), ("class", class)]);
            self.xml.text_line(element, &[], &number.printed);
            self.xml.close();
        }
        if !block.content.is_empty() || above.is_none() {
            self.xml.open("paragraph", &[("eId", eid), ("class", class)]);
            if above.is_none() {
                self.num(index);
            }
            self.plain(element, index);
            self.xml.close();
        }
        let children = self.tree.children(index);
        self.push_siblings(&children, parent);
    }

    fn cross_heading(&mut self, index: usize, parent: Parent) {
        let refers_to = self.inlines.references.refer(Class::Concept, "preamble", "preamble");
        let eid = self.tree.eid(index);
        if parent == Parent::Body {
            self.xml.open("hcontainer", &[("name", "preamble")]);
        }
        self.xml.open_line("crossHeading", &[("refersTo", &refers_to), ("eId", eid)]);
        self.number_in_text(index);
        self.text(index, self.tree.addresses[index].zone);
        self.xml.close();
        if parent == Parent::Body {
            self.xml.close();
        }
        let children = self.tree.children(index);
        self.push_siblings(&children, parent);
    }

    /// Whether a block is nothing but text, which may stand beside other text.
    fn is_leaf(&self, index: usize) -> bool {
        let is_text = matches!(self.kind(index), K::Unnumbered | K::Quotation | K::Table | K::Unplaced | K::VoteList);
        is_text && self.tree.blocks[index].number.is_none() && self.tree.children(index).is_empty()
    }

    /// A paragraph and what hangs under it: more text, or a list.
    fn unit(&mut self, element: &'static str, index: usize, attributes: &[(&'static str, &str)]) {
        let eid = [("eId", self.tree.eid(index))];
        let attributes: Vec<_> = eid.into_iter().chain(attributes.iter().copied()).collect();
        self.xml.open(element, &attributes);
        self.num(index);
        let (lead, rest, tail) = self.shares(index);
        self.steps.push(Step::Close);
        if rest.is_empty() {
            self.texts("content", index, &lead);
            return;
        }
        let is_list = rest.first().is_some_and(|&first| match self.kind(first) {
            K::Item => true,
            K::Heading => self.heads_items(first),
            _ => false,
        });
        let parent = if is_list { Parent::List } else { Parent::Hierarchy };
        if is_list {
            self.xml.open("list", &[]);
            self.steps.push(Step::Close);
        }
        let block = &self.tree.blocks[index];
        let is_number_alone = block.number.is_some() && block.content.is_empty() && block.rows.is_empty();
        if !is_number_alone || !lead.is_empty() {
            self.texts("intro", index, &lead);
        }
        self.steps.extend((!tail.is_empty()).then_some(Step::WrapUp(tail)));
        self.push_siblings(&rest, parent);
    }

    /// An item and what hangs under it. Its own items stand in a list beside it.
    fn item(&mut self, index: usize, heading: Option<usize>) {
        self.xml.open("point", &[("eId", self.tree.eid(index))]);
        if let Some(heading) = heading {
            self.plain("subheading", heading);
        }
        self.num(index);
        let (lead, rest, tail) = self.shares(index);
        self.texts("content", index, &lead);
        self.xml.close();
        if rest.is_empty() {
            return;
        }
        self.xml.open("sublist", &[]);
        self.steps.push(Step::Close);
        self.steps.extend((!tail.is_empty()).then_some(Step::WrapUp(tail)));
        self.push_siblings(&rest, Parent::List);
    }

    /// What hangs under a block: the text that goes on from it, what follows, and the text behind that.
    fn shares(&self, index: usize) -> (Vec<usize>, Vec<usize>, Vec<usize>) {
        let mut lead = self.tree.children(index);
        let split = lead.iter().position(|&child| !self.is_leaf(child)).unwrap_or(lead.len());
        let mut rest = lead.split_off(split);
        let end = rest.iter().rposition(|&child| !self.is_leaf(child)).map_or(0, |last| last + 1);
        let tail = rest.split_off(end);
        (lead, rest, tail)
    }

    fn texts(&mut self, element: &'static str, index: usize, more: &[usize]) {
        self.xml.open(element, &[]);
        self.block_of_text(index);
        for &index in more {
            self.block_of_text(index);
        }
        self.xml.close();
    }

    /// The text of a block as an element of its own, without number.
    fn block_of_text(&mut self, index: usize) {
        match self.kind(index) {
            K::Table if self.is_in_preamble(index) => {
                self.number_over_table(index);
                self.table(index);
            }
            K::Table => self.table(index),
            _ if self.is_in_preamble(index) => self.line("p", index),
            _ => self.plain("p", index),
        }
    }

    fn is_in_preamble(&self, index: usize) -> bool {
        self.tree.addresses[index].zone == Zone::Preamble
    }

    fn annexes(&mut self) {
        let annexes = self.tree.annexes();
        if annexes.is_empty() {
            return;
        }
        self.xml.open("attachments", &[]);
        self.xml.open("attachment", &[]);
        self.xml.open("doc", &[("name", "annex")]);
        meta::write_published_annex(&mut self.xml, self.identity);
        self.xml.open("mainBody", &[]);
        let blocks: Vec<usize> = annexes.into_iter().flat_map(|annex| self.tree.top(Zone::Annex(annex))).collect();
        self.push_siblings(&blocks, Parent::Body);
        self.walk();
        self.xml.close();
        self.xml.close();
        self.xml.close();
        self.xml.close();
    }

    fn num(&mut self, index: usize) {
        if let Some(number) = &self.tree.blocks[index].number {
            self.xml.text_line("num", &[], &number.printed);
        }
    }

    fn number_over_table(&mut self, index: usize) {
        if let Some(number) = &self.tree.blocks[index].number {
            self.xml.text_line("p", &[], &number.printed);
        }
    }

    fn number_in_text(&mut self, index: usize) {
        if let Some(number) = &self.tree.blocks[index].number {
            self.xml.text(&number.printed);
            self.xml.text(" ");
        }
    }

    /// A line with its number in it.
    fn line(&mut self, element: &'static str, index: usize) {
        self.xml.open_line(element, &[]);
        self.number_in_text(index);
        self.text(index, self.tree.addresses[index].zone);
        self.xml.close();
    }

    /// A line without its number.
    fn plain(&mut self, element: &'static str, index: usize) {
        self.xml.open_line(element, &[]);
        self.text(index, self.tree.addresses[index].zone);
        self.xml.close();
    }

    fn text(&mut self, index: usize, zone: Zone) {
        let block: &Block = &self.tree.blocks[index];
        let here = Here { eid: self.tree.eid(index), zone };
        self.inlines.write(&mut self.xml, here, &block.content, block.opening.as_ref());
    }

    /// A table has at least one row, and a row at least one cell. Text beside the cells comes first.
    fn table(&mut self, index: usize) {
        let block = &self.tree.blocks[index];
        self.xml.open("table", &[]);
        let lead = Cell { content: block.content.clone(), ..Cell::default() };
        let has_lead = !block.content.is_empty() || block.rows.iter().all(Vec::is_empty);
        let lead = has_lead.then_some(vec![lead]);
        for row in lead.iter().chain(&block.rows).filter(|row| !row.is_empty()) {
            self.xml.open("tr", &[]);
            for cell in row {
                self.cell(index, cell);
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn cell(&mut self, index: usize, cell: &Cell) {
        let columns = (u32::from(cell.more_columns) + 1).to_string();
        let rows = (u32::from(cell.more_rows) + 1).to_string();
        let spans = [("colspan", &*columns, cell.more_columns), ("rowspan", &*rows, cell.more_rows)];
        let attributes: Vec<_> = spans.iter().filter(|span| span.2 > 0).map(|span| (span.0, span.1)).collect();
        self.xml.open(if cell.header { "th" } else { "td" }, &attributes);
        self.xml.open_line("p", &[]);
        let here = Here { eid: self.tree.eid(index), zone: self.tree.addresses[index].zone };
        self.inlines.write(&mut self.xml, here, &cell.content, None);
        self.xml.close();
        self.xml.close();
    }
}
