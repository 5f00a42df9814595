"""Nothing goes to a model that is not on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_server import Turn, scripted
from sigun.proposal.model.client import Request
from sigun.proposal.model.endpoint import Endpoint
from sigun.proposal.model.record import KEPT, ask_on_record
from sigun.settings import lay_workspace

REQUEST = Request("지시", "{}", {"type": "object"}, "any")


@pytest.mark.parametrize("blocked", [False, True])
def test_what_cannot_be_recorded_is_not_sent(tmp_path: Path, blocked: bool) -> None:
    workspace = lay_workspace(tmp_path)
    if blocked:
        (tmp_path / KEPT).mkdir(parents=True)  # a folder stands where the record should
    with scripted([Turn('{"a": 1}')]) as server:
        answer = ask_on_record(Endpoint(server.url, "m", "inside", ("O",)), REQUEST, workspace, lambda _seconds: None)
        sent = len(server.bodies)
    assert (answer.value, sent) == ((None, 0) if blocked else ({"a": 1}, 1))
    assert (tmp_path / KEPT).is_file() != blocked
