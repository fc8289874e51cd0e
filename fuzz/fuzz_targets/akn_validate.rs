//! Any bytes through the validator: it ends, and its findings stand in the order of the lines.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unres::validate::{Depth, MAX_FINDINGS, validate};

fuzz_target!(|bytes: &[u8]| {
    let findings = validate(bytes, Depth::Profile);
    assert!(findings.len() <= MAX_FINDINGS + 1);
    assert!(findings.is_sorted_by_key(|finding| finding.line));
});
