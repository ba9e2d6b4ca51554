"""Takes a cassette apart by cassettes/FORMAT.md alone: every string and byte string of every frame, compressed
interactions unpacked.  What is not understood is given raw, so nothing escapes the oracle.
"""
import struct

from taint import codings

MARK = b"\xc5\xe7"


def pieces(data):
    """The file as it lies, and each text in it."""
    yield data
    at = 16
    while at + 56 <= len(data):
        if data[at:at + 2] != MARK:
            at = data.find(MARK, at + 1)
            if at < 0:
                return
            continue
        size = struct.unpack_from("<I", data, at + 4)[0]
        payload = data[at + 56:at + 56 + size]
        kind = data[at + 2]
        if kind == 2 and len(payload) >= 52:
            unpacked = struct.unpack_from("<I", payload, 48)[0]
            body = codings.unzstd(payload[52:]) if unpacked else payload[52:]
            yield body
            yield from strings(body)
        elif kind in (1, 3):
            yield from strings(payload)
        at += 56 + size


def strings(data):
    """The str and bin values of a run of msgpack, in order; stops where it is not msgpack."""
    at, end = 0, len(data)
    while at < end:
        c = data[at]
        at += 1
        if 0xA0 <= c <= 0xBF:
            size = c & 31
        elif c in (0xC4, 0xD9):
            size, at = data[at] if at < end else 0, at + 1
        elif c in (0xC5, 0xDA):
            size, at = int.from_bytes(data[at:at + 2], "big"), at + 2
        elif c in (0xC6, 0xDB):
            size, at = int.from_bytes(data[at:at + 4], "big"), at + 4
        else:
            at += {0xCC: 1, 0xD0: 1, 0xCD: 2, 0xD1: 2, 0xDC: 2, 0xDE: 2, 0xCA: 4, 0xCE: 4, 0xD2: 4, 0xDD: 4, 0xDF: 4, 0xCB: 8,
                   0xCF: 8, 0xD3: 8}.get(c, 0)
            continue
        if size >= 12:
            yield data[at:at + size]
        at += size
