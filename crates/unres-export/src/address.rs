//! Addresses of blocks: the eId of the Akoma Ntoso naming convention and a short path for people, computed once from a
//! document and shared by all exporters.
//!
//! An eId names a place in the AKN4UN structure (AKN4UN part 1, 6.3; Naming Convention 5.4), so this module also says in which part of
//! that structure a block stands. Numbers in eIds are free of language: letters and digits of any script become what
//! English prints, so that all language versions of a resolution have the same eIds.

use hashbrown::HashTable;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use unres_model::{Block, BlockKind, Document, NoteId, Number, NumberStyle};

/// The part of the AKN4UN structure in which a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Masthead: `coverPage`.
    Cover,
    /// Number and title: `preface`.
    Preface,
    /// Enacting formula and preambular paragraphs: `preamble`.
    Preamble,
    /// Operative part: `mainBody`.
    Body,
    /// Closing lines: `conclusions`.
    Conclusions,
    /// An annex, counted from 1: `attachment`.
    Annex(u32),
}

impl Zone {
    /// Whether the document is named there, and its adoption stated.
    pub fn is_head(self) -> bool {
        !matches!(self, Self::Body | Self::Annex(_))
    }
}

/// Where a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The part it stands in.
    pub zone: Zone,
    /// The eId of its element; unique in the document.
    pub eid: String,
    /// A short path for people: `op.5.a.i`, `pre.3`, `annex.1.par.2`; unique in the document.
    pub path: String,
    /// Index of its parent block.
    pub parent: Option<usize>,
    /// Whether its number was already taken in its context, so that its addresses carry `-dup2` …
    pub doubled: bool,
}

/// The addresses of a document, block by block.
#[derive(Clone, Debug, Default)]
pub struct Addresses {
    blocks: Vec<Address>,
}

impl Addresses {
    /// Computes the addresses of all blocks.
    pub fn of(document: &Document) -> Self {
        let zones = zones(&document.blocks);
        let parents = document.parents();
        let mut namer = Namer {
            blocks: &document.blocks,
            heads_items: heads_items(&document.blocks, &parents, &zones),
            first_item: None,
            done: Vec::new(),
            counts: Counts::default(),
            in_paths: Counts::default(),
            used: Names::with_room(2 * document.blocks.len()),
        };
        for ((index, &zone), &parent) in zones.iter().enumerate().zip(&parents) {
            let address = namer.address(index, zone, parent);
            namer.done.push(address);
        }
        Self { blocks: namer.done }
    }

    /// The addresses in the order of the blocks.
    pub fn blocks(&self) -> &[Address] {
        &self.blocks
    }

    /// The eId of a note.
    pub fn note(id: NoteId) -> String {
        format!("authorialNote_{}", id.0)
    }
}

/// A printed number without blanks, brackets, marks and the word before it: what an eId carries when it is in ASCII.
fn cleaned(number: &Number) -> Cow<'_, str> {
    let printed = number.printed.as_str();
    if printed.contains(char::is_whitespace) {
        let solid: String = printed.chars().filter(|c| !c.is_whitespace()).collect();
        return Cow::Owned(bare(&solid).replace('.', "-"));
    }
    let bare = bare(printed);
    if bare.contains('.') { Cow::Owned(bare.replace('.', "-")) } else { Cow::Borrowed(bare) }
}

/// A number without the marks round it and the word before it.
fn bare(number: &str) -> &str {
    let mark = |c| matches!(c, '(' | ')' | '.' | ':' | ';' | '、' | '．' | '-' | '–' | '—' | '’' | '‘');
    let bare = number.trim_matches(mark);
    let words = ["Part", "Section", "Article", "Annex", "Rule"];
    words.iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare)
}

/// Whether the eId of a block can carry its number. Of a number in ASCII it is the number itself, which therefore may hold
/// nothing but letters, digits and hyphens.
pub fn eid_carries(number: &Number) -> bool {
    carries(&cleaned(number))
}

fn carries(cleaned: &str) -> bool {
    !cleaned.is_ascii() || cleaned.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The number of an eId: the printed number when it is in ASCII, else what English prints.
pub(crate) fn number_label(number: &Number) -> Cow<'_, str> {
    label_of(number, cleaned(number))
}

fn label_of<'a>(number: &Number, cleaned: Cow<'a, str>) -> Cow<'a, str> {
    if !cleaned.is_empty() && cleaned.is_ascii() && carries(&cleaned) {
        return cleaned;
    }
    Cow::Owned(match number.style {
        NumberStyle::Decimal | NumberStyle::Bullet => number.ordinal.to_string(),
        NumberStyle::LowerAlpha => letters(number.ordinal, b'a'),
        NumberStyle::UpperAlpha => letters(number.ordinal, b'A'),
        NumberStyle::LowerRoman => roman(number.ordinal).to_lowercase(),
        NumberStyle::UpperRoman => roman(number.ordinal),
    })
}

/// a … z, then aa, bb … as lists of the United Nations go on.
fn letters(ordinal: u32, first: u8) -> String {
    let position = ordinal.max(1) - 1;
    let letter = char::from(first + u8::try_from(position % 26).unwrap_or(0));
    let times = (position / 26 + 1).min(8);
    std::iter::repeat_n(letter, times as usize).collect()
}

fn roman(ordinal: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if ordinal == 0 || ordinal > 3999 {
        return ordinal.to_string();
    }
    let mut rest = ordinal;
    let mut out = String::new();
    for (value, digits) in DIGITS {
        while rest >= value {
            out.push_str(digits);
            rest -= value;
        }
    }
    out
}

/// The zone of each block. Only blocks at the top of the document begin a zone; what hangs under them follows.
fn zones(blocks: &[Block]) -> Vec<Zone> {
    let top: Vec<BlockKind> = blocks.iter().filter(|block| block.depth == 0).map(|block| block.kind).collect();
    let cuts = Cuts::of(&top);
    let mut annexes = 0;
    let mut position = 0;
    let mut zone = Zone::Body;
    let of_block = |block: &Block| {
        if block.depth == 0 {
            annexes += u32::from(block.kind == BlockKind::Annex && position >= cuts.annex);
            zone = cuts.zone(position, annexes);
            position += 1;
        }
        zone
    };
    blocks.iter().map(of_block).collect()
}

/// Where the zones of a document end, counted in blocks at its top.
struct Cuts {
    cover: usize,
    preface: usize,
    preamble: usize,
    body: usize,
    annex: usize,
}

impl Cuts {
    fn of(top: &[BlockKind]) -> Self {
        use BlockKind as K;
        // A zone ends with its last block that is one for certain; unplaced text behind it opens the next zone.
        let run = |from: usize, belongs: fn(K) -> bool| {
            let blocks = top.get(from..).unwrap_or_default();
            let run = blocks.iter().take_while(|kind| belongs(**kind)).count();
            let certain = blocks.iter().take(run).rposition(|kind| *kind != K::Unplaced);
            from + certain.map_or(0, |last| last + 1)
        };
        let preface = run(0, |kind| matches!(kind, K::Masthead | K::Title | K::Adoption | K::VoteList | K::Unplaced));
        let head = top.get(..preface).unwrap_or_default();
        let title = head.iter().position(|kind| *kind != K::Masthead && *kind != K::Unplaced);
        let preamble = run(preface, |kind| matches!(kind, K::EnactingFormula | K::Preambular | K::Unplaced | K::Table));
        let has_formula = top.get(preface..preamble).is_some_and(|kinds| kinds.contains(&K::EnactingFormula));
        let preamble = if has_formula { preamble } else { preface };
        let annex = top.iter().position(|kind| *kind == K::Annex).unwrap_or(top.len()).max(preface);
        Self { cover: title.unwrap_or(preface), preface, preamble, body: Self::body(top, preamble, annex), annex }
    }

    /// The body ends before the last lines that begin with one of adoption and hold nothing but such lines.
    fn body(top: &[BlockKind], from: usize, annex: usize) -> usize {
        use BlockKind as K;
        let rest = top.get(from..annex).unwrap_or_default();
        let is_closing = |kind: &&K| matches!(kind, K::Adoption | K::VoteList | K::Unplaced);
        let closing = annex - rest.iter().rev().take_while(is_closing).count();
        let first = top.get(closing..annex).and_then(|kinds| kinds.iter().position(|kind| *kind == K::Adoption));
        first.map_or(annex, |first| closing + first)
    }

    fn zone(&self, position: usize, annexes: u32) -> Zone {
        match position {
            p if p < self.cover => Zone::Cover,
            p if p < self.preface => Zone::Preface,
            p if p < self.preamble => Zone::Preamble,
            p if p < self.body => Zone::Body,
            p if p < self.annex => Zone::Conclusions,
            _ => Zone::Annex(annexes),
        }
    }
}

/// Which blocks are headings between the items of a list: without number, under what holds a list, and with nothing but items under them. Such a heading
/// belongs to the first of them, as in the files that the United Nations publish.
fn heads_items(blocks: &[Block], parents: &[Option<usize>], zones: &[Zone]) -> Vec<bool> {
    use BlockKind as K;
    let holds_list =
        |kind: K| matches!(kind, K::Operative | K::Item | K::Unnumbered | K::Quotation | K::VoteList | K::Unplaced);
    let of_list = |((block, parent), zone): ((&Block, &Option<usize>), &Zone)| {
        let parent = parent.and_then(|parent| blocks.get(parent));
        let is_heading = block.kind == K::Heading && block.number.is_none() && !block.content.is_empty();
        is_heading && !zone.is_head() && parent.is_some_and(|parent| holds_list(parent.kind))
    };
    let mut heads: Vec<bool> = blocks.iter().zip(parents).zip(zones).map(of_list).collect();
    let mut has_items = vec![false; blocks.len()];
    for (block, parent) in blocks.iter().zip(parents) {
        if let Some(parent) = *parent {
            has_items[parent] = true;
            heads[parent] &= block.kind == K::Item;
        }
    }
    heads.iter().zip(has_items).map(|(heads, has_items)| *heads && has_items).collect()
}

/// Gives names; remembers what was named before.
struct Namer<'a> {
    blocks: &'a [Block],
    /// Which blocks are headings between items.
    heads_items: Vec<bool>,
    /// The eId of the item that comes next, where the heading over it needed it.
    first_item: Option<(String, bool)>,
    done: Vec<Address>,
    /// Counts of what eIds name, and of doubled names.
    counts: Counts,
    /// Counts of what paths name.
    in_paths: Counts,
    used: Names,
}

/// A set of names, one behind the other in one text: there are two for each block.
struct Names {
    letters: String,
    places: HashTable<Range<usize>>,
    hasher: RandomState,
}

impl Names {
    fn with_room(names: usize) -> Self {
        Self { letters: String::new(), places: HashTable::with_capacity(names), hasher: RandomState::new() }
    }

    /// Adds a name; false when it is there already.
    fn insert(&mut self, name: &str) -> bool {
        let Self { letters, places, hasher } = self;
        let hash = hasher.hash_one(name);
        if places.find(hash, |place| letters.get(place.clone()) == Some(name)).is_some() {
            return false;
        }
        let start = letters.len();
        letters.push_str(name);
        places.insert_unique(hash, start..letters.len(), |place| {
            hasher.hash_one(letters.get(place.clone()).unwrap_or_default())
        });
        true
    }
}

/// How many of a kind each context has, by context and name.
#[derive(Default)]
struct Counts(HashMap<String, Vec<(&'static str, u32)>>);

impl Counts {
    /// The count of a kind in a context so far.
    fn get(&self, context: &str, name: &'static str) -> Option<u32> {
        self.0.get(context)?.iter().find(|(known, _)| *known == name).map(|(_, count)| *count)
    }

    /// The next count of a kind in a context, from 1.
    fn next(&mut self, context: &str, name: &'static str) -> u32 {
        // Nearly all contexts are known, and to ask for one costs no copy of its name.
        let Some(kinds) = self.0.get_mut(context) else {
            self.0.insert(context.to_owned(), vec![(name, 1)]);
            return 1;
        };
        if let Some((_, count)) = kinds.iter_mut().find(|(known, _)| *known == name) {
            *count += 1;
            return *count;
        }
        kinds.push((name, 1));
        1
    }

    /// The eId of the next of a kind.
    fn counted(&mut self, context: &str, name: &'static str) -> String {
        let n = self.next(context, name);
        join(context, name, itoa::Buffer::new().format(n))
    }

    /// The eId of the list that an item belongs to: a new one after a sibling that is no item.
    fn list(&mut self, follows_item: bool, context: &str) -> String {
        if follows_item {
            let n = self.get(context, "list").unwrap_or(1);
            join(context, "list", itoa::Buffer::new().format(n))
        } else {
            self.counted(context, "list")
        }
    }

    /// The eId by the printed number where there is one that counts, else by the next count.
    fn numbered(&mut self, block: &Block, context: &str, name: &'static str) -> String {
        let counts = |(number, cleaned): &(&Number, Cow<'_, str>)| {
            let printed = !cleaned.is_empty() && cleaned.is_ascii();
            carries(cleaned) && (printed || number.style != NumberStyle::Bullet)
        };
        let number = block.number.as_ref().map(|number| (number, cleaned(number)));
        match number.filter(counts) {
            Some((number, cleaned)) => join(context, name, &label_of(number, cleaned)),
            None => self.counted(context, name),
        }
    }
}

impl Namer<'_> {
    fn address(&mut self, index: usize, zone: Zone, parent: Option<usize>) -> Address {
        let (eid, doubled) = if let Some(named) = self.first_item.take() {
            named
        } else {
            let eid = match zone {
                Zone::Cover => self.flat(index, "coverPage"),
                Zone::Preface => self.flat(index, "preface"),
                Zone::Conclusions => self.flat(index, "conclusions__container_1"),
                Zone::Preamble => self.preamble(index, parent),
                Zone::Body => self.hierarchical(index, parent, ""),
                Zone::Annex(n) => self.hierarchical(index, parent, &format!("att_{n}")),
            };
            self.unique(eid)
        };
        let path = self.path(index, zone, parent);
        let (path, _) = self.unique(path);
        Address { zone, eid, path, parent, doubled }
    }

    /// The name, or the name with `-dup2`, `-dup3` … when it is taken.
    fn unique(&mut self, name: String) -> (String, bool) {
        if self.used.insert(&name) {
            return (name, false);
        }
        loop {
            let n = self.counts.next(&name, "-dup") + 1;
            let other = format!("{name}-dup{n}");
            if self.used.insert(&other) {
                return (other, true);
            }
        }
    }

    /// A line of text in a part that knows no hierarchy.
    fn flat(&mut self, index: usize, context: &'static str) -> String {
        let name = if self.blocks[index].kind == BlockKind::Table { "table" } else { "p" };
        self.counts.counted(context, name)
    }

    fn preamble(&mut self, index: usize, parent: Option<usize>) -> String {
        let Some(parent) = parent else {
            let name = if self.blocks[index].kind == BlockKind::EnactingFormula { "formula" } else { "container" };
            return self.counts.counted("preamble", name);
        };
        let block = &self.blocks[index];
        let context = &self.done[parent].eid;
        match block.kind {
            BlockKind::Item => {
                let list = self.counts.list(self.follows_item(index, Some(parent)), context);
                self.counts.numbered(block, &list, "item")
            }
            BlockKind::Table => self.counts.counted(context, "table"),
            _ => self.counts.counted(context, "p"),
        }
    }

    fn hierarchical(&mut self, index: usize, parent: Option<usize>, top: &str) -> String {
        use BlockKind as K;
        let block = &self.blocks[index];
        if block.kind == K::Item {
            return self.point(index, self.holder(parent), top);
        }
        if self.heads_items[index] && block.kind == K::Heading {
            let item = self.point(index + 1, parent, top);
            let item = self.unique(item);
            let eid = format!("{}__heading", item.0);
            self.first_item = Some(item);
            return eid;
        }
        let context = context(self.blocks, &self.done, parent, top);
        match block.kind {
            K::Annex if block.depth == 0 => top.to_owned(),
            K::Operative => self.counts.numbered(block, context, "para"),
            K::Section => {
                let name = match block.number.as_ref().map(|number| number.style) {
                    Some(NumberStyle::UpperAlpha) => "title",
                    _ => "sec",
                };
                self.counts.numbered(block, context, name)
            }
            K::Heading | K::Annex => self.counts.numbered(block, context, "dvs"),
            K::EnactingFormula => self.counts.numbered(block, context, "enactingFormula"),
            K::Preambular => match parent.map(|parent| self.blocks[parent].kind) {
                Some(kind) if kind.is_container() && !self.is_attachment(parent) => {
                    self.counts.counted(context, "crossHeading")
                }
                _ => {
                    let holder = self.counts.counted(context, "preamble");
                    self.counts.counted(&holder, "crossHeading")
                }
            },
            K::Table => {
                let holder = self.counts.numbered(block, context, "table");
                let (holder, _) = self.unique(holder);
                join(&holder, "table", "1")
            }
            K::Masthead
            | K::Title
            | K::Adoption
            | K::Item
            | K::Unnumbered
            | K::Quotation
            | K::VoteList
            | K::Unplaced => self.counts.numbered(block, context, "al"),
        }
    }

    fn point(&mut self, index: usize, holder: Option<usize>, top: &str) -> String {
        let follows_item = self.follows_item(index, holder);
        let list = self.counts.list(follows_item, context(self.blocks, &self.done, holder, top));
        self.counts.numbered(&self.blocks[index], &list, "point")
    }

    /// What holds the list of items that hang under a block: headings between them are in that list.
    fn holder(&self, parent: Option<usize>) -> Option<usize> {
        parent.and_then(|parent| if self.heads_items[parent] { self.done[parent].parent } else { Some(parent) })
    }

    fn is_attachment(&self, block: Option<usize>) -> bool {
        block.is_some_and(|block| self.blocks[block].kind == BlockKind::Annex && self.blocks[block].depth == 0)
    }

    /// Whether the sibling before an item is an item too, so that both are in one list.
    fn follows_item(&self, index: usize, holder: Option<usize>) -> bool {
        let before = match holder {
            Some(holder) => {
                let is_sibling = |i: &usize| !self.heads_items[*i] && self.holder(self.done[*i].parent) == Some(holder);
                (holder + 1..index.min(self.done.len())).rev().find(is_sibling)
            }
            None => self.blocks.iter().take(index).rposition(|block| block.depth == 0),
        };
        before.is_some_and(|before| self.blocks[before].kind == BlockKind::Item)
    }

    /// The path for people. Headings without number are left out: numbers of paragraphs run on over them.
    fn path(&mut self, index: usize, zone: Zone, parent: Option<usize>) -> String {
        use BlockKind as K;
        let block = &self.blocks[index];
        let mut holder = parent;
        while holder.is_some_and(|holder| self.blocks[holder].kind == K::Heading) {
            holder = self.done[holder.unwrap_or_default()].parent;
        }
        let annex;
        let context = match (holder, zone) {
            (Some(holder), _) => &self.done[holder].path,
            (None, Zone::Annex(n)) if n > 0 => {
                annex = format!("annex.{n}");
                &annex
            }
            (None, _) => "",
        };
        let number = block.number.as_ref().filter(|number| number.style != NumberStyle::Bullet).map(number_label);
        let dot = |context: &str, name: &str, number: &str| {
            let separator = |before: &str, behind: &str| if before.is_empty() || behind.is_empty() { "" } else { "." };
            [context, separator(context, name), name, separator(name, number), number].concat()
        };
        let key = match block.kind {
            K::Annex if block.depth == 0 => return context.to_owned(),
            K::Title => "title",
            K::EnactingFormula => "formula",
            K::Masthead => "masthead",
            K::Adoption => "adoption",
            K::Preambular => "pre",
            K::Operative => "op",
            K::Section => "sec",
            K::Heading | K::Annex => "head",
            K::Unnumbered => "par",
            K::Quotation => "quote",
            K::Table => "table",
            K::VoteList => "votes",
            K::Unplaced => "unplaced",
            K::Item => {
                let counted = || Cow::Owned(self.in_paths.next(context, "item").to_string());
                return dot(context, &number.unwrap_or_else(counted), "");
            }
        };
        match number {
            Some(number) if holder.is_some_and(|holder| self.blocks[holder].kind == K::Section) && key == "sec" => {
                dot(context, &number, "")
            }
            Some(number) => dot(context, key, &number),
            None => {
                let n = self.in_paths.next(context, key);
                let single = matches!(block.kind, K::Title | K::EnactingFormula) && n == 1;
                if single { dot(context, key, "") } else { dot(context, key, itoa::Buffer::new().format(n)) }
            }
        }
    }
}

/// The eId that what hangs under `parent` begins with. A preambular paragraph in the body is a `crossHeading`, which holds no other block, and a table none
/// either: what hangs under them stands beside them.
fn context<'s>(blocks: &[Block], done: &'s [Address], parent: Option<usize>, top: &'s str) -> &'s str {
    use BlockKind as K;
    let mut parent = parent;
    while let Some(index) = parent {
        if !matches!(blocks[index].kind, K::Preambular | K::Table | K::EnactingFormula) {
            return &done[index].eid;
        }
        parent = done[index].parent;
    }
    top
}

/// The eId of what has a name and a number in a context. One is made for each block, and a copy of the pieces is the quickest way to it.
fn join(context: &str, name: &str, number: &str) -> String {
    let separator = if context.is_empty() { "" } else { "__" };
    [context, separator, name, "_", number].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres_model::{Inline, Text};
    use unres_source::RuleId;

    fn block(kind: BlockKind, depth: u16, number: Option<(&str, u32, NumberStyle)>) -> Block {
        let number = number.map(|(printed, ordinal, style)| Number {
            printed: printed.to_owned(),
            ordinal,
            style,
            spans: Vec::new(),
        });
        Block { depth, number, ..Block::new(kind, RuleId::new("test/rule")) }
    }

    fn check(blocks: Vec<Block>, expected: &[(&str, &str)]) {
        let document = Document { blocks, ..Document::default() };
        let addresses = Addresses::of(&document);
        let found: Vec<_> = addresses.blocks().iter().map(|a| (a.eid.as_str(), a.path.as_str())).collect();
        assert_eq!(found, expected);
    }

    const TITLE: BlockKind = BlockKind::Title;

    #[test]
    fn votes_above_the_formula_stand_in_the_preface() {
        use BlockKind as K;
        let kinds = [TITLE, K::Adoption, K::VoteList, TITLE, K::EnactingFormula];
        check(
            kinds.map(|kind| block(kind, 0, None)).to_vec(),
            &[
                ("preface__p_1", "title"),
                ("preface__p_2", "adoption.1"),
                ("preface__p_3", "votes.1"),
                ("preface__p_4", "title.2"),
                ("preamble__formula_1", "formula"),
            ],
        );
    }

    #[test]
    fn a_resolution_has_the_addresses_of_the_naming_convention() {
        use BlockKind as K;
        use NumberStyle as N;
        check(
            vec![
                block(TITLE, 0, None),
                block(K::EnactingFormula, 0, None),
                block(K::Preambular, 0, None),
                block(K::Preambular, 0, None),
                block(K::Item, 1, Some(("(a)", 1, N::LowerAlpha))),
                block(K::Operative, 0, Some(("1.", 1, N::Decimal))),
                block(K::Item, 1, Some(("(а)", 1, N::LowerAlpha))),
                block(K::Item, 2, Some(("㈡", 2, N::LowerRoman))),
                block(K::Operative, 0, Some(("2 -", 2, N::Decimal))),
                block(K::Adoption, 0, None),
                block(K::Annex, 0, None),
                block(K::Operative, 1, Some(("1.", 1, N::Decimal))),
            ],
            &[
                ("preface__p_1", "title"),
                ("preamble__formula_1", "formula"),
                ("preamble__container_1", "pre.1"),
                ("preamble__container_2", "pre.2"),
                ("preamble__container_2__list_1__item_a", "pre.2.a"),
                ("para_1", "op.1"),
                ("para_1__list_1__point_a", "op.1.a"),
                ("para_1__list_1__point_a__list_1__point_ii", "op.1.a.ii"),
                ("para_2", "op.2"),
                ("conclusions__container_1__p_1", "adoption.1"),
                ("att_1", "annex.1"),
                ("att_1__para_1", "annex.1.op.1"),
            ],
        );
    }

    #[test]
    fn sections_name_their_paragraphs_and_headings_do_not() {
        use BlockKind as K;
        use NumberStyle as N;
        check(
            vec![
                block(K::EnactingFormula, 0, None),
                block(K::Section, 0, Some(("II", 2, N::UpperRoman))),
                block(K::Preambular, 1, None),
                block(K::Heading, 1, None),
                block(K::Operative, 2, Some(("1.", 1, N::Decimal))),
                block(K::Section, 0, Some(("三", 3, N::UpperRoman))),
                block(K::Operative, 1, Some(("1.", 1, N::Decimal))),
                block(K::Operative, 1, Some(("1.", 1, N::Decimal))),
            ],
            &[
                ("preamble__formula_1", "formula"),
                ("sec_II", "sec.II"),
                ("sec_II__crossHeading_1", "sec.II.pre.1"),
                ("sec_II__dvs_1", "sec.II.head.1"),
                ("sec_II__dvs_1__para_1", "sec.II.op.1"),
                ("sec_III", "sec.III"),
                ("sec_III__para_1", "sec.III.op.1"),
                ("sec_III__para_1-dup2", "sec.III.op.1-dup2"),
            ],
        );
    }

    #[test]
    fn a_heading_between_items_belongs_to_the_one_behind_it() {
        use BlockKind as K;
        use NumberStyle as N;
        let text = Text { text: "Bells".to_owned(), spans: Vec::new() };
        let heading = |depth| Block { content: vec![Inline::Text(text.clone())], ..block(K::Heading, depth, None) };
        let letter = |depth, printed, ordinal| block(K::Item, depth, Some((printed, ordinal, N::LowerAlpha)));
        let list = vec![
            block(K::EnactingFormula, 0, None),
            block(K::Operative, 0, Some(("1.", 1, N::Decimal))),
            letter(1, "(a)", 1),
            heading(1),
            letter(2, "(b)", 2),
            letter(2, "(c)", 3),
            heading(1),
            letter(2, "(c)", 3),
            block(K::Table, 1, None),
            letter(1, "(d)", 4),
        ];
        let expected = [
            ("preamble__formula_1", "formula"),
            ("para_1", "op.1"),
            ("para_1__list_1__point_a", "op.1.a"),
            ("para_1__list_1__point_b__heading", "op.1.head.1"),
            ("para_1__list_1__point_b", "op.1.b"),
            ("para_1__list_1__point_c", "op.1.c"),
            ("para_1__list_1__point_c-dup2__heading", "op.1.head.2"),
            ("para_1__list_1__point_c-dup2", "op.1.c-dup2"),
            ("para_1__table_1__table_1", "op.1.table.1"),
            ("para_1__list_2__point_d", "op.1.d"),
        ];
        check(list, &expected);
        // With anything else under it, it groups that.
        let mixed = vec![
            block(K::Operative, 0, Some(("1.", 1, N::Decimal))),
            heading(1),
            letter(2, "(a)", 1),
            block(K::Unnumbered, 2, None),
        ];
        let expected = [
            ("para_1", "op.1"),
            ("para_1__dvs_1", "op.1.head.1"),
            ("para_1__dvs_1__list_1__point_a", "op.1.a"),
            ("para_1__dvs_1__al_1", "op.1.par.1"),
        ];
        check(mixed, &expected);
    }

    #[test]
    fn numbers_of_all_scripts_become_what_english_prints() {
        let label = |printed: &str, ordinal, style| {
            number_label(&Number { printed: printed.to_owned(), ordinal, style, spans: Vec::new() }).into_owned()
        };
        assert_eq!(label("(أ)", 1, NumberStyle::LowerAlpha), "a");
        assert_eq!(label("(أ أ)", 27, NumberStyle::LowerAlpha), "aa");
        assert_eq!(label("十四", 14, NumberStyle::UpperRoman), "XIV");
        assert_eq!(label("12 -", 12, NumberStyle::Decimal), "12");
        assert_eq!(label("2.1", 1, NumberStyle::Decimal), "2-1");
        assert_eq!(label("’1‘", 1, NumberStyle::LowerRoman), "1");
    }
}
