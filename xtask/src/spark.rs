//! `cargo xtask check spark`: the Spark job on two local cores, beside the engine.

use crate::shared;
use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use unres_batch::Inputs;

/// How many inputs are converted by both.
const INPUTS: usize = 200;

/// Converts some of the shared documents by the engine and by Spark, and compares every row. True, with a line that says so, where the material is not
/// there.
pub(crate) fn check() -> anyhow::Result<bool> {
    let Some(shared) = shared::folder() else {
        println!("check spark: no shared material, nothing checked");
        return Ok(true);
    };
    needs("java", Command::new("java").arg("-version"))?;
    let import = ["-c", "import pandas, pyarrow, pyspark"];
    needs("Python with distributed/spark/requirements.txt", Command::new(shared::python()).args(import))?;
    let scratch = tempfile::tempdir()?;
    let corpus = scratch.path().join("corpus");
    let inputs = choose(&shared.join("corpus"), &corpus)?;
    let unres = shared::unres()?;
    let engine = scratch.path().join("engine");
    let engine_time = run_engine(&unres, &corpus, &engine)?;
    let tables = scratch.path().join("tables");
    let spark_time = run_spark(&unres, &corpus, &tables)?;
    println!(
        "check spark: {} inputs a second by the engine on two threads, {} by Spark in local[2] with its start",
        rate(inputs, engine_time),
        rate(inputs, spark_time),
    );
    let script = crate::root().join("xtask/scripts/spark.py");
    let compared = Command::new(shared::python()).arg(script).args([&engine, &tables]).status()?;
    Ok(compared.success())
}

/// An error when a program that the check needs cannot be run.
fn needs(what: &str, command: &mut Command) -> anyhow::Result<()> {
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !status.is_ok_and(|status| status.success()) {
        bail!("check spark needs {what}, which is not there");
    }
    Ok(())
}

/// Copies inputs of all kinds, evenly chosen, under the names that they have in the corpus.
fn choose(from: &Path, to: &Path) -> anyhow::Result<usize> {
    let all: Vec<PathBuf> =
        Inputs::EXTENSIONS.iter().flat_map(|end| benches::files(from, &format!(".{end}"))).collect();
    let step = (all.len() / INPUTS).max(1);
    let chosen: Vec<&PathBuf> = all.iter().step_by(step).take(INPUTS).collect();
    for path in &chosen {
        let copy = to.join(path.strip_prefix(from)?);
        std::fs::create_dir_all(copy.parent().context("a file in no folder")?)?;
        std::fs::copy(path, copy)?;
    }
    Ok(chosen.len())
}

/// A job of the engine with what the Spark job asks for.
fn run_engine(unres: &Path, corpus: &Path, out: &Path) -> anyhow::Result<Duration> {
    let mut command = Command::new(unres);
    command.arg("batch").arg(corpus).arg("-o").arg(out);
    command.args(["--to", "parquet", "--jobs", "2", "--isolate", "all"]).stdout(Stdio::null()).stderr(Stdio::null());
    // Some inputs fail, which its code says and both tables show.
    timed(&mut command, &[0, 1])
}

fn run_spark(unres: &Path, corpus: &Path, tables: &Path) -> anyhow::Result<Duration> {
    let python = shared::python();
    // Beside the Python that has it, or in the path.
    let beside = Path::new(&python).with_file_name("spark-submit");
    let mut command = Command::new(beside);
    command.env("PYSPARK_PYTHON", &python).env("SPARK_LOCAL_IP", "127.0.0.1");
    command.args(["--master", "local[2]", "--conf", "spark.ui.enabled=false"]);
    command.arg(crate::root().join("distributed/spark/job.py"));
    command.arg("--unres").arg(unres).arg("--output").arg(tables).arg(corpus);
    timed(&mut command, &[0])
}

/// The time that a program takes, which must end with one of these codes.
fn timed(command: &mut Command, fine: &[i32]) -> anyhow::Result<Duration> {
    let name = command.get_program().display().to_string();
    let begun = Instant::now();
    let status = command.status().with_context(|| format!("{name} cannot be run"))?;
    if !status.code().is_some_and(|code| fine.contains(&code)) {
        bail!("{name} failed: {status}");
    }
    Ok(begun.elapsed())
}

#[allow(clippy::cast_precision_loss)] // shown with one digit
fn rate(inputs: usize, time: Duration) -> String {
    format!("{:.1}", inputs as f64 / time.as_secs_f64())
}
