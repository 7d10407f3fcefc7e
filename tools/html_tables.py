#!/usr/bin/env python3
"""Makes the tables by which src/html looks names up: the elements of tags.def and the named character references.

usage: tools/html_tables.py TAGS_DEF OUTPUT

The references are the HTML Standard's (section 13.5), as Python's own html.entities holds them. Elements are found by a perfect
hash over their length and last eight bytes; the multiplier is searched for here.
"""
import html.entities
import re
import sys

SLOT_BITS = 12


def tags_of(path):
    with open(path, encoding="utf-8") as f:
        return re.findall(r'^HS_TAG\((\w+), "([^"]+)"', f.read(), re.M)


def key_of(name):
    """The last eight bytes as a number, the way the tokenizer packs them while it reads."""
    key = 0
    for byte in name.encode():
        key = (key << 8 | byte) & 0xFFFFFFFFFFFFFFFF
    return key


def slot_of(key, length, multiplier):
    return ((key + length) * multiplier & 0xFFFFFFFFFFFFFFFF) >> (64 - SLOT_BITS)


def perfect(names):
    multiplier = 0x9E3779B97F4A7C15
    while True:
        slots = {}
        for i, name in enumerate(names):
            slots.setdefault(slot_of(key_of(name), len(name), multiplier), i + 1)
        if len(slots) == len(names):
            return multiplier, slots
        multiplier = (multiplier * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF | 1


def c_string(data):
    return "".join(f"\\{byte:03o}" for byte in data)


def main():
    names = [name for _, name in tags_of(sys.argv[1])]
    assert names == sorted(names), "tags.def is not sorted"
    multiplier, slots = perfect(names)
    out = ["/* Made by tools/html_tables.py. */"]
    out.append(f"enum {{ TAG_SLOT_BITS = {SLOT_BITS} }};")
    out.append(f"#define TAG_MULTIPLIER UINT64_C(0x{multiplier:016X})")
    out.append(f"static const uint8_t TAG_SLOTS[1 << TAG_SLOT_BITS] = {{")
    out.append("    " + ", ".join(str(slots.get(i, 0)) for i in range(1 << SLOT_BITS)) + "};")
    out.append("static const uint64_t TAG_KEYS[HS_TAG_COUNT] = {")
    out.append("    0, " + ", ".join(f"UINT64_C(0x{key_of(n):X})" for n in names) + "};")

    references = sorted(html.entities.html5.items())
    firsts = {}
    for i, (name, _) in enumerate(references):
        firsts.setdefault(name[0], [i, i])[1] = i + 1
    out.append("static const reference REFERENCES[] = {")
    for name, value in references:
        data = value.encode()
        assert len(data) <= 6 and len(name) < 64
        out.append(f'    {{"{name}", {len(name)}, {len(data)}, "{c_string(data)}"}},')
    out.append("};")
    out.append("/* The references that begin with each letter: from, to. */")
    out.append("static const uint16_t FIRST_LETTERS[128][2] = {")
    out.extend(f"    ['{c}'] = {{{a}, {b}}}," for c, (a, b) in sorted(firsts.items()))
    out.append("};")
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
