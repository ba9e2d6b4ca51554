"""--reverse: absolute links lead to the listener for the client, and stay the upstream's on record."""
import contextlib
import gzip
import json
import re
import socket

from support import Case, Cvr, RawOrigin, body_of, header, main, ok, read_response, status_of


class Reverse(Case):
    def start(self, verb, *more):
        proxy = Cvr(self.directory, verb, "-c", self.path("t.cvr"), "--reverse", "https://origin.test", *more, "--json")
        # The reverse port stands in the run file.
        import glob
        import os
        with open(glob.glob(os.path.join(proxy.home, "run", f"{proxy.process.pid}.json"))[0], encoding="utf-8") as file:
            proxy.reverse = json.load(file)["reverse"]
        proxy.reverse_port = int(re.search(r":(\d+)$", proxy.reverse).group(1))
        return proxy

    def ask(self, proxy, message):
        with socket.create_connection(("127.0.0.1", proxy.reverse_port), timeout=20) as client:
            client.sendall(message)
            return read_response(client)

    def test_links(self):
        body = b'{"href":"https://origin.test/api/trips/1","esc":"https:\\/\\/origin.test\\/x","other":"https://origin.test.evil/"}'
        with RawOrigin(lambda _: ok(body, "Content-Type: application/json", "Location: https://origin.test/next")) as origin:
            from support import Certificates
            with self.start("record", "--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca) as proxy:
                get = f"GET /api/trips?a=1 HTTP/1.1\r\nHost: 127.0.0.1:{proxy.reverse_port}\r\n\r\n".encode()
                live = self.ask(proxy, get)
                self.assertEqual(status_of(live), 200)
                value = json.loads(body_of(live))
                self.assertEqual(value["href"], proxy.reverse + "/api/trips/1")
                self.assertEqual(value["esc"], proxy.reverse + "/x")
                self.assertEqual(value["other"], "https://origin.test.evil/")
                self.assertEqual(header(live, "location"), proxy.reverse + "/next")
            self.assertIn(b"\r\nHost: origin.test\r\n", origin.requests[0])
        shown = self.cvr("show", self.path("t.cvr"), "1").stdout
        self.assertIn("https://origin.test/api/trips/1", shown)
        self.assertNotIn(proxy.reverse, shown)
        with self.start("replay") as again:
            get = f"GET /api/trips?a=1 HTTP/1.1\r\nHost: localhost:{again.reverse_port}\r\n\r\n".encode()
            replayed = self.ask(again, get)
            self.assertEqual(json.loads(body_of(replayed))["href"], again.reverse + "/api/trips/1")
            self.assertEqual(header(replayed, "location"), again.reverse + "/next")

    def test_json_without_links_goes_out_as_it_came(self):
        from support import Certificates
        plain = b'{"a":"b","n":[1,2,3]}'
        packed = gzip.compress(plain, 1)
        long = b'{"href":"https://origin.test/x","pad":"' + b"x" * 5000 + b'"}'
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
        answers = {
            b"/trailer": head + b"Trailer: X-T\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n" + plain + b"\r\n0\r\nX-T: v\r\n\r\n",
            b"/gzip": head + b"Content-Encoding: gzip\r\nContent-MD5: AAAA\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed,
            b"/long": head + b"Content-Length: %d\r\n\r\n" % len(long) + long,
            b"/cut": head + b"Content-Length: 999\r\n\r\n" + plain,
        }
        with RawOrigin(lambda request: [answers[request.split(b" ")[1]], "close"]) as origin:
            with self.start("record", "--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca",
                            Certificates.get().ca, "--body-limit", "2K") as proxy:
                live = {path: self.whole(proxy, path) for path in answers}
        for path, body in ((b"/gzip", packed), (b"/long", long), (b"/cut", plain)):
            self.assertTrue(live[path].startswith(b"HTTP/1.1 200 OK\r\n"), live[path][:200])
            self.assertEqual(live[path].partition(b"\r\n\r\n")[2], body)
        self.assertIn(b"Content-MD5: AAAA", live[b"/gzip"])
        self.assertTrue(live[b"/trailer"].endswith(b"\r\n\r\n15\r\n" + plain + b"\r\n0\r\nX-T: v\r\n\r\n"), live[b"/trailer"])
        self.assertIn("incomplete", self.cvr("show", self.path("t.cvr"), "4").stdout)

    def whole(self, proxy, path):
        with socket.create_connection(("127.0.0.1", proxy.reverse_port), timeout=20) as client:
            client.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            out = b""
            with contextlib.suppress(ConnectionResetError):
                while piece := client.recv(65536):
                    out += piece
            return out

    def test_a_link_that_was_handed_out_may_come_back_anywhere(self):
        def asks(proxy):
            coded = proxy.reverse.replace(":", "%3A").replace("/", "%2F")
            form = f"next={coded}%2Fp2"
            return [f"GET /go?url={coded}%2Fp2 HTTP/1.1\r\nHost: x\r\nReferer: {proxy.reverse}/p1\r\n\r\n".encode(),
                    (f"POST /form HTTP/1.1\r\nHost: x\r\nOrigin: {proxy.reverse}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                     f"Content-Length: {len(form)}\r\n\r\n{form}").encode()]

        with RawOrigin(lambda _: ok(b"gone")) as origin:
            from support import Certificates
            with self.start("record", "--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca) as proxy:
                self.assertEqual([body_of(self.ask(proxy, ask)) for ask in asks(proxy)], [b"gone", b"gone"])
        self.assertIn(b"GET /go?url=https%3A%2F%2Forigin.test%2Fp2 HTTP/1.1", origin.requests[0])
        self.assertIn(b"Referer: https://origin.test/p1", origin.requests[0])
        self.assertIn(b"Origin: https://origin.test\r\n", origin.requests[1])
        self.assertTrue(origin.requests[1].endswith(b"next=https%3A%2F%2Forigin.test%2Fp2"))
        with self.start("replay") as again:  # on another port
            self.assertEqual([body_of(self.ask(again, ask)) for ask in asks(again)], [b"gone", b"gone"])


if __name__ == "__main__":
    main()
