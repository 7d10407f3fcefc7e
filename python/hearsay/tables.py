"""Records as Arrow tables and Parquet files, for pandas, Polars, DuckDB and everything else that reads them.

Three tables hold all of a record and give it back unchanged. `PAGES` has a row a page, `CLAIMS` a row a claim and
`ENTITIES` a row an entity; `FAILED` has a row for each page that could not be read. `input` and `page` tell in all of
them which page a row belongs to: join on both. Each column's meaning stands in its schema (`field.metadata`).

>>> import hearsay
>>> from hearsay import tables
>>> made = tables.of([hearsay.read("Bridge is safe\\n\\nAna Brock said that the bridge is safe.")])
>>> made.pages.num_rows, made.claims["content_text"].to_pylist()
(1, ['that the bridge is safe'])
>>> tables.describe(tables.ENTITIES).splitlines()[2]
'id           string not null               of the page: "e1"'
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from hearsay._record import Claim, Record
from hearsay.errors import HearsayError

__all__ = ["CLAIMS", "ENTITIES", "FAILED", "PAGES", "Tables", "describe", "of", "read", "records", "write"]

_SPAN = pa.struct([pa.field("start", pa.int64(), False), pa.field("end", pa.int64(), False)])
_STRINGS = pa.list_(pa.field("element", pa.string(), False))
_SPANS = pa.list_(pa.field("element", _SPAN, False))
_EVIDENCE = pa.struct(
    [pa.field("mention", _SPAN, False), pa.field("kind", pa.string(), False), pa.field("status", pa.string())]
)
_COMMENT = pa.struct(
    [
        pa.field("id", pa.string(), False),
        *(pa.field(name, pa.string()) for name in ("author", "date", "text", "reply_to")),
    ]
)


def _column(name: str, type: Any, about: str, *, null: bool = False) -> Any:
    return pa.field(name, type, null, {"description": about})


_KEY = [
    _column("input", pa.string(), 'the file that the page was read from; "" where there is none'),
    _column("page", pa.int64(), "the page's number in the input, from 0; failed pages count"),
]

PAGES = pa.schema(
    [
        *_KEY,
        _column("path", pa.string(), "the page's name"),
        _column("url", pa.string(), "the page's own address, else the one it came from", null=True),
        _column("outlet", pa.string(), "who publishes it", null=True),
        _column("title", pa.string(), "its title", null=True),
        _column("authors", _STRINGS, "whom it names as authors"),
        _column("published", pa.string(), "ISO 8601: a date, or date and time with the stated zone", null=True),
        _column("language", pa.string(), "BCP 47 primary tag", null=True),
        _column("codes", pa.map_(pa.string(), pa.string()), "codes that it prints, by what they are of"),
        _column("credit", pa.string(), "the agency or outlet that the text is taken from", null=True),
        _column("comments", pa.list_(pa.field("element", _COMMENT, False)), "readers' comments"),
        _column("text", pa.string(), "title, blank line, paragraphs parted by blank lines; \"\": no article"),
        _column("why", pa.string(), "why there is no article", null=True),
        _column("has_claims", pa.bool_(), "false: claims were not asked for, or the language is not known"),
    ]
)

CLAIMS = pa.schema(
    [
        *_KEY,
        _column("id", pa.string(), 'of the page: "c1"'),
        _column("source", _SPANS, "who it is attributed to: code points of the page's text"),
        _column("cue", _SPANS, "the words that signal the attribution"),
        _column("content", _SPANS, "what is attributed"),
        _column("speaker", pa.string(), "the entity's id", null=True),
        _column("manner", pa.string(), "direct, mixed or indirect"),
        _column("stance", pa.string(), "what the claim does: asserts, denies, …"),
        _column("hedged", pa.bool_(), "weakened: allegedly, appears to"),
        _column("medium", pa.string(), "where it was said, verbatim", null=True),
        _column("parent", pa.string(), "the claim whose content holds this one", null=True),
        _column("disputes", _STRINGS, "the claims of the page that this one denies or contradicts"),
        _column("evidence", pa.list_(pa.field("element", _EVIDENCE, False)), "what it rests on"),
        _column("confidence", pa.float64(), "0 to 1"),
        _column("source_text", pa.string(), "the source's words"),
        _column("cue_text", pa.string(), "the cue's words"),
        _column("content_text", pa.string(), "the content's words; … where it is interrupted"),
        _column("speaker_name", pa.string(), "the speaker's fullest name in the page", null=True),
    ]
)

ENTITIES = pa.schema(
    [
        *_KEY,
        _column("id", pa.string(), 'of the page: "e1"'),
        _column("name", pa.string(), "the fullest form in the page"),
        _column("aliases", _STRINGS, "the other forms"),
        _column("type", pa.string(), "person, organization, …", null=True),
        _column("role", pa.string(), "as the page has it", null=True),
        _column("affiliation", pa.string(), "as the page has it", null=True),
    ]
)

FAILED = pa.schema(
    [
        *_KEY,
        _column("code", pa.string(), "what kind of error: see hearsay.Code"),
        _column("message", pa.string(), "one line that names the page"),
    ]
)

# By the name of the table, which is also that of its file or folder.
SCHEMAS: Mapping[str, Any] = {"pages": PAGES, "claims": CLAIMS, "entities": ENTITIES, "failed": FAILED}

# Columns that are worked out from others, and are none of the record's own.
_DERIVED = {"input", "page", "has_claims", "source_text", "cue_text", "content_text", "speaker_name"}

# How many pages, and characters of their texts, are held before they are written.
_MOST_PAGES = 1000
_MOST_TEXT = 16 << 20


class Tables(NamedTuple):
    """What `of` makes of records."""

    pages: Any
    claims: Any
    entities: Any
    failed: Any


class _Rows:
    """Gathers outcomes as rows."""

    def __init__(self, input: str) -> None:
        self.input = input
        self.page = 0
        self.rows: dict[str, list[dict[str, Any]]]
        self._empty()

    def _empty(self) -> None:
        self.rows = {name: [] for name in SCHEMAS}
        self.held = self.text = 0

    def full(self) -> bool:
        return self.held >= _MOST_PAGES or self.text >= _MOST_TEXT

    def add(self, outcome: Record | HearsayError) -> None:
        key = {"input": self.input, "page": self.page}
        self.page += 1
        self.held += 1
        if isinstance(outcome, HearsayError):
            self.rows["failed"].append({**key, "code": outcome.code, "message": outcome.message})
            return
        self.text += len(outcome.text)
        line = outcome.to_dict()
        self.rows["entities"] += [{**key, **entity} for entity in line.pop("entities")]
        line.pop("claims")
        self.rows["pages"].append(
            {**key, **line, "codes": list(line["codes"].items()), "has_claims": outcome.claims is not None}
        )
        self.rows["claims"] += [{**key, **claim_row(outcome, claim)} for claim in outcome.claims or ()]

    def take(self) -> Tables:
        """The rows so far, as tables; what comes next starts anew, but for the numbers of the pages."""
        made = Tables(**{name: pa.Table.from_pylist(rows, SCHEMAS[name]) for name, rows in self.rows.items()})
        self._empty()
        return made


def _span(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def claim_row(record: Record, claim: Claim) -> dict[str, Any]:
    speaker = record.speaker(claim)
    return {
        "id": claim.id,
        "source": [_span(span) for span in claim.source],
        "cue": [_span(span) for span in claim.cue],
        "content": [_span(span) for span in claim.content],
        "speaker": claim.speaker,
        "manner": claim.manner,
        "stance": claim.stance,
        "hedged": claim.hedged,
        "medium": claim.medium,
        "parent": claim.parent,
        "disputes": claim.disputes,
        "evidence": [{"mention": _span(e.mention), "kind": e.kind, "status": e.status} for e in claim.evidence],
        "confidence": claim.confidence,
        "source_text": claim.source_text,
        "cue_text": claim.cue_text,
        "content_text": claim.content_text,
        "speaker_name": speaker and speaker.name,
    }


def of(outcomes: Iterable[Record | HearsayError], *, input: str = "") -> Tables:
    """Tables of records, all held in memory: what `read_many` gives can go in as it comes."""
    rows = _Rows(input)
    for outcome in outcomes:
        rows.add(outcome)
    return rows.take()


def write(
    outcomes: Iterable[Record | HearsayError],
    folder: str | os.PathLike[str],
    *,
    input: str = "",
) -> dict[str, int]:
    """Writes pages.parquet, claims.parquet, entities.parquet and failed.parquet into a folder, in constant memory, and
    gives the number of rows in each. A file has its name when it is whole, not before.

    >>> import hearsay, tempfile
    >>> from hearsay import tables
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     counts = tables.write(hearsay.read_many(hearsay.pages("pages/sample")), folder)
    ...     back = list(tables.records(tables.read(folder)))
    >>> counts["pages"], counts["failed"], len(back)
    (7, 0, 7)
    """
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {name: folder / f"{name}.parquet" for name in SCHEMAS}
    return write_files(outcomes, paths, input=input)


def write_files(
    outcomes: Iterable[Record | HearsayError], paths: Mapping[str, pathlib.Path], *, input: str
) -> dict[str, int]:
    """As `write`, with a path for each table of SCHEMAS."""
    counts = dict.fromkeys(SCHEMAS, 0)
    rows = _Rows(input)
    with contextlib.ExitStack() as whole:
        beside = {name: whole.enter_context(unfinished(path)) for name, path in paths.items()}
        with contextlib.ExitStack() as opened:
            writers = {
                name: opened.enter_context(pq.ParquetWriter(path, SCHEMAS[name], compression="zstd"))
                for name, path in beside.items()
            }
            for outcome in outcomes:
                rows.add(outcome)
                if rows.full():
                    _flush(rows, writers, counts)
            _flush(rows, writers, counts)
    return counts


@contextlib.contextmanager
def unfinished(path: pathlib.Path) -> Iterator[pathlib.Path]:
    """A place beside `path` to write to: moved to `path` in the end, removed where that is not reached."""
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}.unfinished")
    try:
        yield beside
        with open(beside, "rb") as written:
            os.fsync(written.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _flush(rows: _Rows, writers: Mapping[str, Any], counts: dict[str, int]) -> None:
    for name, table in rows.take()._asdict().items():
        counts[name] += table.num_rows
        if table.num_rows:
            writers[name].write_table(table)


def read(folder: str | os.PathLike[str]) -> Tables:
    """The tables that `write` or `hearsay-spark` left in a folder."""
    folder = pathlib.Path(folder)
    found = {}
    for name, schema in SCHEMAS.items():
        path = folder / name
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [folder / f"{name}.parquet"]
        found[name] = pa.concat_tables([schema.empty_table(), *(pq.read_table(file, schema=schema) for file in files)])
    return Tables(**found)


def records(tables: Tables) -> Iterator[Record]:
    """The records that tables were made of, in the order of the pages' rows."""
    entities = _by_page(tables.entities)
    claims = _by_page(tables.claims)
    for batch in tables.pages.to_batches(max_chunksize=_MOST_PAGES):
        for row in batch.to_pylist():
            key = row["input"], row["page"]
            line = {name: value for name, value in row.items() if name not in _DERIVED}
            if line["why"] is None:
                del line["why"]
            line["entities"] = entities.get(key, [])
            line["claims"] = [_claim_of(claim) for claim in claims.get(key, [])] if row["has_claims"] else None
            yield Record.from_dict(line)


def _by_page(table: Any) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        key = row["input"], row["page"]
        found.setdefault(key, []).append({name: value for name, value in row.items() if name not in _DERIVED})
    return found


def _claim_of(row: dict[str, Any]) -> dict[str, Any]:
    for name in ("source", "cue", "content"):
        row[name] = [(span["start"], span["end"]) for span in row[name]]
    for evidence in row["evidence"]:
        evidence["mention"] = (evidence["mention"]["start"], evidence["mention"]["end"])
    return row


def describe(schema: Any) -> str:
    """A schema for people: a line for each column, with its type and what it means."""
    lines = []
    for column in schema:
        kind = str(column.type).replace("element: ", "") + ("" if column.nullable else " not null")
        lines.append(f"{column.name:12} {kind:29} {column.metadata[b'description'].decode()}")
    return "\n".join(lines)
