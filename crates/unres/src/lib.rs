//! Reads United Nations resolutions and turns them into data.
//!
//! ```
//! use unres::{Input, ReadOptions, read};
//!
//! let bytes = " 98/1. Tidal bells \n\n The General Assembly, \n\n 1. Decides to ring them. \n".as_bytes();
//! let reading = read(&Input { name: "bells.txt", bytes }, &ReadOptions::default())?;
//! let document = &reading.documents[0];
//! assert_eq!(document.meta.symbol.as_ref().map(|symbol| symbol.value.as_str()), Some("A/RES/98/1"));
//! # Ok::<(), unres::Error>(())
//! ```

mod check;
mod compare;
mod explain;
mod faithful;
mod files;
mod formats;
mod language;
mod ordered;
mod reading;
mod table;

pub use check::check;
pub use compare::versions;
pub use explain::{Example, ExampleKind, RulePage, rule_pages, rules};
pub use faithful::compare_with_source;
pub use files::{CommitError, FileTarget, OutputName, Outputs, StoredFiles, output_names};
pub use formats::{
    check_exporter, export, export_to_memory, marks_for, open_output, outputs_of, registry, registry_for,
};
pub use language::{check_packs, languages};
pub use ordered::in_order;
pub use reading::{Error, Parts, ReadOptions, Reading, beside, inputs, read};
pub use table::{RowMaker, Rows, Table};

pub use unres_akn::{IllFormed, validate};
pub use unres_export::{
    Address, Addresses, Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, MemoryTarget, OptionKind,
    OptionSpec, Part, Registry, Target, Zone, nearest,
};
pub use unres_external::{Check, External, Program, serve};
pub use unres_lang::{Builtin as Language, PackError};
pub use unres_model as model;
pub use unres_parse::{HanSpace, ParseOptions};
pub use unres_passes::{Aspect, Comparison, Difference, Marks, Row, align, compare};
pub use unres_source::{
    Budget, Diagnostic, Input, Line, Origin, ReadError, Role, RuleId, Run, RunKind, Severity, Sink, Source, Span, Start,
};
pub use unres_symbol as symbol;
pub use unres_text::{ENCODINGS, Encoding, encoding_named};

/// The JSON Schema of the JSON format.
#[cfg(feature = "schema")]
pub use unres_json::schema as json_schema;
