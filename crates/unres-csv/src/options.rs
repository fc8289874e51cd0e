//! The options of the format.

use crate::blocks::{BLOCK_COLUMNS, BlockCell};
use crate::table::{CellOf, Column, Guard};
use unres_export::{ExportError, ExportOptions, OptionKind, OptionSpec, nearest};

/// What the format takes.
pub(crate) const SPECS: &[OptionSpec] = &[
    OptionSpec {
        name: "delimiter",
        kind: OptionKind::Text,
        help: "what stands between cells: tab, comma, semicolon or one ASCII character (default comma)",
    },
    OptionSpec {
        name: "bom",
        kind: OptionKind::Switch,
        help: "begin each part with a byte order mark, by which Excel knows UTF-8 (default false)",
    },
    OptionSpec {
        name: "guard",
        kind: OptionKind::Switch,
        help: "put an apostrophe before cells that a spreadsheet would take for a formula (default false)",
    },
    OptionSpec {
        name: "columns",
        kind: OptionKind::Text,
        help: "columns of the main part, with commas between, in the order to write (default all)",
    },
];

/// The options of one output, checked.
#[derive(Clone, Debug)]
pub struct CsvOptions {
    delimiter: u8,
    bom: bool,
    guard: Guard,
    /// Indices into [`BLOCK_COLUMNS`].
    columns: Vec<usize>,
}

impl Default for CsvOptions {
    fn default() -> Self {
        Self { delimiter: b',', bom: false, guard: Guard::Off, columns: (0..BLOCK_COLUMNS.len()).collect() }
    }
}

impl CsvOptions {
    /// Reads the options of an output; what is not given has its default.
    pub fn read(options: &ExportOptions) -> Result<Self, ExportError> {
        let mut read = Self::default();
        if let Some(delimiter) = options.get("delimiter") {
            read.delimiter = read_delimiter(delimiter)?;
        }
        if let Some(columns) = options.get("columns") {
            read.columns = read_columns(columns)?;
        }
        read.bom = options.is_on("bom");
        read.guard = if options.is_on("guard") { Guard::On } else { Guard::Off };
        Ok(read)
    }

    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    pub(crate) fn has_bom(&self) -> bool {
        self.bom
    }

    pub(crate) fn guard(&self) -> Guard {
        self.guard
    }

    pub(crate) fn columns(&self) -> impl Iterator<Item = &'static Column<CellOf<BlockCell>>> {
        self.columns.iter().filter_map(|index| BLOCK_COLUMNS.get(*index))
    }
}

fn read_delimiter(given: &str) -> Result<u8, ExportError> {
    let delimiter = match (given, given.as_bytes()) {
        ("tab", _) => b'\t',
        ("comma", _) => b',',
        ("semicolon", _) => b';',
        (_, [byte]) => *byte,
        _ => {
            return Err(refused(
                "delimiter",
                format!("{given:?} is none of tab, comma, semicolon or one ASCII character"),
            ));
        }
    };
    // Quotes and line ends have a meaning of their own; letters and digits would be one thing and the other.
    if matches!(delimiter, b'\t' | b' ') || (delimiter.is_ascii_punctuation() && delimiter != b'"') {
        Ok(delimiter)
    } else {
        Err(refused("delimiter", format!("{given:?} cannot stand between cells")))
    }
}

fn read_columns(given: &str) -> Result<Vec<usize>, ExportError> {
    let mut columns = Vec::new();
    for name in given.split(',').map(str::trim) {
        let Some(index) = BLOCK_COLUMNS.iter().position(|column| column.name == name) else {
            let near = nearest(name, BLOCK_COLUMNS.iter().map(|column| column.name));
            let near = near.map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
            return Err(refused("columns", format!("there is no column {name:?}{near}")));
        };
        if columns.contains(&index) {
            return Err(refused("columns", format!("column {name:?} is named twice")));
        }
        columns.push(index);
    }
    Ok(columns)
}

fn refused(name: &str, message: String) -> ExportError {
    ExportError::Option { name: name.to_owned(), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, value: &str) -> Result<CsvOptions, String> {
        let mut options = ExportOptions::default();
        options.set(name, value);
        options.check(SPECS).and_then(|()| CsvOptions::read(&options)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_delimiter_is_a_word_or_one_character() {
        for (given, delimiter) in [("tab", b'\t'), ("semicolon", b';'), ("comma", b','), ("|", b'|'), ("\t", b'\t')] {
            assert_eq!(check("delimiter", given).map(|options| options.delimiter), Ok(delimiter));
        }
        for given in ["\"", "\n", "\r", "a", "1", "\0"] {
            let error = check("delimiter", given).expect_err(given);
            assert!(error.ends_with("cannot stand between cells"), "{error}");
        }
        for given in ["", "tabs", "；", "||"] {
            let error = check("delimiter", given).expect_err(given);
            assert!(error.contains("is none of tab, comma"), "{error}");
        }
    }

    #[test]
    fn columns_are_known_and_named_once() {
        let names =
            |given| -> Result<Vec<_>, String> { Ok(check("columns", given)?.columns().map(|c| c.name).collect()) };
        assert_eq!(names("text, symbol"), Ok(vec!["text", "symbol"]));
        let typo = names("symbol,openning_key").unwrap_err();
        assert_eq!(typo, r#"option columns: there is no column "openning_key"; did you mean "opening_key"?"#);
        assert_eq!(names("text,text").unwrap_err(), r#"option columns: column "text" is named twice"#);
        assert_eq!(names("").unwrap_err(), r#"option columns: there is no column """#);
    }
}
