"""What was sent to a model (전송 기록): every request's body, in the workspace, before it is sent."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sigun.proposal.model.client import Record
from sigun.proposal.model.endpoint import Endpoint
from sigun.settings import Workspace

KEPT = Path(".sigun") / "model" / "requests.jsonl"


def recorder(workspace: Workspace, endpoint: Endpoint) -> Record:
    """Writes one line a request: when, to whom, what. The key is a header and never in it."""
    path = workspace.root / KEPT

    def record(body: Mapping[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        line = {"at": now, "url": endpoint.url, "place": endpoint.place, "body": body}
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    return record
