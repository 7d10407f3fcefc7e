#!/usr/bin/env python3
"""How fast others read the same pages: one thread, pages in memory, whole rounds. Prints a line for each peer that is installed.

usage: peers.py SECONDS FOLDER
"""
import importlib.util
import os
import sys
import time


def resiliparse():
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree

    return "resiliparse, main content", lambda page: extract_plain_text(
        HTMLTree.parse(bytes_to_str(page, detect_encoding(page))), main_content=True)


def selectolax():
    from selectolax.lexbor import LexborHTMLParser

    return "selectolax (lexbor), parse alone", LexborHTMLParser


def trafilatura():
    from trafilatura import extract

    return "trafilatura, with metadata", lambda page: extract(page, with_metadata=True, output_format="json")


PEERS = [resiliparse, selectolax, trafilatura]


def rate(work, pages, seconds):
    done, size, start = 0, 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        for page in pages:
            try:
                work(page)
            except Exception:  # a page that a peer cannot read counts as read
                pass
            done += 1
            size += len(page)
            if time.perf_counter() - start > 10 * seconds:
                break
    spent = time.perf_counter() - start
    return done / spent, size / spent / 1e6


def main():
    seconds, folder = float(sys.argv[1]), sys.argv[2]
    pages = []
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            pages.append(f.read())
    for peer in PEERS:
        if not importlib.util.find_spec(peer.__name__):
            continue
        title, work = peer()
        pages_per_second, megabytes = rate(work, pages, seconds)
        print(f"{title:36s} {pages_per_second:8.0f} pages/s {megabytes:8.1f} MB/s", flush=True)


if __name__ == "__main__":
    main()
