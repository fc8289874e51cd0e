//! Tables over all inputs, put together from part files.
//!
//! Each thread writes the rows of its inputs into a part of its own, one file a table. A part is moved to its place and named in the journal when it
//! holds enough inputs. At the end the rows of all inputs are copied in the order of the inputs.

use crate::atomic::{Scratch, force, persist};
use crate::convert::{Converter, part_name};
use crate::journal::{Journal, Rows};
use crate::order::Order;
use crate::protocol::Output;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::NamedTempFile;
use unres::RowMaker;

/// A file of a table: its main part or one beside it.
struct Stream {
    format: String,
    part: Option<String>,
    head: Vec<u8>,
    extension: &'static str,
}

impl Stream {
    fn takes(&self, output: &Output) -> bool {
        output.rows && output.format == self.format && output.part == self.part
    }

    /// `csv`, `csv.documents`.
    fn key(&self) -> String {
        self.part.as_ref().map_or_else(|| self.format.clone(), |part| format!("{}.{part}", self.format))
    }

    /// `corpus.csv`, `corpus.documents.csv`.
    fn file_name(&self) -> String {
        let part = self.part.as_ref().map(|part| format!(".{part}")).unwrap_or_default();
        format!("corpus{part}.{}", self.extension)
    }
}

/// The tables of a job.
pub(crate) struct Tables {
    streams: Vec<Stream>,
    folder: PathBuf,
    last: AtomicU32,
    /// How many threads write parts.
    threads: NonZeroUsize,
}

impl Tables {
    /// `folder` holds the parts. Numbers go on after the last that a journal or a file there has.
    pub(crate) fn new(
        converter: &Converter,
        folder: PathBuf,
        last_in_journal: u32,
        threads: NonZeroUsize,
    ) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        let streams = converter.tables().iter().flat_map(streams);
        let tables = Self { streams: streams.collect(), folder, last: AtomicU32::new(0), threads };
        let last = tables.parts()?.into_keys().max().unwrap_or(0);
        tables.last.store(last.max(last_in_journal), Ordering::Relaxed);
        Ok(tables)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.streams.is_empty()
    }

    pub(crate) fn begin(&self, scratch: &Scratch) -> io::Result<OpenPart<'_>> {
        let number = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let open = |_: &Stream| Ok((BufWriter::new(scratch.begin()?), 0));
        let files = self.streams.iter().map(open).collect::<io::Result<_>>()?;
        Ok(OpenPart { tables: self, number, files })
    }

    /// Whether the rows of an input are where the journal says.
    pub(crate) fn hold(&self, rows: Option<&Rows>) -> bool {
        let Some(rows) = rows else { return self.is_empty() };
        rows.spans.len() == self.streams.len()
            && self.streams.iter().zip(&rows.spans).all(|(stream, (start, length))| {
                self.path(rows.part, stream).metadata().is_ok_and(|file| file.len() >= start + length)
            })
    }

    /// Puts the tables together from the rows of some inputs. Gives the parts that hold any of them.
    pub(crate) fn assemble(
        &self,
        folder: &Path,
        scratch: &Scratch,
        journal: &mut Journal,
        inputs: &mut Order,
    ) -> io::Result<BTreeSet<u32>> {
        let begin = |stream| OpenTable::begin(self, stream, scratch);
        let mut tables = self.streams.iter().map(begin).collect::<io::Result<Vec<_>>>()?;
        let mut used = BTreeSet::new();
        // In one pass, since records take longer to read than rows.
        inputs.try_for_each(|input| {
            let Some(rows) = journal.rows(input) else { return Ok(()) };
            used.insert(rows.part);
            let spans = tables.iter_mut().zip(&rows.spans);
            spans.into_iter().try_for_each(|(table, (start, length))| table.add(rows.part, *start, *length))
        })?;
        tables.into_iter().try_for_each(|table| table.close(folder))?;
        Ok(used)
    }

    /// Removes the parts that no input needs any more.
    pub(crate) fn keep_only(&self, used: &BTreeSet<u32>) -> io::Result<()> {
        for (number, paths) in self.parts()? {
            if !used.contains(&number) {
                paths.iter().try_for_each(std::fs::remove_file)?;
            }
        }
        Ok(())
    }

    fn path(&self, number: u32, stream: &Stream) -> PathBuf {
        self.folder.join(format!("{number:06}.{}", stream.key()))
    }

    /// The files of each part.
    fn parts(&self) -> io::Result<BTreeMap<u32, Vec<PathBuf>>> {
        let mut parts: BTreeMap<u32, Vec<PathBuf>> = BTreeMap::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(number) = name.split('.').next().and_then(|number| number.parse().ok()) {
                parts.entry(number).or_default().push(path);
            }
        }
        Ok(parts)
    }
}

fn streams(maker: &RowMaker) -> impl Iterator<Item = Stream> {
    let format = maker.format();
    maker.heads().map(move |(part, head)| Stream {
        format: format.id.to_owned(),
        part: part_name(part),
        head: head.to_owned(),
        extension: format.extension,
    })
}

/// A part that is being written.
pub(crate) struct OpenPart<'a> {
    tables: &'a Tables,
    number: u32,
    files: Vec<(BufWriter<NamedTempFile>, u64)>,
}

impl OpenPart<'_> {
    /// Adds the rows of one input.
    pub(crate) fn append(&mut self, outputs: &[Output]) -> io::Result<Rows> {
        let mut spans = Vec::with_capacity(self.files.len());
        for (stream, (file, end)) in self.tables.streams.iter().zip(&mut self.files) {
            let start = *end;
            for output in outputs.iter().filter(|output| stream.takes(output)) {
                let bytes = output.bytes.as_bytes();
                file.write_all(bytes)?;
                *end += bytes.len() as u64;
            }
            spans.push((start, *end - start));
        }
        Ok(Rows { part: self.number, spans })
    }

    /// Forces the part to the disk and moves it to its place.
    pub(crate) fn close(self) -> io::Result<()> {
        for (stream, (file, _)) in self.tables.streams.iter().zip(self.files) {
            let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
            force(file.as_file())?;
            persist(file, &self.tables.path(self.number, stream))?;
        }
        Ok(())
    }
}

/// A table that is put together from parts. Few more of them are kept open than threads wrote side by side.
struct OpenTable<'a> {
    tables: &'a Tables,
    stream: &'a Stream,
    out: NamedTempFile,
    parts: BTreeMap<u32, File>,
    /// Rows that follow each other in their part as they do in the table. They are copied at once, by the system where it can.
    run: Run,
}

/// A stretch of a part.
#[derive(Clone, Copy, Default)]
struct Run {
    part: u32,
    start: u64,
    length: u64,
}

impl<'a> OpenTable<'a> {
    /// Parts that are open beside those of the threads.
    const SPARE: usize = 2;

    fn begin(tables: &'a Tables, stream: &'a Stream, scratch: &Scratch) -> io::Result<Self> {
        let mut out = scratch.begin()?;
        out.write_all(&stream.head)?;
        Ok(Self { tables, stream, out, parts: BTreeMap::new(), run: Run::default() })
    }

    fn add(&mut self, part: u32, start: u64, length: u64) -> io::Result<()> {
        let Run { part: before, start: begun, length: so_far } = self.run;
        if part == before && start == begun + so_far {
            self.run.length += length;
            return Ok(());
        }
        self.copy_run()?;
        self.run = Run { part, start, length };
        Ok(())
    }

    fn copy_run(&mut self) -> io::Result<()> {
        let Run { part: number, start, length } = std::mem::take(&mut self.run);
        if length == 0 {
            return Ok(());
        }
        if !self.parts.contains_key(&number) && self.parts.len() >= self.tables.threads.get() + Self::SPARE {
            // Parts are numbered in the order in which they were begun, and the oldest is at its end.
            self.parts.pop_first();
        }
        let part = match self.parts.entry(number) {
            Entry::Occupied(open) => open.into_mut(),
            Entry::Vacant(place) => place.insert(File::open(self.tables.path(number, self.stream))?),
        };
        part.seek(SeekFrom::Start(start))?;
        let copied = io::copy(&mut part.take(length), self.out.as_file_mut())?;
        if copied < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    /// Forces the table to the disk and moves it to its place.
    fn close(mut self, folder: &Path) -> io::Result<()> {
        self.copy_run()?;
        force(self.out.as_file())?;
        persist(self.out, &folder.join(self.stream.file_name()))
    }
}
