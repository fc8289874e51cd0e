//! `unres check`: whether what was read holds together.

use crate::Outcome;
use crate::args::Check;
use crate::convert::{known_encoding, known_language, read_bytes};
use crate::messages::{self, InputError};
use std::io::Write;
use std::path::Path;
use unres::{Input, ReadOptions, Reading};

pub(crate) fn run(args: &Check) -> anyhow::Result<Outcome> {
    if let Some(language) = &args.lang {
        known_language(language)?;
    }
    let encoding = args.encoding.as_deref().map(known_encoding).transpose()?;
    let options = ReadOptions { language: args.lang.clone(), encoding, ..ReadOptions::default() };
    let (mut sound, mut failed) = (0, 0);
    for file in &args.inputs {
        match read(file, &options) {
            Ok(reading) => {
                let findings = unres::check(&reading);
                sound += usize::from(findings.is_empty());
                messages::print_findings(file, reading.source.as_ref(), &findings, args.message_format);
            }
            Err(error) => {
                failed += 1;
                messages::print_error(&error.into(), args.message_format);
            }
        }
    }
    let all = args.inputs.len();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{sound} of {all} files without a finding")?;
    out.flush()?;
    Ok(if failed == all {
        Outcome::Nothing
    } else if sound == all {
        Outcome::Done
    } else {
        Outcome::Partly
    })
}

fn read(file: &Path, options: &ReadOptions) -> Result<Reading, InputError> {
    let bytes = read_bytes(file)?;
    let name = file.to_string_lossy();
    unres::read(&Input { name: &name, bytes: &bytes }, options)
        .map_err(|error| InputError::new(file, &error, error.hint()))
}
