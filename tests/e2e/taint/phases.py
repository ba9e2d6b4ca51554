"""What may happen to a recording beside ending well: each phase is a Batch that makes it happen."""
import os
import random
import resource
import signal

from taint import batch, foreign, matrix, process, sinks, teach, wire
from taint.oracle import Oracle


class Record(batch.Batch):
    """Ends well; then a replay, with dummies in the secrets' stead, that hits and that misses."""

    phase = "record"
    dummies = 25

    def after(self, place):
        self.replayed, self.replay_of, self.missed = 0, 0, []
        fitting = [c for c in self.cells if c.place.startswith("q.") and c.number in self.origin_sent and c.way != "late"
                   and not c.exchange.connect_host and not c.exchange.connect_fields
                   and c.teacher not in teach.BY_ANSWER]
        chosen = self.rng.sample(fitting, min(self.dummies, len(fitting)))
        if chosen:
            self.replay(place, chosen)

    def replay(self, place, chosen):
        stand_ins = []
        for cell in chosen:
            other = matrix.Cell(cell.kind, cell.encoding, cell.place, f"dummy of {cell.seed}")
            other.way, other.teacher = cell.way, cell.teacher
            # In base64 what follows a value is spelled by where the value ends.
            if not other.prepare(cell.number) or len(other.secret.value) % 3 != len(cell.secret.value) % 3:
                continue
            stand_ins.append(other)
        with open(place.secrets, "w", encoding="utf-8", newline="") as file:
            given = [cell.secret.value for cell in stand_ins if cell.way == "given"]
            file.write(teach.dotenv(given) if given else "")
        first = max(cell.number for cell in self.cells) + 1000000
        lessons = list(teach.exchanges([(c.teacher, c.secret.value) for c in stand_ins if c.way == "traffic"], first))
        proxy = process.Proxy(place, "replay", None)
        try:
            refused = wire.send_all(lessons, proxy.port, proxy.ca)  # they miss, and teach all the same
            got = wire.send_all([cell.exchange for cell in stand_ins], proxy.port, proxy.ca, threads=1)
            for cell in stand_ins:
                cell.exchange.query.append(b"more=1")
            astray = wire.send_all([cell.exchange for cell in stand_ins], proxy.port, proxy.ca)
            shown = [("page", [raw]) for _, (raw,) in sinks.pages(proxy.port, proxy.ca)]
            shown += [(name, [data]) for name, data in proxy.own()]
        finally:
            proxy.stop()
        self.replay_of = len(stand_ins)
        for cell in stand_ins:
            if b"x-cvr: miss" in got[cell.number][:2000].lower() or not got[cell.number]:
                self.missed.append(cell)
            else:
                self.replayed += 1
        problems = [raw for raw in [*refused.values(), *got.values(), *astray.values()] if b"\nx-cvr:" in raw[:2000].lower()]
        oracle = Oracle()
        for cell in stand_ins:
            oracle.add(cell, cell.secret)
        oracle.seal()
        self.misses = [hit for name, pieces in shown + [("problem", problems)] + list(sinks.files(place))
                       for hit in oracle.search(name, pieces)]
        self.stand_ins = stand_ins


class Late(Record):
    phase = "late"


class Killed(batch.Batch):
    """SIGKILL, or a signal that would leave a core, at some write in the middle of it."""

    phase = "kill"

    def start(self, place, origin):
        proxy = process.Proxy(place, "record", origin, preexec=_cores_allowed)
        number = self.rng.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGABRT])
        origin.after = (self.rng.randrange(len(self.cells) // 2, len(origin.answers)), lambda: proxy.process.send_signal(number))
        return proxy

    def after(self, place):
        self.cells = [cell for cell in self.cells if cell.number in self.origin_seen]
        for command in (["repair", place.cassette], ["verify", place.cassette]):
            done = place.command(*command)
            self.results.setdefault(command[0] + " after", []).append((done.returncode, done.stdout, done.stderr))
        oracle = Oracle()
        for cell in self.cells:
            oracle.add(cell, cell.secret)
        oracle.seal()
        for name, pieces in sinks.files(place):
            self.hits += oracle.search(name, pieces)

    def compare(self):
        pass


class Full(Killed):
    """No file may grow beyond 32 KiB any more: what a full disk does."""

    phase = "full"

    def start(self, place, origin):
        proxy = process.Proxy(place, "record", origin)
        resource.prlimit(proxy.process.pid, resource.RLIMIT_FSIZE, (32 << 10, 32 << 10))
        return proxy


class Reset(batch.Batch):
    """The upstream stops in the middle of its answer: closes or resets."""

    phase = "reset"

    def answer(self, cell):
        raw = b"".join(cell.exchange.response_pieces())
        head = raw.find(b"\r\n\r\n") + 4
        rng = random.Random(cell.seed)
        cut = rng.randrange(head, len(raw)) if len(raw) > head else len(raw)
        core = cell.secret.cores[0]
        at = raw.find(core[:12], head)
        if at >= 0 and rng.random() < 0.7:  # within the value itself
            cut = at + rng.randrange(12, len(core)) if len(core) > 12 else at + 12
        return [raw[:cut], "reset" if cell.seed % 2 else "close"]

    def compare(self):
        pass

    def control(self, oracle):
        super().control(oracle)
        # What was cut off was not there to be found.
        self.cells = [cell for cell in self.cells if cell not in self.unseen]
        self.unseen = []


class Broken(Reset):
    """A content coding cut short or with flipped bytes, in requests and responses."""

    phase = "broken"

    def __init__(self, cells, binary, seed):
        super().__init__(cells, binary, seed)
        for cell in cells:
            rng = random.Random(cell.seed)
            for message in (cell.exchange.request, cell.exchange.response):
                if message.coded and message.codings:
                    message.coded = _damage(message.coded, rng)

    def answer(self, cell):
        return cell.exchange.response_pieces()


def _damage(data, rng):
    """Cut short, or a byte flipped where a checksum tells (without one it is another text, and not broken)."""
    checked = data.startswith((b"\x1f\x8b", b"x"))
    at = rng.randrange(len(data) // 2, len(data))
    if not checked or rng.random() < 0.5:
        return data[:at]
    return data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:]


class Import(batch.Batch):
    """A HAR with all of it comes in from another tool."""

    phase = "import"

    def record(self, place, origin):
        first = max(cell.number for cell in self.cells) + 1
        lessons = list(teach.exchanges(self.lessons("traffic"), first))
        late = list(teach.exchanges(self.lessons("late"), first + len(lessons)))
        path = os.path.join(os.path.dirname(place.work), "foreign.har")
        with open(path, "w", encoding="utf-8") as file:
            file.write(foreign.har(lessons + [cell.exchange for cell in self.cells] + late))
        secrets = ["--secrets", place.secrets] if os.path.getsize(place.secrets) else []
        done = place.command("import", path, "-o", place.cassette, "-vvv", *secrets)
        self.exit, self.got, self.origin_sent, self.origin_seen = done.returncode, {}, {}, {}
        self.live = [("log", [done.stdout, done.stderr])]

    def compare(self):
        pass


def _cores_allowed():
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


BY_NAME = {phase.phase: phase for phase in (Record, Late, Killed, Full, Reset, Broken, Import)}
