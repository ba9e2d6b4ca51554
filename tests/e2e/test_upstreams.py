"""What upstreams do besides answering well: too much, too early, too late; and whom CVR takes for one."""
import contextlib
import json
import os
import resource
import socket
import threading

from command_case import CommandCase
from support import Case, Cvr, RawOrigin, Tunnel, body_of, header, main, ok, read_head, read_response, status_of, wait_until


def get(path, *fields):
    return (f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n" + "".join(f + "\r\n" for f in fields) + "\r\n").encode()


class Surplus(Case):
    """SAFETY T02: bytes behind an answer are no answer to what is asked next."""

    EVIL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nEVIL"
    ANSWERS = {
        "a second answer": ("GET", [ok(b"one") + EVIL]),
        "a second answer in a record of its own": ("GET", [ok(b"one"), EVIL]),
        "behind chunks": ("GET", [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n0\r\n\r\n" + EVIL]),
        "a body to HEAD": ("HEAD", [b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n" + EVIL]),
        "a body to HEAD apart": ("HEAD", [b"HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n", EVIL]),
        "a body on 204": ("GET", [b"HTTP/1.1 204 No Content\r\n\r\n" + EVIL]),
        "a body on 304": ("GET", [b"HTTP/1.1 304 Not Modified\r\nContent-Length: 40\r\n\r\n" + EVIL]),
    }

    def test_the_next_request_has_its_own_answer(self):
        for tls in (True, False):
            for number, (name, (method, script)) in enumerate(self.ANSWERS.items()):
                with self.subTest(name, tls=tls):
                    self.one(f"{number}{tls}.cvr", method, script, tls)

    def one(self, cassette, method, script, tls):
        sent = threading.Event()

        def answer(request):
            return ok(b"innocent") if b"/second" in request.split(b"\r\n")[0] else [*script, lambda _: sent.set()]

        with RawOrigin(answer, tls=tls) as origin, self.record(origin, cassette=cassette) as proxy:
            with Tunnel(proxy, port=443 if tls else 80, tls=tls) as client:
                first = client.exchange(get("/first").replace(b"GET", method.encode()), method)
                self.assertIn(status_of(first), (200, 204, 304))
                self.assertNotIn(b"EVIL", first)
                self.assertTrue(sent.wait(20))  # what comes only after the next request has gone out can not be told apart
                self.assertEqual(body_of(client.exchange(get("/second"))), b"innocent")
            self.assertEqual(origin.connections, 2)
            proxy.stop()
        told = [json.loads(line) for line in self.cvr("export", self.path(cassette), "--format", "jsonl").stdout.splitlines()]
        if len(script) == 1:
            self.assertIn("ambiguous-framing", json.dumps(told[0]))
        self.assertNotIn("ambiguous-framing", json.dumps(told[1]))


class EarlyOrigin:
    """Answers at the head of a request, before its body; then reads on or not."""

    def __init__(self, answer, read_on):
        self.answer, self.read_on = answer, read_on
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                read_head(connection)
                connection.sendall(self.answer)
                while self.read_on and connection.recv(65536):
                    pass
                connection.close()


class EarlyAnswers(CommandCase):
    REFUSAL = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig"

    def post(self, proxy, size):
        client = socket.create_connection(("127.0.0.1", proxy.port), timeout=20)
        client.sendall(f"POST http://origin.test/up HTTP/1.1\r\nHost: origin.test\r\nContent-Length: {size}\r\n\r\nabc".encode())
        return client

    def flags(self):
        lines = self.cvr("export", self.path("t.cvr"), "--format", "jsonl").stdout.splitlines()
        return [json.loads(line).get("flags", []) for line in lines]

    def test_the_client_has_it_before_it_sends_the_rest(self):
        for read_on in (True, False):
            with self.subTest(read_on=read_on), EarlyOrigin(self.REFUSAL, read_on) as origin:
                with self.record(origin, "--overwrite") as proxy, self.post(proxy, 3000) as client:
                    answer = read_response(client)
                    self.assertEqual((status_of(answer), body_of(answer)), (413, b"big"))
                    self.assertEqual(header(answer, "connection"), "close")
                    client.sendall(b"x" * 2997)  # the rest is taken, and dropped
                    self.assertEqual(client.recv(1), b"")
                    wait_until(lambda: "POST" in self.cvr("ls", self.path("t.cvr")).stdout, "the record")
                    self.assertEqual(proxy.stop(), 0)
                self.assertEqual(self.flags(), [[]])

    def test_a_large_body_that_nobody_reads(self):
        with EarlyOrigin(self.REFUSAL, False) as origin, self.record(origin) as proxy, self.post(proxy, 30_000_000) as client:
            # Written before anything is read, as simple clients do.
            client.sendall(b"x" * (30_000_000 - 3))
            answer = read_response(client)
            self.assertEqual((status_of(answer), body_of(answer)), (413, b"big"))

    def test_a_client_that_goes_away_with_the_answer(self):
        with EarlyOrigin(self.REFUSAL, True) as origin, self.record(origin) as proxy:
            with self.post(proxy, 3000) as client:
                self.assertEqual(status_of(read_response(client)), 413)
            wait_until(lambda: "POST" in self.cvr("ls", self.path("t.cvr")).stdout, "the record")
            self.assertEqual(proxy.stop(), 0)
        self.assertEqual(self.flags(), [["incomplete-request"]])


class TooLarge(Case):
    def test_refused_at_the_head(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin, "--max-body", "5K") as proxy, Tunnel(proxy) as client:
            client.socket.sendall(b"POST /x HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 6000\r\nExpect: 100-continue\r\n\r\n")
            answer = read_response(client.socket)
            self.assertEqual(status_of(answer), 413)
            self.assertEqual(header(answer, "x-cvr"), "refused")
            self.assertIn(b"--max-body", answer)
            self.assertEqual((origin.requests, origin.connections), ([], 0))

    def test_a_body_of_the_limit_passes(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin, "--max-body", "5K") as proxy, Tunnel(proxy) as client:
            request = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 5120\r\n\r\n" + b"x" * 5120
            self.assertEqual(status_of(client.exchange(request)), 200)

    def test_chunks_over_the_limit(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin, "--max-body", "5K") as proxy, Tunnel(proxy) as client:
            head = b"POST /x HTTP/1.1\r\nHost: origin.test\r\nTransfer-Encoding: chunked\r\n\r\n"
            answer = client.exchange(head + b"1770\r\n" + b"x" * 6000 + b"\r\n")
            self.assertEqual(status_of(answer), 413)
            self.assertNotIn(b"nothing was forwarded", answer)


class OwnListener(CommandCase):
    def free_port(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            return taken.getsockname()[1]

    def test_connect_to_must_not_name_it(self):
        for listen, target in (("127.0.0.1", "127.0.0.1"), ("127.0.0.1", "localhost"), ("0.0.0.0", "127.0.0.1"),
                               ("127.0.0.1", "0.0.0.0"), ("[::]", "127.0.0.1"), ("[::1]", "[::1]")):
            with self.subTest(listen=listen, target=target):
                port = self.free_port()
                self.fails(2, "CVR itself", "record", "-c", self.path("t.cvr"), "--host", "a.test", "--listen", f"{listen}:{port}",
                           "--connect-to", f"a.test:443:{target}:{port}")
        port = self.free_port()
        self.fails(2, "CVR itself", "record", "-c", self.path("t.cvr"), "--host", "a.test", "--listen", "127.0.0.1:0", "--reverse",
                   "https://a.test", "--reverse-listen", f"127.0.0.1:{port}", "--connect-to", f"a.test:443:127.0.0.1:{port}")

    def test_at_run_time_it_is_403(self):
        with Cvr(self.directory, "record", "-c", self.path("t.cvr"), "--allow-private") as proxy:
            for place in (f"127.0.0.1:{proxy.port}", f"localhost:{proxy.port}"):
                with self.subTest(place), socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
                    client.sendall(f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode())
                    self.assertEqual(status_of(read_response(client)), 403)

    def test_the_address_to_dial_is_whole(self):
        for rule in ("a.test:443:127.0.0.1:", "a.test:443:127.0.0.1:x", "a.test:443:127.0.0.1:0", "a.test:x:127.0.0.1:1"):
            self.fails(2, "HOST:PORT:ADDR:PORT", "record", "-c", self.path("t.cvr"), "--connect-to", rule)


class TheEnd(CommandCase):
    def lines(self):
        return [json.loads(line) for line in self.cvr("export", self.path("t.cvr"), "--format", "jsonl").stdout.splitlines()]

    def test_no_answer_yet(self):
        release = threading.Event()
        with RawOrigin(lambda _: [lambda connection: release.wait(30)]) as origin:
            with self.record(origin, "--grace", "100ms") as proxy, Tunnel(proxy) as client:
                client.socket.sendall(get("/hang"))
                wait_until(lambda: origin.requests, "the request")
                self.assertEqual(proxy.stop(), 0, proxy.stderr)
                self.assertIn("1 exchange was cut", proxy.stderr)
                self.assertNotIn("upstream failure", proxy.stderr)
            release.set()
        self.assertEqual(self.lines(), [])

    def test_half_an_answer(self):
        release = threading.Event()
        script = [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", lambda connection: release.wait(30)]
        with RawOrigin(lambda _: script) as origin:
            with self.record(origin, "--grace", "100ms") as proxy, Tunnel(proxy) as client:
                client.socket.sendall(get("/stream"))
                read_head(client.socket)
                client.socket.recv(10)
                self.assertEqual(proxy.stop(), 0, proxy.stderr)
            release.set()
        told = self.lines()
        self.assertEqual(len(told), 1)
        self.assertEqual(told[0]["flags"], ["incomplete", "session-ended"])
        self.assertNotIn("timeout", json.dumps(told[0].get("failure")))

    def test_two_cassettes_are_for_replay(self):
        self.fails(2, "one -c", "record", "-c", self.path("a.cvr"), "-c", self.path("b.cvr"), "--", "true")


class Descriptors(Case):
    def test_our_own_want_is_a_gap(self):
        release = threading.Event()
        with RawOrigin(lambda _: [lambda connection: release.wait(60), ok()], tls=False) as origin:
            with self.record(origin, "--threads", "1") as proxy, contextlib.ExitStack() as stack:
                clients = [stack.enter_context(socket.create_connection(("127.0.0.1", proxy.port), timeout=20)) for _ in range(12)]
                for client in clients:  # each has been accepted then
                    client.sendall(b"GET http://cvr.localhost/healthz HTTP/1.1\r\nHost: cvr.localhost\r\n\r\n")
                    self.assertEqual(status_of(read_response(client)), 200)
                used = len(os.listdir(f"/proc/{proxy.process.pid}/fd"))
                resource.prlimit(proxy.process.pid, resource.RLIMIT_NOFILE, (used + 2, used + 2))
                for client in clients:
                    client.sendall(b"GET http://origin.test/x HTTP/1.1\r\nHost: origin.test\r\nConnection: close\r\n\r\n")
                answers = [read_response(client) for client in clients[-3:]]
                release.set()
                self.assertIn(503, [status_of(answer) for answer in answers])
                self.assertEqual(proxy.stop(), 3, proxy.stderr)
                self.assertIn("no file descriptors left", proxy.stderr)
        told = self.cvr("ls", self.path("t.cvr")).stdout
        self.assertIn("gap", told)
        self.assertNotIn("connect", told)


if __name__ == "__main__":
    main()
