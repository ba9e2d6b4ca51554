"""Cassettes that somebody has made (cassettes/FORMAT.md): frames with any payload, sealed or not.  Shares no code with CVR."""
import functools
import hashlib
import struct

TABLE = [functools.reduce(lambda crc, _: crc >> 1 ^ (0x82F63B78 if crc & 1 else 0), range(8), byte) for byte in range(256)]
TIME = 1_772_000_000_000_000


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


def pack(value):
    """msgpack in its longest forms."""
    if isinstance(value, bool):
        return b"\xc3" if value else b"\xc2"
    if isinstance(value, int):
        return b"\xcf" + struct.pack(">Q", value)
    if isinstance(value, str):
        return b"\xdb" + struct.pack(">I", len(value.encode())) + value.encode()
    if isinstance(value, bytes):
        return b"\xc6" + struct.pack(">I", len(value)) + value
    if isinstance(value, list):
        return b"\xdd" + struct.pack(">I", len(value)) + b"".join(map(pack, value))
    return b"\xdf" + struct.pack(">I", len(value)) + b"".join(pack(key) + pack(one) for key, one in value.items())


class Forged:
    def __init__(self, **header):
        head = b"\x89CVR\r\n\x1a\n" + struct.pack("<I", 2)
        self.bytes = bytearray(head + struct.pack("<I", crc32c(head)))
        self.chain, self.count, self.entries, self.others = bytes(32), 0, [], []
        self.frame(1, pack({"tool": "cvr", "created": TIME, "key": "0a", **header}))

    def frame(self, kind, payload):
        at = len(self.bytes)
        if kind == 2:
            self.count += 1
            self.entries.append((at, payload[:48]))
        elif kind not in (4, 5):
            self.others.append(at)
        head = b"\xc5\xe7" + struct.pack("<BBIQ", kind, 0, len(payload), self.count)
        self.chain = hashlib.sha256(self.chain + head + hashlib.sha256(payload).digest()).digest()
        head += self.chain + struct.pack("<I", crc32c(payload))
        self.bytes += head + struct.pack("<I", crc32c(head)) + payload
        return at

    def interaction(self, key=(1, 2, 3, 4, 5), request=None, response=None, **more):
        asked = {"m": b"GET", "o": ["http", b"origin.test", 80], "p": b"/x", "v": 1, **(request or {})}
        answered = {"s": 200, "v": 1, **(response or {})}
        record = {**more, "framing": "length", "via": "connect", "t": [1, 2, 3], "req": asked, "res": answered}
        self.frame(2, struct.pack("<q5QI", TIME + self.count, *key, 0) + pack(record))
        return self

    def sealed(self):
        table = struct.pack("<QQII", 0, 1, len(self.entries), len(self.others))
        table += b"".join(struct.pack("<Q", at) + prefix for at, prefix in self.entries)
        table += b"".join(struct.pack("<Q", at) for at in self.others)
        index = self.frame(4, table)
        self.frame(5, struct.pack("<QQQq", index, self.count, len(self.bytes), TIME))
        return bytes(self.bytes)
