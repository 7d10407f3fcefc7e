"""What goes wrong, as one exception that says what kind it is and of which input."""

from __future__ import annotations

from typing import Literal

__all__ = ["Code", "HearsayError"]

Code = Literal["argument", "missing", "io", "empty", "binary", "limit", "format", "refused"]
"""What kind of error it is, as `hs_status` of hearsay.h names them:

=========  ==========================================================
argument   the call itself is wrong
missing    no such file, or it cannot be opened
io         reading or writing failed half-way
empty      the input holds nothing, or a folder no pages
binary     the input is not text
limit      a limit of size, depth, time or memory was reached
format     a file (the weights, an archive, a ledger) or record is damaged or of another version
refused    not read on purpose: a private address, or what robots.txt forbids
=========  ==========================================================
"""


class HearsayError(Exception):
    """An input that could not be read, or a question to a ledger that has no answer.

    >>> import hearsay
    >>> try:
    ...     hearsay.read(b"")
    ... except hearsay.HearsayError as error:
    ...     print(error.code, error.name, error.message, sep=" | ")
    empty | - | -: empty
    """

    def __init__(self, code: Code, message: str, name: str | None = None) -> None:
        super().__init__(code, message, name)
        self.code: Code = code
        self.message = message
        """One line, as the command line prints it; names the input where there is one."""
        self.name = name
        """The input: a page's name, or that of the file or address it comes from; the claim or name asked for; the ledger."""

    def __str__(self) -> str:
        return self.message

    def __eq__(self, other: object) -> bool:
        return self.args == other.args if isinstance(other, HearsayError) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.args)
