"""The leaking classes, each with examples: what stood around the value, which itself is masked."""
import collections
import re

_RUN = re.compile(rb"[A-Za-z0-9+/=_-]{13,}")


def _show(context):
    # What stands around may be another cell's value.
    context = _RUN.sub(lambda m: b"~%d~" % len(m.group()), context.replace(b"\n\x01\n", b" || "))
    return "".join(chr(c) if 32 <= c < 127 else "\\x%02x" % c for c in context).replace("`", "'")


def _group(report, late):
    groups = collections.defaultdict(list)
    for (phase, _), leak in report.leaks.items():
        if (leak[0].way == "late") == late:
            groups[(phase, leak[0].encoding)].append(leak)
    return sorted(groups.items(), key=lambda item: -len(item[1]))


def classes(report, note=""):
    lines = [f"# Leaks, seed {report.seed}", "", f"{len(report.leaks)} of {report.cells} cells leak. " + note, ""]
    lines += ["`[N bytes]` is the secret or the part of it that stood there, `~N~` another run of N characters; text as it",
              "is after undoing the encoding named.  Numbers are leaks/cells.", ""]
    planted = collections.Counter()
    for (_, encoding, _), n in report.planted.items():
        planted[encoding] += n
    for late in (False, True):
        total = sum(len(members) for _, members in _group(report, late))
        lines += ["", f"# Known {'only later (the seal must purge)' if late else 'before'}: {total} leaks", ""]
        for (phase, encoding), members in _group(report, late):
            places = collections.Counter(cell.place for cell, _, _ in members)
            kinds = collections.Counter(cell.kind for cell, _, _ in members)
            sinks = collections.Counter(sink for _, found, _ in members for sink in found)
            lines.append(f"- **{encoding}** ({phase}): {len(members)}/{planted[encoding]}")
            lines.append("  - places: " + _counts(places))
            lines.append("  - kinds: " + _counts(kinds) + "; sinks: " + _counts(sinks))
            for cell, _, hit in members[:1 if late else 3]:
                lines.append(f"  - {cell.name} seed {cell.seed}, {hit.sink} after {hit.chain or 'nothing'}, {hit.size} of {hit.of}: "
                             f"`{_show(hit.context)}`")
    if report.lost:
        lines += ["", "# Innocent leaves that were lost", ""]
        lines += [f"- {what}: {n}" for what, n in report.lost.most_common(60)]
    if report.changed:
        lines += ["", "# Live responses that changed", ""]
        lines += [f"- {cell.name}: {what}" for cell, what in report.changed[:60]]
    if report.missed:
        lines += ["", "# Replays with dummies that missed", ""]
        missed = collections.Counter(f"{cell.encoding} in {cell.place}, known by {cell.way}" for cell in report.missed)
        lines += [f"- {what}: {n}" for what, n in missed.most_common(60)]
    if report.problems:
        lines += ["", "# Other problems", ""] + [f"- {what}" for what in report.problems[:60]]
    return "\n".join(lines) + "\n"


def _counts(counter):
    return ", ".join(f"{name} {n}" for name, n in counter.most_common(40))
