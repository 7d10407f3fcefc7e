#!/usr/bin/env python3
"""Adds up meson's test logs: each cmocka test and each unittest method counts, any other test program counts as one.

usage: tools/sum_tests.py TESTLOG.json...      the last line is "N passed, N failed" (and ", N skipped"); status 1 if any failed
"""
import json
import re
import sys


def count(test):
    """(passed, failed, skipped) of one test program."""
    output = test.get("stdout", "") + test.get("stderr", "")
    good = test["result"] in ("OK", "EXPECTEDFAIL")
    passed = len(re.findall(r"^\[ +OK +\]", output, re.M))
    failed = len(set(re.findall(r"^\[ +FAILED +\] (?!\d+ test)(\S+)", output, re.M)))
    skipped = len(set(re.findall(r"^\[ +SKIPPED +\] (?!\d+ test)(\S+)", output, re.M)))
    ran = re.search(r"^Ran (\d+) tests? in", output, re.M)
    if ran:
        parts = {k: int(v) for k, v in re.findall(r"(failures|errors|skipped)=(\d+)", output[ran.end():])}
        # A failed subtest counts as a failure of its own in unittest's sum, without having been counted as run.
        failed = min(parts.get("failures", 0) + parts.get("errors", 0), int(ran.group(1)))
        skipped = parts.get("skipped", 0)
        passed = max(int(ran.group(1)) - failed - skipped, 0)
    if test["result"] == "SKIP":
        return 0, 0, max(skipped, 1)
    if passed + failed + skipped == 0:
        passed = 1 if good else 0
    if not good and failed == 0:
        failed = 1
    return passed, failed, skipped


def main():
    total = [0, 0, 0]
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as f:
            for line in f:
                total = [a + b for a, b in zip(total, count(json.loads(line)))]
    skipped = f", {total[2]} skipped" if total[2] else ""
    print(f"{total[0]} passed, {total[1]} failed{skipped}")
    sys.exit(0 if total[0] and not total[1] else 1)


if __name__ == "__main__":
    main()
