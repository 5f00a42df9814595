"""What the ways a report ends are called (처리 결과의 이름), in tables and figures alike."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.text import N_

OUTCOMES: Mapping[str, str] = {
    "confirmed": N_("confirmed (towed, kept, scrapped)"),
    "not_found": N_("not found at the place"),
    "moved_by_owner": N_("moved by the owner"),
    "duplicate": N_("duplicate report"),
    "other": N_("other"),
    "open": N_("still open"),
}
