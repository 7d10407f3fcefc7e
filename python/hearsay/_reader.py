"""Reading: pages in, records out. All work is the library's and runs without the GIL."""

from __future__ import annotations

import functools
import os
import pathlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

from hearsay import _hearsay
from hearsay._record import Record
from hearsay.errors import HearsayError

__all__ = ["Page", "Pageable", "Reader", "pages", "read", "read_many"]

MOST_BYTES = 64 << 20
MOST_MEMORY = 1 << 30

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Page:
    """A page, and what is known of it from outside; what the page says itself goes before that."""

    content: bytes | str
    """HTML, plain text, or text with stray markup. A `str` is taken as it is, whatever charset the page names."""
    name: str = "-"
    """Stands in the record's path and in errors."""
    url: str | None = None
    published: str | None = None
    """A date in any usual form."""
    language: str | None = None
    charset: str | None = None
    """As in HTTP's Content-Type."""
    kind: Literal["html", "text", "record"] | None = None
    """None: told from the content. "record": no page, but a record as a line of JSON, which a `Ledger` takes."""


Pageable: TypeAlias = "bytes | bytearray | memoryview | str | os.PathLike[str] | Page"
"""What can be read: a page's content (bytes, or a string), a path of a file that holds one page, or a `Page`."""


def pages(
    input: str | os.PathLike[str],
    *,
    max_bytes: int = MOST_BYTES,
    timeout: int = 30,
    allow_private: bool = False,
    records: bool = False,
) -> Iterator[Page | HearsayError]:
    """The pages of a file, folder, archive (WARC, JSON Lines), feed or http(s) address, one after another in constant
    memory. A page that cannot be had comes as an error in its place. An input that cannot be opened raises HearsayError.
    With `records`, a line of JSON that holds claims already comes as it is, with the kind "record".

    >>> import hearsay
    >>> [page.name for page in hearsay.pages("pages/sample")][:2]
    ['pages/sample/brenn-voice.html', 'pages/sample/carvelia-wire.html']
    """
    return _pages(_hearsay.Inputs(os.fspath(input), max_bytes, timeout, allow_private, records))


def _pages(inputs: _hearsay.Inputs) -> Iterator[Page | HearsayError]:
    while True:
        try:
            found = inputs.next()
        except HearsayError as error:
            yield error.with_traceback(None)
            continue
        if found is None:
            return
        content, name, kind, charset, url, published, language = found
        yield Page(content, name, url, published, language, charset, kind)


def _only_page(path: os.PathLike[str], max_bytes: int) -> Page:
    found = pages(path, max_bytes=max_bytes)
    first, second = next(found, None), next(found, None)
    name = os.fspath(path)
    if first is None:
        raise HearsayError("empty", f"{name}: no page in it", name)
    if isinstance(first, HearsayError):
        raise first
    if second is not None:
        raise HearsayError("argument", f"{name}: holds several pages, which read_many(pages(…)) reads", name)
    return first


class Reader:
    """Reads pages. One reader serves any number of threads; it holds the weights, which all readers share in memory.

    >>> import hearsay
    >>> articles = hearsay.Reader(claims=False)
    >>> articles.read("Bridge is safe\\n\\nAna Brock said that the bridge is safe.").claims is None
    True
    """

    def __init__(
        self,
        *,
        claims: bool = True,
        weights: str | os.PathLike[str] | None = None,
        max_bytes: int = MOST_BYTES,
        max_memory: int = MOST_MEMORY,
        min_confidence: float = 0.0,
    ) -> None:
        """`claims=False` reads articles alone. Claims less sure than `min_confidence` are left out. `weights` is another weights file than the one in the package; the
        environment's HEARSAY_WEIGHTS goes before the latter. A page of more than `max_bytes`, or that needs more than
        `max_memory`, is refused."""
        if weights is None:
            weights = os.environ.get("HEARSAY_WEIGHTS") or pathlib.Path(__file__).with_name("hearsay.hsw")
        self._reader = _hearsay.Reader(os.fspath(weights), claims, max_bytes, max_memory, min_confidence)
        self._max_bytes = max_bytes

    def read_json(self, page: Pageable, *, url: str | None = None) -> bytes:
        """The record of a page as the line of JSON that `hearsay read -f jsonl` prints, without the line's end."""
        if isinstance(page, os.PathLike):
            page = _only_page(page, self._max_bytes)
        elif isinstance(page, bytes | bytearray | memoryview | str):
            page = Page(page if isinstance(page, str) else bytes(page), name=url or "-")
        elif not isinstance(page, Page):
            raise TypeError(f"a page is bytes, str, a path or a hearsay.Page, not {type(page).__name__}")
        if page.kind == "record":
            raise HearsayError("argument", f"{page.name}: a record, not a page", page.name)
        content, charset = page.content, page.charset
        if isinstance(content, str):
            content, charset = _utf8(content), "utf-8"
        return self._reader.read(
            content,
            page.name,
            page.kind,
            charset,
            url or page.url,
            page.published,
            page.language,
        )

    def read(self, page: Pageable, *, url: str | None = None) -> Record:
        """The record of a page: see `hearsay.read`."""
        return Record.from_json(self.read_json(page, url=url))

    def read_many(
        self, pages: Iterable[Pageable | HearsayError], *, threads: int | None = None
    ) -> Iterator[Record | HearsayError]:
        """The records of many pages: see `hearsay.read_many`."""
        return in_order(self._outcome, pages, threads)

    def _outcome(self, page: Pageable | HearsayError) -> Record | HearsayError:
        if isinstance(page, HearsayError):
            return page
        try:
            return self.read(page)
        except HearsayError as error:
            return error.with_traceback(None)


def in_order(
    work: Callable[[_Given], _Made], items: Iterable[_Given], threads: int | None
) -> Iterator[_Made]:
    """What `work` makes of each, on so many threads (None: one a processor), in the order of the items."""
    if threads is not None and threads < 1:
        raise ValueError("threads must be at least 1")
    threads = threads or os.cpu_count() or 1
    return (work(item) for item in items) if threads == 1 else _on_threads(work, iter(items), threads)


def _on_threads(work: Callable[[_Given], _Made], items: Iterator[_Given], threads: int) -> Iterator[_Made]:
    """At most two items a thread are held at once. An exception of `items` itself comes after what was made of those
    before it."""
    pool = ThreadPoolExecutor(threads, thread_name_prefix="hearsay")
    waiting: deque[Future[_Made]] = deque()
    broken: BaseException | None = None
    try:
        more = True
        while more or waiting:
            while more and len(waiting) < 2 * threads:
                try:
                    waiting.append(pool.submit(work, next(items)))
                except StopIteration:
                    more = False
                except Exception as error:
                    more, broken = False, error
            if waiting:
                yield waiting.popleft().result()
        if broken is not None:
            raise broken
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _utf8(text: str) -> bytes:
    """Halves of a surrogate pair become what they mean together, and U+FFFD alone."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


@functools.lru_cache(maxsize=8)
def default_reader(min_confidence: float = 0.0) -> Reader:
    """Opened when it is first asked for: importing the package reads no weights."""
    return Reader(min_confidence=min_confidence)


def read(page: Pageable, *, url: str | None = None, min_confidence: float = 0.0) -> Record:
    """Reads one page: its content as bytes or a string (HTML, plain text, or text with stray markup), a path of a file
    that holds one page, or a `Page`. `url` is where it comes from. Claims less sure than `min_confidence` are left out. A
    page that holds no article gives a record with an empty text and a `why`. HearsayError where the page cannot be read.

    >>> import hearsay, pathlib
    >>> record = hearsay.read(pathlib.Path("pages/sample/harbour-post.html"))
    >>> record.outlet, record.published[:10]
    ('The Harbour Post', '2031-03-11')
    """
    return default_reader(min_confidence).read(page, url=url)


def read_many(
    pages: Iterable[Pageable | HearsayError], *, threads: int | None = None, min_confidence: float = 0.0
) -> Iterator[Record | HearsayError]:
    """Reads pages on several threads (by default, one a processor) and gives their records in the order of the pages, in
    constant memory: two pages a thread are held at once. A page that cannot be read gives a HearsayError in its place,
    as does a HearsayError among the pages, so that it can be fed by `hearsay.pages`.

    >>> import hearsay
    >>> page = "Bridge is safe\\n\\nAna Brock said that the bridge is safe.\\n"
    >>> for outcome in hearsay.read_many([page, b"\\x7fELF\\0\\0\\0\\1", page], threads=2):
    ...     if isinstance(outcome, hearsay.HearsayError):
    ...         print(outcome.code)
    ...     else:
    ...         print(len(outcome.claims))
    1
    binary
    1
    """
    return default_reader(min_confidence).read_many(pages, threads=threads)
