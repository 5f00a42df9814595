"""The stream of lines, pictures and tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from outlines import proposal, report, said
from sigun.report.blocks import Form, Section
from sigun.report.office.flow import Grid, Line, clean, flow
from sigun.text import speaking


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("가\x00나\x1b\x7f", "가나\x7f"),
        ("한 줄\r\n두 줄\r세 줄\u2028네 줄", "한 줄\n두 줄\n세 줄\n네 줄"),
        ("앞\t뒤", "앞 뒤"),
        ("\ud800홀로\ufffe", "홀로"),
        ("😀 <b> & ]]>", "😀 <b> & ]]>"),
    ],
)
def test_text_is_what_xml_can_hold(given: str, kept: str) -> None:
    assert clean(given) == kept


def lines(whole: object, look: str) -> list[str]:
    with speaking("ko"):
        return [p.text for p in flow(whole) if isinstance(p, Line) and p.look == look]  # type: ignore[arg-type]


def test_a_report_has_contents_and_a_proposal_none() -> None:
    assert lines(report(), "contents") == ["1. 개요", "가. 낱말과 유의", "2. 표와 그림 〔작성: 모형〕"]
    assert not lines(proposal(), "contents")


def test_a_line_end_inside_a_point_begins_no_other_point() -> None:
    assert "항목 둘 이어지는 줄." in lines(report(), "point")


def test_lines_of_the_contents_lead_where_headings_are() -> None:
    with speaking("ko"):
        pieces = [p for p in flow(report()) if isinstance(p, Line)]
    headed = {p.anchor for p in pieces if p.look == "heading"}
    assert {p.anchor for p in pieces if p.look == "contents"} <= headed
    assert all(anchor == "" or len(anchor) <= 40 for anchor in headed)


def test_an_empty_form_is_no_table() -> None:
    whole = replace(proposal(), sections=(Section("s", "절", (Form(()),)),))
    assert not [p for p in flow(whole) if isinstance(p, Grid)]


def test_sentences_of_a_form_stand_under_one_another() -> None:
    grids = [p for p in flow(proposal()) if isinstance(p, Grid)]
    assert grids[0].rows[1] == ("참여자", "첫 부서\n둘째 부서")
    assert said("x").plain == "x"
