"""Ledgers for the tests of what is served and for the pictures: the story of pages/story with notes, and texts that want to be run.

usage: test/ledgers.py LEDGER      makes the one that the pictures are taken of
"""
import json
import sys

from e2e_ledger import STORY, lines, story_records
from harness import run
from serving import Server

EVIL = ["<script>alert(1)</script>", "</title></style></script><script>alert(2)</script>", "\"><img src=x onerror=alert(3)>", "'><svg onload=alert(4)>",
        "javascript:alert(5)", "\u202eevil\u202c", "{{constructor.constructor('alert(6)')()}}", "=HYPERLINK(\"http://evil.example\")", "\u2028\u0085&amp;&#60;"]


def evil_record():
    """Every field that a page can fill holds something that must stay text."""
    text = f"{EVIL[0]} minister\n\nThe {EVIL[2]} mayor, Ann Evil, said that {' '.join(EVIL)} the bridge was shut."
    start = text.index("that " + EVIL[0])
    return {"path": f"evil/{EVIL[2]}.html", "url": "javascript:alert(7)", "outlet": f"Evil {EVIL[2]} News", "title": f"{EVIL[0]} minister",
            "authors": [EVIL[3]], "published": f"2032-03-09T{EVIL[2]}", "language": "en\" onload=\"alert(8)", "codes": {EVIL[2]: EVIL[0]}, "credit": EVIL[3],
            "comments": [{"author": EVIL[0], "date": EVIL[2], "text": EVIL[3], "reply_to": None}], "text": text,
            "entities": [{"id": "e1", "name": f"Ann {EVIL[2]} Evil", "aliases": [], "type": "person", "role": EVIL[0], "affiliation": EVIL[3]}],
            "claims": [{"id": "c1", "source": [[text.index("The "), text.index(" said that")]], "cue": [[start - 5, start - 1]],
                        "content": [[start, len(text) - 1]], "speaker": "e1", "manner": "indirect", "stance": "asserts", "hedged": False,
                        "medium": EVIL[3], "parent": None, "disputes": [],
                        "evidence": [{"mention": [start, start + 20], "kind": "document", "status": EVIL[0]}], "confidence": 0.9}]}


def add(path, records):
    result = run("add", "-l", path, "-", stdin=lines(records).encode())
    assert result.status == 0, result.err


def note(path, claim, text, *options):
    result = run("note", "-l", path, *options, claim, text)
    assert result.status == 0, result.err
    return json.loads(result.out)["id"] if result.out.startswith(b"{") else result.out.decode().split()[-1]


def make_story(path):
    add(path, story_records())
    claim = f"{STORY}/norland-wire.html#c2"
    first = note(path, claim, "The laboratory confirms the report of 2027 and has sent us its three tables.", "--verdict", "confirmed", "--by", "A. Tolvanen",
                 "--link", "https://example.org/tables")
    note(path, claim, "The tables give the salt in the cores; they do not tell how many tons went in. For the number there is still Brask alone.", "--by",
         "R. Okoye", "--verdict", "unproven", "--reply-to", first)


def make_evil(path):
    add(path, [evil_record()])
    first = note(path, f"evil/{EVIL[2]}.html#c1", EVIL[0], "--by", EVIL[2])
    note(path, f"evil/{EVIL[2]}.html#c1", EVIL[1], "--by", EVIL[3], "--link", "javascript:alert(9)", "--reply-to", first)


def make_queue(path):
    """Notes of the public that wait, on the claim that the story's notes are on."""
    server = Server("--no-claims", "-l", path, "--token", "correct horse battery", "--public-notes")
    claim = json.loads(run("trace", "-l", path, "-f", "jsonl", f"{STORY}/norland-wire.html#c2").out)["claim"]["id"]
    server.propose(claim=claim, text="I drove one of the barges in 2027. We loaded at the spit, not at the quarry.", by="H. Sandvik", verdict="confirmed")
    server.propose(claim=claim, text="The quarry's books for that year lie in the district archive, shelf 14: it delivered to the dam until May.", by="E. Morn",
                   link="https://example.org/books")
    server.propose(claim=claim, text="CHEAP SAND delivered to your door!!!")
    server.stop()


if __name__ == "__main__":
    make_story(sys.argv[1])
    make_queue(sys.argv[1])
