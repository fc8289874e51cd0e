//! What a change of rules changed: converted documents beside those that an earlier build made, grouped by rule.

use crate::accuracy::Side;
use crate::convert::convert_folder;
use crate::{shared, table};
use anyhow::{Context, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use unres::model::{Block, Document, Note, plain_text};
use unres::{Input, ReadOptions};
use unres_batch::Plan;

/// Arguments of `corpus diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// Folder that an earlier build wrote: `cargo xtask corpus convert INPUT BASE --to json`
    base: PathBuf,
    /// Folder that it read then, and that is read again
    input: PathBuf,
    /// Extensions of the files to read, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "txt,pdf,docx,html,htm,xml")]
    extensions: Vec<String>,
    /// Show this many changes for each pair of rules; of shut documents none
    #[arg(long, default_value_t = 3, value_name = "COUNT")]
    examples: usize,
}

/// A block or note that is not what it was.
struct Change {
    file: String,
    before: Option<Shown>,
    after: Option<Shown>,
}

/// What is compared of a block or note.
#[derive(Clone, PartialEq)]
struct Shown {
    rule: String,
    kind: String,
    number: String,
    depth: u16,
    text: String,
}

/// Prints the changes by the rule before and the rule after. Always true: a change is no fault.
pub(crate) fn run(args: &Diff) -> anyhow::Result<bool> {
    let scratch = tempfile::tempdir()?;
    let plan = Plan { files: vec!["json".to_owned()], ..Plan::default() };
    convert_folder(&args.input, scratch.path(), &args.extensions, plan)?;
    let (old, new) = (names(&args.base)?, names(scratch.path())?);
    if old.is_disjoint(&new) {
        bail!("{} holds no outputs of {}", args.base.display(), args.input.display());
    }
    let mut changes = Vec::new();
    for name in old.union(&new) {
        changes.extend(changes_in(name, &args.base.join(name), &scratch.path().join(name))?);
    }
    println!("{} files before, {} now, {} changes\n", old.len(), new.len(), changes.len());
    print_groups(&changes, args.examples);
    Ok(true)
}

/// The files of JSON in a folder, relative to it.
fn names(root: &Path) -> anyhow::Result<BTreeSet<PathBuf>> {
    let mut names = BTreeSet::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = root.join(&folder);
        for entry in std::fs::read_dir(&path).with_context(|| path.display().to_string())? {
            let entry = entry?;
            let name = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(name);
            } else if name.extension().is_some_and(|extension| extension == "json") {
                names.insert(name);
            }
        }
    }
    Ok(names)
}

fn changes_in(name: &Path, old: &Path, new: &Path) -> anyhow::Result<Vec<Change>> {
    let (old, new) = (documents(old)?, documents(new)?);
    let nothing = Document::default();
    let mut changes = Vec::new();
    for index in 0..old.len().max(new.len()) {
        let (before, after) = (old.get(index).unwrap_or(&nothing), new.get(index).unwrap_or(&nothing));
        changes.extend(between(&name.display().to_string(), before, after));
    }
    Ok(changes)
}

/// The documents of a file; none where there is no such file.
fn documents(path: &Path) -> anyhow::Result<Vec<Document>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = std::fs::read(path)?;
    let name = path.to_string_lossy();
    let reading = unres::read(&Input { name: &name, bytes: &bytes }, &ReadOptions::default());
    Ok(reading.with_context(|| format!("{name} was written by another version"))?.documents)
}

fn between(file: &str, before: &Document, after: &Document) -> Vec<Change> {
    let mut pairs: Vec<(Option<Shown>, Option<Shown>)> = Vec::new();
    for row in unres::align(&[before, after]) {
        let shown = |version: usize, document: &Document| {
            let block = row.blocks.get(version).copied().flatten();
            block.and_then(|block| document.blocks.get(block)).map(Shown::block)
        };
        pairs.push((shown(0, before), shown(1, after)));
    }
    let (old, new): (Vec<Shown>, Vec<Shown>) =
        (before.notes.iter().map(Shown::note).collect(), after.notes.iter().map(Shown::note).collect());
    for index in 0..old.len().max(new.len()) {
        pairs.push((old.get(index).cloned(), new.get(index).cloned()));
    }
    let changed = pairs.into_iter().filter(|(before, after)| before != after);
    changed.map(|(before, after)| Change { file: file.to_owned(), before, after }).collect()
}

impl Shown {
    fn block(block: &Block) -> Self {
        let cells = block.rows.iter().flatten().map(|cell| plain_text(&cell.content));
        let text: Vec<_> = std::iter::once(plain_text(&block.content)).chain(cells).collect();
        Self {
            rule: block.rule.to_string(),
            kind: format!("{:?}", block.kind),
            number: block.number.as_ref().map_or(String::new(), |number| number.printed.clone()),
            depth: block.depth,
            text: text.join(" "),
        }
    }

    fn note(note: &Note) -> Self {
        let (rule, text) = (note.rule.to_string(), plain_text(&note.content).into_owned());
        Self { rule, kind: "Note".to_owned(), number: note.mark.clone(), depth: 0, text }
    }

    /// Kind, number, depth, and the text from the first character at which it differs from the other.
    fn excerpt(&self, other: Option<&Self>) -> String {
        const BEFORE: usize = 20;
        const SHOWN: usize = 90;
        let alike = |other: &Self| self.text.chars().zip(other.text.chars()).take_while(|(a, b)| a == b).count();
        let from = other.filter(|other| other.text != self.text).map_or(0, alike).saturating_sub(BEFORE);
        let text: String = self.text.chars().skip(from).take(SHOWN).collect();
        format!("{} {} at {}: {text}", self.kind, self.number, self.depth)
    }
}

fn print_groups(changes: &[Change], examples: usize) {
    let mut groups: BTreeMap<(&str, &str), Vec<&Change>> = BTreeMap::new();
    for change in changes {
        groups.entry((rule(change.before.as_ref()), rule(change.after.as_ref()))).or_default().push(change);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, changes)| std::cmp::Reverse(changes.len()));
    let row = |((before, after), changes): &((&str, &str), Vec<&Change>)| {
        let files: BTreeSet<&str> = changes.iter().map(|change| change.file.as_str()).collect();
        vec![(*before).to_owned(), (*after).to_owned(), changes.len().to_string(), files.len().to_string()]
    };
    let rows: Vec<_> = groups.iter().map(row).collect();
    println!("{}", table::markdown(&["rule before", "rule now", "changes", "files"], &rows));
    for ((before, after), changes) in &groups {
        println!("{before} → {after}");
        for change in changes.iter().filter(|change| !is_shut(&change.file)).take(examples) {
            println!("  {}", change.file);
            for (sign, shown, other) in [("-", &change.before, &change.after), ("+", &change.after, &change.before)] {
                if let Some(shown) = shown {
                    println!("    {sign} {}", shown.excerpt(other.as_ref()));
                }
            }
        }
    }
}

fn rule(shown: Option<&Shown>) -> &str {
    shown.map_or("–", |shown| &shown.rule)
}

/// Whether a file is a rendered document that is scored and never opened.
fn is_shut(file: &str) -> bool {
    let name = Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let name = name.split('.').next().unwrap_or_default();
    let rendered = |shared: PathBuf| shared.join(format!("corpus/rendered/{name}.gold.json")).exists();
    Side::of(name) == Side::Shut && shared::folder().is_some_and(rendered)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unres::RuleId;
    use unres::model::{BlockKind, Inline, Text};

    fn document(paragraphs: &[(&'static str, BlockKind, &str)]) -> Document {
        let block = |(rule, kind, text): &(&'static str, BlockKind, &str)| {
            let content = vec![Inline::Text(Text { text: (*text).to_owned(), spans: Vec::new() })];
            Block { content, ..Block::new(*kind, RuleId::new(rule)) }
        };
        Document { blocks: paragraphs.iter().map(block).collect(), ..Document::default() }
    }

    #[test]
    fn a_paragraph_that_another_rule_places_is_a_change() {
        let before =
            document(&[("a/one", BlockKind::Heading, "The bells"), ("a/two", BlockKind::Operative, "Ring them.")]);
        let after =
            document(&[("a/three", BlockKind::Operative, "The bells"), ("a/two", BlockKind::Operative, "Ring them.")]);
        let changes = between("bells.json", &before, &after);
        let rules: Vec<_> =
            changes.iter().map(|change| (rule(change.before.as_ref()), rule(change.after.as_ref()))).collect();
        assert_eq!(rules, [("a/one", "a/three")]);
        assert!(between("bells.json", &before, &before).is_empty());
    }

    #[test]
    fn a_lost_paragraph_is_a_change_without_a_rule_after() {
        let one = ("a/one", BlockKind::Operative, "Ring them.");
        let changes = between("bells.json", &document(&[one, one]), &document(&[one]));
        assert_eq!(changes.len(), 1);
        assert_eq!(rule(changes[0].after.as_ref()), "–");
    }
}
