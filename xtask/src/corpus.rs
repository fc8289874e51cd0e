//! Scoring of converted documents.

use crate::accuracy::{Scores, Side};
use crate::baseline::Baseline;
use crate::shared;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use unres::ReadOptions;

/// The styles of the rendered documents: of text that programs take out of PDFs, and the files themselves.
const STYLES: &str = "seed,layout,pdftotext,docx,pdf";

/// The folder of the converted files in the form of the published ones.
const PUBLISHED: &str = "published";

/// Arguments of `corpus score`.
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools)] // each is a switch of the command line
pub(crate) struct Score {
    /// Styles to score, separated by commas; docx for Word documents, pdf for PDFs
    #[arg(long, value_delimiter = ',', default_value = STYLES)]
    styles: Vec<String>,
    /// Score the rendered documents of this folder instead of the shared ones, which have no floors
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["write", "check", "bless", "worst", "links"])]
    gold: Option<PathBuf>,
    /// Keep the converted files in this folder, each style in a folder of its own
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Write the tables into docs/accuracy.md
    #[arg(long)]
    write: bool,
    /// Show this many paragraphs that cost most, what was expected beside what was found; open documents only
    #[arg(long, value_name = "COUNT")]
    worst: Option<usize>,
    /// Show the links that were missed or that nobody expected; open documents only
    #[arg(long)]
    links: bool,
    /// With --worst or --links, only documents whose name begins so
    #[arg(long, value_name = "NAME")]
    of: Option<String>,
    /// Fail when a measure lies below its floor in tests/accuracy/baseline.toml
    #[arg(long)]
    check: bool,
    /// Raise the floors to what is measured
    #[arg(long)]
    bless: bool,
}

impl Score {
    /// Holds all styles to their floors and leaves the converted files in `folder`, each style in a folder of its own.
    pub(crate) fn checking(folder: &Path) -> Self {
        Self {
            styles: STYLES.split(',').map(str::to_owned).collect(),
            gold: None,
            keep: Some(folder.to_owned()),
            write: false,
            worst: None,
            links: false,
            of: None,
            check: true,
            bless: false,
        }
    }
}

/// Converts the rendered documents, scores them with the shared scorer, and prints tables by language beside the ceiling: what the text
/// itself still holds.
pub(crate) fn score(args: &Score) -> anyhow::Result<bool> {
    let shared = shared::required()?;
    let gold = args.gold.clone().unwrap_or_else(|| shared.join("corpus/rendered"));
    let opened = args.opened(&gold)?;
    let scratch = tempfile::tempdir()?;
    let out = args.keep.clone().unwrap_or_else(|| scratch.path().to_owned());
    let mut baseline = Baseline::load()?;
    let (mut page, mut breaches, mut raised) = (String::new(), Vec::new(), 0);
    for style in &args.styles {
        let out = out.join(style);
        convert_rendered(&gold, &out, style)?;
        let scores = Scores::of(&shared, &gold, &out, style, &opened)?;
        let tables = scores.tables();
        println!("{tables}");
        if let Some(most) = args.worst {
            println!("{}", scores.worst(most));
        }
        if args.links {
            println!("{}", scores.links());
        }
        page.push_str(&tables);
        if args.gold.is_none() {
            breaches.extend(baseline.breaches(&scores));
        }
        if args.bless {
            raised += baseline.raise(&scores);
        }
    }
    if args.write {
        write_between("docs/accuracy.md", "cargo xtask corpus score --write", page.trim_end())?;
    }
    if args.bless {
        baseline.save()?;
        println!("{raised} floors raised");
    }
    if args.gold.is_some() {
        return Ok(true);
    }
    println!("{} measures lie below their floor", breaches.len());
    for breach in &breaches {
        println!("  {breach}");
    }
    Ok(breaches.is_empty() || !args.check)
}

impl Score {
    /// The documents whose paragraphs or links are shown: none without `--worst` or `--links`, and never a shut one.
    fn opened(&self, gold: &Path) -> anyhow::Result<Vec<String>> {
        if self.worst.is_none() && !self.links {
            if let Some(of) = &self.of {
                bail!("--of {of} goes with --worst or --links");
            }
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for entry in std::fs::read_dir(gold)? {
            let file = entry?.file_name();
            let name = file.to_str().and_then(|file| file.strip_suffix(".gold.json"));
            names.extend(name.filter(|name| self.of.as_ref().is_none_or(|of| name.starts_with(of))).map(str::to_owned));
        }
        let (open, shut): (Vec<_>, Vec<_>) = names.into_iter().partition(|name| Side::of(name) == Side::Open);
        if open.is_empty() {
            let found =
                if shut.is_empty() { "no document has that name" } else { "it is shut: scored, and never opened" };
            bail!("{}: {found}", self.of.as_deref().unwrap_or_default());
        }
        Ok(open)
    }
}

/// The end of the names of the files of a style: `NAME.STYLE.txt`, and `NAME.docx` for the style of that name.
fn suffix(style: &str) -> String {
    if is_text(style) { format!(".{style}.txt") } else { format!(".{style}") }
}

/// Whether a style is one of text, with a file format of its own otherwise.
fn is_text(style: &str) -> bool {
    !["docx", "pdf"].contains(&style)
}

/// Converts the files of a style to `NAME.xml`, and in the folder [`PUBLISHED`] to the form of the published files.
fn convert_rendered(gold: &Path, out: &Path, style: &str) -> anyhow::Result<()> {
    let published = out.join(PUBLISHED);
    std::fs::create_dir_all(&published)?;
    let suffix = suffix(style);
    let registry = unres::registry();
    let plain = unres::ExportOptions::default();
    let mut as_published = unres::ExportOptions::default();
    as_published.set("profile", "published");
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(&suffix) else { continue };
        let bytes = std::fs::read(&path)?;
        let reading = unres::read(&unres::Input { name, bytes: &bytes }, &ReadOptions::default())
            .with_context(|| name.to_owned())?;
        for (folder, options) in [(out, &plain), (&published, &as_published)] {
            let mut findings = Vec::new();
            let target = unres::export_to_memory(&registry, "akn", &reading.documents, options, &mut findings)?;
            std::fs::write(folder.join(format!("{stem}.xml")), target.bytes(unres::Part::Main))?;
        }
    }
    Ok(())
}

/// Puts a table between the marks in a page: a comment that names the command, and one that says where it ends.
pub(crate) fn write_between(page: &str, command: &str, table: &str) -> anyhow::Result<()> {
    const END: &str = "<!-- end -->";
    let begin = format!("<!-- begin: {command} -->\n");
    let path = crate::root().join(page);
    let text = std::fs::read_to_string(&path)?;
    let (before, rest) =
        text.split_once(&begin).with_context(|| format!("{page} lacks the mark `{}`", begin.trim()))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{page} lacks the mark where the table ends"))?;
    std::fs::write(path, format!("{before}{begin}\n{table}\n{END}{after}"))?;
    Ok(())
}
