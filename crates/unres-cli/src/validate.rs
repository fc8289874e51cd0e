//! `unres validate`.

use crate::Outcome;
use crate::args::{FindingFormat, Limits, MessageFormat, Validate};
use crate::convert::read_bytes;
use crate::messages;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use unres::validate::{Depth, Finding, RULES, Rule, rule_named, validate};
use unres::{Input, ReadOptions, Severity, compare_with_source, nearest};

pub(crate) fn run(args: &Validate) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    if let Some(id) = &args.explain {
        explain(rule(id)?, &mut out)?;
        return Ok(Outcome::Done);
    }
    let wanted = Wanted::of(args)?;
    if args.source.is_some() && args.inputs.len() > 1 {
        bail!("--source is the source of one file, and {} are named", args.inputs.len());
    }
    let (mut failed, mut findings) = (0, 0);
    let mut printer = Printer { format: args.format, out: &mut out, results: 0 };
    printer.begin()?;
    for file in &args.inputs {
        // One file after the other, so that only one is in memory.
        match read_bytes(file, args.limits) {
            Ok(bytes) => {
                let mut found = validate(&bytes, wanted.depth);
                if let Some(source) = &args.source {
                    found.extend(compare(file, &bytes, source, args.limits)?);
                }
                for finding in found.iter().filter(|finding| wanted.takes(finding)) {
                    findings += 1;
                    printer.finding(file, finding)?;
                }
            }
            Err(error) => {
                failed += 1;
                messages::print_error(&error.into(), MessageFormat::Human);
            }
        }
    }
    printer.end()?;
    Ok(match (failed, findings) {
        (0, 0) => Outcome::Done,
        (failed, _) if failed == args.inputs.len() => Outcome::Nothing,
        _ => Outcome::Partly,
    })
}

/// The findings that only the source of a file can give.
fn compare(file: &Path, bytes: &[u8], source: &Path, limits: Limits) -> anyhow::Result<Vec<Finding>> {
    let read = |path: &Path, bytes: &[u8]| {
        let name = path.display().to_string();
        unres::read(&Input { name: &name, bytes }, &ReadOptions::default()).with_context(|| name.clone())
    };
    let source = read(source, &read_bytes(source, limits)?)?;
    // What cannot be read as a document has its findings from the schema.
    Ok(read(file, bytes).map_or(Vec::new(), |file| compare_with_source(&file.documents, &source.documents)))
}

/// What to look for and what to show.
struct Wanted {
    depth: Depth,
    /// Only these rules; all when empty.
    rules: Vec<&'static str>,
}

impl Wanted {
    fn of(args: &Validate) -> anyhow::Result<Self> {
        let mut rules = Vec::new();
        for id in &args.rules {
            let rule = rule(id)?;
            if let Some(why) = rule.unchecked.filter(|_| args.source.is_none() || rule.id != "U55") {
                bail!("{} is not checked: {why}", rule.id);
            }
            if args.schema_only && is_of_profile(rule.id) {
                bail!("{} is a rule of the profile, which --schema-only leaves out", rule.id);
            }
            rules.push(rule.id);
        }
        let profile = !args.schema_only && (rules.is_empty() || rules.iter().any(|id| is_of_profile(id)));
        Ok(Self { depth: if profile { Depth::Profile } else { Depth::Schema }, rules })
    }

    /// What is not XML is always shown: no rule can say anything of such a file.
    fn takes(&self, finding: &Finding) -> bool {
        let id = finding.rule.as_str();
        self.rules.is_empty() || self.rules.contains(&id) || id.starts_with("xml/")
    }
}

fn is_of_profile(id: &str) -> bool {
    !id.contains('/')
}

fn rule(id: &str) -> anyhow::Result<&'static Rule> {
    if let Some(rule) = rule_named(id) {
        return Ok(rule);
    }
    let near = nearest(id, RULES.iter().map(|rule| rule.id));
    let near = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    bail!("unknown rule {id:?}{near}")
}

pub(crate) fn explain(rule: &Rule, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{} ({})\n{}", rule.id, rule.severity.as_str(), rule.says)?;
    match rule.unchecked {
        Some(why) => writeln!(out, "  not checked: {why}")?,
        None => writeln!(out, "  hint: {}", rule.hint)?,
    }
    if !rule.source.is_empty() {
        writeln!(out, "  source: {}", rule.source)?;
    }
    Ok(())
}

/// Writes findings one by one in a format.
struct Printer<'o> {
    format: FindingFormat,
    out: &'o mut dyn Write,
    results: usize,
}

impl Printer<'_> {
    fn begin(&mut self) -> anyhow::Result<()> {
        if self.format == FindingFormat::Sarif {
            let driver = json!({
                "name": "unres",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().filter(|rule| rule.unchecked.is_none()).map(sarif_rule).collect::<Vec<_>>(),
            });
            let schema = "https://json.schemastore.org/sarif-2.1.0.json";
            write!(
                self.out,
                r#"{{"$schema":"{schema}","version":"2.1.0","runs":[{{"tool":{{"driver":{driver}}},"results":["#
            )?;
        }
        Ok(())
    }

    fn finding(&mut self, file: &Path, finding: &Finding) -> anyhow::Result<()> {
        let Finding { rule, severity, line, message, hint } = finding;
        match self.format {
            FindingFormat::Text => {
                writeln!(self.out, "{}:{line}: {}[{rule}]: {message}", file.display(), severity.as_str())?;
                if let Some(hint) = hint {
                    writeln!(self.out, "  hint: {hint}")?;
                }
            }
            FindingFormat::Json => {
                let mut record = json!({
                    "file": file.display().to_string(),
                    "line": line,
                    "severity": severity.as_str(),
                    "rule": rule.as_str(),
                    "message": message,
                });
                if let Some(hint) = hint {
                    record["hint"] = hint.as_str().into();
                }
                writeln!(self.out, "{record}")?;
            }
            FindingFormat::Sarif => {
                let between = if self.results == 0 { "\n" } else { ",\n" };
                write!(self.out, "{between}{}", sarif_result(file, finding))?;
            }
        }
        self.results += 1;
        Ok(())
    }

    fn end(&mut self) -> anyhow::Result<()> {
        if self.format == FindingFormat::Sarif {
            writeln!(self.out, "\n]}}]}}")?;
        }
        Ok(self.out.flush()?)
    }
}

fn sarif_rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.says },
        "help": { "text": rule.hint },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn sarif_result(file: &Path, finding: &Finding) -> Value {
    let hint = finding.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    json!({
        "ruleId": finding.rule.as_str(),
        "level": level(finding.severity),
        "message": { "text": format!("{}{hint}", finding.message) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(file) },
                "region": { "startLine": finding.line },
            },
        }],
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// A path as a relative or absolute address.
fn uri(file: &Path) -> String {
    let path = file.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
