//! Files that are made from the code, and the check of those that are kept by hand.

use anyhow::Context;

/// Writes docs/unres.schema.json, or with `check` only compares. False when it is not what the code says.
pub(crate) fn schema(check: bool) -> anyhow::Result<bool> {
    let path = crate::root().join("docs/unres.schema.json");
    let wanted = unres::json_schema();
    if !check {
        std::fs::write(&path, wanted).with_context(|| path.display().to_string())?;
        return Ok(true);
    }
    let same = std::fs::read_to_string(&path).is_ok_and(|found| found == wanted);
    if !same {
        println!("docs/unres.schema.json is not what the code says; run cargo xtask gen schema");
    }
    Ok(same)
}

/// Loads every built-in language pack, which checks it.
pub(crate) fn check_packs() -> bool {
    let mut good = true;
    for (code, result) in unres::check_packs() {
        match result {
            Ok(()) => println!("{code}: good"),
            Err(error) => {
                println!("{code}: {error}");
                good = false;
            }
        }
    }
    good
}
