"""What a factor analysis may say: verbs by verdict, never a causal word, denials alone may name causes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import sigun.report.sections.factors
from sigun.report.evidence import Evidence
from sigun.report.figures import factor_maps
from sigun.report.figures import factors as pictures
from sigun.report.html import html
from sigun.report.sections import factors
from sigun.report.sections.factors import answer, beside
from sigun.report.wording import DENIALS, NEVER, VERBS, claimed
from sigun.text import LOCALES, _, speaking
from unit.report.sections.factors import fake_factors as fake

ROOMS = Path(sigun.report.sections.factors.__file__).parent
NOT = ("아닙니다", "아님", "없습니다", "no cause", "not effects", "They are no", "need not")


@cache
def korean() -> dict[str, str]:
    with (LOCALES / "ko" / "LC_MESSAGES" / "sigun.po").open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file)}


def templates() -> Iterator[str]:
    """Every message that can stand in the report of a factor analysis, pictures and verbs included."""
    for _file, _line, message, _comments, _context in extract_from_dir(
        ROOMS, method_map=[("**.py", "python")], keywords={"_": None, "N_": None}
    ):
        yield str(message)
    yield from VERBS["association"].values()
    for module in (pictures, factor_maps):
        yield from re.findall(r'\b_\("([^"]+)"\)', Path(str(module.__file__)).read_text(encoding="utf-8"))


TEMPLATES = sorted(set(templates()))


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 200


@pytest.mark.parametrize("english", TEMPLATES)
def test_no_template_of_an_association_holds_a_causal_word(english: str) -> None:
    told = korean()[english]
    assert told
    for words in (english, told):
        assert [word for word in NEVER["association"] if word in words] == []


@pytest.mark.parametrize("name", DENIALS)
def test_what_names_a_cause_denies_it(name: str) -> None:
    told = korean()[DENIALS[name]]
    for words in (DENIALS[name], told):
        assert any(no in words for no in NOT), words


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_the_whole_page_without_its_denials_holds_no_causal_word(lang: Any) -> None:
    page = html(fake.finished(), lang)
    body = page[page.index("<main") : page.index('<section class="part" id="methods"')]
    with speaking(lang):
        denied = [_(words) for words in DENIALS.values()]
    words = re.sub(r"<[^>]+>|\u2060", "", re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL)).replace("\u00a0", " ")
    words = words.replace("&#39;", "'")
    for denial in denied:
        assert denial in words
        words = words.replace(denial, " ")
    assert [word for word in NEVER["association"] if word in words] == []


@pytest.mark.parametrize(
    "words",
    [
        "출산지원금이 출생을 늘렸습니다.",
        "집값 때문에 줄었습니다.",
        "집값이 출생에 영향을 미쳤습니다.",
        "The price reduces births.",
        "Births fell due to the price.",
    ],
)
def test_a_causal_template_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="association"):
        claimed("association", words)


SAID = """
    term           | words
    share_25_34    | 같은 지역에서 25~34세 여성 비중이 1 %p 높은 때에는 합계출산율이 더 높은 쪽으로 관련이 있었습니다
    share_25_34    | 0.0248명 (95 % 구간 0.0121–0.0375).
    share_25_34    | 시도한 분석 방식 가운데 98.0 %에서 부호가 같았고, 91.0 %에서는 뚜렷하기까지 했습니다.
    density        | 인구밀도는 지역 사이에서만 합계출산율과 관련이 있었고, 지역 안에서는 확인되지 않았습니다.
    density        | 지역 간: −0.0420명 (95 % 구간 −0.0610 ~ −0.0230). 지역 안: 0.0020명
    ageing         | 고령인구 비율은 분석 방식에 따라 결과가 달라져 결론을 내지 않습니다: −0.0110명
    childcare      | 보육시설 수는 지역 안에서 합계출산율과 관련이 확인되지 않았습니다: 0.0030명
    childcare      | 이 자료로는 0.019명보다 작은 차이를 대개 놓칩니다.
    household_size | 평균 가구원 수는 이 자료로 검정할 수 없습니다.
"""


def cases(table: str) -> list[tuple[str, str]]:
    rows = [line.partition("|") for line in table.strip().splitlines()[1:]]
    return [(term.strip(), words.strip()) for term, _bar, words in rows]


@pytest.mark.parametrize(("term", "words"), cases(SAID))
def test_each_factor_is_told_by_its_verdict(term: str, words: str) -> None:
    ev = Evidence(fake.finished())
    verdict = fake.TERMS[term][3]
    with speaking("ko"):
        section = next(s for s in answer.section(ev).sections if s.id == f"factors-{verdict.replace('_', '-')}")
        told = " ".join(s.plain for b in section.blocks for s in b.sentences)  # type: ignore[union-attr]
    assert words in told.replace("\u00a0", " ")


def test_a_lower_outcome_is_called_lower() -> None:
    frame = fake.answer()
    frame.loc[0, ["effect", "low", "high"]] = (-0.03, -0.05, -0.01)
    with speaking("ko"):
        screen = factors.first_screen(Evidence(fake.finished({"answer": frame})))
    told = " ".join(s.plain for s in screen.summary)
    assert "25~34세 여성 비중: 같은 지역에서 값이 높은 때에 합계출산율이 더 낮은 쪽으로 관련이 있었습니다." in told


def test_what_vanishes_with_effects_of_periods_is_said_so() -> None:
    frame = fake.answer()
    before = {"within_region": -0.016, "within_region_low": -0.021, "within_region_high": -0.011}
    frame = frame.assign(**before)
    frame.loc[frame["verdict"] == "unstable", ["effect", "low", "high"]] = (0.004, -0.002, 0.010)
    with speaking("ko"):
        screen = factors.first_screen(Evidence(fake.finished({"answer": frame})))
        section = next(
            s for s in answer.section(Evidence(fake.finished({"answer": frame}))).sections if s.id == "factors-unstable"
        )
    assert "고령인구 비율: 지역마다 늘 있는 차이만 빼면 합계출산율과 관련이 있었으나" in " ".join(
        s.plain for s in screen.summary
    )
    told = " ".join(s.plain for b in section.blocks for s in b.sentences)  # type: ignore[union-attr]
    assert "−0.0160명 (95 % 구간 −0.0210 ~ −0.0110)" in told.replace("\u00a0", " ")
    assert "이 관련은 사라집니다: 0.0040명" in told.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(-0.002, 0.010, "이 관련은 사라집니다"), (-0.030, 0.010, "더는 뚜렷하지 않습니다")],
)
def test_gone_is_said_only_where_the_earlier_estimate_lies_outside(low: float, high: float, words: str) -> None:
    frame = fake.answer().assign(within_region=-0.016, within_region_low=-0.021, within_region_high=-0.011)
    frame.loc[frame["verdict"] == "unstable", ["effect", "low", "high"]] = (-0.004, low, high)
    with speaking("ko"):
        parts = answer.section(Evidence(fake.finished({"answer": frame}))).sections
    unstable = next(s for s in parts if s.id == "factors-unstable")
    assert words in " ".join(s.plain for b in unstable.blocks for s in b.sentences)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0.01, 0.03, "더 잘 맞혔습니다"),
        (-0.01, 0.03, "비슷했습니다"),
        (-0.03, -0.01, "더 못 맞혔습니다"),
        (None, None, "비슷했습니다"),
    ],
)
def test_boosting_is_called_better_only_beyond_the_differences_of_folds(
    low: float | None, high: float | None, words: str
) -> None:
    scores = fake.explained()["explain_scores"].assign(gain_low=low, gain_high=high)
    with speaking("ko"):
        section = beside.learning(Evidence(fake.finished({"explain_scores": scores})))
    assert section is not None
    assert words in " ".join(s.plain for s in section.blocks[0].sentences)  # type: ignore[union-attr]


def test_a_change_is_told_as_a_change() -> None:
    frame = fake.answer().assign(estimator="first_difference")
    ev = Evidence(fake.finished({"answer": frame}))
    with speaking("ko"):
        section = next(s for s in answer.section(ev).sections if s.id == "factors-holds")
        told = section.blocks[0].sentences[0].plain  # type: ignore[union-attr]
    assert "25~34세 여성 비중이 앞 시점보다 1 %p 더 오른 때에는 합계출산율도 더 오르는 쪽으로" in told.replace(
        "\u00a0", " "
    )
