"""cvr git-setup with a real git: text diffs of cassettes, and recordings of two branches as one."""
import json
import os
import subprocess

from command_case import CommandCase
from support import CVR, RawOrigin, Tunnel, main, made_up, ok


class Git(CommandCase):
    def setUp(self):
        super().setUp()
        self.repository = self.path("repo with space")
        self.environment = {**os.environ, "CVR_HOME": self.path("home"), "HOME": self.directory, "GIT_CONFIG_NOSYSTEM": "1",
                            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_PAGER": "cat"}
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            self.environment.pop(name, None)
        os.mkdir(self.repository)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "test")
        self.git("config", "user.email", "test@example.com")

    def run_here(self, *arguments):
        return subprocess.run(arguments, cwd=self.repository, env=self.environment, capture_output=True, text=True, timeout=60, check=False)

    def git(self, *arguments, status=0):
        result = self.run_here("git", *arguments)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result.stdout

    def setup_git(self, *arguments):
        result = self.run_here(CVR, "git-setup", *arguments)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def tape(self, answers, name="trips.cvr"):
        """Records one GET a path with a token of its own, and puts the cassette into the repository."""
        replies = dict(answers)
        def answer(request):
            body = replies[request.split(b" ")[1].decode()]
            return ok(body.encode(), "Content-Type: application/json", f"Date: {made_up(12)}", f"X-Request-Id: {made_up(12)}")
        target = os.path.join(self.repository, name)
        if os.path.exists(target):
            os.remove(target)
        with RawOrigin(answer) as origin, self.record(origin, cassette=os.path.join("repo with space", name)) as proxy, Tunnel(proxy) as client:
            for path in replies:
                client.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\nAuthorization: Bearer {made_up(40)}\r\n\r\n".encode())

    def commit(self, text):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", text)

    def test_a_recording_made_anew_shows_what_changed_and_nothing_else(self):
        self.setup_git()
        self.tape({"/1": '{"a":1,"v":{"seats":4}}', "/2": "{}"})
        self.commit("first")
        self.tape({"/2": "{}", "/1": '{"v":{"seats":5},"a":1}'})
        lines = [line for line in self.git("diff").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
        self.assertEqual(lines, ['-    "seats": 4', '+    "seats": 5'])
        self.assertIn("GET https://origin.test/1", self.git("diff", "-U0"))
        self.tape({"/1": '{"a":1,"v":{"seats":4}}', "/2": "{}"})
        self.assertEqual(self.git("diff"), "")

    def test_a_damaged_cassette_of_the_past_does_not_end_the_log(self):
        self.setup_git()
        self.tape([("/a", '{"first": 1}')])
        self.git("add", ".")
        self.git("commit", "-qm", "one")
        path = os.path.join(self.repository, "trips.cvr")
        with open(path, "rb") as file:
            whole = file.read()
        with open(path, "wb") as file:
            file.write(whole[:200] + b"?" + whole[201:])
        self.git("commit", "-qam", "damaged")
        with open(path, "wb") as file:
            file.write(whole)
        self.git("commit", "-qam", "whole again")
        log = self.git("log", "-p")
        self.assertEqual(log.count("+=== damage: "), 1, log)
        self.assertEqual(log.count("-=== damage: "), 1)

    def test_two_branches_become_one(self):
        self.setup_git()
        self.tape({"/1": "{}"})
        self.commit("first")
        extra = {"ours": "/ours", "theirs": "/theirs"}
        for branch, path in extra.items():
            self.git("checkout", "-q", "-b", branch, "main")
            self.tape({path: "{}"}, "more.cvr")
            here = os.path.join(self.repository, "trips.cvr")
            result = self.run_here(CVR, "merge", here, os.path.join(self.repository, "more.cvr"), "-o", here + ".new")
            self.assertEqual(result.returncode, 0, result.stderr)
            os.replace(here + ".new", here)
            os.remove(os.path.join(self.repository, "more.cvr"))
            self.commit(branch)
        self.git("checkout", "-q", "ours")
        self.git("merge", "-q", "--no-edit", "theirs")
        listing = self.run_here(CVR, "ls", "trips.cvr", "--json").stdout
        self.assertEqual([json.loads(line)["url"] for line in listing.splitlines()],
                         [f"https://origin.test{path}" for path in ("/1", "/ours", "/theirs")])
        self.assertEqual(self.run_here(CVR, "verify", "trips.cvr").returncode, 0)

    def test_both_branches_added_the_cassette(self):
        self.setup_git()
        self.commit("empty")
        for branch in ("ours", "theirs"):
            self.git("checkout", "-q", "-b", branch, "main")
            self.tape({f"/{branch}": "{}"})
            self.commit(branch)
        self.git("checkout", "-q", "ours")
        self.git("merge", "-q", "--no-edit", "theirs")
        listing = self.run_here(CVR, "ls", "trips.cvr", "--json").stdout
        self.assertEqual([json.loads(line)["url"] for line in listing.splitlines()],
                         ["https://origin.test/ours", "https://origin.test/theirs"])

    def test_a_changed_answer_keeps_its_turn_among_equal_requests(self):
        self.setup_git()
        answers = iter(["old", "second"])
        request = f"GET /1 HTTP/1.1\r\nHost: origin.test\r\nAuthorization: Bearer {made_up(40)}\r\n\r\n".encode()
        with RawOrigin(lambda _: ok(next(answers).encode(), "Content-Type: text/plain")) as origin:
            with self.record(origin, cassette=os.path.join("repo with space", "trips.cvr")) as proxy, Tunnel(proxy) as client:
                client.exchange(request)
                client.exchange(request)
        self.commit("first")
        self.git("checkout", "-q", "-b", "theirs")
        self.environment["EDITOR"] = "sed -i s/^old$/new/"
        self.assertEqual(self.run_here(CVR, "edit", "trips.cvr", "1").returncode, 0)
        self.commit("a newer first answer")
        self.git("checkout", "-q", "-b", "ours", "main")
        self.tape({"/ours": "{}"}, "more.cvr")
        self.assertEqual(self.run_here(CVR, "merge", "trips.cvr", "more.cvr", "-o", "new.cvr").returncode, 0)
        os.replace(os.path.join(self.repository, "new.cvr"), os.path.join(self.repository, "trips.cvr"))
        os.remove(os.path.join(self.repository, "more.cvr"))
        self.commit("ours")
        self.git("merge", "-q", "--no-edit", "theirs")
        lines = self.run_here(CVR, "cat", "trips.cvr", "--json").stdout.splitlines()
        self.assertEqual([json.loads(line)["response"]["body"]["text"] for line in lines], ["new", "second", "{}"])

    def test_a_checkout_that_the_group_may_write_replays_and_names_the_chmod(self):
        self.tape({"/1": "{}"})
        path = os.path.join(self.repository, "trips.cvr")
        os.chmod(path, 0o664)
        self.assertEqual(self.run_here(CVR, "replay", "-c", path, "--host", "origin.test", "--listen", "127.0.0.1:0", "--", "true").returncode, 0)
        arguments = ("record", "-c", path, "--host", "origin.test", "--listen", "127.0.0.1:0", "--allow-record-in-ci", "--", "true")
        self.fails(3, f"mend with: chmod go-w '{path}'", *arguments)
        subprocess.run(["sh", "-c", f"chmod go-w '{path}'"], check=True)
        self.assertEqual(self.run_here(CVR, *arguments).returncode, 0)

    def test_a_conflict_is_one(self):
        self.setup_git()
        self.tape({"/1": "{}"})
        self.commit("first")
        for branch, body in (("ours", '{"v":1}'), ("theirs", '{"v":2}')):
            self.git("checkout", "-q", "-b", branch, "main")
            self.tape({"/1": body})
            self.commit(branch)
        self.git("checkout", "-q", "ours")
        result = self.run_here("git", "merge", "theirs")
        self.assertEqual(result.returncode, 1)
        self.assertIn("GET https://origin.test/1 (#1 here, #1 there): response body /v differs", result.stderr)
        self.assertIn("UU trips.cvr", self.git("status", "--porcelain"))
        self.assertIn('{"v":1}', self.run_here(CVR, "cat", "trips.cvr", "--json").stdout.replace('\\"', '"'))

    def test_says_what_it_did_and_does_it_once(self):
        path = os.path.join(self.repository, ".gitattributes")
        with open(path, "w", encoding="ascii") as file:
            file.write("*.png binary\n")
        printed = self.setup_git("--print")
        self.assertIn("(would be set)", printed)
        self.assertNotIn("cvr", self.git("config", "--local", "--list").replace("cvr-e2e", ""))
        self.assertIn("diff.cvr.textconv", self.setup_git())
        config = self.git("config", "--local", "--list")
        again = self.setup_git("--json")
        self.assertEqual({step["done"] for step in json.loads(again)["steps"]}, {"there already"})
        self.assertEqual(self.git("config", "--local", "--list"), config)
        with open(path, encoding="ascii") as file:
            self.assertEqual(file.read(), "*.png binary\n*.cvr diff=cvr merge=cvr -text\n")
        self.assertIn("(removed)", self.setup_git("--remove"))
        self.assertNotIn("diff.cvr", self.git("config", "--local", "--list"))
        with open(path, encoding="ascii") as file:
            self.assertEqual(file.read(), "*.png binary\n")
        self.assertIn("(not there)", self.setup_git("--remove"))

    def test_outside_a_repository(self):
        result = subprocess.run([CVR, "git-setup"], cwd=self.directory, env=self.environment, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn("no git repository", result.stderr)


if __name__ == "__main__":
    main()
