//! Archives. Nothing of them is unpacked to disk; their members are read in the order in which they stand.

use super::{Content, Walk, Want, joined, read_member};
use crate::files::clean;
use crate::{Failure, FailureKind};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;
use zip::ZipArchive;

/// Opens what an archive is compressed with.
type Unpack = fn(BufReader<File>) -> io::Result<Box<dyn Read>>;

impl Walk<'_> {
    pub(super) fn zip(&mut self, path: &Path, name: &str, prefix: &str) -> ControlFlow<()> {
        let opened = File::open(path).map_err(|error| Failure::io(&error));
        let opened = opened.and_then(|file| ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&error)));
        let mut archive = match opened {
            Ok(archive) => archive,
            Err(failure) => return self.miss(name, failure),
        };
        for index in 0..archive.len() {
            let mut member = match archive.by_index(index) {
                Ok(member) => member,
                Err(error) => {
                    let at = format!("{name}/(member {})", index + 1);
                    self.miss(&at, damaged(&error))?;
                    continue;
                }
            };
            if member.is_dir() {
                continue;
            }
            let raw = String::from_utf8_lossy(member.name_raw()).into_owned();
            let given = member.name().map_or(raw, std::borrow::Cow::into_owned);
            let is_link = member.is_symlink();
            let max_bytes = self.inputs.max_bytes;
            let want = self.want;
            let bytes = || if want == Want::Names { Ok(Vec::new()) } else { read_member(&mut member, max_bytes) };
            self.member(&given, is_link, prefix, bytes)?;
        }
        ControlFlow::Continue(())
    }

    pub(super) fn tar(&mut self, path: &Path, name: &str, prefix: &str, unpack: Unpack) -> ControlFlow<()> {
        let opened = File::open(path).and_then(|file| unpack(BufReader::with_capacity(1 << 17, file)));
        let mut archive = match opened {
            Ok(reader) => tar::Archive::new(reader),
            Err(error) => return self.miss(name, Failure::io(&error)),
        };
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(error) => return self.miss(name, damaged(&error)),
        };
        for entry in entries {
            let entry = match entry {
                Ok(entry) => entry,
                // What follows in a stream cannot be found any more.
                Err(error) => return self.miss(&format!("{name}/(rest)"), damaged(&error)),
            };
            let kind = entry.header().entry_type();
            let is_link = kind.is_symlink() || kind.is_hard_link();
            if !kind.is_file() && !is_link {
                continue;
            }
            let given = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let max_bytes = self.inputs.max_bytes;
            self.member(&given, is_link, prefix, || read_whole(entry, max_bytes))?;
        }
        ControlFlow::Continue(())
    }

    fn member(
        &mut self,
        given: &str,
        is_link: bool,
        prefix: &str,
        bytes: impl FnOnce() -> io::Result<Vec<u8>>,
    ) -> ControlFlow<()> {
        if !self.wants(Path::new(given)) {
            return ControlFlow::Continue(());
        }
        let name = match clean(given) {
            Ok(name) => joined(prefix, &name),
            // A name that is refused is shown, but not used.
            Err(failure) => return self.miss(&joined(prefix, "(refused name)"), failure),
        };
        if is_link {
            let failure = Failure::new(FailureKind::Name, "a link in an archive is not followed");
            return self.miss(&name, failure);
        }
        match bytes() {
            Ok(bytes) => self.give(&name, Content::Bytes(bytes)),
            Err(error) => self.miss(&name, damaged(&error)),
        }
    }
}

/// The bytes of a member of a tar. At the end of a file that is cut off its reader just stops.
fn read_whole(entry: tar::Entry<'_, impl Read>, max_bytes: u64) -> io::Result<Vec<u8>> {
    let size = entry.size().min(max_bytes.saturating_add(1));
    let bytes = read_member(entry, max_bytes)?;
    if (bytes.len() as u64) < size { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(bytes) }
}

fn damaged(error: &dyn std::fmt::Display) -> Failure {
    Failure::new(FailureKind::Read, format!("the archive is damaged: {error}")).hint("fetch it again")
}
