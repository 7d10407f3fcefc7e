"""hearsay-spark: reads archives on a Spark cluster into Parquet tables.

One task reads one input from end to end, by its path: pages never pass through the JVM. For an input, a task writes

    OUTPUT/pages/KEY.parquet   OUTPUT/claims/KEY.parquet   OUTPUT/entities/KEY.parquet   OUTPUT/failed/KEY.parquet

(hearsay.tables describes them) and then OUTPUT/done/KEY.json, which says that they are whole. Each file is written beside
its place and moved there. KEY follows from the input's path alone and the same input gives the same rows, so a task
that is run again, after a lost executor or in another job, replaces what it wrote before: nothing is lost or doubled. An
input whose done-file stands, and that has not changed since, is not read again.

Inputs and output lie on a file system that the driver and all executors see under the same paths.

With a ledger, a task also adds its records to it as they come, some hundred in one transaction. Adding a page that is
there changes nothing, so a task that is run again doubles nothing in the ledger either. An input at which the ledger
failed is not finished; the job says so when it has read the others.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import glob
import hashlib
import itertools
import json
import os
import pathlib
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

import hearsay
from hearsay import tables
from hearsay.spark import reader

__all__ = ["Settings", "Summary", "main", "run"]

# In an address: "//name:password@", "?password=…".
_PASSWORD = re.compile(r":[^:@/]*(?=@)|\bpassword=[^&]*")

_Outcome: TypeAlias = "hearsay.Record | hearsay.HearsayError"

# What is stored together: so many pages, or those of so many seconds. Others may write in between.
_BATCH = 200
_BATCH_SECONDS = 1.0


@dataclass(frozen=True)
class Settings:
    """What decides what is made of an input: with other settings it is read anew."""

    claims: bool
    version: str
    weights: str
    """A digest of the weights file."""
    min_confidence: float = 0.0
    ledger: str = ""
    """A digest of where it is, without the password; "": none is wanted."""


@dataclass
class Summary:
    """What a job did, counting the inputs that earlier jobs had finished."""

    inputs: int = 0
    finished_before: int = 0
    pages: int = 0
    claims: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    stored: Counter[str] = field(default_factory=Counter)
    """What adding to the ledger did: "new", "changed", "known", and "refused" for records that it could not take."""

    def add(self, done: dict[str, Any]) -> None:
        self.inputs += 1
        self.pages += done["rows"]["pages"]
        self.claims += done["rows"]["claims"]
        self.failed += done["rows"]["failed"]
        self.reasons.update(done["reasons"])
        self.stored.update(done["stored"])

    def __str__(self) -> str:
        reasons = _in_words(self.reasons)
        return (
            f"{self.inputs} inputs ({self.finished_before} finished before): {self.pages} pages, "
            f"{self.claims} claims, {self.failed} failed"
            + (f" ({reasons})" if reasons else "")
            + (f"; ledger: {_in_words(self.stored)}" if self.stored else "")
        )


def _in_words(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {what}" for what, n in sorted(counts.items()))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def settings_for(claims: bool, min_confidence: float, ledger: str | None) -> Settings:
    weights = os.environ.get("HEARSAY_WEIGHTS") or pathlib.Path(hearsay.__file__).with_name("hearsay.hsw")
    return Settings(
        claims=claims,
        version=hearsay.__version__,
        weights=_digest(pathlib.Path(weights).read_bytes()) if claims else "",
        min_confidence=min_confidence,
        ledger=_digest(_PASSWORD.sub("", ledger).encode(errors="surrogateescape")) if ledger else "",
    )


def key_of(path: str) -> str:
    """A file name for what is made of an input: its own name, and a digest of its path to tell it from others."""
    return f"{os.path.basename(path)}-{hashlib.sha256(path.encode(errors='surrogateescape')).hexdigest()[:12]}"


def state_of(path: str, settings: Settings) -> dict[str, Any]:
    """What a done-file has to say for the input to count as finished."""
    try:
        found = os.stat(path)
        size, modified = found.st_size, found.st_mtime_ns
    except OSError:
        size = modified = -1
    return {"input": path, "size": size, "modified": modified, "settings": asdict(settings)}


def finished(path: str, output: pathlib.Path, settings: Settings) -> dict[str, Any] | None:
    """The done-file of an input, if it is of this state of the input and these settings."""
    try:
        done: dict[str, Any] = json.loads((output / "done" / f"{key_of(path)}.json").read_bytes())
    except (OSError, ValueError):
        return None
    state = state_of(path, settings)
    return done if {name: done.get(name) for name in state} == state else None


def read_input(
    path: str, output: pathlib.Path, settings: Settings, ledger: str | None = None
) -> dict[str, Any]:
    """What one task does: reads an input, writes its tables and into the ledger, then its done-file, whose content it
    returns."""
    state, started = state_of(path, settings), time.monotonic()
    reasons: Counter[str] = Counter()
    stored: Counter[str] = Counter()
    places = {name: output / name / f"{key_of(path)}.parquet" for name in tables.SCHEMAS}
    outcomes = _counted(_outcomes(path, settings), reasons)
    with hearsay.Ledger(ledger, write=True) if ledger else contextlib.nullcontext() as opened:
        if opened:
            outcomes = _stored(outcomes, opened, stored)
        rows = tables.write_files(outcomes, places, input=path)
    seconds = round(time.monotonic() - started, 3)
    done = {**state, "rows": rows, "reasons": dict(reasons), "stored": dict(stored), "seconds": seconds}
    place = output / "done" / f"{key_of(path)}.json"
    with tables.unfinished(place) as beside:
        beside.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")
    return done


def _outcomes(path: str, settings: Settings) -> Iterator[_Outcome]:
    try:
        pages = hearsay.pages(path)
    except hearsay.HearsayError as error:
        return iter([error])
    return reader(settings.claims, settings.min_confidence).read_many(pages, threads=1)


def _counted(outcomes: Iterable[_Outcome], reasons: Counter[str]) -> Iterator[_Outcome]:
    for outcome in outcomes:
        if isinstance(outcome, hearsay.HearsayError):
            reasons[outcome.code] += 1
        yield outcome


def _stored(outcomes: Iterable[_Outcome], ledger: hearsay.Ledger, stored: Counter[str]) -> Iterator[_Outcome]:
    """Adds the records to a ledger before it hands them on. What the ledger cannot take (a record that needs too much
    memory) is in the tables all the same; when the ledger itself fails, so does the task."""
    batch: list[_Outcome] = []
    since = time.monotonic()
    for outcome in outcomes:
        batch.append(outcome)
        if len(batch) >= _BATCH or time.monotonic() - since > _BATCH_SECONDS:
            yield from _store(batch, ledger, stored)
            batch, since = [], time.monotonic()
    yield from _store(batch, ledger, stored)


def _store(batch: list[_Outcome], ledger: hearsay.Ledger, stored: Counter[str]) -> list[_Outcome]:
    records = [outcome for outcome in batch if isinstance(outcome, hearsay.Record)]
    for added in ledger.add_many(records, threads=1):
        stored["refused" if isinstance(added, hearsay.HearsayError) else added] += 1
    return batch


def run(
    spark: Any,
    inputs: list[str],
    output: str | os.PathLike[str],
    *,
    claims: bool = True,
    min_confidence: float = 0.0,
    ledger: str | None = None,
) -> Summary:
    """Reads those of the inputs that are not finished, one task each, and sums up all of them. `ledger` is where a
    hearsay.Ledger is, which is made where there is none. HearsayError where it fails, or another job writes."""
    folder = pathlib.Path(output).absolute()
    if ledger:
        ledger = ledger if "://" in ledger else os.path.abspath(ledger)
        hearsay.Ledger(ledger, write=True).close()
    for name in (*tables.SCHEMAS, "done"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    settings = settings_for(claims, min_confidence, ledger)
    summary = Summary()
    with open(folder / ".lock", "w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise hearsay.HearsayError("io", f"{folder}: another job writes there", str(folder)) from None
        for left_over in folder.glob("*/.*.unfinished"):
            left_over.unlink(missing_ok=True)
        wanted = []
        for path in sorted({os.path.abspath(path) for path in inputs}):
            done = finished(path, folder, settings)
            if done is None:
                wanted.append(path)
            else:
                summary.add(done)
                summary.finished_before += 1
        broken: list[hearsay.HearsayError] = []
        for done in _read_all(spark, wanted, folder, settings, ledger):
            if "error" in done:
                broken.append(hearsay.HearsayError(*done["error"]))
            else:
                summary.add(done)
    if broken:
        message = f"{len(broken)} of {len(wanted)} inputs are not finished: {broken[0].message}"
        raise hearsay.HearsayError(broken[0].code, message, broken[0].name)
    return summary


def _read_all(
    spark: Any, paths: list[str], output: pathlib.Path, settings: Settings, ledger: str | None
) -> Iterator[dict[str, Any]]:
    if not paths:
        return
    import pyarrow as pa

    def task(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for number in batch.column(0).to_pylist():
                path = paths[number]
                # Another attempt at this task may have finished it while this one waited for its turn.
                try:
                    done = finished(path, output, settings) or read_input(path, output, settings, ledger)
                except hearsay.HearsayError as error:
                    done = {"error": error.args}
                yield pa.RecordBatch.from_pydict({"done": [json.dumps(done)]})

    numbers = spark.range(0, len(paths), 1, numPartitions=len(paths))
    for row in numbers.mapInArrow(task, "done string").collect():
        yield json.loads(row.done)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="hearsay-spark", description="Read archives on a Spark cluster into Parquet tables."
    )
    parser.add_argument(
        "--input",
        action="append",
        required=True,
        metavar="PATTERN",
        help='files to read: WARC, JSON Lines, pages; may hold "*" and be given several times',
    )
    parser.add_argument("--output", required=True, metavar="DIR", help="where the tables go; resumes what is there")
    parser.add_argument("--no-claims", action="store_true", help="the articles alone")
    parser.add_argument("--min-confidence", type=float, default=0.0, metavar="P", help="leave out claims less sure than P")
    parser.add_argument("--ledger", metavar="LOCATION", help="also add the records to this ledger: postgresql://…")
    parser.add_argument("--master", metavar="URL", help="the cluster (default: what spark-submit says, else this machine)")
    parser.add_argument(
        "--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark's; may be given several times"
    )
    return parser


def _session(master: str | None, settings: list[str]) -> Any:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("hearsay-spark")
    if master:
        builder = builder.master(master)
    for setting in settings:
        key, _, value = setting.partition("=")
        builder = builder.config(key, value)
    return builder.getOrCreate()


def main(arguments: list[str] | None = None) -> int:
    """The command. Exit status: 0 all was read, 1 some pages or inputs failed, 2 wrong usage."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if not 0 <= given.min_confidence <= 1:
        parser.error("--min-confidence is a number from 0 to 1")
    if given.ledger and given.no_claims:
        parser.error("--ledger needs claims")
    inputs = [path for pattern in given.input for path in (glob.glob(pattern, recursive=True) or [pattern])]
    spark = _session(given.master, given.conf)
    try:
        summary = run(
            spark,
            inputs,
            given.output,
            claims=not given.no_claims,
            min_confidence=given.min_confidence,
            ledger=given.ledger,
        )
    except (hearsay.HearsayError, OSError) as error:
        print(f"hearsay-spark: {error}", file=sys.stderr)
        return 1
    finally:
        spark.stop()
    print(summary)
    return 1 if summary.failed or summary.stored["refused"] else 0


if __name__ == "__main__":
    sys.exit(main())
