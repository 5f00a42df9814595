"""A scripted OpenAI-compatible server on this machine (각본이 있는 모형 서버): what every request gets, in order."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Turn:
    """What one request gets."""

    content: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0  # seconds before the answer
    cut: bool = False  # the stream ends in the middle
    raw: bytes | None = None  # instead of an answer of the usual form
    refuse_schema: bool = False  # 400 where the request asks for json_schema, else the content


@dataclass
class Server:
    """Where it listens, and every request it got."""

    url: str
    bodies: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)


@contextmanager
def scripted(turns: Sequence[Turn]) -> Iterator[Server]:
    """Answer the n-th request by the n-th turn, further ones by the last."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            turn = turns[min(len(told.raw), len(turns) - 1)]
            told.raw.append(body)
            told.bodies.append(json.loads(body))
            time.sleep(turn.wait)
            asked = told.bodies[-1].get("response_format", {}).get("type")
            refused = turn.refuse_schema and asked == "json_schema"
            said = turn.raw if turn.raw is not None else _completion(turn.content)
            said = b'{"error": "response_format json_schema is not supported"}' if refused else said
            self.send_response(400 if refused else turn.status)
            for name, value in turn.headers:
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said) + (1000 if turn.cut else 0)))
            self.end_headers()
            try:
                self.wfile.write(said)
            except OSError:  # the client has had enough
                return

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Server(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def _completion(content: str) -> bytes:
    said = {"choices": [{"message": {"role": "assistant", "content": content}}]}
    return json.dumps(said, ensure_ascii=False).encode()
