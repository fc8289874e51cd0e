//! `unres convert`.

use crate::Outcome;
use crate::args::{Convert, HanSpaceArg, Limits, PartsArg};
use crate::messages::{self, InputError};
use anyhow::{Context, bail};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use unres::{
    Addresses, Arity, CommitError, Diagnostic, DocumentWriter, Encoding, ExportOptions, Exporter, FileTarget, HanSpace,
    IllFormed, Input, OutputName, Outputs, Part, Parts, ReadError, ReadOptions, Reading, Registry, RowMaker, Severity,
    StoredFiles, nearest, output_names,
};

pub(crate) fn run(args: &Convert) -> anyhow::Result<Outcome> {
    let named = args.to.iter().map(String::as_str);
    let registry = unres::registry_for(named, Duration::from_secs(args.patience))?;
    let formats = formats(args, &registry)?;
    let read_options = read_options(args, &formats)?;
    let destination = Destination::of(args, &formats)?;
    if args.open && !matches!(destination, Destination::File(_)) {
        bail!("--open needs -o with the name of a file");
    }
    let inputs = distinct(&args.inputs);
    let threads = args.jobs.or(std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let job = Job { args, formats, read_options, outputs: Outputs::of(&inputs, args.no_clobber), threads };
    let mut tally = Tally::default();
    match destination {
        Destination::Folder(folder) => job.convert_to_folder(&inputs, &folder, &mut tally),
        Destination::File(path) => {
            job.convert_to_file(&inputs, &path, &mut tally)?;
            if args.open && path.exists() {
                crate::view::open(&path)?;
            }
        }
        Destination::StandardOutput => job.convert_to_stdout(&inputs, &mut tally)?,
    }
    Ok(match tally.failed {
        failed if failed == inputs.len() => Outcome::Nothing,
        0 if !(args.strict && tally.warned) => Outcome::Done,
        _ => Outcome::Partly,
    })
}

/// A format to write, with its options.
struct Chosen {
    exporter: Arc<dyn Exporter>,
    options: ExportOptions,
}

/// The formats asked for, each once, with the options that name them.
fn formats(args: &Convert, registry: &Registry) -> anyhow::Result<Vec<Chosen>> {
    let mut options: BTreeMap<&str, ExportOptions> = BTreeMap::new();
    for option in &args.options {
        let parts = option.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
        let Some(((format, name), value)) = parts else {
            bail!("option {option:?} is not of the form FORMAT.NAME=VALUE");
        };
        registry.get(format)?;
        options.entry(format).or_default().set(name, value);
    }
    if let Some(profile) = &args.profile {
        options.entry("akn").or_default().set("profile", profile);
    }
    let mut chosen: Vec<Chosen> = Vec::new();
    for id in &args.to {
        let exporter = Arc::clone(registry.get(id)?);
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

fn read_options(args: &Convert, formats: &[Chosen]) -> anyhow::Result<ReadOptions> {
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
        PartsArg::Together if !args.split => Parts::Together,
        _ => Parts::Apart,
    };
    options.parse.han_space = match args.han_space {
        HanSpaceArg::Thin => HanSpace::Thin,
        HanSpaceArg::None => HanSpace::None,
        HanSpaceArg::Keep => HanSpace::Keep,
    };
    options.marks = unres::marks_for(formats.iter().map(|format| format.exporter.as_ref()));
    options.budget.bytes = args.limits.max_bytes;
    options.ill_formed = if args.strict { IllFormed::Refused } else { IllFormed::Mended };
    Ok(options)
}

/// Where the outputs go.
enum Destination {
    Folder(PathBuf),
    File(PathBuf),
    StandardOutput,
}

impl Destination {
    fn of(args: &Convert, formats: &[Chosen]) -> anyhow::Result<Self> {
        let single = formats.iter().all(|format| format.exporter.format().arity != Arity::ManyDocuments);
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
    formats: Vec<Chosen>,
    read_options: ReadOptions,
    threads: NonZeroUsize,
}

/// What became of the inputs so far.
#[derive(Default)]
struct Tally {
    warned: bool,
    failed: usize,
}

/// What is to be said of an input, in the lines of standard error: its turn may be later than the time when the source is there.
struct Said {
    lines: Vec<String>,
    warned: bool,
}

impl Said {
    fn say(&self, tally: &mut Tally) {
        tally.warned |= self.warned;
        messages::say_all(&self.lines);
    }
}

/// A file that is written, with its side tables, and not yet in its place.
struct Written {
    files: StoredFiles,
    said: Said,
}

/// An input and what its files are called.
struct Named<'a> {
    input: &'a Path,
    name: OutputName,
}

impl AsRef<Path> for Named<'_> {
    fn as_ref(&self) -> &Path {
        self.input
    }
}

/// What stops a run.
type Stop = ControlFlow<anyhow::Error>;

impl Job<'_> {
    /// Each input into files of its own, which the thread that reads it writes; this one only moves them to their places.
    fn convert_to_folder(&self, inputs: &[PathBuf], folder: &Path, tally: &mut Tally) {
        let named = inputs.iter().zip(output_names(inputs)).map(|(input, name)| Named { input, name });
        let make = |named: &Named<'_>, reading: Reading| {
            let mut files = Vec::new();
            let write = |chosen| self.write_files(named, &reading, chosen, folder, &mut files);
            let done = self.formats.iter().try_for_each(write);
            (self.said(named.input, &reading, &reading.diagnostics), files, done)
        };
        let done = self.each(&named.collect::<Vec<_>>(), tally, make, |_, (said, files, done), tally| {
            said.say(tally);
            let put = |Written { files, said }| self.commit(files).map(|()| said.say(tally));
            if let Err(error) = files.into_iter().try_for_each(put).and(done) {
                messages::print_error(&error, self.args.message_format);
                tally.failed += 1;
            }
            Stop::Continue(())
        });
        debug_assert!(done.is_continue());
    }

    /// Reads the inputs on several threads, each of which makes something of what it read, and hands that over in the order of the inputs. What
    /// cannot be read is said and left out.
    fn each<T: AsRef<Path> + Sync, R: Send>(
        &self,
        inputs: &[T],
        tally: &mut Tally,
        make: impl Fn(&T, Reading) -> R + Sync,
        mut take: impl FnMut(&T, R, &mut Tally) -> Stop,
    ) -> Stop {
        let work = |input: &T| self.read(input.as_ref()).map(|reading| make(input, reading));
        unres::in_order(inputs, self.threads, work, |input, result| match result {
            Ok(what) => take(input, what, tally),
            Err(error) => {
                tally.failed += 1;
                messages::print_error(&error.into(), self.args.message_format);
                Stop::Continue(())
            }
        })
    }

    /// The files of one input in one format.
    fn write_files(
        &self,
        Named { input, name }: &Named<'_>,
        reading: &Reading,
        chosen: &Chosen,
        folder: &Path,
        files: &mut Vec<Written>,
    ) -> anyhow::Result<()> {
        let format = chosen.exporter.format();
        for (document, group) in unres::outputs_of(&reading.documents, self.arity(chosen)).enumerate() {
            let path = name.path(folder, document, format.extension);
            let parent = path.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).map_err(|error| InputError::new(parent, error, None))?;
            let mut findings = Vec::new();
            let mut target = FileTarget::new(&path);
            let exporter = chosen.exporter.as_ref();
            let done = unres::export(exporter, group, &chosen.options, &mut target, &mut findings);
            done.map_err(|error| InputError::new(&path, error, None))?;
            files.push(Written { files: self.store(target)?, said: self.said(input, reading, &findings) });
        }
        Ok(())
    }

    /// How many documents one output of a format holds.
    fn arity(&self, chosen: &Chosen) -> Arity {
        match chosen.exporter.format().arity {
            Arity::OneNumber if self.args.split => Arity::OneDocument,
            arity => arity,
        }
    }

    /// One input into one file, or several inputs into one table.
    fn convert_to_file(&self, inputs: &[PathBuf], path: &Path, tally: &mut Tally) -> anyhow::Result<()> {
        let mut target = FileTarget::new(path);
        let written = self.convert_to_target(inputs, &mut target, tally).map_err(|error| {
            match error.downcast::<InputError>() {
                Ok(input) => input,
                Err(error) => InputError::new(path, format!("{error:#}"), None),
            }
        })?;
        if written { self.commit(self.store(target)?) } else { Ok(()) }
    }

    fn convert_to_stdout(&self, inputs: &[PathBuf], tally: &mut Tally) -> anyhow::Result<()> {
        let mut target = unres::MemoryTarget::default();
        if !self.convert_to_target(inputs, &mut target, tally)? {
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
    fn convert_to_target(
        &self,
        inputs: &[PathBuf],
        target: &mut dyn unres::Target,
        tally: &mut Tally,
    ) -> anyhow::Result<bool> {
        let chosen = &self.formats[0];
        // One thread has nobody to make rows for, and writes them at once.
        let several = self.threads.get() > 1 && inputs.len() > 1;
        let maker = if several { RowMaker::of(&chosen.exporter, &chosen.options)? } else { None };
        match maker {
            Some(maker) => self.write_rows(inputs, &maker, target, tally),
            None => self.write_documents(inputs, target, tally),
        }
    }

    /// The rows of all inputs. The thread that reads an input makes its rows, so that documents stay on one thread, and this one only puts rows in order.
    fn write_rows(
        &self,
        inputs: &[PathBuf],
        maker: &RowMaker,
        target: &mut dyn unres::Target,
        tally: &mut Tally,
    ) -> anyhow::Result<bool> {
        let make = |input: &PathBuf, mut reading: Reading| {
            let mut findings = std::mem::take(&mut reading.diagnostics);
            let rows = maker.rows(&reading.documents, &mut findings);
            (rows, self.said(input, &reading, &findings))
        };
        let mut table = None;
        let done = self.each(inputs, tally, make, |_, (rows, said), tally| {
            said.say(tally);
            let add = || -> anyhow::Result<()> {
                let table = match &mut table {
                    Some(table) => table,
                    None => table.insert(maker.open(target)?),
                };
                Ok(table.add(&rows?)?)
            };
            add().map_or_else(Stop::Break, Stop::Continue)
        });
        if let Stop::Break(error) = done {
            return Err(error);
        }
        table.map_or(Ok(false), |table| Ok(table.finish().map(|()| true)?))
    }

    /// All inputs, one after the other, so that few are in memory.
    fn write_documents(
        &self,
        inputs: &[PathBuf],
        target: &mut dyn unres::Target,
        tally: &mut Tally,
    ) -> anyhow::Result<bool> {
        let mut writer = None;
        let mut last = None;
        let whole = |_: &PathBuf, reading| reading;
        let done = self.each(inputs, tally, whole, |input, reading, tally| {
            match self.add_to_target(input, &reading, &mut writer, target, tally) {
                Ok(()) => {
                    last = Some((input.clone(), reading));
                    Stop::Continue(())
                }
                Err(error) => Stop::Break(error),
            }
        });
        if let Stop::Break(error) = done {
            return Err(error);
        }
        let Some(writer) = writer else { return Ok(false) };
        // An exporter reports at the end when its output holds one input.
        let mut findings = Vec::new();
        writer.finish(&mut findings)?;
        if let Some((input, reading)) = last {
            self.said(&input, &reading, &findings).say(tally);
        }
        Ok(true)
    }

    /// One input into the output of the first format, which begins with the first of them.
    fn add_to_target(
        &self,
        input: &Path,
        reading: &Reading,
        writer: &mut Option<Box<dyn DocumentWriter>>,
        target: &mut dyn unres::Target,
        tally: &mut Tally,
    ) -> anyhow::Result<()> {
        let chosen = &self.formats[0];
        let documents = reading.documents.len();
        let arity = self.arity(chosen);
        if arity != Arity::ManyDocuments && unres::outputs_of(&reading.documents, arity).count() > 1 {
            bail!("the input holds {documents} documents; name a folder with -o to write one file each");
        }
        let writer = if let Some(writer) = writer {
            writer
        } else {
            let writer = writer.insert(unres::open_output(chosen.exporter.as_ref(), &chosen.options, target)?);
            if arity != Arity::ManyDocuments {
                writer.expect(documents);
            }
            writer
        };
        let mut findings = Vec::new();
        for document in &reading.documents {
            writer.write(document, &Addresses::of(document), &mut findings)?;
        }
        self.said(input, reading, &reading.diagnostics).say(tally);
        self.said(input, reading, &findings).say(tally);
        Ok(())
    }

    fn read(&self, input: &Path) -> Result<Reading, InputError> {
        thread_local! {
            /// The bytes of an input; the room serves the next one, since to get it from the system and give it back costs more than to read.
            static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
        }
        let name = if input == Path::new("-") { "-".into() } else { input.to_string_lossy() };
        BYTES.with_borrow_mut(|bytes| {
            read_into(bytes, input, self.args.limits)?;
            let reading = unres::read(&Input { name: &name, bytes }, &self.read_options);
            bytes.clear();
            bytes.shrink_to(ROOM_KEPT);
            reading.map_err(|error| InputError::new(input, &error, error.hint()))
        })
    }

    /// What is to be said of an input.
    fn said(&self, input: &Path, reading: &Reading, findings: &[Diagnostic]) -> Said {
        Said {
            lines: messages::finding_lines(input, reading.source.as_ref(), findings, self.args.message_format),
            warned: findings.iter().any(|finding| finding.severity >= Severity::Warning),
        }
    }

    /// Stores an output beside its place, unless it would be refused that.
    fn store(&self, target: FileTarget) -> anyhow::Result<StoredFiles> {
        let first = first_of(target.paths());
        let checked = self.outputs.check(&target);
        let stored = checked.and_then(|()| Ok(target.store()?));
        stored.map_err(|error| refused(&first, error))
    }

    /// Moves an output to its place, unless a part of it would replace an input or what this call has written.
    fn commit(&self, files: StoredFiles) -> anyhow::Result<()> {
        let first = first_of(files.paths());
        self.outputs.commit(files).map_err(|error| refused(&first, error))
    }
}

fn first_of<'p>(mut paths: impl Iterator<Item = &'p Path>) -> PathBuf {
    paths.next().map_or_else(PathBuf::new, Path::to_owned)
}

/// Why an output whose first part is named did not get its place.
fn refused(first: &Path, error: CommitError) -> anyhow::Error {
    let error = match error {
        CommitError::IsInput(path) => InputError::new(&path, "the output is the input", "name another file with -o"),
        CommitError::Twice(path) => {
            let hint = "convert the inputs one by one, or name them differently";
            InputError::new(&path, "two outputs would have this name", hint)
        }
        CommitError::Io(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            InputError::new(first, error, "leave out --no-clobber to replace it")
        }
        CommitError::Io(error) => InputError::new(first, error, None),
    };
    error.into()
}

/// Bytes of room that are kept from one input for the next: most inputs have fewer.
const ROOM_KEPT: usize = 1 << 20;

/// The bytes of an input. One that is larger than the limit is refused before it is in memory.
pub(crate) fn read_bytes(input: &Path, limits: Limits) -> Result<Vec<u8>, InputError> {
    let mut bytes = Vec::new();
    read_into(&mut bytes, input, limits)?;
    Ok(bytes)
}

/// Reads an input into a buffer, in the place of what it holds.
fn read_into(bytes: &mut Vec<u8>, input: &Path, limits: Limits) -> Result<(), InputError> {
    bytes.clear();
    if input == Path::new("-") {
        return read_limited(bytes, std::io::stdin().lock(), 0, input, limits);
    }
    let opened = std::fs::File::open(input).and_then(|file| file.metadata().map(|metadata| (file, metadata)));
    if opened.as_ref().map_or_else(|_| input.is_dir(), |(_, metadata)| metadata.is_dir()) {
        return Err(InputError::new(input, "this is a folder", "name its files, or use unres batch"));
    }
    let (file, metadata) = opened.map_err(|error| cannot_read(input, error))?;
    read_limited(bytes, file, metadata.len(), input, limits)
}

fn read_limited(
    bytes: &mut Vec<u8>,
    from: impl Read,
    size: u64,
    input: &Path,
    limits: Limits,
) -> Result<(), InputError> {
    let too_large = |bytes| {
        let error = ReadError::TooLarge { bytes, limit: limits.max_bytes };
        InputError::new(input, &error, error.hint())
    };
    if size > limits.max_bytes {
        return Err(too_large(size));
    }
    bytes.reserve(usize::try_from(size).unwrap_or(0));
    from.take(limits.max_bytes + 1).read_to_end(bytes).map_err(|error| cannot_read(input, error))?;
    match u64::try_from(bytes.len()) {
        Ok(size) if size <= limits.max_bytes => Ok(()),
        _ => Err(too_large(limits.max_bytes + 1)),
    }
}

fn cannot_read(input: &Path, error: std::io::Error) -> InputError {
    let hint = match error.kind() {
        std::io::ErrorKind::NotFound => "check the name",
        std::io::ErrorKind::PermissionDenied => "check the permissions of the file",
        _ => "check that the file can be opened",
    };
    InputError::new(input, error, hint)
}
