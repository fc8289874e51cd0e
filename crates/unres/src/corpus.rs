//! Many inputs at once, on all cores: each is converted for itself, and one that fails does not stop the others.

use crate::{
    CommitError, Error, FileTarget, OutputName, Outputs, ReadOptions, Reading, export, outputs_of, read, registry,
};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use unres_export::{ExportError, ExportOptions, Registry};
use unres_source::{Diagnostic, Input, Severity};

/// A job over a folder.
#[derive(Clone, Debug)]
pub struct Job {
    /// The folder that is read, with all folders in it, in the order of names.
    pub input: PathBuf,
    /// The folder that is written, with the same folders in it.
    pub output: PathBuf,
    /// The formats.
    pub formats: Vec<String>,
    /// How inputs are read.
    pub options: ReadOptions,
    /// The extensions of the files that are read; the others are passed over and counted.
    pub extensions: Vec<String>,
}

/// What became of a job.
#[derive(Debug, Default)]
pub struct Report {
    /// One record an input, in the order of names.
    pub records: Vec<Record>,
    /// Files that have another extension.
    pub passed_over: usize,
}

/// What became of an input.
#[derive(Debug)]
pub struct Record {
    /// The input, relative to the job's folder.
    pub input: PathBuf,
    /// How many documents it gave, or why none.
    pub outcome: Result<usize, JobError>,
    /// What looked odd, with warnings and worse only.
    pub warnings: Vec<Diagnostic>,
}

/// Why an input of a job failed.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// It could not be opened.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It could not be read.
    #[error(transparent)]
    Read(#[from] Error),
    /// Its output could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// Its output did not get its place.
    #[error(transparent)]
    Commit(#[from] CommitError),
}

impl Report {
    /// The records of what failed.
    pub fn failures(&self) -> impl Iterator<Item = (&Path, &JobError)> {
        self.records.iter().filter_map(|record| Some((record.input.as_path(), record.outcome.as_ref().err()?)))
    }
}

/// Runs a job. Fails only when the folder cannot be listed or a format is not known.
pub fn convert(job: &Job) -> Result<Report, JobError> {
    let registry = registry();
    for format in &job.formats {
        registry.get(format)?;
    }
    let files = files_in(&job.input)?;
    let wanted = |path: &PathBuf| {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        job.extensions.iter().any(|wanted| wanted.eq_ignore_ascii_case(extension))
    };
    let (inputs, others): (Vec<PathBuf>, Vec<PathBuf>) = files.into_iter().partition(wanted);
    let names = names_in_folders(&inputs);
    let outputs = Outputs::of(inputs.iter().map(|input| job.input.join(input)), false);
    let work = inputs.par_iter().zip(names);
    let records = work.map(|(input, name)| convert_one(job, &registry, &outputs, input, &name)).collect();
    Ok(Report { records, passed_over: others.len() })
}

/// The names of outputs keep the folders of the inputs.
fn names_in_folders(inputs: &[PathBuf]) -> Vec<(PathBuf, OutputName)> {
    let mut names = Vec::with_capacity(inputs.len());
    let mut rest = inputs;
    while let Some(first) = rest.first() {
        let folder = first.parent().unwrap_or(Path::new("")).to_owned();
        let count = rest.iter().take_while(|input| input.parent() == first.parent()).count();
        let (here, others) = rest.split_at(count);
        let files: Vec<PathBuf> = here.iter().filter_map(|input| input.file_name()).map(PathBuf::from).collect();
        names.extend(crate::output_names(&files).into_iter().map(|name| (folder.clone(), name)));
        rest = others;
    }
    names
}

fn convert_one(
    job: &Job,
    registry: &Registry,
    outputs: &Outputs,
    input: &Path,
    (folder, name): &(PathBuf, OutputName),
) -> Record {
    let mut warnings = Vec::new();
    let outcome = try_convert(job, registry, outputs, input, &job.output.join(folder), name, &mut warnings);
    warnings.retain(|finding| finding.severity >= Severity::Warning);
    Record { input: input.to_owned(), outcome, warnings }
}

fn try_convert(
    job: &Job,
    registry: &Registry,
    outputs: &Outputs,
    input: &Path,
    folder: &Path,
    name: &OutputName,
    findings: &mut Vec<Diagnostic>,
) -> Result<usize, JobError> {
    let bytes = std::fs::read(job.input.join(input))?;
    let Reading { documents, mut diagnostics, .. } =
        read(&Input { name: &input.to_string_lossy(), bytes: &bytes }, &job.options)?;
    findings.append(&mut diagnostics);
    std::fs::create_dir_all(folder)?;
    for format in &job.formats {
        let exporter = registry.get(format)?;
        let format = exporter.format();
        for (index, group) in outputs_of(&documents, format.arity).enumerate() {
            let mut target = FileTarget::new(name.path(folder, index, format.extension));
            export(exporter, group, &ExportOptions::default(), &mut target, findings)?;
            outputs.commit(target)?;
        }
    }
    Ok(documents.len())
}

/// All files below a folder, relative to it, folder by folder in the order of names. Links to folders are not followed.
fn files_in(root: &Path) -> Result<Vec<PathBuf>, JobError> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(root.join(&folder))?.collect::<Result<_, _>>()?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let mut below = Vec::new();
        for entry in entries {
            let path = folder.join(entry.file_name());
            let kind = entry.file_type()?;
            if kind.is_dir() {
                below.push(path);
            } else {
                files.push(path);
            }
        }
        folders.extend(below.into_iter().rev());
    }
    Ok(files)
}
