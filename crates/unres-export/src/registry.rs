//! The formats that are known, in the order in which they were registered.

use crate::{ExportError, Exporter, Format};
use std::sync::Arc;

/// The known exporters.
#[derive(Default)]
pub struct Registry {
    exporters: Vec<Arc<dyn Exporter>>,
}

impl Registry {
    /// A registry without formats.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an exporter; it replaces one with the same id.
    pub fn register(&mut self, exporter: impl Exporter + 'static) {
        let id = exporter.format().id;
        self.exporters.retain(|known| known.format().id != id);
        self.exporters.push(Arc::new(exporter));
    }

    /// The exporter of a format.
    pub fn get(&self, id: &str) -> Result<&Arc<dyn Exporter>, ExportError> {
        let found = self.exporters.iter().find(|exporter| exporter.format().id == id);
        found.ok_or_else(|| ExportError::UnknownFormat {
            id: id.to_owned(),
            nearest: nearest(id, self.formats().map(|format| format.id)),
        })
    }

    /// All exporters.
    pub fn exporters(&self) -> impl Iterator<Item = &dyn Exporter> {
        self.exporters.iter().map(AsRef::as_ref)
    }

    /// All formats.
    pub fn formats(&self) -> impl Iterator<Item = Format> {
        self.exporters.iter().map(|exporter| exporter.format())
    }
}

/// The name most like `given`, when it is like enough to be meant.
pub fn nearest<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let enough = (given.chars().count() / 3).max(1);
    names.map(|name| (distance(given, name), name)).filter(|(d, _)| *d <= enough).min().map(|(_, name)| name)
}

/// Edits that turn one word into the other, a swap of neighbours counting as one.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_slip_finds_the_name() {
        let near = |given| nearest(given, ["akn", "csv", "json", "jsonl"].into_iter());
        assert_eq!(near("jsno"), Some("json"));
        assert_eq!(near("cvs"), Some("csv"));
        assert_eq!(near("parquet"), None);
    }
}
