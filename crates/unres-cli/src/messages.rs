//! Findings and errors on standard error.

use crate::args::MessageFormat;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use serde_json::json;
use std::io::{ErrorKind, Write};
use std::path::Path;
use unres::{Diagnostic, Severity, Source};

/// An error that concerns one file, read or written: what goes before the message, and the advice behind it.
#[derive(Debug)]
pub(crate) struct InputError {
    pub(crate) file: String,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

impl std::fmt::Display for InputError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

impl std::error::Error for InputError {}

impl InputError {
    pub(crate) fn new(file: &Path, message: impl std::fmt::Display, hint: impl Into<Option<&'static str>>) -> Self {
        let hint = hint.into().map(str::to_owned);
        Self { file: file.display().to_string(), message: message.to_string(), hint }
    }
}

/// Prints the findings of one input. `source` gives line and column, where there is a text.
pub(crate) fn print_findings(file: &Path, source: Option<&Source>, findings: &[Diagnostic], format: MessageFormat) {
    for finding in findings {
        let place = source.zip(finding.span).map(|(source, span)| source.line_and_column(span.start));
        match format {
            MessageFormat::Human => {
                let place = place.map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
                let Diagnostic { rule, message, .. } = finding;
                let (severity, style) = (finding.severity.as_str(), style(finding.severity));
                say(&format!("{}{place}: {style}{severity}[{rule}]{style:#}: {message}", file.display()));
                if let Some(hint) = &finding.hint {
                    say_hint(hint);
                }
            }
            MessageFormat::Json => {
                let mut record = json!({
                    "file": file.display().to_string(),
                    "severity": finding.severity.as_str(),
                    "rule": finding.rule.as_str(),
                    "message": finding.message,
                });
                if let Some((line, column)) = place {
                    record["line"] = line.into();
                    record["column"] = column.into();
                }
                if let Some(span) = finding.span {
                    record["span"] = json!([span.start, span.end]);
                }
                if let Some(hint) = &finding.hint {
                    record["hint"] = hint.as_str().into();
                }
                say(&record.to_string());
            }
        }
    }
}

/// Prints an error.
pub(crate) fn print_error(error: &anyhow::Error, format: MessageFormat) {
    let input = error.downcast_ref::<InputError>();
    let hint = input.and_then(|error| error.hint.as_deref());
    match format {
        MessageFormat::Human => {
            let style = style(Severity::Error);
            say(&format!("{style}unres{style:#}: {error:#}"));
            if let Some(hint) = hint {
                say_hint(hint);
            }
        }
        MessageFormat::Json => {
            let message = input.map_or_else(|| format!("{error:#}"), |error| error.message.clone());
            let mut record = json!({ "severity": Severity::Error.as_str(), "message": message });
            if let Some(input) = input {
                record["file"] = input.file.as_str().into();
            }
            if let Some(hint) = hint {
                record["hint"] = hint.into();
            }
            say(&record.to_string());
        }
    }
}

/// Whether an error only says that nobody reads the output any more.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.chain().find_map(|cause| cause.downcast_ref::<std::io::Error>());
    io.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}

/// Says when the lines of this run are coloured. Where a terminal decides, `NO_COLOR` and its kin are heard.
pub(crate) fn choose_color(choice: ColorChoice) {
    let choice = match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    };
    choice.write_global();
}

fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Note => AnsiColor::Cyan,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Error => AnsiColor::Red,
    };
    color.on_default().bold()
}

fn say_hint(hint: &str) {
    let style = Style::new().bold();
    say(&format!("  {style}hint{style:#}: {hint}"));
}

/// A line on standard error; when that is closed, there is nobody to tell.
pub(crate) fn say(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
