//! The exporter `aligned-csv`.

use crate::versions::{Cell, Form, Gathering, Row, Work};
use std::collections::BTreeSet;
use std::io::{self, Write};
use unres_export::{Arity, DocumentWriter, ExportError, ExportOptions, Exporter, Format, Part, Target};
use unres_model::BlockKind;

/// A table with a row for each paragraph and a column for each language.
#[derive(Clone, Copy, Debug, Default)]
pub struct AlignedCsv;

impl Exporter for AlignedCsv {
    fn format(&self) -> Format {
        Format {
            id: "aligned-csv",
            title: "CSV, a row for each paragraph and a column for each language",
            media_type: "text/csv; charset=utf-8",
            extension: "aligned.csv",
            arity: Arity::ManyDocuments,
        }
    }

    fn open(&self, _: &ExportOptions, target: &mut dyn Target) -> Result<Box<dyn DocumentWriter>, ExportError> {
        Ok(Box::new(Gathering::new(CsvForm(target.part(Part::Main)?))))
    }
}

struct CsvForm(Box<dyn Write + Send>);

impl Form for CsvForm {
    fn write(self, works: &[Work]) -> Result<(), ExportError> {
        let languages: BTreeSet<&str> =
            works.iter().flat_map(|work| &work.versions).map(|version| version.language.as_str()).collect();
        let mut table = csv::Writer::from_writer(self.0);
        let header = ["document", "path", "kind", "lacking"].into_iter().chain(languages.iter().copied());
        table.write_record(header).map_err(io::Error::from)?;
        for work in works {
            for row in &work.rows {
                table.write_record(record(work, row, &languages)).map_err(io::Error::from)?;
            }
        }
        Ok(table.flush()?)
    }
}

fn record(work: &Work, row: &Row, languages: &BTreeSet<&str>) -> Vec<String> {
    let cell = |language: &str| {
        let found = work.versions.iter().zip(&row.cells).find(|(version, _)| version.language == language);
        found.and_then(|(_, cell)| cell.as_ref()).map(Cell::whole).unwrap_or_default()
    };
    let lacking = work.versions.iter().zip(&row.cells).filter(|(_, cell)| cell.is_none());
    let lacking: Vec<&str> = lacking.map(|(version, _)| version.language.as_str()).collect();
    let kind = row.kind.map_or_else(|| "note".to_owned(), kind_name);
    let first = [work.name.clone(), row.path.clone(), kind, lacking.join(" ")];
    first.into_iter().chain(languages.iter().map(|language| cell(language))).collect()
}

/// The name of a kind, which is that of the JSON form.
fn kind_name(kind: BlockKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
