# What src/_hearsay.c offers the package.

_Page = tuple[bytes, str, int, str | None, str | None, str | None, str | None]

class Reader:
    def __new__(cls, weights: str, claims: bool, max_bytes: int, max_memory: int) -> Reader: ...
    def read(
        self,
        content: bytes,
        name: str,
        kind: int,
        charset: str | None,
        url: str | None,
        published: str | None,
        language: str | None,
        /,
    ) -> bytes: ...

class Inputs:
    def __new__(cls, input: str, max_bytes: int, timeout: int, allow_private: bool) -> Inputs: ...
    def next(self) -> _Page | None: ...

def version() -> str: ...
