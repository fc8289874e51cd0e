//! Numbers of lines.

/// Counts lines forward; asking for a place before the last one starts anew.
#[derive(Clone, Debug)]
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    offset: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a text.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, offset: 0, line: 1 }
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.bytes.len());
        if offset < self.offset {
            (self.offset, self.line) = (0, 1);
        }
        let passed = self.bytes.get(self.offset..offset).unwrap_or_default();
        // Added up in bytes first, which the compiler turns into wide instructions.
        let ends = |part: &[u8]| part.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>();
        self.line += passed.chunks(255).map(|part| usize::from(ends(part))).sum::<usize>();
        self.offset = offset;
        self.line
    }
}
