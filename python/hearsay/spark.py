"""Reading pages on a Spark cluster. hearsay has to be installed where the executors run.

>>> from hearsay.spark import read_pages                                                        # doctest: +SKIP
>>> pages = spark.read.parquet("crawl.parquet").select("url", "content")                        # doctest: +SKIP
>>> read_pages(pages).selectExpr("url", "explode(claims) AS claim").show()                      # doctest: +SKIP

Archives are better read by the job `hearsay-spark` (hearsay.spark_job), which never takes their pages through the JVM.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_type

from hearsay._reader import Page, Reader
from hearsay._record import Record
from hearsay.errors import HearsayError
from hearsay.tables import CLAIMS, ENTITIES, PAGES, claim_row

__all__ = ["RECORD", "read_pages"]

_KNOWN = ("name", "url", "published", "language", "charset", "kind")
_KEY = ("input", "page")
_BATCH = 64  # records that are held before they are handed on


def _struct(schema: Any) -> Any:
    return pa.struct([column for column in schema if column.name not in _KEY])


RECORD = pa.schema(
    [
        *(column.with_nullable(True) for column in PAGES if column.name not in (*_KEY, "has_claims")),
        pa.field("entities", pa.list_(pa.field("element", _struct(ENTITIES), False))),
        pa.field("claims", pa.list_(pa.field("element", _struct(CLAIMS), False))),
        pa.field(
            "error", pa.struct([pa.field("code", pa.string(), False), pa.field("message", pa.string(), False)])
        ),
    ]
)
"""What `read_pages` makes of a page: the record's fields, with entities and claims as arrays of structs that have the
columns of hearsay.tables, and `error`, which says why there is no record (all other columns but `path` are null then)."""


@functools.cache
def reader(claims: bool, min_confidence: float = 0.0) -> Reader:
    """One a Python worker: its weights are mapped once, whatever the number of tasks."""
    return Reader(claims=claims, min_confidence=min_confidence)


def read_pages(df: DataFrame, *, claims: bool = True, min_confidence: float = 0.0) -> DataFrame:
    """Reads the pages in a data frame: a row of RECORD for each of its rows. Claims less sure than `min_confidence` are
    left out.

    `content` (binary or string) is the page. Where they are there, `name`, `url`, `published`, `language`, `charset` and
    `kind` say what is known of it from outside, as in `hearsay.Page`. All other columns are handed on as they are.

    A batch is `spark.sql.execution.arrow.maxRecordsPerBatch` pages: for large pages, set it well below its 10,000.
    """
    if "content" not in df.columns:
        raise ValueError("read_pages needs a column named content")
    kept = [column for column in df.schema if column.name not in ("content", *_KNOWN)]
    clash = {column.name for column in kept} & set(RECORD.names)
    if clash:
        raise ValueError(f"columns named as the record's own: {', '.join(sorted(clash))}")
    schema = pa.schema([pa.field(column.name, to_arrow_type(column.dataType)) for column in kept])
    schema = pa.schema([*schema, *RECORD])
    reading = _reading([column.name for column in kept], schema, claims, min_confidence)
    return df.mapInArrow(reading, from_arrow_schema(schema))


def _reading(
    kept: list[str], schema: Any, claims: bool, min_confidence: float
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    def read(batches: Iterable[Any]) -> Iterator[Any]:
        for batch in batches:
            for start in range(0, batch.num_rows, _BATCH):
                piece = batch.slice(start, _BATCH)
                rows = [_row(page, reader(claims, min_confidence)) for page in _pages(piece)]
                made = pa.RecordBatch.from_pylist(rows, RECORD)
                yield pa.RecordBatch.from_arrays([*(piece.column(name) for name in kept), *made.columns], schema=schema)

    return read


def _pages(batch: Any) -> Iterator[Page]:
    columns = [name for name in _KNOWN if name in batch.schema.names]
    for row in batch.select(["content", *columns]).to_pylist():
        content = row.pop("content")
        known = {name: value for name, value in row.items() if value is not None}
        known.setdefault("name", known.get("url", "-"))
        yield Page(content if content is not None else b"", **known)


def _row(page: Page, reader: Reader) -> dict[str, Any]:
    try:
        return _record_row(reader.read(page))
    except HearsayError as error:
        return {"path": page.name, "error": {"code": error.code, "message": error.message}}


def _record_row(record: Record) -> dict[str, Any]:
    row = record.to_dict()
    row["codes"] = list(row["codes"].items())
    if record.claims is not None:
        row["claims"] = [claim_row(record, claim) for claim in record.claims]
    return row
