//! Work on many items by several threads, with results in the order of the items.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Results for each thread that may wait to be taken. More would even out items of different size, and hold more of them in memory.
const WAITING: usize = 4;

/// Does `work` on each item, on as many threads, and hands each result to `take` in the order of the items, on the thread that calls, which
/// works too while it waits. No more than a few results are there at a time. When `take` breaks, the work ends soon.
pub fn in_order<T: Sync, R: Send, B>(
    items: &[T],
    threads: NonZeroUsize,
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(&T, R) -> ControlFlow<B>,
) -> ControlFlow<B> {
    let threads = threads.get().min(items.len());
    if threads <= 1 {
        return items.iter().try_for_each(|item| take(item, work(item)));
    }
    let queue = Queue::new(items, threads * WAITING);
    let (queue, work) = (&queue, &work);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(move || {
                let unfinished = End { queue, only_in_panic: true };
                while let Some((index, item)) = queue.claim() {
                    queue.put(index, work(item));
                }
                drop(unfinished);
            });
        }
        let end = End { queue, only_in_panic: false };
        for (index, item) in items.iter().enumerate() {
            let result = loop {
                match queue.next(index) {
                    Next::Result(result) => break result,
                    Next::Work(index, item) => queue.put(index, work(item)),
                    // The scope passes the panic of the thread on.
                    Next::Ended => return ControlFlow::Continue(()),
                }
            };
            take(item, result)?;
        }
        drop(end);
        ControlFlow::Continue(())
    })
}

/// Items that wait for a thread, and results that wait to be taken.
struct Queue<'a, T, R> {
    items: &'a [T],
    /// How far the work may run ahead of what was taken.
    ahead: usize,
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    /// The next item that nobody works on.
    next: usize,
    taken: usize,
    results: BTreeMap<usize, R>,
    ended: bool,
}

/// What the thread that takes results has to do.
enum Next<'a, T, R> {
    /// Take this.
    Result(R),
    /// Work on this item meanwhile.
    Work(usize, &'a T),
    /// Stop: a thread panicked.
    Ended,
}

impl<'a, T, R> Queue<'a, T, R> {
    fn new(items: &'a [T], ahead: usize) -> Self {
        let state = State { next: 0, taken: 0, results: BTreeMap::new(), ended: false };
        Self { items, ahead, state: Mutex::new(state), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'g>(&self, state: MutexGuard<'g, State<R>>) -> MutexGuard<'g, State<R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item, unless the work has run too far ahead.
    fn free(&self, state: &mut State<R>) -> Option<(usize, &'a T)> {
        let index = state.next;
        let item = self.items.get(index).filter(|_| index < state.taken + self.ahead)?;
        state.next += 1;
        Some((index, item))
    }

    /// The next item for a thread that only works; none at the end.
    fn claim(&self) -> Option<(usize, &'a T)> {
        let mut state = self.state();
        while !state.ended && state.next < self.items.len() {
            if let Some(claimed) = self.free(&mut state) {
                return Some(claimed);
            }
            state = self.wait(state);
        }
        None
    }

    fn put(&self, index: usize, result: R) {
        self.state().results.insert(index, result);
        self.changed.notify_all();
    }

    /// What to do for the result of an item, all before it being taken.
    fn next(&self, index: usize) -> Next<'a, T, R> {
        let mut state = self.state();
        loop {
            if let Some(result) = state.results.remove(&index) {
                state.taken = index + 1;
                drop(state);
                self.changed.notify_all();
                return Next::Result(result);
            }
            if state.ended {
                return Next::Ended;
            }
            if let Some((index, item)) = self.free(&mut state) {
                return Next::Work(index, item);
            }
            state = self.wait(state);
        }
    }
}

/// Ends the work of all threads where it goes out of scope.
struct End<'q, 'a, T, R> {
    queue: &'q Queue<'a, T, R>,
    only_in_panic: bool,
}

impl<T, R> Drop for End<'_, '_, T, R> {
    fn drop(&mut self) {
        if !self.only_in_panic || std::thread::panicking() {
            self.queue.state().ended = true;
            self.queue.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    fn squares(threads: usize) -> Vec<usize> {
        let items: Vec<usize> = (0..100).collect();
        let mut taken = Vec::new();
        let threads = NonZeroUsize::new(threads).expect("not 0");
        let done = in_order(
            &items,
            threads,
            |item| item * item,
            |_, square| {
                taken.push(square);
                ControlFlow::<Infallible>::Continue(())
            },
        );
        assert!(done.is_continue());
        taken
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        assert_eq!(squares(3), squares(1));
        assert_eq!(squares(200).len(), 100);
    }

    #[test]
    fn nothing_is_taken_after_a_break() {
        let mut taken = 0;
        let two = NonZeroUsize::new(2).expect("not 0");
        let done = in_order(
            &[1, 2, 3, 4, 5],
            two,
            |item| *item,
            |_, item| {
                taken += 1;
                if item == 2 { ControlFlow::Break(item) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!((done, taken), (ControlFlow::Break(2), 2));
    }
}
