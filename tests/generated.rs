//! Files that are made from the code are what the code says.

#[test]
fn the_json_schema_is_up_to_date() {
    let path = tests::root().join("docs/unres.schema.json");
    let found = std::fs::read_to_string(path).expect("docs/unres.schema.json");
    assert!(found == unres::json_schema(), "run cargo xtask gen schema");
}

#[test]
fn the_language_packs_are_consistent() {
    for (code, result) in unres::check_packs() {
        assert!(result.is_ok(), "{code}: {}", result.expect_err("an error"));
    }
}
