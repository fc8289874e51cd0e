"""Compares what `distributed/spark/job.py` wrote with what the engine wrote for the same inputs: every row, every failure, every warning.

Arguments: the folder of an engine's job with `--to parquet`, the folder of the Spark job's tables. Needs pyarrow.
"""

import collections
import json
import pathlib
import sys

import pyarrow.dataset
import pyarrow.parquet


def in_order(rows):
    return sorted(rows, key=lambda row: json.dumps(row, default=str, sort_keys=True))


def by_input(rows):
    found = collections.defaultdict(list)
    for row in rows:
        found[row["source_file"]].append(row)
    return {name: in_order(rows) for name, rows in found.items()}


def engine_rows(job, is_chosen):
    files = [path for path in sorted((job / "files").rglob("*.parquet")) if is_chosen(path.name)]
    return by_input(row for path in files for row in pyarrow.parquet.read_table(path, partitioning=None).to_pylist())


def spark_rows(tables, name):
    return pyarrow.dataset.dataset(tables / name, partitioning="hive").to_table().to_pylist()


def journal(job):
    lines = (job / "journal/journal.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["id"]: record for record in map(json.loads, lines)}


def outcome(record):
    """What a row of `inputs` says, from a record of the journal."""
    return {
        **{key: record.get(key) for key in ["id", "status", "kind", "message", "hint"]},
        "documents": len(record.get("documents", [])),
        "breach": record.get("breach", False),
        "warnings": record.get("warnings", []),
    }


def compare(what, expected, found):
    for name in sorted(expected.keys() | found.keys()):
        if expected.get(name) != found.get(name):
            sys.exit(f"check spark: {what} of {name}: {found.get(name)} instead of {expected.get(name)}")
    count = sum(len(rows) if isinstance(rows, list) else 1 for rows in expected.values())
    print(f"check spark: {count} {what} of {len(expected)} inputs, as the engine writes them")


def main(job, tables):
    # Side tables have their name behind a tilde; that of the citations is in the paragraphs already.
    def is_side(name):
        return name.endswith("~documents.parquet")

    compare("paragraphs", engine_rows(job, lambda name: "~" not in name), by_input(spark_rows(tables, "paragraphs")))
    compare("documents", engine_rows(job, is_side), by_input(spark_rows(tables, "documents")))
    expected = {name: outcome(record) for name, record in journal(job).items()}
    rows = spark_rows(tables, "inputs")
    if len(rows) != len(expected):
        sys.exit(f"check spark: {len(rows)} answers to {len(expected)} inputs")
    compare("outcomes", expected, {row["id"]: row for row in rows})
    failed = {name: row for name, row in expected.items() if row["status"] == "failed"}
    compare("failures", failed, {row["id"]: row for row in spark_rows(tables, "failures")})


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
