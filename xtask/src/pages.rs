//! `cargo xtask check html`: pages in a headless Chromium. Each must load without a word on its console, and axe-core must find nothing serious.

use crate::outputs;
use anyhow::{Context, bail};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The samples that show all scripts, tables, notes and findings.
const SAMPLES: [&str; 6] =
    ["every-construct.en", "every-construct.zh", "lighthouses.ar", "lighthouses.ru", "compilation.en", "notice.en"];

/// The sample whose languages are put side by side.
const BESIDE: &str = "lighthouses";

/// What asks axe-core, and where it leaves its answer.
const ASK: &str = r#"axe.run().then((found) => {
  const answer = document.createElement("template");
  answer.id = "axe-answer";
  answer.setAttribute("data-answer", encodeURIComponent(JSON.stringify(found.violations.map(
    (rule) => [rule.impact, rule.id, rule.nodes[0].html.slice(0, 120)]))));
  document.body.append(answer);
});"#;

/// Checks the page of each sample and the page that shows its source. Pictures of them are left in `target/check-html`.
pub(crate) fn check() -> anyhow::Result<bool> {
    let axe = std::env::var("UNRES_AXE").context("UNRES_AXE must name axe.min.js of the npm package axe-core")?;
    let axe = std::fs::read_to_string(&axe).with_context(|| axe.clone())?;
    let pictures = crate::root().join("target/check-html");
    std::fs::create_dir_all(&pictures)?;
    let scratch = tempfile::tempdir()?;
    let browser = Browser { scratch: scratch.path(), axe: &axe };
    let mut good = true;
    for sample in SAMPLES {
        for page in pages(sample, &pictures)? {
            good &= browser.is_clean(&page)?;
        }
    }
    let languages: Vec<PathBuf> = outputs::samples()?.into_iter().filter(|path| is_of(path, BESIDE)).collect();
    let page = outputs::write("aligned-html", &outputs::documents(&languages), &pictures, BESIDE)?;
    good &= browser.is_clean(&page)?;
    println!("check html: {} pages, pictures in {}", SAMPLES.len() * 2 + 1, pictures.display());
    Ok(good)
}

/// Whether a file is a language of a sample.
fn is_of(path: &Path, sample: &str) -> bool {
    path.file_stem().is_some_and(|stem| Path::new(stem).file_stem().is_some_and(|stem| stem == sample))
}

fn pages(sample: &str, folder: &Path) -> anyhow::Result<[PathBuf; 2]> {
    let reading = outputs::read(&crate::root().join(format!("examples/{sample}.txt")))?;
    let first = reading.documents.get(..1).unwrap_or_default();
    let page = outputs::write("html", first, folder, sample)?;
    let view = folder.join(format!("{sample}.view.html"));
    std::fs::write(&view, unres::beside(sample, &reading)?)?;
    Ok([page, view])
}

struct Browser<'a> {
    scratch: &'a Path,
    axe: &'a str,
}

impl Browser<'_> {
    /// Whether nothing is wrong with a page; says what is.
    fn is_clean(&self, page: &Path) -> anyhow::Result<bool> {
        let findings = self.look_at(page)?;
        for finding in &findings {
            println!("check html: {}: {finding}", page.display());
        }
        Ok(findings.is_empty())
    }

    /// What is wrong with a page. Takes a picture of it too.
    fn look_at(&self, page: &Path) -> anyhow::Result<Vec<String>> {
        let picture = format!("--screenshot={}", page.with_extension("png").display());
        let (_, said) = self.run(&[&picture, "--window-size=1300,900"], page)?;
        let mut findings = console(&said);
        let asking = self.scratch.join("asking.html");
        let text = std::fs::read_to_string(page)?;
        std::fs::write(&asking, format!("{text}<script>{}</script><script>{ASK}</script>", self.axe))?;
        let (tree, _) = self.run(&["--dump-dom", "--virtual-time-budget=20000"], &asking)?;
        let answer = tree.split_once("data-answer=\"").and_then(|(_, rest)| rest.split_once('"'));
        let Some((answer, _)) = answer else { bail!("axe-core gave no answer on {}", page.display()) };
        findings.extend(serious(answer)?);
        Ok(findings)
    }

    /// What Chromium prints and says.
    fn run(&self, arguments: &[&str], page: &Path) -> anyhow::Result<(String, String)> {
        const QUIET: [&str; 9] = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
        ];
        let output = Command::new("chromium")
            .args(QUIET)
            .arg(format!("--user-data-dir={}", self.scratch.join("profile").display()))
            .args(arguments)
            .arg(format!("file://{}", page.display()))
            .output()
            .context("chromium cannot be run; is it installed?")?;
        if !output.status.success() {
            bail!("chromium failed on {}: {}", page.display(), output.status);
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok((text(&output.stdout), text(&output.stderr)))
    }
}

/// What a page wrote to the console.
fn console(said: &str) -> Vec<String> {
    said.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned).collect()
}

/// The findings of axe-core that keep people out.
fn serious(answer: &str) -> anyhow::Result<Vec<String>> {
    let found: Vec<[Value; 3]> = serde_json::from_str(&decoded(answer))?;
    let grave = |impact: &Value| matches!(impact.as_str(), Some("serious" | "critical"));
    Ok(found
        .iter()
        .filter(|[impact, ..]| grave(impact))
        .map(|[_, rule, place]| format!("axe {rule}: {place}"))
        .collect())
}

/// A text without percent encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte.unwrap_or_default()).to_digit(16).unwrap_or_default();
        let decoded = if byte == b'%' { digit(rest.next()) * 16 + digit(rest.next()) } else { u32::from(byte) };
        bytes.push(u8::try_from(decoded).unwrap_or_default());
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
