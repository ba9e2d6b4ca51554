"""What is not a message: secrets in names of cassettes, in arguments, in the environment; and twins."""
import json
import os
import random
import tempfile

from taint import planted, process, sinks, teach, wire
from taint.exchange import Exchange
from taint.oracle import Oracle

_NAMES = ("uuid", "hex32", "hex40", "hex64", "base64url", "pat", "jwt_hs256", "email", "twin_a", "digits")


class _Owner:
    def __init__(self, name):
        self.name = name


def _given(binary, directory, secrets):
    place = process.Place(directory, binary)
    with open(place.secrets, "w", encoding="utf-8", newline="") as file:
        file.write(teach.dotenv([secret.value for secret in secrets]))
    return place


def names(binary, seed):
    """A cassette whose name holds a known secret: exit 2, and the value is shown nowhere."""
    maker, problems = planted.Maker(random.Random(seed)), []
    for kind in _NAMES:
        secret = maker.make(kind)
        with tempfile.TemporaryDirectory(prefix="cvr-taint-") as directory:
            place = _given(binary, directory, [secret])
            oracle = Oracle().add(_Owner(kind), secret).seal()
            bad = os.path.join(place.work, "t-" + secret.value.decode() + ".cvr")
            for name, arguments in (("record", ["record", "-c", bad, "--secrets", place.secrets, "--listen", "127.0.0.1:0", "--",
                                                "true"]),
                                    ("replay", ["replay", "-c", bad, "--secrets", place.secrets, "--listen", "127.0.0.1:0", "--",
                                                "true"])):
                done = place.command(*arguments)
                if done.returncode != 2:
                    problems.append(f"{kind}: {name} of a cassette named after a secret exits {done.returncode}, not 2")
                found = [("output", [done.stdout, done.stderr]), *sinks.files(place)]
                hits = {hit.sink for sink, pieces in found for hit in oracle.search(sink, pieces)}
                if hits:
                    problems.append(f"{kind}: {name} of a cassette named after a secret shows it in {sorted(hits)}")
    return problems


def child(binary, seed):
    """A child that is given a secret as argument and in its environment: CVR shows neither, in no file and in no /proc."""
    maker, problems = planted.Maker(random.Random(seed)), []
    for kind in planted.KINDS:
        secret = maker.make(kind)
        with tempfile.TemporaryDirectory(prefix="cvr-taint-") as directory:
            place = _given(binary, directory, [secret])
            place.environment["A_TOKEN"] = secret.value.decode()
            done = place.command("record", "-vvv", "-c", place.cassette, "--secrets", place.secrets, "--listen", "127.0.0.1:0", "--",
                                 "sh", "-c", "cat /proc/$PPID/cmdline > CVR; cat /proc/$PPID/environ >> CVR", secret.value.decode())
            found = [("output", [done.stdout, done.stderr]), *sinks.files(place)]
            oracle = Oracle().add(_Owner(kind), secret).seal()
            hits = {hit.sink for sink, pieces in found for hit in oracle.search(sink, pieces)}
            if hits or done.returncode or not os.path.getsize(os.path.join(place.work, "CVR")):
                problems.append(f"{kind}: a child's argument: exit {done.returncode}, shown in {sorted(hits)}")
    return problems


def _one(number, body):
    x = Exchange(number)
    x.method = b"POST"
    x.request.type = x.response.type = b"application/json"
    x.request.body = x.response.body = body
    return x


def twins(binary, seed):
    """Values that differ in one character stay apart; the same value is the same everywhere."""
    maker, problems = planted.Maker(random.Random(seed)), []
    pairs = [maker.make("twin_a") for _ in range(8)]
    with tempfile.TemporaryDirectory(prefix="cvr-taint-") as directory:
        place = _given(binary, directory, pairs[:4])
        origin = wire.Origin()
        known = list(teach.exchanges([("json", twin.partner) for twin in pairs] + [("vendor", twin.value) for twin in pairs[4:]], 100))
        sent = [_one(n, b'{"a":"%s","b":"%s","c":"%s"}' % (t.value, t.partner, t.value)) for n, t in enumerate(pairs)]
        for x in known + sent:
            origin.answers[x.number] = x.response_pieces()
        proxy = process.Proxy(place, "record", origin)
        wire.send_all(known, proxy.port, proxy.ca)
        wire.send_all(sent, proxy.port, proxy.ca)
        proxy.stop()
        origin.close()
        lines = place.command("export", "--format", "jsonl", place.cassette).stdout.splitlines()
    seen = {}
    for line in lines:
        document = json.loads(line)
        number = document["url"].rpartition("/c/")[2]
        if not number.isdigit() or int(number) >= 100:
            continue
        for side in ("request", "response"):
            leaves = json.loads(document[side]["body"]["text"])
            if leaves["a"] == leaves["b"] or leaves["a"] != leaves["c"]:
                problems.append(f"twins {number}, {side}: not told apart, or not the same everywhere")
            seen.setdefault(number, set()).add((leaves["a"], leaves["b"]))
    problems += [f"twins {number}: request and response differ" for number, found in seen.items() if len(found) != 1]
    if len(seen) != len(pairs):
        problems.append(f"twins: {len(seen)} of {len(pairs)} recorded")
    return problems


def hardened(binary, seed):
    """No core: the limit is zero, and the process can not be dumped."""
    problems = []
    with tempfile.TemporaryDirectory(prefix="cvr-taint-") as directory:
        place = _given(binary, directory, [planted.Maker(random.Random(seed)).make("hex64")])
        origin = wire.Origin()
        proxy = process.Proxy(place, "record", origin)
        with open(f"/proc/{proxy.process.pid}/limits", encoding="ascii") as text:
            line = next(line for line in text if line.startswith("Max core file size"))
        if line.split()[4:6] != ["0", "0"]:
            problems.append("a core file may be written: " + " ".join(line.split()))
        proxy.stop()
        origin.close()
    return problems


ALL = {"names": names, "child": child, "twins": twins, "hardened": hardened}
