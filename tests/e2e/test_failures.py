"""Upstream failures are answered, recorded and replayed as the same failure."""
import socket

from support import Case, Certificates, RawOrigin, Tunnel, Cvr, body_of, header, main, status_of

GET = b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n"


class Failures(Case):
    def kind_of(self, answer):
        self.assertEqual(status_of(answer), 502, answer)
        return header(answer, "x-cvr")

    def live_and_replayed(self, proxy):
        with Tunnel(proxy) as client:
            live = client.exchange(GET)
        proxy.stop()
        with self.replay() as again, Tunnel(again) as client:
            self.assertEqual(client.exchange(GET), live)
        return self.kind_of(live)

    def test_connection_refused(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        # The port was free a moment ago and nobody listens on it now.
        with Cvr(self.directory, "record", "-c", self.path("t.cvr"), "--host", "origin.test", "--connect-to",
                 f"origin.test:443:127.0.0.1:{port}") as proxy:
            self.assertEqual(self.live_and_replayed(proxy), "upstream-error; kind=connect")

    def test_untrusted_certificate(self):
        with RawOrigin(lambda _: b"") as origin:
            with Cvr(self.directory, "record", "-c", self.path("t.cvr"), "--host", "origin.test", "--connect-to",
                     f"origin.test:443:127.0.0.1:{origin.port}") as proxy:
                self.assertEqual(self.live_and_replayed(proxy), "upstream-error; kind=tls")

    def test_wrong_name_in_the_certificate(self):
        with RawOrigin(lambda _: b"") as origin:
            with Cvr(self.directory, "record", "-c", self.path("t.cvr"), "--host", "other.test", "--upstream-ca",
                     Certificates.get().ca, "--connect-to", f"other.test:443:127.0.0.1:{origin.port}") as proxy:
                with Tunnel(proxy, "other.test") as client:
                    answer = client.exchange(b"GET /x HTTP/1.1\r\nHost: other.test\r\n\r\n")
                self.assertEqual(self.kind_of(answer), "upstream-error; kind=tls")

    def test_not_tls(self):
        with RawOrigin(lambda _: b"", tls=False) as origin, self.record(origin) as proxy:
            # Plain text answers the ClientHello with silence or a close.
            origin.answer = lambda _: ["close"]
            with Tunnel(proxy) as client:
                client.socket.settimeout(30)
                answer = client.exchange(GET)
            self.assertIn("kind=", self.kind_of(answer))

    def test_closed_before_an_answer(self):
        with RawOrigin(lambda _: ["close"]) as origin, self.record(origin) as proxy:
            self.assertEqual(self.live_and_replayed(proxy), "upstream-error; kind=reset")

    def test_silence(self):
        with RawOrigin(lambda _: [lambda connection: connection.recv(1)]) as origin:
            with self.record(origin, "--upstream-timeout", "500ms") as proxy:
                self.assertEqual(self.live_and_replayed(proxy), "upstream-error; kind=timeout")

    def test_cut_in_mid_body(self):
        with RawOrigin(lambda _: [b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", "close"]) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                live = client.exchange(GET)
                self.assertEqual((status_of(live), body_of(live)), (200, b"only this"))
        with self.replay() as proxy, Tunnel(proxy) as client:
            again = client.exchange(GET)
            self.assertEqual((status_of(again), body_of(again)), (200, b"only this"))
            self.assertEqual(header(again, "content-length"), "100")

    def test_cut_in_mid_chunk(self):
        with RawOrigin(lambda _: [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "close"]) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                self.assertIn(b"hello", client.exchange(GET))
        with self.replay() as proxy, Tunnel(proxy) as client:
            again = client.exchange(GET)
            self.assertIn(b"hello", again)
            self.assertNotIn(b"\r\n0\r\n", again)

    def test_unknown_host(self):
        with Cvr(self.directory, "record", "-c", self.path("t.cvr"), "--host", "no-such-host.invalid") as proxy:
            with Tunnel(proxy, "no-such-host.invalid") as client:
                client.socket.settimeout(60)
                answer = client.exchange(b"GET / HTTP/1.1\r\nHost: no-such-host.invalid\r\n\r\n")
            self.assertEqual(self.kind_of(answer), "upstream-error; kind=dns")


if __name__ == "__main__":
    main()
