//! `unres compare`: where the versions of one document differ in shape.

use crate::Outcome;
use crate::args::{Compare, MessageFormat};
use crate::messages;
use crate::reader::Reader;
use serde_json::{Value, json};
use std::io::Write;
use unres::model::{Block, Document, plain_text};
use unres::{Addresses, Aspect, Comparison, Difference};

pub(crate) fn run(args: &Compare) -> anyhow::Result<Outcome> {
    let reader = Reader::of(&args.how)?;
    let mut documents = Vec::new();
    let mut failed = 0;
    for file in &args.inputs {
        match reader.read(file) {
            Ok(reading) => documents.extend(reading.documents),
            Err(error) => {
                failed += 1;
                messages::print_error(&error.into(), args.message_format);
            }
        }
    }
    let mut out = std::io::stdout().lock();
    let (mut compared, mut differing) = (0, 0);
    for versions in unres::versions(&documents) {
        let comparison = unres::compare(&versions);
        compared += usize::from(versions.len() > 1);
        differing += usize::from(!comparison.differences.is_empty());
        Side::by_side(&versions, &comparison).print(&mut out, args.message_format)?;
    }
    if args.message_format == MessageFormat::Human {
        writeln!(out, "{compared} documents in several versions, {differing} of them differ")?;
    }
    out.flush()?;
    Ok(match (failed, differing) {
        (0, 0) => Outcome::Done,
        (failed, _) if failed == args.inputs.len() => Outcome::Nothing,
        _ => Outcome::Partly,
    })
}

/// A document in its versions.
struct Side<'a> {
    versions: &'a [&'a Document],
    comparison: &'a Comparison,
    addresses: Vec<Addresses>,
}

impl<'a> Side<'a> {
    fn by_side(versions: &'a [&'a Document], comparison: &'a Comparison) -> Self {
        let addresses = versions.iter().map(|document| Addresses::of(document)).collect();
        Self { versions, comparison, addresses }
    }

    fn print(&self, out: &mut impl Write, format: MessageFormat) -> std::io::Result<()> {
        if self.comparison.differences.is_empty() {
            return Ok(());
        }
        let symbol = self.versions.iter().find_map(|document| document.meta.symbol.as_ref());
        let symbol = symbol.map_or("without symbol", |symbol| symbol.value.as_str());
        if format == MessageFormat::Human {
            writeln!(out, "{symbol}: {} differences", self.comparison.differences.len())?;
        }
        for difference in &self.comparison.differences {
            match format {
                MessageFormat::Human => writeln!(out, "  {}", self.sentence(difference))?,
                MessageFormat::Json => writeln!(out, "{}", self.record(symbol, difference))?,
            }
        }
        Ok(())
    }

    /// The block of the version itself, or of the first one that has it where it is missing.
    fn shown(&self, difference: &Difference) -> Option<(usize, usize)> {
        let blocks = &self.comparison.rows[difference.row].blocks;
        let own = blocks[difference.version].map(|block| (difference.version, block));
        own.or_else(|| blocks.iter().enumerate().find_map(|(version, block)| Some((version, (*block)?))))
    }

    fn sentence(&self, difference: &Difference) -> String {
        let name = self.versions[difference.version].meta.source.as_str();
        let Some((version, index)) = self.shown(difference) else { return name.to_owned() };
        let path = &self.addresses[version].blocks()[index].path;
        let block = &self.versions[version].blocks[index];
        let words = beginning(block);
        match difference.aspect {
            Aspect::Missing => {
                format!("{name} lacks {path} of {}: {words}", self.versions[version].meta.source)
            }
            Aspect::Extra => format!("{name} alone has {path}: {words}"),
            aspect => {
                let [here, others] = values(aspect);
                format!("{name} {path}: {} {here}, others {others}: {words}", what(aspect))
            }
        }
    }

    fn record(&self, symbol: &str, difference: &Difference) -> Value {
        let mut record = json!({
            "symbol": symbol,
            "file": self.versions[difference.version].meta.source,
            "differs": what(difference.aspect),
        });
        if let Some((version, index)) = self.shown(difference) {
            record["path"] = self.addresses[version].blocks()[index].path.as_str().into();
            record["shown"] = self.versions[version].meta.source.as_str().into();
            record["text"] = beginning(&self.versions[version].blocks[index]).into();
        }
        let [here, others] = values(difference.aspect);
        if here != others {
            record["here"] = here;
            record["others"] = others;
        }
        record
    }
}

fn what(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Missing => "missing",
        Aspect::Extra => "extra",
        Aspect::Kind { .. } => "kind",
        Aspect::Number { .. } => "number",
        Aspect::Level { .. } => "level",
        Aspect::Calls { .. } => "note calls",
    }
}

/// What this version has and what the others have; null both where the block itself is the difference.
fn values(aspect: Aspect) -> [Value; 2] {
    match aspect {
        Aspect::Missing | Aspect::Extra => [Value::Null, Value::Null],
        Aspect::Kind { here, others } => [json!(here), json!(others)],
        Aspect::Number { here, others } => [json!(here), json!(others)],
        Aspect::Level { here, others } => [json!(here), json!(others)],
        Aspect::Calls { here, others } => [json!(here), json!(others)],
    }
}

/// As many characters as tell which paragraph it is.
fn beginning(block: &Block) -> String {
    const SHOWN: usize = 60;
    let text = plain_text(&block.content);
    let mut words: String = text.chars().take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        words.push('…');
    }
    words
}
