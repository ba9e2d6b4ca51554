"""Trust beyond `-- CMD`: ca install and uninstall, env for other shells and browsers, client certificates."""
import contextlib
import json
import os
import pty
import shutil
import ssl
import subprocess

from command_case import CommandCase
from support import CVR, RawOrigin, Tunnel, body_of, main, ok, status_of

TOOLS = ("update-ca-certificates", "certutil", "install", "rm", "mkdir", "sudo")


class Install(CommandCase):
    """The programs are stand-ins that only write down how they were called."""

    def setUp(self):
        super().setUp()
        os.makedirs(self.path("bin"))
        for name in TOOLS:
            with open(self.path("bin/" + name), "w", encoding="ascii") as file:
                file.write(f'#!/bin/sh\necho {name} "$@" >> "{self.path("calls")}"\n')
            os.chmod(self.path("bin/" + name), 0o755)
        self.env = {"PATH": self.path("bin") + ":" + os.environ["PATH"], "HOME": self.path("user")}

    def calls(self):
        if not os.path.exists(self.path("calls")):
            return []
        with open(self.path("calls"), encoding="utf-8") as file:
            return file.read().splitlines()

    def test_nothing_changes_without_a_yes(self):
        for action in ("install", "uninstall"):
            told = self.cvr("ca", action, "--dry-run", env=self.env)
            self.assertEqual((told.returncode, self.calls()), (0, []), told.stderr)
            self.assertIn("update-ca-certificates", told.stdout)
            if action == "install":
                self.assertFalse(os.path.exists(self.path("home/ca.pem")), "none is made to show what would be done")
            told = self.cvr("ca", action, env=self.env, stdin="y\n")
            self.assertEqual((told.returncode, self.calls()), (2, []), told.stderr)
            self.assertIn("--yes", told.stderr)

    def test_what_is_shown_is_what_is_run(self):
        shown = [line.strip() for line in self.cvr("ca", "install", "--dry-run", env=self.env).stdout.splitlines() if line.startswith("    ")]
        self.assertEqual(self.cvr("ca", "install", "--yes", env=self.env).returncode, 0)
        self.assertEqual(self.calls(), shown)
        self.assertTrue(any("certutil -d sql:" in line and " -A " in line for line in shown), shown)

    def at_a_terminal(self, answer):
        ours, theirs = pty.openpty()
        environment = {**os.environ, "CVR_HOME": self.path("home"), **self.env}
        with subprocess.Popen([CVR, "ca", "install"], env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as process:
            os.close(theirs)
            shown = b""
            while b"[y/N]" not in shown:
                shown += os.read(ours, 4096)
            os.write(ours, answer)
            with contextlib.suppress(OSError):  # a terminal ends so
                while os.read(ours, 4096):
                    pass
        os.close(ours)
        return process.returncode

    def test_somebody_at_a_terminal_is_asked(self):
        self.assertEqual((self.at_a_terminal(b"\n"), self.calls()), (2, []))
        self.assertEqual(self.at_a_terminal(b"y\n"), 0)
        self.assertTrue(any(line.endswith("update-ca-certificates") for line in self.calls()), self.calls())

    def test_one_store(self):
        self.assertEqual(self.cvr("ca", "install", "--yes", "--store", "nss", env=self.env).returncode, 0)
        self.assertFalse(any("update-ca" in line for line in self.calls()))
        told = json.loads(self.cvr("ca", "install", "--dry-run", "--json", "--store", "system", env=self.env).stdout)
        self.assertEqual([store["store"] for store in told["stores"]], ["system"])
        self.assertFalse(told["done"])

    def test_java(self):
        if shutil.which("keytool") is None:
            return
        # A copy of the Java that is here, so that its store may be changed.
        home = os.path.dirname(os.path.dirname(os.path.realpath(shutil.which("keytool"))))
        jdk = self.path("jdk")
        shutil.copytree(home, jdk, symlinks=False, ignore=lambda directory, names: [n for n in names if n in ("jmods", "src.zip", "demo", "man")],
                        ignore_dangling_symlinks=True)
        self.env["JAVA_HOME"] = jdk
        listed = lambda: subprocess.run([jdk + "/bin/keytool", "-list", "-cacerts", "-storepass", "changeit", "-alias", "cvr"],
                                        capture_output=True, text=True, check=False).returncode == 0
        told = self.cvr("ca", "install", "--store", "java", "--dry-run", env=self.env)
        self.assertIn(jdk + "/bin/keytool -importcert -cacerts", told.stdout)
        self.assertRegex(told.stdout, r"warning: Java ignores name constraints .* JAVA_TOOL_OPTIONS")
        self.assertFalse(listed())
        self.assertEqual(self.cvr("ca", "install", "--store", "java", "--yes", env=self.env).returncode, 0)
        self.assertTrue(listed())
        self.assertEqual(self.cvr("ca", "uninstall", "--store", "java", "--yes", env=self.env).returncode, 0)
        self.assertFalse(listed())
        self.assertNotIn("keytool", self.cvr("ca", "install", "--dry-run", env=self.env).stdout)

    def test_a_step_that_fails_is_the_last(self):
        with open(self.path("bin/install"), "w", encoding="ascii") as file:
            file.write("#!/bin/sh\nexit 4\n")
        with open(self.path("bin/sudo"), "w", encoding="ascii") as file:
            file.write('#!/bin/sh\nexec "$@"\n')
        told = self.cvr("ca", "install", "--yes", env=self.env)
        self.assertEqual((told.returncode, self.calls()), (3, []))
        self.assertIn("status 4", told.stderr)

    def test_usage(self):
        self.fails(2, "--store windows", "ca", "install", "--store", "windows", env=self.env)
        self.fails(2, "exclude", "ca", "install", "--yes", "--dry-run", env=self.env)
        self.fails(2, "go with cvr ca install", "ca", "show", "--yes", env=self.env)


class Environments(CommandCase):
    def test_shells_and_browsers(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            for flag, needle in (("--fish", "set -gx HTTPS_PROXY"), ("--powershell", "$env:HTTPS_PROXY = "), ("--dotenv", "HTTPS_PROXY=")):
                told = self.cvr("env", flag)
                self.assertIn(needle, told.stdout, told.stderr)
                self.assertEqual(told.stdout, self.cvr("env", "--shell", flag[2:]).stdout)
            line = self.cvr("env", "--browser").stdout
            spki = json.loads(self.cvr("ca", "show", "--json").stdout)["spki_sha256"]
            self.assertIn(f"--proxy-server={proxy.proxy} --ignore-certificate-errors-spki-list={spki} ", line)
            self.assertEqual(json.loads(self.cvr("env", "--browser", "--json").stdout)["arguments"], line.split())
        self.fails(2, "--fish", "env", "--fish", "--dotenv")
        self.fails(2, "--browser", "env", "--browser", "--unset")


class ClientCertificates(CommandCase):
    """An upstream that asks for a certificate gets the one of --client-cert."""

    def setUp(self):
        super().setUp()
        self.key, self.certificate, self.other = self.path("client.key"), self.path("client.pem"), self.path("other.key")
        for key, certificate in ((self.key, self.certificate), (self.other, self.path("other.pem"))):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                            key, "-out", certificate, "-days", "2", "-subj", "/CN=client of e2e"], check=True, capture_output=True)
            os.chmod(key, 0o600)

    def asking(self):
        origin = RawOrigin(lambda _: ok(b"welcome"))
        origin.context.verify_mode = ssl.CERT_REQUIRED
        origin.context.load_verify_locations(self.certificate)
        return origin

    def with_certificate(self, key=None):
        return ("--client-cert", self.certificate, "--client-key", key or self.key)

    def test_the_upstream_sees_it(self):
        get = b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n"
        with self.asking() as origin, self.record(origin, *self.with_certificate()) as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(get)), b"welcome")
        with self.asking() as origin, self.record(origin, cassette="without.cvr") as proxy, Tunnel(proxy) as client:
            self.assertEqual(status_of(client.exchange(get)), 502)
            self.assertEqual(origin.requests, [])

    def test_a_key_that_others_may_read(self):
        os.chmod(self.key, 0o644)
        self.fails(3, "chmod 600", "record", "-c", self.path("a.cvr"), *self.with_certificate(), "--", "true")
        self.assertFalse(os.path.exists(self.path("a.cvr")))

    def test_a_key_by_a_link_is_judged_by_its_file(self):
        os.symlink(self.key, self.path("link.key"))
        run = lambda: self.cvr("record", "-c", self.path("a.cvr"), *self.with_certificate(self.path("link.key")), "--", "true")
        self.assertEqual(run().returncode, 0, run().stderr)
        os.chmod(self.key, 0o640)
        self.assertEqual(run().returncode, 3)

    def test_what_does_not_belong_together(self):
        self.fails(2, "does not belong", "record", "-c", self.path("a.cvr"), *self.with_certificate(self.other), "--", "true")
        self.fails(2, "go together", "record", "-c", self.path("a.cvr"), "--client-cert", self.certificate, "--", "true")
        self.fails(3, "absent.key", "record", "-c", self.path("a.cvr"), *self.with_certificate(self.path("absent.key")), "--", "true")
        with open(self.other, "w", encoding="ascii") as file:
            file.write("no key at all")
        self.fails(2, "no usable key", "record", "-c", self.path("a.cvr"), *self.with_certificate(self.other), "--", "true")


if __name__ == "__main__":
    main()
