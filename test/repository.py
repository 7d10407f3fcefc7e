"""What must hold of the repository itself: includes, headers that stand alone, exported symbols, documented functions."""
import glob
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

import harness
from harness import ROOT

sys.path.insert(0, os.path.join(ROOT, "tools"))
import check_includes  # noqa: E402

HEADER = os.path.join(ROOT, "include", "hearsay.h")
LIBRARY = os.environ.get("HEARSAY_LIBRARY") or os.path.join(ROOT, "build", "libhearsay.so")
BUILD = os.environ.get("HEARSAY_BUILD") or os.path.join(ROOT, "build")
COMPILER = shlex.split(os.environ.get("CC", "cc"))


def header():
    with open(HEADER, encoding="utf-8") as f:
        return f.read()


def declared():
    """Names of the functions that hearsay.h exports."""
    return set(re.findall(r"^HS_API [^;(]*?\b(hs_\w+)\(", header(), re.M))


def compile_alone(source, *flags):
    return subprocess.run([*COMPILER, *flags, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I" + ROOT + "/include",
                           "-I" + ROOT + "/src", "-"], input=source.encode(), capture_output=True, check=False)


class Includes(unittest.TestCase):
    def test_all_are_allowed(self):
        self.assertEqual(list(check_includes.complaints(ROOT)), [])

    def test_the_table_has_no_circle(self):
        left = dict(check_includes.ALLOWED)
        while left:
            free = [room for room, needs in left.items() if not needs & set(left)]
            self.assertTrue(free, f"a circle among {sorted(left)}")
            for room in free:
                del left[room]

    def test_a_wrong_include_is_found(self):
        with tempfile.TemporaryDirectory() as root:
            for path, content in (("src/base/a.c", '#include "page/page.h"\n'), ("src/html/b.c", '# include "base/str.h"\n'),
                                  ("src/odd/c.c", ""), ("app/cli/d.c", '#include "base/str.h"\n'),
                                  ("src/text/e.h", '#include "model/model.h"\n')):
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as f:
                    f.write(content)
            found = " ".join(check_includes.complaints(root))
            for name in ("a.c", "c.c", "d.c", "e.h"):
                self.assertIn(name, found)
            self.assertNotIn("b.c", found)


class Headers(unittest.TestCase):
    def alone(self, source, *flags):
        done = compile_alone(source, *flags)
        self.assertEqual(done.returncode, 0, done.stderr.decode())

    def test_public_header_as_strict_c99(self):
        self.alone('#include "hearsay.h"\nint main(void) { return hs_version() == 0; }\n', "-xc", "-std=c99")

    def test_public_header_as_cpp(self):
        self.alone('#include "hearsay.h"\nint main() { return hs_version() == nullptr; }\n', "-xc++", "-std=c++11")

    def test_public_header_needs_three_standard_headers(self):
        included = re.findall(r"#include (\S+)", header())
        self.assertEqual(sorted(included), ["<stdbool.h>", "<stddef.h>", "<stdint.h>"])

    def test_private_headers_as_c17(self):
        for path in sorted(glob.glob(ROOT + "/src/*/*.h")):
            with self.subTest(os.path.relpath(path, ROOT)):
                name = os.path.relpath(path, ROOT + "/src")
                self.alone(f'#include "{name}"\n#include "{name}"\n', "-xc", "-std=gnu17", "-D_GNU_SOURCE")

    def test_first_lines_say_what_a_file_is_for(self):
        for path in glob.glob(ROOT + "/src/**/*.[ch]", recursive=True) + glob.glob(ROOT + "/app/**/*.[ch]", recursive=True):
            with open(path, encoding="utf-8") as f:
                self.assertTrue(f.read(3).startswith("/*"), path)

    def test_every_function_has_its_comment(self):
        """A comment stands above each declaration, or above the unbroken group that it belongs to."""
        blocks = re.split(r"\n\s*\n", header())
        documented = set()
        for block in blocks:
            comment = block.find("/*")
            for match in re.finditer(r"^HS_API [^;(]*?\b(hs_\w+)\(", block, re.M):
                if 0 <= comment < match.start():
                    documented.add(match.group(1))
        frees = {name for name in declared() if name.endswith("_free")}  # the law at the top of the header is their comment
        self.assertIn("each accepts NULL", " ".join(header().split()).replace("* ", ""))
        self.assertEqual(declared() - documented - frees, set())


class Library(unittest.TestCase):
    def exported(self):
        out = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], capture_output=True, check=True).stdout.decode()
        return {line.split()[2] for line in out.splitlines() if line.split()[1] in "TBDRVW"}

    def test_exports_what_the_header_declares_and_nothing_else(self):
        self.assertTrue(declared())
        self.assertEqual(self.exported() - {"_init", "_fini"}, declared())

    def test_does_not_print_or_exit(self):
        """Nothing outside app/ writes to the standard streams or ends the process."""
        out = subprocess.run(["nm", "-D", "--undefined-only", LIBRARY], capture_output=True, check=True).stdout.decode()
        wanted = {line.split()[-1].split("@")[0] for line in out.splitlines()}
        forbidden = {"exit", "_exit", "abort", "printf", "puts", "putchar", "perror", "stdout", "stderr", "__printf_chk"}
        if not harness.SANITIZED:
            self.assertEqual(wanted & forbidden, set())


class Installed(unittest.TestCase):
    """What `meson install` lays down is enough to build and run another program with it."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="hearsay-install-")
        cls.addClassCleanup(folder.cleanup)
        cls.root = folder.name
        done = subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", cls.root],
                              capture_output=True, check=False)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        cls.files = {os.path.relpath(os.path.join(path, name), cls.root)
                     for path, _, names in os.walk(cls.root) for name in names}

    def test_all_is_there(self):
        for ending in ("bin/hearsay", "include/hearsay.h", "/libhearsay.so.0", "/libhearsay.a", "pkgconfig/hearsay.pc",
                       "man1/hearsay.1", "share/hearsay/hearsay.hsw"):
            self.assertTrue(any(name.endswith(ending) for name in self.files), (ending, sorted(self.files)))

    def test_the_readme_program_builds_and_runs(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
            example = re.search(r"```c\n(.*?)```", f.read(), re.S).group(1)
        include, body = example.split("\n\n", 1)
        source = os.path.join(self.root, "example.c")
        with open(source, "w", encoding="utf-8") as f:
            f.write(f'{include}\n#include <stdio.h>\nint main(void) {{\n'
                    'static const char page[] = "Mayor speaks\\n\\nThe mayor said that the bridge is safe.\\n";\n'
                    'size_t page_length = sizeof page - 1;\n' +
                    body.replace("hs_record_free(record)", 'printf("%zu\\n", record->n_claims); hs_record_free(record)') +
                    "return 0;\n}\n")
        config = next(name for name in self.files if name.endswith("hearsay.pc"))
        environment = {**os.environ, "PKG_CONFIG_PATH": os.path.join(self.root, os.path.dirname(config)),
                       "PKG_CONFIG_SYSROOT_DIR": self.root}
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "hearsay"], env=environment, capture_output=True, check=True)
        program = os.path.join(self.root, "example")
        built = subprocess.run([*COMPILER, "-std=c17", source, "-o", program, *shlex.split(flags.stdout.decode())],
                               capture_output=True, check=False)
        self.assertEqual(built.returncode, 0, built.stderr.decode())
        library = next(name for name in self.files if name.endswith("/libhearsay.so.0"))
        done = subprocess.run([program], capture_output=True, check=False, env={
            **os.environ, "LD_LIBRARY_PATH": os.path.join(self.root, os.path.dirname(library)),
            "HEARSAY_WEIGHTS": os.path.join(ROOT, "models", "hearsay.hsw")})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreaterEqual(int(done.stdout), 1)


class Documents(unittest.TestCase):
    def test_labels_are_those_of_the_schema(self):
        with open(os.path.join(ROOT, "docs/record.schema.json"), encoding="utf-8") as f:
            schema = json.load(f)
        with open(os.path.join(ROOT, "src/formats/labels.c"), encoding="utf-8") as f:
            labels = f.read()

        def names(table):
            body = re.search(table + r"\[\] = \{(.*?)\};", labels, re.S).group(1)
            return set(re.findall(r'"([^"]+)"', body))

        definitions = schema["$defs"]
        self.assertEqual(set(definitions["claim"]["properties"]["manner"]["enum"]), names("MANNER_NAMES"))
        self.assertEqual(set(definitions["claim"]["properties"]["stance"]["enum"]), names("STANCE_NAMES"))
        kinds = definitions["claim"]["properties"]["evidence"]["items"]["properties"]["kind"]["enum"]
        self.assertEqual(set(kinds), names("EVIDENCE_KIND_NAMES"))
        self.assertEqual(set(definitions["entity"]["properties"]["type"]["enum"]) - {None}, names("ENTITY_TYPE_NAMES") - {"unknown"})

    def test_no_file_is_too_long(self):
        for path in glob.glob(ROOT + "/src/**/*.[ch]", recursive=True) + glob.glob(ROOT + "/app/**/*.[ch]", recursive=True):
            with open(path, encoding="utf-8") as f:
                self.assertLessEqual(sum(1 for _ in f), 700, path)

    def test_scripts_can_be_run(self):
        for name in ("setup", "demo", "test", "bench", "lint"):
            self.assertTrue(os.access(os.path.join(ROOT, "script", name), os.X_OK), name)


if __name__ == "__main__":
    harness.main()
