"""Runs batches of cells side by side and gathers a report."""
import concurrent.futures
import multiprocessing
import random

import support
from taint import batch, matrix, utility
from taint.report import Report

BATCH = 250


def batches(cells, size=BATCH):
    """Cells of one way of being known late apart from the others, so that a leak of theirs spoils no export."""
    groups = {}
    for cell in cells:
        key = "late" if cell.way == "late" else "record"
        groups.setdefault(key, []).append(cell)
        if len(groups[key]) == size:
            yield key, groups.pop(key)
    yield from groups.items()


def _one(binary, seed, phase, cells, dummies):
    done = batch.Batch(cells, binary, seed)
    done.run()
    kept, of, lost = utility.kept_leaves(done)
    for cell in cells:
        cell.exchange = None  # not worth carrying between processes
    return {"phase": phase, "cells": cells, "hits": done.hits, "unseen": done.unseen, "changed": done.changed, "refused": done.refused,
            "results": {name: [(code, stderr[-300:]) for code, _, stderr in runs] for name, runs in done.results.items()},
            "exit": done.exit, "seconds": done.seconds, "kept": (kept, of, lost), "replay": getattr(done, "replayed", None)}


def gather(report, answer):
    phase = answer["phase"]
    report.batches += 1
    for cell in answer["cells"]:
        report.cells += 1
        report.planted[(cell.kind, cell.encoding, cell.place)] += 1
        report.phases[phase] += 1
    found = {}
    for hit in answer["hits"]:
        sinks, example = found.setdefault(hit.owner, (set(), hit))
        sinks.add(hit.sink)
        # The cassette comes last but tells most.
        if hit.sink == "cassette" and example.sink != "cassette":
            found[hit.owner] = (sinks, hit)
    for cell, (sinks, example) in found.items():
        report.leak(cell, phase, sinks, example)
    report.unseen += len(answer["unseen"])
    report.problems += [f"not found on the wire: {cell.name} {cell.seed}" for cell in answer["unseen"]]
    report.changed += answer["changed"]
    report.refused += len(answer["refused"])
    for cell in answer["refused"]:
        report.refusals[(cell.place, cell.outcome)] += 1
    for name, runs in answer["results"].items():
        for code, _ in runs:
            report.readings[(name, code)] += 1
    report.readings[("record", answer["exit"])] += 1
    kept, of, lost = answer["kept"]
    report.kept += kept
    report.kept_of += of
    report.lost.update(lost)
    if answer["replay"]:
        report.replayed += answer["replay"][0]
        report.replay_of += answer["replay"][1]
        report.missed.update(answer["replay"][2])
    report.seconds.update(answer["seconds"])


def run(binary, seed, count=None, only=None, jobs=2, dummies=20, progress=None):
    support.Certificates.get()
    report = Report(seed)
    ran = []
    with concurrent.futures.ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        waiting = set()
        rng = random.Random(seed)

        def take(some):
            for future in some:
                answer = future.result()
                ran.extend((cell, answer["phase"]) for cell in answer["cells"])
                gather(report, answer)
                if progress:
                    progress(report)
        for phase, cells in batches(matrix.cells(seed, count, only)):
            waiting.add(pool.submit(_one, binary, rng.getrandbits(32), phase, cells, dummies))
            if len(waiting) > jobs + 1:
                done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
                take(done)
        take(concurrent.futures.as_completed(waiting))
    return report, ran
