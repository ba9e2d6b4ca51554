"""kill -9 at any moment: every response that a client received in full is in the cassette."""
import json
import signal
import threading

from support import Case, RawOrigin, Tunnel, body_of, main, ok, rng, status_of


class Kill(Case):
    def once(self, number, origin):
        cassette = f"k{number}.cvr"
        received, lock, enough = [], threading.Lock(), threading.Event()
        target = rng.randrange(1, 120)
        with self.record(origin, cassette=cassette) as proxy:
            def client(name):
                try:
                    with Tunnel(proxy) as tunnel:
                        for i in range(1000):
                            path = f"/{name}/{i}"
                            answer = tunnel.exchange(f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n\r\n".encode())
                            if status_of(answer) != 200 or body_of(answer) != path.encode():
                                return
                            with lock:
                                received.append(path)
                                if len(received) >= target:
                                    enough.set()
                except (OSError, AssertionError, ValueError):
                    pass
            threads = [threading.Thread(target=client, args=(n,)) for n in range(4)]
            for thread in threads:
                thread.start()
            self.assertTrue(enough.wait(30))
            proxy.stop(signal.SIGKILL)
            for thread in threads:
                thread.join()
        lines = self.cvr("ls", "--json", self.path(cassette)).stdout
        recorded = {entry["url"].split("origin.test", 1)[1] for entry in map(json.loads, lines.splitlines()) if "url" in entry}
        self.assertEqual([path for path in received if path not in recorded], [])
        # The next recorder cuts a torn tail and goes on.
        with self.record(origin, cassette=cassette) as proxy, Tunnel(proxy) as tunnel:
            self.assertEqual(status_of(tunnel.exchange(b"GET /after HTTP/1.1\r\nHost: origin.test\r\n\r\n")), 200)
        self.assertEqual(self.cvr("verify", self.path(cassette)).returncode, 0)

    def test_kill(self):
        with RawOrigin(lambda r: ok(r.split(b" ")[1])) as origin:
            for number in range(12):
                with self.subTest(number):
                    self.once(number, origin)


if __name__ == "__main__":
    main()
