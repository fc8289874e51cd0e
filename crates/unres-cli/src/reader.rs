//! Reads one file after the other, for the commands that ask nothing special of reading.

use crate::args::HowToRead;
use crate::convert::{known_encoding, known_input, known_language, read_bytes};
use crate::messages::InputError;
use std::path::Path;
use unres::{Input, ReadOptions, Reading};

/// Arguments that were understood.
pub(crate) struct Reader<'a> {
    how: &'a HowToRead,
    options: ReadOptions,
}

impl<'a> Reader<'a> {
    pub(crate) fn of(how: &'a HowToRead) -> anyhow::Result<Self> {
        if let Some(language) = &how.lang {
            known_language(language)?;
        }
        if let Some(format) = &how.from {
            known_input(format)?;
        }
        let encoding = how.encoding.as_deref().map(known_encoding).transpose()?;
        let (language, from) = (how.lang.clone(), how.from.clone());
        let mut options = ReadOptions { language, from, encoding, ..ReadOptions::default() };
        options.budget.bytes = how.limits.max_bytes;
        Ok(Self { how, options })
    }

    /// Reads a file; `-` is standard input.
    pub(crate) fn read(&self, file: &Path) -> Result<Reading, InputError> {
        let bytes = read_bytes(file, self.how.limits)?;
        let name = file.to_string_lossy();
        unres::read(&Input { name: &name, bytes: &bytes }, &self.options)
            .map_err(|error| InputError::new(file, &error, error.hint()))
    }
}
