"""A disk that takes nothing, a reader that has had enough: in words, or as every program ends."""

from __future__ import annotations

import errno

import pytest
import typer

from sigun.cli.show import line, told


def test_what_the_disk_refuses_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, told():
        raise OSError(errno.ENOSPC, "No space left on device", "plans/x.yaml")
    assert ended.value.exit_code == 16
    said = capsys.readouterr().err
    assert "plans/x.yaml" in said
    assert "No space left" in said


def test_a_reader_that_has_had_enough_is_no_failure() -> None:
    with pytest.raises(BrokenPipeError), told():
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_letters_between_colons_stay_letters(capsys: pytest.CaptureFixture[str]) -> None:
    line("root:x:0")
    assert capsys.readouterr().out == "root:x:0\n"
