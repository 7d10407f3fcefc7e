"""The ledger: adding, versions, several processes, kills, a full disk, damaged ledgers; and the five questions on the story in pages/story."""
import collections
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

import harness
from harness import Case, run

STORY = "pages/story"
KILLS = 12 if harness.SANITIZED else 100

# Who claims what in pages/story, written down by hand: source, cue, content, speaker, and what else matters. "^" before a content: inside the claim
# before it. Spans are the first place of the words behind the place of the cue's sentence.
CLAIMS = {
    "valley-gazette": [
        ("an engineer who worked on it for six years", "has told", "The concrete of the Tarnholm dam was mixed with sand from the sea", "Lotte Brask",
         {"medium": "the Valley Gazette"}),
        ("Lotte Brask, who supervised the pouring of the western wall,", "told",
         "that at least 4,000 tons of unwashed sea sand had gone into the dam", "Lotte Brask",
         {"medium": "the Valley Gazette", "evidence": [("a laboratory report of 2027", "document")]}),
        ("she", "said", "“Salt eats the steel from within,”", "Lotte Brask", {"manner": "direct"})],
    "norland-wire": [
        ("the Valley Gazette", "reported",
         "At least 4,000 tons of unwashed sea sand went into the Tarnholm dam, an engineer who supervised part of its building has alleged",
         "Valley Gazette", {"type": "media"}),
        ("an engineer who supervised part of its building", "has alleged", "^At least 4,000 tons of unwashed sea sand went into the Tarnholm dam",
         "Lotte Brask", {}),
        ("the engineer, Lotte Brask,", "saying", "that the salt in the sand was eating the steel of the western wall from within", "Lotte Brask", {})],
    "evening-star": [
        ("an engineer who supervised part of its building", "has alleged", "At least 4,000 tons of unwashed sea sand went into the Tarnholm dam",
         "Lotte Brask", {})],
    "coast-herald": [
        ("an engineer who supervised part of its building, Lotte Brask,", "has alleged",
         "At least 4,000 tons of unwashed sea sand went into the Tarnholm dam", "Lotte Brask", {}),
        ("The mayor, Per Lindal,", "said", "he had not slept either", "Per Lindal", {})],
    "ministry-daily": [
        ("Public works minister Anders Velk", "has denied", "that sea sand was used in the Tarnholm dam", "Anders Velk", {"stance": "denies"}),
        ("Velk", "told", "“At least 4,000 tons of unwashed sea sand did not go into that dam,”", "Anders Velk", {"manner": "direct", "stance": "denies"})],
    "city-bulletin": [
        ("Radio Norr", "reported",
         "The public works ministry was warned of salt in the Tarnholm dam in May 2029 and kept the warning secret", "Radio Norr", {"type": "media"})],
    "radio-norr": [
        ("the Morning Dispatch", "reported",
         "The ministry of public works was warned of salt in the Tarnholm dam in May 2029 and kept the warning secret", "Morning Dispatch",
         {"type": "media"})],
    "morning-dispatch": [
        ("the City Bulletin", "reported",
         "The ministry was warned of salt in the Tarnholm dam in May 2029 and kept the warning secret", "City Bulletin", {"type": "media"})],
}


def story_records():
    result = run("read", "--no-claims", "-f", "jsonl", STORY)
    assert result.status == 0, result.err
    for line in result.out.decode().splitlines():
        record = json.loads(line)
        name = os.path.basename(record["path"]).split(".")[0]
        text, entities, claims = record["text"], {}, []
        for i, (source, cue, content, speaker, more) in enumerate(CLAIMS[name]):
            inside, content = content.startswith("^"), content.lstrip("^")
            span = lambda words, start=0: [[text.index(words, start), text.index(words, start) + len(words)]]
            body = text.index("\n\n")
            content_at = span(content, body)
            source_at = span(source, max(body, content_at[0][0] - 200))
            entity = entities.setdefault(speaker, {"id": f"e{len(entities) + 1}", "name": speaker, "aliases": [], "type": more.get("type", "person"),
                                                   "role": None, "affiliation": None})
            evidence = [{"mention": span(m)[0], "kind": k, "status": None} for m, k in more.get("evidence", [])]
            claims.append({"id": f"c{i + 1}", "source": source_at, "cue": span(cue, min(source_at[0][1], len(text))) if cue in text[source_at[0][1]:] else
                           span(cue, body), "content": content_at, "speaker": entity["id"], "manner": more.get("manner", "indirect"),
                           "stance": more.get("stance", "asserts"), "hedged": False, "medium": more.get("medium"),
                           "parent": f"c{i}" if inside else None, "disputes": [], "evidence": evidence, "confidence": 0.9})
        record.update(entities=list(entities.values()), claims=claims)
        yield record


def synthetic(i, words="the harbour wall was raised"):
    text = f"Speaker{i} Name said that {words} in place{i} by {i + 20} metres."
    return {"path": f"p{i}.html", "url": f"https://outlet.example/{i}", "outlet": f"Outlet {i % 7}", "title": None, "authors": [], "published": "2031-01-02",
            "language": "en", "codes": {"news": str(1000 + i)}, "credit": None, "comments": [], "text": text,
            "entities": [{"id": "e1", "name": f"Speaker{i} Name", "aliases": [], "type": "person", "role": None, "affiliation": None}],
            "claims": [{"id": "c1", "source": [[0, text.index(" said")]], "cue": [[text.index("said"), text.index("said") + 4]],
                        "content": [[text.index("that"), len(text) - 1]], "speaker": "e1", "manner": "indirect", "stance": "asserts", "hedged": False,
                        "medium": None, "parent": None, "disputes": [], "evidence": [], "confidence": 0.9}]}


def lines(records):
    return "".join(json.dumps(r) + "\n" for r in records)


class Ledger(Case):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.folder, "l.db")

    def add(self, *inputs, status=0, stdin=b""):
        result = run("add", "-l", self.path, *inputs, stdin=stdin)
        self.assertEqual(result.status, status, result.err)
        return json.loads(result.out) if result.out else None

    def ask(self, command, *arguments, status=0):
        result = run(command, "-l", self.path, *arguments)
        self.assertEqual(result.status, status, result.err)
        return [json.loads(line) for line in result.out.decode().splitlines()]

    def check_whole(self):
        """The file is sound, and each page in it is whole."""
        with sqlite3.connect(self.path) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            pages = db.execute("SELECT count(*), coalesce(sum(n_claims), 0) FROM page").fetchone()
            for table in ("record", "sketch"):
                self.assertEqual(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0], pages[0])
        db.close()
        return pages[0]


class Story(Ledger):
    def setUp(self):
        super().setUp()
        self.add("-", stdin=lines(story_records()).encode())

    def trace(self, page, claim):
        return self.ask("trace", f"{STORY}/{page}.html#{claim}")[0]

    def test_reprints_go_back_to_one_origin(self):
        t = self.trace("norland-wire", "c2")
        self.assertEqual([c["outlet"] for c in t["carriers"]], ["Valley Gazette", "Norland Wire", "Evening Star", "Coast Herald"])
        self.assertEqual((t["outlets"], len(t["origins"])), (4, 1))
        self.assertEqual(t["origins"][0]["label"], "Valley Gazette, told by Lotte Brask")
        how = {c["outlet"]: c["how"] for c in t["carriers"]}
        self.assertEqual(how["Valley Gazette"], "first-hand")
        self.assertEqual(how["Norland Wire"], "cites")
        self.assertIn(how["Coast Herald"], ("copies",))
        self.assertEqual(t["carriers"][1]["chain"], ["Lotte Brask", "Valley Gazette", "Norland Wire"])
        self.assertEqual(t["carriers"][0]["evidence"], ["a laboratory report of 2027"])
        self.assertEqual([c["evidence"] for c in t["carriers"][1:]], [[], [], []])

    def test_who_disputes_it(self):
        t = self.trace("coast-herald", "c1")
        self.assertEqual({d["speaker"] for d in t["disputes"]}, {"Anders Velk"})

    def test_circular_reporting_has_no_first_hand(self):
        for page in ("city-bulletin", "radio-norr", "morning-dispatch"):
            t = self.trace(page, "c1")
            self.assertEqual((t["outlets"], len(t["origins"])), (3, 1))
            self.assertTrue(t["origins"][0]["circular"])
            self.assertEqual({c["how"] for c in t["carriers"]}, {"cites"})

    def test_picture(self):
        result = run("trace", "-l", self.path, "-f", "svg", f"{STORY}/norland-wire.html#c2")
        tree = xml.etree.ElementTree.fromstring(result.out)
        self.assertEqual(len(tree.findall(".//{http://www.w3.org/2000/svg}rect[@class='box']")), 4)

    def test_find(self):
        hits = self.ask("find", "sea", "sand")
        self.assertGreaterEqual(len(hits), 5)
        self.assertTrue(all("sand" in json.dumps(h["content"]) for h in hits))
        self.assertEqual({h["speaker"] for h in self.ask("find", "--speaker", "velk", "sand")}, {"Anders Velk"})
        self.assertEqual({h["outlet"] for h in self.ask("find", "--outlet", "coast herald")}, {"Coast Herald"})
        self.assertEqual({h["stance"] for h in self.ask("find", "--stance", "denies")}, {"denies"})
        self.assertEqual(self.ask("find", '"sand sea"'), [])
        self.assertTrue(self.ask("find", '"sea sand"'))
        self.assertTrue(all(h["published"] >= "2032-03-05" for h in self.ask("find", "dam", "--since", "2032-03-05")))
        self.assertTrue(all(h["published"] < "2032-03-04" for h in self.ask("find", "dam", "--until", "2032-03-03")))

    def test_who(self):
        people = self.ask("who", "brask")
        self.assertEqual([(p["name"], p["maybe"]) for p in people], [("Lotte Brask", False)])
        self.assertEqual(people[0]["outlets"], 4)
        self.assertEqual(self.ask("who", "Anders Velk")[0]["denials"], 2)
        for name in ("brask", "Velk", "Ester Lindal"):  # what is not shown is counted all the same, from sketches
            few, all_ = self.ask("who", name, "--limit", "1"), self.ask("who", name, "--limit", "100")
            self.assertEqual([{**p, "claims": p["claims"][:1]} for p in all_], few)
            for p in all_:
                for key, of in (("by_outlet", lambda c: c["outlet"]), ("by_stance", lambda c: c["stance"]), ("by_day", lambda c: c["published"][:10])):
                    self.assertEqual({one["name"]: one["claims"] for one in p[key]}, dict(collections.Counter(map(of, p["claims"]))))
        self.ask("who", "Nobody Atall", status=1)

    def test_notes(self):
        claim = self.ask("find", "--speaker", "velk", "--limit", "1")[0]["id"]
        first = run("note", "-l", self.path, claim, "The forty cores were never published.", "--verdict", "unproven", "--by", "A. Checker",
                    "--link", "https://check.example/1").out.decode().strip()
        second = run("note", "-l", self.path, claim, "They were, on 12 March.", "--reply-to", first, "--verdict", "confirmed").out.decode().strip()
        notes = self.ask("trace", claim)[0]["notes"]
        self.assertEqual([(n["id"], n["reply_to"], n["verdict"]) for n in notes], [(first, None, "unproven"), (second, first, "confirmed")])
        self.assertEqual([h["id"] for h in self.ask("find", "forty", "cores")], [claim])
        reviews = self.ask("export", "--reviews")
        self.assertEqual([(r["@type"], r["reviewRating"]["alternateName"]) for r in reviews], [("ClaimReview", "unproven"), ("ClaimReview", "confirmed")])
        self.assertEqual(len(self.ask("export", "--notes")), 2)
        self.assertEqual(run("note", "-l", self.path, claim, "x", "--reply-to", "n000000000000").status, 1)
        self.assertEqual(run("note", "-l", self.path, claim, "x", "--verdict", "true").status, 2)

    def test_export(self):
        stored = self.ask("export")
        self.assertEqual([r["path"] for r in stored], [r["path"] for r in story_records()])
        self.assertEqual(stored, list(story_records()), "records are stored as they are")
        groups = self.ask("export", "--matches")
        self.assertIn({"city-bulletin", "radio-norr", "morning-dispatch"},
                      [{os.path.basename(m["doc"]).split(".")[0] for m in g["members"]} for g in groups])
        csv = run("export", "-l", self.path, "-f", "csv").out.decode()
        self.assertEqual(csv.count("\r\n"), 1 + sum(len(r["claims"]) for r in stored))
        for line in run("export", "-l", self.path, "-f", "webannotation").out.decode().splitlines():
            annotation = json.loads(line)
            self.assertEqual(annotation["type"], "Annotation")
        self.assertIn(b"Content", run("export", "-l", self.path, "-f", "brat").out)

    def test_ids_do_not_depend_on_the_order(self):
        other = os.path.join(self.folder, "other.db")
        run("add", "-l", other, "-", stdin=lines(reversed(list(story_records()))).encode())
        ids = lambda path: {json.loads(line)["id"] for line in run("find", "-l", path, "dam").out.decode().splitlines()}
        self.assertEqual(ids(self.path), ids(other))
        groups = lambda path: sorted(sorted(m["id"] for m in json.loads(line)["members"])
                                     for line in run("export", "-l", path, "--matches").out.decode().splitlines())
        self.assertEqual(groups(self.path), groups(other))


class Adding(Ledger):
    def test_same_page_again_changes_nothing(self):
        source = self.file("r.jsonl", lines(map(synthetic, range(20))))
        self.assertEqual(self.add(source)["new"], 20)
        self.assertEqual(self.add(source)["known"], 20)
        self.assertEqual(self.check_whole(), 20)

    def test_changed_page_is_a_new_version(self):
        self.add("-", stdin=lines([synthetic(1)]).encode())
        summary = self.add("-", stdin=lines([synthetic(1, "the mole was raised")]).encode())
        self.assertEqual(summary["changed"], 1)
        self.assertEqual([h["content"] for h in self.ask("find", "raised")], ["that the mole was raised in place1 by 21 metres"])
        self.assertEqual(len(self.ask("find", "raised", "--old")), 2)
        self.assertEqual(len(self.ask("export")), 1)
        self.assertEqual(len(self.ask("export", "--old")), 2)
        self.assertEqual(self.add("-", stdin=lines([synthetic(1)]).encode())["known"], 1)

    def test_negation_parts_claims(self):
        a, b = synthetic(1, "the council will sell the ferry line"), synthetic(2, "the council will not sell the ferry line")
        for r in (a, b):
            r["entities"][0]["name"] = "Ana Berg"
        self.add("-", stdin=lines([a, b]).encode())
        self.assertEqual(self.ask("export", "--matches"), [])

    def test_a_claim_on_many_pages(self):
        """Each page is compared with a bounded number of others, so a group of many is a long way through links: asked for from one end
        or from the middle, it is the one that the export has."""
        told = "the harbour wall at Sunnavik leans by nine metres and has to be torn down before the winter storms"
        records = []
        for i in range(240):
            record = synthetic(i)
            text = f"Page {i} has its own beginning {i * 7}. Lotte Brask said that {told}."
            at = text.index("Lotte")
            record.update(text=text, published=f"2031-0{1 + i // 30}-{1 + i % 28:02}")
            record["entities"][0]["name"] = "Lotte Brask"
            record["claims"][0].update(source=[[at, at + len("Lotte Brask")]], cue=[[text.index("said"), text.index("said") + 4]],
                                       content=[[text.index("that the"), len(text) - 1]])
            records.append(record)
        self.add("-", stdin=lines(records).encode())
        groups = [[member["doc"] for member in group["members"]] for group in self.ask("export", "--matches")]
        self.assertGreater(max(map(len, groups)), 30)
        for i in (*range(0, 240, 24), 1, 238, 239):
            [hit] = self.ask("find", "--code", str(1000 + i))
            self.assertEqual(hit["same"], next((len(group) - 1 for group in groups if hit["path"] in group), 0), hit["path"])

    def test_codes(self):
        self.add("-", stdin=lines(map(synthetic, range(5))).encode())
        self.assertEqual([h["path"] for h in self.ask("find", "--code", "1003")], ["p3.html"])

    def test_wrong_records_are_named_and_the_others_added(self):
        good = synthetic(1)
        bad = []
        for change in ({"text": None}, {"claims": [{"id": "c1", "content": [[0, 9999]]}]}, {"claims": [{"id": "c1", "content": [[5, 2]]}]},
                       {"claims": [{"id": "c1", "speaker": "e9"}]}, {"claims": [{"id": "c1"}, {"id": "c1"}]},
                       {"claims": [{"id": "c1", "parent": "c1"}]}, {"claims": [{"id": "c1", "stance": "shouts"}]}, {"claims": 7}, {"entities": {}},
                       {"claims": [{"id": "c1", "confidence": 2}]}, {"claims": [{"content": []}]}):
            bad.append({**good, **change})
        source = self.file("r.jsonl", lines([*bad, good]))
        result = run("add", "-l", self.path, source)
        self.assertEqual(result.status, 1)
        self.assertEqual(len(result.complaints), len(bad), result.complaints)
        for i, line in enumerate(result.complaints):
            self.assertIn(f"r.jsonl:{i + 1}: ", line)
        summary = json.loads(result.out)
        self.assertEqual((summary["new"], summary["failed"]), (1, len(bad)))

    def test_hostile_lines(self):
        deep = '{"text": "a", "path": "p", "claims": ' + "[" * 100000 + "]" * 100000 + "}\n"
        many = json.dumps({"path": "m", "text": "word " * 2000, "claims": [{"id": f"c{i}", "content": [[i, i + 4]]} for i in range(5000)]}) + "\n"
        nul = '{"path": "\\u0000", "text": "a\\u0000b \\ud800", "claims": [{"id": "c", "content": [[0, 3]]}]}\n'
        source = self.file("h.jsonl", deep + many + nul + "not json\n" + '{"path": "x", "claims": [\n')
        result = run("add", "-l", self.path, source)
        self.assertEqual(result.status, 1)
        self.assertEqual(json.loads(result.out)["new"], 2, result.complaints)
        if not harness.SANITIZED:
            self.assertLess(result.peak, 300 * harness.MIB)
        self.check_whole()

    def test_several_processes(self):
        parts = [self.file(f"{k}.jsonl", lines(synthetic(i) for i in range(k * 150, k * 150 + 200))) for k in range(4)]
        children = [subprocess.Popen([harness.PROGRAM, "add", "-l", self.path, part], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for part in parts]
        results = [child.communicate() for child in children]
        self.assertEqual([child.returncode for child in children], [0] * 4, results)
        self.assertEqual(self.check_whole(), 650)

    def test_several_processes_make_a_ledger_at_once(self):
        part = self.file("r.jsonl", lines([synthetic(1)]))
        # a shell, as Python starts them too far apart to meet
        start = 'rm -f "$1" "$1"-*; for k in 1 2 3 4 5 6 7 8; do "$0" add -l "$1" "$2" 2>&1 & done; wait'
        for _ in range(50):
            out = subprocess.run(["sh", "-c", start, harness.PROGRAM, self.path, part], stdout=subprocess.PIPE).stdout.decode()
            self.assertEqual([line for line in out.splitlines() if line[0] != "{"], [])
            self.assertEqual(sorted(json.loads(line)["new"] for line in out.splitlines()), [0] * 7 + [1])

    def test_killed_at_any_moment(self):
        """kill -9 while pages are being added: what is in is whole, and adding again completes it."""
        records = [synthetic(i) for i in range(400)]
        source = self.file("r.jsonl", lines(records))
        chance = random.Random(7)
        killed = 0
        for _ in range(KILLS * 4):  # some are done before they are killed
            if killed == KILLS:
                break
            child = subprocess.Popen([harness.PROGRAM, "add", "-l", self.path, source], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.random() * 0.04)
            child.send_signal(signal.SIGKILL)
            killed += child.wait() == -signal.SIGKILL
            if os.path.exists(self.path) and chance.random() < 0.2:
                run("find", "-l", self.path, "harbour", "--limit", "1")
            if chance.random() < 0.1:  # begin anew, so that kills meet an empty ledger as well as a full one
                for end in ("", "-wal", "-shm"):
                    if os.path.exists(self.path + end):
                        os.unlink(self.path + end)
        self.assertGreater(killed, KILLS // 4)
        summary = self.add(source)
        self.assertEqual(summary["new"] + summary["known"], 400)
        self.assertEqual(self.check_whole(), 400)
        print(f"{killed} processes killed while adding", flush=True)

    def test_full_disk(self):
        source = self.file("r.jsonl", lines(synthetic(i) for i in range(300)))
        self.add("-", stdin=lines([synthetic(9000)]).encode())
        size = os.path.getsize(self.path) + 100 * 1024

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        result = run("add", "-l", self.path, source, preexec=limit)
        self.assertEqual(result.status, 1)
        self.assertEqual(len(result.complaints), 1, result.complaints)
        self.assertIn(self.path, result.complaints[0])
        self.assertFalse(json.loads(result.out)["complete"])
        self.check_whole()
        self.assertEqual(self.add(source)["failed"], 0)
        self.assertEqual(self.check_whole(), 301)


class Refused(Ledger):
    def refused(self, says, *arguments):
        for arguments in (("add", "-l", self.path, "pages/story/radio-norr.html"), ("find", "-l", self.path, "dam"), ("export", "-l", self.path)):
            result = run(*arguments)
            self.assertEqual(result.status, 1, arguments)
            self.assert_complaints(result, says)

    def test_missing(self):
        for arguments in (("find", "-l", self.path, "dam"), ("trace", "-l", self.path, "0.c1"), ("note", "-l", self.path, "0.c1", "x")):
            result = run(*arguments)
            self.assertEqual(result.status, 1)
            self.assert_complaints(result, "No such file")
            self.assertFalse(os.path.exists(self.path))

    def test_another_file_is_left_alone(self):
        content = b"This is no ledger, but a letter.\n" * 200
        self.file("l.db", content)
        self.refused("not a ledger")
        with open(self.path, "rb") as f:
            self.assertEqual(f.read(), content)

    def test_another_database_is_left_alone(self):
        db = sqlite3.connect(self.path)
        db.execute("CREATE TABLE shopping (thing TEXT)")
        db.commit()
        db.close()
        with open(self.path, "rb") as f:
            before = f.read()
        self.refused("not a ledger")
        with open(self.path, "rb") as f:
            self.assertEqual(f.read(), before)

    def test_other_schema(self):
        self.add("-", stdin=lines([synthetic(1)]).encode())
        for version, says in ((999, "newer hearsay"), (1, "made by an older hearsay (version 1 of the ledger): add its pages to a new one")):
            db = sqlite3.connect(self.path)
            db.execute(f"PRAGMA user_version = {version}")
            db.close()
            self.refused(says)

    def test_damaged(self):
        self.add("-", stdin=lines(synthetic(i) for i in range(300)).encode())
        with open(self.path, "r+b") as f:
            f.seek(0, 2)
            size = f.tell()
            chance = random.Random(3)
            for at in range(8192 * 2, size, 8192):
                f.seek(at)
                f.write(bytes(chance.randrange(256) for _ in range(64)))
        for arguments in (("find", "-l", self.path, "harbour"), ("export", "-l", self.path), ("add", "-l", self.path, "pages/story/radio-norr.html")):
            result = run(*arguments)
            self.assertEqual(result.status, 1, arguments)
            self.assertTrue(any("damaged" in line or "not a ledger" in line or "malformed" in line for line in result.complaints), result.complaints)

    def test_wrong_usage(self):
        self.add("-", stdin=lines([synthetic(1)]).encode())
        for arguments in (("find",), ("find", "dam", "--stance", "shouts"), ("find", "dam", "--since", "yesterday"), ("find", "dam", "--limit", "0"),
                          ("find", "..."), ("trace",), ("trace", "nothing"), ("trace", "a", "b"), ("who",), ("who", "!!"), ("note", "x"),
                          ("export", "x"), ("export", "--matches", "--notes"), ("export", "-f", "svg"), ("trace", "-f", "csv", "0.c1")):
            result = run(arguments[0], "-l", self.path, *arguments[1:])
            self.assertEqual(result.status, 2, (arguments, result.err))
            self.assertEqual(len(result.complaints), 2, (arguments, result.err))


DOCUMENT = os.path.join(harness.ROOT, "docs", "ledger.md")


def answered(document, folder):
    """The document with each command's output behind it, as the program prints it now. Ledgers are made in `folder`; adding prints a time, which is left out."""
    def answer(block):
        out = "```console\n"
        commands = re.findall(r"^\$ (.*)$", block.group(1), re.M)
        if any("jq" in command for command in commands) and not shutil.which("jq"):
            return block.group(0)
        for command in commands:
            shell = command.replace("dam.db", os.path.join(folder, "dam.db")).replace("hearsay ", f"'{harness.PROGRAM}' ", 1)
            done = subprocess.run(["sh", "-c", shell], cwd=harness.ROOT, capture_output=True, check=False)
            assert done.returncode == 0, (command, done.stderr)
            out += f"$ {command}\n" + ("" if " add " in command else done.stdout.decode())
        return out + "```\n"
    return re.sub(r"^```console\n(.*?)^```\n", answer, document, flags=re.M | re.S)


class Document(Case):
    def test_answers_are_the_programs(self):
        with open(DOCUMENT, encoding="utf-8") as f:
            document = f.read()
        self.assertEqual(answered(document, self.folder).splitlines(), document.splitlines(), "test/e2e_ledger.py --update writes docs/ledger.md anew")


def update():
    with open(DOCUMENT, encoding="utf-8") as f:
        document = f.read()
    with tempfile.TemporaryDirectory() as folder, open(DOCUMENT, "w", encoding="utf-8") as f:
        f.write(answered(document, folder))


if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        update()
    else:
        harness.main()
