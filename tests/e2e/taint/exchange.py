"""One request and its response, as the test's client and origin send them: bytes under full control."""
from taint import spellings, undo


class Message:
    def __init__(self):
        self.headers = []   # (name, value) in order
        self.body = None    # before content codings
        self.type = None    # media type; `charset` is added to it
        self.charset = None
        self.codings = ()
        self.coded = None   # body on the wire, when a coding was applied
        self.split = None   # None, "chunks", "reads"
        self.trailers = []
        self.kept = []      # innocent leaves: stretches that must survive in the body
        self.kept_headers = []

    def wire(self, first_line, host=None):
        """The pieces to send, one write each."""
        head = [first_line]
        if host:
            head.append(b"Host: " + host)
        head += [name + b": " + value for name, value in self.headers]
        body = self.coded if self.coded is not None else self.body
        if body is not None and self.type:
            head.append(b"Content-Type: " + self.type + (b"; charset=" + self.charset.encode() if self.charset else b""))
        if self.codings:
            head.append(b"Content-Encoding: " + ", ".join(self.codings).encode())
        chunked = bool(self.trailers) or self.split == "chunks"
        if chunked:
            if self.trailers:
                head.append(b"Trailer: " + b", ".join(name for name, _ in self.trailers))
            head.append(b"Transfer-Encoding: chunked")
        elif body is not None:
            head.append(b"Content-Length: %d" % len(body))
        start = b"\r\n".join(head) + b"\r\n\r\n"
        if not chunked:
            if self.split == "reads":
                return [start] + spellings.splits(body or b"")
            return [start + (body or b"")]
        chunks = spellings.splits(body, limit=300) if self.split == "chunks" else [body] if body else []
        pieces = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in chunks)
        end = b"0\r\n" + b"".join(n + b": " + v + b"\r\n" for n, v in self.trailers) + b"\r\n"
        return [start + pieces + end]


class Exchange:
    def __init__(self, number):
        self.number = number
        self.method = b"GET"
        self.target = b"/c/%d" % number
        self.query = []
        self.tail = b""      # after the query, raw
        self.absolute = None  # b"user:pass@" for absolute form with userinfo
        self.connect_host, self.connect_fields = None, []
        self.request, self.response = Message(), Message()
        self.status, self.reason = b"200", b"OK"

    def full_target(self):
        target = self.target
        if self.query:
            target += b"?" + b"&".join(self.query)
        return target + self.tail

    def request_pieces(self):
        target = self.full_target()
        if self.absolute is not None:
            target = b"http://" + self.absolute + b"origin.test" + target
        return self.request.wire(self.method + b" " + target + b" HTTP/1.1", self.connect_host or b"origin.test")

    def response_pieces(self):
        return self.response.wire(b"HTTP/1.1 " + self.status + b" " + self.reason)


class Parsed:
    """A raw HTTP/1 message taken apart: for the control sink and for comparing what arrived."""

    def __init__(self, raw):
        head, _, rest = raw.partition(b"\r\n\r\n")
        self.head = head
        lines = head.split(b"\r\n")
        self.first = lines[0]
        self.fields = [tuple(part.strip() for part in line.partition(b":")[::2]) for line in lines[1:]]
        self.trailers = []
        self.body = rest
        if b"chunked" in (self.field(b"transfer-encoding") or b"").lower():
            self._unchunk(rest)

    def field(self, name):
        for key, value in self.fields:
            if key.lower() == name:
                return value
        return None

    def _unchunk(self, rest):
        body, at = [], 0
        while True:
            line_end = rest.find(b"\r\n", at)
            if line_end < 0:
                break
            try:
                size = int(rest[at:line_end].split(b";")[0], 16)
            except ValueError:
                break
            if size == 0:
                self.trailers = [line for line in rest[line_end + 2:].split(b"\r\n") if line]
                break
            body.append(rest[line_end + 2:line_end + 2 + size])
            at = line_end + 4 + size
        self.body = b"".join(body)

    def pieces(self):
        """What the oracle looks at in the positive control."""
        yield self.head
        yield from self.trailers
        named = [c.strip() for c in (self.field(b"content-encoding") or b"").decode().split(",") if c.strip()]
        if named:
            yield undo.rfc_body(self.body, named)
        else:
            yield self.body
