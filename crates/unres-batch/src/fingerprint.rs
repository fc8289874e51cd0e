//! Hashes by which inputs and names are told apart.

/// The hash of an input as the journal keeps it: XXH3 of 128 bits in hexadecimal digits. It tells a changed input from an unchanged one; who makes two
/// inputs with one hash harms nobody else.
pub(crate) fn hash(bytes: &[u8]) -> String {
    format!("{:032x}", twox_hash::XxHash3_128::oneshot(bytes))
}

/// The key of an input in sets in memory: ids differ otherwise than in case.
pub(crate) fn key(id: &str) -> u64 {
    short(&id.to_lowercase())
}

/// A short hash for sets in memory. Who needs certainty compares what stands behind it.
pub(crate) fn short(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |short, byte| short << 8 | u64::from(*byte))
}
