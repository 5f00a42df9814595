"""One JSON object from whatever a server does: at most three requests, never an exception."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from model_server import Turn, scripted
from sigun.proposal.model.client import LARGEST, Answer, Request, ask
from sigun.proposal.model.endpoint import Endpoint
from sigun.proposal.model.salvage import salvage

GOOD = '{"title": "방치차량"}'
PARTS = json.dumps({"choices": [{"message": {"content": [{"type": "text", "text": GOOD}]}}]}).encode()
REQUEST = Request("Word it.", '{"sentence": "방치 차량"}', {"type": "object"}, "proposal")


def asked(*turns: Turn, timeout: float = 5.0) -> tuple[Answer, list[dict[str, Any]], list[float]]:
    waits: list[float] = []
    sent: list[Mapping[str, Any]] = []
    with scripted(turns) as server:
        answer = ask(
            Endpoint(server.url, "m", "inside", timeout=timeout, key="secret"), REQUEST, sent.append, waits.append
        )
        assert [dict(body) for body in sent] == server.bodies  # all that goes out is recorded
        return answer, server.bodies, waits


SCRIPTS: dict[str, tuple[tuple[Turn, ...], bool, int]] = {  # turns -> whether there is an object, requests
    "good": ((Turn(GOOD),), True, 1),
    "fenced": ((Turn(f"```json\n{GOOD}\n```"),), True, 1),
    "chatter": ((Turn(f"물론입니다! {GOOD} 도움이 되기를 바랍니다."),), True, 1),
    "thought aloud": ((Turn('<think>{"title": "no"}</think>' + GOOD),), True, 1),
    "truncated": ((Turn(GOOD[:-4]), Turn(GOOD)), True, 2),
    "always bad": ((Turn("no idea"),), False, 3),
    "400 on json_schema": ((Turn(GOOD, refuse_schema=True),), True, 2),
    "429 with Retry-After": ((Turn(status=429, headers=(("Retry-After", "2"),)), Turn(GOOD)), True, 2),
    "429 for an hour": ((Turn(status=429, headers=(("Retry-After", "3600"),)),), False, 1),
    "500 then good": ((Turn(status=500), Turn(GOOD)), True, 2),
    "500 always": ((Turn(status=500),), False, 3),
    "401": ((Turn(status=401),), False, 1),
    "redirect": ((Turn(status=302, headers=(("Location", "http://example.com/"),)),), False, 1),
    "slow": ((Turn(GOOD, wait=1.5),), False, 1),
    "cut stream": ((Turn(GOOD, cut=True), Turn(GOOD)), True, 2),
    "huge": ((Turn("x" * (LARGEST + 1)),), False, 3),
    "another form": ((Turn(raw=b'{"output": "hello"}'),), False, 3),
    "not JSON at all": ((Turn(raw=b"\xff\xfe<html>"),), False, 3),
    "content in parts": ((Turn(raw=PARTS),), True, 1),
    "deeply nested": ((Turn(raw=b"[" * 100_000),), False, 3),
}  # fmt: skip


@pytest.mark.parametrize("name", list(SCRIPTS))
def test_every_script(name: str) -> None:
    turns, found, requests = SCRIPTS[name]
    answer, bodies, _waits = asked(*turns, timeout=1.0 if name == "slow" else 5.0)
    assert (answer.value is not None, answer.requests) == (found, requests)
    assert len(bodies) == answer.requests <= 3
    assert found or answer.reason is not None
    assert not found or answer.value == {"title": "방치차량"}


def test_the_ladder_goes_down_a_rung_a_time() -> None:
    _answer, bodies, _waits = asked(Turn("no idea"))
    assert [body.get("response_format", {}).get("type") for body in bodies] == ["json_schema", "json_object", None]


def test_a_busy_server_gets_the_time_it_asks_for() -> None:
    turns = (Turn(status=429, headers=(("Retry-After", "2"),)), Turn(GOOD))
    assert asked(*turns)[2] == [2.0]


def test_nobody_is_there() -> None:
    answer = ask(Endpoint("http://127.0.0.1:9/v1", "m", "inside", timeout=2.0), REQUEST, lambda _body: None)
    assert (answer.value, answer.requests) == (None, 1) and answer.reason is not None


def test_the_key_stands_in_no_record_and_no_text() -> None:
    endpoint = Endpoint("http://127.0.0.1:9/v1", "m", "inside", key="secret")
    sent: list[Mapping[str, Any]] = []
    ask(endpoint, REQUEST, sent.append)
    assert "secret" not in json.dumps(sent) and "secret" not in repr(endpoint)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"a": "b } c"}', {"a": "b } c"}),
        ('x {"a": "\\"}"} y', {"a": '"}'}),
        ('{broken} then {"a": 1}', {"a": 1}),
        ("[1, 2]", None),
        ("", None),
        ('{"a": 1', None),
    ],
)
def test_the_object_in_a_text(text: str, found: object) -> None:
    assert salvage(text) == found
