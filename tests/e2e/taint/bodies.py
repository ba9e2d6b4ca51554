"""Places in bodies, of requests and responses alike.  What stands around the value is innocent, and
is noted in `kept`: it must come through redaction byte for byte.
"""
import base64
import random

from taint import syntax

_JSON_KEPT = [b'"status":"open"', b'"count":17', b'"ratio":275.0', b'"ref":"atrip-123456"', b'"labels":["alpha","beta"]']


def json_body(message, member=None):
    message.type = b"application/json"
    message.kept = list(_JSON_KEPT)
    members = _JSON_KEPT[:3] + ([member] if member else []) + _JSON_KEPT[3:]
    message.body = b"{" + b",".join(members) + b"}"


def _json(form):
    return lambda m, v: json_body(m, form.replace(b"%s", v))


def _deep(m, v):
    json_body(m, b'"a":' + b'{"b":[' * 10 + b'"' + v + b'"' + b"]}" * 10)


def _nested(m, v):
    inner = syntax.json(b'{"k":"' + v + b'"}', ())
    json_body(m, b'"payload":"' + inner + b'"')


def _base64_body(m, v):
    json_body(m, b'"data":"' + base64.b64encode(b"The note says: " + v + b" and that is all.") + b'"')


def _cursor(m, v):
    json_body(m, b'"cursor":"v1_' + base64.urlsafe_b64encode(b'{"after":"' + v + b'"}').rstrip(b"=") + b'"')


def _charset_lie(m, v):
    json_body(m, b'"x9":"' + v + b'"')
    m.type += b"; charset=utf-16"


def _form(form):
    def put(m, v):
        m.type = b"application/x-www-form-urlencoded"
        m.kept = [b"page=3", b"sort=asc"]
        m.body = b"page=3&" + form.replace(b"%s", v) + b"&sort=asc"
    return put


def _xml(form):
    def put(m, v):
        m.type = b"application/xml"
        m.kept = [b'<order state="open">', b"<count>17</count>", b"<ratio>275.0</ratio>"]
        m.body = (b'<?xml version="1.0"?>\n<order state="open"><count>17</count>' + form.replace(b"%s", v) +
                  b"<ratio>275.0</ratio></order>\n")
    return put


def _html(form):
    def put(m, v):
        m.type = b"text/html"
        m.kept = [b"<h1>Status page</h1>", b'<p class="lead">All is well.</p>']
        m.body = (b"<html><body><h1>Status page</h1>" + form.replace(b"%s", v) +
                  b'<p class="lead">All is well.</p></body></html>')
    return put


def _multipart(part_head, body=b"%s"):
    def put(m, v):
        m.type = b"multipart/form-data; boundary=edge7edge"
        m.kept = [b"\r\n\r\nopen\r\n"]
        m.body = (b'--edge7edge\r\nContent-Disposition: form-data; name="status"\r\n\r\nopen\r\n--edge7edge\r\n' +
                  part_head.replace(b"%s", v) + b"\r\n\r\n" + body.replace(b"%s", v) + b"\r\n--edge7edge--\r\n")
    return put


def _text(m, v):
    m.type = b"text/plain"
    m.kept = [b"Status is open today.\n", b"\nCount 17.\n"]
    m.body = b"Status is open today.\nThe value is " + v + b".\nCount 17.\n"


def _binary(m, v):
    noise = random.Random(17).randbytes(80)  # the same around a dummy of another length
    m.type = b"application/octet-stream"
    m.body = noise[:40] + v + noise[40:]


def _sse(form):
    def put(m, v):
        m.type = b"text/event-stream"
        m.kept = [b'data: {"status":"open"}\n', b"id: 17\n"]
        data = form.replace(b"%s", v).replace(b"\r\n", b"\n").replace(b"\n", b"\ndata: ")
        m.body = b'event: update\ndata: {"status":"open"}\n\nid: 17\ndata: ' + data + b"\n\n"
    return put


_DISPOSITION = b'Content-Disposition: form-data; name="'
_FILE = b'; filename="notes.txt"\r\nContent-Type: '

# name -> (fit, put, is a credential place)
BODIES = {
    "json_known": (syntax.json, _json(b'"client_secret":"%s"'), True),
    "json_odd": (syntax.json, _json(b'"x9":"%s"'), False),
    "json_inside": (syntax.json, _json(b'"x9":"before %s behind"'), False),
    "json_href": (syntax.json, _json(b'"href":"https://origin.test/go?via=%s"'), False),
    "json_key": (syntax.json, _json(b'"%s":true'), False),
    "json_cursor": (syntax.json, _cursor, False),
    "json_charset": (syntax.json, _charset_lie, False),
    "json_array": (syntax.json, _json(b'"list":["alpha","%s","%s"]'), False),
    "json_number": (syntax.number, _json(b'"x9":%s'), False),
    "json_number_known": (syntax.number, _json(b'"password":%s'), True),
    "json_deep": (syntax.json, _deep, False),
    "json_nested": (syntax.json, _nested, False),
    "base64_body": (syntax.plain, _base64_body, False),
    "form_known": (syntax.url, _form(b"client_secret=%s"), True),
    "form_odd": (syntax.url, _form(b"x9=%s"), False),
    "form_name": (syntax.url, _form(b"%s=1"), False),
    "xml_known": (syntax.xml_text, _xml(b"<password>%s</password>"), True),
    "xml_text": (syntax.xml_text, _xml(b"<x9>%s</x9>"), False),
    "xml_attribute": (syntax.xml_attribute, _xml(b'<x9 y="%s"/>'), False),
    "xml_comment": (syntax.xml_text, _xml(b"<!-- %s -->"), False),
    "multipart_known": (syntax.plain, _multipart(_DISPOSITION + b'password"'), True),
    "multipart_field": (syntax.plain, _multipart(_DISPOSITION + b'x9"'), False),
    "multipart_file": (syntax.plain, _multipart(_DISPOSITION + b'x9"' + _FILE + b"text/plain"), False),
    "multipart_json": (syntax.json, _multipart(_DISPOSITION + b'x9"' + _FILE + b"application/json", b'{"x9":"%s"}'), False),
    "multipart_filename": (syntax.quoted, _multipart(_DISPOSITION + b'x9"; filename="%s.txt"', b"hello"), False),
    "multipart_name": (syntax.quoted, _multipart(_DISPOSITION + b'%s"', b"hello"), False),
    "multipart_header": (syntax.header, _multipart(_DISPOSITION + b'x9"\r\nX-Odd-Thing: %s', b"hello"), False),
    "text": (syntax.plain, _text, False),
    "binary": (syntax.plain, _binary, False),
    "sse_text": (syntax.plain, _sse(b"%s"), False),
    "sse_json": (syntax.json, _sse(b'{"x9":"%s"}'), False),
    "html_text": (syntax.xml_text, _html(b"<p>%s</p>"), False),
    "html_attribute": (syntax.xml_attribute, _html(b'<a title="%s">x</a>'), False),
    "html_script": (syntax.json, _html(b'<script>var s = {"x9":"%s"};</script>'), False),
}
