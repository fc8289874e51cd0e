//! Work on many items by several threads, with results in the order of the items.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::sync_channel;

/// Results of one thread that may wait to be taken. More would even out items of different size, and hold more of them in memory.
const WAITING: usize = 4;

/// Does `work` on each item, on as many threads, and hands each result to `take` in the order of the items, on the thread that calls.
/// No more than a few results are there at a time. When `take` breaks, the work ends soon.
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
    let work = &work;
    std::thread::scope(|scope| {
        let start = |first| {
            let (sender, receiver) = sync_channel(WAITING);
            let own = items.iter().skip(first).step_by(threads);
            scope.spawn(move || own.map(work).try_for_each(|result| sender.send(result)));
            receiver
        };
        let receivers: Vec<_> = (0..threads).map(start).collect();
        for (item, receiver) in items.iter().zip(receivers.iter().cycle()) {
            // A thread that panicked has no result; the scope passes the panic on.
            let Ok(result) = receiver.recv() else { break };
            take(item, result)?;
        }
        ControlFlow::Continue(())
    })
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
