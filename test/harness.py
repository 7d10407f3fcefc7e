"""What the end-to-end tests share: where things are, and running the program with its memory measured.

Runs by meson with HEARSAY (the program) set, or by hand from the repository's root with build/hearsay. Standard library only.
"""
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("HEARSAY") or os.path.join(ROOT, "build", "hearsay")
SANITIZED = bool(os.environ.get("HEARSAY_SANITIZED"))
SAMPLES = "pages/sample"
MIB = 1 << 20


class Result:
    def __init__(self, status, out, err, peak, seconds):
        self.status, self.out, self.err, self.peak, self.seconds = status, out, err, peak, seconds

    @property
    def complaints(self):
        return self.err.decode("utf-8", "replace").splitlines()


def run(*arguments, stdin=b"", env=None, stdout=None, preexec=None):
    """Runs the program from the repository's root; peak is its largest resident set in bytes."""
    start = time.monotonic()
    environment = {k: v for k, v in os.environ.items() if k not in ("HEARSAY_WEIGHTS", "NO_COLOR")}
    environment.update(env or {})
    with tempfile.TemporaryFile() as source:
        source.write(stdin)
        source.seek(0)
        child = subprocess.Popen([PROGRAM, *arguments], cwd=ROOT, stdin=source, env=environment, preexec_fn=preexec,
                                 stdout=subprocess.PIPE if stdout is None else stdout, stderr=subprocess.PIPE)
        err = []
        reader = threading.Thread(target=lambda: err.append(child.stderr.read()))
        reader.start()
        out = child.stdout.read() if stdout is None else b""
        reader.join()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        for stream in (child.stdout, child.stderr):
            if stream:
                stream.close()
    return Result(child.returncode, out, err[0], usage.ru_maxrss * 1024, time.monotonic() - start)


class Case(unittest.TestCase):
    """A test case with a folder of its own."""
    maxDiff = 4000

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="hearsay-test-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(content.encode() if isinstance(content, str) else content)
        return path

    def assert_complaints(self, result, *parts):
        """One line on standard error for each of `parts`, in any order, each "hearsay: …" and holding that part."""
        lines = result.complaints
        self.assertEqual(len(lines), len(parts), lines)
        for part in parts:
            self.assertTrue(any(line.startswith("hearsay: ") and part in line for line in lines), (part, lines))


def forbid_core_files():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main():
    forbid_core_files()
    os.chdir(ROOT)
    unittest.main(verbosity=2, argv=[sys.argv[0], *sys.argv[1:]])
