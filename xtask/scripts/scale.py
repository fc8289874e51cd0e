"""Measures corpus jobs of growing size: `scale.py UNRES CORPUS [COUNT…]` (1000 10000 100000).

The documents are those files of the folder CORPUS that are smaller than 32 KiB, repeated under new names until there are COUNT of them. Printed are processor
time, peak memory and disk of `unres batch --table csv` on one and on two threads, and beside them `unres convert` over the same files, which reads and
writes without journal, parts or report. Processor time is that of all threads; wall time says little where other work runs on the machine.
"""

import os
import pathlib
import shutil
import sys
import tempfile
import time

LARGEST = 32 << 10
IN_A_FOLDER = 1000
# More names than this do not fit into a command line.
BARE = 10_000


def documents(corpus):
    files = [path for path in sorted(corpus.rglob("*.xml")) if path.stat().st_size < LARGEST]
    if not files:
        sys.exit(f"{corpus}: no documents")
    return files


def repeat(files, count, folder):
    """Links with new names, to copies that lie beside them: a file has as many names as it needs, and the disk holds it once."""
    copies = folder.with_name("copies")
    copies.mkdir(exist_ok=True)
    names = []
    for number in range(count):
        source = files[number % len(files)]
        copy = copies / f"{number % len(files)}.xml"
        if not copy.exists():
            shutil.copy(source, copy)
        below = folder / f"{number // IN_A_FOLDER}"
        below.mkdir(parents=True, exist_ok=True)
        names.append(f"{below.name}/{number % IN_A_FOLDER}.xml")
        os.link(copy, folder / names[-1])
    return names


def run(command, folder):
    """What a command costs: processor seconds, wall seconds, MB of memory."""
    begun = time.monotonic()
    process = os.fork()
    if process == 0:
        os.chdir(folder)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execv(command[0], command)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{command[:2]} failed")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss * 1024 / 1e6


def size(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def line(what, count, cost, disk):
    processor, wall, memory = cost
    each = processor / count * 1e3
    print(f"| {count} | {what} | {processor:.1f} | {each:.3f} | {wall:.1f} | {memory:.1f} | {disk} |", flush=True)


def job(unres, here, corpus, count, threads):
    out = here / "out"
    command = [unres, "batch", ".", "-o", str(out), "--table", "csv", "--isolate", "none", "--jobs", threads]
    cost = run(command, corpus)
    sizes = [size(out / name) for name in ["tables", "journal/parts"]]
    journal = (out / "journal/journal.jsonl").stat().st_size / 1e6
    line(f"{threads} threads", count, cost, "{:.1f} + {:.1f} + {:.1f}".format(*sizes, journal))
    if threads == "2":
        line("2 threads, run again", count, run(command, corpus), "the same")
    shutil.rmtree(out)


def main(unres, corpus, counts):
    print("| documents | | processor s | ms each | wall s | peak MB | MB of table + parts + journal |")
    print("|---|---|---|---|---|---|---|")
    files = documents(corpus)
    for count in counts:
        with tempfile.TemporaryDirectory() as folder:
            here = pathlib.Path(folder)
            names = repeat(files, count, here / "corpus")
            if count <= BARE:
                bare = [unres, "convert", "--to", "csv", "-o", str(here / "bare.csv"), "--jobs", "1", *names]
                line("unres convert, 1 thread", count, run(bare, here / "corpus"), "–")
            for threads in "12":
                job(unres, here, here / "corpus", count, threads)


main(os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]), [int(count) for count in sys.argv[3:]] or [1000, 10_000, 100_000])
