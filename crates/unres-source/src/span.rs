//! Byte ranges of a source's text.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of [`Source::text`](crate::Source::text). Both ends lie on character boundaries.
///
/// In JSON a span is the pair `[start, end]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`; readers keep texts below 4 GiB, so that offsets fit.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && u32::try_from(end).is_ok());
        #[allow(clippy::cast_possible_truncation)]
        Self { start: start as u32, end: end as u32 }
    }

    /// The same range as the standard library writes it.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the range holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of this span that begins `from` bytes after its start and is `len` bytes long.
    #[must_use]
    pub fn part(self, from: usize, len: usize) -> Self {
        let start = self.start as usize + from;
        debug_assert!(start + len <= self.end as usize);
        Self::new(start, start + len)
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end: end.max(start) }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}
