//! An exporter as a program.

use crate::protocol::{DESCRIBE, Description, Header, PROTOCOL};
use std::io::{self, BufRead, Write};
use std::process::ExitCode;
use unres_export::{Addresses, ExportError, ExportOptions, Exporter, Part, Target};
use unres_source::Diagnostic;

/// Makes a program of an exporter: the whole `main` of `unres-export-NAME`. It writes one stream, so the exporter must have no side tables.
pub fn serve(exporter: &dyn Exporter) -> ExitCode {
    let described = std::env::args().nth(1).is_some_and(|argument| argument == DESCRIBE);
    let done = if described { describe(exporter) } else { export(exporter, io::stdin().lock()) };
    let said = match &done {
        Ok(findings) => findings.iter().map(said).collect(),
        Err(error) => format!("{error}\n"),
    };
    // When standard error is closed, there is nobody to tell.
    let _ = io::stderr().write_all(said.as_bytes());
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn said(finding: &Diagnostic) -> String {
    format!("{}[{}]: {}\n", finding.severity.as_str(), finding.rule, finding.message)
}

fn describe(exporter: &dyn Exporter) -> Result<Vec<Diagnostic>, ExportError> {
    let description = Description::of(exporter.format(), exporter.options());
    let mut line = serde_json::to_vec(&description).map_err(io::Error::from)?;
    line.push(b'\n');
    io::stdout().write_all(&line)?;
    Ok(Vec::new())
}

fn export(exporter: &dyn Exporter, mut input: impl BufRead) -> Result<Vec<Diagnostic>, ExportError> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    let options = options(&line)?;
    options.check(exporter.options())?;
    let mut findings = Vec::new();
    let mut writer = exporter.open(&options, &mut StandardOutput)?;
    loop {
        line.clear();
        if input.read_line(&mut line)? == 0 {
            break;
        }
        for document in unres_json::documents(line.as_bytes()) {
            let document = document.map_err(io::Error::other)?;
            writer.write(&document, &Addresses::of(&document), &mut findings)?;
        }
    }
    writer.finish(&mut findings)?;
    Ok(findings)
}

fn options(header: &str) -> Result<ExportOptions, ExportError> {
    let header: Header = serde_json::from_str(header).map_err(io::Error::from)?;
    if header.protocol != PROTOCOL {
        let message = format!("protocol {} is not {PROTOCOL}, which this program speaks", header.protocol);
        return Err(io::Error::other(message).into());
    }
    let mut options = ExportOptions::default();
    for (name, value) in header.options {
        options.set(name, value);
    }
    Ok(options)
}

struct StandardOutput;

impl Target for StandardOutput {
    fn part(&mut self, part: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        match part {
            Part::Main => Ok(Box::new(io::BufWriter::new(io::stdout()))),
            Part::Side(name) => {
                let message = format!("a program writes one stream, and the table {name} would be another");
                Err(io::Error::new(io::ErrorKind::Unsupported, message).into())
            }
        }
    }
}
