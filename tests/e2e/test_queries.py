"""The commands that ask cassettes: grep, stats, diff."""
import json

from command_case import CommandCase
from support import RawOrigin, Tunnel, main, ok


class Grep(CommandCase):
    def setUp(self):
        super().setUp()
        body = b'{"data":[{"id":"alpha"},{"id":"beta"}]}'
        with RawOrigin(lambda _: ok(body, "Content-Type: application/json", "Vary: Origin")) as origin, self.record(origin) as proxy, \
                Tunnel(proxy) as client:
            client.exchange(b"GET /trips/1 HTTP/1.1\r\nHost: origin.test\r\n\r\n")
            client.exchange(b"POST /trips HTTP/1.1\r\nHost: origin.test\r\nContent-Length: 4\r\n\r\nbeta", "POST")
        self.cassette = self.path("t.cvr")

    def lines(self, *arguments):
        return [json.loads(line) for line in self.cvr("grep", *arguments, self.cassette, "--json").stdout.splitlines()]

    def test_finds_headers_bodies_and_urls(self):
        self.assertEqual([(one["n"], one["place"]) for one in self.lines("beta")],
                         [(1, "response body"), (2, "request body"), (2, "response body")])
        self.assertEqual([one["place"] for one in self.lines("-i", "vary: ORIGIN")], ["response header Vary"] * 2)
        self.assertEqual([one["n"] for one in self.lines("/trips/1")], [1])
        self.assertIn("response header Vary: Vary: Origin", self.cvr("grep", "Vary", self.cassette).stdout)

    def test_filters(self):
        self.assertEqual([one["n"] for one in self.lines("", "--method", "POST")], [2])
        self.assertEqual([one["n"] for one in self.lines("", "--route", "/trips/*")], [1])
        self.assertEqual([one["n"] for one in self.lines("", "--status", "2xx")], [1, 2])
        self.assertEqual([(one["pointer"], one["match"]) for one in self.lines("^b", "--json-pointer", "/data/*/id", "--method", "GET")],
                         [("/data/1/id", "b")])

    def test_nothing_found_is_one(self):
        result = self.cvr("grep", "nowhere", self.cassette)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (1, "", ""))
        self.assertEqual(self.cvr("grep", "", self.cassette, "--status", "5xx").returncode, 1)
        self.assertEqual(self.cvr("grep", "beta", self.cassette).returncode, 0)

    def test_bad_usage(self):
        self.fails(2, "--status", "grep", "x", self.cassette, "--status", "hundred")
        self.fails(2, "-F takes it as a text", "grep", "(", self.cassette)
        self.fails(3, "none.cvr", "grep", "x", self.path("none.cvr"))

    def test_stats(self):
        figures = json.loads(self.cvr("stats", self.cassette, "--json").stdout)
        self.assertEqual([(one["route"], one["count"], one["outcomes"]) for one in figures["routes"]],
                         [("GET /trips/*", 1, {"200": 1}), ("POST /trips", 1, {"200": 1})])
        self.assertEqual(figures["all"]["count"], 2)
        self.assertEqual(figures["all"]["request_bytes"], 4)
        text = self.cvr("stats", self.cassette).stdout
        self.assertIn("GET /trips/*", text)
        self.assertIn("p95 ms", text)


class Diff(CommandCase):
    def record_answers(self, name, answers):
        """A cassette of one GET a path, with the body given."""
        replies = dict(answers)
        def answer(request):
            return ok(replies[request.split(b" ")[1].decode()].encode(), "Content-Type: application/json", f"Date: {name}")
        with RawOrigin(answer) as origin, self.record(origin, cassette=name) as proxy, Tunnel(proxy) as client:
            for path in replies:
                client.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
        return self.path(name)

    def test_pairs_by_request_whatever_the_order(self):
        a = self.record_answers("a.cvr", {"/1": '{"v":{"x":1}}', "/two": "{}", "/gone": "{}"})
        b = self.record_answers("b.cvr", {"/two": "{}", "/new-one": "{}", "/1": '{"v":{"x":2}}'})
        result = self.cvr("diff", a, b, "--json")
        self.assertEqual(result.returncode, 1, result.stderr)
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        told = [(one["change"], one.get("a"), one.get("b")) for one in lines[:-1]]
        self.assertEqual(told, [("changed", 1, 3), ("volatile", 2, 1), ("removed", 3, None), ("added", None, 2)])
        counting = [one for one in lines[0]["differences"] if not one["volatile"]]
        self.assertEqual(counting, [{"part": "response body", "place": "/v/x", "before": "1", "after": "2", "volatile": False}])
        self.assertEqual(lines[-1]["totals"]["changed"], 1)
        text = self.cvr("diff", a, b).stdout
        self.assertIn("response body /v/x: 1 -> 2", text)
        self.assertNotIn("volatile)", text)
        self.assertIn("(volatile) response header date: a.cvr -> b.cvr", self.cvr("diff", a, b, "--volatile").stdout)

    def test_the_same_is_zero(self):
        a = self.record_answers("a.cvr", {"/1": "{}"})
        b = self.record_answers("b.cvr", {"/1": "{}"})
        self.assertEqual(self.cvr("diff", a, a).returncode, 0)
        result = self.cvr("diff", a, b)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("1 but for volatile parts", result.stdout)


if __name__ == "__main__":
    main()
