"""Shared ledgers: the story's questions once more, on a PostgreSQL server that this test starts; the answers are those of the file."""
import glob
import json
import os
import shutil
import subprocess
import unittest

import harness
from e2e_ledger import STORY, lines, story_records, synthetic
from harness import Case, run
from serving import Server

PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))


class Shared(Case):
    def setUp(self):
        super().setUp()
        if not PROGRAMS:
            self.skipTest("PostgreSQL is not installed")
        os.chmod(self.folder, 0o755)
        self.data = os.path.join(self.folder, "data")
        self.sockets = os.path.join(self.folder, "sockets")
        for folder in (self.data, self.sockets):
            os.mkdir(folder, 0o700)
            if os.getuid() == 0:
                shutil.chown(folder, "postgres")
        self.server("initdb", "-D", self.data, "-A", "trust", "-U", "hearsay", "--no-sync")
        options = f"-k {self.sockets} -c listen_addresses= -c fsync=off"
        self.server("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.data, "log"), "-o", options, "start")
        self.addCleanup(self.server, "pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        self.address = f"postgresql://hearsay@/postgres?host={self.sockets}"

    def server(self, program, *arguments):
        command = [os.path.join(PROGRAMS[-1], program), *arguments]
        if os.getuid() == 0:  # the server refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def ask(self, ledger, command, *arguments):
        result = run(command, "-l", ledger, *arguments)
        self.assertEqual(result.status, 0, (command, result.err))
        return [json.loads(line) for line in result.out.decode().splitlines()]

    def test_answers_are_those_of_a_file(self):
        file = os.path.join(self.folder, "l.db")
        for ledger in (file, self.address):
            result = run("add", "-l", ledger, "-", stdin=lines(story_records()).encode())
            self.assertEqual(result.status, 0, result.err)
            self.assertEqual(json.loads(result.out)["new"], 8)
            again = run("add", "-l", ledger, "-", stdin=lines(story_records()).encode())
            self.assertEqual(json.loads(again.out)["known"], 8)
        for question in (("find", "sea", "sand"), ("find", '"sea sand"'), ("find", "--speaker", "velk"), ("find", "--outlet", "coast herald", "sand"),
                         ("find", "--stance", "denies"), ("find", "dam", "--since", "2032-03-05"), ("who", "brask"), ("export",),
                         ("export", "--matches"), ("trace", f"{STORY}/norland-wire.html#c2"), ("trace", f"{STORY}/radio-norr.html#c1")):
            with self.subTest(question):
                self.assertEqual(self.ask(self.address, *question), self.ask(file, *question))

    def test_served_answers_are_those_of_a_file(self):
        file = os.path.join(self.folder, "l.db")
        answers = []
        for ledger in (file, self.address):
            self.assertEqual(run("add", "-l", ledger, "-", stdin=lines(story_records()).encode()).status, 0)
            server = Server("--no-claims", "-l", ledger)
            questions = ("/api/ledger", "/api/facets?limit=100", "/api/facets?words=sand", "/api/facets?since=2032-03-05&until=2032-03-05",
                         "/api/facets?outlet=herald&stance=asserts", "/api/outlet?name=Coast%20Herald", "/api/who?name=Velk")
            answers.append([server.ask("GET", path)[2] for path in questions])
            claim = json.loads(server.ask("GET", "/api/find?speaker=velk")[2])["hits"][0]["id"]
            form = {"Content-Type": "application/x-www-form-urlencoded", "X-Hearsay-Token": server.session()["token"]}
            self.assertEqual(server.ask("POST", "/api/notes", f"claim={claim}&text=Seen.".encode(), form)[0], 201)
            self.assertEqual(len(json.loads(server.ask("GET", f"/api/notes?claim={claim}")[2])["notes"]), 1)
            self.assertEqual(server.stop(), (0, ""))
        self.assertEqual(*answers)

    def test_notes(self):
        run("add", "-l", self.address, "-", stdin=lines([synthetic(1)]).encode())
        claim = self.ask(self.address, "find", "harbour")[0]["id"]
        note = run("note", "-l", self.address, claim, "Measured: nine metres.", "--verdict", "refuted")
        self.assertEqual(note.status, 0, note.err)
        self.assertEqual([n["verdict"] for n in self.ask(self.address, "trace", claim)[0]["notes"]], ["refuted"])
        self.assertEqual([h["id"] for h in self.ask(self.address, "find", "nine", "metres")], [claim])

    def test_several_processes(self):
        parts = [self.file(f"{k}.jsonl", lines(synthetic(i) for i in range(k * 60, k * 60 + 80))) for k in range(3)]
        children = [subprocess.Popen([harness.PROGRAM, "add", "-l", self.address, part], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for part in parts]
        results = [child.communicate() for child in children]
        self.assertEqual([child.returncode for child in children], [0] * 3, results)
        self.assertEqual(len(self.ask(self.address, "export")), 200)

    def test_errors(self):
        for address, says in ((self.address, "there is none"), ("postgresql://nobody@/nothing?host=/nowhere", "the shared ledger")):
            result = run("find", "-l", address, "dam")
            self.assertEqual(result.status, 1)
            self.assert_complaints(result, says)
        run("add", "-l", self.address, "-", stdin=lines([synthetic(1)]).encode())
        for words in ("'", "\\", "a & ! b", "x:*", "(", "'; DROP TABLE page; --"):
            self.assertIn(run("find", "-l", self.address, words).status, (0, 2), words)
        self.assertEqual(len(self.ask(self.address, "export")), 1)


if __name__ == "__main__":
    if not PROGRAMS:
        print("PostgreSQL is not installed: shared ledgers are not tested")
    unittest.skipUnless(PROGRAMS, "PostgreSQL is not installed")(Shared)
    harness.main()
