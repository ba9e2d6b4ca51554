"""What the end-to-end tests share: the real binary, origins on loopback, raw clients.

Nothing here sleeps to synchronise: a port file that appears, a line that is read, a process that
ends are waited for.  Credentials are made up at run time.
"""
import atexit
import base64
import contextlib
import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest

CVR = os.environ.get("CVR_BINARY", "")
SEED = int(os.environ.get("CVR_TEST_SEED") or random.SystemRandom().getrandbits(32))
print(f"seed: CVR_TEST_SEED={SEED}", file=sys.stderr)
rng = random.Random(SEED)


def made_up(size=32, alphabet="abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"):
    return "".join(rng.choice(alphabet) for _ in range(size))


def wait_until(condition, what, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError("waited in vain for " + what)
        time.sleep(0.005)


class Certificates:
    """A throw-away authority and a leaf for any test host, made once a run."""

    _made = None

    @classmethod
    def get(cls):
        if cls._made is None:
            cls._made = cls()
        return cls._made

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="cvr-e2e-pki-")
        atexit.register(shutil.rmtree, self.directory, ignore_errors=True)
        self.ca = os.path.join(self.directory, "ca.pem")
        self.leaf = os.path.join(self.directory, "leaf.pem")
        key = os.path.join(self.directory, "key.pem")

        def openssl(*args):
            subprocess.run(["openssl", *args], check=True, capture_output=True)

        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
                "-out", self.ca, "-days", "2", "-subj", "/CN=e2e origin authority")
        leaf_key = os.path.join(self.directory, "leaf-key.pem")
        request = os.path.join(self.directory, "leaf.csr")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", leaf_key, "-out",
                request, "-subj", "/CN=origin.test", "-addext",
                "subjectAltName=DNS:origin.test,DNS:*.origin.test,DNS:sandbox.avinode.com,DNS:localhost")
        certificate = os.path.join(self.directory, "leaf.crt")
        openssl("x509", "-req", "-in", request, "-CA", self.ca, "-CAkey", key, "-CAcreateserial", "-days", "2", "-copy_extensions",
                "copy", "-out", certificate)
        with open(self.leaf, "w", encoding="ascii") as out:
            for part in (certificate, leaf_key):
                with open(part, encoding="ascii") as text:
                    out.write(text.read())


class RawOrigin:
    """A TLS (or plain) origin that answers each request with scripted bytes.

    `answer(request_bytes)` returns bytes, or a list of bytes and actions: "close", "reset", or a
    callable taking the connection.  Requests seen are kept in `requests` (raw).
    """

    def __init__(self, answer, tls=True):
        self.answer, self.tls = answer, tls
        self.requests = []
        self.connections = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(Certificates.get().leaf)
        self.stopped = False
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopped = True
        self.listener.close()

    def _accept(self):
        while not self.stopped:
            try:
                raw, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw):
        connection = raw
        try:
            raw.settimeout(20)
            if self.tls:
                connection = self.context.wrap_socket(raw, server_side=True)
            buffered = b""
            while True:
                request, buffered = read_message(connection, buffered)
                if request is None:
                    return
                self.requests.append(request)
                script = self.answer(request)
                for step in script if isinstance(script, list) else [script]:
                    if step == "close":
                        return
                    if step == "reset":
                        raw_fd = connection
                        raw_fd.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                        return
                    if callable(step):
                        step(connection)
                    else:
                        connection.sendall(step)
        except (OSError, ssl.SSLError):
            pass
        finally:
            with contextlib.suppress(OSError):
                connection.close()


def read_message(connection, buffered=b""):
    """One request: head, and a body by Content-Length or chunks.  (None, b"") at the end."""
    while b"\r\n\r\n" not in buffered:
        piece = connection.recv(65536)
        if not piece:
            return None, b""
        buffered += piece
    end = buffered.index(b"\r\n\r\n") + 4
    head = buffered[:end].lower()
    if b"transfer-encoding: chunked" in head:
        while b"0\r\n\r\n" not in buffered[end:]:
            piece = connection.recv(65536)
            if not piece:
                return None, b""
            buffered += piece
        stop = buffered.index(b"0\r\n\r\n", end) + 5
        return buffered[:stop], buffered[stop:]
    length = 0
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(buffered) < end + length:
        piece = connection.recv(65536)
        if not piece:
            return None, b""
        buffered += piece
    return buffered[: end + length], buffered[end + length:]


class Cvr:
    """A running `cvr record|replay ...` with a home of its own."""

    def __init__(self, directory, *arguments, home=None, env=None, ci=False):
        self.home = home or os.path.join(directory, "home")
        self.port_file = tempfile.mktemp(prefix="port-", dir=directory)
        self.environment = {**os.environ, "CVR_HOME": self.home, **(env or {})}
        self.environment.pop("CI", None)
        if ci:
            self.environment["CI"] = "true"
        self.process = subprocess.Popen(
            [CVR, *arguments, "--listen", "127.0.0.1:0", "--port-file", self.port_file],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.stdout = self.stderr = None
        wait_until(lambda: os.path.exists(self.port_file) or self.process.poll() is not None, "cvr to listen")
        if self.process.poll() is not None:
            raise AssertionError("cvr ended: " + self.process.communicate()[1].decode())
        with open(self.port_file, encoding="ascii") as text:
            self.port = int(text.read())
        self.proxy = f"http://127.0.0.1:{self.port}"
        self.ca = os.path.join(self.home, "ca.pem")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        self.stdout, self.stderr = (text.decode() for text in self.process.communicate(timeout=30))
        return self.process.returncode


def cvr(directory, *arguments, env=None, stdin=None, timeout=60):
    """Runs a command to its end; answers the CompletedProcess (text)."""
    environment = {**os.environ, "CVR_HOME": os.path.join(directory, "home"), **(env or {})}
    if not (env or {}).get("CI"):
        environment.pop("CI", None)
    return subprocess.run([CVR, *arguments], env=environment, input=stdin, capture_output=True, text=True, timeout=timeout,
                          check=False)


class Tunnel:
    """A client inside CONNECT + TLS, byte by byte under the test's control."""

    def __init__(self, proxy, host="origin.test", port=443, tls=True, server_name=None, user=None):
        self.raw = socket.create_connection(("127.0.0.1", proxy.port), timeout=20)
        named = "" if user is None else proxy_authorization(user) + "\r\n"
        self.raw.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{named}\r\n".encode())
        self.connect_answer = read_head(self.raw)
        self.socket = self.raw
        if tls and b" 200 " in self.connect_answer.split(b"\r\n")[0]:
            context = ssl.create_default_context(cafile=proxy.ca)
            if server_name is not None:
                context.check_hostname = False
            self.socket = context.wrap_socket(self.raw, server_hostname=server_name or host)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def exchange(self, request, method="GET"):
        self.socket.sendall(request)
        return read_response(self.socket, method)


def proxy_authorization(user):
    """As clients send it for http://USER@127.0.0.1:PORT."""
    return "Proxy-Authorization: Basic " + base64.b64encode(user.encode() + b":").decode()


def read_head(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(1)
        if not piece:
            return data
        data += piece
    return data


def read_response(connection, method="GET"):
    """The raw bytes of one response as they came, framing included."""
    data = read_head(connection)
    head = data.lower()
    status = int(data.split(b" ")[1]) if data.startswith(b"HTTP/") else 0
    if method == "HEAD" or status in (204, 304) or 100 <= status < 200:
        return data
    if b"transfer-encoding: chunked" in head:
        while not data.endswith(b"\r\n\r\n") or b"\r\n0\r\n" not in data[len(head) - 2:]:
            piece = connection.recv(1)
            if not piece:
                return data
            data += piece
        return data
    length = None
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    want = None if length is None else len(head) + length
    while want is None or len(data) < want:
        piece = connection.recv(65536 if want is None else want - len(data))
        if not piece:
            return data
        data += piece
    return data


def body_of(response):
    return response.split(b"\r\n\r\n", 1)[1]


def status_of(response):
    return int(response.split(b" ")[1]) if response.startswith(b"HTTP/") else None


def header(response, name):
    head = response.split(b"\r\n\r\n", 1)[0].decode("latin-1")
    for line in head.split("\r\n")[1:]:
        key, _, value = line.partition(":")
        if key.lower() == name.lower():
            return value.strip()
    return None


def ok(body=b"hello", *fields):
    head = "".join(field + "\r\n" for field in fields)
    return f"HTTP/1.1 200 OK\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode("latin-1") + body


class Case(unittest.TestCase):
    """A test with a directory of its own and the usual options."""

    def setUp(self):
        if not CVR:
            raise unittest.SkipTest("CVR_BINARY names no binary")
        self.temporary = tempfile.TemporaryDirectory(prefix="cvr-e2e-")
        self.addCleanup(self.temporary.cleanup)
        self.directory = self.temporary.name

    def path(self, name):
        return os.path.join(self.directory, name)

    def record(self, origin, *more, cassette="t.cvr", **kwargs):
        return Cvr(self.directory, "record", "-c", self.path(cassette), "--host", "origin.test", "--host", "*.origin.test",
                   "--connect-to", f"origin.test:443:127.0.0.1:{origin.port}", "--connect-to",
                   f"origin.test:80:127.0.0.1:{origin.port}", "--upstream-ca", Certificates.get().ca, *more, **kwargs)

    def replay(self, *more, cassette="t.cvr", **kwargs):
        return Cvr(self.directory, "replay", "-c", self.path(cassette), "--host", "origin.test", "--host", "*.origin.test", *more,
                   **kwargs)

    def cvr(self, *arguments, **kwargs):
        return cvr(self.directory, *arguments, **kwargs)


def main():
    unittest.main(verbosity=2)
