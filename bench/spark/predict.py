#!/usr/bin/env python3
"""Prints the records of a folder of annotated texts, by the texts' own ids.

usage: predict.py GOLD
"""

from __future__ import annotations

import json
import pathlib
import sys

import hearsay

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    document = json.loads(path.read_bytes())
    page = hearsay.Page(document["text"], name=document.get("doc", path.stem), kind="text", language="en")
    print(json.dumps({"doc": page.name, **hearsay.read(page).to_dict()}))
