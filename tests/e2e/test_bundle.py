"""`cvr bundle`: built from the story on the stand-in, verified by stock commands, tampered with, refused."""
import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess
import zipfile
import zlib

from command_case import CommandCase
from story import LEGACY, TRIP, Player
from support import RawOrigin, Tunnel, main, ok, rng

CASE = os.path.join(os.path.dirname(__file__), "bundle", "case.toml")
NOW = "2026-03-17T12:00:00Z"


def png(width=3, height=2, text=b""):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(range(3 * width)) for _ in range(height))
    more = chunk(b"tEXt", b"Comment\0" + text) if text else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + more + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Bundle(Player, CommandCase):
    def bundled(self, *arguments, out="e.zip", status=0):
        result = self.cvr("bundle", *arguments, "-o", self.path(out), "--now", NOW, "--force")
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return self.path(out)

    def recorded_in(self, name, paths=("/1", "/2"), body=b"hello", kind="text/plain"):
        with RawOrigin(lambda _: ok(body, "Content-Type: " + kind)) as origin, self.record(origin, cassette=name) as proxy, \
                Tunnel(proxy) as client:
            for path in paths:
                client.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
        return self.path(name)

    def members(self, path):
        with zipfile.ZipFile(path) as archive:
            self.assertIsNone(archive.testzip())
            return {name: archive.read(name) for name in archive.namelist()}

    def unpacked(self, path, folder="unpacked"):
        target = self.path(folder)
        shutil.rmtree(target, ignore_errors=True)
        with zipfile.ZipFile(path) as archive:
            archive.extractall(target)
        return target

    def stock(self, folder):
        """What README.txt says; true when all three commands are content."""
        commands = (["sha256sum", "-c", "--quiet", "--strict", "SHA256SUMS"],
                    ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "signer.ed25519.pub.pem", "-in", "SHA256SUMS",
                     "-sigfile", "SHA256SUMS.ed25519"],
                    ["openssl", "dgst", "-sha256", "-verify", "signer.p256.pub.pem", "-signature", "SHA256SUMS.p256", "SHA256SUMS"])
        return all(subprocess.run(one, cwd=folder, capture_output=True, check=False).returncode == 0 for one in commands)

    def repacked(self, files, name="t.zip", order=None):
        with zipfile.ZipFile(self.path(name), "w", zipfile.ZIP_DEFLATED) as archive:
            for member in order or sorted(files):
                archive.writestr(member, files[member])
        return self.path(name)

    def verify(self, path):
        return self.cvr("bundle", "verify", path).returncode

    def story(self):
        search, trip = ("GET", "/airports/search?filter=KTEB", ""), ("POST", "/trips", TRIP)
        self.play("friday.cvr", "working", "2026-03-13T10:00:00Z", [search, trip])
        for now in ("2026-03-16T09:00:00Z", "2026-03-16T09:06:00Z", "2026-03-16T09:12:00Z"):
            self.play("monday.cvr", "permission-lost", now, [search, trip])
        return self.path("monday.cvr"), self.path("friday.cvr")

    def test_the_story(self):
        monday, friday = self.story()
        with open(self.path("notes.txt"), "w", encoding="utf-8") as file:
            file.write("We tried it again at noon.\n")
        with open(self.path("permissions.png"), "wb") as file:
            file.write(png(text=b"taken at home"))
        arguments = (monday, "--before", friday, "--case", CASE, "--attach", self.path("permissions.png"), "--attach", self.path("notes.txt"))
        path = self.bundled(*arguments)
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        files = self.members(path)
        self.assertEqual(list(files), sorted(files))
        for name in ("README.txt", "SHA256SUMS", "SHA256SUMS.ed25519", "SHA256SUMS.p256", "signer.ed25519.pub.pem", "signer.p256.pub.pem",
                     "manifest.json", "report/vendor.html", "report/vendor.md", "report/partners.html", "report/partners.md",
                     "report/developer.html", "viewer.html", "findings.json", "timeline.csv", "interactions.har", "environment.json",
                     "redaction.json", "chain.jsonl", "cassette/after.cvr", "cassette/before.cvr", "attachments/notes.txt",
                     "attachments/permissions.png", "interactions/0002.http", "repro/0002.curl.sh", "compare/0002.md"):
            self.assertIn(name, files)
        self.assertNotIn(b"taken at home", files["attachments/permissions.png"])
        self.assertTrue(self.stock(self.unpacked(path)))
        self.assertEqual(self.verify(path), 0)

        told = self.cvr("diagnose", monday, "--before", friday, "--case", CASE, "--json")
        self.assertEqual(json.loads(files["findings.json"]), json.loads(told.stdout))
        manifest = json.loads(files["manifest.json"])
        outside = {"manifest.json"} | {name for name in files if name.startswith(("SHA256SUMS", "signer."))}
        self.assertEqual({one["path"] for one in manifest["files"]}, set(files) - outside)
        numbers = [entry["_cvr"]["n"] for entry in json.loads(files["interactions.har"])["log"]["entries"]]
        self.assertEqual([f"interactions/{n:04}.http" for n in numbers], [name for name in files if name.startswith("interactions/")])
        self.assertEqual(numbers, manifest["cited"]["after"])
        rows = list(csv.DictReader(io.StringIO(files["timeline.csv"].decode())))
        self.assertEqual([row["n"] for row in rows], [str(n + 1) for n in range(6)])

        vendor, partners = files["report/vendor.md"].decode(), files["report/partners.md"].decode()
        for words in ("Authentication results", "Decoded claims", "not checked by the tool", "Questions", "ruled out", "ESTABLISHED"):
            self.assertIn(words, vendor)
        self.assertIn("the cause is on the side of Avinode", partners)
        self.assertIn("report/vendor.html", partners)
        self.assertRegex(partners, r"\| Step \| Owner \| Timeline \| Status \|")
        # The cut cassette replays, and none of its pseudonyms is one of the recording's.
        listing = self.cvr("ls", os.path.join(self.path("unpacked"), "cassette", "after.cvr"), "--json")
        self.assertEqual(len(listing.stdout.splitlines()), len(numbers), listing.stdout)
        shown = self.cvr("export", monday, "--format", "har").stdout
        for token in set(re.findall(r"Bearer ([\w.-]{20,})", shown)):
            for name, content in files.items():
                self.assertNotIn(token.encode(), content, name)

        again = self.members(self.bundled(*arguments, out="again.zip"))
        self.assertEqual([name for name in files if files[name] != again[name]], ["SHA256SUMS.p256"])

    def test_a_fault_of_ours_is_said_to_both_audiences(self):
        monday, friday = self.story()
        self.play("monday.cvr", "permission-lost", "2026-03-16T09:18:00Z", [("POST", "/trips", LEGACY)])
        files = self.members(self.bundled(monday, "--before", friday, "--case", CASE))
        self.assertIn("own side failed", files["report/partners.md"].decode())
        self.assertIn("client's own side failed", files["report/vendor.md"].decode())
        self.assertNotIn("side of Avinode", files["report/partners.md"].decode())

    def test_every_flipped_byte_is_caught(self):
        path = self.bundled(self.recorded_in("t.cvr"))
        with open(path, "rb") as file:
            whole = file.read()
        self.assertEqual(self.verify(path), 0)
        places = rng.sample(range(len(whole)), 60) + [0, 4, 10, len(whole) - 1]
        for at in places:
            with open(self.path("flipped.zip"), "wb") as file:
                file.write(whole[:at] + bytes([whole[at] ^ (1 << rng.randrange(8))]) + whole[at + 1:])
            self.assertEqual(self.verify(self.path("flipped.zip")), 1, f"byte {at}")
        folder = self.unpacked(path)
        names = sorted(self.members(path))
        for name in rng.sample(names, 12) + ["SHA256SUMS", "SHA256SUMS.ed25519", "SHA256SUMS.p256"]:
            file_name = os.path.join(folder, name)
            with open(file_name, "rb") as file:
                content = file.read()
            at = rng.randrange(len(content))
            with open(file_name, "wb") as file:
                file.write(content[:at] + bytes([content[at] ^ 1]) + content[at + 1:])
            self.assertFalse(self.stock(folder), f"{name}, byte {at}")
            with open(file_name, "wb") as file:
                file.write(content)
        self.assertTrue(self.stock(folder))

    def test_what_is_no_bundle(self):
        files = self.members(self.bundled(self.recorded_in("t.cvr")))
        self.assertEqual(self.verify(self.repacked(files)), 0)
        changed = {**files, "timeline.csv": files["timeline.csv"] + b"x"}
        missing = {name: content for name, content in files.items() if name != "timeline.csv"}
        self.assertEqual(self.verify(self.repacked(changed)), 1)
        self.assertEqual(self.verify(self.repacked(missing)), 1)
        for name in ("extra.txt", "../climbs.txt", "/root.txt", "a\\b.txt", "report/./x"):
            self.assertEqual(self.verify(self.repacked({**files, name: b"x"})), 1, name)
        with zipfile.ZipFile(self.path("t.zip"), "a") as archive:
            link = zipfile.ZipInfo("link")
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "README.txt")
        self.assertEqual(self.verify(self.path("t.zip")), 1)
        self.assertEqual(self.verify(self.repacked({**files, "bomb": b"\0" * (80 << 20)})), 1)
        self.assertEqual(self.verify(self.repacked({**files, **{f"m{i}": b"" for i in range(501)}})), 1)
        with open(self.path("none.zip"), "wb") as file:
            file.write(b"PK\5\6" + b"\0" * 18)
        self.assertEqual(self.verify(self.path("none.zip")), 1)
        self.fails(3, "absent.zip", "bundle", "verify", self.path("absent.zip"))
        self.fails(2, "one bundle", "bundle", "verify")

    def test_reproductions_under_a_stub(self):
        hostile = "/a'$(touch%20pwned);touch%20pwned?q=$(touch)&x='y;touch%20pwned"
        with RawOrigin(lambda _: ok(b"{}", "Content-Type: application/json")) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            body = b'{"note":"it\'s $(touch pwned) `touch pwned`\\n"}'
            client.exchange(f"POST {hostile} HTTP/1.1\r\nHost: origin.test\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                            .encode() + body, "POST")
            client.exchange(b"GET /2 HTTP/1.1\r\nHost: origin.test\r\n\r\n")
        folder = self.unpacked(self.bundled(self.path("t.cvr")))
        scripts = sorted(os.listdir(os.path.join(folder, "repro")))
        bin_directory = self.path("bin")
        os.mkdir(bin_directory)
        with open(os.path.join(bin_directory, "curl"), "w", encoding="utf-8") as file:
            file.write('#!/bin/sh\nfor a in "$@"; do printf "%s\\n" "$a"; done >> "$CALLS"\nprintf "call\\n" >> "$CALLS"\n')
        os.chmod(os.path.join(bin_directory, "curl"), 0o755)
        for script in scripts:
            calls = self.path("calls")
            result = subprocess.run(["/bin/sh", os.path.join(folder, "repro", script)], cwd=self.directory, capture_output=True, check=False,
                                    env={"PATH": bin_directory, "CALLS": calls})
            self.assertEqual(result.returncode, 0, result.stderr)
            with open(calls, encoding="utf-8") as file:
                self.assertEqual(file.read().count("call\n"), 1)
            os.remove(calls)
        self.assertFalse(os.path.exists(self.path("pwned")))
        self.assertEqual(len(scripts), 2)

    def test_cells_are_no_formulas(self):
        paths = ("/1", "/=cmd")
        with RawOrigin(lambda _: ok(b"x", "X-Request-Id: =HYPERLINK(1)")) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            for path in paths:
                client.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
        files = self.members(self.bundled(self.path("t.cvr")))
        for row in csv.reader(io.StringIO(files["timeline.csv"].decode())):
            self.assertFalse([cell for cell in row if cell[:1] in "=+-@" and cell], row)

    def test_a_secret_stops_it(self):
        # What looks drawn would be replaced as such when it is recorded.
        secret = "-".join(rng.sample(("harbour", "lantern", "meadow", "orchard", "pebble", "thicket"), 3))
        cassette = self.recorded_in("t.cvr", body=f"see {secret} there".encode())
        out = self.path("s.zip")
        result = self.fails(1, "no bundle was written", "bundle", cassette, "-o", out, "--secrets", self.secrets_file(secret))
        self.assertNotIn(secret, result.stderr)
        self.assertFalse(os.path.exists(out))
        clean = self.recorded_in("c.cvr")
        with open(self.path("notes.txt"), "w", encoding="utf-8") as file:
            file.write(f"our token is {secret}\n")
        self.fails(1, "no bundle was written", "bundle", clean, "-o", out, "--secrets", self.path(".env"), "--attach", self.path("notes.txt"))
        with open(CASE, encoding="utf-8") as case, open(self.path("case.toml"), "w", encoding="utf-8") as file:
            file.write(case.read().replace("The integration team", "Team " + secret))
        self.fails(1, "no bundle was written", "bundle", clean, "-o", out, "--secrets", self.path(".env"), "--case", self.path("case.toml"))
        self.assertFalse(os.path.exists(out))

    def test_inputs_that_are_refused(self):
        cassette, out = self.recorded_in("t.cvr"), self.path("o.zip")
        with open(out, "wb") as file:
            file.write(b"mine")
        self.fails(2, "--force", "bundle", cassette, "-o", out)
        with open(out, "rb") as file:
            self.assertEqual(file.read(), b"mine")
        os.remove(out)
        with open(CASE, encoding="utf-8") as file:
            case = file.read()
        for text, needle in ((case + "\n[acount]\n", "did you mean account?"), (case.replace("reach =", "# reach ="), "missing: contact.reach"),
                             (re.sub(r'owner = ".*?"', 'owner = " "', case, count=1), "missing: step.owner"),
                             (re.sub(r'title = ".*?"', 'title = "No token"', case, count=1), "case.title: token")):
            with open(self.path("case.toml"), "w", encoding="utf-8") as file:
                file.write(text)
            self.fails(2, needle, "bundle", cassette, "-o", out, "--case", self.path("case.toml"))
            if "token" in needle:
                checked = self.cvr("case", "check", self.path("case.toml"))
                self.assertEqual((checked.returncode, needle in checked.stdout), (2, True), checked.stdout)
        for name, content, needle in (("a.png", b"no picture", "not the picture"), ("a.txt", b"\0\1\2", "not the text"), ("a.jpg", png(), "PNG picture"),
                                      ("a.pdf", b"%PDF-1.7", "--attach-unchecked"), ("b.png", png()[:40], "not a whole PNG")):
            with open(self.path(name), "wb") as file:
                file.write(content)
            self.fails(2, needle, "bundle", cassette, "-o", out, "--attach", self.path(name))
        self.fails(2, "--now", "bundle", cassette, "-o", out, "--now", "noon")
        self.fails(3, "none.cvr", "bundle", self.path("none.cvr"), "-o", out)
        shutil.copy(cassette, self.path("damaged.cvr"))
        self.damaged(self.path("damaged.cvr"), b"/1")
        self.fails(1, "cvr repair", "bundle", self.path("damaged.cvr"), "-o", out)
        self.assertFalse(os.path.exists(out))
        self.assertIn("attachments/a.pdf", self.members(self.bundled(cassette, "--attach", self.path("a.pdf"), "--attach-unchecked")))

    def test_an_empty_cassette_and_hostile_bodies(self):
        with RawOrigin(lambda _: ok(b"")) as origin, self.record(origin, cassette="empty.cvr") as proxy:
            self.assertTrue(proxy)
        files = self.members(self.bundled(self.path("empty.cvr")))
        self.assertIn(b"not written", files["report/partners.md"])
        self.assertIn(b"NOT PROVEN", files["report/vendor.md"])
        page = b"</div><script>alert(1)</script><img src=x onerror=alert(2)>`<!--"
        files = self.members(self.bundled(self.recorded_in("h.cvr", paths=("/<script>alert(3)</script>",), body=page, kind="text/html")))
        for name in (name for name in files if name.endswith((".html", ".md"))):
            text = files[name].decode()
            self.assertNotIn("<script>alert", text, name)
            self.assertNotIn("<img", text, name)
            if name.endswith(".html"):
                self.assertIn("default-src 'none'", text)
                self.assertEqual(text.count("<script>"), 1 if name == "viewer.html" else 0)


if __name__ == "__main__":
    main()
