"""A running `hearsay serve` for the end-to-end tests, and ways to speak to it."""
import hashlib
import http.client
import json
import os
import signal
import socket
import subprocess
import urllib.parse

import harness


def work(challenge, text):
    """What docs/openapi.json says of /api/challenge."""
    seed = hashlib.sha256(f"{challenge['challenge']}\n{text}".encode())
    seed, numbers, number, below = seed.digest(), [], 0, 1 << (32 - challenge["bits"])
    while len(numbers) < challenge["parts"]:
        if int.from_bytes(hashlib.sha256(seed + b"%d" % number).digest()[:4], "big") < below:
            numbers.append(str(number))
        number += 1
    return ",".join(numbers)


class Server:
    """Serves on a free port of loopback until stop()."""

    def __init__(self, *arguments, env=None):
        environment = {k: v for k, v in os.environ.items() if k not in ("HEARSAY_WEIGHTS", "HEARSAY_TOKEN")}
        self.child = subprocess.Popen([harness.PROGRAM, "serve", "--port", "0", *arguments], cwd=harness.ROOT,
                                      env={**environment, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.address = self.child.stdout.readline().decode().strip()
        parsed = urllib.parse.urlsplit(self.address)
        self.host, self.port = parsed.hostname, parsed.port

    def ask(self, method, path, body=None, headers=None, timeout=120, by=None):
        """(status, headers, body) of one request; a header that is None is left out. `by`: an address of loopback to ask from."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout, source_address=(by, 0) if by else None)
        try:
            connection.putrequest(method, path, skip_host="Host" in (headers or {}))
            for name, value in (headers or {}).items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and "Content-Length" not in (headers or {}):
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def session(self):
        return json.loads(self.ask("GET", "/api/session")[2])

    def propose(self, sender=None, **fields):
        """Writes a note as the public does: answers a challenge first. The answer is as ask()'s."""
        made = json.loads(self.ask("GET", "/api/challenge?" + urllib.parse.urlencode({"claim": fields["claim"]}))[2])
        given = {"challenge": made["challenge"], "work": work(made, fields["text"]), **fields}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Hearsay-Token": self.session()["token"]}
        return self.ask("POST", "/api/notes", urllib.parse.urlencode(given).encode(), headers, by=sender)

    def raw(self, timeout=30):
        return socket.create_connection((self.host, self.port), timeout=timeout)

    def stop(self, how=signal.SIGTERM):
        """Ends it; its exit status and what it said on standard error."""
        if self.child.poll() is None:
            self.child.send_signal(how)
        _, err = self.child.communicate(timeout=120)
        return self.child.returncode, err.decode()
