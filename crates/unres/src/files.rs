//! Outputs on disk and in memory. A file appears whole or not at all.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::{NamedTempFile, TempPath};
use unres_export::{ExportError, Part, Target};

/// Bytes that go to a file at once.
const PIECE: usize = 64 << 10;

/// Parts of an output as files: `X.csv`, `X.documents.csv`. They are written beside their final place, forced to the disk by [`FileTarget::store`] and
/// moved by [`StoredFiles::commit`]; what is dropped before leaves nothing. What is there and no file, such as a device or a pipe, is written to at once
/// and never replaced.
#[derive(Debug)]
pub struct FileTarget {
    path: PathBuf,
    parts: Vec<(PathBuf, NamedTempFile)>,
}

impl FileTarget {
    /// A target whose main part is to be `path`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), parts: Vec::new() }
    }

    /// Where a part goes.
    pub fn part_path(path: &Path, part: Part) -> PathBuf {
        match part {
            Part::Main => path.to_owned(),
            Part::Side(name) => {
                let mut side = std::ffi::OsString::from(name);
                if let Some(extension) = path.extension() {
                    side.push(".");
                    side.push(extension);
                }
                path.with_extension(side)
            }
        }
    }

    /// Where the parts will be.
    pub fn paths(&self) -> impl Iterator<Item = &Path> + Clone {
        self.parts.iter().map(|(path, _)| path.as_path())
    }

    /// Forces the parts to the disk and closes them, once their streams are ended. It waits for the disk, so that a thread of several should do it.
    pub fn store(self) -> std::io::Result<StoredFiles> {
        let store = |(path, file): (PathBuf, NamedTempFile)| {
            file.as_file().sync_all().or_else(ignore_unsupported)?;
            Ok((path, file.into_temp_path()))
        };
        Ok(StoredFiles { parts: self.parts.into_iter().map(store).collect::<std::io::Result<_>>()? })
    }
}

/// Parts of an output that are on the disk, beside their places. Any number of them may wait: none is open.
#[derive(Debug)]
pub struct StoredFiles {
    parts: Vec<(PathBuf, TempPath)>,
}

impl StoredFiles {
    /// Where the parts will be.
    pub fn paths(&self) -> impl Iterator<Item = &Path> + Clone {
        self.parts.iter().map(|(path, _)| path.as_path())
    }

    /// Moves all parts to their places. With `keep_existing`, a place that is taken is an error before anything is moved.
    pub fn commit(self, keep_existing: bool) -> std::io::Result<()> {
        if keep_existing {
            are_free(self.paths())?;
        }
        for (path, file) in self.parts {
            let moved = if keep_existing { file.persist_noclobber(&path) } else { file.persist(&path) };
            moved.map_err(|error| {
                std::io::Error::new(error.error.kind(), format!("{}: {}", path.display(), error.error))
            })?;
        }
        Ok(())
    }
}

/// An error when one of these places is taken.
fn are_free<'p>(mut paths: impl Iterator<Item = &'p Path>) -> std::io::Result<()> {
    paths.find(|path| path.exists()).map_or(Ok(()), |taken| {
        let message = format!("{}: the file exists", taken.display());
        Err(std::io::Error::new(std::io::ErrorKind::AlreadyExists, message))
    })
}

/// Some file systems cannot flush a file; the file is there all the same.
fn ignore_unsupported(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::Unsupported { Ok(()) } else { Err(error) }
}

impl Target for FileTarget {
    fn part(&mut self, part: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        let path = Self::part_path(&self.path, part);
        if path.metadata().is_ok_and(|place| !place.is_file() && !place.is_dir()) {
            let place = std::fs::OpenOptions::new().write(true).open(&path)?;
            return Ok(Box::new(std::io::BufWriter::with_capacity(PIECE, place)));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".unres-").suffix(".part");
        #[cfg(unix)]
        {
            // A temporary file is private by default; an output has the mode that any new file gets, less the umask.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let named = |error: std::io::Error| {
            std::io::Error::new(error.kind(), format!("cannot write in {}: {error}", folder.display()))
        };
        let file = builder.tempfile_in(folder).map_err(named)?;
        let handle = file.reopen()?;
        self.parts.push((path, file));
        let file = StoredEarly { file: handle, written: 0, sent: 0 };
        Ok(Box::new(std::io::BufWriter::with_capacity(PIECE, file)))
    }
}

/// A file that goes to the disk while more of it is written, so that little is left to wait for at the end: of a table of 32 MB that was 16 ms,
/// as long as a thread takes to read 2 MB.
struct StoredEarly {
    file: File,
    written: u64,
    /// How much of it is on its way.
    sent: u64,
}

impl StoredEarly {
    /// Bytes that are sent on at once. To send has every processor of a machine look for pages of the file, so that it is not done for few.
    const STEP: u64 = 4 << 20;
    /// Bytes that are worth sending at the end, so that the parts of an output go side by side.
    const REST: u64 = 256 << 10;

    fn send(&mut self, least: u64) {
        if self.written - self.sent >= least {
            begin_to_store(&self.file, self.sent..self.written);
            self.sent = self.written;
        }
    }
}

impl Write for StoredEarly {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.written += u64::try_from(count).unwrap_or(0);
        self.send(Self::STEP);
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.send(Self::REST);
        self.file.flush()
    }
}

/// Has the system store bytes of a file, and does not wait.
#[cfg(target_os = "linux")]
fn begin_to_store(file: &File, bytes: Range<u64>) {
    use rustix::fs::{Advice, fadvise};
    use std::num::NonZeroU64;
    // Linux takes this as a reason to store what is new; while that goes on, it stays in memory. It is advice, and nothing depends on it.
    let _ = fadvise(file, bytes.start, NonZeroU64::new(bytes.end - bytes.start), Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn begin_to_store(_: &File, _: Range<u64>) {}

/// What a run may write: nothing that it reads, under whatever name, and nothing twice. Threads share it.
#[derive(Debug, Default)]
pub struct Outputs {
    inputs: BTreeSet<FileId>,
    /// The names of the inputs too: one may be saved anew while the run lasts, and is another file then.
    input_paths: BTreeSet<PathBuf>,
    written: Mutex<BTreeSet<PathBuf>>,
    keep_existing: bool,
}

/// Why an output did not get its place.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// It would replace a file that the run reads.
    #[error("{}: the output is the input", .0.display())]
    IsInput(PathBuf),
    /// The run has written a file of this name.
    #[error("{}: two outputs would have this name", .0.display())]
    Twice(PathBuf),
    /// It could not be moved there, or the place is taken and is to be kept.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Outputs {
    /// The outputs of a run over some inputs. With `keep_existing`, no file that is there is replaced.
    pub fn of<P: AsRef<Path>>(inputs: impl IntoIterator<Item = P>, keep_existing: bool) -> Self {
        let mut outputs = Self { keep_existing, ..Self::default() };
        for input in inputs {
            outputs.inputs.extend(file_id(input.as_ref()));
            outputs.input_paths.extend(std::path::absolute(input));
        }
        outputs
    }

    /// Whether an output would be refused now. Asked before it is stored, it saves that work.
    pub fn check(&self, target: &FileTarget) -> Result<(), CommitError> {
        self.may_write(target.paths(), &self.written())
    }

    /// Moves an output to its place. When that is refused, no part of it is moved.
    pub fn commit(&self, files: StoredFiles) -> Result<(), CommitError> {
        let mut written = self.written();
        self.may_write(files.paths(), &written)?;
        written.extend(files.paths().map(Path::to_owned));
        drop(written);
        Ok(files.commit(self.keep_existing)?)
    }

    fn written(&self) -> MutexGuard<'_, BTreeSet<PathBuf>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn may_write<'p>(
        &self,
        paths: impl Iterator<Item = &'p Path> + Clone,
        written: &BTreeSet<PathBuf>,
    ) -> Result<(), CommitError> {
        if let Some(path) = paths.clone().find(|path| self.is_input(path)) {
            return Err(CommitError::IsInput(path.to_owned()));
        }
        if let Some(path) = paths.clone().find(|path| written.contains(*path)) {
            return Err(CommitError::Twice(path.to_owned()));
        }
        if self.keep_existing { Ok(are_free(paths)?) } else { Ok(()) }
    }

    fn is_input(&self, path: &Path) -> bool {
        std::path::absolute(path).is_ok_and(|path| self.input_paths.contains(&path))
            || file_id(path).is_some_and(|file| self.inputs.contains(&file))
    }
}

/// What tells a file from all others, whatever it is called.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(not(unix))]
type FileId = PathBuf;

/// None where there is no such file.
#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    // One question, where the path without links takes one for each folder on the way.
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|file| (file.dev(), file.ino()))
}

/// None where there is no such file.
#[cfg(not(unix))]
fn file_id(path: &Path) -> Option<FileId> {
    path.canonicalize().ok()
}

/// The name of an input's outputs in a folder, without the format's extension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutputName(PathBuf);

impl OutputName {
    /// The path of the output in a folder, for a document of the input counted from 0, with an extension.
    pub fn path(&self, folder: &Path, document: usize, extension: &str) -> PathBuf {
        let mut name = folder.join(&self.0).into_os_string();
        if document > 0 {
            name.push(format!("-{}", document + 1));
        }
        name.push(".");
        name.push(extension);
        name.into()
    }
}

/// Names for the outputs of several inputs: their stems. Two inputs with one stem keep their extension (`a.pdf.xml`), and with one
/// name in two folders their folders; what is still the same gets a number (`a~2.xml`). Names that differ in case only count as one,
/// since some file systems see them so.
pub fn output_names(inputs: &[PathBuf]) -> Vec<OutputName> {
    let mut names: Vec<PathBuf> = inputs.iter().map(|input| name_of(input, 0)).collect();
    let deepest = inputs.iter().map(|input| input.components().count()).max().unwrap_or(0);
    for step in 1..=deepest + 1 {
        let taken = doubled(&names);
        for (input, name) in inputs.iter().zip(&mut names) {
            if taken.contains(&key(name)) {
                *name = name_of(input, step);
            }
        }
    }
    let mut seen = BTreeSet::new();
    let unique = |name: PathBuf| {
        let numbered = (2..).map(|n| {
            let mut numbered = name.clone().into_os_string();
            numbered.push(format!("~{n}"));
            PathBuf::from(numbered)
        });
        let mut candidates = std::iter::once(name.clone()).chain(numbered);
        OutputName(candidates.find(|candidate| seen.insert(key(candidate))).unwrap_or(name))
    };
    names.into_iter().map(unique).collect()
}

/// Step 0 is the stem, step 1 the whole file name, then the stem under one more folder each.
fn name_of(input: &Path, step: usize) -> PathBuf {
    if input == Path::new("-") {
        return PathBuf::from("stdin");
    }
    let normal = |component: Component<'_>| match component {
        Component::Normal(name) => Some(name.to_owned()),
        _ => None,
    };
    let parts: Vec<_> = input.components().filter_map(normal).collect();
    let name = if step == 1 { input.file_name() } else { input.file_stem() }.unwrap_or_default();
    let folders = step.saturating_sub(1).min(parts.len().saturating_sub(1));
    let first = parts.len().saturating_sub(1) - folders;
    let folder: PathBuf = parts.get(first..parts.len().saturating_sub(1)).unwrap_or_default().iter().collect();
    folder.join(name)
}

fn key(name: &Path) -> String {
    name.to_string_lossy().to_lowercase()
}

fn doubled(names: &[PathBuf]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    names.iter().map(|name| key(name)).filter(|name| !seen.insert(name.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_over_an_input_or_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let input = folder.path().join("a.json");
        std::fs::write(&input, "read").expect("an input");
        let outputs = Outputs::of([&input], false);
        let target = |name: &str| {
            let mut target = FileTarget::new(folder.path().join(name));
            target.part(Part::Main).expect("a part").write_all(b"written").expect("room");
            target.store().expect("room")
        };
        assert!(matches!(outputs.commit(target("a.json")), Err(CommitError::IsInput(_))));
        assert!(outputs.commit(target("b.json")).is_ok());
        assert!(matches!(outputs.commit(target("b.json")), Err(CommitError::Twice(_))));
        // Saved anew, the input is another file of the same name.
        std::fs::remove_file(&input).expect("it is there");
        std::fs::write(&input, "read").expect("an input");
        assert!(matches!(outputs.commit(target("a.json")), Err(CommitError::IsInput(_))));
        assert_eq!(std::fs::read(&input).expect("the input"), b"read");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_written_to_and_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
        assert!(made.success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || std::fs::read(pipe)
        });
        let mut target = FileTarget::new(&pipe);
        target.part(Part::Main).expect("a part").write_all(b"written").expect("room");
        assert!(Outputs::of([&pipe], false).commit(target.store().expect("nothing to store")).is_ok());
        assert_eq!(reader.join().expect("no panic").expect("readable"), b"written");
        assert!(!pipe.metadata().expect("still there").is_file());
    }

    fn check(inputs: &[&str], expected: &[&str]) {
        let inputs: Vec<PathBuf> = inputs.iter().map(PathBuf::from).collect();
        let names: Vec<PathBuf> =
            output_names(&inputs).iter().map(|name| name.path(Path::new("o"), 0, "xml")).collect();
        let expected: Vec<PathBuf> = expected.iter().map(|name| Path::new("o").join(name)).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn outputs_are_named_after_their_inputs() {
        check(&["a.txt", "x/b.zh.txt", "-"], &["a.xml", "b.zh.xml", "stdin.xml"]);
        check(&["a.pdf", "a.docx", "b.txt"], &["a.pdf.xml", "a.docx.xml", "b.xml"]);
        check(&["x/a.txt", "y/a.txt"], &["x/a.xml", "y/a.xml"]);
        check(&["p/x/a.txt", "q/x/a.txt", "A.txt"], &["p/x/a.xml", "q/x/a.xml", "A.xml"]);
        check(&["a/b.txt", "../a/b.txt", "A/B.TXT"], &["a/b.xml", "a/b~2.xml", "A/B~3.xml"]);
    }

    #[test]
    fn nothing_is_left_of_a_target_that_is_not_committed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        let mut target = FileTarget::new(&path);
        target.part(Part::Main).expect("a part").write_all(b"x").expect("written");
        drop(target);
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0);
        let mut target = FileTarget::new(&path);
        target.part(Part::Side("documents")).expect("a part").write_all(b"x").expect("written");
        target.store().expect("stored").commit(false).expect("committed");
        assert_eq!(std::fs::read(folder.path().join("a.documents.csv")).expect("there"), b"x");
    }
}
