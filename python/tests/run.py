"""Runs one of the package's test files in build/python, where script/python made that; else says so and is skipped.

usage: run.py TEST_FILE
"""
import os
import pathlib
import subprocess
import sys

test = pathlib.Path(sys.argv[1]).resolve()
python = test.parents[2] / "build" / "python" / "bin" / "python"
installed = "import importlib.util, sys; sys.exit(importlib.util.find_spec('hearsay') is None)"
if not python.exists() or subprocess.run([python, "-c", installed], check=False).returncode:
    print("the package is not installed in build/python: script/python does that")
    sys.exit(77)
os.execv(python, [str(python), "-m", "unittest", "discover", "-v", "-s", str(test.parent), "-p", test.name])
