//! Folders, with all folders in them.

use super::{Container, Content, Walk, joined};
use crate::Failure;
use crate::files::name_of;
use std::ffi::OsString;
use std::fs::FileType;
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

impl Walk<'_> {
    /// The files of a folder and then its folders, each in the order of their names. Links to folders are not followed, so that there is an end.
    pub(super) fn folder(&mut self, root: &Path, prefix: &str) -> ControlFlow<()> {
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let path = root.join(&folder);
            if self.is_outside(&path) {
                continue;
            }
            let entries = match entries(&path) {
                Ok(entries) => entries,
                Err(error) => {
                    self.miss(&joined(prefix, &name_of(&folder)), unlisted(&error))?;
                    continue;
                }
            };
            let mut below = Vec::new();
            for (name, kind) in entries {
                let within = folder.join(&name);
                match kind {
                    kind if kind.is_dir() => below.push(within),
                    kind if kind.is_file() => self.found(root, &within, prefix)?,
                    kind => self.odd(kind, root, &within, prefix)?,
                }
            }
            folders.extend(below.into_iter().rev());
        }
        ControlFlow::Continue(())
    }

    /// Whether a folder is the one that is left out. Names are compared first: to find the true place of a deep folder costs a look at each above it.
    fn is_outside(&self, folder: &Path) -> bool {
        let outside = self.inputs.outside.as_ref();
        outside.is_some_and(|outside| {
            outside.file_name() == folder.file_name() && folder.canonicalize().is_ok_and(|place| place == *outside)
        })
    }

    fn found(&mut self, root: &Path, within: &Path, prefix: &str) -> ControlFlow<()> {
        let name = joined(prefix, &name_of(within));
        let path = root.join(within);
        match Container::of(within) {
            Some(container) => self.container(container, &path, &name, &name),
            None if self.wants(within) => self.give(&name, Content::File(path)),
            None => ControlFlow::Continue(()),
        }
    }

    /// A link to a file is that file; a link to a folder, a pipe or a device is passed over.
    fn odd(&mut self, kind: FileType, root: &Path, within: &Path, prefix: &str) -> ControlFlow<()> {
        match root.join(within).metadata() {
            Ok(target) if target.is_file() => return self.found(root, within, prefix),
            Ok(target) if target.is_dir() => self.pass_over("(link to a folder)".to_owned()),
            Ok(_) => self.pass_over("(no file)".to_owned()),
            Err(error) if kind.is_symlink() && self.wants(within) => {
                return self.miss(&joined(prefix, &name_of(within)), Failure::io(&error));
            }
            Err(_) => {}
        }
        ControlFlow::Continue(())
    }
}

fn entries(folder: &Path) -> io::Result<Vec<(OsString, FileType)>> {
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        entries.push((entry.file_name(), entry.file_type()?));
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(entries)
}

fn unlisted(error: &io::Error) -> Failure {
    let mut failure = Failure::io(error);
    failure.message = format!("the folder cannot be listed: {}", failure.message);
    failure
}
