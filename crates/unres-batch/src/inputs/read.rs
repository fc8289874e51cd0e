//! The bytes of an input.

use super::Content;
use crate::protocol::Given;
use crate::{Failure, FailureKind};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

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

fn read_file(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Failure> {
    for _ in 0..READINGS {
        let (bytes, is_whole) = read_once(path, max_bytes).map_err(|error| Failure::io(&error))?;
        if is_whole {
            return Ok(bytes);
        }
    }
    Err(Failure::new(FailureKind::Io, "the file changes while it is read").hint("run the job again when it is whole"))
}

/// Reads a file, and says whether it was the same at the end as at the beginning.
fn read_once(path: &Path, max_bytes: u64) -> io::Result<(Vec<u8>, bool)> {
    let file = File::open(path)?;
    let before = file.metadata()?;
    if !before.is_file() {
        return Err(io::Error::other("this is no file"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len().min(max_bytes) + 1).unwrap_or(0));
    (&file).take(max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    let after = file.metadata()?;
    let is_whole = before.len() == after.len() && before.modified().ok() == after.modified().ok();
    Ok((bytes, is_whole))
}
