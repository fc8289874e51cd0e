//! `unres explain`: what a rule or finding means.

use crate::Outcome;
use crate::validate;
use anyhow::bail;
use std::io::Write;
use unres::validate::{RULES, rule_named};
use unres::{nearest, rule_pages};

/// Prints the page of a rule, or lists all rules.
pub(crate) fn run(rule: Option<&str>) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    match rule {
        None => list(&mut out)?,
        Some(id) => {
            if let Some(page) = rule_pages().find(|page| page.rule == id) {
                writeln!(out, "{id}\n\n{}", page.text)?;
            } else if let Some(rule) = rule_named(id) {
                validate::explain(rule, &mut out)?;
            } else {
                let known = rule_pages().map(|page| page.rule).chain(RULES.iter().map(|rule| rule.id));
                let near = nearest(id, known).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
                bail!("unknown rule {id:?}{near}");
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn list(out: &mut impl Write) -> anyhow::Result<()> {
    let mut chapter = "";
    for page in rule_pages() {
        if page.chapter != chapter {
            let between = if chapter.is_empty() { "" } else { "\n" };
            writeln!(out, "{between}{}", page.chapter)?;
            chapter = page.chapter;
        }
        writeln!(out, "  {:<34} {}", page.rule, page.summary())?;
    }
    writeln!(out, "\nRules of unres validate")?;
    for rule in RULES {
        writeln!(out, "  {:<34} {}", rule.id, rule.says)?;
    }
    Ok(())
}
