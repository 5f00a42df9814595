"""Outlines made by hand, with every kind of block and with awkward words, for the writers' tests."""

from __future__ import annotations

from sigun.report.blocks import (
    Cautions,
    Column,
    Figure,
    FirstScreen,
    Form,
    Items,
    Outline,
    Paragraph,
    Section,
    Table,
    Term,
    Terms,
    Tile,
)
from sigun.report.wording import Sentence

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 240"><rect width="480" height="240" fill="#eef"/>'
    '<text x="20" y="60" style="font-family: Pretendard; font-size: 28px">{said}</text></svg>'
)


def said(text: str) -> Sentence:
    return Sentence((text,))


def figure(name: str, foot: str = "") -> Figure:
    svg = SVG.format(said=name)
    return Figure(
        said(f"{name}의 제목"), said(f"{name}에서 잰 것"), svg, f"{name}을 말로", said(foot) if foot else None
    )


def table(name: str, rows: int = 3, columns: int = 3, foot: str = "") -> Table:
    heads = tuple(Column(f"{name} 열 {n}", right=n > 0) for n in range(columns))
    cells = tuple(tuple(said(f"{name} {r}-{c}") for c in range(columns)) for r in range(rows))
    return Table(name, said(f"{name}의 설명"), heads, cells, said(foot) if foot else None)


AWKWARD = "낱말 <b> & \"따옴\" 'x' \x0b\x1b\ufffe제어 문자, 탭\t뒤, 😀 묶음, ]]>"


def report(made_up: bool = True, lang: str = "ko") -> Outline:
    """A report with every kind of block; some of its tables lie on their side."""
    first = FirstScreen(
        (said("첫째 요점입니다."), said("둘째 요점입니다.")),
        Tile(said("예상 신고"), said("44건"), said("90 % 구간 30–60"), said("풀이"), said("유의할 점")),
        figure("첫 그림", "첫 그림의 출처"),
        (said("먼저 볼 곳"), said("다음에 볼 곳")),
    )
    deep = Section("deep", "셋째 단계", (Paragraph((said("깊은 곳의 문장."),)),))
    words = Section(
        "words",
        "낱말과 유의",
        (
            Terms((Term("이동평균", (said("앞뒤 값의 평균."),), "누구 (2020)"),)),
            Cautions((said("조심할 것 하나."),), "무엇에 대하여"),
            Items((said("항목 하나."), said("항목 둘\n이어지는 줄.")), "무엇의 항목"),
        ),
        (deep,),
    )
    tables = Section(
        "tables",
        "표와 그림",
        (
            table("넓은표", columns=12, foot="넓은 표의 주석"),
            table("둘째넓은표", columns=11),
            figure("둘째 그림"),
            table("좁은표"),
        ),
        mark="작성: 모형",
    )
    begin = Paragraph((said(AWKWARD), said("https://example.org/" + "가나다라abc" * 40)))
    return Outline(
        said("시험 보고서"),
        said("무엇이 보이는가?"),
        lang,
        made_up,
        said("2024. 1. 1. ~ 2024. 12. 31."),
        first,
        (Section("begin", "개요", (begin,), (words,)), tables),
        (("계획", said("0123abcd")), ("결과", said("4567ef89"))),
    )


def proposal() -> Outline:
    """A 기획안: forms one under the other, points, no first screen."""
    box = Form((("과제명", (said("순찰"),)), ("참여자", (said("첫 부서"), said("둘째 부서")))))
    other = Form((("기간", (said("한 해"),)),))
    return Outline(
        said("시험 기획안"),
        said("어디를 먼저 볼까?"),
        "ko",
        False,
        None,
        None,
        (
            Section("about", "과제 개요", (box, other), counted=False),
            Section("why", "추진배경", (Items((said("까닭 하나."),), "근거"),)),
        ),
        (),
        "proposal",
        ai_draft=True,
    )
