"""Reads what `cargo xtask check data` wrote with other programs: Parquet must say what the CSV says, and both forms of linked data the same.

Arguments: the folder with all.csv, all.parquet, all.documents.* and all.citations.* beside them, all.ttl, all.jsonld. Needs pyarrow, duckdb and rdflib.
"""

import csv
import datetime
import json
import pathlib
import sys

import duckdb
import pyarrow.parquet
import rdflib

csv.field_size_limit(1 << 30)

# The rows of the table of citations that name documents, by file, document and paragraph.
CITATIONS = {}


def cell(value):
    """A value as the CSV writes it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return value
    return str(value)


def nested(row, symbols, citations):
    """What the CSV says of the citations of a row beside what the nested column says: the symbols, and the rows of the table of citations."""
    wanted = [{name: fact or None for name, fact in one.items()} for one in CITATIONS.get((row["source_file"], row["symbol"], row["eid"]), [])]
    found = [{name: None if fact is None else cell(fact) for name, fact in one.items()} for one in citations]
    return (symbols, wanted), ("; ".join(one["cites"] for one in citations), found)


def compare(what, expected, found):
    if len(expected) != len(found):
        sys.exit(f"{what}: {len(found)} rows instead of {len(expected)}")
    for number, (row, other) in enumerate(zip(expected, found), 1):
        if list(row) != list(other):
            sys.exit(f"{what}: the columns are {list(other)}")
        for column, text in row.items():
            value = cell(other[column])
            wanted = text
            if column == "notes" and isinstance(value, list):
                wanted = json.loads(text or "[]")  # the CSV has them as JSON
            elif column == "citations":
                wanted, value = nested(row, text, value)
            if wanted != value:
                sys.exit(f"{what}: row {number}, {column}: {value!r} instead of {wanted!r}")
    print(f"check data: {what}: {len(found)} rows, {len(expected[0]) if expected else 0} columns, as in the CSV")


def tables(folder):
    with open(folder / "all.citations.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["kind"] != "document" or row["refers_back"] == "true":
                continue  # works without symbol, and what only refers back, stand in no row of a paragraph
            fields = {name: row[name] for name in ["cites", "basis", "date", "date_basis", "pinpoints", "text"]}
            CITATIONS.setdefault((row["source_file"], row["symbol"], row["eid"]), []).append(fields)
    for name in ["all", "all.documents", "all.citations"]:
        with open(folder / f"{name}.csv", newline="", encoding="utf-8") as file:
            expected = list(csv.DictReader(file))
        path = folder / f"{name}.parquet"
        compare(f"{path.name} read by pyarrow", expected, pyarrow.parquet.read_table(path).to_pylist())
        result = duckdb.sql(f"select * from read_parquet('{path}')")
        rows = [dict(zip(result.columns, row)) for row in result.fetchall()]
        compare(f"{path.name} read by DuckDB", expected, rows)


def statements(folder):
    graphs = [rdflib.Graph().parse(folder / "all.ttl"), rdflib.Graph().parse(folder / "all.jsonld", format="json-ld")]
    turtle, jsonld = (set(graph) for graph in graphs)
    if not turtle or turtle != jsonld:
        sys.exit(f"Turtle and JSON-LD differ: {list(turtle ^ jsonld)[:3]}")
    print(f"check data: {len(turtle)} statements in Turtle and in JSON-LD, read by rdflib")


tables(pathlib.Path(sys.argv[1]))
statements(pathlib.Path(sys.argv[1]))
