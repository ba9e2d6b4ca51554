"""HTTP/2 with more than one reading, or made to cost more than it is worth: refused, and the proxy goes on."""
import contextlib
import socket
import ssl
import struct

import http_2
from http_2 import Http2Client
from support import Case, RawOrigin, main, ok, read_head

METHOD, SCHEME, AUTHORITY, PATH = (":method", "GET"), (":scheme", "https"), (":authority", "origin.test"), (":path", "/")
HEAD = [METHOD, SCHEME, AUTHORITY, PATH]

# Told with a status, as over HTTP/1.1, or with RST_STREAM where the frames themselves are malformed.
REFUSED = {
    "authority and host disagree": ([*HEAD, ("host", "evil.test")], 400),
    "another authority": ([METHOD, SCHEME, (":authority", "evil.test"), PATH], 421),
    "authority with userinfo": ([METHOD, SCHEME, (":authority", "a@origin.test"), PATH], 400),
    "two hosts": ([METHOD, SCHEME, PATH, ("host", "origin.test"), ("host", "origin.test")], 400),
    "another scheme": ([METHOD, (":scheme", "http"), AUTHORITY, PATH], 400),
    "connection": ([*HEAD, ("connection", "close")], 400),
    "transfer-encoding": ([*HEAD, ("transfer-encoding", "chunked")], 400),
    "te": ([*HEAD, ("te", "gzip")], 400),
    "upper case": ([*HEAD, ("X-Upper", "a")], 400),
    "CR LF in a value": ([*HEAD, ("x", "a\r\nhost: evil.test")], 400),
    "LF in a value": ([*HEAD, ("x", "a\nb")], 400),
    "NUL in a value": ([*HEAD, ("x", "a\0b")], 400),
    "white space around a value": ([*HEAD, ("x", " a")], 400),
    "colon in a name": ([*HEAD, ("x:y", "a")], 400),
    "CR LF in the path": ([METHOD, SCHEME, AUTHORITY, (":path", "/ HTTP/1.1\r\nx: y\r\n\r\n")], 400),
    "blank in the path": ([METHOD, SCHEME, AUTHORITY, (":path", "/a b")], 400),
    "blank in the method": ([(":method", "GET /x"), SCHEME, AUTHORITY, PATH], 400),
    "framing name with _": ([*HEAD, ("content_length", "5")], 400),
    "a length without a body": ([*HEAD, ("content-length", "5")], 400),
    "CONNECT": ([(":method", "CONNECT"), (":authority", "origin.test:443")], 400),
    "extended CONNECT": ([(":method", "CONNECT"), (":protocol", "websocket"), SCHEME, AUTHORITY, PATH], 400),
    "an unknown pseudo-header": ([*HEAD, (":own", "a")], 400),
    "a pseudo-header of answers": ([*HEAD, (":status", "200")], 400),
    "a pseudo-header twice": ([*HEAD, PATH], 400),
    "a pseudo-header behind a field": ([METHOD, SCHEME, AUTHORITY, ("x", "y"), PATH], 400),
    "no path": ([METHOD, SCHEME, AUTHORITY], 400),
    "no authority": ([METHOD, SCHEME, PATH], 400),
    "a long path": ([METHOD, SCHEME, AUTHORITY, (":path", "/" + "a" * 17000)], 414),
    "a large head": ([*HEAD, *[(f"x{i}", "a" * 4000) for i in range(18)]], 431),
    "many fields": ([*HEAD, *[("x", "a")] * 300], 431),
    "an expectation": ([*HEAD, ("expect", "tea")], 417),
}


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


class Hostile(Case):
    def setUp(self):
        super().setUp()
        self.origin = self.enterContext(RawOrigin(lambda _: ok(b"hello")))
        self.proxy = self.enterContext(self.record(self.origin))

    def client(self, **more):
        return self.enterContext(Http2Client(self.proxy, lenient=True, **more))

    def check_alive(self):
        with Http2Client(self.proxy) as client:
            self.assertEqual(client.ask("/alive").body, b"hello")

    def test_refused_heads(self):
        for name, (fields, status) in REFUSED.items():
            with self.subTest(name), Http2Client(self.proxy, lenient=True) as client:
                one = client.answer(client.begin(pseudo=fields))
                if one.reset is None:
                    self.assertEqual(one.status, status)
                else:
                    self.assertEqual((one.status, one.reset), (None, 1))
                self.assertEqual(client.ask("/next").body, b"hello")  # the connection goes on
        self.assertEqual({request.split(b" ")[1] for request in self.origin.requests}, {b"/next"})

    def test_a_length_that_is_not_the_bodys(self):
        client = self.client()
        for length in ("3", "20"):
            stream = client.begin("/", "POST", [("content-length", length)], ends=False)
            client.send(stream, b"a body")
            one = client.answer(stream)
            self.assertEqual((one.status, one.reset), (None, 1), length)
        self.assertEqual(client.ask("/next").body, b"hello")

    def test_trailers_with_framing(self):
        client = self.client()
        for trailer in (("content-length", "5"), ("transfer-encoding", "chunked"), (":path", "/x"), ("x", "a\r\nb: c")):
            stream = client.begin("/", "POST", ends=False)
            client.h2.send_headers(stream, [trailer], end_stream=True)
            client.flush()
            one = client.answer(stream)
            self.assertEqual((one.status, one.reset), (None, 1), trailer)
        self.assertEqual(client.ask("/next").body, b"hello")

    def test_rapid_reset(self):
        client = self.client()
        for _ in range(2000):
            try:
                stream = client.begin("/")
                client.h2.reset_stream(stream)
                client.flush()
            except OSError:
                break
        client.until_over()
        self.assertIn(client.goaway, (None, 11))  # None: what was under way met the end of the connection
        self.assertLess(len(self.origin.requests), 2000)
        self.check_alive()
        self.proxy.stop()
        self.assertIn("HTTP/2 connection ended: too many streams begun in vain", self.proxy.stderr)

    def test_streams_over_the_limit(self):
        client = self.client()
        while client.h2.remote_settings.max_concurrent_streams > 100:
            client.step()
        client.h2.remote_settings.update({3: 1000})
        client.h2.remote_settings.acknowledge()
        for _ in range(101):
            client.begin("/", "POST", ends=False)
        self.assertEqual(client.until_over(), 1)
        self.check_alive()

    def raw(self, *frames):
        client = self.client()
        with contextlib.suppress(OSError):
            for one in frames:
                client.socket.sendall(one)
        client.until_over()
        self.check_alive()
        return client.goaway

    def test_floods(self):
        # By a client that does not read: what is to be answered may not pile up.
        client = self.client()
        client.socket.settimeout(20)
        ping = frame(6, 0, 0, b"12345678") * 1000
        with self.assertRaises(OSError):
            for _ in range(3000):
                client.socket.sendall(ping)
        self.check_alive()

    def test_frames_that_move_nothing(self):
        for name, one in {"unknown": frame(0xfa, 0, 0), "PRIORITY": frame(2, 0, 1, b"\0\0\0\0\x10"),
                          "empty DATA": frame(0, 0, 1), "WINDOW_UPDATE": frame(8, 0, 0, b"\0\0\0\1")}.items():
            with self.subTest(name), Http2Client(self.proxy, lenient=True) as client:
                client.begin("/", "POST", ends=False)
                with contextlib.suppress(OSError):
                    client.socket.sendall(one * 400)
                self.assertIn(client.until_over(), (None, 11))
        self.check_alive()

    def test_malformed_frames(self):
        for name, bad in {
            "a frame over the limit": frame(0, 0, 1, b"a" * 20000), "DATA on stream 0": frame(0, 0, 0, b"a"),
            "HEADERS on an even stream": frame(1, 5, 2, b"\x82"), "a short PING": frame(6, 0, 0, b"1"),
            "SETTINGS of 5 bytes": frame(4, 0, 0, b"12345"), "CONTINUATION alone": frame(9, 4, 1, b"\x82"),
            "broken HPACK": frame(1, 5, 1, b"\xff\xff\xff\xff\xff\xff"), "an index that is not there": frame(1, 5, 1, b"\xfe"),
            "a window that overflows": frame(8, 0, 0, b"\x7f\xff\xff\xff"), "PUSH_PROMISE": frame(5, 4, 1, b"\0\0\0\2\x82"),
            "padding over the frame": frame(0, 8, 1, b"\xff"),
        }.items():
            with self.subTest(name):
                self.assertIsNotNone(self.raw(bad))

    def test_endless_heads(self):
        head = frame(1, 0, 1, b"\x82\x84\x87") + b"".join(frame(9, 0, 1, b"\0\1a\1b" * 2000) for _ in range(15))
        self.assertIsNotNone(self.raw(head))
        # One entry of the table, many times: little to send, much to decode.
        entry = b"\x40\1a\x7f\x81\x1e" + b"v" * 4000
        bomb = frame(1, 4, 1, b"\x82\x84\x87" + entry + b"\xbe" * 12000)
        self.assertEqual(self.raw(bomb), 11)

    def test_not_http2(self):
        with socket.create_connection(("127.0.0.1", self.proxy.port), timeout=20) as raw:
            raw.sendall(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n")
            read_head(raw)
            context = ssl.create_default_context(cafile=self.proxy.ca)
            context.set_alpn_protocols(["h2"])
            with context.wrap_socket(raw, server_hostname="origin.test") as client:
                client.sendall(b"GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                data = b""
                while piece := client.recv(65536):
                    data += piece
        self.assertNotIn(b"HTTP/1.1", data)
        self.check_alive()


if __name__ == "__main__":
    http_2.need_h2()
    main()
