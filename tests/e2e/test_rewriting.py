"""The commands that make cassettes of others: trim, merge, edit, migrate."""
import fcntl
import json
import os
import resource
import shutil
import stat
import struct
import subprocess

from command_case import CommandCase
from forging import TIME, Forged
from support import CVR, made_up, main

GOLDEN = os.path.join(os.path.dirname(__file__), "../../cassettes/golden/v1/everything.cvr")


class Rewriting(CommandCase):
    def urls(self, path):
        return [json.loads(line)["url"].rsplit("/", 1)[1] for line in self.cvr("ls", path, "--json").stdout.splitlines()]

    def bytes_of(self, path):
        with open(path, "rb") as file:
            return file.read()

    def is_sealed_and_private(self, path):
        self.assertIn(": sealed, ", self.cvr("verify", path).stdout)
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertFalse(os.path.exists(path + ".part"))


    def edit(self, path, script, *arguments):
        return self.cvr("edit", path, "2", *arguments, env={"EDITOR": script, "VISUAL": "", "CVR_EDITOR": ""})


class Trim(Rewriting):
    def test_drops_and_keeps(self):
        path = self.recorded(("/1", "/2", "/3", "/4"))
        result = self.cvr("trim", path, "--drop", "2-3", "-o", self.path("out.cvr"))
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(self.urls(self.path("out.cvr")), ["1", "4"])
        self.is_sealed_and_private(self.path("out.cvr"))
        told = json.loads(self.cvr("trim", path, "--keep", "4,1", "-o", self.path("two.cvr"), "--json").stdout)
        self.assertEqual((told["interactions"], told["dropped"]), (2, 2))
        self.assertEqual(self.urls(self.path("two.cvr")), ["1", "4"])
        self.assertEqual(self.urls(path), ["1", "2", "3", "4"])

    def test_refuses_and_leaves_everything(self):
        path = self.recorded(("/1", "/2"))
        before = self.bytes_of(path)
        out = self.path("out.cvr")
        self.fails(2, "3,7-9", "trim", path, "--drop", "3", "-o", out)
        self.fails(2, "--drop and --keep", "trim", path, "-o", out)
        self.fails(2, "--drop and --keep", "trim", path, "--drop", "1", "--keep", "2", "-o", out)
        self.fails(2, "-o OUT is needed", "trim", path, "--drop", "1")
        self.fails(2, "the cassette itself", "trim", path, "--drop", "1", "-o", path, "--overwrite")
        self.assertEqual(self.cvr("trim", path, "--drop", "1", "-o", out).returncode, 0)
        self.fails(2, "--overwrite", "trim", path, "--drop", "2", "-o", out)
        self.assertEqual(self.urls(out), ["2"])
        self.assertEqual(self.cvr("trim", path, "--drop", "2", "-o", out, "--overwrite").returncode, 0)
        self.assertEqual(self.urls(out), ["1"])
        self.assertEqual(self.bytes_of(path), before)

    def test_a_secret_or_damage_leaves_no_file(self):
        value = made_up(18)  # too short for the net of randomness
        path = self.recorded(("/1",), body=f"hello {value}".encode())
        out = self.path("out.cvr")
        result = self.fails(1, "#1 of", "trim", path, "--keep", "1", "-o", out, "--secrets", self.secrets_file(value))
        self.assertNotIn(value, result.stderr)
        self.damaged(path, b"hello")
        self.assertEqual(self.cvr("trim", path, "--keep", "1", "-o", out).returncode, 1)
        self.assertEqual([name for name in os.listdir(self.directory) if name.startswith("out")], [])


class Merge(Rewriting):
    def test_in_the_order_given_and_once(self):
        path = self.recorded(("/1", "/2", "/3"))
        self.cvr("trim", path, "--keep", "2-3", "-o", self.path("late.cvr"))
        self.cvr("trim", path, "--keep", "1-2", "-o", self.path("early.cvr"))
        result = self.cvr("merge", self.path("late.cvr"), self.path("early.cvr"), "-o", self.path("all.cvr"), "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(json.loads(result.stdout)["duplicates"], 1)
        self.assertEqual(self.urls(self.path("all.cvr")), ["2", "3", "1"])
        self.is_sealed_and_private(self.path("all.cvr"))
        self.fails(2, "two cassettes", "merge", path, "-o", self.path("x.cvr"))
        self.fails(3, "none.cvr", "merge", path, self.path("none.cvr"), "-o", self.path("x.cvr"))

    def test_as_gits_driver(self):
        path = self.recorded(("/1", "/2", "/3"))
        base, ours, theirs = (self.path(name) for name in ("base.cvr", "ours.cvr", "theirs.cvr"))
        for name, keep in ((base, "1-2"), (ours, "2"), (theirs, "1-3")):
            self.cvr("trim", path, "--keep", keep, "-o", name)
        result = self.cvr("merge", "--git", base, ours, theirs)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))
        self.assertEqual(self.urls(ours), ["2", "3"])
        self.is_sealed_and_private(ours)

    def test_a_side_that_broke_off_is_a_conflict(self):
        path = self.recorded(("/1", "/2", "/3"))
        whole = self.bytes_of(path)
        for torn in range(3):
            names = [self.path(f"{torn}{name}.cvr") for name in ("base", "ours", "theirs")]
            for i, name in enumerate(names):
                with open(name, "wb") as file:
                    file.write(whole[:-200] if i == torn else whole)
                os.chmod(name, 0o600)
            before = self.bytes_of(names[1])
            result = self.cvr("merge", "--git", *names)
            self.assertEqual(result.returncode, 1, result.stderr)
            self.assertIn("conflict: ", result.stderr)
            self.assertEqual(self.bytes_of(names[1]), before)

    def test_a_cassette_that_is_recorded_into_is_not_replaced(self):
        path = self.recorded(("/1", "/2"))
        target = self.path("busy.cvr")
        shutil.copyfile(path, target)
        os.chmod(target, 0o600)
        before = self.bytes_of(target)
        with open(target, "rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            for command in (("trim", path, "--keep", "1"), ("merge", path, path), ("migrate", path)):
                self.fails(3, "in use", *command, "-o", target, "--overwrite")
        self.assertEqual(self.bytes_of(target), before)
        self.assertEqual(self.cvr("trim", path, "--keep", "1", "-o", target, "--overwrite").returncode, 0)


class Edit(Rewriting):
    def test_a_change_is_kept_in_place(self):
        path = self.recorded()
        result = self.edit(path, "sed -i -e s/hello/goodbye/ -e 's,/2$,/two,'")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        shown = self.cvr("show", path, "2").stdout
        self.assertIn("goodbye", shown)
        self.assertIn("note: edited by hand", shown)
        self.assertEqual(self.urls(path), ["1", "two", "3"])
        self.is_sealed_and_private(path)
        self.assertEqual([name for name in os.listdir(self.path("home")) if name.startswith("edit")], [])

    # A crash of any command writes no memory to a file; what it starts inherits that.
    def test_no_core_is_written(self):
        script = self.path("editor")
        with open(script, "w", encoding="ascii") as file:
            file.write(f"#!/bin/sh\ngrep -i '^max core' /proc/$PPID/limits > {self.path('limits')}\n")
        os.chmod(script, 0o755)
        with_cores = lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
        subprocess.run([CVR, "edit", self.recorded(), "2"], preexec_fn=with_cores, check=True, capture_output=True, timeout=60,
                       env={**os.environ, "CVR_HOME": self.path("home"), "EDITOR": script, "VISUAL": "", "CVR_EDITOR": ""})
        with open(self.path("limits"), encoding="ascii") as file:
            self.assertEqual(file.read().split()[4:6], ["0", "0"])

    def test_what_is_typed_is_redacted(self):
        value, token = made_up(24), made_up(40)
        path = self.recorded()
        result = self.edit(path, f"sed -i -e 's/hello/so {value}/' -e 's/^Host: .*/Authorization: Bearer {token}/'", "--secrets",
                           self.secrets_file(value))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("was redacted", result.stdout)
        for needle in (value, token):
            self.assertNotIn(needle, self.cvr("cat", path, "--json").stdout)
            self.assertNotIn(needle.encode(), self.bytes_of(path))
        self.assertEqual(self.cvr("verify", path, "--secrets", self.secrets_file(value)).returncode, 0)

    def test_what_goes_wrong_changes_nothing(self):
        path = self.recorded()
        before = self.bytes_of(path)
        for script, status, needle in (("sed -i 's/^GET /GET/'", 2, "line 5: METHOD URL is needed"), ("false", 3, "ended with status 1"),
                                       ("truncate -s 0", 2, "=== end"), (self.path("no-such-editor"), 3, "ended with status 127")):
            result = self.edit(path, script)
            self.assertEqual(result.returncode, status, script + result.stderr)
            self.assertIn(needle, result.stderr)
        result = self.edit(path, "true")
        self.assertEqual((result.returncode, result.stdout), (0, "nothing was changed\n"))
        self.assertEqual(self.bytes_of(path), before)
        self.assertEqual(self.cvr("edit", path, "9").returncode, 2)

    def test_a_cassette_in_use_is_left_alone(self):
        path = self.recorded()
        before = self.bytes_of(path)
        with open(path, "rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            result = self.edit(path, "sed -i s/hello/bye/")
        self.assertEqual(result.returncode, 3, result.stderr)
        self.assertIn("in use", result.stderr)
        self.assertEqual(self.bytes_of(path), before)


class Unreadable(Rewriting):
    def test_a_record_that_does_not_parse_is_damage(self):
        made = Forged().interaction()
        made.frame(2, struct.pack("<q5QI", TIME, 1, 2, 3, 4, 5, 0) + b"\xc1\xc1")
        path, good, out = self.path("forged.cvr"), self.path("good.cvr"), self.path("out.cvr")
        for name, whole in ((path, made.sealed()), (good, Forged().interaction().sealed())):
            with open(name, "wb") as file:
                file.write(whole)
        for command in (("redact", path, "-o", out), ("migrate", path, "-o", out), ("trim", path, "--keep", "2", "-o", out),
                        ("merge", path, good, "-o", out), ("show", path, "2"),
                        ("repair", path, "--secrets", self.secrets_file(made_up(24)))):
            with self.subTest(command[0]):
                result = self.cvr(*command)
                self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
                self.assertFalse(os.path.exists(out))
        result = self.edit(path, "true")
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)


class Migrate(Rewriting):
    def test_nothing_is_lost(self):
        path = self.path("old.cvr")
        shutil.copyfile(GOLDEN, path)
        result = self.cvr("migrate", path, "-o", self.path("new.cvr"), "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        told = json.loads(result.stdout)
        self.assertEqual((told["interactions"], told["unknown_records"], told["from_version"]), (5, 1, 1))
        self.assertEqual(self.cvr("cat", path, "--json").stdout, self.cvr("cat", self.path("new.cvr"), "--json").stdout)
        self.is_sealed_and_private(self.path("new.cvr"))
        redacted = self.cvr("redact", path, "-o", self.path("redacted.cvr"), "--json")
        self.assertEqual(json.loads(redacted.stdout)["unknown_left_out"], 1, redacted.stderr)
        again = self.cvr("migrate", self.path("new.cvr"), "-o", self.path("again.cvr"), "--json")
        self.assertEqual(json.loads(again.stdout)["keyed_anew"], 0)
        self.assertEqual(json.loads(again.stdout)["unknown_records"], 1)


if __name__ == "__main__":
    main()
