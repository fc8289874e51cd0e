//! Columns: what type they have, and their cells until they are written.

use jiff::civil::Date;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use serde::Deserialize;

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Date,
    Switch,
    /// The notes that are called, a list.
    Notes,
}

/// Columns that are not text. Those of votes hold several numbers where there were several votes, so they are text.
const KINDS: &[(&str, Kind)] = &[
    ("sequence", Kind::Integer),
    ("level", Kind::Integer),
    ("ordinal", Kind::Integer),
    ("meeting", Kind::Integer),
    ("first_page", Kind::Integer),
    ("first_line", Kind::Integer),
    ("last_page", Kind::Integer),
    ("last_line", Kind::Integer),
    ("blocks", Kind::Integer),
    ("preambular", Kind::Integer),
    ("operative", Kind::Integer),
    ("items", Kind::Integer),
    ("calls", Kind::Integer),
    ("adoption_date", Kind::Date),
    ("issue_date", Kind::Date),
];

/// Columns of one table that have another type there.
const KINDS_IN: &[(&str, &str, Kind)] = &[
    ("paragraphs", "unplaced", Kind::Switch),
    ("paragraphs", "notes", Kind::Notes),
    ("documents", "unplaced", Kind::Integer),
    ("documents", "notes", Kind::Integer),
];

/// A column with its cells.
pub(crate) struct Column {
    name: String,
    kind: Kind,
    leaves: Vec<Leaf>,
}

/// Cells of one primitive type, with the levels that Parquet keeps beside them: how much of the path to a value is there, and at which list it repeats.
struct Leaf {
    values: Values,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

enum Values {
    Text(Vec<ByteArray>),
    Integer(Vec<i32>),
    Switch(Vec<bool>),
}

/// An entry of the column of notes, as the cell of the table has it.
#[derive(Deserialize)]
struct NoteEntry {
    mark: String,
    offset: i32,
    text: String,
}

impl Column {
    pub(crate) fn new(table: &str, name: &str) -> Self {
        let here = KINDS_IN.iter().find(|(known, column, _)| (*known, *column) == (table, name)).map(|known| known.2);
        let anywhere = KINDS.iter().find(|(column, _)| *column == name).map(|known| known.1);
        let kind = here.or(anywhere).unwrap_or(Kind::Text);
        let leaves = match kind {
            Kind::Text => vec![Leaf::of(Values::Text(Vec::new()))],
            Kind::Integer | Kind::Date => vec![Leaf::of(Values::Integer(Vec::new()))],
            Kind::Switch => vec![Leaf::of(Values::Switch(Vec::new()))],
            Kind::Notes => {
                let values = [Values::Text(Vec::new()), Values::Integer(Vec::new()), Values::Text(Vec::new())];
                values.map(Leaf::of).into()
            }
        };
        Self { name: name.to_owned(), kind, leaves }
    }

    /// Its line in a message type, the language in which Parquet describes tables.
    pub(crate) fn declaration(&self) -> String {
        let name = &self.name;
        match self.kind {
            Kind::Text => format!("optional binary {name} (STRING);"),
            Kind::Integer => format!("optional int32 {name};"),
            Kind::Date => format!("optional int32 {name} (DATE);"),
            Kind::Switch => format!("optional boolean {name};"),
            Kind::Notes => format!(
                "required group {name} (LIST) {{ repeated group list {{ required group element {{
                    required binary mark (STRING); required int32 offset; required binary text (STRING);
                }} }} }}"
            ),
        }
    }

    /// Adds a cell of the table; an empty one is no value, or an empty list.
    pub(crate) fn push(&mut self, cell: &str) -> Result<()> {
        if self.kind == Kind::Notes {
            return self.push_notes(cell);
        }
        let odd = || ParquetError::General(format!("column {}: {cell:?} is not of its type", self.name));
        let [leaf] = self.leaves.as_mut_slice() else { return Err(odd()) };
        leaf.defined.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Ok(());
        }
        match &mut leaf.values {
            Values::Text(values) => values.push(cell.into()),
            Values::Integer(values) if self.kind == Kind::Date => values.push(days(cell).ok_or_else(odd)?),
            Values::Integer(values) => values.push(cell.parse().map_err(|_| odd())?),
            Values::Switch(values) => values.push(cell == "true"),
        }
        Ok(())
    }

    fn push_notes(&mut self, cell: &str) -> Result<()> {
        let cell = if cell.is_empty() { "[]" } else { cell };
        let notes: Vec<NoteEntry> =
            serde_json::from_str(cell).map_err(|error| ParquetError::External(Box::new(error)))?;
        for leaf in &mut self.leaves {
            // An empty list is a place with nothing in it.
            let places = notes.len().max(1);
            leaf.defined.extend(std::iter::repeat_n(i16::from(!notes.is_empty()), places));
            leaf.repeated.extend((0..places).map(|place| i16::from(place > 0)));
        }
        if let [
            Leaf { values: Values::Text(marks), .. },
            Leaf { values: Values::Integer(offsets), .. },
            Leaf { values: Values::Text(texts), .. },
        ] = self.leaves.as_mut_slice()
        {
            for note in notes {
                marks.push(note.mark.as_str().into());
                offsets.push(note.offset);
                texts.push(note.text.as_str().into());
            }
        }
        Ok(())
    }

    /// How many primitive columns it is made of.
    pub(crate) fn leaves(&self) -> usize {
        self.leaves.len()
    }

    /// Writes the cells of one of them and forgets them.
    pub(crate) fn write(&mut self, leaf: usize, writer: &mut ColumnWriter<'_>) -> Result<()> {
        let Some(leaf) = self.leaves.get_mut(leaf) else { return Ok(()) };
        let defined = Some(leaf.defined.as_slice());
        let repeated = Some(leaf.repeated.as_slice()).filter(|levels| !levels.is_empty());
        match (&mut leaf.values, writer) {
            (Values::Text(values), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                writer.write_batch(values, defined, repeated)?;
                values.clear();
            }
            (Values::Integer(values), ColumnWriter::Int32ColumnWriter(writer)) => {
                writer.write_batch(values, defined, repeated)?;
                values.clear();
            }
            (Values::Switch(values), ColumnWriter::BoolColumnWriter(writer)) => {
                writer.write_batch(values, defined, repeated)?;
                values.clear();
            }
            _ => return Err(ParquetError::General(format!("column {} is of another type", self.name))),
        }
        leaf.defined.clear();
        leaf.repeated.clear();
        Ok(())
    }
}

impl Leaf {
    fn of(values: Values) -> Self {
        Self { values, defined: Vec::new(), repeated: Vec::new() }
    }
}

/// The days from 1 January 1970 to a date in ISO 8601.
fn days(date: &str) -> Option<i32> {
    let date: Date = date.parse().ok()?;
    let since = date.since((jiff::Unit::Day, Date::constant(1970, 1, 1))).ok()?;
    Some(since.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_since_1970() {
        assert_eq!(days("1970-01-01"), Some(0));
        assert_eq!(days("1969-12-31"), Some(-1));
        assert_eq!(days("2044-01-31"), Some(27_058));
        assert_eq!(days("soon"), None);
    }

    #[test]
    fn every_typed_column_is_one_of_a_table() {
        let paragraphs = unres_csv::block_header(&unres_csv::CsvOptions::default());
        let documents = unres_csv::document_header();
        let has = |table: &str, name: &str| {
            let header = if table == "paragraphs" { &paragraphs } else { &documents };
            header.iter().any(|column| column == name)
        };
        for (name, _) in KINDS {
            assert!(has("paragraphs", name) || has("documents", name), "{name}");
        }
        for (table, name, _) in KINDS_IN {
            assert!(has(table, name), "{name}");
        }
    }
}
