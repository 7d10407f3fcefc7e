#!/usr/bin/env python3
"""Makes the table of src/claims/lexicon.def: every form of every entry with the set of its classes, in a hash table.

usage: tools/lexicon_tables.py DEF OUTPUT

Entries are cut into words as src/text cuts texts (each punctuation mark is a word of its own) and joined with single blanks.
A word that begins an entry of several words knows how many words the longest such entry has.
"""
import re
import sys

from fnv import fnv

CLASS = re.compile(r"\[(\w+)(?: (verb|noun))?\]$")
VOWELS = "aeiou"


def words_of(entry):
    return re.findall(r"\w+|[^\w\s]", entry.lower())


def s_form(word):
    if word.endswith("y") and word[-2] not in VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh|[^aeiou]o)$", word) else "s")


def forms_of(word, kind, irregular):
    double = word.endswith("+")
    word = word.rstrip("+")
    if kind == "noun":
        return [word, s_form(word)]
    if word in irregular:
        return [word, *irregular[word]]
    stem = word + word[-1] if double else word
    if word.endswith("e"):
        ing = word if word.endswith("ee") else word[:-2] + "y" if word.endswith("ie") else word[:-1]
        return [word, s_form(word), word + "d", ing + "ing"]
    if word.endswith("y") and word[-2] not in VOWELS:
        return [word, s_form(word), word[:-1] + "ied", word + "ing"]
    return [word, s_form(word), stem + "ed", stem + "ing"]


def bent(entry, kind, irregular):
    """All forms of an entry: of a verb's first word, of a noun's last."""
    if not kind:
        return [entry]
    parts = entry.split()
    at = 0 if kind == "verb" else len(parts) - 1
    return [" ".join(parts[:at] + [form] + parts[at + 1:]) for form in forms_of(parts[at], kind, irregular)]


def read(path):
    irregular, lists, now = {}, [], None
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            if line.startswith("["):
                now = line
                assert now == "[IRREGULAR]" or CLASS.match(now), now
            elif now == "[IRREGULAR]":
                entry, forms = line.split(":")
                irregular[entry] = forms.split()
            else:
                name, kind = CLASS.match(now).groups()
                lists += [(name, kind, e.strip()) for e in line.rstrip(",").split(",") if e.strip()]
    return irregular, lists


def table_of(path):
    """{words: set of classes}, {first word: words in its longest entry}"""
    irregular, lists = read(path)
    classes, longest = {}, {}
    for name, kind, entry in lists:
        for form in bent(entry, kind, irregular):
            words = words_of(form)
            classes.setdefault(" ".join(words), set()).add(name)
            longest[words[0]] = max(longest.get(words[0], 1), len(words))
    for word in longest:
        classes.setdefault(word, set())
    return classes, longest


def main():
    classes, longest = table_of(sys.argv[1])
    entries = sorted(classes)
    size = 1
    while size < 2 * len(entries):
        size *= 2
    slots = [0] * size
    for i, entry in enumerate(entries):
        at = fnv(entry.encode()) & size - 1
        while slots[at]:
            at = at + 1 & size - 1
        slots[at] = i + 1
    out = ["/* Made by tools/lexicon_tables.py. */"]
    out.append(f"enum {{ LONGEST_ENTRY = {max(len(e.encode()) for e in entries)}, SLOTS = {size} }};")
    out.append("static const lexicon_entry ENTRIES[] = {")
    for entry in entries:
        text = entry.replace("\\", "\\\\").replace('"', '\\"')
        marks = " | ".join(f"HS_LEX_{name}" for name in sorted(classes[entry])) or "0"
        out.append(f'    {{"{text}", {len(entry.encode())}, {longest.get(entry, 1)}, {marks}}},')
    out.append("};\nstatic const uint16_t SLOT[SLOTS] = {")
    out += ["    " + ", ".join(str(s) for s in slots[i:i + 24]) + "," for i in range(0, size, 24)]
    out.append("};")
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
