#!/usr/bin/env python3
"""Makes tables of words and phrases: each list sorted, with an index by first byte (src/page/word_lists.h).

usage: tools/word_tables.py DEF OUTPUT [TYPE]      TYPE: of an entry, hs_word unless given; the list's is TYPE_list

DEF: "[NAME]" begins the list NAME, each further line is one entry, in lower case; behind a tab may stand its value, a C expression
without side effects; "#" begins a comment line. An entry that stands in a list twice is an error where the values differ.
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
                lists[name] = {}
                continue
            text, _, value = line.partition("\t")
            data = text.encode().lower()  # of ASCII letters alone, as the look-up folds them
            assert len(data) < 256, f"{path}:{number}: too long"
            assert lists[name].get(data, value) == value, f"{path}:{number}: {text} has two values"
            lists[name][data] = value
    return lists


def c_string(data):
    return "".join(chr(c) if 32 <= c < 127 and chr(c) not in '"\\?' else f"\\{c:03o}" for c in data)


def main():
    kind = sys.argv[3] if len(sys.argv) > 3 else "hs_word"
    out = ["/* Made by tools/word_tables.py. */"]
    for name, entries in lists_of(sys.argv[1]).items():
        out.append(f"static const {kind} {name}_WORDS[] = {{")
        out += [f'    {{"{c_string(data)}", {len(data)}, {value or 0}}},' for data, value in sorted(entries.items())]
        firsts = sorted(data[0] for data in entries)
        starts = ", ".join(str(sum(first < c for first in firsts)) for c in range(257))
        out.append(f"}};\nstatic const {kind}_list {name} = {{{name}_WORDS, {{{starts}}}}};")
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
