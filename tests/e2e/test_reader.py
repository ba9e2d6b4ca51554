"""cassettes/reader.py, written from FORMAT.md alone, reads what cvr writes; damage never passes."""
import importlib.util
import json
import os
import subprocess
import sys
import tokenize

from command_case import CommandCase
from support import main, rng

CASSETTES = os.path.join(os.path.dirname(__file__), "../../cassettes")
READER = os.path.join(CASSETTES, "reader.py")
GOLDEN = os.path.join(CASSETTES, "golden/v2/everything.cvr")
HINTS = os.path.join(CASSETTES, "golden/v2/hints.cvr")
FIRST = os.path.join(CASSETTES, "golden/v1/everything.cvr")


def load():
    specification = importlib.util.spec_from_file_location("reader", READER)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


class Reader(CommandCase):
    def read(self, path, status=0):
        result = subprocess.run([sys.executable, "-B", READER, path], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(result.returncode, status, result.stderr)
        return [json.loads(line) for line in result.stdout.splitlines()]

    def told_by_cvr(self, path):
        return [json.loads(line) for line in self.cvr("cat", path, "--json").stdout.splitlines()]

    def same(self, ours, theirs):
        """One interaction as the reader and as cvr tell it."""
        self.assertEqual((ours["n"], ours["method"]), (theirs["n"], theirs["method"]))
        self.assertIn(ours["path"]["text"], theirs["url"])
        marks = []
        for side in ("request", "response"):
            self.assertEqual(side in ours, side in theirs)
            if side not in ours:
                continue
            clean = [[name["text"], value["text"]] for name, value in ours[side]["headers"]]
            # Bytes that are no UTF-8 read differently; there is one of them in the golden file.
            for (name, value), other in zip(clean, theirs[side]["headers"], strict=True):
                if not any(0xDC80 <= ord(c) <= 0xDCFF for c in name + value):
                    self.assertEqual([name, value], other)
            body = theirs[side]["body"]
            if "encoding" not in body:
                self.assertEqual(ours[side]["body"]["text"], body.get("text", ""))
            self.assertEqual(ours[side]["bytes"], body["bytes"])
            self.assertEqual(ours[side]["omitted"], body.get("omitted"))
            marks += ours[side]["body"].get("pseudonyms", [])
        if "response" in ours:
            self.assertEqual(ours["response"]["status"], theirs["status"])
        wanted = [[one["begin"], one["size"], one["kind"], one["rule"]] for one in theirs["redactions"] if one["place"].endswith(" body")]
        self.assertEqual(marks, wanted)
        failure = theirs.get("failure")
        self.assertEqual(ours.get("failure"), failure and [failure["kind"], failure["detail"]])

    def test_the_golden_files(self):
        for path, count in ((FIRST, 5), (GOLDEN, 7)):
            self.golden(path, count)

    def test_hints_are_stepped_over(self):
        lines = self.read(HINTS)
        self.assertEqual([line["n"] for line in lines if "n" in line], list(range(1, 8)))
        self.assertEqual([line for line in lines if "n" not in line and "header" not in line], [])

    def golden(self, path, count):
        lines = self.read(path)
        self.assertEqual(lines[0]["header"]["tool"], "cvr 0.1.0")
        self.assertEqual([line for line in lines if "gap" in line or "unknown" in line],
                         [{"gap": {"at": 1772000000000000, "lost": 1, "reason": "no space left on device"}}, {"unknown": 200, "size": 19}])
        ours = [line for line in lines if "n" in line]
        theirs = [line for line in self.told_by_cvr(path) if "n" in line]
        self.assertEqual(len(ours), count)
        for one, other in zip(ours, theirs, strict=True):
            self.same(one, other)

    def test_what_cvr_has_just_recorded(self):
        path = self.recorded(body=b'{"long":"' + b"word " * 1000 + b'"}')
        for one, other in zip([line for line in self.read(path) if "n" in line], self.told_by_cvr(path), strict=True):
            self.same(one, other)

    def test_no_flipped_byte_passes(self):
        with open(GOLDEN, "rb") as file:
            whole = file.read()
        reader = load()
        for _ in range(60):
            at = rng.randrange(len(whole))
            broken = bytearray(whole)
            broken[at] ^= 1 << rng.randrange(8)
            with self.assertRaises(reader.Bad, msg=f"byte {at}"):
                list(reader.frames(bytes(broken)))

    def test_a_torn_tail_ends_what_is_read(self):
        with open(GOLDEN, "rb") as file:
            whole = file.read()
        with open(self.path("torn.cvr"), "wb") as file:
            file.write(whole[:-5])
        self.assertEqual(len([line for line in self.read(self.path("torn.cvr"), status=1) if "n" in line]), 7)

    def test_what_a_recorder_leaves_that_is_killed_at_its_start_is_torn(self):
        reader = load()
        with open(GOLDEN, "rb") as file:
            head = file.read(16)
        for size in range(16):
            with self.assertRaisesRegex(reader.Bad, "torn at byte 0", msg=size):
                list(reader.frames(head[:size]))
        with self.assertRaisesRegex(reader.Bad, "no cassette"):
            list(reader.frames(b"Dear"))

    def test_deep_values_are_a_clear_error(self):
        reader = load()
        def nested(depth):
            return b"\x91" * (depth - 1) + b"\x01"
        self.assertEqual(reader.msgpack(nested(64))[1], 64)
        for deep in (nested(65), nested(1_000_000), b"\x81\xa1x" * 500_000 + b"\x01"):
            with self.assertRaisesRegex(reader.Bad, "nest deeper than 64"):
                reader.msgpack(deep)

    def test_it_is_short_and_needs_nothing(self):
        with open(READER, encoding="utf-8") as file:
            lines = file.read().splitlines()
        with open(READER, "rb") as file:
            tokens = list(tokenize.tokenize(file.readline))
        code = {token.start[0] for token in tokens if token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER)}
        self.assertLessEqual(len(code), 150)
        imported = {line.split()[1].split(".")[0] for line in lines if line.startswith(("import ", "from "))}
        self.assertLessEqual(imported, set(sys.stdlib_module_names))


if __name__ == "__main__":
    main()
