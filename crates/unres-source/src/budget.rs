//! Limits that keep work on any input bounded.

/// What one document may cost. Readers check it before they allocate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Bytes of input; 64 MiB by default, at most 1 GiB, so that offsets into the text fit 32 bits whatever a reader adds.
    pub bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}
