//! Any bytes as PDF.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| unres_fuzz::check_reader("pdf", b"%PDF", bytes));
