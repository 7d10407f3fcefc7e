"""What the package's tests share: where things are, what is there, and archives to read."""

from __future__ import annotations

import gzip
import importlib.util
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest
from collections.abc import Iterable

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("HEARSAY") or str(ROOT / "build" / "hearsay")
SAMPLES = sorted((ROOT / "pages" / "sample").iterdir())

BRIDGE = "Bridge is safe\n\nAna Brock said that the bridge is safe.\n"
BINARY = b"\x7fELF\0\0\0\1"


def needs(*modules: str, programs: Iterable[str] = ()) -> None:
    """Skips a test, and says why, where what it needs is not installed."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    missing += [name for name in programs if shutil.which(name) is None]
    if missing:
        raise unittest.SkipTest(f"not installed: {', '.join(missing)}")


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    maxDiff = 4000

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="hearsay-python-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)


def run(command: str, *arguments: str | os.PathLike[str]) -> list[str]:
    """The lines that the command line prints; its complaints are another matter."""
    done = subprocess.run(
        [PROGRAM, command, *(os.fspath(argument) for argument in arguments)], cwd=ROOT, capture_output=True, check=False, env=environment()
    )
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.decode().split("\n")[:-1]


def lines(*inputs: str | os.PathLike[str]) -> list[str]:
    """The records that the command line makes of the inputs."""
    return run("read", "-f", "jsonl", *inputs)


def environment(**more: str) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "HEARSAY_WEIGHTS"} | more


def response(url: str, content: bytes, kind: str = "text/html") -> bytes:
    """A page as a WARC record of its own."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-12T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def archive(path: pathlib.Path, pages: Iterable[tuple[str, bytes]]) -> pathlib.Path:
    """A .warc.gz with these pages, each packed on its own, as crawlers do."""
    with open(path, "wb") as file:
        for url, content in pages:
            file.write(gzip.compress(response(url, content), 1, mtime=0))
    return path


def sample_pages(number: int = 0) -> list[tuple[str, bytes]]:
    """The sample pages, with a page that cannot be read in their midst; their addresses, also those that the pages state
    as their own, differ by `number`."""
    own = f".example/{number}/".encode()
    made = [
        (f"https://news.example/{number}/{path.name}", path.read_bytes().replace(b".example/", own)) for path in SAMPLES
    ]
    return [*made[:3], (f"https://news.example/{number}/broken", BINARY), *made[3:]]
