"""The control API: what it does, and whom it refuses (CONTRACT "Control API", SAFETY T08 and T09)."""
import contextlib
import http.client
import json
import os
import socket
import stat
import threading

from sessions import SessionCase, get
from support import RawOrigin, Tunnel, body_of, header, main, made_up, ok, read_response, status_of


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=20)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(20)
        self.sock.connect(self.path)


def numbered():
    """An origin that counts its answers."""
    state = {"n": 0}

    def answer(_):
        state["n"] += 1
        return ok(str(state["n"]).encode())
    return answer


class What(SessionCase):
    def test_a_session_from_put_to_eject(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy:
            made = proxy.put("trips", mode="new_episodes", cassette="shared")
            self.assertEqual((made["name"], made["mode"], made["cassette"]), ("trips", "new_episodes", self.cassette("shared")))
            self.assertEqual(proxy.get("trips", "/a"), b"1")
            summary = proxy.eject("trips")
            self.assertEqual((summary["recorded"], summary["misses"], summary["miss_reports"]), (1, 0, []))
            self.assertEqual(self.cvr("verify", self.cassette("shared")).returncode, 0)  # sealed already
            self.assertEqual(proxy.api("POST", "/api/v1/sessions/trips/eject")[0], 404)
            # A later request begins anew, as any new session.
            self.assertEqual(proxy.get("trips", "/b"), b"2")
            self.assertEqual(proxy.api("GET", "/api/v1/sessions/trips")[1]["cassette"], self.cassette("trips"))

    def test_eject_tells_misses_and_unused(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy:
            for path in ("/a", "/b"):
                proxy.get("t", path)
            proxy.eject("t")
            self.assertEqual(proxy.get("t", "/a"), b"1")
            proxy.get("t", "/c?x=1")
            summary = proxy.eject("t")
            self.assertEqual((summary["mode"], summary["resolved"]), ("once", "none"))
            self.assertEqual((summary["hits"], summary["misses"], summary["unused"]), (1, 1, 1))
            report = summary["miss_reports"][0]
            self.assertEqual(report["asked"]["url"], "https://origin.test/c?x=1")
            self.assertEqual(report["nearest"][0]["url"], "https://origin.test/b")
            self.assertEqual(summary["unused_interactions"], [{"n": 2, "method": "GET", "url": "https://origin.test/b"}])
            self.assertEqual(proxy.stop(), 1)
        self.assertIn("t: 1 hits, 1 misses, 1 unused", proxy.stderr)

    def test_a_connection_that_outlives_its_session_gets_the_next(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy, Tunnel(proxy, user="t") as client:
            self.assertEqual(body_of(client.exchange(get("/a"))), b"1")
            self.assertEqual(proxy.eject("t")["recorded"], 1)
            self.assertEqual(body_of(client.exchange(get("/a"))), b"1")  # `once`: there is a cassette now
            self.assertEqual(proxy.eject("t")["hits"], 1)

    def test_an_ejected_cassette_is_free_although_a_tunnel_stays_open(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy, Tunnel(proxy, user="t") as client:
            self.assertEqual(body_of(client.exchange(get("/a"))), b"1")
            proxy.eject("t")
            self.assertEqual(proxy.put("t", mode="all")["mode"], "all")
            self.assertEqual(body_of(client.exchange(get("/a"))), b"2")
            self.assertEqual(proxy.eject("t")["recorded"], 1)
            with self.record(origin, cassette="cassettes/t.cvr") as other, Tunnel(other) as direct:  # another process
                self.assertEqual(body_of(direct.exchange(get("/a"))), b"3")
            self.assertEqual(proxy.stop(), 0)
        self.assertEqual(len(self.recorded("t")), 3)

    def test_eject_can_discard(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy:
            proxy.get("t", "/a")
            status, summary, _ = proxy.api("POST", "/api/v1/sessions/t/eject", {"discard": True})
            self.assertEqual((status, summary["discarded"]), (200, 1))
            self.assertEqual(os.listdir(self.path("cassettes")), [])
            self.assertEqual(proxy.get("t", "/a"), b"2")  # recorded the first time again
            self.assertEqual(proxy.eject("t")["recorded"], 1)
            self.assertEqual(proxy.api("POST", "/api/v1/sessions/t/eject", {"discard": "yes"})[0], 400)
            proxy.stop()
        self.assertIn("t: discarded 1 interaction, ", proxy.stderr)

    def test_rewind(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy:
            for _ in range(2):
                proxy.get("t", "/a")
            proxy.eject("t")
            for _ in range(2):
                self.assertEqual([proxy.get("t", "/a") for _ in range(2)], [b"1", b"2"])
                self.assertEqual(proxy.api("POST", "/api/v1/sessions/t/rewind")[1]["unused"], 2)
            self.assertEqual(proxy.api("POST", "/api/v1/sessions/no-such/rewind")[0], 404)

    def test_modes_switch_on_one_connection(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy, Tunnel(proxy, user="t") as client:
            def ask(path):
                answer = client.exchange(get(path))
                return body_of(answer) if status_of(answer) == 200 else header(answer, "x-cvr")
            self.assertEqual(ask("/a"), b"1")
            self.assertEqual(proxy.put("t", mode="none")["mode"], "none")
            self.assertEqual([ask("/a"), ask("/b")], [b"1", "miss"])  # what was just recorded is there
            proxy.put("t", mode="passthrough")
            self.assertEqual(ask("/b"), b"2")
            proxy.put("t", mode="all")
            self.assertEqual(ask("/a"), b"3")
            proxy.put("t", mode="new_episodes")
            self.assertEqual([ask("/a"), ask("/a"), ask("/b")], [b"3", b"3", b"4"])  # it goes on behind the first
            summary = proxy.eject("t")
            self.assertEqual((summary["recorded"], summary["misses"]), (3, 1))
        self.assertEqual(len(self.recorded("t")), 3)

    def test_a_mode_keeps_the_position(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin, "--mode", "all") as proxy:
            for _ in range(6):
                proxy.get("t", "/a")
            proxy.eject("t")
            told = []
            for i, mode in enumerate(("new_episodes", "new_episodes", "none", "passthrough", "none", "none")):
                made = proxy.put("t", mode=mode)
                if mode != "passthrough":
                    told.append(proxy.get("t", "/a"))
                    self.assertEqual(proxy.api("GET", "/api/v1/sessions/t")[1]["unused"], 6 - len(told), (i, made))
            self.assertEqual(told, [b"1", b"2", b"3", b"4", b"5"])

    def test_the_same_put_twice_changes_nothing(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy:
            for path in ("/a", "/b"):
                proxy.put("t", mode="once")
                self.assertIn(proxy.get("t", path), (b"1", b"2"))
            proxy.put("t", mode="none")
            proxy.put("t", mode="once")  # its own recording: it goes on
            self.assertEqual(proxy.get("t", "/c"), b"3")
            self.assertEqual((lambda s: (s["recorded"], s["misses"]))(proxy.eject("t")), (3, 0))

    def test_modes_switch_while_requests_run(self):
        with RawOrigin(lambda _: ok(b"x")) as origin, self.proxy(origin, "--mode", "new_episodes") as proxy:
            failed, done = [], threading.Event()

            def ask():
                with Tunnel(proxy, user="t") as client:
                    while not done.is_set():
                        answer = client.exchange(get("/a"))
                        if status_of(answer) != 200:
                            failed.append(answer)
            clients = [threading.Thread(target=ask) for _ in range(4)]
            proxy.get("t", "/a")
            for client in clients:
                client.start()
            for i in range(60):
                proxy.put("t", mode=("none", "passthrough", "all", "new_episodes")[i % 4])
            done.set()
            for client in clients:
                client.join()
            self.assertEqual(failed, [])
            summary = proxy.eject("t")
            self.assertEqual((summary["lost"], summary["misses"]), (0, 0))
            self.assertEqual(len(self.recorded("t")), summary["recorded"])
            self.assertEqual(proxy.stop(), 0)

    def test_replay_can_not_be_switched_to_an_upstream(self):
        with RawOrigin(numbered()) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                client.exchange(get("/a"))
            with self.replay() as proxy:
                with open(os.path.join(proxy.home, "run", f"{proxy.process.pid}.json"), encoding="utf-8") as text:
                    token = json.load(text)["token"]
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=20)) as client:
                    client.request("PUT", "/api/v1/sessions/default", '{"mode":"all"}',
                                   {"Host": "cvr.localhost", "X-CVR-Token": token})
                    self.assertEqual(client.getresponse().status, 409)

    def test_pages_that_read(self):
        with RawOrigin(numbered()) as origin, self.proxy(origin) as proxy:
            proxy.get("a", "/x")
            self.assertEqual(proxy.api("GET", "/healthz", token=False)[:2], (200, "ok\n"))
            for path in ("/ca.pem", "//ca.pem", "/ca.pem/"):
                self.assertIn("BEGIN CERTIFICATE", proxy.api("GET", path, token=False)[1])
            status = proxy.api("GET", "/api/v1/status", token=False)[1]
            self.assertEqual((status["sessions"], status["totals"]["recorded"]), (1, 1))
            listed = proxy.api("GET", "/api/v1/sessions", token=False)[1]
            self.assertEqual([s["name"] for s in listed["sessions"]], ["a"])
            proxy.eject("a")
            metrics = proxy.api("GET", "/metrics", token=False)[1]
            self.assertIn("cvr_recorded_total 1\n", metrics)  # what has ended counts on
            self.assertNotIn('session="a"', metrics)
            self.assertEqual(proxy.api("POST", "/metrics")[0], 405)
            self.assertEqual(proxy.api("GET", "/nothing")[0], 404)

    def test_the_control_listener_and_the_socket(self):
        path = self.path("control")
        with self.proxy(None, "--control", "127.0.0.1:0") as proxy, self.proxy(None, "--control", path) as other:
            url = proxy.facts["control_listen"]
            host, port = url[len("http://"):-1].split(":")

            def ask(method, target, named):
                client = http.client.HTTPConnection(host, int(port), timeout=20)
                return proxy.api(method, target, host=named, connection=client)[0]
            self.assertEqual(ask("PUT", "/api/v1/sessions/a", f"{host}:{port}"), 200)
            self.assertEqual(ask("GET", "/api/v1/sessions/a", f"localhost:{port}"), 200)
            for stranger in ("evil.test", f"evil.test:{port}", f"{host}:1", host):
                self.assertEqual(ask("GET", "/api/v1/sessions/a", stranger), 421, stranger)
            with socket.create_connection((host, int(port)), timeout=20) as client:
                client.sendall(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n")
                self.assertEqual(status_of(read_response(client)), 400)
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            self.assertEqual(other.api("PUT", "/api/v1/sessions/b", host="localhost", connection=UnixConnection(path))[0], 200)
            self.assertEqual(other.facts["control_socket"], path)
            other.stop()
            self.assertFalse(os.path.exists(path))


class Whom(SessionCase):
    def test_the_token(self):
        with self.proxy() as proxy:
            self.assertRegex(proxy.token, "^[0-9a-f]{64}$")
            run_file = os.path.join(proxy.home, "run", f"{proxy.process.pid}.json")
            self.assertEqual(stat.S_IMODE(os.stat(run_file).st_mode), 0o600)
            changes = [("PUT", "/api/v1/sessions/a"), ("POST", "/api/v1/sessions/a/rewind"),
                       ("POST", "/api/v1/sessions/a/eject"), ("DELETE", "/api/v1/sessions/a"), ("POST", "/")]
            for method, path in changes:
                self.assertEqual(proxy.api(method, path, token=False)[0], 401, (method, path))
                for wrong in (made_up(64), proxy.token[:-1], proxy.token + "0", proxy.token.upper() + " "):
                    self.assertEqual(proxy.api(method, path, token=wrong)[0], 403, (method, path))
            self.assertEqual(proxy.api("GET", "/api/v1/sessions")[1]["total"], 0)
            proxy.stop()
            self.assertNotIn(proxy.token, proxy.stdout + proxy.stderr)

    def test_host_and_origin(self):
        with self.proxy() as proxy:
            for own in ("cvr.localhost:80", f"cvr.localhost:{proxy.port}"):
                self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", host=own)[0], 200, own)
            for stranger in ("cvr.localhost:1", "evil.test", "cvr.localhost.evil.test", "127.0.0.1", f"127.0.0.1:{proxy.port}", "localhost"):
                self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", host=stranger)[0], 400, stranger)
            for origin in ("http://evil.test", "null", "https://cvr.localhost", "http://cvr.localhost:1", ""):
                for method, path in (("PUT", "/api/v1/sessions/a"), ("GET", "/api/v1/sessions"), ("OPTIONS", "/api/v1/sessions")):
                    status, _, fields = proxy.api(method, path, headers={"Origin": origin})
                    self.assertEqual(status, 403, (origin, method))
                    self.assertFalse([name for name in fields if name.lower().startswith("access-control-")])
            status, _, fields = proxy.api("PUT", "/api/v1/sessions/a", headers={"Origin": "http://cvr.localhost"})
            self.assertEqual(status, 200)
            self.assertFalse([name for name in fields if name.lower().startswith("access-control-")])

    def test_names(self):
        with self.proxy() as proxy:
            for name in ("..", "%2e%2e", "A", "a%2fb", "a" * 101, ".hidden", "a%00"):
                self.assertEqual(proxy.api("PUT", f"/api/v1/sessions/{name}")[0], 400, name)
            for name in ("../x", "/etc/passwd", "a/b", "a\\b", ".", "x" * 200, "a\0b", "\u0430"):
                self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", {"cassette": name})[0], 400, name)
            self.assertEqual(proxy.put("a", cassette="b.cvr")["cassette"], self.cassette("b"))
            self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", {"cassette": "c"})[0], 409)

    def test_bodies(self):
        with self.proxy() as proxy:
            hostile = ["{", "[]", "null", "1", '"mode"', '{"mode":1}', '{"mode":null}', '{"mode":"ALL"}', '{"mode":["none"]}',
                       '{"mode":{"a":"none"}}', '{"mode":"none","mode":"all"}', '{"made":"none"}', '{"mode":"none"} x',
                       '{"mode":"none",}', "[" * 10000, '{"cassette":""}', '{"mode":"\ud800"}'.encode("utf-8", "surrogatepass"), b"\xff\xfe"]
            for body in hostile:
                self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", body)[0], 400, body)
            self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", " " * 70000 + "{}")[0], 413)
            chunks = iter([b" " * 40000, b" " * 40000])
            self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", chunks)[0], 413)
            self.assertEqual(proxy.api("GET", "/api/v1/sessions")[1]["total"], 0)
            self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", iter([b'{"mo', b'de":"none"}']))[1]["mode"], "none")
            self.assertEqual(proxy.api("PUT", "/api/v1/sessions/a", "")[0], 200)


if __name__ == "__main__":
    main()
