//! The validator beside xmllint: the same verdict on every shared file of Akoma Ntoso and on damaged copies of them.

use crate::damage::{Dice, KINDS};
use crate::shared;
use std::path::{Path, PathBuf};
use unres::validate::{Depth, validate};

/// Damaged copies that are made.
const COPIES: usize = 680;
const SEED: u64 = 0x0A4D_0002;

/// Compares the verdicts and prints the share that agrees, with the first that do not.
pub(crate) fn check(shared: &Path) -> anyhow::Result<bool> {
    let files = benches::files(&shared.join("corpus/akn"), ".xml");
    let scratch = tempfile::tempdir()?;
    let copies = damage(&files, scratch.path(), COPIES, SEED)?;
    let published = compare(shared, &files, "published files")?;
    let broken = compare(shared, &copies, "damaged copies")?;
    Ok(published && broken)
}

/// Writes damaged copies, the kinds of damage in turn.
fn damage(files: &[PathBuf], folder: &Path, copies: usize, seed: u64) -> anyhow::Result<Vec<PathBuf>> {
    let mut dice = Dice::new(seed);
    let mut written = Vec::new();
    // Not each file has a place for each kind of damage; a bound on the tries ends the search in any case.
    for attempt in 0..copies * 20 {
        if written.len() == copies || files.is_empty() {
            break;
        }
        let text = std::fs::read_to_string(&files[dice.below(files.len())])?;
        let kind = &KINDS[written.len() % KINDS.len()];
        let Some(copy) = kind.damage(&text, &mut dice) else { continue };
        let letters: String = kind.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let path = folder.join(format!("{attempt:05}-{letters}.xml"));
        std::fs::write(&path, copy)?;
        written.push(path);
    }
    Ok(written)
}

fn compare(shared: &Path, files: &[PathBuf], what: &str) -> anyhow::Result<bool> {
    let valid = shared::xmllint(shared, files)?.valid;
    let mut odd = Vec::new();
    for file in files {
        let findings = validate(&std::fs::read(file)?, Depth::Schema);
        let reference = valid.contains(&file.display().to_string());
        if findings.is_empty() != reference {
            let first =
                findings.first().map_or("no finding".to_owned(), |first| format!("{}: {}", first.line, first.message));
            let verdict = if reference { "valid" } else { "not valid" };
            odd.push(format!("{}: xmllint says {verdict}, unres {first}", file.display()));
        }
    }
    println!(
        "check corpus: validator and xmllint agree on {}/{} {what}, {} of them valid",
        files.len() - odd.len(),
        files.len(),
        valid.len(),
    );
    for line in odd.iter().take(10) {
        println!("  {line}");
    }
    Ok(odd.is_empty())
}

/// The validator on files that the writer made: it must find nothing, but for one thing that the writer cannot help. Where a text's
/// number and title were not recognised, there is none to mark (U26).
pub(crate) fn finds_nothing(files: &[PathBuf]) -> anyhow::Result<bool> {
    let mut odd = Vec::new();
    for file in files {
        let findings = validate(&std::fs::read(file)?, Depth::Profile);
        for finding in findings.into_iter().filter(|finding| finding.rule.as_str() != "U26") {
            odd.push(format!("{}:{}: [{}] {}", file.display(), finding.line, finding.rule, finding.message));
        }
    }
    println!("check corpus: {} findings of the validator in {} written files", odd.len(), files.len());
    for line in odd.iter().take(20) {
        println!("  {line}");
    }
    Ok(odd.is_empty())
}
