//! Checks that need the shared material or tools that are not Rust.

use crate::{agreement, alignment, citations, corpus, example, readings, round_trip, shared, symbols, texts};
use std::path::{Path, PathBuf};

/// Converts the shared texts and checks the results against the schema and the reference lint. True, with a line that says so,
/// where the material is not there.
pub(crate) fn corpus() -> anyhow::Result<bool> {
    let Some(shared) = shared::folder() else {
        println!("check corpus: no shared material, nothing checked");
        return Ok(true);
    };
    let scratch = tempfile::tempdir()?;
    let scores = corpus::score(&corpus::Score::checking(scratch.path()))?;
    let files = xml_files(&scratch.path().join("seed"))?;
    let valid = schema_valid(&shared, &files)?;
    let clean = lint_free(&shared, &files)?;
    println!("check corpus: {} files, schema {}, lint {}", files.len(), word(valid), word(clean));
    let symbols = symbols::check()?;
    let cited = citations::check(&shared)?;
    let read_right = example::check(&shared)?;
    let rendered = texts::check_rendered(&shared)?;
    let real = texts::check_real(&shared)?;
    let own = agreement::finds_nothing(&files)?;
    let published = published(&shared)?;
    Ok(scores && valid && clean && symbols && cited && read_right && rendered && real && own && published)
}

/// The part of these checks that is about the published files of Akoma Ntoso.
pub(crate) fn akn() -> anyhow::Result<bool> {
    let Some(shared) = shared::folder() else {
        println!("check akn: no shared material, nothing checked");
        return Ok(true);
    };
    published(&shared)
}

fn published(shared: &Path) -> anyhow::Result<bool> {
    let agrees = agreement::check(shared)?;
    let mended = readings::check(shared)?;
    let kept = round_trip(shared)?;
    let beside = alignment::check();
    Ok(agrees && mended && kept && beside)
}

/// The files of a folder, in the order of their names.
fn xml_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = entries.collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "xml"));
    files.sort();
    Ok(files)
}

/// Published files through the program: both forms are valid, the strict one is lint-free, and nothing is lost.
fn round_trip(shared: &Path) -> anyhow::Result<bool> {
    let forms = round_trip::write(shared)?;
    let valid = schema_valid(shared, &forms.strict)?;
    let clean = lint_free(shared, &forms.strict)?;
    let published = schema_valid(shared, &forms.published)?;
    println!(
        "check corpus: strict files of {} published ones: schema {}, lint {}; in the published form: schema {}",
        forms.strict.len(),
        word(valid),
        word(clean),
        word(published),
    );
    let own = agreement::finds_nothing(&forms.strict)?;
    let kept = round_trip::check(shared, &forms)?;
    Ok(valid && clean && published && own && kept)
}

fn word(good: bool) -> &'static str {
    if good { "clean" } else { "with findings" }
}

/// Whether all files are valid against the shared schema.
pub(crate) fn schema_valid(shared: &Path, files: &[PathBuf]) -> anyhow::Result<bool> {
    let verdict = shared::xmllint(shared, files)?;
    for line in verdict.messages.iter().take(20) {
        println!("{line}");
    }
    Ok(verdict.valid.len() == files.len())
}

/// Whether the reference lint finds nothing in any file.
pub(crate) fn lint_free(shared: &Path, files: &[PathBuf]) -> anyhow::Result<bool> {
    let lint = shared.join("tools/lint_akn4un.py");
    let mut arguments: Vec<&Path> = vec![&lint];
    arguments.extend(files.iter().map(PathBuf::as_path));
    let output = shared::output(&shared::python(), &arguments)?;
    let findings: Vec<&str> = output.lines().filter(|line| !line.ends_with(" 0 findings")).collect();
    for line in findings.iter().take(20) {
        println!("{line}");
    }
    Ok(findings.is_empty())
}
