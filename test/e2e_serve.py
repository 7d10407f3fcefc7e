"""`hearsay serve`: the API as its OpenAPI file says, requests that are not allowed, limits, broken clients, stopping."""
import base64
import hashlib
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import threading
import time
import unittest

import jsonschema
from jsonschema import validators

import harness
from harness import ROOT, Case, run
from serving import Server

PAGE = os.path.join(ROOT, "pages", "sample", "harbour-post.html")
HTML = {"Content-Type": "text/html"}
TEXT = {"Content-Type": "text/plain; charset=utf-8"}
SAID = "Anna Berg, who runs the ferry, said that the boat was late.\n\nNobody else was there to see it come in.\n"


def load(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as f:
        return json.load(f)


OPENAPI = load("docs/openapi.json")
RECORD = load("docs/record.schema.json")


def schema(name):
    """A named schema of the OpenAPI file, alone."""
    return {**OPENAPI["components"]["schemas"][name], "components": OPENAPI["components"]}


def page():
    with open(PAGE, "rb") as f:
        return f.read()


class Serving(Case):
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.arguments)

    @classmethod
    def tearDownClass(cls):
        status, err = cls.server.stop()
        assert (status, err) == (0, ""), (status, err)

    def ask(self, *arguments, **more):
        return self.server.ask(*arguments, **more)

    def problem(self, answer, status, code):
        """An error as docs/openapi.json has it."""
        got, headers, body = answer
        self.assertEqual(headers["Content-Type"], "application/json")
        parsed = json.loads(body)
        jsonschema.validate(parsed, schema("Error"))
        self.assertEqual((got, parsed["error"]["status"], parsed["error"]["code"]), (status, status, code))
        self.assertNotIn("\n", parsed["error"]["message"])
        return headers

    def alive(self):
        self.assertEqual(self.ask("GET", "/api/session")[0], 200)


class Api(Serving):
    def test_reads_as_the_command_does(self):
        status, headers, body = self.ask("POST", "/api/read?name=pages/sample/harbour-post.html", page(), HTML)
        self.assertEqual((status, headers["Content-Type"]), (200, "application/json"))
        self.assertEqual(body, run("read", "-f", "jsonl", "pages/sample/harbour-post.html").out)
        jsonschema.validate(json.loads(body), RECORD)

    def test_other_formats(self):
        for form, kind in (("html", "text/html; charset=utf-8"), ("svg", "image/svg+xml")):
            status, headers, body = self.ask("POST", f"/api/read?format={form}&name=pages/sample/harbour-post.html", page(), HTML)
            self.assertEqual((status, headers["Content-Type"]), (200, kind))
            self.assertEqual(body, run("read", "-f", form, "pages/sample/harbour-post.html").out)
        self.problem(self.ask("POST", "/api/read?format=doc", page(), HTML), 400, "bad_request")

    def test_texts(self):
        for headers in (TEXT, {"Content-Type": "application/octet-stream"}, {}):
            status, _, body = self.ask("POST", "/api/read", SAID.encode(), headers)
            self.assertEqual(status, 200)
            self.assertIn("boat was late", json.loads(body)["text"])

    def test_what_the_request_tells_of_the_page(self):
        body = "<p>Ærø said the ferry was late, and then nobody said a word about it again.</p>".encode("latin-1")
        answer = self.ask("POST", "/api/read?url=https://a.example/b&name=%22x%22", body, {"Content-Type": 'text/html; charset="latin-1"'})
        record = json.loads(answer[2])
        self.assertEqual((record["url"], record["path"]), ("https://a.example/b", '"x"'))
        self.assertIn("Ærø", record["text"] + record.get("why", "Ærø"))

    def test_pages_that_cannot_be_read(self):
        self.problem(self.ask("POST", "/api/read", b"", HTML), 422, "unreadable")
        self.problem(self.ask("POST", "/api/read", b"\x7fELF\x00\x01\x02" * 500, {"Content-Type": "application/octet-stream"}), 422, "unreadable")
        self.problem(self.ask("POST", "/api/read", b"{}", {"Content-Type": "application/json"}), 415, "wrong_type")

    def test_session(self):
        session = self.server.session()
        jsonschema.validate(session, schema("Session"))
        self.assertFalse(session["needs_token"])

    def test_standalone_files_carry_the_policy_that_lets_their_style_in(self):
        _, headers, body = self.ask("POST", "/api/read?format=html", page(), HTML)
        style = re.search(rb"<style>(.*?)</style>", body, re.S).group(1)
        wanted = "sha256-" + base64.b64encode(hashlib.sha256(style).digest()).decode()
        self.assertIn(f"style-src '{wanted}'", headers["Content-Security-Policy"])
        self.assertIn(wanted.encode(), body)
        self.assertNotIn(b"<script", body)

    def test_every_documented_operation_answers_and_no_other(self):
        jsonschema.validate(OPENAPI, {"type": "object", "required": ["openapi", "info", "paths"]})
        validators.validator_for(RECORD).check_schema(RECORD)
        self.assertEqual(json.loads(self.ask("GET", "/api")[2]), OPENAPI)
        for path, operations in OPENAPI["paths"].items():
            for method in ("get", "post", "put", "delete", "patch"):
                answer = self.ask(method.upper(), path, b"" if method != "get" else None)
                with self.subTest(path=path, method=method):
                    if method not in operations:
                        headers = self.problem(answer, 405, "wrong_method")
                        self.assertEqual({m.strip().lower() for m in headers["Allow"].split(",")}, set(operations))
                    else:
                        self.assertIn(str(answer[0]), operations[method]["responses"])
        for path in ("/api/", "/api/nothing", "/ui/", "/ui/../meson.build", "/ui/app.js/x", "/index.html", "/%2e%2e/"):
            self.problem(self.ask("GET", path), 404, "not_found")

    def test_the_table_of_routes_and_the_document_agree(self):
        with open(os.path.join(ROOT, "app", "web", "routes.c"), encoding="utf-8") as f:
            routes = re.findall(r'\{"([A-Z]+)", "(/api[^"]*)"', f.read())
        documented = {(method.upper(), re.sub(r"\{\w+\}", "*", path)) for path, o in OPENAPI["paths"].items() for method in o}
        self.assertEqual(set(routes), documented)

    def test_files_of_the_pages(self):
        for name, kind in (("app.js", "text/javascript"), ("reading.css", "text/css"), ("icon.svg", "image/svg+xml")):
            status, headers, body = self.ask("GET", "/ui/" + name)
            self.assertEqual((status, headers["Content-Type"].split(";")[0]), (200, kind))
            with open(os.path.join(ROOT, "ui", name), "rb") as f:
                self.assertEqual(body, f.read())
            again = self.ask("GET", "/ui/" + name, headers={"If-None-Match": headers["ETag"]})
            self.assertEqual((again[0], again[2]), (304, b""))
        self.assertEqual(self.ask("HEAD", "/")[0], 200)

    def test_headers_that_keep_a_page_in_bounds(self):
        for path in ("/", "/ui/app.js", "/api/session", "/nothing"):
            _, headers, body = self.ask("GET", path)
            policy = headers["Content-Security-Policy"]
            self.assertIn("default-src 'none'", policy)
            self.assertNotIn("unsafe", policy)
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertNotIn("Access-Control-Allow-Origin", headers)
        html = self.ask("GET", "/")[2].decode()
        self.assertEqual(re.findall(r"<script(?![^>]* src=)|<style| on\w+=| style=", html), [])
        self.assertEqual([a for a in re.findall(r'(?:src|href)="([^"]+)"', html) if not a.startswith(("/", "#"))], [])


class Guards(Serving):
    def test_names_that_lead_here(self):
        port = self.server.port
        for host in (f"127.0.0.1:{port}", f"localhost:{port}", "LOCALHOST", "[::1]:80", "192.0.2.7"):
            self.assertEqual(self.ask("GET", "/api/session", headers={"Host": host})[0], 200, host)
        for host in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", "localhost.evil.example", "127.0.0.1:x", "[::1",
                     "localhost:80:80", "", "a" * 300, "0x7f000001"):
            self.problem(self.ask("GET", "/api/session", headers={"Host": host}), 421, "wrong_host")

    def test_pages_of_other_sites(self):
        own = f"127.0.0.1:{self.server.port}"
        for headers in ({"Origin": f"http://{own}"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}):
            self.assertEqual(self.ask("POST", "/api/read", SAID.encode(), {**TEXT, **headers})[0], 200, headers)
        for headers in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ""}, {"Origin": f"http://{own}.evil.example"},
                        {"Origin": "http://127.0.0.1:1"}, {"Origin": f"file://{own}"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site"}):
            self.problem(self.ask("POST", "/api/read", SAID.encode(), {**TEXT, **headers}), 403, "cross_site")

    def test_asking_other_servers_needs_the_sites_token(self):
        for token in (None, "", "0" * 32, self.server.session()["token"][:-1], self.server.session()["token"] + "0"):
            answer = self.ask("POST", "/api/fetch", b"http://192.0.2.1/", {**TEXT, "X-Hearsay-Token": token})
            self.problem(answer, 403, "not_from_here")

    def test_addresses_that_are_refused(self):
        token = {**TEXT, "X-Hearsay-Token": self.server.session()["token"]}
        for address in ("file:///etc/passwd", "/etc/passwd", "pages/sample", "-", "", "ftp://a.example/", "http://", "https://a b/", "http://a\n/b",
                        "javascript:alert(1)", "httpx://a", "http:/etc/passwd", "http://é.example/"):
            self.problem(self.ask("POST", "/api/fetch", address.encode(), token), 400, "bad_request")
        for address in (self.server.address, "http://localhost:1/", "http://[::1]:1/", "http://10.0.0.1/", "http://169.254.169.254/", "http://0.0.0.0/",
                        "http://2130706433/", "http://[::ffff:127.0.0.1]/"):
            with self.subTest(address):
                self.problem(self.ask("POST", "/api/fetch", address.encode(), token), 403, "refused")
        self.problem(self.ask("POST", "/api/fetch", b"http://" + b"a" * 3000, token), 413, "too_large")


class Limits(Serving):
    arguments = ("--no-claims", "-j", "2")

    def test_bodies_that_are_too_large(self):
        most = self.server.session()["limits"]["page"]
        self.problem(self.ask("POST", "/api/read", None, {**HTML, "Content-Length": str(most + 1)}), 413, "too_large")
        self.assertGreaterEqual(self.ask("POST", "/api/read", None, {**HTML, "Content-Length": "9" * 26})[0], 400)
        self.alive()

    def test_a_body_in_chunks_that_grows_too_large(self):
        with self.server.raw() as client:
            client.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
            piece = b"40000\r\n" + b"a" * 0x40000 + b"\r\n"
            for _ in range(40):
                client.sendall(piece)
            client.sendall(b"0\r\n\r\n")
            self.assertIn(b" 413 ", client.recv(100).split(b"\r\n")[0])
        self.alive()

    def test_an_article_that_is_too_long(self):
        paragraph = b"The mayor said that the bridge would be closed for a while because of the storm.\n\n"
        body = paragraph * (self.server.session()["limits"]["article"] // len(paragraph) + 2)
        self.problem(self.ask("POST", "/api/read", body, TEXT), 413, "too_large")

    def test_hostile_pages(self):
        for body in (b"<div>" * 100000, b"<a href=x>y</a>" * 100000, b"<p>" + b"\"" * 100000, b"&amp" * 200000, b"<" * 300000):
            self.assertIn(self.ask("POST", "/api/read?format=html", body, HTML)[0], (200, 413, 422))

    def test_hostile_requests(self):
        for request in (b"\r\n" * 1000, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00" * 50, b"GET / HTTP/9.9\r\n\r\n", b"A" * 100000,
                        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 20000 + b"\r\n",
                        b"GET /" + b"a" * 60000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
                        b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                        b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                        b"GET /%00%ff?%00=%zz&&&=&a HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        b"GET /api/session?" + b"&".join(b"a%d=b" % i for i in range(1000)) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"):
            with self.subTest(request[:40]), self.server.raw() as client:
                try:
                    client.sendall(request)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65536):
                        pass
                except OSError:
                    pass  # cut off: as good as an answer
        self.alive()

    def test_clients_that_go_away(self):
        for part in (b"", b"GET / HT", b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc",
                     b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\n" % len(page()) + page()):
            for _ in range(30):
                with self.server.raw() as client:
                    client.sendall(part)
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # reset at once
        self.alive()

    def test_slow_clients_do_not_stop_others_and_are_cut_off(self):
        slow = [self.server.raw() for _ in range(220)]
        try:
            for client in slow:
                client.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n<p>")
            start = time.monotonic()
            self.alive()
            self.assertLess(time.monotonic() - start, 3)
            cut = 0
            until = time.monotonic() + 20
            while time.monotonic() < until and cut < 20:  # places are scarce: the deadline is some seconds
                time.sleep(1)
                cut = 0
                for client in slow:
                    try:
                        client.sendall(b"a")  # each byte would put off a time-out of idleness
                        client.setblocking(False)
                        cut += client.recv(1) == b""
                    except BlockingIOError:
                        pass
                    except OSError:
                        cut += 1
                    finally:
                        client.setblocking(True)
            self.assertGreaterEqual(cut, 20)
            self.alive()
        finally:
            for client in slow:
                client.close()

    def test_many_at_once_are_all_answered(self):
        answers = []
        def one():
            status, headers, body = self.ask("POST", "/api/read", page(), HTML)
            answers.append(status)
            if status != 200:
                self.problem((status, headers, body), 503, "busy")
        threads = [threading.Thread(target=one) for _ in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(answers), 60)
        self.assertGreaterEqual(answers.count(200), 32)


class Opened(Serving):
    """A server that wants a token, as one does that others can reach."""
    arguments = ("--no-claims", "--token", "correct horse battery")

    def test_reading_needs_the_token(self):
        self.assertTrue(self.server.session()["needs_token"])
        for given in (None, "Bearer wrong", "Bearer ", "Basic correct horse battery", "Bearer correct horse battery "):
            headers = self.problem(self.ask("POST", "/api/read", SAID.encode(), {**TEXT, "Authorization": given}), 401, "token_missing")
            self.assertEqual(headers["WWW-Authenticate"], "Bearer")
        self.assertEqual(self.ask("POST", "/api/read", SAID.encode(), {**TEXT, "Authorization": "Bearer correct horse battery"})[0], 200)
        self.assertEqual(self.ask("GET", "/")[0], 200)


class Fetching(Case):
    """Addresses on this machine, with --allow-private."""

    def setUp(self):
        super().setUp()
        case = self

        class Pages(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path == "/slow":
                    case.released.wait(30)
                body = page() if self.path != "/binary" else b"\x00\x01\x7fELF" * 300
                self.send_response(404 if self.path == "/none" else 200)
                self.send_header("Content-Type", "text/html")
                self.end_headers()
                try:
                    self.wfile.write(body)
                except OSError:
                    pass

            def log_message(self, *_):
                pass

        self.released = threading.Event()
        self.pages = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
        threading.Thread(target=self.pages.serve_forever, daemon=True).start()
        self.server = Server("--no-claims", "--allow-private", "-j", "2")

    def tearDown(self):
        self.released.set()
        self.assertEqual(self.server.stop(), (0, ""))
        self.pages.shutdown()
        self.pages.server_close()

    def fetch(self, path):
        headers = {**TEXT, "X-Hearsay-Token": self.server.session()["token"]}
        return self.server.ask("POST", "/api/fetch", f"http://127.0.0.1:{self.pages.server_port}{path}\n".encode(), headers)

    def test_fetching(self):
        status, _, body = self.fetch("/page")
        self.assertEqual((status, json.loads(body)["outlet"]), (200, "The Harbour Post"))
        self.assertEqual(self.fetch("/none")[0], 502)
        self.assertEqual(self.fetch("/binary")[0], 422)

    def test_slow_addresses_leave_room_for_others(self):
        threads = [threading.Thread(target=self.fetch, args=("/slow",)) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        start = time.monotonic()
        self.assertEqual(self.server.ask("POST", "/api/read", SAID.encode(), TEXT)[0], 200)
        self.assertLess(time.monotonic() - start, 5)
        self.released.set()
        for thread in threads:
            thread.join()


class Stopping(Case):
    def test_stopped_in_the_middle_nothing_is_lost(self):
        """Every request that was taken gets an answer: the page's, or that nothing was done."""
        server = Server("-j", "1")
        body = b"".join([b"<p>The mayor of Tal, Ann Hall, said that the bridge would be closed because of the storm.</p>"] * 300)
        answers, lock = [], threading.Lock()
        def one():
            try:
                status, _, answer = server.ask("POST", "/api/read", body, HTML)
                known = (status, json.loads(answer).get("error", {}).get("code"))
            except ConnectionRefusedError:
                known = "not taken"
            with lock:
                answers.append(known)
        threads = [threading.Thread(target=one) for _ in range(6)]
        for thread in threads:
            thread.start()
        while not answers:  # the others are being read, wait, or have not come yet
            time.sleep(0.01)
        self.assertEqual(server.stop(), (0, ""))
        for thread in threads:
            thread.join()
        self.assertEqual(set(answers) - {(200, None), (503, "stopping"), "not taken"}, set())
        self.assertIn((200, None), answers)

    def test_both_signals_and_waiting_clients(self):
        for how in (signal.SIGINT, signal.SIGTERM):
            server = Server("--no-claims")
            idle, half = server.raw(), server.raw()
            half.sendall(b"POST /api/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc")
            start = time.monotonic()
            self.assertEqual(server.stop(how), (0, ""))
            self.assertLess(time.monotonic() - start, 20)
            idle.close()
            half.close()

    def test_killed_and_started_again_on_the_same_port(self):
        server = Server("--no-claims")
        with server.raw() as client:
            client.sendall(b"GET / HT")
            server.stop(signal.SIGKILL)
        again = subprocess.Popen([harness.PROGRAM, "serve", "--no-claims", "--port", str(server.port)], stdout=subprocess.PIPE, cwd=ROOT)
        self.assertEqual(again.stdout.readline().decode().strip(), server.address)
        again.terminate()
        again.communicate()
        self.assertEqual(again.returncode, 0)


class Usage(Case):
    def wrong(self, *arguments, says, status=2):
        result = run("serve", *arguments)
        self.assertEqual((result.status, result.out), (status, b""))
        self.assertTrue(any(says in line for line in result.complaints), result.complaints)

    def test_wrong_usage(self):
        self.wrong("--port", "65536", says="--port")
        self.wrong("--port", "-1", says="--port")
        self.wrong("-j", "0", says="--jobs")
        self.wrong("page.html", says="takes no input")
        self.wrong("--no-claims", "--host", "0.0.0.0", says="--token")
        self.wrong("--no-claims", "--host", "0.0.0.0", "--token", "short", says="--token")
        self.wrong("--no-claims", "--host", "no.such.host.invalid", says="cannot listen", status=1)
        self.wrong("--weights", "/none", says="/none", status=1)

    def test_a_port_that_is_taken(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            self.wrong("--no-claims", "--port", str(taken.getsockname()[1]), says="cannot listen", status=1)


if __name__ == "__main__":
    harness.main()
