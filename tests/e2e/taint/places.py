"""Every place that REDACTION names: how a planted value stands in a request or a response.

A name begins with "q." (request) or "r." (response).  `known` places are credential places: what
stands there is a secret by the place alone.  Places in a body take body encodings too.
"""
import base64

from taint import bodies, syntax
from taint.exchange import Exchange


class Place:
    def __init__(self, name, fit, put, known=False, body=False):
        self.name, self.fit, self.put, self.known, self.body = name, fit, put, known, body


PLACES = {}


def place(name, fit, known=False):
    def register(put):
        PLACES[name] = Place(name, fit, put, known)
        return put
    return register


# Targets.
@place("q.path", syntax.path)
def _path(x, v):
    x.target += b"/" + v + b"/seg"


@place("q.query_known", syntax.target, known=True)
def _query_known(x, v):
    x.query.append(b"access_token=" + v)


@place("q.query_odd", syntax.target)
def _query_odd(x, v):
    x.query.append(b"x9=" + v)


@place("q.query_name", syntax.target)
def _query_name(x, v):
    x.query.append(v + b"=1")


@place("q.query_semicolon", syntax.target)
def _query_semicolon(x, v):
    x.query.append(b"a=1;x9=" + v + b";b=2")


@place("q.userinfo", syntax.target, known=True)
def _userinfo(x, v):
    x.absolute = b"app:" + v + b"@"


@place("q.fragment", syntax.target)
def _fragment(x, v):
    x.absolute, x.tail = b"", b"#" + v


@place("q.connect", syntax.label)
def _connect(x, v):
    x.connect_host = v + b".origin.test"


@place("q.connect_auth", syntax.header, known=True)
def _connect_auth(x, v):
    x.connect_fields.append((b"Proxy-Authorization", b"Basic " + base64.b64encode(b"team:" + v)))


@place("q.connect_field", syntax.header)
def _connect_field(x, v):
    x.connect_fields.append((b"X-Odd-Thing", v))


# Header fields of requests, and of responses.
def _field(name, form=b"%s"):
    def put(x, v):
        x.side.headers.append((name, form.replace(b"%s", v)))
    return put


def _basic(x, v):
    x.side.headers.append((b"Authorization", b"Basic " + base64.b64encode(b"svc:" + v)))


for _name, _header, _form, _known in [
        ("q.auth_bearer", b"Authorization", b"Bearer %s", True),
        ("q.auth_lower", b"authorization", b"bearer  %s", True),
        ("q.auth_token", b"Authorization", b"Token token=\"%s\", nonce=\"def\"", True),
        ("q.auth_aws", b"Authorization", b"AWS4-HMAC-SHA256 Credential=AKID/20260314/eu/s3/aws4_request, SignedHeaders=host, "
                                         b"Signature=%s", True),
        ("q.auth_digest", b"Authorization", b"Digest username=\"app\", realm=\"r\", uri=\"/\", response=\"%s\"", True),
        ("q.auth_odd", b"Authorization", b"OddScheme %s", True),
        ("q.auth_bare", b"Authorization", b"%s", True),
        ("q.proxy_auth", b"Proxy-Authorization", b"Bearer %s", True),
        ("q.vendor_token", b"X-Avinode-ApiToken", b"%s", True),
        ("q.vendor_auth", b"X-Avinode-AuthToken", b"%s", True),
        ("q.vendor_signature", b"x-avinode-signature", b"%s", True),
        ("q.webhook", b"X-Webhook-Secret", b"%s", True),
        ("q.api_key", b"X-Api-Key", b"%s", True),
        ("q.header_unknown", b"X-Odd-Thing", b"%s", False),
        ("q.header_kept", b"X-Correlation-Id", b"run-7 %s", False),
        ("q.user_agent", b"User-Agent", b"taint/1 (%s)", False),
        ("q.if_none_match", b"If-None-Match", b"\"%s\"", False),
        ("q.accept", b"Accept", b"application/json; note=\"%s\"", False),
        ("r.header_unknown", b"X-Odd-Thing", b"%s", False),
        ("r.header_kept", b"X-Request-Id", b"r-7-%s", False),
        ("r.etag", b"ETag", b"W/\"%s\"", False),
        ("r.server", b"Server", b"odd/%s", False),
        ("r.www_authenticate", b"WWW-Authenticate", b"Bearer realm=\"%s\", error=\"invalid_token\"", False),
        ("r.vendor_token", b"X-Avinode-ApiToken", b"%s", True)]:
    PLACES[_name] = Place(_name, syntax.quoted if b"\"%s\"" in _form else syntax.header, _field(_header, _form), _known)
PLACES["q.auth_basic"] = Place("q.auth_basic", syntax.plain, _basic, True)


@place("q.cookie", syntax.cookie, known=True)
def _cookie(x, v):
    x.request.headers.append((b"Cookie", b"theme=dark; sid=" + v + b"; n=1"))


@place("r.set_cookie", syntax.cookie, known=True)
def _set_cookie(x, v):
    x.response.headers.append((b"Set-Cookie", b"sid=" + v + b"; Path=/; HttpOnly"))


@place("q.header_name", syntax.token)
def _header_name(x, v):
    x.request.headers.append((b"X-" + v, b"1"))


@place("r.header_name", syntax.token)
def _header_name_r(x, v):
    x.response.headers.append((b"X-" + v, b"1"))


@place("q.referer", syntax.target)
def _referer(x, v):
    x.request.headers.append((b"Referer", b"https://app.example/view?page=3&x9=" + v))


@place("q.duplicate", syntax.header)
def _duplicate(x, v):
    x.request.headers += [(b"X-Correlation-Id", b"first"), (b"X-Correlation-Id", v)]


@place("r.location", syntax.target)
def _location(x, v):
    x.status, x.reason = b"302", b"Found"
    x.response.headers.append((b"Location", b"https://origin.test/next/" + v + b"?page=4"))


@place("r.link", syntax.target)
def _link(x, v):
    x.response.headers.append((b"Link", b"<https://origin.test/list?after=" + v + b">; rel=\"next\""))


@place("r.reason", syntax.header)
def _reason(x, v):
    x.reason = b"Fine " + v


@place("q.trailer", syntax.header)
def _trailer(x, v):
    bodies.json_body(x.request)
    x.method = b"POST"
    x.request.trailers.append((b"X-Odd-Sum", v))


@place("r.trailer", syntax.header)
def _trailer_r(x, v):
    x.response.trailers.append((b"X-Odd-Sum", v))


for _name, (_fit, _put, _known) in bodies.BODIES.items():
    for _side in ("q.", "r."):
        PLACES[_side + _name] = Place(_side + _name, _fit, _put, _known, True)
PLACES["r.echo"] = Place("r.echo", syntax.plain, bodies.BODIES["text"][1], False, True)


def build(place_name, encoding, value, number):
    """The Exchange with the value in its place, or None when it can not stand there like that."""
    here = PLACES[place_name]
    if encoding.body and not here.body or encoding.only and not place_name[2:].startswith(encoding.only):
        return None
    text = (encoding.text if encoding.body else encoding).apply(value)
    text = here.fit(text, encoding.ready)
    if text is None:
        return None
    x = Exchange(number)
    x.side = x.request if place_name.startswith("q.") else x.response
    x.request.headers += [(b"Accept", b"application/json"), (b"X-Request-Id", b"req-%d" % number)]
    if place_name in ("q.accept", "q.header_kept", "q.user_agent"):
        x.request.headers.pop(0)
    x.query += [b"page=3", b"sort=asc"]
    if here.body and x.side is x.request:
        x.method = b"POST"
    if place_name == "r.echo":
        x.status, x.reason = b"400", b"Bad Request"
    if here.body:
        here.put(x.side, text)
        if encoding.body:
            try:
                x.side.coded = encoding.apply(x.side.body)
            except UnicodeDecodeError:
                return None
            x.side.codings, x.side.charset, x.side.split = encoding.codings, encoding.charset, encoding.split
    else:
        here.put(x, text)
    if x.response.body is None:
        bodies.json_body(x.response)
    return x
