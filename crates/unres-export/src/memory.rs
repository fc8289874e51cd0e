//! An output in memory.

use crate::{ExportError, Part, Target};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Parts of an output as bytes.
#[derive(Clone, Debug, Default)]
pub struct MemoryTarget {
    parts: BTreeMap<Part, Arc<Mutex<Vec<u8>>>>,
}

impl MemoryTarget {
    /// The bytes of a part; empty when it was never opened.
    pub fn bytes(&self, part: Part) -> Vec<u8> {
        let bytes = self.parts.get(&part).map(|bytes| bytes.lock().unwrap_or_else(PoisonError::into_inner).clone());
        bytes.unwrap_or_default()
    }

    /// The same taken out of the target, which needs no copy.
    pub fn take(&mut self, part: Part) -> Vec<u8> {
        let bytes = self.parts.get(&part);
        bytes
            .map(|bytes| std::mem::take(&mut *bytes.lock().unwrap_or_else(PoisonError::into_inner)))
            .unwrap_or_default()
    }

    /// The parts that were opened.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        self.parts.keys().copied()
    }
}

impl Target for MemoryTarget {
    fn part(&mut self, part: Part) -> Result<Box<dyn Write + Send>, ExportError> {
        let bytes = Arc::clone(self.parts.entry(part).or_default());
        Ok(Box::new(Shared(bytes)))
    }
}

struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
