//! What is open while chunks are placed: the zone, the containers, the numbers of lists.

use super::Placed;
use crate::chunk::Chunk;
use crate::marks::Ending;
use unres_lang::Style;
use unres_model::{BlockKind, FactRole};
use unres_source::{Diagnostic, RuleId, Sink};

pub(crate) const NUMBER_GAP: RuleId = RuleId::new("para/number-out-of-sequence");

/// The part of a resolution that is being read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    /// Before the enacting formula.
    #[default]
    Head,
    /// Preambular paragraphs.
    Preamble,
    /// Operative paragraphs.
    Body,
    /// Closing lines.
    Closing,
    /// An annex.
    Annex,
}

/// An open container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    Annex,
    /// A section, with the style of its number and its ordinal.
    Section(Style, u32),
    Heading,
}

/// The lines of a cover below which a title without number stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum CoverLine {
    #[default]
    Other,
    /// An agenda item, or a line of its title.
    AgendaItem,
    /// The sponsors of a draft.
    Sponsors,
}

impl CoverLine {
    fn of(placed: &Placed) -> Self {
        let states = |role: FactRole| placed.facts.iter().any(|fact| fact.role == role);
        if states(FactRole::AgendaItem) || states(FactRole::AgendaTitle) {
            Self::AgendaItem
        } else if states(FactRole::Sponsors) {
            Self::Sponsors
        } else {
            Self::Other
        }
    }
}

/// What has named the document so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name {
    #[default]
    Nothing,
    /// Its number alone: a title may follow.
    Number,
    Title,
}

/// What is open.
#[derive(Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) zone: Zone,
    pub(crate) name: Name,
    pub(crate) last_cover_line: CoverLine,
    containers: Vec<Container>,
    /// The numbers of the open lists, outermost first.
    pub(crate) items: Vec<(Style, u32)>,
    /// The number that the list below the innermost open one ended with, under the item before: its numbers may run on.
    pub(crate) ended: Option<(Style, u32)>,
    /// The levels of items at which a heading stands over those that follow, outermost first.
    headed: Vec<u16>,
    /// The kind of the last paragraph that items can hang under.
    pub(crate) host: Option<BlockKind>,
    /// The last block is a section number alone, and its title may follow.
    pub(crate) awaits_title: bool,
    /// The section opened last holds nothing yet, so that preambular paragraphs may begin anew.
    pub(crate) section_is_new: bool,
    /// How the last chunk ended, and whether it was an item.
    pub(crate) last_ending: Option<Ending>,
    pub(crate) last_kind: Option<BlockKind>,
    last_number: Option<u32>,
    last_section: Vec<(Style, u32)>,
}

impl State {
    /// Whether a line has named the document.
    pub(crate) fn is_named(&self) -> bool {
        self.name != Name::Nothing
    }

    /// Whether numbers and headings may stand here: the document is named, or its head is past.
    pub(crate) fn is_past_name(&self) -> bool {
        self.is_named() || self.zone > Zone::Head
    }

    /// How many containers are open: the depth of a paragraph.
    pub(crate) fn depth(&self) -> u16 {
        u16::try_from(self.containers.len()).unwrap_or(u16::MAX)
    }

    /// Whether a section number goes on the sections before, or begins them.
    pub(crate) fn expects_section(&self, style: Style, ordinal: u32) -> bool {
        let last = self.last_section.iter().rev().find(|(known, _)| *known == style).map(|(_, ordinal)| *ordinal);
        ordinal == 1 || last.is_some_and(|last| last.checked_add(1) == Some(ordinal))
    }

    /// Takes note of what was placed and gives its depth.
    pub(crate) fn advance(&mut self, placed: &Placed, ending: Ending) -> u16 {
        if placed.is_title {
            self.awaits_title = false;
            return self.depth();
        }
        let depth = match placed.kind {
            BlockKind::Annex => self.open(Container::Annex, placed),
            BlockKind::Section => {
                let (style, ordinal) =
                    placed.number.map_or((Style::UpperRoman, 1), |(_, reading)| (reading.style, reading.ordinal));
                self.open(Container::Section(style, ordinal), placed)
            }
            BlockKind::Heading if placed.level > 0 => self.heading_in_list(placed.level),
            BlockKind::Heading => self.open(Container::Heading, placed),
            BlockKind::Item => self.item(placed),
            BlockKind::Table => self.table(),
            BlockKind::Adoption if self.zone > Zone::Head => {
                self.containers.clear();
                self.close_lists();
                self.host = None;
                (self.awaits_title, self.section_is_new) = (false, false);
                self.zone = Zone::Closing;
                0
            }
            _ => self.paragraph(placed),
        };
        if placed.kind == BlockKind::Title {
            let has_title = placed.facts.iter().any(|fact| fact.role == FactRole::Title);
            self.name = if has_title { Name::Title } else { self.name.max(Name::Number) };
        }
        self.last_cover_line = CoverLine::of(placed);
        self.last_ending = Some(ending);
        self.last_kind = Some(placed.kind);
        depth
    }

    /// Takes note of text that no rule placed, and gives its depth. No list goes on behind it.
    pub(crate) fn advance_unplaced(&mut self) -> u16 {
        self.close_lists();
        self.host = Some(BlockKind::Unplaced);
        self.awaits_title = false;
        self.last_kind = Some(BlockKind::Unplaced);
        self.depth()
    }

    fn paragraph(&mut self, placed: &Placed) -> u16 {
        let kind = placed.kind;
        self.zone = match kind {
            BlockKind::EnactingFormula | BlockKind::Preambular if self.zone < Zone::Closing => Zone::Preamble,
            BlockKind::Operative | BlockKind::Unnumbered if self.zone < Zone::Body => Zone::Body,
            _ => self.zone,
        };
        if kind == BlockKind::Operative {
            self.last_number = placed.number.map(|(_, reading)| reading.ordinal).or(self.last_number);
        }
        // What hangs deeper than this block has ended.
        self.items.truncate(usize::from(placed.level));
        self.ended = None;
        if placed.level == 0 {
            self.host = Some(kind);
        }
        self.awaits_title = false;
        self.section_is_new = false;
        let under = placed.level.saturating_sub(u16::from(self.host.is_some()));
        self.depth() + placed.level + self.headings_over(under)
    }

    fn close_lists(&mut self) {
        self.items.clear();
        self.ended = None;
        self.headed.clear();
    }

    /// How many headings stand in the open lists down to a level of items. Those over deeper ones have ended.
    fn headings_over(&mut self, level: u16) -> u16 {
        self.headed.retain(|headed| *headed <= level);
        u16::try_from(self.headed.len()).unwrap_or(u16::MAX)
    }

    /// A heading between the items of a level: it stands in their list, the items that follow hang under it, and the numbers run on.
    fn heading_in_list(&mut self, level: u16) -> u16 {
        self.items.truncate(usize::from(level));
        let outer = self.headings_over(level - 1);
        self.headed.push(level);
        self.awaits_title = false;
        self.depth() + u16::from(self.host.is_some()) + level - 1 + outer
    }

    /// A table stands beside paragraphs; in the midst of a list it belongs to the paragraph that has the list.
    fn table(&mut self) -> u16 {
        self.awaits_title = false;
        let in_list = !self.items.is_empty() && self.host.is_some();
        if !in_list {
            self.close_lists();
            self.host = None;
        }
        // It ends the headings between items: such a list holds nothing else.
        self.headed.clear();
        self.depth() + u16::from(in_list)
    }

    fn item(&mut self, placed: &Placed) -> u16 {
        let level = usize::from(placed.level.max(1));
        self.ended = self.items.get(level).copied().or(self.ended.filter(|_| level == self.items.len()));
        self.items.truncate(level - 1);
        if let Some((_, reading)) = placed.number {
            self.items.push((reading.style, reading.ordinal));
        }
        self.awaits_title = false;
        self.section_is_new = false;
        // Without a paragraph to hang under, the first level of items stands where paragraphs do.
        let host = u16::from(self.host.is_some());
        self.depth() + host + placed.level.max(1) - 1 + self.headings_over(placed.level.max(1))
    }

    fn open(&mut self, container: Container, placed: &Placed) -> u16 {
        let keep = match container {
            Container::Annex => 0,
            Container::Heading => self.containers.iter().take_while(|open| **open != Container::Heading).count(),
            Container::Section(style, ordinal) => self.above_section(style, ordinal),
        };
        self.containers.truncate(keep);
        let depth = self.depth();
        self.containers.push(container);
        self.close_lists();
        self.host = None;
        match container {
            Container::Annex => {
                self.zone = Zone::Annex;
                self.last_section.clear();
                self.last_number = None;
            }
            Container::Section(style, ordinal) => {
                self.last_section.retain(|(known, _)| *known != style);
                self.last_section.push((style, ordinal));
            }
            Container::Heading => {}
        }
        self.awaits_title = placed.awaits_title;
        self.section_is_new = true;
        depth
    }

    /// How many open containers a section stands in: those above the innermost row of its style that its number goes on, if with a gap. A number that
    /// goes on none begins a row inside the sections that are open, unless the innermost has its style.
    fn above_section(&self, style: Style, ordinal: u32) -> usize {
        let heading = self.containers.iter().position(|open| *open == Container::Heading);
        let open = self.containers.get(..heading.unwrap_or(self.containers.len())).unwrap_or_default();
        let row = |goes_on: fn(u32, u32) -> bool| {
            open.iter().rposition(
                |open| matches!(open, Container::Section(known, last) if *known == style && goes_on(*last, ordinal)),
            )
        };
        let innermost =
            || open.len() - usize::from(matches!(open.last(), Some(Container::Section(known, _)) if *known == style));
        row(|last, next| last.checked_add(1) == Some(next))
            .or_else(|| row(|last, next| last < next))
            .unwrap_or_else(innermost)
    }

    /// Whether a number is the next of the operative paragraphs.
    pub(crate) fn goes_on_numbers(&self, ordinal: u32) -> bool {
        self.last_number.is_some_and(|last| last.checked_add(1) == Some(ordinal))
    }

    /// Warns when the number of an operative paragraph does not follow the one before.
    pub(crate) fn check_sequence(&self, placed: &Placed, chunk: Option<&Chunk>, sink: &mut dyn Sink) {
        let (BlockKind::Operative, Some((_, reading))) = (placed.kind, placed.number) else { return };
        let last = self.last_number.unwrap_or(0);
        if reading.ordinal != 1 && reading.ordinal != last + 1 {
            let span = chunk.and_then(|chunk| chunk.pieces.first()).map(|piece| piece.span);
            let message = match last {
                0 => format!("the first paragraph has the number {}", reading.ordinal),
                last => format!("paragraph number {} follows {last}", reading.ordinal),
            };
            sink.push(Diagnostic::warning(NUMBER_GAP, span, message).hint("a page may be missing"));
        }
    }
}
