"""What an interaction costs on the disk: one traffic, stored by CVR and in the forms of other tools."""
import json
import random
import subprocess

from cvr import environment
from machine import BenchError

COUNT = 2000
BODY = 4096
ROUTES = ("trips", "rfqs", "quotes", "aircraft", "airports", "messages", "envelopes", "operators")


def document(draw, route, number):
    """A JSON answer of exactly BODY bytes: the keys of its route, values of its own."""
    def text(items, padding):
        return json.dumps({"meta": {"page": number, "padding": padding}, "data": items}, separators=(",", ":"))

    items = []
    while True:
        item = {"id": f"{route[:4]}-{draw.randrange(10**8)}", "seats": draw.randrange(1, 20), "price": draw.randrange(10**7) / 100,
                "from": draw.choice("ABCDEFGH") * 4, "open": draw.random() < 0.5, "note": f"{route} entry {draw.randrange(10**6)}",
                "updated": f"2026-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}T10:{draw.randrange(60):02}:00Z"}
        if len(text([*items, item], "")) > BODY:
            return text(items, "x" * (BODY - len(text(items, ""))))
        items.append(item)


def har(seed):
    draw, entries = random.Random(seed), []
    for number in range(1, COUNT + 1):
        route = draw.choice(ROUTES)
        body = document(draw, route, number)
        headers = [{"name": "Content-Type", "value": "application/json; charset=utf-8"}, {"name": "Server", "value": "nginx"},
                   {"name": "Date", "value": f"Mon, 23 Nov 2026 10:{number // 60 % 60:02}:{number % 60:02} GMT"},
                   {"name": "Vary", "value": "Accept-Encoding"}, {"name": "Content-Length", "value": str(BODY)}]
        asked = [{"name": "Accept", "value": "application/json"}, {"name": "User-Agent", "value": "axios/1.13.4"}]
        entries.append({"startedDateTime": f"2026-11-23T10:{number // 60 % 60:02}:{number % 60:02}.000Z", "time": 12,
                        "request": {"method": "GET", "url": f"https://bench.test/api/{route}/{draw.randrange(10**6)}",
                                    "httpVersion": "HTTP/1.1", "headers": asked, "queryString": [], "cookies": [],
                                    "headersSize": -1, "bodySize": 0},
                        "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "headers": headers,
                                     "cookies": [], "content": {"size": BODY, "mimeType": "application/json", "text": body},
                                     "redirectURL": "", "headersSize": -1, "bodySize": BODY},
                        "cache": {}, "timings": {"send": 0, "wait": 12, "receive": 0}})
    return {"log": {"version": "1.2", "creator": {"name": "bench", "version": "1"}, "entries": entries}}


def tnetstring(value):
    """As mitmproxy 8 writes its flow files (tnetstring, with ';' for UTF-8 text)."""
    if value is None:
        return b"0:~"
    if isinstance(value, bool):
        data, mark = str(value).lower().encode(), b"!"
    elif isinstance(value, int):
        data, mark = str(value).encode(), b"#"
    elif isinstance(value, float):
        data, mark = repr(value).encode(), b"^"
    elif isinstance(value, bytes):
        data, mark = value, b","
    elif isinstance(value, str):
        data, mark = value.encode(), b";"
    elif isinstance(value, list):
        data, mark = b"".join(map(tnetstring, value)), b"]"
    else:
        data, mark = b"".join(tnetstring(key) + tnetstring(one) for key, one in value.items()), b"}"
    return str(len(data)).encode() + b":" + data + mark


def flow(entry, number):
    """The state of one flow, with the keys that mitmproxy stores for each."""
    def headers(list_):
        return [[one["name"].encode(), one["value"].encode()] for one in list_]

    start, asked, answered = 1.77e9 + number, entry["request"], entry["response"]
    connection = {"address": ["bench.test", 443], "alpn": b"http/1.1", "alpn_offers": [b"http/1.1"], "certificate_list": [],
                  "cipher": "TLS_AES_256_GCM_SHA384", "cipher_list": [], "error": None, "id": f"{number:032x}",
                  "peername": ["127.0.0.1", 443], "sni": "bench.test", "sockname": ["127.0.0.1", 50000], "state": 0,
                  "timestamp_end": start, "timestamp_start": start, "timestamp_tls_setup": start, "tls": True,
                  "tls_established": True, "tls_version": "TLSv1.3"}
    return {"version": 20, "type": "http", "id": f"{number:032x}", "error": None, "intercepted": False, "is_replay": None,
            "marked": "", "metadata": {}, "comment": "", "timestamp_created": start, "client_conn": connection,
            "server_conn": connection, "websocket": None,
            "request": {"host": b"bench.test", "port": 443, "method": b"GET", "scheme": b"https", "authority": b"",
                        "path": asked["url"].split("bench.test")[1].encode(), "http_version": b"HTTP/1.1",
                        "headers": headers(asked["headers"]), "content": b"", "trailers": None, "timestamp_start": start,
                        "timestamp_end": start},
            "response": {"http_version": b"HTTP/1.1", "status_code": 200, "reason": b"OK", "headers": headers(answered["headers"]),
                         "content": answered["content"]["text"].encode(), "trailers": None, "timestamp_start": start,
                         "timestamp_end": start}}


def size(run, _stage, figures):
    if run.cvr_binary is None:
        return
    document_ = har(seed=1)
    source = run.folder / "size.har"
    source.write_text(json.dumps(document_))
    flows = run.folder / "size.flow"
    flows.write_bytes(b"".join(tnetstring(flow(entry, n)) for n, entry in enumerate(document_["log"]["entries"], 1)))

    def cvr(*arguments):
        done = subprocess.run([run.cvr_binary, *map(str, arguments)], capture_output=True, text=True, check=False,
                              env=environment(run.home))
        if done.returncode != 0:
            raise BenchError(f"cvr {arguments[0]} failed: {done.stderr.strip()[-300:]}")

    cassette = run.folder / "size.cvr"
    cvr("import", source, "-o", cassette, "--privacy", "credentials")
    ours = cassette.stat().st_size / COUNT
    figures.value(f"bytes of a {BODY // 1024} KiB JSON interaction on the disk", [ours], "bytes", note=f"{COUNT} of {len(ROUTES)} routes")
    others = [("mitmproxy flows", flows)]
    for form, title in (("har", "HAR, as cvr exports it"), ("vcrpy", "vcrpy YAML, as cvr exports it")):
        out = run.folder / f"size.{form}"
        cvr("export", cassette, "--format", form, "-o", out)
        others.append((title, out))
    for title, path in others:
        figures.ratio(f"bytes against {title}", [(ours, path.stat().st_size / COUNT)], unit="bytes", other=title.split(",")[0])
