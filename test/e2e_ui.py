"""The pages in a browser: test/ui/*.mjs by node, against running servers. Skipped where there is no chromium, node or packages
for it; script/ui-tools installs them."""
import os
import re
import shutil
import subprocess
import unittest

import harness
import ledgers
from harness import ROOT, Case
from serving import Server

MODULES = os.environ.get("UI_MODULES") or os.path.join(ROOT, "build", "ui")


def missing():
    if not os.path.exists("/usr/bin/chromium"):
        return "there is no /usr/bin/chromium"
    if not shutil.which("node"):
        return "there is no node"
    for package in ("playwright-core", "axe-core"):
        if not os.path.isdir(os.path.join(MODULES, "node_modules", package)):
            return f"there is no {package} under {MODULES}"
    return None


@unittest.skipIf(missing() or harness.SANITIZED, missing() or "a browser's tests run once, in the ordinary build")
class Pages(Case):
    def run_tests(self, tests, *arguments, env=None):
        server = Server(*arguments)
        try:
            done = subprocess.run(["node", "--test", "--test-reporter=tap", os.path.join(ROOT, "test", "ui", tests)], cwd=ROOT, capture_output=True,
                                  check=False, timeout=900, env={**os.environ, "SERVER": server.address, "UI_MODULES": MODULES, **(env or {})})
        finally:
            ended = server.stop()
        out = done.stdout.decode()
        print(out)
        self.assertEqual((done.returncode, re.findall(r"^not ok .*", out, re.M)), (0, []), out[-6000:] + done.stderr.decode()[-2000:])
        self.assertEqual(ended, (0, ""))

    def test_views(self):
        self.run_tests("views.mjs")

    def test_views_of_a_ledger(self):
        path = os.path.join(self.folder, "l.db")
        ledgers.make_story(path)
        ledgers.make_evil(path)
        opened = Server("--no-claims", "-l", path, "--token", "correct horse battery")
        try:
            self.run_tests("ledger.mjs", "--no-claims", "-l", path, env={"OPENED": opened.address})
        finally:
            self.assertEqual(opened.stop(), (0, ""))

    def test_notes_of_the_public(self):
        path, token = os.path.join(self.folder, "l.db"), "correct horse battery"
        ledgers.make_story(path)
        self.run_tests("queue.mjs", "--no-claims", "-l", path, "--token", token, "--public-notes", env={"TOKEN": token})


if __name__ == "__main__":
    harness.main()
