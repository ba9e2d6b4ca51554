"""--upstream-proxy: through another proxy to the upstream.  --latency: replay at the recorded speed."""
import base64
import contextlib
import os
import socket
import subprocess
import threading
import time

from command_case import CommandCase
from support import CVR, Case, Certificates, Cvr, RawOrigin, Tunnel, body_of, header, made_up, main, ok, read_head, read_response, status_of


class ChainProxy:
    """A small HTTP proxy: every name leads to one of two origins on loopback.  `heads` is what it was asked."""

    def __init__(self, tls_port, plain_port, connect_answer=b"HTTP/1.1 200 Connection established\r\n\r\n"):
        self.ports, self.connect_answer, self.heads = (tls_port, plain_port), connect_answer, []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, client):
        with contextlib.suppress(OSError), client:
            head = read_head(client)
            self.heads.append(head)
            connect = head.startswith(b"CONNECT ")
            if connect or b" 407 " in self.connect_answer:
                client.sendall(self.connect_answer)
                if b" 200 " not in self.connect_answer.split(b"\r\n")[0]:
                    return
            port = self.ports[0] if connect and b":443 " in head else self.ports[1]
            with socket.create_connection(("127.0.0.1", port), timeout=20) as upstream:
                if not connect:
                    upstream.sendall(head)
                back = threading.Thread(target=self._copy, args=(upstream, client), daemon=True)
                back.start()
                self._copy(client, upstream)
                back.join()

    @staticmethod
    def _copy(source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


class Chain(CommandCase):
    def start(self, url, *more, env=None):
        return Cvr(self.directory, "record", "-c", self.path("t.cvr"), "--host", "origin.test", "--upstream-ca", Certificates.get().ca,
                   "--upstream-proxy", url, *more, env=env)

    def absolute(self, proxy, url="http://origin.test/plain?q=1"):
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
            client.sendall(f"GET {url} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
            return read_response(client)

    def test_both_schemes_with_credentials(self):
        user, password = made_up(8), made_up(20) + "@:"
        basic = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        url_password = password.replace("@", "%40").replace(":", "%3A")
        with RawOrigin(lambda _: ok(b"secure")) as tls, RawOrigin(lambda _: ok(b"plain"), tls=False) as plain, \
                ChainProxy(tls.port, plain.port) as chain:
            with self.start(f"http://{user}:{url_password}@127.0.0.1:{chain.port}", "-vvv") as proxy:
                with Tunnel(proxy) as client:
                    self.assertEqual(body_of(client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")), b"secure")
                self.assertEqual(body_of(self.absolute(proxy)), b"plain")
                with Tunnel(proxy, "elsewhere.test", tls=False) as blind:  # out of scope: tunnelled, through the proxy too
                    self.assertEqual(status_of(blind.connect_answer), 200)
                self.assertEqual(proxy.stop(), 0)
                output = proxy.stdout + proxy.stderr
            # The record and everything that was said are without the credential.
            for secret in (password, url_password, basic, user):
                self.assertNotIn(secret, output)
                with open(self.path("t.cvr"), "rb") as file:
                    self.assertNotIn(secret.encode(), file.read())
            self.assertNotIn(b"roxy-", tls.requests[0])
            first, second, third = chain.heads
            self.assertTrue(first.startswith(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n"), first)
            self.assertTrue(second.startswith(b"GET http://origin.test/plain?q=1 HTTP/1.1\r\n"), second)
            self.assertEqual(header(second, "host"), "origin.test")
            self.assertTrue(third.startswith(b"CONNECT elsewhere.test:443 "), third)
            for head in chain.heads:
                self.assertEqual(header(head, "proxy-authorization"), basic)

    def test_connect_to_names_what_the_proxy_is_asked_for(self):
        with RawOrigin(lambda _: ok(b"plain"), tls=False) as plain, ChainProxy(0, plain.port) as chain:
            with self.start(f"http://127.0.0.1:{chain.port}", "--connect-to", "origin.test:80:other.test:8080") as proxy:
                self.assertEqual(body_of(self.absolute(proxy)), b"plain")
            self.assertTrue(chain.heads[0].startswith(b"CONNECT other.test:8080 "))
            self.assertEqual(header(plain.requests[0], "host"), "origin.test")

    def test_hosts_of_no_proxy_are_reached_without_it(self):
        with RawOrigin(lambda _: ok(b"direct"), tls=False) as origin, ChainProxy(0, origin.port) as chain:
            to_origin = ("--connect-to", f"origin.test:80:127.0.0.1:{origin.port}")
            for bypass, asked in (("elsewhere.test,.origin.test", 0), ("elsewhere.test", 1)):
                with self.start(f"http://127.0.0.1:{chain.port}", *to_origin, env={"NO_PROXY": bypass, "no_proxy": ""}) as proxy:
                    self.assertEqual(body_of(self.absolute(proxy)), b"direct")
                self.assertEqual(len(chain.heads), asked, bypass)
                os.remove(self.path("t.cvr"))

    def test_a_proxy_that_refuses(self):
        refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
        for answer, kind in ((refusal, "connect"), (b"SSH-2.0\r\n\r\n", "protocol"), (b"HTTP/1.1 200 OK\r\n\r\nmore", "protocol")):
            with self.subTest(answer), ChainProxy(0, 0, answer) as chain, self.start(f"http://127.0.0.1:{chain.port}") as proxy:
                with Tunnel(proxy) as client:
                    told = client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                self.assertEqual((status_of(told), header(told, "x-cvr")), (502, f"upstream-error; kind={kind}"), told)
                self.assertIn(b"upstream proxy", told)

    def test_credentials_that_the_proxy_wants(self):
        refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n"
        password = made_up(20)
        for userinfo, words in (("", "wants user name"), (f"user:{password}@", "did not accept the user name")):
            with self.subTest(words), ChainProxy(0, 0, refusal) as chain, self.start(f"http://{userinfo}127.0.0.1:{chain.port}") as proxy:
                with Tunnel(proxy) as client:
                    told = [client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")]
                told.append(self.absolute(proxy))
                for answer in told:
                    self.assertEqual((status_of(answer), header(answer, "x-cvr")), (502, "upstream-error; kind=connect"), answer)
                    self.assertIn(words.encode(), answer)
                    self.assertIn(b"--upstream-proxy http://USER:PASSWORD@HOST:PORT", answer)
                    self.assertIsNone(header(answer, "proxy-authenticate"))
                self.assertEqual(proxy.stop(), 0)
                self.assertEqual(proxy.stderr.count(words), 1, proxy.stderr)
                self.assertNotIn(password, proxy.stderr)

    def test_a_proxy_of_the_environment_is_not_used_and_said(self):
        password = made_up(20)
        hint = lambda *more, **env: [line for line in self.cvr(*more, "-c", self.path("t.cvr"), "--listen", "127.0.0.1:0", "--host", "origin.test", "--",
                                                               "true", env=env).stderr.splitlines() if "is set (" in line]
        corporate = {"https_proxy": "", "HTTPS_PROXY": f"http://user:{password}@proxy.test:3128/", "no_proxy": "", "NO_PROXY": ""}
        said = hint("record", **corporate)
        self.assertEqual(len(said), 1)
        self.assertTrue(said[0].startswith("cvr: warning: HTTPS_PROXY is set (http://...@proxy.test:3128)"), said)
        self.assertIn("--upstream-proxy", said[0])
        self.assertEqual(hint("record", "--upstream-proxy", "http://127.0.0.1:9", **corporate), [])
        self.assertEqual(hint("record", **{**corporate, "NO_PROXY": ".test"}), [])
        self.assertEqual(hint("record", **corporate, CVR_PROXY="http://proxy.test:3128"), [])
        self.assertEqual(hint("replay", **corporate), [])

    def test_local_names_need_leave(self):
        with ChainProxy(0, 0) as chain, self.start(f"http://127.0.0.1:{chain.port}") as proxy:
            for host in ("127.0.0.1", "localhost", "a.localhost", "169.254.169.254"):
                with Tunnel(proxy, host, tls=False) as client:
                    self.assertEqual(status_of(client.connect_answer), 403, host)
            self.assertEqual(chain.heads, [])

    def test_configuration(self):
        password = made_up(20)
        with open(self.path("cvr.toml"), "w", encoding="ascii") as file:
            file.write(f'upstream_proxy = "http://u:{password}@proxy.example:3128"\nlatency = "0.5x"\n')
        for more in ([], ["--json"]):
            told = subprocess.run([CVR, "config", *more], cwd=self.directory, capture_output=True, text=True, check=True).stdout
            self.assertIn("http://...@proxy.example:3128", told)
            self.assertIn("0.5x", told)
            self.assertNotIn(password, told)
        bad = f"https://u:{password}@proxy.example"
        result = self.fails(2, "--upstream-proxy", "record", "-c", self.path("t.cvr"), "--upstream-proxy", bad)
        self.assertNotIn(password, result.stderr)
        self.fails(2, "--latency", "replay", "-c", self.path("t.cvr"), "--latency", "slow")
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        os.remove(self.path("cvr.toml"))
        self.fails(2, "CVR itself", "record", "-c", self.path("t.cvr"), "--listen", f"127.0.0.1:{port}", "--upstream-proxy",
                   f"http://127.0.0.1:{port}")


class Latency(Case):
    """No times are measured here but lower bounds: an answer must not come before it is due."""

    def recorded(self):
        gate = threading.Event()

        def slow(connection):
            gate.wait(0.4)  # the time that is recorded

        script = [slow, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", slow, b"5\r\nworld\r\n0\r\n\r\n"]
        with RawOrigin(lambda _: script) as origin, self.record(origin) as proxy, Tunnel(proxy) as client:
            return client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")

    def test_recorded_and_scaled(self):
        live = self.recorded()
        for latency, least in (("recorded", 0.4), ("0.5x", 0.2), ("none", 0)):
            with self.subTest(latency), self.replay("--latency", latency) as proxy, Tunnel(proxy) as client:
                began = time.monotonic()
                client.socket.sendall(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                head = read_head(client.socket)
                first = time.monotonic() - began
                body = b""
                while not body.endswith(b"\r\n0\r\n\r\n"):
                    body += client.socket.recv(65536)
                whole = time.monotonic() - began
                self.assertGreaterEqual(first, least)
                self.assertGreaterEqual(whole, 2 * least)
                if latency != "none":
                    self.assertEqual(head + body, live)
                # The connection goes on.
                self.assertEqual(status_of(client.exchange(b"GET /x HTTP/1.1\r\nHost: origin.test\r\n\r\n")), 200)


if __name__ == "__main__":
    main()
