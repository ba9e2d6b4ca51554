"""The oracle's decoders: each takes a text and gives the pieces that come out when one layer of one
encoding is undone, wherever it stands, leniently.  Shares nothing with the product.
"""
import base64
import binascii
import html
import re

from taint import codings

PRINTABLE = bytes(range(32, 127)) + b"\t\r\n\x00"
MAGIC = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"x\x01", b"x\x5e", b"x\x9c", b"x\xda")


def looks_promising(piece):
    """Whether another layer may stand in what a blind decoder gave: text, or a known start."""
    return piece.startswith(MAGIC) or len(piece.translate(None, PRINTABLE)) * 5 < len(piece)


_TEXT = re.compile(rb"[\t\r\n -~]{16,}")


def texts_in(piece):
    """Text inside of noise: a run may have begun before the encoded value did."""
    return _TEXT.findall(piece)


def _around(text, pattern, reach=300):
    """The stretches of text around what the pattern finds: what is further away was looked at already."""
    begin = end = None
    for match in pattern.finditer(text):
        if end is None or match.start() - reach > end:
            if end is not None:
                yield text[begin:end]
            begin = max(0, match.start() - reach)
        end = match.end() + reach
    if end is not None:
        yield text[begin:end]


_PERCENT = re.compile(rb"%[0-9A-Fa-f]{2}")
_BYTE = {(b"%c%c" % (a, b)): bytes([int(bytes([a, b]), 16)]) for a in b"0123456789abcdefABCDEF"
         for b in b"0123456789abcdefABCDEF"}


def _unquote(text):
    head, *rest = text.split(b"%")
    out = [head]
    for piece in rest:
        try:
            out.append(_BYTE[piece[:2]] + piece[2:])
        except KeyError:
            out.append(b"%" + piece)
    return b"".join(out)


def percent(text):
    if b"%" in text:
        for stretch in _around(text, _PERCENT):
            yield _unquote(stretch)


def plus(text):
    if b"+" in text:
        for token in text.split():
            if b"+" in token and len(token) > 11:
                yield _unquote(token.replace(b"+", b" "))


_SIMPLE = {b'"': b'"', b"/": b"/", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"'": b"'"}
_JSON_UNIT = re.compile(rb"(?:\\u[0-9A-Fa-f]{4})+|\\x[0-9A-Fa-f]{2}|\\[^ux]", re.S)


def _json_unit(match):
    text = match.group()
    if text[1:2] == b"u":
        units = b"".join(bytes.fromhex(text[i + 2:i + 6].decode()) for i in range(0, len(text), 6))
        return units.decode("utf-16-be", "replace").encode()
    if text[1:2] == b"x":
        return bytes.fromhex(text[2:].decode())
    return _SIMPLE.get(text[1:], text[1:])


def json_escapes(text):
    if b"\\" not in text:
        return
    for line in text.split(b"\n"):
        if b"\\" in line:
            if b"\\u" in line or b"\\x" in line:
                yield _JSON_UNIT.sub(_json_unit, line)
            else:
                parts = line.split(b"\\\\")
                yield b"\\".join(p.replace(b'\\"', b'"').replace(b"\\/", b"/").replace(b"\\r", b"\r").replace(b"\\n", b"\n")
                                 .replace(b"\\t", b"\t").replace(b"\\'", b"'") for p in parts)


_ENTITY = re.compile(rb"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]{1,30});")
_CDATA = re.compile(rb"<!\[CDATA\[|\]\]>")


def entities(text):
    if b"&" in text:
        for stretch in _around(text, _ENTITY):
            yield html.unescape(stretch.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if b"<![CDATA[" in text:
        for stretch in _around(text, _CDATA):
            yield _CDATA.sub(b"", stretch)


_SHELL = re.compile(rb"'\\''|'\"'\"'")


def shell(text):
    if b"'" in text:
        for stretch in _around(text, _SHELL):
            yield _SHELL.sub(b"'", stretch)


_QP = re.compile(rb"=(?:([0-9A-F]{2})|\r?\n[ \t]*)")
_WORD = re.compile(rb"=\?[^? ]+\?[qQ]\?[^? ]+\?=")


def _qp_unit(match):
    return _BYTE[match.group(1)] if match.group(1) else b""


def quoted_printable(text):
    if b"=" in text:
        for stretch in _around(text, _QP):
            yield _QP.sub(_qp_unit, stretch)
        for word in _WORD.findall(text):
            yield _QP.sub(_qp_unit, word.replace(b"_", b" "))


_B64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
_B64_BREAK = re.compile(rb"(?<=[A-Za-z0-9+/_-]{16})\r?\n[ \t]*(?=[A-Za-z0-9+/_-])")
_TO_STD = bytes.maketrans(b"-_", b"+/")


def base_64(text):
    yield from _base_64(text)
    if b"\n" in text:
        joined = _B64_BREAK.sub(b"", text)
        if len(joined) != len(text):
            yield from _base_64(joined)


def _base_64(text):
    for run in set(_B64.findall(text)):
        if b"-" in run or b"_" in run:
            run = run.translate(_TO_STD)
        for offset in range(4):
            size = (len(run) - offset) // 4 * 4
            rest = len(run) - offset - size
            piece = run[offset:] + b"=" * (4 - rest) if rest > 1 else run[offset:offset + size]
            try:
                yield binascii.a2b_base64(piece)
            except binascii.Error:
                pass


_HEX = re.compile(rb"[0-9A-Fa-f]{24,}")


def hexadecimal(text):
    for run in set(_HEX.findall(text)):
        for offset in range(2):
            yield binascii.unhexlify(run[offset:offset + (len(run) - offset) // 2 * 2])


_LITTLE = re.compile(rb"(?:[^\x00]\x00){4,}(?:(?:[^\x00][\x01-\x30]){0,3}(?:[^\x00]\x00){2,})*")
_BIG = re.compile(rb"(?:\x00[^\x00]){4,}(?:(?:[\x01-\x30][^\x00]){0,3}(?:\x00[^\x00]){2,})*")


def utf_16(text):
    if b"\x00" not in text:
        return
    for pattern, name in ((_LITTLE, "utf-16-le"), (_BIG, "utf-16-be")):
        for match in pattern.finditer(text):
            run = match.group()
            yield run[:len(run) // 2 * 2].decode(name, "replace").encode()


def compressed(text, most=1 << 17):
    for magic, undo in ((b"\x1f\x8b\x08", lambda d: codings.inflate(d, 47)), (b"\x28\xb5\x2f\xfd", codings.unzstd)):
        at = text.find(magic)
        while at >= 0:
            yield undo(text[at:at + most])
            at = text.find(magic, at + 1)
    for magic in (b"x\x01", b"x\x5e", b"x\x9c", b"x\xda"):
        at = text.find(magic)
        while at >= 0:
            plain = codings.inflate(text[at:at + most], 47)
            if len(plain) >= 12:
                yield plain
            at = text.find(magic, at + 1)


def headless(piece):
    """br and raw deflate have no magic: tried on whole binary pieces only."""
    for undo in (codings.unbr, lambda d: codings.inflate(d, -15)):
        plain = undo(piece)
        if len(plain) >= 12:
            yield plain


_EVENT = re.compile(rb"\r?\n(data: ?)")


def events(text):
    """A value over several data lines of a server-sent event."""
    if b"\ndata:" in text:
        for stretch in _around(text, _EVENT):
            yield _EVENT.sub(b"\n", stretch)


DECODERS = {"percent": percent, "plus": plus, "json": json_escapes, "html": entities, "shell": shell, "qp": quoted_printable,
            "base64": base_64, "hex": hexadecimal, "utf16": utf_16, "compressed": compressed,
            "events": events}
BLIND = {"base64", "hex"}


def rfc_body(body, codings_named):
    """Undoes named content codings, last applied first."""
    for name in reversed(codings_named):
        if name in ("gzip", "x-gzip"):
            body = codings.inflate(body, 47)
        elif name == "deflate":
            body = codings.inflate(body, 47) or codings.inflate(body, -15)
        elif name == "br":
            body = codings.unbr(body)
        elif name == "zstd":
            body = codings.unzstd(body)
    return body


def unbase64(text):
    return base64.b64decode(text, validate=False)
