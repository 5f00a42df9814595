"""Korean particles (조사): `[은/는]` after a number, a name or a unit becomes the form that is read aloud there."""

from __future__ import annotations

import re

_MARK = re.compile(r"\[([가-힣]+)/([가-힣]+)\]")
_BRACKETED = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*$")
_CLOSING = " \t\n\u00a0\"'”’»」』》〉"
_RIEUL = 8  # place of ㄹ among the final consonants of a Hangul syllable

_DIGITS = {"0": "영", "1": "일", "2": "이", "3": "삼", "4": "사", "5": "오", "6": "육", "7": "칠", "8": "팔", "9": "구"}
_TENS = ((12, "조"), (8, "억"), (4, "만"), (3, "천"), (2, "백"), (1, "십"))
_SIGNS = {
    "%": "퍼센트",
    "‰": "퍼밀",
    "㎢": "제곱킬로미터",
    "㎡": "제곱미터",
    "㎞": "킬로미터",
    "㎜": "밀리미터",
    "℃": "도",
    "°": "도",
    "m": "미터",
    "m²": "제곱미터",
    "km": "킬로미터",
    "km²": "제곱킬로미터",
    "mm": "밀리미터",
    "cm": "센티미터",
    "kg": "킬로그램",
    "kWh": "킬로와트시",
}
_LETTERS = {"L": "엘", "M": "엠", "N": "엔", "R": "알"}  # the other letters' names end in a vowel
_DATE = re.compile(r"\d\.\s*$")


def with_particles(text: str, before: str = "") -> str:
    """`text` with every mark resolved by what stands in front of it; `before` is what was written earlier.

    >>> with_particles("방치 차량[은/는] 12건[이/가] 34 %[으로/로]")
    '방치 차량은 12건이 34 %로'
    """
    done, at = "", 0
    for mark in _MARK.finditer(text):
        done += text[at : mark.start()]
        done += _form(before + done, mark[1], mark[2])
        at = mark.end()
    return done + text[at:]


def _form(before: str, closed: str, open_: str) -> str:
    final = final_consonant(before)
    if closed == "으로":
        return open_ if final in (0, _RIEUL) else closed
    return closed if final else open_


def final_consonant(text: str) -> int:
    """Which final consonant the last word is read with (0: none); brackets and closing quotes are not read."""
    word = text.rstrip(_CLOSING)
    while (shorter := _BRACKETED.sub("", word)) != word:
        word = shorter.rstrip(_CLOSING)
    if _DATE.search(word):
        return _RIEUL  # 2025. 7. 3. is read …삼일, 2025. 7. is read …칠월
    word = word.rstrip(".,!?…·:;")
    sign = re.search(r"(?<![A-Za-z])[A-Za-z]+²?$|[%‰㎢㎡㎞㎜℃°]$", word)
    if sign and sign[0] in _SIGNS:
        return _of_syllable(_SIGNS[sign[0]][-1])
    number = re.search(r"[\d,]*\.?\d+$", word)
    if number:
        return _of_syllable(_read_number(number[0])[-1])
    return _of_latin(word) if re.search(r"[A-Za-z]$", word) else _of_syllable(word[-1:])


def _of_syllable(letter: str) -> int:
    return (ord(letter) - 0xAC00) % 28 if "가" <= letter <= "힣" else 0


def _read_number(written: str) -> str:
    """The last syllable or so of a number, as it is read: 10 십, 300 백, 0.20 영, 1,000,000 만."""
    digits = written.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if "." in digits or zeros == 0 or zeros == len(digits):
        return _DIGITS[digits[-1]]
    return next(word for power, word in _TENS if zeros >= power)


def _of_latin(word: str) -> int:
    """By the letter's name for capitals, else roughly by sound: l, m, n, ng, short vowels before k, p, t are closed."""
    last = re.findall(r"[A-Za-z]+$", word)[0]
    if last.isupper():
        return _of_syllable(_LETTERS.get(last[-1], "에"))
    lower = last.lower()
    if lower.endswith(("l", "le")):
        return _RIEUL
    closed = lower.endswith(("m", "n", "ng")) or re.search(r"(^|[^aeiou])[aeiou](ck|p|t)$|oo[kt]$", lower)
    return 1 if closed else 0
