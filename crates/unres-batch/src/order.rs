//! The order of the inputs of a run. It stands on the disk, since a job may have millions of them.

use crate::atomic::Scratch;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use tempfile::NamedTempFile;

/// The short hashes of the ids of inputs, in their order.
pub(crate) struct Order {
    file: BufWriter<NamedTempFile>,
    count: usize,
}

impl Order {
    pub(crate) fn begin(scratch: &Scratch) -> io::Result<Self> {
        Ok(Self { file: BufWriter::new(scratch.begin()?), count: 0 })
    }

    pub(crate) fn push(&mut self, input: u64) -> io::Result<()> {
        self.count += 1;
        self.file.write_all(&input.to_le_bytes())
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Hands each over, from the first on.
    pub(crate) fn try_for_each(&mut self, mut take: impl FnMut(u64) -> io::Result<()>) -> io::Result<()> {
        self.file.flush()?;
        let file = self.file.get_mut().as_file_mut();
        file.rewind()?;
        let mut reader = BufReader::new(file);
        let mut bytes = [0; size_of::<u64>()];
        for _ in 0..self.count {
            reader.read_exact(&mut bytes)?;
            take(u64::from_le_bytes(bytes))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_come_back_in_their_order_as_often_as_asked() {
        let folder = tempfile::tempdir().expect("a folder");
        let scratch = Scratch::in_folder(folder.path().join("scratch")).expect("a folder");
        let mut order = Order::begin(&scratch).expect("a file");
        let inputs: Vec<u64> = (0..5000).map(|number| u64::MAX - number * number).collect();
        for input in &inputs {
            order.push(*input).expect("room");
        }
        for _ in 0..2 {
            let mut found = Vec::new();
            let mut keep = |input| {
                found.push(input);
                Ok(())
            };
            order.try_for_each(&mut keep).expect("readable");
            assert_eq!(found, inputs);
        }
        assert_eq!(order.count(), inputs.len());
    }
}
