//! The exporter `xlsx`.

use crate::looks::Formats;
use crate::notes::{NOTE_HEADER, note_rows};
use crate::sheet::{Limits, Table};
use csv::StringRecord;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::collections::BTreeSet;
use std::io::{self, Write};
use unres_csv::{
    CsvOptions, block_header, block_records, citation_header, citation_records, document_header, document_record,
};
use unres_export::{
    Addresses, Arity, Direction, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target,
};
use unres_model::Document;
use unres_source::Sink;

/// A workbook with sheets of blocks, documents, notes and citations over any number of documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Xlsx;

impl Exporter for Xlsx {
    fn format(&self) -> Format {
        Format {
            id: "xlsx",
            title: "Excel, sheets of paragraphs, documents, notes and citations",
            media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            extension: "xlsx",
            arity: Arity::ManyDocuments,
        }
    }

    fn shows_dates_and_names(&self) -> bool {
        false
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        let writer = XlsxWriter::begin(target.part(Part::Main)?, Limits::EXCEL).map_err(failed)?;
        Ok(Box::new(writer))
    }
}

struct XlsxWriter {
    out: Box<dyn Write + Send>,
    workbook: Workbook,
    formats: Formats,
    csv: CsvOptions,
    paragraphs: Table,
    documents: Table,
    notes: Table,
    citations: Table,
    directions: BTreeSet<Direction>,
}

impl XlsxWriter {
    fn begin(out: Box<dyn Write + Send>, limits: Limits) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // One date for all files: the same documents make the same bytes.
        let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let (formats, csv) = (Formats::new(), CsvOptions::default());
        let paragraphs = Table::begin(&mut workbook, "Paragraphs", &block_header(&csv), &formats, limits)?;
        let documents = Table::begin(&mut workbook, "Documents", &document_header(), &formats, limits)?;
        let notes = Table::begin(&mut workbook, "Notes", NOTE_HEADER, &formats, limits)?;
        let citations = Table::begin(&mut workbook, "Citations", &citation_header(), &formats, limits)?;
        let directions = BTreeSet::new();
        Ok(Self { out, workbook, formats, csv, paragraphs, documents, notes, citations, directions })
    }

    fn push(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), XlsxError> {
        let (workbook, formats) = (&mut self.workbook, &self.formats);
        for record in block_records(document, addresses, &self.csv) {
            self.paragraphs.push(workbook, &cells(&record), formats, sink)?;
        }
        self.documents.push(workbook, &cells(&document_record(document, &self.csv)), formats, sink)?;
        for row in note_rows(document, addresses) {
            self.notes.push(workbook, &row.each_ref().map(AsRef::as_ref), formats, sink)?;
        }
        for record in citation_records(document, addresses, &self.csv) {
            self.citations.push(workbook, &cells(&record), formats, sink)?;
        }
        self.directions.insert(Direction::of(document));
        Ok(())
    }

    fn save(mut self) -> Result<(), XlsxError> {
        for table in [self.paragraphs, self.documents, self.notes, self.citations] {
            table.finish(&mut self.workbook)?;
        }
        // A sheet has one direction; that of a cell follows from its text.
        if self.directions.iter().eq([&Direction::RightToLeft]) {
            for sheet in self.workbook.worksheets_mut() {
                sheet.set_right_to_left(true);
            }
        }
        self.workbook.save_to_writer(&mut self.out)?;
        Ok(self.out.flush()?)
    }
}

impl DocumentWriter for XlsxWriter {
    fn write(&mut self, document: &Document, addresses: &Addresses, sink: &mut dyn Sink) -> Result<(), ExportError> {
        self.push(document, addresses, sink).map_err(failed)
    }

    fn finish(self: Box<Self>, _: &mut dyn Sink) -> Result<(), ExportError> {
        self.save().map_err(failed)
    }
}

fn cells(record: &StringRecord) -> Vec<&str> {
    record.iter().collect()
}

fn failed(error: XlsxError) -> ExportError {
    let error = match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    };
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx as Workbook, open_workbook_from_rs};
    use std::io::Cursor;
    use std::sync::{Arc, Mutex};
    use unres_model::{Basis, Block, BlockKind, Citation, CitedKind, Inline, Note, NoteCall, NoteId, Text, Value};
    use unres_source::{Diagnostic, RuleId};

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("one thread").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn text(text: &str) -> Inline {
        Inline::Text(Text { text: text.to_owned(), spans: Vec::new() })
    }

    fn document(texts: &[&str]) -> Document {
        let block = |words: &&str| {
            let content = vec![text(words)];
            Block { content, ..Block::new(BlockKind::Preambular, RuleId::new("test/rule")) }
        };
        Document { blocks: texts.iter().map(block).collect(), ..Document::default() }
    }

    fn bytes(document: &Document, limits: Limits) -> (Vec<u8>, Vec<Diagnostic>) {
        let (out, mut sink) = (Shared::default(), Vec::new());
        let mut writer = XlsxWriter::begin(Box::new(out.clone()), limits).expect("begun");
        writer.push(document, &Addresses::of(document), &mut sink).expect("written");
        writer.save().expect("saved");
        let bytes = out.0.lock().expect("one thread").clone();
        (bytes, sink)
    }

    /// The cells of a column, sheet by sheet, without the header.
    fn column(bytes: &[u8], sheet: &str, name: &str) -> Vec<Data> {
        let mut workbook: Workbook<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
        let range = workbook.worksheet_range(sheet).expect("the sheet");
        let at = range.headers().expect("a header").iter().position(|header| header == name).expect("the column");
        range.rows().skip(1).map(|row| row[at].clone()).collect()
    }

    fn check(texts: &[&str], limits: Limits, sheets: &[(&str, &[&str])], rules: &[&str]) {
        let (bytes, sink) = bytes(&document(texts), limits);
        for (sheet, cells) in sheets {
            assert_eq!(column(&bytes, sheet, "text"), strings(cells), "{sheet}");
        }
        assert_eq!(sink.iter().map(|finding| finding.rule.as_str()).collect::<Vec<_>>(), rules);
    }

    fn strings(cells: &[&str]) -> Vec<Data> {
        cells.iter().map(|cell| Data::String((*cell).to_owned())).collect()
    }

    #[test]
    fn rows_are_those_of_the_table() {
        check(&["=1+1", " a  b ", "_x0041_"], Limits::EXCEL, &[("Paragraphs", &["=1+1", " a  b ", "_x0041_"])], &[]);
    }

    #[test]
    fn a_full_sheet_goes_on_in_another() {
        let limits = Limits { rows: 3, ..Limits::EXCEL };
        let sheets: &[(&str, &[&str])] =
            &[("Paragraphs", &["a", "b"]), ("Paragraphs 2", &["c", "d"]), ("Paragraphs 3", &["e"])];
        check(&["a", "b", "c", "d", "e"], limits, sheets, &["xlsx/full-sheet", "xlsx/full-sheet"]);
    }

    #[test]
    fn a_long_cell_goes_on_in_the_row_below() {
        let limits = Limits { cell: 40, ..Limits::EXCEL };
        let pieces: &[&str] = &["Noting that the bells of the harbour ", "ring at night", "short"];
        check(&[&pieces[..2].concat(), pieces[2]], limits, &[("Paragraphs", pieces)], &["xlsx/long-cell"]);
        let pieces: &[&str] = &[&"𝄞".repeat(20), "𝄞"];
        check(&[&pieces.concat()], limits, &[("Paragraphs", pieces)], &["xlsx/long-cell"]);
    }

    #[test]
    fn the_longest_cell_that_excel_holds_is_whole() {
        let longest = "a".repeat(Limits::EXCEL.cell);
        check(&[&longest], Limits::EXCEL, &[("Paragraphs", &[&longest])], &[]);
    }

    #[test]
    fn notes_say_where_they_are_called() {
        let mut document = document(&["a", "b"]);
        let call = |id| Inline::Call(NoteCall { call: NoteId(id), spans: Vec::new() });
        document.blocks[0].content.extend([call(1), call(2)]);
        document.blocks[1].content.push(call(1));
        let note = |id, content| Note {
            id: NoteId(id),
            mark: "*".to_owned(),
            mark_spans: Vec::new(),
            content,
            rule: RuleId::new("test/rule"),
            place: None,
        };
        document.notes = vec![note(1, vec![text("See there."), call(2)]), note(2, vec![text("Here.")])];
        let (bytes, _) = bytes(&document, Limits::EXCEL);
        let paths: Vec<_> = Addresses::of(&document).blocks().iter().map(|address| address.path.clone()).collect();
        let called = [format!("{}; {}", paths[0], paths[1]), format!("{}; authorialNote_1", paths[0])];
        assert_eq!(column(&bytes, "Notes", "called_in"), called.map(Data::String));
    }

    #[test]
    fn citations_have_a_sheet() {
        let mut document = document(&["a"]);
        let date = Some(Value { value: "2044-01-31".parse().expect("a date"), basis: Basis::Derived });
        document.blocks[0].content.push(Inline::Citation(Box::new(Citation {
            symbol: "A/RES/98/1".to_owned(),
            kind: CitedKind::Document,
            basis: Basis::Printed,
            date,
            pinpoints: Vec::new(),
            up_to: None,
            refers_back: false,
            list: Some(3),
            text: Text { text: "resolution 98/1".to_owned(), spans: Vec::new() },
        })));
        let (bytes, _) = bytes(&document, Limits::EXCEL);
        assert_eq!(column(&bytes, "Citations", "cites"), strings(&["A/RES/98/1"]));
        assert_eq!(column(&bytes, "Citations", "list"), [Data::Float(3.0)]);
        assert!(matches!(column(&bytes, "Citations", "date")[..], [Data::DateTime(_)]));
    }

    #[test]
    fn counts_are_numbers_and_facts_are_typed() {
        let mut document = document(&["a"]);
        document.meta.source = "12".to_owned();
        let (bytes, _) = bytes(&document, Limits::EXCEL);
        assert_eq!(column(&bytes, "Documents", "blocks"), [Data::Float(1.0)]);
        assert_eq!(column(&bytes, "Documents", "source_file"), [Data::String("12".to_owned())]);
        assert_eq!(column(&bytes, "Paragraphs", "unplaced"), [Data::Bool(false)]);
    }
}
