//! Documents that overflow the stack, have no end or want all memory. This program is its own worker, with a converter that does such things when an
//! input's name asks for it; so it has a `main` of its own.

mod support;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use support::{corpus, job, outputs, resolution, run_job};
use unres_batch::{Answer, Converter, FailureKind, Isolation, Limits, Request, WorkerCommand, serve};

const WORKER: &str = "--be-a-worker";

fn main() {
    if std::env::args().any(|argument| argument == WORKER) {
        serve(std::io::stdin().lock(), std::io::stdout().lock(), misbehave).expect("the engine speaks the protocol");
        return;
    }
    what_kills_a_process_is_the_failure_of_one_document();
    ten_thousand_nested_folders_are_walked();
}

fn misbehave(converter: &Converter, request: &Request) -> Answer {
    match request.id.as_str() {
        "year-0/deep.txt" => drop(black_box(descend(1))),
        "year-0/endless.txt" => loop {
            std::thread::sleep(Duration::from_millis(10));
        },
        "year-0/greedy.txt" => {
            let mut all: Vec<Vec<u8>> = Vec::new();
            loop {
                all.push(black_box(vec![1; 16 << 20]));
            }
        }
        "year-0/leaves.txt" => std::process::exit(7),
        _ => {}
    }
    converter.answer(request)
}

#[allow(unconditional_recursion)]
fn descend(depth: u64) -> u64 {
    let here = black_box([depth; 64]);
    descend(depth + 1) + here[0]
}

fn what_kills_a_process_is_the_failure_of_one_document() {
    let here = tempfile::tempdir().expect("a folder");
    let corpus = corpus(here.path(), 8);
    let mut job = job(&corpus, &here.path().join("out"));
    run_job(&job);
    let expected = outputs(&job.output);
    for name in ["deep", "endless", "greedy", "leaves"] {
        std::fs::write(corpus.join(format!("year-0/{name}.txt")), resolution(1)).expect("room");
    }
    job.output = here.path().join("isolated");
    job.isolation = Isolation::All;
    job.limits = Limits { time: Duration::from_secs(10), memory: 256 << 20 };
    let program = std::env::current_exe().expect("a program");
    job.worker = WorkerCommand { program, arguments: vec![WORKER.to_owned()] };
    let (summary, records) = run_job(&job);
    let failures = records.failures();
    let of = |name: &str| failures.get(&format!("year-0/{name}.txt")).unwrap_or_else(|| panic!("{name}: {failures:?}"));
    assert_eq!((summary.converted, summary.failed), (8, 4), "{failures:?}");
    for (name, kind, words) in [
        ("deep", FailureKind::Crash, "overflowed its stack"),
        ("endless", FailureKind::Time, "longer than 10 s"),
        ("greedy", FailureKind::Crash, "memory allocation"),
        ("leaves", FailureKind::Crash, "exit status: 7"),
    ] {
        assert_eq!(of(name).kind, kind, "{name}");
        assert!(of(name).message.contains(words), "{name}: {}", of(name).message);
    }
    assert_eq!(outputs(&job.output), expected, "the others are as they are without isolation");
}

/// The paths are longer than a system takes, so the folders are made from within.
fn ten_thousand_nested_folders_are_walked() {
    let here = tempfile::tempdir().expect("a folder");
    let corpus = corpus(here.path(), 3);
    nest(&corpus, 10_000);
    let job = job(&corpus, &here.path().join("out"));
    let (summary, records) = run_job(&job);
    assert_eq!(summary.converted, 3);
    let failures = records.failures();
    assert_eq!(failures.len(), 1, "what is too deep is one failure: {}", failures.len());
    assert!(failures.values().all(|failure| failure.message.contains("the folder cannot be listed")));
}

fn nest(root: &Path, depth: usize) {
    let before = std::env::current_dir().expect("a folder");
    std::env::set_current_dir(root).expect("a folder");
    for _ in 0..depth {
        std::fs::create_dir("d").expect("a folder");
        std::env::set_current_dir("d").expect("a folder");
    }
    std::fs::write("deepest.txt", resolution(9)).expect("room");
    std::env::set_current_dir(before).expect("a folder");
}
