"""nginx, as upstream and as yardstick: static files over TLS, and a TLS-to-TLS reverse proxy.

Configured to be fast at just that: one worker, no access log, open files cached, connections kept
for ever.  TLS 1.3 with a P-256 certificate, as CVR uses.
"""
import os
import socket
from pathlib import Path

from files import HOST, SIZES
from machine import BenchError, Process, free_port, tail

STATIC = """
  server {{
    listen 127.0.0.1:{tls_port} ssl backlog=4096;
    listen 127.0.0.1:{plain_port} backlog=4096;
    root {bodies};
    location /n/ {{ rewrite ^ /4k.json break; }}
    location /m/ {{ {another} }}
  }}
"""


def another(size):
    """JSON of that size that differs with each request.  nginx reads at most 4 KiB in one piece."""
    prose = "one entry of a long list, "
    left = size - len('{"id":"","a":"","b":"","c":"","d":"","e":""}') - 32
    share = left // 5
    texts = [(prose * (share // len(prose) + 2))[:share] for _ in range(4)]
    texts.append((prose * (share // len(prose) + 2))[:left - 4 * share])
    lines = ["default_type application/json;"] + [f'set ${name} "{text}";' for name, text in zip("abcde", texts)]
    lines.append("return 200 '{\"id\":\"$request_id\"," + ",".join(f'"{name}":"${name}"' for name in "abcde") + "}';")
    return " ".join(lines)


REVERSE = """
  upstream origin {{
    server 127.0.0.1:{upstream_port};
    keepalive 256;
    keepalive_requests 1000000000;
    keepalive_time 24h;
  }}
  server {{
    listen 127.0.0.1:{tls_port} ssl backlog=4096;
    location / {{
      proxy_pass https://origin;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host {host};
      proxy_ssl_name {host};
      proxy_ssl_server_name on;
      proxy_ssl_verify on;
      proxy_ssl_trusted_certificate {certificates}/ca.pem;
      proxy_ssl_protocols TLSv1.3;
    }}
  }}
"""

FRAME = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  types {{ application/json json; application/octet-stream bin; }}
  open_file_cache max=100 inactive=1h;
  open_file_cache_valid 1h;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  keepalive_time 24h;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  ssl_certificate {certificates}/leaf.pem;
  ssl_certificate_key {certificates}/leaf.key;
  ssl_protocols TLSv1.3;
  {server}
}}
"""


def children_of(pid):
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            if int(fields[1]) == pid:
                found.append(int(entry.name))
    return found


def accepts(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Nginx:
    """One running nginx (master and worker).  `server` is STATIC or REVERSE."""

    def __init__(self, name, core, run, server, upstream_port=0):
        self.name = name
        for _ in range(5):  # nginx cannot choose a port: another process may take it in between
            folder = run.new_folder(name)
            self.tls_port, self.plain_port = free_port(), free_port()
            places = dict(another=another(SIZES["16k"]), folder=folder, bodies=run.bodies, certificates=run.certificates, host=HOST,
                          tls_port=self.tls_port, plain_port=self.plain_port, upstream_port=upstream_port,
                          user="user root;" if os.geteuid() == 0 else "")
            (folder / "nginx.conf").write_text(FRAME.format(server=server.format(**places), **places))
            self.process = run.start(name, core, ["nginx", "-e", f"{folder}/error.log", "-p", str(folder),
                                                  "-c", str(folder / "nginx.conf")], folder / "output.log")
            try:
                self.process.wait_for(lambda: accepts(self.tls_port), seconds=20)
                break
            except BenchError as error:
                reason = f"{error} {tail(folder / 'error.log')}"
                if "in use" not in reason:
                    raise BenchError(reason) from None
        else:
            raise BenchError(f"nginx finds no free port: {reason}")
        # The master listens before its worker exists, and it is the worker that does the work.
        workers = self.process.wait_for(lambda: children_of(self.process.pid), seconds=20)
        self.pids = [self.process.pid, *workers]

    def stop(self):
        self.process.stop()
