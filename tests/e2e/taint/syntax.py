"""The least escaping with which an encoded value can stand in a place, or None when it can not."""
from taint import spellings

_URL_OK = frozenset(spellings.RESERVED_OK + b"!*'(),;:@$")
_TOKEN = frozenset(b"!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_MAX_TARGET = 15000
_MAX_HEAD = 60000


def _escape(text, table):
    for plain, coded in table:
        text = text.replace(plain, coded)
    return text


def url(text, ready):
    if "url" in ready:
        return text
    return b"".join(bytes([c]) if c in _URL_OK else b"%%%02X" % c for c in text)


def target(text, ready):
    text = url(text, ready)
    return text if len(text) <= _MAX_TARGET else None


def path(text, ready):
    return target(text.replace(b"/", b"%2F"), ready) if "url" in ready else target(text, ready)


def header(text, _ready):
    if len(text) > _MAX_HEAD or any(c < 32 and c != 9 or c == 127 for c in text) or text != text.strip():
        return None
    return text


def token(text, _ready):
    return text if text and len(text) <= _MAX_HEAD and all(c in _TOKEN for c in text) else None


def label(text, _ready):
    ok = text.replace(b"-", b"").isalnum() and len(text) <= 63 and text[:1].isalnum() and text[-1:].isalnum()
    return text.lower() if ok and text.lower() == text else None


def cookie(text, ready):
    text = header(text, ready)
    return text and text.replace(b";", b"%3B").replace(b",", b"%2C")


def quoted(text, ready):
    text = header(text, ready)
    return text and text.replace(b"\\", b"\\\\").replace(b'"', b'\\"')


def json(text, ready):
    if "json" in ready:
        return text
    out = _escape(text, [(b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\r", b"\\r"), (b"\t", b"\\t")])
    return out


def xml_text(text, ready):
    if "xml" in ready or "xml_text" in ready:
        return text
    return _escape(text, [(b"&", b"&amp;"), (b"<", b"&lt;"), (b">", b"&gt;")])


def xml_attribute(text, ready):
    if "xml" in ready:
        return text
    return _escape(text, [(b"&", b"&amp;"), (b"<", b"&lt;"), (b'"', b"&quot;"), (b"\n", b"&#10;"), (b"\r", b"&#13;")])


def number(text, _ready):
    return text if text.isdigit() and text[:1] != b"0" and len(text) < 40 else None


def plain(text, _ready):
    return text


def line(text, _ready):
    return text if b"\n" not in text and b"\r" not in text else None
