//! Any bytes as PDF: they give documents that hold the promises of the model with a closed account, or an error.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unres::{Input, ReadOptions, read};

fuzz_target!(|bytes: &[u8]| {
    // Other bytes would go to another reader.
    if !bytes.starts_with(b"%PDF") {
        return;
    }
    let options = ReadOptions { from: Some("pdf".to_owned()), ..ReadOptions::default() };
    let Ok(reading) = read(&Input { name: "fuzz.pdf", bytes }, &options) else { return };
    assert!(reading.account.is_closed(), "{:?}", reading.account);
    for document in &reading.documents {
        assert_eq!(document.validate(), Ok(()));
    }
});
