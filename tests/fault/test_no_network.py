"""Nothing leaves the machine: the street runs where every connection is forbidden, and its report asks for nothing."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import Any, NoReturn

import pytest

from sigun.catalog.add import add_files
from sigun.catalog.store import read_catalog
from sigun.recipes.fill import fill_roles, lay
from sigun.run import run
from sigun.settings import open_workspace
from workspaces import copied_demo

STEPS = ("{method: quality}", "{method: trend}", "{method: hotspot, draws: 99}", "{method: weather}",
         "{method: forecast}", "{method: patrol}")  # fmt: skip

FETCHED = re.compile(
    r"""(?:\bsrc|\bsrcset|\bposter|\bdata|\baction|xlink:href)\s*=\s*["']?\s*(?P<a>(?:https?:)?//[^"'\s>]+)"""
    r"""|<(?:link|use|image|iframe|script|base)\b[^>]*\bhref\s*=\s*["']?\s*(?P<b>(?:https?:)?//[^"'\s>]+)"""
    r"""|url\(\s*["']?\s*(?P<c>(?:https?:)?//[^)"']+)|@import\s+["']?(?P<d>[^;"']+)""",
    re.IGNORECASE,
)
"""What a browser fetches without being asked; a link a person may follow (a href) is none of it."""


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every way to a network is closed; what was tried."""
    tried: list[str] = []

    def closed(*to: Any, **_options: Any) -> NoReturn:
        tried.append(str(to))
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, closed)
    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, closed)
    return tried


def test_the_street_runs_without_a_network_from_raw_files_to_the_report(
    demo_workspace: Path, tmp_path: Path, cut_off: list[str]
) -> None:
    plan = lay(tmp_path / "raw", "vehicles")
    workspace = open_workspace(tmp_path / "raw")
    received = [p for name in ("received", "sealed") for p in sorted((demo_workspace / "data" / name).iterdir())]
    add_files(workspace, [p for p in received if p.suffix != ".json"])
    fill_roles(workspace, read_catalog(workspace))
    assert plan.read_text(encoding="utf-8").count("[areas]") == 1

    report = run(copied_demo(demo_workspace, tmp_path / "ws", STEPS))
    assert report.is_file()
    assert cut_off == []


def test_a_browser_fetches_nothing_for_the_report(demo_run: Path) -> None:
    text = (demo_run / "report.html").read_text(encoding="utf-8")
    assert [found.group() for found in FETCHED.finditer(text)] == []
    for attribute in re.findall(r"""<(?:img|script|link|source|image)\b[^>]*?(?:src|href)=["']([^"']*)""", text):
        assert attribute.startswith(("data:", "#")), attribute


def test_the_patrol_files_name_no_address(demo_run: Path) -> None:
    shapes = json.loads((demo_run / "patrol.geojson").read_text(encoding="utf-8"))
    assert shapes["features"]
    assert "http" not in (demo_run / "patrol.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("html", "fetched"),
    [
        ('<img src="https://a.kr/x.png">', True),
        ("<style>@import 'https://a.kr/x.css'</style>", True),
        ("<style>a{background:url(//a.kr/x.png)}</style>", True),
        ('<link rel="stylesheet" href="https://a.kr/x.css">', True),
        ('<svg xmlns="http://www.w3.org/2000/svg"></svg>', False),
        ('<a href="https://data.go.kr">출처</a>', False),
        ('<img src="data:image/png;base64,AAAA">', False),
    ],
)
def test_what_counts_as_fetching(html: str, fetched: bool) -> None:
    assert bool(FETCHED.search(html)) == fetched
