#!/usr/bin/env python3
"""Makes the tables of src/claims/act_words.c, sorted by stem.

usage: tools/act_tables.py DEF OUTPUT

DEF: "[NAME]" begins the table NAME, each further line is a stem and its weights; "#" begins a comment line.
"""
import sys


def main():
    path, out = sys.argv[1:]
    tables = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("["):
                rows = tables.setdefault(line.strip()[1:-1], {})
            elif not line.startswith("#"):
                stem, *weights = line.split()
                rows[stem] = ", ".join(weights)
    with open(out, "w", encoding="utf-8") as f:
        f.write("/* Made by tools/act_tables.py. */\n")
        for name, rows in tables.items():
            f.write(f"static const hs_act_word {name.upper()}_WORDS[] = {{\n")
            f.writelines(f'    {{"{stem}", {{{weights}}}}},\n' for stem, weights in sorted(rows.items()))
            f.write("};\n")


if __name__ == "__main__":
    main()
