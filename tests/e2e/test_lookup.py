"""A large sealed cassette answers by its look-up table and its hints as one does that was read as a whole: a random
recording, asked the same at random under rules that it was not recorded with."""
import json
import struct

from import_case import ImportCase
from support import Cvr, Tunnel, body_of, main, made_up, rng, status_of

COUNT = 10_200  # a cassette carries look-up table and hints from 10,000 interactions on
ASKED = 120
HOST = "api.origin.test"
RECORDED = '[match]\nquery = { old = "any" }\n'
RULES = {
    "query": '[match]\nquery = { ts = "any" }\n',
    "json": '[match]\njson = { "/sentAt" = "any", "/seats" = "number:1" }\n',
    "route": '[[match.routes]]\nroute = "POST /trips/*"\nbody = "any"\n',
    "credentials": '[match]\ncredentials = "any"\nheaders = ["x-tenant"]\n',
    "path": '[match]\npath = "regex:(/trips/)[0-9]+"\n',
    "none": "",
}
HINTS, INTERACTION = 8, 2
PARTS = ("first", "second", "third")  # the same recording in three that are too small for hints


def random_request(tokens):
    """(method, target, headers, body)"""
    method = rng.choice(("GET", "GET", "GET", "POST", "DELETE"))
    target = rng.choice((f"/trips/{rng.randrange(400)}", f"/quotes/{rng.randrange(2000)}", "/ping"))
    if rng.random() < 0.4:
        target += f"?ts={rng.randrange(4)}&old={rng.randrange(2)}"
    headers = {"Authorization": "Bearer " + rng.choice(tokens)}
    if rng.random() < 0.3:
        headers["X-Tenant"] = rng.choice("ab")
    body = ""
    if method == "POST":
        headers["Content-Type"] = "application/json"
        body = json.dumps({"sentAt": rng.randrange(4), "seats": rng.randrange(6)})
    return method, target, headers, body


def har(requests, first):
    entries = []
    for number, (method, target, headers, body) in enumerate(requests, first):
        asked = {"method": method, "url": f"https://{HOST}{target}", "httpVersion": "HTTP/1.1",
                 "headers": [{"name": name, "value": value} for name, value in headers.items()]}
        if body:
            asked["postData"] = {"mimeType": "application/json", "text": body}
        text = f"answer {number}"
        entries.append({"startedDateTime": "2026-03-14T09:00:00.125Z", "time": 1, "request": asked,
                        "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1",
                                     "headers": [{"name": "Content-Type", "value": "text/plain"}],
                                     "content": {"size": len(text), "mimeType": "text/plain", "text": text}},
                        "timings": {"send": 0, "wait": 1, "receive": 0}})
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "by hand", "version": "1"}, "entries": entries}})


def frame_types(path):
    """How often each type of frame stands in a cassette."""
    types = {}
    with open(path, "rb") as file:
        data = file.read()
    at = 16
    while at < len(data):
        _, kind, _, size = struct.unpack_from("<2sBBI", data, at)
        types[kind] = types.get(kind, 0) + 1
        at += 56 + size
    return types


class Lookup(ImportCase):
    def setUp(self):
        super().setUp()
        self.tokens = [made_up() for _ in range(3)]
        requests = [random_request(self.tokens) for _ in range(COUNT)]
        rules = self.file("recorded.toml", RECORDED)
        third = COUNT // len(PARTS)
        stretches = [("whole", 0, COUNT), *((name, at * third, (at + 1) * third) for at, name in enumerate(PARTS))]
        for name, begin, end in stretches:
            self.imported(self.file(name + ".har", har(requests[begin:end], begin + 1)), "--match", rules, out=name + ".cvr")
        self.posted = next(target.partition("?")[0] for method, target, *_ in requests if method == "POST" and "/trips/" in target)
        self.asked = [random_request(self.tokens) for _ in range(ASKED)]

    def answers(self, cassettes, *more):
        named = [word for name in cassettes for word in ("-c", self.path(name + ".cvr"))]
        out = []
        with Cvr(self.directory, "replay", *named, "--host", "*.origin.test", *more) as proxy, Tunnel(proxy, HOST) as client:
            for method, target, headers, body in self.asked:
                lines = [f"{method} {target} HTTP/1.1", f"Host: {HOST}", *(f"{k}: {v}" for k, v in headers.items())]
                if body:
                    lines.append(f"Content-Length: {len(body)}")
                answer = client.exchange("\r\n".join([*lines, "", body]).encode())
                out.append((method, target, body, status_of(answer), body_of(answer)))
        return out

    def test_under_other_rules_and_stateful(self):
        self.assertEqual(frame_types(self.path("whole.cvr"))[HINTS], 3)
        for name in PARTS:  # what they hold is read
            self.assertNotIn(HINTS, frame_types(self.path(name + ".cvr")))
        for name, text in RULES.items():
            rules = self.file("now.toml", text)
            for more in ((), ("--stateful",)):
                with self.subTest(rules=name, more=more):
                    ours = self.answers(["whole"], "--match", rules, *more)
                    self.assertEqual(ours, self.answers(PARTS, "--match", rules, *more))
                    hits = sum(status == 200 for *_, status, _ in ours)
                    self.assertGreater(hits, ASKED // 10)

    def test_explains_by_the_route_that_was_asked(self):
        rules = self.file("now.toml", RULES["json"])
        request = self.file("r.http", f"POST https://{HOST}{self.posted}\nContent-Type: application/json\n\n" + '{"sentAt":1,"seats":99}\n')
        told = [self.cvr("explain", self.path(name + ".cvr"), "--request", request, "--match", rules, "--json")
                for name in ("whole", "first")]
        self.assertEqual([one.returncode for one in told], [1, 1])
        nearest = [json.loads(one.stdout)["nearest"][0] for one in told]
        self.assertEqual([one["url"].partition("?")[0] for one in nearest], [f"https://{HOST}{self.posted}"] * 2)

    def test_a_copy_is_hinted_anew(self):
        out = self.path("copy.cvr")
        done = self.cvr("trim", self.path("whole.cvr"), "--drop", "1-100", "-o", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        types = frame_types(out)
        self.assertEqual((types[INTERACTION], types[HINTS]), (COUNT - 100, 3))
        self.assertIn(": sealed, ", self.cvr("verify", out).stdout)


if __name__ == "__main__":
    main()
