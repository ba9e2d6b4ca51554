"""Hostile messages: refused with a 4xx in under two seconds, nothing forwarded (SAFETY T01-T04, T16)."""
import json
import os
import socket
import ssl
import subprocess
import sys
import time

from support import Case, RawOrigin, Tunnel, header, main, ok, read_head, status_of

READER = os.path.join(os.path.dirname(__file__), "..", "..", "cassettes", "reader.py")

HOSTILE = {
    "CL and TE": b"POST / HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two CL": b"POST / HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
    "CL list": b"POST / HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 5, 5\r\n\r\nhello",
    "CL sign": b"POST / HTTP/1.1\r\nHost: origin.test\r\nContent-Length: +5\r\n\r\nhello",
    "TE gzip": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "TE odd": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "TE twice": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "NUL in value": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX: a\x00b\r\n\r\n",
    "DEL in value": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX: a\x7fb\r\n\r\n",
    "high byte in name": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX\xc3: a\r\n\r\n",
    "obs-fold": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX: a\r\n b\r\n\r\n",
    "bare LF": b"GET / HTTP/1.1\nHost: origin.test\n\n",
    "bare CR": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX: a\rb\r\n\r\n",
    "space before colon": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX : a\r\n\r\n",
    "no Host": b"GET / HTTP/1.1\r\n\r\n",
    "two Hosts": b"GET / HTTP/1.1\r\nHost: origin.test\r\nHost: origin.test\r\n\r\n",
    "Host with path": b"GET / HTTP/1.1\r\nHost: origin.test/x\r\n\r\n",
    "Host with userinfo": b"GET / HTTP/1.1\r\nHost: a@origin.test\r\n\r\n",
    "Host list": b"GET / HTTP/1.1\r\nHost: origin.test,evil.test\r\n\r\n",
    "another Host": b"GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "another target": b"GET https://evil.test/ HTTP/1.1\r\nHost: evil.test\r\n\r\n",
    "framing name with _": b"POST / HTTP/1.1\r\nHost: origin.test\r\nContent_Length: 5\r\n\r\nhello",
    "negative chunk": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "huge chunk": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n",
    "long chunk extension": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"a" * 9000 + b"\r\nx\r\n0\r\n\r\n",
    "chunk with LF": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n",
    "framing trailer": b"POST / HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\n\r\n",
    "head too large": b"GET / HTTP/1.1\r\nHost: origin.test\r\nX: " + b"a" * 70000 + b"\r\n\r\n",
    "too many fields": b"GET / HTTP/1.1\r\nHost: origin.test\r\n" + b"X: a\r\n" * 300 + b"\r\n",
    "target too long": b"GET /" + b"a" * 17000 + b" HTTP/1.1\r\nHost: origin.test\r\n\r\n",
    "high byte in target": b"GET /\xff HTTP/1.1\r\nHost: origin.test\r\n\r\n",
    "fragment": b"GET /a#b HTTP/1.1\r\nHost: origin.test\r\n\r\n",
    "version 2": b"GET / HTTP/2.0\r\nHost: origin.test\r\n\r\n",
    "h2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TE in 1.0": b"POST / HTTP/1.0\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "CONNECT inside": b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n",
    "garbage": b"\x01\x02\x03\x04\r\n\r\n",
}
STATUS = {"head too large": 431, "too many fields": 431, "target too long": 414, "another Host": 421, "another target": 421,
          "version 2": 400, "h2 preface": 505}

AMBIGUOUS_ANSWERS = {
    "CL and TE": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two CL": b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "control byte": b"HTTP/1.1 200 OK\r\nX: a\x01b\r\nContent-Length: 0\r\n\r\n",
    "space before colon": b"HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "interim flood": b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100 + b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "body on 204": b"HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
}


class Gate(Case):
    def test_hostile_requests(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            for name, message in HOSTILE.items():
                with self.subTest(name), Tunnel(proxy) as client:
                    began = time.monotonic()
                    client.socket.sendall(message)
                    answer = read_head(client.socket)
                    self.assertEqual(status_of(answer), STATUS.get(name, 400), answer)
                    self.assertEqual(header(answer, "x-cvr"), "refused")
                    self.assertLess(time.monotonic() - began, 2)
            # A refusal after the head was read may have opened an upstream; a whole request never came.
            self.assertEqual([r for r in origin.requests], [])
            self.assertEqual(proxy.stop(), 0)
        listed = self.cvr("ls", "--json", self.path("t.cvr")).stdout
        self.assertEqual(listed.count('"method"'), 0)
        refused = [json.loads(line)["refused"] for line in listed.splitlines() if '"refused"' in line]
        self.assertEqual(len(refused), len(HOSTILE))
        self.assertEqual({(one["kind"], one["host"]) for one in refused}, {("gate", "origin.test")})
        with open(self.path("t.cvr"), "rb") as file:
            self.assertNotIn(b"evil.test", file.read())
        self.assertEqual(self.cvr("verify", self.path("t.cvr")).returncode, 0)

    def test_what_is_on_record_of_a_refusal(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            with Tunnel(proxy) as client:
                self.assertEqual(status_of(client.exchange(b"GET /a HTTP/1.1\r\nHost: origin.test\r\n\r\n")), 200)
                client.socket.sendall(b"GET /secret-path HTTP/1.1\r\nHost: origin.test\r\nX: a\r\n b\r\n\r\n")
                read_head(client.socket)
            for line in (b"GET http://origin.test/b HTTP/1.1\n\n", b"GET http://elsewhere.test/b HTTP/1.1\n\n", b"\x00\x00\r\n\r\n"):
                with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as client:
                    client.sendall(line)
                    self.assertEqual(status_of(read_head(client)), 400)
            context = ssl.create_default_context()  # trusts CVR's authority as little as any system does
            with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as client:
                client.sendall(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n")
                read_head(client)
                with self.assertRaises(ssl.SSLError):
                    context.wrap_socket(client, server_hostname="origin.test")
            self.assertEqual(proxy.stop(), 0)
        listed = [json.loads(line) for line in self.cvr("ls", "--json", self.path("t.cvr")).stdout.splitlines()]
        self.assertEqual([(one["refused"]["kind"], one["refused"]["host"]) for one in listed if "refused" in one],
                         [("gate", "origin.test"), ("gate", "origin.test"), ("gate", ""), ("certificate", "origin.test")])
        self.assertEqual(len(listed), 5)
        with open(self.path("t.cvr"), "rb") as file:
            self.assertNotIn(b"secret-path", file.read())
        self.assertIn("refused CVR's certificate", self.cvr("ls", self.path("t.cvr")).stdout)
        self.assertEqual(json.loads(self.cvr("stats", "--json", self.path("t.cvr")).stdout)["refused"], 4)
        # Whatever makes another cassette of it keeps them; replay does not see them.
        self.cvr("trim", self.path("t.cvr"), "--drop", "1", "-o", self.path("trim.cvr"))
        self.cvr("merge", self.path("t.cvr"), self.path("trim.cvr"), "-o", self.path("merge.cvr"))
        self.cvr("redact", self.path("t.cvr"), "-o", self.path("redact.cvr"))
        for name in ("trim.cvr", "merge.cvr", "redact.cvr"):
            self.assertEqual(json.loads(self.cvr("stats", "--json", self.path(name)).stdout)["refused"], 4, name)
        read = subprocess.run([sys.executable, "-B", READER, self.path("t.cvr")], capture_output=True, text=True, check=False)
        self.assertEqual(sum('"refused"' in line for line in read.stdout.splitlines()), 4, read.stderr)

    def test_hostile_answers(self):
        for name, answer in AMBIGUOUS_ANSWERS.items():
            with self.subTest(name), RawOrigin(lambda _, a=answer: [a, "close"]) as origin:
                cassette = name.replace(" ", "-") + ".cvr"
                with self.record(origin, cassette=cassette) as proxy, Tunnel(proxy) as client:
                    live = client.exchange(b"GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                    self.assertEqual(status_of(live.split(b"HTTP/1.1 103 Early Hints\r\n\r\n")[-1] if b" 103 " in live else live) or 502, 502)
                self.assertIn("protocol", self.cvr("show", self.path(cassette), "1").stdout)

    def test_foreign_protocols_on_the_proxy_port(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            for first in (b"\x16\x03\x01\x02\x00", b"\x05\x01\x00"):
                with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as client:
                    client.sendall(first)
                    self.assertEqual(client.recv(10), b"")
            proxy.stop()
            self.assertIn("http://", proxy.stderr)
            self.assertIn("SOCKS", proxy.stderr)


if __name__ == "__main__":
    main()
