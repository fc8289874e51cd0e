//! One input at a time, in this process.

use crate::protocol::{Answer, Converted, DocumentFacts, Output, Request, Warning};
use crate::{Failure, FailureKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use unres::model::{BlockKind, Document};
use unres::{
    Budget, Diagnostic, ExportError, ExportOptions, Exporter, Input, MemoryTarget, Part, ReadOptions, Reading,
    Registry, RowMaker, Severity, export, marks_for, outputs_of,
};

/// What is made of each input. Two runs with equal plans make equal bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Formats of which each input gets files of its own.
    pub files: Vec<String>,
    /// Formats of which all inputs get one table.
    pub tables: Vec<String>,
    /// Options of formats: `csv.delimiter=tab`.
    pub options: Vec<String>,
    /// Language of all inputs; found from each when it is none.
    pub language: Option<String>,
    /// Encoding of all inputs; found from each when it is none.
    pub encoding: Option<String>,
    /// Format of all inputs; found from each when it is none.
    pub from: Option<String>,
    /// Inputs with more bytes are refused.
    pub max_bytes: u64,
}

impl Default for Plan {
    fn default() -> Self {
        let max_bytes = Budget::default().bytes;
        Self { files: vec![], tables: vec![], options: vec![], language: None, encoding: None, from: None, max_bytes }
    }
}

/// Why a plan cannot be carried out.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A format or option is not known.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// An option has no name or no value.
    #[error("option {0:?} is not of the form FORMAT.NAME=VALUE")]
    Option(String),
    /// An option is given for a format that is not among those of the plan.
    #[error("an option is given for {0}, which is not among the formats")]
    Unused(String),
    /// A format has no table over many inputs.
    #[error("{0} has no table that grows by its rows; name it as a format of files")]
    NoTable(String),
    /// The encoding is not known.
    #[error("unknown encoding {0:?}")]
    Encoding(String),
    /// The language or the format of the input is not known.
    #[error(transparent)]
    Read(#[from] unres::Error),
}

/// A plan that can be carried out.
pub struct Converter {
    plan: Plan,
    registry: Registry,
    read: ReadOptions,
    files: Vec<Chosen>,
    tables: Vec<RowMaker>,
}

/// A format with its options.
struct Chosen {
    exporter: Arc<dyn Exporter>,
    options: ExportOptions,
}

impl Converter {
    /// Checks a plan.
    pub fn new(plan: &Plan) -> Result<Self, PlanError> {
        let registry = unres::registry();
        let mut options = options_by_format(&plan.options)?;
        let mut choose = |id: &String| -> Result<Chosen, PlanError> {
            let exporter = Arc::clone(registry.get(id)?);
            let options = options.entry(id.clone()).or_default();
            options.1 = true;
            options.0.check(exporter.options())?;
            Ok(Chosen { exporter, options: options.0.clone() })
        };
        let files: Vec<Chosen> = distinct(&plan.files).map(&mut choose).collect::<Result<_, _>>()?;
        let tables: Vec<Chosen> = distinct(&plan.tables).map(&mut choose).collect::<Result<_, _>>()?;
        if let Some((format, _)) = options.into_iter().find(|(_, (_, is_used))| !is_used) {
            return Err(PlanError::Unused(format));
        }
        let mut read = read_options(plan)?;
        read.marks = marks_for(files.iter().chain(&tables).map(|chosen| chosen.exporter.as_ref()));
        let maker = |Chosen { exporter, options }: Chosen| {
            let no_table = || PlanError::NoTable(exporter.format().id.to_owned());
            RowMaker::of(&exporter, &options)?.ok_or_else(no_table)
        };
        let tables = tables.into_iter().map(maker).collect::<Result<_, _>>()?;
        Ok(Self { plan: plan.clone(), read, registry, files, tables })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What makes the rows of each table.
    pub(crate) fn tables(&self) -> &[RowMaker] {
        &self.tables
    }

    /// The extension of a format's files.
    pub(crate) fn extension(&self, format: &str) -> &'static str {
        self.registry.get(format).map_or("", |exporter| exporter.format().extension)
    }

    /// Converts one input. A panic is a failure like any other.
    pub fn convert(&self, name: &str, bytes: &[u8], language: Option<&str>) -> Answer {
        let work = AssertUnwindSafe(|| self.try_convert(name, bytes, language));
        match catch_unwind(work) {
            Ok(Ok(converted)) => Answer::Done(converted),
            Ok(Err(failure)) => Answer::Failed(failure),
            Err(panic) => Answer::Failed(Failure::new(FailureKind::Panic, panic_message(panic.as_ref()))),
        }
    }

    /// Answers a record.
    pub fn answer(&self, request: &Request) -> Answer {
        match request.given.bytes(self.plan.max_bytes) {
            Ok(bytes) => self.convert(&request.id, &bytes, request.lang.as_deref()),
            Err(failure) => Answer::Failed(failure),
        }
    }

    fn try_convert(&self, name: &str, bytes: &[u8], language: Option<&str>) -> Result<Converted, Failure> {
        let mut options = self.read.clone();
        options.language = language.map(str::to_owned).or(options.language);
        let Reading { documents, mut diagnostics, account, .. } = unres::read(&Input { name, bytes }, &options)
            .map_err(|error| Failure::new(FailureKind::Read, error.to_string()).hint(error.hint()))?;
        let mut outputs = Vec::new();
        for chosen in &self.files {
            write_files(chosen, &documents, &mut outputs, &mut diagnostics).map_err(not_written)?;
        }
        for maker in &self.tables {
            write_rows(maker, &documents, &mut outputs).map_err(not_written)?;
        }
        let documents = documents.iter().map(facts).collect();
        Ok(Converted { documents, outputs, warnings: warnings(&diagnostics), breach: !account.is_closed() })
    }
}

fn write_files(
    chosen: &Chosen,
    documents: &[Document],
    outputs: &mut Vec<Output>,
    findings: &mut Vec<Diagnostic>,
) -> Result<(), ExportError> {
    let exporter = chosen.exporter.as_ref();
    let format = exporter.format();
    for (document, group) in outputs_of(documents, format.arity).enumerate() {
        let mut target = MemoryTarget::default();
        export(exporter, group, &chosen.options, &mut target, findings)?;
        outputs.extend(target.parts().map(|part| Output {
            format: format.id.to_owned(),
            rows: false,
            document,
            part: part_name(part),
            bytes: target.bytes(part).into(),
        }));
    }
    Ok(())
}

/// The rows of all documents. What looks odd on the way is reported with the files, or not at all: the rows of a table are those of its format.
fn write_rows(maker: &RowMaker, documents: &[Document], outputs: &mut Vec<Output>) -> Result<(), ExportError> {
    let rows = maker.rows(documents, &mut Vec::new())?;
    outputs.extend(maker.heads().zip(rows.into_parts()).map(|((part, _), rows)| Output {
        format: maker.format().id.to_owned(),
        rows: true,
        document: 0,
        part: part_name(part),
        bytes: rows.into(),
    }));
    Ok(())
}

fn distinct(formats: &[String]) -> impl Iterator<Item = &String> {
    formats
        .iter()
        .enumerate()
        .filter(|(at, id)| !formats.iter().take(*at).any(|before| before == *id))
        .map(|(_, id)| id)
}

/// The options of each format, and whether the format is used.
type Options = BTreeMap<String, (ExportOptions, bool)>;

fn options_by_format(options: &[String]) -> Result<Options, PlanError> {
    let mut by_format = Options::new();
    for option in options {
        let parts = option.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let ((format, name), value) = parts.ok_or_else(|| PlanError::Option(option.clone()))?;
        by_format.entry(format.to_owned()).or_default().0.set(name, value);
    }
    Ok(by_format)
}

fn read_options(plan: &Plan) -> Result<ReadOptions, PlanError> {
    let known = |name: &String| unres::encoding_named(name).ok_or_else(|| PlanError::Encoding(name.clone()));
    let encoding = plan.encoding.as_ref().map(known).transpose()?;
    let mut options =
        ReadOptions { language: plan.language.clone(), from: plan.from.clone(), encoding, ..ReadOptions::default() };
    options.budget.bytes = plan.max_bytes;
    options.check()?;
    Ok(options)
}

pub(crate) fn part_name(part: Part) -> Option<String> {
    match part {
        Part::Main => None,
        Part::Side(name) => Some(name.to_owned()),
    }
}

/// An exporter that refuses a document does so for what stands in it: its target is memory.
#[allow(clippy::needless_pass_by_value)] // it is what `map_err` hands over
fn not_written(error: ExportError) -> Failure {
    Failure::new(FailureKind::Read, error.to_string())
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("the program panicked: {}", text.unwrap_or("no message"))
}

fn facts(document: &Document) -> DocumentFacts {
    let meta = &document.meta;
    let is_paragraph = |kind| matches!(kind, BlockKind::Preambular | BlockKind::Operative | BlockKind::Item);
    let mut openings = BTreeMap::new();
    for key in document.blocks.iter().filter_map(|block| block.opening.as_ref()?.key.as_ref()) {
        *openings.entry(key.clone()).or_default() += 1;
    }
    DocumentFacts {
        symbol: meta.symbol.as_ref().map(|fact| fact.value.clone()),
        language: meta.language.clone(),
        organ: meta.organ.as_ref().map(|fact| fact.value.clone()),
        year: year(document),
        paragraphs: document.blocks.iter().filter(|block| is_paragraph(block.kind)).count(),
        openings,
    }
}

fn year(document: &Document) -> Option<i16> {
    let adopted = document.meta.adopted.as_ref().map(|fact| fact.value);
    Some(adopted.or(document.meta.cover.issued)?.year())
}

/// Warnings and errors, by rule.
fn warnings(findings: &[Diagnostic]) -> Vec<Warning> {
    let mut by_rule: BTreeMap<&str, Warning> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.severity >= Severity::Warning) {
        let rule = finding.rule.as_str();
        let first = || Warning { rule: rule.to_owned(), count: 0, message: finding.message.clone() };
        by_rule.entry(rule).or_insert_with(first).count += 1;
    }
    by_rule.into_values().collect()
}
