"""The command line: help, man page and README agree with the program; exit statuses; standard output that fails; order."""
import glob
import json
import os
import pty
import re
import select
import subprocess

import harness
from harness import ROOT, SAMPLES, Case, run

PAGE = "pages/sample/harbour-post.html"


def text_of(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return f.read()


def commands():
    return re.findall(r"^  ([a-z]+) ", run("--help").out.decode().split("options:")[0], re.M)


def options(help_text):
    return re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", help_text.split("options:")[1])


class Help(Case):
    def test_help_and_version(self):
        for arguments in (("--help",), ("read", "--help"), ("--version",)):
            result = run(*arguments)
            self.assertEqual((result.status, result.err), (0, b""))
        version = re.search(r"version : '([^']+)'", text_of("meson.build")).group(1)
        self.assertEqual(run("--version").out.decode(), f"hearsay {version}\n")

    def test_every_command_has_help_and_stands_in_the_man_page(self):
        manual = text_of("man/hearsay.1")
        self.assertIn("read", commands())
        for command in commands():
            self.assertEqual(run(command, "--help").status, 0)
            self.assertRegex(manual, rf"\.(Nm|Cm|It|Ic|Ss).*\b{command}\b")

    def test_every_option_stands_in_the_man_page(self):
        manual = text_of("man/hearsay.1")
        written = {"-" + flag for flag in re.findall(r"\bFl (-?[a-z][a-z-]*)", manual)}
        shown = set(options(run("--help").out.decode()))
        for command in commands():
            shown |= set(options(run(command, "--help").out.decode()))
        self.assertEqual(shown, written)

    def test_help_fits_a_terminal(self):
        for arguments in (("--help",), ("read", "--help"), ("serve", "--help")):
            for line in run(*arguments).out.decode().splitlines():
                self.assertLessEqual(len(line), 100)

    def test_what_the_readme_runs_exists(self):
        readme = text_of("README.md")
        for script in re.findall(r"\bscript/[a-z]+", readme):
            self.assertTrue(os.access(os.path.join(ROOT, script), os.X_OK), script)
        for path in re.findall(r"\]\(([^)#:]+)\)", readme):
            self.assertTrue(os.path.exists(os.path.join(ROOT, path)), path)
        lines = re.findall(r"^(?:\$ )?build/hearsay (?!serve)(.*)$", readme, re.M)  # serving has tests of its own
        self.assertTrue(lines)
        for left in {name for ledger in re.findall(r"-l (build/\S+)", readme) for name in glob.glob(os.path.join(ROOT, ledger) + "*")}:
            os.remove(left)     # of an earlier build, whose ledgers may be of another kind
        for line in lines:
            with self.subTest(line):
                shell = f'"{harness.PROGRAM}" {line}'
                done = subprocess.run(["sh", "-c", shell], cwd=ROOT, capture_output=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, b""))


class Usage(Case):
    def wrong(self, *arguments, says):
        result = run(*arguments)
        self.assertEqual((result.status, result.out), (2, b""))
        self.assert_complaints(result, says, "--help")

    def test_wrong_usage(self):
        self.wrong(says="a command is missing")
        self.wrong("frobnicate", says="frobnicate")
        self.wrong("--frobnicate", says="--frobnicate")
        self.wrong("read", says="an input is missing")
        self.wrong("read", "--frobnicate", PAGE, says="--frobnicate")
        self.wrong("read", "-x", PAGE, says="-x")
        self.wrong("read", "-f", "yaml", PAGE, says="yaml")
        self.wrong("read", "-f", says="--format needs a value")
        self.wrong("read", "--no-claims=1", PAGE, says="takes no value")
        for number in ("0", "-1", "two", "1x", "", "99999999999999999999999"):
            self.wrong("read", "-j", number, PAGE, says="--jobs")

    def test_claims_are_cut_by_confidence(self):
        page = os.path.join(ROOT, "pages/sample/carvelia-wire.html")
        of = lambda *more: [c["confidence"] for c in json.loads(run("read", "-f", "jsonl", *more, page).out)["claims"]]
        every = of()
        self.assertTrue(min(every) < 0.9 < max(every), every)
        self.assertEqual(of("--min-confidence", "0"), every)
        self.assertEqual(of("--min-confidence=.9"), [c for c in every if c >= 0.9])
        for wrong in ("1.1", "", "-1", "half", "0.5x", "nan"):
            done = run("read", "--min-confidence", wrong, page)
            self.assertEqual(done.status, 2)
            self.assertIn(b"needs a number from 0 to 1", done.err)

    def test_all_ways_to_write_an_option(self):
        expected = run("read", "--no-claims", "-f", "jsonl", PAGE)
        self.assertEqual(expected.status, 0)
        for form in (["-fjsonl"], ["--format", "jsonl"], ["--format=jsonl"]):
            self.assertEqual(run("read", "--no-claims", *form, PAGE).out, expected.out)
            self.assertEqual(run("read", PAGE, "--no-claims", *form).out, expected.out)

    def test_names_that_look_like_options(self):
        path = self.file("-f", text_of(PAGE))
        child = subprocess.run([harness.PROGRAM, "read", "--no-claims", "--", "-f"], cwd=os.path.dirname(path),
                               capture_output=True, check=False)
        self.assertEqual((child.returncode, child.stderr), (0, b""))


class Output(Case):
    def test_full_disk(self):
        with open("/dev/full", "wb") as full:
            for arguments in (("read", "--no-claims", PAGE), ("read", "--no-claims", SAMPLES), ("--help",),
                              ("--version",), ("read", "--help")):
                result = run(*arguments, stdout=full)
                self.assertEqual(result.status, 1, arguments)
                self.assert_complaints(result, "cannot write to standard output: No space left on device")

    def test_closed(self):
        result = run("read", "--no-claims", PAGE, preexec=lambda: os.close(1))
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, "cannot write to standard output")

    def test_reader_that_has_gone(self):
        reading, writing = os.pipe()
        os.close(reading)
        result = run("read", "--no-claims", SAMPLES, stdout=writing)
        os.close(writing)
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, "cannot write to standard output: Broken pipe")

    def on_terminal(self, env):
        """What the program writes when standard output is a terminal."""
        master, slave = pty.openpty()
        child = subprocess.Popen([harness.PROGRAM, "read", "--no-claims", PAGE], cwd=ROOT, stdout=slave,
                                 env={**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, **env})
        os.close(slave)
        out = b""
        while select.select([master], [], [], 60)[0]:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
        os.close(master)
        self.assertEqual(child.wait(), 0)
        return out

    def test_colour_on_a_terminal_alone(self):
        self.assertIn(b"\x1b[1m", self.on_terminal({}))
        self.assertNotIn(b"\x1b", self.on_terminal({"NO_COLOR": "1"}))
        self.assertIn(b"\x1b[1m", self.on_terminal({"NO_COLOR": ""}))
        self.assertNotIn(b"\x1b", run("read", "--no-claims", PAGE).out)

    def test_numbers_do_not_follow_the_locale(self):
        for locale in ("de_DE.UTF-8", "C"):
            result = run("read", "-f", "jsonl", PAGE, env={"LC_ALL": locale})
            for claim in json.loads(result.out)["claims"]:
                self.assertTrue(0 <= claim["confidence"] <= 1)


class Inputs(Case):
    def test_standard_input(self):
        content = text_of(PAGE).encode()
        direct = json.loads(run("read", "-f", "jsonl", PAGE).out)
        piped = json.loads(run("read", "-f", "jsonl", "-", stdin=content).out)
        self.assertEqual(piped["path"], "-")
        self.assertEqual({**piped, "path": PAGE}, direct)

    def test_folders_in_order_of_names(self):
        for name in ("b.html", "a.html", "sub/c.html", "sub/deep/d.txt", "z.htm"):
            self.file(name, text_of(PAGE))
        self.file("picture.png", b"\x89PNG")
        self.file(".hidden.html", "x")
        result = run("read", "--no-claims", "-f", "jsonl", self.folder)
        self.assertEqual((result.status, result.err), (0, b""))
        paths = [os.path.relpath(json.loads(line)["path"], self.folder) for line in result.out.splitlines()]
        self.assertEqual(paths, ["a.html", "b.html", "sub/c.html", "sub/deep/d.txt", "z.htm"])

    def test_one_record_a_line(self):
        result = run("read", "-f", "jsonl", SAMPLES)
        self.assertTrue(result.out.endswith(b"\n"))
        for line in result.out.decode().split("\n")[:-1]:
            json.loads(line)

    def test_same_output_whatever_the_threads(self):
        for form in ("jsonl", "text"):
            one = run("read", "-f", form, "-j", "1", SAMPLES)
            self.assertEqual(one.status, 0)
            for jobs in ("2", "7"):
                self.assertEqual(run("read", "-f", form, "-j", jobs, SAMPLES).out, one.out)

    def test_same_complaints_in_the_same_order_whatever_the_threads(self):
        inputs = []
        for i in range(40):
            inputs += [PAGE, os.path.join(self.folder, f"none-{i}.html"), self.file(f"{i}.html", b"\0\1\2" * 50)]
        one = run("read", "--no-claims", "-f", "jsonl", "-j", "1", *inputs)
        self.assertEqual((one.status, len(one.complaints), len(one.out.splitlines())), (1, 80, 40))
        for jobs in ("2", "7", "64"):
            some = run("read", "--no-claims", "-f", "jsonl", "-j", jobs, *inputs)
            self.assertEqual((some.status, some.out, some.err), (one.status, one.out, one.err))

    def test_thousands_of_pages_in_order_and_in_little_memory(self):
        count = 300 if harness.SANITIZED else 3000
        page = text_of(PAGE)
        inputs = []
        for i in range(count):
            inputs.append(self.file(f"{i:05}.html", page.replace("Freighter dragged", f"Freighter {i} dragged")))
        few = run("read", "--no-claims", "-j", "2", "-f", "jsonl", *inputs[:50])
        many = run("read", "--no-claims", "-j", "2", "-f", "jsonl", self.folder)
        self.assertEqual((many.status, many.err), (0, b""))
        self.assertEqual([json.loads(line)["path"] for line in many.out.splitlines()], inputs)
        if not harness.SANITIZED:
            self.assertLess(many.peak, few.peak + 16 * harness.MIB)


if __name__ == "__main__":
    harness.main()
