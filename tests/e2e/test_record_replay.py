"""Record, stop the origin, replay: what a client got is what it gets again."""
import json

from support import Case, RawOrigin, Tunnel, body_of, header, main, made_up, ok, status_of


def get(path, *fields):
    head = "".join(field + "\r\n" for field in fields)
    return f"GET {path} HTTP/1.1\r\nHost: origin.test\r\n{head}\r\n".encode()


def post(path, body, content_type="application/json", *fields):
    head = "".join(field + "\r\n" for field in fields)
    return (f"POST {path} HTTP/1.1\r\nHost: origin.test\r\nContent-Type: {content_type}\r\n{head}"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


class RecordReplay(Case):
    def test_round_trip(self):
        with RawOrigin(lambda _: ok(b'{"a":275.0}', "Content-Type: application/json", "X-Request-Id: r1")) as origin:
            with self.record(origin) as proxy:
                with Tunnel(proxy) as client:
                    live = client.exchange(get("/a?x=1&y=2"))
                self.assertEqual(proxy.stop(), 0, proxy.stderr)
        with self.replay() as proxy:
            with Tunnel(proxy) as client:
                self.assertEqual(client.exchange(get("/a?y=2&x=1")), live)
            self.assertEqual(proxy.stop(), 0)
            self.assertIn("1 hits, 0 misses, 0 unused", proxy.stderr)

    def test_keep_alive_many(self):
        count = 50
        with RawOrigin(lambda r: ok(r.split(b" ")[1])) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                for i in range(count):
                    self.assertEqual(body_of(client.exchange(get(f"/{i}"))), f"/{i}".encode())
            self.assertEqual(origin.connections, 1)
        with self.replay() as proxy, Tunnel(proxy) as client:
            for i in reversed(range(count)):
                self.assertEqual(body_of(client.exchange(get(f"/{i}"))), f"/{i}".encode())

    def test_sequence_in_recorded_order(self):
        answers = iter([b"one", b"two", b"three"])
        with RawOrigin(lambda _: ok(next(answers))) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                for _ in range(3):
                    client.exchange(get("/poll"))
        with self.replay() as proxy, Tunnel(proxy) as client:
            got = [body_of(client.exchange(get("/poll"))) for _ in range(4)]
        self.assertEqual(got, [b"one", b"two", b"three", b"three"])

    def test_post_beyond_recorded_is_a_miss(self):
        with RawOrigin(lambda _: ok(b"made")) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                client.exchange(post("/make", "{}"))
        with self.replay() as proxy:
            with Tunnel(proxy) as client:
                self.assertEqual(body_of(client.exchange(post("/make", "{ }"))), b"made")
                second = client.exchange(post("/make", "{}"))
            self.assertEqual((status_of(second), header(second, "x-cvr")), (502, "miss"))
            self.assertEqual(proxy.stop(), 1)

    def test_miss_explains(self):
        with RawOrigin(lambda _: ok(b"{}")) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                client.exchange(post("/trips", '{"pax":"4","from":"KTEB"}'))
        with self.replay() as proxy:
            with Tunnel(proxy) as client:
                miss = client.exchange(post("/trips", '{"from":"KTEB","pax":"5"}'))
            problem = json.loads(body_of(miss))
            self.assertEqual(header(miss, "content-type"), "application/problem+json")
            self.assertEqual((status_of(miss), header(miss, "x-cvr"), problem["status"]), (502, "miss", 502))
            self.assertEqual(problem["asked"]["method"], "POST")
            nearest = problem["nearest"][0]
            self.assertEqual((nearest["n"], nearest["rule"]), (1, "body"))
            self.assertIn("pax", nearest["asked"] + nearest["recorded"])
            self.assertEqual(proxy.stop(), 1)
            self.assertIn("0 hits, 1 misses, 1 unused", proxy.stderr)

    def test_credentials_are_replaced_and_dummies_match(self):
        token, secret = made_up(40), made_up(40)
        with RawOrigin(lambda _: ok(json.dumps({"access_token": token}).encode(), "Content-Type: application/json")) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                form = f"grant_type=client_credentials&client_id=abc&client_secret={secret}"
                live = client.exchange(post("/oauth/token", form, "application/x-www-form-urlencoded"))
                self.assertIn(token.encode(), live)
                client.exchange(get("/me", f"Authorization: Bearer {token}"))
        with open(self.path("t.cvr"), "rb") as file:
            bytes_ = file.read()
        self.assertNotIn(token.encode(), bytes_)
        self.assertNotIn(secret.encode(), bytes_)
        with self.replay() as proxy:
            with Tunnel(proxy) as client:
                form = "grant_type=client_credentials&client_id=zzz&client_secret=dummy-secret-value"
                answer = client.exchange(post("/oauth/token", form, "application/x-www-form-urlencoded"))
                self.assertEqual(status_of(answer), 200)
                handed = json.loads(body_of(answer))["access_token"]
                self.assertNotEqual(handed, token)
                self.assertEqual(status_of(client.exchange(get("/me", f"Authorization: Bearer {handed}"))), 200)
                self.assertEqual(status_of(client.exchange(get("/me", "Authorization: Bearer dummy"))), 200)
                self.assertEqual(status_of(client.exchange(get("/me"))), 502)
            self.assertEqual(proxy.stop(), 1)

    def test_strict_lists_the_unused(self):
        with RawOrigin(lambda _: ok()) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                client.exchange(get("/used"))
                client.exchange(get("/unused"))
        with self.replay("--strict") as proxy:
            with Tunnel(proxy) as client:
                client.exchange(get("/used"))
            self.assertEqual(proxy.stop(), 1)
            self.assertIn("GET https://origin.test/unused", proxy.stderr)

    def test_appending_and_overwriting(self):
        with RawOrigin(lambda _: ok()) as origin:
            for path in ("/1", "/2"):
                with self.record(origin) as proxy, Tunnel(proxy) as client:
                    client.exchange(get(path))
            self.assertEqual(len(self.cvr("ls", self.path("t.cvr")).stdout.strip().splitlines()[-2:]), 2)
            self.assertIn("/1", self.cvr("ls", self.path("t.cvr")).stdout)
            with self.record(origin, "--overwrite") as proxy, Tunnel(proxy) as client:
                client.exchange(get("/3"))
            listing = self.cvr("ls", self.path("t.cvr")).stdout
            self.assertNotIn("/1", listing)
            self.assertIn("/3", listing)

    def test_interleaved_identities(self):
        def answer(request):
            return ok(b"alice" if b"AAAA" in request else b"bob")
        tokens = ["AAAA" + made_up(30), "BBBB" + made_up(30)]
        with RawOrigin(answer) as origin:
            with self.record(origin) as proxy, Tunnel(proxy) as client:
                for token in tokens:
                    client.exchange(get("/me", "Authorization: Bearer " + token))
        with self.replay() as proxy, Tunnel(proxy) as client:
            for token, who in ((tokens[1], b"bob"), (tokens[0], b"alice"), (tokens[1], b"bob")):
                self.assertEqual(body_of(client.exchange(get("/me", "Authorization: Bearer " + token))), who)


if __name__ == "__main__":
    main()
