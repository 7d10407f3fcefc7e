"""hearsay reads news pages and works out who claims what.

>>> import hearsay
>>> record = hearsay.read("Mayor speaks\\n\\nMayor Ana Brock said that the bridge is safe.\\n")
>>> for claim in record.claims:
...     print(claim.source_text, "/", claim.cue_text, "/", claim.content_text)
Mayor Ana Brock / said / that the bridge is safe

`read` takes one page, `read_many` any number of them on several threads, `pages` opens files, folders, archives, feeds
and addresses. Records are the ones that the command line prints (docs/record.schema.json), as frozen dataclasses.
A `Ledger` keeps them, finds claims and tells where they come from. `hearsay.tables` makes Arrow tables and Parquet files
of them, `hearsay.spark` reads pages on a cluster.
"""

from hearsay._hearsay import version as _version
from hearsay._ledger import (
    Added,
    Carrier,
    Cited,
    Counts,
    Hit,
    Hits,
    How,
    Ledger,
    Note,
    Origin,
    Person,
    Trace,
    Verdict,
)
from hearsay._reader import Page, Pageable, Reader, pages, read, read_many
from hearsay._record import (
    Claim,
    Comment,
    Entity,
    EntityType,
    Evidence,
    EvidenceKind,
    Manner,
    Record,
    Span,
    Stance,
)
from hearsay.errors import Code, HearsayError

__version__ = _version()

__all__ = [
    "Added",
    "Carrier",
    "Cited",
    "Claim",
    "Code",
    "Comment",
    "Counts",
    "Entity",
    "EntityType",
    "Evidence",
    "EvidenceKind",
    "HearsayError",
    "Hit",
    "Hits",
    "How",
    "Ledger",
    "Manner",
    "Note",
    "Origin",
    "Page",
    "Pageable",
    "Person",
    "Reader",
    "Record",
    "Span",
    "Stance",
    "Trace",
    "Verdict",
    "pages",
    "read",
    "read_many",
]
