//! The language versions of the shared files of Akoma Ntoso side by side: how many paragraphs stand beside their translations.

use crate::outputs;
use std::collections::{BTreeMap, BTreeSet};
use unres::model::{Block, BlockKind, Document};
use unres::{Addresses, Row, align};

/// The least share of paragraphs that stand beside their translations.
const FLOOR: f64 = 0.99;
/// The official languages.
const LANGUAGES: usize = 6;

/// Aligns each symbol that is there in all languages, and names the paragraphs that are beside another one. Where all languages have as many
/// paragraphs, translations are those that come at the same place: a truth that owes nothing to the alignment.
pub(crate) fn check() -> bool {
    let documents = outputs::documents(&outputs::published("corpus"));
    let (mut symbols, mut equal) = (0, 0);
    let (mut paragraphs, mut aligned) = (0, 0);
    for (symbol, versions) in in_all_languages(&documents) {
        symbols += 1;
        let counts: BTreeSet<usize> = versions.iter().map(|version| places(version).count()).collect();
        if counts.len() != 1 {
            println!("  {symbol}: the languages have {counts:?} paragraphs, not compared");
            continue;
        }
        equal += 1;
        let result = Alignment::of(&versions);
        paragraphs += result.paragraphs;
        aligned += result.paragraphs - result.odd.len();
        for path in result.odd {
            println!("  {symbol} {path}: not beside its translations");
        }
    }
    let share = f64::from(u32_of(aligned)) / f64::from(u32_of(paragraphs).max(1));
    println!(
        "check corpus: {aligned} of {paragraphs} paragraphs beside their translations ({share:.4}), \
         in {equal} of {symbols} symbols with {LANGUAGES} languages: those with equal counts"
    );
    equal > 0 && share >= FLOOR
}

fn u32_of(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The documents that are there once in each language, by symbol.
fn in_all_languages(documents: &[Document]) -> BTreeMap<&str, Vec<&Document>> {
    let mut by_symbol: BTreeMap<&str, Vec<&Document>> = BTreeMap::new();
    for document in documents {
        if let Some(symbol) = &document.meta.symbol {
            by_symbol.entry(&symbol.value).or_default().push(document);
        }
    }
    by_symbol.retain(|_, versions| {
        let languages: BTreeSet<_> = versions.iter().map(|version| &version.meta.language).collect();
        versions.len() == LANGUAGES && languages.len() == LANGUAGES
    });
    by_symbol
}

/// Where the paragraphs of a document stand among its blocks.
fn places(document: &Document) -> impl Iterator<Item = usize> {
    document.blocks.iter().enumerate().filter(|(_, block)| is_paragraph(block)).map(|(place, _)| place)
}

/// Whether a block is a paragraph, and neither a part of the frame nor a heading.
fn is_paragraph(block: &Block) -> bool {
    match block.kind {
        BlockKind::Preambular | BlockKind::Operative | BlockKind::Item | BlockKind::Unnumbered => true,
        BlockKind::Masthead
        | BlockKind::Title
        | BlockKind::Adoption
        | BlockKind::EnactingFormula
        | BlockKind::Section
        | BlockKind::Heading
        | BlockKind::Quotation
        | BlockKind::Table
        | BlockKind::Annex
        | BlockKind::VoteList
        | BlockKind::Unplaced => false,
    }
}

/// How the paragraphs of a document, as many in each version, were put together.
struct Alignment {
    paragraphs: usize,
    /// The paths, in the first version, of those that do not stand beside the paragraphs of the same place in the others.
    odd: Vec<String>,
}

impl Alignment {
    fn of(versions: &[&Document]) -> Self {
        let mut places: Vec<Vec<usize>> = Vec::new();
        for version in versions {
            for (number, place) in self::places(version).enumerate() {
                places.resize_with(places.len().max(number + 1), Vec::new);
                places[number].push(place);
            }
        }
        let rows: BTreeSet<Vec<Option<usize>>> = align(versions).into_iter().map(|Row { blocks }| blocks).collect();
        let is_odd = |places: &&Vec<usize>| !rows.contains(&places.iter().copied().map(Some).collect::<Vec<_>>());
        let addresses = versions.first().map(|first| Addresses::of(first));
        let path = |places: &Vec<usize>| {
            let block = addresses.as_ref().and_then(|addresses| addresses.blocks().get(*places.first()?));
            block.map(|address| address.path.clone()).unwrap_or_default()
        };
        Self { paragraphs: places.len(), odd: places.iter().filter(is_odd).map(path).collect() }
    }
}
