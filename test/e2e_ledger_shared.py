"""Shared ledgers: the story's questions once more, on a PostgreSQL server that this test starts; the answers are those of the file."""
import glob
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import harness
import serving
from e2e_ledger import STORY, lines, story_records, synthetic
from harness import Case, run

PROGRAMS = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
KILLS = 6 if harness.SANITIZED else 36


class Server:
    """A PostgreSQL server in a folder of its own, reached by a socket there. It refuses to run as root: then the user postgres runs it."""
    def __init__(self, folder):
        os.chmod(folder, 0o755)
        self.data, self.sockets = os.path.join(folder, "data"), os.path.join(folder, "sockets")
        for path in (self.data, self.sockets):
            os.mkdir(path, 0o700)
            if os.getuid() == 0:
                shutil.chown(path, "postgres")
        self.call("initdb", "-D", self.data, "-A", "trust", "-U", "hearsay", "--no-sync")
        self.start()

    def start(self):
        options = f"-k {self.sockets} -c listen_addresses= -c fsync=off"
        self.call("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(self.data, "log"), "-o", options, "start")

    def stop(self):
        """As a crash would."""
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def call(self, program, *arguments):
        command = [os.path.join(PROGRAMS[-1], program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode()}")

    def rows(self, address, sql):
        done = subprocess.run([os.path.join(PROGRAMS[-1], "psql"), "-X", "-A", "-t", "-d", address, "-c", sql], capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        return done.stdout.decode().split()


@unittest.skipUnless(PROGRAMS, "PostgreSQL is not installed")
class Shared(Case):
    """One server for all tests; a database for each."""
    server = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="hearsay-test-")
        cls.addClassCleanup(folder.cleanup)
        cls.server = Server(folder.name)
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.name = self.id().rsplit(".", maxsplit=1)[-1]
        parameters = f"?host={self.server.sockets}"
        self.server.rows("postgresql://hearsay@/postgres" + parameters, f"CREATE DATABASE {self.name}")
        self.address = f"postgresql://hearsay@/{self.name}{parameters}"

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
        claim, circle = f"{STORY}/norland-wire.html#c2", f"{STORY}/radio-norr.html#c1"
        for question in (("find", "sea", "sand"), ("find", '"sea sand"'), ("find", "--speaker", "velk"), ("find", "--outlet", "coast herald", "sand"),
                         ("find", "--stance", "denies"), ("find", "dam", "--since", "2032-03-05"), ("find", "-f", "text", "dam"),
                         ("find", "engineers", "alleging"), ("who", "brask"), ("who", "-f", "text", "Velk"), ("trace", claim), ("trace", circle),
                         ("trace", "-f", "text", claim), ("trace", "-f", "svg", circle), ("export",), ("export", "--matches"), ("export", "-f", "csv"),
                         ("export", "-f", "brat"), ("export", "-f", "webannotation")):
            with self.subTest(question):
                answers = [run(question[0], "-l", ledger, *question[1:]) for ledger in (file, self.address)]
                self.assertEqual([a.status for a in answers], [0, 0], answers[1].err)
                self.assertTrue(answers[0].out)
                self.assertEqual(answers[1].out, answers[0].out)

    def rows(self, sql):
        return self.server.rows(self.address, sql)

    def check_whole(self):
        """Each page has its record, its sketch and what is searched of its claims, and nothing is there without its page."""
        sums = self.rows("SELECT count(*) FROM page UNION ALL SELECT count(*) FROM record JOIN page ON page = id"
                         " UNION ALL SELECT count(*) FROM sketch JOIN page ON page = id UNION ALL SELECT count(*) FROM record"
                         " UNION ALL SELECT count(*) FROM sketch UNION ALL SELECT count(*) FROM mention")
        claims = self.rows("SELECT coalesce(sum(n_claims), 0) FROM page UNION ALL SELECT count(*) FROM claim_search")
        self.assertEqual((len(set(sums)), len(set(claims))), (1, 1), (sums, claims))
        return int(sums[0])

    def test_killed_at_any_moment(self):
        """kill -9 while pages are being added, now and then with the server going down as well: what is in is whole, adding again completes it."""
        chance, killed, restarts, records = random.Random(11), 0, 0, []
        run("add", "-l", self.address, "-", stdin=lines([synthetic(9000)]).encode())
        for i in range(KILLS):
            records += map(synthetic, range(i * 100, i * 100 + 60))
            source = self.file("r.jsonl", lines(records[-120:]))  # those of the round before may be in already
            child = subprocess.Popen([harness.PROGRAM, "add", "-l", self.address, source], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * 0.12)
            if i % (KILLS // 2) == KILLS // 2 - 1:
                self.server.stop()
                self.server.start()
                restarts += 1
            child.send_signal(signal.SIGKILL)
            killed += child.wait() == -signal.SIGKILL
            if i % 4 == 3:
                self.check_whole()
        self.assertGreater(killed, KILLS // 4)
        done = run("add", "-l", self.address, "-", stdin=lines(records).encode())
        self.assertEqual(done.status, 0, done.err)
        self.assertEqual(self.check_whole(), 1 + len(records))
        print(f"{killed} processes killed while adding to a shared ledger, the server {restarts} times", flush=True)

    def test_server_that_goes_away(self):
        run("add", "-l", self.address, "-", stdin=lines([synthetic(1)]).encode())
        child = subprocess.Popen([harness.PROGRAM, "add", "-l", self.address, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        child.stdin.write(lines(synthetic(i) for i in range(40)).encode())
        child.stdin.flush()
        time.sleep(0.5)
        self.server.stop()
        out, err = child.communicate()
        self.server.start()
        self.assertEqual(child.returncode, 1, (out, err))
        self.assertEqual(len(err.splitlines()), 1, err)
        self.assertTrue(err.startswith(f"hearsay: postgresql://hearsay@/{self.name}: ".encode()), err)
        self.assertFalse(json.loads(out)["complete"])
        self.assertEqual(self.check_whole(), 1)

    def test_served_answers_are_those_of_a_file(self):
        file = os.path.join(self.folder, "l.db")
        answers = []
        for ledger in (file, self.address):
            self.assertEqual(run("add", "-l", ledger, "-", stdin=lines(story_records()).encode()).status, 0)
            server = serving.Server("--no-claims", "-l", ledger)
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

    def test_notes_that_wait(self):
        run("add", "-l", self.address, "-", stdin=lines([synthetic(1)]).encode())
        claim = self.ask(self.address, "find", "harbour")[0]["id"]
        owner = {"Authorization": "Bearer correct horse battery"}
        server = serving.Server("--no-claims", "-l", self.address, "--token", "correct horse battery", "--public-notes")
        notes = [json.loads(server.propose(claim=claim, text=text)[2])["id"] for text in ("Eight furlongs.", "Cheap lamps.")]
        self.assertEqual(json.loads(server.ask("GET", "/api/queue", headers=owner)[2])["held"], 2)
        self.assertEqual(self.ask(self.address, "find", "furlongs"), [])
        own = {**owner, "X-Hearsay-Token": server.session()["token"]}
        self.assertEqual(server.ask("POST", f"/api/queue/{notes[0]}/release", b"", own)[0], 200)
        self.assertEqual(server.ask("POST", f"/api/queue/{notes[1]}/refuse", b"", own)[0], 200)
        self.assertEqual(server.stop(), (0, ""))
        self.assertEqual([hit["id"] for hit in self.ask(self.address, "find", "furlongs")], [claim])
        self.assertEqual([note["id"] for note in self.ask(self.address, "export", "--notes")], notes[:1])
        self.assertEqual([note["id"] for note in self.ask(self.address, "note", "--refused")], notes[1:])

    def test_several_processes(self):
        parts = [self.file(f"{k}.jsonl", lines(synthetic(i) for i in range(k * 60, k * 60 + 80))) for k in range(3)]
        children = [subprocess.Popen([harness.PROGRAM, "add", "-l", self.address, part], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for part in parts]
        results = [child.communicate() for child in children]
        self.assertEqual([child.returncode for child in children], [0] * 3, results)
        self.assertEqual(len(self.ask(self.address, "export")), 200)

    def refused(self, address, says):
        result = run("find", "-l", address, "dam")
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, says)
        self.assertNotIn(b"secret", result.err)

    def test_errors(self):
        self.refused(self.address, f"postgresql://hearsay@/{self.name}: no ledger in this database")
        self.refused("postgresql://nobody:secret@/nothing?host=/nowhere", "postgresql://nobody@/nothing: ")
        self.refused("postgresql://nobody:secret@nowhere.invalid:5433/nothing", "postgresql://nobody@nowhere.invalid:5433/nothing: ")
        self.refused("postgresql://nobody@/nothing?host=/nowhere&password=secret", "postgresql://nobody@/nothing: ")
        self.refused("postgresql://nobody:secret%zz@/nothing", "no address of a PostgreSQL database")
        run("add", "-l", self.address, "-", stdin=lines([synthetic(1)]).encode())
        for words in ("'", "\\", "a & ! b", "x:*", "(", "'; DROP TABLE page; --"):
            self.assertIn(run("find", "-l", self.address, words).status, (0, 2), words)
        self.assertEqual(len(self.ask(self.address, "export")), 1)

    def test_other_schema(self):
        run("add", "-l", self.address, "-", stdin=lines([synthetic(1)]).encode())
        self.rows("UPDATE hearsay_ledger SET version = 1")
        self.refused(self.address, "made by an older hearsay")
        self.rows("INSERT INTO hearsay_ledger (version) VALUES (999)")
        self.refused(self.address, "made by a newer hearsay")


if __name__ == "__main__":
    if not PROGRAMS:
        print("PostgreSQL is not installed: shared ledgers are not tested")
    harness.main()
