//! Any bytes as DOCX.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| unres_fuzz::check_reader("docx", b"PK", bytes));
