"""Reads a CVR cassette (FORMAT.md) with nothing but the standard library: `reader.py FILE` prints JSON lines.

Every checksum and the chain are checked; values nest 64 deep at most.  Compressed records are unpacked by compression.zstd
(Python 3.14) or the system's libzstd; without either they are told by number and start, and the exit status is 1.
"""
import ctypes.util
import functools
import hashlib
import json
import pathlib
import struct
import sys

MAGIC, VERSIONS, DEEPEST = b"\x89CVR\r\n\x1a\n", (1, 2), 64
INTERACTION, INDEX, SEAL, LOOKUP, HINTS, META = 2, 4, 5, 6, 8, {1: "header", 3: "gap", 7: "refused"}
TABLE = [functools.reduce(lambda crc, _: crc >> 1 ^ (0x82F63B78 if crc & 1 else 0), range(8), byte) for byte in range(256)]
LONG = {0xC4: ("bytes", ">B"), 0xC5: ("bytes", ">H"), 0xC6: ("bytes", ">I"), 0xD9: ("bytes", ">B"), 0xDA: ("bytes", ">H"),
        0xDB: ("bytes", ">I"), 0xDC: ("array", ">H"), 0xDD: ("array", ">I"), 0xDE: ("map", ">H"), 0xDF: ("map", ">I")}

class Bad(Exception):
    """What does not read as FORMAT.md says."""

def crc32c(data):
    return functools.reduce(lambda crc, byte: crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF], data, 0xFFFFFFFF) ^ 0xFFFFFFFF

def decompress(packed, size, lent):
    if size > max(32 << 20, 64 * len(packed)):
        raise Bad("a record that claims more than a cassette may hold")
    try:
        from compression import zstd
        return zstd.decompress(packed, zstd.ZstdDict(lent, is_raw=True) if lent else None)
    except ImportError:
        name = ctypes.util.find_library("zstd")
    if name is None:
        return None
    lib, out, sized = ctypes.CDLL(name), ctypes.create_string_buffer(size), ctypes.c_size_t
    lib.ZSTD_createDCtx.restype = ctypes.c_void_p
    context = ctypes.c_void_p(lib.ZSTD_createDCtx())
    got = lib.ZSTD_decompress_usingDict(context, out, sized(size), packed, sized(len(packed)), lent, sized(len(lent)))
    lib.ZSTD_freeDCtx(context)
    if got != size:
        raise Bad("a compressed record is damaged")
    return out.raw

def unpack(payload, earlier):
    """The msgpack of a record; `earlier`: the payloads before it.  None: no zstd here."""
    size, at, lent = struct.unpack_from("<I", payload, 48)[0], 52, b""
    if size >> 31:
        at, lender = 60, struct.unpack_from("<Q", payload, 52)[0]
        if not 0 < lender <= len(earlier) or struct.unpack_from("<I", earlier[lender - 1], 48)[0] >> 31:
            raise Bad("a record leans on what does not lend")
        lent = unpack(earlier[lender - 1], [])
    return payload[at:] if not size else lent if lent is None else decompress(payload[at:], size & 0x7FFFFFFF, lent)

def msgpack(data, at=0, depth=1):
    """One value and where it ends.  A cassette has no floats and no extension types.  Str and bin both are bytes."""
    if depth > DEEPEST:
        raise Bad(f"values that nest deeper than {DEEPEST}")
    first, at = data[at], at + 1
    if first < 0x80 or first >= 0xE0:
        return first if first < 0x80 else first - 256, at
    if first in (0xC0, 0xC2, 0xC3):
        return {0xC0: None, 0xC2: False, 0xC3: True}[first], at
    if 0xCC <= first <= 0xD3:
        code = ">" + "BHIQbhiq"[first - 0xCC]
        return struct.unpack_from(code, data, at)[0], at + struct.calcsize(code)
    if first < 0xC0:
        kind, count = ("map", first & 15) if first < 0x90 else ("array", first & 15) if first < 0xA0 else ("bytes", first & 31)
    elif first in LONG:
        kind, code = LONG[first]
        count, at = struct.unpack_from(code, data, at)[0], at + struct.calcsize(code)
    else:
        raise Bad(f"an unexpected byte of msgpack: {first:#x}")
    if count > len(data) - at:
        raise Bad("a value that goes beyond its record")
    if kind == "bytes":
        return data[at:at + count], at + count
    values = []
    for _ in range(count * (2 if kind == "map" else 1)):
        value, at = msgpack(data, at, depth + 1)
        values.append(value)
    return (dict(zip(values[::2], values[1::2])) if kind == "map" else values), at

def frames(data):
    """(type, n, payload) of every frame, in order."""
    if data[:8] != MAGIC[:len(data)] or len(data) < 16:
        raise Bad("torn at byte 0" if data[:8] == MAGIC[:len(data)] else "this is no cassette")
    version, check = struct.unpack_from("<II", data, 8)
    if check != crc32c(data[:12]) or version not in VERSIONS:
        raise Bad(f"version {version} is not read, or the first bytes are damaged")
    at, chain, count = 16, bytes(32), 0
    while at < len(data):
        head, at = data[at:at + 56], at + 56
        if len(head) < 56:
            raise Bad(f"torn at byte {at - 56}")
        mark, kind, _, size, n, link, crc, check = struct.unpack("<2sBBIQ32sII", head)
        payload, at = data[at:at + size], at + size
        if mark != b"\xc5\xe7" or check != crc32c(head[:52]) or crc != crc32c(payload):
            raise Bad(f"{'damaged' if len(payload) == size else 'damaged or torn'} before byte {at}")
        count += kind == INTERACTION
        chain = hashlib.sha256(chain + head[:16] + hashlib.sha256(payload).digest()).digest()
        if chain != link or n != count:
            raise Bad(f"the chain breaks before byte {at}")
        yield kind, n, payload

def word(value):
    """For JSON: what is no UTF-8 stands byte by byte."""
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value

def text(value, tags):
    """A text of the traffic, with the pseudonyms in it: [begin, size, kind, rule]."""
    value = value if isinstance(value, list) else [value or b""]
    spans = zip(value[1::3], value[2::3], value[3::3], strict=True)
    marks = [[begin, size, word(tags[2 * tag]), word(tags[2 * tag + 1])] for begin, size, tag in spans]
    return {"text": word(value[0]), "pseudonyms": marks}

def content(body, tags, earlier):
    """The content of a body, which may stand in an earlier interaction."""
    if b"eq" not in body:
        return text(body.get(b"c"), tags)
    n, side = body[b"eq"]
    if not 0 < n <= len(earlier):
        raise Bad(f"a body should stand in interaction {n}")
    record = msgpack(unpack(earlier[n - 1], earlier))[0]
    return text(record[side][b"b"][b"c"], record.get(b"tags", []))

def message(record, tags, earlier):
    body = record.get(b"b", {})
    fields = {name: [[text(list_[i], tags), text(list_[i + 1], tags)] for i in range(0, len(list_), 2)]
              for name, list_ in (("headers", record.get(b"h", [])), ("trailers", record.get(b"tr", [])))}
    return {**fields, "body": content(body, tags, earlier), "bytes": body.get(b"w", 0), "omitted": word(body.get(b"om"))}

def interaction(payload, earlier):
    """Start in microseconds since 1970, match key, request, response and failure; without zstd only the first two."""
    started, *key = struct.unpack_from("<q5Q", payload)
    plain = unpack(payload, earlier)
    if plain is None:
        return {"started": started, "key": key}
    record = msgpack(plain)[0]
    tags, request, response = record.get(b"tags", []), record[b"req"], record.get(b"res")
    out = {"started": started, "key": key, "method": word(request[b"m"]), "origin": [word(one) for one in request[b"o"]],
           "path": text(request.get(b"p"), tags), "request": message(request, tags, earlier)}
    if b"q" in request or request.get(b"hq"):
        out["query"] = text(request.get(b"q"), tags)
    if response is not None:
        out["response"] = {"status": response[b"s"], "reason": text(response.get(b"r"), tags), **message(response, tags, earlier)}
    if b"fail" in record:
        out["failure"] = [word(one) for one in record[b"fail"]]
    return out

def main(path):
    status, earlier, data = 0, [], pathlib.Path(path).read_bytes()
    try:
        for kind, n, payload in frames(data):
            if kind == INTERACTION:
                record = interaction(payload, earlier)
                earlier.append(payload)
                status |= "method" not in record
                print(json.dumps({"n": n, **record}))
            elif kind in META:
                print(json.dumps({META[kind]: {word(key): word(value) for key, value in msgpack(payload)[0].items()}}))
            elif kind not in (INDEX, SEAL, LOOKUP, HINTS):
                print(json.dumps({"unknown": kind, "size": len(payload)}))
    except (Bad, IndexError, KeyError, TypeError, ValueError, struct.error) as error:
        sys.exit(f"{path}: {error}")
    return status

if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
