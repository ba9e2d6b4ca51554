"""cvr import: recordings of other tools, redacted on the way in, replayed and verified."""
import base64
import gzip
import io
import json
import os
import subprocess
import zipfile

import imports
from command_case import little_memory
from import_case import ImportCase
from support import CVR, body_of, header, made_up, main, rng, status_of

POST = b"POST /trips?a=1 HTTP/1.1\r\nHost: api.origin.test\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n" \
       b"Content-Length: 11\r\n\r\n{\"seats\":4}"


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

    def packed(self, name, members):
        with zipfile.ZipFile(self.path(name), "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members:
                archive.writestr(member, content)
        return self.path(name)

    def test_a_har_zip_of_playwright(self):
        document = json.loads(imports.har(made_up()))
        content = document["log"]["entries"][0]["response"]["content"]
        del content["text"]
        content["_file"] = "ab12.json"
        document["log"]["entries"].append(json.loads(json.dumps(document["log"]["entries"][0])))
        document["log"]["entries"][1]["response"]["content"]["_file"] = "../beef.txt"
        self.file("beef.txt", "outside")
        har = json.dumps(document)
        self.imported(self.packed("x.har.zip", [("har.har", har), ("ab12.json", imports.JSON_BODY)]))
        first, second = (line["response"]["body"] for line in self.lines(self.path("in.cvr")))
        self.assertEqual(first["text"], imports.JSON_BODY)
        self.assertEqual(second["omitted"], "omitted: not in the imported file")

    def test_other_zip_archives_are_named(self):
        har = imports.har(made_up())
        whole = self.packed("two.zip", [("a.har", har), ("b.har", har)])
        self.fails(3, "holds not one .har file", "import", whole, "-o", self.path("out.cvr"))
        self.fails(3, "holds not one .har file", "import", self.packed("none.zip", [("a.txt", "x")]), "-o", self.path("out.cvr"))
        with open(whole, "rb") as file:
            self.fails(3, "not readable as a ZIP archive", "import", self.file("cut.zip", file.read()[:400]), "-o", self.path("out.cvr"))
        bomb = self.packed("bomb.zip", [("a.har", b" " * (300 << 20))])
        process = subprocess.Popen([CVR, "import", bomb, "-o", self.path("out.cvr")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**os.environ, "CVR_HOME": self.path("home")}, preexec_fn=little_memory)
        error = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, 3, error)
        self.assertIn("decompresses to more than 100 times its size", error)

    def test_utf_16(self):
        for order in ("utf-16", "utf-16-be"):
            text = imports.har(made_up()).replace("Created", "Cr\u00e9\u00e9 \U0001f6e9")
            content = text.encode(order) if order == "utf-16" else b"\xfe\xff" + text.encode(order)
            self.imported(self.file("x.har", content), "--overwrite")
            self.assertEqual(status_of(self.replays(POST % made_up().encode())), 201)

    def test_bodies_beside_a_har_never_lie_elsewhere(self):
        os.makedirs(self.path("in/deep"))
        self.file("in/6a1f.json", imports.JSON_BODY)
        self.file("beef.txt", "outside")
        self.file("in/deep/beef.txt", "below")
        self.file("in/plain.txt", "another file")
        os.symlink(self.path("beef.txt"), self.path("in/cafe.txt"))
        document = json.loads(imports.har(made_up()))
        entry = document["log"]["entries"][0]
        names = ["6a1f.json", "../beef.txt", "deep/beef.txt", "plain.txt", "cafe.txt", self.path("beef.txt")]
        document["log"]["entries"] = []
        for name in names:
            made = json.loads(json.dumps(entry))
            made["response"]["content"] = {"size": 5, "mimeType": "application/json", "_file": name}
            document["log"]["entries"].append(made)
        self.imported(self.file("in/x.har", json.dumps(document)))
        bodies = [line["response"]["body"] for line in self.lines(self.path("in.cvr"))]
        self.assertEqual(bodies[0]["text"], imports.JSON_BODY)
        for body in bodies[1:]:
            self.assertEqual(body["omitted"], "omitted: not in the imported file")

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


class Sound(ImportCase):
    """What is broken is named, and the rest of the file is imported."""

    def told(self, content, *more):
        report = self.imported(self.file("x", content), "--overwrite", *more)
        return report["interactions"], {loss["what"]: loss["where"] for loss in report["sources"][0]["losses"]}

    def test_flows(self):
        flow = imports.mitmproxy(made_up())
        cut = "skipped: the file is cut or broken, and what follows is lost"
        for part in (flow[:-1], flow[:40], b"7", b"12x"):
            count, losses = self.told(flow + flow + part)
            self.assertEqual(count, 2)
            self.assertIn("flow 3: tnetstring: ", losses[cut][0])
        count, losses = self.told(flow + imports.mitmproxy(made_up(), 7) + flow)
        self.assertEqual((count, [where for what, where in losses.items() if "only versions" in what]), (2, [["flow 2"]]))
        broken = imports.tnet({"version": 21, "x": [1]}).replace(b"1:1#", b"1:x#")
        count, losses = self.told(flow + broken + flow)
        self.assertEqual(count, 2)
        self.assertIn("flow 2: tnetstring: not a number", losses["skipped: flows that are broken"][0])

    def test_entries(self):
        skipped = "skipped: what is broken or holds what is not read"
        document = json.loads(imports.har(made_up()))
        entry = json.dumps(document["log"]["entries"][0])
        text = '{"log": {"entries": [%s, %s, %s]}}' % (entry, entry.replace('"time"', '"time": 1, "time"'), entry)
        count, losses = self.told(text)
        self.assertEqual(count, 2)
        self.assertIn("entry 2: JSON: a name twice", losses[skipped][0])
        count, losses = self.told(imports.har(made_up()) + "\n\nxx")
        self.assertEqual(count, 1)
        self.assertIn("bytes after the value", losses["what stands behind the end of the document was left out"][0])
        whole = imports.vcrpy(made_up())
        one = whole[whole.index("- request"):whole.index("version:")]
        count, losses = self.told("interactions:\n" + one + one.replace("body: '{\"seats\": 4}'", "body: !!python/object:os.system {a: [b]}") + one)
        self.assertEqual(count, 2)
        self.assertIn("a tag that stands for an object", losses[skipped][0])
        self.assertTrue(losses[skipped][0].startswith("interaction 2: YAML: line "))
        count, losses = self.told(whole + "---\n" + whole)
        self.assertEqual(count, 1)
        self.assertIn("more than one document", losses["what stands behind the end of the document was left out"][0])
        line = '{"n": 1, "method": "GET", "url": "https://x.test/", "request": {}, "response": {"status": 200}}\n'
        count, losses = self.told(line + '{"n": 2, \n' + line)
        self.assertEqual(count, 2)
        self.assertIn("line 2: JSON: ", losses["skipped: lines that are broken"][0])


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
        self.refuses(3, "a name twice", '{"log": {"entries": [{"request": {}, "request": {}}]}}')
        self.refuses(3, "YAML: line 4: ", "interactions:\n- request:\n    a: b\n   c: d\n")
        self.refuses(3, "alias", "interactions:\n- &x {request: {}}\n- *x\n")
        self.refuses(3, "tag", "interactions:\n- !!python/object:os.system {}\n")
        self.refuses(3, "tnetstring: a length beyond the end", imports.mitmproxy(made_up())[:-9])
        self.refuses(3, "only versions 20 and 21 are read; let mitmproxy 10 or 11 write it anew: mitmdump -nr OLD -w NEW (flow 1)", imports.mitmproxy(made_up(), 7))
        self.refuses(3, "line 2: JSON", '{"n": 1, "url": "https://x.test/", "gap": {}}\n{"n": \n', "--format", "jsonl")
        self.refuses(3, "is empty", "")
        self.refuses(3, "no format that is known", "hello")
        self.refuses(2, "--origin https://", imports.wiremock(made_up()))
        self.refuses(3, "nothing was imported", '{"log": {"entries": [{}]}}')

    def test_archives_are_refused_with_a_word(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("x.txt", "x")
        self.refuses(3, "holds not one .har file", packed.getvalue())
        self.refuses(3, "zip archive", b"PK\x05\x06" + bytes(18))
        piped = self.cvr("import", "-", "-o", self.path("out.cvr"), stdin="PK\x03\x04")
        self.assertEqual(piped.returncode, 3, piped.stderr)
        self.assertIn("name its file", piped.stderr)
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
                                           preexec_fn=little_memory)
                out, error = process.communicate(timeout=60)
                self.assertEqual(process.returncode, 3, (out, error[-300:]))
                self.assertEqual(error.count(b"\n"), 1, error[-300:])
                self.assertNotIn(b"bad_alloc", error)
                self.assertFalse(os.path.exists(self.path("out.cvr")))

    def test_bombs_in_a_small_archive(self):
        """32 KiB of .har.zip are all that a ratio of 100 lets through of these; whoever is let in needs no more memory either."""
        entry = json.dumps(json.loads(imports.har(made_up()))["log"]["entries"][0])
        filled = entry[:-1] + ', "_x": {' + ",".join(f'"{n:06}": ["a"]' for n in range(95_000)) + "}}"
        for name, content in (("deep", '{"log": {"entries": [' + "[" * 3_000_000), ("wide", '{"log": {"entries": [[' + "1," * 1_500_000 + "1]]}}"),
                              ("filled", '{"log": {"entries": [' + filled + "]}}")):
            with self.subTest(name):
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                    archive.writestr("x.har", content)
                    archive.writestr("more", rng.randbytes(32_000))
                process = subprocess.Popen([CVR, "import", self.file("b.har.zip", packed.getvalue()), "-o", self.path("out.cvr")], stdout=subprocess.PIPE,
                                           stderr=subprocess.PIPE, env={**os.environ, "CVR_HOME": self.path("home")},
                                           preexec_fn=little_memory)
                error = process.communicate(timeout=60)[1]
                self.assertEqual(process.returncode, 3, error[-300:])
                self.assertIn(b"JSON: ", error)
                self.assertNotIn(b"bad_alloc", error)

    def test_bombs_by_number_are_left_out(self):
        bomb = base64.b64encode(gzip.compress(b"\0" * (10 << 20))).decode()
        document = json.loads(imports.har(made_up()))
        entry = document["log"]["entries"][0]
        entry["response"]["content"] = {"size": 1, "mimeType": "text/plain", "text": bomb, "encoding": "base64"}
        entry["response"]["headers"] = [{"name": "Content-Encoding", "value": "gzip"}]
        document["log"]["entries"] = [entry] * 60
        path = self.file("x.har", json.dumps(document))
        report = self.imported(path)
        self.assertEqual(report["interactions"], 60)
        fit = ((64 << 20) + 32 * os.path.getsize(path)) // (10 << 20)
        lost = [loss for loss in report["sources"][0]["losses"] if loss["what"].startswith("bodies beyond what all of one file may decompress to")]
        self.assertEqual([loss["where"][0] for loss in lost], [f"entry {fit + 1}"])
        self.assertEqual(lost[0]["count"], 60 - fit)

    def test_a_text_of_100_mib_is_named_and_needs_little_memory(self):
        content = '{"log": {"entries": [{"request": {"method": "GET", "url": "https://a.test/"}, "response": {"status": 200, "content": {"text": "' \
            + "x" * (100 << 20) + '"}}}]}}'
        path = self.file("x.har", content)
        process = subprocess.Popen([CVR, "import", path, "-o", self.path("out.cvr")], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   env={**os.environ, "CVR_HOME": self.path("home")},
                                   preexec_fn=little_memory)
        error = process.communicate(timeout=60)[1].decode()
        self.assertEqual(process.returncode, 3, error)
        self.assertIn("entry 1: JSON: a text of more than 32 MiB", error)

    def test_a_compressed_bomb_in_a_body_is_left_out(self):
        bomb = gzip.compress(b"\0" * (64 << 20))
        content = {"size": len(bomb), "mimeType": "text/plain", "text": base64.b64encode(bomb).decode(), "encoding": "base64"}
        document = json.loads(imports.har(made_up()))
        response = document["log"]["entries"][0]["response"]
        response["content"] = content
        response["headers"].append({"name": "Content-Encoding", "value": "gzip"})
        report = self.imported(self.file("x.har", json.dumps(document)))
        self.assertEqual(report["left_out"], [{"what": "omitted: decoded body over the body limit", "count": 1}])


if __name__ == "__main__":
    main()
