"""What users configure for redaction: rules while recording, newer rules on old cassettes, explanations."""
import json
import os
import subprocess

from command_case import CommandCase
from support import CVR, RawOrigin, Tunnel, made_up, main, ok, rng, status_of

BODY = b'{"data": [{"price": 275.50, "aircraft": "flies N123AB", "note": "%s"}], "token": "%s", "next": {"page_token": "p-2"}}'

RULES = """[[redact]]
json = "/data/*/price"
kind = "price"
[[redact]]
pattern = 'N[0-9]{3}[A-Z]*'
kind = "tail"
[[redact]]
json = "page_token"
keep = true
[[redact]]
header = "X-Trace-Code"
keep = true
"""


def passphrase():
    """Known to nobody until --secrets names it: it does not look random."""
    return "-".join(rng.sample(["harbour", "lantern", "meadow", "copper", "violin", "saddle", "thunder", "pebble"], 4))


class Rules(CommandCase):
    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def exchange(self, proxy, note, token):
        with Tunnel(proxy) as client:
            body = b'{"q": "N123AB", "price": 1}'
            return client.exchange(
                b"POST /search?token=%s&tail=N123AB HTTP/1.1\r\nHost: origin.test\r\nX-Trace-Code: trace me\r\n"
                b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (token.encode(), len(body), body))

    def recorded_with(self, *options, note, token):
        body = BODY % (note.encode(), token.encode())
        with RawOrigin(lambda _: ok(body, "Content-Type: application/json")) as origin, self.record(origin, *options) as proxy:
            self.assertIn(body, self.exchange(proxy, note, token))
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
        with open(self.path("t.cvr"), "rb") as file:
            return file.read()

    def shown(self, cassette, n="1"):
        return json.loads(self.cvr("show", self.path(cassette), n, "--json").stdout)

    def body(self, cassette):
        return self.cvr("show", self.path(cassette), "1").stdout

    def test_rules_while_recording(self):
        note, token = passphrase(), made_up()
        self.recorded_with("--rules", self.write("rules.toml", RULES), note=note, token=token)
        text = self.body("t.cvr")
        self.assertNotIn("N123AB", text)
        self.assertNotIn("275.50", text)
        self.assertNotIn(token, text)
        self.assertIn(note, text)
        self.assertIn("p-2", text)
        self.assertIn("trace me", text)
        self.assertEqual(self.cvr("verify", self.path("t.cvr"), "--rules", self.path("rules.toml")).returncode, 0)
        out = self.cvr("export", self.path("t.cvr"), "--rules", self.path("rules.toml"), "-o", self.path("t.har"))
        self.assertEqual(out.returncode, 0, out.stderr)
        with self.replay("--rules", self.path("rules.toml")) as proxy:
            self.assertEqual(status_of(self.exchange(proxy, note, made_up())), 200)
            self.assertEqual(proxy.stop(), 0, proxy.stderr)

    def test_what_a_refusal_says_to_type_finds_the_same(self):
        note, token = passphrase(), made_up()
        self.recorded_with(note=note, token=token)
        self.write("late.env", "LATE=%s\nSHORT=abc\n" % note)
        secrets = ["--secrets", self.path("late.env")]
        refused = self.cvr("export", self.path("t.cvr"), "--format", "jsonl", *secrets)
        self.assertEqual((refused.returncode, refused.stdout), (1, ""))
        hint = refused.stderr.strip().split("; see: cvr ")[1].split()
        seen = self.cvr(*hint)
        self.assertEqual(seen.returncode, 1, seen.stderr)
        self.assertIn("a known secret", seen.stdout)
        # What can not be looked for is named by file and key, never by value.
        self.assertIn("late.env: SHORT (3 characters)", seen.stderr)
        self.assertNotIn("abc", seen.stderr)
        self.assertNotIn(note, refused.stderr + seen.stderr)
        for command in (["trim", self.path("t.cvr"), "--keep", "1"], ["migrate", self.path("t.cvr")]):
            out = self.cvr(*command, "-o", self.path("out.cvr"), *secrets)
            self.assertEqual(out.returncode, 1, out.stderr)
            self.assertTrue(out.stderr.strip().endswith("-o OUT --secrets " + self.path("late.env")), out.stderr)
        lost = self.cvr("redact", self.path("t.cvr"), "-o", self.path("none/x.cvr"))
        self.assertEqual(lost.returncode, 3, lost.stderr)
        self.assertIn("can not create %s: " % self.path("none/x.cvr"), lost.stderr)

    def test_newer_rules_on_an_old_cassette(self):
        note, token = passphrase(), made_up()
        self.recorded_with(note=note, token=token)
        old = self.body("t.cvr")
        self.assertIn("N123AB", old)
        self.write("rules.toml", RULES)
        arguments = ("redact", self.path("t.cvr"), "--rules", self.path("rules.toml"), "--secrets", self.secrets_file(note),
                     "-o", self.path("new.cvr"))
        result = self.cvr(*arguments)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("#1 response body: json.pointer (price)", result.stdout)
        self.assertIn("#1 response body: pattern.user (tail)", result.stdout)
        self.assertIn("replay finds all of them", result.stdout)
        for value in (note, token, "N123AB", "275.50"):
            self.assertNotIn(value, result.stdout + result.stderr)
            self.assertNotIn(value, self.body("new.cvr"))
        self.assertEqual(os.stat(self.path("new.cvr")).st_mode & 0o777, 0o600)
        self.assertFalse(os.path.exists(self.path("new.cvr.part")))
        self.assertEqual(self.cvr("verify", self.path("new.cvr"), "--secrets", self.path(".env")).returncode, 0)
        with self.replay("--rules", self.path("rules.toml"), cassette="new.cvr") as proxy:
            self.assertEqual(status_of(self.exchange(proxy, note, made_up())), 200)
            self.assertEqual(proxy.stop(), 0, proxy.stderr)
        # Once more changes nothing; the file may stand behind the option too.
        again = self.cvr("redact", "--rules", self.path("rules.toml"), self.path("new.cvr"), "-o", self.path("again.cvr"), "--json")
        self.assertEqual(json.loads(again.stdout)["changed"], 0)
        self.assertEqual(self.shown("new.cvr"), self.shown("again.cvr"))
        self.fails(2, "exists", *arguments)
        self.assertEqual(self.cvr(*arguments, "--overwrite").returncode, 0)
        self.fails(2, "the cassette itself", "redact", self.path("t.cvr"), "-o", self.path("t.cvr"))

    def test_an_export_under_newer_patterns_is_refused(self):
        self.recorded_with(note=passphrase(), token=made_up())
        self.write("rules.toml", RULES)
        result = self.cvr("export", self.path("t.cvr"), "--rules", self.path("rules.toml"), "-o", self.path("t.har"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("a pattern of the rules", result.stderr)
        self.assertFalse(os.path.exists(self.path("t.har")))

    def test_explain(self):
        note, token = passphrase(), made_up()
        rules = self.write("rules.toml", RULES)
        self.recorded_with("--rules", rules, note=note, token=token)
        result = self.cvr("redact", "--explain", self.path("t.cvr"), "1", "--rules", rules)
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = [" ".join(line.split()) for line in result.stdout.replace(rules, "rules.toml").splitlines()]
        for line in ("query token redacted token, the name token says so, from profile",
                     "query tail redacted tail, a pattern of kind tail: rules.toml:5",
                     "request header X-Trace-Code kept kept by X-Trace-Code, from rules.toml:11",
                     "response body /data/0/price redacted price, the name /data/*/price says so, from rules.toml:2",
                     "response body /data/0/note kept name on no list, no known secret and no pattern in it",
                     "response body /next/page_token kept kept by page_token, from rules.toml:8"):
            self.assertIn(line, lines)
        for value in (note, token, "trace me"):
            self.assertNotIn(value, result.stdout)
        told = json.loads(self.cvr("redact", "--explain", self.path("t.cvr"), "1", "--json").stdout)
        self.assertTrue(any(one["rule"] == "json.pointer" for one in told))
        self.fails(2, "no interaction 2", "redact", "--explain", self.path("t.cvr"), "2")

    def test_the_configuration_and_a_profile_of_ones_own(self):
        self.write("vendor.toml", 'name = "vendor"\nhosts = ["origin.test"]\n[json]\nnote = "text"\n[headers]\nX-Trace-Code = "token"\n')
        self.write("cvr.toml", 'profile = "vendor.toml"\n[redact]\nprivacy = "commercial"\njson = ["q"]\n')
        run = lambda *arguments: subprocess.run([CVR, *arguments], cwd=self.directory, capture_output=True, text=True, check=False,
                                                env={**os.environ, "CVR_HOME": self.path("home")})
        table = json.loads(run("redact", "--rules", "--json").stdout)
        self.assertEqual(table["profile"], "vendor")
        self.assertEqual(table["privacy"]["value"], "commercial")
        rows = {(row["where"], row["name"]): row["from"] for row in table["rules"]}
        where = os.path.realpath(self.directory)
        self.assertEqual(rows[("json", "q")], where + "/cvr.toml:4")
        self.assertEqual(rows[("json", "note")], where + "/vendor.toml")
        self.assertIn("vendor", run("redact", "--rules").stdout.splitlines()[0])
        self.assertEqual(json.loads(run("config", "--json").stdout)["host"]["value"], ["origin.test"])

    def test_bad_rules_stop_every_command(self):
        self.recorded_with(note=passphrase(), token=made_up())
        bad = self.write("bad.toml", "[[redact]]\njson = 'a'\nkind = 'tokne'\n")
        for command in (("record", "-c", self.path("x.cvr"), "--", "true"), ("replay", "-c", self.path("t.cvr"), "--", "true"),
                        ("verify", self.path("t.cvr")), ("export", self.path("t.cvr")),
                        ("redact", self.path("t.cvr"), "-o", self.path("x.cvr"))):
            at = command.index("--") if "--" in command else len(command)
            self.fails(2, "bad.toml:3: unknown kind tokne (did you mean token?)", *command[:at], "--rules", bad, *command[at:])
            self.fails(3, "nothere.toml", *command[:at], "--rules", self.path("nothere.toml"), *command[at:])
            self.fails(3, "nothere.env", *command[:at], "--secrets", self.path("nothere.env"), *command[at:])
            self.fails(2, "unknown profile", *command[:at], "--profile", "nobody", *command[at:])
        self.assertFalse(os.path.exists(self.path("x.cvr")))
        for text, needle in (("[[redact]]\npattern = '('", ":2: a regular expression"), ("[[redact]]\njson='a'\nform='b'", ":3: json and form"),
                             ("[[redact]]\njson = '/'", ":2: an empty pointer"), ("[redact", ":1: ")):
            self.fails(2, needle, "redact", "--rules", self.write("bad.toml", text))

    def test_wrong_usage(self):
        self.fails(2, "FILE is needed", "redact")
        self.fails(2, "-o OUT is needed", "redact", "x.cvr")
        self.fails(2, "--rules needs a file", "redact", "x.cvr", "-o", "y.cvr", "--rules")
        self.fails(2, "FILE and N", "redact", "--explain", "x.cvr")
        self.fails(2, "N goes with", "redact", "x.cvr", "1")
        self.fails(2, "unknown level", "redact", "--rules", "--privacy", "all")
        self.fails(3, "x.cvr", "redact", self.path("x.cvr"), "-o", self.path("y.cvr"))

    def test_damage_is_refused_and_nothing_is_left(self):
        self.damaged(self.recorded())
        result = self.cvr("redact", self.path("t.cvr"), "-o", self.path("new.cvr"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("cvr repair", result.stderr)
        self.assertEqual([name for name in os.listdir(self.directory) if name.startswith("new.cvr")], [])


class Key(CommandCase):
    def test_show_and_rotate(self):
        shown = json.loads(self.cvr("key", "show", "--json").stdout)
        with open(shown["file"], encoding="ascii") as file:
            old = file.read().strip()
        self.assertNotIn(old, self.cvr("key", "show").stdout)
        self.assertIn(shown["fingerprint"], self.cvr("key", "show").stdout)
        rotated = self.cvr("key", "rotate")
        self.assertIn("matched by kind", rotated.stdout)
        self.assertNotIn(shown["fingerprint"], rotated.stdout)
        self.assertEqual(os.stat(shown["file"]).st_mode & 0o777, 0o600)
        for name in os.listdir(self.path("home")):
            with open(os.path.join(self.path("home"), name), "rb") as file:
                self.assertNotIn(old.encode(), file.read())
        self.fails(2, "show or rotate", "key", "destroy")
        os.chmod(shown["file"], 0o640)
        self.fails(3, "chmod 600", "key", "rotate")
        self.fails(3, "chmod 600", "key", "show")

    def test_an_old_cassette_replays_under_a_new_key(self):
        token = made_up()
        request = lambda: b"GET /x?token=%s HTTP/1.1\r\nHost: origin.test\r\nAuthorization: Bearer %s\r\n\r\n" % (token.encode(), token.encode())
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            client.exchange(request())
        self.cvr("key", "rotate")
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(status_of(client.exchange(request())), 200)
        result = self.cvr("redact", self.path("t.cvr"), "-o", self.path("new.cvr"))
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("another pseudonym key", result.stdout)


if __name__ == "__main__":
    main()
