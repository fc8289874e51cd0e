//! Any text to Akoma Ntoso: each printed byte has exactly one claim, and what is written is well-formed and valid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unres::validate::{Depth, validate};
use unres::{ExportOptions, Input, Part, ReadOptions, export_to_memory, read, registry};

fuzz_target!(|bytes: &[u8]| {
    let Ok(reading) = read(&Input { name: "fuzz.txt", bytes }, &ReadOptions::default()) else { return };
    assert!(reading.account.is_closed(), "{:?}", reading.account);
    for document in &reading.documents {
        let written = export_to_memory(&registry(), "akn", [document], &ExportOptions::default(), &mut Vec::new());
        let xml = written.expect("memory takes everything").bytes(Part::Main);
        let findings = validate(&xml, Depth::Schema);
        assert!(findings.is_empty(), "{findings:?}");
    }
});
