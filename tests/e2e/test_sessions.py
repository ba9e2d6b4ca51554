"""Sessions by proxy user name: parallel tests through nothing but HTTPS_PROXY."""
import concurrent.futures
import os
import socket

from sessions import SessionCase, get
from support import RawOrigin, Tunnel, body_of, header, main, made_up, ok, proxy_authorization, read_response, status_of


def echo_path(request):
    return ok(request.split(b" ")[1], "Content-Type: text/plain")


class Sessions(SessionCase):
    def test_64_at_once_each_with_its_own_cassette(self):
        names = [f"test-{i}" for i in range(64)]

        def talk(proxy, name):
            with Tunnel(proxy, user=name) as client:
                return [body_of(client.exchange(get(f"/{name}/{i}"))) for i in range(3)]

        expected = [[f"/{name}/{i}".encode() for i in range(3)] for name in names]
        with RawOrigin(echo_path) as origin, self.proxy(origin) as proxy, concurrent.futures.ThreadPoolExecutor(64) as pool:
            self.assertEqual(list(pool.map(lambda name: talk(proxy, name), names)), expected)
            self.assertEqual(proxy.api("GET", "/api/v1/sessions")[1]["total"], 64)
            self.assertEqual(proxy.stop(), 0)
        self.assertEqual(sorted(os.listdir(self.path("cassettes"))), sorted(f"{name}.cvr" for name in names))
        lines = [line for line in proxy.stderr.splitlines() if line.startswith("test-")]
        self.assertEqual(len(lines), 64)
        self.assertIn(f"test-7: recorded 3 interactions to {self.cassette('test-7')}", lines)
        # The same again, from the cassettes alone.
        with self.proxy() as proxy, concurrent.futures.ThreadPoolExecutor(64) as pool:
            self.assertEqual(list(pool.map(lambda name: talk(proxy, name), names)), expected)
            self.assertEqual(proxy.stop(), 0)
        self.assertIn("test-7: 3 hits, 0 misses, 0 unused", proxy.stderr.splitlines())

    def test_each_session_has_its_own_position(self):
        answers = iter([b"first", b"second"])
        with RawOrigin(lambda _: ok(next(answers))) as origin, self.proxy(origin) as proxy:
            self.assertEqual([proxy.get("poll", "/status") for _ in range(2)], [b"first", b"second"])
        with self.proxy(None, "--mode", "none") as proxy:
            for name in ("a", "b"):
                proxy.put(name, cassette="poll")
            self.assertEqual(proxy.get("a", "/status"), b"first")
            self.assertEqual(proxy.get("b", "/status"), b"first")
            self.assertEqual(proxy.get("a", "/status"), b"second")
            self.assertEqual(proxy.get("b", "/status"), b"second")

    def test_two_identities_in_two_sessions(self):
        def who(request):
            return ok(b"alice" if b"AAAA" in request else b"bob")
        tokens = {"one": "AAAA" + made_up(30), "two": "BBBB" + made_up(30)}
        with RawOrigin(who) as origin, self.proxy(origin) as proxy:
            for name, token in tokens.items():
                proxy.get(name, "/me", "Authorization: Bearer " + token)
                proxy.get("both", "/me", "Authorization: Bearer " + token)
        with self.proxy() as proxy:
            dummy = "Authorization: Bearer " + made_up(30)
            self.assertEqual(proxy.get("two", "/me", dummy), b"bob")
            self.assertEqual(proxy.get("one", "/me", dummy), b"alice")
            self.assertEqual(proxy.get("both", "/me", "Authorization: Bearer " + tokens["two"]), b"bob")
            self.assertEqual(proxy.get("both", "/me", "Authorization: Bearer " + tokens["one"]), b"alice")

    def test_absolute_form_changes_sessions_on_one_connection(self):
        with RawOrigin(echo_path, tls=False) as origin, self.proxy(origin) as proxy:
            with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
                for name in ("a", "b", "a"):
                    client.sendall(f"GET http://origin.test/{name} HTTP/1.1\r\nHost: origin.test\r\n"
                                   f"{proxy_authorization(name)}\r\n\r\n".encode())
                    self.assertEqual(status_of(read_response(client)), 200)
            self.assertEqual(proxy.eject("a")["recorded"], 2)
            self.assertEqual(proxy.eject("b")["recorded"], 1)
            for request in origin.requests:
                self.assertNotIn(b"proxy-authorization", request.lower())
        shown = self.cvr("cat", self.cassette("a")).stdout
        self.assertIn("/a", shown)
        self.assertNotIn("proxy-authorization", shown.lower())

    def test_names_that_are_none_are_407_with_the_reason(self):
        with self.proxy() as proxy:
            for name in ("Upper", "../x", "a/b", "-a", ".a", "a" * 101, "a b", "n\u00e4me", "%2e%2e"):
                with Tunnel(proxy, user=name) as client:
                    self.assertEqual(status_of(client.connect_answer), 407, name)
                    self.assertIn(b"[a-z0-9][a-z0-9._-]{0,99}", client.connect_answer.split(b"\r\n")[0])
                    self.assertTrue(header(client.connect_answer, "proxy-authenticate").startswith("Basic realm="))
            with Tunnel(proxy) as client:
                self.assertEqual(status_of(client.connect_answer), 407)
                self.assertIn(b"no session is named", client.connect_answer)
            for fields in (["Proxy-Authorization: Bearer " + made_up()], ["Proxy-Authorization: Basic !!!"],
                           [proxy_authorization("a"), proxy_authorization("b")]):
                with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as client:
                    head = "".join(field + "\r\n" for field in fields)
                    client.sendall(f"GET http://origin.test/ HTTP/1.1\r\nHost: origin.test\r\n{head}\r\n".encode())
                    self.assertEqual(status_of(read_response(client)), 407)
            self.assertEqual(proxy.api("GET", "/api/v1/sessions")[1]["total"], 0)
        self.assertFalse(os.path.exists(self.path("cassettes")))

    def test_no_name_is_the_cassette_of_c(self):
        with RawOrigin(echo_path) as origin, self.proxy(origin, "-c", self.path("own.cvr")) as proxy:
            for user in (None, "", "default"):
                self.assertEqual(proxy.get(user, "/x"), b"/x")
            self.assertEqual(proxy.api("GET", "/api/v1/sessions/-")[1]["recorded"], 2)
            self.assertEqual(proxy.api("POST", "/api/v1/sessions/-/eject")[0], 409)
            self.assertEqual(proxy.put("-", mode="none")["mode"], "none")
            self.assertEqual(proxy.eject("default")["recorded"], 1)  # a user name like any other
            self.assertEqual(proxy.stop(), 0)
        self.assertIn(f"without a name: 0 hits, 0 misses, 2 unused; recorded 2 interactions to {self.path('own.cvr')}", proxy.stderr)

    def test_record_and_replay_do_not_look_at_names(self):
        with RawOrigin(echo_path) as origin, self.record(origin) as proxy, Tunnel(proxy, user="Any Name") as client:
            self.assertEqual(body_of(client.exchange(get("/x"))), b"/x")
        with self.replay() as proxy, Tunnel(proxy, user="Another") as client:
            self.assertEqual(body_of(client.exchange(get("/x"))), b"/x")
            self.assertEqual(proxy.stop(), 0)

    def test_a_miss_names_its_session_and_fails_the_run(self):
        with RawOrigin(echo_path) as origin, self.proxy(origin) as proxy:
            proxy.get("a", "/known")
        with self.proxy() as proxy:
            self.assertIn(b'"type":"', proxy.get("a", "/unknown"))
            self.assertIn(b"does not exist", proxy.get("none-such", "/x") if proxy.put("none-such", mode="none") else b"")
            self.assertEqual(proxy.stop(), 1)
        self.assertIn("session a: ", proxy.stderr)
        self.assertIn("a: 0 hits, 1 misses, 1 unused", proxy.stderr)

    def test_a_reverse_listener_takes_the_name_too(self):
        with RawOrigin(echo_path) as origin, self.proxy(origin, "--reverse", "https://origin.test") as proxy:
            host, port = proxy.facts["reverse"][len("http://"):].split(":")
            for name, status in (("a", 200), ("b", 200), (None, 407)):
                with socket.create_connection((host, int(port)), timeout=20) as client:
                    named = "" if name is None else proxy_authorization(name) + "\r\n"
                    client.sendall(f"GET /x HTTP/1.1\r\nHost: {host}:{port}\r\n{named}\r\n".encode())
                    self.assertEqual(status_of(read_response(client)), status)
            self.assertEqual([proxy.eject(name)["recorded"] for name in ("a", "b")], [1, 1])
            proxy.stop()
        self.assertIn("plain clients of --reverse name no session and get 407; -c FILE", proxy.stderr)

    def test_a_cassette_that_can_not_be_opened_does_not_stop_the_others(self):
        os.makedirs(self.path("cassettes"))
        with open(self.cassette("letter"), "w", encoding="ascii") as text:
            text.write("Dear Sir or Madam\n")
        os.symlink(self.path("elsewhere"), self.cassette("link"))
        with RawOrigin(echo_path) as origin, self.proxy(origin) as proxy:
            for name in ("letter", "link"):
                with Tunnel(proxy, user=name) as client:
                    self.assertEqual(status_of(client.connect_answer), 503, name)
                    self.assertIn(name.encode() + b".cvr", client.connect_answer)
            proxy.get("good", "/x")
            # One records to it; another may not.
            with Tunnel(proxy, user="good"):
                status, answer, _ = proxy.api("PUT", "/api/v1/sessions/second", {"cassette": "good", "mode": "new_episodes"})
                self.assertEqual(status, 503)
                self.assertIn("good.cvr", answer["detail"])
            os.remove(self.cassette("letter"))
            self.assertEqual(proxy.get("letter", "/x"), b"/x")
            self.assertEqual(proxy.stop(), 0)

    def test_ci_never_records_by_accident(self):
        result = self.cvr("proxy", "--mode", "all", env={"CI": "true"})
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("--allow-record-in-ci", result.stderr)
        with RawOrigin(echo_path) as origin:
            with self.proxy(origin) as proxy:
                proxy.get("known", "/x")
            seen = len(origin.requests)
            with self.proxy(origin, ci=True) as proxy:
                self.assertEqual(proxy.get("known", "/x"), b"/x")
                self.assertIn(b"CI is set", proxy.get("new", "/x"))
                status, answer, _ = proxy.api("PUT", "/api/v1/sessions/new", {"mode": "all"})
                self.assertEqual((status, "CI is set" in answer["detail"]), (403, True))
                self.assertEqual(proxy.stop(), 1)
            self.assertEqual(len(origin.requests), seen)
            self.assertFalse(os.path.exists(self.cassette("new")))
            with self.proxy(origin, "--allow-record-in-ci", ci=True) as proxy:
                self.assertEqual(proxy.get("new", "/x"), b"/x")


if __name__ == "__main__":
    main()
