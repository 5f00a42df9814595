"""The report's own words: no digits in them, nothing stronger than the claim, both languages complete."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import sigun.report
from sigun.report.wording import BANNED
from sigun.text import LOCALES

REPORT = Path(sigun.report.__file__).parent
MONTHS = {  # months are written with a digit in Korean; they enter as values all the same
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
}
NAMES = {"hc1", "crv1", "crv1_period", "crv1_region_period", "crv3", "first_difference"}  # names of methods: values too
OF_THE_WORK = {"Risks and conflicts of interest", "What may go wrong"}  # 위험과 대응: of a project, not of a place
MARK = re.compile(r"\[[가-힣]+/[가-힣]+\]")


def _templates() -> Iterator[tuple[str, str]]:
    """Every message of the report's sentences, in English and Korean; figures keep their own."""
    with (LOCALES / "ko" / "LC_MESSAGES" / "sigun.po").open("rb") as file:
        korean = {str(m.id): str(m.string) for m in read_po(file)}
    methods = [("figures/**", "ignore"), ("**.py", "python"), ("templates/**.html", "jinja2")]
    for _file, _line, message, _comments, _context in extract_from_dir(
        REPORT, method_map=methods, keywords={"_": None, "N_": None}
    ):
        yield str(message), korean.get(str(message), "")


TEMPLATES = sorted(set(_templates()))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 200


@pytest.mark.parametrize(("english", "korean"), TEMPLATES)
def test_a_template_holds_no_digit_and_no_banned_word(english: str, korean: str) -> None:
    assert korean
    for words in (english, korean):
        bare = "".join(part for part, _name, _spec, _conversion in string.Formatter().parse(words))
        assert not re.search(r"\d", bare) or english in MONTHS | NAMES
        assert english in OF_THE_WORK or not [word for word in BANNED if word in bare]
    assert not MARK.search(english)


@pytest.mark.parametrize(("english", "korean"), [t for t in TEMPLATES if "{" in t[0]])
def test_a_particle_behind_a_value_agrees_with_it(english: str, korean: str) -> None:
    """After a placeholder only particles that never change stand bare."""
    wrong = re.findall(r"\}(은|는|이|가|을|를|으로|로|과|와)(?= |$|\.|,)", korean)
    assert wrong == []
