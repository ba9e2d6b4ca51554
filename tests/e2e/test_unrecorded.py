"""Credentials that CVR sees and does not record are secrets all the same: what echoes them is recorded without them."""
import base64
import contextlib
import json
import os
import socket

from support import Case, RawOrigin, made_up, main, ok, read_response
from sessions import SessionCase

QUIET = "bcdfghklmnpqrst"  # no net takes a word of these


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def head(*fields, method="GET", url="http://origin.test/seen", body=""):
    lines = "".join(field + "\r\n" for field in fields)
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"{method} {url} HTTP/1.1\r\nHost: {url.split('/')[2].split('@')[-1]}\r\n{lines}{length}\r\n{body}"


def half(text, value):
    """A request with the body so far, and a client that leaves."""
    return head(text, "Content-Length: 500", method="POST") + value


FORM = "Content-Type: application/x-www-form-urlencoded"
JSON = "Content-Type: application/json"
# How a credential is shown: what a client sends for it.
SHOWN = {
    "proxy, bearer": lambda v: head(f"Proxy-Authorization: Bearer {v}"),
    "proxy, basic": lambda v: head(f"Proxy-Authorization: {basic('somebody', v)}"),
    "CONNECT": lambda v: f"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\nProxy-Authorization: {basic('a', v)}\r\n\r\n",
    "CONNECT, its own": lambda v: f"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\nAuthorization: Bearer {v}\r\n\r\n",
    "half a body": lambda v: half(f"Authorization: Bearer {v}", "abc"),
    "half a form": lambda v: half(FORM, f"password={v}&a="),
    "half a JSON": lambda v: half(JSON, '{"password":"' + v + '","a":"'),
    "upgrade": lambda v: head(f"Authorization: Bearer {v}", "Upgrade: websocket", "Connection: upgrade"),
    "userinfo": lambda v: head(url=f"http://somebody:{v}@origin.test/seen"),
    "out of scope": lambda v: head(f"Authorization: Bearer {v}", url="http://other.example/seen"),
    "two lengths": lambda v: head(f"Authorization: Bearer {v}", "Content-Length: 1", "Content-Length: 2"),
    "over --max-body": lambda v: head(f"Authorization: Bearer {v}", "Content-Length: 99999999", method="POST"),
    "form over the limit": lambda v: head(FORM, method="POST", body=f"password={v}&a=" + "x" * 3000),
    "JSON over the limit": lambda v: head(JSON, method="POST", body='{"password":"' + v + '","a":"' + "x" * 3000 + '"}'),
    "answer over the limit": lambda v: head(url=f"http://origin.test/long", method="GET"),
    "magic host": lambda v: head(f"Authorization: Bearer {v}", url="http://cvr.localhost/api/v1/status"),
    "control token": lambda v: head(f"X-CVR-Token: {v}", url="http://cvr.localhost/api/v1/sessions/a", method="PUT", body="{}"),
}


class Unrecorded(Case):
    def send(self, proxy, text):
        """What is sent has been dealt with when this returns."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
            client.sendall(text.encode())
            client.shutdown(socket.SHUT_WR)
            while client.recv(65536):
                pass

    def note(self, proxy, value):
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
            client.sendall(head(url=f"http://origin.test/note?text=so-{value}-it-goes").encode())
            read_response(client)

    def test_what_is_seen_is_known(self):
        for name, shown in SHOWN.items():
            value = made_up(28, QUIET)
            long = ok(('{"password":"' + value + '","a":"' + "x" * 3000 + '"}').encode(), JSON)
            with self.subTest(name), RawOrigin(lambda request: long if b"/long" in request else ok(), tls=False) as origin:
                with self.record(origin, "--body-limit", "2000", "--max-body", "1M", "--connect-to",
                                 f"other.example:80:127.0.0.1:{origin.port}", cassette=f"{name}.cvr") as proxy:
                    self.note(proxy, value)
                    self.send(proxy, shown(value))
                    self.note(proxy, value)
                    self.assertEqual(proxy.stop(), 0)
                listing = self.cvr("ls", "--json", self.path(f"{name}.cvr")).stdout
                self.assertEqual(listing.count("/note?"), 2, listing)
                with open(self.path(f"{name}.cvr"), "rb") as file:
                    self.assertNotIn(value.encode(), file.read())
                self.assertNotIn(value, proxy.stdout + proxy.stderr)

    def test_what_is_cvrs_own(self):
        with RawOrigin(lambda _: ok(), tls=False) as origin:
            value = made_up(28, QUIET)
            with self.record(origin, "--upstream-proxy", f"http://{made_up(20, QUIET)}:{value}@127.0.0.1:9") as proxy:
                with open(os.path.join(proxy.home, "run", f"{proxy.process.pid}.json"), encoding="utf-8") as text:
                    token = json.load(text)["token"]
                for own in (value, token):
                    self.note(proxy, own)
            with open(self.path("t.cvr"), "rb") as file:
                whole = file.read()
            for own in (value, token):
                self.assertNotIn(own.encode(), whole)


class BesideOneAnother(SessionCase):
    def test_what_one_session_shows_is_known_in_all(self):
        value = made_up(28, QUIET)
        with RawOrigin(lambda _: ok()) as origin:
            with self.proxy(origin, "-c", self.path("main.cvr"), "--mode", "all") as proxy:
                note = f"/note?text=so-{value}-it-goes"
                proxy.get("early", note)
                proxy.get(None, note)
                proxy.get("teacher", "/login", f"Authorization: Bearer {value}")
                proxy.get("late", note)
                status, told, _ = proxy.api("PUT", f"/api/v1/sessions/a-{value}", {})
                self.assertGreaterEqual(status, 400)
                self.assertNotIn(value, json.dumps(told))
                self.assertEqual(proxy.stop(), 0)
            for path in (self.path("main.cvr"), *map(self.cassette, ("early", "late"))):
                self.assertIn("/note?", self.cvr("ls", "--json", path).stdout)
                with open(path, "rb") as file:
                    self.assertNotIn(value.encode(), file.read(), path)
            self.assertNotIn(value, proxy.stdout + proxy.stderr + "".join(os.listdir(self.path("cassettes"))))

    def test_the_names_of_sessions_are_no_secrets(self):
        name = made_up(28, QUIET)
        with RawOrigin(lambda _: ok()) as origin, self.proxy(origin, "--mode", "all") as proxy:
            proxy.get(name, "/a")
            proxy.get("other", f"/note?text={name}")
            self.assertEqual(proxy.stop(), 0)
            self.assertIn(name, self.cvr("ls", "--json", self.cassette("other")).stdout)
            self.assertIn("/a", self.cvr("ls", "--json", self.cassette(name)).stdout)


if __name__ == "__main__":
    main()
