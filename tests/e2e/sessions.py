"""What the tests of sessions share: `cvr proxy`, its control API, and requests of a session."""
import contextlib
import http.client
import json
import os

from support import Case, Certificates, Cvr, Tunnel, body_of


class Proxy(Cvr):
    """A running `cvr proxy` and its token."""

    def __init__(self, directory, *arguments, **kwargs):
        super().__init__(directory, "proxy", *arguments, **kwargs)
        with open(os.path.join(self.home, "run", f"{self.process.pid}.json"), encoding="utf-8") as text:
            self.facts = json.load(text)
        self.token = self.facts["token"]

    def api(self, method, path, body=None, token=True, headers=None, host="cvr.localhost", connection=None):
        """(status, JSON or text, headers)"""
        fields = {"Host": host}
        if token:
            fields["X-CVR-Token"] = self.token if token is True else token
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        with contextlib.closing(connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as client:
            client.request(method, path, body, {**fields, **(headers or {})})
            answer = client.getresponse()
            text = answer.read().decode()
            is_json = "json" in (answer.getheader("content-type") or "")
            return answer.status, json.loads(text) if is_json else text, answer.headers

    def put(self, name, **wish):
        status, answer, _ = self.api("PUT", f"/api/v1/sessions/{name}", wish)
        assert status == 200, (status, answer)
        return answer

    def eject(self, name):
        status, answer, _ = self.api("POST", f"/api/v1/sessions/{name}/eject")
        assert status == 200, (status, answer)
        return answer

    def get(self, user, path, *fields):
        """The body of the answer over CONNECT."""
        with Tunnel(self, user=user) as client:
            return body_of(client.exchange(get(path, *fields)))


def get(path, *fields):
    head = "".join(field + "\r\n" for field in fields)
    return f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n{head}\r\n".encode()


class SessionCase(Case):
    def proxy(self, origin=None, *more, **kwargs):
        upstream = []
        if origin is not None:
            upstream = ["--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--connect-to",
                        f"origin.test:80:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca]
        return Proxy(self.directory, "--dir", self.path("cassettes"), "--host", "origin.test", *upstream, *more, **kwargs)

    def cassette(self, name):
        return self.path(f"cassettes/{name}.cvr")

    def recorded(self, name):
        """The paths recorded, in order."""
        listing = self.cvr("ls", self.cassette(name), "--json").stdout
        return [line for line in listing.splitlines() if line]
