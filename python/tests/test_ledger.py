"""A ledger in Python answers what the command line answers, on a file and on a server."""

from __future__ import annotations

import dataclasses
import json
import re
import threading
import typing
import unittest
from collections.abc import Iterator
from typing import Any

import hearsay
from server import shared_ledger
from support import BINARY, BRIDGE, ROOT, SAMPLES, Case, lines, run

STORY = ROOT / "pages" / "story"


def page(number: int, words: str = "the bridge is safe") -> hearsay.Page:
    return hearsay.Page(f"Ana Brock said that {words}.", name=f"page {number}", url=f"https://post.example/{number}")


def ask(ledger: str, command: str, *arguments: str) -> list[dict[str, Any]]:
    """What the command line answers."""
    return [json.loads(line) for line in run(command, "-l", ledger, *arguments)]


def as_printed(cited: hearsay.Cited) -> dict[str, Any]:
    """A citation as the command line prints it."""
    record, claim = cited.record, cited.claim
    pieces: list[str | None] = [record.text[start:end] for start, end in claim.content]
    return {
        "id": cited.id, "path": record.path, "url": record.url, "outlet": cited.outlet, "title": record.title,
        "published": record.published, "speaker": cited.speaker, "stance": claim.stance, "manner": claim.manner,
        "hedged": claim.hedged, "content": pieces if len(pieces) > 1 else pieces[0] if pieces else None,
        "spans": [list(span) for span in claim.content], "old": cited.old,
    }  # fmt: skip


class Ledgers(Case):
    def setUp(self) -> None:
        super().setUp()
        self.location = str(self.folder / "news.db")

    def open(self, **options: Any) -> hearsay.Ledger:
        ledger = hearsay.Ledger(self.location, write=True, **options)
        self.addCleanup(ledger.close)
        return ledger


class Answers(Ledgers):
    """The same as the command line's, field by field."""

    def check(self, location: str) -> None:
        with hearsay.Ledger(location, write=True) as ledger:
            added = ledger.add_many(hearsay.pages(STORY), threads=2)
            self.assertEqual(added, ["new"] * len(list(STORY.iterdir())))
            self.assertEqual(ask(location, "add", str(STORY))[0]["known"], len(added))
            claims = self.check_find(location, ledger)
            ledger.note(claims[0], "The report is at hand.", verdict="confirmed", author="A. Checker")
            ledger.note(claims[0].id, "It is not.", reply_to=ledger.notes()[0], link="https://check.example/")
            self.check_trace(location, ledger, claims)
            self.check_who(location, ledger)

    def check_find(self, location: str, ledger: hearsay.Ledger) -> list[hearsay.Cited]:
        found: list[hearsay.Cited] = []
        asked: list[tuple[dict[str, Any], list[str]]] = [
            ({"words": "sand"}, ["sand"]),
            ({"words": "sand", "limit": 2}, ["sand", "--limit", "2"]),
            ({"words": '"sea sand"', "manner": "indirect"}, ['"sea sand"', "--manner", "indirect"]),
            ({"speaker": "velk"}, ["--speaker", "velk"]),
            ({"outlet": "gazette", "old": True}, ["--outlet", "gazette", "--old"]),
            ({"stance": "denies"}, ["--stance", "denies"]),
            ({"words": "dam", "since": "2032-03-05"}, ["dam", "--since", "2032-03-05"]),
            ({"words": "dam", "until": "2032-03-05"}, ["dam", "--until", "2032-03-05"]),
            ({"code": "nothing"}, ["--code", "nothing"]),
        ]
        for question, words in asked:
            with self.subTest(question):
                hits = ledger.find(**question)
                for hit, other in zip(hits, ask(location, "find", *words), strict=True):
                    self.assertAlmostEqual(hit.score, other.pop("score"), delta=0.001)
                    self.assertEqual({**as_printed(hit.cited), "same": hit.n_same, "notes": hit.n_notes}, other)
                found += [hit.cited for hit in hits]
        self.assertGreater(len(found), 10)
        self.assertEqual((len(ledger.find("sand", limit=2)), ledger.find("sand", limit=2).more), (2, True))
        return found

    def check_trace(self, location: str, ledger: hearsay.Ledger, claims: list[hearsay.Cited]) -> None:
        hows: set[str] = set()
        for claim in {claim.id: claim for claim in claims}.values():
            trace = ledger.trace(claim)
            [printed] = ask(location, "trace", claim.id)
            self.assertEqual(as_printed(trace.claim), printed["claim"])
            self.assertEqual(trace.n_outlets, printed["outlets"])
            self.assertEqual([as_printed(cited) for cited in trace.disputes], printed["disputes"])
            origins = [{**dataclasses.asdict(origin), "pages": origin.n_carriers} for origin in trace.origins]
            self.assertEqual([{k: v for k, v in o.items() if k != "n_carriers"} for o in origins], printed["origins"])
            for carrier, other in zip(trace.carriers, printed["carriers"], strict=True):
                expected = {**as_printed(carrier.cited), "how": carrier.how, "from": carrier.had_from}
                expected |= {"from_name": carrier.from_name, "origin": carrier.origin}
                expected |= {"chain": list(carrier.chain), "evidence": list(carrier.evidence)}
                self.assertAlmostEqual(carrier.shared, other.pop("shared"), places=3)
                self.assertEqual(expected, other)
                hows.add(carrier.how)
            self.check_notes(trace.notes, printed["notes"])
        self.assertGreater(len(hows), 1)
        self.assertLessEqual(hows, set(hearsay.How.__args__))  # type: ignore[attr-defined]

    def check_notes(self, notes: tuple[hearsay.Note, ...], printed: list[dict[str, Any]]) -> None:
        for note, other in zip(notes, printed, strict=True):
            fields = dataclasses.asdict(note)
            fields |= {"claim": note.cited.id, "by": note.author}
            self.assertEqual({name: fields[name] for name in other}, other)

    def check_who(self, location: str, ledger: hearsay.Ledger) -> None:
        for name in ("Brask", "Velk"):
            persons = ledger.who(name, limit=3)
            printed = ask(location, "who", name, "--limit", "3")
            self.assertEqual([person.name for person in persons], [person["name"] for person in printed])
            for person, other in zip(persons, printed):
                self.assertLessEqual(len(person.claims), 3)
                self.assertEqual([as_printed(cited) for cited in person.claims], other["claims"])
                self.assertEqual(list(person.roles), other["roles"])
                for counts, key in ((person.outlets, "by_outlet"), (person.stances, "by_stance"), (person.days, "by_day")):
                    self.assertEqual(list(counts), [(one["name"], one["claims"]) for one in other[key]])

    def test_of_a_file(self) -> None:
        self.check(self.location)

    def test_of_a_server(self) -> None:
        self.check(shared_ledger(self))


class Adding(Ledgers):
    def test_what_is_known_and_what_has_changed(self) -> None:
        with self.open() as ledger:
            self.assertEqual([ledger.add(page(1)) for _ in range(2)], ["new", "known"])
            self.assertEqual(ledger.add(page(1, "the bridge is closed")), "changed")
            self.assertEqual(ledger.add(page(1)), "known")
            self.assertEqual(ledger.count(), (2, 2, 0, 0))
            [old] = ledger.find("safe", old=True)
            self.assertTrue(old.cited.old)
            self.assertEqual(len(ledger.find("safe")), 0)

    def test_pages_records_paths_and_lines_are_one(self) -> None:
        [line] = lines(SAMPLES[0])
        with self.open() as ledger:
            self.assertEqual(ledger.add_json(line), "new")
            self.assertEqual(ledger.add_json(line.encode()), "known")
            self.assertEqual(ledger.add(SAMPLES[0]), "known")
            self.assertEqual(ledger.add(hearsay.read(SAMPLES[0])), "known")
            self.assertEqual(ledger.add(hearsay.Page(SAMPLES[0].read_bytes(), name=str(SAMPLES[0]))), "known")
        self.assertEqual(ask(self.location, "export"), [json.loads(line)])

    def test_lines_among_pages(self) -> None:
        file = self.folder / "records.jsonl"
        file.write_text("\n".join(lines(*SAMPLES[:2])) + '\n{"claims": 3}\n{"text": "The bridge is open."}\n')
        with self.open() as ledger:
            added = ledger.add_many(hearsay.pages(file, records=True))
            self.assertEqual(added[:2] + added[3:], ["new", "new", "new"])
            assert isinstance(added[2], hearsay.HearsayError)
            self.assertEqual(added[2].code, "format")
        with self.assertRaisesRegex(hearsay.HearsayError, "not a page"):
            hearsay.read(next(p for p in hearsay.pages(file, records=True) if isinstance(p, hearsay.Page)))

    def test_many_in_order_with_errors_in_place(self) -> None:
        given = hearsay.HearsayError("io", "gone", "x")
        pages: list[Any] = [page(1), BINARY, given, page(2), page(1), hearsay.Page("{}", "y", kind="record")]
        for threads in (1, 3):
            self.location = str(self.folder / f"{threads}.db")
            with self.open() as ledger:
                added = ledger.add_many(pages, threads=threads)
                self.assertEqual([one for one in added if isinstance(one, str)], ["new", "new", "known"])
                errors = [(at, one.code, one.name) for at, one in enumerate(added) if not isinstance(one, str)]
                self.assertEqual(errors, [(1, "binary", "-"), (2, "io", "x"), (5, "format", "y")])
                self.assertEqual(ledger.count().pages, 2)

    def test_a_transaction_is_all_or_nothing(self) -> None:
        def broken() -> Iterator[hearsay.Page]:
            yield page(2)
            raise RuntimeError("the crawler stopped")

        with self.open() as ledger:
            with self.assertRaises(RuntimeError), ledger.transaction():
                ledger.add(page(1))
                self.assertEqual(ledger.count().pages, 1)
                ledger.add_many(broken(), threads=1)
            self.assertEqual(ledger.count().pages, 0)
            with ledger.transaction():
                ledger.add(page(1))
                with self.assertRaisesRegex(hearsay.HearsayError, "y:"):
                    ledger.add_json("{}", name="y")
                with self.assertRaises(hearsay.HearsayError):
                    ledger.add(BINARY)
                self.assertEqual(ledger.add_many([page(2), BINARY])[0], "new")
            self.assertEqual(ledger.count().pages, 2)

    def test_a_note_on_nothing_leaves_a_transaction_as_it_was(self) -> None:
        with self.open() as ledger:
            with ledger.transaction():
                ledger.add(page(1))
                for claim, code in (("page 7#c1", "missing"), ("page 1#c77", "missing"), ("no claim", "argument")):
                    with self.assertRaises(hearsay.HearsayError) as caught:
                        ledger.note(claim, "What claim?")
                    self.assertEqual(caught.exception.code, code)
                ledger.add(page(2))
            self.assertEqual(ledger.count().pages, 2)

    def test_an_error_that_ends_a_transaction_is_not_lost(self) -> None:
        """A page for which there is not enough memory, as seen when it has been begun to be stored, rolls back what was added before it."""
        large = json.dumps({"path": "large", "text": "a b c " * 60_000, "claims": []}).encode()
        with self.open(max_memory=1 << 20) as ledger:
            with self.assertRaises(hearsay.HearsayError) as caught, ledger.transaction():
                ledger.add(page(1))
                for _ in range(2):
                    with self.assertRaises(hearsay.HearsayError):
                        ledger.add_json(large)
                with self.assertRaises(hearsay.HearsayError):
                    ledger.add(page(2))
            self.assertEqual(caught.exception.code, "limit")
            self.assertEqual(ledger.count().pages, 0)
            self.assertEqual(ledger.add(page(2)), "new")

    def test_one_transaction_at_a_time(self) -> None:
        with self.open() as ledger, self.assertRaises(hearsay.HearsayError):
            with ledger.transaction(), ledger.transaction():
                pass

    def test_threads_take_turns(self) -> None:
        with self.open(reader=hearsay.Reader()) as ledger:
            def work(part: int) -> None:
                for number in range(10):
                    ledger.add(page(10 * part + number))
                    ledger.find("bridge", limit=1)

            threads = [threading.Thread(target=work, args=(part,)) for part in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(ledger.count().pages, 30)

    def test_two_ledgers_write_to_one_file(self) -> None:
        with self.open() as one, self.open() as other:
            self.assertEqual([one.add(page(1)), other.add(page(2)), one.add(page(2))], ["new", "new", "known"])

    def test_a_reader_of_its_own(self) -> None:
        with self.open(reader=hearsay.Reader(min_confidence=1)) as ledger:
            ledger.add(page(1))
            self.assertEqual(ledger.count(), (1, 0, 0, 0))


class Wrong(Ledgers):
    def assert_fails(self, code: hearsay.Code, name: str, call: Any) -> None:
        with self.assertRaises(hearsay.HearsayError) as caught:
            call()
        self.assertEqual((caught.exception.code, caught.exception.name), (code, name), caught.exception)
        self.assertNotIn("\n", str(caught.exception))

    def test_errors_name_their_kind_and_input(self) -> None:
        self.assert_fails("missing", self.location, lambda: hearsay.Ledger(self.location))
        self.assert_fails("format", str(SAMPLES[0]), lambda: hearsay.Ledger(SAMPLES[0]))
        with self.open() as ledger:
            ledger.add(page(1))
            self.assert_fails("missing", "nobody", lambda: ledger.who("nobody"))
            self.assert_fails("missing", "a#c1", lambda: ledger.trace("a#c1"))
            self.assert_fails("argument", "c1", lambda: ledger.trace("c1"))
            self.assert_fails("argument", self.location, lambda: ledger.find())
            self.assert_fails("argument", self.location, lambda: ledger.find(""))
            self.assert_fails("argument", self.location, lambda: ledger.find("bridge", since="once"))
            self.assert_fails("argument", self.location, lambda: ledger.find(stance="sings"))  # type: ignore[arg-type]
            self.assert_fails("missing", "a#c1", lambda: ledger.note("a#c1", "?"))
            self.assert_fails("format", "-", lambda: ledger.add_json("[]"))
            self.assert_fails("empty", "-", lambda: ledger.add(""))
            with self.assertRaisesRegex(ValueError, "verdict"):
                ledger.note(ledger.find("bridge")[0].cited, "?", verdict="maybe")  # type: ignore[arg-type]
            for call in (lambda: ledger.find("bridge", limit=0), lambda: ledger.who("Brock", limit=-1)):
                with self.assertRaises(ValueError):
                    call()
        with hearsay.Ledger(self.location) as reading:
            self.assert_fails("argument", "page 2", lambda: reading.add(page(2)))

    def test_a_closed_ledger(self) -> None:
        ledger = self.open()
        ledger.close()
        ledger.close()
        for call in (ledger.count, ledger.notes, lambda: ledger.find("x"), lambda: ledger.add(BRIDGE)):
            with self.assertRaisesRegex(ValueError, "closed"):
                call()

    def test_no_password_stands_in_errors(self) -> None:
        with self.assertRaises(hearsay.HearsayError) as caught:
            hearsay.Ledger("postgresql://me:secret@/nothing?host=/nowhere")
        self.assertEqual((caught.exception.code, caught.exception.name), ("missing", "the shared ledger"))
        self.assertNotIn("secret", repr(caught.exception))


class Mirrors(unittest.TestCase):
    """The dataclasses have the fields of hearsay.h's structs, in their order."""

    # Where Python's name is another, or a field has no use there: a tuple knows its length.
    NAMES: typing.ClassVar = {"from": "had_from", "v": "hits"}

    def fields(self, struct: str) -> list[str]:
        header = (ROOT / "include" / "hearsay.h").read_text(encoding="utf-8")
        body = re.search(rf"typedef struct {struct} {{\n(.*?)\n}} {struct};", header, re.S)
        assert body, struct
        members = re.sub(r"/\*.*?\*/", "", body[1], flags=re.S)
        names = [name for part in members.split(";") for name in re.findall(r"(\w+)\s*(?:,|$)", part.strip())]
        lengths = {f"n_{name}" for name in names} | {"n"}
        return sorted(self.NAMES.get(name, name) for name in names if name not in lengths)

    def test_every_struct(self) -> None:
        for cls in (hearsay.Cited, hearsay.Note, hearsay.Hit, hearsay.Hits, hearsay.Person, hearsay.Carrier, hearsay.Origin,
                    hearsay.Trace):  # fmt: skip
            with self.subTest(cls.__name__):
                self.assertEqual(sorted(field.name for field in dataclasses.fields(cls)), self.fields(f"hs_{cls.__name__.lower()}"))
        self.assertEqual(sorted(hearsay.Counts._fields), self.fields("hs_ledger_counts"))

    def test_every_word(self) -> None:
        header = (ROOT / "include" / "hearsay.h").read_text(encoding="utf-8")
        for words, prefix in ((hearsay.Added, "ADDED"), (hearsay.Verdict, "VERDICT")):
            named = {name.lower() for name in re.findall(rf"\bHS_{prefix}_([A-Z]+)\b", header)} - {"none"}
            self.assertEqual(set(words.__args__), named)  # type: ignore[attr-defined]
        labels = (ROOT / "src" / "formats" / "labels.c").read_text(encoding="utf-8")
        self.assertEqual(set(hearsay.How.__args__), set(re.findall(r'\[HS_HOW_\w+\] = "([^"]+)"', labels)))  # type: ignore[attr-defined]
