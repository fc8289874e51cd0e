//! Columns: what type they have, and their cells until they are written.

use jiff::civil::Date;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use serde::Deserialize;
use unres_model::{Citation, Pinpoint};

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Date,
    Switch,
    /// The notes that are called, a list.
    Notes,
    /// The citations in the text, a list.
    Citations,
}

impl Kind {
    /// The fields of the records of a list; none where a cell is one value.
    fn fields(self) -> &'static [Field] {
        match self {
            Self::Text | Self::Integer | Self::Date | Self::Switch => &[],
            Self::Notes => &NOTE_FIELDS,
            Self::Citations => &CITATION_FIELDS,
        }
    }

    /// Its name in a message type, the language in which Parquet describes tables, around the name of what has it.
    fn declare(self, name: &str) -> String {
        match self {
            Self::Text => format!("binary {name} (STRING);"),
            Self::Integer => format!("int32 {name};"),
            Self::Date => format!("int32 {name} (DATE);"),
            Self::Switch => format!("boolean {name};"),
            Self::Notes | Self::Citations => {
                let fields: String = self.fields().iter().map(Field::declaration).collect();
                format!("group {name} (LIST) {{ repeated group list {{ required group element {{ {fields} }} }} }}")
            }
        }
    }
}

/// A field of the records of a list.
struct Field {
    name: &'static str,
    kind: Kind,
    presence: Presence,
}

/// Whether each record has a value in a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Always,
    Sometimes,
}

impl Field {
    fn declaration(&self) -> String {
        let presence = if self.presence == Presence::Always { "required" } else { "optional" };
        format!("{presence} {}", self.kind.declare(self.name))
    }
}

const fn field(name: &'static str, kind: Kind, presence: Presence) -> Field {
    Field { name, kind, presence }
}

const NOTE_FIELDS: [Field; 3] = [
    field("mark", Kind::Text, Presence::Always),
    field("offset", Kind::Integer, Presence::Always),
    field("text", Kind::Text, Presence::Always),
];

const CITATION_FIELDS: [Field; 6] = [
    field("cites", Kind::Text, Presence::Always),
    field("basis", Kind::Text, Presence::Always),
    field("date", Kind::Date, Presence::Sometimes),
    field("date_basis", Kind::Text, Presence::Sometimes),
    field("pinpoints", Kind::Text, Presence::Sometimes),
    field("text", Kind::Text, Presence::Always),
];

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
    ("date", Kind::Date),
    ("list", Kind::Integer),
];

/// Columns of one table that have another type there.
const KINDS_IN: &[(&str, &str, Kind)] = &[
    ("paragraphs", "unplaced", Kind::Switch),
    ("paragraphs", "notes", Kind::Notes),
    ("paragraphs", "citations", Kind::Citations),
    ("citations", "refers_back", Kind::Switch),
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

/// What a field of a record holds.
enum Value {
    Text(ByteArray),
    Integer(i32),
    None,
}

impl Value {
    fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    fn opt_text(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::text(text) }
    }
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
            Kind::Notes | Kind::Citations => kind.fields().iter().map(|field| Leaf::of(field.kind)).collect(),
            one => vec![Leaf::of(one)],
        };
        Self { name: name.to_owned(), kind, leaves }
    }

    /// Its line in the message type of the table.
    pub(crate) fn declaration(&self) -> String {
        let presence = if self.kind.fields().is_empty() { "optional" } else { "required" };
        format!("{presence} {}", self.kind.declare(&self.name))
    }

    /// Adds a cell of the table; an empty one is no value, or an empty list. `citations` are those of the row.
    pub(crate) fn push(&mut self, cell: &str, citations: &[&Citation]) -> Result<()> {
        match self.kind {
            Kind::Notes => self.push_records(&notes(cell)?),
            Kind::Citations => {
                self.push_records(&citations.iter().map(|citation| record(citation)).collect::<Vec<_>>())
            }
            Kind::Text | Kind::Integer | Kind::Date | Kind::Switch => self.push_value(cell),
        }
    }

    fn push_value(&mut self, cell: &str) -> Result<()> {
        let odd = self.odd(cell);
        let [leaf] = self.leaves.as_mut_slice() else { return Err(odd) };
        leaf.defined.push(i16::from(!cell.is_empty()));
        if cell.is_empty() {
            return Ok(());
        }
        match &mut leaf.values {
            Values::Text(values) => values.push(cell.into()),
            Values::Integer(values) if self.kind == Kind::Date => values.push(days(cell).ok_or(odd)?),
            Values::Integer(values) => values.push(cell.parse().map_err(|_| odd)?),
            Values::Switch(values) => values.push(cell == "true"),
        }
        Ok(())
    }

    /// Adds a list; each record has a value for each field.
    fn push_records<const N: usize>(&mut self, records: &[[Value; N]]) -> Result<()> {
        for (place, (leaf, field)) in self.leaves.iter_mut().zip(self.kind.fields()).enumerate() {
            if records.is_empty() {
                // An empty list is a place with nothing in it.
                leaf.defined.push(0);
                leaf.repeated.push(0);
            }
            for (index, record) in records.iter().enumerate() {
                leaf.repeated.push(i16::from(index > 0));
                leaf.push_field(field, &record[place])?;
            }
        }
        Ok(())
    }

    fn odd(&self, cell: &str) -> ParquetError {
        ParquetError::General(format!("column {}: {cell:?} is not of its type", self.name))
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
    /// An empty one for a column or field of a kind that is no list.
    fn of(kind: Kind) -> Self {
        let values = match kind {
            Kind::Integer | Kind::Date => Values::Integer(Vec::new()),
            Kind::Switch => Values::Switch(Vec::new()),
            Kind::Text | Kind::Notes | Kind::Citations => Values::Text(Vec::new()),
        };
        Self { values, defined: Vec::new(), repeated: Vec::new() }
    }

    /// Adds the value of a field of a record.
    fn push_field(&mut self, field: &Field, value: &Value) -> Result<()> {
        let level = match field.presence {
            Presence::Always => 1,
            Presence::Sometimes => 1 + i16::from(!matches!(value, Value::None)),
        };
        self.defined.push(level);
        match (&mut self.values, value) {
            (Values::Text(values), Value::Text(text)) => values.push(text.clone()),
            (Values::Integer(values), Value::Integer(integer)) => values.push(*integer),
            (_, Value::None) if field.presence == Presence::Sometimes => {}
            _ => return Err(ParquetError::General(format!("field {} is of another type", field.name))),
        }
        Ok(())
    }
}

/// The records of a cell of notes.
fn notes(cell: &str) -> Result<Vec<[Value; NOTE_FIELDS.len()]>> {
    let cell = if cell.is_empty() { "[]" } else { cell };
    let notes: Vec<NoteEntry> = serde_json::from_str(cell).map_err(|error| ParquetError::External(Box::new(error)))?;
    let record = |note: &NoteEntry| [Value::text(&note.mark), Value::Integer(note.offset), Value::text(&note.text)];
    Ok(notes.iter().map(record).collect())
}

/// The record of a citation; the values are those of its row in the table of citations.
fn record(citation: &Citation) -> [Value; CITATION_FIELDS.len()] {
    let pinpoints: Vec<String> = citation.pinpoints.iter().map(Pinpoint::shown).collect();
    [
        Value::text(&citation.symbol),
        Value::text(unres_csv::basis_name(citation.basis)),
        citation.date.map_or(Value::None, |date| Value::Integer(days_to(date.value))),
        citation.date.map_or(Value::None, |date| Value::text(unres_csv::basis_name(date.basis))),
        Value::opt_text(&pinpoints.join("; ")),
        Value::text(&citation.text.text),
    ]
}

/// The days from 1 January 1970 to a date in ISO 8601.
fn days(date: &str) -> Option<i32> {
    date.parse().ok().map(days_to)
}

fn days_to(date: Date) -> i32 {
    // The difference of two days in days alone is always one that fits.
    (date - Date::constant(1970, 1, 1)).get_days()
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
        let (documents, citations) = (unres_csv::document_header(), unres_csv::citation_header());
        let tables = [("paragraphs", &paragraphs), ("documents", &documents), ("citations", &citations)];
        let has = |table: &str, name: &str| {
            tables.iter().any(|(known, header)| *known == table && header.iter().any(|column| column == name))
        };
        for (name, _) in KINDS {
            assert!(tables.iter().any(|(table, _)| has(table, name)), "{name}");
        }
        for (table, name, _) in KINDS_IN {
            assert!(has(table, name), "{name}");
        }
    }
}
