//! Inputs on their way from the walk to the threads.
//!
//! A channel would wake the walk for each input that is taken, and the threads for each that comes: five system calls a document, which for small ones is a
//! tenth of the work. Here the walk sleeps until half of what waited has been taken.

use crate::inputs::{Content, Item};
use crate::locked;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Inputs that wait for a thread.
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    came: Condvar,
    room: Condvar,
    threads: usize,
}

#[derive(Default)]
struct Waiting {
    items: VecDeque<Item>,
    /// Of those that are in memory, members of archives.
    bytes: usize,
    /// No more will come.
    is_closed: bool,
    /// Threads that wait for an item.
    idle: usize,
    /// Threads that take items.
    takers: usize,
    /// How many items there were when the walk went to sleep.
    asleep_at: Option<usize>,
}

impl Queue {
    /// So many inputs wait for each thread.
    const ITEMS: usize = 32;
    /// But no more than two, when they take so much memory together.
    const BYTES: usize = 1 << 20;

    /// A queue for so many threads, each of which is a [`Taker`].
    pub(crate) fn new(threads: NonZeroUsize) -> Self {
        let waiting = Waiting { takers: threads.get(), ..Waiting::default() };
        Self { waiting: Mutex::new(waiting), came: Condvar::new(), room: Condvar::new(), threads: threads.get() }
    }

    /// Adds an input as soon as there is room. False when no thread is there to take it.
    pub(crate) fn put(&self, item: Item) -> bool {
        let mut waiting = locked(&self.waiting);
        if self.is_full(&waiting) {
            waiting.asleep_at = Some(waiting.items.len());
            while waiting.asleep_at.is_some() && waiting.takers > 0 {
                waiting = wait(&self.room, waiting);
            }
        }
        waiting.bytes += bytes(&item);
        waiting.items.push_back(item);
        if waiting.idle > 0 {
            self.came.notify_one();
        }
        waiting.takers > 0
    }

    fn is_full(&self, waiting: &Waiting) -> bool {
        let count = waiting.items.len();
        count >= Self::ITEMS * self.threads || count >= 2 * self.threads && waiting.bytes >= Self::BYTES
    }

    /// Says that no more inputs come.
    pub(crate) fn close(&self) {
        locked(&self.waiting).is_closed = true;
        self.came.notify_all();
    }
}

/// A thread's end of a queue. The walk learns when all of them are gone.
pub(crate) struct Taker<'a>(pub(crate) &'a Queue);

impl Taker<'_> {
    /// The next input; none behind the last.
    pub(crate) fn take(&self) -> Option<Item> {
        let mut waiting = locked(&self.0.waiting);
        while waiting.items.is_empty() && !waiting.is_closed {
            waiting.idle += 1;
            waiting = wait(&self.0.came, waiting);
            waiting.idle -= 1;
        }
        let item = waiting.items.pop_front()?;
        waiting.bytes -= bytes(&item);
        if waiting.asleep_at.is_some_and(|count| waiting.items.len() <= count / 2) {
            waiting.asleep_at = None;
            self.0.room.notify_one();
        }
        Some(item)
    }
}

impl Drop for Taker<'_> {
    fn drop(&mut self) {
        locked(&self.0.waiting).takers -= 1;
        self.0.room.notify_one();
    }
}

fn bytes(item: &Item) -> usize {
    match &item.content {
        Content::Bytes(bytes) => bytes.len(),
        Content::File(_) | Content::Missing(_) => 0,
    }
}

fn wait<'a>(condition: &Condvar, guard: MutexGuard<'a, Waiting>) -> MutexGuard<'a, Waiting> {
    condition.wait(guard).unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn item(id: usize, bytes: usize) -> Item {
        Item { id: id.to_string(), language: None, content: Content::Bytes(vec![0; bytes]) }
    }

    #[test]
    fn each_input_is_taken_once_and_few_wait() {
        const COUNT: usize = 500;
        for (threads, size, most) in [(1, 10, Queue::ITEMS), (3, 10, 3 * Queue::ITEMS), (2, Queue::BYTES, 4)] {
            let queue = Queue::new(NonZeroUsize::new(threads).expect("threads"));
            let ids = Mutex::new(Vec::new());
            let longest = AtomicUsize::new(0);
            std::thread::scope(|scope| {
                for _ in 0..threads {
                    let taker = Taker(&queue);
                    let (ids, longest) = (&ids, &longest);
                    scope.spawn(move || {
                        while let Some(item) = taker.take() {
                            longest.fetch_max(locked(&taker.0.waiting).items.len(), Ordering::Relaxed);
                            locked(ids).push(item.id);
                        }
                    });
                }
                for id in 0..COUNT {
                    assert!(queue.put(item(id, size)), "{threads} threads are there");
                }
                queue.close();
            });
            let mut ids = ids.into_inner().expect("no thread failed");
            ids.sort_by_key(|id| id.parse::<usize>().ok());
            assert!(ids.iter().map(|id| id.parse().ok()).eq((0..COUNT).map(Some)), "{threads} threads, {size} bytes");
            let longest = longest.into_inner();
            assert!(longest <= most, "{longest} waited");
        }
    }

    #[test]
    fn the_walk_learns_that_all_threads_are_gone() {
        let queue = Queue::new(NonZeroUsize::MIN);
        std::thread::scope(|scope| {
            let taker = Taker(&queue);
            scope.spawn(move || {
                taker.take();
            });
            // It would sleep for ever behind a full queue.
            assert!((0..10 * Queue::ITEMS).any(|id| !queue.put(item(id, 1))));
        });
    }
}
