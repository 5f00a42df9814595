"""Personal data (개인정보): recognised by the name and content of a column; hashed, or cut out of text."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.ingest.layout import Personal
from sigun.text import N_

SHARE = 0.3  # of a column's told cells; with that many it is a column of such values
ANY = 0.002  # of a free-text column; then the text is not kept
SAMPLE = 5_000  # cells looked at

PLATE = re.compile(
    r"(?<![\d가-힣A-Za-z])(?:[가-힣]{2}\s?)?\d{2,3}\s?[가-힣]\s?\d{4}(?!\d|\s?호)"
    r"|(?<![가-힣])(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
    r"\s?[가-힣]{1,4}\s?[가-힣]\s?\d{4}(?!\d)"
    r"|(?i:licen[cs]e plate num[^:|]{0,40}:\s*[A-Z0-9]{2,})"  # as call centres write it into a description
)
PATTERNS: Mapping[Personal, re.Pattern[str]] = {
    "resident_number": re.compile(
        r"(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?[-–]\s?\d(?:\d{6}|[*xX●○•]{6})(?![\d*])"
        r"|(?<!\d)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8][*xX●○•]{6}"
    ),
    "phone": re.compile(
        r"(?<![\d.-])(?:01[016789]|0(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d))[-.\s)]\s?\d{3,4}[-.\s]\d{4}(?!\d)"
        r"|(?<!\d)01[016789]\d{7,8}(?!\d)"
        r"|(?<![\d.-])\(?\d{3}\)?[-.\s]\d{3}[-.]\d{4}(?![\d-])"
    ),
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w"),
    "plate": PLATE,
}

LABELS: Mapping[Personal, str] = {
    "plate": N_("plate"),
    "name": N_("person's name"),
    "phone": N_("telephone number"),
    "resident_number": N_("resident number"),
    "email": N_("e-mail address"),
    "home_address": N_("home address"),
    "birth": N_("date of birth"),
}

PERSONS = "성명|이름|소유자|차주|신고자|신고인|민원인|담당자|처리자|접수자|작성자|대표자"
HEADERS: tuple[tuple[Personal, str], ...] = (
    ("plate", r"차량\s*(등록)?번호|자동차\s*(등록)?번호|번호판|차번호"),
    ("plate", r"^(vehicle\s)?(licen[cs]e\s)?plate(\s(no|num|number))?$"),
    ("resident_number", r"주민\s*(등록)?번호|resident (registration )?number|^ssn$"),
    ("phone", r"연락처|전화(번호)?$|휴대(폰|전화)|핸드폰|^phone|^mobile|telephone"),
    ("email", r"이메일|전자우편|^e-?mail"),
    ("birth", r"생년월일|출생(연|년)도|^(date of birth|birth ?(date|day|year)|birth|dob)$"),
    ("home_address", r"(소유자|신고자|민원인|차주)\s*(의)?\s*(주소|거주지)|거주지"),
    ("name", rf"^({PERSONS})(\s*(성명|이름|명))?$"),
    ("name", r"(소유자|신고자|민원인|차주|담당자)\s*(성명|이름)"),
    ("name", r"owner name|reporter name|^(first|last|full) name$"),
)
MAYBE = r"\p{Nd}{4}|@|(?i:licen)"
"""What every one of the patterns needs, fast to look for: a cell without it holds nothing personal."""
LETTERS = re.compile(r"[^\W\d_]+")
SAYABLE = re.compile(
    r"오전|오후|am|pm|[년월일시분초]|미상|미정|미확인|없음|불명|해당|확인중|unknown|none|null|nan|na|n|a|t|z",
    re.IGNORECASE,
)
"""Words of a cell a message may repeat: of times, and of nothing told."""
THIRTEEN = re.compile(r"(?<!\d)\d{13}(?!\d)")  # a resident number without its hyphen, or one can take it for it
FLAT = re.compile(
    r"(?:(?<![가-힣\d])제?(?:\d{1,4}|[가-하A-Za-z])동\s*)(?:\d{1,2}층\s*)?제?[A-Za-z]?\d{1,4}호(?![가-힣\d])"
    r"|(?:지하\s*)?(?<!\d)\d{1,2}층\s*제?[A-Za-z]?\d{1,4}호(?![가-힣\d])"
    r"|(?:(?<=\d\s)|(?<=동\s)|(?<=빌라\s)|(?<=아파트\s)|(?<=주택\s)|(?<=맨션\s)|(?<=텔\s)|(?<=빌딩\s))"
    r"제?[A-Za-z]?\d{2,4}호(?![가-힣\d])"
)
"""A flat within a building: "101동 1호", "3층 302호", "빌라 302호"; no road ("국도 3호선")."""
KEYED = re.compile(r"^[a-z]?[0-9a-f]{8,64}$")


def personal_by_name(header: str) -> Personal | None:
    """The class of personal data a column's name tells of."""
    squeezed = re.sub(r"[\s_()]+", " ", header).strip()
    return next((kind for kind, words in HEADERS if re.search(words, squeezed, re.IGNORECASE)), None)


def personal_by_content(text: pd.Series) -> tuple[Personal | None, float]:
    """The class most of whose values stand in the column, and the share of told cells that hold one."""
    told = text.dropna()
    if not len(told):
        return None, 0.0
    step = max(1, len(told) // SAMPLE)
    looked = told.iloc[::step]
    shares = {kind: float(looked.str.contains(p).mean()) for kind, p in PATTERNS.items()}
    kind = max(shares, key=lambda k: shares[k])
    return (kind, shares[kind]) if shares[kind] > 0 else (None, 0.0)


def looks_keyed(text: pd.Series) -> bool:
    """Whether the values are hashes already."""
    told = text.dropna()
    return bool(len(told) and told.head(200).str.match(KEYED).all())


def keyed_hash(text: pd.Series, key: bytes) -> pd.Series:
    """HMAC-SHA256 with the workspace's key, 16 hex digits; blanks and hyphens within a plate make no difference."""
    unique = pd.Series(text.dropna().unique(), dtype="str")
    plain = unique.str.replace(r"[\s-]+", "", regex=True).str.upper()
    hashes = {u: hmac.digest(key, p.encode(), "sha256").hex()[:16] for u, p in zip(unique, plain, strict=True)}
    return text.map(hashes).astype("str")


def masked(cell: str) -> str:
    """A cell as a message may quote it: its figures and marks, and letters only where they tell of a time or nothing.

    A slipped row puts a person's name where a date belongs; the message is copied into letters and logs.

    >>> masked("2024년 3월 5일경"), masked("홍길동"), masked("미정"), masked("12가3456 주차")
    ('2024년 3월 5○○', '○○○', '미정', '○ ○○')
    """
    kept, _kinds = without_personal(cell)
    return LETTERS.sub(lambda run: run[0] if SAYABLE.fullmatch(run[0]) else "○" * len(run[0]), kept)


def without_personal(text: str, mark: str = "○") -> tuple[str, tuple[Personal, ...]]:
    """A text with a mark in the place of every personal value, and the kinds it held.

    >>> without_personal("연락처 010-1234-5678, 8501011234567")
    ('연락처 ○, ○', ('phone', 'resident_number'))
    """
    kinds: list[Personal] = []
    for kind, pattern in (*PATTERNS.items(), ("resident_number", THIRTEEN)):
        text, n = pattern.subn(mark, text)
        kinds += [kind] if n else []
    return text, tuple(dict.fromkeys(kinds))


def cut_out(text: pd.Series) -> tuple[pd.Series, int]:
    """Text without the personal values in it, and the number of cells that held one."""
    unique = pd.Series(text.dropna().unique(), dtype="str")
    may_hold = pc.match_substring_regex(pa.array(unique, pa.string()), MAYBE).to_numpy(zero_copy_only=False)
    cut = unique = unique[may_hold.astype(bool)].reset_index(drop=True)
    for pattern in PATTERNS.values():
        cut = cut.str.replace(pattern, "", regex=True)
    changed = (cut != unique).to_numpy()
    if not changed.any():
        return text, 0
    now = dict(zip(unique[changed], cut[changed].str.strip(), strict=True))
    held = text.isin(list(now))
    return text.where(~held, text.map(now)).replace("", np.nan).astype("str"), int(held.sum())


def without_flats(text: pd.Series) -> tuple[pd.Series, int]:
    """Addresses without the flat in the building, and the number of those that named one.

    >>> kept, n = without_flats(pd.Series(["중앙로 1 101동 1호", "국도 3호선"], dtype="str"))
    >>> kept.tolist(), n
    (['중앙로 1', '국도 3호선'], 1)
    """
    held = text.str.contains(FLAT, na=False).astype(bool)
    cut = text[held].str.replace(FLAT, " ", regex=True).str.replace(r"\s{2,}", " ", regex=True)
    cut = cut.str.replace(r"\s+(?=[,)])|,(?=\s*\()|[\s,]+$", "", regex=True)
    return text.where(~held, cut.reindex(text.index)).astype("str"), int(held.sum())
