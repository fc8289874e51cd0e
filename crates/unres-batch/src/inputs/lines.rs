//! Files of records, one JSON object a line.

use super::{Content, Walk, Want, joined};
use crate::Failure;
use crate::files::clean;
use crate::protocol::{Given, Request};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

impl Walk<'_> {
    pub(super) fn records(&mut self, path: &Path, name: &str, prefix: &str) -> ControlFlow<()> {
        if self.want == Want::Names {
            return ControlFlow::Break(());
        }
        let mut lines = match File::open(path) {
            Ok(file) => Lines::new(BufReader::new(file), self.inputs.max_bytes),
            Err(error) => return self.miss(name, Failure::io(&error)),
        };
        loop {
            let line = match lines.next() {
                Ok(Some(line)) => line,
                Ok(None) => return ControlFlow::Continue(()),
                Err(error) => return self.miss(&format!("{name}/(rest)"), Failure::io(&error)),
            };
            let request = line.and_then(|line| Request::read(&line));
            match request.and_then(|request| Ok((clean(&request.id)?, request))) {
                Ok((id, request)) => {
                    self.give_in(&joined(prefix, &id), request.lang, content(request.given))?;
                }
                Err(failure) => self.miss(&format!("{name}/(line {})", lines.read), failure)?,
            }
        }
    }
}

fn content(given: Given) -> Content {
    match given {
        Given::Text(text) => Content::Bytes(text.into_bytes()),
        Given::Bytes(bytes) => Content::Bytes(bytes),
        Given::Path(path) => Content::File(path),
    }
}

/// Lines of a bounded length.
pub(crate) struct Lines<R> {
    from: R,
    limit: u64,
    /// How many lines were read.
    pub(crate) read: usize,
}

impl<R: BufRead> Lines<R> {
    /// Lines that may hold an input of so many bytes in Base64 or escaped.
    pub(crate) fn new(from: R, max_bytes: u64) -> Self {
        Self { from, limit: max_bytes.saturating_mul(2).saturating_add(1 << 16), read: 0 }
    }

    /// The next line without its end; a failure for one that is too long, which is passed over.
    pub(crate) fn next(&mut self) -> io::Result<Option<Result<Vec<u8>, Failure>>> {
        let mut line = Vec::new();
        (&mut self.from).take(self.limit).read_until(b'\n', &mut line)?;
        if line.is_empty() {
            return Ok(None);
        }
        self.read += 1;
        if line.ends_with(b"\n") {
            line.pop();
        } else if line.len() as u64 == self.limit {
            self.from.skip_until(b'\n')?;
            let message = format!("the record is longer than {} bytes", self.limit);
            return Ok(Some(Err(Failure::new(crate::FailureKind::Record, message))));
        }
        Ok(Some(Ok(line)))
    }
}
