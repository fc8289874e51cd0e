//! `unres symbol`: what the symbol of a document says.

use crate::Outcome;
use crate::args::{ListFormat, SymbolArgs};
use crate::messages::say;
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use unres::symbol::{Body, Mended, Single, mend};

pub(crate) fn run(args: &SymbolArgs) -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    let (mut known, mut unknown) = (0_usize, 0_usize);
    for given in &args.symbols {
        let given: Vec<String> =
            if given == "-" { std::io::stdin().lock().lines().collect::<Result<_, _>>()? } else { vec![given.clone()] };
        for text in given.iter().map(|text| text.trim()).filter(|text| !text.is_empty()) {
            let Some(mended) = mend(text) else {
                say(&format!("{text:?} is no symbol"));
                unknown += 1;
                continue;
            };
            known += 1;
            match args.format {
                ListFormat::Text => print_text(&mut out, text, &mended)?,
                ListFormat::Json => writeln!(out, "{}", as_json(text, &mended))?,
            }
        }
    }
    out.flush()?;
    Ok(match (known, unknown) {
        (_, 0) => Outcome::Done,
        (0, _) => Outcome::Nothing,
        _ => Outcome::Partly,
    })
}

fn print_text(out: &mut impl Write, text: &str, Mended { symbol, slips }: &Mended) -> std::io::Result<()> {
    writeln!(out, "{symbol}")?;
    for slip in slips {
        writeln!(out, "  meant by {text:?}: {slip}")?;
    }
    for single in symbol.singles() {
        let facts = facts(single);
        writeln!(
            out,
            "  {single}: {}",
            facts.iter().map(|(name, fact)| format!("{name} {fact}")).collect::<Vec<_>>().join(", ")
        )?;
    }
    writeln!(out, "  {}", symbol.undocs_url(None))
}

/// What one of the symbols says.
fn facts(single: &Single) -> Vec<(&'static str, String)> {
    let mut facts = vec![("kind", single.kind().name().to_owned())];
    facts.push(("body", single.body().map_or("unknown", |body| body.name()).to_owned()));
    facts.extend(single.session().map(|session| ("session", session)));
    facts.extend(single.year().map(|year| ("year", year.to_string())));
    facts
}

fn as_json(text: &str, Mended { symbol, slips }: &Mended) -> Value {
    let singles: Vec<Value> = symbol
        .singles()
        .map(|single| {
            json!({
                "symbol": single.to_string(),
                "kind": single.kind().name(),
                "body": single.body().map(Body::name),
                "actor": single.actor(),
                "session": single.session(),
                "year": single.year(),
            })
        })
        .collect();
    let languages = ["ara", "zho", "eng", "fra", "rus", "spa"];
    let links: serde_json::Map<String, Value> =
        languages.iter().map(|code| ((*code).to_owned(), symbol.undocs_url(Some(code)).into())).collect();
    json!({
        "given": text,
        "symbol": symbol.to_string(),
        "named": symbol.is_named(),
        "slips": slips.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "parts": singles,
        "publication": symbol.publication(),
        "links": links,
    })
}
