//! Speed and memory, printed beside what else there is for the same work.

use crate::{shared, table};
use anyhow::{Context, bail};
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// Arguments of `bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// How often each is measured; the best run counts
    #[arg(long, default_value_t = 5)]
    runs: u32,
    /// Write the tables into docs/performance.md
    #[arg(long)]
    write: bool,
}

/// Measures everything and prints it. Other programs that cannot be run are left out.
pub(crate) fn run(args: &Bench) -> anyhow::Result<bool> {
    let shared = shared::required()?;
    let status = Command::new(env!("CARGO")).args(["build", "--release", "--package", "unres-cli"]).status()?;
    if !status.success() {
        bail!("the program cannot be built");
    }
    let scratch = tempfile::tempdir()?;
    let bench =
        Measuring { runs: args.runs, unres: crate::root().join("target/release/unres"), scratch: scratch.path() };
    let page = [bench.akn(&shared)?, bench.parts(), bench.text(), bench.growth()?, bench.workbooks()?].join("\n");
    println!("{page}");
    if args.write {
        write_page(page.trim_end())?;
    }
    Ok(true)
}

struct Measuring<'a> {
    runs: u32,
    unres: PathBuf,
    scratch: &'a Path,
}

/// What a run of a program cost.
#[derive(Clone, Copy)]
struct Cost {
    wall: Duration,
    /// Of all threads, in the program and in the system for it.
    processor: Duration,
    peak_bytes: u64,
}

impl Measuring<'_> {
    /// The published files in one call of a program.
    fn akn(&self, shared: &Path) -> anyhow::Result<String> {
        let files = benches::files(&shared.join("corpus/akn"), ".xml");
        let sizes: Vec<u64> = files.iter().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).collect();
        let bytes: u64 = sizes.iter().sum();
        let largest = sizes.iter().copied().max().unwrap_or(1);
        let out = self.scratch.join("all.csv");
        let convert = |threads: &str| {
            let mut command = Command::new(&self.unres);
            command.args(["convert", "--to", "csv", "--jobs", threads, "-o"]).arg(&out).args(&files);
            command
        };
        let mut validate = Command::new(&self.unres);
        validate.args(["validate", "--schema-only"]).args(&files);
        let one = self.best(&mut convert("1"), &DONE)?;
        let two = self.best(&mut convert("2"), &DONE)?;
        let sound: Vec<&PathBuf> = files.iter().filter(|file| is_well_formed(file)).collect();
        let lxml = self.lxml(shared, &sound);
        let sound_bytes: u64 = sound.iter().filter_map(|file| Some(std::fs::metadata(file).ok()?.len())).sum();
        let checked = self.best(&mut validate, &FOUND)?;
        let xmllint = self.xmllint(shared, &files);
        let row = |what: &str, bytes: u64, cost: Option<Cost>, peer: Option<(u64, Cost)>| {
            let Some(cost) = cost else {
                return vec![what.to_owned(), "not there".to_owned(), "–".to_owned(), "–".to_owned(), "–".to_owned()];
            };
            let pace = |bytes: u64, cost: Cost| ratio(bytes, 1) / cost.processor.as_secs_f64();
            let times = peer.map(|(peer_bytes, peer)| format!("{:.1}", pace(bytes, cost) / pace(peer_bytes, peer)));
            let memory = format!("{} ({:.1})", megabytes(cost.peak_bytes), ratio(cost.peak_bytes, largest));
            vec![
                what.to_owned(),
                speed(bytes, cost.processor),
                speed(bytes, cost.wall),
                times.unwrap_or("–".to_owned()),
                memory,
            ]
        };
        let rows = [
            row("`unres convert --to csv`, one thread", bytes, Some(one), lxml.map(|lxml| (sound_bytes, lxml))),
            row(&format!("`lxml_paragraphs.py`, the {} well-formed files", sound.len()), sound_bytes, lxml, None),
            row("`unres convert --to csv`, two threads", bytes, Some(two), None),
            row("`unres validate --schema-only`", bytes, Some(checked), xmllint.map(|xmllint| (bytes, xmllint))),
            row("`xmllint --schema`, loading of the schema taken out", bytes, xmllint, None),
        ];
        let header = [
            "program",
            "MB/s of processor time",
            "MB/s of wall time",
            "times the program below",
            "peak memory, MB (× largest file)",
        ];
        Ok(format!(
            "{} published files, {} MB, the largest {} MB, in one call; two threads take {:.2} times less wall time than one.\n\n{}\n",
            files.len(),
            megabytes(bytes),
            megabytes(largest),
            one.wall.as_secs_f64() / two.wall.as_secs_f64(),
            table::markdown(&header, &rows),
        ))
    }

    /// The steps of that work in process.
    fn parts(&self) -> String {
        let files = benches::akn();
        let bytes = benches::total(&files);
        let each = |work: &dyn Fn(&[u8]) -> usize| self.fastest(|| files.iter().map(|file| work(file)).sum::<usize>());
        let steps: [(&str, Duration); 4] = [
            ("bare scan by `quick-xml`, with attributes", each(&benches::scan)),
            ("reading", each(&|file| benches::documents("bench.xml", file).len())),
            ("reading and writing as CSV", each(&|file| benches::convert("bench.xml", file, "csv").unwrap_or(0))),
            ("check against the schema", each(&benches::check_schema)),
        ];
        let rows: Vec<_> =
            steps.iter().map(|(what, time)| vec![(*what).to_owned(), speed(bytes as u64, *time)]).collect();
        format!("The same files from memory, one thread:\n\n{}\n", table::markdown(&["step", "MB/s"], &rows))
    }

    /// Texts from memory to Akoma Ntoso.
    fn text(&self) -> String {
        let texts = benches::texts();
        let bytes = benches::total(&texts) as u64;
        let each = |work: &dyn Fn(&[u8]) -> usize| self.fastest(|| texts.iter().map(|text| work(text)).sum::<usize>());
        let checked = each(&benches::check_utf8);
        let converted = each(&|text| benches::convert("bench.txt", text, "akn").unwrap_or(0));
        let rows = [
            vec!["check that the bytes are UTF-8".to_owned(), speed(bytes, checked)],
            vec!["text to strict Akoma Ntoso".to_owned(), speed(bytes, converted)],
        ];
        let count = texts.len();
        format!(
            "{count} texts, {} MB, from memory, one thread:\n\n{}\n",
            megabytes(bytes),
            table::markdown(&["step", "MB/s"], &rows)
        )
    }

    /// One document of growing length.
    fn growth(&self) -> anyhow::Result<String> {
        let mut rows = Vec::new();
        let mut before: Option<Duration> = None;
        for megabytes_in in [1_u64, 4, 16] {
            let text = benches::long_text(usize::try_from(megabytes_in << 20)?);
            let time = self.fastest(|| benches::convert("bench.txt", &text, "akn").unwrap_or(0));
            let input = self.scratch.join("long.txt");
            std::fs::write(&input, &text)?;
            let mut command = Command::new(&self.unres);
            command.args(["convert", "--to", "akn", "-o"]).arg(self.scratch.join("long.xml")).arg(&input);
            let cost = self.best(&mut command, &DONE)?;
            rows.push(vec![
                megabytes_in.to_string(),
                format!("{:.3}", time.as_secs_f64()),
                before.map_or("–".to_owned(), |before| format!("{:.2}", time.as_secs_f64() / before.as_secs_f64())),
                megabytes(cost.peak_bytes),
                megabytes((megabytes_in << 20) * 12 + (8 << 20)),
            ]);
            before = Some(time);
        }
        let header =
            ["MB of text", "seconds", "times the one before", "peak memory of the program, MB", "12 × the text + 8 MB"];
        Ok(format!(
            "One document of growing length, text to strict Akoma Ntoso:\n\n{}\n",
            table::markdown(&header, &rows)
        ))
    }

    /// Workbooks of growing length, and what pandas with openpyxl takes for the shortest.
    fn workbooks(&self) -> anyhow::Result<String> {
        const ROWS: [usize; 3] = [20_000, 100_000, 500_000];
        let table = self.scratch.join("rows.csv");
        let (files, rows_of_one) = write_rows(&self.scratch.join("rows"), ROWS[2])?;
        let convert = |format: &str, out: &Path, rows: usize| {
            let mut command = Command::new(&self.unres);
            command.args(["convert", "--jobs", "1", "--to", format, "-o"]).arg(out);
            command.args(files.iter().take(rows.div_ceil(rows_of_one)));
            command
        };
        measure(&mut convert("csv", &table, ROWS[0]), &DONE)?;
        let pandas = self.pandas(&table);
        let out = self.scratch.join("rows.xlsx");
        let mut rows = Vec::new();
        for count in ROWS {
            // What is long is measured once, and once for its memory, which is what counts.
            let command = &mut convert("xlsx", &out, count);
            let once = Measuring { runs: 1, unres: self.unres.clone(), scratch: self.scratch };
            let cost = if count == ROWS[0] { self.best(command, &DONE)? } else { once.best(command, &DONE)? };
            let peer = pandas.filter(|_| count == ROWS[0]);
            let share = |peer: Cost| 100.0 * cost.processor.as_secs_f64() / peer.processor.as_secs_f64();
            rows.push(workbook_row("`unres convert --to xlsx`", count, cost, peer.map(share)));
        }
        rows.extend(pandas.map(|cost| workbook_row("pandas with openpyxl", ROWS[0], cost, None)));
        let header = ["program", "rows", "seconds of processor time", "% of the time of pandas", "peak memory, MB"];
        Ok(format!(
            "Workbooks of growing length, from JSON; pandas writes the same table, which it reads from CSV:\n\n{}\n",
            table::markdown(&header, &rows)
        ))
    }

    /// The way in which a table is written with Python, without the time in which that loads its packages; none where they are missing.
    fn pandas(&self, table: &Path) -> Option<Cost> {
        let run = |arguments: &[&Path]| {
            let mut command = Command::new(shared::python());
            command.arg(crate::root().join("xtask/scripts/workbook.py")).args(arguments);
            self.best(&mut command, &DONE).ok()
        };
        let load = run(&[])?;
        Some(without(run(&[table, &self.scratch.join("pandas.xlsx")])?, load))
    }

    /// The fastest of some runs of a function.
    fn fastest<T>(&self, work: impl Fn() -> T) -> Duration {
        let run = |_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        };
        (0..self.runs.max(1)).map(run).min().unwrap_or_default()
    }

    /// The cheapest of some runs of a program, after one that warms the files up and is asked for its memory.
    fn best(&self, command: &mut Command, fine: &[i32]) -> anyhow::Result<Cost> {
        let peak_bytes = measure_peak(command, fine)?;
        let costs: Vec<Cost> = (0..self.runs.max(1)).map(|_| measure(command, fine)).collect::<Result<_, _>>()?;
        let least = |of: fn(&Cost) -> Duration| costs.iter().map(of).min().unwrap_or_default();
        Ok(Cost { wall: least(|cost| cost.wall), processor: least(|cost| cost.processor), peak_bytes })
    }

    /// The script that users write today, without the time in which Python loads its packages; none where they are missing. It ends at the first
    /// file that is not well-formed, and so is given the others.
    fn lxml(&self, shared: &Path, files: &[&PathBuf]) -> Option<Cost> {
        let python = shared::python();
        let script = shared.join("tools/lxml_paragraphs.py");
        let folder = self.scratch.join("sound");
        std::fs::create_dir_all(&folder).ok()?;
        for (number, file) in files.iter().enumerate() {
            std::fs::copy(file, folder.join(format!("{number}.xml"))).ok()?;
        }
        let run = |arguments: &[&Path]| {
            let mut command = Command::new(&python);
            command.args(arguments);
            self.best(&mut command, &DONE).ok()
        };
        let load = run(&[Path::new("-c"), Path::new("import pandas, lxml.etree")])?;
        let whole = run(&[&script, &folder.join("**/*.xml"), &self.scratch.join("lxml.csv")])?;
        Some(without(whole, load))
    }

    /// The schema check of libxml2, without the time in which it loads the schema; none where it is missing.
    fn xmllint(&self, shared: &Path, files: &[PathBuf]) -> Option<Cost> {
        let schema = shared.join("schemas/akomantoso30.xsd");
        let empty = self.scratch.join("empty.xml");
        std::fs::write(&empty, "<a/>").ok()?;
        let run = |files: &[PathBuf]| {
            let mut command = Command::new("xmllint");
            command.args(["--noout", "--nonet", "--schema"]).arg(&schema).args(files);
            self.best(&mut command, &FOUND).ok()
        };
        Some(without(run(files)?, run(&[empty])?))
    }
}

/// Writes a long document as JSON, as often as some rows take; the files, and the rows of one.
fn write_rows(folder: &Path, rows: usize) -> anyhow::Result<(Vec<PathBuf>, usize)> {
    let documents = benches::documents("bench.txt", &benches::long_text(100_000));
    let document = documents.first().context("the text gives no document")?;
    let (registry, options) = (unres::registry(), unres::ExportOptions::default());
    let json = unres::export_to_memory(&registry, "json", [document], &options, &mut Vec::new())?;
    std::fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for number in 0..rows.div_ceil(document.blocks.len().max(1)) {
        let file = folder.join(format!("{number}.json"));
        std::fs::write(&file, json.bytes(unres::Part::Main))?;
        files.push(file);
    }
    Ok((files, document.blocks.len().max(1)))
}

fn workbook_row(program: &str, rows: usize, cost: Cost, share: Option<f64>) -> Vec<String> {
    vec![
        program.to_owned(),
        rows.to_string(),
        format!("{:.2}", cost.processor.as_secs_f64()),
        share.map_or("–".to_owned(), |share| format!("{share:.1}")),
        megabytes(cost.peak_bytes),
    ]
}

/// Whether a parser that mends nothing reads a file to its end.
fn is_well_formed(file: &Path) -> bool {
    let read = |bytes: Vec<u8>| {
        let options = unres::ReadOptions { ill_formed: unres::IllFormed::Refused, ..unres::ReadOptions::default() };
        unres::read(&unres::Input { name: "bench.xml", bytes: &bytes }, &options).is_ok()
    };
    std::fs::read(file).is_ok_and(read)
}

fn without(cost: Cost, load: Cost) -> Cost {
    Cost {
        wall: cost.wall.saturating_sub(load.wall),
        processor: cost.processor.saturating_sub(load.processor),
        peak_bytes: cost.peak_bytes,
    }
}

/// Exit codes of a program that did its work.
const DONE: [i32; 1] = [0];
/// Exit codes of `unres validate` and `xmllint` where they may find something.
const FOUND: [i32; 4] = [0, 1, 3, 4];

/// Runs a program once. Its peak of memory is at least that of the benchmark: the system counts what held the memory when the program was started.
fn measure(command: &mut Command, fine: &[i32]) -> anyhow::Result<Cost> {
    let start = Instant::now();
    let ended = spawn(command)?.wait4()?;
    let wall = start.elapsed();
    check(command, ended.status, fine)?;
    Ok(Cost { wall, processor: ended.rusage.utime + ended.rusage.stime, peak_bytes: ended.rusage.maxrss })
}

/// The peak of memory of a run, as the mark of its own address space has it (Linux), which is looked at until the end.
fn measure_peak(command: &mut Command, fine: &[i32]) -> anyhow::Result<u64> {
    let mut child = spawn(command)?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = None;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        peak = high_water(&status).or(peak);
        std::thread::sleep(Duration::from_micros(500));
    };
    check(command, ended, fine)?;
    peak.map_or_else(|| Ok(measure(command, fine)?.peak_bytes), Ok)
}

/// The mark in a line of its own: `VmHWM: 8408 kB`.
fn high_water(status: &Path) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// Starts a program, its output thrown away.
fn spawn(command: &mut Command) -> anyhow::Result<Child> {
    let started = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    started.with_context(|| format!("{} cannot be run", command.get_program().display()))
}

fn check(command: &Command, ended: ExitStatus, fine: &[i32]) -> anyhow::Result<()> {
    if !ended.code().is_some_and(|code| fine.contains(&code)) {
        bail!("{} failed", command.get_program().display());
    }
    Ok(())
}

fn speed(bytes: u64, time: Duration) -> String {
    format!("{:.1}", ratio(bytes, 1_000_000) / time.as_secs_f64())
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1}", ratio(bytes, 1_000_000))
}

#[allow(clippy::cast_precision_loss)] // shown with one digit
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}

/// Puts the tables between the marks in docs/performance.md.
fn write_page(tables: &str) -> anyhow::Result<()> {
    const BEGIN: &str = "<!-- begin: cargo xtask bench --write -->\n";
    const END: &str = "<!-- end -->";
    let path = crate::root().join("docs/performance.md");
    let page = std::fs::read_to_string(&path)?;
    let (before, rest) = page.split_once(BEGIN).context("docs/performance.md lacks the mark where the tables begin")?;
    let (_, after) = rest.split_once(END).context("docs/performance.md lacks the mark where the tables end")?;
    std::fs::write(path, format!("{before}{BEGIN}\n{tables}\n{END}{after}"))?;
    Ok(())
}
