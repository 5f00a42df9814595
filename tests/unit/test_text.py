"""Messages: translated late, in the language of whoever reads them."""

import pytest

from sigun.text import say, set_language, system_language


def test_a_message_waits_for_its_language() -> None:
    message = say("{n} rows: {path}", n=3, path="a.csv")
    assert str(message) == "3 rows: a.csv"
    set_language("ko")
    assert str(message) == "3행: a.csv"


@pytest.mark.parametrize(
    ("said", "language"),
    [({"LANG": "ko_KR.UTF-8"}, "ko"), ({"LANG": "C"}, "ko"), ({"LANG": "en_US.UTF-8"}, "en"),
     ({"LANG": "ko_KR", "SIGUN_LANG": "en"}, "en"), ({"LC_ALL": "en_GB", "LANG": "ko_KR"}, "en")],
)  # fmt: skip
def test_korean_unless_the_system_plainly_says_english(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "SIGUN_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
