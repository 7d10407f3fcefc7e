"""Pages beside their expected outputs, compared exactly.

A case is a page in test/pages (NAME.html or NAME.txt) beside NAME.jsonl and NAME.text, or a sample page, whose expectations lie
in test/pages/sample. `script/test --update` rewrites them all and shows what changed.
"""
import difflib
import json
import os
import sys
import unittest

import harness

FORMATS = ("jsonl", "text")
PAGES = "test/pages"


def cases():
    """(page, stem of its expectations), by name."""
    for folder, expected in ((harness.SAMPLES, PAGES + "/sample"), (PAGES, PAGES)):
        for name in sorted(os.listdir(os.path.join(harness.ROOT, folder))):
            stem, ending = os.path.splitext(name)
            if ending in (".html", ".txt"):
                yield f"{folder}/{name}", f"{expected}/{stem}"


def readable(form, content):
    """Lines for a diff: a record with one field, entity or claim a line."""
    if form != "jsonl" or not content.strip():
        return content.splitlines()
    record = json.loads(content)
    lines = []
    for key, value in record.items():
        if key in ("entities", "claims", "comments") and value:
            lines += [f"{key}:"] + ["  " + json.dumps(item, ensure_ascii=False) for item in value]
        elif key == "text":
            lines += ["text:"] + ["  " + line for line in value.splitlines()]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return lines


def expected(path):
    if not os.path.exists(path):
        return ""
    with open(path, encoding="utf-8", newline="") as f:
        return f.read()


class Pages(unittest.TestCase):
    def check(self, page, path, form):
        result = harness.run("read", "-f", form, page)
        self.assertEqual((result.status, result.err), (0, b""))
        want, got = readable(form, expected(path)), readable(form, result.out.decode())
        if result.out.decode() != expected(path):
            diff = difflib.unified_diff(want, got, path, page, lineterm="")
            self.fail("not as expected (script/test --update rewrites the expectations)\n" + "\n".join(diff))


def update():
    changed = 0
    for page, stem in cases():
        for form in FORMATS:
            path = f"{stem}.{form}"
            before, result = expected(path), harness.run("read", "-f", form, page)
            if result.status != 0:
                sys.exit(result.err.decode())
            after = result.out.decode()
            if before == after:
                continue
            changed += 1
            print("\n".join(difflib.unified_diff(readable(form, before), readable(form, after), path, path, lineterm="")))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.write(after)
    print(f"{changed} expectations changed")


for _page, _stem in cases():
    for _form in FORMATS:
        def _test(self, page=_page, path=f"{_stem}.{_form}", form=_form):
            self.check(page, path, form)
        setattr(Pages, f"test_{_page.replace('/', '_')}_{_form}", _test)

if __name__ == "__main__":
    if sys.argv[1:] == ["--update"]:
        os.chdir(harness.ROOT)
        update()
    else:
        harness.main()
