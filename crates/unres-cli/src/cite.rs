//! `unres cite`: the documents that files refer to.

use crate::Outcome;
use crate::args::{Cite, ListFormat};
use crate::convert::{known_language, read_bytes};
use crate::messages::{InputError, say};
use serde_json::json;
use std::io::Write;
use unres::model::{CitedIn, Document, Pinpoint};
use unres::{Addresses, Input, ReadOptions};

pub(crate) fn run(args: &Cite) -> anyhow::Result<Outcome> {
    if let Some(language) = &args.lang {
        known_language(language)?;
    }
    let mut options = ReadOptions { language: args.lang.clone(), ..ReadOptions::default() };
    options.budget.bytes = args.limits.max_bytes;
    let mut out = std::io::stdout().lock();
    let mut failed = 0;
    for path in &args.inputs {
        let name = path.to_string_lossy();
        let read = read_bytes(path, args.limits).and_then(|bytes| {
            unres::read(&Input { name: &name, bytes: &bytes }, &options)
                .map_err(|error| InputError::new(path, &error, error.hint()))
        });
        match read {
            Ok(reading) => {
                for document in &reading.documents {
                    print(&mut out, &name, document, args.format)?;
                }
            }
            Err(error) => {
                say(&error.to_string());
                failed += 1;
            }
        }
    }
    out.flush()?;
    Ok(match failed {
        0 => Outcome::Done,
        _ if failed == args.inputs.len() => Outcome::Nothing,
        _ => Outcome::Partly,
    })
}

/// One line a citation: where it stands, what it names, the date, the places meant, the words, its kind.
fn print(out: &mut impl Write, file: &str, document: &Document, format: ListFormat) -> std::io::Result<()> {
    let addresses = Addresses::of(document);
    for (place, citation) in document.cited() {
        let place = match place {
            CitedIn::Block(index) => addresses.blocks().get(index).map(|address| address.path.clone()),
            CitedIn::Note(index) => document.notes.get(index).map(|note| format!("note {}", note.mark)),
        };
        let place = place.unwrap_or_default();
        let date = citation.date.map(|date| date.value.to_string());
        let pinpoints: Vec<String> = citation.pinpoints.iter().map(Pinpoint::shown).collect();
        let words = &citation.text.text;
        match format {
            ListFormat::Text => writeln!(
                out,
                "{file}\t{place}\t{}\t{}\t{}\t{words}\t{}",
                citation.symbol,
                date.unwrap_or_default(),
                pinpoints.join("; "),
                citation.kind.name()
            )?,
            ListFormat::Json => {
                let cited = json!({
                    "file": file, "place": place, "kind": citation.kind, "cites": citation.symbol, "basis": citation.basis, "date": citation.date,
                    "pinpoints": pinpoints, "up_to": citation.up_to, "refers_back": citation.refers_back, "text": words,
                });
                writeln!(out, "{cited}")?;
            }
        }
    }
    Ok(())
}
