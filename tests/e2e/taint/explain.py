"""The leaking classes, each with one example: what stood around the value, which itself is masked."""
import collections


def _show(context):
    return "".join(chr(c) if 32 <= c < 127 else "\\x%02x" % c for c in context)


def classes(report):
    lines = [f"# Leaks, seed {report.seed}", "", f"{len(report.leaks)} of {report.cells} cells leak.", ""]
    for title, key in (("encoding", lambda c: c.encoding), ("place", lambda c: c.place), ("kind", lambda c: c.kind),
                       ("way", lambda c: c.way)):
        count = collections.Counter(key(cell) for cell, _, _ in report.leaks.values())
        lines.append(f"by {title}: " + ", ".join(f"{name} {n}" for name, n in count.most_common()))
    lines += ["", "`[N bytes]` is the secret or the part of it that stood there, after undoing `chain`.", ""]
    for (phase, way, encoding, place), members in report.classes():
        kinds = sorted({cell.kind for cell, _, _ in members})
        sinks = sorted({sink for _, found, _ in members for sink in found})
        cell, _, hit = members[0]
        lines.append(f"- **{encoding} in {place}** ({phase}, known by {way}): {len(members)}; kinds {' '.join(kinds)}")
        lines.append(f"  sinks: {' '.join(sinks)}")
        lines.append(f"  e.g. {cell.name} seed {cell.seed}, {hit.sink} after `{hit.chain or 'nothing'}`, {hit.size} of {hit.of} bytes: "
                     f"`{_show(hit.context)}`")
    if report.lost:
        lines += ["", "# Innocent leaves that were lost", ""]
        lines += [f"- {what}: {n}" for what, n in report.lost.most_common(60)]
    if report.changed:
        lines += ["", "# Live responses that changed", ""]
        lines += [f"- {cell.name}: {what}" for cell, what in report.changed[:60]]
    if report.missed:
        lines += ["", "# Replays with dummies that missed", ""]
        lines += [f"- {what}: {n}" for what, n in report.missed.most_common(60)]
    return "\n".join(lines) + "\n"
