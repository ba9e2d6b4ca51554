"""How soon a large sealed cassette answers: as it was recorded, by the writes in between, under other rules."""
import subprocess
import time

from cvr import Cvr, environment
from load import one_answer, trust
from machine import BenchError, cpu_ms, memory_mib

RULES = '[match]\nquery = { ts = "any" }\njson = { "/sentAt" = "any" }\n'
LOOSE = '[match]\npath = "regex:(/n/[0-9]+)/?"\n'  # which recordings are of one route is not known before all are read
GOAL_MS, GOAL_EXPLAIN_MS, GOAL_MIB = 100, 50, 64


def expected(number):
    return f'{{"number":{number},"shape":"round","open":true,"note":"entry of a list"}}'.encode()


def lookup(run, _stage, figures):
    if run.cvr_binary is None:
        return
    cassettes = {count: make(run, count) for count in (100, run.interactions)}
    rules, loose = run.folder / "lookup.toml", run.folder / "loose.toml"
    rules.write_text(RULES)
    loose.write_text(LOOSE)
    small = opened(run, cassettes[100], 100, ())  # what any start costs; it also makes the CA
    ways = [("as recorded", ()), ("--stateful", ("--stateful",)), ("other [match] rules", ("--match", rules)),
            ("other [match] rules, --stateful", ("--match", rules, "--stateful"))]
    title = f"{run.interactions:,} interactions"
    for name, more in ways:
        rounds = [opened(run, cassettes[run.interactions], run.interactions, more) for _ in range(run.rounds)]
        tell(figures, f"{title}, {name}", rounds, small, GOAL_MS)
    for name, more, path in (("a rule on the path", ("--match", loose), None),
                             (f"first of a route of {run.interactions // 10:,}, other rules", ("--match", rules), "/orders")):
        tell(figures, f"{title}, {name}", [opened(run, cassettes[run.interactions], run.interactions, more, path)], small, None)
    explain(run, figures, title, cassettes[run.interactions], rules)


def make(run, count):
    print(f"  making a cassette of {count:,} interactions", flush=True)
    path = run.folder / f"lookup-{count}.cvr"
    done = subprocess.run([run.maker_binary, path, str(count)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BenchError(done.stderr.strip())
    return path


def tell(figures, title, rounds, small, goal):
    column = {name: [one[name] for one in rounds] for name in rounds[0]}
    figures.value(f"{title}: start to first answer", column["ms"], "ms", goal=goal, note=f"with 100: {small['ms']:,.0f} ms")
    figures.value(f"{title}: CPU time until then", column["cpu"], "ms", note=f"with 100: {small['cpu']:,.0f} ms")
    figures.value(f"{title}: private memory over that with 100", [own - small["own"] for own in column["own"]], "MiB",
                  goal=goal and GOAL_MIB)


def opened(run, cassette, count, more, path=None):
    """Starts a replay, asks once, and answers what that took."""
    number = count // 2 // 10 * 10
    began = time.monotonic()
    cvr = Cvr(run, "replay", cassette, more=more)
    context = trust(cvr.ca)
    if path is None:
        if one_answer(cvr.port, f"/n/{number}", context) != expected(number):
            raise BenchError("the first answer from the large cassette is not what was recorded")
    else:
        number += 9
        body = f'{{"order":{number},"sentAt":"2026-02-01","seats":4}}'
        if one_answer(cvr.port, path, context, body) != expected(number):
            raise BenchError("the first answer of a large route is not what was recorded")
    ms = (time.monotonic() - began) * 1000
    cpu, (_, own) = cpu_ms(cvr.process.pid), memory_mib(cvr.process.pid)
    cvr.process.kill()
    return {"ms": ms, "cpu": cpu, "own": own}


def explain(run, figures, title, cassette, rules):
    """`cvr explain` of a request that nothing answers, as a process of its own."""
    asked = run.folder / "asked.http"
    asked.write_text("GET https://bench.test/n/absent\n\n")
    for name, more in (("as recorded", ()), ("other [match] rules", ("--match", str(rules)))):
        took = []
        for _ in range(run.rounds):
            began = time.monotonic()
            done = subprocess.run([run.cvr_binary, "explain", str(cassette), "--request", str(asked), *more],
                                  capture_output=True, text=True, check=False, env=environment(run.home))
            took.append((time.monotonic() - began) * 1000)
            if done.returncode != 1 or "no recorded interaction matches" not in done.stdout:
                raise BenchError(f"cvr explain: {done.stdout[-300:]}{done.stderr[-300:]}")
        figures.value(f"{title}, {name}: cvr explain", took, "ms", goal=GOAL_EXPLAIN_MS)
