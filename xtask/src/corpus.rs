//! Scoring of converted documents.

use crate::{shared, table};
use anyhow::Context;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use unres::ReadOptions;

/// Arguments of `corpus score`.
#[derive(Debug, clap::Args)]
pub(crate) struct Score {
    /// Styles of text to score, separated by commas; docx for Word documents
    #[arg(long, value_delimiter = ',', default_value = "seed,layout,pdftotext,docx")]
    styles: Vec<String>,
    /// Keep the converted files in this folder, each style in a folder of its own
    #[arg(long)]
    keep: Option<PathBuf>,
    /// Write the table into docs/accuracy.md
    #[arg(long)]
    write: bool,
}

impl Score {
    /// Scores one style and leaves the converted files in the folder of that name in `folder`.
    pub(crate) fn keeping(folder: &Path, style: &str) -> Self {
        Self { styles: vec![style.to_owned()], keep: Some(folder.to_owned()), write: false }
    }
}

/// The least share of the ceiling that paragraph F1 must reach in each language; none where a style is only watched.
fn floor(style: &str) -> Option<f64> {
    match style {
        "seed" => Some(0.92),
        "docx" => Some(0.99),
        _ => None,
    }
}

/// The measures shown, by their name in the scorer's output.
const MEASURES: [(&str, &str); 9] = [
    ("paragraph_f1", "paragraph F1"),
    ("paragraph_f1_pooled", "pooled"),
    ("label", "number"),
    ("level", "level"),
    ("footnote_unit", "note calls"),
    ("opening", "opening"),
    ("table_cells", "tables"),
    ("meta_core", "core metadata"),
    ("conservation", "conservation"),
];

/// Converts the rendered documents of seed style, scores them with the shared scorer and prints a table by language beside the
/// ceiling: what the text itself still holds.
pub(crate) fn score(args: &Score) -> anyhow::Result<bool> {
    let shared = shared::required()?;
    let scratch = tempfile::tempdir()?;
    let out = args.keep.clone().unwrap_or_else(|| scratch.path().to_owned());
    let mut page = String::new();
    let mut good = true;
    for style in &args.styles {
        let scores = score_style(&shared, &out.join(style), style)?;
        let floor = floor(style).unwrap_or(0.0);
        good &= scores.groups.values().all(|group| group.share_of_ceiling() >= floor);
        let table = format!("Style `{style}`:\n\n{}\n", accuracy_table(&scores));
        println!("{table}");
        page.push_str(&table);
    }
    if args.write {
        write_accuracy(page.trim_end())?;
    }
    Ok(good)
}

/// The scores of one text style.
pub(crate) struct Scores {
    /// By language; `all` holds the means.
    groups: BTreeMap<String, Group>,
}

struct Group {
    measures: BTreeMap<String, f64>,
    ceiling: f64,
}

impl Group {
    fn share_of_ceiling(&self) -> f64 {
        self.measures.get("paragraph_f1").copied().unwrap_or(0.0) / self.ceiling
    }
}

/// Converts all rendered texts of a style into `out` and scores them.
pub(crate) fn score_style(shared: &Path, out: &Path, style: &str) -> anyhow::Result<Scores> {
    let gold = shared.join("corpus/rendered");
    convert_rendered(&gold, out, style)?;
    let tools = shared.join("tools/score");
    let python = shared::python();
    let flag = |name: &'static str| Path::new(name);
    let score = tools.join("score.py");
    let scored = shared::output(&python, &[&score, flag("--gold"), &gold, flag("--out"), out])?;
    // An office document holds all of the text.
    let ceilings = if is_text(style) {
        let ceiling = tools.join("ceiling.py");
        shared::output(&python, &[&ceiling, flag("--gold"), &gold, flag("--style"), Path::new(style)])?
    } else {
        String::new()
    };
    let ceilings: BTreeMap<String, f64> = groups(&ceilings)
        .into_iter()
        .filter_map(|(language, group)| Some((language, group.get("units")?.as_f64()?)))
        .collect();
    let group = |(language, values): (String, Value)| {
        let ceiling = ceilings.get(&language).copied().unwrap_or(1.0);
        let measures = values.as_object().into_iter().flatten();
        let measures = measures.filter_map(|(name, value)| Some((name.clone(), value.as_f64()?))).collect();
        (language, Group { measures, ceiling })
    };
    Ok(Scores { groups: groups(&scored).into_iter().map(group).collect() })
}

/// The lines of a scorer's output that are JSON, by their group.
fn groups(output: &str) -> Vec<(String, Value)> {
    let values = output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    values.filter_map(|value| Some((value.get("group")?.as_str()?.to_owned(), value))).collect()
}

/// The end of the names of the files of a style: `NAME.STYLE.txt`, and `NAME.docx` for the style of that name.
fn suffix(style: &str) -> String {
    if is_text(style) { format!(".{style}.txt") } else { format!(".{style}") }
}

/// Whether a style is one of text, with a file format of its own otherwise.
fn is_text(style: &str) -> bool {
    !["docx", "pdf"].contains(&style)
}

/// Converts the files of a style to `NAME.xml`.
fn convert_rendered(gold: &Path, out: &Path, style: &str) -> anyhow::Result<()> {
    std::fs::create_dir_all(out)?;
    let suffix = suffix(style);
    let registry = unres::registry();
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(stem) = name.strip_suffix(&suffix) else { continue };
        let bytes = std::fs::read(&path)?;
        let reading = unres::read(&unres::Input { name, bytes: &bytes }, &ReadOptions::default())
            .with_context(|| name.to_owned())?;
        let mut findings = Vec::new();
        let target = unres::export_to_memory(
            &registry,
            "akn",
            &reading.documents,
            &unres::ExportOptions::default(),
            &mut findings,
        )?;
        std::fs::write(out.join(format!("{stem}.xml")), target.bytes(unres::Part::Main))?;
    }
    Ok(())
}

fn accuracy_table(scores: &Scores) -> String {
    let mut header = vec!["language", "ceiling", "F1 / ceiling"];
    header.extend(MEASURES.iter().map(|(_, title)| *title));
    let rows: Vec<Vec<String>> = scores
        .groups
        .iter()
        .map(|(language, group)| {
            let mut row =
                vec![language.clone(), format!("{:.4}", group.ceiling), format!("{:.4}", group.share_of_ceiling())];
            let measure = |name: &str| group.measures.get(name).map_or("–".to_owned(), |value| format!("{value:.4}"));
            row.extend(MEASURES.iter().map(|(name, _)| measure(name)));
            row
        })
        .collect();
    table::markdown(&header, &rows)
}

/// Puts the table between the marks in docs/accuracy.md.
fn write_accuracy(table: &str) -> anyhow::Result<()> {
    const BEGIN: &str = "<!-- begin: cargo xtask corpus score --write -->\n";
    const END: &str = "<!-- end -->";
    let path = crate::root().join("docs/accuracy.md");
    let page = std::fs::read_to_string(&path)?;
    let (before, rest) = page.split_once(BEGIN).context("docs/accuracy.md lacks the mark where the table begins")?;
    let (_, after) = rest.split_once(END).context("docs/accuracy.md lacks the mark where the table ends")?;
    std::fs::write(path, format!("{before}{BEGIN}\n{table}\n{END}{after}"))?;
    Ok(())
}
