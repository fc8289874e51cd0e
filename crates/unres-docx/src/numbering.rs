//! Automatic numbers: what Word prints before a paragraph, computed from the definitions of its lists.

use crate::left_out::LeftOut;
use crate::numerals;
use crate::styles::Styles;
use crate::symbols;
use crate::xml::{Event, Tag, Xml};
use std::collections::{BTreeMap, BTreeSet};
use unres_source::ReadError;

/// Lists have nine levels.
const LEVELS: usize = 9;

/// The list and level that a paragraph or style names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NumberRef {
    /// The instance of a list; 0 says that there is none.
    pub(crate) number: Option<u32>,
    level: Option<usize>,
}

impl NumberRef {
    /// Takes an element of `numPr`.
    pub(crate) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "numId" => self.number = tag.number(),
            "ilvl" => self.level = tag.number(),
            _ => {}
        }
    }

    /// This reference over that of a base style.
    pub(crate) fn over(&self, base: &Self) -> Self {
        Self { number: self.number.or(base.number), level: self.level.or(base.level) }
    }
}

/// A level of a list.
#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    pattern: Option<String>,
    /// What is printed, with `%1` to `%9` for the numbers of the levels.
    text: String,
    /// What parts the number from the text.
    suffix: &'static str,
    /// After which level it begins anew, from 1; 0 for never; none for any level above.
    restart: Option<usize>,
    /// The numbers of all levels are printed in digits.
    legal: bool,
    /// The paragraph style that this level numbers.
    style: Option<String>,
    font: String,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: "decimal".to_owned(),
            pattern: None,
            text: String::new(),
            suffix: "\t",
            restart: None,
            legal: false,
            style: None,
            font: String::new(),
        }
    }
}

impl Level {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            "start" => self.start = tag.number().unwrap_or(0),
            "numFmt" => {
                self.format = tag.val().unwrap_or_default();
                self.pattern = tag.attribute("format");
            }
            "lvlText" => self.text = tag.val().unwrap_or_default(),
            "suff" => {
                self.suffix = match tag.val().as_deref() {
                    Some("nothing") => "",
                    Some("space") => " ",
                    _ => "\t",
                }
            }
            "lvlRestart" => self.restart = tag.number(),
            "isLgl" => self.legal = tag.switch(),
            "pStyle" => self.style = tag.val(),
            "rFonts" => self.font = tag.attribute("ascii").or_else(|| tag.attribute("hAnsi")).unwrap_or_default(),
            _ => {}
        }
    }
}

/// The definition of a list.
#[derive(Clone, Debug, Default)]
struct List {
    levels: BTreeMap<usize, Level>,
    /// The numbering style that defines it instead.
    linked_style: Option<String>,
}

/// An instance of a list.
#[derive(Clone, Debug, Default)]
struct Instance {
    list: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// All lists of a file, and how far they are counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    lists: BTreeMap<u32, List>,
    instances: BTreeMap<u32, Instance>,
    /// The last number of each level of a list; none before its first and after a restart.
    counted: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// The overridden starts that were used: each holds once.
    started: BTreeSet<(u32, usize)>,
}

/// Where the reader of definitions is.
#[derive(Default)]
struct Reading {
    list: Option<u32>,
    instance: Option<u32>,
    level: Option<usize>,
    overridden: Option<usize>,
}

impl Numbering {
    pub(crate) fn read(part: &str, text: &str) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        let mut xml = Xml::new(part, text);
        let mut open: Vec<&str> = Vec::new();
        let mut at = Reading::default();
        while let Some(event) = xml.next()? {
            match event {
                // Newer programs write a format that older ones do not know, and behind it one that they do.
                Event::Start(tag) if tag.name == "Fallback" => {
                    xml.skip(&[])?;
                }
                Event::Start(tag) => {
                    numbering.take(&mut at, &tag);
                    open.push(tag.name);
                }
                Event::End => match open.pop() {
                    Some("abstractNum") => at.list = None,
                    Some("num") => at.instance = None,
                    Some("lvlOverride") => at.overridden = None,
                    Some("lvl") => at.level = None,
                    _ => {}
                },
                Event::Text(_) => {}
            }
        }
        Ok(numbering)
    }

    fn take(&mut self, at: &mut Reading, tag: &Tag<'_>) {
        let id = |name: &str| tag.attribute(name).and_then(|id| id.parse().ok());
        let level = || tag.attribute("ilvl").and_then(|level| level.parse().ok()).filter(|level| *level < LEVELS);
        match tag.name {
            "abstractNum" => at.list = id("abstractNumId"),
            "num" => at.instance = id("numId"),
            "lvlOverride" => at.overridden = level(),
            "lvl" => at.level = level(),
            "abstractNumId" => {
                if let Some((instance, list)) = at.instance.zip(tag.number()) {
                    self.instances.entry(instance).or_default().list = list;
                }
            }
            "numStyleLink" => {
                if let Some(list) = at.list {
                    self.lists.entry(list).or_default().linked_style = tag.val();
                }
            }
            "startOverride" => {
                if let (Some(instance), Some(level), Some(start)) = (at.instance, at.overridden, tag.number()) {
                    self.instances.entry(instance).or_default().starts.insert(level, start);
                }
            }
            _ => {}
        }
        let levels = match (at.list, at.instance) {
            (Some(list), _) => &mut self.lists.entry(list).or_default().levels,
            (None, Some(instance)) => &mut self.instances.entry(instance).or_default().levels,
            (None, None) => return,
        };
        if let Some(level) = at.level {
            levels.entry(level).or_default().take(tag);
        }
    }

    /// The number of the next paragraph with this reference, as printed, and what parts it from the text. `style` is that of the
    /// paragraph: a list may say which of its levels a style has.
    pub(crate) fn next(
        &mut self,
        reference: NumberRef,
        style: Option<&str>,
        styles: &Styles,
        left_out: &mut LeftOut,
    ) -> Option<(String, &'static str)> {
        let number = reference.number.filter(|number| *number > 0)?;
        let instance = self.instances.get(&number)?.clone();
        let list = self.list_of(instance.list, styles)?;
        let definition = self.lists.get(&list)?;
        let of_style =
            || definition.levels.iter().find(|(_, level)| style.is_some() && level.style.as_deref() == style);
        let level = reference.level.or_else(|| of_style().map(|(level, _)| *level)).unwrap_or(0).min(LEVELS - 1);
        let levels: Vec<Level> = (0..LEVELS)
            .map(|level| {
                instance.levels.get(&level).or_else(|| definition.levels.get(&level)).cloned().unwrap_or_default()
            })
            .collect();
        let numbers = self.count(number, list, level, &instance, &levels);
        let here = levels.get(level)?;
        Some((printed(here, &levels, &numbers, left_out), here.suffix))
    }

    /// The list that an instance means: where a numbering style defines it, that of the style.
    fn list_of(&self, list: u32, styles: &Styles) -> Option<u32> {
        let Some(style) = self.lists.get(&list)?.linked_style.as_deref() else { return Some(list) };
        let instance = self.instances.get(&styles.number_of(style)?)?;
        Some(instance.list)
    }

    /// Counts a paragraph and gives the numbers of all levels. All instances of a list count on, but for an overridden start.
    fn count(&mut self, number: u32, list: u32, level: usize, instance: &Instance, levels: &[Level]) -> [u32; LEVELS] {
        let start = |level: usize| {
            let overridden = instance.starts.get(&level).copied();
            overridden.unwrap_or_else(|| levels.get(level).map_or(0, |level| level.start))
        };
        let counted = self.counted.entry(list).or_default();
        for &overridden in instance.starts.keys() {
            if overridden <= level && self.started.insert((number, overridden)) {
                counted[overridden] = None;
            }
        }
        counted[level] = Some(counted[level].map_or_else(|| start(level), |last| last.saturating_add(1)));
        for (deeper, counted) in levels.iter().zip(counted.iter_mut()).skip(level + 1) {
            let restarts = match deeper.restart {
                None => true,
                Some(0) => false,
                Some(after) => level < after,
            };
            if restarts {
                *counted = None;
            }
        }
        std::array::from_fn(|level| counted[level].unwrap_or_else(|| start(level)))
    }
}

/// The text of a level with its numbers.
fn printed(here: &Level, levels: &[Level], numbers: &[u32; LEVELS], left_out: &mut LeftOut) -> String {
    let mut text = String::new();
    let mut characters = here.text.chars().peekable();
    while let Some(character) = characters.next() {
        let place = characters.peek().and_then(|next| next.to_digit(10)).filter(|digit| character == '%' && *digit > 0);
        let Some(place) = place.and_then(|place| usize::try_from(place - 1).ok()) else {
            text.push(character);
            continue;
        };
        characters.next();
        let (Some(level), Some(&number)) = (levels.get(place), numbers.get(place)) else { continue };
        let format = if here.legal && level.format != "none" { "decimal" } else { &level.format };
        let written = numerals::write(number, format, level.pattern.as_deref());
        left_out.formats += usize::from(!written.is_known);
        text.push_str(&written.text);
    }
    symbols::in_plain_letters(&here.font, &text)
}
