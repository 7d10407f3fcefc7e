"""What holds for every record, whatever the page: the schema, spans that slice back, references that resolve."""
import glob
import json
import os
import unittest

import jsonschema

import harness
from e2e_pages import cases

SHARED = os.path.join(harness.ROOT, "..", "shared")


def records(*inputs):
    result = harness.run("read", "-f", "jsonl", *inputs)
    assert result.status == 0, result.err
    return [json.loads(line) for line in result.out.decode().split("\n")[:-1]]


def nesting(record, claim):
    """How deep a claim lies; the chain of parents has an end."""
    by_id, depth = {c["id"]: c for c in record["claims"]}, 0
    while claim["parent"] is not None:
        claim = by_id[claim["parent"]]
        depth += 1
        assert depth <= len(by_id), "parents run in a circle"
    return depth


class Records(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(os.path.join(harness.ROOT, "docs/record.schema.json"), encoding="utf-8") as f:
            cls.schema = json.load(f)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)
        cls.records = records(*[page for page, _ in cases()])

    def check_claim(self, record, claim):
        text = record["text"]
        self.assertTrue(claim["source"] or claim["cue"] or claim["content"])
        for part in ("source", "cue", "content"):
            last = 0
            for start, end in claim[part]:
                self.assertLessEqual(last, start)
                self.assertLess(start, end)
                self.assertLessEqual(end, len(text))
                self.assertEqual(text[start:end], text[start:end].strip(), "a span does not begin or end with a blank")
                last = end
        self.assertLessEqual(nesting(record, claim), 10)

    def check(self, record):
        self.validator.validate(record)
        self.assertEqual([c["id"] for c in record["claims"] or []], [f"c{i + 1}" for i in range(len(record["claims"] or []))])
        self.assertEqual([e["id"] for e in record["entities"]], [f"e{i + 1}" for i in range(len(record["entities"]))])
        ids = {e["id"] for e in record["entities"]}
        if record["title"] and record["text"]:
            self.assertTrue(record["text"].startswith(record["title"]))
        for claim in record["claims"] or []:
            self.assertIn(claim["speaker"], ids | {None})
            self.check_claim(record, claim)

    def test_schema_is_one(self):
        jsonschema.Draft202012Validator.check_schema(self.schema)

    def test_schema_refuses_what_is_no_record(self):
        good = self.records[0]
        self.validator.validate(good)
        for change in ({"claims": 3}, {"published": "yesterday"}, {"text": None}, {"surprise": 1}, {"path": None},
                       {"claims": [{"id": "x1"}]}, {"codes": []}):
            self.assertFalse(self.validator.is_valid({**good, **change}), change)
        self.assertFalse(self.validator.is_valid({k: v for k, v in good.items() if k != "text"}))

    def test_every_page_of_the_repository(self):
        self.assertEqual(len(self.records), len(list(cases())))
        for record in self.records:
            with self.subTest(record["path"]):
                self.check(record)

    def test_samples_hold_claims_and_chains(self):
        samples = [r for r in self.records if r["path"].startswith(harness.SAMPLES)]
        self.assertGreaterEqual(len(samples), 5)
        for record in samples:
            with self.subTest(record["path"]):
                self.assertGreaterEqual(len(record["claims"]), 5)
                self.assertTrue(record["title"])
        self.assertTrue(any(claim["parent"] for record in samples for claim in record["claims"]))

    def test_no_claims_is_null_and_changes_nothing_else(self):
        without = records("--no-claims", *[page for page, _ in cases()])
        for record, bare in zip(self.records, without):
            self.assertIsNone(bare["claims"])
            self.assertEqual(bare["entities"], [])
            self.assertEqual({**record, "claims": None, "entities": []}, bare)

    def test_pages_of_the_developers_data(self):
        folder = os.path.join(SHARED, "data", "pages")
        if not os.path.isdir(folder):
            self.skipTest("no developers' data beside the repository")
        pages = sorted(glob.glob(folder + "/**/*.html", recursive=True))
        pages = pages[:: max(1, len(pages) // (5 if harness.SANITIZED else 25))]
        if not pages:
            self.skipTest("the developers' data holds no pages as files")
        for record in records(*pages):
            with self.subTest(record["path"]):
                self.check(record)


if __name__ == "__main__":
    harness.main()
