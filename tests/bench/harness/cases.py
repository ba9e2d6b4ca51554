"""The cases of the bench.  Each measures nginx and CVR in turn, round by round, so that a noisy
neighbour hits both."""
import time

from cvr import Cvr
from files import SIZES
from load import measure, one_answer, through_cvr, to_nginx, trust
from machine import BenchError, memory_mib
from nginx import REVERSE, STATIC, Nginx


class Stage:
    """The servers that the cases share: the upstream, and nginx in CVR's place."""

    def __init__(self, run):
        self.upstream = Nginx("upstream", run.other_core, run, STATIC)
        self.static = Nginx("nginx-static", run.proxy_core, run, STATIC)
        self.reverse = Nginx("nginx-reverse", run.proxy_core, run, REVERSE, self.upstream.tls_port)

    def record(self, run, cassette):
        return Cvr(run, "record", cassette, self.upstream.tls_port)


def recorded(run, stage, name, path, *options, connections=1, size=None):
    """A sealed cassette of what `options` ask for."""
    cassette = run.folder / f"{name}.cvr"
    cvr = stage.record(run, cassette)
    measure(run, through_cvr(cvr, path), *options, connections=connections, size=size)
    cvr.stop()
    return cassette


def compare(run, figures, title, theirs, ours, goal=None, **settings):
    """Requests per CPU second of the proxy, nginx and CVR in alternation.  Answers CVR's results."""
    rounds = [(measure(run, theirs, **settings), ours and measure(run, ours, **settings)) for _ in range(run.rounds)]
    if ours is None:
        figures.yardstick(title, [nginx["rate"] for nginx, _ in rounds])
    else:
        figures.ratio(title, [(cvr["rate"], nginx["rate"]) for nginx, cvr in rounds], goal)
    return [cvr for _, cvr in rounds]


def replay(run, stage, figures):
    for name, goal in (("1k.json", 0.6), ("16k.json", None)):
        size = SIZES[name.split(".")[0]]
        title = f"replay {size // 1024} KiB, 64 connections"
        if run.cvr_binary is None:
            compare(run, figures, title, to_nginx(stage.static, f"/{name}"), None, size=size)
            continue
        cvr = Cvr(run, "replay", recorded(run, stage, f"replay-{name}", f"/{name}", "--requests", 1, size=size))
        check_body(run, cvr, name)
        compare(run, figures, title, to_nginx(stage.static, f"/{name}"), through_cvr(cvr, f"/{name}"), goal, size=size)
        if name == "1k.json":
            compare(run, figures, "replay 1 KiB, absolute-form in clear text",
                    to_nginx(stage.static, f"/{name}", plain=True),
                    through_cvr(cvr, f"/{name}", absolute=True), size=size)
            handshakes(run, stage, figures, cvr, size)
        cvr.stop()


def handshakes(run, stage, figures, cvr, size):
    """What axios does: a new CONNECT and TLS connection for every request."""
    pairs = []
    for _ in range(run.rounds):
        nginx = measure(run, to_nginx(stage.static, "/1k.json"), "--fresh", connections=16, size=size)
        ours = measure(run, through_cvr(cvr, "/1k.json"), "--fresh", connections=16, size=size)
        pairs.append((ours["rate"], nginx["rate"]))
    figures.ratio("replay 1 KiB, a new connection for each", pairs)


def check_body(run, cvr, name):
    if one_answer(cvr.port, f"/{name}", trust(cvr.ca)) != (run.bodies / name).read_bytes():
        raise BenchError(f"replay of /{name} is not byte-equal to what was recorded")


def record(run, stage, figures):
    for name, goal in (("1k.json", 0.45), ("1k.bin", None)):
        title = f"record 1 KiB {'JSON' if name.endswith('json') else 'binary'}, 64 connections"
        theirs = to_nginx(stage.reverse, f"/{name}")
        if run.cvr_binary is None:
            compare(run, figures, title, theirs, None, size=1024)
            continue
        pairs = []
        for number in range(run.rounds):
            nginx = measure(run, theirs, size=1024)
            cassette = run.folder / f"record-{number}.cvr"
            cvr = stage.record(run, cassette)
            ours = measure(run, through_cvr(cvr, f"/{name}"), size=1024)
            cvr.stop()
            cassette.unlink()
            pairs.append((ours["rate"], nginx["rate"]))
        figures.ratio(title, pairs, goal)


def latency(run, stage, figures):
    """One connection: nothing waits for anything but the proxy."""
    ways = [("replay", stage.static, None), ("record", stage.reverse, None)]
    for way, nginx, cvr in ways:
        if run.cvr_binary is not None:
            cassette = run.folder / f"latency-{way}.cvr"
            if way == "replay":
                cassette = recorded(run, stage, f"latency-{way}", "/1k.json", "--requests", 1, size=1024)
                cvr = Cvr(run, "replay", cassette)
            else:
                cvr = stage.record(run, cassette)
        rounds = [(measure(run, to_nginx(nginx, "/1k.json"), connections=1, size=1024)["latency_us"],
                   cvr and measure(run, through_cvr(cvr, "/1k.json"), connections=1, size=1024)["latency_us"])
                  for _ in range(run.rounds)]
        for point in ("p50", "p99"):
            title = f"{way} 1 KiB, 1 connection, {point}"
            if cvr is None:
                figures.yardstick(title, [theirs[point] for theirs, _ in rounds], "us")
            else:
                figures.ratio(title, [(ours[point], theirs[point]) for theirs, ours in rounds], unit="us")
        if cvr:
            cvr.stop()


def memory(run, stage, figures):
    """Of a process that has served nothing yet, and its highest after 64 connections."""
    for way in ("replay", "record"):
        if run.cvr_binary is None:
            continue
        idle, peak = [], []
        for number in range(run.rounds):
            if way == "replay":
                cvr = Cvr(run, "replay", recorded(run, stage, f"memory-{number}", "/1k.json", "--requests", 1))
            else:
                cvr = stage.record(run, run.folder / f"memory-record-{number}.cvr")
            result = measure(run, through_cvr(cvr, "/1k.json"), size=1024)
            idle.append(result["memory_before_kib"]["resident"] / 1024)
            peak.append(result["memory_after_kib"]["peak"] / 1024)
            cvr.stop()
        figures.value(f"{way}: resident, idle", idle, "MiB", goal=16)
        figures.value(f"{way}: resident, peak at 64 connections", peak, "MiB")


def big(run, stage, figures):
    """A large cassette: how soon it answers, and whether finding among many costs more."""
    if run.cvr_binary is None:
        return
    many, few = run.interactions, 100
    path = "/n/{n}"
    cassettes = {}
    for count in (few, many):
        print(f"  recording {count:,} interactions of 4 KiB", flush=True)
        cassettes[count] = recorded(run, stage, f"big-{count}", path, "--requests", count, "--keys", count,
                                    connections=min(64, count), size=4096)
    first_answers(run, figures, cassettes[many], many)
    cvrs = {count: Cvr(run, "replay", cassettes[count]) for count in (few, many)}
    options = {count: ("--keys", count, "--scattered") for count in cvrs}
    pairs = [tuple(measure(run, through_cvr(cvrs[count], path), *options[count], size=4096)["rate"]
                   for count in (many, few)) for _ in range(run.rounds)]
    figures.ratio(f"replay 4 KiB, {many:,} interactions against {few}", pairs, other=f"with {few}")
    resident, own = memory_mib(cvrs[many].process.pid)
    figures.value(f"{many:,} interactions: private memory", [own], "MiB",
                  note=f"resident with the mapped file {resident:,.0f} MiB")
    for cvr in cvrs.values():
        cvr.stop()


def first_answers(run, figures, cassette, count):
    context = trust(run.home / "ca.pem")
    times, body = [], (run.bodies / "4k.json").read_bytes()
    for _ in range(run.rounds):
        began = time.monotonic()
        cvr = Cvr(run, "replay", cassette)
        answer = one_answer(cvr.port, f"/n/{count // 2}", context)
        times.append((time.monotonic() - began) * 1000)
        if answer != body:
            raise BenchError("the first answer from the large cassette is not what was recorded")
        cvr.stop()
    size = cassette.stat().st_size / 2**20
    figures.value(f"{count:,} interactions: start to first answer", times, "ms", goal=300,
                  note=f"cassette of {size:,.0f} MiB")


CASES = {"replay": replay, "record": record, "latency": latency, "memory": memory, "big": big}
