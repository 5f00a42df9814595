"""Sentences: references inside, particles in agreement, verbs no stronger than the claim."""

import pytest

from sigun.report.refs import Ref
from sigun.report.wording import Shown, claimed, from_stored, listed, sentence

N = Shown("12건", Ref("trend", "facts", "total", "number"), "12")


def test_values_stay_references() -> None:
    said = sentence("신고는 {n}[이/가] 들어왔습니다.", n=N)
    assert said.pieces == ("신고는 ", N, "이 들어왔습니다.")
    assert said.plain == "신고는 12건이 들어왔습니다."


def test_a_sentence_inside_a_sentence_keeps_its_references() -> None:
    inside = sentence("{n} (구간 {n})", n=N)
    assert sentence("{x}[을/를] 보았습니다", x=inside).plain == "12건 (구간 12건)을 보았습니다"


def test_a_date_at_the_end_brings_its_own_full_stop() -> None:
    day = Shown("2025. 7. 3.", Ref("plan", "", "time.start"), "2025-07-03")
    assert sentence("Known by {day}.", day=day).plain == "Known by 2025. 7. 3."


def test_braces_in_the_data_are_only_words() -> None:
    name = Shown("{n} {0} %s", Ref("plan", "", "title"))
    assert sentence("At {name}.", name=name).plain == "At {n} {0} %s."


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("description", "신고는 눈 때문에 줄었습니다."),
        ("description", "Rain was associated with fewer reports."),
        ("association", "주차장이 신고에 영향을 미쳤습니다."),
        ("association", "Fewer reports were caused by rain."),
        ("forecast", "It will certainly come."),
        ("association", "우범 지역입니다."),
        ("description", "위험한 곳입니다."),
    ],
)
def test_a_claim_level_forbids_stronger_words(claim: str, words: str) -> None:
    with pytest.raises(ValueError, match=claim):
        claimed(claim, words)  # type: ignore[arg-type]


def test_an_association_may_say_so() -> None:
    assert claimed("association", "둘은 관련이 있었습니다.").plain == "둘은 관련이 있었습니다."


def test_a_stored_message_is_one_reference() -> None:
    ref = Ref("quality", "findings", "1", "said")
    assert from_stored("{n}[은/는] 같습니다.", {"n": "둘"}, ref, lambda _name, value: str(value)) == Shown(
        "둘은 같습니다.", ref
    )


def test_values_in_a_row() -> None:
    assert listed([N, N], "; ").plain == "12건; 12건"
