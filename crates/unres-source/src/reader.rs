//! The trait that readers of input formats implement.

use crate::{Budget, Sink, Source};

/// The bytes of one input and the name it goes by.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// A file name, or `-` for standard input.
    pub name: &'a str,
    /// The whole content.
    pub bytes: &'a [u8],
}

/// How sure a reader is that an input is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It cannot be read by this reader.
    No,
    /// Nothing speaks against it.
    Possible,
    /// A signature says so.
    Certain,
}

/// Turns bytes of one format into a [`Source`]. A reader reports what the page shows and judges nothing.
pub trait Reader: Send + Sync {
    /// The format's name, as `--from` takes it.
    fn name(&self) -> &'static str;

    /// Looks at the bytes without parsing them.
    fn sniff(&self, input: &Input<'_>) -> Confidence;

    /// Reads the input. What is left out (control characters, hidden text) goes to `sink` with a count.
    fn read(&self, input: &Input<'_>, budget: &Budget, sink: &mut dyn Sink) -> Result<Source, ReadError>;
}

/// Why bytes cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing, or nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// Not text: too many control characters.
    #[error("{0}")]
    Binary(String),
    /// Another format, which its beginning tells.
    #[error("{what}")]
    OtherFormat {
        /// Which format.
        what: String,
        /// How to read it all the same.
        hint: &'static str,
    },
    /// A byte that cannot stand in the encoding of the text, with its offset.
    #[error("byte {offset} is not {encoding}")]
    Undecodable {
        /// Name of the encoding.
        encoding: String,
        /// Offset of the first wrong byte, from 0.
        offset: usize,
    },
    /// More bytes than the budget allows.
    #[error("the file has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// Size of the input.
        bytes: u64,
        /// What the budget allows.
        limit: u64,
    },
    /// Known for what it is, and not to be read as it is: protected by a password, of an older format, a scan without text.
    #[error("{reason}")]
    Refused {
        /// What it is.
        reason: String,
        /// What a user can do about it.
        hint: &'static str,
    },
    /// Broken in a way that only its format can name.
    #[error("{0}")]
    Malformed(String),
}

impl ReadError {
    /// What a user can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "check that the download or the extraction worked",
            Self::Binary(_) => "extract its text first, for example with pdftotext",
            Self::OtherFormat { hint, .. } | Self::Refused { hint, .. } => hint,
            Self::Undecodable { .. } => "the file may be damaged there, or in another encoding, which --encoding names",
            Self::TooLarge { .. } => "split the file, or raise the limit with --max-bytes",
            Self::Malformed(_) => "correct the file at the place named",
        }
    }
}
