"""Redaction that blanks everything is a failure: innocent leaves stay, and replay still hits."""
import base64
import collections
import json


def _bodies(document):
    """(side, fields, body bytes) of request and response of one jsonl line."""
    for side in ("request", "response"):
        message = document.get(side) or {}
        body = message.get("body") or {}
        data = body.get("text", "").encode("utf-8", "surrogatepass")
        if body.get("encoding") == "base64":
            data = base64.b64decode(data)
        yield side, message.get("headers") or [], data


def _plain(data):
    if b"\x00" in data[:40]:
        for name in ("utf-16", "utf-16-be", "utf-16-le"):
            text = data.decode(name, "ignore").encode()
            if b"status" in text or b"Status" in text or b"count" in text:
                return text
    return data


def kept_leaves(batch):
    """(kept, all, Counter of what was lost): stretches around the value that must survive in the jsonl export."""
    documents = {}
    for line in batch.exports().splitlines():
        try:
            document = json.loads(line)
        except ValueError:
            continue
        url = document.get("url", "")
        _, mark, rest = url.partition("/c/")
        number = rest.split("/")[0].split("?")[0].split("#")[0]
        if mark and number.isdigit():
            documents[int(number)] = document
    kept = total = 0
    lost = collections.Counter()
    if not documents:
        return 0, 0, lost
    for cell in batch.cells:
        document = documents.get(cell.number)
        if document is None:
            continue
        x = cell.exchange
        checks = [("query page", "page=3" in document["url"])] if cell.place != "q.fragment" else []
        for side, fields, data in _bodies(document):
            message = x.request if side == "request" else x.response
            data = _plain(data)
            checks += [(f"{side} {message.type.decode()}", leaf in data) for leaf in message.kept]
            if side == "request" and cell.place != "q.header_name":
                checks.append(("request id", ["X-Request-Id", f"req-{cell.number}"] in fields))
        for what, good in checks:
            total += 1
            kept += good
            if not good:
                lost[f"{what} | {cell.encoding}/{cell.place}"] += 1
    return kept, total, lost
