"""One recording of many cells, and what the oracle says about all that it left."""
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
        self.last_words = ""
        self.seconds = {}

    def clock(self, name, start):
        self.seconds[name] = self.seconds.get(name, 0) + time.monotonic() - start

    def given(self):
        return [cell.secret.value for cell in self.cells if cell.way == "given"]

    def lessons(self, way):
        """(teacher, value) of what traffic makes known; the other twin of each pair too."""
        lessons = [(cell.teacher, cell.secret.value) for cell in self.cells if cell.way == way]
        if way == "traffic":
            lessons += [("json", cell.secret.partner) for cell in self.cells if hasattr(cell.secret, "partner")]
        return lessons

    def run(self):
        with tempfile.TemporaryDirectory(prefix="cvr-taint-") as directory:
            place = process.Place(directory, self.binary)
            place.keep_key(self.cells[0].seed)
            given = self.given()
            with open(place.secrets, "w", encoding="utf-8", newline="") as file:
                file.write(teach.dotenv(given) if given else "")
            origin = wire.Origin()
            start = time.monotonic()
            try:
                self.record(place, origin)
            finally:
                origin.close()
            self.clock("record", start)
            self.judge(place)
            self.after(place)
        return self

    # What phases do differently.
    def answer(self, cell):
        """The pieces with which the origin answers."""
        return cell.exchange.response_pieces()

    def start(self, place, origin):
        return process.Proxy(place, "record", origin)

    def after(self, place):
        """With the cassette at hand, before everything is deleted."""

    def record(self, place, origin):
        first = max(cell.number for cell in self.cells) + 1
        early = list(teach.exchanges(self.lessons("traffic"), first))
        late = list(teach.exchanges(self.lessons("late"), first + len(early)))
        for x in early + late:
            origin.answers[x.number] = x.response_pieces()
        for cell in self.cells:
            origin.answers[cell.number] = self.answer(cell)
        proxy = self.start(place, origin)
        self.live = []
        try:
            wire.send_all(early, proxy.port, proxy.ca)
            self.live += [(name, [data]) for name, data in proxy.own()]
            self.got = wire.send_all([cell.exchange for cell in self.cells], proxy.port, proxy.ca)
            wire.send_all(late, proxy.port, proxy.ca)
            if proxy.process.poll() is None:
                self.live += sinks.pages(proxy.port, proxy.ca)
        finally:
            self.exit = proxy.stop()
            self.last_words = proxy.read_log()[-600:]
        self.origin_sent, self.origin_seen = origin.sent, origin.seen

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
        found += sinks.readings(place, self.results)
        self.clock("read", start)
        start = time.monotonic()
        found.append(("problem", [raw for number, raw in self.got.items() if number not in self.origin_sent]))
        found += list(sinks.files(place))
        for name, pieces in found:
            self.hits += oracle.search(name, pieces)
        self.clock("oracle", start)

    def control(self, oracle):
        """The same oracle on what really goes over the wire: it must find every cell."""
        pieces = []
        for cell in self.cells:
            x = cell.exchange
            pieces += exchange.Parsed(b"".join(x.request_pieces())).pieces()
            pieces += exchange.Parsed(b"".join(p for p in self.answer(cell) if isinstance(p, bytes))).pieces()
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
        """Every interaction as a line of JSON."""
        for name in ("export.jsonl", "cat.json"):
            for code, out, _ in self.results.get(name, []):
                if code == 0 and out:
                    return out
        return b""


_HOP = {b"transfer-encoding", b"connection", b"keep-alive", b"content-length", b"trailer"}


def _end_to_end(message):
    return [field for field in message.fields if field[0].lower() not in _HOP]
