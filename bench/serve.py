#!/usr/bin/env python3
"""A load on `hearsay serve` over loopback, and a stop in the middle of it.

usage: bench/serve.py LEDGER [SECONDS [CONNECTIONS]]

Prints for each kind of question how many are answered a second and how long they take; what the first view of the ledger takes, with a
server just started; and, with notes being written while the server is told to end, how many it said were written and how many are there.
"""
import json
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request

PROGRAM, LOAD = "build/hearsay", "build/bench/bench-serve"


class Server:
    def __init__(self, ledger):
        self.child = subprocess.Popen([PROGRAM, "serve", "--no-claims", "--port", "0", "-l", ledger], stdout=subprocess.PIPE)
        self.address = self.child.stdout.readline().decode().strip()
        self.port = str(urllib.parse.urlsplit(self.address).port)

    def ask(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return answer.read()

    def get(self, path):
        return json.loads(self.ask(path))

    def stop(self):
        self.child.send_signal(signal.SIGTERM)
        return self.child.wait()


def first_view(ledger, hit):
    """What a browser asks for to show the start of a ledger, a search in it and a claim, each by a server that has asked nothing yet."""
    quoted = urllib.parse.quote
    views = {"start": ["api/facets?limit=20", "api/facets?limit=1", "api/ledger"],
             "search": [f"api/find?words={quoted(hit['words'])}&limit=20", f"api/facets?words={quoted(hit['words'])}&limit=1", "api/ledger"],
             "claim": [f"api/claims/{hit['id']}", f"api/claims/{hit['id']}/page", f"api/claims/{hit['id']}?format=svg"],
             "speaker": [f"api/who?name={quoted(hit['speaker'] or 'Maren')}&limit=60"], "outlet": [f"api/outlet?name={quoted(hit['outlet'])}&limit=20"]}
    for name, paths in views.items():
        server = Server(ledger)
        start = time.monotonic()
        for path in paths:
            server.ask(path)
        print(f"first view, {name}: {(time.monotonic() - start) * 1e3:.0f} ms")
        server.stop()
    return views


def stop_in_the_middle(ledger, hit, connections):
    copy = ledger + ".stopped"
    shutil.copyfile(ledger, copy)
    server = Server(copy)
    before = server.get("api/ledger")["notes"]
    form = urllib.parse.urlencode({"claim": hit["id"], "text": "A note under load."})
    load = subprocess.Popen([LOAD, server.port, "20", connections, "--note", form, server.get("api/session")["token"]], stdout=subprocess.PIPE)
    time.sleep(2)
    status = server.stop()
    written, busy, wrong, cut = map(int, load.communicate()[0].split())
    again = Server(copy)
    there = again.get("api/ledger")["notes"] - before
    again.stop()
    print(f"stopped in the middle (exit status {status}): {written} notes said to be written, {there} there; {busy} refused, {wrong} wrong, {cut} answers cut off")
    return written == there and not cut and not wrong


def main():
    ledger, seconds, connections = sys.argv[1], *(sys.argv[2:4] + ["5", "16"][len(sys.argv) - 2:])
    server = Server(ledger)
    counts = server.get("api/ledger")
    hit = server.get("api/facets?limit=1")["newest"][0]
    content = hit["content"] if isinstance(hit["content"], str) else hit["content"][0]
    hit["words"] = max(content.split(), key=len).strip(".,\u201d\u201c\"")
    server.stop()
    print(f"{counts['claims']} claims on {counts['pages']} pages; {connections} connections, {seconds} s each")
    views = first_view(ledger, hit)
    server = Server(ledger)
    paths = ["/search", "/ui/views.js", *("/" + path for path in dict.fromkeys(path for paths in views.values() for path in paths))]
    subprocess.run([LOAD, server.port, seconds, connections, *paths], check=True)
    server.stop()
    return 0 if stop_in_the_middle(ledger, hit, connections) else 1


if __name__ == "__main__":
    sys.exit(main())
