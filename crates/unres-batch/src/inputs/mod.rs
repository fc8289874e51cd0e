//! What a job reads: files, folders, archives, records, in an order that depends on their names alone.

mod archive;
mod folder;
mod lines;
mod read;

pub(crate) use lines::Lines;

use crate::Failure;
use crate::files::{distinct_id, name_of};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// One input.
#[derive(Debug)]
pub struct Item {
    /// Its id: distinct, and the same in each run over the same inputs.
    pub id: String,
    /// Its language, where its record states one.
    pub language: Option<String>,
    /// Where its bytes are.
    pub content: Content,
}

/// Where the bytes of an input are.
#[derive(Debug)]
pub enum Content {
    /// In a file, which is read when the turn comes.
    File(PathBuf),
    /// Here.
    Bytes(Vec<u8>),
    /// Nowhere: a folder that cannot be listed, a record that is none, a link in an archive.
    Missing(Failure),
}

/// The inputs of a job.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    sources: Vec<Source>,
    extensions: BTreeSet<String>,
    outside: Option<PathBuf>,
    max_bytes: u64,
}

/// A thing that was named as an input.
#[derive(Clone, Debug)]
struct Source {
    path: PathBuf,
    kind: SourceKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum SourceKind {
    Folder,
    File,
    /// It is not there, or cannot be looked at: a failure among the others, since a list may be long and old.
    Missing(Failure),
}

/// Files that hold inputs, by the end of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Container {
    Zip,
    Tar,
    TarGz,
    TarZst,
    Lines,
}

impl Container {
    const ENDINGS: [(&str, Self); 8] = [
        (".zip", Self::Zip),
        (".tar", Self::Tar),
        (".tar.gz", Self::TarGz),
        (".tgz", Self::TarGz),
        (".tar.zst", Self::TarZst),
        (".tzst", Self::TarZst),
        (".jsonl", Self::Lines),
        (".ndjson", Self::Lines),
    ];

    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_lowercase();
        Self::ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, container)| *container)
    }
}

/// Why the inputs of a job cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// The list cannot be read.
    #[error("{}: {error}", path.display())]
    List {
        /// The list.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The pattern is none.
    #[error("pattern {pattern:?}: {message}")]
    Pattern {
        /// What was named.
        pattern: String,
        /// Why.
        message: String,
    },
}

/// What was passed over: files with other extensions, and what is no file, with their counts.
pub type PassedOver = BTreeMap<String, usize>;

/// How much of the inputs a walk wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Want {
    Contents,
    Names,
}

impl Inputs {
    /// The extensions that are read in folders and archives by default.
    pub const EXTENSIONS: [&'static str; 7] = ["txt", "pdf", "docx", "html", "htm", "xml", "json"];

    /// Inputs by their names: files, folders, archives, files of records, and patterns (`corpus/**/*.pdf`). Files that are named are read whatever
    /// their extension.
    pub fn new(named: &[PathBuf]) -> Result<Self, InputError> {
        let extensions = Self::EXTENSIONS.iter().map(|extension| (*extension).to_owned()).collect();
        let mut inputs = Self { sources: vec![], extensions, outside: None, max_bytes: u64::MAX - 1 };
        let mut seen = BTreeSet::new();
        for path in named {
            inputs.add(path, &mut seen)?;
        }
        Ok(inputs)
    }

    /// Names that stand in a file, one a line.
    pub fn list(path: &Path) -> Result<Vec<PathBuf>, InputError> {
        let failed = |error| InputError::List { path: path.to_owned(), error };
        let lines = BufReader::new(File::open(path).map_err(failed)?).lines();
        let lines: Vec<String> = lines.collect::<Result<_, _>>().map_err(failed)?;
        Ok(lines
            .iter()
            .map(|line| line.trim_end_matches('\r'))
            .filter(|line| !line.is_empty())
            .map(PathBuf::from)
            .collect())
    }

    /// Other extensions to read in folders and archives.
    #[must_use]
    pub fn with_extensions(mut self, extensions: &[String]) -> Self {
        self.extensions = extensions.iter().map(|extension| extension.trim_start_matches('.').to_lowercase()).collect();
        self
    }

    /// Leaves a folder out, wherever it lies: the output of the job.
    #[must_use]
    pub(crate) fn outside(mut self, folder: &Path) -> Self {
        self.outside = folder.canonicalize().ok();
        self
    }

    /// Reads no more of a member of an archive than this and a byte, so that what is too large is seen to be.
    #[must_use]
    pub(crate) fn up_to(mut self, max_bytes: u64) -> Self {
        self.max_bytes = max_bytes;
        self
    }

    /// Whether a folder is one of the inputs.
    pub(crate) fn holds(&self, folder: &Path) -> bool {
        let place = folder.canonicalize().ok();
        self.sources.iter().any(|source| source.path.canonicalize().ok() == place && place.is_some())
    }

    fn add(&mut self, path: &Path, seen: &mut BTreeSet<PathBuf>) -> Result<(), InputError> {
        let text = path.to_string_lossy();
        if path.exists() || !text.contains(['*', '?', '[']) {
            self.add_found(path.to_owned(), seen);
            return Ok(());
        }
        let found = glob::glob(&text).map_err(|error| InputError::Pattern {
            pattern: text.clone().into_owned(),
            message: error.msg.to_owned(),
        })?;
        for found in found {
            match found {
                Ok(found) => self.add_found(found, seen),
                Err(error) => self.miss(error.path(), error.error()),
            }
        }
        Ok(())
    }

    fn add_found(&mut self, path: PathBuf, seen: &mut BTreeSet<PathBuf>) {
        match path.metadata().and_then(|found| Ok((found, path.canonicalize()?))) {
            Err(error) => self.miss(&path, &error),
            Ok((found, place)) => {
                if seen.insert(place) {
                    let kind = if found.is_dir() { SourceKind::Folder } else { SourceKind::File };
                    self.sources.push(Source { path, kind });
                }
            }
        }
    }

    fn miss(&mut self, path: &Path, error: &io::Error) {
        self.sources.push(Source { path: path.to_owned(), kind: SourceKind::Missing(Failure::io(error)) });
    }

    /// Hands over each input in order. Ends early when `take` breaks. Gives what was passed over. `claim` keeps the keys of ids: it gives one away, and
    /// says whether nobody had it.
    pub(crate) fn for_each(
        &self,
        claim: &mut dyn FnMut(u64) -> bool,
        mut take: impl FnMut(Item) -> ControlFlow<()>,
    ) -> PassedOver {
        let mut walk = Walk::new(self, Some(claim), &mut take);
        // A break is the end, like any other.
        let _ = walk.sources();
        walk.passed_over
    }

    /// How many inputs there are; none when they must be read to know.
    pub fn count(&self) -> Option<usize> {
        let mut count = 0;
        let mut take = |_| {
            count += 1;
            ControlFlow::Continue(())
        };
        let mut walk = Walk::new(self, None, &mut take);
        let done = walk.sources();
        done.is_continue().then_some(count)
    }
}

/// A walk over all inputs.
struct Walk<'a> {
    inputs: &'a Inputs,
    want: Want,
    /// Gives ids away; none for who counts, since the memory of all names once more would be for nothing.
    claim: Option<&'a mut dyn FnMut(u64) -> bool>,
    passed_over: PassedOver,
    take: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
}

impl<'a> Walk<'a> {
    fn new(
        inputs: &'a Inputs,
        claim: Option<&'a mut dyn FnMut(u64) -> bool>,
        take: &'a mut dyn FnMut(Item) -> ControlFlow<()>,
    ) -> Self {
        let want = if claim.is_some() { Want::Contents } else { Want::Names };
        Self { inputs, want, claim, passed_over: PassedOver::new(), take }
    }

    fn sources(&mut self) -> ControlFlow<()> {
        // A single folder or archive gives its inputs the names that they have in it.
        let is_single = self.inputs.sources.len() == 1;
        for source in &self.inputs.sources {
            let name = name_of(&source.path);
            match &source.kind {
                SourceKind::Folder => self.folder(&source.path, if is_single { "" } else { &name })?,
                SourceKind::File => self.named_file(&source.path, &name, is_single)?,
                SourceKind::Missing(failure) => self.miss(&name, failure.clone())?,
            }
        }
        ControlFlow::Continue(())
    }

    fn named_file(&mut self, path: &Path, name: &str, is_single: bool) -> ControlFlow<()> {
        match Container::of(path) {
            Some(container) => self.container(container, path, name, if is_single { "" } else { name }),
            None => self.give(name, Content::File(path.to_owned())),
        }
    }

    /// What a file holds that is no input itself. `prefix` is what the names of its inputs begin with.
    fn container(&mut self, container: Container, path: &Path, name: &str, prefix: &str) -> ControlFlow<()> {
        match container {
            Container::Zip => self.zip(path, name, prefix),
            Container::Lines => self.records(path, name, prefix),
            Container::Tar | Container::TarGz | Container::TarZst if self.want == Want::Names => ControlFlow::Break(()),
            Container::Tar => self.tar(path, name, prefix, |file| Ok(Box::new(file))),
            Container::TarGz => {
                self.tar(path, name, prefix, |file| Ok(Box::new(flate2::read::MultiGzDecoder::new(file))))
            }
            Container::TarZst => self.tar(path, name, prefix, |file| Ok(Box::new(zstd::Decoder::with_buffer(file)?))),
        }
    }

    /// Whether a file in a folder or archive is an input by its extension. One that is not is counted.
    fn wants(&mut self, path: &Path) -> bool {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        let wanted = self.inputs.extensions.contains(&extension);
        if !wanted {
            self.pass_over(if extension.is_empty() { "(no extension)".to_owned() } else { format!(".{extension}") });
        }
        wanted
    }

    fn pass_over(&mut self, what: String) {
        *self.passed_over.entry(what).or_default() += 1;
    }

    fn give(&mut self, name: &str, content: Content) -> ControlFlow<()> {
        self.give_in(name, None, content)
    }

    fn give_in(&mut self, name: &str, language: Option<String>, content: Content) -> ControlFlow<()> {
        let id = self.claim.as_mut().map(|claim| distinct_id(name, *claim)).unwrap_or_default();
        (self.take)(Item { id, language, content })
    }

    fn miss(&mut self, name: &str, failure: Failure) -> ControlFlow<()> {
        self.give(name, Content::Missing(failure))
    }
}

fn joined(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") }
}

/// The bytes of a member, as far as the limit goes.
fn read_member(from: impl Read, max_bytes: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(max_bytes + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
