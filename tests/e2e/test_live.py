"""What CVR says while it records: a line for each interaction at a terminal, nothing on a pipe; and once for each kind of
client which variable it needs when it refuses CVR's certificate."""
import json
import os
import pty
import re
import shutil
import subprocess
import unittest

from support import CVR, Case, Certificates, RawOrigin, main, made_up, ok


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class Live(Case):
    def arguments(self, origin, *command, verb="record"):
        return [verb, "-c", self.path("t.cvr"), "--host", "origin.test", "--connect-to", f"origin.test:443:127.0.0.1:{origin.port}",
                "--upstream-ca", Certificates.get().ca, "--", *command]

    def at_a_terminal(self, *arguments, **more):
        outer, inner = pty.openpty()
        environment = {**os.environ, "CVR_HOME": self.path("home"), "TERM": "xterm", **more}
        environment.pop("CI", None)
        process = subprocess.Popen([CVR, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=inner)
        os.close(inner)
        told = b""
        while True:
            try:
                piece = os.read(outer, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            told += piece
        os.close(outer)
        process.communicate(timeout=60)
        return process.returncode, told.decode()

    def test_a_line_an_interaction(self):
        token = made_up()
        script = (f"curl -sS -H 'Authorization: Bearer {token}' https://origin.test/first; "
                  "curl -sS 'https://origin.test/second?a=%1b%5d0;x%07'")
        with RawOrigin(lambda request: ok(b"{}") if b"/first" in request else b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n") as origin:
            status, told = self.at_a_terminal(*self.arguments(origin, "sh", "-c", script))
            piped = self.cvr(*self.arguments(origin, "sh", "-c", script))
            plain = [self.at_a_terminal(*self.arguments(origin, "sh", "-c", script), **more)[1] for more in ({"NO_COLOR": "1"}, {"TERM": "dumb"})]
            quiet = self.at_a_terminal("-q", *self.arguments(origin, "sh", "-c", script))
        self.assertEqual(status, 0, told)
        lines = [line for line in told.splitlines() if "origin" not in line and " ms " in line]
        self.assertEqual(len(lines), 2, told)
        self.assertRegex(lines[0], r"^\x1b\[32m200 +\x1b\[0m GET +[\d.]+ ms  /first +token 1")
        self.assertRegex(lines[1], r"^\x1b\[33m404 +\x1b\[0m GET +[\d.]+ ms  /second\?a=")
        self.assertEqual(lines[0].index("/first"), lines[1].index("/second"))
        for text in plain:
            self.assertIn("/first ", text)
            self.assertNotIn("\x1b", text)
        self.assertNotIn(token, told)
        self.assertNotIn("\x1b]", told)  # the title
        self.assertNotIn(" ms ", piped.stderr)
        self.assertNotIn("\x1b", piped.stderr)
        self.assertNotIn(" ms ", quiet[1])

    def test_a_program_that_has_the_screen_keeps_it(self):
        with RawOrigin(lambda _: ok(b"{}")) as origin:
            _, told = self.at_a_terminal(*self.arguments(origin, "sh", "-c", "stty raw -echo <&2; curl -sS https://origin.test/a; stty sane <&2"))
        self.assertNotIn(" ms ", told)


class Distrust(Case):
    def told(self, *command, options=()):
        with RawOrigin(lambda _: ok(b"{}")) as origin:
            return self.cvr("record", "-c", self.path("t.cvr"), "--host", "origin.test", "--json", "--connect-to",
                            f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca, *options, "--", *command)

    def test_each_client_is_told_its_variable_once(self):
        clients = {"curl": ("CURL_CA_BUNDLE", "env -u CURL_CA_BUNDLE -u SSL_CERT_FILE curl -sS https://origin.test/"),
                   "wget": ("WGETRC", "env -u WGETRC wget -q -O - https://origin.test/"),
                   "git": ("GIT_SSL_CAINFO", "env -u GIT_SSL_CAINFO git ls-remote https://origin.test/"),
                   "node": ("NODE_EXTRA_CA_CERTS", "env -u NODE_EXTRA_CA_CERTS node -e \"fetch('https://origin.test/').catch(() => {})\""),
                   "python3": ("SSL_CERT_FILE", "env -u SSL_CERT_FILE python3 -c \"import urllib.request as u; u.urlopen('https://origin.test/')\"")}
        for name, (variable, command) in clients.items():
            if shutil.which(name) is None:
                continue
            with self.subTest(name):
                told = self.told("sh", "-c", f"{command}; {command}; true")
                advice = [line for line in told.stderr.splitlines() if "does not trust CVR's CA" in line]
                # As it happens; the summary counts, and does not say it again to the same terminal.
                self.assertEqual(len(advice), 1, told.stderr)
                self.assertIn("warnings above: 1", told.stderr)
                self.assertIn(variable, advice[0])
                warnings = json.loads(told.stdout.splitlines()[-1])["warnings"]
                self.assertEqual(len([w for w in warnings if variable in w]), 1, warnings)

    def test_trust_is_no_matter_for_those_who_have_it(self):
        if shutil.which("curl"):
            self.assertNotIn("does not trust", self.told("curl", "-sS", "https://origin.test/").stderr)


if __name__ == "__main__":
    main()
