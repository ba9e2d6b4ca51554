"""One recording of many cells, and what the oracle says about all that it left."""
import os
import random
import tempfile
import time

from taint import exchange, process, sinks, teach, wire
from taint.oracle import Oracle


class Batch:
    """`cells` have been prepared; their numbers are unique."""

    def __init__(self, cells, binary, seed):
        self.cells, self.binary = cells, binary
        self.rng = random.Random(seed)
        self.hits = []          # of oracle.Hit; owner is a cell
        self.unseen = []        # cells that the positive control did not find
        self.results = {}       # reading command -> [(exit code, stdout, stderr)]
        self.changed = []       # (cell, what) live responses that differ
        self.refused = []       # cells that the proxy answered itself
        self.exit = None
        self.seconds = {}

    def clock(self, name, start):
        self.seconds[name] = self.seconds.get(name, 0) + time.monotonic() - start

    def known(self, way):
        values = []
        for cell in self.cells:
            if cell.way == way:
                values.append(cell.secret.value)
            if hasattr(cell.secret, "partner") and way == "traffic":
                values.append(cell.secret.partner)
        return values

    def run(self, keep=None):
        with tempfile.TemporaryDirectory(prefix="cvr-taint-") as directory:
            place = process.Place(directory, self.binary)
            with open(place.secrets, "w", encoding="utf-8", newline="") as file:
                given = self.known("given")
                file.write(teach.dotenv(given) if given else "")
            origin = wire.Origin()
            try:
                self.record(place, origin)
            finally:
                origin.close()
            self.judge(place)
            if keep:
                keep(place, self)
        return self

    def record(self, place, origin):
        start = time.monotonic()
        first = max(cell.number for cell in self.cells) + 1
        early = list(teach.exchanges(self.known("traffic"), self.rng, first))
        late = list(teach.exchanges(self.known("late"), self.rng, first + len(early)))
        planted = [cell.exchange for cell in self.cells]
        for x in early + planted + late:
            origin.answers[x.number] = x.response_pieces()
        proxy = process.Proxy(place, "record", origin)
        self.live = []
        try:
            self.taught = wire.send_all(early, proxy.port, proxy.ca)
            self.got = wire.send_all(planted, proxy.port, proxy.ca)
            self.taught |= wire.send_all(late, proxy.port, proxy.ca)
            self.live += sinks.pages(proxy.port, proxy.ca)
            self.live += [(name, [data]) for name, data in proxy.own()]
        finally:
            self.exit = proxy.stop()
        self.log = proxy.read_log()
        self.origin_sent, self.origin_seen = origin.sent, origin.seen
        self.count = len(early) + len(planted) + len(late)
        self.clock("record", start)

    def judge(self, place):
        oracle = Oracle()
        for cell in self.cells:
            oracle.add(cell, cell.secret)
        oracle.seal()
        start = time.monotonic()
        self.control(oracle)
        self.clock("control", start)
        self.compare()
        start = time.monotonic()
        found = list(self.live)
        found += sinks.readings(place, self.results, 4, self.count)
        self.clock("read", start)
        start = time.monotonic()
        own = [raw for number, raw in self.got.items() if number not in self.origin_sent]
        found.append(("problem", own))
        found += list(sinks.files(place))
        for name, pieces in found:
            self.hits += oracle.search(name, pieces)
        self.clock("oracle", start)

    def control(self, oracle):
        """The same oracle on what really went over the wire: it must find every cell."""
        pieces = []
        for cell in self.cells:
            x = cell.exchange
            raw = b"".join(x.request_pieces())
            pieces += exchange.Parsed(raw).pieces()
            pieces += exchange.Parsed(b"".join(p for p in x.response_pieces() if isinstance(p, bytes))).pieces()
            pieces += [x.connect_host or b""] + [value for _, value in x.connect_fields]
        seen = {hit.owner for hit in oracle.search("wire", pieces)}
        self.unseen = [cell for cell in self.cells if cell not in seen]

    def compare(self):
        """What the client got against what the origin sent: the same but for framing."""
        for cell in self.cells:
            sent, got = self.origin_sent.get(cell.number), self.got.get(cell.number, b"")
            if sent is None:
                self.refused.append(cell)
                cell.outcome = got[:12].decode("latin-1") or "hung up"
                continue
            a, b = exchange.Parsed(sent), exchange.Parsed(got)
            for what in ("first", "body", "trailers"):
                if getattr(a, what) != getattr(b, what):
                    self.changed.append((cell, what))
            if _end_to_end(a) != _end_to_end(b):
                self.changed.append((cell, "headers"))

    def exports(self):
        done = self.results.get("export.jsonl", [(1, b"", b"")])[0]
        return done[1]


_HOP = {b"transfer-encoding", b"connection", b"keep-alive", b"content-length", b"trailer"}


def _end_to_end(message):
    return [field for field in message.fields if field[0].lower() not in _HOP]
