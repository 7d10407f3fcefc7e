"""Bad input: one clear line each, the right exit status, the other inputs still done, memory bounded."""
import json
import os

import harness
from harness import MIB, Case, run

GOOD = "pages/sample/harbour-post.html"
# One page may take what hs_reader_options allows (1 GiB), and its own bytes; the sanitizers' shadow comes on top.
MOST_MEMORY = 1536 * MIB
ARTICLE = "<html><body><article><h1>Mayor speaks</h1><p>{}</p></article></body></html>"
FILLER = "The mayor said on Monday that the bridge would be closed for repairs until the end of the summer. "


class Refused(Case):
    def refused(self, path, reason, *options):
        """`path` alone fails with one line; between two good inputs, both of these are still read."""
        alone = run("read", *options, path)
        self.assertEqual((alone.status, alone.out), (1, b""))
        self.assert_complaints(alone, f"{path}: {reason}")
        among = run("read", "-f", "jsonl", "--no-claims", GOOD, path, GOOD)
        self.assertEqual(among.status, 1)
        self.assert_complaints(among, f"{path}: {reason}")
        self.assertEqual([json.loads(line)["path"] for line in among.out.splitlines()], [GOOD, GOOD])

    def test_missing_file(self):
        self.refused(os.path.join(self.folder, "none.html"), "No such file")

    def test_empty_file(self):
        self.refused(self.file("empty.html", b""), "")

    def test_blanks_alone(self):
        self.refused(self.file("blank.html", b" \n\t\r\n" * 50), "")

    def test_folder_without_pages(self):
        self.file("pictures/a.png", b"\x89PNG")
        self.refused(os.path.join(self.folder, "pictures"), "no pages")

    def test_empty_folder(self):
        os.mkdir(os.path.join(self.folder, "void"))
        self.refused(os.path.join(self.folder, "void"), "no pages")

    def test_binary(self):
        noise = bytes((i * 73 + i // 256 * 151) % 256 for i in range(100000))
        self.refused(self.file("noise.html", noise), "")

    def test_picture_named_as_page(self):
        self.refused(self.file("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10" + bytes(range(256)) * 40), "")

    def test_not_readable(self):
        if os.geteuid() == 0:
            self.skipTest("root may read everything")
        path = self.file("secret.html", "x")
        os.chmod(path, 0)
        self.refused(path, "Permission denied")

    def test_larger_than_the_limit(self):
        path = os.path.join(self.folder, "huge.html")
        with open(path, "wb") as f:
            f.truncate(65 * MIB)
        self.refused(path, "larger than the limit of 64 MiB")

    def test_empty_standard_input(self):
        result = run("read", "-")
        self.assertEqual((result.status, result.out), (1, b""))
        self.assert_complaints(result, "-: ")

    def test_a_name_that_would_break_the_line(self):
        result = run("read", "no\nsuch\x1b[31m file")
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, "no?such?[31m file: No such file")

    def test_all_at_once(self):
        bad = [os.path.join(self.folder, "none"), self.file("empty", b""), self.file("bin.html", bytes(range(256)) * 99)]
        result = run("read", "-f", "jsonl", "--no-claims", bad[0], GOOD, bad[1], bad[2], GOOD)
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, *bad)
        self.assertEqual(len(result.out.splitlines()), 2)


class Survived(Case):
    def survived(self, content, *options, name="page.html", most=MOST_MEMORY):
        """Read within bounds: a record, or one line that says why not."""
        path = self.file(name, content)
        result = run("read", "-f", "jsonl", "-j", "1", *options, path)
        self.assertIn(result.status, (0, 1), result.err[-2000:])
        if not harness.SANITIZED:
            self.assertLess(result.peak, most)
        if result.status == 1:
            self.assert_complaints(result, path)
            self.assertEqual(result.out, b"")
            return None
        self.assertEqual(result.err, b"")
        record = json.loads(result.out)
        for claim in record["claims"] or []:
            for start, end in claim["source"] + claim["cue"] + claim["content"]:
                self.assertTrue(0 <= start < end <= len(record["text"]))
        return record

    def test_cut_off_utf8(self):
        text = FILLER * 4 + "She spoke in the café"
        record = self.survived(ARTICLE.format(text).encode()[: len(text.encode()) - 1], "--no-claims")
        self.assertIsNotNone(record)
        record = self.survived(("Mayor speaks\n\n" + text).encode()[:-1], "--no-claims", name="page.txt")
        self.assertIn("bridge would be closed", record["text"])

    def test_one_line_of_50_megabytes(self):
        record = self.survived(FILLER * (50 * MIB // len(FILLER)), "--no-claims", name="line.txt")
        self.assertTrue(record is None or FILLER.strip() in record["text"])

    def test_one_line_of_50_megabytes_in_a_page(self):
        self.survived(ARTICLE.format(FILLER * (50 * MIB // len(FILLER))), "--no-claims")

    def test_a_long_article_with_its_claims(self):
        count = 20 if harness.SANITIZED else 1000
        record = self.survived(ARTICLE.format(FILLER * count))
        self.assertIn(FILLER.strip(), record["text"])
        self.assertGreaterEqual(len(record["claims"]), count * 0.9)
        self.assertGreater(record["claims"][-1]["content"][0][1], len(record["text"]) * 0.9)

    def test_one_word_of_a_megabyte(self):
        self.survived("Mayor speaks\n\n" + FILLER * 3 + "x" * MIB + "\n\n" + FILLER, name="word.txt")

    def test_nested_tags(self):
        self.survived("<div>" * 100000 + FILLER * 5, "--no-claims")

    def test_nested_inline_tags(self):
        self.survived("<p>" + "<b>" * 100000 + FILLER * 5, "--no-claims")

    def test_nested_tables_and_lists(self):
        self.survived("<table><tr><td><ul><li>" * 20000 + FILLER * 5, "--no-claims")

    def test_tag_that_never_ends(self):
        self.survived(ARTICLE.format(FILLER * 5) + '<a href="' + "x" * MIB, "--no-claims")

    def test_a_hundred_thousand_attributes(self):
        self.survived("<p " + " ".join(f"a{i}=1" for i in range(100000)) + ">" + FILLER * 5, "--no-claims")

    def test_nul_bytes(self):
        record = self.survived(ARTICLE.format(FILLER * 5).replace("Monday", "Mon\0day"), "--no-claims")
        self.assertTrue(record is None or "\0" not in record["text"])

    def test_unbalanced_quotation_marks(self):
        paragraphs = ["<p>“The bridge is safe,” the mayor, Ann Hall, said on Monday.</p>",
                      "<p>“Nobody told us, engineers said in a letter.</p>",
                      '<p>The council said " it would look into the matter.</p>',
                      "<p>‘It is an outrage,” said Peter Lund, who lives nearby.</p>",
                      "<p>A spokeswoman said the repairs would cost two million.</p>"]
        page = "<html><body><article><h1>Bridge row</h1>" + "".join(paragraphs) + "</article></body></html>"
        record = self.survived(page)
        last = record["text"].index("A spokeswoman said")
        found = [c for c in record["claims"] if any(start >= last for start, _ in c["source"] + c["cue"])]
        self.assertTrue(found, "a stray mark cost the last paragraph its claim")

    def test_a_thousand_quotation_marks(self):
        self.survived("Mayor speaks\n\n" + FILLER * 3 + '"“‘' * 1000 + FILLER, name="marks.txt")

    def test_control_characters_do_not_reach_the_terminal(self):
        path = self.file("esc.html", ARTICLE.format(FILLER * 5 + "\x1b]0;evil\x07 \x1b[31mred \u009b31m"))
        for form in ("text", "jsonl"):
            out = run("read", "--no-claims", "-f", form, path).out
            self.assertNotIn(b"\x1b", out)
            self.assertNotIn(b"\x07", out)
            self.assertNotIn("\u009b".encode(), out)


if __name__ == "__main__":
    harness.main()
