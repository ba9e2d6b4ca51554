"""CVR -> X -> CVR: what comes back of an export."""
import gzip
import json

from import_case import ImportCase
from support import RawOrigin, Tunnel, body_of, header, made_up, main, ok, status_of


class RoundTripCase(ImportCase):
    ODD = ()  # more requests
    OPTIONS = ()

    def answer(self, request):
        target = request.split(b" ")[1]
        if target.startswith(b"/gzip"):
            body = gzip.compress(b'{"id": 7, "name": "caf\xc3\xa9", "list": [1.50, 2]}', mtime=0)
            return ok(body, "Content-Type: application/json", "Content-Encoding: gzip", "ETag: \"a\"")
        if target.startswith(b"/token"):
            return ok(json.dumps({"access_token": self.token, "expires_in": 3600}).encode(), "Content-Type: application/json",
                      "Set-Cookie: sid=" + self.cookie + "; Path=/; HttpOnly", "Set-Cookie: theme=dark")
        if target.startswith(b"/bytes"):
            return ok(bytes(range(256)), "Content-Type: application/octet-stream", "X-Request-Id: abc")
        if target.startswith(b"/missing"):
            return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnone"
        if target.startswith(b"/reset"):
            return ["reset"]
        if target.startswith(b"/cut"):
            return [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nhalf of it", "close"]
        if target.startswith(b"/large"):
            return ok(b"z" * 5000, "Content-Type: text/plain")
        if target.startswith(b"/chunked"):
            return [b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                    b"3\r\nabc\r\n4\r\ndefg\r\n0\r\nX-Sum: 7\r\n\r\n"]
        return ok(b"plain text", "Content-Type: text/plain", "Date: Sat, 14 Mar 2026 08:00:00 GMT")

    def setUp(self):
        super().setUp()
        self.token, self.cookie = made_up(), made_up()
        requests = [f"{method} {target} HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n{more}".encode() for method, target, more in (
            ("POST", "/token", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 51\r\n\r\n"
             "grant_type=client_credentials&client_secret=" + made_up(7)),
            ("GET", "/gzip?x=1&y=a%20b", f"Authorization: Bearer {self.token}\r\n\r\n"),
            ("POST", "/trips", "Content-Type: application/json\r\nContent-Length: 42\r\n\r\n"
             '{"seats":4,"note":"a","price":10.50,"b":1}'),
            ("GET", "/bytes", "\r\n"), ("HEAD", "/plain", "\r\n"), ("GET", "/missing", "\r\n"), ("GET", "/plain", "\r\n"),
            ("GET", "/plain", "\r\n"), *self.ODD)]
        with RawOrigin(self.answer) as origin, self.record(origin, *self.OPTIONS) as proxy:
            with Tunnel(proxy) as client:
                for request in requests:
                    client.exchange(request, request.split(b" ")[0].decode())
            for target in (b"/cut",) if self.ODD else ():
                with Tunnel(proxy) as client:
                    client.exchange(b"GET %s HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n\r\n" % target)
            with Tunnel(proxy) as client:
                client.exchange(b"GET /reset HTTP/1.1\r\nHost: origin.test\r\n\r\n")

    def there_and_back(self, name):
        path = self.path("out." + name)
        self.assertEqual(self.cvr("export", self.path("t.cvr"), "--format", name, "-o", path).returncode, 0)
        self.imported(path, out=name + ".cvr")
        before, after = self.lines(self.path("t.cvr")), self.lines(self.path(name + ".cvr"))
        return before, after

    def without(self, lines, *paths):
        """The exported lines without what the format can not hold.  No format holds a size on the wire: what was redacted or
        compressed has another one now."""
        out = json.loads(json.dumps(lines))
        for line in out:
            line.pop("redactions")
            line.pop("notes", None)
            for side in ("request", "response"):
                if side in line:
                    line[side]["body"].pop("bytes")
            for path in paths:
                place = line
                *parents, last = path.split("/")
                for parent in parents:
                    place = place.get(parent, {})
                place.pop(last, None)
        return out


class RoundTrips(RoundTripCase):
    """CVR -> X -> CVR is the same but for what X can not hold."""

    def test_jsonl(self):
        before, after = self.there_and_back("jsonl")
        self.assertEqual(self.without(after), self.without(before))

    def test_har(self):
        before, after = self.there_and_back("har")
        self.assertEqual(self.without(after), self.without(before))

    def test_canonical_text_is_equal(self):
        for name in ("jsonl", "har"):
            self.there_and_back(name)
            # Notes are about the redaction of the recording.
            cats = [[line for line in self.cvr("cat", self.path(file)).stdout.splitlines() if not line.startswith("[note ")]
                    for file in ("t.cvr", name + ".cvr")]
            self.assertEqual(cats[0], cats[1], name)

    def test_playwright(self):
        before, after = self.there_and_back("playwright")
        self.assertEqual(self.without(after), self.without(before))

    def test_vcrpy(self):
        before, after = self.there_and_back("vcrpy")
        kept = [line for line in before if "response" in line]  # no place for failures
        self.assertEqual(self.without(after, "n"), self.without(kept, "n"))

    def test_wiremock(self):
        before, after = self.there_and_back("wiremock")
        self.assertEqual(self.without(after), self.without(before))

    def test_each_replays_the_same(self):
        for name in ("har", "jsonl", "vcrpy", "wiremock", "playwright"):
            with self.subTest(name):
                self.there_and_back(name)
                plain = self.replays(b"GET /plain HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n\r\n", name + ".cvr", "origin.test")
                self.assertEqual(body_of(plain), b"plain text")
                raw = self.replays(b"GET /bytes HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n\r\n", name + ".cvr", "origin.test")
                self.assertEqual(body_of(raw), bytes(range(256)))


class OddRoundTrips(RoundTripCase):
    """Trailers, pieces, notes, half and omitted bodies."""
    OPTIONS = ("--body-limit", "4K")
    ODD = (("GET", "/chunked", "\r\n"), ("GET", "/large", "\r\n"))

    # What of a line of `export --format jsonl` is lost under which name of `--list-formats`.
    NAMED = {"redactions": "which rule replaced what", "bytes": "sizes on the wire of bodies that were redacted, compressed or left out",
             "omitted": "why a body was omitted, and its digest", "digest": "why a body was omitted, and its digest",
             "trailers": "pseudonyms of under eight bytes, which an import replaces anew"}

    def differences(self, before, after, path=""):
        if isinstance(before, dict) and isinstance(after, dict):
            for name in sorted({*before, *after}):
                yield from self.differences(before.get(name), after.get(name), f"{path}/{name}")
        elif before != after:
            yield path

    def test_what_differs_after_a_round_trip_is_listed(self):
        listed = {f["name"]: f["can_not_hold"] for f in json.loads(self.cvr("export", "--list-formats", "--json").stdout)["formats"]}
        for name in ("har", "jsonl", "vcrpy", "wiremock", "playwright"):
            with self.subTest(name):
                before, after = self.there_and_back(name)
                report = json.loads(self.cvr("export", self.path("t.cvr"), "--format", name, "-o", self.path("again"), "--json").stdout)
                told = [loss["what"] for loss in report["losses"]]
                if "failures without a response" in listed[name]:
                    self.assertIn("failures without a response", told)
                    before = [line for line in before if "response" in line]
                self.assertEqual(len(before), len(after))
                for old, new in zip(before, after):
                    if "notes" in old:  # redaction made some anew
                        self.assertLessEqual(set(old["notes"]), set(new["notes"]))
                    for line in (old, new):
                        line.pop("notes", None)
                        line.pop("n")
                        if name == "jsonl":
                            line.pop("redactions")  # it holds them; the rules of the import are others
                    for path in self.differences(old, new):
                        last = path.rsplit("/", 1)[1]
                        self.assertIn(last, self.NAMED, (name, path, old, new))
                        self.assertIn(self.NAMED[last], listed[name], path)
                        self.assertIn(self.NAMED[last], told, path)

    def test_a_cut_or_omitted_body_never_replays_whole(self):
        for name in ("har", "jsonl", "vcrpy", "wiremock", "playwright"):
            with self.subTest(name):
                self.there_and_back(name)
                for target in (b"/cut", b"/large"):
                    request = b"GET " + target + b" HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n\r\n"
                    try:
                        first, again = (self.replays(request, file, "origin.test") for file in ("t.cvr", name + ".cvr"))
                    except (ConnectionError, EOFError, AssertionError) as broken:
                        self.assertEqual(target, b"/cut", broken)
                        continue
                    self.assertEqual(status_of(again), status_of(first), target)
                    self.assertEqual(header(again, "x-cvr"), header(first, "x-cvr"), target)


if __name__ == "__main__":
    main()
