"""Faults on demand, stale recordings, and what becomes of the recording of a command that failed."""
import json
import os
import socket
import subprocess
import sys

from support import CVR, Case, Certificates, RawOrigin, Tunnel, body_of, header, main, ok, status_of


def get(path, *fields):
    head = "".join(field + "\r\n" for field in fields)
    return f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n{head}\r\n".encode()


class Faults(Case):
    def setUp(self):
        super().setUp()
        with RawOrigin(lambda r: ok(b"0123456789" + r.split(b" ")[1])) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                for path in ("/a", "/b"):
                    client.exchange(get(path))

    def test_status(self):
        with self.replay("--fault", "GET /a: status=503 retry-after=7 times=1", "--json") as proxy:
            with Tunnel(proxy) as client:
                fault = client.exchange(get("/a?x=1"))
                self.assertEqual((status_of(fault), header(fault, "x-cvr"), header(fault, "retry-after")), (503, "fault", "7"))
                self.assertEqual(json.loads(body_of(fault))["type"], "urn:cvr:fault")
                self.assertEqual(body_of(client.exchange(get("/a"))), b"0123456789/a")
            self.assertEqual(proxy.stop(), 0)
            self.assertIn("fault 'GET /a: status=503 retry-after=7 times=1': fired 1 time, 2 requests matched (--seed 1)",
                          proxy.stderr)
            told = json.loads(proxy.stdout)
            self.assertEqual((told["hits"], told["misses"], told["fault_seed"]), (1, 0, 1))
            self.assertEqual((told["faults"][0]["fired"], told["faults"][0]["matched"]), (1, 2))

    def test_status_without_a_body(self):
        with self.replay("--fault", "* /a: status=204") as proxy, Tunnel(proxy) as client:
            self.assertEqual(status_of(client.exchange(get("/a"))), 204)
            self.assertEqual(status_of(client.exchange(get("/b"))), 200)  # the connection is sound

    def test_reset(self):
        with self.replay("--fault", "GET /a: reset times=2") as proxy:
            with Tunnel(proxy) as client:
                client.socket.sendall(get("/a"))
                # Below the TLS: some TLS libraries tell a reset as an end.
                with socket.fromfd(client.socket.fileno(), socket.AF_INET, socket.SOCK_STREAM) as below:
                    below.settimeout(20)
                    with self.assertRaises(ConnectionResetError):
                        while below.recv(4096):
                            pass
            with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
                client.sendall(b"GET https://origin.test/a HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                self.assertRaises(ConnectionResetError, client.recv, 1)
            with Tunnel(proxy) as client:
                self.assertEqual(body_of(client.exchange(get("/a"))), b"0123456789/a")

    def test_truncate(self):
        with self.replay("--fault", "GET /*: truncate=4") as proxy:
            with Tunnel(proxy) as client:
                cut = client.exchange(get("/a"))
                self.assertEqual((header(cut, "content-length"), body_of(cut)), ("12", b"0123"))
            proxy.stop()
            self.assertIn("1 hits", proxy.stderr)

    def test_delay_and_seed(self):
        with self.replay("--fault", "* *: status=500 rate=0.5", "--fault", "GET /a: delay=100ms", "--seed", "7") as proxy:
            with Tunnel(proxy) as client:
                first = [status_of(client.exchange(get("/a"))) for _ in range(12)]
        with self.replay("--fault", "* *: status=500 rate=0.5", "--seed", "7") as proxy:
            with Tunnel(proxy) as client:
                self.assertEqual([status_of(client.exchange(get("/a"))) for _ in range(12)], first)
            proxy.stop()
            self.assertIn("--seed 7", proxy.stderr)
        self.assertEqual(set(first), {200, 500})

    def test_in_the_configuration(self):
        with open(self.path("cvr.toml"), "w", encoding="ascii") as file:
            file.write('fault = ["GET /a: status=418"]\nmax_age = "7d"\nstale = "fail"\n')
        with self.replay(env={"CVR_FAULT": "GET /b: status=418"}) as proxy, Tunnel(proxy) as client:
            self.assertEqual(status_of(client.exchange(get("/b"))), 418)
        done = subprocess.run([CVR, "config"], cwd=self.directory, env={**os.environ, "CVR_HOME": self.path("home")},
                              capture_output=True, text=True, check=True)
        self.assertIn("GET /a: status=418", done.stdout)

    def test_wrong_usage(self):
        def fails(words, *arguments):
            done = self.cvr(*arguments, "-c", self.path("t.cvr"))
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
            self.assertIn(words, done.stderr)
        fails("--fault", "replay", "--fault", "GET /a: explode")
        fails("200 to 599", "replay", "--fault", "GET /a: status=1000")
        fails("--fault is for replay", "record", "--fault", "GET /a: reset")
        fails("--max-age old", "replay", "--max-age", "old")
        fails("warn, fail or record", "replay", "--max-age", "7d", "--stale", "never")
        fails("--stale goes with --max-age", "replay", "--stale", "fail")
        fails("--stale record", "replay", "--max-age", "7d", "--stale", "record")
        fails("--keep-on-failure goes with a command", "record", "--keep-on-failure")


class Stale(Case):
    """A recording becomes old by itself: within the seconds that a test waits for anyway."""

    def setUp(self):
        super().setUp()
        self.origin = RawOrigin(lambda _: ok(f"answer {len(self.origin.requests)}".encode()))
        with self.record(self.origin) as proxy, Tunnel(proxy) as client:
            client.exchange(get("/a"))

    def tearDown(self):
        self.origin.__exit__()

    def old(self, proxy):
        """Asks until the recording is over a second old."""
        with Tunnel(proxy) as client:
            while True:
                answer = client.exchange(get("/a"))
                if status_of(answer) != 200:
                    return answer

    def test_fail(self):
        with self.replay("--max-age", "1s", "--stale", "fail") as proxy:
            answer = self.old(proxy)
            self.assertEqual((status_of(answer), header(answer, "x-cvr")), (502, "miss"))
            self.assertIn(b"#1 is stale: recorded ", answer)
            self.assertEqual(proxy.stop(), 1)
            self.assertIn("older than --max-age 1 seconds and answered nothing; the oldest is #1", proxy.stderr)

    def test_record(self):
        flags = ("--max-age", "1s", "--stale", "record")
        with self.replay("--max-age", "1s", "--stale", "fail") as proxy:
            self.old(proxy)  # from here on it is
        script = ("import urllib.request;"
                  "print(urllib.request.urlopen('https://origin.test/a').read().decode())")
        arguments = ("run", "--mode", "new_episodes", "-c", self.path("t.cvr"), "--host", "origin.test", "--connect-to",
                     f"origin.test:443:127.0.0.1:{self.origin.port}", "--upstream-ca", Certificates.get().ca)
        done = self.cvr(*arguments, *flags, "--", sys.executable, "-c", script)
        self.assertEqual((done.returncode, done.stdout), (0, "answer 2\n"), done.stderr)
        self.assertIn("and asked for anew", done.stderr)


class OnFailure(Case):
    def run_child(self, origin, status, *flags, mode="once", path="/a"):
        script = (f"import urllib.request,sys;urllib.request.urlopen('https://origin.test{path}').read();sys.exit({status})")
        arguments = ["record"] if mode == "record" else ["run", "--mode", mode]
        return self.cvr(*arguments, "-c", self.path("t.cvr"), "--host", "origin.test", "--connect-to",
                        f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca, *flags, "--",
                        sys.executable, "-c", script)

    def recorded(self):
        with open(self.path("t.cvr"), "rb") as file:
            return file.read()

    def test_once_does_not_freeze_half_a_recording(self):
        with RawOrigin(lambda _: ok()) as origin:
            done = self.run_child(origin, 3)
            self.assertEqual(done.returncode, 3)
            self.assertIn("discarded the 1 interaction of this run", done.stderr)
            self.assertIn("--keep-on-failure", done.stderr)
            self.assertEqual([name for name in os.listdir(self.directory) if "cvr" in name], [])
            self.assertIn("discarded", self.run_child(origin, 3, "-q").stderr)
            self.assertEqual(self.run_child(origin, 0).returncode, 0)
            self.assertEqual(self.run_child(origin, 4).returncode, 4)  # replays: nothing to discard
            self.assertEqual(len(origin.requests), 3)

    def test_a_run_without_traffic_records_nothing_for_good(self):
        with RawOrigin(lambda _: ok()) as origin:
            host = ("-c", self.path("t.cvr"), "--host", "origin.test", "--", "true")
            done = self.cvr("run", "--mode", "once", *host)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertFalse(os.path.exists(self.path("t.cvr")))
            self.assertEqual(self.cvr("record", *host).returncode, 0)  # keeps its file
            self.assertTrue(os.path.exists(self.path("t.cvr")))
            for _ in range(2):  # an empty one is recorded to, then replayed
                self.assertEqual(self.run_child(origin, 0).returncode, 0)
            self.assertEqual(len(origin.requests), 1)

    def test_kept_when_asked(self):
        with RawOrigin(lambda _: ok()) as origin:
            self.assertEqual(self.run_child(origin, 3, "--keep-on-failure").returncode, 3)
        self.assertEqual(self.cvr("verify", self.path("t.cvr")).returncode, 0)

    def test_record_keeps_unless_told(self):
        with RawOrigin(lambda _: ok()) as origin:
            self.assertNotIn("discarded", self.run_child(origin, 3, mode="record").stderr)
            before = self.recorded()
            for flags in ((), ("--overwrite",)):
                done = self.run_child(origin, 3, "--discard-on-failure", *flags, mode="record", path="/b")
                self.assertIn("is as it was before", done.stderr)
                self.assertEqual(self.recorded(), before)

    def test_new_episodes_goes_back(self):
        with RawOrigin(lambda _: ok()) as origin:
            self.run_child(origin, 0)
            before = self.recorded()
            self.assertIn("discarded", self.run_child(origin, 1, mode="new_episodes", path="/b").stderr)
            self.assertEqual(self.recorded(), before)

    def test_sessions_of_a_command_that_failed(self):
        script = ("import http.client, os, sys, base64\n"
                  "proxy = os.environ['http_proxy'].split(':')\n"
                  "for name in sys.argv[2:]:\n"
                  "    client = http.client.HTTPConnection('127.0.0.1', int(proxy[2].strip('/')))\n"
                  "    fields = {'Proxy-Authorization': 'Basic ' + base64.b64encode(name.encode() + b':x').decode()}\n"
                  "    client.request('GET', 'https://origin.test/a', headers=fields)\n"
                  "    print(client.getresponse().read())\n"
                  "sys.exit(int(sys.argv[1]))\n")

        def run(origin, status, *flags):
            return self.cvr("proxy", "--dir", self.path("cassettes"), "--host", "origin.test", "--connect-to",
                            f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca, *flags, "--",
                            sys.executable, "-c", script, str(status), "a", "b")

        def left():
            return sorted(os.listdir(self.path("cassettes")))
        with RawOrigin(lambda _: ok()) as origin:
            done = run(origin, 3)
            self.assertEqual((done.returncode, left()), (3, []), done.stderr)
            self.assertIn("a: discarded 1 interaction", done.stderr)
            run(origin, 3, "--mode", "all", "--discard-on-failure")
            self.assertEqual(left(), [])
            run(origin, 3, "--mode", "all")
            self.assertEqual(left(), ["a.cvr", "b.cvr"])
            for name in left():
                os.remove(self.path("cassettes/" + name))
            run(origin, 3, "--keep-on-failure")
            self.assertEqual(left(), ["a.cvr", "b.cvr"])
            self.assertEqual(run(origin, 0).returncode, 0)

    def test_a_command_that_can_not_run(self):
        done = self.cvr("run", "--mode", "once", "-c", self.path("t.cvr"), "--", self.path("no-such-command"))
        self.assertEqual(done.returncode, 127)
        self.assertFalse(os.path.exists(self.path("t.cvr")))


if __name__ == "__main__":
    main()
