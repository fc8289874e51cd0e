//! Conversion in processes of their own, which may run out of stack, time or memory without harm to the job.

use crate::convert::{Converter, Plan};
use crate::inputs::Lines;
use crate::protocol::{Answer, Given, Request};
use crate::{Failure, FailureKind, Limits};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How a worker process is started: a program that calls [`serve`] on its standard input and output.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
}

impl WorkerCommand {
    /// This program, with an argument by which it becomes a worker.
    pub fn this_program(argument: &str) -> io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, arguments: vec![argument.to_owned()] })
    }
}

/// The first line that a worker reads.
#[derive(Debug, Serialize, Deserialize)]
struct Orders {
    plan: Plan,
    memory: u64,
}

/// A worker process that is replaced when it dies or must be killed.
pub struct Isolated {
    command: WorkerCommand,
    plan: Plan,
    limits: Limits,
    process: Option<Process>,
}

impl Isolated {
    /// No process is started before the first document.
    pub fn new(command: WorkerCommand, plan: Plan, limits: Limits) -> Self {
        Self { command, plan, limits, process: None }
    }

    /// Converts one input. When the process dies over it, that is its failure.
    pub fn convert(&mut self, name: &str, bytes: Vec<u8>, language: Option<&str>) -> Answer {
        let request = Request { id: name.to_owned(), lang: language.map(str::to_owned), given: Given::Bytes(bytes) };
        self.try_convert(&request).unwrap_or_else(Answer::Failed)
    }

    fn try_convert(&mut self, request: &Request) -> Result<Answer, Failure> {
        let mut line = serde_json::to_vec(request).map_err(|error| Failure::io(&error.into()))?;
        line.push(b'\n');
        // A process may have died since its last answer; that is not this document's fault.
        let sent = self.process.as_mut().is_some_and(|process| process.send(&line).is_ok());
        if !sent {
            self.process = None;
            let started = Process::start(&self.command, &self.plan, self.limits.memory);
            let mut process = started.map_err(|error| no_worker(&error))?;
            process.send(&line).map_err(|error| no_worker(&error))?;
            self.process = Some(process);
        }
        let Some(process) = &mut self.process else { return Err(no_worker(&io::ErrorKind::BrokenPipe.into())) };
        match process.answer(self.limits.time) {
            Ok(answer) => Ok(answer),
            Err(failure) => {
                self.process = None;
                Err(failure)
            }
        }
    }
}

fn no_worker(error: &io::Error) -> Failure {
    Failure::new(FailureKind::Io, format!("no worker process: {error}"))
}

/// A running worker. It is killed when this is dropped.
struct Process {
    child: Child,
    input: ChildStdin,
    answers: Receiver<Vec<u8>>,
    last_words: Arc<Mutex<String>>,
}

impl Process {
    fn start(command: &WorkerCommand, plan: &Plan, memory: u64) -> io::Result<Self> {
        let mut start = Command::new(&command.program);
        start.args(&command.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        {
            // A Ctrl-C at the terminal is for the job, which lets its documents finish.
            use std::os::unix::process::CommandExt;
            start.process_group(0);
        }
        let mut child = start.spawn()?;
        let (input, output, messages) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(input), Some(output), Some(messages)) = (input, output, messages) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            loop {
                let mut line = Vec::new();
                let read = output.read_until(b'\n', &mut line);
                if read.is_err() || !line.ends_with(b"\n") || sender.send(line).is_err() {
                    return;
                }
            }
        });
        let last_words = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&last_words);
        std::thread::spawn(move || listen(messages, &heard));
        let mut process = Self { child, input, answers, last_words };
        let mut orders = serde_json::to_vec(&Orders { plan: plan.clone(), memory })?;
        orders.push(b'\n');
        process.send(&orders)?;
        Ok(process)
    }

    fn send(&mut self, line: &[u8]) -> io::Result<()> {
        self.input.write_all(line)?;
        self.input.flush()
    }

    fn answer(&mut self, time: Duration) -> Result<Answer, Failure> {
        match self.answers.recv_timeout(time) {
            Ok(line) => serde_json::from_slice(&line)
                .map_err(|error| Failure::new(FailureKind::Crash, format!("a worker process spoke nonsense: {error}"))),
            Err(RecvTimeoutError::Timeout) => {
                let message = format!("it took longer than {} s", time.as_secs_f64());
                Err(Failure::new(FailureKind::Time, message).hint("allow more with --timeout"))
            }
            Err(RecvTimeoutError::Disconnected) => Err(self.death()),
        }
    }

    /// Why the process died: how it ended, and the first thing that it said.
    fn death(&mut self) -> Failure {
        let status = self.child.wait().map_or_else(|error| error.to_string(), |status| status.to_string());
        // What it said may still be on its way.
        std::thread::sleep(Duration::from_millis(20));
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let words = if words.is_empty() { words } else { format!(": {words}") };
        Failure::new(FailureKind::Crash, format!("the process that converted it died ({status}){words}"))
            .hint("allow more memory with --memory, if that was missing")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps the line that tells most of what a worker says: the first that is not blank.
fn listen(messages: impl Read, heard: &Mutex<String>) {
    for line in BufReader::new(messages).lines().map_while(Result::ok) {
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        if heard.is_empty() {
            line.trim().clone_into(&mut heard);
        }
    }
}

/// The other side: reads records and answers each, until the input ends. `answer` is [`Converter::answer`] in all programs; tests pass worse ones.
pub fn serve(
    input: impl BufRead,
    mut output: impl Write,
    answer: impl Fn(&Converter, &Request) -> Answer,
) -> io::Result<()> {
    let mut lines = Lines::new(input, u64::MAX);
    let Some(Ok(orders)) = lines.next()? else { return Ok(()) };
    let orders: Orders = serde_json::from_slice(&orders)?;
    hold_to(orders.memory);
    end_with_parent();
    let converter = Converter::new(&orders.plan).map_err(io::Error::other)?;
    while let Some(line) = lines.next()? {
        let answered = match line.and_then(|line| Request::read(&line)) {
            Ok(request) => answer(&converter, &request),
            Err(failure) => Answer::Failed(failure),
        };
        serde_json::to_writer(&mut output, &answered)?;
        output.write_all(b"\n")?;
        output.flush()?;
    }
    Ok(())
}

/// Bounds the memory of this process, where the system can. An allocation beyond that ends it.
fn hold_to(memory: u64) {
    #[cfg(unix)]
    {
        // A limit that may not be set leaves the process as it is; the job's own limits stay.
        let _ = rlimit::setrlimit(rlimit::Resource::AS, memory, memory);
    }
    #[cfg(not(unix))]
    let _ = memory;
}

/// Ends this process when its parent is gone, also in the middle of a document that has no end.
fn end_with_parent() {
    #[cfg(unix)]
    {
        use std::os::unix::process::parent_id;
        let parent = parent_id();
        std::thread::spawn(move || {
            while parent_id() == parent {
                std::thread::sleep(Duration::from_secs(1));
            }
            std::process::exit(1);
        });
    }
}
