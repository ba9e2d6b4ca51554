"""A client of HTTP/2 alone inside CONNECT + TLS, with python3-h2 for its frames."""
import contextlib
import importlib.util
import os
import shutil
import socket
import ssl
import subprocess
import sys

from support import proxy_authorization, read_head

if importlib.util.find_spec("h2"):
    import h2.config
    import h2.connection
    import h2.events
    import h2.exceptions
    import h2.settings

    class Connection(h2.connection.H2Connection):
        """Streams go on behind a GOAWAY (RFC 9113 section 6.8); python3-h2 takes it for the end."""

        def _receive_goaway_frame(self, frame):
            events = super()._receive_goaway_frame(frame)
            self.state_machine.state = h2.connection.ConnectionState.CLIENT_OPEN
            return events


def need_h2():
    """Goes on with another python3 of PATH where that one has h2 and this one has not; ends as a skip when none has."""
    if importlib.util.find_spec("h2"):
        return
    for folder in os.get_exec_path():
        python = shutil.which("python3", path=folder)
        if python and subprocess.run([python, "-c", "import h2"], capture_output=True, check=False).returncode == 0:
            os.execv(python, [python, "-B", *sys.argv])
    print("skipped: no python3 of PATH has h2; apt-get install python3-h2", file=sys.stderr)
    sys.exit(0)


def chosen(proxy, offered):
    """What ALPN agrees on."""
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=20) as raw:
        raw.sendall(b"CONNECT origin.test:443 HTTP/1.1\r\nHost: origin.test:443\r\n\r\n")
        read_head(raw)
        context = ssl.create_default_context(cafile=proxy.ca)
        if offered:
            context.set_alpn_protocols(offered)
        with context.wrap_socket(raw, server_hostname="origin.test") as inside:
            return inside.selected_alpn_protocol()


class Answer:
    def __init__(self):
        self.status, self.fields, self.trailers, self.interim = None, [], None, []
        self.body = b""
        self.ended = False
        self.reset = None  # the code of RST_STREAM

    def header(self, name):
        return next((value for key, value in self.fields if key == name), None)


class Http2Client:
    """One connection; what comes in is kept by stream.  `lenient`: sends what no client should."""

    def __init__(self, proxy, host="origin.test", user=None, lenient=False, take=True, port=443):
        self.host, self.take = host, take
        self.raw = socket.create_connection(("127.0.0.1", proxy.port), timeout=20)
        named = "" if user is None else proxy_authorization(user) + "\r\n"
        self.raw.sendall(f"CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n{named}\r\n".encode())
        self.connect_answer = read_head(self.raw)
        context = ssl.create_default_context(cafile=proxy.ca)
        context.set_alpn_protocols(["h2"])
        self.socket = context.wrap_socket(self.raw, server_hostname=host)
        assert self.socket.selected_alpn_protocol() == "h2"
        checks = {name: not lenient for name in ("validate_outbound_headers", "normalize_outbound_headers")}
        self.h2 = Connection(h2.config.H2Configuration(client_side=True, header_encoding="utf-8", **checks))
        self.h2.initiate_connection()
        self.answers = {}
        self.goaway = None
        self.pongs = 0
        self.is_over = False
        self.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        with contextlib.suppress(OSError):
            self.socket.close()

    def flush(self):
        self.socket.sendall(self.h2.data_to_send())

    # -- asking

    def begin(self, path="/", method="GET", fields=(), ends=True, pseudo=None):
        stream = self.h2.get_next_available_stream_id()
        head = pseudo if pseudo is not None else [
            (":method", method), (":scheme", "https"), (":authority", self.host), (":path", path)]
        self.h2.send_headers(stream, [*head, *fields], end_stream=ends)
        self.answers[stream] = Answer()
        self.flush()
        return stream

    def send(self, stream, body, ends=True):
        """All of `body`, as fast as the windows allow."""
        while body:
            room = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size, len(body))
            if room == 0:
                if not self.step() or self.answers[stream].reset is not None:
                    return False
                continue
            try:
                self.h2.send_data(stream, body[:room])
                self.flush()
            except (OSError, h2.exceptions.StreamClosedError):
                return False
            body = body[room:]
        if ends:
            with contextlib.suppress(h2.exceptions.StreamClosedError):
                self.h2.end_stream(stream)
            self.flush()
        return True

    def ask(self, path="/", method="GET", body=None, fields=()):
        stream = self.begin(path, method, fields, ends=body is None)
        if body is not None:
            self.send(stream, body)
        return self.answer(stream)

    # -- hearing

    def step(self):
        """Takes what comes next; False when nothing will."""
        try:
            data = self.socket.recv(65536)
        except ConnectionError:
            data = b""
        if not data:
            self.is_over = True
            return False
        for event in self.h2.receive_data(data):
            self.take_in(event)
        with contextlib.suppress(OSError):
            self.flush()
        return True

    def take_in(self, event):
        if isinstance(event, h2.events.ConnectionTerminated):
            self.goaway = event.error_code
            return
        self.pongs += isinstance(event, h2.events.PingAckReceived)
        answer = self.answers.get(getattr(event, "stream_id", None))
        if answer is None:
            return
        if isinstance(event, h2.events.InformationalResponseReceived):
            answer.interim.append(dict(event.headers)[":status"])
        elif isinstance(event, h2.events.ResponseReceived):
            answer.fields = list(event.headers)
            answer.status = int(answer.header(":status"))
        elif isinstance(event, h2.events.DataReceived):
            answer.body += event.data
            if self.take:
                self.h2.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.TrailersReceived):
            answer.trailers = list(event.headers)
        elif isinstance(event, h2.events.StreamEnded):
            answer.ended = True
        elif isinstance(event, h2.events.StreamReset):
            answer.reset = int(event.error_code)

    def answer(self, stream):
        """When it is whole, or was broken off."""
        answer = self.answers[stream]
        while not answer.ended and answer.reset is None and self.step():
            pass
        return answer

    def until_ended(self, stream):
        """The answer, though the request has not ended."""
        while not self.answers[stream].ended and self.step():
            pass
        return self.answers[stream]

    def ping(self):
        """Until all that was sent before has been read."""
        self.h2.ping(b"all read")
        self.flush()
        before = self.pongs
        while self.pongs == before and self.step():
            pass

    def until_over(self):
        while self.step():
            pass
        return self.goaway
