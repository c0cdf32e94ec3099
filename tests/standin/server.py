"""The sockets of the stand-in: HTTP/1.1 on 127.0.0.1, one thread a connection, every request on a log."""

import contextlib
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from tests.standin.exchange import Answer, Delivery, Request, Service
from tests.standin.site import REQUEST_LINE_LIMIT, Site, service_of, too_long

_DRIPS: Final = 20
_PADDING: Final = b" " * 65_536
_ENDLESS: Final = 1 << 30
"""Bytes after which even an endless body ends: a client without a bound must not take the machine with it."""


@dataclass(slots=True)
class Seen:
    """One request as the stand-in saw it; the end of it is filled in when it comes."""

    request: Request
    began: float = field(default_factory=time.monotonic)
    """Seconds of the monotonic clock."""
    ended: float | None = None
    status: int = 0
    outcome: str = ""
    """`ok`, the service's own error, or the fault it met; empty while it is being answered."""
    client_left: bool = False
    """Whether the client closed the connection before the answer ended."""
    sent_bytes: int = 0

    @property
    def service(self) -> Service:
        """Which service was asked."""
        return self.request.service

    @property
    def path(self) -> str:
        """The path asked for."""
        return self.request.path

    @property
    def parameters(self) -> dict[str, str]:
        """The decoded parameters, the first value of each."""
        return {name: values[0] for name, values in self.request.parameters.items()}


class LoopbackServer(ThreadingHTTPServer):
    """An HTTP server whose connections are all ended, and whose threads are all waited for, when it closes."""

    daemon_threads = False
    request_queue_size = 64

    def __init__(self, port: int, site: Site, respond: Callable[[Request], Answer]) -> None:
        self.site = site
        self.respond = respond
        self.lock = threading.Lock()
        self.log: list[Seen] = []
        self.connections: set[socket.socket] = set()
        self.answering = 0
        self.most_at_once = 0
        super().__init__(("127.0.0.1", port), _Connection)

    @property
    def url(self) -> str:
        """The address of the server, without a path."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def server_close(self) -> None:
        """End every open connection, wait for the threads, free the port."""
        self.site.leaving.set()
        with self.lock:
            for connection in self.connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a client go that left; show anything else, which is the stand-in's own fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Connection(BaseHTTPRequestHandler):
    """One connection, which may carry many requests."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: LoopbackServer
    raw_requestline: bytes

    def setup(self) -> None:
        super().setup()
        with self.server.lock:
            self.server.connections.add(self.connection)

    def finish(self) -> None:
        with self.server.lock:
            self.server.connections.discard(self.connection)
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class has the name
        """Say nothing: the log is `LoopbackServer.log`."""

    def do_GET(self) -> None:
        """Answer a request whose parameters stand in the address."""
        path, _, query = self.path.partition("?")
        self._serve(path, query)

    def do_POST(self) -> None:
        """Answer a request whose parameters come as a form."""
        form = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._serve(self.path.partition("?")[0], form.decode("utf-8", "replace"))

    def _serve(self, path: str, query: str) -> None:
        server = self.server
        headers = {name.lower(): value for name, value in self.headers.items()}
        with server.lock:
            moment = server.site.clock()
            request = Request(service_of(path), len(server.log) + 1, path, query, moment, headers)
            seen = Seen(request)
            server.log.append(seen)
            server.answering += 1
            server.most_at_once = max(server.most_at_once, server.answering)
        try:
            length = len(self.raw_requestline.rstrip(b"\r\n"))
            answer = too_long(length) if length > REQUEST_LINE_LIMIT else server.respond(request)
            seen.status, seen.outcome = answer.status, answer.outcome
            self._send(answer, seen)
        except ConnectionError:
            seen.client_left = self.close_connection = True
        finally:
            self._end(seen)

    def _end(self, seen: Seen) -> None:
        """Note once that a request is answered."""
        if seen.ended is None:
            seen.ended = time.monotonic()
            with self.server.lock:
                self.server.answering -= 1

    def _send(self, answer: Answer, seen: Seen) -> None:
        self.server.site.leaving.wait(answer.wait_seconds)
        body, delivery = answer.body, answer.delivery
        if delivery is Delivery.DROPPED:
            self.close_connection = True
            if not body:
                return
            body = body[: len(body) // 2]
        if delivery is Delivery.WHOLE:  # noted before it leaves: who has the answer may ask again at once
            self._end(seen)
        self._write(self._head(answer) + (body if delivery in {Delivery.WHOLE, Delivery.DROPPED} else b""), seen)
        if delivery is Delivery.DRIPPED:
            self._drip(answer, seen)
        elif delivery is Delivery.ENDLESS:
            self._pour(body, seen)

    def _head(self, answer: Answer) -> bytes:
        fields = [("Content-Type", answer.content_type), *answer.headers]
        endless = answer.delivery is Delivery.ENDLESS
        fields.append(("Transfer-Encoding", "chunked") if endless else ("Content-Length", str(len(answer.body))))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
        return f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n{lines}\r\n".encode("latin-1")

    def _write(self, data: bytes, seen: Seen) -> None:
        self.wfile.write(data)
        seen.sent_bytes += len(data)

    def _drip(self, answer: Answer, seen: Seen) -> None:
        step = max(1, -(-len(answer.body) // _DRIPS))
        for place in range(0, len(answer.body), step):
            self.server.site.leaving.wait(answer.seconds / _DRIPS)
            self._write(answer.body[place : place + step], seen)

    def _pour(self, body: bytes, seen: Seen) -> None:
        self.close_connection = True
        chunk = body
        while seen.sent_bytes < _ENDLESS and not self.server.site.leaving.is_set():
            self._write(b"%x\r\n%s\r\n" % (len(chunk), chunk), seen)
            chunk = _PADDING
