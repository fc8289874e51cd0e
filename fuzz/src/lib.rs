//! What the targets for readers have in common.

use unres::{Input, ReadOptions, read};

/// Reads bytes in a format: they give documents that hold the promises of the model with a closed account, or an error. Bytes that do not begin as the
/// format does are passed over.
pub fn check_reader(format: &str, magic: &[u8], bytes: &[u8]) {
    if !bytes.starts_with(magic) {
        return;
    }
    let options = ReadOptions { from: Some(format.to_owned()), ..ReadOptions::default() };
    let Ok(reading) = read(&Input { name: "fuzz", bytes }, &options) else { return };
    assert!(reading.account.is_closed(), "{:?}", reading.account);
    for document in &reading.documents {
        assert_eq!(document.validate(), Ok(()));
    }
}
