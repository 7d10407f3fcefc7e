"""Tables hold all of a record, and their schemas are as documented."""

from __future__ import annotations

import unittest
from collections.abc import Iterator

from support import BINARY, ROOT, SAMPLES, Case, archive, lines, needs, sample_pages

needs("pyarrow")
import hearsay  # noqa: E402
from hearsay import tables  # noqa: E402


class Tables(Case):
    def test_give_the_records_back(self) -> None:
        inputs = [ROOT / "pages" / "sample", *sorted((ROOT / "test" / "pages").glob("*.html"))]
        read = [record for input in inputs for record in hearsay.read_many(hearsay.pages(input))]
        self.assertGreater(len(read), len(SAMPLES))
        self.assertEqual(list(tables.records(tables.of(read))), read)

    def test_are_the_command_lines_records(self) -> None:
        made = archive(self.folder / "crawl.warc.gz", sample_pages())
        counts = tables.write(hearsay.read_many(hearsay.pages(made)), self.folder / "out", input=str(made))
        self.assertEqual((counts["pages"], counts["failed"]), (len(SAMPLES), 1))
        back = tables.read(self.folder / "out")
        self.assertEqual([record.to_json() for record in tables.records(back)], lines(made))
        [failed] = back.failed.to_pylist()
        self.assertEqual((failed["input"], failed["page"], failed["code"]), (str(made), 3, "binary"))
        self.assertIn("broken", failed["message"])

    def test_have_a_row_a_claim_and_an_entity(self) -> None:
        read = [hearsay.read(path) for path in SAMPLES]
        made = tables.of(read, input="samples")
        self.assertEqual(made.claims.num_rows, sum(len(record.claims or ()) for record in read))
        self.assertEqual(made.entities.num_rows, sum(len(record.entities) for record in read))
        for row in made.claims.to_pylist():
            record = read[row["page"]]
            self.assertEqual(row["content_text"], record.claim(row["id"]).content_text)
            speaker = record.speaker(record.claim(row["id"]))
            self.assertEqual(row["speaker_name"], speaker and speaker.name)

    def test_pages_without_claims_stay_such(self) -> None:
        read = hearsay.Reader(claims=False).read(SAMPLES[0])
        self.assertEqual(list(tables.records(tables.of([read]))), [read])

    def test_nothing_is_left_of_a_writing_that_fails(self) -> None:
        def outcomes() -> Iterator[hearsay.Record]:
            yield hearsay.read(SAMPLES[0])
            raise RuntimeError("gone")

        with self.assertRaises(RuntimeError):
            tables.write(outcomes(), self.folder / "out")
        self.assertEqual(list((self.folder / "out").iterdir()), [])

    def test_many_groups_of_rows(self) -> None:
        read = hearsay.Reader(claims=False).read(SAMPLES[0])
        error = hearsay.HearsayError("binary", "x: not text", "x")
        counts = tables.write((error if i % 10 == 0 else read for i in range(2500)), self.folder)
        self.assertEqual((counts["pages"], counts["failed"]), (2250, 250))
        pages = tables.read(self.folder).pages["page"].to_pylist()
        self.assertEqual(pages, [i for i in range(2500) if i % 10])

    def test_every_column_is_described(self) -> None:
        for name, schema in tables.SCHEMAS.items():
            for column in schema:
                self.assertTrue(column.metadata[b"description"], (name, column.name))
            self.assertEqual(len(tables.describe(schema).splitlines()), len(schema))

    def test_columns_are_the_records_own(self) -> None:
        record = hearsay.read(SAMPLES[0]).to_dict()
        self.assertLessEqual(set(record) - {"claims", "entities"}, set(tables.PAGES.names))
        self.assertLessEqual(set(record["claims"][0]), set(tables.CLAIMS.names))
        self.assertLessEqual(set(record["entities"][0]), set(tables.ENTITIES.names))

    def test_binary_pages_are_no_rows(self) -> None:
        made = tables.of(hearsay.read_many([BINARY]))
        self.assertEqual((made.pages.num_rows, made.failed.num_rows), (0, 1))
