//! The bytes of an input.

use super::Content;
use crate::protocol::Given;
use crate::{Failure, FailureKind};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

impl Content {
    /// The bytes, and no more than one beyond the limit when there are more.
    pub(crate) fn bytes(self, max_bytes: u64) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Missing(failure) => Err(failure),
            Self::File(path) => read_file(&path, max_bytes),
        }
    }
}

impl Given {
    /// The bytes, as [`Content::bytes`] gives them.
    pub(crate) fn bytes(&self, max_bytes: u64) -> Result<Cow<'_, [u8]>, Failure> {
        match self {
            Self::Text(text) => Ok(text.as_bytes().into()),
            Self::Bytes(bytes) => Ok(bytes.into()),
            Self::Path(path) => Ok(read_file(path, max_bytes)?.into()),
        }
    }
}

/// How often a file is read anew that changes under the reader's hands.
const READINGS: usize = 3;

/// What tells whether a file has changed.
type State = (u64, Option<SystemTime>);

/// A file that is read.
trait Source: Read {
    /// How it is at the moment.
    fn state(&self) -> io::Result<State>;
}

impl Source for File {
    fn state(&self) -> io::Result<State> {
        let found = self.metadata()?;
        if !found.is_file() {
            return Err(io::Error::other("this is no file"));
        }
        Ok((found.len(), found.modified().ok()))
    }
}

fn read_file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    read_unchanged(|| File::open(path), max_bytes)
}

/// Reads a file, anew when it was another at the end than at the beginning.
fn read_unchanged<S: Source>(open: impl Fn() -> io::Result<S>, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    for _ in 0..READINGS {
        let read = open().and_then(|source| read_once(source, max_bytes));
        if let Some(bytes) = read.map_err(|error| Failure::io(&error))? {
            return Ok(bytes);
        }
    }
    Err(Failure::new(FailureKind::Io, "the file changes while it is read").hint("run the job again when it is whole"))
}

/// The bytes; none when the file changed meanwhile.
fn read_once(mut source: impl Source, max_bytes: u64) -> io::Result<Option<Vec<u8>>> {
    let before = source.state()?;
    let mut bytes = Vec::with_capacity(usize::try_from(before.0.min(max_bytes) + 1).unwrap_or(0));
    source.by_ref().take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((source.state()? == before).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::io::Write;

    /// A file to which somebody adds a line while it is read, so many times.
    struct Growing<'a> {
        file: File,
        path: &'a Path,
        times: &'a Cell<usize>,
    }

    impl Read for Growing<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.file.read(into)?;
            if length == 0 && self.times.get() > 0 {
                self.times.set(self.times.get() - 1);
                File::options().append(true).open(self.path)?.write_all(b"more\n")?;
            }
            Ok(length)
        }
    }

    impl Source for Growing<'_> {
        fn state(&self) -> io::Result<State> {
            self.file.state()
        }
    }

    fn read_while_it_grows(times: usize) -> Result<Vec<u8>, Failure> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "Bells\n").expect("room");
        let times = Cell::new(times);
        read_unchanged(|| Ok(Growing { file: File::open(&path)?, path: &path, times: &times }), 1 << 10)
    }

    #[test]
    fn a_file_that_changes_is_read_anew_and_one_that_goes_on_changing_fails() {
        assert_eq!(read_while_it_grows(0).expect("whole"), b"Bells\n");
        assert_eq!(read_while_it_grows(1).expect("whole then"), b"Bells\nmore\n");
        let failure = read_while_it_grows(usize::MAX).expect_err("never whole");
        assert_eq!((failure.kind, failure.message.as_str()), (FailureKind::Io, "the file changes while it is read"));
    }
}
