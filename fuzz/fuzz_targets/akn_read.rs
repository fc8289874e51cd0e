//! Any bytes as Akoma Ntoso: they give documents that hold the promises of the model, or an error; what is written of them is valid.
#![no_main]

use libfuzzer_sys::fuzz_target;
use unres::validate::{Depth, validate};
use unres::{ExportOptions, Input, Part, ReadOptions, Severity, export_to_memory, read, registry};

fuzz_target!(|bytes: &[u8]| {
    // Bytes without a tag would go to the reader of text.
    if !bytes.starts_with(b"<") {
        return;
    }
    let Ok(reading) = read(&Input { name: "fuzz.xml", bytes }, &ReadOptions::default()) else { return };
    for document in &reading.documents {
        assert_eq!(document.validate(), Ok(()));
        let export = |format| {
            export_to_memory(&registry(), format, [document], &ExportOptions::default(), &mut Vec::new())
                .expect("memory takes everything")
                .bytes(Part::Main)
        };
        let findings = validate(&export("akn"), Depth::Schema);
        assert!(findings.iter().all(|finding| finding.severity < Severity::Error), "{findings:?}");
        export("csv");
    }
});
