"""`cvr probe` and `cvr watch` against the stand-in: each scenario, the record and its diagnosis, and that no credential is
left anywhere.  A probe makes one call a second, whatever is asked of it, so all scenarios are played at once."""
import concurrent.futures
import datetime
import json
import os
import signal
import subprocess
import tempfile
import threading
import unittest

from command_case import CommandCase
from story import Sandbox
from support import CVR, RawOrigin, Certificates, cvr, main, ok, rng, wait_until

HOST = "sandbox.avinode.com"
SCENARIOS = ["working", "after-reset", "expired-token", "wrong-oauth-method", "permission-lost", "rate-limited", "outage"]
PLAN = """base = "https://sandbox.avinode.com/api"
[[variable]]
name = "key"
from = ["PROBE_KEY"]
[[method]]
name = "key"
headers = { Authorization = "Bearer ${key}" }
[[step]]
name = "auth"
auth = "each"
call = "GET /things"
"""


def made_up():
    return "%040x" % rng.getrandbits(160)


class Played:
    """One run of a command, its output, its argument lists as others saw them, and what it left."""

    def __init__(self, directory, secrets, *arguments, env=None, act=None):
        self.directory, self.secrets = directory, secrets
        environment = {**os.environ, "CVR_HOME": os.path.join(directory, "home"), **(env or {})}
        environment.pop("CI", None)
        process = subprocess.Popen([CVR, *arguments], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        with open(f"/proc/{process.pid}/cmdline", "rb") as file:
            self.seen = file.read()
        if act:
            act(process)
        self.stdout, self.stderr = process.communicate(timeout=150)
        self.status = process.returncode

    def all_that_is_left(self, cassette):
        path = os.path.join(self.directory, cassette)
        out = [self.stdout.encode(), self.stderr.encode(), self.seen]
        if os.path.exists(path):
            with open(path, "rb") as file:
                out.append(file.read())
            out += [cvr(self.directory, *command).stdout.encode() for command in
                    (("cat", path), ("export", path, "--format", "har"), ("diagnose", path, "--json"))]
        return b"\n".join(out)


def play(directory, scenario, *more):
    """A probe of the scenario; the sandbox ends with it."""
    with Sandbox(directory, scenario) as sandbox:
        env_file = sandbox.files["sandbox.env"]
        arguments = ["probe", "-c", os.path.join(directory, "probe.cvr"), "--env-file", env_file, "--json", "--connect-to",
                     f"{HOST}:443:127.0.0.1:{sandbox.port}", "--upstream-ca", sandbox.files["sandbox-ca.pem"], *more]
        return Played(directory, sandbox.variables, *arguments, env={"AVINODE_OAUTH_METHOD": "client_secret_post"})


class Scenarios(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not CVR:
            raise unittest.SkipTest("CVR_BINARY names no binary")
        cls.temporary = tempfile.TemporaryDirectory(prefix="cvr-e2e-")
        cls.addClassCleanup(cls.temporary.cleanup)
        runs = [(name, name, ()) for name in SCENARIOS] + [("write", "working", ("--write",))]
        with concurrent.futures.ThreadPoolExecutor(len(runs)) as pool:
            def one(run):
                directory = os.path.join(cls.temporary.name, run[0])
                os.mkdir(directory, 0o700)
                return run[0], play(directory, run[1], *run[2])
            cls.runs = dict(pool.map(one, runs))

    def report(self, name):
        run = self.runs[name]
        self.assertTrue(run.stdout, run.stderr)
        report = json.loads(run.stdout)
        return report, {step["step"]: step for step in report["steps"]}

    def cvr(self, name, *arguments):
        return cvr(self.runs[name].directory, *arguments)

    def cassette(self, name):
        return os.path.join(self.runs[name].directory, "probe.cvr")

    def diagnosis(self, name):
        value = json.loads(self.cvr(name, "diagnose", self.cassette(name), "--json").stdout)
        return value, {finding["rule"]: finding for finding in value["findings"]}

    def got(self, name, *steps):
        _, rows = self.report(name)
        return [" ".join(filter(None, (rows[step]["got"], rows[step]["code"]))) for step in steps]

    def test_no_credential_is_left_anywhere(self):
        for name, run in self.runs.items():
            left = run.all_that_is_left("probe.cvr")
            self.assertGreater(len(left), 1000)
            for variable, value in run.secrets.items():
                self.assertNotIn(value.encode(), left, f"{name}: {variable}")
            verified = self.cvr(name, "verify", self.cassette(name), "--secrets", os.path.join(run.directory, "sandbox.env"))
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_working(self):
        self.assertEqual(self.runs["working"].status, 0, self.runs["working"].stdout + self.runs["working"].stderr)
        report, rows = self.report("working")
        self.assertTrue(report["passed"])
        self.assertEqual(report["accepted"], "static")
        self.assertEqual([rows[step]["got"] for step in ("unauthenticated", "wrong-credential", "auth-static", "act-as-static",
                                                         "token-oauth-post", "auth-oauth-post", "trips", "empty-legs")],
                         ["400", "401", "200", "200", "200", "200", "200", "200"])
        self.assertEqual(rows["create-trip"]["result"], "skipped")
        self.assertIn("AVINODE_OAUTH_METHOD is not client_secret_basic", rows["auth-oauth-basic"]["meaning"])
        value, rules = self.diagnosis("working")
        failing = [rule for rule, finding in rules.items() if finding["result"] == "fail"]
        self.assertEqual(failing, [], value)
        self.assertEqual((value["verdict"]["level"], value["verdict"]["side"]), ("NOT PROVEN", None))

    def test_writing_is_asked_for(self):
        self.assertEqual(self.runs["write"].status, 0, self.runs["write"].stdout)
        self.assertEqual(self.got("write", "create-trip", "read-trip", "cancel-trip"), ["201", "200", "200"])

    def test_a_call_a_second(self):
        lines = self.cvr("working", "export", self.cassette("working"), "--format", "jsonl").stdout.strip().splitlines()
        starts = sorted(datetime.datetime.fromisoformat(json.loads(line)["time"].replace("Z", "+00:00")) for line in lines)
        self.assertGreater(len(starts), 8)
        self.assertGreaterEqual(min(b - a for a, b in zip(starts, starts[1:])), datetime.timedelta(milliseconds=990))

    def test_after_reset(self):
        self.assertEqual(self.runs["after-reset"].status, 1)
        self.assertEqual(self.got("after-reset", "auth-static", "token-oauth-post"),
                         ["401 ERR_INPUT_GENERIC_INVALID", "401 invalid_client_secret_post"])
        _, rows = self.report("after-reset")
        self.assertEqual(rows["trips"]["meaning"], "no method was accepted")
        value, rules = self.diagnosis("after-reset")
        self.assertEqual(rules["M04"]["result"], "warn")  # a made-up credential gets the same answer
        self.assertNotEqual(value["verdict"]["level"], "ESTABLISHED")

    def test_expired_token(self):
        self.assertEqual(self.runs["expired-token"].status, 1)
        self.assertEqual(self.got("expired-token", "auth-static", "auth-oauth-post", "trips"),
                         ["401 ERR_INPUT_GENERIC_INVALID", "200", "200"])
        report, _ = self.report("expired-token")
        self.assertEqual(report["accepted"], "oauth-post")
        value, rules = self.diagnosis("expired-token")
        self.assertNotEqual(rules["M02"]["hit"], True, rules["M02"])  # the pair with and without ActAsAccount is the probe's own
        self.assertEqual(value["verdict"]["capped_by"], [])

    def test_wrong_oauth_method(self):
        self.assertEqual(self.got("wrong-oauth-method", "auth-static", "token-oauth-post", "auth-oauth-post"),
                         ["200", "401 invalid_client_secret_post", "skipped"])
        _, rules = self.diagnosis("wrong-oauth-method")
        self.assertEqual(rules["G02"]["result"], "unknown")  # the record can not tell for which method it was made
        case = os.path.join(self.runs["wrong-oauth-method"].directory, "case.toml")
        with open(case, "w", encoding="utf-8") as file:
            file.write(CASE)
        told = self.cvr("wrong-oauth-method", "diagnose", self.cassette("wrong-oauth-method"), "--case", case, "--json")
        finding = {one["rule"]: one for one in json.loads(told.stdout)["findings"]}["G02"]
        self.assertEqual(finding["result"], "fail", finding)

    def test_permission_lost(self):
        self.assertEqual(self.got("permission-lost", "auth-static", "reference-data", "trips"),
                         ["200", "200", "403 NOT_AUTHORIZED"])
        value, rules = self.diagnosis("permission-lost")
        self.assertEqual(rules["A01"]["result"], "fail")
        self.assertEqual(value["verdict"]["side"], "account", value["verdict"])
        self.assertEqual(value["verdict"]["capped_by"], [])

    def test_rate_limited(self):
        report, rows = self.report("rate-limited")
        self.assertEqual(rows["auth-static"]["got"], "429")
        self.assertIn("429", report["stopped"])
        self.assertGreater(report["wait_seconds"], 0)
        self.assertEqual(rows["trips"]["result"], "not-run")
        value, rules = self.diagnosis("rate-limited")
        self.assertEqual(rules["L01"]["result"], "fail")
        self.assertEqual(value["verdict"]["side"], "rate-limit", value["verdict"])

    def test_outage(self):
        self.assertEqual(self.runs["outage"].status, 1)
        report, rows = self.report("outage")
        self.assertIsNone(report["stopped"])
        self.assertEqual(rows["unauthenticated"]["result"], "fail")
        self.assertNotEqual(rows["trips"]["result"], "skipped")
        value, _ = self.diagnosis("outage")
        self.assertIn("V01", value["sides"]["vendor-outage"]["rules"], value["sides"])
        self.assertEqual(value["verdict"]["side"], "vendor-outage", value["verdict"])

    def test_tags_stay_through_every_form(self):
        path = self.cassette("working")
        _, rows = self.report("working")
        n = rows["wrong-credential"]["n"]
        self.assertIn("step: wrong-credential", self.cvr("working", "show", path, str(n)).stdout)
        self.assertIn("[step unauthenticated]", self.cvr("working", "cat", path).stdout)
        har, back = (os.path.join(self.runs["working"].directory, name) for name in ("p.har", "back.cvr"))
        self.assertEqual(self.cvr("working", "export", path, "--format", "har", "-o", har).returncode, 0)
        with open(har, encoding="utf-8") as file:
            entries = json.load(file)["log"]["entries"]
        steps = [entry["_cvr"]["step"] for entry in entries]
        self.assertEqual(steps, [step["step"] for step in self.report("working")[0]["steps"] if step["n"]])
        self.assertEqual(self.cvr("working", "import", har, "-o", back).returncode, 0)
        again = json.loads(self.cvr("working", "export", back, "--format", "har").stdout)["log"]["entries"]
        self.assertEqual([entry["_cvr"]["step"] for entry in again], steps)


CASE = """schema = "cvr.case/1"
[case]
id = "C-1"
title = "t"
vendor = "v"
environment = "sandbox"
from = "f"
to = ["t"]
date = 2026-03-17
[impact]
since = 2026-03-16T08:00:00Z
lines = ["l"]
[[step]]
what = "w"
owner = "o"
timeline = "t"
status = "open"
[contact]
name = "n"
reach = "r"
[account]
oauth_method = "client_secret_basic"
"""


class Commands(CommandCase):
    def plan(self, text=PLAN):
        with open(self.path("plan.toml"), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path("plan.toml")

    def arguments(self, command, origin, *more):
        return [command, "-c", self.path("p.cvr"), "--plan", self.plan(), "--connect-to", f"{HOST}:443:127.0.0.1:{origin.port}",
                "--upstream-ca", Certificates.get().ca, *more]

    def test_usage(self):
        self.fails(2, "-c FILE is needed", "probe")
        self.fails(2, "plan.toml:1: unknown key bas (did you mean base?)", "probe", "-c", self.path("p.cvr"), "--plan",
                   self.plan('bas = "x"\n'))
        self.fails(3, "no.toml", "probe", "-c", self.path("p.cvr"), "--plan", self.path("no.toml"))
        self.fails(3, "no.env", "probe", "-c", self.path("p.cvr"), "--env-file", self.path("no.env"))
        self.fails(2, "no way to authenticate is configured; key: PROBE_KEY is not set", "watch", "--plan", self.plan())
        self.fails(2, "10s to 24h", "watch", "--every", "1s")
        self.fails(2, "--allow-record-in-ci", "probe", "-c", self.path("p.cvr"), env={"CI": "true"})
        with open(self.path("loose.env"), "w", encoding="utf-8") as file:
            file.write("A=1\n")
        os.chmod(self.path("loose.env"), 0o644)
        self.fails(3, "chmod 600", "probe", "-c", self.path("p.cvr"), "--env-file", self.path("loose.env"))
        self.assertFalse(os.path.exists(self.path("p.cvr")))
        self.assertIn("cvr probe -c", self.cvr("probe", "--help").stdout)
        self.assertIn("cvr watch", self.cvr("watch", "--help").stdout)

    def test_a_table_for_people(self):
        with RawOrigin(lambda _: ok(b"{}")) as origin:
            result = self.cvr(*self.arguments("probe", origin), env={"PROBE_KEY": made_up()})
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertEqual(result.stdout.splitlines()[0].split(), ["STEP", "EXPECTED", "GOT", "CODE", "MEANING"])
        self.assertNotIn("\x1b", result.stdout)
        self.assertEqual(result.stderr, "")

    def test_watch_notices_recovery_and_runs_a_command_without_a_shell(self):
        key, answers = made_up(), [b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", ok(b"{}")]
        with RawOrigin(lambda _: answers.pop(0)) as origin:
            arguments = self.arguments("watch", origin, "--every", "10s", "--seed", "7")
            played = Played(self.directory, {}, *arguments, "--", "printf", "%s|", "$(id)", "a b", env={"PROBE_KEY": key})
        self.assertEqual(played.status, 0, played.stderr)
        self.assertIn("seed 7", played.stderr)
        self.assertIn("auth-key: 401 -> 200", played.stdout)
        self.assertTrue(played.stdout.endswith("$(id)|a b|"), played.stdout)
        self.assertNotIn(key.encode(), played.all_that_is_left("p.cvr"))
        self.assertIn("sealed", self.cvr("verify", self.path("p.cvr")).stdout)

    def test_the_commands_status_is_the_answer(self):
        with RawOrigin(lambda _: ok(b"{}")) as origin:
            result = self.cvr(*self.arguments("watch", origin), "--", "sh", "-c", "exit 7", env={"PROBE_KEY": made_up()})
        self.assertEqual(result.returncode, 7, result.stderr)

    def test_a_signal_ends_a_watch_cleanly(self):
        asked = threading.Event()

        def refuse(_):
            asked.set()
            return b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"

        def interrupt(process):
            self.assertTrue(asked.wait(30))
            line = process.stdout.readline()  # of the first round: it waits now
            self.assertIn("round 1", line)
            process.send_signal(signal.SIGINT)

        with RawOrigin(refuse) as origin:
            played = Played(self.directory, {}, *self.arguments("watch", origin), env={"PROBE_KEY": made_up()}, act=interrupt)
        self.assertEqual(played.status, 1, played.stderr)
        self.assertIn("sealed", self.cvr("verify", self.path("p.cvr")).stdout)

    def test_a_signal_cuts_a_call(self):
        asked = threading.Event()

        def hang(_):
            asked.set()
            return [lambda connection: connection.recv(1), "close"]

        def interrupt(process):
            wait_until(asked.is_set, "the call")
            process.send_signal(signal.SIGTERM)

        with RawOrigin(hang) as origin:
            played = Played(self.directory, {}, *self.arguments("probe", origin, "--json"), env={"PROBE_KEY": made_up()},
                            act=interrupt)
        self.assertEqual(played.status, 1, played.stderr)
        self.assertEqual(json.loads(played.stdout)["stopped"], "ended by a signal")
        self.assertFalse(os.path.exists(self.path("p.cvr")))  # nothing was recorded


if __name__ == "__main__":
    main()
