#!/usr/bin/env python3
"""Runs html5lib's tests of tokenizing, tree construction (scripting off) and encodings against src/html.

usage: html5lib.py [-v] RUNNER    (RUNNER: build/test/html5lib/html5lib-run)

The tests are not part of this repository: HEARSAY_HTML5LIB names a folder that holds them or an archive of it; without it
../shared/data/html5lib-tests is looked for, and where nothing is found the test is skipped (exit status 77). Every case that is
known to fail stands in EXPECTED_FAILURES with its reason; any other failure, or one of these that passes, is an error.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# (file, description or data) → why it fails
MIRROR = "a browser mirrors the chosen option in <selectedcontent>: nothing that is to be read"
EXPECTED_FAILURES = {
    ("webkit02.dat", "<select><button><selectedcontent></button><option>" + options): MIRROR
    for options in ("X", "x<i>i<b>ib</i>b", "X<option>Y", "X<option selected>Y")
}

STATES = {
    "Data state": "data",
    "RCDATA state": "rcdata",
    "RAWTEXT state": "rawtext",
    "Script data state": "script",
    "PLAINTEXT state": "plaintext",
    "CDATA section state": "cdata",
}


class Runner:
    def __init__(self, program):
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, kind, argument, last_start, data):
        head = f"{kind} {argument or '-'} {last_start or '-'} {len(data)}\n".encode()
        self.process.stdin.write(head + data)
        self.process.stdin.flush()
        return self.process.stdout.read(int(self.process.stdout.readline()))


def encode(text):
    """Lone surrogates have no UTF-8: the reader that stands before the tokenizer makes U+FFFD of them."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")).encode()


def unescape(value):
    if isinstance(value, str):
        return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m.group(1), 16)), value)
    if isinstance(value, list):
        return [unescape(v) for v in value]
    if isinstance(value, dict):
        return {unescape(k): unescape(v) for k, v in value.items()}
    return value


def as_bytes(value):
    if isinstance(value, str):
        return encode(value)
    if isinstance(value, list):
        return [as_bytes(v) for v in value]
    if isinstance(value, dict):
        return {as_bytes(k): as_bytes(v) for k, v in value.items()}
    return value


def part(text):
    return None if text == "-" else bytes.fromhex(text[1:])


def tokens_of(answer):
    tokens = []
    for line in answer.decode().splitlines():
        kind, *parts = line.split(" ")
        if kind == "Character" and tokens and tokens[-1][0] == b"Character":
            tokens[-1][1] += part(parts[0])
        elif kind in ("Character", "Comment"):
            tokens.append([kind.encode(), part(parts[0])])
        elif kind == "DOCTYPE":
            tokens.append([b"DOCTYPE"] + [part(p) for p in parts[:3]] + [parts[3] == "1"])
        elif kind == "EndTag":
            tokens.append([b"EndTag", part(parts[0])])
        else:
            attrs = {part(n): part(v) for n, v in zip(parts[2::2], parts[3::2])}
            tokens.append([b"StartTag", part(parts[0]), attrs] + ([True] if parts[1] == "1" else []))
    return tokens


def tokenizer_cases(folder):
    for path in sorted(glob.glob(os.path.join(folder, "tokenizer", "*.test"))):
        name = os.path.basename(path)
        with open(path, encoding="utf-8") as f:
            for case in json.load(f).get("tests", []):
                data, output = case["input"], case["output"]
                if case.get("doubleEscaped"):
                    data, output = unescape(data), unescape(output)
                for state in case.get("initialStates", ["Data state"]):
                    yield name, case["description"] + " / " + state, data, output, STATES[state], case.get("lastStartTag")


def run_tokenizer(runner, folder):
    for name, description, data, output, state, last_start in tokenizer_cases(folder):
        answer = runner.ask("tokens", state, last_start, encode(data))
        expected, got = as_bytes(output), tokens_of(answer)
        yield name, description, expected == got, (data, expected, got)


def tree_cases(folder):
    for path in sorted(glob.glob(os.path.join(folder, "tree-construction", "**", "*.dat"), recursive=True)):
        with open(path, encoding="utf-8", newline="\n") as f:
            text = f.read()
        for case in re.split(r"\n\n(?=#data\n)", text):
            sections, name = {}, None
            for line in case.split("\n"):
                if re.fullmatch(r"#(data|errors|new-errors|document-fragment|document|script-on|script-off)", line):
                    name = line[1:]
                    sections[name] = []
                elif name:
                    sections[name].append(line)
            if "data" not in sections or "script-on" in sections or os.sep + "scripted" + os.sep in path:
                continue
            context = sections.get("document-fragment", [None])[0]
            yield (os.path.basename(path), "\n".join(sections["data"]), context,
                   "\n".join(sections["document"]).rstrip("\n"))


def run_trees(runner, folder):
    for name, data, context, expected in tree_cases(folder):
        argument = context.replace(" ", ":") if context else None
        got = runner.ask("tree", argument, None, encode(data)).decode().rstrip("\n")
        yield name, data, expected == got, (data, expected, got)


def encoding_cases(folder):
    for path in sorted(glob.glob(os.path.join(folder, "encoding", "*.dat"))):
        with open(path, "rb") as f:
            for case in f.read().split(b"#data\n")[1:]:
                data, _, name = case.partition(b"\n#encoding\n")
                yield os.path.basename(path), data, name.split(b"\n")[0].decode()


def run_encodings(runner, folder):
    for name, data, expected in encoding_cases(folder):
        got = runner.ask("charset", None, None, data).decode()
        yield name, data.decode("latin-1"), expected.lower() == got.lower(), (data, expected, got)


def find_tests(unpack_to):
    given = os.environ.get("HEARSAY_HTML5LIB") or os.path.join(ROOT, "..", "shared", "data", "html5lib-tests")
    for archive in [given] if os.path.isfile(given) else glob.glob(os.path.join(given, "*.tar.*")):
        with tarfile.open(archive) as f:
            f.extractall(unpack_to)
        return unpack_to
    return given if os.path.isdir(os.path.join(given, "tree-construction")) else None


def main():
    verbose = "-v" in sys.argv
    with tempfile.TemporaryDirectory() as scratch:
        folder = find_tests(scratch)
        if not folder:
            print("skipped: html5lib's tests are not here")
            sys.exit(77)
        runner = Runner(sys.argv[-1])
        bad = 0
        for title, run in (("tokenizer", run_tokenizer), ("tree construction", run_trees), ("encodings", run_encodings)):
            passed = total = 0
            for name, description, ok, details in run(runner, folder):
                total += 1
                passed += ok
                if ok != ((name, description) not in EXPECTED_FAILURES):
                    bad += 1
                    print(f"{'passes now' if ok else 'FAILED'}: {name}: {description!r}")
                    if verbose:
                        for what, value in zip(("input", "expected", "got"), details):
                            print(f"  {what}: {value if isinstance(value, str) else repr(value)}")
            print(f"{title}: {passed} of {total} ({100 * passed / total:.2f} %)")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
