"""The test's own client and origin: raw HTTP/1 over TLS on loopback, what they send is kept."""
import contextlib
import re
import socket
import ssl
import threading

import support

_NUMBER = re.compile(rb"/c/(\d+)")


class Stream:
    """A socket with a buffer that gives whole HTTP/1 messages."""

    def __init__(self, connection):
        self.connection = connection
        self.buffer = b""

    def _more(self):
        piece = self.connection.recv(1 << 16)
        self.buffer += piece
        return bool(piece)

    def _until(self, mark, start=0):
        while True:
            at = self.buffer.find(mark, start)
            if at >= 0:
                return at + len(mark)
            if not self._more():
                return None

    def message(self, bodiless=False):
        """One message as it came; what there is when the peer stops; b"" at the end."""
        head_end = self._until(b"\r\n\r\n")
        if head_end is None:
            return self._take(len(self.buffer))
        head = self.buffer[:head_end].lower()
        if bodiless or head.startswith((b"http/1.1 1", b"http/1.1 204", b"http/1.1 304")):
            return self._take(head_end)
        if b"transfer-encoding: chunked" in head:
            return self._take(self._chunks_end(head_end))
        length = re.search(rb"\ncontent-length: *(\d+)", head)
        if length is None and head.startswith(b"http/"):
            while self._more():
                pass
            return self._take(len(self.buffer))
        end = head_end + (int(length.group(1)) if length else 0)
        while len(self.buffer) < end and self._more():
            pass
        return self._take(end)

    def _chunks_end(self, at):
        while True:
            line_end = self._until(b"\r\n", at)
            if line_end is None:
                return len(self.buffer)
            size = int(self.buffer[at:line_end].split(b";")[0], 16)
            if size == 0:
                at = line_end - 2
                end = self._until(b"\r\n\r\n", at)
                return end if end is not None else len(self.buffer)
            at = line_end + size + 2
            while len(self.buffer) < at:
                if not self._more():
                    return len(self.buffer)

    def _take(self, size):
        data, self.buffer = self.buffer[:size], self.buffer[size:]
        return data


class Origin:
    """Answers `/c/NUMBER` with `answers[NUMBER]`: pieces to send, or "close" or "reset" among them."""

    def __init__(self):
        self.answers = {}
        self.seen = {}
        self.sent = {}
        self.after = None  # (count, call): made once, when that many were answered
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(support.Certificates.get().leaf)
        self.listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        self.tls_port, self.plain_port = (listener.getsockname()[1] for listener in self.listeners)
        for listener, tls in zip(self.listeners, (True, False)):
            threading.Thread(target=self._accept, args=(listener, tls), daemon=True).start()

    def close(self):
        for listener in self.listeners:
            listener.close()

    def _accept(self, listener, tls):
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw, tls), daemon=True).start()

    def _serve(self, raw, tls):
        with contextlib.suppress(OSError, ValueError), raw:
            raw.settimeout(60)
            raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection = self.context.wrap_socket(raw, server_side=True) if tls else raw
            with connection:
                self._answer(connection)

    def _answer(self, connection):
        stream = Stream(connection)
        while True:
            request = stream.message()
            found = _NUMBER.search(request[:200])
            if not found:
                return
            number = int(found.group(1))
            self.seen[number] = request
            self.sent[number] = b""
            if self.after and len(self.seen) >= self.after[0]:
                (_, call), self.after = self.after, None
                call()
            for piece in self.answers[number]:
                if piece == "close":
                    return
                if piece == "reset":
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                    return
                connection.sendall(piece)
                self.sent[number] += piece


class Client:
    """Keeps one tunnel open and sends exchanges through it, one after the other."""

    def __init__(self, port, ca):
        self.port = port
        self.context = ssl.create_default_context(cafile=ca)
        self.context.check_hostname = False
        self.stream = None

    def close(self):
        if self.stream:
            self.stream.connection.close()
            self.stream = None

    def _dial(self):
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        raw.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return raw

    def plain(self):
        return Stream(self._dial())

    def tunnel(self, host=b"origin.test", fields=()):
        """A Stream inside CONNECT and TLS, or the refusal (bytes)."""
        raw = self._dial()
        lines = [b"CONNECT " + host + b":443 HTTP/1.1", b"Host: " + host + b":443"] + [n + b": " + v for n, v in fields]
        raw.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        answer = Stream(raw).message(bodiless=True)
        if not answer.startswith(b"HTTP/1.1 200"):
            with contextlib.suppress(OSError):
                raw.settimeout(2)
                answer += raw.recv(1 << 16)
            raw.close()
            return answer
        return Stream(self.context.wrap_socket(raw, server_hostname=host.decode()))

    def send(self, x):
        """The response as it came; b"" when the proxy hung up without one."""
        special = x.connect_host or x.connect_fields
        if special:
            stream = self.tunnel(x.connect_host or b"origin.test", x.connect_fields)
            if isinstance(stream, bytes):
                return stream
        elif x.absolute is not None:
            stream = self.plain()
        else:
            stream = self.stream = self.stream or self.tunnel()
        try:
            for piece in x.request_pieces():
                stream.connection.sendall(piece)
        except OSError:
            pass  # refused in mid-request: the answer tells
        try:
            answer = stream.message(x.method == b"HEAD")
        except (OSError, ValueError):
            answer = b""
        if special or x.absolute is not None:
            stream.connection.close()
        elif not answer or b"\nconnection: close" in answer[:4096].lower():
            self.close()
        return answer


def send_all(exchanges, port, ca, threads=3):
    """Sends them over a few keep-alive connections; answers {number: response}."""
    got, lock = {}, threading.Lock()
    waiting = iter(list(exchanges))

    def work():
        client = Client(port, ca)
        while True:
            with lock:
                x = next(waiting, None)
            if x is None:
                break
            try:
                got[x.number] = client.send(x)
            except (OSError, ValueError):
                client.close()
                got[x.number] = b""
        client.close()
    crew = [threading.Thread(target=work) for _ in range(threads)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    return got
