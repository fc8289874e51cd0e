//! The journal: what became of each input, one JSON object a line, only ever appended to.

use crate::atomic::{Scratch, force};
use crate::fingerprint::key;
use crate::protocol::{DocumentFacts, Warning};
use crate::{Failure, FailureKind};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What became of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Line")]
pub struct Record {
    /// The input.
    pub id: String,
    /// Hash of its bytes; empty when they could not be read.
    pub hash: String,
    /// Hash of the plan and the version of the program.
    pub plan: String,
    /// How it ended.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// How long it took, in microseconds.
    pub micros: u64,
}

/// How the work on an input ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum Outcome {
    /// Its outputs are there.
    Done(Stored),
    /// There are none.
    Failed(Failure),
}

/// Where the outputs of an input are, and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// Its documents.
    pub documents: Vec<DocumentFacts>,
    /// Its files below the folder of files, with their sizes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<(String, u64)>,
    /// Its rows of tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Rows>,
    /// What looked odd, by rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<Warning>,
    /// Whether the account of the text does not add up.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub breach: bool,
}

/// Where the rows of an input are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// The number of the part files.
    pub part: u32,
    /// Where they begin and how long they are, for each table.
    pub spans: Vec<(u64, u64)>,
}

/// A record as its line has it, all fields side by side. An enum with a tag would be read by way of a copy of all that it holds.
#[derive(Deserialize)]
struct Line {
    id: String,
    hash: String,
    plan: String,
    micros: u64,
    status: Status,
    #[serde(default)]
    documents: Vec<DocumentFacts>,
    #[serde(default)]
    files: Vec<(String, u64)>,
    rows: Option<Rows>,
    #[serde(default)]
    warnings: Vec<Warning>,
    #[serde(default)]
    breach: bool,
    kind: Option<FailureKind>,
    #[serde(default)]
    message: String,
    hint: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Done,
    Failed,
}

impl TryFrom<Line> for Record {
    type Error = &'static str;

    fn try_from(line: Line) -> Result<Self, Self::Error> {
        let Line { id, hash, plan, micros, documents, files, rows, warnings, breach, message, hint, .. } = line;
        let outcome = match line.status {
            Status::Done => Outcome::Done(Stored { documents, files, rows, warnings, breach }),
            Status::Failed => {
                let kind = line.kind.ok_or("a failure without its kind")?;
                Outcome::Failed(Failure { kind, message, hint })
            }
        };
        Ok(Self { id, hash, plan, outcome, micros })
    }
}

/// Where the last record of an id begins, and whether an input of this run has the id. One number, since a job may have millions of them.
#[derive(Clone, Copy)]
struct Place(u64);

impl Place {
    /// The bit for an id of this run.
    const CLAIMED: u64 = 1 << 63;
    /// No journal is so long.
    const UNRECORDED: Self = Self(!Self::CLAIMED);

    fn begin(self) -> Option<u64> {
        Some(self.0 & !Self::CLAIMED).filter(|begin| *begin != Self::UNRECORDED.0)
    }

    fn record(&mut self, begin: u64) {
        self.0 = self.0 & Self::CLAIMED | begin;
    }
}

/// An open journal. In memory is only where the record of each input stands.
pub(crate) struct Journal {
    path: PathBuf,
    file: File,
    reader: BufReader<File>,
    /// What is known of an id, by its key.
    places: HashMap<u64, Place>,
    end: u64,
    records: u64,
    last_part: u32,
}

impl Journal {
    /// Opens a journal, or begins one. A last line that was not finished is cut off; a line in between that is no record is passed over, so that
    /// its input counts as new.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).read(true).open(path)?;
        let reader = BufReader::new(File::open(path)?);
        let mut journal =
            Self { path: path.to_owned(), file, reader, places: HashMap::new(), end: 0, records: 0, last_part: 0 };
        journal.read_all()?;
        if journal.file.metadata()?.len() > journal.end {
            journal.file.set_len(journal.end)?;
        }
        Ok(journal)
    }

    fn read_all(&mut self) -> io::Result<()> {
        /// As much of a record as opening needs.
        #[derive(Deserialize)]
        struct Head {
            id: String,
            rows: Option<Rows>,
        }
        // No further than its size says: what is no file, such as a device, may have no end.
        let size = self.file.metadata()?.len();
        let mut whole = (&mut self.reader).take(size);
        let mut line = Vec::new();
        loop {
            line.clear();
            let length = whole.read_until(b'\n', &mut line)? as u64;
            if !line.ends_with(b"\n") {
                return Ok(());
            }
            if let Ok(head) = serde_json::from_slice::<Head>(&line) {
                self.last_part = self.last_part.max(head.rows.map_or(0, |rows| rows.part));
                record(&mut self.places, key(&head.id), self.end);
            }
            self.records += 1;
            self.end += length;
        }
    }

    /// Gives the key of an id to an input of this run. False when another one has it.
    pub(crate) fn claim(&mut self, id: u64) -> bool {
        let place = self.places.entry(id).or_insert(Place::UNRECORDED);
        let is_new = place.0 & Place::CLAIMED == 0;
        place.0 |= Place::CLAIMED;
        is_new
    }

    /// The highest number of part files that a record names.
    pub(crate) fn last_part(&self) -> u32 {
        self.last_part
    }

    /// Appends records and forces them to the disk. When that fails, none of them is there.
    pub(crate) fn append(&mut self, records: &[Record]) -> io::Result<()> {
        let mut lines = Vec::new();
        let mut places = Vec::with_capacity(records.len());
        for record in records {
            places.push((key(&record.id), self.end + lines.len() as u64));
            serde_json::to_writer(&mut lines, record)?;
            lines.push(b'\n');
        }
        let written = self.file.write_all(&lines).and_then(|()| force(&self.file));
        if let Err(error) = written {
            // If this fails too, the next run finds a torn line and cuts it off.
            let _ = self.file.set_len(self.end);
            return Err(error);
        }
        for (id, begin) in places {
            record(&mut self.places, id, begin);
        }
        self.records += records.len() as u64;
        self.end += lines.len() as u64;
        Ok(())
    }

    /// The last record of an input.
    pub(crate) fn find(&mut self, id: &str) -> Option<Record> {
        self.find_key(key(id)).filter(|record| record.id == id)
    }

    /// The same by the key of the id.
    pub(crate) fn find_key(&mut self, id: u64) -> Option<Record> {
        serde_json::from_slice(&self.line(id)?).ok()
    }

    /// Where the rows of an input are, if it has any.
    pub(crate) fn rows(&mut self, id: u64) -> Option<Rows> {
        /// The rest of a record is passed over, which takes a fraction of the time.
        #[derive(Deserialize)]
        struct Place {
            rows: Option<Rows>,
        }
        serde_json::from_slice::<Place>(&self.line(id)?).ok()?.rows
    }

    fn line(&mut self, id: u64) -> Option<Vec<u8>> {
        let place = self.places.get(&id)?.begin()?;
        // A seek within the buffer keeps it, so that records that follow each other are read once.
        let here = self.reader.stream_position().ok()?;
        self.reader.seek_relative(place.cast_signed() - here.cast_signed()).ok()?;
        let mut line = Vec::new();
        self.reader.read_until(b'\n', &mut line).ok()?;
        Some(line)
    }

    /// Writes the journal anew with the last record of each input, when more than half of it is older ones.
    pub(crate) fn compact(self, scratch: &Scratch) -> io::Result<()> {
        if self.records < 2 * self.places.len() as u64 {
            return Ok(());
        }
        let mut places: Vec<u64> = self.places.into_values().filter_map(Place::begin).collect();
        places.sort_unstable();
        let mut reader = self.reader;
        scratch.write_with(&self.path, |out| {
            let mut line = Vec::new();
            for place in places {
                line.clear();
                reader.seek(SeekFrom::Start(place))?;
                reader.read_until(b'\n', &mut line)?;
                out.write_all(&line)?;
            }
            Ok(())
        })
    }
}

fn record(places: &mut HashMap<u64, Place>, id: u64, begin: u64) {
    places.entry(id).or_insert(Place::UNRECORDED).record(begin);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, message: &str) -> Record {
        let outcome = Outcome::Failed(Failure::new(FailureKind::Read, message));
        Record { id: id.to_owned(), hash: "00".to_owned(), plan: "11".to_owned(), outcome, micros: 1 }
    }

    fn messages(journal: &mut Journal, ids: &[&str]) -> Vec<Option<String>> {
        let message = |record: Record| match record.outcome {
            Outcome::Failed(failure) => failure.message,
            Outcome::Done(_) => "done".to_owned(),
        };
        ids.iter().map(|id| journal.find(id).map(message)).collect()
    }

    fn some(words: &[&str]) -> Vec<Option<String>> {
        words.iter().map(|word| Some((*word).to_owned())).collect()
    }

    #[test]
    fn the_last_record_of_an_input_counts_and_outlives_the_journal() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.jsonl");
        let mut journal = Journal::open(&path).expect("a journal");
        journal.append(&[record("a", "first"), record("b", "first")]).expect("room");
        journal.append(&[record("a", "second")]).expect("room");
        assert_eq!(messages(&mut journal, &["b", "a"]), some(&["first", "second"]));
        let mut again = Journal::open(&path).expect("a journal");
        assert_eq!(messages(&mut again, &["a", "b"]), some(&["second", "first"]));
        assert!(again.find("c").is_none());
    }

    #[test]
    fn a_torn_last_line_is_cut_off_and_a_broken_one_passed_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal.jsonl");
        Journal::open(&path).expect("a journal").append(&[record("a", "whole")]).expect("room");
        let whole = std::fs::read(&path).expect("readable");
        for torn in 1..whole.len() {
            let mut bytes = whole.clone();
            bytes.extend_from_slice(b"{no record}\n");
            bytes.extend_from_slice(whole.get(..torn).expect("shorter"));
            std::fs::write(&path, bytes).expect("writable");
            let mut journal = Journal::open(&path).expect("a journal");
            journal.append(&[record("b", "after")]).expect("room");
            let mut again = Journal::open(&path).expect("a journal");
            assert_eq!(messages(&mut again, &["a", "b"]), some(&["whole", "after"]), "{torn} bytes of a last line");
        }
    }

    #[test]
    fn a_compact_journal_knows_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let scratch = Scratch::in_folder(folder.path().join("scratch")).expect("a folder");
        let path = folder.path().join("journal.jsonl");
        let mut journal = Journal::open(&path).expect("a journal");
        for round in ["first", "second", "third"] {
            journal.append(&[record("a", round), record("b", round)]).expect("room");
        }
        journal.compact(&scratch).expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("text").lines().count(), 2);
        let mut journal = Journal::open(&path).expect("a journal");
        assert_eq!(messages(&mut journal, &["a", "b"]), some(&["third", "third"]));
    }
}
