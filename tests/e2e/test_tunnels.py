"""What CONNECT leads to: scope, policy, first bytes, absolute-form, the magic host."""
import http.client
import json
import socket
import ssl

from support import Case, RawOrigin, Tunnel, body_of, header, main, ok, read_head, read_response, status_of


class Tunnels(Case):
    def raw(self, proxy, message, method="GET"):
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
            client.sendall(message)
            return read_response(client, method)

    def test_absolute_form_records_and_matches_connect(self):
        with RawOrigin(lambda _: ok(b"same")) as origin:
            with self.record(origin) as proxy:
                live = self.raw(proxy, b"GET https://origin.test/a?b HTTP/1.1\r\nHost: origin.test\r\nProxy-Connection: keep-alive\r\n\r\n")
                self.assertEqual(body_of(live), b"same")
            self.assertTrue(origin.requests[0].startswith(b"GET /a?b HTTP/1.1\r\n"))
            self.assertNotIn(b"proxy-connection", origin.requests[0].lower())
        with self.replay() as proxy, Tunnel(proxy) as client:
            self.assertEqual(body_of(client.exchange(b"GET /a?b HTTP/1.1\r\nHost: origin.test\r\n\r\n")), b"same")

    def test_plain_http_absolute_and_in_a_tunnel(self):
        with RawOrigin(lambda _: ok(b"plain"), tls=False) as origin:
            with self.record(origin) as proxy:
                self.assertEqual(body_of(self.raw(proxy, b"GET http://origin.test/p HTTP/1.1\r\nHost: origin.test\r\n\r\n")), b"plain")
                with Tunnel(proxy, port=80, tls=False) as client:
                    self.assertEqual(body_of(client.exchange(b"GET /p HTTP/1.1\r\nHost: origin.test\r\n\r\n")), b"plain")
        with self.replay() as proxy, Tunnel(proxy, port=80, tls=False) as client:
            self.assertEqual(body_of(client.exchange(b"GET /p HTTP/1.1\r\nHost: origin.test\r\n\r\n")), b"plain")

    def test_plain_http_to_443_is_refused(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy, Tunnel(proxy, tls=False) as client:
            self.assertEqual(status_of(client.exchange(b"GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n")), 400)

    def test_client_hello_sent_with_connect(self):
        with RawOrigin(lambda _: ok(b"early")) as origin, self.record(origin) as proxy:
            incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
            context = ssl.create_default_context(cafile=proxy.ca)
            tls = context.wrap_bio(incoming, outgoing, server_hostname="origin.test")
            with self.assertRaises(ssl.SSLWantReadError):
                tls.do_handshake()
            with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
                client.sendall(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n" + outgoing.read())
                self.assertEqual(status_of(read_head(client)), 200)
                while True:
                    try:
                        tls.do_handshake()
                        break
                    except ssl.SSLWantReadError:
                        client.sendall(outgoing.read())
                        incoming.write(client.recv(65536))
                tls.write(b"GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                client.sendall(outgoing.read())
                data = b""
                while b"early" not in data:
                    try:
                        data += tls.read(1000)
                    except ssl.SSLWantReadError:
                        incoming.write(client.recv(65536))

    def test_wrong_server_name(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            with Tunnel(proxy, server_name="x.origin.test") as client:
                self.assertEqual(status_of(client.exchange(b"GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n")), 421)

    def test_out_of_scope(self):
        with RawOrigin(lambda _: ok(b"untouched")) as origin:
            with self.record(origin, "--connect-to", f"elsewhere.test:443:127.0.0.1:{origin.port}") as proxy:
                with Tunnel(proxy, "elsewhere.test", tls=False) as client:
                    context = ssl.create_default_context()
                    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                    inner = context.wrap_socket(client.raw, server_hostname="elsewhere.test")
                    inner.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n")
                    self.assertEqual(body_of(read_response(inner)), b"untouched")
                    inner.close()
            self.assertNotIn("elsewhere", self.cvr("ls", self.path("t.cvr")).stdout)
        with self.replay() as proxy:
            for message in (b"CONNECT elsewhere.test:443 HTTP/1.1\r\nHost: elsewhere.test:443\r\n\r\n",
                            b"GET http://elsewhere.test/ HTTP/1.1\r\nHost: elsewhere.test\r\n\r\n"):
                answer = self.raw(proxy, message)
                self.assertEqual((status_of(answer), header(answer, "x-cvr")), (403, "refused"))
            self.assertEqual(proxy.stop(), 0)

    def test_private_addresses_and_own_port_are_refused(self):
        with self.record(RawOrigin(lambda _: ok()), "--host", "127.0.0.2", "--host", "localhost") as proxy:
            for target in ("127.0.0.2:443", "localhost:443", "169.254.169.254:80", "[::1]:443", "::1:443", "10.0.0.1:443", "origin.test:22"):
                answer = self.raw(proxy, f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
                self.assertEqual((target, status_of(answer), header(answer, "x-cvr")), (target, 403, "refused"))
            answer = self.raw(proxy, f"CONNECT 127.0.0.1:{proxy.port} HTTP/1.1\r\nHost: 127.0.0.1:{proxy.port}\r\n\r\n".encode())
            self.assertEqual(status_of(answer), 403)

    def test_magic_host(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            page = lambda path, *fields: self.raw(proxy, ("GET http://cvr.localhost%s HTTP/1.1\r\nHost: cvr.localhost\r\n%s\r\n" % (
                path, "".join(f + "\r\n" for f in fields))).encode())
            with open(proxy.ca, "rb") as file:
                self.assertEqual(body_of(page("/ca.pem")), file.read())
            self.assertNotIn(b"PRIVATE", page("/ca.pem"))
            self.assertEqual(status_of(page("/healthz")), 200)
            self.assertEqual(json.loads(body_of(page("/api/v1/status")))["port"], proxy.port)
            self.assertEqual(status_of(page("/api/v1/status", "Origin: https://evil.test")), 403)
            direct = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
            direct.request("GET", "/ca.pem")
            self.assertEqual(direct.getresponse().status, 400)
            direct.close()

    def test_resumption(self):
        with RawOrigin(lambda _: ok()) as origin, self.record(origin) as proxy:
            context = ssl.create_default_context(cafile=proxy.ca)
            session, reused = None, []
            for _ in range(2):
                raw = socket.create_connection(("127.0.0.1", proxy.port), timeout=20)
                raw.sendall(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n")
                read_head(raw)
                with context.wrap_socket(raw, server_hostname="origin.test", session=session) as tls:
                    tls.sendall(b"GET / HTTP/1.1\r\nHost: origin.test\r\n\r\n")
                    read_response(tls)
                    session = tls.session
                    reused.append(tls.session_reused)
            self.assertEqual(reused, [False, True])


if __name__ == "__main__":
    main()
