"""Korean particles agree with what is read aloud before them."""

import pytest

from sigun.report.particles import with_particles

CASES = """
방치 차량[은/는]        | 방치 차량은
신고[은/는]             | 신고는
하늘동[이/가]           | 하늘동이
별내1동[을/를]          | 별내1동을
120건[으로/로]          | 120건으로
34 %[이/가]             | 34 %가
34 %[으로/로]           | 34 %로
1.5 ㎢[을/를]           | 1.5 ㎢를
500 m[은/는]            | 500 m는
10 km²[과/와]           | 10 km²와
25 ℃[이/가]             | 25 ℃가
0[이/가]                | 0이
1[으로/로]              | 1로
2[이/가]                | 2가
3[으로/로]              | 3으로
6[으로/로]              | 6으로
7[으로/로]              | 7로
8[으로/로]              | 8로
10[이/가]               | 10이
300[으로/로]            | 300으로
1,000[이/가]            | 1,000이
20,000[과/와]           | 20,000과
1,000,000,000,000[이/가] | 1,000,000,000,000가
0.20[이/가]             | 0.20이
1.25[이/가]             | 1.25가
8–18[을/를]             | 8–18을
12.4건 (90 % 구간 8–18)[이/가] | 12.4건 (90 % 구간 8–18)이
2.3배 (90 % 구간 1.2–3.5)[이/가] | 2.3배 (90 % 구간 1.2–3.5)가
2025. 7. 3.[은/는]      | 2025. 7. 3.은
2025. 7.[으로/로]       | 2025. 7.로
8월[과/와]              | 8월과
‘서울’[으로/로]         | ‘서울’로
“무등”[은/는]           | “무등”은
Boston[은/는]           | Boston은
Main Street[은/는]      | Main Street는
Beacon Hill[으로/로]    | Beacon Hill로
CCTV[이/가]             | CCTV가
URL[으로/로]            | URL로
PM[은/는]               | PM은
24[이라/라]             | 24라
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_the_form_follows_the_reading(line: str) -> None:
    template, said = (part.strip() for part in line.split(" | "))
    assert with_particles(template) == said


def test_what_was_written_before_counts_too() -> None:
    assert with_particles("[은/는] 많다", before="신고") == "는 많다"


def test_words_in_brackets_that_are_no_mark_stay() -> None:
    assert with_particles("[표 1] [a/b]") == "[표 1] [a/b]"
