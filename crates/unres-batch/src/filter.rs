//! The conversion as a filter for other programs: one record out for each line in, in their order, whatever the line holds.

use crate::convert::Converter;
use crate::inputs::Lines;
use crate::isolate::{Isolated, WorkerCommand};
use crate::protocol::{Answer, Request};
use crate::{Failure, Isolation, Limits};
use serde::Serialize;
use std::io::{self, BufRead, BufWriter, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Mutex, PoisonError};

/// Lines that are answered together by one thread. More would make better use of several threads, and a reader wait longer.
const BATCH: usize = 16;

/// What a filter needs beside its plan.
#[derive(Clone, Debug)]
pub struct Filter {
    /// How many records are converted at a time.
    pub jobs: NonZeroUsize,
    /// Which inputs are converted in processes of their own.
    pub isolation: Isolation,
    /// What one input may cost there.
    pub limits: Limits,
    /// How such a process is started.
    pub worker: WorkerCommand,
}

/// An answer with what it is the answer to.
#[derive(Serialize)]
struct Answered {
    /// None when the line is no record.
    id: Option<String>,
    /// The line, counted from 1.
    line: usize,
    #[serde(flatten)]
    answer: Answer,
}

/// A line as it was read, with its number.
type Numbered = (usize, Result<Vec<u8>, Failure>);

impl Filter {
    /// Answers each line of the input. What is there is answered and flushed before more is waited for, so that a driver may wait for the answer to
    /// its last record. Ends with the input, or when an end of it breaks.
    pub fn run(
        &self,
        converter: &Converter,
        input: impl BufRead + Send + 'static,
        output: impl Write,
    ) -> io::Result<()> {
        let lines = read_ahead(input, converter.plan().max_bytes, BATCH * self.jobs.get());
        let workers = Workers { filter: self, converter, idle: Mutex::default() };
        let mut output = BufWriter::with_capacity(1 << 18, output);
        while let Ok(first) = lines.recv() {
            let more = std::iter::from_fn(|| lines.try_recv().ok());
            let batch: io::Result<Vec<Numbered>> =
                std::iter::once(first).chain(more).take(BATCH * self.jobs.get()).collect();
            let done = unres::in_order(
                &batch?,
                self.jobs,
                |line| workers.answer(line),
                |_, answered| match write_line(&mut output, &answered) {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => ControlFlow::Break(error),
                },
            );
            if let ControlFlow::Break(error) = done {
                return Err(error);
            }
            output.flush()?;
        }
        Ok(())
    }
}

fn write_line(output: &mut impl Write, answered: &Answered) -> io::Result<()> {
    serde_json::to_writer(&mut *output, answered)?;
    output.write_all(b"\n")
}

/// Reads lines in a thread of its own, so that what is there can be told from what must be waited for.
fn read_ahead(input: impl BufRead + Send + 'static, max_bytes: u64, waiting: usize) -> Receiver<io::Result<Numbered>> {
    let (sender, receiver) = sync_channel(waiting);
    std::thread::spawn(move || {
        let mut lines = Lines::new(input, max_bytes);
        while let Some(line) = lines.next().transpose() {
            let number = lines.read;
            let is_end = line.is_err();
            if sender.send(line.map(|line| (number, line))).is_err() || is_end {
                return;
            }
        }
    });
    receiver
}

/// What the threads of a filter share.
struct Workers<'a> {
    filter: &'a Filter,
    converter: &'a Converter,
    idle: Mutex<Vec<Isolated>>,
}

impl Workers<'_> {
    fn answer(&self, (line, bytes): &Numbered) -> Answered {
        let request = bytes.as_ref().map_err(Clone::clone).and_then(|bytes| Request::read(bytes));
        match request {
            Ok(request) => {
                let answer = self.convert(&request).unwrap_or_else(Answer::Failed);
                Answered { id: Some(request.id), line: *line, answer }
            }
            Err(failure) => Answered { id: None, line: *line, answer: Answer::Failed(failure) },
        }
    }

    fn convert(&self, request: &Request) -> Result<Answer, Failure> {
        let bytes = request.given.bytes(self.converter.plan().max_bytes)?;
        let (id, language) = (request.id.as_str(), request.lang.as_deref());
        if !self.filter.isolation.applies_to(&bytes) {
            return Ok(self.converter.convert(id, &bytes, language));
        }
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = || Isolated::new(self.filter.worker.clone(), self.converter.plan().clone(), self.filter.limits);
        let taken = idle().pop();
        let mut worker = taken.unwrap_or_else(fresh);
        let answer = worker.convert(id, bytes.into_owned(), language);
        idle().push(worker);
        Ok(answer)
    }
}
