"""The cases of the bench.  Each measures nginx and CVR in turn, round by round, so that a noisy
neighbour hits both."""
import time

from cvr import Cvr
from files import SIZES
from load import ask, one_answer, rate, through_cvr, to_nginx, trust
from lookups import lookup
from machine import BenchError, cpu_ms, memory_mib
from nginx import REVERSE, STATIC, Nginx
from sizes import size

NUMBERED = "/n/{n}"  # one body under as many paths as the client counts
NUMBERED_16K = "/m/{n}"


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
    ask(run, through_cvr(cvr, path), *options, connections=connections, size=size)
    cvr.stop()
    return cassette


def compare(run, figures, title, theirs, ours, goal=None, options=(), **settings):
    """Requests per CPU second of the proxy, nginx and CVR (None: left out) in alternation."""
    rounds = [(ours and rate(run, ours, *options, **settings), rate(run, theirs, *options, **settings))
              for _ in range(run.rounds)]
    if ours is None:
        figures.yardstick(title, [nginx for _, nginx in rounds])
    else:
        figures.ratio(title, rounds, goal)


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
            # What axios does: a new CONNECT and TLS connection for every request.
            compare(run, figures, "replay 1 KiB, a new connection for each", to_nginx(stage.static, f"/{name}"),
                    through_cvr(cvr, f"/{name}"), options=["--fresh"], connections=16, size=size)
        cvr.stop()


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
            nginx = rate(run, theirs, size=1024)
            cassette = run.folder / f"record-{number}.cvr"
            cvr = stage.record(run, cassette)
            ours = rate(run, through_cvr(cvr, f"/{name}"), size=1024)
            cvr.stop()
            cassette.unlink()
            pairs.append((ours, nginx))
        figures.ratio(title, pairs, goal)


def latency(run, stage, figures):
    """One connection: nothing waits for anything but the proxy."""
    for way, kib in (("replay", 1), ("record", 1), ("record", 16)):
        size, cvr = kib << 10, None
        path, nginx = f"/{kib}k.json", stage.static if way == "replay" else stage.reverse
        if run.cvr_binary is not None:
            name = f"latency-{way}-{kib}"
            if way == "replay":
                cvr = Cvr(run, way, recorded(run, stage, name, path, "--requests", 1, size=size))
            else:
                cvr = stage.record(run, run.folder / f"{name}.cvr")
        rounds = [(ask(run, to_nginx(nginx, path), connections=1, size=size)["latency_us"],
                   cvr and ask(run, through_cvr(cvr, path), connections=1, size=size)["latency_us"])
                  for _ in range(run.rounds)]
        for point in ("p50", "p99"):
            title = f"{way} {kib} KiB, 1 connection, {point}"
            if cvr is None:
                figures.yardstick(title, [theirs[point] for theirs, _ in rounds], "us")
            else:
                figures.ratio(title, [(ours[point], theirs[point]) for theirs, ours in rounds], unit="us")
        if cvr:
            goal = 1 if kib == 16 else None
            figures.value(f"{way} {kib} KiB, 1 connection: p99 less that of nginx",
                          [(ours["p99"] - theirs["p99"]) / 1000 for theirs, ours in rounds], "ms", goal=goal)
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
            result = ask(run, through_cvr(cvr, "/1k.json"), size=1024)
            idle.append(result["memory_before_kib"]["resident"] / 1024)
            peak.append(result["memory_after_kib"]["peak"] / 1024)
            cvr.stop()
        figures.value(f"{way}: resident, idle", idle, "MiB", goal=16)
        figures.value(f"{way}: resident, peak at 64 connections", peak, "MiB")


def flat(run, stage, figures):
    """Memory of a recorder after a tenth of many interactions, and after all of them."""
    if run.cvr_binary is None:
        return
    many, size = run.interactions, SIZES["16k"]
    cvr = stage.record(run, run.folder / "flat.cvr")
    to = through_cvr(cvr, NUMBERED_16K)
    peaks = [ask(run, to, "--requests", count, "--keys", count, size=size)["memory_after_kib"]["peak"] / 1024
             for count in (many // 10, many)]
    cvr.stop()
    figures.value(f"record {many // 10:,} interactions of 16 KiB: resident, peak", [peaks[0]], "MiB")
    figures.value(f"record {many:,} more: resident, peak", [peaks[1]], "MiB")


def big(run, stage, figures):
    """A large cassette: how soon it answers, and whether finding among many costs more."""
    if run.cvr_binary is None:
        return
    many, few = run.interactions, 100
    cassettes = {}
    for count in (few, many):
        print(f"  recording {count:,} interactions of 4 KiB", flush=True)
        cassettes[count] = recorded(run, stage, f"big-{count}", NUMBERED, "--requests", count, "--keys", count,
                                    connections=min(64, count), size=SIZES["4k"])
    small = Cvr(run, "replay", cassettes[few])
    rounds = [big_round(run, small, few, cassettes[many], many) for _ in range(run.rounds)]
    small.stop()

    def column(name):
        return [one[name] for one in rounds]

    size = cassettes[many].stat().st_size / 2**20
    figures.value(f"{many:,} interactions: start to first answer", column("first_ms"), "ms", goal=300,
                  note=f"cassette of {size:,.0f} MiB")
    figures.value(f"{many:,} interactions: CPU time until then", column("first_cpu_ms"), "ms")
    for name, title in (("once", "each for the first time"), ("again", "each again")):
        figures.ratio(f"{many:,} interactions, {title}", list(zip(column(name), column("few"))), other=f"with {few}")
    figures.value(f"{many:,} interactions: private memory after one", column("private_first"), "MiB")
    figures.value(f"{many:,} interactions: private memory after all", column("private_all"), "MiB",
                  note=f"resident with the mapped file {max(column('resident_all')):,.0f} MiB")


def big_round(run, small, few, cassette, many):
    """Opens the large cassette, asks once, then for everything in scattered order, then goes on."""
    context = trust(small.ca)
    began = time.monotonic()
    cvr = Cvr(run, "replay", cassette)
    answer = one_answer(cvr.port, f"/n/{many // 2}", context)
    first_ms = (time.monotonic() - began) * 1000
    first_cpu_ms = cpu_ms(cvr.process.pid)
    if answer != (run.bodies / "4k.json").read_bytes():
        raise BenchError("the first answer from the large cassette is not what was recorded")
    _, private_first = memory_mib(cvr.process.pid)
    to, size = through_cvr(cvr, NUMBERED), SIZES["4k"]
    once = rate(run, to, "--requests", many, "--keys", many, "--scattered", size=size)
    again = rate(run, to, "--keys", many, "--scattered", size=size)
    with_few = rate(run, through_cvr(small, NUMBERED), "--keys", few, "--scattered", size=size)
    resident_all, private_all = memory_mib(cvr.process.pid)
    cvr.stop()
    return {"first_ms": first_ms, "first_cpu_ms": first_cpu_ms, "once": once, "again": again, "few": with_few,
            "private_first": private_first, "private_all": private_all, "resident_all": resident_all}


CASES = {"replay": replay, "record": record, "latency": latency, "memory": memory, "flat": flat, "big": big, "lookup": lookup,
         "size": size}
