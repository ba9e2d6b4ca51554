"""A file of another tool's: HAR 1.2 of the exchanges, for the import phase."""
import base64
import json


def _fields(message, first):
    fields = first + [(n.decode("latin-1"), v.decode("utf-8", "replace")) for n, v in message.headers]
    if message.body is not None and message.type:
        fields.append(("Content-Type", message.type.decode()))
    return [{"name": name, "value": value} for name, value in fields]


def _text(body):
    try:
        return {"text": body.decode()}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64"}


def entry(x, at):
    target = x.full_target().decode("utf-8", "replace")
    request = {"method": x.method.decode(), "url": "https://origin.test" + target, "httpVersion": "HTTP/1.1", "cookies": [],
               "headers": _fields(x.request, [("Host", "origin.test")]), "queryString": [], "headersSize": -1, "bodySize": -1}
    if x.request.body is not None:
        # HAR has no encoding here: what is no text is given byte by byte.
        request["postData"] = {"mimeType": (x.request.type or b"").decode(), "text": x.request.body.decode("latin-1" if any(
            c > 127 for c in x.request.body) and b"\xff" in x.request.body else "utf-8", "replace")}
    body = x.response.body or b""
    response = {"status": int(x.status), "statusText": x.reason.decode("utf-8", "replace"), "httpVersion": "HTTP/1.1", "cookies": [],
                "headers": _fields(x.response, []), "redirectURL": "", "headersSize": -1, "bodySize": len(body),
                "content": {"size": len(body), "mimeType": (x.response.type or b"").decode(), **_text(body)}}
    return {"startedDateTime": f"2026-03-14T09:{at // 60 % 60:02}:{at % 60:02}.000Z", "time": 5, "request": request,
            "response": response, "cache": {}, "timings": {"send": 1, "wait": 3, "receive": 1}}


def har(exchanges):
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "a browser", "version": "1"},
                               "entries": [entry(x, at) for at, x in enumerate(exchanges)]}}, ensure_ascii=False)
