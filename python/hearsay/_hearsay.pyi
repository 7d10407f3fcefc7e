# What src/_hearsay.c offers the package.

from typing import Any, Literal

_Page = tuple[bytes, str, Literal["html", "text", "record"] | None, str | None, str | None, str | None, str | None]

class Reader:
    def __new__(
        cls, weights: str, claims: bool, max_bytes: int, max_memory: int, min_confidence: float
    ) -> Reader: ...
    def read(
        self,
        content: bytes,
        name: str,
        kind: str | None,
        charset: str | None,
        url: str | None,
        published: str | None,
        language: str | None,
        /,
    ) -> bytes: ...

class Inputs:
    def __new__(cls, input: str, max_bytes: int, timeout: int, allow_private: bool, records: bool) -> Inputs: ...
    def next(self) -> _Page | None: ...

# Lines of JSON by their pages' ids, and what cites them: nested tuples, whose parts stand as in hearsay.h's structs.
_Answer = tuple[dict[str, bytes], Any]

class Ledger:
    def __new__(cls, location: str, write: bool, max_memory: int) -> Ledger: ...
    def close(self) -> None: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def add(self, json: bytes, name: str, /) -> Literal["new", "changed", "known"]: ...
    def count(self) -> tuple[int, int, int, int]: ...
    def find(
        self,
        words: str | None,
        speaker: str | None,
        outlet: str | None,
        stance: str | None,
        manner: str | None,
        since: str | None,
        until: str | None,
        code: str | None,
        old: bool,
        limit: int,
        /,
    ) -> _Answer: ...
    def who(self, name: str, limit: int, /) -> _Answer: ...
    def trace(self, claim: str, /) -> _Answer: ...
    def note(
        self,
        claim: str,
        text: str,
        verdict: str | None,
        link: str | None,
        author: str | None,
        reply_to: str | None,
        /,
    ) -> str: ...
    def notes(self) -> _Answer: ...

def version() -> str: ...
