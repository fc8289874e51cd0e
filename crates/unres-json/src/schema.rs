//! The JSON Schema of an envelope, for editors and for programs in other languages.

use crate::FORMAT_VERSION;
use schemars::JsonSchema;
use unres_model::Document;

/// A United Nations resolution or decision as data.
#[derive(JsonSchema)]
#[schemars(title = "unres document", deny_unknown_fields)]
#[allow(dead_code)] // only its shape is used
struct EnvelopeSchema {
    /// Version of this format; files of the same major version can be read.
    #[schemars(regex(pattern = r"^1\.[0-9]+\.[0-9]+$"))]
    format_version: String,
    /// The document.
    document: Document,
}

/// The JSON Schema of one envelope, indented, with a final newline. Same program, same bytes.
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(EnvelopeSchema);
    let described = format!("A United Nations resolution or decision as data, format version {FORMAT_VERSION}.");
    schema.insert("description".to_owned(), described.into());
    format!("{:#}\n", schema.to_value())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schema_names_itself_and_its_version() {
        let schema: serde_json::Value = serde_json::from_str(&schema()).expect("a schema is JSON");
        assert_eq!(schema["title"], "unres document");
        assert_eq!(schema["description"], "A United Nations resolution or decision as data, format version 1.0.0.");
        assert_eq!(schema["required"], serde_json::json!(["format_version", "document"]));
        assert!(schema.get("$id").is_none());
        let own = FORMAT_VERSION.split('.').next().expect("a version has a first number");
        let pattern = schema["properties"]["format_version"]["pattern"].as_str().expect("a pattern");
        assert!(pattern.starts_with(&format!("^{own}\\.")), "{pattern}");
    }
}
