"""What the tests of the commands share: a recording, and how a command must fail."""
import os
import resource

from support import Case, RawOrigin, Tunnel, ok


def little_memory():
    """For a child, before it is CVR.  A sanitizer's own memory does not fit."""
    if "SANITIZED_CVR" not in os.environ:
        resource.setrlimit(resource.RLIMIT_DATA, (64 << 20, 64 << 20))


class CommandCase(Case):
    def recorded(self, paths=("/1", "/2", "/3"), body=b"hello"):
        with RawOrigin(lambda _: ok(body, "Content-Type: text/plain")) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            for path in paths:
                client.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
        return self.path("t.cvr")

    def fails(self, status, needle, *arguments, **kwargs):
        result = self.cvr(*arguments, **kwargs)
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        self.assertEqual(result.stdout, "")
        lines = result.stderr.strip().splitlines()
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertTrue(lines[0].startswith("cvr: error: "), lines[0])
        self.assertIn(needle, lines[0])
        return result

    def secrets_file(self, value):
        with open(self.path(".env"), "w", encoding="utf-8") as file:
            file.write(f"LATE='{value}'\n")
        return self.path(".env")

    def damaged(self, path, needle=b"/2"):
        with open(path, "rb") as file:
            whole = bytearray(file.read())
        whole[whole.index(needle)] ^= 1
        with open(path, "wb") as file:
            file.write(whole)
