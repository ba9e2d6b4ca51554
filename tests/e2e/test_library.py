"""cvr library: a directory of cassettes."""
import json
import os

from command_case import CommandCase
from support import RawOrigin, Tunnel, main, made_up, ok


class Library(CommandCase):
    def setUp(self):
        super().setUp()
        self.shelf = self.path("cassettes")
        os.makedirs(os.path.join(self.shelf, "deep"))

    def tape(self, name, requests, body=b"{}"):
        with RawOrigin(lambda _: ok(body, "Content-Type: application/json", f"Date: {made_up(10)}")) as origin, \
                self.record(origin, cassette=os.path.join("cassettes", name)) as proxy, Tunnel(proxy) as client:
            for line in requests:
                client.exchange(f"{line} HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 0\r\n\r\n".encode(), line.split()[0])
        return os.path.join(self.shelf, name)

    def library(self, *arguments, status=0):
        result = self.cvr("library", self.shelf, *arguments, "--json")
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return json.loads(result.stdout)

    def numbers(self, path):
        return [json.loads(line)["url"].rsplit("/", 1)[1] for line in self.cvr("ls", path, "--json").stdout.splitlines()]

    def test_lists_and_finds(self):
        a = self.tape("a.cvr", ["GET /trips/1", "POST /trips"])
        b = self.tape("deep/b.cvr", ["GET /trips/2"])
        told = self.library()
        self.assertEqual([(one["file"], one["interactions"], one["health"], one["origin"]) for one in told["cassettes"]],
                         [(a, 2, "sealed", "https://origin.test"), (b, 1, "sealed", "https://origin.test")])
        self.assertEqual(told["interactions"], 3)
        self.assertIn("2 cassettes, 3 interactions", self.cvr("library", self.shelf).stdout)
        found = self.cvr("library", self.shelf, "find", "GET /trips/*", "--json")
        self.assertEqual([(one["file"], one["n"]) for one in map(json.loads, found.stdout.splitlines())], [(a, 1), (b, 1)])
        self.assertEqual(self.cvr("library", self.shelf, "find", "/none").returncode, 1)

    def test_verifies_all(self):
        value = made_up(18)
        paths = [self.tape(f"{i}.cvr", ["GET /1"]) for i in range(4)]
        leaking = self.tape("leak.cvr", ["GET /1"], f'{{"note":"so {value}"}}'.encode())
        self.assertEqual(self.library("verify")["not_sound"], 0)
        self.damaged(paths[2], b"/1")
        told = self.library("verify", "--secrets", self.secrets_file(value), status=1)
        self.assertEqual([one["file"] for one in told["cassettes"] if not one["sound"]], [paths[2], leaking])
        self.assertNotIn(value, json.dumps(told))
        listed = self.library(status=1)
        self.assertEqual([one["file"] for one in listed["cassettes"] if one["health"] == "damaged"], [paths[2]])

    def test_dedupes(self):
        path = self.tape("a.cvr", ["GET /1", "GET /1", "POST /2", "GET /1", "GET /1"])
        same = [self.tape(name, ["GET /x"]) for name in ("b.cvr", "c.cvr")]
        told = self.library("dedupe")
        self.assertEqual([(one["file"], one["numbers"]) for one in told["cassettes"]], [(path, [2, 5])])
        self.assertEqual(told["same"], [same])
        self.assertEqual(len(self.numbers(path)), 5)
        self.library("dedupe", "--apply")
        self.assertEqual(self.numbers(path), ["1", "2", "1"])
        self.assertEqual(self.library("dedupe")["interactions"], 0)
        self.assertEqual(self.library("verify")["not_sound"], 0)

    def test_prunes_what_no_replay_used(self):
        path = self.tape("a.cvr", ["GET /1", "GET /2", "GET /3"])
        reports = []
        for wanted in ("/1", "/3"):
            with self.replay("--json", cassette=os.path.join("cassettes", "a.cvr")) as proxy, Tunnel(proxy) as client:
                client.exchange(f"GET {wanted} HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 0\r\n\r\n".encode())
            reports.append(self.path(wanted.strip("/") + ".json"))
            with open(reports[-1], "w", encoding="utf-8") as file:
                file.write(proxy.stdout)
        uses = [word for report in reports for word in ("--used", report)]
        told = self.library("prune", *uses)
        self.assertEqual([(one["file"], one["numbers"]) for one in told["cassettes"]], [(path, [2])])
        self.assertEqual(self.numbers(path), ["1", "2", "3"])
        self.library("prune", *uses, "--apply")
        self.assertEqual(self.numbers(path), ["1", "3"])
        self.fails(2, "does not fit", "library", self.shelf, "prune", *uses)

    def test_bad_usage(self):
        self.fails(2, "list, find, verify", "library", self.shelf, "burn")
        self.fails(2, "ROUTE goes with find", "library", self.shelf, "find")
        self.fails(2, "--used FILE", "library", self.shelf, "prune")
        self.fails(2, "--apply", "library", self.shelf, "verify", "--apply")
        self.fails(3, "can not be read: No such file", "library", self.path("none"))
        with open(self.path("bad.json"), "w", encoding="ascii") as file:
            file.write("[]")
        self.fails(2, "no directory of cassettes", "library", self.path("bad.json"))
        self.fails(2, "line 1", "library", self.shelf, "prune", "--used", self.path("bad.json"))


if __name__ == "__main__":
    main()
