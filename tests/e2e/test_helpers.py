"""tools/clients: the real node:test, vitest, jest and pytest, with the helpers as their users have them.

vitest and jest come from npm: CVR_CLIENT_MODULES names a directory that holds them in node_modules
(tools/setup --tests makes one where npm has them).  Without them their tests are skipped, and say so.
"""
import json
import os
import shutil
import subprocess
import sys
import unittest

from sessions import SessionCase
from support import CVR, Certificates, RawOrigin, main, ok

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLIENTS = os.path.join(ROOT, "tools/clients")
MODULES = os.environ.get("CVR_CLIENT_MODULES") or os.path.join(ROOT, "build/clients")

# Asks as a client does that knows nothing but HTTPS_PROXY.
ASK_JS = """
import http from 'node:http';
export const ask = (path, proxyUrl = process.env.HTTPS_PROXY) => new Promise((resolve, reject) => {
  const proxy = new URL(proxyUrl);
  const headers = { Host: 'origin.test', 'Proxy-Authorization': 'Basic ' + btoa(proxy.username + ':') };
  http.get({ host: proxy.hostname, port: proxy.port, path: 'https://origin.test' + path, headers, agent: false }, (answer) => {
    let body = '';
    answer.on('data', (piece) => (body += piece));
    answer.on('end', () => resolve(body));
  }).on('error', reject);
});
"""

NODE_TEST = """
import { test, describe, it } from 'node:test';
import assert from 'node:assert';
import { useCassette, withCassette, sessionName } from 'cvr';
import { ask } from './ask.mjs';

describe('hooks', () => {
  const cassette = useCassette('hooks');
  it('knows', async () => {
    assert.equal(await ask('/known'), 'answer to /known');
    assert.match(cassette.proxyUrl, /^http:\\/\\/hooks\\.\\d+:x@127\\.0\\.0\\.1:\\d+$/);
    assert.equal(process.env.HTTPS_PROXY, cassette.proxyUrl);
  });
  it('misses', { skip: process.env.WANT !== 'miss' }, () => ask('/unknown?x=1'));
});
SHARED
test('wrapper', async () => {
  const before = process.env.HTTPS_PROXY;
  const body = await withCassette('wrapper', { setEnv: false }, (cassette) => ask('/known', cassette.proxyUrl));
  assert.equal(body, 'answer to /known');
  assert.equal(process.env.HTTPS_PROXY, before);
});
test('names', () => {
  assert.equal(sessionName('trips/list.test.js'), 'trips--list.test.js');
  const alike = ['A b', 'a b', 'a-b', 'a--b', 'a---b', 'a/b', 'a//b', 'a::b', 'a:b', 'a-/b', 'a[b]', 'a[b', 'a-b-', 'a.b', '-a-b', 'ä-b'];
  assert.equal(new Set(alike.map(sessionName)).size, alike.length);
  for (const text of ['', '..', 'Ä', 'x'.repeat(300), 'a/'.repeat(40) + 'a']) assert.match(sessionName(text), /^[a-z0-9][a-z0-9._-]{0,99}$/);
});
"""

# Two tests, one cassette: the second goes on where the first has left off, in the first run and in later ones.  In the
# last describe the second test fails when that is wanted.
SHARED = """
describe('shared', () => {
  const cassette = useCassette('shared');
  for (const turn of [1, 2]) it('turn ' + turn, async () => {
    assert.equal(await ask('/turn/js'), 'turn ' + turn);
    assert.equal(await ask('/only/' + turn), 'answer to /only/' + turn);
    if (turn === 2) assert.deepEqual([cassette.summary.misses, cassette.summary.hits + cassette.summary.recorded], [0, 2]);
  });
});
describe('half', () => {
  useCassette('half', { strict: process.env.WANT === 'strict' });
  it('first', () => ask('/half/1'));
  it('second', async () => {
    if (process.env.WANT === 'strict') return;
    await ask('/half/2');
    assert.notEqual(process.env.WANT, 'fail');
  });
});
// By CVR's preload, which keeps connections: each to its own session.
for (const name of ['fetched', 'fetched-too']) describe(name, () => {
  useCassette(name);
  it('by fetch', async () => assert.equal(await (await fetch('https://origin.test/' + name)).text(), 'answer to /' + name));
});
describe('shared again', () => {
  useCassette('shared');
  it('goes on', async () => assert.equal(await ask('/turn/js'), 'turn 3'));
});
"""

RUNNER_TEST = """
IMPORT
import assert from 'node:assert';
import { useCassette } from 'cvr';
import { ask } from './ask.mjs';
const cassette = useCassette('hooks');
test('knows', async () => {
  expect(await ask('/known')).toBe('answer to /known');
  expect(cassette.name).toMatch(/^hooks\\./);
});
(process.env.WANT === 'miss' ? test : test.skip)('misses', () => ask('/unknown?x=1'));
SHARED
""".replace("SHARED", SHARED)
NODE_TEST = NODE_TEST.replace("SHARED", SHARED)

PYTEST = """
import os, urllib.request
import pytest

def ask(path):
    return urllib.request.urlopen("http://origin.test" + path).read().decode()

def test_known(cvr_cassette):
    assert os.environ["HTTPS_PROXY"] == cvr_cassette.proxy_url == cvr_cassette.proxies["https"]
    assert ask("/known") == "answer to /known"

@pytest.mark.parametrize("path", ["/A", "/a"])
def test_each(cvr_cassette, path):
    assert ask(path) == "answer to " + path

@pytest.mark.cvr(cassette="shared")
@pytest.mark.parametrize("turn", [1, 2])
def test_shared(cvr_cassette, turn):
    assert ask("/turn/py") == f"turn {turn}"
    assert ask(f"/only/{turn}") == f"answer to /only/{turn}"

@pytest.mark.cvr(cassette="half", strict=True)
class TestHalf:
    def test_first(self, cvr_cassette):
        ask("/half/1")

    def test_second(self, cvr_cassette):
        if os.environ.get("WANT") != "strict":
            ask("/half/2")
            assert os.environ.get("WANT") != "fail"

@pytest.mark.cvr(cassette="shared")
def test_shared_again(cvr_cassette):
    assert ask("/turn/py") == "turn 3"
    assert cvr_cassette.summary is None

@pytest.mark.skipif(os.environ.get("WANT") != "miss", reason="not wanted")
@pytest.mark.cvr(cassette="test_cvr.py::test_known")
def test_miss(cvr_cassette):
    with pytest.raises(OSError):
        ask("/unknown?x=1")
"""


def numbering():
    """An origin that echoes paths, and counts those of /turn."""
    turns = {}

    def answer(request):
        path = request.split(b" ")[1].replace(b"http://origin.test", b"")
        if not path.startswith(b"/turn"):
            return ok(b"answer to " + path, "Content-Type: text/plain")
        turns[path] = turns.get(path, 0) + 1
        return ok(b"turn %d" % turns[path], "Content-Type: text/plain")
    return answer


def pytest_command():
    for python in dict.fromkeys((sys.executable, "/usr/bin/python3")):
        if os.path.exists(python) and subprocess.run([python, "-c", "import pytest"], capture_output=True, check=False).returncode == 0:
            return [python, "-B", "-m", "pytest", "-p", "no:cacheprovider", "-q"]
    raise unittest.SkipTest("pytest is not installed: apt-get install python3-pytest")


class Helpers(SessionCase):
    def setUp(self):
        super().setUp()
        self.project = self.path("project")
        os.mkdir(self.project)

    def write(self, name, text):
        with open(os.path.join(self.project, name), "w", encoding="utf-8") as file:
            file.write(text)

    def node_project(self, *modules):
        """A project that has `cvr` as npm would install it, and the modules of MODULES."""
        if shutil.which("node") is None:
            raise unittest.SkipTest("node is not installed")
        for module in modules:
            if not os.path.isdir(os.path.join(MODULES, "node_modules", module)):
                raise unittest.SkipTest(f"{module} is not in {MODULES} (tools/setup --tests gets it from npm)")
        installed = os.path.join(self.project, "node_modules")
        if modules:
            shutil.copytree(os.path.join(MODULES, "node_modules"), installed, symlinks=True)
        shutil.copytree(os.path.join(CLIENTS, "node"), os.path.join(installed, "cvr"))
        self.write("package.json", '{"type": "module"}')
        self.write("ask.mjs", ASK_JS)

    def under_proxy(self, command, origin=None, want="", mode="once", expect=0):
        """`cvr proxy -- COMMAND`, as users type it.  Without an origin nothing answers but cassettes."""
        upstream = []
        if origin is not None:
            upstream = ["--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca,
                        "--connect-to", f"origin.test:80:127.0.0.1:{origin.port}"]
        env = {**os.environ, "CVR_HOME": self.path("home"), "WANT": want}
        env.pop("CI", None)
        done = subprocess.run([CVR, "proxy", "--dir", self.path("cassettes"), "--host", "origin.test", "--mode", mode, *upstream, "--", *command],
                              cwd=self.project, env=env, capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode != 0, expect != 0, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def twice(self, command, tls=True):
        """Records, replays without the origin, and fails for a miss, with the reason."""
        with RawOrigin(numbering(), tls=tls) as origin:
            self.under_proxy(command, origin, want="fail", expect=1)  # what failed is not replayed from then on
            self.assertNotIn("half.cvr", os.listdir(self.path("cassettes")))
            self.assertIn("shared.cvr", os.listdir(self.path("cassettes")))
            self.under_proxy(command, origin)
            seen = len(origin.requests)
            self.assertGreater(seen, 0)
            output = self.under_proxy(command, origin)
            self.assertEqual(len(origin.requests), seen, output)
        output = self.under_proxy(command, want="strict", mode="none", expect=1)
        self.assertIn("never used: #2 GET", output)
        output = self.under_proxy(command, want="miss", mode="none", expect=1)
        self.assertIn("origin.test/unknown?x=1", output)
        self.assertIn("nearest: #1 GET", output)
        return output

    def test_node_test(self):
        self.node_project()
        self.write("cvr.test.mjs", NODE_TEST)
        output = self.twice(["node", "--test", "--test-concurrency=1"])
        self.assertIn("CassetteError", output)
        self.assertEqual(sorted(os.listdir(self.path("cassettes"))), ["fetched-too.cvr", "fetched.cvr", "half.cvr", "hooks.cvr", "shared.cvr", "wrapper.cvr"])

    def test_vitest(self):
        self.node_project("vitest")
        self.write("cvr.test.mjs", RUNNER_TEST.replace("IMPORT", "import { describe, expect, it, test } from 'vitest';"))
        self.twice(["node", "node_modules/vitest/vitest.mjs", "run"])

    def test_jest(self):
        self.node_project("jest")
        self.write("cvr.test.js", RUNNER_TEST.replace("IMPORT", "import { describe, expect, it, test } from '@jest/globals';"))
        self.write("jest.config.js", "export default { transform: {} };")
        self.twice(["node", "--experimental-vm-modules", "node_modules/jest/bin/jest.js", "--runInBand"])

    def test_pytest_names_differ(self):
        script = ("import sys; sys.path.insert(0, sys.argv[1]); from cvr_pytest import session_name as name\n"
                  "alike = ['t[a/b]', 't[a-b]', 't[a_b]', 't-a-b', 't[a-b', 'a/b', 'a-b', 'a--b', 'a::b', 'a---b', 'A/b', 'a//b', 'x' * 99, 'x' * 98]\n"
                  "names = {name(text) for text in alike}\n"
                  "assert len(names) == len(alike) and all(len(one) <= 90 for one in names), names\n"
                  "assert name('tests/test_api.py::test_trips') == 'tests--test_api.py---test_trips'\n")
        subprocess.run([pytest_command()[0], "-B", "-c", script, os.path.join(CLIENTS, "python")], check=True)

    def test_node_starts_a_proxy(self):
        self.node_project()
        self.write("start.mjs", """
import { startProxy, withCassette } from 'cvr';
const proxy = await startProxy({ args: ['--dir', 'cassettes', '--mode', 'none'] });
let why = '';
await withCassette('a', { proxy }, async () => { throw new Error('the own failure'); }).catch((error) => { why = error.message; });
const ended = await proxy.stop();
console.log(JSON.stringify({ why, status: ended.status, line: ended.stderr.includes('a.') }));
await startProxy({ args: ['--no-such'] }).catch((error) => console.log(error.message));
""")
        env = {**os.environ, "CVR_BINARY": CVR, "CVR_HOME": self.path("home")}
        done = subprocess.run(["node", "start.mjs"], cwd=self.project, env=env, capture_output=True, text=True, timeout=60, check=False)
        lines = done.stdout.splitlines()
        self.assertEqual(json.loads(lines[0]), {"why": "the own failure", "status": 0, "line": True}, done.stderr)
        self.assertIn("unknown option --no-such", lines[1])

    def test_pytest(self):
        command = pytest_command()
        self.write("test_cvr.py", PYTEST)
        self.write("conftest.py", f"import sys\nsys.path.insert(0, {os.path.join(CLIENTS, 'python')!r})\npytest_plugins = ['cvr_pytest']\n")
        self.twice(command, tls=False)
        self.assertEqual(len(os.listdir(self.path("cassettes"))), 5)
        self.assertIn("test_cvr.py---test_known.cvr", os.listdir(self.path("cassettes")))

    def test_pytest_starts_a_proxy(self):
        command = pytest_command()
        self.write("test_cvr.py", "def test_one(cvr_cassette):\n    assert cvr_cassette.name\n")
        self.write("conftest.py", f"import sys\nsys.path.insert(0, {os.path.join(CLIENTS, 'python')!r})\npytest_plugins = ['cvr_pytest']\n")
        self.write("pytest.ini", f"[pytest]\ncvr_args = --dir {self.path('cassettes')} --mode none\n")
        env = {**os.environ, "CVR_BINARY": CVR, "CVR_HOME": self.path("home")}
        done = subprocess.run(command, cwd=self.project, env=env, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("1 passed", done.stdout)


if __name__ == "__main__":
    main()
