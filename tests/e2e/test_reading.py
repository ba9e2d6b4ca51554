"""The commands that read cassettes: sound, torn, damaged and leaking ones."""
import json
import os
import signal
import stat
import subprocess

from command_case import CommandCase
from support import CVR, RawOrigin, Tunnel, made_up, main, ok, rng


class Sound(CommandCase):
    def test_each_format_exports_and_says_what_it_can_not_hold(self):
        path = self.recorded()
        formats = json.loads(self.cvr("export", "--list-formats", "--json").stdout)["formats"]
        self.assertEqual([one["name"] for one in formats], ["har", "curl", "jsonl", "md", "http", "vcrpy", "wiremock", "playwright"])
        for one in formats:
            self.assertTrue(one["can_not_hold"], one)
            result = self.cvr("export", path, "--format", one["name"])
            self.assertEqual(result.returncode, 0, one)
            for note in result.stderr.splitlines():
                for loss in note.removeprefix(f"cvr: note: {one['name']} can not hold: ").split("; "):
                    self.assertIn(loss.split("x ", 1)[1], one["can_not_hold"], note)
            self.assertIn("origin.test", result.stdout)
        self.assertIn("can not hold", self.cvr("export", "--list-formats").stdout)
        self.fails(2, "FILE is needed", "export")

    def test_each_command_reads_and_speaks_json(self):
        path = self.recorded()
        listing = [json.loads(line) for line in self.cvr("ls", path, "--json").stdout.splitlines()]
        self.assertEqual([(one["n"], one["method"], one["url"], one["status"]) for one in listing],
                         [(n, "GET", f"https://origin.test/{n}", 200) for n in (1, 2, 3)])
        self.assertEqual(len(self.cvr("ls", path).stdout.splitlines()), 4)
        self.assertEqual(json.loads(self.cvr("show", path, "2", "--json").stdout)["url"], "https://origin.test/2")
        self.assertIn("hello", self.cvr("show", path, "2").stdout)
        self.assertEqual([json.loads(line)["n"] for line in self.cvr("cat", path, "--json").stdout.splitlines()], [1, 2, 3])
        verdict = json.loads(self.cvr("verify", path, "--json").stdout)
        self.assertEqual((verdict["health"], verdict["interactions"], verdict["leaks"], verdict["gaps"]), ("sealed", 3, [], []))
        repaired = json.loads(self.cvr("repair", path, "--json").stdout)
        self.assertEqual((repaired["kept"], repaired["lost"], repaired["copy"]), (3, 0, ""))
        self.assertFalse(os.path.exists(path + ".damaged"))

    def test_nothing_is_written_where_only_reading_was_asked(self):
        path = self.recorded()
        before = sorted(os.listdir(self.directory)), os.stat(path).st_mtime_ns
        for command in (("ls",), ("cat",), ("show",), ("verify",), ("export",)):
            self.cvr(*command, path, *(["1"] if command == ("show",) else []))
        self.assertEqual((sorted(os.listdir(self.directory)), os.stat(path).st_mtime_ns), before)

    def test_two_recordings_of_the_same_read_the_same(self):
        first = self.cvr("cat", self.recorded()).stdout
        os.remove(self.path("t.cvr"))
        self.assertEqual(self.cvr("cat", self.recorded()).stdout, first)

    def test_numbers_of_show(self):
        path = self.recorded()
        for number in ("0", "4", "-1", "x", "1.0", "", "99999999999999999999", "1-2"):
            self.fails(2, "" if number.startswith("-") else "1 to 3", "show", path, number)

    def test_escapes_do_not_reach_the_terminal(self):
        path = self.recorded(("/1",), b"\x1b[31mred\x07 \xc2\x9b")
        for command in (("show", path, "1"), ("cat", path), ("ls", path)):
            text = self.cvr(*command).stdout
            self.assertNotIn("\x1b", text)
            self.assertNotIn("\x9b", text)

    def test_a_closed_pipe_is_no_error(self):
        path = self.recorded(("/1",), b"x" * 2_000_000)
        script = f'"{CVR}" cat "{path}" | head -c 10; "{CVR}" export "{path}" --format jsonl | head -c 10'
        result = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, check=False,
                                env={**os.environ, "CVR_HOME": self.path("home")})
        self.assertIn(result.returncode, (0, 128 + signal.SIGPIPE))  # as cat and grep do
        self.assertEqual(result.stderr, b"")

    def test_unsealed_is_sound(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            with Tunnel(proxy) as client:
                client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")
            proxy.stop(signal.SIGKILL)
        result = self.cvr("verify", self.path("t.cvr"))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("unsealed", result.stdout)
        self.assertEqual(self.cvr("ls", self.path("t.cvr")).stderr, "")


class Unsound(CommandCase):
    READERS = (("ls",), ("cat",), ("verify",), ("export", "--format", "curl"), ("repair",))

    def test_what_is_no_cassette(self):
        os.mkdir(self.path("directory.cvr"))
        contents = {"text.cvr": b"[package]\nname = 1\n", "short.cvr": b"C"}
        for name, content in contents.items():
            with open(self.path(name), "wb") as file:
                file.write(content)
        for name in (*contents, "missing.cvr", "directory.cvr"):
            for command in self.READERS:
                self.fails(3, name, command[0], self.path(name), *command[1:])
            self.fails(3, name, "show", self.path(name), "1")
        for name, content in contents.items():
            with open(self.path(name), "rb") as file:
                self.assertEqual(file.read(), content)

    def test_what_a_recorder_leaves_that_is_killed_at_its_start(self):
        with open(self.recorded(), "rb") as file:
            head = file.read(16)
        for size in (0, 1, 8, 15):
            path = self.path(f"torn{size}.cvr")
            with open(path, "wb") as file:
                file.write(head[:size])
            for command in self.READERS[:2] + self.READERS[3:4]:
                result = self.cvr(command[0], path, *command[1:])
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertIn(f"torn at its start ({size} of 16 bytes", result.stderr)
            self.assertEqual(self.cvr("verify", path).returncode, 0 if size == 0 else 1)
            self.assertEqual(self.cvr("repair", path).returncode, 0)
            self.assertEqual(self.cvr("verify", path).returncode, 0)
            with open(path, "wb") as file:
                file.write(head[:size])
            with RawOrigin(lambda _: ok()) as origin, self.record(origin, cassette=os.path.basename(path)) as proxy, Tunnel(proxy) as client:
                client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")
            self.assertIn("sealed, 1 interactions", self.cvr("verify", path).stdout)

    def test_torn_tail(self):
        path = self.recorded()
        with open(path, "r+b") as file:
            file.truncate(os.path.getsize(path) - 7)
        for command in (("ls", path), ("cat", path), ("show", path, "1"), ("export", path)):
            result = self.cvr(*command)
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("torn", result.stderr)
            self.assertIn("/1", result.stdout)
            self.assertEqual(self.cvr(*command, "-q").stderr, "")
        self.assertEqual(self.cvr("verify", path).returncode, 1)
        report = json.loads(self.cvr("repair", path, "--json").stdout)
        self.assertEqual(report["lost"], 0)
        self.assertTrue(os.path.exists(report["copy"]))
        self.assertEqual(self.cvr("verify", path).returncode, 0)

    def test_damage_in_the_middle(self):
        path = self.recorded()
        self.damaged(path)
        for command in (("ls", path), ("cat", path), ("export", path, "--format", "jsonl")):
            result = self.cvr(*command)
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn("/1", result.stdout)
            self.assertNotIn("/3", result.stdout)
            self.assertIn("repair" if command[0] == "export" else "cvr ", result.stderr)
        for n in ("1", "3"):
            shown = self.cvr("show", path, n)
            self.assertEqual(shown.returncode, 1)
            self.assertIn("is damaged", shown.stderr)
            self.assertIn("/" + n, shown.stdout)
        verdict = self.cvr("verify", path, "--json")
        self.assertEqual(verdict.returncode, 1)
        self.assertNotEqual(json.loads(verdict.stdout)["health"], "sealed")
        self.assertIn("no leak found in the 1 interactions that can be read", self.cvr("verify", path).stdout)
        self.assertEqual(self.cvr("export", path, "-o", self.path("part.har")).returncode, 1)
        with open(self.path("part.har"), encoding="utf-8") as file:
            self.assertEqual(len(json.load(file)["log"]["entries"]), 1)
        repaired = self.cvr("repair", path)
        self.assertEqual(repaired.returncode, 1)
        self.assertIn("lost: 2 to 3", repaired.stdout)
        self.assertEqual(self.cvr("verify", path).returncode, 0)


class Leaks(CommandCase):
    """A value that no rule could know when it was recorded, and that --secrets names later."""

    def setUp(self):
        super().setUp()
        self.value = made_up(18)  # too short for the net of randomness
        self.cassette = self.recorded(("/1", "/2"), f"before {self.value} after".encode())
        self.secrets = self.secrets_file(self.value)

    def test_verify_names_the_place_and_never_the_value(self):
        self.assertEqual(self.cvr("verify", self.cassette).returncode, 0)
        for more in ((), ("--json",)):
            result = self.cvr("verify", self.cassette, "--secrets", self.secrets, *more)
            self.assertEqual(result.returncode, 1)
            self.assertIn("response body", result.stdout)
            self.assertNotIn(self.value, result.stdout + result.stderr)
        leaks = json.loads(self.cvr("verify", self.cassette, "--secrets", self.secrets, "--json").stdout)["leaks"]
        self.assertEqual([leak["n"] for leak in leaks], [1, 2])

    def test_repair_replaces_it_and_seals(self):
        with open(self.cassette, "r+b") as file:
            file.truncate(os.path.getsize(self.cassette) - 7)
        result = self.cvr("repair", self.cassette, "--secrets", self.secrets, "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        report = json.loads(result.stdout)
        self.assertEqual((report["kept"], report["sealed"], report["purged"]), (2, True, 2))
        self.assertEqual(self.cvr("verify", self.cassette, "--secrets", self.secrets).returncode, 0)
        self.assertIn("sealed", self.cvr("verify", self.cassette).stdout)
        self.assertNotIn(self.value, self.cvr("cat", self.cassette).stdout)
        self.assertEqual(self.cvr("repair", self.cassette, "--secrets", self.path("none")).returncode, 3)

    def test_configured_secrets_count(self):
        self.assertEqual(self.cvr("verify", self.cassette, env={"CVR_SECRETS": self.secrets}).returncode, 1)

    def test_nothing_is_exported(self):
        for form in ("har", "curl", "jsonl"):
            result = self.cvr("export", self.cassette, "--format", form, "--secrets", self.secrets)
            if result.returncode == 0:
                self.assertNotIn(self.value, result.stdout)  # curl lines hold requests alone
                continue
            self.fails(1, "interaction 1", "export", self.cassette, "--format", form, "--secrets", self.secrets,
                       "-o", self.path("out"))
            self.assertNotIn(self.value, result.stdout + result.stderr)
            self.assertEqual(result.stdout, "")
            self.assertFalse(os.path.exists(self.path("out")))

    def test_an_old_export_stays_when_the_new_one_leaks(self):
        self.assertEqual(self.cvr("export", self.cassette, "-o", self.path("o.har")).returncode, 0)
        with open(self.path("o.har"), "rb") as file:
            before = file.read()
        self.assertEqual(self.cvr("export", self.cassette, "-o", self.path("o.har"), "--secrets", self.secrets).returncode, 1)
        with open(self.path("o.har"), "rb") as file:
            self.assertEqual(file.read(), before)

    def test_depth_hides_nothing(self):
        os.remove(self.cassette)
        inner = json.dumps({"text": f'"{self.value}" &amp; %20'})
        path = self.recorded(("/1",), json.dumps({"more": inner}).encode())
        self.assertNotIn("omitted", self.cvr("cat", path).stdout)
        for form in ("har", "jsonl"):
            self.assertEqual(self.cvr("export", path, "--format", form).returncode, 0)
            result = self.fails(1, "interaction 1", "export", path, "--format", form, "--secrets", self.secrets)
            self.assertNotIn(self.value, result.stderr)

    def test_names_count(self):
        os.remove(self.cassette)
        named = self.path(self.value + ".cvr")
        os.rename(self.recorded(("/3",)), named)
        result = self.cvr("verify", named, "--secrets", self.secrets)
        self.assertEqual(result.returncode, 1)
        self.assertIn("name", result.stdout)
        result = self.cvr("export", named, "--secrets", self.secrets, "-o", self.path(self.value + ".har"))
        self.assertEqual(result.returncode, 2)
        self.assertNotIn(self.value, result.stderr)

    def test_bad_secrets_files(self):
        with open(self.path("bad.env"), "w", encoding="utf-8") as file:
            file.write(f"A=1\n{self.value}\n")
        for command in ("verify", "export"):
            self.fails(3, "missing.env", command, self.cassette, "--secrets", self.path("missing.env"))
            result = self.fails(2, "bad.env:2", command, self.cassette, "--secrets", self.path("bad.env"))
            self.assertNotIn(self.value, result.stderr)


class Gaps(CommandCase):
    def test_gaps_are_shown_by_every_command(self):
        with RawOrigin(lambda _: ok(rng.randbytes(60_000))) as origin, self.record(origin, "--max-cassette", "150K") as proxy:
            with Tunnel(proxy) as client:
                for _ in range(5):
                    client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")
            self.assertEqual(proxy.stop(), 3)
        path = self.path("t.cvr")
        self.assertEqual(self.cvr("ls", path).returncode, 0)
        for command in (("ls",), ("cat",), ("verify",)):
            self.assertIn("gap", self.cvr(*command, path).stdout)
        for command in (("ls", "--json"), ("cat", "--json"), ("export", "--format", "jsonl")):
            last = json.loads(self.cvr(command[0], path, *command[1:]).stdout.splitlines()[-1])
            self.assertGreater(last["gap"]["lost"], 0)
        self.assertGreater(json.loads(self.cvr("verify", path, "--json").stdout)["gaps"][0]["lost"], 0)

    def test_upstreams_that_were_not_verified(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin, "--insecure-upstream") as proxy, Tunnel(proxy) as client:
            client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")
        for command in ("ls", "cat", "verify"):
            self.assertIn("insecure-upstream", self.cvr(command, self.path("t.cvr")).stdout)
        self.assertEqual(json.loads(self.cvr("verify", self.path("t.cvr"), "--json").stdout)["insecure-upstream"], 1)


class Exports(CommandCase):
    def test_files_are_private_and_whole(self):
        path = self.recorded()
        report = self.cvr("export", path, "--format", "jsonl", "-o", self.path("o.jsonl"), "--json")
        self.assertEqual(report.returncode, 0, report.stderr)
        told = json.loads(report.stdout)
        self.assertEqual((told["format"], told["interactions"], told["bytes"]), ("jsonl", 3, os.path.getsize(self.path("o.jsonl"))))
        self.assertEqual(stat.S_IMODE(os.stat(self.path("o.jsonl")).st_mode), 0o600)
        self.assertEqual(len(self.cvr("export", path, "--json").stdout.splitlines()), 3)
        self.assertEqual(self.cvr("export", path, "-o", "-").stdout, self.cvr("export", path).stdout)

    def test_nothing_is_left_of_what_can_not_be_written(self):
        path = self.recorded()
        os.mkdir(self.path("taken"))
        before = sorted(os.listdir(self.directory))
        self.fails(3, "taken", "export", path, "-o", self.path("taken"))
        self.assertEqual(sorted(os.listdir(self.directory)), before)

    def test_wrong_usage(self):
        path = self.recorded()
        self.fails(2, "har, curl, jsonl", "export", path, "--format", "nonsense")
        self.fails(2, "the cassette itself", "export", path, "-o", path)
        self.fails(3, "no-such-directory", "export", path, "-o", self.path("no-such-directory/o.har"))
        self.assertEqual(self.cvr("verify", path).returncode, 0)

    def test_bodies_full_of_encodings_are_exported(self):
        inner = json.dumps({"text": 'quote " and \\ and é', "html": "<a href=&quot;?x=%20&amp;y=1+2&quot;>", "b64": "aGVsbG8gd29ybGQ="})
        body = json.dumps({"outer": inner, "list": [inner] * 20, "unicode": "\\u00e9\\/"}).encode()
        path = self.recorded(("/a?x=%5B1%5D&y=%2525", "/b"), body)
        for form in ("har", "curl", "jsonl"):
            result = self.cvr("export", path, "--format", form)
            self.assertEqual(result.returncode, 0, form + result.stderr)


if __name__ == "__main__":
    main()
