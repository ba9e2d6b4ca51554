"""Bodies that decode to gigabytes: the client gets its bytes, the recorder keeps its memory, nothing of them is kept."""
import json
import os
import struct
import sys
import zlib
from pathlib import Path

from support import Case, RawOrigin, Tunnel, body_of, main, ok, wait_until

sys.path.insert(0, str(Path(__file__).resolve().parent / "taint"))
import codings  # noqa: E402

GET = b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n"
MEMORY = 64 << 20
SANITIZED = "SANITIZED_CVR" in os.environ


def zeros(gigabytes):
    """Gzip of so many GiB of zeros, without its last 8 bytes: nobody reads as far."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1 << 20)
    packer.compress(block)
    packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0" + struct.pack("<L", 0) + b"\x02\xff" + piece * (gigabytes << 10)


def peak_of(pid):
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) << 10
    raise AssertionError("no VmHWM")


class Bombs(Case):
    def test_nested_codings_that_decode_to_ten_gigabytes(self):
        inner = zeros(10)
        gzip = zlib.compressobj(9, zlib.DEFLATED, 31)
        bombs = {
            "gzip, gzip": gzip.compress(inner) + gzip.flush(),
            "gzip, br": codings.br(inner),
            "gzip, zstd": codings.zstd(inner),
            "gzip": zeros(1),
        }
        least = None
        for coding, bomb in [("", b"{}"), *bombs.items()]:
            with self.subTest(coding, bytes=len(bomb)):
                name = (coding.replace(", ", "-") or "none") + ".cvr"
                fields = ("Content-Type: application/json", *([f"Content-Encoding: {coding}"] if coding else []))
                with RawOrigin(lambda _, a=ok(bomb, *fields): a) as origin, self.record(origin, cassette=name) as proxy:
                    with Tunnel(proxy) as client:
                        self.assertEqual(body_of(client.exchange(GET)), bomb)
                    wait_until(lambda n=name: "/x" in self.cvr("ls", self.path(n)).stdout, "the record")
                    peak = peak_of(proxy.process.pid)
                if least is None:
                    least = peak
                    continue
                if not SANITIZED:
                    self.assertLess(peak - least, MEMORY + 3 * len(bomb))
                shown = json.loads(self.cvr("show", "--json", self.path(name), "1").stdout)
                self.assertIn("over the body limit", json.dumps(shown))


if __name__ == "__main__":
    main()
