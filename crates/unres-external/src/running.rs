//! A program that runs: a thread feeds it, one takes its output and one what it says, so that neither side waits for the other in vain.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use unres_export::ExportError;

/// How much of what a program says is kept.
const MOST_SAID: u64 = 16 * 1024;

/// How often it is looked whether a program that closed its output has ended.
const LOOK: Duration = Duration::from_millis(5);

/// A program that runs. It is ended when this is dropped.
pub(crate) struct Running {
    program: String,
    patience: Duration,
    child: Child,
    /// Closed when the last line was given.
    lines: Option<Sender<Vec<u8>>>,
    /// An answer for each line, once the program has taken it.
    taken: Receiver<io::Result<()>>,
    /// An answer when the program has closed its output.
    copied: Receiver<io::Result<()>>,
    said: Receiver<String>,
}

impl Running {
    pub(crate) fn start(
        mut command: Command,
        patience: Duration,
        out: Box<dyn Write + Send>,
    ) -> Result<Self, ExportError> {
        let program = command.get_program().to_string_lossy().into_owned();
        let spawned = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|error| {
            let message = match error.kind() {
                io::ErrorKind::NotFound => "there is no such program".to_owned(),
                _ => format!("cannot be run: {error}"),
            };
            ExportError::Program { program: program.clone(), message, said: String::new() }
        })?;
        let (lines, given) = channel();
        let (take, taken) = channel();
        let (copy, copied) = channel();
        let (say, said) = channel();
        if let Some(input) = child.stdin.take() {
            thread::spawn(move || feed(input, &given, &take));
        }
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || copy.send(copy_all(output, out)));
        }
        if let Some(errors) = child.stderr.take() {
            thread::spawn(move || say.send(beginning(errors)));
        }
        Ok(Self { program, patience, child, lines: Some(lines), taken, copied, said })
    }

    /// Gives the program a line and waits until it has taken it.
    pub(crate) fn send(&mut self, line: Vec<u8>) -> Result<(), ExportError> {
        let given = self.lines.as_ref().is_some_and(|lines| lines.send(line).is_ok());
        let taken = if given { self.taken.recv_timeout(self.patience).ok() } else { None };
        match taken {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) => Err(self.gone()),
            None => Err(self.too_slow("to take a document")),
        }
    }

    /// Says that there are no more lines and waits for the end. Gives what the program said beside its output.
    pub(crate) fn finish(mut self) -> Result<String, ExportError> {
        self.lines = None;
        let Ok(copied) = self.copied.recv_timeout(self.patience) else {
            return Err(self.too_slow("to end"));
        };
        copied?;
        match self.wait() {
            None => Err(self.too_slow("to end")),
            Some(status) if status.success() => Ok(self.said()),
            Some(status) => Err(self.failed(format!("failed ({status})"))),
        }
    }

    /// Why the program takes no more lines.
    fn gone(&mut self) -> ExportError {
        if let Ok(Err(error)) = self.copied.recv_timeout(self.patience) {
            return error.into();
        }
        match self.wait() {
            Some(status) if !status.success() => self.failed(format!("failed ({status})")),
            _ => self.failed("stopped reading before the last document".to_owned()),
        }
    }

    fn wait(&mut self) -> Option<ExitStatus> {
        let until = Instant::now() + self.patience;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < until => thread::sleep(LOOK),
                _ => return None,
            }
        }
    }

    fn too_slow(&mut self, what: &str) -> ExportError {
        // Whether it could be ended or not, nobody waits for it any more.
        let _ = self.child.kill();
        self.failed(format!("took more than {:?} {what}", self.patience))
    }

    fn failed(&self, message: String) -> ExportError {
        ExportError::Program { program: self.program.clone(), message, said: self.said() }
    }

    /// What the program said. A program that it left behind may hold the stream open, so this does not wait long.
    fn said(&self) -> String {
        self.said.recv_timeout(Duration::from_secs(1)).unwrap_or_default()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // After a proper end both do nothing.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn feed(mut input: ChildStdin, lines: &Receiver<Vec<u8>>, taken: &Sender<io::Result<()>>) {
    for line in lines {
        let written = input.write_all(&line);
        let failed = written.is_err();
        if taken.send(written).is_err() || failed {
            return;
        }
    }
}

fn copy_all(mut from: impl Read, mut to: Box<dyn Write + Send>) -> io::Result<()> {
    io::copy(&mut from, &mut to)?;
    to.flush()
}

/// The beginning of a stream, which is read to its end.
fn beginning(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    // What cannot be read was not said.
    let _ = stream.by_ref().take(MOST_SAID).read_to_end(&mut bytes);
    let _ = io::copy(&mut stream, &mut io::sink());
    String::from_utf8_lossy(&bytes).trim().to_owned()
}
