//! `cargo xtask check office`: the workbook opened by LibreOffice, and the numbers that it gives to paragraphs of Word documents.

use crate::outputs;
use anyhow::{Context, bail};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many of the Word documents must have the labels that LibreOffice prints, of 100; 64 have with its version 7.4. It knows no numbers in circles, brackets and full
/// width, no levels that print digits only or never begin anew; it counts deleted paragraphs, and its text leaves out the numbers that a style gives.
const LABELS_AGREE: usize = 60;

/// Both checks.
pub(crate) fn check() -> anyhow::Result<bool> {
    let scratch = tempfile::tempdir()?;
    let workbook = workbook(scratch.path())?;
    let labels = labels(scratch.path())?;
    Ok(workbook && labels)
}

/// LibreOffice reads the rows of each sheet as we wrote them.
fn workbook(scratch: &Path) -> anyhow::Result<bool> {
    let documents = outputs::documents(&outputs::samples()?);
    let workbook = outputs::write("xlsx", &documents, scratch, "all")?;
    let table = outputs::write("csv", &documents, scratch, "all")?;
    // Separator, quote, UTF-8, from the first line, as it is stored and not as it is shown, all sheets.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    let sheets = convert(&[workbook], filter, &scratch.join("sheets"))?;
    let paragraphs = columns(&sheets.join("all-Paragraphs.csv"))?;
    let expected = columns(&table)?;
    let same = paragraphs == expected;
    println!("check office: {} rows of a workbook, {}", expected.len(), if same { "as written" } else { "CHANGED" });
    let all = ["Documents", "Notes", "Citations"].iter().all(|sheet| sheets.join(format!("all-{sheet}.csv")).is_file());
    Ok(same && all)
}

/// The columns of words of a table, row by row.
fn columns(path: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    const WORDS: [&str; 7] = ["symbol", "path", "kind", "number", "opening_phrase", "text", "rule"];
    let mut reader = csv::Reader::from_path(path).with_context(|| path.display().to_string())?;
    let header = reader.headers()?.clone();
    let places: Vec<usize> = WORDS.iter().filter_map(|name| header.iter().position(|column| column == *name)).collect();
    let rows = reader.records().map(|row| {
        let row = row?;
        Ok(places.iter().map(|place| row.get(*place).unwrap_or_default().to_owned()).collect())
    });
    rows.collect()
}

/// The documents of the tests of Word numbering have in LibreOffice the labels that the tests want.
fn labels(scratch: &Path) -> anyhow::Result<bool> {
    let folder = scratch.join("word");
    std::fs::create_dir(&folder)?;
    let status = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--package", "unres-docx", "--test", "numbering"])
        .env("UNRES_KEEP_DOCX", &folder)
        .current_dir(crate::root())
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        bail!("the tests of Word numbering fail");
    }
    let entries = std::fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = entries.collect::<Result<_, _>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "docx"));
    files.sort();
    let texts = convert(&files, "txt:Text", &folder.join("text"))?;
    let mut agree = 0;
    let mut differ = BTreeSet::new();
    for file in &files {
        let name = file.with_extension("txt");
        let text = std::fs::read_to_string(texts.join(name.file_name().unwrap_or_default()))?;
        let expected = std::fs::read_to_string(file.with_extension("labels"))?;
        if agrees(&expected, &text) {
            agree += 1;
        } else {
            differ.insert(expected.replace('\n', " "));
        }
    }
    println!("check office: {agree} of {} Word documents have the same labels in LibreOffice", files.len());
    for labels in differ {
        println!("  other labels than {labels}");
    }
    Ok(!files.is_empty() && agree * 100 >= LABELS_AGREE * files.len())
}

/// Whether the lines of a text begin with the labels, in their order.
fn agrees(labels: &str, text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    labels.lines().filter(|label| !label.is_empty()).all(|label| lines.any(|line| line.trim().starts_with(label)))
}

/// Converts files with LibreOffice into a folder, and gives that.
fn convert(files: &[PathBuf], to: &str, folder: &Path) -> anyhow::Result<PathBuf> {
    // A profile of its own, so that another one that runs is not asked to do it.
    let profile = format!("-env:UserInstallation=file://{}", folder.with_extension("profile").display());
    let output = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", to, "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .context("soffice cannot be run; it is in the packages libreoffice-calc and libreoffice-writer")?;
    if !output.status.success() {
        bail!("soffice failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(folder.to_owned())
}
