"""Ask on record (전송 기록): every request's body is kept in the workspace before it is sent to a model."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sigun.proposal.lines import append_line
from sigun.proposal.model.client import Answer, Record, Request, ask
from sigun.proposal.model.endpoint import Endpoint
from sigun.settings import Workspace
from sigun.text import N_, say

KEPT = Path(".sigun") / "model" / "requests.jsonl"


def ask_on_record(
    endpoint: Endpoint, request: Request, workspace: Workspace, sleep: Callable[[float], None] = time.sleep
) -> Answer:
    """The model's answer; where the record cannot be written nothing is sent, and that is the reason."""
    try:
        return ask(endpoint, request, _recorder(workspace, endpoint), sleep)
    except OSError as bad:
        reason = say(N_("Nothing was sent: the record of it cannot be written ({why})."), why=str(bad))
        return Answer(None, 0, reason)


def _recorder(workspace: Workspace, endpoint: Endpoint) -> Record:
    """Writes one line a request: when, to whom, what. The key is a header and never in it."""
    path = workspace.root / KEPT

    def record(body: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"at": now, "url": endpoint.url, "place": endpoint.place, "body": body}
        append_line(path, json.dumps(line, ensure_ascii=False))

    return record
