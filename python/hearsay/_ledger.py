"""The ledger: many pages, and what their claims have to do with one another. The classes mirror hearsay.h's structs."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, NamedTuple

from hearsay import _hearsay
from hearsay._reader import MOST_MEMORY, Page, Pageable, Reader, default_reader, in_order
from hearsay._record import Claim, Manner, Record, Stance
from hearsay.errors import HearsayError

__all__ = [
    "Added",
    "Carrier",
    "Cited",
    "Counts",
    "Hit",
    "Hits",
    "How",
    "Ledger",
    "Note",
    "Origin",
    "Person",
    "Trace",
    "Verdict",
]

Added = Literal["new", "changed", "known"]
"""What adding a page did: "changed" is a new version of a page that the ledger has; the old one stays."""
Verdict = Literal["confirmed", "refuted", "unproven", "misleading"]
How = Literal["first-hand", "cites", "credits", "copies", "quotes"]
"""How a page had a claim:

==========  =====================================================================================
first-hand  from the speaker: told this page's outlet, or in public, as far as the page says
cites       it names another outlet as the one that reported it
credits     its text is credited to another outlet or agency
copies      its text is another page's, in part at least, without saying so
quotes      the same quotation stood in an interview elsewhere before, without saying so
==========  =====================================================================================
"""


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim where it stands. Ids are the same in every ledger that holds the same page."""

    id: str
    """ "0123456789ab.c4": the page's id and the one that its record gives the claim."""
    page: str
    """The page's id."""
    record: Record
    claim: Claim
    speaker: str | None
    """Whose it is, as far as the page tells: a name where there is one."""
    outlet: str
    """The record's, else its host or the name of its file."""
    old: bool
    """A newer version of the page is in the ledger."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody who checked a claim wrote down."""

    id: str
    cited: Cited
    text: str
    link: str | None
    author: str | None
    verdict: Verdict | None
    reply_to: str | None
    """Another note's id."""
    made: str
    """When: "2031-03-14T09:26:53Z"."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A claim that was found."""

    cited: Cited
    n_same: int
    """Claims of other pages that are the same."""
    n_notes: int
    score: float
    """0 to 1: how well it fits what was looked for."""


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found, the best first: `for hit in hits`, `len(hits)`, `hits[0]`."""

    hits: tuple[Hit, ...]
    more: bool
    """There are others."""

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, index: int) -> Hit:
        return self.hits[index]


@dataclass(frozen=True, slots=True)
class Person:
    """One name in a ledger, with the claims that are surely its bearer's."""

    id: str
    name: str
    """As a page first had it."""
    roles: tuple[str, ...]
    """Each once, the newest first."""
    claims: tuple[Cited, ...]
    """The newest page first, as many as were asked for."""
    n_pages: int
    n_denials: int
    outlets: tuple[tuple[str, int], ...]
    """With how many claims, most first. These and the other counts are of all claims on the newest 400 pages that mention the name."""
    stances: tuple[tuple[str, int], ...]
    days: tuple[tuple[str, int], ...]
    """Ascending."""
    maybe: bool
    """The name asked for may mean this one, but the ledger does not tell."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A page that carries a claim."""

    cited: Cited
    how: How
    had_from: int | None
    """The number of the carrier that it had it from; None: none in the ledger."""
    from_name: str | None
    """The outlet that it had it from, as it says; None where `how` is "first-hand"."""
    shared: float
    """Share of this page's words that stand on the page that it was copied from."""
    origin: int
    """A number in the trace's origins."""
    chain: tuple[str, ...]
    """Who had it from whom, from whoever said it first to this page's outlet."""
    evidence: tuple[str, ...]
    """What this page adds: words of its text that no page before it in the chain has."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim came into the news."""

    label: str
    """ "The Harbour Post, told by Ilsa Maren"."""
    n_carriers: int
    """Pages that go back to it."""
    outside: bool
    """An outlet whose page is not in the ledger."""
    circular: bool
    """Pages that cite one another in a circle, none of which had it at first hand."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a claim comes from."""

    claim: Cited
    """The one asked for."""
    carriers: tuple[Carrier, ...]
    """The earliest first."""
    origins: tuple[Origin, ...]
    disputes: tuple[Cited, ...]
    """Claims that deny or contradict it."""
    notes: tuple[Note, ...]
    """On it and on the same claim elsewhere, oldest first."""
    n_outlets: int


class Counts(NamedTuple):
    """How much is in a ledger; versions of pages count each."""

    pages: int
    claims: int
    notes: int
    held: int
    """Notes that wait to be released; they are not among the others."""


class _Line(NamedTuple):
    """A record that is to be added."""

    json: bytes
    name: str


# What is held before it is stored. While nothing is being stored, others may write.
_BATCH_LINES = 2000
_BATCH_BYTES = 16 << 20
_BATCH_SECONDS = 1.0


class Ledger:
    """Keeps the records of many pages and answers what their claims have to do with one another: a file, or
    "postgresql://…" for a ledger on a server, which others share. `write=True` makes it where there is none.

    Several threads may use one ledger: they take turns. Several processes may have it open and add to it. A page is in
    it wholly or not at all, whatever happens to the process.

    >>> import hearsay, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, hearsay.Ledger(f"{folder}/news.db", write=True) as ledger:
    ...     added = ledger.add_many(hearsay.pages("pages/sample"))
    ...     hits = ledger.find("anchor")
    ...     trace = ledger.trace(hits[0].cited)
    >>> set(added)
    {'new'}
    >>> all("anchor" in hit.cited.claim.content_text for hit in hits)
    True
    >>> trace.claim.id == hits[0].cited.id, trace.carriers[0].how
    (True, 'first-hand')
    """

    def __init__(
        self,
        location: str | os.PathLike[str],
        *,
        write: bool = False,
        reader: Reader | None = None,
        max_memory: int = MOST_MEMORY,
    ) -> None:
        """`reader` reads the pages that are added (default: as `hearsay.read` does). A call that needs more than
        `max_memory` is refused. HearsayError: "missing" where there is no ledger, "format" where it is damaged, of a
        newer version, or no ledger at all."""
        self._handle = _hearsay.Ledger(os.fspath(location), write, max_memory)
        self._reader = reader
        self._turn = threading.RLock()
        self._begun = False
        self._lost: HearsayError | None = None  # why the transaction that has begun is no more

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives it back; other calls are a ValueError from then on. A transaction that has not ended is dropped."""
        with self._turn:
            self._handle.close()

    # Adding

    def add(self, page: Pageable | Record) -> Added:
        """Adds a page, which is read first, or a record. What the ledger has already is left as it is. HearsayError where
        the page cannot be read or the record is none.

        >>> import hearsay, tempfile
        >>> page = "Bridge is safe\\n\\nAna Brock said that the bridge is safe."
        >>> with tempfile.TemporaryDirectory() as folder, hearsay.Ledger(f"{folder}/l.db", write=True) as ledger:
        ...     ledger.add(page), ledger.add(hearsay.read(page)), ledger.count()
        ('new', 'known', Counts(pages=1, claims=1, notes=0, held=0))
        """
        return self._add(self._line(page))

    def add_json(self, line: str | bytes, *, name: str = "-") -> Added:
        """Adds a record as a line of JSON: one that `hearsay read -f jsonl` printed, or that another program made
        (docs/record.schema.json). `name` stands in errors."""
        return self.add(Page(line, name, kind="record"))

    def add_many(
        self, pages: Iterable[Pageable | Record | HearsayError], *, threads: int | None = None
    ) -> list[Added | HearsayError]:
        """Adds many, read on several threads (by default, one a processor), and gives for each what `add` would. A page
        that cannot be read gives a HearsayError in its place, as does a HearsayError among the pages.

        They are stored in their order, many in one transaction, a transaction a second or so; within `transaction` all
        are one. When this breaks off, what has been stored stays, and all may be added again.
        """
        outcomes: list[Added | HearsayError] = []
        batch: list[_Line | HearsayError] = []
        held, since = 0, 0.0
        for line in in_order(self._line_or_error, pages, threads):
            if not batch:
                held, since = 0, time.monotonic()
            batch.append(line)
            held += 0 if isinstance(line, HearsayError) else len(line.json)
            if len(batch) >= _BATCH_LINES or held >= _BATCH_BYTES or time.monotonic() - since > _BATCH_SECONDS:
                outcomes += self._store(batch)
                batch = []
        return outcomes + self._store(batch)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is added and noted within is stored together, or not at all where an exception leaves the block. Other
        writers wait, so it should be short.

        >>> import hearsay, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hearsay.Ledger(f"{folder}/l.db", write=True) as ledger:
        ...     with ledger.transaction():
        ...         for number in range(3):
        ...             _ = ledger.add(hearsay.Page("Ana Brock said that the bridge is safe.", name=str(number)))
        ...     ledger.count().pages
        3
        """
        with self._turn:
            self._handle.begin()
            self._begun = True
            try:
                yield
                if self._lost:
                    raise self._lost
                self._handle.commit()
            except BaseException:
                self._handle.rollback()
                raise
            finally:
                self._begun, self._lost = False, None

    def _line(self, page: Pageable | Record) -> _Line:
        if isinstance(page, Record):
            return _Line(page.to_json().encode(), page.path)
        if isinstance(page, Page) and page.kind == "record":
            content = page.content
            return _Line(content.encode(errors="replace") if isinstance(content, str) else content, page.name)
        name = os.fspath(page) if isinstance(page, os.PathLike) else page.name if isinstance(page, Page) else "-"
        return _Line((self._reader or default_reader()).read_json(page), name)

    def _line_or_error(self, page: Pageable | Record | HearsayError) -> _Line | HearsayError:
        if isinstance(page, HearsayError):
            return page
        try:
            return self._line(page)
        except HearsayError as error:
            return error.with_traceback(None)

    def _add(self, line: _Line) -> Added:
        with self._turn:
            if self._lost:
                raise self._lost
            try:
                return self._handle.add(*line)
            except HearsayError as error:
                self._look_for_transaction(error)
                raise

    def _look_for_transaction(self, error: HearsayError) -> None:
        """A record that is wrong leaves a transaction as it was; an error of the store ends it, and what is added after
        that would be stored by itself."""
        if not self._begun or self._lost:
            return
        try:
            self._handle.begin()  # refused while one stands
        except HearsayError as refused:
            self._lost = None if refused.code == "argument" else error
        else:
            self._handle.rollback()
            self._lost = error

    def _store(self, batch: list[_Line | HearsayError]) -> list[Added | HearsayError]:
        outcomes: list[Added | HearsayError] = []
        with self._turn, contextlib.nullcontext() if self._begun or not batch else self.transaction():
            for line in batch:
                try:
                    outcomes.append(line if isinstance(line, HearsayError) else self._add(line))
                except HearsayError as error:
                    if self._lost:
                        raise
                    outcomes.append(error.with_traceback(None))
        return outcomes

    # Asking

    def count(self) -> Counts:
        """How much is in it."""
        with self._turn:
            return Counts(*self._handle.count())

    def find(
        self,
        words: str | None = None,
        *,
        speaker: str | None = None,
        outlet: str | None = None,
        stance: Stance | None = None,
        manner: Manner | None = None,
        since: str | None = None,
        until: str | None = None,
        code: str | None = None,
        old: bool = False,
        limit: int = 20,
    ) -> Hits:
        """Claims that hold all of the words, in any form ('sell' finds "sold" not, but "sells"); words in quotation marks
        stand side by side. `speaker` and `outlet` are words of their names, `since` and `until` days ("2031-03-12", both
        included), `code` one that the page prints. At least one of these must be given. `old` looks in older versions
        of pages as well. HearsayError "argument" for words that are none, or a stance or day that does not exist."""
        if limit < 1:
            raise ValueError("limit must be at least 1")
        with self._turn:
            lines, (hits, more) = self._handle.find(
                words, speaker, outlet, stance, manner, since, until, code, old, limit
            )
        answer = _Answer(lines)
        return Hits(tuple(answer.hit(hit) for hit in hits), more)

    def who(self, name: str, *, limit: int = 20) -> tuple[Person, ...]:
        """Who bears a name: a full name, a surname, an acronym; sure ones first, with `limit` claims each at most. What
        cannot be told apart is told as several. HearsayError "missing" where nobody has it.

        >>> import hearsay, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hearsay.Ledger(f"{folder}/l.db", write=True) as ledger:
        ...     _ = ledger.add("Ana Brock, the mayor, said that the bridge is safe.")
        ...     [person] = ledger.who("Brock")
        >>> person.name, person.n_pages, person.claims[0].claim.content_text
        ('Ana Brock', 1, 'that the bridge is safe')
        """
        if limit < 1:
            raise ValueError("limit must be at least 1")
        with self._turn:
            lines, persons = self._handle.who(name, limit)
        answer = _Answer(lines)
        return tuple(answer.person(person) for person in persons)

    def trace(self, claim: str | Cited) -> Trace:
        """Where a claim comes from. A claim is one that an answer cites, its id (of the page's part, a beginning that no
        other has will do), "PATH#c1" or "ADDRESS#c1". HearsayError "missing" where there is none."""
        with self._turn:
            lines, trace = self._handle.trace(_id(claim))
        return _Answer(lines).trace(trace)

    # Notes

    def note(
        self,
        claim: str | Cited,
        text: str,
        *,
        verdict: Verdict | None = None,
        link: str | None = None,
        author: str | None = None,
        reply_to: str | Note | None = None,
    ) -> str:
        """Writes down what checking a claim found, and gives the note's id. Notes are never changed: a correction is a new
        note, with `reply_to`.

        >>> import hearsay, tempfile
        >>> with tempfile.TemporaryDirectory() as folder, hearsay.Ledger(f"{folder}/l.db", write=True) as ledger:
        ...     _ = ledger.add("Ana Brock said that the bridge is safe.")
        ...     claim = ledger.find("bridge")[0].cited
        ...     first = ledger.note(claim, "No report says so.", verdict="unproven", author="A. Checker")
        ...     _ = ledger.note(claim, "The inspection of May does.", verdict="confirmed", reply_to=first)
        ...     [(note.verdict, note.author, note.reply_to == first) for note in ledger.trace(claim).notes]
        [('unproven', 'A. Checker', False), ('confirmed', None, True)]
        """
        answered = reply_to.id if isinstance(reply_to, Note) else reply_to
        with self._turn:
            if self._lost:
                raise self._lost
            try:
                return self._handle.note(_id(claim), text, verdict, link, author, answered)
            except HearsayError as error:
                self._look_for_transaction(error)
                raise

    def notes(self) -> tuple[Note, ...]:
        """All notes, oldest first."""
        with self._turn:
            lines, notes = self._handle.notes()
        answer = _Answer(lines)
        return tuple(answer.note(note) for note in notes)


def _id(claim: str | Cited) -> str:
    return claim.id if isinstance(claim, Cited) else claim


class _Answer:
    """Makes dataclasses of an answer's tuples; each record once."""

    def __init__(self, lines: dict[str, bytes]) -> None:
        self.records = {page: Record.from_json(line) for page, line in lines.items()}

    def cited(self, parts: Any) -> Cited:
        id, page, claim, speaker, outlet, old = parts
        record = self.records[page]
        return Cited(id, page, record, (record.claims or ())[claim], speaker, outlet, old)

    def note(self, parts: Any) -> Note:
        id, cited, *rest = parts
        return Note(id, self.cited(cited), *rest)

    def hit(self, parts: Any) -> Hit:
        cited, *rest = parts
        return Hit(self.cited(cited), *rest)

    def person(self, parts: Any) -> Person:
        id, name, roles, claims, *rest = parts
        return Person(id, name, roles, tuple(map(self.cited, claims)), *rest)

    def carrier(self, parts: Any) -> Carrier:
        cited, *rest = parts
        return Carrier(self.cited(cited), *rest)

    def trace(self, parts: Any) -> Trace:
        claim, carriers, origins, disputes, notes, n_outlets = parts
        return Trace(
            self.cited(claim),
            tuple(map(self.carrier, carriers)),
            tuple(Origin(*origin) for origin in origins),
            tuple(map(self.cited, disputes)),
            tuple(map(self.note, notes)),
            n_outlets,
        )
