//! `unres batch` as a user meets it: a corpus, a job that is killed, a filter.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::{Duration, Instant};
use tests::{root, unres};

fn run(arguments: &[&str]) -> Output {
    unres().args(arguments).current_dir(root()).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The outputs of a job by their path, and nothing else that lies beside them.
fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.join("files"), folder.join("tables")];
    while let Some(below) = folders.pop() {
        for entry in std::fs::read_dir(&below).expect("a folder of outputs") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                files.insert(name, std::fs::read(&path).expect("readable"));
            }
        }
    }
    files
}

#[test]
fn a_corpus_is_converted_as_the_readme_says() {
    let here = tempfile::tempdir().expect("a folder");
    let out = here.path().join("corpus-out");
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let line = readme.lines().find(|line| line.starts_with("unres batch examples")).expect("the command");
    let words: Vec<String> =
        line.split(' ').skip(1).map(|word| word.replace("corpus-out", &out.to_string_lossy())).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let first = run(&words);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    assert!(text(&first.stdout).contains("23 converted"), "{}", text(&first.stdout));
    assert!(out.join("files/lighthouses.en.txt.xml").is_file());
    let whole = here.path().join("whole.csv");
    let mut convert: Vec<String> = tests::samples()
        .iter()
        .map(|path| format!("examples/{}", path.file_name().expect("a name").to_string_lossy()))
        .collect();
    convert.splice(0..0, ["convert", "--to", "csv", "-o", &whole.to_string_lossy()].map(str::to_owned));
    let convert: Vec<&str> = convert.iter().map(String::as_str).collect();
    assert_eq!(run(&convert).status.code(), Some(0));
    let table = std::fs::read(out.join("tables/corpus.csv")).expect("a table");
    assert!(table == std::fs::read(whole).expect("a table"), "the table is that of unres convert");
    assert!(text(&run(&words).stdout).contains("0 converted"), "nothing is new");
}

#[test]
fn the_report_counts_the_corpus_and_needs_nothing_else() {
    let here = tempfile::tempdir().expect("a folder");
    let out = here.path().join("out");
    let list = here.path().join("list");
    std::fs::write(&list, "A/RES/98/321\nA/RES/98/999\n").expect("room");
    let (out_name, list_name) = (out.to_string_lossy(), list.to_string_lossy());
    run(&["batch", "examples", "-o", &out_name, "--table", "csv", "--expect", &list_name]);
    let report = std::fs::read(out.join("report.json")).expect("a report");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("JSON");
    assert_eq!((&report["inputs"], &report["documents"]), (&23.into(), &25.into()));
    assert_eq!(report["completeness"]["missing"], serde_json::json!([["A/RES/98/999", "any"]]));
    let languages = report["languages"].as_object().expect("counts").values();
    assert_eq!(languages.filter_map(serde_json::Value::as_u64).sum::<u64>(), 25);
    let page = std::fs::read_to_string(out.join("report.html")).expect("a page");
    for word in ["<b>25</b>documents", "<td>any<td>missing", "<svg"] {
        assert!(page.contains(word), "{word}");
    }
    for word in ["http:", "https:", "<script", "src="] {
        assert!(!page.contains(word), "{word}");
    }
}

/// Moments within a time, by a small generator: other ones each time and the same in each run of the tests.
fn moments(seed: u64, within: Duration) -> impl Iterator<Item = Duration> {
    let next =
        |state: &u64| Some(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    std::iter::successors(Some(seed), next)
        .skip(1)
        .map(move |state| within.mul_f64(f64::from(u16::try_from(state >> 48).unwrap_or(0)) / f64::from(u16::MAX)))
}

/// So many rounds of jobs that are killed: `UNRES_KILLS`, or a few.
fn rounds() -> usize {
    std::env::var("UNRES_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(4)
}

#[test]
fn a_job_that_is_killed_goes_on_and_ends_with_the_same_bytes() {
    let here = tempfile::tempdir().expect("a folder");
    let corpus = here.path().join("corpus");
    for copy in 0..3 {
        let folder = corpus.join(format!("copy-{copy}"));
        std::fs::create_dir_all(&folder).expect("a folder");
        for sample in tests::samples() {
            std::fs::copy(&sample, folder.join(sample.file_name().expect("a name"))).expect("room");
        }
    }
    let command = |out: &Path| {
        let mut command = unres();
        command.arg("batch").arg(&corpus).arg("-o").arg(out);
        command.args(["--to", "akn,json", "--table", "csv,jsonl", "--part-size", "5"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let unbroken = here.path().join("unbroken");
    let begun = Instant::now();
    assert!(command(&unbroken).status().expect("it runs").success());
    let time = begun.elapsed();
    let expected = outputs(&unbroken);
    let inputs = 3 * tests::samples().len();
    for (round, moment) in moments(98, time).enumerate().take(rounds()) {
        let out = here.path().join(format!("killed-{round}"));
        let mut job = command(&out).spawn().expect("it runs");
        std::thread::sleep(moment);
        job.kill().expect("it is killed, or has ended");
        job.wait().expect("it has ended");
        let done = journaled(&out);
        assert!(command(&out).status().expect("it runs").success());
        assert!(outputs(&out) == expected, "round {round}, killed after {moment:?}");
        assert_eq!(journaled(&out), inputs, "what was in the journal ({done}) is not converted again");
        let unfinished = std::fs::read_dir(out.join("journal/unfinished")).expect("a folder").count();
        assert_eq!(unfinished, 0, "no half file");
    }
}

/// The limit on the size of a file stands for a disk that is full: nothing that is longer can be written.
#[cfg(unix)]
#[test]
fn what_does_not_fit_on_the_disk_is_made_when_there_is_room() {
    let here = tempfile::tempdir().expect("a folder");
    let job = |out: &Path, limit: &str| {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &format!("trap '' XFSZ; ulimit -f {limit}; exec \"$@\""), "sh"]);
        command.arg(unres().get_program()).args(["batch", "examples", "--to", "akn", "--table", "csv", "-o"]).arg(out);
        command.current_dir(root()).output().expect("it runs")
    };
    let (unbroken, full) = (here.path().join("unbroken"), here.path().join("full"));
    assert_eq!(job(&unbroken, "unlimited").status.code(), Some(0));
    let refused = job(&full, "8");
    assert_eq!(refused.status.code(), Some(2), "{}", text(&refused.stderr));
    assert!(text(&refused.stderr).contains("run it again to go on from here"), "{}", text(&refused.stderr));
    assert_eq!(job(&full, "unlimited").status.code(), Some(0));
    assert!(outputs(&full) == outputs(&unbroken));
    let unfinished = std::fs::read_dir(full.join("journal/unfinished")).expect("a folder").count();
    assert_eq!(unfinished, 0, "no half file");
}

/// The whole lines of a journal. A job that was killed early has none.
fn journaled(out: &Path) -> usize {
    let journal = std::fs::read(out.join("journal/journal.jsonl")).unwrap_or_default();
    text(&journal).matches('\n').count()
}

fn filter(records: &str) -> Vec<serde_json::Value> {
    let mut filter = unres();
    filter.args(["batch", "--stdin", "--jsonl", "--to", "csv", "--jobs", "3"]);
    let mut filter = filter.stdin(Stdio::piped()).stdout(Stdio::piped()).current_dir(root()).spawn().expect("it runs");
    let mut input = filter.stdin.take().expect("a pipe");
    let records = records.to_owned();
    let writer = std::thread::spawn(move || input.write_all(records.as_bytes()).expect("it reads to the end"));
    let output = filter.wait_with_output().expect("it ends");
    writer.join().expect("no panic");
    assert_eq!(output.status.code(), Some(0));
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_filter_answers_each_line_with_one() {
    let sample = "{\"id\": \"a\", \"path\": \"examples/lighthouses.en.txt\"}";
    let lines = [
        sample,
        "no record",
        "",
        "{\"id\": \"gone\", \"path\": \"examples/gone.txt\"}",
        "{\"id\": \"bytes\", \"bytes\": \"IDk4LzEuIFRpZGFsIGJlbGxzIA==\", \"lang\": \"en\"}",
        "{\"id\": \"empty\", \"text\": \"\"}",
        "{\"id\": \"lang\", \"text\": \"Bells\", \"lang\": \"none\"}",
        sample,
    ];
    let answers = filter(&lines.join("\n").repeat(9).replace("txt\"}{", "txt\"}\n{"));
    assert_eq!(answers.len(), 9 * lines.len());
    let statuses: Vec<&str> =
        answers.iter().take(lines.len()).map(|answer| answer["status"].as_str().expect("a status")).collect();
    assert_eq!(statuses, ["done", "failed", "failed", "failed", "done", "failed", "failed", "done"]);
    let kinds: Vec<&str> = answers.iter().take(lines.len()).filter_map(|answer| answer["kind"].as_str()).collect();
    assert_eq!(kinds, ["record", "record", "io", "read", "read"]);
    let numbers: Vec<u64> = answers.iter().map(|answer| answer["line"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, (1..=72).collect::<Vec<u64>>());
    let rows = run(&["convert", "examples/lighthouses.en.txt", "--to", "csv"]).stdout;
    let answered = answers[0]["outputs"][0]["text"].as_str().expect("text");
    assert_eq!(answered.lines().count(), text(&rows).lines().count());
}

#[test]
fn a_filter_answers_before_it_waits_for_more() {
    let mut filter = unres();
    filter.args(["batch", "--stdin", "--jsonl", "--to", "csv"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut filter = filter.spawn().expect("it runs");
    let mut input = filter.stdin.take().expect("a pipe");
    let mut output = filter.stdout.take().expect("a pipe");
    for _ in 0..2 {
        input.write_all(b"no record\n").expect("it reads");
        let mut byte = [0];
        while byte != [b'\n'] {
            output.read_exact(&mut byte).expect("an answer");
        }
    }
    drop(input);
    assert!(filter.wait().expect("it ends").success());
}
