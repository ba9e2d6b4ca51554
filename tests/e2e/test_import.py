"""cvr import: recordings of other tools, redacted on the way in, replayed and verified; and what comes back of an export."""
import base64
import gzip
import io
import json
import os
import resource
import stat
import subprocess
import zipfile

import imports
from command_case import CommandCase
from support import CVR, Cvr, RawOrigin, Tunnel, body_of, header, made_up, main, ok, status_of

POST = b"POST /trips?a=1 HTTP/1.1\r\nHost: api.origin.test\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n" \
       b"Content-Length: 11\r\n\r\n{\"seats\":4}"


class ImportCase(CommandCase):
    def file(self, name, content):
        with open(self.path(name), "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return self.path(name)

    def imported(self, *arguments, out="in.cvr"):
        result = self.cvr("import", *arguments, "-o", self.path(out), "--json")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(": sealed, ", self.cvr("verify", self.path(out)).stdout)
        self.assertEqual(stat.S_IMODE(os.stat(self.path(out)).st_mode), 0o600)
        self.assertFalse(os.path.exists(self.path(out) + ".part"))
        return json.loads(result.stdout)

    def lines(self, path):
        return [json.loads(line) for line in self.cvr("export", path, "--format", "jsonl").stdout.splitlines()]

    def losses(self, report):
        return [loss["what"] for source in report["sources"] for loss in source["losses"]]

    def replays(self, request, out="in.cvr", host="api.origin.test"):
        with Cvr(self.directory, "replay", "-c", self.path(out), "--host", "*.origin.test", "--host", "origin.test") as proxy, Tunnel(proxy, host) as client:
            return client.exchange(request)


class Formats(ImportCase):
    def test_each_replays(self):
        for name, make in imports.ALL.items():
            with self.subTest(name):
                token = made_up()
                path = self.file(name, make(token))
                more = ["--origin", "https://api.origin.test"] if name == "wiremock" else []
                report = self.imported(path, *more, out=name + ".cvr")
                self.assertEqual([(s["format"], s["interactions"]) for s in report["sources"]], [(name, 1)])
                with open(self.path(name + ".cvr"), "rb") as cassette:
                    self.assertNotIn(token.encode(), cassette.read())
                answer = self.replays(POST % made_up().encode(), name + ".cvr")
                self.assertEqual(status_of(answer), 201, answer)
                body = body_of(answer)
                if header(answer, "content-encoding") == "gzip":
                    body = gzip.decompress(body)
                self.assertEqual(json.loads(body), json.loads(imports.JSON_BODY))
                self.assertIn(b"275.0", body)

    def test_several_files_and_standard_input(self):
        first = self.file("a.har", imports.har(made_up()))
        second = self.file("b.yaml", imports.vcrpy(made_up()))
        result = self.cvr("import", first, "-", second, "-o", self.path("in.cvr"), "--json", stdin="\ufeff" + imports.betamax(made_up()))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([s["format"] for s in json.loads(result.stdout)["sources"]], ["har", "betamax", "vcrpy"])
        self.assertEqual(len(self.lines(self.path("in.cvr"))), 3)

    def test_a_directory_of_mappings_with_bodies(self):
        os.makedirs(self.path("stubs/mappings/deep"))
        os.makedirs(self.path("stubs/__files"))
        self.file("stubs/__files/body.json", imports.JSON_BODY)
        self.file("outside.txt", "from outside")
        os.symlink(self.path("outside.txt"), self.path("stubs/__files/link.txt"))
        for at, name in enumerate(("body.json", "../../outside.txt", "link.txt", self.path("outside.txt"))):
            self.file(f"stubs/mappings/deep/{at}.json", json.dumps({
                "request": {"method": "GET", "url": f"/{at}"}, "response": {"status": 200, "bodyFileName": name}}))
        report = self.imported(self.path("stubs"), "--origin", "https://api.origin.test")
        self.assertEqual(report["interactions"], 4)
        bodies = [line["response"]["body"] for line in self.lines(self.path("in.cvr"))]
        self.assertEqual(bodies[0]["text"], imports.JSON_BODY)
        for body in bodies[1:]:
            self.assertEqual(body["omitted"], "omitted: not in the imported file")

    def test_bodies_beside_a_har_of_playwright(self):
        document = json.loads(imports.har(made_up()))
        digest = "0123456789abcdef0123456789abcdef01234567"
        self.file(digest + ".json", imports.JSON_BODY)
        self.file("other.json", "not this")
        content = document["log"]["entries"][0]["response"]["content"]
        del content["text"]
        content["_file"] = digest + ".json"
        document["log"]["entries"].append(json.loads(json.dumps(document["log"]["entries"][0])))
        document["log"]["entries"][1]["response"]["content"]["_file"] = "other.json"
        self.imported(self.file("x.har", json.dumps(document)))
        first, second = (line["response"]["body"] for line in self.lines(self.path("in.cvr")))
        self.assertEqual(first["text"], imports.JSON_BODY)
        self.assertEqual(second["omitted"], "omitted: not in the imported file")

    def test_formats_are_listed(self):
        listed = json.loads(self.cvr("import", "--list-formats", "--json").stdout)["formats"]
        self.assertEqual({entry["name"] for entry in listed}, {*imports.ALL, "jsonl"})
        self.assertIn("left out: ", self.cvr("import", "--list-formats").stdout)

    def test_secrets_of_the_file_and_of_the_user(self):
        late, known = made_up(), made_up()
        document = json.loads(imports.har(made_up()))
        first = document["log"]["entries"][0]
        # Seen in the clear first, known for a secret later.
        first["response"]["content"]["text"] = json.dumps({"note": late, "other": known})
        second = json.loads(imports.har(late))["log"]["entries"][0]
        document["log"]["entries"].append(second)
        self.imported(self.file("x.har", json.dumps(document)), "--secrets", self.secrets_file(known))
        text = self.cvr("export", self.path("in.cvr"), "--format", "jsonl").stdout
        self.assertNotIn(late, text)
        self.assertNotIn(known, text)


class Losses(ImportCase):
    def test_are_named_on_stderr_and_in_json(self):
        document = json.loads(imports.har(made_up()))
        document["log"]["pages"] = [{"id": "page_1"}]
        document["log"]["entries"].append({"request": {"method": "GET", "url": "wss://api.origin.test/"}, "response": {"status": 101}})
        path = self.file("x.har", json.dumps(document))
        report = self.imported(path)
        self.assertIn("pages dropped", self.losses(report))
        self.assertIn({"what": "skipped: WebSocket connections", "count": 1, "where": ["entry 2"]}, report["sources"][0]["losses"])
        told = self.cvr("import", path, "-o", self.path("again.cvr"))
        self.assertIn("1x pages dropped", told.stderr)
        self.assertIn("1x skipped: WebSocket connections (entry 2)", told.stderr)
        self.assertEqual(self.cvr("import", path, "-o", self.path("quiet.cvr"), "-q").stderr, "")

    def test_a_matcher_without_a_request_is_skipped_by_name(self):
        secret = made_up()
        mappings = {"mappings": [
            {"name": "any trip of " + secret, "request": {"method": "GET", "urlPattern": "/trips/(?=x).*"}, "response": {"status": 200}},
            {"request": {"method": "GET", "urlPattern": "/trips/[0-9]+"}, "response": {"status": 200}}]}
        result = self.cvr("import", self.file("x.json", json.dumps(mappings)), "-o", self.path("in.cvr"), "--origin",
                          "https://api.origin.test", "--secrets", self.secrets_file(secret))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("skipped: matchers of URLs that name no one URL (mapping 1 (any trip of ", result.stderr)
        self.assertIn("turned into an example that they match (mapping 2)", result.stderr)
        self.assertNotIn(secret, result.stderr)
        self.assertEqual(self.lines(self.path("in.cvr"))[0]["url"], "https://api.origin.test/trips/0")


class Refusals(ImportCase):
    def refuses(self, status, needle, content, *more, name="broken"):
        path = self.file(name, content)
        result = self.fails(status, needle, "import", path, "-o", self.path("out.cvr"), *more)
        self.assertIn(path, result.stderr)
        self.assertEqual([f for f in os.listdir(self.directory) if f.startswith("out.cvr")], [])
        return result

    def test_broken_files_name_the_place(self):
        whole = imports.har(made_up())
        self.refuses(3, "JSON: unexpected end at byte", whole[:-2])
        self.refuses(3, "a name twice", '{"log": {"entries": [], "entries": []}}')
        self.refuses(3, "YAML: line 4: ", "interactions:\n- request:\n    a: b\n   c: d\n")
        self.refuses(3, "alias", "interactions:\n- &x {request: {}}\n- *x\n")
        self.refuses(3, "tag", "interactions:\n- !!python/object:os.system {}\n")
        self.refuses(3, "tnetstring: a length beyond the end", imports.mitmproxy(made_up())[:-9])
        self.refuses(3, "flow 1: only versions 20 and 21", imports.mitmproxy(made_up(), 7))
        self.refuses(3, "line 2: JSON", '{"n": 1, "url": "https://x.test/", "gap": {}}\n{"n": \n', "--format", "jsonl")
        self.refuses(3, "is empty", "")
        self.refuses(3, "no format that is known", "hello")
        self.refuses(2, "--origin https://", imports.wiremock(made_up()))
        self.refuses(3, "nothing was imported", '{"log": {"entries": [{}]}}')

    def test_archives_are_refused_with_a_word(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("x.har", imports.har(made_up()))
        self.refuses(3, "zip archive", packed.getvalue())
        self.refuses(3, "gunzip", gzip.compress(b"x"))
        with open(self.recorded(("/1",)), "rb") as cassette:
            self.refuses(3, "a cassette already", cassette.read())

    def test_usage(self):
        path = self.file("x.har", imports.har(made_up()))
        out = self.path("out.cvr")
        self.fails(2, "IN is needed", "import")
        self.fails(2, "-o FILE is needed", "import", path)
        self.fails(2, "--format nonsense", "import", path, "-o", out, "--format", "nonsense")
        self.fails(2, "--origin needs", "import", path, "-o", out, "--origin", "x.test/a")
        self.fails(2, "--body-limit", "import", path, "-o", out, "--body-limit", "many")
        self.fails(3, "No such file", "import", self.path("none.har"), "-o", out)
        self.fails(2, "names the cassette itself", "import", path, "-o", path)
        self.cvr("import", path, "-o", out)
        self.fails(2, "exists", "import", path, "-o", out)
        self.assertEqual(self.cvr("import", path, "-o", out, "--overwrite").returncode, 0)
        secret = made_up(20, "abcdefghijkmnpqrstuvwxyz")
        self.fails(2, "holds a known secret", "import", path, "-o", self.path(secret + ".cvr"), "--secrets", self.secrets_file(secret))

    def test_bombs(self):
        """Each is refused, and needs less than 64 MiB and (with much room for a busy machine) no time."""
        deep = '{"log": {"entries": [' + "[" * 1_000_000
        wide = '{"log": {"entries": [[' + "1," * 2_000_000 + "1]]}}"
        names = '{"log": {"entries": [{' + ",".join(f'"{n}":1' for n in range(300_000)) + "}]}}"
        yaml_deep = "interactions: " + "[" * 200_000
        yaml_wide = "interactions:\n- [" + "a," * 1_000_000 + "a]\n"
        flow_deep = b""
        for _ in range(80):
            flow_deep = b"%d:%s]" % (len(flow_deep), flow_deep)
        flow_deep = imports.tnet({"version": 21, "x": None})[:-4].replace(b"0:~", b"") + flow_deep
        flow_wide = b"%d:%s]" % (6_000_000, b"0:~" * 2_000_000)
        flow_wide = b"%d:1:x,%s}" % (len(flow_wide) + 4, flow_wide)
        for name, content in (("deep", deep), ("wide", wide), ("names", names), ("yaml-deep", yaml_deep), ("yaml-wide", yaml_wide),
                              ("flow-deep", flow_deep), ("flow-wide", flow_wide)):
            with self.subTest(name):
                fmt = {"yaml": "vcrpy", "flow": "mitmproxy"}.get(name.split("-")[0], "har")
                path = self.file(name, content)
                process = subprocess.Popen([CVR, "import", path, "-o", self.path("out.cvr"), "--format", fmt], stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE, env={**os.environ, "CVR_HOME": self.path("home")},
                                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (64 << 20, 64 << 20)))
                out, error = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 3, (out, error[-300:]))
                self.assertEqual(error.count(b"\n"), 1, error[-300:])
                self.assertNotIn(b"bad_alloc", error)
                self.assertFalse(os.path.exists(self.path("out.cvr")))

    def test_a_compressed_bomb_in_a_body_is_left_out(self):
        bomb = gzip.compress(b"\0" * (64 << 20))
        content = {"size": len(bomb), "mimeType": "text/plain", "text": base64.b64encode(bomb).decode(), "encoding": "base64"}
        document = json.loads(imports.har(made_up()))
        response = document["log"]["entries"][0]["response"]
        response["content"] = content
        response["headers"].append({"name": "Content-Encoding", "value": "gzip"})
        report = self.imported(self.file("x.har", json.dumps(document)))
        self.assertEqual(report["left_out"], [{"what": "omitted: decoded body over the body limit", "count": 1}])


class RoundTrips(ImportCase):
    """CVR -> X -> CVR is the same but for what X can not hold."""

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
            ("GET", "/plain", "\r\n"))]
        with RawOrigin(self.answer) as origin, self.record(origin) as proxy:
            with Tunnel(proxy) as client:
                for request in requests:
                    client.exchange(request, request.split(b" ")[0].decode())
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

    def test_jsonl(self):
        before, after = self.there_and_back("jsonl")
        self.assertEqual(self.without(after), self.without(before))

    def test_har(self):
        before, after = self.there_and_back("har")
        lost = ("framing", "pieces")
        self.assertEqual(self.without(after, *lost), self.without(before, *lost))

    def test_canonical_text_is_equal(self):
        for name in ("jsonl", "har"):
            self.there_and_back(name)
            # Notes are about the redaction of the recording.
            cats = [[line for line in self.cvr("cat", self.path(file)).stdout.splitlines() if not line.startswith("[note ")]
                    for file in ("t.cvr", name + ".cvr")]
            self.assertEqual(cats[0], cats[1], name)

    def no_wire_fields(self, lines):
        for line in lines:
            for side in ("request", "response"):
                if side not in line:
                    continue
                line[side]["headers"] = sorted([name.lower(), value] for name, value in line[side]["headers"] if name.lower() not in (
                    "content-length", "content-encoding", "connection", "transfer-encoding"))
                line[side]["body"].pop("codings", None)
        return lines

    def test_playwright(self):
        before, after = self.there_and_back("playwright")
        lost = ("framing", "pieces", "failure/detail")
        self.assertEqual(self.no_wire_fields(self.without(after, *lost)), self.no_wire_fields(self.without(before, *lost)))

    def test_vcrpy(self):
        before, after = self.there_and_back("vcrpy")
        lost = ("framing", "pieces", "time", "ms", "sent_ms", "first_byte_ms", "arrival", "flags", "n")
        kept = [line for line in before if "response" in line]  # no place for failures
        self.assertEqual(self.no_wire_fields(self.without(after, *lost)), self.no_wire_fields(self.without(kept, *lost)))

    def test_wiremock(self):
        before, after = self.there_and_back("wiremock")
        lost = ("framing", "pieces", "time", "ms", "sent_ms", "first_byte_ms", "arrival", "n", "request/headers", "failure/detail",
                "request/body/text")  # credentials match anything there
        self.assertEqual(self.no_wire_fields(self.headless(self.without(after, *lost))),
                         self.no_wire_fields(self.headless(self.without(before, *lost))))

    def headless(self, lines):
        for line in lines:
            line["request"]["headers"] = []
        return lines

    def test_each_replays_the_same(self):
        for name in ("har", "jsonl", "vcrpy", "wiremock", "playwright"):
            with self.subTest(name):
                self.there_and_back(name)
                plain = self.replays(b"GET /plain HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n\r\n", name + ".cvr", "origin.test")
                self.assertEqual(body_of(plain), b"plain text")
                raw = self.replays(b"GET /bytes HTTP/1.1\r\nHost: origin.test\r\nAccept: */*\r\n\r\n", name + ".cvr", "origin.test")
                self.assertEqual(body_of(raw), bytes(range(256)))


if __name__ == "__main__":
    main()
