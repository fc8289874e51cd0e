"""Converts documents with `unres` on Apache Spark.

    spark-submit job.py --unres PROGRAM --output FOLDER INPUT [-- OPTION…]

INPUT is a folder of files, with all folders in it, or with `--table` a table in Parquet with the columns `id` (text), `content` (bytes) and perhaps `lang`
(text). Options after `--` go to `unres batch`. Four tables come out, in Parquet: `paragraphs` and `documents` with the columns that
`unres convert --to parquet` writes, `inputs` with a row for each input, and `failures`, those of them that gave no documents.
"""

import argparse
import base64
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark import SparkFiles
from pyspark.sql import SparkSession, functions

EXTENSIONS = ["txt", "pdf", "docx", "html", "htm", "xml", "json"]

# Inputs that are handed to Python at once. Spark's own number would hold ten thousand documents in memory.
BATCH = "spark.sql.execution.arrow.maxRecordsPerBatch"

# The parts of an answer that become tables; that of the citations stands in the paragraphs already.
PARTS = {None: "paragraph", "documents": "document"}

INPUTS = pa.schema(
    [
        ("id", pa.string()),
        ("status", pa.string()),
        ("kind", pa.string()),
        ("message", pa.string()),
        ("hint", pa.string()),
        ("documents", pa.int32()),
        ("breach", pa.bool_()),
        ("warnings", pa.list_(pa.struct([("rule", pa.string()), ("count", pa.int32()), ("message", pa.string())]))),
    ]
)


def arguments():
    given = sys.argv[1:]
    split = given.index("--") if "--" in given else len(given)
    parser = argparse.ArgumentParser(description="Converts documents with unres on Apache Spark.")
    parser.add_argument("input", help="folder of files, or with --table a table")
    parser.add_argument("--table", action="store_true", help="the input is a table in Parquet: id, content, perhaps lang")
    parser.add_argument("--output", required=True, help="folder of the tables")
    parser.add_argument("--overwrite", action="store_true", help="replace tables that are there")
    parser.add_argument("--unres", default="unres", help="the program; it is sent to all machines")
    parser.add_argument("--extensions", default=",".join(EXTENSIONS), help="files to read, separated by commas")
    parser.add_argument("--partitions", type=int, help="tasks to cut the inputs into; Spark decides by default")
    parser.add_argument("--partition-by", default="language", help="columns of paragraphs by which their table is cut")
    parsed = parser.parse_args(given[:split])
    parsed.options = given[split + 1 :]
    return parsed


def inputs(spark, args):
    """The inputs: id, content, lang."""
    if args.table:
        table = spark.read.parquet(args.input)
        lang = functions.col("lang") if "lang" in table.columns else functions.lit(None)
        found = table.select("id", "content", lang.cast("string").alias("lang"))
    else:
        files = spark.read.format("binaryFile").option("recursiveFileLookup", True)
        # Like the engine, without regard to case.
        endings = "|".join(args.extensions.split(","))
        files = files.load(args.input).where(functions.col("path").rlike(rf"(?i)\.({endings})$"))
        root = functions.lit(root_of(spark, args.input))
        name = functions.expr("substring(path, length(root) + 1)")
        found = files.withColumn("root", root).select(
            name.alias("id"), "content", functions.lit(None).cast("string").alias("lang")
        )
    return found.repartition(args.partitions) if args.partitions else found


def root_of(spark, folder):
    """A folder as Spark names it in the paths of its files, with a slash at its end."""
    jvm = spark.sparkContext._jvm
    path = jvm.org.apache.hadoop.fs.Path(folder)
    system = path.getFileSystem(spark.sparkContext._jsc.hadoopConfiguration())
    return system.makeQualified(path).toString().rstrip("/") + "/"


def tables(program):
    """The columns of `paragraphs` and `documents`, as this version of the program writes them."""
    with tempfile.TemporaryDirectory() as folder:
        text, table = pathlib.Path(folder, "a.txt"), pathlib.Path(folder, "a.parquet")
        text.write_text("Bells\n", encoding="utf-8")
        command = [program, "convert", "--to", "parquet", "-o", table, text]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)  # it finds no resolution there, and says so
        return pq.read_schema(table), pq.read_schema(table.with_suffix(".documents.parquet"))


def converting(options, columns):
    """The function that turns batches of inputs into batches of rows. A row holds an input, a document or a paragraph, and null in the other places."""
    command = ["batch", "--stdin", "--jsonl", "--to", "parquet", "--jobs", "1", "--isolate", "all", *options]
    kinds = {name: pa.struct(schema) for name, schema in columns.items()}

    def request(row):
        record = {"id": row["id"], "bytes": base64.b64encode(row["content"]).decode("ascii")}
        if row["lang"]:
            record["lang"] = row["lang"]
        return json.dumps(record).encode() + b"\n"

    def send(rows, pipe):
        try:
            for row in rows:
                pipe.write(request(row))
            pipe.flush()
        except BrokenPipeError:
            pass  # the reader of the answers says so

    def answers(process, rows):
        """One answer a row. They are sent by a thread of their own, since both pipes may fill."""
        sender = threading.Thread(target=send, args=(rows, process.stdin), daemon=True)
        sender.start()
        for row in rows:
            line = process.stdout.readline()
            if not line.endswith(b"\n"):
                raise RuntimeError(f"unres ended with code {process.wait()} at or before {row['id']}")
            yield json.loads(line)
        sender.join()

    def outcome(answer):
        keys = ["id", "status", "kind", "message", "hint"]
        return {
            **{key: answer.get(key) for key in keys},
            "documents": len(answer.get("documents", [])),
            "breach": answer.get("breach", False),
            "warnings": answer.get("warnings", []),
        }

    def table(output):
        content = base64.b64decode(output["bytes"]) if "bytes" in output else output["text"].encode()
        return pq.read_table(pa.BufferReader(content), partitioning=None)

    def placed(kind, rows):
        """Batches with the rows of one kind in their place."""
        for batch in rows.combine_chunks().to_batches():
            values = batch.to_struct_array().cast(kinds[kind])
            nothing = [pa.nulls(len(values), of) for of in kinds.values()]
            filled = [values if name == kind else null for name, null in zip(kinds, nothing)]
            yield pa.RecordBatch.from_arrays(filled, names=list(kinds))

    def convert(batches):
        program = SparkFiles.get("unres")
        process = subprocess.Popen([program, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            for batch in batches:
                found = {"input": [], "document": [], "paragraph": []}
                for answer in answers(process, batch.to_pylist()):
                    found["input"].append(outcome(answer))
                    for output in answer.get("outputs", []):
                        kind = PARTS.get(output.get("part"))
                        if kind is not None:
                            found[kind].append(table(output))
                found["input"] = [pa.Table.from_pylist(found["input"], INPUTS)]
                for kind, parts in found.items():
                    if parts:
                        yield from placed(kind, pa.concat_tables(parts))
            process.stdin.close()
            if process.wait() != 0:
                raise RuntimeError(f"unres ended with code {process.returncode}")
        finally:
            process.kill()
            process.wait()

    return convert


def main():
    args = arguments()
    program = shutil.which(args.unres)
    if program is None:
        sys.exit(f"{args.unres} is not there, or is no program")
    spark = SparkSession.builder.appName("unres").getOrCreate()
    if spark.conf.get(BATCH) == "10000":
        spark.conf.set(BATCH, "100")
    with tempfile.TemporaryDirectory() as folder:
        # Under one name on all machines, whatever its name is here.
        shutil.copy(program, pathlib.Path(folder, "unres"))
        spark.sparkContext.addFile(str(pathlib.Path(folder, "unres")))
        run(spark, args, program)
    spark.stop()


def run(spark, args, program):
    paragraphs, documents = tables(program)
    columns = {"input": INPUTS, "document": documents, "paragraph": paragraphs}
    row = pa.schema([(name, pa.struct(schema)) for name, schema in columns.items()])
    schema = spark.createDataFrame(row.empty_table()).schema
    begun = time.monotonic()
    given = inputs(spark, args)
    rows = given.mapInArrow(converting(args.options, columns), schema).persist()
    mode = "overwrite" if args.overwrite else "errorifexists"

    def write(kind, name, cut_by=()):
        chosen = rows.where(functions.col(kind).isNotNull()).select(f"{kind}.*")
        if name == "failures":
            chosen = chosen.where("status = 'failed'")
        chosen.write.mode(mode).partitionBy(*cut_by).parquet(f"{args.output.rstrip('/')}/{name}")

    # Rows are converted when the first table is written, and kept for the others.
    write("input", "inputs")
    write("input", "failures")
    write("document", "documents")
    write("paragraph", "paragraphs", [column for column in args.partition_by.split(",") if column])
    spent = time.monotonic() - begun
    written = {name: spark.read.parquet(f"{args.output.rstrip('/')}/{name}") for name in ["inputs", "failures", "documents"]}
    counts = {name: table.count() for name, table in written.items()}
    expected = given.select("id").count()
    print(f"{counts['inputs']} inputs, {counts['failures']} failed, {counts['documents']} documents in {spent:.1f} s")
    if counts["inputs"] != expected:
        sys.exit(f"{expected} inputs were given; they changed meanwhile, or this job is at fault")


if __name__ == "__main__":
    main()
