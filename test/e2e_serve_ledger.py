"""`hearsay serve -l`: the ledger's questions and notes as docs/openapi.json has them, who may write, and texts that stay text."""
import contextlib
import html.parser
import json
import os
import sqlite3
import tempfile
import threading
import unittest
import urllib.parse

import jsonschema

import harness
import ledgers
import serving
from e2e_ledger import STORY
from e2e_serve import OPENAPI, Serving, schema
from harness import Case, run
from serving import Server

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def encoded(**fields):
    return urllib.parse.urlencode(fields).encode()


class Elements(html.parser.HTMLParser):
    """What in a document could run, or ask others for something."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "img", "iframe", "object", "embed", "image", "foreignobject", "base", "link"):
            self.found.append(tag)
        self.found += [f"{tag} {key}" for key, value in attrs if key.startswith("on") or (value or "").lower().startswith(("javascript:", "data:"))]


def dangers(document):
    elements = Elements()
    elements.feed(document)
    elements.close()
    return elements.found


class Shown(Serving):
    """A server on a ledger of the story and one hostile page."""
    more = ()

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="hearsay-test-")
        cls.path = os.path.join(cls.temporary.name, "l.db")
        ledgers.make_story(cls.path)
        ledgers.make_evil(cls.path)
        cls.arguments = ("--no-claims", "-l", cls.path, *cls.more)
        super().setUpClass()

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.temporary.cleanup()

    def get(self, path, kind=None, /, headers=None, **parts):
        """The answer of the API, which is what the document says."""
        status, got, body = self.ask("GET", path + ("?" + urllib.parse.urlencode(parts) if parts else ""), headers=headers)
        self.assertEqual((status, got["Content-Type"]), (200, "application/json"), body)
        answer = json.loads(body)
        if kind:
            jsonschema.validate(answer, schema(kind))
        return answer

    def claim(self, **parts):
        return self.get("/api/find", limit=1, **parts)["hits"][0]["id"]

    def write(self, headers=None, **fields):
        own = {"X-Hearsay-Token": self.server.session()["token"]}
        return self.ask("POST", "/api/notes", encoded(**fields), {**FORM, **own, **(headers or {})})


class Questions(Shown):
    def command(self, *arguments):
        result = run(arguments[0], "-l", self.path, "-f", "jsonl", *arguments[1:])
        self.assertEqual(result.status, 0, result.err)
        return [json.loads(line) for line in result.out.decode().splitlines()]

    def test_the_same_as_the_commands(self):
        self.assertEqual(self.get("/api/find", "Hits", words="sea sand")["hits"], self.command("find", "sea", "sand"))
        for option, value in (("speaker", "velk"), ("outlet", "coast herald"), ("stance", "denies"), ("manner", "direct")):
            self.assertEqual(self.get("/api/find", "Hits", **{option: value})["hits"], self.command("find", f"--{option}", value))
        self.assertEqual(self.get("/api/find", words="dam", since="2032-03-05", until="2032-03-05")["hits"],
                         self.command("find", "dam", "--since", "2032-03-05", "--until", "2032-03-05"))
        self.assertEqual(self.get("/api/who", "People", name="brask")["people"], self.command("who", "brask"))
        claim = self.claim(words="tons")
        self.assertEqual(self.get(f"/api/claims/{claim}", "Trace"), self.command("trace", claim)[0])
        self.assertEqual(self.ask("GET", f"/api/claims/{claim}?format=svg")[2], run("trace", "-l", self.path, "-f", "svg", claim).out)

    def test_counts(self):
        counts = self.get("/api/ledger", "Counts")
        self.assertEqual((counts["pages"], counts["notes"]), (9, 4))
        survey = self.get("/api/facets", "Survey", limit=1000)
        self.assertEqual((survey["claims"], survey["pages"], survey["more"]), (counts["claims"], 9, False))
        for key in ("outlets", "stances", "manners"):
            self.assertEqual(sum(one["claims"] for one in survey[key]), counts["claims"])
            self.assertEqual([one["claims"] for one in survey[key]], sorted((one["claims"] for one in survey[key]), reverse=True))
        self.assertEqual([one["name"] for one in survey["days"]], sorted(one["name"] for one in survey["days"]))
        self.assertEqual(len(survey["newest"]), counts["claims"])

    def test_facets_of_a_query(self):
        hits = self.get("/api/find", words="sand", limit=100)["hits"]
        survey = self.get("/api/facets", "Survey", words="sand", limit=100)
        self.assertEqual({hit["id"] for hit in survey["newest"]}, {hit["id"] for hit in hits})
        self.assertEqual(survey["claims"], len(hits))
        self.assertEqual({one["name"]: one["claims"] for one in survey["stances"]},
                         {name: sum(hit["stance"] == name for hit in hits) for name in {hit["stance"] for hit in hits}})
        self.assertEqual([one["name"] for one in self.get("/api/facets", since="2032-03-05", until="2032-03-05")["outlets"]], ["Ministry Daily"])
        self.assertEqual(self.get("/api/facets", words="zebra")["claims"], 0)

    def test_an_outlet(self):
        survey = self.get("/api/outlet", "Survey", name="Ministry Daily")
        self.assertEqual({hit["outlet"] for hit in survey["newest"]}, {"Ministry Daily"})
        self.assertEqual(survey["speakers"], [{"name": "Anders Velk", "claims": 2}])
        self.assertEqual(self.get("/api/outlet", name="Daily")["claims"], 0)  # whole names alone

    def test_the_page_of_a_claim(self):
        claim = self.claim(words="tons")
        record = self.get(f"/api/claims/{claim}/page")
        hit = self.get("/api/find", limit=1, words="tons")["hits"][0]
        start, end = hit["spans"][0]
        self.assertEqual(record["text"][start:end], hit["content"] if isinstance(hit["content"], str) else hit["content"][0])
        for form, kind in (("html", "text/html; charset=utf-8"), ("svg", "image/svg+xml")):
            status, headers, _ = self.ask("GET", f"/api/claims/{claim}/page?format={form}")
            self.assertEqual((status, headers["Content-Type"]), (200, kind))

    def test_what_cannot_be_answered(self):
        for path, status in (("/api/find", 400), ("/api/find?words=%22", 400), ("/api/find?stance=sings", 400), ("/api/find?words=a&since=tomorrow", 400),
                             ("/api/find?words=a&since=%ff%22", 400), ("/api/find?words=a&limit=0", 400), ("/api/find?words=a&limit=1001", 400),
                             ("/api/find?words=a&limit=1x", 400), ("/api/facets?stance=%00x", 200), ("/api/who", 400), ("/api/who?name=%3F", 400),
                             ("/api/who?name=Nobody%20Known", 404), ("/api/outlet", 400), ("/api/claims/zzzz.c1", 404), ("/api/claims/x", 400),
                             ("/api/claims/..%2f..", 404), ("/api/claims/x.c1?format=doc", 400), ("/api/notes", 400), ("/api/notes?claim=000000000000.c1", 404)):
            with self.subTest(path):
                answer = self.ask("GET", path)
                if status == 200:
                    self.assertEqual(answer[0], 200)
                else:
                    self.problem(answer, status, {400: "bad_request", 404: "not_found"}[status])

    def test_every_documented_operation_answers_as_it_says(self):
        claim = self.claim(words="tons")
        for path, operations in OPENAPI["paths"].items():
            for method, operation in operations.items():
                answer = self.ask(method.upper(), path.replace("{claim}", claim).replace("{note}", "n000000000000"), b"" if method == "post" else None)
                with self.subTest(path=path, method=method):
                    self.assertIn(str(answer[0]), operation["responses"])

    def test_views_have_addresses(self):
        for path in ("/search?words=dam", "/claim/x", "/claim/x/page", "/speaker/AP%2FReuters", "/outlet/%C3%A9"):
            status, headers, body = self.ask("GET", path)
            self.assertEqual((status, headers["Content-Type"].split(";")[0]), (200, "text/html"))
            self.assertIn(b"ledger.js", body)
        for path in ("/claim/", "/speaker", "/search/x"):
            self.problem(self.ask("GET", path), 404, "not_found")

    def test_hostile_texts_stay_text(self):
        claim = self.claim(outlet="evil")
        for path in (f"/api/claims/{claim}?format=svg", f"/api/claims/{claim}/page?format=svg", f"/api/claims/{claim}/page?format=html"):
            _, headers, body = self.ask("GET", path)
            self.assertEqual(dangers(body.decode()), [])
            self.assertNotIn("unsafe", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
        self.get(f"/api/claims/{claim}", "Trace")

    def test_many_at_once(self):
        answers, paths = [], ["/api/find?words=dam", "/api/facets", "/api/who?name=Brask", f"/api/claims/{self.claim(words='tons')}"]
        threads = [threading.Thread(target=lambda i=i: answers.append(self.ask("GET", paths[i % 4])[0])) for i in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 40)
        self.assertEqual(set(answers) - {200, 503}, set())
        self.assertGreaterEqual(answers.count(200), 32)


class Notes(Shown):
    def test_writing_and_answering(self):
        claim = self.claim(speaker="velk")
        status, _, body = self.write(claim=claim, text="Not so.\nSee there.", verdict="refuted", link="https://example.org/a?b=c&d", by="Zoë")
        self.assertEqual(status, 201)
        jsonschema.validate(json.loads(body), schema("Written"))
        first = json.loads(body)["id"]
        second = json.loads(self.write(claim=claim, text="Who says?", reply_to=first)[2])["id"]
        notes = {n["id"]: n for n in self.get("/api/notes", "Notes", claim=claim)["notes"]}
        self.assertEqual((notes[first]["text"], notes[first]["verdict"], notes[first]["link"], notes[first]["by"], notes[first]["reply_to"]),
                         ("Not so.\nSee there.", "refuted", "https://example.org/a?b=c&d", "Zoë", None))
        self.assertEqual((notes[second]["reply_to"], notes[second]["verdict"], notes[second]["by"]), (first, None, None))
        self.assertIn(claim, {hit["id"] for hit in self.get("/api/find", words="says", limit=50)["hits"]})
        out = run("export", "-l", self.path, "--notes").out.decode()
        self.assertIn("Not so.", out)

    def test_what_is_no_note(self):
        claim = self.claim(speaker="velk")
        before = self.get("/api/ledger")["notes"]
        for fields in ({}, {"claim": claim}, {"text": "a"}, {"claim": claim, "text": "  \n"}, {"claim": claim, "text": "a", "verdict": "perhaps"},
                       {"claim": claim, "text": "a", "link": "javascript:alert(1)"}, {"claim": claim, "text": "a", "link": "https://a b"},
                       {"claim": claim, "text": "a\x07"}, {"claim": claim, "text": "a", "by": "x" * 201}, {"claim": claim, "text": "a" * 8001},
                       {"claim": claim, "text": b"\xff\xfe"}, {"claim": "x", "text": "a"}, {"claim": claim, "text": b"\x00"}):
            self.problem(self.write(**fields), 400, "bad_request")
        self.problem(self.write(claim="000000000000.c1", text="a"), 404, "not_found")
        self.problem(self.write(claim=claim, text="a", reply_to="n000000000000"), 404, "not_found")
        self.problem(self.write(claim=claim, text="a", **{f"f{i}": "" for i in range(40)}), 400, "bad_request")
        own = {**FORM, "X-Hearsay-Token": self.server.session()["token"]}
        for body in (b"%", b"claim=%z1", b"claim=a%0", b"&&&=", b"\xff\x00"):
            self.problem(self.ask("POST", "/api/notes", body, own), 400, "bad_request")
        self.problem(self.ask("POST", "/api/notes", b"{}", {**own, "Content-Type": "application/json"}), 415, "wrong_type")
        self.problem(self.ask("POST", "/api/notes", b"a" * 50000, own), 413, "too_large")
        self.assertEqual(self.get("/api/ledger")["notes"], before)

    def test_only_pages_of_this_server_write(self):
        claim = self.claim(speaker="velk")
        for token in (None, "", "0" * 32):
            self.problem(self.write({"X-Hearsay-Token": token}, claim=claim, text="a"), 403, "not_from_here")
        for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
            self.problem(self.write(headers, claim=claim, text="a"), 403, "cross_site")


class OpenedLedger(Shown):
    """With a token nothing of the ledger is read or written without it."""
    more = ("--token", "correct horse battery")

    def test_reading_and_writing_need_the_token(self):
        owner = {"Authorization": "Bearer correct horse battery"}
        claim = self.get("/api/find", headers=owner, speaker="velk")["hits"][0]["id"]
        for path, operations in OPENAPI["paths"].items():
            if "get" in operations and "security" in operations["get"]:
                self.problem(self.ask("GET", path.replace("{claim}", claim)), 401, "token_missing")
        self.problem(self.write(claim=claim, text="a"), 401, "token_missing")
        self.assertEqual(self.write(owner, claim=claim, text="a")[0], 201)


OWNER = {"Authorization": "Bearer correct horse battery"}


class PublicNotes(Shown):
    """Opened by --public-notes: all look at the ledger and may propose notes; only the owner sees and decides about them."""
    more = ("--token", "correct horse battery", "--public-notes")

    def propose(self, sender, **fields):
        return self.server.propose(sender, claim=self.claim(speaker="velk"), **fields)

    def decide(self, note, how, headers=None):
        own = {"X-Hearsay-Token": self.server.session()["token"]}
        return self.ask("POST", f"/api/queue/{note}/{how}", b"", {**own, **(OWNER if headers is None else headers)})

    def queue(self, **parts):
        return self.get("/api/queue", "Queue", headers=OWNER, **parts)

    def shown(self, word):
        """Everywhere that a note may show."""
        claim = self.claim(speaker="velk")
        places = [self.get("/api/notes", claim=claim), self.get(f"/api/claims/{claim}"), run("trace", "-l", self.path, claim).out.decode(),
                  run("export", "-l", self.path, "--notes").out.decode(), run("export", "-l", self.path, "--reviews").out.decode()]
        found = any(hit["id"] == claim for hit in self.get("/api/find", words=word, limit=50)["hits"])
        counted = self.get("/api/find", speaker="velk", limit=1)["hits"][0]["notes"]
        return [word in json.dumps(place) for place in places] + [found], counted

    def test_all_may_look_but_not_more(self):
        claim = self.claim(speaker="velk")
        self.assertTrue(self.server.session()["public_notes"])
        for path in ("/api/ledger", "/api/facets", "/api/outlet?name=Coast%20Herald", "/api/who?name=Velk", f"/api/claims/{claim}", f"/api/claims/{claim}/page"):
            self.assertEqual(self.ask("GET", path)[0], 200, path)
            self.problem(self.ask("GET", path, headers={"Authorization": "Bearer wrong horse"}), 401, "token_missing")
        self.assertNotIn("held", self.get("/api/ledger"))
        self.assertIn("held", self.get("/api/ledger", "Counts", headers=OWNER))
        self.problem(self.ask("GET", "/api/queue"), 401, "token_missing")
        self.problem(self.ask("POST", "/api/read", b"a", {"Content-Type": "text/plain"}), 401, "token_missing")
        for how in ("release", "refuse"):
            self.problem(self.decide("n000000000000", how, {}), 401, "token_missing")
            self.problem(self.decide("n000000000000", how), 404, "not_found")
            self.problem(self.decide("...", how), 404, "not_found")
            self.problem(self.decide("n000000000000", how, {**OWNER, "X-Hearsay-Token": None}), 403, "not_from_here")

    def test_the_whole_way(self):
        shown, before = self.shown("marzipan")
        self.assertFalse(any(shown))
        status, _, body = self.propose("127.0.0.11", text="It is marzipan.", verdict="refuted", by="Ó", link="https://example.org/m")
        self.assertEqual(status, 202, body)
        answer = json.loads(body)
        jsonschema.validate(answer, schema("Written"))
        self.assertTrue(answer["held"])
        self.assertEqual(self.shown("marzipan"), ([False] * 6, before))
        self.problem(self.propose("127.0.0.11", text="Answers what nobody sees.", reply_to=answer["id"]), 404, "not_found")
        queue = self.queue(limit=1000)
        mine = next(one for one in queue["notes"] if one["note"]["id"] == answer["id"])
        self.assertEqual((mine["note"]["text"], mine["note"]["verdict"], mine["note"]["by"], mine["claim"]["id"]),
                         ("It is marzipan.", "refuted", "Ó", self.claim(speaker="velk")))
        self.assertEqual(queue["held"], len(queue["notes"]))
        self.assertEqual(len(self.queue(limit=1)["notes"]), 1)
        self.assertIn(mine, self.queue(claim=mine["claim"]["id"])["notes"])
        self.assertEqual(self.queue(claim=self.claim(outlet="evil"))["notes"], [])
        status, _, body = self.decide(answer["id"], "release")
        self.assertEqual(status, 200, body)
        jsonschema.validate(json.loads(body), schema("Decided"))
        self.assertEqual(self.shown("marzipan"), ([True] * 6, before + 1))
        self.assertEqual(self.decide(answer["id"], "release")[0], 200)  # as it is already
        self.problem(self.decide(answer["id"], "refuse"), 400, "bad_request")
        self.assertEqual(self.shown("marzipan"), ([True] * 6, before + 1))

    def test_refused_ones_stay(self):
        note = json.loads(self.propose("127.0.0.12", text="Buy nougat.", verdict="misleading")[2])["id"]
        self.assertEqual(self.decide(note, "refuse")[0], 200)
        shown, before = self.shown("nougat")
        self.assertFalse(any(shown))
        self.assertNotIn(note, json.dumps(self.queue()))
        self.assertIn("Buy nougat.", run("note", "-l", self.path, "--refused").out.decode())
        self.assertNotIn("Buy nougat.", run("note", "-l", self.path, "--queue").out.decode())
        self.assertEqual(run("note", "-l", self.path, "--release", note).status, 0)
        self.assertEqual(self.shown("nougat"), ([True] * 6, before + 1))

    def test_the_owner_writes_as_ever(self):
        status, _, body = self.write(OWNER, claim=self.claim(speaker="velk"), text="By the owner.")
        self.assertEqual((status, json.loads(body)["held"]), (201, False))

    def test_what_is_no_answer(self):
        claim, other = self.claim(speaker="velk"), self.claim(outlet="evil")
        made = self.get("/api/challenge", "Challenge", claim=claim)
        done = serving.work(made, "a")
        fields = {"claim": claim, "text": "a", "challenge": made["challenge"], "work": done}
        before = len(self.queue(limit=1000)["notes"])
        for change in ({"challenge": ""}, {"work": ""}, {"work": "1"}, {"work": done + ",1"}, {"text": "b"}, {"claim": other}, {"challenge": made["challenge"] + "0"},
                       {"challenge": made["challenge"].replace(".", ".0", 1)}, {"work": ",".join(reversed(done.split(",")))}):
            self.problem(self.write(**{**fields, **change}), 403, "no_work")
        self.problem(self.write({"X-Hearsay-Token": None}, **fields), 403, "not_from_here")
        self.problem(self.write({"Origin": "http://evil.example"}, **fields), 403, "cross_site")
        self.problem(self.write(**{**fields, "text": ""}), 400, "bad_request")
        self.assertEqual(len(self.queue(limit=1000)["notes"]), before)
        self.assertEqual(self.write(**fields)[0], 202)
        self.problem(self.write(**fields), 403, "no_work")  # once
        self.problem(self.ask("GET", "/api/challenge"), 400, "bad_request")

    def test_not_too_often(self):
        answers = [self.propose("127.0.0.13", text=f"Number {i}.") for i in range(6)]
        self.assertEqual([answer[0] for answer in answers[:5]], [202] * 5)
        headers = self.problem(answers[5], 429, "too_many")
        self.assertIn(int(headers["Retry-After"]), range(1, 61))
        self.assertEqual(self.propose("127.0.0.14", text="Somebody else.")[0], 202)
        self.assertEqual(self.ask("GET", "/api/ledger", by="127.0.0.13")[0], 200)


class Queue(Case):
    """What a queue lives through: the end of the server, a full one, an older ledger."""

    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.folder, "l.db")
        ledgers.make_story(self.path)

    def serve(self):
        server = serving.Server("--no-claims", "-l", self.path, "--token", "correct horse battery", "--public-notes")
        self.addCleanup(server.stop)
        return server

    def held(self):
        result = run("note", "-l", self.path, "--queue", "-f", "jsonl")
        self.assertEqual((result.status, result.err), (0, b""))
        return [json.loads(line) for line in result.out.splitlines()]

    def test_a_restart(self):
        server = self.serve()
        claim = json.loads(server.ask("GET", "/api/find?speaker=velk")[2])["hits"][0]["id"]
        note = json.loads(server.propose(claim=claim, text="Still here?")[2])["id"]
        made = json.loads(server.ask("GET", f"/api/challenge?claim={claim}")[2])
        self.assertEqual(server.stop(), (0, ""))
        server = self.serve()
        form = {"Content-Type": "application/x-www-form-urlencoded", "X-Hearsay-Token": server.session()["token"]}
        body = urllib.parse.urlencode({"claim": claim, "text": "a", "challenge": made["challenge"], "work": serving.work(made, "a")}).encode()
        self.assertEqual(server.ask("POST", "/api/notes", body, form)[0], 403)  # of a run that is over
        queue = json.loads(server.ask("GET", "/api/queue", headers=OWNER)[2])
        self.assertEqual([one["note"]["id"] for one in queue["notes"]], [note])
        self.assertEqual(server.stop(), (0, ""))
        self.assertEqual([(one["id"], one["claim"], one["text"]) for one in self.held()], [(note, claim, "Still here?")])
        self.assertIn("Still here?", run("note", "-l", self.path, "--queue", "-f", "text").out.decode())
        for wrong in (("--release",), ("--release", note, "x"), ("--queue", "--refused"), ("--refuse", note, "--by", "x")):
            self.assertEqual(run("note", "-l", self.path, *wrong).status, 2, wrong)
        self.assertEqual(run("note", "-l", self.path, "--refuse", "n000000000000").status, 1)
        self.assertEqual(run("note", "-l", self.path, "--refuse", note).status, 0)
        self.assertEqual(self.held(), [])

    def test_a_full_one(self):
        server = self.serve()
        claim = json.loads(server.ask("GET", "/api/find?speaker=velk")[2])["hits"][0]["id"]
        server.propose(claim=claim, text="One of many.")
        with contextlib.closing(sqlite3.connect(self.path)) as db, db:
            columns = "claim, body, verdict, link, author, reply_to, made, state"
            for i in range(499):
                db.execute(f"INSERT INTO note (uid, {columns}) SELECT ?, {columns} FROM note WHERE state = 1 LIMIT 1", (i + 1,))
        status, headers, body = server.propose(claim=claim, text="One too many.")
        self.assertEqual((status, json.loads(body)["error"]["code"]), (503, "queue_full"))
        self.assertGreater(int(headers["Retry-After"]), 60)
        self.assertEqual(run("note", "-l", self.path, "--refuse", self.held()[0]["id"]).status, 0)
        self.assertEqual(server.propose(claim=claim, text="Now there is room.")[0], 202)
        queue = json.loads(server.ask("GET", "/api/queue", headers=OWNER)[2])
        self.assertEqual((queue["held"], len(queue["notes"])), (500, 20))

    def test_what_it_needs(self):
        for arguments in (("-l", self.path), ("--token", "correct horse battery"), ("-l", self.path, "--token", "too short")):
            result = run("serve", "--no-claims", "--public-notes", *arguments, env={"HEARSAY_TOKEN": ""})
            self.assertEqual(result.status, 2, arguments)
            self.assertEqual(len(result.complaints), 1)


class NoLedger(Case):
    def test_a_server_without_one_says_so(self):
        server = Server("--no-claims")
        self.assertFalse(server.session()["ledger"])
        for path in ("/api/ledger", "/api/find?words=a", "/api/facets", "/api/outlet?name=a", "/api/who?name=A", "/api/claims/a.c1", "/api/notes?claim=a.c1", "/api/queue"):
            status, _, body = server.ask("GET", path)
            self.assertEqual((status, json.loads(body)["error"]["code"]), (404, "not_found"), path)
        self.assertEqual(server.stop(), (0, ""))

    def test_a_ledger_that_is_none(self):
        for path, says in ((os.path.join(self.folder, "none.db"), "none.db"), (self.file("text.db", "no ledger" * 1000), "not a ledger")):
            result = run("serve", "--no-claims", "-l", path)
            self.assertEqual(result.status, 1)
            self.assert_complaints(result, says)

    def test_pages_added_meanwhile_are_seen(self):
        path = os.path.join(self.folder, "l.db")
        ledgers.make_story(path)
        server = Server("--no-claims", "-l", path)
        before = json.loads(server.ask("GET", "/api/ledger")[2])
        ledgers.make_evil(path)
        after = json.loads(server.ask("GET", "/api/ledger")[2])
        self.assertEqual((after["pages"], after["notes"]), (before["pages"] + 1, before["notes"] + 2))
        self.assertEqual(server.stop(), (0, ""))


if __name__ == "__main__":
    harness.main()
