//! The table of adoption dates, from what the shared files say of themselves and of each other.

use crate::shared;
use anyhow::Context;
use std::collections::BTreeMap;
use std::fmt::Write;
use unres::model::{Basis, Document};
use unres::symbol::Symbol;

/// The most that the table may take.
const MOST_BYTES: usize = 300_000;

/// How often each date is stated for a symbol; what a document says of itself weighs more than what others say.
type Stated = BTreeMap<String, BTreeMap<String, u32>>;

const OWN: u32 = 1000;

/// Writes the table, or with `check` only compares. Symbols with several dates are listed; the date that most state stands in the table, and none where
/// two are stated as often.
pub(crate) fn generate(check: bool) -> anyhow::Result<bool> {
    let mut stated = Stated::new();
    for path in shared::files(&shared::required()?.join("corpus/akn"), "xml")? {
        let bytes = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Ok(reading) = unres::read(&unres::Input { name, bytes: &bytes }, &unres::ReadOptions::default()) else {
            println!("{}: cannot be read", path.display());
            continue;
        };
        reading.documents.iter().for_each(|document| collect(document, &mut stated));
    }
    let mut table = String::new();
    for (symbol, dates) in &stated {
        if dates.len() > 1 {
            println!(
                "{symbol}: {}",
                dates.iter().map(|(date, n)| format!("{date} ({n})")).collect::<Vec<_>>().join(", ")
            );
        }
        if let Some(date) = agreed(dates) {
            writeln!(table, "{symbol}\t{date}")?;
        }
    }
    anyhow::ensure!(table.len() <= MOST_BYTES, "the table has {} bytes", table.len());
    let path = crate::root().join("crates/unres-passes/data/adoption-dates.tsv");
    if check {
        return Ok(std::fs::read_to_string(&path)? == table);
    }
    println!("{} symbols, {} bytes", table.lines().count(), table.len());
    std::fs::write(&path, table)?;
    Ok(true)
}

fn collect(document: &Document, stated: &mut Stated) {
    let meta = &document.meta;
    let own = meta.symbol.as_ref().and_then(|symbol| Symbol::parse(&symbol.value));
    let own = own.filter(|symbol| symbol.first().number().is_some());
    if let (Some(symbol), Some(date)) = (own, meta.adopted) {
        *stated.entry(symbol.to_string()).or_default().entry(date.value.to_string()).or_default() += OWN;
    }
    for (_, citation) in document.citations().filter(|(_, citation)| citation.is_link()) {
        if let Some(date) = citation.date.filter(|date| date.basis == Basis::Printed) {
            *stated.entry(citation.symbol.clone()).or_default().entry(date.value.to_string()).or_default() += 1;
        }
    }
}

/// The date that most state.
fn agreed(dates: &BTreeMap<String, u32>) -> Option<&String> {
    let most = dates.values().max()?;
    let mut first = dates.iter().filter(|(_, count)| *count == most).map(|(date, _)| date);
    let date = first.next()?;
    first.next().is_none().then_some(date)
}
