"""What the package's documents say is so: examples run, types are right, versions agree."""

from __future__ import annotations

import doctest
import importlib
import os
import pathlib
import re
import subprocess
import sys
import unittest

import hearsay
from support import ROOT, SAMPLES, Case, environment, needs

PACKAGE = ROOT / "python"


class Examples(Case):
    def run_example(self, name: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, str(PACKAGE / "examples" / name), *arguments],
            cwd=self.folder, env=environment(MPLBACKEND="Agg"), capture_output=True, check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def test_docstrings(self) -> None:
        names = ["hearsay", "hearsay._ledger", "hearsay._reader", "hearsay._record", "hearsay.errors"]
        try:
            needs("pyarrow")
            names.append("hearsay.tables")
        except unittest.SkipTest as missing:
            print(f"hearsay.tables left out: {missing}")
        for name in names:
            with self.subTest(name):
                result = doctest.testmod(importlib.import_module(name), verbose=False)
                self.assertEqual(result.failed, 0)
                self.assertGreater(result.attempted, 0)

    def test_readme(self) -> None:
        needs("pyarrow")
        (ROOT / "build" / "sample.db").unlink(missing_ok=True)
        for readme in (ROOT / "README.md", PACKAGE / "README.md"):
            examples = re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8"), re.S)
            self.assertTrue(examples, readme)
            for example in examples:
                done = subprocess.run([sys.executable, "-c", example], cwd=ROOT, env=environment(), capture_output=True, check=False)
                self.assertEqual(done.returncode, 0, (example, done.stderr.decode()))
                self.assertTrue(done.stdout, example)
        for path in (ROOT / "who.parquet", ROOT / "tables"):
            self.assertFalse(path.exists(), "an example leaves files behind")

    def test_three_questions(self) -> None:
        needs("duckdb", "pyarrow")
        out = self.run_example("three_questions.py", str(ROOT / "pages" / "sample"))
        self.assertEqual(len(re.findall(r"^\d\. ", out, re.M)), 3)
        self.assertGreater(len(out.splitlines()), 15)

    def test_who_is_relied_on(self) -> None:
        needs("matplotlib")
        self.run_example("who_is_relied_on.py", str(ROOT / "pages" / "sample"), "who.png")
        drawn = self.folder / "who.png"
        self.assertEqual(drawn.read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        self.assertGreater(drawn.stat().st_size, 10_000)


class Types(Case):
    def test_mypy(self) -> None:
        needs("mypy", "pyarrow", "pyspark", "duckdb", "matplotlib")
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--cache-dir", str(self.folder)], cwd=PACKAGE, capture_output=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stdout.decode())

    def test_a_users_types(self) -> None:
        """The installed package brings its types along."""
        needs("mypy")
        user = self.folder / "user.py"
        user.write_text(
            "import hearsay\n"
            "def names(page: bytes) -> list[str]:\n"
            "    return [claim.content_text for claim in hearsay.read(page).claims or ()]\n"
            "wrong: int = hearsay.read(b'').text\n"
        )
        done = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(self.folder / "cache"), str(user)],
            cwd=self.folder, capture_output=True, check=False,
        )
        complaints = [line for line in done.stdout.decode().splitlines() if ": error:" in line]
        self.assertEqual(len(complaints), 1, complaints)
        self.assertIn("user.py:4", complaints[0])


class Package(Case):
    def test_versions_agree(self) -> None:
        stated = [
            re.search(r"version : '([^']+)'", (ROOT / path).read_text(encoding="utf-8"))
            for path in ("meson.build", "python/meson.build")
        ]
        self.assertEqual({match[1] for match in stated if match}, {hearsay.__version__})

    def test_the_weights_are_the_packages_own(self) -> None:
        installed = pathlib.Path(hearsay.__file__).with_name("hearsay.hsw")
        self.assertEqual(installed.stat().st_size, (ROOT / "models" / "hearsay.hsw").stat().st_size)
        self.assertNotIn(str(PACKAGE), hearsay.__file__)
        program = "import hearsay, sys; print(len(hearsay.read(sys.stdin.buffer.read()).claims))"
        with open(SAMPLES[0], "rb") as page:
            done = subprocess.run(
                [sys.executable, "-c", program], stdin=page, cwd=self.folder, env=environment(), capture_output=True, check=True
            )
        self.assertGreater(int(done.stdout), 0)

    def test_every_module_is_installed(self) -> None:
        stated = set(re.findall(r"'hearsay/(\w+\.\w+)'", (PACKAGE / "meson.build").read_text(encoding="utf-8"))) | {"py.typed"}
        there = {name for name in os.listdir(PACKAGE / "hearsay") if not name.startswith("__pycache__")}
        self.assertEqual(stated, there)

    def test_sees_the_public_header_alone(self) -> None:
        sources = sorted((PACKAGE / "src").iterdir())
        included = {name for path in sources for name in re.findall(r'#include "([^"]+)"', path.read_text(encoding="utf-8"))}
        self.assertEqual(included, {"hearsay.h", "module.h"})

    def test_every_error_has_its_code(self) -> None:
        header = (ROOT / "include" / "hearsay.h").read_text(encoding="utf-8")
        named = {name.lower() for name in re.findall(r"\bHS_ERR_([A-Z]+),", header)}
        self.assertEqual(named, set(hearsay.Code.__args__))  # type: ignore[attr-defined]
