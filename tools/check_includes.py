#!/usr/bin/env python3
"""Checks who includes whom: the rooms of src/ against the table below, app/ against the public header.

usage: tools/check_includes.py [ROOT]     prints each include that is not allowed; exit status 1 if there is one

The table is docs/ARCHITECTURE.md in short: a page flows page → text → model → claims → formats, and a room sees only what its
own work needs. hearsay.h is allowed everywhere.
"""
import os
import re
import sys

# Room → the rooms whose headers it may include, besides its own.
ALLOWED = {
    "base": set(),
    "html": {"base"},
    "page": {"html", "base"},
    "text": {"base"},
    "model": {"text", "base"},
    "claims": {"model", "text", "base"},
    "formats": {"base"},
    "ledger": {"base"},
    "input": {"html", "base"},
    "api": {"input", "base", "html", "page", "text", "model", "claims", "formats", "ledger"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)


def sources(folder):
    for path, _, names in sorted(os.walk(folder)):
        yield from (os.path.join(path, n) for n in sorted(names) if n.endswith((".c", ".h", ".inc")))


def includes(path):
    with open(path, encoding="utf-8") as f:
        return INCLUDE.findall(f.read())


def complaints(root):
    for path in sources(os.path.join(root, "src")):
        room = os.path.relpath(path, os.path.join(root, "src")).split(os.sep)[0]
        if room not in ALLOWED:
            yield f"{path}: the room {room} is not in the table"
            continue
        for included in includes(path):
            target = included.split("/")[0] if "/" in included else None
            if included == "hearsay.h" or target == room or target in ALLOWED[room]:
                continue
            yield f"{path}: includes {included}: {room} may not (or the name lacks its room)"
    for folder, doors in (("cli", {"web/web.h"}), ("web", set())):
        for path in sources(os.path.join(root, "app", folder)):
            for included in includes(path):
                own = "/" not in included and (included.endswith(".inc") or os.path.exists(os.path.join(os.path.dirname(path), included)))
                if included != "hearsay.h" and included not in doors and not own:
                    yield f"{path}: includes {included}: the program sees hearsay.h alone"


def main():
    found = list(complaints(sys.argv[1] if len(sys.argv) > 1 else "."))
    print("\n".join(found) if found else "all includes are allowed")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
