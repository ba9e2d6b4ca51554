"""cvr import: what hides a secret from the rules must not let it pass."""
import base64
import gzip
import json
import urllib.parse
import zlib

import imports
from import_case import ImportCase
from support import made_up, main


class StrippedHeaders(ImportCase):
    """Files whose messages have no Content-Type header: what a body is stands elsewhere, or only in its bytes."""
    REQUEST, RESPONSE = "comment=x&password={}", "<login><password>{}</password><note>kept</note></login>"

    def exchanges(self, request, response):
        url = "https://api.origin.test/login"
        har = {"log": {"version": "1.2", "entries": [{
            "request": {"method": "POST", "url": url, "headers": [],
                        "postData": {"mimeType": "application/x-www-form-urlencoded", "text": request}},
            "response": {"status": 200, "headers": [], "content": {"mimeType": "application/xml", "text": response}}}]}}
        yield "har", json.dumps(har)
        params = json.loads(json.dumps(har))
        post = params["log"]["entries"][0]["request"]["postData"]
        name, value = request.split("&")[1].split("=")
        post.update(text="", params=[{"name": name, "value": urllib.parse.unquote_plus(value)}])
        yield "har", json.dumps(params)
        har["log"] = {"_recordingName": "x", **har["log"]}
        yield "polly", json.dumps(har)
        for name, key in (("vcrpy", "interactions"), ("vcr", "http_interactions"), ("betamax", "http_interactions")):
            yield name, json.dumps({key: [{
                "request": {"method": "POST", "uri": url, "headers": {}, "body": {"string": request}},
                "response": {"status": {"code": 200, "message": "OK"}, "headers": {}, "body": {"string": response}}}],
                "recorded_with": "betamax/0.9.0" if name == "betamax" else "VCR 6"})
        yield "nock", json.dumps([{"scope": "https://api.origin.test", "method": "POST", "path": "/login", "body": request, "status": 200,
                                   "response": response}])
        yield "wiremock", json.dumps({"request": {"method": "POST", "url": "/login", "host": {"equalTo": "api.origin.test"}, "scheme": "https",
                                                  "bodyPatterns": [{"equalTo": request}]}, "response": {"status": 200, "body": response}})
        exact = {name: [{"matcher": "exact", "value": value}] for name, value in (
            ("method", "POST"), ("scheme", "https"), ("destination", "api.origin.test"), ("path", "/login"), ("body", request))}
        yield "hoverfly", json.dumps({"data": {"pairs": [{"request": exact, "response": {"status": 200, "body": response}}]}, "meta": {}})
        message = {"http_version": b"HTTP/1.1", "headers": [], "trailers": None, "timestamp_start": 1773475200.125, "timestamp_end": 1773475200.126}
        yield "mitmproxy", imports.tnet({
            "version": 21, "type": "http", "error": None, "websocket": None,
            "request": {**message, "content": request.encode(), "host": "api.origin.test", "port": 443, "method": b"POST", "scheme": b"https",
                        "path": b"/login"},
            "response": {**message, "content": response.encode(), "status_code": 200, "reason": b""}})
        yield "jsonl", json.dumps({"n": 1, "method": "POST", "url": url, "request": {"headers": [], "body": {"text": request}},
                                   "response": {"status": 200, "headers": [], "body": {"text": response}}})

    def test_hide_no_secret(self):
        secret, asked = made_up(9) + "+/ " + made_up(5), made_up(9) + "+/ " + made_up(5)
        coded = urllib.parse.quote_plus(asked)
        for at, (name, content) in enumerate(self.exchanges(self.REQUEST.format(coded), self.RESPONSE.format(secret))):
            with self.subTest(name=name, at=at):
                self.imported(self.file("x", content), "--format", name, out=f"{at}.cvr")
                line = self.lines(self.path(f"{at}.cvr"))[0]
                text = json.dumps(line)
                for hidden in (secret, asked, coded, urllib.parse.quote(asked, safe="")):
                    self.assertNotIn(hidden, text)
                self.assertIn("<note>kept</note>", line["response"]["body"].get("text", ""), text)
                self.assertNotIn("content-type", [header[0].lower() for header in line["response"]["headers"]])


class CutCodings(ImportCase):
    def test_half_of_a_compressed_body_is_omitted(self):
        for coding, pack in (("gzip", gzip.compress), ("deflate", zlib.compress)):
            secret = made_up()
            plain = json.dumps({"user": "bob", "password": secret, "pad": made_up(900)}).encode()
            cut = pack(plain)[:-30]
            har = json.loads(imports.har(made_up()))
            response = har["log"]["entries"][0]["response"]
            response["headers"].append({"name": "Content-Encoding", "value": coding})
            response["content"].update(text=base64.b64encode(cut).decode(), encoding="base64", size=len(cut))
            vcrpy = "interactions:\n- request: {body: null, headers: {}, method: GET, uri: 'https://a.test/'}\n  response:\n" \
                    f"    body: {{string: !!binary '{base64.b64encode(cut).decode()}'}}\n    headers: {{Content-Encoding: [{coding}]}}\n" \
                    "    status: {code: 200, message: OK}\nversion: 1\n"
            nock = json.dumps([{"scope": "https://a.test", "method": "GET", "path": "/", "status": 200, "response": [cut.hex()],
                                "rawHeaders": ["Content-Encoding", coding]}])
            for name, content in (("har", json.dumps(har)), ("vcrpy", vcrpy), ("nock", nock)):
                with self.subTest(name=name, coding=coding):
                    report = self.imported(self.file("x", content), "--overwrite")
                    self.assertEqual(report["left_out"], [{"what": "omitted: broken content coding", "count": 1}])
                    body = self.lines(self.path("in.cvr"))[0]["response"]["body"]
                    self.assertNotIn("text", body)


if __name__ == "__main__":
    main()
