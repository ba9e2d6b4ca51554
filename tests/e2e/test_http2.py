"""Clients that offer HTTP/2 alone: what they get is what HTTP/1.1 clients get, recorded and replayed."""
import json
import os
import re
import resource
import signal
import threading

import http_2
from http_2 import Http2Client
from sessions import SessionCase
from support import Case, RawOrigin, Tunnel, body_of, main, made_up, ok, rng, status_of, wait_until

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
UNTIL_CLOSE = b"HTTP/1.1 200 OK\r\n\r\n"


def echo(request):
    head, _, body = request.partition(b"\r\n\r\n")
    return ok(head.split(b" ")[1] + b" " + body[-20:])


class Answers(Case):
    """The same questions while recording and in replay."""

    def both(self, answer, ask):
        with RawOrigin(answer) as origin:
            with self.record(origin) as proxy, Http2Client(proxy) as client:
                live = ask(client)
            self.requests = origin.requests
        with self.replay() as proxy, Http2Client(proxy) as client:
            again = ask(client)
        self.assertEqual([vars(one) for one in live], [vars(one) for one in again])
        return live

    def test_get(self):
        def answer(_):
            return b"HTTP/1.1 200 OK\r\nCache-Control: No-Store\r\nConnection: x-own\r\nX-Own: 1\r\nKeep-Alive: 5\r\nContent-Length: 5\r\n\r\nhello"
        one, = self.both(answer, lambda client: [client.ask("/a?b=c", fields=[("cookie", "a=1"), ("cookie", "b=2"), ("te", "trailers")])])
        self.assertEqual((one.status, one.body, one.ended), (200, b"hello", True))
        self.assertEqual(one.fields, [(":status", "200"), ("cache-control", "No-Store"), ("content-length", "5")])
        head = self.requests[0].lower()
        self.assertTrue(head.startswith(b"get /a?b=c http/1.1\r\nhost: origin.test\r\n"), head)
        self.assertIn(b"\r\ncookie: a=1; b=2\r\n", head)
        self.assertNotIn(b"\r\nte:", head)

    def test_large_both_ways(self):
        up, down = made_up(300_000).encode(), rng.randbytes(1 << 20)
        one, two = self.both(lambda _: ok(down), lambda client: [
            client.ask("/up", "POST", up, [("content-length", str(len(up)))]), client.ask("/chunked", "PUT", up)])
        self.assertEqual((one.status, one.body, two.body), (200, down, down))
        self.assertTrue(self.requests[0].endswith(up))
        self.assertIn(b"transfer-encoding: chunked", self.requests[1].lower())

    def test_without_a_body(self):
        def answer(request):
            if request.startswith(b"HEAD"):
                return b"HTTP/1.1 200 OK\r\nContent-Length: 42\r\n\r\n"
            return b"HTTP/1.1 204 No Content\r\nVary: y\r\n\r\n" if b"/204" in request else ok(b"")
        head, none, empty, post = self.both(answer, lambda client: [
            client.ask("/", "HEAD"), client.ask("/204"), client.ask("/empty"), client.ask("/post", "POST")])
        self.assertEqual((head.status, head.header("content-length"), head.body, head.ended), (200, "42", b"", True))
        self.assertEqual((none.status, none.header("vary"), none.ended), (204, "y", True))
        self.assertEqual((empty.status, empty.ended, post.status), (200, True, 200))
        self.assertIn(b"\r\ncontent-length: 0\r\n", self.requests[3].lower())

    def test_trailers(self):
        one, = self.both(lambda _: CHUNKED + b"2\r\nab\r\n0\r\nVary: seven\r\n\r\n", lambda client: [client.ask("/t")])
        self.assertEqual((one.body, one.trailers, one.ended), (b"ab", [("vary", "seven")], True))

    def test_trailers_of_a_request(self):
        with TrailerOrigin() as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            stream = client.begin("/t", "POST", ends=False)
            client.send(stream, b"body", ends=False)
            client.h2.send_headers(stream, [("x-mine", "8")], end_stream=True)
            client.flush()
            self.assertEqual(client.answer(stream).status, 200)
        self.assertTrue(origin.requests[0].endswith(b"0\r\nx-mine: 8\r\n\r\n"), origin.requests)

    def test_interim_answers(self):
        with RawOrigin(lambda _: b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + ok(b"x")) as origin:
            with self.record(origin) as proxy, Http2Client(proxy) as client:
                one = client.ask("/")
                two = client.begin("/", "POST", [("expect", "100-continue"), ("content-length", "2")], ends=False)
                while not client.answers[two].interim:
                    self.assertTrue(client.step())
                client.send(two, b"ab")
                two = client.answer(two)
        self.assertEqual((one.interim, one.body), (["103"], b"x"))
        self.assertEqual((two.interim, two.body), (["100", "103"], b"x"))

    def test_a_hundred_streams_at_once(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            streams = {client.begin(f"/{i}", "POST", ends=False): i for i in range(100)}
            for stream, i in streams.items():
                client.send(stream, b"body %d" % i)
            for stream, i in streams.items():
                self.assertIn(b"/%d " % i, client.answer(stream).body)
            self.assertEqual(client.ask("/again").status, 200)
        with self.replay() as proxy, Http2Client(proxy) as client:
            streams = {client.begin(f"/{i}", "POST", ends=False): i for i in range(100)}
            for stream, i in streams.items():
                client.send(stream, b"body %d" % i)
            self.assertTrue(all(client.answer(stream).status == 200 for stream in streams))

    def test_upstream_connections_are_kept(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            for i in range(5):
                self.assertEqual(client.ask(f"/{i}").status, 200)
            self.assertEqual(origin.connections, 1)

    def test_few_are_kept_behind_a_burst(self):
        gate = threading.Event()
        with RawOrigin(lambda _: [lambda _: gate.wait(20), ok(b"x")]) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            def opened():
                return len(os.listdir(f"/proc/{proxy.process.pid}/fd"))
            before = opened()
            streams = [client.begin(f"/{i}") for i in range(40)]
            gate.set()
            for stream in streams:
                self.assertEqual(client.answer(stream).status, 200)
            wait_until(lambda: opened() <= before + 8 * 3, "the end of what is not kept")

    def test_they_are_kept_where_a_request_ends_behind_its_answer(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            for i in range(4):
                stream = client.begin(f"/{i}", "POST", [("content-length", "4")], ends=False)
                client.send(stream, b"body", ends=False)
                client.until_ended(stream)
                client.h2.end_stream(stream)
                client.flush()
                client.ping()
                self.assertEqual(client.ask(f"/between/{i}").status, 200)
            self.assertEqual(origin.connections, 1)


class TrailerOrigin(RawOrigin):
    """Reads one request to the end of its trailers."""

    def __init__(self):
        super().__init__(None)

    def _serve(self, raw):
        connection = self.context.wrap_socket(raw, server_side=True)
        data = b""
        while b"\r\n0\r\n" not in data or not data.endswith(b"\r\n\r\n"):
            data += connection.recv(65536)
        self.requests.append(data)
        connection.sendall(ok())


class HalfAnswers(Case):
    """What breaks off is never taken for a whole."""

    def broken(self, *script):
        with RawOrigin(lambda _: list(script)) as origin, self.record(origin, "--body-limit", "1M") as proxy, Http2Client(proxy) as client:
            live = client.ask("/")
        with self.replay() as proxy, Http2Client(proxy) as client:
            again = client.ask("/")
        for one in (live, again):
            self.assertEqual((one.status, one.body, one.ended, one.reset), (200, b"half", False, 2))

    def test_length(self):
        self.broken(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", "close")

    def test_chunks(self):
        self.broken(CHUNKED + b"4\r\nhalf\r\n", "close")

    def test_until_close(self):
        with RawOrigin(lambda _: [UNTIL_CLOSE + b"whole", "close"]) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            one = client.ask("/whole")
        self.assertEqual((one.body, one.ended), (b"whole", True))
        self.broken_until_close()

    def broken_until_close(self):
        gate = threading.Event()
        with RawOrigin(lambda _: [UNTIL_CLOSE + b"half", lambda _: gate.wait(20), "reset"]) as origin:
            with self.record(origin, cassette="cut.cvr") as proxy, Http2Client(proxy) as client:
                stream = client.begin("/")
                one = client.answers[stream]
                while one.body != b"half":
                    self.assertTrue(client.step())
                gate.set()
                client.answer(stream)
        self.assertEqual((one.status, one.ended, one.reset), (200, False, 2))

    def test_no_answer_is_502(self):
        with RawOrigin(lambda _: ["close"]) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            one = client.ask("/")
        self.assertEqual((one.status, one.ended), (502, True))

    def test_a_reset_on_demand(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            client.ask("/")
        with self.replay("--fault", "GET /: reset") as proxy, Http2Client(proxy) as client:
            one = client.ask("/")
        self.assertEqual((one.status, one.reset), (None, 2))

    def test_an_answer_that_is_truncated_on_demand(self):
        with RawOrigin(lambda _: ok(b"whole")) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            client.ask("/")
        with self.replay("--fault", "GET /*: truncate=4") as proxy, Http2Client(proxy) as client:
            one = client.ask("/")
        self.assertEqual((one.status, one.body, one.ended, one.reset), (200, b"whol", False, 2))

    def test_an_early_answer(self):
        early = b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno"
        with EarlyOrigin(early) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            stream = client.begin("/", "POST", ends=False)
            client.send(stream, b"begun", ends=False)
            one = client.until_ended(stream)
            self.assertEqual((one.status, one.body), (413, b"no"))
            client.send(stream, b"more")
            self.assertEqual(client.ask("/").status, 413)

    def test_the_end_of_a_request_behind_an_early_answer(self):
        with EarlyOrigin(ok(b"early")) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            stream = client.begin("/", "POST", ends=False)
            client.send(stream, b"begun", ends=False)
            self.assertEqual(client.until_ended(stream).body, b"early")
            client.h2.send_data(stream, b"-and-the-rest", end_stream=True)
            client.flush()
            client.ping()
            client.close()
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
        self.assertIn("begun-and-the-rest", self.cvr("show", self.path("t.cvr"), "1").stdout)
        with self.replay("--strict") as proxy, Http2Client(proxy) as client:
            self.assertEqual(client.ask("/", "POST", b"begun-and-the-rest").body, b"early")
            client.close()
            self.assertEqual(proxy.stop(), 0, proxy.stderr)


class EarlyOrigin(RawOrigin):
    """Answers at the head."""

    def __init__(self, answer):
        super().__init__(lambda _: answer)

    def _serve(self, raw):
        connection = self.context.wrap_socket(raw, server_side=True)
        data = b""
        while b"\r\n\r\n" not in data:
            data += connection.recv(65536)
        connection.sendall(self.answer(None))
        while connection.recv(65536):
            pass


class OneRecording(Case):
    """It does not depend on the version."""

    REQUEST = b"GET /a?b=c HTTP/1.1\r\nHost: origin.test\r\nAccept: x/y\r\n\r\n"

    def test_http1_replays_http2(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            client.ask("/a?b=c", fields=[("accept", "x/y")])
            client.ask("/post", "POST", b"body")
        with self.replay("--strict") as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(self.REQUEST)), b"/a?b=c ")
            answer = client.exchange(b"POST /post HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 4\r\n\r\nbody")
            self.assertEqual(status_of(answer), 200)
            client.socket.close()
            self.assertEqual(proxy.stop(), 0, proxy.stderr)

    def test_http2_replays_http1(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            client.exchange(self.REQUEST)
            client.exchange(b"POST /post HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 4\r\n\r\nbody")
        with self.replay("--strict") as proxy, Http2Client(proxy) as client:
            self.assertEqual(client.ask("/a?b=c", fields=[("accept", "x/y")]).body, b"/a?b=c ")
            self.assertEqual(client.ask("/post", "POST", b"body").status, 200)
            client.close()
            self.assertEqual(proxy.stop(), 0, proxy.stderr)

    def test_a_miss_is_the_same(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy, Http2Client(proxy) as client:
            client.ask("/a?b=c", fields=[("accept", "x/y")])
        with self.replay() as proxy:
            with Tunnel(proxy) as client:
                old = client.exchange(b"GET /a?b=d HTTP/1.1\r\nhost: origin.test\r\naccept: x/y\r\n\r\n")
            with Http2Client(proxy) as client:
                new = client.ask("/a?b=d", fields=[("accept", "x/y")])
        self.assertEqual((new.status, json.loads(new.body)), (status_of(old), json.loads(body_of(old))))
        self.assertEqual(new.header("content-type"), "application/problem+json")


class Choice(Case):
    def test_http1_is_chosen_where_it_is_offered(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy:
            for offered, chosen in ((["h2", "http/1.1"], "http/1.1"), (["http/1.1"], "http/1.1"), ([], None), (["h2"], "h2")):
                self.assertEqual(http_2.chosen(proxy, offered), chosen, offered)

    def test_a_client_that_leaves(self):
        gate = threading.Event()
        with RawOrigin(lambda _: [lambda _: gate.wait(20), ok(b"late")]) as origin, self.record(origin) as proxy:
            with Http2Client(proxy) as client:
                client.begin("/left")
                client.begin("/reset")
                client.h2.reset_stream(3)
                client.flush()
                while len(origin.requests) < 2:
                    gate.wait(0.01)
            gate.set()
            with Http2Client(proxy) as client:
                self.assertEqual(client.ask("/stays").body, b"late")
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
            self.assertIn("recorded 3 interactions", proxy.stdout + proxy.stderr)

    def test_a_stop_lets_streams_end(self):
        gate = threading.Event()
        with RawOrigin(lambda _: [lambda _: gate.wait(20), ok(b"late")]) as origin:
            for number in (signal.SIGINT, signal.SIGTERM):
                gate.clear()
                seen = len(origin.requests)
                with self.record(origin, cassette=f"{number}.cvr") as proxy, Http2Client(proxy) as client, Http2Client(proxy) as idle:
                    stream = client.begin("/slow")
                    while len(origin.requests) == seen:
                        gate.wait(0.01)
                    proxy.process.send_signal(number)
                    self.assertEqual(idle.until_over(), 0)
                    while client.goaway is None and client.step():
                        pass
                    gate.set()
                    answer = client.answer(stream)
                    self.assertEqual((answer.body, answer.ended, client.until_over()), (b"late", True, 0))
                    self.assertEqual(proxy.process.wait(20), 0)

    def test_the_end_of_grace_cuts(self):
        gate = threading.Event()
        with RawOrigin(lambda _: [lambda _: gate.wait(20), ok(b"late")]) as origin:
            with self.record(origin, "--grace", "100ms") as proxy, Http2Client(proxy) as client:
                stream = client.begin("/slow")
                while not origin.requests:
                    gate.wait(0.01)
                proxy.process.send_signal(signal.SIGTERM)
                self.assertFalse(client.answer(stream).ended)
                proxy.process.wait(20)
                gate.set()

    def test_a_client_that_does_not_read(self):
        body = rng.randbytes(1 << 20)
        with RawOrigin(lambda _: ok(body)) as origin, self.record(origin) as proxy:
            with Http2Client(proxy, take=False) as lazy, Http2Client(proxy) as client:
                stream = lazy.begin("/lazy")
                while len(lazy.answers[stream].body) < 65535:
                    lazy.step()
                self.assertEqual(client.ask("/other").body, body)  # nobody else waits for it
                lazy.h2.increment_flow_control_window(2 << 20)
                lazy.h2.increment_flow_control_window(2 << 20, stream)
                lazy.flush()
                self.assertEqual(lazy.answer(stream).body, body)


class Descriptors(Case):
    def test_a_child_has_the_callers_limit(self):
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, before)
        resource.setrlimit(resource.RLIMIT_NOFILE, (250, before[1]))
        with RawOrigin(echo) as origin, self.record(origin) as proxy:
            soft, hard = resource.prlimit(proxy.process.pid, resource.RLIMIT_NOFILE)
            self.assertEqual(soft, hard)
        done = self.cvr("record", "-c", self.path("child.cvr"), "--host", "origin.test", "--", "sh", "-c", "ulimit -Sn; ulimit -Hn")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.split()[-2:], ["250", str(before[1])])


class Sessions(SessionCase):
    def test_the_proxy_user_names_the_session(self):
        with RawOrigin(echo) as origin, self.proxy(origin) as proxy:
            for name in ("one", "two"):
                proxy.put(name, mode="all")
                with Http2Client(proxy, user=name) as client:
                    self.assertEqual(client.ask(f"/{name}").status, 200)
                    self.assertEqual(client.ask("/both").status, 200)
            for name in ("one", "two"):
                proxy.eject(name)
            listed = {name: self.cvr("ls", self.path(f"cassettes/{name}.cvr")).stdout for name in ("one", "two")}
        for name, text in listed.items():
            self.assertEqual(sorted(re.findall(r"/(one|two|both)\b", text.replace("cassettes/", ""))), sorted([name, "both"]), text)


if __name__ == "__main__":
    http_2.need_h2()
    main()
