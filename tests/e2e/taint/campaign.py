"""Runs batches of cells side by side and gathers a report."""
import concurrent.futures
import multiprocessing
import random
import subprocess

import support
from taint import matrix, phases, utility
from taint.report import Report

BATCH = 350
# Of a hundred batches of known secrets so many go through these phases in place of a quiet recording.
SHARES = {"kill": 6, "full": 4, "reset": 12, "broken": 8, "import": 6}
# What a phase or a sink needs of the product: skipped visibly where it is not there.
COMMANDS = {"import": "phase import", "redact": "old cassettes under newer rules", "bundle": "bundles", "proxy": "session names",
            "probe": "tags of steps"}


def lacking(binary):
    """The commands of COMMANDS that this binary does not know."""
    return [name for name in COMMANDS
            if subprocess.run([binary, name, "--help"], capture_output=True, stdin=subprocess.DEVNULL, check=False).returncode]


def batches(cells, seed, shares, size=BATCH):
    """(phase, cells).  Values learned late have recordings of their own, so that a leak of theirs spoils no export."""
    rng = random.Random(seed)
    names = ["record"] + list(shares)
    weights = [100 - sum(shares.values())] + list(shares.values())
    groups = {}
    for cell in cells:
        if cell.way == "late":
            phase = "late"
        else:
            phase = rng.choices(names, weights)[0]
            coded = bool(cell.exchange.request.codings or cell.exchange.response.codings)
            if phase == "reset" and cell.place.startswith("q.") or phase == "broken" and not coded:
                phase = "record"
        groups.setdefault(phase, []).append(cell)
        if len(groups[phase]) == size:
            yield phase, groups.pop(phase)
    yield from groups.items()


def one(binary, seed, phase, cells):
    """Runs in a process of its own; answers what the report needs."""
    done = phases.BY_NAME[phase](cells, binary, seed).run()
    kept, of, lost = utility.kept_leaves(done) if phase == "record" else (0, 0, {})
    for cell in cells:
        cell.exchange = None  # not worth carrying between processes
    answer = {"phase": phase, "cells": done.cells, "hits": done.hits, "unseen": done.unseen, "changed": done.changed,
              "refused": done.refused, "exit": done.exit, "last_words": done.last_words, "seconds": done.seconds, "kept": (kept, of, lost),
              "results": {name: [(code, err[-300:]) for code, _, err in runs] for name, runs in done.results.items()}}
    if getattr(done, "replay_of", 0):
        for cell in done.stand_ins:
            cell.exchange = None
        answer |= {"replay": (done.replayed, done.replay_of, done.missed), "misses": done.misses, "stand_ins": done.stand_ins}
    return answer


def _leaks(report, phase, hits):
    found = {}
    for hit in hits:
        sinks, example = found.setdefault(hit.owner, (set(), hit))
        sinks.add(hit.sink)
        # The cassette comes last but tells most.
        if hit.sink == "cassette" and example.sink != "cassette":
            found[hit.owner] = (sinks, hit)
    for cell, (sinks, example) in found.items():
        report.leak(cell, phase, sinks, example)


def _bad_exits(phase, answer):
    """Where nothing leaks every command says yes."""
    runs = [(name, code, err) for name, all_of in answer["results"].items() for code, err in all_of if not name.endswith("after")]
    if phase not in ("kill", "full"):
        runs.append(("record", answer["exit"], answer["last_words"].encode()))
    return [f"{phase}: {name} exits {code}: {err.decode(errors='replace').strip()[-400:]}" for name, code, err in runs if code]


def gather(report, answer):
    phase = answer["phase"]
    report.batches += 1
    for cell in answer["cells"]:
        report.count(cell, phase)
    _leaks(report, phase, answer["hits"])
    report.unseen += len(answer["unseen"])
    report.problems += [f"not found on the wire: {cell.name} {cell.seed}" for cell in answer["unseen"]]
    report.changed += answer["changed"]
    report.refused += len(answer["refused"])
    for cell in answer["refused"]:
        report.refusals[(cell.place, cell.outcome)] += 1
    for name, runs in answer["results"].items():
        for code, _ in runs:
            report.readings[(phase, name, code)] += 1
    report.readings[(phase, "record", answer["exit"])] += 1
    if not answer["hits"]:
        report.problems += _bad_exits(phase, answer)
    kept, of, lost = answer["kept"]
    report.kept += kept
    report.kept_of += of
    report.lost.update(lost)
    report.seconds.update(answer["seconds"])
    if "replay" in answer:
        hit, of, missed = answer["replay"]
        report.replayed += hit
        report.replay_of += of
        report.missed += missed
        for cell in answer["stand_ins"]:
            report.count(cell, "miss")
        _leaks(report, "miss", answer["misses"])


def run(binary, seed, count=None, only=None, jobs=2, phase=None, progress=None):
    """(Report, [(cell, phase)] that ran)."""
    support.Certificates.get()
    report = Report(seed)
    absent = lacking(binary)
    report.skipped = [f"{COMMANDS[name]} (no command {name})" for name in absent]
    shares = {name: share for name, share in SHARES.items() if name not in absent}
    with concurrent.futures.ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        waiting = set()
        rng = random.Random(seed)

        def take(some):
            for future in some:
                gather(report, future.result())
                if progress:
                    progress(report)
        chosen = matrix.cells(seed, count, only)
        for name, cells in batches(chosen, seed, shares):
            waiting.add(pool.submit(one, binary, rng.getrandbits(32), phase or name, cells))
            if len(waiting) > jobs + 1:
                done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                take(done)
        take(concurrent.futures.as_completed(waiting))
    return report
