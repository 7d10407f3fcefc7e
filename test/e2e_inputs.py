"""Inputs of every kind: the same pages come out of a folder, an archive, JSON Lines, a feed and a web server; servers, archives and feeds that
misbehave cost one clear line each.

All servers are on the loopback interface and die with the test. WARC files, chunks and packed bodies are written here, by hand.
"""
import fcntl
import gzip
import http.server
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import threading
import time
import unittest
import zlib

import harness
from harness import MIB, SAMPLES, Case, run

NO_PROXY = {"no_proxy": "*"}
CLOSED = "the bridge would stay closed until the end of the summer."
ZSTD = shutil.which("zstd")


def read(*inputs, stdin=b"", options=()):
    return run("read", "--no-claims", "-f", "jsonl", "--allow-private", *options, *inputs, stdin=stdin, env=NO_PROXY)


def records(result):
    return [json.loads(line) for line in result.out.decode().split("\n")[:-1]]


def samples():
    """(name, bytes) of the sample pages."""
    for name in sorted(os.listdir(SAMPLES)):
        with open(os.path.join(SAMPLES, name), "rb") as f:
            yield name, f.read()


def text_of(body):
    """One of the sample pages is not in UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("windows-1252")


def content_type(name):
    return "text/plain; charset=utf-8" if name.endswith(".txt") else "text/html; charset=utf-8"


def packed_zeros(mebibytes, piece=b"\0" * MIB, before=b""):
    """gzip of that much; made in pieces, because a child's peak counts what its parent held when it was started."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(before) + b"".join(packer.compress(piece) for _ in range(mebibytes)) + packer.flush()


def filler(n):
    """Paragraphs that are no copies of each other."""
    return "".join(f"<p>The mayor of Wendhaven said on day {i} of the week that {CLOSED}</p>\n" for i in range(1, n + 1))


def page(title, paragraphs=12):
    return f"<!doctype html><html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>\n{filler(paragraphs)}" \
           "</article></body></html>"


def warc_record(block, kind="response", uri="http://wend.example/a", content="application/http; msgtype=response", length=None, version="1.0"):
    head = f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2001-02-03T04:05:06Z\r\n" \
           f"Content-Type: {content}\r\nContent-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def response(body, kind="text/html; charset=utf-8", status="200 OK", fields=""):
    body = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{fields}\r\n".encode() + body


def chunked(body, size=1000):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\nTrailer: x\r\n\r\n"


def archive(pages):
    """WARC records of the pages, with what else crawlers write between them."""
    yield warc_record(b"software: none\r\n", kind="warcinfo", uri="", content="application/warc-fields")
    for i, (name, body) in enumerate(pages):
        uri = "http://wend.example/" + name
        yield warc_record(b"GET / HTTP/1.1\r\nHost: wend.example\r\n\r\n", kind="request", uri=uri, content="application/http; msgtype=request")
        fields = ""
        if i % 3 == 1:
            body, fields = chunked(body), "Transfer-Encoding: chunked\r\n"
        elif i % 3 == 2:
            body, fields = gzip.compress(body), "Content-Encoding: gzip\r\n"
        yield warc_record(response(body, content_type(name), fields=fields), uri=f"<{uri}>" if i % 2 else uri, version="1.1" if i % 2 else "1.0")
        yield warc_record(response(b"\x89PNG", "image/png"), uri=uri + ".png")
        yield warc_record(response("<p>gone", status="404 Not Found"), uri=uri + ".gone")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append(self.path)
        name = self.path.split("?")[0]
        self.server.agents.add(self.headers["User-Agent"])
        handler = self.server.answers.get(name)
        self.close_connection = True
        try:
            if handler is None:
                self.answer(b"nothing here", status=404)
            elif callable(handler):
                handler(self)
            else:
                self.answer(*handler)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def answer(self, body, kind="text/html; charset=utf-8", status=200, **fields):
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for key, value in {"Content-Length": len(body), "Connection": "close", **fields}.items():
            if value is not None:
                self.send_header(key.replace("_", "-"), str(value))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class Served(Case):
    """A test case with a web server: answers maps a path to (body, type) or to what answers."""

    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.answers, self.server.asked, self.server.agents = {}, [], set()
        self.answers = self.server.answers
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.root = f"http://127.0.0.1:{self.server.server_port}"

    def refused(self, path, reason, *options):
        """One line for that address, and the good page beside it is read."""
        self.answers["/good"] = (page("Good page"), "text/html")
        result = read(self.root + path, self.root + "/good", options=options)
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, f"{self.root}{path}: {reason}")
        self.assertEqual([r["path"] for r in records(result)], [self.root + "/good"])
        return result


class SamePages(Served):
    """However the sample pages arrive, the records are the same, names and addresses aside."""

    def setUp(self):
        super().setUp()
        self.pages = list(samples())
        self.expected = [self.bare(r) for r in records(read(SAMPLES))]
        self.assertEqual(len(self.expected), len(self.pages))

    @staticmethod
    def bare(record):
        """Without what the container adds: a page that states neither address nor outlet gets them from where it lay."""
        given = {"path"}
        if (record["url"] or "").startswith(("http://wend.example/", "http://127.0.0.1")):
            given.add("url")
        if record["url"] is None or "url" in given:
            given |= {"url", "outlet"}
        return {k: v for k, v in record.items() if k not in given}

    def same(self, *inputs, stdin=b"", names=None):
        result = read(*inputs, stdin=stdin)
        self.assertEqual((result.status, result.err), (0, b""))
        found = records(result)
        self.assertEqual([self.bare(r) for r in found], self.expected)
        if names:
            self.assertEqual([r["path"] for r in found], names)
        return found

    def packed(self, content, name):
        """The file as it is, and packed in all ways; each also on standard input."""
        ways = [(name, content), (name + ".gz", gzip.compress(content)), ("twice-" + name + ".gz", gzip.compress(gzip.compress(content)))]
        if ZSTD:
            ways.append((name + ".zst", subprocess.run([ZSTD, "-qc"], input=content, capture_output=True, check=True).stdout))
        for way, packed in ways:
            with self.subTest(way):
                path = self.file(way, packed)
                self.same(path, names=None)
                self.same("-", stdin=packed)

    def test_archive(self):
        self.packed(b"".join(archive(self.pages)), "pages.warc")

    def test_archive_with_a_member_a_record(self):
        path = self.file("pages.bin", b"".join(gzip.compress(r) for r in archive(self.pages)))
        found = self.same(path, names=[f"{path}:http://wend.example/{name}" for name, _ in self.pages])
        unstated = [r["url"] for r in found if r["url"].startswith("http://wend.example/")]
        self.assertIn("http://wend.example/island-radio.txt", unstated)

    @unittest.skipUnless(ZSTD, "needs zstd")
    def test_archive_with_a_zstd_frame_a_record_and_a_dictionary(self):
        parts = list(archive(self.pages))
        samples_of = [self.file(f"part-{i}", part[at:at + 2000]) for i, part in enumerate(parts) for at in range(0, len(part), 2000)]
        dictionary = os.path.join(self.folder, "dictionary")
        subprocess.run([ZSTD, "-q", "--train", *samples_of, "--maxdict=4096", "-o", dictionary], check=True, capture_output=True)
        with open(dictionary, "rb") as f:
            raw = f.read()
        frames = [subprocess.run([ZSTD, "-qc", "-D", dictionary], input=p, capture_output=True, check=True).stdout for p in parts]
        for stored in (raw, subprocess.run([ZSTD, "-qc"], input=raw, capture_output=True, check=True).stdout):
            head = b"\x5d\x2a\x4d\x18" + len(stored).to_bytes(4, "little") + stored
            self.same(self.file("pages.warc.zst", head + b"".join(frames)))

    def test_json_lines(self):
        lines = []
        for name, body in self.pages:
            key = "text" if name.endswith(".txt") else "html"
            lines.append(json.dumps({"path": name, key: text_of(body), "extra": [1, {"a": None}]}, ensure_ascii=len(lines) % 2 == 0))
        self.packed("\n".join(lines).encode(), "pages.jsonl")
        path = self.file("named.jsonl", "\n\n".join(lines))
        self.same(path, names=[f"{path}:{name}" for name, _ in self.pages])

    def test_web_server(self):
        for name, body in self.pages:
            self.answers["/" + name] = (body, content_type(name))
        self.same(*[f"{self.root}/{name}" for name, _ in self.pages])
        self.assertEqual(len(self.server.asked), len(self.pages), "robots.txt is not asked for what the user names")
        self.assertEqual(len(self.server.agents), 1)
        self.assertRegex(self.server.agents.pop(), r"^hearsay/\d+\.\d+\.\d+$")

    def test_web_server_that_packs(self):
        for name, body in self.pages:
            self.answers["/" + name] = lambda h, body=body, name=name: h.answer(gzip.compress(body), content_type(name), Content_Encoding="gzip")
        self.same(*[f"{self.root}/{name}" for name, _ in self.pages])

    def test_containers_in_a_folder(self):
        for i, part in enumerate(archive(self.pages)):
            if b"image/png" not in part and b"404 Not" not in part and b"WARC-Type: response" in part:
                self.file(f"folder/{i:02}.warc.gz", gzip.compress(part))
        self.file("folder/other.tar.gz", b"no page")
        self.same(os.path.join(self.folder, "folder"))

    def test_own_output_is_input(self):
        """What hearsay prints can be read again: the text is the same."""
        printed = read(SAMPLES).out
        again = records(read("-", stdin=printed))
        self.assertEqual([r["text"] for r in again], [r["text"] for r in records(read(SAMPLES))])


class Charsets(Served):
    def test_the_header_of_the_answer_counts(self):
        body = page("Größe der Brücke").encode("iso-8859-2")
        self.answers["/a"] = (body, "text/html; charset=ISO-8859-2")
        path = self.file("a.warc", warc_record(response(body, "text/html; charset=\"ISO-8859-2\"")))
        for found in (read(self.root + "/a"), read(path)):
            self.assertEqual(records(found)[0]["title"], "Größe der Brücke")

    def test_utf16(self):
        feed = '<?xml version="1.0" encoding="utf-16"?><rss><channel><item><title>Größe</title><description>' + \
               filler(9).replace("<", "&lt;") + "</description></item></channel></rss>"
        self.assertEqual(records(read(self.file("f.xml", feed.encode("utf-16"))))[0]["title"], "Größe")


class BadServers(Served):
    def test_status(self):
        for status in (403, 404, 410, 500, 503):
            self.answers[f"/{status}"] = lambda h, status=status: h.answer(page("Error page"), status=status)
            self.refused(f"/{status}", f"the server answers with status {status}")

    def test_redirects(self):
        self.answers["/a"] = lambda h: h.answer(b"", status=302, Location="/b")
        self.answers["/b"] = (page("Behind the redirect"), "text/html")
        record, = records(read(self.root + "/a"))
        self.assertEqual((record["title"], record["url"], record["path"]), ("Behind the redirect", self.root + "/b", self.root + "/a"))

    def test_redirect_loop(self):
        self.answers["/loop"] = lambda h: h.answer(b"", status=302, Location="/loop")
        self.refused("/loop", "more than 10 redirects")
        self.assertEqual(self.server.asked.count("/loop"), 11)

    def test_redirect_to_a_file(self):
        path = self.file("secret.html", page("Secret"))
        self.answers["/file"] = lambda h: h.answer(b"", status=302, Location="file://" + path)
        self.refused("/file", "leads to an address that is neither http nor https")

    def test_slow_body(self):
        def slow(h):
            h.send_response(200)
            h.send_header("Content-Length", "1000000")
            h.end_headers()
            for _ in range(600):
                h.wfile.write(b"x" * 100)
                h.wfile.flush()
                time.sleep(0.1)
        self.answers["/slow"] = slow
        self.assertLess(self.refused("/slow", "too slow", "--timeout", "1").seconds, 30)

    def test_server_that_never_answers(self):
        self.answers["/silent"] = lambda h: time.sleep(60)
        self.refused("/silent", "too slow", "--timeout", "1")

    def test_endless_body(self):
        def endless(h):
            h.send_response(200)
            h.send_header("Connection", "close")
            h.end_headers()
            while True:
                h.wfile.write(b"x" * 65536)
        self.answers["/endless"] = endless
        result = self.refused("/endless", "larger than the limit of 64 MiB")
        if not harness.SANITIZED:
            self.assertLess(result.peak, 256 * MIB)

    def test_bomb(self):
        bomb = packed_zeros(300)
        self.answers["/bomb"] = lambda h: h.answer(bomb, Content_Encoding="gzip")
        result = self.refused("/bomb", "larger than the limit of 64 MiB")
        if not harness.SANITIZED:
            self.assertLess(result.peak, 256 * MIB)

    def test_damaged_packing(self):
        self.answers["/damaged"] = lambda h: h.answer(gzip.compress(page("A").encode())[:20] + b"xxxxxxxxxxxx", Content_Encoding="gzip")
        self.refused("/damaged", "")

    def test_length_too_long(self):
        self.answers["/short"] = lambda h: h.answer(page("Cut off"), Content_Length=1000000)
        self.refused("/short", "the connection was closed before the page was complete")

    def test_length_that_is_no_number(self):
        self.answers["/odd"] = lambda h: h.answer(page("Odd"), Content_Length="-5")
        self.refused("/odd", "")

    def test_header_flood(self):
        def flood(h):
            h.send_response(200)
            for i in range(100000):
                h.send_header(f"X-{i}", "y" * 100)
                if i % 100 == 0:
                    h.flush_headers()
            h.end_headers()
        self.answers["/flood"] = flood
        self.refused("/flood", "")

    def test_one_header_without_end(self):
        def flood(h):
            h.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
            for _ in range(1000):
                h.wfile.write(b"y" * 10000)
        self.answers["/line"] = flood
        self.refused("/line", "")

    def test_closed_at_once(self):
        self.answers["/closed"] = lambda h: h.connection.shutdown(socket.SHUT_RDWR)
        self.refused("/closed", "the server closed the connection without an answer")

    def test_closed_inside_the_header(self):
        self.answers["/inside"] = lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Le")
        self.refused("/inside", "")

    def test_no_http(self):
        self.answers["/banner"] = lambda h: h.wfile.write(b"220 mail.wend.example ready\r\n")
        self.refused("/banner", "")

    def test_empty_page(self):
        self.answers["/empty"] = (b"", "text/html")
        self.refused("/empty", "empty")

    def test_picture(self):
        self.answers["/picture"] = (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "image/png")
        self.refused("/picture", "not text")

    def test_nobody_listens(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        result = read(f"http://127.0.0.1:{port}/")
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, f"http://127.0.0.1:{port}/: ")

    def test_name_that_does_not_exist(self):
        result = read("http://wendhaven.invalid/", "pages/sample/harbour-post.html", options=("--timeout", "10"))
        self.assertEqual((result.status, len(records(result))), (1, 1))
        self.assert_complaints(result, "http://wendhaven.invalid/: ")

    def test_what_is_no_address(self):
        for address in ("http://", "http:///a", "http://[::1", "http://a b/"):
            result = read(address)
            self.assertEqual(result.status, 1, address)
            self.assert_complaints(result, f"{address}: ")
        for address in ("ftp://wend.example/a", "gopher://wend.example/"):
            result = read(address)
            self.assertEqual(result.status, 1)
            self.assert_complaints(result, f"{address}: neither a file nor an http or https address")


class PrivateAddresses(Served):
    def test_refused_unless_allowed(self):
        self.answers["/a"] = (page("Inside"), "text/html")
        port = self.server.server_port
        for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
                     "169.254.169.254", "10.0.0.1", "192.168.1.1", "172.16.0.1", "100.64.0.1", "[fd00::1]", "[fe80::1]", "224.0.0.1",
                     "[64:ff9b::7f00:1]", "255.255.255.255"):
            with self.subTest(host):
                result = run("read", "--no-claims", f"http://{host}:{port}/a", env=NO_PROXY)
                self.assertEqual((result.status, result.out), (1, b""))
                self.assert_complaints(result, f"http://{host}:{port}/a: leads to ")
                self.assertIn("private", result.err.decode())
        self.assertEqual(self.server.asked, [])

    def test_a_proxy_is_not_used_without_the_option(self):
        """Through a proxy nobody could tell where an address leads."""
        proxy = {"http_proxy": self.root, "HTTP_PROXY": self.root, "all_proxy": self.root, "no_proxy": ""}
        result = run("read", "--no-claims", "http://10.0.0.1/a", env=proxy)
        self.assertEqual(result.status, 1)
        self.assertEqual(self.server.asked, [])
        self.answers["http://wend.invalid/a"] = (page("By proxy"), "text/html")
        result = run("read", "--no-claims", "-f", "jsonl", "--allow-private", "http://wend.invalid/a", env=proxy)
        self.assertEqual([r["title"] for r in records(result)], ["By proxy"])


PUBLIC = "93.184.215.14"  # only ever given to the loopback interface of a network of our own


def network_of_our_own():
    """Brings up the loopback interface of this (new) network, with a public address beside its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, 0x8914, struct.pack("16sH14x", b"lo", 1))  # SIOCSIFFLAGS: up
        fcntl.ioctl(s, 0x8916, struct.pack("16sHH4s8x", b"lo:1", socket.AF_INET, 0, socket.inet_aton(PUBLIC)))  # SIOCSIFADDR


class FromPublicToPrivate(Served):
    """A public server cannot lead on to a private one. Runs again in a network namespace, where a public address can be ours."""

    def test_in_a_network_of_our_own(self):
        alone = ["unshare", "-rn", sys.executable, os.path.abspath(__file__), "--own-network"]
        if not shutil.which("unshare") or subprocess.run([*alone[:2], "true"], capture_output=True, check=False).returncode:
            self.skipTest("needs leave to make a network namespace")
        done = subprocess.run(alone, capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout.decode() + done.stderr.decode())

    def check_all(self):
        server = http.server.ThreadingHTTPServer((PUBLIC, 0), Handler)
        server.daemon_threads = True
        server.answers, server.asked, server.agents = self.answers, [], set()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        public = f"http://{PUBLIC}:{server.server_port}"
        self.answers["/a"] = (page("Public page"), "text/html")
        self.answers["/secret"] = (page("Secret"), "text/html")
        self.answers["/redirect"] = lambda h: h.answer(b"", status=302, Location=self.root + "/secret")
        self.answers["/feed"] = (f"<rss><item><title>A</title><link>{self.root}/secret</link></item><item><title>B</title><link>/redirect</link></item>"
                                 "<item><title>C</title><link>/a</link></item></rss>", "application/rss+xml")
        result = run("read", "--no-claims", "-f", "jsonl", public + "/redirect", public + "/a", public + "/feed", env=NO_PROXY)
        self.assertEqual([r["path"] for r in records(result)], [public + "/a", f"{public}/feed:{public}/a"], result.err)
        self.assert_complaints(result, f"{public}/redirect: leads to 127.0.0.1, a private address",
                               f"{public}/feed:{self.root}/secret: not read: the site's robots.txt cannot be had: leads to 127.0.0.1",
                               f"{public}/feed:{public}/redirect: leads to 127.0.0.1, a private address")
        self.assertEqual(self.server.asked, [])


class Archives(Case):
    """WARC files with something wrong in them: an error for each wrong record, and the others are read."""

    def uri(self, i):
        return f"http://wend.example/{i}"

    def good(self, i):
        return warc_record(response(page(f"Page {i}")), uri=self.uri(i))

    def check(self, content, titles, *complaints, name="test.warc"):
        for packed in (content, gzip.compress(content)):
            path = self.file(name, packed)
            result = read(path)
            self.assertEqual([r["title"] for r in records(result)], titles, result.err)
            self.assert_complaints(result, *complaints)
            self.assertEqual(result.status, 1 if complaints else 0)

    def test_length_too_long(self):
        for length in (5000, 1000000):
            wrong = warc_record(response(page("Wrong")), uri=self.uri("wrong"), length=length)
            self.check(self.good(1) + wrong + self.good(2) + self.good(3), ["Page 1", "Page 2", "Page 3"], "http://wend.example/wrong: ")

    def test_length_too_short(self):
        wrong = warc_record(response(page("Wrong")), uri=self.uri("wrong"), length=700)
        self.check(self.good(1) + wrong + self.good(2), ["Page 1", "Page 2"], "http://wend.example/wrong: the record's length is wrong")

    def test_length_that_is_none(self):
        for length in (-5, "", "12x", "99999999999999999999999999", "0x10", "+7"):
            wrong = warc_record(response(page("Wrong")), uri=self.uri("wrong"), length=length)
            self.check(self.good(1) + wrong + self.good(2), ["Page 1", "Page 2"], "http://wend.example/wrong: the record has no usable Content-Length")

    def test_enormous_length(self):
        wrong = warc_record(response(page("Wrong")), uri=self.uri("wrong"), length=1 << 60)
        self.check(self.good(1) + wrong, ["Page 1"], "http://wend.example/wrong: larger than the limit of 64 MiB", ": the last record is cut off")

    def test_cut_off(self):
        whole = self.good(1) + self.good(2)
        self.check(whole[:-100], ["Page 1"], "http://wend.example/2: the last record is cut off")
        self.check(whole[:len(self.good(1)) + 30], ["Page 1"], "the last record is cut off")
        self.check(whole[:-4], ["Page 1", "Page 2"])

    def test_garbage_between(self):
        self.check(self.good(1) + b"garbage " * 1000 + b"\r\nWARC/ is no record\r\n" + self.good(2), ["Page 1", "Page 2"],
                   "test.warc: something that is no record stands between the records")
        self.check(self.good(1) + b"\r\n\r\n\n\n" + self.good(2), ["Page 1", "Page 2"])

    def test_header_flood(self):
        flood = b"WARC/1.0\r\nWARC-Type: response\r\n" + b"X-Flood: yyyyyyyyyyyyyyyy\r\n" * 100000
        self.check(self.good(1) + flood + b"\r\n" + self.good(2), ["Page 1", "Page 2"], "a record's header is too long")

    def test_header_flood_in_the_answer(self):
        flood = warc_record(response(page("Flood"), fields="X-Flood: yyyyyyyyyyyyyyyy\r\n" * 100000), uri=self.uri("flood"))
        self.check(self.good(1) + flood + self.good(2), ["Page 1", "Page 2"], "http://wend.example/flood: the answer's header is too long")

    def test_bodies_that_cannot_be_unpacked(self):
        bad = [response(page("Wrong"), fields="Content-Encoding: br\r\n"),
               response(gzip.compress(page("Wrong").encode())[:-30], fields="Content-Encoding: gzip\r\n"),
               response(chunked(page("Wrong").encode())[:-300], fields="Transfer-Encoding: chunked\r\n")]
        content = b"".join(warc_record(block, uri=self.uri(f"bad{i}")) for i, block in enumerate(bad))
        self.check(self.good(1) + content + self.good(2), ["Page 1", "Page 2"], "bad0: the page is packed as br", "bad1: ", "bad2: ")

    def test_bodies_that_were_unpacked_already(self):
        body = page("Clear")
        blocks = [response(body, fields="Content-Encoding: gzip\r\n"), response(body, fields="Transfer-Encoding: chunked\r\n"),
                  response(zlib.compress(body.encode()), fields="Content-Encoding: deflate\r\n"),
                  response(zlib.compress(body.encode())[2:-4], fields="Content-Encoding: deflate\r\n"),
                  response(chunked(gzip.compress(body.encode()), 50), fields="Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n")]
        self.check(b"".join(warc_record(block) for block in blocks), ["Clear"] * len(blocks))

    def test_bomb(self):
        bomb = warc_record(response(packed_zeros(200), fields="Content-Encoding: gzip\r\n"), uri=self.uri("bomb"))
        self.check(self.good(1) + bomb + self.good(2), ["Page 1", "Page 2"], "http://wend.example/bomb: larger than the limit of 64 MiB")

    def test_larger_than_the_limit(self):
        path = os.path.join(self.folder, "large.warc")
        with open(path, "wb") as f:
            f.write(self.good(1))
            for name, kind in (("large", "text/html"), ("picture", "image/png")):
                f.write(warc_record(response(b"", kind), uri=self.uri(name), length=len(response(b"", kind)) + 65 * MIB)[:-4])
                f.seek(65 * MIB, os.SEEK_CUR)
                f.write(b"\r\n\r\n")
            f.write(self.good(2))
        result = read(path)
        self.assertEqual([r["title"] for r in records(result)], ["Page 1", "Page 2"])
        self.assert_complaints(result, "http://wend.example/large: larger than the limit of 64 MiB")
        if not harness.SANITIZED:
            self.assertLess(result.peak, 64 * MIB)

    def test_other_kinds(self):
        content = warc_record(page("Resource").encode(), kind="resource", content="text/html") + \
            warc_record(b"Conversion\n\nThe port said that the lock is shut.", kind="conversion", content="text/plain") + \
            warc_record(b"", kind="revisit") + warc_record(b"a: b\r\n", kind="metadata", content="application/warc-fields")
        self.check(content, ["Resource", "Conversion"])

    def test_no_pages(self):
        self.check(warc_record(b"a: b\r\n", kind="warcinfo", content="application/warc-fields"), [], "no pages in this archive")

    def test_damaged_member(self):
        """Behind damage, reading goes on with the next member that begins; also where one was cut short and the next follows at once."""
        members = [gzip.compress(self.good(i), mtime=0) for i in range(6)]
        members[1] = members[1][:100] + b"\xff" * 50 + members[1][150:]
        members[3] = members[3][:200]
        result = read(self.file("members.warc.gz", b"".join(members)))
        self.assertEqual([r["title"] for r in records(result)], ["Page 0", "Page 2", "Page 4", "Page 5"])
        self.assertEqual(result.status, 1)
        self.assertIn(len(result.complaints), (2, 3))
        self.assertIn("the compressed data is damaged", result.complaints[0])

    def test_truncated_gzip(self):
        packed = gzip.compress(self.good(1) + self.good(2), 0)
        path = self.file("cut.warc.gz", packed[:-500])
        result = read(path)
        self.assertEqual([r["title"] for r in records(result)], ["Page 1"])
        self.assert_complaints(result, "http://wend.example/2: the compressed data is cut off")

    @unittest.skipUnless(ZSTD, "needs zstd")
    def test_damaged_zstd(self):
        frames = [subprocess.run([ZSTD, "-qc"], input=self.good(i), capture_output=True, check=True).stdout for i in range(3)]
        frames[1] = frames[1][:100] + b"\xff" * 50 + frames[1][150:]
        result = read(self.file("frames.warc.zst", b"".join(frames)))
        self.assertEqual([r["title"] for r in records(result)], ["Page 0", "Page 2"])
        path = self.file("dictionary.warc.zst", b"\x5d\x2a\x4d\x18" + b"\xff\xff\xff\x7f" + b"x" * 1000)
        self.assert_complaints(read(path), path)

    def test_many_errors_end_the_archive(self):
        result = read(self.file("bad.warc", b"WARC/1.0\r\n\r\n" * 100000))
        self.assertEqual((result.status, len(result.complaints)), (1, 101))
        self.assertIn("too many errors", result.complaints[-1])

    def test_memory_does_not_grow_with_the_archive(self):
        if harness.SANITIZED:
            self.skipTest("the sanitizers have memory of their own")
        few, many = os.path.join(self.folder, "few.warc.gz"), os.path.join(self.folder, "many.warc.gz")
        member = gzip.compress(b"".join(self.good(i) for i in range(40)) + warc_record(response(b"\0" * MIB, "image/png")), 6)
        with open(few, "wb") as f:
            f.write(member)
        with open(many, "wb") as f:
            f.write(member * 200)
        small, large = read(few, options=("-j", "2")), read(many, options=("-j", "2"))
        self.assertEqual((large.status, len(large.out.splitlines())), (0, 200 * len(small.out.splitlines())))
        self.assertLess(large.peak, small.peak + 8 * MIB)


class JsonLines(Case):
    def test_bad_lines(self):
        lines = [json.dumps({"html": page("One")}), "{not json", '{"html": 5}', '{"text": "Two\\n\\nThe port said so."} x', "[1]", '{"a": ' + "[" * 100000,
                 '{"html": "\\u12"}', '{"html": "cut', json.dumps({"html": page("Three"), "id": 7})]
        path = self.file("bad.jsonl", "\n".join(lines))
        result = read(path)
        self.assertEqual([r["title"] for r in records(result)], ["One", "Three"])
        self.assertEqual([r["path"] for r in records(result)], [path + ":1", path + ":7"])
        self.assert_complaints(result, *[f"{path}:{i}: " for i in range(2, 9)])

    def test_long_line(self):
        path = os.path.join(self.folder, "long.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.write('{"text": "a"}\n{"text": "')
            for _ in range(65):
                f.write("x" * MIB)
            f.write('"}\n{"text": "The port said so."}')
        result = read(path)
        self.assertEqual([r["path"] for r in records(result)], [path + ":1", path + ":3"])
        self.assert_complaints(result, path + ":2: larger than the limit of 64 MiB")
        if not harness.SANITIZED:
            self.assertLess(result.peak, 192 * MIB)

    def test_odd_strings(self):
        path = self.file("odd.jsonl", '{"text": "Odd \\ud83d\\ude00 and \\ud83d lone\\u0000 ones \\udc00 \\/.", "url": "http://wend.example/\\u00e4", '
                                      '"published": "2020-02-03T10:00:00Z", "language": "en"}')
        record, = records(read(path))
        self.assertEqual(record["text"], "Odd \U0001f600 and \ufffd lone ones \ufffd /.")
        self.assertEqual((record["url"], record["published"], record["outlet"]), ("http://wend.example/ä", "2020-02-03T10:00:00Z", "wend.example"))

    def test_title_of_a_text(self):
        for text in ("The port said that the lock is shut.", "Lock shut\n\nThe port said that the lock is shut."):
            record, = records(read("-", stdin=json.dumps({"text": text, "title": "Lock shut"}).encode()))
            self.assertEqual((record["title"], record["text"]), ("Lock shut", "Lock shut\n\nThe port said that the lock is shut."))

    def test_an_object_over_several_lines_is_no_json_lines(self):
        result = read(self.file("one.json", '{\n  "html": "x"\n}\n'))
        self.assertEqual((result.status, len(records(result))), (0, 1))

    def test_junk_does_not_flood(self):
        result = read(self.file("junk.jsonl", '{"a"\n' * 100000))
        self.assertEqual((result.status, len(result.complaints)), (1, 101))


class Packed(Case):
    def test_pages(self):
        body = page("Packed").encode()
        cut = gzip.compress(body)[:-40]
        for name, content in (("a.html.gz", gzip.compress(body)), ("b", gzip.compress(body[:500]) + gzip.compress(body[500:])),
                              ("c.html", gzip.compress(body) + b"\0" * 512), ("d.html.gz", gzip.compress(body) + b"garbage")):
            self.assertEqual([r["title"] for r in records(read(self.file(name, content)))], ["Packed"], name)
        path = self.file("cut.html.gz", cut)
        result = read(path)
        self.assertEqual((result.status, result.out), (1, b""))
        self.assert_complaints(result, path + ": the compressed data is cut off")

    def test_bombs(self):
        bomb = packed_zeros(300, b"<p> " * (MIB // 4))
        ways = [("bomb.html.gz", bomb), ("bomb.gz.gz", gzip.compress(bomb))]
        if ZSTD:
            zeros = self.file("zeros", b"")
            os.truncate(zeros, 300 * MIB)
            ways.append(("bomb.zst", subprocess.run([ZSTD, "-qc", zeros], capture_output=True, check=True).stdout))
        for name, content in ways:
            path = self.file(name, content)
            result = read(path)
            self.assertEqual((result.status, result.out), (1, b""))
            self.assert_complaints(result, path + ": larger than the limit of 64 MiB")
            if not harness.SANITIZED:
                self.assertLess(result.peak, 256 * MIB)

    def test_wrapped_too_deep(self):
        content = page("Deep").encode()
        for _ in range(6):
            content = gzip.compress(content)
        path = self.file("deep.gz", content)
        self.assert_complaints(read(path), path + ": not text")


class Feeds(Served):
    FULL = filler(12)

    def rss(self, *items, extra=""):
        return '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"' \
               ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Wend Post</title><link>http://wend.example/</link>' + extra + \
               "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>"

    def test_kinds(self):
        """The same two items in each kind of feed."""
        escaped = self.FULL.replace("<", "&lt;")
        feeds = {
            "rss.xml": self.rss(
                "<title>Bridge &amp;amp; lock</title><link>http://wend.example/1</link><pubDate>Tue, 19 Nov 2019 10:00:00 +0200</pubDate>"
                f"<dc:creator><![CDATA[Ida Ferrow]]></dc:creator><description>Short.</description><content:encoded><![CDATA[{self.FULL}]]></content:encoded>",
                f"<title>Second</title><guid>http://wend.example/2</guid><author>desk@wend.example (Ole Brand)</author><description>{escaped}</description>"),
            "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wend Post</title><author><name>Nobody</name></author><entry>'
                        "<title>Bridge &amp;amp; lock</title><link rel='self' href='http://wend.example/self'/><link href='http://wend.example/1'/>"
                        "<author><name>Ida Ferrow</name><uri>http://wend.example/ida</uri></author><published>2019-11-19T10:00:00+02:00</published>"
                        f'<source><title>Elsewhere</title></source><content type="html">{escaped}</content></entry><entry><title>Second</title>'
                        f'<id>http://wend.example/2</id><author><name>Ole Brand</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
                        f"{self.FULL}</div></content></entry></feed>",
            "rdf.xml": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><items>'
                       "<rdf:Seq><rdf:li resource='http://wend.example/1'/></rdf:Seq></items></channel><item><title>Bridge &amp;amp; lock</title>"
                       "<link>http://wend.example/1</link><dc:date>2019-11-19T10:00:00+02:00</dc:date><dc:creator>Ida Ferrow</dc:creator>"
                       f"<description>{escaped}</description></item><item><title>Second</title><link>http://wend.example/2</link>"
                       f"<dc:creator>Ole Brand</dc:creator><description>{escaped}</description></item></rdf:RDF>",
            "feed.json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Wend Post", "items": [
                {"id": "1", "url": "http://wend.example/1", "title": "Bridge & lock", "content_html": self.FULL, "date_published": "2019-11-19T10:00:00+02:00",
                 "authors": [{"name": "Ida Ferrow"}]},
                {"id": "2", "url": "http://wend.example/2", "title": "Second", "content_html": self.FULL, "author": {"name": "Ole Brand"}}]}, indent=1),
        }
        for name, feed in feeds.items():
            for packed in (feed.encode(), gzip.compress(feed.encode())):
                with self.subTest(name):
                    path = self.file(name, packed)
                    result = read(path)
                    self.assertEqual((result.status, result.err), (0, b""))
                    first, second = records(result)
                    self.assertEqual((first["path"], first["url"]), (path + ":http://wend.example/1", "http://wend.example/1"))
                    self.assertEqual((first["authors"], first["published"]), (["Ida Ferrow"], "2019-11-19T10:00:00+02:00"))
                    self.assertEqual(first["title"], "Bridge & lock")
                    self.assertEqual((second["title"], second["authors"], second["url"]), ("Second", ["Ole Brand"], "http://wend.example/2"))
                    self.assertEqual(first["text"].count(CLOSED), 12)
                    self.assertEqual(second["text"].count(CLOSED), 12)

    def test_links_are_followed_from_an_address(self):
        self.answers["/robots.txt"] = ("User-agent: *\nDisallow: /closed\nDisallow: /*.pdf$\n\nUser-agent: other\nDisallow: /\n", "text/plain")
        self.answers["/open"] = (page("Open page"), "text/html")
        self.answers["/closed/a"] = (page("Closed page"), "text/html")
        self.answers["/feed"] = (self.rss("<title>Open page</title><link>/open</link><description>Short.</description>"
                                          "<pubDate>Tue, 19 Nov 2019 10:00:00 GMT</pubDate>",
                                          "<title>Closed</title><link>/closed/a</link><description>Short.</description>",
                                          "<title>Gone</title><link>/gone</link><description>Short.</description>",
                                          f"<title>Full</title><link>/full</link><content:encoded><![CDATA[{self.FULL}]]></content:encoded>",
                                          "<title>File</title><link>file:///etc/passwd</link><description>The port said so.</description>"), "application/rss+xml")
        result = read(self.root + "/feed")
        self.assertEqual([r["title"] for r in records(result)], ["Open page", "Full", "File"])
        first = records(result)[0]
        self.assertEqual((first["path"], first["url"]), (f"{self.root}/feed:{self.root}/open", self.root + "/open"))
        self.assertEqual(first["published"], "2019-11-19T10:00:00Z")
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, f"{self.root}/closed/a: not read: the site's robots.txt forbids it",
                               f"{self.root}/gone: the server answers with status 404")
        self.assertEqual(self.server.asked, ["/feed", "/robots.txt", "/open", "/gone"])

    def test_robots_that_cannot_be_had(self):
        self.answers["/robots.txt"] = lambda h: h.answer(b"", status=500)
        self.answers["/open"] = (page("Open page"), "text/html")
        self.answers["/feed"] = (self.rss("<title>Open page</title><link>/open</link>"), "application/rss+xml")
        result = read(self.root + "/feed")
        self.assertEqual(result.status, 1)
        self.assert_complaints(result, f"{self.root}/open: not read: the site's robots.txt cannot be had")
        self.assertNotIn("/open", self.server.asked)

    def test_a_file_makes_no_requests(self):
        path = self.file("feed.xml", self.rss(f"<title>Open page</title><link>{self.root}/open</link><description>The port said that the lock is shut."
                                              "</description>"))
        result = read(path)
        self.assertEqual((result.status, self.server.asked), (0, []))
        self.assertIn("The port said that the lock is shut.", records(result)[0]["text"])

    def test_malformed(self):
        for feed in (self.rss(f"<title>A & B &nbsp; <b>bold</title><description>{self.FULL}<br></description>"),
                     self.rss(f"<title>Cut</title><description><![CDATA[{self.FULL}")[:-20],
                     '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>' +
                     self.rss(f"<title>&b; &x;</title><content:encoded><![CDATA[{self.FULL}]]></content:encoded>")[39:],
                     "\ufeff  " + self.rss(f"<title>Marked</title><content:encoded><![CDATA[{self.FULL}]]></content:encoded>")):
            result = read(self.file("feed.xml", feed))
            self.assertEqual((result.status, len(records(result))), (0, 1), result.err)
            self.assertNotIn("root:", result.out.decode())
            self.assertNotIn("aaaaaaaaaa", result.out.decode())

    def test_nothing_in_it(self):
        for content in (self.rss(), "<feed/>", '{"version": "https://jsonfeed.org/version/1", "items": []}', '{"version": "https://jsonfeed.org/version/1", "items": 7}'):
            path = self.file("empty.xml", content)
            result = read(path)
            self.assertEqual((result.status, result.out), (1, b""))
            self.assert_complaints(result, path + ": ")
        path = self.file("items.xml", self.rss("<title>Bare</title>", "", f"<title>Full</title><description><![CDATA[{self.FULL}]]></description>"))
        result = read(path)
        self.assertEqual(len(records(result)), 1)
        self.assert_complaints(result, path + ":1: the item holds no text", path + ":2: the item holds no text")

    def test_endless(self):
        item = f"<item><title>A</title><description><![CDATA[{self.FULL}]]></description></item>".encode()

        def endless(h):
            h.send_response(200)
            h.send_header("Connection", "close")
            h.end_headers()
            h.wfile.write(b"<rss><channel>")
            while True:
                h.wfile.write(item * 100)
        self.answers["/feed"] = endless
        self.refused("/feed", "larger than the limit of 64 MiB")

    def test_hostile_nesting(self):
        for content in ("<rss>" + "<item>" * 300000, "<rss><item>" + "<a>" * 300000, "<rss><item>" + '<a "' * 300000, "<rss><item>" + "<![CDATA[" * 100000,
                        "<rss><item>" + "<title>" * 300000 + "x" + "</title>" * 300000, "<rss><!DOCTYPE [" + "<!--" * 100000,
                        '{"version": "https://jsonfeed.org/version/1", "items": [' + "[" * 1000000):
            path = self.file("hostile.xml", content)
            result = read(path)
            self.assertIn(result.status, (0, 1))
            self.assertLessEqual(len(result.complaints), 101)
            self.assertLess(result.seconds, 60)


if __name__ == "__main__":
    if sys.argv[1:] == ["--own-network"]:
        network_of_our_own()
        FromPublicToPrivate.test_in_a_network_of_our_own = FromPublicToPrivate.check_all
        sys.argv[1:] = ["FromPublicToPrivate"]
    harness.main()
