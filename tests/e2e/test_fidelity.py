"""Odd but legal messages reach the client as the upstream sent them, live and replayed."""
import gzip
import secrets
import threading

from support import Case, RawOrigin, Tunnel, body_of, header, main, ok, read_head, read_response, status_of

GET = b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n"

ODD = {
    "reason": b"HTTP/1.1 200 Sehr gut \xe4\r\nContent-Length: 2\r\n\r\nhi",
    "no reason": b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhi",
    "case, order and repeats": b"HTTP/1.1 200 OK\r\netag: \"a\"\r\nVARY: x\r\nVary: y\r\ncOnTeNt-LeNgTh: 2\r\nCache-Control:no-store\r\n\r\nhi",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    "empty": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "204": b"HTTP/1.1 204 No Content\r\nETag: \"x\"\r\n\r\n",
    "304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\nETag: \"x\"\r\n\r\n",
    "binary": b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 256\r\n\r\n" + bytes(range(256)),
    "status 299": b"HTTP/1.1 299 Odd\r\nContent-Length: 1\r\n\r\nx",
    "trailers": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Expires\r\n\r\n2\r\nhi\r\n0\r\nExpires: never\r\n\r\n",
}


def without_spaces_after_colon(response):
    """`Name:value` is written as `Name: value`: the space is no part of either."""
    return response.replace(b"Cache-Control:no-store", b"Cache-Control: no-store")


class Fidelity(Case):
    def test_odd_answers(self):
        for name, answer in ODD.items():
            with self.subTest(name), RawOrigin(lambda _, a=answer: a) as origin:
                cassette = name.split(" ")[0].strip(",") + ".cvr"
                with self.record(origin, cassette=cassette) as proxy, Tunnel(proxy) as client:
                    self.assertEqual(client.exchange(GET), without_spaces_after_colon(answer))
                    self.assertEqual(client.exchange(GET), without_spaces_after_colon(answer))
                with self.replay(cassette=cassette) as proxy, Tunnel(proxy) as client:
                    again = client.exchange(GET)
                    self.assertEqual(status_of(again), status_of(answer))
                    self.assertEqual(body_of(again), body_of(answer))
                    self.assertEqual(header(again, "etag"), header(answer, "etag"))

    def test_head(self):
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"
        with RawOrigin(lambda _: answer) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                self.assertEqual(client.exchange(b"HEAD /x HTTP/1.1\r\nHost: origin.test\r\n\r\n", "HEAD"), answer)
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(client.exchange(b"HEAD /x HTTP/1.1\r\nHost: origin.test\r\n\r\n", "HEAD"), answer)

    def test_until_close_and_http10(self):
        with RawOrigin(lambda _: [b"HTTP/1.0 200 OK\r\n\r\nto the end", "close"]) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                live = client.exchange(b"GET /x HTTP/1.0\r\n\r\n")
                self.assertEqual((status_of(live), body_of(live)), (200, b"to the end"))
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(b"GET /x HTTP/1.0\r\n\r\n")), b"to the end")

    def test_gzip_is_replayed_as_promised(self):
        packed = gzip.compress(b'{"a":1}')
        with RawOrigin(lambda _: ok(packed, "Content-Encoding: gzip", "Content-Type: application/json")) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                self.assertEqual(body_of(client.exchange(GET)), packed)
        with self.replay() as proxy, Tunnel(proxy) as client:
            answer = client.exchange(GET)
            self.assertEqual(header(answer, "content-encoding"), "gzip")
            self.assertEqual(gzip.decompress(body_of(answer)), b'{"a":1}')

    def test_expect_continue_live_and_replayed(self):
        head = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"

        def exchange(client):
            client.socket.sendall(head)
            self.assertEqual(read_head(client.socket), b"HTTP/1.1 100 Continue\r\n\r\n")
            client.socket.sendall(b"body")
            return read_response(client.socket)

        with RawOrigin(lambda r: ok(r[-4:])) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                self.assertEqual(body_of(exchange(client)), b"body")
            self.assertNotIn(b"expect", origin.requests[0].lower())
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(exchange(client)), b"body")

    def test_chunked_upload_and_early_hints(self):
        message = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n3;ext=1\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
        hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        with RawOrigin(lambda _: [hints, ok()]) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                client.socket.sendall(message)
                self.assertEqual(read_head(client.socket), hints)
                self.assertEqual(body_of(read_response(client.socket)), b"hello")
        with self.replay() as proxy, Tunnel(proxy) as client:
            whole = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 5\r\n\r\nabcde"
            self.assertEqual(body_of(client.exchange(whole)), b"hello")

    def test_what_an_interim_answer_hands_over_is_known(self):
        secret = secrets.token_hex(16).encode()
        hints = b"HTTP/1.1 103 Early Hints\r\nSet-Cookie: sid=" + secret + b"\r\n\r\n"
        answer = ok(b'{"v":"' + secret + b'"}', "Content-Type: application/json")
        with RawOrigin(lambda _: [hints, answer]) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                client.socket.sendall(GET)
                self.assertEqual(read_head(client.socket), hints)
                self.assertIn(secret, body_of(read_response(client.socket)))
        with self.replay() as proxy, Tunnel(proxy) as client:
            body = body_of(client.exchange(GET))
            self.assertTrue(body.startswith(b'{"v":"'))
            self.assertNotIn(secret, body)

    def test_body_streams_as_it_arrives(self):
        go_on = threading.Event()

        def answer(_):
            def wait(_connection):
                go_on.wait(20)
            return [b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n6\r\none\n\n\n\r\n", wait, b"6\r\ntwo\n\n\n\r\n0\r\n\r\n"]

        with RawOrigin(answer) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            client.socket.sendall(GET)
            data = read_head(client.socket)
            while b"one" not in data:
                data += client.socket.recv(100)
            self.assertNotIn(b"two", data)  # the origin has not said it yet
            go_on.set()
            while not data.endswith(b"0\r\n\r\n"):
                data += client.socket.recv(100)
            self.assertIn(b"two", data)

    def test_large_bodies_both_ways(self):
        big = bytes(range(256)) * 8192  # 2 MiB
        with RawOrigin(lambda r: ok(r.split(b"\r\n\r\n", 1)[1])) as origin:
            with self.record(origin, "--body-limit", "1M") as proxy, Tunnel(proxy) as client:
                message = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nContent-Length: %d\r\n\r\n" % len(big)
                self.assertEqual(body_of(client.exchange(message + big)), big)
        self.assertIn("omitted", self.cvr("show", self.path("t.cvr"), "1").stdout)
        self.assertIn("1 answer is without body, and no replay can give it: over the body limit; --body-limit raises it", proxy.stderr)

    def test_a_body_over_the_limit_of_the_replay_names_the_option(self):
        big = bytes(range(256)) * 8192  # 2 MiB
        message = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nContent-Length: %d\r\n\r\n" % len(big) + big
        with RawOrigin(lambda _: ok(b"taken")) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(message)), b"taken")
        with self.replay("--body-limit", "1M") as proxy, Tunnel(proxy) as client:
            missed = client.exchange(message)
            self.assertEqual(status_of(missed), 502)
            self.assertIn(b"replay with the --body-limit of the recording", missed)

    def test_pipelined_requests(self):
        with RawOrigin(lambda r: ok(r.split(b" ")[1])) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            client.socket.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: origin.test\r\n\r\n" % i for i in range(5)))
            self.assertEqual([body_of(read_response(client.socket)) for _ in range(5)], [b"/%d" % i for i in range(5)])


if __name__ == "__main__":
    main()
