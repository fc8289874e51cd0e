//! `unres check`: whether what was read holds together.

use crate::Outcome;
use crate::args::Check;
use crate::messages;
use crate::reader::Reader;
use std::io::Write;

pub(crate) fn run(args: &Check) -> anyhow::Result<Outcome> {
    let reader = Reader::of(&args.how)?;
    let (mut sound, mut failed) = (0, 0);
    for file in &args.inputs {
        match reader.read(file) {
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
