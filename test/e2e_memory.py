"""Memory: whatever a page of 10 MB holds, reading it takes no more than 60 MB; and text is not lost to the bounds that see to it."""
import json
import os

import harness
from harness import MIB, Case, run

SIZE = (1 if harness.SANITIZED else 10) * 1000 * 1000
MOST = 60 * MIB
AS_USERS_RUN_IT = {"MALLOC_PERTURB_": "0"}  # meson has memory written to that nobody uses
HEAD = '<!doctype html><html lang="en"><head><title>Harbour closed | Island Post</title></head><body>'
WORDS = "the harbour of Skerrin was closed for most of the night after a ferry had lost its rudder, the port said"
SENTENCE = WORDS.capitalize() + ". "


def filled(piece, head=HEAD, end="</body></html>", size=SIZE):
    """`piece` again and again, or what it makes of its number, up to the size."""
    parts, n, i = [head], len(head) + len(end), 0
    while n < size - 2000:
        parts.append(piece(i) if callable(piece) else piece)
        n += len(parts[-1].encode())
        i += 1
    return "".join(parts) + end


def json_ld(value):
    script = f'<script type="application/ld+json">{value}</script></head>'
    return HEAD.replace("</head>", script) + f"<p>{SENTENCE * 3}" * 5


PAGES = {
    "paragraphs": lambda: filled("<p>a "),
    "closed-paragraphs": lambda: filled("<p>a</p>"),
    "cells": lambda: filled("<td>the harbour", HEAD + "<table><tr>"),
    "misplaced-cells": lambda: filled("<tr class=x>a <b>b</b>", HEAD + "<table>"),
    "divisions": lambda: filled("<div>the harbour</div>"),
    "nested": lambda: filled("<div>a"),
    "nested-inline": lambda: filled("<font a=1><b><i><p>a"),
    "attributes": lambda: filled(lambda i: "<a" + "".join(f" a{k}={i % 10}" for k in range(200)) + ">x</a>"),
    "classes": lambda: filled('<p class="comment author date byline nav menu">a'),
    "references": lambda: filled("&amp;&nGt;&eacute;"),
    "links": lambda: filled(lambda i: f"<a href=/{i}>the harbour</a> "),
    "items": lambda: filled("<li>the harbour", HEAD + "<ul>"),
    "headings": lambda: filled("<h2>the harbour</h2>"),
    "line-breaks": lambda: filled("a<br>"),
    "preformatted": lambda: filled("a\n", HEAD + "<pre>"),
    "notes": lambda: filled("<!--c-->x"),
    "comments": lambda: filled("<li class=comment><b class=author>Ann</b><time>2031-05-01</time><p>Hear, hear.</li>",
                               HEAD + f"<p>{SENTENCE * 3}" * 5 + "<ol class=comments>"),
    "pieces": lambda: filled("<p>the  harbour <b>of</b>  Skerrin</p>"),
    "large-after-small": lambda: filled("the harbour  of Skerrin ", HEAD + "<i a=1 b=2>a<p>b" * (SIZE // 110) + "<p>"),
    "metadata": lambda: filled('<meta property="article:author" content="Ann Toll">', "<!doctype html><html><head>", ""),
    "title": lambda: filled("harbour ", "<!doctype html><title>", "</title><p>a"),
    "json-ld": lambda: json_ld(json.dumps({"@type": "NewsArticle", "articleBody": SENTENCE * (SIZE // 110)})),
    "json-ld-things": lambda: json_ld("[" + '{"@type":"NewsArticle","author":{"name":"Ann Toll"}},' * (SIZE // 55)),
    "news": lambda: filled(f"<div class=story><p>{SENTENCE * 3}</p>\n<p><a href=/x>{WORDS}</a> {SENTENCE}</p></div>\n"),
    "western": lambda: filled("<p>caf\xe9 ").encode("latin-1"),
    "japanese": lambda: filled("<p>日本語の記事 ", size=SIZE * 6 // 5).encode("shift_jis"),
    "wide": lambda: b"\xff\xfe" + filled("<p>the harbour ", size=SIZE // 2).encode("utf-16-le"),
    "broken": lambda: filled("<p>é ").encode() + b"\xff",
    "text-in-tags": lambda: "<p>a " * (SIZE // 5),
    "one-line": lambda: SENTENCE * (SIZE // len(SENTENCE)),
    "lines": lambda: "a\n" * (SIZE // 2),
    "dos-lines": lambda: "a\r\n" * (SIZE // 3),
    "short-paragraphs": lambda: "a\n\n" * (SIZE // 3),
    "text": lambda: (SENTENCE * 4 + "\n\n") * (SIZE // 430),
    "wrapped-text": lambda: "the harbour of Skerrin was closed for most of the night after it had\n" * (SIZE // 70),
}


def apart(work):
    """The number that `work` returns, worked out by another process: what this one holds would count as its children's memory."""
    back, out = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(out, str(work()).encode())
        os._exit(0)
    os.close(out)
    with os.fdopen(back) as answer:
        number = int(answer.read())
    os.waitpid(child, 0)
    return number


class Memory(Case):
    def read(self, name):
        """Reads the page of that name; where its record lies."""
        page = os.path.join(self.folder, name + ".html")
        apart(lambda: len(self.file(page, PAGES[name]())))
        record = os.path.join(self.folder, name + ".jsonl")
        with open(record, "wb") as out:
            result = run("read", "--no-claims", "-f", "jsonl", page, stdout=out, env=AS_USERS_RUN_IT)
        self.assertEqual((result.status, result.err), (0, b""), name)
        if not harness.SANITIZED:
            self.assertLess(result.peak, MOST, name)
        return record

    def test_hostile_pages(self):
        for name in PAGES:
            with self.subTest(name):
                self.read(name)

    def text_has(self, record, count):
        def work():
            with open(record, encoding="utf-8") as lines:
                return count(json.loads(lines.read())["text"])
        return apart(work)

    def test_no_text_is_lost(self):
        for names, count in ((("one-line", "text", "wrapped-text"), lambda text: len(text.split())),
                             (("lines", "dos-lines", "short-paragraphs", "text-in-tags"), lambda text: text.count("a"))):
            for name in names:
                expected = apart(lambda: count(PAGES[name]()))
                self.assertEqual(self.text_has(self.read(name), count), expected, name)


if __name__ == "__main__":
    harness.main()
