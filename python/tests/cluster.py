"""A Spark cluster on this machine, for tests and benches: a master and workers that are processes of their own."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pathlib
import signal
import subprocess
import sys
import time

import pyspark
from pyspark.sql import SparkSession
from support import environment

# Nothing leaves the machine, or asks a name server.
os.environ.update(SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="localhost", PYSPARK_PYTHON=sys.executable)
# JVMs that live for a minute: what they would gain from compiling well they have not the time to earn back.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
SMALL = {
    "spark.driver.extraJavaOptions": SHORT_LIVED,
    "spark.executor.extraJavaOptions": SHORT_LIVED,
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",
}
QUIET = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


def session(master: str, executors: int = 0, **more: str) -> SparkSession:
    """A session on that cluster, with as many executors up as are asked for."""
    builder = SparkSession.builder.master(master).appName("hearsay")
    for key, value in (QUIET | more).items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    while spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() <= executors and executors:
        time.sleep(0.1)
    return spark


def _die_with_parent() -> None:
    """A test that is stopped leaves no cluster behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def descendants(pid: int) -> list[int]:
    """All processes that a process started, and those that they started; some have process groups of their own."""
    parents: dict[int, list[int]] = {}
    for entry in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [pid]
    for parent in found:
        found += parents.get(parent, [])
    return found[1:]


class Cluster:
    """A master and workers of one core each, on the loopback interface."""

    def __init__(self, folder: pathlib.Path, workers: int) -> None:
        self.folder = folder
        self.started: list[subprocess.Popen[bytes]] = []
        self.master = self.start("Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        self.url = self.wait_for(self.master, "Starting Spark master at ")
        self.workers = [
            self.start(
                "Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "1g",
                "--work-dir", str(folder / f"work-{i}"), self.url,
            )
            for i in range(workers)
        ]
        for worker in self.workers:
            self.wait_for(worker, "Successfully registered with master ")

    def start(self, role: str, *arguments: str) -> subprocess.Popen[bytes]:
        home = pathlib.Path(pyspark.__file__).parent
        number = len(self.started)
        with open(self.folder / f"log-{number}", "wb") as log:
            process = subprocess.Popen(
                [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role.lower()}.{role}", *arguments],
                env=environment(SPARK_HOME=str(home), SPARK_DAEMON_MEMORY="256m", SPARK_DAEMON_JAVA_OPTS=SHORT_LIVED),
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, preexec_fn=_die_with_parent,
            )
        self.started.append(process)
        return process

    def wait_for(self, process: subprocess.Popen[bytes], words: str, seconds: float = 400) -> str:
        """The word that follows `words` in a process's log."""
        log = self.folder / f"log-{self.started.index(process)}"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and process.poll() is None:
            _, found, rest = log.read_text(errors="replace").partition(words)
            if found and "\n" in rest:
                return rest.split()[0]
            time.sleep(0.1)
        raise AssertionError(f"no {words!r} in {log}:\n{log.read_text(errors='replace')[-2000:]}")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """As when the machine loses its power: the worker and all that it started, executors and their Python."""
        for pid in (process.pid, *descendants(process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in reversed(self.started):
            self.kill(process)
