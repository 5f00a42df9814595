"""What is printed: words as they are read, never marks of a template."""

from __future__ import annotations

import pytest
import typer

from sigun.cli.show import line, told
from sigun.errors import PlanError


def test_particles_of_a_line_agree(capsys: pytest.CaptureFixture[str]) -> None:
    line("“청년”[이/가] 언제 시작되었는지 자료에 없습니다.")
    assert capsys.readouterr().out.startswith("“청년”이 언제")


def test_particles_of_an_error_agree(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit), told():
        raise PlanError("“인구”[은/는] 없습니다.", "plan.yaml", "고치십시오.")
    assert "“인구”는 없습니다." in capsys.readouterr().err
