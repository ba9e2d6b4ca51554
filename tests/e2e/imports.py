"""Files of other tools, made by hand, with the values that the test gives: one small exchange (or two) in each format."""
import base64
import gzip
import json

JSON_BODY = '{"id": 1, "price": 275.0}'


def har(token, **entry):
    made = {"startedDateTime": "2026-03-14T09:00:00.125+01:00", "time": 12.5,
            "request": {"method": "POST", "url": "https://api.origin.test/trips?a=1", "httpVersion": "HTTP/1.1",
                        "headers": [{"name": "Authorization", "value": "Bearer " + token},
                                    {"name": "Content-Type", "value": "application/json"}],
                        "postData": {"mimeType": "application/json", "text": '{"seats": 4}'}},
            "response": {"status": 201, "statusText": "Created", "httpVersion": "HTTP/1.1",
                         "headers": [{"name": "Content-Type", "value": "application/json"}],
                         "content": {"size": len(JSON_BODY), "mimeType": "application/json", "text": JSON_BODY}},
            "timings": {"send": 1, "wait": 10, "receive": 1.5}}
    made.update(entry)
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "by hand", "version": "1"}, "entries": [made]}})


def vcrpy(token):
    return f"""interactions:
- request:
    body: '{{"seats": 4}}'
    headers:
      Authorization: Bearer {token}
      Content-Type:
      - application/json
    method: POST
    uri: https://api.origin.test/trips?a=1
  response:
    body:
      string: '{JSON_BODY}'
    headers:
      Content-Type:
      - application/json
      Date:
      - Sat, 14 Mar 2026 08:00:00 GMT
    status:
      code: 201
      message: Created
version: 1
"""


def vcr(token):
    coded = base64.b64encode(gzip.compress(JSON_BODY.encode())).decode()
    return f"""---
http_interactions:
- request:
    method: post
    uri: https://api.origin.test/trips?a=1
    body:
      encoding: UTF-8
      string: '{{"seats": 4}}'
    headers:
      Authorization:
      - Bearer {token}
      Content-Type:
      - application/json
  response:
    status:
      code: 201
      message: Created
    headers:
      Content-Type:
      - application/json
      Content-Encoding:
      - gzip
    body:
      encoding: ASCII-8BIT
      string: !binary |-
        {coded}
    http_version: '1.1'
  recorded_at: Sat, 14 Mar 2026 08:00:00 GMT
recorded_with: VCR 6.1.0
"""


def betamax(token):
    coded = base64.b64encode(gzip.compress(JSON_BODY.encode())).decode()
    return json.dumps({"http_interactions": [{
        "recorded_at": "2026-03-14T08:00:00",
        "request": {"method": "POST", "uri": "https://api.origin.test/trips?a=1",
                    "body": {"encoding": "utf-8", "string": '{"seats": 4}'},
                    "headers": {"Authorization": ["Bearer " + token], "Content-Type": ["application/json"]}},
        "response": {"status": {"code": 201, "message": "Created"}, "url": "https://api.origin.test/trips?a=1",
                     "body": {"encoding": "utf-8", "base64_string": coded},
                     "headers": {"Content-Type": ["application/json"], "Content-Encoding": ["gzip"]}}}],
        "recorded_with": "betamax/0.9.0"})


def polly(token):
    document = json.loads(har(token))
    document["log"] = {"_recordingName": "trips", "creator": {"name": "Polly.JS", "version": "6"}, **document["log"]}
    response = document["log"]["entries"][0]["response"]
    response["headers"].append({"name": "content-encoding", "value": "gzip"})
    chunks = gzip.compress(JSON_BODY.encode())
    text = json.dumps([base64.b64encode(chunk).decode() for chunk in (chunks[:9], chunks[9:])])
    response["content"] = {"encoding": "base64", "mimeType": "application/json", "size": len(text), "text": text}
    return json.dumps(document)


def nock(token):
    return json.dumps([{"scope": "https://api.origin.test:443", "method": "POST", "path": "/trips?a=1",
                        "body": {"seats": 4}, "status": 201, "response": [gzip.compress(JSON_BODY.encode()).hex()],
                        "reqheaders": {"authorization": "Bearer " + token, "content-type": "application/json"},
                        "rawHeaders": ["Content-Type", "application/json", "Content-Encoding", "gzip"],
                        "responseIsBinary": False}], indent=2)


def hoverfly(token):
    request = {name: [{"matcher": "exact", "value": value}] for name, value in (
        ("method", "POST"), ("scheme", "https"), ("destination", "api.origin.test"), ("path", "/trips"),
        ("body", '{"seats": 4}'))}
    request["query"] = {"a": [{"matcher": "exact", "value": "1"}]}
    request["headers"] = {"Authorization": [{"matcher": "exact", "value": "Bearer " + token}],
                          "Content-Type": [{"matcher": "exact", "value": "application/json"}]}
    return json.dumps({"data": {"pairs": [{"request": request, "response": {
        "status": 201, "body": base64.b64encode(JSON_BODY.encode()).decode(), "encodedBody": True,
        "headers": {"Content-Type": ["application/json"]}}}], "globalActions": {"delays": []}},
        "meta": {"schemaVersion": "v5.2"}})


def wiremock(token):
    return json.dumps({"name": "create", "request": {
        "method": "POST", "urlPath": "/trips", "queryParameters": {"a": {"equalTo": "1"}},
        "headers": {"Authorization": {"equalTo": "Bearer " + token}, "Content-Type": {"equalTo": "application/json"}},
        "bodyPatterns": [{"equalToJson": '{"seats": 4}', "ignoreArrayOrder": True}]},
        "response": {"status": 201, "statusMessage": "Created", "jsonBody": json.loads(JSON_BODY),
                     "headers": {"Content-Type": "application/json"}}})


def tnet(value):
    """A typed netstring, as mitmproxy writes it."""
    if value is None:
        return b"0:~"
    if isinstance(value, bool):
        body, kind = str(value).lower().encode(), b"!"
    elif isinstance(value, int):
        body, kind = str(value).encode(), b"#"
    elif isinstance(value, float):
        body, kind = repr(value).encode(), b"^"
    elif isinstance(value, bytes):
        body, kind = value, b","
    elif isinstance(value, str):
        body, kind = value.encode(), b";"
    elif isinstance(value, (list, tuple)):
        body, kind = b"".join(tnet(item) for item in value), b"]"
    else:
        body, kind = b"".join(tnet(key) + tnet(item) for key, item in value.items()), b"}"
    return str(len(body)).encode() + b":" + body + kind


def mitmproxy(token, version=21):
    coded = gzip.compress(JSON_BODY.encode())
    request = {"http_version": b"HTTP/2.0", "headers": [[b":authority", b"api.origin.test"], [b"authorization", b"Bearer " + token.encode()],
                                                        [b"content-type", b"application/json"]],
               "content": b'{"seats": 4}', "trailers": None, "timestamp_start": 1773475200.125, "timestamp_end": 1773475200.126,
               "host": "api.origin.test", "port": 443, "method": b"POST", "scheme": b"https", "authority": b"", "path": b"/trips?a=1"}
    response = {"http_version": b"HTTP/2.0", "headers": [[b"content-type", b"application/json"], [b"content-encoding", b"gzip"]],
                "content": coded, "trailers": None, "timestamp_start": 1773475200.136, "timestamp_end": 1773475200.137,
                "status_code": 201, "reason": b""}
    return tnet({"version": version, "type": "http", "id": "1", "error": None, "request": request, "response": response,
                 "websocket": None, "marked": "", "comment": ""})


ALL = {"har": har, "vcrpy": vcrpy, "vcr": vcr, "betamax": betamax, "polly": polly, "nock": nock, "hoverfly": hoverfly,
       "wiremock": wiremock, "mitmproxy": mitmproxy}
