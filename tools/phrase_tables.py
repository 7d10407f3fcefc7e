#!/usr/bin/env python3
"""Makes the tables by which src/page looks phrases up: each list sorted, with an index by first byte.

usage: tools/phrase_tables.py PHRASES_DEF OUTPUT

PHRASES_DEF: "[NAME]" begins the list HS_PHRASE_NAME, each further line is one phrase, "#" begins a comment line.
"""
import sys


def lists_of(path):
    lists, name = {}, None
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("["):
                name = line[1:-1]
                assert name not in lists, f"{path}:{number}: the list {name} stands there twice"
                lists[name] = set()
                continue
            data = line.encode().lower()  # of ASCII letters alone, as the look-up folds them
            assert len(data) < 256, f"{path}:{number}: too long"
            lists[name].add(data)
    return lists


def c_string(data):
    return "".join(chr(c) if 32 <= c < 127 and chr(c) not in '"\\?' else f"\\{c:03o}" for c in data)


def main():
    lists = lists_of(sys.argv[1])
    out = ["/* Made by tools/phrase_tables.py. */"]
    for name, phrases in lists.items():
        out.append(f"static const phrase {name}[] = {{")
        out += [f'    {{"{c_string(data)}", {len(data)}}},' for data in sorted(phrases)]
        out.append("};")
    out.append("static const struct {\n    const phrase *phrases;\n    uint16_t from[257]; /* those that begin with byte c: from[c] to from[c + 1] */\n} LISTS[] = {")
    for name, phrases in lists.items():
        starts, firsts = [], sorted(data[0] for data in phrases)
        for c in range(257):
            starts.append(str(sum(first < c for first in firsts)))
        out.append(f"    [HS_PHRASE_{name}] = {{{name}, {{{', '.join(starts)}}}}},")
    out.append("};")
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
