"""A PostgreSQL server of a test's own: nobody else sees it, and it is gone with the test."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

PROGRAMS = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))


def shared_ledger(test: unittest.TestCase) -> str:
    """The address of an empty database on a server that runs as long as the test; skips it where there is no server."""
    if not PROGRAMS:
        raise unittest.SkipTest("not installed: PostgreSQL")
    folder = tempfile.TemporaryDirectory(prefix="hearsay-server-")
    test.addCleanup(folder.cleanup)
    os.chmod(folder.name, 0o755)
    data, sockets = (os.path.join(folder.name, name) for name in ("data", "sockets"))
    for path in (data, sockets):
        os.mkdir(path, 0o700)
        if os.getuid() == 0:
            shutil.chown(path, "postgres")
    _run("initdb", "-D", data, "-A", "trust", "-U", "hearsay", "--no-sync")
    options = f"-k {sockets} -c listen_addresses= -c fsync=off"
    _run("pg_ctl", "-D", data, "-w", "-l", os.path.join(data, "log"), "-o", options, "start")
    test.addCleanup(_run, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    return f"postgresql://hearsay@/postgres?host={sockets}"


def _run(program: str, *arguments: str) -> None:
    command = [str(PROGRAMS[-1] / program), *arguments]
    if os.getuid() == 0:  # the server refuses to run as root
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(
        command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, (program, done.stderr.decode())
