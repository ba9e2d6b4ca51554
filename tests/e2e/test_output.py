"""Output that can not be written is a failure of the environment: one line and exit 3, never success or a signal.  What is written needs little memory."""
import json
import os
import resource
import subprocess

from command_case import CommandCase, little_memory
from support import CVR, main


class Output(CommandCase):
    def run_into(self, target, *arguments, limit=None):
        environment = {**os.environ, "CVR_HOME": self.path("home")}
        environment.pop("CI", None)

        def limited():
            if limit is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        with open(target, "wb") as out:
            return subprocess.run([CVR, *arguments], stdout=out, stderr=subprocess.PIPE, text=True, env=environment, timeout=60,
                                  check=False, preexec_fn=limited)

    def one_line(self, result, needle):
        self.assertEqual(result.returncode, 3, result.stderr)
        lines = result.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertTrue(lines[0].startswith("cvr: error: "), lines[0])
        self.assertIn(needle, lines[0])

    def test_full_disk(self):
        cassette = self.recorded()
        commands = [("ls", cassette), ("ls", "--json", cassette), ("cat", cassette), ("show", cassette, "1"), ("verify", cassette),
                    ("export", cassette), ("ca", "export"), ("ca", "show"), ("config",), ("completions", "bash"), ("--help",),
                    ("--version",), ("ls", "--help")]
        for command in commands:
            with self.subTest(command[0]):
                self.one_line(self.run_into("/dev/full", *command), "no space left on device")

    def test_full_disk_while_a_proxy_runs(self):
        self.recorded()
        result = self.run_into("/dev/full", "replay", "-c", self.path("t.cvr"), "--host", "origin.test", "--json", "--", "true")
        self.assertEqual(result.returncode, 3)
        self.assertIn("no space left on device", result.stderr)

    def test_limit_of_file_sizes(self):
        cassette = self.recorded(paths=[f"/{i}" for i in range(40)], body=b"x" * 200)
        for command in (("ls", cassette), ("cat", cassette), ("export", cassette)):
            with self.subTest(command[0]):
                self.one_line(self.run_into(self.path("out"), *command, limit=1024), "limit of file sizes")
        self.one_line(self.run_into("/dev/null", "export", cassette, "-o", self.path("o.har"), limit=1024), "limit of file sizes")
        self.assertFalse(os.path.exists(self.path("o.har")))
        self.assertEqual([name for name in os.listdir(self.directory) if ".tmp." in name or ".new." in name], [])
        # The bundle of a child's trust is larger than this.
        for mode in ("record", "replay"):
            with self.subTest(mode):
                result = self.run_into("/dev/null", mode, "-c", cassette, "--host", "origin.test", "--", "true", limit=100 * 1024)
                self.one_line(result, "bundle.pem")

    def test_an_export_takes_the_place_of_no_device_link_or_cassette(self):
        cassette = self.recorded()
        os.mkfifo(self.path("pipe"))
        os.symlink(self.path("elsewhere"), self.path("link"))
        for name in ("pipe", "link"):
            self.fails(2, "is a device, a pipe or a link", "export", cassette, "-o", self.path(name))
            self.assertTrue(os.path.lexists(self.path(name)))
        self.assertFalse(os.path.exists(self.path("elsewhere")))
        other = self.path("other.cvr")
        with open(cassette, "rb") as source, open(other, "wb") as target:
            target.write(source.read())
        self.fails(2, "is a cassette", "export", cassette, "-o", other)
        for _ in range(2):  # an export of before is replaced
            self.assertEqual(self.cvr("export", cassette, "-o", self.path("o.har")).returncode, 0)

    def test_a_secret_in_the_words_of_a_recorder_is_found_and_not_shown(self):
        cassette = self.recorded()
        tool = json.loads(self.cvr("verify", "--json", cassette).stdout)["tool"]  # stands in the header: a secret of today
        for more in ((), ("--json",)):
            done = self.cvr("verify", *more, cassette, "--secrets", self.secrets_file(tool))
            self.assertEqual(done.returncode, 1, done.stdout)
            self.assertIn("the cassette's header", done.stdout)
            self.assertNotIn(tool, done.stdout + done.stderr)

    def test_memory_of_an_export_follows_the_largest_interaction(self):
        """40 equal bodies of 1 MB are stored once and packed, and are 40 MB of each export."""
        path = self.recorded([f"/{i % 20}" for i in range(40)], b"lorem ipsum dolor " * 58_000)
        self.assertLess(os.path.getsize(path), 100_000)
        for form in ("har", "wiremock"):
            with self.subTest(form):
                out = self.path("o." + form)
                done = subprocess.run([CVR, "export", path, "--format", form, "-o", out], env={**os.environ, "CVR_HOME": self.path("home")},
                                      capture_output=True, text=True, timeout=120, check=False, preexec_fn=little_memory)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertGreater(os.path.getsize(out), 40_000_000)
                os.remove(out)

    def test_the_child_has_its_signals_as_always(self):
        self.recorded()
        script = "ulimit -f 400; head -c 1000000 /dev/zero > " + self.path("big")
        result = self.run_into("/dev/null", "replay", "-c", self.path("t.cvr"), "--host", "origin.test", "--", "bash", "-c", script)
        self.assertEqual(result.returncode, 128 + 25, result.stderr)  # SIGXFSZ

    def test_the_certificate_to_standard_output_by_its_name(self):
        pem = self.cvr("ca", "export").stdout
        result = subprocess.run([CVR, "ca", "export", "-"], cwd=self.directory, capture_output=True, text=True, check=True,
                                env={**os.environ, "CVR_HOME": self.path("home")})
        self.assertEqual(result.stdout, pem)
        self.assertFalse(os.path.exists(self.path("-")))


if __name__ == "__main__":
    main()
