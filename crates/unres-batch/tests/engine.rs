//! Jobs over small corpora: what they read, what they write, and what they do again.

mod support;

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use support::{Records, corpus, job, number, outputs, resolution, run_job, try_run};
use unres_batch::{Again, FailureKind, Inputs, JobError, Observer, Record, run};

/// A folder for one test.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn outputs_are_the_same_for_any_number_of_threads_and_any_size_of_parts() {
    let here = folder();
    let corpus = corpus(here.path(), 25);
    let mut all = Vec::new();
    for (jobs, part_size) in [(1, 1), (1, 200), (2, 3), (7, 4)] {
        let mut job = job(&corpus, &here.path().join(format!("out-{jobs}-{part_size}")));
        (job.jobs, job.part_size) = (number(jobs), number(part_size));
        let (summary, records) = run_job(&job);
        assert_eq!((summary.converted, summary.failed, summary.documents), (25, 0, 25));
        assert_eq!(records.ids().len(), 25);
        all.push(outputs(&job.output));
    }
    assert_eq!(all[0].len(), 25 + 4);
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    let rows = String::from_utf8(all[0]["tables/corpus.documents.csv"].clone()).expect("text");
    let symbols: Vec<&str> = rows.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    let expected: Vec<String> = (1..=25).map(|number| format!("A/RES/98/{number}")).collect();
    assert_eq!(symbols.len(), 25);
    assert!(expected.iter().all(|symbol| symbols.contains(&symbol.as_str())));
}

#[test]
fn a_second_run_converts_what_is_new_changed_or_lost() {
    let here = folder();
    let corpus = corpus(here.path(), 12);
    let job = job(&corpus, &here.path().join("out"));
    run_job(&job);
    let (summary, records) = run_job(&job);
    assert_eq!((summary.converted, summary.unchanged, records.ids()), (0, 12, vec![]));

    std::fs::write(corpus.join("year-0/0003.txt"), resolution(300)).expect("room");
    std::fs::write(corpus.join("year-0/0000.txt"), resolution(400)).expect("room");
    std::fs::remove_file(job.output.join("files/year-1/0011.txt.xml")).expect("it was there");
    std::fs::remove_file(corpus.join("year-0/0005.txt")).expect("it was there");
    let (summary, records) = run_job(&job);
    assert_eq!((summary.converted, summary.unchanged), (3, 9));
    assert_eq!(records.ids(), ["year-0/0000.txt", "year-0/0003.txt", "year-1/0011.txt"]);

    let mut fresh = outputs(&run_into(&corpus, &here.path().join("fresh")));
    fresh.extend(outputs(&job.output).into_iter().filter(|(name, _)| name.ends_with("/0005.txt.xml")));
    assert_eq!(outputs(&job.output), fresh, "the tables are those of a fresh run");
}

fn run_into(corpus: &Path, output: &Path) -> PathBuf {
    run_job(&job(corpus, output));
    output.to_owned()
}

#[test]
fn another_plan_converts_all_and_a_failure_is_retried_when_asked() {
    let here = folder();
    let corpus = corpus(here.path(), 3);
    std::fs::write(corpus.join("bad.json"), "{\"document\": 1}").expect("room");
    let mut job = job(&corpus, &here.path().join("out"));
    let (first, _) = run_job(&job);
    assert_eq!((first.converted, first.failed), (3, 1));
    let (second, _) = run_job(&job);
    assert_eq!((second.unchanged, second.failed_before, second.failed), (3, 1, 0));
    job.again = Again::Failed;
    assert_eq!(run_job(&job).1.ids(), ["bad.json"]);
    job.again = Again::All;
    assert_eq!(run_job(&job).0.converted, 3);
    job.again = Again::Changed;
    job.plan.tables.pop();
    assert_eq!(run_job(&job).0.converted, 3);
}

#[test]
fn archives_records_and_lists_give_what_the_folder_gives() {
    let here = folder();
    let corpus = corpus(here.path(), 12);
    let files: Vec<(String, Vec<u8>)> =
        (1..=12).map(|n| (format!("year-{}/{n:04}.txt", n / 10), resolution(n).into_bytes())).collect();
    let expected = outputs(&run_into(&corpus, &here.path().join("out")));
    let records = files.iter().map(|(name, text)| {
        let text = String::from_utf8(text.clone()).expect("text");
        serde_json::json!({ "id": name, "text": text }).to_string() + "\n"
    });
    let records: String = records.collect();
    let tar = tar_of(&files);
    let archives: [(&str, Vec<u8>); 5] = [
        ("a.zip", zip_of(&files)),
        ("a.tar", tar.clone()),
        ("a.tar.gz", gzip(&tar)),
        ("a.tar.zst", zstd::encode_all(Cursor::new(&tar), 1).expect("memory")),
        ("a.jsonl", records.into_bytes()),
    ];
    for (name, bytes) in archives {
        let path = here.path().join(name);
        std::fs::write(&path, bytes).expect("room");
        assert_eq!(outputs(&run_into(&path, &here.path().join(format!("{name}-out")))), expected, "{name}");
    }
}

fn zip_of(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn tar_of(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, bytes.as_slice()).expect("memory");
    }
    tar.into_inner().expect("memory")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).expect("memory");
    gzip.finish().expect("memory")
}

/// A tar whose member has a name that no honest program writes.
fn tar_with_raw_name(name: &str, kind: tar::EntryType) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_old();
    let field = &mut header.as_old_mut().name;
    field.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
    header.set_entry_type(kind);
    header.set_size(0);
    header.set_cksum();
    tar.append(&header, std::io::empty()).expect("memory");
    tar.into_inner().expect("memory")
}

#[test]
fn names_that_lead_out_of_an_archive_and_links_are_failures() {
    let here = folder();
    let good = |name: &str| (name.to_owned(), resolution(1).into_bytes());
    let cases = [
        ("up.zip", zip_of(&[good("../up.txt"), good("in.txt")])),
        ("root.zip", zip_of(&[good("/root.txt"), good("in.txt")])),
        ("up.tar", tar_with_raw_name("a/../../up.txt", tar::EntryType::Regular)),
        ("root.tar", tar_with_raw_name("/root.txt", tar::EntryType::Regular)),
        ("link.tar", tar_with_raw_name("link.txt", tar::EntryType::Symlink)),
        ("hard.tar", tar_with_raw_name("hard.txt", tar::EntryType::Link)),
    ];
    for (name, bytes) in cases {
        let path = here.path().join(name);
        std::fs::write(&path, bytes).expect("room");
        let job = job(&path, &here.path().join(format!("{name}-out")));
        let (summary, records) = run_job(&job);
        let failures = records.failures();
        assert_eq!((summary.failed, failures.len()), (1, 1), "{name}");
        assert!(failures.values().all(|failure| failure.kind == FailureKind::Name), "{name}: {failures:?}");
        assert_eq!(
            summary.converted,
            usize::from(Path::new(name).extension().is_some_and(|end| end == "zip")),
            "{name}"
        );
    }
    assert!(!here.path().join("up.txt").exists());
}

#[test]
fn links_and_deep_folders_in_archives_are_failures_of_their_own() {
    let here = folder();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.add_symlink("link.txt", "/etc/hostname", options).expect("a member");
    // A member whose name no file system takes, in folders that nobody makes.
    for name in [format!("{}deep.txt", "d/".repeat(10_000)), "in.txt".to_owned()] {
        zip.start_file(name, options).expect("a member");
        zip.write_all(resolution(1).as_bytes()).expect("memory");
    }
    let path = here.path().join("odd.zip");
    std::fs::write(&path, zip.finish().expect("memory").into_inner()).expect("room");
    let (summary, records) = run_job(&job(&path, &here.path().join("out")));
    let failures = records.failures();
    assert_eq!((summary.converted, failures.len()), (1, 2), "{failures:?}");
    assert_eq!(failures["link.txt"].kind, FailureKind::Name);
    let deep = failures.values().find(|failure| failure.kind == FailureKind::Io).expect("too deep to be written");
    assert!(deep.message.contains("cannot be written"), "{}", deep.message);
}

#[test]
fn a_damaged_archive_gives_what_it_has_and_a_failure() {
    let here = folder();
    let files: Vec<(String, Vec<u8>)> = (1..=4).map(|n| (format!("{n}.txt"), resolution(n).into_bytes())).collect();
    let whole = tar_of(&files);
    let path = here.path().join("cut.tar");
    std::fs::write(&path, whole.get(..whole.len() / 2).expect("shorter")).expect("room");
    let (summary, records) = run_job(&job(&path, &here.path().join("out")));
    assert!(summary.converted > 0);
    assert!(
        records.failures().values().all(|failure| failure.message.contains("archive is damaged")),
        "{:?}",
        records.failures()
    );
    let path = here.path().join("no.zip");
    std::fs::write(&path, "no archive").expect("room");
    let (_, records) = run_job(&job(&path, &here.path().join("out-zip")));
    assert_eq!(records.failures().len(), 1, "{:?}", records.failures());
}

#[test]
fn names_that_differ_in_case_only_are_two_inputs() {
    let here = folder();
    let path = here.path().join("a.zip");
    let files = ["bells.txt", "BELLS.txt", "Bells.TXT"].map(|name| (name.to_owned(), resolution(1).into_bytes()));
    std::fs::write(&path, zip_of(&files)).expect("room");
    let job = job(&path, &here.path().join("out"));
    let (summary, records) = run_job(&job);
    assert_eq!((summary.converted, records.ids().len()), (3, 3));
    let names: std::collections::BTreeSet<String> =
        outputs(&job.output).into_keys().map(|name| name.to_lowercase()).collect();
    assert_eq!(names.len(), 3 + 4, "also where case does not count: {names:?}");
}

#[test]
fn what_is_no_input_is_counted_and_what_is_missing_fails() {
    let here = folder();
    let corpus = corpus(here.path(), 2);
    std::fs::write(corpus.join("index.tsv"), "").expect("room");
    std::fs::write(corpus.join("README"), "").expect("room");
    let records = "{\"id\": \"one\", \"text\": \"Bells\"}\nno record\n\n{\"id\": \"../two\", \"text\": \"\"}\n";
    std::fs::write(corpus.join("records.jsonl"), records).expect("room");
    let gone = here.path().join("gone.txt");
    let mut job = job(&corpus, &here.path().join("out"));
    job.inputs = Inputs::new(&[corpus, gone]).expect("inputs");
    let (summary, records) = run_job(&job);
    assert_eq!(summary.converted, 3);
    let passed_over: Vec<(&str, usize)> =
        summary.passed_over.iter().map(|(extension, count)| (extension.as_str(), *count)).collect();
    assert_eq!(passed_over, [("(no extension)", 1), (".tsv", 1)]);
    let kinds: Vec<FailureKind> = records.failures().values().map(|failure| failure.kind).collect();
    assert_eq!(kinds.len(), 4);
    for (kind, count) in [(FailureKind::Record, 2), (FailureKind::Name, 1), (FailureKind::Io, 1)] {
        assert_eq!(kinds.iter().filter(|found| **found == kind).count(), count, "{kind:?}");
    }
}

/// Runs something when the first input is done.
struct AtFirst<F> {
    then: Mutex<Option<F>>,
    records: Records,
}

impl<F: FnOnce() + Send> Observer for AtFirst<F> {
    fn counted(&self, _: usize) {}
    fn unchanged(&self) {}
    fn assembling(&self) {}

    fn finished(&self, record: &Record) {
        self.records.finished(record);
        if let Some(then) = self.then.lock().expect("no panic").take() {
            then();
        }
    }
}

#[test]
fn an_input_that_vanishes_is_a_failure_that_the_next_run_tries_again() {
    let here = folder();
    let corpus = corpus(here.path(), 30);
    let vanishing = corpus.join("year-3/0030.txt");
    let job = job(&corpus, &here.path().join("out"));
    let vanish = || std::fs::remove_file(&vanishing).expect("it is there");
    let observer = AtFirst { then: Mutex::new(Some(vanish)), records: Records::default() };
    let summary = run(&job, &observer, &AtomicBool::new(false)).expect("the job runs to its end");
    // Whether its folder is listed before or after, nothing else suffers.
    assert_eq!(summary.converted, 29);
    assert!(observer.records.failures().values().all(|failure| failure.kind == FailureKind::Io));
    std::fs::write(&vanishing, resolution(30)).expect("room");
    let (summary, records) = run_job(&job);
    assert_eq!((summary.unchanged, records.ids()), (29, vec!["year-3/0030.txt".to_owned()]));
}

#[test]
fn a_stop_finishes_what_is_in_flight_and_the_next_run_goes_on() {
    let here = folder();
    let corpus = corpus(here.path(), 30);
    let mut job = job(&corpus, &here.path().join("out"));
    job.jobs = number(1);
    let stop = AtomicBool::new(false);
    let observer =
        AtFirst { then: Mutex::new(Some(|| stop.store(true, Ordering::Relaxed))), records: Records::default() };
    let summary = run(&job, &observer, &stop).expect("it stops in good order");
    assert!(summary.interrupted && summary.converted < 30, "{summary:?}");
    assert!(!job.output.join("tables/corpus.csv").exists());
    let (rest, _) = run_job(&job);
    assert_eq!((rest.unchanged, rest.converted), (summary.converted, 30 - summary.converted));
    assert_eq!(outputs(&job.output), outputs(&run_into(&corpus, &here.path().join("fresh"))));
}

#[test]
fn a_second_job_on_one_output_is_refused() {
    let here = folder();
    let corpus = corpus(here.path(), 4);
    let job = job(&corpus, &here.path().join("out"));
    let refused = Mutex::new(None);
    let second = || *refused.lock().expect("no panic") = Some(try_run(&job).0);
    let observer = AtFirst { then: Mutex::new(Some(second)), records: Records::default() };
    assert!(run(&job, &observer, &AtomicBool::new(false)).is_ok());
    let refused = refused.into_inner().expect("no panic").expect("it was tried");
    assert!(matches!(refused, Err(JobError::Locked(_))), "{refused:?}");
}

#[test]
fn an_output_among_the_inputs_is_left_out_or_refused() {
    let here = folder();
    let corpus = corpus(here.path(), 2);
    let inside = job(&corpus, &corpus.join("out"));
    assert_eq!(run_job(&inside).0.converted, 2);
    assert_eq!(run_job(&inside).0.inputs(), 2);
    let (refused, _) = try_run(&job(&corpus, &corpus));
    assert!(matches!(refused, Err(JobError::OutputIsInput(_))));
}

#[test]
fn what_cannot_be_written_fails_alone_or_ends_the_job() {
    let here = folder();
    let corpus = corpus(here.path(), 12);
    let job = job(&corpus, &here.path().join("out"));
    std::fs::create_dir_all(job.output.join("files")).expect("a folder");
    std::fs::write(job.output.join("files/year-1"), "a file where a folder is needed").expect("room");
    let (summary, records) = run_job(&job);
    assert_eq!((summary.converted, summary.failed), (9, 3));
    assert!(records.failures().values().all(|failure| failure.kind == FailureKind::Io));
    std::fs::remove_file(job.output.join("files/year-1")).expect("it is there");
    let (summary, _) = run_job(&job);
    assert_eq!((summary.converted, summary.unchanged), (3, 9), "what could not be written is tried again");

    let file = here.path().join("file");
    std::fs::write(&file, "").expect("room");
    let (refused, _) = try_run(&support::job(&corpus, &file.join("out")));
    assert!(matches!(refused, Err(JobError::Output { .. })));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_job_and_the_next_run_goes_on() {
    let here = folder();
    let corpus = corpus(here.path(), 12);
    let job = job(&corpus, &here.path().join("out"));
    let journal = job.output.join("journal/journal.jsonl");
    std::fs::create_dir_all(journal.parent().expect("a folder")).expect("a folder");
    std::os::unix::fs::symlink("/dev/full", &journal).expect("a link");
    let (full, _) = try_run(&job);
    let Err(JobError::Output { error, .. }) = full else { panic!("{full:?}") };
    assert_eq!(error.kind(), std::io::ErrorKind::StorageFull);
    std::fs::remove_file(&journal).expect("it is there");
    assert_eq!(run_job(&job).0.converted, 12);
    assert_eq!(outputs(&job.output), outputs(&run_into(&corpus, &here.path().join("fresh"))));
}

#[test]
fn a_pattern_names_files_and_a_list_is_read() {
    let here = folder();
    let corpus = corpus(here.path(), 12);
    let pattern = corpus.join("*/000*.txt");
    assert_eq!(Inputs::new(&[pattern]).expect("a pattern").count(), Some(9));
    let list = here.path().join("list");
    let first = corpus.join("year-0/0001.txt");
    std::fs::write(&list, format!("{0}\r\n\n{0}\n", first.display())).expect("room");
    let named = Inputs::list(&list).expect("a list");
    assert_eq!(named, [first.clone(), first]);
    assert_eq!(Inputs::new(&named).expect("a file").count(), Some(1), "a file that is named twice is one input");
    assert!(Inputs::new(&[corpus.join("***")]).is_err());
}
