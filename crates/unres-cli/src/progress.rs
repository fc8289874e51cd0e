//! How a job goes, on standard error: a bar on a terminal, a line now and then elsewhere.

use crate::messages::say;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use unres_batch::{Observer, Outcome, Record};

/// How long nothing is said where there is no terminal.
const PAUSE: Duration = Duration::from_secs(10);

pub(crate) struct Progress {
    bar: ProgressBar,
    is_terminal: bool,
    failed: AtomicUsize,
    said: Mutex<Instant>,
    begun: Instant,
}

impl Progress {
    pub(crate) fn begin() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let target = if is_terminal { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target).with_style(ProgressStyle::default_spinner());
        let template = "{spinner} {pos} inputs, {per_sec}, {msg}";
        bar.set_style(style(template));
        let now = Instant::now();
        Self { bar, is_terminal, failed: AtomicUsize::new(0), said: Mutex::new(now), begun: now }
    }

    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn step(&self) {
        self.bar.inc(1);
        if self.is_terminal {
            return;
        }
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        if said.elapsed() >= PAUSE {
            *said = Instant::now();
            say(&self.line());
        }
    }

    /// `1200 of 5000 inputs, 2 failed, 31 a second, 2 min left`.
    fn line(&self) -> String {
        let done = self.bar.position();
        let failed = self.failed.load(Ordering::Relaxed);
        let total = self.bar.length().map(|total| format!(" of {total}")).unwrap_or_default();
        let elapsed = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = done * 1000 / elapsed;
        let left = self.bar.length().filter(|_| done > 0).map(|total| {
            let minutes = (total.saturating_sub(done) * elapsed / done).div_ceil(60_000);
            format!(", {minutes} min left")
        });
        format!("{done}{total} inputs, {failed} failed, {rate} a second{}", left.unwrap_or_default())
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl Observer for Progress {
    fn counted(&self, inputs: usize) {
        self.bar.set_length(inputs as u64);
        self.bar.set_style(style("{bar:30} {pos}/{len} inputs, {per_sec}, {eta} left, {msg}"));
    }

    fn finished(&self, record: &Record) {
        if let Outcome::Failed(failure) = &record.outcome {
            let failed = self.failed.fetch_add(1, Ordering::Relaxed) + 1;
            self.bar.set_message(format!("{failed} failed"));
            self.bar.suspend(|| say(&format!("{}: {failure}", record.id)));
        }
        self.step();
    }

    fn unchanged(&self) {
        self.step();
    }

    fn assembling(&self) {
        self.bar.set_message("putting together");
    }
}
