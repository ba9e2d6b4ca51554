"""Sessions of a running `cvr proxy` for pytest: see README.md.  No dependencies."""
import collections
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import subprocess
import urllib.parse
import urllib.request

import pytest


def session_name(text):
    """A name that the proxy accepts, for any text: a test's node id.  Different texts have different names."""
    part = r"[a-z0-9._]+(-[a-z0-9._]+)*"
    plain = text.replace("::", "---").replace("/", "--")
    if len(plain) <= 80 and re.fullmatch(rf"(?=[a-z0-9]){part}((/|::){part})*", text):
        return plain
    clean = re.sub(r"[^a-z0-9._]+", "-", text.lower())
    clean = re.sub(r"^[^a-z0-9]+", "", clean)[:80].rstrip("-")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{clean}-{digest}" if clean else digest


class Proxy:
    """A proxy that runs: where it is, and its token."""

    def __init__(self, url, token, ca=None, bundle=None, process=None):
        self.url, self.token, self.ca, self.bundle, self.process = url, token, ca, bundle, process

    @classmethod
    def from_facts(cls, facts, process=None):
        return cls(facts["proxy"], facts["token"], facts.get("ca"), facts.get("bundle"), process)

    def ask(self, method, path, body=None):
        """(status, JSON)"""
        at = urllib.parse.urlsplit(self.url)
        with contextlib.closing(http.client.HTTPConnection(at.hostname, at.port or 80, timeout=60)) as client:
            headers = {"Host": "cvr.localhost", "X-CVR-Token": self.token}
            client.request(method, path, None if body is None else json.dumps(body), headers)
            answer = client.getresponse()
            return answer.status, json.loads(answer.read())

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return True


def _from_environment(env):
    if not env.get("CVR_CONTROL") or not env.get("CVR_TOKEN"):
        return None
    port = urllib.parse.urlsplit(env["CVR_CONTROL"]).port or 80
    host = "127.0.0.1"
    proxy = urllib.parse.urlsplit(env.get("HTTPS_PROXY") or env.get("https_proxy") or "")
    with contextlib.suppress(ValueError):
        if proxy.port == port:
            host = proxy.netloc.rpartition("@")[2].rpartition(":")[0]
    return Proxy(f"http://{host}:{port}", env["CVR_TOKEN"], env.get("NODE_EXTRA_CA_CERTS"), env.get("SSL_CERT_FILE"))


def _from_run_files(env):
    data = env.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local/share")
    found = []
    for path in (pathlib.Path(env.get("CVR_HOME") or os.path.join(data, "cvr")) / "run").glob("*.json"):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            facts = json.loads(path.read_text(encoding="utf-8"))
            if _lives(facts["pid"]):
                found.append((path.stat().st_mtime, Proxy.from_facts(facts)))
    return max(found, key=lambda one: one[0])[1] if found else None


def start_proxy(*arguments, cvr=None, env=None):
    """Launches `cvr proxy` on a free port; `stop()` ends it."""
    command = cvr or os.environ.get("CVR_BINARY") or "cvr"
    reads, writes = os.pipe()
    try:
        process = subprocess.Popen(
            [command, "proxy", "--listen", "127.0.0.1:0", "--ready-fd", str(writes), *arguments],
            pass_fds=[writes], env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    finally:
        os.close(writes)
    with open(reads, encoding="utf-8") as pipe:
        line = pipe.readline()
    if not line:
        raise RuntimeError(f"cvr proxy ended with {process.wait(timeout=60)}")
    return Proxy.from_facts(json.loads(line), process)


class Cassette:
    """What a test needs to go through its session."""

    def __init__(self, proxy, name):
        at = urllib.parse.urlsplit(proxy.url)
        self.name, self.ca, self.bundle = name, proxy.ca, proxy.bundle
        # With a password: urllib and requests send no user name without one.
        self.proxy_url = f"{at.scheme}://{name}:x@{at.netloc}"
        self.proxies = {"http": self.proxy_url, "https": self.proxy_url}
        self.env = {key: self.proxy_url for key in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")}
        if proxy.bundle:
            self.env.update(dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), proxy.bundle))
        if proxy.ca:
            self.env["NODE_EXTRA_CA_CERTS"] = proxy.ca
        self.summary = None  # when the test has ended


def explain(summary, strict=False):
    """Why a session fails its test, for people; empty when it does not."""
    failed = []
    if summary["misses"]:
        failed.append(f"{summary['misses']} not in it")
    if summary["lost"]:
        failed.append(f"{summary['lost']} could not be recorded ({summary.get('lost_reason', 'see the proxy')})")
    if strict and summary["unused"]:
        failed.append(f"{summary['unused']} never used")
    if not failed:
        return ""
    lines = [f"cassette {summary['cassette']}: " + ", ".join(failed)]
    for report in summary["miss_reports"]:
        asked = report.get("asked", {})
        reason = report.get("reason") or report.get("detail") or "no recorded interaction matches"
        lines.append(f"  {asked.get('method')} {asked.get('url')}: {reason}")
        for near in report.get("nearest", []):
            lines.append(f"    nearest: #{near.get('n')} {near.get('method')} {near.get('url')}: {near.get('rule', '')} differs")
            if "asked" in near or "recorded" in near:
                lines += [f"      asked    {near.get('asked', '')}", f"      recorded {near.get('recorded', '')}"]
        if report.get("hint"):
            lines.append(f"    {report['hint']}")
    if strict:
        lines += [f"  never used: #{one['n']} {one['method']} {one['url']}" for one in summary["unused_interactions"]]
    return "\n".join(lines)


def pytest_addoption(parser):
    parser.getgroup("cvr").addoption("--cvr-mode", help="mode of the sessions of tests: once, new_episodes, none, all, passthrough")
    parser.addini("cvr_args", "arguments of the `cvr proxy` that is started when none runs", type="args")


def pytest_configure(config):
    config.addinivalue_line("markers", "cvr(cassette=None, mode=None, strict=False, keep_on_failure=False): how cvr_cassette "
                                       "records and replays")
    config.cvr_uses = collections.Counter()


def pytest_collection_finish(session):
    for item in session.items:
        if "cvr_cassette" in getattr(item, "fixturenames", ()):
            session.config.cvr_uses[_wanted(item)[0]] += 1


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    if outcome.get_result().failed:
        item.cvr_failed = True


def _wanted(item):
    """(cassette, arguments of the mark)"""
    mark = item.get_closest_marker("cvr")
    wanted = mark.kwargs if mark else {}
    return session_name(wanted.get("cassette") or item.nodeid), wanted


class _Session:
    """Of all tests that name a cassette: what they record one after the other, later runs replay to them in turn."""

    def __init__(self, proxy, cassette):
        self.proxy, self.cassette = proxy, cassette
        self.name = f"{cassette[:89]}.{os.getpid()}"
        self.failed = self.strict = self.keep = False
        self.mode = None
        self._ask("POST", "/eject", {})  # what a run that was killed has left behind

    def _ask(self, method, verb="", body=None):
        return self.proxy.ask(method, f"/api/v1/sessions/{self.name}{verb}", body)

    def _sound(self, told):
        status, answer = told
        if status != 200:
            pytest.fail(f"cassette {self.cassette}: {answer.get('detail', status)}", pytrace=False)
        return answer

    def enter(self, mode, wanted):
        """The counts so far."""
        self.strict = self.strict or bool(wanted.get("strict"))
        self.keep = self.keep or bool(wanted.get("keep_on_failure"))
        answer = self._sound(self._ask("PUT", "", {"cassette": self.cassette, **({"mode": mode} if mode else {})}))
        self.mode = answer["mode"]
        return answer

    def told(self):
        return self._sound(self._ask("GET"))

    def end(self):
        # Half of what the tests need would be replayed from then on.
        discard = self.failed and not self.keep and self.mode in ("once", "new_episodes")
        return self._sound(self._ask("POST", "/eject", {"discard": discard}))


def _since(before, now):
    """What a test has added to its session."""
    counts = ("hits", "misses", "forwarded", "recorded", "failures", "refused", "lost")
    return {**now, **{key: now[key] - before[key] for key in counts}, "miss_reports": now["miss_reports"][min(before["misses"], 100):]}


@pytest.fixture(scope="session")
def cvr_proxy(pytestconfig):
    """The proxy that the tests go through."""
    proxy = _from_environment(os.environ) or _from_run_files(os.environ) or start_proxy(*pytestconfig.getini("cvr_args"))
    yield proxy
    proxy.stop()


@pytest.fixture(scope="session")
def _cvr_sessions(cvr_proxy):
    running = {}
    yield running
    # Of tests that were skipped, or run in another process.
    why = [explain({**one.end(), "misses": 0, "miss_reports": []}, one.strict) for one in running.values()]
    if any(why):
        pytest.fail("\n".join(filter(None, why)), pytrace=False)


@pytest.fixture
def cvr_cassette(request, cvr_proxy, _cvr_sessions, monkeypatch):
    """A session for this test and those with the same cassette, in the environment while it runs; misses fail the test."""
    name, wanted = _wanted(request.node)
    session = _cvr_sessions.get(name) or _Session(cvr_proxy, name)
    before = session.enter(wanted.get("mode") or request.config.getoption("--cvr-mode"), wanted)
    _cvr_sessions[name] = session
    cassette = Cassette(cvr_proxy, session.name)
    for key, value in cassette.env.items():
        monkeypatch.setenv(key, value)
    # urlopen reads the proxy's variables once a process: a later test would go to this one's session.
    monkeypatch.setattr(urllib.request, "_opener", None, raising=False)
    yield cassette
    request.config.cvr_uses[name] -= 1
    is_last = request.config.cvr_uses[name] <= 0
    session.failed = session.failed or getattr(request.node, "cvr_failed", False)
    if is_last:
        del _cvr_sessions[name]
    cassette.summary = _since(before, session.end() if is_last else session.told())
    session.failed = session.failed or cassette.summary["misses"] > 0
    why = explain(cassette.summary, is_last and session.strict)
    if why:
        pytest.fail(why, pytrace=False)
