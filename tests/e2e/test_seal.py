"""The seal check sees every string of every record, and what is sealed or copied holds no known secret."""
import os
import socket
import ssl
import struct
import sys

from command_case import CommandCase
from forging import TIME, Forged, pack
from support import RawOrigin, Tunnel, made_up, main, ok

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../cassettes"))
import reader  # noqa: E402  (the reader of FORMAT.md, which shares no code with CVR)


def decoded(path):
    """The file, and what its records unpack to."""
    with open(path, "rb") as file:
        whole = out = file.read()
    earlier = []
    for kind, _, payload in reader.frames(whole):
        if kind == 2:
            out += reader.unpack(payload, earlier)
            earlier.append(payload)
    return out


def forged(value):
    """A known secret in one place each that no request or answer tells of: (file, what mends it)."""
    text, raw = f"pre-{value}-post", f"pre-{value}-post".encode()
    answer = lambda **body: Forged().interaction(response={"b": {"w": 10, **body}})

    def with_frame(kind, payload, **header):
        made = Forged(**header).interaction()
        if kind:
            made.frame(kind, payload)
        return made

    key = struct.unpack("<5Q", (value.encode() + bytes(40))[:40])
    marked = {"h": [b"X-Foo", [b"abcdefgh", 0, 8, 0]]}
    mended = {
        "codings": answer(c=b"abc", k=[text]), "why omitted": answer(om=text, dg=b"12"), "digest": answer(om="omitted: x", dg=raw),
        "kind of a tag": Forged().interaction(tags=[text, b"ledger"], request=marked),
        "rule of a tag": Forged().interaction(tags=["token", raw], request=marked),
        "unknown key": Forged().interaction(zzz=text), "name of an unknown key": Forged().interaction(**{value: 1}),
        "note": Forged().interaction(notes=[text]), "match key": Forged().interaction(key=key),
        "gap": with_frame(3, pack({"at": TIME, "lost": 2, "reason": text})),
        "unknown key of a gap": with_frame(3, pack({"at": TIME, "lost": 2, "reason": "x", "zz": text})),
        "host of a refusal": with_frame(7, pack({"at": TIME, "kind": "gate", "host": value.lower() + ".test", "reason": "x"})),
        "kind of a refusal": with_frame(7, pack({"at": TIME, "kind": text, "reason": "x"})),
        "unknown key of a refusal": with_frame(7, pack({"at": TIME, "kind": "gate", "reason": "x", "zz": text})),
        "lookup": with_frame(6, b"LKP1" + raw + bytes(40)), "hints": with_frame(8, bytes(80) + raw),
        "unknown key of the header": with_frame(0, b"", zz=text),
    }
    kept = {"header": with_frame(0, b"", tool=text), "key of the header": with_frame(0, b"", key=value),
            "unknown record": with_frame(42, raw)}
    return {name: made.sealed() for name, made in mended.items()}, {name: made.sealed() for name, made in kept.items()}


class EveryString(CommandCase):
    def setUp(self):
        super().setUp()
        self.value = "zq7" + made_up(24).lower()
        self.secrets = self.secrets_file(self.value)
        os.makedirs(self.path("shelf"))
        self.file = self.path("shelf/f.cvr")

    def put(self, content):
        with open(self.file, "wb") as file:
            file.write(content)
        os.chmod(self.file, 0o600)

    def holds(self, path):
        return self.value.encode() in decoded(path)

    def test_is_verified_mended_or_refused(self):
        mended, kept = forged(self.value)
        for name, content in {**mended, **kept}.items():
            with self.subTest(name):
                self.put(content)
                self.assertTrue(self.holds(self.file))
                self.assertEqual(self.cvr("verify", self.file).returncode, 0)
                for arguments in (("verify", self.file), ("library", self.path("shelf"), "verify")):
                    result = self.cvr(*arguments, "--secrets", self.secrets)
                    self.assertEqual(result.returncode, 1, arguments)
                    self.assertNotIn(self.value, result.stdout + result.stderr)
                out = self.path("out.cvr")
                result = self.cvr("redact", self.file, "-o", out, "--overwrite", "--secrets", self.secrets)
                self.assertEqual(result.returncode, 0, result.stderr)
                self.assertFalse(self.holds(out))
                for command in (("merge", self.file, self.file), ("trim", self.file, "--keep", "1"), ("migrate", self.file)):
                    if os.path.exists(out):
                        os.remove(out)
                    result = self.cvr(*command, "-o", out, "--secrets", self.secrets)
                    self.assertNotIn(self.value, result.stdout + result.stderr)
                    self.assertFalse(os.path.exists(out) and self.holds(out), command)
                result = self.cvr("repair", self.file, "--secrets", self.secrets)
                self.assertNotIn(self.value, result.stdout + result.stderr)
                if name in kept:
                    self.assertEqual(result.returncode, 1, name)
                    self.assertIn("is not mended", result.stderr)
                    self.assertIn("cvr redact", result.stderr)
                else:
                    self.assertEqual(result.returncode, 0, result.stderr)
                    self.assertFalse(self.holds(self.file))
                    self.assertEqual(self.cvr("verify", self.file, "--secrets", self.secrets).returncode, 0)

    def test_is_searched_when_somebody_records_on(self):
        mended, kept = forged(self.value)
        for name in ("codings", "gap", "unknown key", "hints", "header", "unknown record"):
            with self.subTest(name), RawOrigin(lambda _: ok(b"hello", "Content-Type: text/plain")) as origin:
                self.put({**mended, **kept}[name])
                with self.record(origin, "--secrets", self.secrets, cassette="shelf/f.cvr") as proxy, Tunnel(proxy) as client:
                    client.exchange(b"GET /n HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                sealed = ": sealed" in self.cvr("verify", self.file).stdout
                self.assertEqual(sealed, name in mended)
                self.assertEqual(self.holds(self.file), name in kept)
                self.assertNotIn(self.value, proxy.stderr)

    def test_is_searched_by_bundle(self):
        mended, _ = forged(self.value)
        for name in ("codings", "host of a refusal", "unknown key"):
            self.put(mended[name])
            result = self.fails(1, "no bundle was written", "bundle", self.file, "-o", self.path("o.zip"), "--secrets", self.secrets)
            self.assertNotIn(self.value, result.stderr)
            self.assertFalse(os.path.exists(self.path("o.zip")))


def passphrase():
    """Nothing that looks random: only who knows it finds it."""
    return f"purple-{made_up(4).lower()}-window-harvest"


class Known(CommandCase):
    def setUp(self):
        super().setUp()
        self.value = "k" + made_up(28).lower()
        self.secrets = self.secrets_file(self.value)

    def test_a_secret_as_content_coding_is_not_recorded(self):
        for coding in (self.value, f"gzip, {self.value}"):
            answer = lambda _: ok(b"hello", f"Content-Encoding: {coding}")
            with RawOrigin(answer) as origin, self.record(origin, "--secrets", self.secrets) as proxy, Tunnel(proxy) as client:
                client.exchange(f"PUT /x HTTP/1.1\r\nHost: origin.test\r\nContent-Encoding: {coding}\r\nContent-Length: 2\r\n\r\nhi".encode())
            self.assertNotIn(self.value.encode(), decoded(self.path("t.cvr")))
            self.assertEqual(self.cvr("verify", self.path("t.cvr"), "--secrets", self.secrets).returncode, 0)

    def test_a_secret_as_host_is_neither_recorded_nor_told(self):
        host = f"{self.value}.origin.test"
        with RawOrigin(lambda _: ok()) as origin, self.record(origin, "-v", "--secrets", self.secrets) as proxy:
            with socket.create_connection(("127.0.0.1", proxy.port), 20) as client:
                client.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
                self.assertIn(b" 200 ", client.recv(4096))
                with self.assertRaises(ssl.SSLError):
                    ssl.create_default_context().wrap_socket(client, server_hostname=host)
            answer = self.exchange(proxy, f"GET http://no{host}/ HTTP/1.1\r\nHost: no{host}\r\nConnection: close\r\n\r\n")
            self.assertIn(b" 502 ", answer)
            self.assertNotIn(self.value.encode(), answer)
        self.assertIn("broke off TLS for ", proxy.stderr)
        self.assertNotIn(self.value, proxy.stderr)
        self.assertNotIn(self.value.encode(), decoded(self.path("t.cvr")))
        self.assertIn("not heard", self.cvr("verify", self.path("t.cvr"), "--secrets", self.secrets).stdout)

    @staticmethod
    def exchange(proxy, request):
        with socket.create_connection(("127.0.0.1", proxy.port), 20) as client:
            client.sendall(request.encode())
            return b"".join(iter(lambda: client.recv(65536), b""))

    def test_a_miss_shows_no_secret_of_the_recording(self):
        value = passphrase()
        path = self.recorded((f"/trips/{value}?note={value}",))
        secrets = self.secrets_file(value)
        with self.replay("--secrets", secrets, "--strict", "--json") as proxy:
            answer = self.exchange(proxy, "GET http://origin.test/trips/other HTTP/1.1\r\nHost: origin.test\r\nConnection: close\r\n\r\n")
        self.assertIn(b" 502 ", answer)
        self.assertIn("miss: ", proxy.stderr)
        with open(self.path("r.http"), "w", encoding="utf-8") as file:
            file.write("GET http://origin.test/trips/other\n\n")
        told = [answer.decode(), proxy.stdout, proxy.stderr]
        for command in (("explain", path, "--request", self.path("r.http")), ("redact", "--explain", path, "1"),
                        ("library", self.directory, "find", "/**")):
            result = self.cvr(*command, "--secrets", secrets)
            self.assertNotEqual(result.stdout, "", result.stderr)
            told += [result.stdout, result.stderr]
        for text in told:
            self.assertNotIn(value, text)

    def test_secrets_that_are_too_weak_are_told_at_the_start(self):
        with open(self.path("weak.env"), "w", encoding="utf-8") as file:
            file.write("A=abc12\nB=password\n")
        with RawOrigin(lambda _: ok()) as origin, self.record(origin, "--secrets", self.path("weak.env")) as proxy:
            pass
        for words in ("weak.env: A (5 characters): too short", "weak.env: B (8 characters): an ordinary word"):
            self.assertEqual(proxy.stderr.count(words), 1, proxy.stderr)
        self.assertNotIn("abc12", proxy.stderr)
        self.assertIn("warnings above: 2", proxy.stderr)

    def test_an_editor_sees_no_secret_and_a_killed_one_leaves_nothing(self):
        value = passphrase()
        secrets = self.secrets_file(value)
        path = self.recorded(("/1",), body=f"hello {value}".encode())
        stale = self.path("home/edit-999999999.txt")
        with open(stale, "w", encoding="utf-8") as file:
            file.write("left")
        result = self.fails(1, "holds a known secret", "edit", path, "1", "--secrets", secrets, env={"EDITOR": "cat"})
        self.assertNotIn(value, result.stdout + result.stderr)
        self.assertEqual(self.cvr("edit", path, "1", env={"EDITOR": "true"}).returncode, 0)
        self.assertFalse(os.path.exists(stale))

    def test_repair_says_what_the_copy_holds(self):
        value = passphrase()
        secrets = self.secrets_file(value)
        path = self.recorded(("/1", "/2"), body=f"hello {value}".encode())
        with open(path, "r+b") as file:
            file.truncate(os.path.getsize(path) - 10)
        result = self.cvr("repair", path, "--secrets", secrets)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn(f"{path}.damaged holds known secrets", result.stderr)
        self.assertIn(f"rm {path}.damaged", result.stderr)
        self.assertEqual(os.stat(path + ".damaged").st_mode & 0o777, 0o600)
        self.assertNotIn(value.encode(), decoded(path))


if __name__ == "__main__":
    main()
