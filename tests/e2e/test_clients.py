"""Real clients, no code change: `cvr record -- CMD`, then `cvr replay -- CMD`, same output."""
import os
import shutil
import subprocess
import sys

from support import Case, Certificates, RawOrigin, main, ok

BODY = b'{"trips":[{"id":"atrip-1"}]}'

CLIENTS = {
    "curl": ["curl", "-sS", "https://origin.test/a"],
    "curl --http1.0": ["curl", "-sS", "--http1.0", "https://origin.test/a"],
    "curl with a large body": ["sh", "-c", "head -c 1100000 /dev/zero | tr '\\0' x | curl -sS --data-binary @- https://origin.test/a"],
    "wget": ["wget", "-q", "-O", "-", "https://origin.test/a"],
    "urllib": [sys.executable, "-c", "import urllib.request as u; print(u.urlopen('https://origin.test/a').read().decode())"],
    "requests": [sys.executable, "-c", "import requests; print(requests.get('https://origin.test/a').text)"],
    "git": ["sh", "-c", "git ls-remote https://origin.test/a 2>&1 | head -c 20; true"],
    "node absolute-form": ["node", "-e", """
        const http = require('http'), proxy = new URL(process.env.HTTPS_PROXY);
        http.get({host: proxy.hostname, port: proxy.port, path: 'https://origin.test/a', headers: {Host: 'origin.test'}},
          (r) => r.pipe(process.stdout));"""],
}


class Clients(Case):
    def run_client(self, verb, origin, cassette, command):
        arguments = [verb, "-c", self.path(cassette), "--host", "origin.test"]
        if origin:
            arguments += ["--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca]
        return self.cvr(*arguments, "--", *command)

    def test_clients(self):
        tried = 0
        for name, command in CLIENTS.items():
            if shutil.which(command[0]) is None:
                print(f"skipped: {name} is not installed", file=sys.stderr)
                continue
            if name == "requests" and subprocess.run([sys.executable, "-c", "import requests"], capture_output=True, check=False).returncode:
                print("skipped: python3-requests is not installed", file=sys.stderr)
                continue
            with self.subTest(name):
                cassette = name.replace(" ", "-") + ".cvr"
                with RawOrigin(lambda _: ok(BODY, "Content-Type: application/json")) as origin:
                    live = self.run_client("record", origin, cassette, command)
                self.assertEqual(live.returncode, 0, live.stderr)
                if name != "git":
                    self.assertEqual(live.stdout.strip(), BODY.decode())
                again = self.run_client("replay", None, cassette, command)
                self.assertEqual((again.returncode, again.stdout), (0, live.stdout), again.stderr)
                tried += 1
        self.assertGreaterEqual(tried, 3)

    def test_the_control_pages_are_in_reach(self):
        for name, command in {"curl": 'curl -sS "${CVR_CONTROL}ca.pem"', "wget": 'wget -q -O - "${CVR_CONTROL}ca.pem"'}.items():
            if shutil.which(name) is None:
                continue
            # wget leaves *.localhost to the machine's name service, so it is sent through the proxy.
            if name == "wget":
                command = "no_proxy= " + command
            with self.subTest(name), RawOrigin(lambda _: ok(BODY)) as origin:
                told = self.run_client("record", origin, "t.cvr", ["sh", "-c", command])
                self.assertEqual(told.returncode, 0, told.stderr)
                self.assertTrue(told.stdout.startswith("-----BEGIN CERTIFICATE-----"))

    def test_trust_is_needed(self):
        with RawOrigin(lambda _: ok(BODY)) as origin:
            result = self.run_client("record", origin, "t.cvr", ["env", "-u", "CURL_CA_BUNDLE", "-u", "SSL_CERT_FILE", "curl", "-sS", "https://origin.test/a"])
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("CA", result.stderr)

    def test_nothing_is_left_running_or_lying_about(self):
        with RawOrigin(lambda _: ok(BODY)) as origin:
            self.run_client("record", origin, "t.cvr", CLIENTS["curl"])
        self.assertEqual(os.listdir(os.path.join(self.directory, "home", "run")), [])


if __name__ == "__main__":
    main()
