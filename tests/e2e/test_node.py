"""Node reads no proxy variable: the preload that `-- CMD` and `cvr env` name brings every way of asking to the proxy.

TEST_NODES names more programs than the `node` of PATH, with colons between.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

from node_forms import FORMS, MODULES, NEEDS, PLAIN, missing
from support import CVR, Case, Certificates, RawOrigin, main, ok

DRIVER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "node_driver.py")
NODES = [node for node in [shutil.which("node"), *os.environ.get("TEST_NODES", "").split(":")] if node]


def echo(request):
    """Answers with the path that was asked for, so that no answer can be another's."""
    return ok(json.dumps({"path": request.split(b" ")[1].decode()}, separators=(",", ":")).encode(), "Content-Type: application/json")


@unittest.skipUnless(NODES, "node is not installed")
class NodeCase(Case):
    node = NODES[0] if NODES else ""

    def setUp(self):
        super().setUp()
        os.symlink(MODULES, self.path("node_modules"))

    def script(self, name, code):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(code)
        return self.path(name)

    def under(self, verb, origin, *command, tls=True, env=None, options=(), cassette="t.cvr"):
        arguments = [verb, "-c", self.path(cassette), "--host", "origin.test", *options]
        if origin:
            arguments += ["--connect-to", f"origin.test:{443 if tls else 80}:127.0.0.1:{origin.port}",
                          "--upstream-ca", Certificates.get().ca]
        return self.cvr(*arguments, "--", *command, env=env, timeout=150)

    def run_node(self, verb, origin, code, **more):
        return self.under(verb, origin, self.node, self.script("case.cjs", code), **more)


class Forms(NodeCase):
    """Each form recorded, replayed offline, and tried without the preload."""

    def written(self, forms, scheme):
        skipped = {name for name, (packages, *_) in forms.items() if missing(packages)}
        if skipped:
            print(f"skipped, not in {MODULES}: {', '.join(sorted(skipped))}", file=sys.stderr)
        scripts = {}
        for number, (name, (_, _, code)) in enumerate(forms.items()):
            if name not in skipped:
                scripts[name] = self.script(f"form-{number}.cjs", f"const URL = '{scheme}://origin.test/a?form={number}';\n{code}\n")
        with open(self.path("forms.json"), "w", encoding="utf-8") as file:
            json.dump(scripts, file)
        return {name: f'{{"path":"/a?form={list(forms).index(name)}"}}' for name in scripts}

    def drive(self, verb, origin, **more):
        ended = self.under(verb, origin, sys.executable, DRIVER, self.node, self.path("forms.json"), **more)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        return json.loads(ended.stdout)

    def check(self, forms, tls):
        expected = self.written(forms, "https" if tls else "http")
        for node in NODES:
            self.node, cassette = node, f"{NODES.index(node)}.cvr"
            with RawOrigin(echo, tls=tls) as origin:
                live = self.drive("record", origin, tls=tls, cassette=cassette)
            again = self.drive("replay", None, cassette=cassette)
            with RawOrigin(echo, tls=tls) as origin:
                without = self.drive("record", origin, tls=tls, cassette="without.cvr", options=["--without", "node"])
            for name, body in expected.items():
                with self.subTest(node=node, form=name):
                    self.assertEqual((live[name]["status"], live[name]["out"]), (0, body), live[name]["err"])
                    self.assertEqual((again[name]["status"], again[name]["out"]), (0, body), again[name]["err"])
                    self.assertEqual(without[name]["out"] != body, forms[name][1] is NEEDS, without[name])

    def test_tls(self):
        self.check(FORMS, tls=True)

    def test_plain(self):
        self.check(PLAIN, tls=False)


class Preload(NodeCase):
    def test_many_at_once(self):
        code = """
            const ask = (n) => fetch('https://origin.test/a', { method: 'POST', body: String(n).repeat(100000) });
            Promise.all(Array.from({ length: 30 }, (_, n) => ask(n % 10).then((a) => a.text()))).then((all) => console.log(all.length));"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
            self.assertEqual(ended.stdout.strip(), "30", ended.stderr)
            self.assertEqual(sorted(len(request) > 100000 for request in origin.requests), [True] * 30)

    def test_connections_are_kept(self):
        code = """
            const tunnels = new Set();
            const net = require('net'), connect = net.Socket.prototype.connect;
            net.Socket.prototype.connect = function (...args) { tunnels.add(this); return connect.apply(this, args); };
            (async () => {
              for (let i = 0; i < 5; ++i) await (await fetch('https://origin.test/a')).text();
              console.log(tunnels.size);
            })();"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
        self.assertIn(ended.stdout.strip(), ("1", "2"), ended.stderr)  # two: as Node does without a proxy

    def test_an_abort_ends_the_request(self):
        code = """
            const stop = new AbortController();
            fetch('https://origin.test/a', { signal: stop.signal }).catch((error) => console.log(error.name));
            setImmediate(() => stop.abort());"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
        self.assertEqual((ended.returncode, ended.stdout.strip()), (0, "AbortError"), ended.stderr)

    def test_an_application_that_rewrites_the_variables(self):
        code = """
            Object.assign(process.env, { HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' });
            fetch('https://origin.test/a').then((answer) => answer.text()).then(console.log);"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
        self.assertEqual(ended.stdout.strip(), '{"path":"/a"}', ended.stderr)

    def test_a_user_name_in_https_proxy_is_the_session(self):
        code = """
            const url = new URL(process.env.CVR_PROXY);
            process.env.HTTPS_PROXY = `http://one:x@${url.host}`;
            fetch('https://origin.test/a').then((answer) => answer.text()).then(console.log);"""
        with RawOrigin(echo) as origin:
            ended = self.cvr("proxy", "--dir", self.path("shelf"), "--host", "origin.test", "--connect-to",
                             f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca, "--",
                             self.node, self.script("case.cjs", code), timeout=150)
        self.assertEqual(ended.stdout.strip(), '{"path":"/a"}', ended.stderr)
        self.assertTrue(os.path.exists(self.path("shelf/one.cvr")))

    def test_hosts_of_no_proxy_are_asked_directly(self):
        for ask in ("fetch(URL).then((answer) => answer.text()).then(console.log)",
                    "require('https').get(URL, (answer) => answer.pipe(process.stdout))"):
            with self.subTest(ask), RawOrigin(echo) as origin:
                ended = self.run_node("replay", None, f"const URL = 'https://localhost:{origin.port}/a'; {ask}",
                                      env={"NODE_EXTRA_CA_CERTS": Certificates.get().ca},
                                      cassette=self.some_cassette())
                self.assertEqual(ended.stdout.strip(), '{"path":"/a"}', ended.stderr)

    def some_cassette(self):
        with RawOrigin(echo) as origin:
            self.run_node("record", origin, "fetch('https://origin.test/a')", cassette="some.cvr", options=["--overwrite"])
        return "some.cvr"

    def test_what_the_proxy_refuses_is_said(self):
        code = """
            fetch('https://elsewhere.test/a').catch((error) => console.log(error.cause.message));
            require('https').get('https://elsewhere.test/a').on('error', (error) => console.log(error.message));"""
        ended = self.run_node("replay", None, code, cassette=self.some_cassette())
        lines = ended.stdout.strip().split("\n")
        self.assertEqual(len(lines), 2, ended.stdout + ended.stderr)
        for line in lines:
            self.assertRegex(line, r"^proxy 127\.0\.0\.1:\d+ for elsewhere\.test:443: HTTP/1\.1 403 CVR: elsewhere\.test is not in scope$")

    def test_no_proxy_there(self):
        code = """
            process.env.CVR_PROXY = 'http://127.0.0.1:9';
            fetch('https://origin.test/a').catch(({ cause }) => console.log(cause.code, cause.message));"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
        self.assertIn("ECONNREFUSED proxy 127.0.0.1:9 for origin.test:443: connect ECONNREFUSED", ended.stdout)

    def test_a_dispatcher_of_the_application_stays(self):
        code = """
            const own = { dispatch() { console.log('own'); process.exit(); } };
            Object.defineProperty(globalThis, Symbol.for('undici.globalDispatcher.1'), { value: own, writable: true });
            fetch('https://origin.test/a');"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
        self.assertEqual((ended.stdout.strip(), len(origin.requests)), ("own", 0), ended.stderr)

    # It offers HTTP/2 alone.
    def test_http2_is_recorded_and_replayed(self):
        code = """
            const session = require('http2').connect('https://origin.test').on('error', (error) => console.log(error.code));
            let left = 20;
            for (let i = 0; i < 20; i++) {
              const asked = session.request({ ':path': `/${i}` });
              let [status, text] = [0, '']; // of a small answer the body may be told first, by whatever server
              asked.on('response', (head) => (status = head[':status'])).setEncoding('utf8');
              asked.on('data', (piece) => (text += piece)).on('close', () => {
                console.log(status + text);
                if (--left === 0) session.close();
              });
            }"""
        with RawOrigin(echo) as origin:
            live = self.run_node("record", origin, code)
        again = self.run_node("replay", None, code)
        expected = sorted(f'200{{"path":"/{i}"}}' for i in range(20))
        self.assertEqual((sorted(live.stdout.split()), live.returncode), (expected, 0), live.stderr)
        self.assertEqual((sorted(again.stdout.split()), again.returncode), (expected, 0), again.stderr)

    # Two programs, one offers HTTP/2 alone: a recording does not depend on it.
    def test_http2_and_http1_share_a_recording(self):
        http2 = """
            const session = require('http2').connect('https://origin.test');
            session.request({ ':path': '/a?b=c' }).on('data', (piece) => process.stdout.write(piece)).on('end', () => session.close());"""
        http1 = "require('https').get('https://origin.test/a?b=c', (answer) => answer.pipe(process.stdout));"
        for first, second in ((http2, http1), (http1, http2)):
            cassette = f"{len(first)}.cvr"
            with RawOrigin(echo) as origin:
                live = self.run_node("record", origin, first, cassette=cassette)
            again = self.run_node("replay", None, second, cassette=cassette)
            self.assertEqual((live.stdout, again.stdout), ('{"path":"/a?b=c"}',) * 2, live.stderr + again.stderr)

    def test_a_protocol_that_is_not_spoken_is_told(self):
        code = """
            require('tls').connect({ host: 'origin.test', port: 443, servername: 'origin.test', ALPNProtocols: ['spdy/3'] })
              .on('error', (error) => console.log(error.code));"""
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, code)
        self.assertEqual(ended.stdout.strip(), "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL", ended.stderr)
        self.assertIn("offers only spdy/3 for origin.test: CVR speaks HTTP/1.1 and HTTP/2", ended.stderr)

    def test_node_does_it_by_itself_when_told_so(self):
        code = """
            fetch('https://origin.test/f').then((answer) => answer.text()).then((text) => {
              console.log(text);
              const { Agent, get } = require('https');
              get('https://origin.test/g', { agent: new Agent() }, (answer) => answer.pipe(process.stdout));
            });"""
        for node in NODES:
            self.node = node
            with self.subTest(node), RawOrigin(echo) as origin:
                ended = self.run_node("record", origin, code, env={"NODE_USE_ENV_PROXY": "1"}, options=["--overwrite"])
                self.assertEqual(ended.stdout.split(), ['{"path":"/f"}', '{"path":"/g"}'], ended.stderr)

    def test_a_home_with_blanks_and_quotes(self):
        with RawOrigin(echo) as origin:
            ended = self.run_node("record", origin, "fetch('https://origin.test/a').then((a) => a.text()).then(console.log)",
                                  env={"CVR_HOME": self.path('a "b" c\\d'), "NODE_OPTIONS": "--no-deprecation"})
        self.assertEqual(ended.stdout.strip(), '{"path":"/a"}', ended.stderr)

    def test_a_run_within_a_run(self):
        inner = [CVR, "run", "--mode", "passthrough", "--listen", "127.0.0.1:0", "--host", "origin.test", "--", self.node]
        code = "console.log(process.env.NODE_OPTIONS); fetch('https://origin.test/a').then(({ status }) => console.log(status));"
        with RawOrigin(echo) as origin:
            ended = self.under("record", origin, *inner, self.script("case.cjs", code))
        lines = ended.stdout.strip().split("\n")
        self.assertEqual(lines[0].count("--require"), 1, ended.stderr)
        self.assertEqual(lines[1:], ["502"])  # the inner one's: it finds no such host


@unittest.skipUnless(os.path.isdir(os.path.join(MODULES, "vitest")), "vitest is not there")
class Pools(NodeCase):
    """Workers of test runners inherit the preload, whatever they are."""

    def test_pools_of_vitest(self):
        os.unlink(self.path("node_modules"))
        os.mkdir(self.path("node_modules"))  # vitest writes into it
        for name in os.listdir(MODULES):
            os.symlink(os.path.join(MODULES, name), self.path(f"node_modules/{name}"))
        self.script("package.json", '{"type": "module"}')
        self.script("ask.test.mjs", """
            import { get } from 'node:https';
            import { expect, it } from 'vitest';
            const POOL = process.env.POOL;
            it('by fetch', async () => expect(await (await fetch('https://origin.test/' + POOL)).json()).toEqual({ path: '/' + POOL }));
            it('by https', async () => {
              const answer = await new Promise((done, fail) => get('https://origin.test/get/' + POOL, done).on('error', fail));
              expect(answer.statusCode).toBe(200);
            });""")
        runner = [self.node, os.path.join(MODULES, "vitest/vitest.mjs"), "run", "--root", self.directory]
        with RawOrigin(echo) as origin:
            for pool in ("forks", "threads", "vmForks", "vmThreads"):
                with self.subTest(pool):
                    ended = self.under("record", origin, *runner, "--pool", pool, env={"POOL": pool}, cassette=f"{pool}.cvr")
                    self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)
                    again = self.under("replay", None, *runner, "--pool", pool, env={"POOL": pool}, cassette=f"{pool}.cvr")
                    self.assertEqual(again.returncode, 0, again.stdout + again.stderr)
                    self.assertIn("2 hits, 0 misses", again.stderr)
            without = self.under("record", origin, *runner, env={"POOL": "forks"}, options=["--without", "node"])
            self.assertNotEqual(without.returncode, 0)


class Shells(NodeCase):
    def test_a_shell_outlives_the_proxy(self):
        with RawOrigin(echo) as origin, self.record(origin) as proxy:
            told = self.cvr("env", env={"NODE_OPTIONS": "--no-deprecation"})
            asked = self.script("ask.cjs", "fetch('https://origin.test/a').then((a) => a.text()).then(console.log)")
            run = lambda script: subprocess.run(["sh", "-c", told.stdout + script], env={**os.environ, "CVR_HOME": proxy.home},
                                                capture_output=True, text=True, timeout=60, check=False)
            self.assertEqual(run(f"{self.node} {asked}").stdout.strip(), '{"path":"/a"}', told.stderr)
        after = run(f"{self.node} -p 6*7")
        self.assertEqual(after.stdout.strip(), "42", after.stderr)
        cleared = run(f'eval "$({CVR} env --unset)"; printf "%s|%s" "$NODE_OPTIONS" "$CVR_PROXY"')
        self.assertEqual(cleared.stdout, "--no-deprecation|", cleared.stderr)

    def test_every_shell_and_json(self):
        with RawOrigin(echo) as origin, self.record(origin):
            for shell in ("sh", "fish", "powershell", "dotenv"):
                self.assertRegex(self.cvr("env", "--shell", shell).stdout, r"NODE_OPTIONS\W+--require .*cvr-preload\.cjs")
            told = json.loads(self.cvr("env", "--json").stdout)
            preload = re.fullmatch(r'--require "(.*)"', told["set"]["NODE_OPTIONS"]).group(1)
            self.assertEqual(os.stat(preload).st_mode & 0o777, 0o600)
            self.assertNotIn("NODE_OPTIONS", json.loads(self.cvr("env", "--json", "--without", "node").stdout)["set"])
            wrong = self.cvr("env", "--without", "cobol")
            self.assertEqual(wrong.returncode, 2)
            self.assertIn("--without cobol: node, bun", wrong.stderr)


if __name__ == "__main__":
    main()
