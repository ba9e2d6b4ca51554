"""What a run found, for people: never a value, only where it stood and how to make it again."""
import collections
import fnmatch


class Report:
    def __init__(self, seed):
        self.seed = seed
        self.cells = self.batches = self.refused = self.unseen = 0
        self.planted = collections.Counter()       # (kind, encoding, place)
        self.leaks = {}                            # cell name/phase -> Leak
        self.changed = []
        self.refusals = collections.Counter()
        self.readings = collections.Counter()      # (phase, command, exit code)
        self.exits = collections.Counter()
        self.problems = []
        self.kept = self.kept_of = 0
        self.lost = collections.Counter()
        self.replayed = self.replay_of = 0
        self.missed = []                           # cells whose replay with a dummy missed
        self.skipped = []
        self.seconds = collections.Counter()
        self.phases = collections.Counter()
        self.ran = []                              # (cell, phase)

    def count(self, cell, phase):
        self.cells += 1
        self.phases[phase] += 1
        self.planted[(cell.kind, cell.encoding, cell.place)] += 1
        self.ran.append((cell, phase))

    def leak(self, cell, phase, sinks, example):
        self.leaks[(phase, cell.name)] = (cell, sorted(sinks), example)

    def good(self):
        return (not self.leaks and not self.unseen and not self.changed and not self.problems and
                self.kept >= 0.95 * self.kept_of and self.replayed == self.replay_of)

    def classes(self):
        """(phase, way, encoding, place) -> leaking cells, the biggest first."""
        groups = collections.defaultdict(list)
        for (phase, _), (cell, sinks, example) in self.leaks.items():
            groups[(phase, cell.way, cell.encoding, cell.place)].append((cell, sinks, example))
        return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))

    def text(self):
        lines = [f"taint test, seed {self.seed}", ""]
        lines += _table("encoding x place: leaks/cells", self.planted, self.leaks)
        lines += ["", "Leaks, by cell (kind/encoding/place, phase, way, the cell's seed: sinks)"]
        for (phase, name), (cell, sinks, _) in sorted(self.leaks.items()):
            lines.append(f"  {name} {phase} {cell.way} {cell.seed}: {', '.join(sinks)}")
        lines += ["", "Replays with dummies that missed"]
        lines += [f"  {cell.name} {cell.way} {cell.seed}" for cell in self.missed]
        lines += ["", *self.totals()]
        return "\n".join(lines) + "\n"

    def totals(self):
        share = 100.0 * self.kept / self.kept_of if self.kept_of else 100.0
        hits = 100.0 * self.replayed / self.replay_of if self.replay_of else 100.0
        yield f"cells: {self.cells} in {self.batches} recordings; " + ", ".join(f"{p} {n}" for p, n in sorted(self.phases.items()))
        yield f"leaking cells: {len(self.leaks)}"
        yield f"positive control: {self.cells - self.unseen} of {self.cells} found on the wire"
        yield f"refused by the proxy: {self.refused} " + str(dict(self.refusals.most_common(8)))
        yield f"live responses that changed: {len(self.changed)}"
        yield f"innocent leaves byte-equal: {self.kept} of {self.kept_of} ({share:.2f} %)"
        yield f"replay with dummies: {self.replayed} of {self.replay_of} hit ({hits:.2f} %)"
        for phase in sorted({phase for phase, _, _ in self.readings}):
            yield f"exit codes, {phase}: " + ", ".join(f"{name}={code}: {n}" for (p, name, code), n in sorted(self.readings.items())
                                                       if p == phase)
        yield from (f"skipped: {what}" for what in self.skipped)
        yield from (f"problem: {what}" for what in self.problems)
        yield "seconds: " + ", ".join(f"{name} {value:.1f}" for name, value in self.seconds.items())


def _table(title, planted, leaks):
    leaking = collections.Counter((cell.encoding, cell.place) for cell, _, _ in leaks.values())
    total = collections.Counter()
    for (_, encoding, place), count in planted.items():
        total[(encoding, place)] += count
    yield title
    for place in sorted({place for _, place in total}):
        cells = [f"{e}={leaking[(e, p)]}/{n}" if leaking[(e, p)] else f"{e}={n}" for (e, p), n in sorted(total.items()) if p == place]
        yield f"  {place}: " + " ".join(cells)
    for index, title in ((0, "kind"), (1, "encoding"), (2, "place")):
        all_of, bad = collections.Counter(), collections.Counter()
        for key, count in planted.items():
            all_of[key[index]] += count
        for cell, _, _ in leaks.values():
            bad[(cell.kind, cell.encoding, cell.place)[index]] += 1
        yield ""
        yield f"by {title}: leaks/cells"
        yield "  " + ", ".join(f"{name} {bad[name]}/{count}" for name, count in sorted(all_of.items()))


class Known:
    """known_leaks.txt: patterns kind/encoding/place[/phase[/way]] of leaks that are being mended."""

    def __init__(self, path):
        self.patterns, self.problems = [], []
        with open(path, encoding="ascii") as text:
            for line in text:
                line = line.partition("#")[0].strip()
                if line.startswith("problem "):
                    self.problems.append(line.partition(" ")[2])
                elif line:
                    self.patterns.append(line)

    def match(self, cell, phase):
        for pattern in self.patterns:
            name = "/".join((cell.kind, cell.encoding, cell.place, phase, cell.way)[:pattern.count("/") + 1])
            if fnmatch.fnmatchcase(name, pattern):
                return pattern
        return None

    def judge(self, report):
        """(failures that no line excuses, lines of which cells ran and none failed)."""
        fresh, used = [], set()
        failures = [(cell, phase, ", ".join(sinks)) for (phase, _), (cell, sinks, _) in report.leaks.items()]
        failures += [(cell, "replay", "a dummy missed") for cell in report.missed]
        for cell, phase, what in failures:
            pattern = self.match(cell, phase)
            if pattern is None:
                fresh.append(f"{cell.name}/{phase}/{cell.way} {cell.seed}: {what}")
            used.add(pattern)
        met = {self.match(cell, phase) for cell, phase in report.ran}
        return sorted(fresh), [pattern for pattern in self.patterns if pattern in met and pattern not in used]

    def judge_problems(self, problems):
        """The same for lines "problem PATTERN": other failures, by their text."""
        fresh = [text for text in problems if not any(fnmatch.fnmatchcase(text, p) for p in self.problems)]
        return fresh, [p for p in self.problems if not any(fnmatch.fnmatchcase(text, p) for text in problems)]
