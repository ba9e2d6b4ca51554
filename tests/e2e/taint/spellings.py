"""Every encoding that REDACTION names: how a value is spelled where it stands.

A *text* encoding gives bytes for any place.  `ready` says for which syntaxes ("url", "json",
"xml") its output can stand as it is; elsewhere the place adds its own minimal escaping (places.fit).
A *body* encoding takes the place's whole body and gives (bytes on the wire, content codings,
charset, split).
"""
import base64
import gzip
import json
import random
import zlib

from taint import codings as codecs

RESERVED_OK = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"


def percent_reserved(value, form="%%%02X"):
    return b"".join(bytes([c]) if c in RESERVED_OK else (form % c).encode() for c in value)


def percent_all(value, form="%%%02X"):
    return b"".join((form % c).encode() for c in value)


def plus(value):
    return percent_reserved(value).replace(b"%20", b"+")


def b64(value, lead=0, url=False, pad=True):
    """The value at byte `lead` of a group of three, with something behind it."""
    data = b"k:="[:lead] + value + (b";" if lead else b"")
    text = base64.urlsafe_b64encode(data) if url else base64.b64encode(data)
    return text if pad else text.rstrip(b"=")


def b64_lines(value):
    """MIME lines of 76, one break inside the value."""
    text = base64.b64encode(b"Some words that stand before the value: " + value + b" and some that follow, so that it ends.")
    return b"\r\n".join(text[i:i + 76] for i in range(0, len(text), 76))


def json_u(value):
    units = value.decode().encode("utf-16-be")
    return b"".join(b"\\u%04x" % int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2))


def json_inner(value):
    return json.dumps(value.decode(), ensure_ascii=False)[1:-1].encode()


def html_numbers(value, form):
    return "".join(form % ord(c) for c in value.decode()).encode()


HTML_NAMES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "%": "&percnt;", "+": "&plus;", "/": "&sol;",
              "=": "&equals;", ":": "&colon;", "|": "&vert;", "@": "&commat;", ".": "&period;", "_": "&lowbar;", "-": "&hyphen;",
              "\\": "&bsol;", "?": "&quest;", "\u00e4": "&auml;", "\u00df": "&szlig;", "\u20ac": "&euro;"}


def html_named(value):
    # &hyphen; is another character, so '-' stays.
    return "".join(HTML_NAMES.get(c, c) if c != "-" else c for c in value.decode()).encode()


def cdata(value):
    return b"<![CDATA[" + value + b"]]>"


def cdata_split(value):
    middle = len(value) // 2
    while middle < len(value) and value[middle] & 0xC0 == 0x80:
        middle += 1
    return b"<![CDATA[" + value[:middle] + b"]]><![CDATA[" + value[middle:] + b"]]>"


def quoted_printable(value):
    out, column = [], 0
    for c in value:
        piece = bytes([c]) if 33 <= c <= 126 and c not in b"=" and (c * 7 + len(out)) % 5 else b"=%02X" % c
        if column + len(piece) > 40:
            out.append(b"=\r\n")
            column = 0
        out.append(piece)
        column += len(piece)
    return b"".join(out)


def rfc2047_q(value):
    return b"=?utf-8?Q?" + b"".join(b"_" if c == 32 else bytes([c]) if c in RESERVED_OK and c != 95 else b"=%02X" % c
                                    for c in value) + b"?="


class Encoding:
    def __init__(self, name, apply, ready=(), only=()):
        self.name, self.apply, self.ready, self.body = name, apply, frozenset(ready), False
        self.only = only  # places (beginnings, without side) where alone it means anything


TEXT = [
    Encoding("raw", lambda v: v),
    Encoding("percent", percent_reserved, ("url",)),
    Encoding("percent_lower", lambda v: percent_reserved(v, "%%%02x"), ("url",)),
    Encoding("percent_all", percent_all, ("url",)),
    Encoding("percent_all_lower", lambda v: percent_all(v, "%%%02x"), ("url",)),
    Encoding("percent_twice", lambda v: percent_reserved(percent_all(v)), ("url",)),
    Encoding("plus", plus, ("url",)),
    Encoding("b64_0", b64),
    Encoding("b64_1", lambda v: b64(v, 1)),
    Encoding("b64_2", lambda v: b64(v, 2)),
    Encoding("b64_nopad", lambda v: b64(v, 1, pad=False)),
    Encoding("b64url_0", lambda v: b64(v, 0, True)),
    Encoding("b64url_1", lambda v: b64(v, 1, True, False)),
    Encoding("b64url_2", lambda v: b64(v, 2, True, False)),
    Encoding("b64_lines", b64_lines),
    Encoding("b64_twice", lambda v: b64(b64(v, 1))),
    Encoding("basic", lambda v: b"Basic " + base64.b64encode(b"svc:" + v)),
    Encoding("hex", lambda v: v.hex().encode()),
    Encoding("hex_upper", lambda v: v.hex().upper().encode()),
    Encoding("json_u", json_u, ("json",)),
    Encoding("json_slash", lambda v: json_inner(v).replace(b"/", b"\\/"), ("json",)),
    Encoding("json_in_json", lambda v: json.dumps({"k": [v.decode()]}).encode()),
    Encoding("html_dec", lambda v: html_numbers(v, "&#%d;"), ("xml",)),
    Encoding("html_hex", lambda v: html_numbers(v, "&#x%X;"), ("xml",)),
    Encoding("html_named", html_named, ("xml",)),
    Encoding("cdata", cdata, ("xml_text",)),
    Encoding("cdata_split", cdata_split, ("xml_text",), only=("xml_", "html_text")),
    Encoding("qp", quoted_printable),
    Encoding("rfc2047_b", lambda v: b"=?utf-8?B?" + base64.b64encode(v) + b"?="),
    Encoding("rfc2047_q", rfc2047_q),
    Encoding("rfc8187", lambda v: b"utf-8''" + percent_reserved(v)),
]


BY_TEXT = {encoding.name: encoding for encoding in TEXT}


class BodyEncoding:
    def __init__(self, name, apply, codings=(), charset=None, split=None, text=None):
        self.name, self.apply, self.codings, self.charset, self.split, self.body = name, apply, codings, charset, split, True
        self.text = BY_TEXT[text] if text else TEXT[0]  # how the value is spelled within the body
        self.ready, self.only = self.text.ready, ()


def raw_deflate(data):
    machine = zlib.compressobj(6, zlib.DEFLATED, -15)
    return machine.compress(data) + machine.flush()


def _gzip(data):
    return gzip.compress(data, 6, mtime=0)


BODY = [
    BodyEncoding("utf16le", lambda b: b"\xff\xfe" + b.decode().encode("utf-16-le"), charset="utf-16"),
    BodyEncoding("utf16be", lambda b: b.decode().encode("utf-16-be"), charset="utf-16be"),
    BodyEncoding("gzip", _gzip, ("gzip",)),
    BodyEncoding("deflate", zlib.compress, ("deflate",)),
    BodyEncoding("deflate_raw", raw_deflate, ("deflate",)),
    BodyEncoding("gzip_gzip", lambda b: _gzip(_gzip(b)), ("gzip", "gzip")),
    BodyEncoding("chunks", lambda b: b, split="chunks"),
    BodyEncoding("reads", lambda b: b, split="reads"),
    BodyEncoding("gzip_chunks", _gzip, ("gzip",), split="chunks"),
    BodyEncoding("gzip+b64_1", _gzip, ("gzip",), text="b64_1"),
    BodyEncoding("deflate+percent_all", zlib.compress, ("deflate",), text="percent_all"),
    BodyEncoding("chunks+json_u", lambda b: b, split="chunks", text="json_u"),
    BodyEncoding("reads+hex", lambda b: b, split="reads", text="hex"),
]
if codecs.HAVE_BR:
    BODY += [BodyEncoding("br", codecs.br, ("br",)), BodyEncoding("br_gzip", lambda b: _gzip(codecs.br(b)), ("br", "gzip"))]
if codecs.HAVE_ZSTD:
    BODY += [BodyEncoding("zstd", codecs.zstd, ("zstd",)),
             BodyEncoding("zstd_deflate", lambda b: zlib.compress(codecs.zstd(b)), ("zstd", "deflate"))]

ALL = {encoding.name: encoding for encoding in TEXT + BODY}


def splits(data, rng=None, limit=600):
    """Every byte its own piece; of a long text only some cuts, so that it stays quick."""
    if len(data) <= limit:
        return [data[i:i + 1] for i in range(len(data))]
    rng = rng or random.Random(len(data))
    cuts = sorted(rng.sample(range(1, len(data)), limit))
    return [data[a:b] for a, b in zip([0] + cuts, cuts + [len(data)])]
