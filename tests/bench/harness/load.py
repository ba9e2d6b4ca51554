"""Runs the load client, and a single request to time the first answer."""
import json
import socket
import ssl
import subprocess

from files import HOST
from machine import BenchError


def to_nginx(nginx, path, plain=False):
    """Where the client goes: straight to nginx."""
    port = nginx.plain_port if plain else nginx.tls_port
    scheme = "http" if plain else "https"
    return ["--url", f"{scheme}://{HOST}{path}", "--connect-to", f"127.0.0.1:{port}"], nginx.pids


def through_cvr(cvr, path, absolute=False):
    """Where the client goes: through CVR, by CONNECT or in absolute-form."""
    route = ["--url", f"https://{HOST}{path}", "--proxy", f"127.0.0.1:{cvr.port}"]
    return route + (["--absolute"] if absolute else ["--ca", str(cvr.ca)]), cvr.pids


def ask(run, to, *options, connections=64, size=None):
    """One run of cvr_load; its JSON.

    Anything but the expected answers ends the bench: a fast wrong answer is no figure.
    """
    route, pids = to
    command = ["taskset", "-c", str(run.other_core), run.load_binary, *route, "--connections", str(connections),
               "--pids", ",".join(map(str, pids)), *map(str, options)]
    if "--requests" not in options:
        command += ["--seconds", str(run.seconds)]
    if size is not None:
        command += ["--expect-bytes", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3600, check=False)
    if not done.stdout:
        raise BenchError(f"the load client failed: {done.stderr.strip()}")
    result = json.loads(done.stdout)
    if done.returncode != 0:
        kept = {name: result[name] for name in ("answers", "unexpected", "failures", "statuses", "stalled")}
        raise BenchError(f"wrong answers from {route[1]}: {json.dumps(kept)}; logs: {run.folder}")
    return result


def rate(run, to, *options, **settings):
    """Requests per CPU second of the proxy."""
    result = ask(run, to, *options, **settings)
    if result["cpu_seconds"] < 0.02:  # two clock ticks: no divisor
        raise BenchError(f"{result['answers']} answers, and hardly any CPU time was counted for {to[1]}; "
                         "measure longer (--seconds)")
    return result["answers"] / result["cpu_seconds"]


def trust(ca):
    context = ssl.create_default_context(cafile=str(ca))
    context.set_alpn_protocols(["http/1.1"])
    return context


def one_answer(port, path, context, body=None):
    """The body of the answer to one GET, or POST of JSON, through the proxy on `port`, by CONNECT and TLS."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as plain:
        plain.sendall(f"CONNECT {HOST}:443 HTTP/1.1\r\nHost: {HOST}:443\r\n\r\n".encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = plain.recv(1)
            if not byte:
                raise BenchError("the proxy closed the connection instead of answering CONNECT")
            head += byte
        if b" 200" not in head.split(b"\r\n")[0]:
            raise BenchError(f"CONNECT was answered with {head.splitlines()[0]!r}")
        with context.wrap_socket(plain, server_hostname=HOST) as tls:
            more = "" if body is None else f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
            head = f"{'GET' if body is None else 'POST'} {path} HTTP/1.1\r\nHost: {HOST}\r\nUser-Agent: cvr-load\r\n"
            tls.sendall(f"{head}Accept: */*\r\n{more}\r\n{body or ''}".encode())
            return read_body(tls)


def read_body(tls):
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(tls)
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if " 200" not in lines[0]:
        raise BenchError(f"the first answer is {lines[0]!r}")
    length = next((int(line.partition(":")[2]) for line in lines if line.lower().startswith("content-length:")), None)
    if length is None:
        raise BenchError("the first answer has no Content-Length")
    while len(body) < length:
        body += receive(tls)
    return body


def receive(tls):
    data = tls.recv(65536)
    if not data:
        raise BenchError("the connection ended in the middle of an answer")
    return data
