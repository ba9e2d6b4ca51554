"""Every failure of an upstream, over CONNECT, absolute-form and reverse: live it stops at some byte, and
replayed at the same one."""
import glob
import gzip
import json
import os
import socket
import ssl
import threading
import zlib

from support import Case, Certificates, Cvr, RawOrigin, Tunnel, body_of, header, main, made_up, read_head, read_response, status_of

FORMS = ("connect", "absolute", "reverse")
HALF = made_up(3000).encode()


def head(*fields):
    return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n" + "".join(field + "\r\n" for field in fields) + "\r\n").encode()


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def unchunked(data):
    """The bytes of the chunks that are there, and whether the last one is."""
    out = b""
    while b"\r\n" in data:
        size, data = data.split(b"\r\n", 1)
        if int(size, 16) == 0:
            return out, True
        out += data[: int(size, 16)]
        data = data[int(size, 16) + 2:]
    return out, False


def payload(answer):
    if header(answer, "transfer-encoding") == "chunked":
        return unchunked(body_of(answer))
    whole = header(answer, "content-length")
    return body_of(answer), whole is not None and int(whole) == len(body_of(answer))


def reset(connection):
    """RST, when the client has surely read what came before."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    connection.close()


class Forms(Case):
    count = 0

    def start(self, verb, form, port, *more):
        flags = ["--reverse", "https://origin.test"] if form == "reverse" else ["--host", "origin.test"]
        if verb == "record":
            flags += ["--connect-to", f"origin.test:443:127.0.0.1:{port}", "--upstream-ca", Certificates.get().ca]
        return Cvr(self.directory, verb, "-c", self.path(f"{self.count}.cvr"), *flags, *more)

    def ask(self, proxy, form, version="1.1", after=None, body=None):
        """One GET, or with a body a POST; the bytes up to the end of the answer or of the connection."""
        method = "GET" if body is None else "POST"
        framing = "" if body is None else f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        fields = f" HTTP/{version}\r\nHost: origin.test\r\nAccept: */*\r\n{framing}\r\n{body or ''}"
        if form == "connect":
            with Tunnel(proxy) as client:
                client.socket.sendall((method + " /x" + fields).encode())
                return self.read(client.socket, after)
        port = proxy.port
        if form == "reverse":
            with open(glob.glob(os.path.join(proxy.home, "run", f"{proxy.process.pid}.json"))[0], encoding="utf-8") as file:
                port = int(json.load(file)["reverse"].rsplit(":", 1)[1])
        target = "https://origin.test/x" if form == "absolute" else "/x"
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(f"{method} {target}{fields}".replace("Host: origin.test", "Host: localhost" if form == "reverse" else
                                                           "Host: origin.test").encode())
            return self.read(client, after)

    @staticmethod
    def read(connection, after):
        if after is None:
            return read_response(connection)
        data = read_head(connection)
        while after[0] not in data:
            piece = connection.recv(1)
            if not piece:
                return data
            data += piece
        after[1].set()
        while piece := connection.recv(65536):
            data += piece
        return data

    def twice(self, form, port, *flags, version="1.1", after=None, body=None):
        """The answer live, and again without an upstream."""
        Forms.count += 1
        with self.start("record", form, port, *flags) as proxy:
            live = self.ask(proxy, form, version, after, body)
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
        with self.start("replay", form, port) as proxy:
            again = self.ask(proxy, form, version, body=body)
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
        return live, again

    def same_failure(self, kind, port, *flags):
        # The record needs the body, although no upstream took it.
        for form, body in [(form, body) for form in FORMS for body in (None, '{"a": 1}')]:
            with self.subTest(form, kind=kind, body=body):
                live, again = self.twice(form, port, *flags, body=body)
                self.assertEqual(live, again)
                self.assertEqual((status_of(live), header(live, "x-cvr")), (502, "upstream-error; kind=" + kind))

    def same_half(self, answer, *flags, version="1.1"):
        """`answer(go_on)`: the script of an origin that breaks off when `go_on` is set."""
        for form in FORMS:
            go_on = threading.Event()
            with self.subTest(form, version=version), RawOrigin(lambda _, g=go_on: answer(g)) as origin:
                live, again = self.twice(form, origin.port, *flags, version=version, after=(HALF[-20:], go_on))
                for which in (live, again):
                    self.assertEqual(status_of(which), 200)
                    self.assertEqual(payload(which), (HALF, False))
                    self.assertEqual(header(which, "connection"), "close" if which.find(b"Connection") >= 0 else None)
                if header(live, "content-length") is not None:
                    self.assertEqual(header(live, "content-length"), header(again, "content-length"))

    def test_half_of_a_compressed_body(self):
        """Recorded as what it decodes to, replayed as the beginning of a compressed body that has no end."""
        whole = gzip.compress(HALF * 4, mtime=0)
        half = whole[:len(whole) // 2]
        answer = head("Content-Encoding: gzip", f"Content-Length: {len(whole)}") + half
        for form in FORMS:
            with self.subTest(form), RawOrigin(lambda _: [answer, "close"]) as origin:
                for which in self.twice(form, origin.port):
                    sent, complete = payload(which)
                    self.assertFalse(complete)
                    self.assertLessEqual(len(sent), len(half))
                    reader = zlib.decompressobj(31)
                    got = reader.decompress(sent)
                    self.assertFalse(reader.eof)
                    self.assertGreater(len(got), 500)
                    self.assertTrue((HALF * 4).startswith(got))

    def test_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        self.same_failure("connect", port)

    def test_closed_or_reset_before_any_byte(self):
        for step in ("close", reset):
            with RawOrigin(lambda _, s=step: [s]) as origin:
                self.same_failure("reset", origin.port)

    def test_reset_within_the_head(self):
        with RawOrigin(lambda _: [b"HTTP/1.1 200 OK\r\nContent-", "close"]) as origin:
            self.same_failure("reset", origin.port)

    def test_tls_alert(self):
        with RawOrigin(lambda _: b"") as origin:
            # No client has this: the origin answers the handshake with an alert.
            origin.context.maximum_version = ssl.TLSVersion.TLSv1_2
            origin.context.set_ciphers("ECDHE-RSA-AES128-GCM-SHA256")  # and its certificate is not RSA
            self.same_failure("tls", origin.port)

    def test_silence(self):
        with RawOrigin(lambda _: [lambda connection: connection.recv(1)]) as origin:
            self.same_failure("timeout", origin.port, "--upstream-timeout", "300ms")

    def test_content_length(self):
        for end in ("close", reset):
            self.same_half(lambda go_on, e=end: [head("Content-Length: 5000") + HALF, lambda _: go_on.wait(20), e])

    def test_chunks(self):
        begin = head("Transfer-Encoding: chunked")
        for end in ("close", reset):
            self.same_half(lambda go_on, e=end: [begin + chunk(HALF[:10]), chunk(HALF[10:]), lambda _: go_on.wait(20), e])
        # Within a chunk.
        self.same_half(lambda go_on: [begin + b"fff\r\n" + HALF, lambda _: go_on.wait(20), "close"])

    def test_until_close_and_reset(self):
        self.same_half(lambda go_on: [head("Connection: close") + HALF, lambda _: go_on.wait(20), reset])

    def test_silence_in_mid_body(self):
        self.same_half(lambda go_on: [head("Content-Length: 5000") + HALF, lambda c: (go_on.wait(20), c.recv(1))],
                       "--upstream-timeout", "300ms")

    def test_old_clients(self):
        self.same_half(lambda go_on: [head("Transfer-Encoding: chunked") + chunk(HALF), lambda _: go_on.wait(20), reset],
                       version="1.0")


class Leaving(Case):
    """A client that leaves in mid-answer does not spoil the recording for one that stays."""

    GET = b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n"

    def leave(self, begin, rest):
        """Records a client that leaves when it has seen HALF; the origin sends `rest` only then."""
        gone = threading.Event()
        with RawOrigin(lambda _: [begin, lambda _: gone.wait(20), rest]) as origin, self.record(origin) as proxy:
            client, seen = Tunnel(proxy), b""
            client.socket.sendall(self.GET)
            while HALF not in seen:
                seen += client.socket.recv(65536)
            reset(client.socket)
            gone.set()
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
        return self.cvr("show", "--json", self.path("t.cvr"), "1").stdout

    def test_the_rest_is_read_for_the_record(self):
        rest = made_up(200_000).encode()
        shown = self.leave(head(f"Content-Length: {len(HALF) + len(rest)}") + HALF, rest)
        self.assertIn("client-gone", shown)
        self.assertNotIn("incomplete", shown)
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(self.GET)), HALF + rest)

    def test_a_stream_of_events_ends_where_it_was_left(self):
        stream = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        shown = self.leave(stream + chunk(b"data: " + HALF + b"\n\n"), chunk(b"data: more\n\n" * 10_000))
        self.assertIn("client-gone", shown)
        self.assertIn("incomplete", shown)
        with self.replay() as proxy, Tunnel(proxy) as client:
            events, whole = unchunked(body_of(client.exchange(self.GET)))
            self.assertTrue(events.startswith(b"data: " + HALF), events[:100])
            self.assertFalse(whole)


if __name__ == "__main__":
    main()
