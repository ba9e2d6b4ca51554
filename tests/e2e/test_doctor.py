"""cvr doctor: each check passes on a sound machine, and fails when what it is about is broken."""
import json
import os
import shutil
import socket
import subprocess

from command_case import CommandCase
from support import CVR, main, made_up


class Doctor(CommandCase):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("user"))  # no settings of whoever runs the tests
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.free = f"127.0.0.1:{free.getsockname()[1]}"

    def doctor(self, *arguments, env=None):
        told = self.cvr("doctor", "--json", *arguments, env={"HOME": self.path("user"), "CVR_LISTEN": self.free, **(env or {})})
        self.assertIn(told.returncode, (0, 1), told.stderr)
        answer = json.loads(told.stdout)
        self.assertEqual(answer["ok"], told.returncode == 0)
        return answer["checks"], told

    def only(self, name, *arguments, **kwargs):
        checks, _ = self.doctor("--no-clients", *arguments, **kwargs)
        return next(check for check in checks if check["check"] == name)

    def test_a_sound_machine(self):
        checks, told = self.doctor("--no-clients")
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertEqual([check for check in checks if check["state"] not in ("PASS", "WARN")], [])

    def test_clients_are_really_tried(self):
        checks, _ = self.doctor()
        by_name = {check["check"]: check for check in checks}
        for client in ("curl", "wget", "git"):
            if shutil.which(client):
                self.assertEqual(by_name["client " + client]["state"], "PASS", by_name)
        if shutil.which("node"):
            for client in ("node fetch", "node https"):
                self.assertEqual(by_name["client " + client]["state"], "PASS", by_name)
        self.assertEqual(by_name["client python urllib"]["state"], "PASS", by_name)
        for client, program in (("java", "java"), ("php curl", "php"), ("chromium", "chromium")):
            check = by_name["client " + client]
            if shutil.which(program) is None:
                self.assertEqual((check["state"], check["found"]), ("SKIP", "not found on this machine"))
            elif check["state"] == "SKIP":
                self.assertTrue(check["found"].startswith("not tried: it" if program == "php" else "not tried: a JRE"), check)
            else:
                self.assertEqual(check["state"], "PASS", check)
        self.assertEqual(os.listdir(os.path.join(self.directory, "home", "run")), [])

    def test_what_can_not_be_tried_is_neutral(self):
        os.mkdir(self.path("bin"))
        for name, answer in (("java", "exit 0"), ("php", "exit 1")):  # no module of a compiler; no extension
            with open(self.path("bin/" + name), "w", encoding="ascii") as file:
                file.write("#!/bin/sh\n" + answer + "\n")
            os.chmod(self.path("bin/" + name), 0o755)
        checks, _ = self.doctor(env={"PATH": self.path("bin") + ":" + os.environ["PATH"]})
        for client, why in (("java", "not tried: a JRE runs no source file"), ("php curl", "not tried: it has no curl extension")):
            check = next(check for check in checks if check["check"] == "client " + client)
            self.assertEqual(check["state"], "SKIP")
            self.assertIn(why, check["found"])

    def test_a_client_that_goes_elsewhere_fails_with_the_mend(self):
        with open(self.path("user/.curlrc"), "w", encoding="ascii") as file:
            file.write('noproxy = "*"\n')
        checks, told = self.doctor()
        curl = next(check for check in checks if check["check"] == "client curl")
        self.assertEqual((curl["state"], told.returncode), ("FAIL", 1), curl)
        self.assertIn(".curlrc", curl["mend"])

    def test_a_taken_port(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            at = f"127.0.0.1:{taken.getsockname()[1]}"
            check = self.only("port", env={"CVR_LISTEN": at})
        self.assertEqual(check["state"], "FAIL")
        self.assertIn(at, check["found"])

    def test_authority(self):
        self.recorded()
        key = os.path.join(self.directory, "home", "ca.key")
        os.chmod(key, 0o644)
        check = self.only("CA")
        self.assertEqual(check["state"], "FAIL")
        self.assertIn("chmod 600", check["found"])
        os.chmod(key, 0o600)
        self.assertIn("cvr ca rotate --host", self.only("CA", env={"CVR_HOST": "elsewhere.test"})["found"])

    def test_a_home_that_others_may_read(self):
        self.recorded()
        os.chmod(self.path("home"), 0o755)
        checks, told = self.doctor()
        by_name = {check["check"]: check for check in checks}
        self.assertEqual((told.returncode, by_name["CA"]["state"], by_name["clients"]["state"]), (1, "FAIL", "SKIP"))
        self.assertIn("chmod 700", by_name["CA"]["found"])

    def test_cassettes_and_settings_of_the_working_directory(self):
        os.mkdir(self.path("project"))
        path = self.recorded()
        with open(path, "rb") as file:
            whole = file.read()
        with open(self.path("project/torn.cvr"), "wb") as file:
            file.write(whole[: len(whole) // 2])
        environment = {**os.environ, "CVR_HOME": self.path("home"), "HOME": self.path("user"), "CVR_LISTEN": self.free}
        run = lambda: subprocess.run([CVR, "doctor", "--no-clients"], env=environment, cwd=self.path("project"),
                                     capture_output=True, text=True, timeout=60, check=False)
        told = run()
        self.assertEqual(told.returncode, 1, told.stdout)
        self.assertIn("cvr repair torn.cvr", told.stdout)
        os.replace(path, self.path("project/torn.cvr"))
        self.assertEqual(run().returncode, 0)
        with open(self.path("project/cvr.toml"), "w", encoding="ascii") as file:
            file.write('mode = "once"\nlisten = 8877.5\n')
        told = run()
        self.assertEqual(told.returncode, 1)
        self.assertIn("cvr.toml:2", told.stdout)

    def test_a_hiding_no_proxy(self):
        check = self.only("NO_PROXY", env={"NO_PROXY": "localhost,.avinode.com"})
        self.assertEqual(check["state"], "FAIL")
        self.assertIn(".avinode.com", check["found"])

    def test_proxies_of_git(self):
        if shutil.which("git") is None:
            return
        password = made_up()
        with open(self.path("user/.gitconfig"), "w", encoding="ascii") as file:
            file.write(f"[http]\n\tproxy = http://user:{password}@proxy.test:1\n")
        checks, told = self.doctor("--no-clients")
        git = next(check for check in checks if check["check"] == "git config")
        self.assertEqual(git["state"], "FAIL")
        self.assertIn("git config --unset http.proxy", git["mend"])
        self.assertNotIn(password, told.stdout + told.stderr)

    def test_settings_of_tools(self):
        password = made_up()
        with open(self.path("user/.curlrc"), "w", encoding="ascii") as file:
            file.write(f"proxy = http://user:{password}@proxy.test:1\n")
        checks, told = self.doctor("--no-clients")
        curl = next(check for check in checks if check["check"] == "curl settings")
        self.assertEqual((curl["state"], told.returncode), ("FAIL", 1))
        self.assertIn("~/.curlrc:1: proxy = http://...@proxy.test:1", curl["found"])
        run = lambda *child: self.cvr("record", "-c", self.path("x.cvr"), "--listen", "127.0.0.1:0", "--", *child, env={"HOME": self.path("user")})
        warned = [line for line in run("curl", "--version").stderr.splitlines() if ".curlrc" in line]
        self.assertEqual(len(warned), 1)
        self.assertTrue(warned[0].startswith("cvr: warning: ~/.curlrc:1: "), warned)
        self.assertNotIn(".curlrc", run("true").stderr)
        self.assertNotIn(password, told.stdout + told.stderr + warned[0])

    def test_people_read_lines(self):
        told = self.cvr("doctor", "--no-clients", env={"HOME": self.path("user"), "CVR_LISTEN": self.free})
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertRegex(told.stdout, r"(?m)^PASS  port +" + self.free)
        self.assertNotIn("\x1b", told.stdout)


if __name__ == "__main__":
    main()
