"""`sigun demo`: made-up raw files of a city, a province or a workshop, and the ordinary street (시연)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from sigun.catalog.store import read_catalog
from sigun.errors import SettingsError
from sigun.recipes.births.taken_in import take_in_province
from sigun.recipes.fill import RECIPES, fill_roles, lay
from sigun.recipes.vehicles.taken_in import take_in_city
from sigun.recipes.workshop.taken_in import take_in_workshop
from sigun.run import How, run
from sigun.settings import Workspace, lay_workspace
from sigun.text import N_, _

DEMOS: Mapping[str, tuple[str, Callable[[Workspace, Path], None]]] = {
    "vehicles": (N_("simulating the city"), take_in_city),
    "births": (N_("simulating the province"), take_in_province),
    "workshop": (N_("simulating the city and the province"), take_in_workshop),
}
"""What is said while the raw files are made, and who makes them in a folder and takes them in."""

SENTENCES = (
    "방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다",
    "우리 시 출생이 왜 줄어드는지 알고 싶다",
    "국공립 어린이집이 부족한 동네를 찾고 싶다",
    "택지개발 뒤에 침수 신고가 얼마나 달라졌는지 보고 싶다",
)
"""What a team of the workshop may begin with."""


def run_demo(name: str, folder: Path, how: How) -> Path | None:
    """Lay the workspace, write the files, add them, run the plan; the report's path.

    The workshop has no plan yet: its teams begin with a sentence, and there is no report.
    """
    if name not in DEMOS:
        raise SettingsError(
            _("There is no demo “{name}”.").format(name=name),
            "sigun demo",
            _("Demos: {names}").format(names=", ".join(DEMOS)),
        )
    plan = lay(folder, name) if name in RECIPES else None
    workspace = lay_workspace(folder)
    if not read_catalog(workspace).cards:
        doing, take_in = DEMOS[name]
        how.progress(_(doing), 0, 1)
        with tempfile.TemporaryDirectory() as scratch:
            take_in(workspace, Path(scratch))
    if plan is None:
        return None
    fill_roles(workspace, read_catalog(workspace))
    return run(plan, how=how)
