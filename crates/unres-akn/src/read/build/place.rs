//! What a line of text is, by where it stands: the block that it becomes, and its depth.

use super::looks::{ends_like_heading, looks_like_heading};
use super::{
    Build, CONCLUSIONS, COVER, HEADING, HEADING_BY_CLASS, HEADING_LIKE, HEADING_OF_ITEMS, PREAMBULAR, PREFACE,
    QUOTATION, Role, SECTION, TEXT, as_section,
};
use crate::read::element::Element as E;
use crate::read::frame::{Frame, Zone};
use crate::read::line::{Blanks, Finished, Line};
use crate::read::numbers::number;
use crate::xml::Events;
use unres_model::{BlockKind as K, BlockKind, FactRole, HeadingForm, HeadingPlace, HeadingRank, Inline, plain_text};
use unres_source::RuleId;

impl<'a> Build<'a> {
    pub(super) fn flow(&mut self, owner: usize, line: Finished, begin: usize, events: &mut Events<'a>) {
        match self.zone {
            Zone::Cover => self.cover(line, begin, events),
            Zone::Preface => self.preface(line, begin, events),
            Zone::Preamble => self.preamble(owner, line, begin, events),
            Zone::Conclusions => {
                let block = self.block(K::Adoption, CONCLUSIONS, line);
                self.push_block(block, 0, begin, events);
            }
            Zone::Body | Zone::Outside => self.body(owner, line, begin, events),
        }
    }

    fn cover(&mut self, line: Finished, begin: usize, events: &mut Events<'a>) {
        let kind = match self.role.take() {
            Some(Role::NumberLine) => K::Title,
            Some(Role::Adoption) => K::Adoption,
            _ => K::Masthead,
        };
        let block = self.block(kind, COVER, line);
        self.push_block(block, 0, begin, events);
    }

    fn preface(&mut self, line: Finished, begin: usize, events: &mut Events<'a>) {
        let in_container = self.is_in(E::Container);
        let kind = match self.role.take() {
            _ if in_container => K::Adoption,
            Some(Role::Title) => K::Title,
            _ if self.is_strict() => K::Title,
            _ => K::Masthead,
        };
        let block = self.block(kind, PREFACE, line);
        self.push_block(block, 0, begin, events);
    }

    fn preamble(&mut self, owner: usize, line: Finished, begin: usize, events: &mut Events<'a>) {
        let Some(unit) = self.unit() else {
            let is_heading = ends_like_heading(&line) && plain_text(&line.content).chars().count() <= 150;
            let (kind, rule) = if is_heading { (K::Heading, HEADING_LIKE) } else { (K::Preambular, PREAMBULAR) };
            let block = self.block(kind, rule, line);
            self.push_block(block, 0, begin, events);
            return;
        };
        let Some(frame) = self.frames.get(unit) else { return };
        let element = frame.element;
        let has_head = frame.head.is_some();
        let is_strict = self.is_strict();
        match element {
            E::Formula => self.head(unit, K::EnactingFormula, self.with_organ(line), begin, events),
            E::Container if has_head && is_strict => {
                let block = self.block(K::Unnumbered, TEXT, line);
                self.push_block(block, self.frames.get(unit).map_or(0, Frame::inside), begin, events);
            }
            E::Container => {
                let is_unplaced = self.frames.get(unit).and_then(|frame| frame.named.as_deref()) == Some("unplaced");
                let kind = if is_strict && is_unplaced { K::Unplaced } else { K::Preambular };
                self.head(unit, kind, line, begin, events);
            }
            _ => self.body(owner, line, begin, events),
        }
    }

    /// An enacting formula of a published file emphasises its words: they name the organ, unless a pass finds out better.
    fn with_organ(&self, line: Finished) -> Finished {
        let mut line = line;
        let has_fact = line.content.iter().any(|inline| matches!(inline, Inline::Fact(_)));
        let [Inline::Text(text)] = line.content.as_slice() else { return line };
        if has_fact || self.is_strict() {
            return line;
        }
        let words = text.text.trim_end_matches(|c: char| !c.is_alphanumeric());
        let mut split = Line::new(Blanks::Kept, String::new());
        split.push(words, false);
        split.fact(0, FactRole::Organ, None);
        split.push(text.text.get(words.len()..).unwrap_or_default(), false);
        line.content = split.finish().0.content;
        line
    }

    fn body(&mut self, owner: usize, line: Finished, begin: usize, events: &mut Events<'a>) {
        let is_quoted = self.frames.iter().take(owner + 1).any(|frame| frame.element == E::Quotation);
        let is_unplaced =
            self.is_strict() && self.frames.get(owner).is_some_and(|frame| frame.named.as_deref() == Some("unplaced"));
        let (plain, rule) = match (is_quoted, is_unplaced) {
            (true, _) => (K::Quotation, QUOTATION),
            (_, true) => (K::Unplaced, TEXT),
            _ => (K::Unnumbered, TEXT),
        };
        let marked = self.role.take();
        let Some(unit) = self.unit() else {
            let is_title = marked == Some(Role::Title) && self.is_at_top();
            let kind = if is_title { K::Title } else { plain };
            let mut block = self.block(kind, rule, line);
            block.heading = (is_title && !self.is_strict())
                .then_some(HeadingForm { rank: HeadingRank::Heading, stands: HeadingPlace::Body });
            self.push_block(block, 0, begin, events);
            return;
        };
        if let Some(outer) = self.frames.iter().take(unit).rposition(|frame| frame.is_unit) {
            let is_heading = self.is_heading_paragraph(unit, owner, &line);
            if is_heading.is_none() {
                self.ensure_heads(outer, events);
            }
        }
        let Some(frame) = self.frames.get(unit) else { return };
        let (element, has_head, depth, inside) = (frame.element, frame.head.is_some(), frame.depth, frame.inside());
        let after_list = self.frames.iter().skip(unit).any(|frame| frame.element == E::WrapUp);
        match element {
            E::Paragraph if !has_head => self.paragraph(unit, owner, plain, line, begin, events),
            E::Point if !has_head => self.head(unit, K::Item, line, begin, events),
            E::Alinea if !has_head => self.head(unit, plain, line, begin, events),
            E::Hcontainer if !has_head => self.head(unit, K::EnactingFormula, line, begin, events),
            E::Attachment | E::Section | E::Division => {
                self.ensure_heads(unit, events);
                let inside = self.frames.get(unit).map_or(inside, Frame::inside);
                let block = self.block(plain, rule, line);
                self.push_block(block, inside, begin, events);
            }
            _ => {
                // A second paragraph of the same number is one of the run, and text behind a list hangs where the items do.
                let beside = matches!(element, E::Paragraph | E::Alinea) && !after_list && !is_quoted;
                let block = self.block(plain, rule, line);
                self.push_block(block, if beside { depth } else { inside }, begin, events);
            }
        }
    }

    /// Whether nothing but the head of the document was read.
    fn is_at_top(&self) -> bool {
        let blocks = self.draft.as_ref().map(|draft| draft.blocks.as_slice()).unwrap_or_default();
        blocks.iter().all(|block| matches!(block.kind, K::Masthead | K::Title | K::Adoption))
    }

    /// Whether a line of a published paragraph is a heading, and by which rule.
    fn is_heading_paragraph(&self, unit: usize, owner: usize, line: &Finished) -> Option<RuleId> {
        let frame = self.frames.get(unit).filter(|frame| frame.element == E::Paragraph && !self.is_strict())?;
        if frame.heads {
            return Some(HEADING_BY_CLASS);
        }
        let in_content = owner > 0 && self.frames.get(owner - 1).is_some_and(|outer| outer.name == "content");
        let bare = frame.num.is_none() && frame.head.is_none() && in_content;
        (bare && looks_like_heading(line)).then_some(HEADING_LIKE)
    }

    fn paragraph(
        &mut self,
        unit: usize,
        owner: usize,
        plain: BlockKind,
        line: Finished,
        begin: usize,
        events: &mut Events<'a>,
    ) {
        if let Some(rule) = self.is_heading_paragraph(unit, owner, &line) {
            self.flat_heading(unit, rule, line, begin, events);
            return;
        }
        let has_number = self.frames.get(unit).is_some_and(|frame| frame.num.is_some());
        let kind = match plain {
            K::Unnumbered if has_number || self.is_strict() => self.kind_of_number(unit),
            K::Unnumbered if self.is_in(E::Attachment) => K::Unnumbered,
            K::Unnumbered => {
                let follows_number = self.draft.as_ref().is_some_and(|draft| draft.numbered);
                if follows_number && line.lead.is_none() { K::Unnumbered } else { K::Operative }
            }
            other => other,
        };
        self.head(unit, kind, line, begin, events);
    }

    /// A heading, with how a published file marks it up.
    pub(super) fn heading(&mut self, owner: usize, line: Finished, begin: usize, events: &mut Events<'a>) {
        let stands = self.place_heading(owner, line, begin, events).filter(|_| !self.is_strict());
        let is_sub = self.frames.get(owner).is_some_and(|frame| frame.name == "subheading");
        let rank = if is_sub { HeadingRank::Subheading } else { HeadingRank::Heading };
        if let Some(block) = self.draft.as_mut().and_then(|draft| draft.blocks.last_mut()) {
            block.heading = stands.map(|stands| HeadingForm { rank, stands });
        }
    }

    /// Makes the block of a heading, the last one then. Gives where the heading stands, if in a place that is meant for headings.
    fn place_heading(
        &mut self,
        owner: usize,
        line: Finished,
        begin: usize,
        events: &mut Events<'a>,
    ) -> Option<HeadingPlace> {
        let Some(unit) = self.frames.iter().take(owner).rposition(|frame| frame.is_unit) else {
            self.flat_heading_at(0, HEADING, line, begin, events);
            return Some(HeadingPlace::Body);
        };
        let frame = self.frames.get(unit)?;
        let is_numbered = frame.num.is_some();
        match frame.element {
            E::Attachment if frame.head.is_none() => {
                self.head(unit, K::Annex, line, begin, events);
                None
            }
            E::Section | E::Division if frame.head.is_none() => {
                if let Some(outer) = self.frames.iter().take(unit).rposition(|frame| frame.is_unit) {
                    self.ensure_heads(outer, events);
                }
                let is_section = self.frames.get(unit).is_some_and(|frame| frame.element == E::Section);
                let kind = if is_section && (is_numbered || self.is_strict()) { K::Section } else { K::Heading };
                self.head(unit, kind, line, begin, events);
                Some(HeadingPlace::Section)
            }
            E::Paragraph => {
                self.flat_heading(unit, HEADING, line, begin, events);
                Some(HeadingPlace::Paragraph)
            }
            E::Point if frame.head.is_none() => {
                self.heading_of_items(unit, line, begin, events);
                None
            }
            element => {
                let inside = frame.inside();
                self.ensure_heads(unit, events);
                self.flat_heading_at(inside, HEADING, line, begin, events);
                matches!(element, E::Section | E::Division).then_some(HeadingPlace::Beside)
            }
        }
    }

    /// A heading that is a paragraph of its own. In an annex without heading it is that.
    fn flat_heading(&mut self, unit: usize, rule: RuleId, line: Finished, begin: usize, events: &mut Events<'a>) {
        let annex = self.frames.iter().position(|frame| frame.element == E::Attachment && frame.head.is_none());
        let heads = self.frames.get(unit).is_some_and(|frame| frame.heads) || self.kind_of_number(unit) == K::Item;
        let takes_number = heads && self.frames.get(unit).is_some_and(|frame| frame.num.is_some());
        if let Some(annex) = annex.filter(|_| !takes_number) {
            self.head(annex, K::Annex, line, begin, events);
            let block = self.draft.as_mut().and_then(|draft| draft.blocks.last_mut());
            if let Some(block) = block.filter(|_| rule != HEADING) {
                block.rule = rule;
            }
            return;
        }
        if let Some(outer) = self.frames.iter().take(unit).rposition(|frame| frame.is_unit) {
            self.ensure_heads(outer, events);
        }
        let depth = self.frames.get(unit).map_or(0, |frame| frame.depth);
        if takes_number {
            let frame = self.frames.get_mut(unit);
            let printed = frame.and_then(|frame| frame.num.take()).unwrap_or_default();
            let printed = number(printed, None, self.sibling_number(depth, K::Section));
            let mut block = self.block(K::Section, SECTION, line);
            block.number = Some(as_section(printed, false));
            self.push_block(block, depth, begin, events);
            return;
        }
        self.flat_heading_at(depth, rule, line, begin, events);
    }

    fn flat_heading_at(&mut self, depth: u16, rule: RuleId, line: Finished, begin: usize, events: &mut Events<'a>) {
        let block = self.block(K::Heading, rule, line);
        self.push_block(block, depth, begin, events);
    }

    /// A heading that an item has, as in mandates of the Security Council. It stands in the list, over this item and those that follow, which hang under it.
    fn heading_of_items(&mut self, item: usize, line: Finished, begin: usize, events: &mut Events<'a>) {
        let outer = self.frames.iter().take(item).rposition(|frame| frame.is_unit);
        if let Some(outer) = outer {
            self.ensure_heads(outer, events);
        }
        let inside = outer.and_then(|outer| self.frames.get(outer)).map_or(0, Frame::inside);
        let of_item = |list: &usize| outer.is_none_or(|outer| *list > outer);
        let is_list = |frame: &Frame<'_>| matches!(frame.element, E::List | E::Sublist);
        let list = self.frames.iter().take(item).rposition(is_list).filter(of_item);
        let list = list.and_then(|list| self.frames.get_mut(list));
        let depth = list.as_ref().and_then(|list| list.heading.or(list.items)).unwrap_or(inside);
        let below = depth.saturating_add(1);
        if let Some(list) = list {
            (list.items, list.heading) = (Some(below), Some(depth));
        }
        self.flat_heading_at(depth, HEADING_OF_ITEMS, line, begin, events);
        if let Some(item) = self.frames.get_mut(item) {
            item.depth = below;
        }
    }

    pub(super) fn cross_heading(&mut self, owner: usize, line: Finished, begin: usize, events: &mut Events<'a>) {
        let is_preambular = self.frames.get(owner).is_some_and(|frame| frame.refers_to.as_deref() == Some("preamble"));
        let unit = self.unit();
        if let Some(unit) = unit {
            self.ensure_heads(unit, events);
        }
        let inside = unit.and_then(|unit| self.frames.get(unit)).map_or(0, Frame::inside);
        if is_preambular {
            let block = self.block(K::Preambular, PREAMBULAR, line);
            self.push_block(block, inside, begin, events);
        } else {
            self.flat_heading_at(inside, HEADING, line, begin, events);
        }
    }
}
