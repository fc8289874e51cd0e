//! Findings and errors on standard error.

use crate::args::MessageFormat;
use anstream::AutoStream;
use anstream::adapter::strip_str;
use anstyle::{AnsiColor, Style};
use clap::ColorChoice;
use serde_json::json;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::sync::LazyLock;
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

/// The findings of one input, a line each. `source` gives line and column, where there is a text.
pub(crate) fn finding_lines(
    file: &Path,
    source: Option<&Source>,
    findings: &[Diagnostic],
    format: MessageFormat,
) -> Vec<String> {
    let line = |finding| match format {
        MessageFormat::Human => finding_line(file, source, finding),
        MessageFormat::Json => finding_record(file, source, finding).to_string(),
    };
    findings.iter().map(line).collect()
}

/// Prints the findings of one input.
pub(crate) fn print_findings(file: &Path, source: Option<&Source>, findings: &[Diagnostic], format: MessageFormat) {
    say_all(&finding_lines(file, source, findings, format));
}

/// Prints lines at once, if there are any.
pub(crate) fn say_all(lines: &[String]) {
    if !lines.is_empty() {
        say(&lines.join("\n"));
    }
}

/// Line and column of a finding.
fn place(source: Option<&Source>, finding: &Diagnostic) -> Option<(u32, u32)> {
    source.zip(finding.span).map(|(source, span)| source.line_and_column(span.start))
}

fn finding_line(file: &Path, source: Option<&Source>, finding: &Diagnostic) -> String {
    let place = place(source, finding).map(|(line, column)| format!(":{line}:{column}")).unwrap_or_default();
    let Diagnostic { rule, message, .. } = finding;
    let (severity, style) = (finding.severity.as_str(), style(finding.severity));
    let hint = finding.hint.as_ref().map(|hint| format!("\n{}", hint_line(hint))).unwrap_or_default();
    format!("{}{place}: {style}{severity}[{rule}]{style:#}: {message}{hint}", file.display())
}

fn finding_record(file: &Path, source: Option<&Source>, finding: &Diagnostic) -> serde_json::Value {
    let mut record = json!({
        "file": file.display().to_string(),
        "severity": finding.severity.as_str(),
        "rule": finding.rule.as_str(),
        "message": finding.message,
    });
    if let Some((line, column)) = place(source, finding) {
        record["line"] = line.into();
        record["column"] = column.into();
    }
    if let Some(span) = finding.span {
        record["span"] = json!([span.start, span.end]);
    }
    if let Some(hint) = &finding.hint {
        record["hint"] = hint.as_str().into();
    }
    record
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
                say(&hint_line(hint));
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

fn hint_line(hint: &str) -> String {
    let style = Style::new().bold();
    format!("  {style}hint{style:#}: {hint}")
}

/// Lines on standard error, handed on at once; when that is closed, there is nobody to tell.
pub(crate) fn say(lines: &str) {
    // Where the lines are coloured is asked once: the answer is a call of the system, and a run may say much.
    static COLOR: LazyLock<anstream::ColorChoice> = LazyLock::new(|| AutoStream::choice(&std::io::stderr()));
    let _ = match *COLOR {
        anstream::ColorChoice::Never => std::io::stderr().write_all(format!("{}\n", strip_str(lines)).as_bytes()),
        color => AutoStream::new(std::io::stderr(), color).write_all(format!("{lines}\n").as_bytes()),
    };
}
