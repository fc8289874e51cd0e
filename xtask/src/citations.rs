//! Citations written down by hand, beside those that the program finds: paragraphs of published files, drawn by a seed and read by people first.

use crate::damage::Dice;
use crate::{accuracy, shared, table};
use anyhow::{Context, bail};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use unres::model::{Basis, Block, BlockKind, Citation, CitedKind, Document, Inline, Pinpoint, plain_text};

/// Paragraphs drawn of each language.
const DRAWN: usize = 25;

/// Arguments of `corpus citations`.
#[derive(Debug, clap::Args)]
pub(crate) struct Citations {
    /// Draw paragraphs by this seed and print them without their links, for somebody to read
    #[arg(long, value_name = "SEED")]
    draw: Option<u64>,
    /// Write the table into docs/accuracy.md
    #[arg(long)]
    write: bool,
}

pub(crate) fn run(args: &Citations) -> anyhow::Result<bool> {
    let shared = shared::required()?;
    if let Some(seed) = args.draw {
        return draw(&shared, seed).map(|()| true);
    }
    let [first, unseen] = [measure(&shared, FIRST)?, measure(&shared, UNSEEN)?];
    if args.write {
        let tables = format!("{}\n{}", first.table("first draw"), unseen.table("second draw"));
        let command = "cargo xtask corpus citations --write";
        crate::corpus::write_between("docs/accuracy.md", command, tables.trim_end())?;
    }
    println!("{}", unseen.table("second draw"));
    Ok(first.is_high())
}

/// Measures, and holds recall and precision to their floors.
pub(crate) fn check(shared: &Path) -> anyhow::Result<bool> {
    Ok(measure(shared, FIRST)?.is_high())
}

/// The paragraphs of the first draw, whose misses may be looked at, and those of the second, which are measured only.
const FIRST: &str = "tests/accuracy/citations.tsv";
const UNSEEN: &str = "tests/accuracy/citations-unseen.tsv";
/// The least recall and precision in each language.
const RECALL: f64 = 0.95;
const PRECISION: f64 = 0.97;

/// A line of the table: a paragraph without citations has one line that says so.
#[derive(Debug, Deserialize)]
struct Line {
    /// Below `corpus/akn`; its second folder is the language.
    file: String,
    unit: String,
    /// That of the text, which shows when the program reads another paragraph there than was read by hand.
    hash: String,
    #[serde(flatten)]
    cited: Option<Written>,
}

/// A citation, by hand or found. Places are counted in characters.
#[derive(Clone, Debug, Deserialize)]
struct Written {
    start: usize,
    length: usize,
    kind: String,
    target: String,
    /// The date printed beside it.
    date: String,
    /// The places meant, between semicolons.
    places: String,
}

impl Written {
    fn is_same(&self, found: &Self) -> bool {
        let apart = self.start + self.length <= found.start || found.start + found.length <= self.start;
        !apart && self.kind == found.kind && self.target == found.target
    }
}

/// What was expected, found, and right in a language.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    expected: usize,
    found: usize,
    right: usize,
    /// Of the right ones, those with the date and the places that stand beside them.
    dated: usize,
    placed: usize,
}

impl Counts {
    fn recall(self) -> f64 {
        share(self.right, self.expected)
    }

    fn precision(self) -> f64 {
        share(self.right, self.found)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    if whole == 0 { 1.0 } else { count(part) / count(whole) }
}

#[derive(Debug, Default)]
struct Measured {
    languages: BTreeMap<String, Counts>,
    /// What was missed, found and not expected, or found with another date or place.
    differences: Vec<String>,
}

impl Measured {
    fn table(&self, draw: &str) -> String {
        let row = |(language, counts): (&String, &Counts)| {
            let shown = [counts.recall(), counts.precision()].map(|share| format!("{share:.4}"));
            let [recall, precision] = shown;
            let [dated, placed] = [counts.dated, counts.placed].map(|part| format!("{:.4}", share(part, counts.right)));
            vec![language.clone(), counts.expected.to_string(), recall, precision, dated, placed]
        };
        let rows: Vec<_> = self.languages.iter().map(row).collect();
        table::markdown(&[draw, "citations", "recall", "precision", "date", "places"], &rows)
    }

    /// Prints what was measured and says whether all languages are at their floors.
    fn is_high(&self) -> bool {
        println!("{}", self.table("first draw"));
        for line in &self.differences {
            println!("  {line}");
        }
        let is_low = |counts: &&Counts| counts.recall() < RECALL || counts.precision() < PRECISION;
        let low = self.languages.values().filter(is_low).count();
        println!("check citations: {low} languages below recall {RECALL} or precision {PRECISION}");
        low == 0
    }

    /// Compares a paragraph's citations.
    fn add(&mut self, place: &str, language: &str, expected: &[Written], found: &[Written]) {
        let counts = self.languages.entry(language.to_owned()).or_default();
        counts.expected += expected.len();
        counts.found += found.len();
        let mut left: Vec<&Written> = found.iter().collect();
        for wanted in expected {
            let Some(at) = left.iter().position(|found| wanted.is_same(found)) else {
                self.differences
                    .push(format!("{place}: missed at {}: {} {}", wanted.start, wanted.kind, wanted.target));
                continue;
            };
            let found = left.swap_remove(at);
            counts.right += 1;
            counts.dated += usize::from(wanted.date == found.date);
            counts.placed += usize::from(wanted.places == found.places);
            for (right, said) in [(&wanted.date, &found.date), (&wanted.places, &found.places)] {
                if right != said {
                    self.differences.push(format!("{place}: at {}: `{said}` instead of `{right}`", wanted.start));
                }
            }
        }
        let extra = left
            .iter()
            .map(|found| format!("{place}: not expected at {}: {} {}", found.start, found.kind, found.target));
        self.differences.extend(extra);
    }
}

/// Runs the program on the paragraphs that were read by hand, in their documents.
fn measure(shared: &Path, table: &str) -> anyhow::Result<Measured> {
    let mut files: BTreeMap<String, BTreeMap<String, Vec<Line>>> = BTreeMap::new();
    for line in csv::ReaderBuilder::new().delimiter(b'\t').from_path(crate::root().join(table))?.deserialize() {
        let line: Line = line?;
        files.entry(line.file.clone()).or_default().entry(line.unit.clone()).or_default().push(line);
    }
    let mut measured = Measured::default();
    for (file, units) in &files {
        let documents = read(file, &std::fs::read(shared.join("corpus/akn").join(file))?)?;
        let document = unlinked(documents.into_iter().next().context("no document")?)?;
        let language = file.split('/').nth(1).unwrap_or_default();
        for (unit, lines) in units {
            let content = content(&document, unit).with_context(|| format!("{file} has no {unit}"))?;
            let hash = format!("{:016x}", accuracy::hash(&text_of(content)));
            if lines.iter().any(|line| line.hash != hash) {
                bail!("{file}, {unit}: another text than the one that was read by hand");
            }
            let expected: Vec<Written> = lines.iter().filter_map(|line| line.cited.clone()).collect();
            measured.add(&format!("{file}, {unit}"), language, &expected, &found(content));
        }
    }
    Ok(measured)
}

/// The document with the citations that the program finds in its text, and not those that the file links.
fn unlinked(mut document: Document) -> anyhow::Result<Document> {
    let cells = |block: &mut Block| block.rows.iter_mut().flatten().for_each(|cell| unlink(&mut cell.content));
    for block in &mut document.blocks {
        unlink(&mut block.content);
        cells(block);
    }
    document.notes.iter_mut().for_each(|note| unlink(&mut note.content));
    let json = unres::export_to_memory(
        &unres::registry(),
        "json",
        &[document],
        &unres::ExportOptions::default(),
        &mut Vec::new(),
    )?;
    read("document.json", &json.bytes(unres::Part::Main))?.into_iter().next().context("no document")
}

/// Makes plain text of links and joins what they cut.
fn unlink(content: &mut Vec<Inline>) {
    let mut plain: Vec<Inline> = Vec::with_capacity(content.len());
    for inline in content.drain(..) {
        let inline = match inline {
            Inline::Citation(citation) => Inline::Text(citation.text),
            Inline::Date(date) => Inline::Text(date.text),
            Inline::Link(link) => Inline::Text(link.text),
            Inline::Name(name) => Inline::Text(name.text),
            inline => inline,
        };
        match (plain.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.text.push_str(&text.text),
            (_, inline) => plain.push(inline),
        }
    }
    *content = plain;
}

/// The content of a unit: `block 12`, `note 3`.
fn content<'a>(document: &'a Document, unit: &str) -> Option<&'a [Inline]> {
    let (kind, index) = unit.split_once(' ')?;
    let index: usize = index.parse().ok()?;
    match kind {
        "block" => Some(&document.blocks.get(index)?.content),
        _ => Some(&document.notes.get(index)?.content),
    }
}

/// The citations of a content.
fn found(content: &[Inline]) -> Vec<Written> {
    let mut start = 0;
    let mut found = Vec::new();
    for inline in content {
        let Some(text) = inline.text() else { continue };
        let length = text.text.chars().count();
        let blank = Written {
            start,
            length,
            kind: String::new(),
            target: String::new(),
            date: String::new(),
            places: String::new(),
        };
        match inline {
            // Nobody was asked to write down meetings.
            Inline::Citation(citation) if citation.kind == CitedKind::Meeting => {}
            Inline::Citation(citation) => found.push(Written {
                kind: citation.kind.name().to_owned(),
                target: citation.symbol.clone(),
                date: printed_date(citation),
                places: citation.pinpoints.iter().map(Pinpoint::shown).collect::<Vec<_>>().join("; "),
                ..blank
            }),
            Inline::Link(link) => {
                found.push(Written { kind: "web".to_owned(), target: link.url.clone(), ..blank });
            }
            _ => {}
        }
        start += length;
    }
    found
}

fn printed_date(citation: &Citation) -> String {
    let date = citation.date.filter(|date| date.basis == Basis::Printed);
    date.map(|date| date.value.to_string()).unwrap_or_default()
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
