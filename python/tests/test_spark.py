"""Reading on Spark: the same records, and none lost or doubled when a worker is killed.

All tests share one cluster of two workers, each a process of its own, for starting one takes longer than most of them. The
test that kills a worker comes last: unittest takes classes by their names.
"""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import tempfile
import threading
import time
import unittest
import unittest.mock
from collections.abc import Callable, Iterator

from support import BINARY, BRIDGE, SAMPLES, Case, archive, lines, needs, run, sample_pages

needs("pyspark", "pyarrow", "pandas", programs=["java"])
import hearsay  # noqa: E402
from cluster import SMALL, Cluster, session  # noqa: E402
from hearsay import spark_job, tables  # noqa: E402
from hearsay.spark import RECORD, read_pages  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402
from server import PROGRAMS, shared_ledger  # noqa: E402

cluster: Cluster
spark: SparkSession


def setUpModule() -> None:
    global cluster, spark
    folder = tempfile.TemporaryDirectory(prefix="hearsay-cluster-")
    unittest.addModuleCleanup(folder.cleanup)
    cluster = Cluster(pathlib.Path(folder.name), 2)
    unittest.addModuleCleanup(cluster.stop)
    spark = session(cluster.url, 2, **SMALL)
    unittest.addModuleCleanup(spark.stop)


def read_back(output: pathlib.Path) -> dict[str, list[str]]:
    """The records in a job's output, by their input, as lines."""
    found: dict[str, list[str]] = {}
    made = tables.read(output)
    for row, record in zip(made.pages.select(["input"]).to_pylist(), tables.records(made)):
        found.setdefault(row["input"], []).append(record.to_json())
    return found


class ReadPages(Case):
    def test_read_pages(self) -> None:
        rows = [(7, f"page {path.name}", path.read_bytes()) for path in SAMPLES]
        rows += [(8, "broken", BINARY), (9, "nothing", None)]  # type: ignore[list-item]
        out = read_pages(spark.createDataFrame(rows, "shelf int, name string, content binary"))
        self.assertEqual(out.columns, ["shelf", *RECORD.names])
        made = {row.path: row for row in out.collect()}
        self.assertEqual(len(made), len(rows))
        for path in SAMPLES:
            row = made[f"page {path.name}"].asDict(recursive=True)
            expected = hearsay.read(hearsay.Page(path.read_bytes(), name=f"page {path.name}"))
            self.assertEqual((row["shelf"], row["error"]), (7, None))
            self.assertEqual(row["text"], expected.text)
            for claim, other in zip(row["claims"], expected.claims or (), strict=True):
                self.assertEqual([(span["start"], span["end"]) for span in claim["content"]], list(other.content))
                self.assertEqual(claim["content_text"], other.content_text)
                self.assertEqual((claim["stance"], claim["confidence"]), (other.stance, other.confidence))
        self.assertEqual(made["broken"].error.code, "binary")
        self.assertEqual(made["nothing"].error.code, "empty")

    def test_read_pages_wants_its_columns(self) -> None:
        with self.assertRaisesRegex(ValueError, "content"):
            read_pages(spark.createDataFrame([(1,)], "n int"))
        with self.assertRaisesRegex(ValueError, "title"):
            read_pages(spark.createDataFrame([(BRIDGE, "x")], "content string, title string"))


class Job(Case):
    def test_gives_the_command_lines_records(self) -> None:
        inputs = [str(archive(self.folder / f"{i}.warc.gz", sample_pages(i))) for i in range(2)]
        output = self.folder / "out"
        summary = spark_job.run(spark, inputs, output)
        expected = {input: lines(input) for input in inputs}
        self.assertEqual(read_back(output), expected)
        self.assertEqual(summary.pages, 2 * len(SAMPLES))
        self.assertEqual(dict(summary.reasons), {"binary": 2})
        self.assertEqual(sorted(row["input"] for row in tables.read(output).failed.to_pylist()), inputs)

    def test_resumes(self) -> None:
        inputs = [str(archive(self.folder / f"{i}.warc.gz", sample_pages(i))) for i in range(2)]
        output = self.folder / "out"
        first = spark_job.run(spark, inputs[:1], output, claims=False)
        done = [path.stat().st_mtime_ns for path in (output / "pages").iterdir()]
        (output / "pages" / ".left.over.unfinished").touch()
        both = spark_job.run(spark, inputs, output, claims=False)
        self.assertEqual((first.inputs, both.inputs, both.finished_before), (1, 2, 1))
        self.assertIn(done[0], [path.stat().st_mtime_ns for path in (output / "pages").iterdir()])
        self.assertEqual(len(list((output / "pages").iterdir())), 2)
        again = spark_job.run(spark, inputs, output, claims=False)
        self.assertEqual((again.finished_before, again.pages, again.failed), (2, both.pages, 2))
        # What has changed, or is wanted otherwise, is read anew and replaces what was there.
        archive(pathlib.Path(inputs[0]), sample_pages(5)[:2])
        changed = spark_job.run(spark, inputs, output, claims=False)
        self.assertEqual((changed.finished_before, changed.pages), (1, 2 + len(SAMPLES)))
        self.assertEqual(tables.read(output).pages.num_rows, 2 + len(SAMPLES))
        self.assertEqual(spark_job.run(spark, inputs, output, claims=True).finished_before, 0)

    def test_adds_to_a_shared_ledger(self) -> None:
        ledger = shared_ledger(self)
        made = archive(self.folder / "a.warc.gz", [("https://news.example/1", BRIDGE.encode()), ("https://news.example/2", BINARY)])
        first = spark_job.run(spark, [str(made)], self.folder / "out", ledger=ledger)
        self.assertEqual((dict(first.stored), first.failed), ({"new": 1}, 1))
        self.assertIn("1 failed (1 binary); ledger: 1 new", str(first))
        # Not again where the job is run again; where other tables are made, the ledger has it already.
        self.assertEqual(spark_job.run(spark, [str(made)], self.folder / "out", ledger=ledger).finished_before, 1)
        self.assertEqual(dict(spark_job.run(spark, [str(made)], self.folder / "more", ledger=ledger).stored), {"known": 1})
        self.assertEqual(run("export", "-l", ledger), lines(made))
        # Tables that were made without a ledger do not count as finished, and a ledger that cannot be had stops the job.
        self.assertEqual(spark_job.run(spark, [str(made)], self.folder / "out").finished_before, 0)
        nowhere = "postgresql:///nothing?host=/nowhere"
        with self.assertRaises(hearsay.HearsayError):
            spark_job.run(spark, [], self.folder / "out", ledger=nowhere)
        with self.assertRaisesRegex(hearsay.HearsayError, "1 of 1 inputs are not finished: postgresql:///nothing: "):
            with unittest.mock.patch("hearsay.Ledger"):  # the driver believes that it is there
                spark_job.run(spark, [str(made)], self.folder / "out", ledger=nowhere)
        self.assertEqual(list((self.folder / "out").glob("*/.*.unfinished")), [])
        for done in self.folder.glob("*/done/*"):
            self.assertNotIn("postgresql", done.read_text())

    def test_a_ledgers_password_is_no_part_of_it(self) -> None:
        addresses = ("postgresql://me@h/d?a=b", "postgresql://me:one@h/d?a=b", "postgresql://me:other@h/d?a=b")
        self.assertEqual(len({spark_job.settings_for(True, 0, address).ledger for address in addresses}), 1)
        self.assertNotEqual(spark_job.settings_for(True, 0, "postgresql://h:1/d").ledger, spark_job.settings_for(True, 0, "postgresql://h:2/d").ledger)

    def test_leaves_out_what_is_not_sure(self) -> None:
        made = str(archive(self.folder / "a.warc.gz", [("https://news.example/1", BRIDGE.encode())]))
        counts = [spark_job.run(spark, [made], self.folder / "out", min_confidence=least).claims for least in (0, 1)]
        self.assertEqual(counts, [1, 0])

    def test_inputs_that_cannot_be_read_are_counted(self) -> None:
        broken = archive(self.folder / "broken.warc.gz", sample_pages())
        broken.write_bytes(broken.read_bytes()[:-200])
        output = self.folder / "out"
        summary = spark_job.run(spark, [str(broken), str(self.folder / "none.warc.gz")], output, claims=False)
        self.assertEqual(summary.pages, len(SAMPLES) - 1)
        self.assertEqual(summary.reasons["missing"], 1)
        self.assertEqual(summary.failed, 3)
        messages = [row["message"] for row in tables.read(output).failed.to_pylist()]
        self.assertTrue(any("none.warc.gz" in message for message in messages), messages)

    def test_two_jobs_do_not_mix(self) -> None:
        output = self.folder / "out"
        output.mkdir()
        import fcntl

        with open(output / ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            with self.assertRaisesRegex(hearsay.HearsayError, "another job"):
                spark_job.run(spark, [], output)

    def test_command(self) -> None:
        archive(self.folder / "a.warc.gz", sample_pages())
        printed = io.StringIO()
        output = str(self.folder / "out")
        with contextlib.redirect_stdout(printed):
            active, spark_job._session = spark_job._session, lambda master, settings: _Borrowed()
            try:
                status = spark_job.main(["--input", str(self.folder / "*.gz"), "--output", output, "--no-claims"])
            finally:
                spark_job._session = active
        self.assertEqual(status, 1)
        self.assertIn(f"1 inputs (0 finished before): {len(SAMPLES)} pages, 0 claims, 1 failed (1 binary)", printed.getvalue())
        for wrong in ([], ["--input", "x", "--min-confidence", "2"], ["--input", "x", "--no-claims", "--ledger", "l.db"]):
            with self.assertRaises(SystemExit) as stopped, contextlib.redirect_stderr(io.StringIO()):
                spark_job.main(["--output", output, *wrong])
            self.assertEqual(stopped.exception.code, 2)


class _Borrowed:
    """A session that the command may stop without ending the other tests'."""

    def __init__(self) -> None:
        self.range = spark.range

    def stop(self) -> None:
        pass


class WorkerKilled(Case):
    """Two workers, one of which is killed in the midst of its work."""

    INPUTS, COPIES = 4, 2

    def kill_when(self, reached: Callable[[], bool], log: list[str]) -> threading.Thread:
        def watch() -> None:
            start = time.monotonic()
            while not reached() and time.monotonic() - start < 300:
                time.sleep(0.02)
            cluster.kill(cluster.workers[0])
            log.append(f"worker 0 killed {time.monotonic() - start:.1f} s after the start")

        thread = threading.Thread(target=watch, daemon=True)
        thread.start()
        return thread

    def unfinished_by(self, output: pathlib.Path) -> Iterator[pathlib.Path]:
        yield from (output / "pages").glob(".*.unfinished")

    def test_nothing_lost_nothing_doubled(self) -> None:
        inputs = [
            str(archive(self.folder / f"{i}.warc.gz", [p for n in range(self.COPIES) for p in sample_pages(10 * i + n)]))
            for i in range(self.INPUTS)
        ]
        output = self.folder / "out"
        ledger = shared_ledger(self) if PROGRAMS else str(self.folder / "ledger.db")
        log: list[str] = []
        # Some inputs are finished, and both workers are in the midst of one.
        watching = self.kill_when(
            lambda: len(list(output.glob("done/*.json"))) >= 1 and len(list(self.unfinished_by(output))) == 2, log
        )
        summary = spark_job.run(spark, inputs, output, ledger=ledger)
        watching.join()
        self.assertEqual([worker.poll() is None for worker in cluster.workers], [False, True])
        left_over = len(list(self.unfinished_by(output)))
        again = spark_job.run(spark, inputs, output, ledger=ledger)
        expected = {input: lines(input) for input in inputs}
        made = read_back(output)
        exported = run("export", "-l", ledger)
        print(
            f"{log[0]}; {left_over} unfinished file(s) of it left; {summary}; "
            f"{sum(map(len, made.values()))} records, {len(exported)} in the ledger on "
            f"{'a server' if PROGRAMS else 'a file, for PostgreSQL is not installed'}, "
            f"{sum(map(len, expected.values()))} by the command line", flush=True,
        )
        self.assertGreaterEqual(left_over, 1, "the worker was killed in the midst of an input")
        self.assertEqual(made, expected)
        self.assertEqual(sorted(exported), sorted(line for input in inputs for line in expected[input]))
        self.assertEqual(summary.finished_before, 0)
        self.assertEqual(dict(summary.reasons), {"binary": self.COPIES * self.INPUTS})
        self.assertEqual(set(summary.stored), {"new", "known"} if summary.stored["known"] else {"new"})
        self.assertEqual((again.finished_before, again.pages), (self.INPUTS, summary.pages))
        self.assertEqual(len(list(self.unfinished_by(output))), 0)
        for done in (output / "done").iterdir():
            self.assertEqual(json.loads(done.read_bytes())["rows"]["pages"], self.COPIES * len(SAMPLES))
