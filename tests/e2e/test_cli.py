"""Bad input: one clear line, the right exit code, nothing lost."""
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys

from support import CVR, Case, RawOrigin, Tunnel, cvr, main, made_up, ok, status_of, wait_until

GET = b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n"


class Cli(Case):
    def recorded(self, paths=("/x",)):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            for path in paths:
                client.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
        return self.path("t.cvr")

    def fails(self, status, needle, *arguments, **kwargs):
        result = self.cvr(*arguments, **kwargs)
        self.assertEqual(result.returncode, status, result.stderr)
        lines = result.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertIn(needle, lines[0])
        self.assertTrue(lines[0].startswith("cvr: error: "))

    def test_usage(self):
        self.fails(2, "--host", "record", "--hots", "x")
        self.fails(2, "did you mean replay", "repaly")
        self.fails(2, "-c FILE", "record")
        self.fails(2, "--listen", "record", "-c", self.path("a.cvr"), "--listen", "127.0.0.1:99999")
        self.fails(2, "--body-limit", "record", "-c", self.path("a.cvr"), "--body-limit", "many")
        self.fails(2, "--connect-to", "record", "-c", self.path("a.cvr"), "--connect-to", "a:b")
        for threads in ("0", "-1", "257"):
            self.fails(2, "--threads takes 1 to 256", "record", "-c", self.path("a.cvr"), "--threads", threads)
        self.fails(2, "--mode", "run", "--mode", "sometimes", "-c", self.path("a.cvr"), "--", "true")
        self.fails(2, "CI is set", "record", "-c", self.path("a.cvr"), "--", "true", env={"CI": "true"})
        self.assertFalse(os.path.exists(self.path("a.cvr")))

    def test_help_has_an_example_for_each_command(self):
        overview = self.cvr("--help").stdout
        for command in ("record", "replay", "run", "ls", "show", "cat", "verify", "export", "ca", "env", "sandbox", "demo", "config", "completions"):
            self.assertIn(f"  {command} ", overview)
            text = self.cvr(command, "--help")
            self.assertEqual(text.returncode, 0)
            self.assertIn("Example:\n  cvr " if command != "env" else "Example:\n", text.stdout)

    def test_the_manual_page_has_every_command_and_option(self):
        told = self.cvr("help", "--man")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertTrue(told.stdout.startswith(".TH CVR 1 "))
        page = told.stdout.replace("\\-", "-")
        for command in re.findall(r"(?m)^  (\S+)   ", self.cvr("--help").stdout):
            self.assertIn(f".SS cvr {command}\n", page)
        for words in ("--upstream-proxy", "upstream_timeout, CVR_UPSTREAM_TIMEOUT", "cvr replay -c cassettes/trips.cvr -- npm test"):
            self.assertIn(words, page)
        requests = set(re.findall(r"(?m)^\.(\S+)", told.stdout))
        self.assertLessEqual(requests, {"TH", "SH", "SS", "TP", "PP", "nf", "fi", "I"})

    def test_help_of_a_command_and_options_in_front_of_it(self):
        shown = self.cvr("ls", "--help").stdout
        for words in (("help", "ls"), ("-v", "help", "ls"), ("-q", "ls", "--help")):
            self.assertEqual(self.cvr(*words).stdout, shown, words)
        self.assertEqual(self.cvr("help").stdout, self.cvr("--help").stdout)
        self.fails(2, "did you mean ls", "help", "lls")
        self.fails(3, "missing.cvr", "-vv", "--log-json", "ls", self.path("missing.cvr"))
        self.fails(2, "cvr COMMAND --json", "--json", "ls")
        self.assertEqual(self.cvr("-v").returncode, 2)

    def test_foreign_missing_and_newer_files(self):
        with open(self.path("foreign.cvr"), "wb") as file:
            file.write(b"PK\3\4 not a cassette at all")
        for command in (("ls",), ("verify",), ("cat",), ("export", "--format", "har")):
            self.fails(3, "foreign.cvr", command[0], self.path("foreign.cvr"), *command[1:])
            self.fails(3, "missing.cvr", command[0], self.path("missing.cvr"), *command[1:])
        self.fails(3, "foreign.cvr", "replay", "-c", self.path("foreign.cvr"), "--", "true")
        self.fails(3, "foreign.cvr", "record", "-c", self.path("foreign.cvr"), "--", "true")
        with open(self.path("foreign.cvr"), "rb") as file:
            self.assertTrue(file.read().startswith(b"PK"))

    def test_symbolic_link(self):
        os.symlink(self.path("real.cvr"), self.path("link.cvr"))
        self.fails(3, "link.cvr", "record", "-c", self.path("link.cvr"), "--", "true")

    def test_loose_permissions(self):
        self.recorded()
        key = os.path.join(self.directory, "home", "ca.key")
        os.chmod(key, 0o644)
        self.fails(3, "chmod 600", "replay", "-c", self.path("t.cvr"), "--", "true")
        os.chmod(key, 0o600)
        os.chmod(os.path.join(self.directory, "home"), 0o755)
        self.fails(3, "chmod 700", "replay", "-c", self.path("t.cvr"), "--", "true")

    def test_port_taken(self):
        self.recorded()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.fails(3, "taken", "replay", "-c", self.path("t.cvr"), "--host", "origin.test", "--listen",
                       f"127.0.0.1:{taken.getsockname()[1]}", "--", "true")

    def test_two_recorders(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin):
            self.fails(3, "t.cvr", "record", "-c", self.path("t.cvr"), "--host", "origin.test", "--", "true")

    def test_a_folder_that_is_not_there_yet_is_made(self):
        path = self.path("cassettes/first/trips.cvr")
        self.assertEqual(self.cvr("record", "-c", path, "--", "true").returncode, 0)
        self.assertTrue(os.path.exists(path))
        with open(self.path("file"), "w", encoding="utf-8"):
            pass
        self.fails(3, "can not make", "record", "-c", self.path("file/x.cvr"), "--", "true")

    def test_what_a_child_leaves_running_does_not_keep_the_port(self):
        result = self.cvr("record", "-c", self.path("t.cvr"), "--", "sh", "-c",
                          'setsid sleep 60 >/dev/null 2>&1 & echo "$! $HTTPS_PROXY"')
        self.assertEqual(result.returncode, 0, result.stderr)
        pid, proxy = result.stdout.split()
        try:
            with self.assertRaises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", int(proxy.rsplit(":", 1)[1])), timeout=5).close()
        finally:
            os.kill(int(pid), signal.SIGKILL)

    def test_other_signals_are_the_childs(self):
        for number, status in ((signal.SIGUSR1, 7), (signal.SIGUSR2, 8), (signal.SIGQUIT, 9)):
            ready = self.path(f"ready-{status}")
            script = (f"import signal,sys; signal.signal({int(number)}, lambda *_: sys.exit({status})); "
                      f"open({ready!r},'w').close(); signal.pause()")
            with subprocess.Popen([CVR, "record", "-c", self.path(f"{status}.cvr"), "--", sys.executable, "-c", script],
                                  env={**os.environ, "CVR_HOME": self.path("home"), "CI": ""}, stderr=subprocess.DEVNULL) as process:
                wait_until(lambda r=ready: os.path.exists(r), "the child")
                process.send_signal(number)
                self.assertEqual(process.wait(timeout=20), status)
            self.assertIn("sealed", self.cvr("verify", self.path(f"{status}.cvr")).stdout)

    def test_scope_that_the_ca_does_not_cover(self):
        self.recorded()
        self.fails(2, "cvr ca rotate --host", "replay", "-c", self.path("t.cvr"), "--host", "elsewhere.test", "--", "true")

    def test_a_first_run_with_a_host_does_not_bind_the_next_one(self):
        self.assertEqual(self.cvr("record", "-c", self.path("a.cvr"), "--host", "elsewhere.test", "--", "true").returncode, 0)
        self.assertEqual(self.cvr("record", "-c", self.path("b.cvr"), "--", "true").returncode, 0)

    def test_files_are_private(self):
        path = self.recorded()
        for name in (path, os.path.join(self.directory, "home", "ca.key"), os.path.join(self.directory, "home", "pseudonym.key")):
            self.assertEqual(stat.S_IMODE(os.stat(name).st_mode), 0o600, name)
        self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.directory, "home")).st_mode), 0o700)

    def test_torn_and_damaged(self):
        path = self.recorded(("/1", "/2", "/3"))
        with open(path, "rb") as file:
            whole = file.read()
        self.assertEqual(self.cvr("verify", path).returncode, 0)
        with open(path, "wb") as file:
            file.write(whole[: len(whole) // 2])
        self.assertEqual(self.cvr("verify", path).returncode, 1)
        listing = self.cvr("ls", path)
        self.assertEqual(listing.returncode, 0)
        self.assertIn("torn", listing.stderr)
        self.assertEqual(self.cvr("repair", path).returncode, 0)
        self.assertTrue(os.path.exists(path + ".damaged"))
        self.assertEqual(self.cvr("verify", path).returncode, 0)
        flipped = bytearray(whole)
        at = whole.index(b"/2")
        flipped[at] ^= 1
        with open(path, "wb") as file:
            file.write(flipped)
        self.assertEqual(self.cvr("verify", path).returncode, 1)
        self.assertEqual(self.cvr("ls", path).returncode, 1)
        self.assertIn("/1", self.cvr("ls", path).stdout)
        self.assertEqual(self.cvr("repair", path).returncode, 1)

    def test_child_status_and_environment(self):
        self.recorded()
        run = lambda *child: self.cvr("replay", "-c", self.path("t.cvr"), "--host", "origin.test", "--", *child)
        self.assertEqual(run("sh", "-c", "exit 7").returncode, 7)
        self.assertEqual(run("sh", "-c", "kill -9 $$").returncode, 137)
        with open(self.path("plain"), "w", encoding="ascii") as file:
            file.write("no program")
        for status, *command in ((127, "no-such-command-at-all"), (127, self.path("none")), (126, self.path("plain")), (126, self.directory),
                                 (127, "echo of words in one")):
            ended = run(*command)
            self.assertEqual((ended.returncode, len(ended.stderr.splitlines())), (status, 1), ended.stderr)
            self.assertTrue(ended.stderr.startswith("cvr: error: can not run " + command[0]), ended.stderr)
        shown = run("sh", "-c", "env; cat").stdout
        for name in ("http_proxy", "HTTPS_PROXY", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "GIT_SSL_CAINFO"):
            self.assertIn(name + "=", shown)

    def test_a_start_that_fails_leaves_everything_as_it_was(self):
        path = self.recorded()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            at = f"127.0.0.1:{taken.getsockname()[1]}"
            for command in (("record",), ("run", "--mode", "once")):
                self.assertEqual(self.cvr(*command, "-c", self.path("new.cvr"), "--listen", at, "--", "true").returncode, 3)
                self.assertFalse(os.path.exists(self.path("new.cvr")), command)
            with open(path, "rb") as file:
                before = file.read()
            self.assertEqual(self.cvr("record", "-c", path, "--overwrite", "--listen", at, "--", "true").returncode, 3)
        self.assertEqual(self.cvr("run", "--mode", "once", "-c", self.path("new.cvr"), "--", "no-such-command").returncode, 127)
        self.assertFalse(os.path.exists(self.path("new.cvr")))
        with open(path, "rb") as file:
            self.assertEqual(file.read(), before)

    def stubborn(self, *options):
        """A session whose child ignores signals, and is ready for them."""
        ready = self.path("ready")
        script = f"import signal,time; [signal.signal(s, signal.SIG_IGN) for s in (2, 15)]; open({ready!r},'w').close(); time.sleep(600)"
        environment = {**os.environ, "CVR_HOME": self.path("home")}
        session = subprocess.Popen([CVR, "replay", "-c", self.recorded(), *options, "--", sys.executable, "-c", script],
                                   env=environment, stderr=subprocess.PIPE)
        wait_until(lambda: os.path.exists(ready), "the child")
        return session

    def test_a_second_signal_ends_a_child_that_ignores_the_first(self):
        session = self.stubborn("--grace", "600s")
        session.send_signal(signal.SIGTERM)
        session.send_signal(signal.SIGINT)
        told = session.communicate(timeout=60)[1].decode()
        self.assertEqual(session.returncode, 128 + signal.SIGKILL)
        self.assertIn("0 hits, 0 misses, 1 unused", told)

    def test_grace_ends_a_child_that_ignores_a_signal(self):
        session = self.stubborn("--grace", "100ms")
        session.send_signal(signal.SIGTERM)
        session.communicate(timeout=60)
        self.assertEqual(session.returncode, 128 + signal.SIGKILL)

    def test_completions_of_fish_have_whole_quotes(self):
        for line in self.cvr("completions", "fish").stdout.splitlines():
            self.assertEqual(line.replace("\\'", "").count("'") % 2, 0, line)

    def test_what_is_too_short_to_look_for_is_said(self):
        path = self.recorded()
        with open(self.path(".short"), "w", encoding="ascii") as file:
            file.write("S=a1b2\n")
        verified = self.cvr("verify", path, "--secrets", self.path(".short"))
        self.assertEqual(verified.returncode, 0)
        self.assertIn("cvr: warning: ", verified.stderr)

    def test_standard_input_reaches_the_child(self):
        self.recorded()
        text = self.cvr("replay", "-c", self.path("t.cvr"), "--host", "origin.test", "--", "cat", stdin="through").stdout
        self.assertEqual(text, "through")

    def test_disk_full(self):
        with RawOrigin(lambda _: ok(b"x" * 100_000)) as origin:
            # A file size limit gives the same write error path as a full disk; /dev/full can not be locked as a cassette.
            with self.record(origin, "--max-cassette", "40K") as proxy:
                with Tunnel(proxy) as client:
                    for i in range(40):
                        request = f"GET /{i}{made_up(3000)} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode()
                        self.assertEqual(status_of(client.exchange(request)), 200)
                self.assertEqual(proxy.stop(), 3)
                self.assertIn("gap", proxy.stderr)
        self.assertIn("gap", self.cvr("ls", self.path("t.cvr")).stdout)

    def test_secret_in_the_cassette_name(self):
        secret = made_up(24)
        with open(self.path(".env"), "w", encoding="utf-8") as file:
            file.write(f"TOKEN={secret}\n")
        result = self.cvr("record", "-c", self.path(secret + ".cvr"), "--secrets", self.path(".env"), "--", "true")
        self.assertEqual(result.returncode, 2)
        self.assertNotIn(secret, result.stderr)

    def test_exports(self):
        path = self.recorded(("/1?a=b", "/2"))
        har = json.loads(self.cvr("export", path, "--format", "har").stdout)
        self.assertEqual([e["request"]["url"] for e in har["log"]["entries"]], ["https://origin.test/1?a=b", "https://origin.test/2"])
        lines = self.cvr("export", path, "--format", "jsonl").stdout.splitlines()
        self.assertEqual([json.loads(line)["n"] for line in lines], [1, 2])
        self.assertIn("curl", self.cvr("export", path, "--format", "curl").stdout)
        self.assertEqual(self.cvr("export", path, "--format", "har", "-o", self.path("o.har")).returncode, 0)
        self.assertEqual(self.cvr("export", path, "--format", "nonsense").returncode, 2)

    def test_env_of_a_running_proxy(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            text = self.cvr("env").stdout
            self.assertIn(f"127.0.0.1:{proxy.port}", text)
            shown = subprocess.run(["sh", "-c", f'eval "$({CVR} env)"; echo "$https_proxy"'], env=proxy.environment, capture_output=True, text=True, check=True)
            self.assertEqual(shown.stdout.strip(), proxy.proxy)
        self.assertEqual(self.cvr("env").returncode, 3)

    def test_sandbox_usage(self):
        self.fails(2, "--now", "sandbox", "--now", "yesterday")
        self.assertNotEqual(cvr(self.directory, "sandbox", "--scenario", "no-such-scenario").returncode, 0)


if __name__ == "__main__":
    main()
