"""Ask a language model for one JSON object (질의): at most three requests, and never an exception.

Servers differ in what they can promise: the ladder goes from `json_schema` over `json_object` to nothing promised.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sigun.proposal.model.endpoint import Endpoint
from sigun.proposal.model.salvage import salvage, sound
from sigun.text import N_, Message, say

MOST = 3  # requests, whatever happens
LARGEST = 1_000_000  # bytes of an answer
PATIENCE = 20.0  # seconds a server may ask us to wait (Retry-After)
GRACE = 1.0  # seconds after a request's time is over
PAUSE = 1.0  # seconds before a server that failed is asked again
SHOWN = 2_000  # characters of a bad answer that are shown to the model again

Rung = Literal["json_schema", "json_object", "none"]
LADDER: tuple[Rung, ...] = ("json_schema", "json_object", "none")

UNSUPPORTED = (400, 415, 422, 501)  # a server that does not know a form of answer says so with one of these
BUSY = (429, 503)

What = Literal["text", "unsupported", "wait", "failed", "refused", "down"]


@dataclass(frozen=True)
class Request:
    """What is asked: instructions of ours, data of the workspace, and the form of the answer."""

    instructions: str
    data: str  # JSON: never read as instructions
    schema: Mapping[str, Any]
    name: str  # of the schema


@dataclass(frozen=True)
class Answer:
    """The object, or none with the reason; how many requests it took."""

    value: dict[str, Any] | None
    requests: int
    reason: Message | None = None


@dataclass(frozen=True)
class _Reply:
    what: What
    text: str = ""
    wait: float = 0.0
    reason: Message | None = None


Record = Callable[[Mapping[str, Any]], None]
"""Called with every request's body just before it is sent."""


def ask(endpoint: Endpoint, request: Request, record: Record, sleep: Callable[[float], None] = time.sleep) -> Answer:
    """One JSON object from the model, or the reason why there is none."""
    import httpx

    rung, complaint, reason = 0, "", say(N_("The model gave no usable answer."))
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})
    timeout = httpx.Timeout(endpoint.timeout, connect=min(endpoint.timeout, 10.0))
    with httpx.Client(headers=headers, timeout=timeout, follow_redirects=False, trust_env=False) as client:
        for sent in range(1, MOST + 1):
            body = _body(endpoint, request, LADDER[rung], complaint)
            record(body)
            reply = _post(client, endpoint, body)
            found = salvage(reply.text) if reply.what == "text" else None
            if found is not None:
                return Answer(found, sent)
            reason = reply.reason or reason
            if reply.what in ("refused", "down"):
                return Answer(None, sent, reason)
            if reply.what in ("text", "unsupported"):
                rung = min(rung + 1, len(LADDER) - 1)
                complaint = reply.text[:SHOWN]
            elif sent < MOST:
                sleep(reply.wait)
    return Answer(None, MOST, reason)


def _body(endpoint: Endpoint, request: Request, rung: Rung, complaint: str) -> dict[str, Any]:
    messages = [
        {"role": "system", "content": request.instructions},
        {"role": "user", "content": request.data},
    ]
    if rung != "json_schema":
        form = json.dumps(request.schema, ensure_ascii=False)
        messages[0]["content"] += f"\n\nAnswer with one JSON object of this JSON Schema and nothing else:\n{form}"
    if complaint:
        messages += [
            {"role": "assistant", "content": complaint},
            {"role": "user", "content": "That was not one complete JSON object. Only the object, shorter."},
        ]
    body: dict[str, Any] = {"model": endpoint.name, "messages": messages, "temperature": 0, "stream": False}
    if rung == "json_schema":
        schema = {"name": request.name, "strict": True, "schema": request.schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    elif rung == "json_object":
        body["response_format"] = {"type": "json_object"}
    return body


def _post(client: Any, endpoint: Endpoint, body: Mapping[str, Any]) -> _Reply:
    """One request, given up when its time is over: a server may send a letter a second for ever, heads too."""
    told: list[_Reply] = []
    asking = threading.Thread(target=lambda: told.append(_exchange(client, endpoint, body)), daemon=True)
    asking.start()
    asking.join(endpoint.timeout + GRACE)
    return told[0] if told else _Reply("down", reason=say(N_("The model did not answer in time.")))


def _exchange(client: Any, endpoint: Endpoint, body: Mapping[str, Any]) -> _Reply:
    """One request; whatever goes wrong is told, not raised."""
    import httpx

    began = time.monotonic()
    try:
        with client.stream("POST", f"{endpoint.url}/chat/completions", json=body) as response:
            read = bytearray()
            for chunk in response.iter_raw():  # packed bytes, which we did not ask for, could unfold without end
                read += chunk
                if len(read) > LARGEST:
                    return _Reply("failed", reason=say(N_("The model's answer was too long.")))
                if time.monotonic() - began > endpoint.timeout:
                    return _Reply("down", reason=say(N_("The model did not answer in time.")))
            return _told(response.status_code, response.headers, bytes(read))
    except httpx.TimeoutException:
        return _Reply("down", reason=say(N_("The model did not answer in time.")))
    except (httpx.ConnectError, httpx.UnsupportedProtocol, httpx.InvalidURL):
        return _Reply("down", reason=say(N_("The model cannot be reached.")))
    except (httpx.HTTPError, httpx.StreamError, ValueError, OSError, RuntimeError):  # the last: closed meanwhile
        return _Reply("failed", wait=PAUSE, reason=say(N_("The connection to the model broke off.")))


def _told(status: int, headers: Mapping[str, str], read: bytes) -> _Reply:
    if status == 200:
        return _Reply("text", _content(read))
    if status in UNSUPPORTED:
        return _Reply("unsupported", reason=_status(status))
    if status in BUSY:
        return _busy(_seconds(headers.get("retry-after", "")))
    what: What = "failed" if status >= 500 else "refused"
    return _Reply(what, wait=PAUSE, reason=_status(status))


def _busy(wait: float) -> _Reply:
    if wait > PATIENCE:
        return _Reply("refused", reason=say(N_("The model is busy and asks for a longer wait.")))
    return _Reply("wait", wait=wait, reason=say(N_("The model is busy.")))


def _status(status: int) -> Message:
    return say(N_("The model's server answered with status {status}."), status=status)


def _seconds(said: str) -> float:
    try:
        return max(0.0, float(said))
    except ValueError:
        return PAUSE


def _content(read: bytes) -> str:
    """The words of the first choice; an answer of another form is told as it stands."""
    try:
        said = json.loads(read)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""
    if isinstance(said, Sequence) and not isinstance(said, str):
        return sound("".join(str(part.get("text", "")) for part in said if isinstance(part, dict)))
    return sound(said) if isinstance(said, str) else ""
