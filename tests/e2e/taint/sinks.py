"""All that a run leaves behind or shows, as (name, pieces)."""
import contextlib
import os

from taint import cassette, wire

FORMATS = ("har", "curl", "jsonl", "md", "http")


def files(place, skip=()):
    """Every file in the working directory, its home and temporary directory included, and all names."""
    names = []
    for folder, _, entries in os.walk(place.work):
        for entry in entries:
            path = os.path.join(folder, entry)
            relative = os.path.relpath(path, place.work)
            names.append(relative.encode(errors="surrogateescape"))
            if not os.path.isfile(path) or relative in skip:
                continue
            with open(path, "rb") as file:
                data = file.read()
            if entry.endswith((".cvr", ".damaged")):
                yield "cassette", cassette.pieces(data)
            else:
                yield ("log" if entry.endswith(".log") else "file " + os.path.basename(relative)), [data]
    yield "names", names


def readings(place, results, shows=4):
    """What the reading commands print; their exit codes go to `results`."""
    path = place.cassette
    commands = [("export." + form, ["export", "--format", form, path]) for form in FORMATS]
    commands += [("cat", ["cat", path]), ("cat.json", ["cat", "--json", path]), ("ls", ["ls", path]), ("ls.json", ["ls", "--json", path]),
                 ("verify", ["verify", path]), ("verify.json", ["verify", "--json", path])]
    if os.path.getsize(place.secrets):
        commands.append(("verify.secrets", ["verify", path, "--secrets", place.secrets]))
    for name, arguments in commands:
        yield from _reading(place, name, arguments, results)
    count = results["ls.json"][-1][1].count(b'"url"')
    for n in range(1, count + 1, max(1, count // shows)):
        yield from _reading(place, "show", ["show", path, str(n)], results)
        yield from _reading(place, "show.json", ["show", "--json", path, str(n)], results)


def _reading(place, name, arguments, results):
    done = place.command(*arguments)
    results.setdefault(name, []).append((done.returncode, done.stdout, done.stderr))
    yield name, [done.stdout]
    if done.stderr:
        yield name + ".err", [done.stderr]


def pages(port, ca):
    """The control pages of a running proxy; of one that is being killed, those that it still gave."""
    with contextlib.suppress(OSError):
        for path in (b"/", b"/api/v1/status", b"/api/v1/sessions", b"/metrics", b"/healthz"):
            stream = wire.Client(port, ca).plain()
            stream.connection.sendall(b"GET http://cvr.localhost" + path + b" HTTP/1.1\r\nHost: cvr.localhost\r\n\r\n")
            yield "page", [stream.message()]
            stream.connection.close()
