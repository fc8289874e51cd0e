//! `unres convert`.

use crate::Outcome;
use crate::args::{Convert, HanSpaceArg, PartsArg};
use crate::messages::{self, InputError};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use unres::model::Document;
use unres::{
    Addresses, Arity, CommitError, Diagnostic, Encoding, ExportOptions, Exporter, FileTarget, HanSpace, Input,
    OutputName, Outputs, Part, Parts, ReadOptions, Reading, Registry, Severity, nearest, output_names,
};

pub(crate) fn run(args: &Convert) -> anyhow::Result<Outcome> {
    let registry = unres::registry();
    let formats = formats(args, &registry)?;
    let read_options = read_options(args)?;
    let destination = Destination::of(args, &formats)?;
    let inputs = distinct(&args.inputs);
    let mut job =
        Job { args, formats, read_options, outputs: Outputs::of(&inputs, args.no_clobber), warned: false, failed: 0 };
    match destination {
        Destination::Folder(folder) => job.convert_to_folder(&inputs, &folder),
        Destination::File(path) => job.convert_to_file(&inputs, &path)?,
        Destination::StandardOutput => job.convert_to_stdout(&inputs)?,
    }
    Ok(match job.failed {
        failed if failed == inputs.len() => Outcome::Nothing,
        0 if !(args.strict && job.warned) => Outcome::Done,
        _ => Outcome::Partly,
    })
}

/// A format to write, with its options.
struct Chosen<'a> {
    exporter: &'a dyn Exporter,
    options: ExportOptions,
}

/// The formats asked for, each once, with the options that name them.
fn formats<'a>(args: &Convert, registry: &'a Registry) -> anyhow::Result<Vec<Chosen<'a>>> {
    let mut options: BTreeMap<&str, ExportOptions> = BTreeMap::new();
    for option in &args.options {
        let parts = option.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let Some(((format, name), value)) = parts else {
            bail!("option {option:?} is not of the form FORMAT.NAME=VALUE");
        };
        registry.get(format)?;
        options.entry(format).or_default().set(name, value);
    }
    let mut chosen: Vec<Chosen<'_>> = Vec::new();
    for id in &args.to {
        let exporter = registry.get(id)?;
        if chosen.iter().any(|known| known.exporter.format().id == id) {
            continue;
        }
        let options = options.remove(id.as_str()).unwrap_or_default();
        options.check(exporter.options()).with_context(|| format!("format {id}"))?;
        chosen.push(Chosen { exporter, options });
    }
    if let Some(format) = options.keys().next() {
        bail!("an option is given for {format}, which is not among the formats of --to");
    }
    Ok(chosen)
}

/// Refuses a language that no pack is for, with the name that was perhaps meant.
pub(crate) fn known_language(language: &str) -> anyhow::Result<()> {
    let names = || unres::languages().iter().flat_map(unres::Language::names);
    if names().any(|name| name.eq_ignore_ascii_case(language)) {
        return Ok(());
    }
    let near = nearest(language, names()).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    bail!("unknown language {language:?}{near}")
}

/// The encoding of a name, or an error with the name that was perhaps meant.
pub(crate) fn known_encoding(name: &str) -> anyhow::Result<&'static Encoding> {
    if let Some(encoding) = unres::encoding_named(name) {
        return Ok(encoding);
    }
    let near = nearest(&name.to_lowercase(), unres::ENCODINGS.iter().copied());
    let near = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    bail!("unknown encoding {name:?}{near}")
}

/// Refuses a format that nothing reads, with the name that was perhaps meant.
pub(crate) fn known_input(format: &str) -> anyhow::Result<()> {
    let inputs = unres::inputs();
    if inputs.contains(&format) {
        return Ok(());
    }
    let near =
        nearest(format, inputs.iter().copied()).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    bail!("unknown input format {format:?}{near}")
}

fn read_options(args: &Convert) -> anyhow::Result<ReadOptions> {
    if let Some(language) = &args.lang {
        known_language(language)?;
    }
    if let Some(format) = &args.from {
        known_input(format)?;
    }
    let encoding = args.encoding.as_deref().map(known_encoding).transpose()?;
    let (language, from) = (args.lang.clone(), args.from.clone());
    let mut options = ReadOptions { language, from, encoding, ..ReadOptions::default() };
    options.parts = match args.parts {
        PartsArg::Together => Parts::Together,
        PartsArg::Apart => Parts::Apart,
    };
    options.parse.han_space = match args.han_space {
        HanSpaceArg::Thin => HanSpace::Thin,
        HanSpaceArg::None => HanSpace::None,
        HanSpaceArg::Keep => HanSpace::Keep,
    };
    Ok(options)
}

/// Where the outputs go.
enum Destination {
    Folder(PathBuf),
    File(PathBuf),
    StandardOutput,
}

impl Destination {
    fn of(args: &Convert, formats: &[Chosen<'_>]) -> anyhow::Result<Self> {
        let single = formats.iter().all(|format| format.exporter.format().arity == Arity::OneDocument);
        let Some(output) = args.output.as_ref().filter(|output| *output != Path::new("-")) else {
            if formats.len() > 1 {
                bail!("several formats need -o with a folder");
            }
            if args.inputs.len() > 1 && single {
                bail!("several files need -o with a folder");
            }
            return Ok(Self::StandardOutput);
        };
        let ends_with_slash = output.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]);
        if ends_with_slash || output.is_dir() {
            return Ok(Self::Folder(output.clone()));
        }
        if formats.len() > 1 || (args.inputs.len() > 1 && single) {
            bail!(
                "{} is one file, and several are to be written; end it with a slash to name a folder",
                output.display()
            );
        }
        Ok(Self::File(output.clone()))
    }
}

/// The inputs, each once.
fn distinct(inputs: &[PathBuf]) -> Vec<PathBuf> {
    let mut seen = std::collections::BTreeSet::new();
    inputs.iter().filter(|input| seen.insert(input.as_path())).cloned().collect()
}

struct Job<'a> {
    args: &'a Convert,
    outputs: Outputs,
    formats: Vec<Chosen<'a>>,
    read_options: ReadOptions,
    warned: bool,
    failed: usize,
}

impl Job<'_> {
    /// Each input into files of its own.
    fn convert_to_folder(&mut self, inputs: &[PathBuf], folder: &Path) {
        for (input, name) in inputs.iter().zip(output_names(inputs)) {
            let Some(reading) = self.read(input) else { continue };
            self.report(input, &reading, &reading.diagnostics);
            for index in 0..self.formats.len() {
                if let Err(error) = self.write_files(input, &reading, index, folder, &name) {
                    messages::print_error(&error, self.args.message_format);
                    self.failed += 1;
                    break;
                }
            }
        }
    }

    fn write_files(
        &mut self,
        input: &Path,
        reading: &Reading,
        index: usize,
        folder: &Path,
        name: &OutputName,
    ) -> anyhow::Result<()> {
        let format = self.formats[index].exporter.format();
        for (document, group) in unres::outputs_of(&reading.documents, format.arity).enumerate() {
            let path = name.path(folder, document, format.extension);
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).map_err(|error| InputError::new(parent, error, None))?;
            self.write_file(input, reading, index, &path, group)?;
        }
        Ok(())
    }

    /// One output, with its side tables.
    fn write_file(
        &mut self,
        input: &Path,
        reading: &Reading,
        index: usize,
        path: &Path,
        documents: &[Document],
    ) -> anyhow::Result<()> {
        let mut findings = Vec::new();
        let chosen = &self.formats[index];
        let mut target = FileTarget::new(path);
        let written = unres::export(chosen.exporter, documents, &chosen.options, &mut target, &mut findings);
        written.map_err(|error| InputError::new(path, error, None))?;
        self.commit(target)?;
        self.report(input, reading, &findings);
        Ok(())
    }

    /// One input into one file, or several inputs into one table.
    fn convert_to_file(&mut self, inputs: &[PathBuf], path: &Path) -> anyhow::Result<()> {
        let mut target = FileTarget::new(path);
        let written =
            self.convert_to_target(inputs, &mut target).map_err(|error| match error.downcast::<InputError>() {
                Ok(input) => input,
                Err(error) => InputError::new(path, format!("{error:#}"), None),
            })?;
        if written { self.commit(target) } else { Ok(()) }
    }

    fn convert_to_stdout(&mut self, inputs: &[PathBuf]) -> anyhow::Result<()> {
        let mut target = unres::MemoryTarget::default();
        if !self.convert_to_target(inputs, &mut target)? {
            return Ok(());
        }
        let part = match &self.args.table {
            None => Part::Main,
            Some(name) => {
                let side = |part: &Part| matches!(part, Part::Side(known) if known == name);
                let found = target.parts().find(side);
                found.with_context(|| format!("this format has no table {name:?}"))?
            }
        };
        let mut out = std::io::stdout().lock();
        out.write_all(&target.bytes(part))?;
        out.flush()?;
        Ok(())
    }

    /// All inputs into one output of the first format. False when no input could be read.
    fn convert_to_target(&mut self, inputs: &[PathBuf], target: &mut dyn unres::Target) -> anyhow::Result<bool> {
        let readings: Vec<(&PathBuf, Reading)> =
            inputs.iter().filter_map(|input| Some((input, self.read(input)?))).collect();
        if readings.is_empty() {
            return Ok(false);
        }
        let documents = readings.iter().map(|(_, reading)| reading.documents.len()).sum::<usize>();
        let chosen = &self.formats[0];
        if documents > 1 && chosen.exporter.format().arity == Arity::OneDocument {
            bail!("the input holds {documents} documents; name a folder with -o to write one file each");
        }
        let mut writer = chosen.exporter.open(&chosen.options, target)?;
        let mut findings = Vec::new();
        for (_, reading) in &readings {
            let mut found = Vec::new();
            for document in &reading.documents {
                writer.write(document, &Addresses::of(document), &mut found)?;
            }
            findings.push(found);
        }
        writer.finish()?;
        for ((input, reading), found) in readings.iter().zip(&findings) {
            self.report(input, reading, &reading.diagnostics);
            self.report(input, reading, found);
        }
        Ok(true)
    }

    /// Reads an input, or says why it cannot be read.
    fn read(&mut self, input: &Path) -> Option<Reading> {
        let reading = read_bytes(input).and_then(|bytes| {
            let name = if input == Path::new("-") { "-".into() } else { input.to_string_lossy() };
            unres::read(&Input { name: &name, bytes: &bytes }, &self.read_options)
                .map_err(|error| InputError::new(input, &error, error.hint()))
        });
        reading
            .inspect_err(|_| self.failed += 1)
            .map_err(|error| messages::print_error(&error.into(), self.args.message_format))
            .ok()
    }

    fn report(&mut self, input: &Path, reading: &Reading, findings: &[Diagnostic]) {
        self.warned |= findings.iter().any(|finding| finding.severity >= Severity::Warning);
        messages::print_findings(input, reading.source.as_ref(), findings, self.args.message_format);
    }

    /// Moves an output to its place, unless a part of it would replace an input or what this call has written.
    fn commit(&mut self, target: FileTarget) -> anyhow::Result<()> {
        let first = target.paths().next().map_or_else(PathBuf::new, Path::to_owned);
        let error = match self.outputs.commit(target) {
            Ok(()) => return Ok(()),
            Err(CommitError::IsInput(path)) => {
                InputError::new(&path, "the output is the input", "name another file with -o")
            }
            Err(CommitError::Twice(path)) => {
                let hint = "convert the inputs one by one, or name them differently";
                InputError::new(&path, "two outputs would have this name", hint)
            }
            Err(CommitError::Io(error)) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                InputError::new(&first, error, "leave out --no-clobber to replace it")
            }
            Err(CommitError::Io(error)) => InputError::new(&first, error, None),
        };
        Err(error.into())
    }
}

pub(crate) fn read_bytes(input: &Path) -> Result<Vec<u8>, InputError> {
    if input == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| InputError::new(input, error, None));
    }
    if input.is_dir() {
        return Err(InputError::new(input, "this is a folder", "name its files, or use cargo xtask corpus convert"));
    }
    std::fs::read(input).map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => "check the name",
            std::io::ErrorKind::PermissionDenied => "check the permissions of the file",
            _ => "check that the file can be opened",
        };
        InputError::new(input, error, hint)
    })
}
