//! Hashes by which inputs and names are told apart.

/// The hash of an input as the journal keeps it: 128 bits of BLAKE3 in hexadecimal digits.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    hash.chars().take(32).collect()
}

/// A short hash for sets in memory. Who needs certainty compares what stands behind it.
pub(crate) fn short(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |short, byte| short << 8 | u64::from(*byte))
}
