"""[match] rules, --stateful, cvr match and cvr explain, with the real binary."""
import json
import os

from command_case import CommandCase
from support import RawOrigin, Tunnel, body_of, header, main, made_up, ok, status_of


def post(path, body):
    return (f"POST {path} HTTP/1.1\r\nHost: origin.test\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def get(path):
    return f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode()


class Matching(CommandCase):
    def record_all(self, requests, cassette="t.cvr", answer=None):
        with RawOrigin(answer or (lambda r: ok(b"made"))) as origin, self.record(origin, cassette=cassette) as proxy, \
                Tunnel(proxy) as client:
            return [body_of(client.exchange(request, request.split(b" ")[0].decode())) for request in requests]

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def test_a_looser_match_happens_by_a_rule_only_and_is_marked(self):
        self.record_all([post("/trips", '{"sentAt":"2026-01-01","pax":4}')])
        asked = post("/trips", '{"sentAt":"2026-02-02","pax":4}')
        with self.replay() as proxy, Tunnel(proxy) as client:
            miss = client.exchange(asked)
            self.assertEqual(header(miss, "x-cvr"), "miss")
            self.assertIn("/sentAt", json.loads(body_of(miss))["nearest"][0]["asked"])
        rules = self.write("m.toml", '[[match.routes]]\nroute = "POST /trips"\njson = { "/sentAt" = "any" }\n')
        with self.replay("--match", rules) as proxy:
            with Tunnel(proxy) as client:
                self.assertEqual(body_of(client.exchange(asked)), b"made")
                self.assertEqual(status_of(client.exchange(post("/trips", '{"sentAt":"2026-02-02","pax":5}'))), 502)
            self.assertEqual(proxy.stop(), 1)
            self.assertIn("1 hit by a looser match: a rule of [match]", proxy.stderr)
            self.assertIn('loosened: #1 POST https://origin.test/trips  body: asked /sentAt: "2026-02-02"', proxy.stderr)
        self.assertIn("~", self.cvr("ls", self.path("t.cvr"), "--match", rules).stdout)
        self.assertNotIn("~", self.cvr("ls", self.path("t.cvr")).stdout)

    def test_people_are_told_apart_and_never_confused_in_silence(self):
        alice, bob, carol = (made_up(8).lower() + "@people.test" for _ in range(3))
        dummy = {"Authorization": "Bearer " + made_up(30)}

        def of(person, token=None):
            head = f"GET /users/{person}?email={person} HTTP/1.1\r\nHost: origin.test\r\n"
            return (head + f"Authorization: Bearer {token or dummy['Authorization']}\r\n\r\n").encode()

        self.record_all([of(alice, made_up(30)), of(bob, made_up(30))],
                        answer=lambda r: ok(b"alice" if alice.encode() in r else b"bob"))
        with self.replay() as proxy, Tunnel(proxy) as client:  # another token: the person decides
            self.assertEqual([body_of(client.exchange(of(person))) for person in (bob, alice, bob)], [b"bob", b"alice", b"bob"])
            self.assertEqual(proxy.stop(), 0)
            self.assertNotIn("looser", proxy.stderr)
        with self.replay() as proxy, Tunnel(proxy) as client:  # nobody that was recorded: by kind, and told
            self.assertEqual(body_of(client.exchange(of(carol))), b"alice")
            proxy.stop()
            self.assertIn("1 hit by a looser match", proxy.stderr)
            self.assertIn("loosened: #1 GET https://origin.test/users/", proxy.stderr)
            self.assertNotIn(carol, proxy.stderr)

    def test_parts_and_news_have_answers_of_their_own(self):
        def part(name, value):
            return f"GET /file HTTP/1.1\r\nHost: origin.test\r\n{name}: {value}\r\n\r\n".encode()

        def answer(request):
            if b"Range" in request:
                return b"HTTP/1.1 206 Partial Content\r\nContent-Length: 3\r\n\r\n" + request.split(b"bytes=")[1][:3]
            return b"HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n" if b"If-None-Match" in request else ok(b"whole")

        first, second, news = part("Range", "bytes=0-1"), part("Range", "bytes=2-3"), part("If-None-Match", '"a"')
        self.record_all([first, second, news], answer=answer)
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual([body_of(client.exchange(r)) for r in (second, first)], [b"2-3", b"0-1"])
            self.assertEqual(status_of(client.exchange(part("Range", "bytes=4-5"))), 502)
            self.assertEqual(status_of(client.exchange(news)), 304)
            self.assertEqual(status_of(client.exchange(get("/file"))), 502)  # a 304 tells nothing to who has nothing
        self.record_all([get("/file")], cassette="whole.cvr", answer=answer)
        with self.replay(cassette="whole.cvr") as proxy, Tunnel(proxy) as client:
            self.assertEqual([body_of(client.exchange(r)) for r in (first, news)], [b"whole", b"whole"])

    def test_two_users_with_keys_of_their_own(self):
        def asked(key):
            return f"GET /me HTTP/1.1\r\nHost: origin.test\r\nX-Api-Key: {key}\r\n\r\n".encode()

        one, other = made_up(30), made_up(30)
        self.record_all([asked(one), asked(other)], answer=lambda r: ok(b"one" if one.encode() in r else b"other"))
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual([body_of(client.exchange(asked(key))) for key in (other, one)], [b"other", b"one"])
            self.assertEqual(status_of(client.exchange(get("/me"))), 502)
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual([body_of(client.exchange(asked(made_up(30)))) for _ in range(2)], [b"one", b"other"])

    def test_a_tolerance_and_a_set(self):
        self.record_all([post("/q", '{"price":100.0,"tags":["a","b"]}'), post("/q", '{"price":200.0,"tags":["a","b"]}')],
                        answer=lambda r: ok(b"100" if b"100.0" in r else b"200"))
        rules = self.write("m.toml", '[match]\njson = { "/price" = "number:0.5", "/tags" = "set" }\n')
        with self.replay("--match", rules) as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(post("/q", '{"price":199.6,"tags":["b","a"]}'))), b"200")
            self.assertEqual(body_of(client.exchange(post("/q", '{"price":100.5,"tags":["a","b"]}'))), b"100")
            self.assertEqual(status_of(client.exchange(post("/q", '{"price":150,"tags":["a","b"]}'))), 502)

    def test_recorded_under_rules_too(self):
        rules = self.write("m.toml", '[match]\nquery = { ts = "any" }\n')
        with RawOrigin(lambda _: ok(b"x")) as origin, self.record(origin, "--match", rules) as proxy, Tunnel(proxy) as client:
            client.exchange(get("/a?ts=1"))
        for more, status in ((("--match", rules), 200), ((), 502)):
            with self.replay(*more) as proxy, Tunnel(proxy) as client:
                self.assertEqual(status_of(client.exchange(get("/a?ts=2"))), status)

    def test_rules_of_cvr_toml_hold_and_errors_name_the_line(self):
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.path("."))
        self.record_all([get("/a?ts=1")])
        self.write("cvr.toml", '[match]\nquery = { ts = "any" }\n')
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(status_of(client.exchange(get("/a?ts=2"))), 200)
        self.assertIn("match", self.cvr("config").stdout)
        rows = self.cvr("match", "rules").stdout
        self.assertIn("every request", rows)
        self.assertRegex(rows, r"query +ts +any +\[match\]")
        self.write("cvr.toml", '[match]\nquerry = "any"\n')
        self.fails(2, "cvr.toml:2: unknown key querry", "config")
        self.write("cvr.toml", "")
        self.fails(2, "bad.toml:1: ", "match", "rules", "--match", self.write("bad.toml", "[match\n"))

    def test_learn_proposes_what_makes_two_runs_equal(self):
        self.record_all([post("/trips", '{"sentAt":"2026-01-01","pax":4}'), get("/trips/17"), get("/ping")], "a.cvr")
        self.record_all([post("/trips", '{"sentAt":"2026-02-02","pax":4}'), get("/trips/18"), get("/ping")], "b.cvr")
        learned = self.cvr("match", "learn", self.path("a.cvr"), self.path("b.cvr"))
        self.assertEqual(learned.returncode, 0, learned.stdout + learned.stderr)
        self.assertIn("# 3 requests in both recordings, 1 of them equal", learned.stdout)
        self.assertIn('differs in 1 of 1: "2026-01-01" | "2026-02-02"', learned.stdout)
        self.assertIn("# with these rules 3 of 3 are equal", learned.stdout)
        rules = self.write("learned.toml", learned.stdout)
        with self.replay("--match", rules, cassette="a.cvr") as proxy, Tunnel(proxy) as client:
            self.assertEqual(status_of(client.exchange(post("/trips", '{"sentAt":"2026-03-03","pax":4}'))), 200)
            self.assertEqual(status_of(client.exchange(get("/trips/19"))), 200)
        self.assertEqual(json.loads(self.cvr("match", "learn", self.path("a.cvr"), self.path("b.cvr"), "--json").stdout)["equal_with_rules"], 3)
        self.record_all([get("/other")], "c.cvr")
        self.assertEqual(self.cvr("match", "learn", self.path("a.cvr"), self.path("c.cvr")).returncode, 1)
        self.fails(2, "cvr match learn A B", "match", "learn", self.path("a.cvr"))

    def test_explain_offline(self):
        token = made_up()
        self.record_all([post("/trips", '{"pax":4}')])
        request = self.write("r.http", 'POST https://origin.test/trips\nContent-Type: application/json\n\n{"pax": 4}\n')
        told = self.cvr("explain", self.path("t.cvr"), "--request", request)
        self.assertEqual((told.returncode, told.stdout), (0, "answered by #1\n"), told.stderr)
        request = self.write("r.http", f'POST /trips HTTP/1.1\r\nHost: origin.test\r\nContent-Type: application/json\r\n\r\n'
                                       f'{{"pax":5,"password":"{token}"}}')
        told = self.cvr("explain", self.path("t.cvr"), "--request", request)
        self.assertEqual(told.returncode, 1)
        self.assertIn("#1", told.stdout)
        self.assertIn("/pax", told.stdout)
        self.assertNotIn(token, told.stdout + told.stderr)
        problem = json.loads(self.cvr("explain", self.path("t.cvr"), "--request", request, "--json").stdout)
        self.assertEqual(problem["nearest"][0]["n"], 1)
        for text in ("", "nonsense\n", "GET  /a\n", "GET /a HTTP/1.1\nBad Header: x\n\n", f"GET https://{token}@origin.test/\n"):
            failed = self.fails(2, "r.http: ", "explain", self.path("t.cvr"), "--request", self.write("r.http", text))
            self.assertNotIn(token, failed.stderr)
        self.fails(2, "--request FILE is needed", "explain", self.path("t.cvr"))
        self.fails(3, "absent.http", "explain", self.path("t.cvr"), "--request", self.path("absent.http"))

    def test_a_dummy_in_the_path_stands_for_a_recorded_secret_and_is_told(self):
        token = made_up()
        with open(self.path(".env"), "w", encoding="utf-8") as file:
            file.write(f"BOT={token}\n")
        with RawOrigin(lambda _: ok(b"me")) as origin, self.record(origin, "--secrets", self.path(".env")) as proxy, \
                Tunnel(proxy) as client:
            client.exchange(get(f"/hooks/{token}/getMe"))
            client.exchange(get("/trips/plain-words"))
        with self.replay() as proxy:
            with Tunnel(proxy) as client:
                self.assertEqual(body_of(client.exchange(get(f"/hooks/{made_up()}/getMe"))), b"me")
                # What was recorded as it is must be asked for as it is.
                self.assertEqual(status_of(client.exchange(get(f"/trips/{made_up()}"))), 502)
            self.assertEqual(proxy.stop(), 1)
        self.assertIn("loosened: #1 GET https://origin.test/hooks/", proxy.stderr)
        self.assertIn("1 hits, 1 misses", proxy.stderr)

    def test_stateful_reads_follow_the_writes(self):
        states = iter(["new", "new", "ok", "cancelled", "ok", "cancelled", "gone"])
        requests = [get("/trips/1"), get("/trips/1"), post("/trips/1/cancel", "{}"), get("/trips/1")]
        self.assertEqual(self.record_all(requests, answer=lambda _: ok(next(states).encode())),
                         [b"new", b"new", b"ok", b"cancelled"])
        with self.replay("--stateful") as proxy, Tunnel(proxy) as client:
            read = lambda: body_of(client.exchange(get("/trips/1")))
            self.assertEqual([read() for _ in range(5)], [b"new"] * 5)  # more polls than recorded
            self.assertEqual(body_of(client.exchange(post("/trips/1/cancel", "{}"))), b"ok")
            self.assertEqual([read() for _ in range(3)], [b"cancelled"] * 3)
        with self.replay("--stateful") as proxy, Tunnel(proxy) as client:  # fewer polls: none
            client.exchange(post("/trips/1/cancel", "{}"))
            self.assertEqual(body_of(client.exchange(get("/trips/1"))), b"cancelled")


if __name__ == "__main__":
    main()
