"""A running `hearsay serve` for the end-to-end tests, and ways to speak to it."""
import http.client
import json
import os
import signal
import socket
import subprocess
import urllib.parse

import harness


class Server:
    """Serves on a free port of loopback until stop()."""

    def __init__(self, *arguments, env=None):
        environment = {k: v for k, v in os.environ.items() if k not in ("HEARSAY_WEIGHTS", "HEARSAY_TOKEN")}
        self.child = subprocess.Popen([harness.PROGRAM, "serve", "--port", "0", *arguments], cwd=harness.ROOT,
                                      env={**environment, **(env or {})}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.address = self.child.stdout.readline().decode().strip()
        parsed = urllib.parse.urlsplit(self.address)
        self.host, self.port = parsed.hostname, parsed.port

    def ask(self, method, path, body=None, headers=None, timeout=120):
        """(status, headers, body) of one request; a header that is None is left out."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
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

    def raw(self, timeout=30):
        return socket.create_connection((self.host, self.port), timeout=timeout)

    def stop(self, how=signal.SIGTERM):
        """Ends it; its exit status and what it said on standard error."""
        if self.child.poll() is None:
            self.child.send_signal(how)
        _, err = self.child.communicate(timeout=120)
        return self.child.returncode, err.decode()
