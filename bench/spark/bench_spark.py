#!/usr/bin/env python3
"""What reading costs beyond the C library: the Python boundary, threads, Spark; and the Python peers on the same pages.

usage: bench_spark.py FOLDER WORK [--archives N] [--run S] [--seconds S]

FOLDER holds pages; WORK is where archives and outputs go. Runs in build/python (script/bench spark does all that). The commands'
start-up is in their time, as a user has it; Spark's session is started before the clock is, and its driver's time does not count.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "python" / "tests"))

import hearsay  # noqa: E402
from support import PROGRAM, archive, needs  # noqa: E402

SAMPLE = 24  # pages that tell how long one takes
MOST_HELD = 200 << 20  # bytes of pages that Spark's executors hold in their own memory
MOST_MEMORY = 40  # pages with claims that are read from memory, again and again


class Cost(NamedTuple):
    """What a page takes: by the clock, and of processors' time in all threads and processes, which other work on the machine
    disturbs less."""

    wall: float
    cpu: float


def own_cpu() -> float:
    """This process's, and that of the commands that it ran."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cpu_of(pids: list[int]) -> float:
    """Of processes that are running, and of those of their children that have ended."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def cost(work: Callable[[], object], pages: int, cpu: Callable[[], float] = own_cpu) -> Cost:
    used, start = cpu(), time.perf_counter()
    work()
    return Cost((time.perf_counter() - start) / pages, (cpu() - used) / pages)


def cost_of_rounds(work: Callable[[], object], pages: int, seconds: float) -> Cost:
    """Of whole rounds, after one that does not count."""
    work()
    rounds, used, start = 0, own_cpu(), time.perf_counter()
    while rounds == 0 or time.perf_counter() - start < seconds:
        work()
        rounds += 1
    return Cost((time.perf_counter() - start) / rounds / pages, (own_cpu() - used) / rounds / pages)


class Table:
    """Prints rows as they come; the last column says what a page costs more than in the row named."""

    def __init__(self) -> None:
        self.costs: dict[str, Cost] = {}
        print(f"{'':38s} {'pages/s':>9s} {'CPU ms/page':>12s}")

    def row(self, name: str, cost: Cost, beside: str | None = None) -> None:
        self.costs[name] = cost
        added = ""
        if beside in self.costs:
            added = f"  {1e3 * (cost.cpu - self.costs[beside].cpu):+.2f} to {beside}"
        print(f"{name:38s} {1 / cost.wall:9.1f} {1e3 * cost.cpu:12.2f}{added}", flush=True)


def commands(table: Table, archives: list[str], pages: int, options: list[str]) -> None:
    for jobs in (1, 2):
        command = [PROGRAM, "read", "-f", "jsonl", "-j", str(jobs), *options, *archives]
        spent = cost(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True), pages)
        table.row(f"command line, {jobs} thread(s)", spent)


def in_memory(table: Table, contents: list[bytes], claims: bool, seconds: float) -> None:
    reader, n = hearsay.Reader(claims=claims), len(contents)
    base = "Python, lines of JSON"
    table.row(base, cost_of_rounds(lambda: [reader.read_json(page) for page in contents], n, seconds))
    table.row("Python, read", cost_of_rounds(lambda: [reader.read(page) for page in contents], n, seconds), base)
    for threads in (1, 2):
        work: Callable[[], Any] = lambda threads=threads: list(reader.read_many(contents, threads=threads))  # noqa: E731
        table.row(f"Python, read_many, {threads} thread(s)", cost_of_rounds(work, n, seconds), base)


def on_spark(table: Table, archives: list[str], pages: int, work: pathlib.Path, claims: bool) -> None:
    try:
        needs("pyspark", "pyarrow", "pandas", programs=["java"])
    except Exception as missing:
        print(f"Spark: left out, {missing}")
        return
    for executors in (1, 2):
        with tempfile.TemporaryDirectory(prefix="hearsay-bench-") as folder:
            on_cluster(table, archives, pages, work, claims, pathlib.Path(folder), executors)


def on_cluster(
    table: Table, archives: list[str], pages: int, work: pathlib.Path, claims: bool, folder: pathlib.Path, executors: int
) -> None:
    from cluster import Cluster, descendants, session
    from hearsay import spark_job
    from hearsay.spark import read_pages

    cluster = Cluster(folder, executors)
    spark = None

    def cpu() -> float:
        return sum(cpu_of([worker.pid, *descendants(worker.pid)]) for worker in cluster.workers)

    try:
        spark = session(cluster.url, executors, **{"spark.executor.memory": "1g"})
        beside = f"command line, {executors} thread(s)"
        for name in ("warm-up", "out"):
            shutil.rmtree(work / name, ignore_errors=True)
        spark_job.run(spark, archives[:executors], work / "warm-up", claims=claims)
        spent = cost(lambda: spark_job.run(spark, archives, work / "out", claims=claims), pages, cpu)
        table.row(f"hearsay-spark, {executors} executor(s)", spent, beside)
        held = work / "pages.parquet"
        n = write_pages(archives, held)
        frame = spark.read.parquet(str(held)).repartition(len(archives)).cache()
        frame.count()
        made = read_pages(frame, claims=claims).write.format("noop").mode("overwrite")
        table.row(f"read_pages, {executors} executor(s)", cost(made.save, n, cpu), beside)
    finally:
        if spark:
            spark.stop()
        cluster.stop()


def write_pages(archives: list[str], path: pathlib.Path) -> int:
    """As a table, as many of the archives' pages as an executor's memory holds; how many that are."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found, held = [], 0
    for page in (page for name in archives for page in hearsay.pages(name) if isinstance(page, hearsay.Page)):
        held += len(page.content)
        if held > MOST_HELD:
            break
        found.append(page)
    pq.write_table(pa.table({"url": [page.url for page in found], "content": [page.content for page in found]}), path)
    return len(found)


def write_archives(work: pathlib.Path, files: list[tuple[pathlib.Path, bytes]], n: int, pages: int) -> list[str]:
    """So many pages, the files again and again under addresses of their own, spread over n archives."""
    made = [
        (f"https://news.example/{number // len(files)}/{path.name}", content)
        for number, (path, content) in zip(range(pages), itertools.cycle(files))
    ]
    return [str(archive(work / f"{number}.warc.gz", made[number::n])) for number in range(n)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--archives", type=int, default=8)
    parser.add_argument("--run", type=float, default=20.0, help="seconds that the archives' pages take one thread, about")
    parser.add_argument("--seconds", type=float, default=3.0, help="for each row that reads pages from memory")
    parser.add_argument("--no-spark", action="store_true")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    files = [path for path in sorted(pathlib.Path(given.folder).iterdir()) if path.is_file()]
    contents = [path.read_bytes() for path in files]
    words = sum(len(re.findall(r"\w+", record.text)) for record in map(hearsay.Reader(claims=False).read, contents))
    print(f"{len(contents)} pages, {words / len(contents):.0f} words a page; load before: {os.getloadavg()[0]:.1f}")
    for claims in (True, False):
        sample = contents[:MOST_MEMORY] if claims else contents
        each = cost_of_rounds(lambda: list(map(hearsay.Reader(claims=claims).read, sample[:SAMPLE])), len(sample[:SAMPLE]), 0).cpu
        pages = max(given.archives, round(given.run / each))
        archives = write_archives(given.work, list(zip(files, contents)), given.archives, pages)
        print(f"\n{'with claims' if claims else 'articles alone'}: {pages} pages in {len(archives)} archives")
        table = Table()
        commands(table, archives, pages, [] if claims else ["--no-claims"])
        in_memory(table, sample, claims, given.seconds)
        if not given.no_spark:
            on_spark(table, archives, pages, given.work, claims)


if __name__ == "__main__":
    main()
