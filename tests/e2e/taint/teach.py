"""How a value becomes known: it is sent in a credential place, or it stands in a --secrets file."""
import base64

from taint import syntax
from taint.exchange import Exchange
from taint import bodies


def _headers(name, form):
    def put(x, values):
        x.request.headers += [(name, form.replace(b"%s", v)) for v in values]
    return put


def _cookies(x, values):
    x.request.headers.append((b"Cookie", b"; ".join(b"s%d=%s" % (i, v) for i, v in enumerate(values))))


def _set_cookies(x, values):
    x.response.headers += [(b"Set-Cookie", b"s%d=%s; Path=/" % (i, v)) for i, v in enumerate(values)]


def _query(x, values):
    x.query += [b"access_token=" + syntax.url(v, ()) for v in values]


def _json(side, name):
    def put(x, values):
        message = getattr(x, side)
        message.type = b"application/json"
        message.body = b"[" + b",".join(b'{"%s":"%s"}' % (name, syntax.json(v, ())) for v in values) + b"]"
        if side == "request":
            x.method = b"POST"
    return put


def _form(x, values):
    x.method = b"POST"
    x.request.type = b"application/x-www-form-urlencoded"
    x.request.body = b"&".join(b"client_secret=" + syntax.url(v, ()) for v in values)


def _basic(x, values):
    x.request.headers.append((b"Authorization", b"Basic " + base64.b64encode(values[0])))


def _simple(v):
    return syntax.cookie(v, ()) == v and b'"' not in v and b" " not in v and len(v) < 3000


def _plain(v):
    return syntax.header(v, ()) == v and b" " not in v


# name -> (what fits, how many at once, put)
TEACHERS = {
    "bearer": (_plain, 1, _headers(b"Authorization", b"Bearer %s")),
    "vendor": (lambda v: syntax.header(v, ()) == v, 20, _headers(b"X-Avinode-ApiToken", b"%s")),
    "cookie": (_simple, 10, _cookies),
    "set_cookie": (_simple, 10, _set_cookies),
    "query": (lambda v: len(v) < 600, 8, _query),
    "form": (lambda v: True, 20, _form),
    "json": (lambda v: True, 20, _json("request", b"password")),
    "json_answer": (lambda v: True, 20, _json("response", b"access_token")),
    "basic": (lambda v: v.count(b":") == 1 and b"/" not in v, 1, _basic),
}


BY_ANSWER = {"set_cookie", "json_answer"}


def choose(value, rng):
    """The name of a teacher that this value fits."""
    fitting = [name for name, (fits, _, _) in TEACHERS.items() if fits(value)]
    return "basic" if "basic" in fitting and rng.random() < 0.5 else rng.choice(fitting)


def exchanges(lessons, first_number):
    """Messages in which each value of `lessons` [(teacher, value)] stands in a credential place."""
    groups = {name: [] for name in TEACHERS}
    for name, value in lessons:
        groups[name].append(value)
    number = first_number
    for name, values in groups.items():
        _, most, put = TEACHERS[name]
        for at in range(0, len(values), most):
            x = Exchange(number)
            put(x, values[at:at + most])
            if x.response.body is None:
                bodies.json_body(x.response)
            number += 1
            yield x


def dotenv(secrets):
    """A --secrets file, in all spellings that such a file has."""
    lines = ["# made up", ""]
    for i, value in enumerate(secrets):
        text = value.decode()
        if i % 3 == 0 and "'" not in text and "\n" not in text:
            lines.append(f"export S_{i}='{text}'")
        elif i % 3 == 1 and not set(text) & set(" #'\"\\\n`$") and text == text.strip():
            lines.append(f"S_{i}={text}")
        else:
            text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            lines.append(f'S_{i}="{text}"')
    return "\n".join(lines) + "\n"
