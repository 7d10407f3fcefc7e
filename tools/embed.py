#!/usr/bin/env python3
"""Makes a C file of files as they are. EMBEDDED_FILES stands for one EMBEDDED(name, type, hash, bytes, length) for each, which the
includer defines.

usage: tools/embed.py OUTPUT FILE...

The hash is the base64 of SHA-256, as a Content-Security-Policy and an ETag take it. A zero byte stands behind each file's last.
"""
import base64
import hashlib
import os
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}


def rows(data):
    for start in range(0, len(data), 24):
        yield "    " + " ".join(f"{byte}," for byte in data[start:start + 24])


def main():
    out = ["/* Made by tools/embed.py. */"]
    entries = []
    for i, path in enumerate(sys.argv[2:]):
        with open(path, "rb") as f:
            data = f.read()
        digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
        kind = TYPES[os.path.splitext(path)[1]]
        out += [f"static const unsigned char EMBEDDED_{i}[] = {{", *rows(data + b"\0"), "};"]
        entries.append(f'EMBEDDED("{os.path.basename(path)}", "{kind}", "{digest}", EMBEDDED_{i}, {len(data)})')
    with open(sys.argv[1], "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n#define EMBEDDED_FILES " + " ".join(entries) + "\n")


if __name__ == "__main__":
    main()
