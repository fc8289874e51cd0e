//! How columns look: their width, and what their cells are.

use rust_xlsxwriter::{Format, FormatAlign};

/// How the cells of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text that is read: it wraps.
    Prose,
    /// Text that is looked up.
    Word,
    /// A number; what is none, such as the numbers of several votes, is text.
    Number,
    /// A date in ISO 8601; one that Excel cannot hold is text.
    Date,
    /// `true` or `false`.
    Switch,
}

/// The look of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// In widths of a digit.
    pub(crate) width: f64,
    pub(crate) form: Form,
}

impl Look {
    /// The look of a column by its name.
    pub(crate) fn of(column: &str) -> Self {
        let known = LOOKS.iter().find(|(name, ..)| *name == column);
        known.map_or(OTHER, |&(_, width, form)| Self { width, form })
    }
}

const OTHER: Look = Look { width: 14.0, form: Form::Word };

/// Columns that do not look like [`OTHER`].
const LOOKS: &[(&str, f64, Form)] = &[
    ("symbol", 20.0, Form::Word),
    ("language", 10.0, Form::Word),
    ("part", 9.0, Form::Word),
    ("sequence", 10.0, Form::Number),
    ("eid", 28.0, Form::Word),
    ("level", 8.0, Form::Number),
    ("ordinal", 9.0, Form::Number),
    ("opening_phrase", 22.0, Form::Prose),
    ("opening_key", 22.0, Form::Word),
    ("text", 90.0, Form::Prose),
    ("notes", 40.0, Form::Prose),
    ("title", 50.0, Form::Prose),
    ("adoption_date", 14.0, Form::Date),
    ("meeting", 10.0, Form::Number),
    ("source_file", 26.0, Form::Word),
    ("first_page", 11.0, Form::Number),
    ("first_line", 11.0, Form::Number),
    ("last_page", 11.0, Form::Number),
    ("last_line", 11.0, Form::Number),
    ("rule", 28.0, Form::Word),
    ("unplaced", 11.0, Form::Switch),
    ("blocks", 9.0, Form::Number),
    ("preambular", 12.0, Form::Number),
    ("operative", 11.0, Form::Number),
    ("items", 9.0, Form::Number),
    ("calls", 9.0, Form::Number),
    ("in_favour", 11.0, Form::Number),
    ("against", 9.0, Form::Number),
    ("abstaining", 12.0, Form::Number),
    ("sponsors", 40.0, Form::Prose),
    ("subjects", 40.0, Form::Prose),
    ("steps", 40.0, Form::Prose),
    ("issue_date", 14.0, Form::Date),
    ("agenda_title", 50.0, Form::Prose),
    ("proponent", 40.0, Form::Prose),
    ("called_in", 22.0, Form::Prose),
    ("note", 8.0, Form::Word),
    ("cites", 22.0, Form::Word),
    ("date", 14.0, Form::Date),
    ("pinpoints", 28.0, Form::Prose),
    ("list", 8.0, Form::Number),
    ("up_to", 22.0, Form::Word),
    ("refers_back", 12.0, Form::Switch),
];

/// The formats of cells, made once for a workbook.
pub(crate) struct Formats {
    pub(crate) header: Format,
    pub(crate) prose: Format,
    pub(crate) word: Format,
    pub(crate) date: Format,
}

impl Formats {
    pub(crate) fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new().set_bold(),
            prose: cell.clone().set_text_wrap(),
            date: cell.clone().set_num_format("yyyy-mm-dd"),
            word: cell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::NOTE_HEADER;

    #[test]
    fn every_look_is_that_of_a_column() {
        let (blocks, documents) =
            (unres_csv::block_header(&unres_csv::CsvOptions::default()), unres_csv::document_header());
        let citations = unres_csv::citation_header();
        let columns: Vec<&str> = blocks.iter().chain(&documents).chain(NOTE_HEADER).chain(&citations).collect();
        for (name, ..) in LOOKS {
            assert!(columns.contains(name), "{name}");
        }
    }
}
