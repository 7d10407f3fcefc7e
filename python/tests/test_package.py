"""The package reads what the command line reads, and says what went wrong."""

from __future__ import annotations

import dataclasses
import gc
import json
import pathlib
import pickle
import resource
import subprocess
import sys
import threading
import time
import types
import typing
import unittest
from collections.abc import Iterator
from typing import Any

import hearsay
from support import BINARY, BRIDGE, ROOT, SAMPLES, Case, archive, environment, lines, sample_pages


class Same(Case):
    """Records are the command line's, byte by byte."""

    def check(self, *inputs: pathlib.Path | str) -> int:
        expected = lines(*inputs)
        made = [
            outcome.to_json()
            for input in inputs
            for outcome in hearsay.read_many(hearsay.pages(input), threads=2)
            if isinstance(outcome, hearsay.Record)
        ]
        self.assertEqual(len(made), len(expected))
        for one, other in zip(made, expected):
            self.assertEqual(one, other)
        return len(made)

    def test_sample_pages(self) -> None:
        self.assertEqual(self.check(ROOT / "pages" / "sample"), len(SAMPLES))

    def test_test_pages(self) -> None:
        pages = [path for path in (ROOT / "test" / "pages").iterdir() if path.suffix in (".html", ".txt")]
        self.assertGreater(self.check(*sorted(pages)), 3)

    def test_archive(self) -> None:
        made = archive(self.folder / "crawl.warc.gz", [*sample_pages(1), *sample_pages(2)])
        self.assertEqual(self.check(made), 2 * len(SAMPLES))

    def test_one_page(self) -> None:
        for path in SAMPLES:
            with self.subTest(path.name):
                [line] = lines(path)
                self.assertEqual(hearsay.read(path).to_json(), line)
                named = hearsay.Page(path.read_bytes(), name=str(path))
                self.assertEqual(hearsay.read(named).to_json(), line)

    def test_odd_characters_survive(self) -> None:
        page = "Odd\u0085 \u009f signs\n\nAna Brock said that “é\u202e😀” are safe. " + "The bridge is long. " * 30
        record = hearsay.read(page)
        self.assertEqual(hearsay.Record.from_json(record.to_json()), record)
        self.assertEqual(hearsay.Reader().read_json(page).decode(), record.to_json())
        self.assertIn("😀", record.text)


class Schema(Case):
    """The dataclasses and docs/record.schema.json say the same."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.schema = json.loads((ROOT / "docs" / "record.schema.json").read_bytes())

    schema: dict[str, Any]

    def kinds(self, schema: dict[str, Any]) -> set[Any]:
        """A schema's types, as Python names them."""
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            classes = {"comment": hearsay.Comment, "entity": hearsay.Entity, "claim": hearsay.Claim, "span": hearsay.Span}
            return {classes[name]} if name in classes else self.kinds(self.schema["$defs"][name])
        if "enum" in schema:
            values = schema["enum"]
            literal = frozenset(value for value in values if value is not None)
            return {literal} | ({None} if None in values else set())
        named = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        simple = {"string": str, "boolean": bool, "integer": int, "number": float, "null": None}
        found: set[Any] = set()
        for name in named:
            if name == "array":
                found.add(("tuple", frozenset(self.kinds(schema["items"]))))
            elif name == "object":
                evidence = "mention" in schema.get("properties", {})
                found.add(hearsay.Evidence if evidence else ("map", frozenset(self.kinds(schema["additionalProperties"]))))
            else:
                found.add(simple[name])
        return found

    def annotated(self, annotation: Any) -> set[Any]:
        """A type annotation in the same words."""
        origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
        if origin in (typing.Union, types.UnionType):
            return set().union(*(self.annotated(part) for part in parts))
        if origin is typing.Literal:
            return {frozenset(parts)}
        if origin is tuple:
            return {("tuple", frozenset(self.annotated(parts[0])))}
        if origin is not None:
            return {("map", frozenset(self.annotated(parts[1])))}
        return {None if annotation is type(None) else annotation}

    def check(self, cls: type, schema: dict[str, Any]) -> None:
        hints = typing.get_type_hints(cls)
        fields = [field.name for field in dataclasses.fields(cls) if not field.name.startswith("_")]
        self.assertEqual(fields, list(schema["properties"]))
        for name in fields:
            with self.subTest(f"{cls.__name__}.{name}"):
                optional: set[Any] = set() if name in schema["required"] else {None}
                self.assertEqual(self.annotated(hints[name]), self.kinds(schema["properties"][name]) | optional)

    def test_every_class_mirrors_its_part(self) -> None:
        parts = self.schema["$defs"]
        self.check(hearsay.Record, self.schema)
        self.check(hearsay.Comment, parts["comment"])
        self.check(hearsay.Entity, parts["entity"])
        self.check(hearsay.Claim, parts["claim"])
        self.check(hearsay.Evidence, parts["claim"]["properties"]["evidence"]["items"])


class Records(Case):
    def test_cannot_be_changed(self) -> None:
        record = hearsay.read(BRIDGE)
        with self.assertRaises(dataclasses.FrozenInstanceError):
            record.text = ""  # type: ignore[misc]

    def test_are_equal_hashed_and_pickled(self) -> None:
        one, other = hearsay.read(BRIDGE), hearsay.read(BRIDGE)
        self.assertEqual(one, other)
        self.assertEqual(hash(one), hash(other))
        back = pickle.loads(pickle.dumps(one))
        self.assertEqual(back, one)
        assert back.claims
        self.assertEqual(back.claims[0].content_text, "that the bridge is safe")

    def test_spans_are_code_points(self) -> None:
        record = hearsay.read("Brücke 😀 hält\n\nAna Brøck said 😀 that “the bridge is säfe”.\n")
        assert record.claims
        for claim in record.claims:
            for span in (*claim.source, *claim.cue, *claim.content):
                self.assertEqual(record.slice(span), record.text[span.start : span.end])
        self.assertIn("Brøck", record.claims[-1].source_text)

    def test_chains_end_and_begin_right(self) -> None:
        longest = 0
        for path in SAMPLES:
            record = hearsay.read(path)
            for claim in record.claims or ():
                chain = record.chain(claim)
                self.assertEqual(chain[0], claim)
                self.assertIsNone(chain[-1].parent)
                for inner, outer in zip(chain, chain[1:]):
                    self.assertEqual(inner.parent, outer.id)
                longest = max(longest, len(chain))
        self.assertGreater(longest, 1)

    def test_a_circle_of_parents_ends(self) -> None:
        record = hearsay.read(BRIDGE).to_dict()
        record["claims"][0]["parent"] = "c1"
        turned = hearsay.Record.from_dict(record)
        assert turned.claims
        self.assertLess(len(turned.chain(turned.claims[0])), 4)

    def test_lookups(self) -> None:
        record = hearsay.read(BRIDGE)
        assert record.claims
        self.assertEqual(record.claim("c1"), record.claims[0])
        speaker = record.speaker(record.claims[0])
        assert speaker
        self.assertEqual(speaker.name, "Ana Brock")
        for id in ("c0", "c99", "e1", "", "c", "c-1"):
            with self.assertRaises(KeyError):
                record.claim(id)

    def test_a_string_is_taken_as_it_is(self) -> None:
        page = "<html><head><meta charset=windows-1252><title>Brücke</title></head><body><article><p>Ana Brøck said that “the bridge is säfe”.</p></article>"
        self.assertIn("säfe", hearsay.read(page).text)

    def test_a_whole_confidence_is_printed_without_a_fraction(self) -> None:
        record = hearsay.read(BRIDGE).to_dict()
        record["claims"][0]["confidence"] = 1.0
        self.assertIn('"confidence": 1}', hearsay.Record.from_dict(record).to_json())

    def test_halves_of_surrogate_pairs(self) -> None:
        page = BRIDGE + "One \ud83d\ude00, half \ud83d one. " * 5
        self.assertIn("One 😀, half \ufffd one.", hearsay.read(page).text)

    def test_address(self) -> None:
        self.assertEqual(hearsay.read(BRIDGE, url="https://post.example/7").url, "https://post.example/7")
        self.assertEqual(hearsay.read(hearsay.Page(BRIDGE, url="https://post.example/8")).url, "https://post.example/8")

    def test_any_buffer(self) -> None:
        expected = hearsay.read(BRIDGE.encode())
        self.assertEqual(hearsay.read(bytearray(BRIDGE.encode())), expected)
        self.assertEqual(hearsay.read(memoryview(BRIDGE.encode())), expected)


class Errors(Case):
    def assert_fails(self, code: hearsay.Code, name: str | None, call: Any) -> None:
        with self.assertRaises(hearsay.HearsayError) as caught:
            call()
        self.assertEqual((caught.exception.code, caught.exception.name), (code, name), caught.exception)
        self.assertNotIn("\n", str(caught.exception))
        self.assertEqual(pickle.loads(pickle.dumps(caught.exception)), caught.exception)

    def test_each_names_its_kind_and_input(self) -> None:
        self.assert_fails("empty", "-", lambda: hearsay.read(b""))
        self.assert_fails("binary", "x", lambda: hearsay.read(hearsay.Page(BINARY, name="x")))
        self.assert_fails("binary", "https://a.example/", lambda: hearsay.read(BINARY, url="https://a.example/"))
        self.assert_fails("missing", "/no/file", lambda: hearsay.read(pathlib.Path("/no/file")))
        self.assert_fails("missing", "/no/file", lambda: hearsay.pages("/no/file"))
        self.assert_fails("missing", "/no/weights", lambda: hearsay.Reader(weights="/no/weights"))
        self.assert_fails("format", str(SAMPLES[0]), lambda: hearsay.Reader(weights=SAMPLES[0]))
        small = hearsay.Reader(claims=False, max_bytes=100)
        self.assert_fails("limit", "-", lambda: small.read(BRIDGE * 10))
        self.assert_fails("empty", str(self.folder), lambda: hearsay.pages(self.folder))

    def test_a_file_of_several_pages_is_not_one_page(self) -> None:
        made = archive(self.folder / "two.warc.gz", sample_pages())
        self.assert_fails("argument", str(made), lambda: hearsay.read(made))

    def test_wrong_use(self) -> None:
        for wrong in (None, 3, ["page"]):
            with self.assertRaises(TypeError):
                hearsay.read(wrong)  # type: ignore[arg-type]
        with self.assertRaises(ValueError):
            hearsay.read_many([], threads=0)
        with self.assertRaises(ValueError):
            hearsay.Reader(max_bytes=0)
        with self.assertRaises(ValueError):
            hearsay.read(hearsay.Page(BRIDGE, name="a\0b"))


class Many(Case):
    def test_in_order_with_errors_in_place(self) -> None:
        pages: list[hearsay.Pageable | hearsay.HearsayError] = []
        for i in range(60):
            pages.append(hearsay.Page(BINARY if i % 7 == 3 else BRIDGE * (1 + i % 5), name=str(i)))
        given = hearsay.HearsayError("io", "gone", "x")
        pages.append(given)
        for threads in (1, 2, 5):
            outcomes = list(hearsay.read_many(pages, threads=threads))
            self.assertIs(outcomes.pop(), given)
            self.assertEqual(len(outcomes), 60)
            for i, outcome in enumerate(outcomes):
                if i % 7 == 3:
                    assert isinstance(outcome, hearsay.HearsayError)
                    self.assertEqual((outcome.code, outcome.name), ("binary", str(i)))
                else:
                    assert isinstance(outcome, hearsay.Record)
                    self.assertEqual(outcome.path, str(i))

    def test_holds_two_pages_a_thread(self) -> None:
        taken = 0

        def endless() -> Iterator[str]:
            nonlocal taken
            while True:
                taken += 1
                yield BRIDGE

        articles = hearsay.Reader(claims=False)
        for threads in (1, 3):
            taken = 0
            outcomes = articles.read_many(endless(), threads=threads)
            for given in range(1, 50):
                next(outcomes)
                self.assertLessEqual(taken - given, 2 * threads)
            typing.cast(Any, outcomes).close()

    def test_memory_is_constant(self) -> None:
        """In a process of its own: the peak after many large pages is that after a few."""
        program = (
            "import hearsay, resource\n"
            "reader = hearsay.Reader(claims=False)\n"
            "page = '<title>Long</title><article>' + '<p>The bridge over the sound is closed today.' * 20000\n"
            "def peak(n):\n"
            "    for record in reader.read_many((page + str(i) for i in range(n)), threads=2): pass\n"
            "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "few = peak(12)\n"
            "print(peak(120) - few)\n"
        )
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, env=environment())
        self.assertLess(int(done.stdout), 60_000, "KiB more")

    def test_pages_that_break_off(self) -> None:
        def broken() -> Iterator[str]:
            yield BRIDGE
            yield BRIDGE
            raise RuntimeError("the crawler stopped")

        for threads in (1, 3):
            outcomes = hearsay.read_many(broken(), threads=threads)
            self.assertIsInstance(next(outcomes), hearsay.Record)
            self.assertIsInstance(next(outcomes), hearsay.Record)
            with self.assertRaisesRegex(RuntimeError, "crawler"):
                next(outcomes)

    def test_breaking_off_stops_the_threads(self) -> None:
        for _ in range(3):
            outcomes = hearsay.read_many([BRIDGE] * 100, threads=4)
            next(outcomes)
            del outcomes
            gc.collect()
        self.assertEqual([thread for thread in threading.enumerate() if thread.name.startswith("hearsay")], [])

    def test_other_threads_run_while_a_page_is_read(self) -> None:
        """The GIL is free: this thread counts on during one long call."""
        page = "\n\n".join(f"Ana Brock said that bridge {i} is safe, and that the road is open." for i in range(1500))
        hearsay.read(BRIDGE)
        reading = threading.Thread(target=hearsay.read, args=(page,))
        reading.start()
        gaps, last = [], time.monotonic()
        start = last
        while reading.is_alive():
            time.sleep(0.001)
            gaps.append(time.monotonic() - last)
            last = time.monotonic()
        reading.join()
        self.assertLess(max(gaps), 0.8 * (last - start), f"{len(gaps)} turns in {last - start:.2f} s")

    def test_pages_with_errors_go_straight_in(self) -> None:
        made = archive(self.folder / "crawl.warc.gz", sample_pages())
        packed = bytearray(made.read_bytes())
        made.write_bytes(packed[: len(packed) - 200])
        outcomes = list(hearsay.read_many(hearsay.pages(made), threads=2))
        self.assertEqual(len(outcomes), len(SAMPLES) + 1)
        self.assertIsInstance(outcomes[3], hearsay.HearsayError)
        self.assertIsInstance(outcomes[-1], hearsay.HearsayError)

    def test_nothing_leaks(self) -> None:
        reader = hearsay.Reader(claims=False)
        peaks = []
        for _ in range(3):
            for _ in range(2000):
                reader.read(BRIDGE)
                try:
                    reader.read(BINARY)
                except hearsay.HearsayError:
                    pass
            for _ in range(50):
                list(hearsay.pages(SAMPLES[0]))
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        self.assertLess(peaks[2] - peaks[1], 2_000, "KiB more")
