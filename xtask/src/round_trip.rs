//! Published files through the program: what their strict and their published form keep of them.

use crate::{shared, table};
use anyhow::Context;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use unres::{Diagnostic, ExportOptions, Input, Part, ReadOptions};

/// The least F1 of paragraphs in each language.
const FLOOR: f64 = 0.995;
/// The least share of files without repairs whose published form has the units and the shape of the source.
const PUBLISHED_FLOOR: f64 = 0.99;
/// Repairs that give words a meaning, or group what the published form has side by side: the shape of a file stays what it was.
const MARKS: [&str; 3] = ["repair/formula-organ", "repair/number-line", "repair/heading-groups"];
/// Kinds of differences that are shown.
const SHOWN: usize = 12;

/// What a corpus became, in folders of the same shape.
pub(crate) struct Forms {
    folder: tempfile::TempDir,
    /// The strict files.
    pub(crate) strict: Vec<PathBuf>,
    /// The published files.
    pub(crate) published: Vec<PathBuf>,
    /// The files whose markup had to be repaired, by rule.
    repaired: BTreeMap<String, BTreeSet<String>>,
    /// Strict files that are not the same after they were read.
    changed: Vec<String>,
}

/// Writes both forms of each file of Akoma Ntoso, and the strict one again from what was read of it.
pub(crate) fn write(shared: &Path) -> anyhow::Result<Forms> {
    let source = shared.join("corpus/akn");
    let files = benches::files(&source, ".xml");
    let folder = tempfile::tempdir()?;
    let mut forms =
        Forms { strict: Vec::new(), published: Vec::new(), repaired: BTreeMap::new(), changed: Vec::new(), folder };
    let mut options = ExportOptions::default();
    options.set("profile", "published");
    for file in files {
        let name = file.strip_prefix(&source)?.to_owned();
        let mut findings = Vec::new();
        let strict = convert(&name, &std::fs::read(&file)?, &ExportOptions::default(), &mut findings)?;
        let published = convert(&name, &std::fs::read(&file)?, &options, &mut Vec::new())?;
        let again = convert(&name, &strict, &ExportOptions::default(), &mut Vec::new())?;
        if again != strict {
            forms.changed.push(name.display().to_string());
        }
        for finding in &findings {
            if finding.rule.as_str().starts_with("akn/no-") {
                continue;
            }
            let of_rule = forms.repaired.entry(finding.rule.as_str().to_owned()).or_default();
            of_rule.insert(name.display().to_string());
        }
        forms.strict.push(keep(&forms.folder.path().join("strict").join(&name), &strict)?);
        forms.published.push(keep(&forms.folder.path().join("published").join(&name), &published)?);
    }
    Ok(forms)
}

fn convert(
    name: &Path,
    bytes: &[u8],
    options: &ExportOptions,
    findings: &mut Vec<Diagnostic>,
) -> anyhow::Result<Vec<u8>> {
    let input = Input { name: &name.to_string_lossy(), bytes };
    let mut reading = unres::read(&input, &ReadOptions::default()).with_context(|| name.display().to_string())?;
    findings.append(&mut reading.diagnostics);
    let registry = unres::registry();
    let target = unres::export_to_memory(&registry, "akn", &reading.documents, options, &mut Vec::new())?;
    Ok(target.bytes(Part::Main))
}

fn keep(path: &Path, bytes: &[u8]) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(path.parent().unwrap_or(path))?;
    std::fs::write(path, bytes)?;
    Ok(path.to_owned())
}

/// Compares the forms with their source and prints what docs/akn.md shows.
pub(crate) fn check(shared: &Path, forms: &Forms) -> anyhow::Result<bool> {
    let script = crate::root().join("xtask/round_trip.py");
    let (strict, published) = (forms.folder.path().join("strict"), forms.folder.path().join("published"));
    let (tools, source) = (shared.join("tools/score"), shared.join("corpus/akn"));
    let output = shared::output(&shared::python(), &[&script, &tools, &source, &strict, &published])?;
    let results: Vec<Value> = output.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;

    let mut languages: BTreeMap<String, Measures> = BTreeMap::new();
    for result in &results {
        let language = result["language"].as_str().unwrap_or_default();
        languages.entry(language.to_owned()).or_default().add(result);
    }
    let rows: Vec<Vec<String>> = languages.iter().map(|(language, measures)| measures.row(language)).collect();
    println!("{}", table::markdown(&HEADER, &rows));
    let good = languages.values().all(|measures| measures.units.f1() >= FLOOR && measures.characters.is_whole());

    println!("repairs, by files:");
    for (rule, files) in &forms.repaired {
        println!("  {rule}: {}", files.len());
    }
    println!("strict → model → strict: {} of {} files changed", forms.changed.len(), forms.strict.len());
    for name in forms.changed.iter().take(10) {
        println!("  {name}");
    }
    let same = published_share(forms, &results) >= PUBLISHED_FLOOR;
    Ok(good && forms.changed.is_empty() && same)
}

/// Prints and gives the share of files without repairs that come back in their own form.
fn published_share(forms: &Forms, results: &[Value]) -> f64 {
    let is_repair = |rule: &String| !MARKS.contains(&rule.as_str());
    let repaired: BTreeSet<&String> =
        forms.repaired.iter().filter(|(rule, _)| is_repair(rule)).flat_map(|(_, files)| files).collect();
    let name = |result: &Value| result["name"].as_str().unwrap_or_default().to_owned();
    let sound: Vec<&Value> = results.iter().filter(|result| !repaired.contains(&name(result))).collect();
    let units = |result: &&&Value| Counts::of(&result["published"]).is_whole();
    let shape = |result: &&&Value| result["same"] == Value::Bool(true);
    let same = sound.iter().filter(units).filter(shape).count();
    println!(
        "published → model → published: {same} of {} files without repairs have the same units and shape \
         ({} the same units, {} the same shape); of all {}, {} and {}",
        sound.len(),
        sound.iter().filter(units).count(),
        sound.iter().filter(shape).count(),
        results.len(),
        results.iter().collect::<Vec<_>>().iter().filter(units).count(),
        results.iter().collect::<Vec<_>>().iter().filter(shape).count(),
    );
    let mut kinds: BTreeMap<String, (usize, u64)> = BTreeMap::new();
    for (kind, count) in sound.iter().filter_map(|result| result["differences"].as_object()).flatten() {
        let (files, all) = kinds.entry(kind.clone()).or_default();
        *files += 1;
        *all += count.as_u64().unwrap_or(0);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, (files, _))| std::cmp::Reverse(*files));
    for (kind, (files, count)) in kinds.into_iter().take(SHOWN) {
        println!("  {kind}: {count} in {files} files");
    }
    let part = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    part(same) / part(sound.len().max(1))
}

const HEADER: [&str; 6] =
    ["language", "files", "paragraph F1", "as the scorer reads calls", "characters kept", "characters added"];

/// What two sides share, and how much each has.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    both: u64,
    source: u64,
    ours: u64,
}

impl Counts {
    fn of(value: &Value) -> Self {
        let at = |index: usize| value[index].as_u64().unwrap_or(0);
        Self { both: at(0), source: at(1), ours: at(2) }
    }

    fn add(&mut self, other: Self) {
        self.both += other.both;
        self.source += other.source;
        self.ours += other.ours;
    }

    fn is_whole(self) -> bool {
        self.both == self.source && self.both == self.ours
    }

    fn f1(self) -> f64 {
        share(2 * self.both, self.source + self.ours)
    }
}

#[allow(clippy::cast_precision_loss)] // counts of characters are far below 2^52
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The measures of one language.
#[derive(Default)]
struct Measures {
    files: usize,
    plain: Counts,
    units: Counts,
    characters: Counts,
}

impl Measures {
    fn add(&mut self, result: &Value) {
        self.files += 1;
        self.plain.add(Counts::of(&result["plain"]));
        self.units.add(Counts::of(&result["units"]));
        self.characters.add(Counts::of(&result["characters"]));
    }

    fn row(&self, language: &str) -> Vec<String> {
        let Counts { both, source, ours } = self.characters;
        vec![
            language.to_owned(),
            self.files.to_string(),
            format!("{:.4}", self.units.f1()),
            format!("{:.4}", self.plain.f1()),
            format!("{:.5}", share(both, source)),
            (ours - both).to_string(),
        ]
    }
}
