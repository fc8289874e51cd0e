//! `unres formats`.

use crate::Outcome;
use std::io::Write;
use unres::{Arity, OptionKind};

pub(crate) fn run() -> anyhow::Result<Outcome> {
    let mut out = std::io::stdout().lock();
    for exporter in unres::registry().exporters() {
        let format = exporter.format();
        let many = match format.arity {
            Arity::OneDocument => "one document a file",
            Arity::OneNumber => "one number a file",
            Arity::ManyDocuments => "many documents a file",
        };
        writeln!(out, "{:<10} {} (.{}, {}, {many})", format.id, format.title, format.extension, format.media_type)?;
        for option in exporter.options() {
            let values = match option.kind {
                OptionKind::Switch => "true|false".to_owned(),
                OptionKind::OneOf(words) => words.join("|"),
                OptionKind::Text => "TEXT".to_owned(),
            };
            writeln!(out, "           -O {}.{}={values}: {}", format.id, option.name, option.help)?;
        }
    }
    writeln!(out, "{:<10} What the program unres-export-NAME writes (docs/exporters.md)", "ext:NAME")?;
    let languages: Vec<String> =
        unres::languages().iter().map(|language| format!("{} {}", language.code, language.name)).collect();
    writeln!(out, "\nInputs: {}", unres::inputs().join(", "))?;
    writeln!(out, "Languages: {}", languages.join(", "))?;
    writeln!(out, "Encodings: {}", unres::ENCODINGS.join(", "))?;
    Ok(Outcome::Done)
}
