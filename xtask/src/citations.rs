//! Citations written down by hand, beside those that the program finds: paragraphs of published files, drawn by a seed and read by people first.

use crate::damage::Dice;
use crate::shared;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unres::model::{Block, BlockKind, Document, Inline, plain_text};

/// Paragraphs drawn of each language.
const DRAWN: usize = 25;

/// Arguments of `corpus citations`.
#[derive(Debug, clap::Args)]
pub(crate) struct Citations {
    /// Draw paragraphs by this seed and print them without their links, for somebody to read
    #[arg(long, value_name = "SEED")]
    draw: Option<u64>,
}

pub(crate) fn run(args: &Citations) -> anyhow::Result<bool> {
    let shared = shared::required()?;
    if let Some(seed) = args.draw {
        return draw(&shared, seed).map(|()| true);
    }
    Ok(true)
}

/// A paragraph, by where it stands: `block 12` or `note 3` of a file, counted from 0.
struct Paragraph {
    file: String,
    unit: String,
    text: String,
}

/// Prints paragraphs of each language: file, unit, text. Documents that accuracy is measured on are left out, since their links were looked at.
fn draw(shared: &Path, seed: u64) -> anyhow::Result<()> {
    let rendered = rendered(shared)?;
    let folder = shared.join("corpus/akn");
    let mut languages: BTreeMap<String, Vec<Paragraph>> = BTreeMap::new();
    for path in shared::files(&folder, "xml")? {
        let file = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
        // Few files cannot be read; nothing is to be drawn of them.
        let Ok(documents) = read(&file, &std::fs::read(&path)?) else { continue };
        let Some(document) = documents.first() else { continue };
        let symbol = document.meta.symbol.as_ref().map_or("", |symbol| symbol.value.as_str());
        let Some(language) = document.meta.language.clone() else { continue };
        if rendered.contains(number(symbol)) {
            continue;
        }
        languages.entry(language).or_default().extend(with_digits(&file, document));
    }
    for (language, mut paragraphs) in languages.into_iter().filter(|(_, paragraphs)| paragraphs.len() >= DRAWN) {
        let mut dice = Dice::new(seed);
        for _ in 0..DRAWN {
            let Paragraph { file, unit, text } = paragraphs.swap_remove(dice.below(paragraphs.len()));
            println!("{language}\t{file}\t{unit}\t{text}");
        }
    }
    Ok(())
}

/// The symbols of the rendered documents, without the letters of parts.
fn rendered(shared: &Path) -> anyhow::Result<BTreeSet<String>> {
    let path = shared.join("corpus/rendered/INDEX.tsv");
    let index = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let symbols = index.lines().skip(1).filter_map(|line| line.split('\t').nth(1));
    Ok(symbols.map(|symbol| number(symbol).to_owned()).collect())
}

/// A symbol without the letters of parts behind it.
fn number(symbol: &str) -> &str {
    symbol.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == ' ' || c == '-')
}

/// The documents of a file, as the program reads it.
fn read(file: &str, bytes: &[u8]) -> anyhow::Result<Vec<Document>> {
    let reading = unres::read(&unres::Input { name: file, bytes }, &unres::ReadOptions::default());
    Ok(reading.with_context(|| file.to_owned())?.documents)
}

/// The paragraphs and notes in which a digit stands: of the others hardly any cites.
fn with_digits<'a>(file: &'a str, document: &'a Document) -> impl Iterator<Item = Paragraph> + 'a {
    let blocks = document.blocks.iter().enumerate().filter(|(_, block)| is_text(block));
    let blocks = blocks.map(|(index, block)| (format!("block {index}"), block.content.as_slice()));
    let notes =
        document.notes.iter().enumerate().map(|(index, note)| (format!("note {index}"), note.content.as_slice()));
    let paragraphs = blocks.chain(notes).map(|(unit, content)| (unit, text_of(content)));
    let has_digit = |(_, text): &(String, String)| text.contains(char::is_numeric);
    paragraphs.filter(has_digit).map(|(unit, text)| Paragraph { file: file.to_owned(), unit, text })
}

/// Whether a block is running text, not a line of the head or the end.
fn is_text(block: &Block) -> bool {
    !matches!(
        block.kind,
        BlockKind::Masthead | BlockKind::Title | BlockKind::Adoption | BlockKind::Unplaced | BlockKind::Table
    )
}

/// The text of a paragraph without the calls of its notes.
fn text_of(content: &[Inline]) -> String {
    plain_text(content).into_owned()
}
