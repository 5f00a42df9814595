"""What a city's words mean for the outcome."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.ingest.outcomes import named_cases, outcome_of, propose_outcomes, read_outcomes

NOTHING = pd.Series([np.nan] * 3, dtype="str")


def test_words_of_cities() -> None:
    said = ["견인보관", "자진이동", "확인중", "중복신고", "기타", "not_at_location", "towed_or_removed", "현장에 없음"]
    assert [outcome_of(s) for s in said] == [
        "confirmed", "moved_by_owner", "open", "duplicate", "other", "not_found", "confirmed", "not_found",
    ]  # fmt: skip


def test_words_in_the_text_go_before_the_value() -> None:
    value = pd.Series(["closed", "closed", "open"], dtype="str")
    text = pd.Series(["Case Closed. towed 3/1.", "Case Closed. noted.", np.nan], dtype="str")
    means = propose_outcomes(["closed", "open"], text)
    outcome, unknown = read_outcomes(value, text, means)
    assert outcome.tolist() == ["confirmed", "other", "open"]
    assert unknown == {}


def test_a_value_the_card_does_not_know_is_other_and_told() -> None:
    value = pd.Series(["견인", "새말", np.nan], dtype="str")
    outcome, unknown = read_outcomes(value, NOTHING, {"견인": "confirmed"})
    assert outcome[:2].tolist() == ["confirmed", "other"]
    assert outcome.isna().tolist() == [False, False, True]
    assert unknown == {"새말": 1}


def test_a_duplicate_names_its_case() -> None:
    text = pd.Series(["Duplicate of Existing Case. 101001727739.", "towed 101001727739"], dtype="str")
    named = named_cases(text, pd.Series(["duplicate", "confirmed"], dtype="str"))
    assert named[0] == "101001727739"
    assert named.isna()[1]
