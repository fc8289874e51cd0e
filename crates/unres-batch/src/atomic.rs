//! Files that appear whole or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// The folder where files lie until they are whole. It is on the file system of the outputs, so that a file moves to its place in one step.
#[derive(Clone, Debug)]
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    /// Takes an empty folder, or empties it: what an earlier run left there is no use.
    pub(crate) fn in_folder(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        for entry in std::fs::read_dir(&folder)? {
            std::fs::remove_file(entry?.path())?;
        }
        Ok(Self(folder))
    }

    /// A file that is not yet whole.
    pub(crate) fn begin(&self) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        {
            // A temporary file is private by default; an output has the mode that any new file gets, less the umask.
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        builder.tempfile_in(&self.0)
    }

    /// Writes a file that survives the end of this process. It is not forced to the disk: after a loss of power the next run finds that its
    /// size is wrong and writes it anew.
    pub(crate) fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let file = self.begin()?;
        file.as_file().write_all(bytes)?;
        persist(file, path)
    }

    /// Writes a file by a function and forces it to the disk.
    pub(crate) fn write_with(
        &self,
        path: &Path,
        write: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>,
    ) -> io::Result<()> {
        let file = self.begin()?;
        let mut out = BufWriter::with_capacity(1 << 18, file.as_file());
        write(&mut out)?;
        out.flush()?;
        drop(out);
        force(file.as_file())?;
        persist(file, path)
    }
}

/// Moves a file to its place; makes the folder where it is missing.
pub(crate) fn persist(file: NamedTempFile, path: &Path) -> io::Result<()> {
    match file.persist(path) {
        Err(refused) if refused.error.kind() == io::ErrorKind::NotFound => {
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
            refused.file.persist(path)?;
        }
        other => {
            other?;
        }
    }
    Ok(())
}

/// Forces a file to the disk, where its file system can do that.
pub(crate) fn force(file: &File) -> io::Result<()> {
    match file.sync_data() {
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}
