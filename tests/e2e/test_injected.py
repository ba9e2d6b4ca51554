"""Crashes and failing system calls at the cassette, made by strace: nothing acknowledged is lost, nothing is silent.

Crash points: SIGKILL at the n-th call on the file, for each n.  Errors: the n-th call and all after it fail, or one alone.
"""
import glob
import json
import os
import signal
import subprocess
import unittest

from support import CVR, Case, Certificates, RawOrigin, Tunnel, body_of, main, ok, status_of, wait_until

CALLS = "write,pwrite64,writev,ftruncate,fdatasync,fsync,rename,renameat,renameat2"
REQUESTS = 12


class Traced:
    """`cvr record` under strace, which does something at a call on the cassette."""

    def __init__(self, case, cassette, injection, *flags):
        self.home = os.path.join(case.directory, "home")
        self.ca = os.path.join(self.home, "ca.pem")
        port_file = case.path(cassette + ".port")
        environment = {**os.environ, "CVR_HOME": self.home}
        environment.pop("CI", None)
        before = set(glob.glob(os.path.join(self.home, "run", "*.json")))
        self.process = subprocess.Popen(
            ["strace", "-f", "-qq", "-o", os.devnull, "-P", case.path(cassette), "-e", "trace=" + CALLS, "-e", "inject=" + injection,
             CVR, "record", "-c", case.path(cassette), "--threads", "1", *case.upstream, *flags,
             "--listen", "127.0.0.1:0", "--port-file", port_file],
            env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_until(lambda: os.path.exists(port_file) or self.process.poll() is not None, "cvr to listen")
        self.listening = self.process.poll() is None
        if self.listening:
            with open(port_file, encoding="ascii") as text:
                self.port = int(text.read())
            wait_until(lambda: set(glob.glob(os.path.join(self.home, "run", "*.json"))) - before, "the run file")
            new = (set(glob.glob(os.path.join(self.home, "run", "*.json"))) - before).pop()
            self.pid = int(os.path.basename(new).split(".")[0])

    def ask(self, count=REQUESTS):
        """The paths whose answers arrived whole, and whether all did."""
        received = []
        try:
            with Tunnel(self) as tunnel:
                for i in range(count):
                    answer = tunnel.exchange(f"GET /{i} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
                    if status_of(answer) != 200 or body_of(answer) != f"/{i}".encode():
                        return received
                    received.append(f"/{i}")
        except (OSError, AssertionError, ValueError):
            pass
        return received

    def end(self):
        """The exit code, and what was said."""
        if self.listening and self.process.poll() is None:
            try:
                os.kill(self.pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        said = self.process.communicate(timeout=60)[1].decode()
        return self.process.returncode, said


class Injected(Case):
    @classmethod
    def setUpClass(cls):
        # Some sandboxes forbid ptrace altogether; the fault-injecting store of the unit tests runs everywhere.
        if subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False).returncode != 0:
            raise unittest.SkipTest("ptrace is forbidden here")

    def setUp(self):
        super().setUp()
        self.origin = RawOrigin(lambda request: ok(request.split(b" ")[1]))
        self.addCleanup(self.origin.__exit__, None, None, None)
        self.origin.__enter__()
        self.upstream = ["--host", "origin.test", "--connect-to", f"origin.test:443:127.0.0.1:{self.origin.port}", "--upstream-ca",
                         Certificates.get().ca]
        # The home is made once, so that the runs differ in nothing but the cassette.
        self.cvr("key", "show")

    def recorded(self, cassette):
        lines = self.cvr("ls", "--json", self.path(cassette)).stdout.splitlines()
        return {entry["url"].split("origin.test", 1)[1] for entry in map(json.loads, lines) if "url" in entry}

    def goes_on(self, cassette):
        """A new recording appends, and the file is sound."""
        with self.record(self.origin, cassette=cassette) as proxy, Tunnel(proxy) as tunnel:
            self.assertEqual(status_of(tunnel.exchange(b"GET /after HTTP/1.1\r\nHost: origin.test\r\n\r\n")), 200)
        self.assertIn("/after", self.recorded(cassette))
        self.assertEqual(self.cvr("verify", self.path(cassette)).returncode, 0)

    def test_killed_at_any_call(self):
        for durable in ([], ["--durable"]):
            for call in range(1, 40):
                cassette = f"k{len(durable)}-{call}.cvr"
                with self.subTest(call, durable=bool(durable)):
                    proxy = Traced(self, cassette, f"{CALLS}:signal=SIGKILL:when={call}", *durable)
                    received = proxy.ask() if proxy.listening else []
                    code, said = proxy.end()
                    if code == 0:  # it never came to that call
                        self.assertEqual(len(received), REQUESTS, said)
                        break
                    self.assertEqual(set(received) - self.recorded(cassette) if received else set(), set())
                    if call % 5 == 1:
                        self.goes_on(cassette)
            else:
                self.fail("more calls than the test expects")

    def test_a_full_or_broken_disk(self):
        for error in ("ENOSPC", "EIO", "EDQUOT"):
            for when in ("4+", "5"):
                cassette = f"{error}-{when.strip('+')}{len(when)}.cvr"
                with self.subTest(error, when=when):
                    proxy = Traced(self, cassette, f"write,pwrite64,writev:error={error}:when={when}")
                    received = proxy.ask()
                    code, said = proxy.end()
                    self.assertEqual(len(received), REQUESTS)  # traffic goes on
                    self.assertEqual(code, 3, said)
                    self.assertRegex(said, "(?i)no space|input/output error|quota")
                    lost = set(received) - self.recorded(cassette)
                    self.assertGreaterEqual(len(lost), 1)
                    if when == "5":
                        self.assertEqual(len(lost), 1)
                        self.assertIn("gap", self.cvr("ls", self.path(cassette)).stdout)
                    self.goes_on(cassette)

    def test_a_failed_sync_is_never_trusted_again(self):
        proxy = Traced(self, "s.cvr", "fdatasync:error=EIO:when=3", "--durable")
        received = proxy.ask()
        code, said = proxy.end()
        self.assertEqual(len(received), REQUESTS)
        self.assertEqual(code, 3, said)
        self.assertLessEqual(len(self.recorded("s.cvr")), 4)
        self.goes_on("s.cvr")


if __name__ == "__main__":
    main()
