"""A report read by program (보고서 읽기): every sentence, what it refers to, which cause or direction it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = ("p", "li", "td", "th", "h1", "h2", "h3", "figcaption", "caption", "dt", "dd", "cite", "text")
SILENT = ("methods", "sources", "factors-untold")
"""Parts that find nothing: how methods work, and what the data could not tell."""


@dataclass(frozen=True)
class Value:
    """One value in a sentence: what it refers to, what a machine reads, what a person reads."""

    ref: str
    value: str
    text: str


@dataclass(frozen=True)
class Said:
    """One sentence, cell or heading, and the part it stands in."""

    part: str
    text: str
    values: tuple[Value, ...]

    def factors(self) -> list[str]:
        """Factors it names, or whose figure between regions it gives."""
        refs = " ".join(v.ref for v in self.values)
        return list(dict.fromkeys(re.findall(r"factors:answer\[(\w+)\]\.(?:title|between)\b", refs)))

    def value(self, column: str, factor: str = "") -> Value | None:
        """The first value of that column, of one factor or of a design."""
        head = rf"factors:answer\[{factor}\]" if factor else r"effect:designs\[\w+\]"
        return next((v for v in self.values if re.fullmatch(rf"{head}\.{column}", v.ref)), None)


@dataclass
class _Reader(HTMLParser):
    """Collects the blocks of a page; values are marked inside them by a private sign."""

    parts: list[str] = field(default_factory=lambda: ["top"])
    words: str = ""
    values: list[Value] = field(default_factory=list)
    found: list[Said] = field(default_factory=list)
    at: tuple[str, str, int] | None = None
    silent: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag in ("style", "title"):
            self.silent += 1
        if tag == "section":
            self.parts.append(known.get("id", ""))
        if tag in BLOCKS:
            self._close()
        if known.get("aria-label"):
            self.found.append(Said(self.parts[-1], known["aria-label"], ()))
        if "data-ref" in known:
            self.at = (known["data-ref"], known.get("value", ""), len(self.words))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "title"):
            self.silent -= 1
        if tag in ("data", "span") and self.at is not None:
            ref, value, start = self.at
            self.values.append(Value(ref, value, self.words[start:]))
            # the mark stands before the value's last sign, so that a sentence that ends in a value keeps it
            self.words, self.at = self.words[:start] + chr(0xE000 + len(self.values) - 1) + self.words[start:], None
        if tag in BLOCKS:
            self._close()
        if tag == "section":
            self.parts.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data

    def _close(self) -> None:
        whole = re.sub(r"\s+", " ", self.words.replace("\u2060", "").replace("\u00a0", " ")).strip()
        for one in re.split(r"(?<=[.!?])\s+(?!The two were associated)", whole):
            marks = [ord(c) - 0xE000 for c in one if 0xE000 <= ord(c) < 0xF8FF]
            plain = re.sub("[\ue000-\uf8ff]", "", one).strip()
            if plain:
                self.found.append(Said(self.parts[-1], plain, tuple(self.values[m] for m in marks)))
        self.words, self.values, self.at = "", [], None


def read(page: str) -> tuple[Said, ...]:
    """Every sentence, cell, heading and caption of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return tuple(reader.found)


TERMS = re.compile(
    r"(고정|확률|직접|간접|지역|기간|시점|정책|총)\s?효과|직접·간접 효과|‘효과’|method: effect"
    r"|(fixed|random|region|period|indirect|direct|total)[- ]effects?|effects? of (regions?|periods?|a policy)"
    r"|without effects of|two-way effects|바꾸어도|left out because|direct and indirect effects"
    r"|effects \(terms of the model\)|rais\w+ or lower\w+"
    r"|올리거나 내리면",
    re.IGNORECASE,
)
"""Names of models and of methods that hold such a word without saying it of anything."""

CAUSES = re.compile(
    r"때문|덕분|덕택|탓|영향|효과|높였|높인|높이(?!가)|낮췄|낮추|낮춘|줄였|줄이|줄인|늘렸|늘리|늘린|끌어올|끌어내|떨어뜨|초래|유발|원인"
    r"|로 인해|로 인한|기여|촉진|억제|좌우|가져왔|가져온|이끌|이끈|작용|바꾸|바꿨|바꾼|변화시|일으|만들어 냈|키웠|키운"
    r"|\b(because|caus(e|es|ed|ing|al)|led to|leads? to|driv(e|es|en|ing)|impacts?|effects?|affect\w*|influenc\w*"
    r"|rais(e|es|ed|ing)|lower(s|ed|ing)|reduc(e|es|ed)|boost\w*|contribut\w*|due to|thanks to|results? in|resulted in"
    r"|br(ings|ought) about|makes?|promot\w*|changed|changes? by|responsible)\b",
    re.IGNORECASE,
)
"""A wide list: whatever a hurried reader could take for a cause."""

POLICY = re.compile(r"변화시킨|have changed|^(raised|lowered)$")
"""Verbs of the effect of a policy, once its design stands."""

DENYING = re.compile(
    r"아닙니다|아님|않|없|못|모릅니다|[는인]지|다른 물음"
    r"|\b(no|not|nor|none|nothing|cannot|never|without|any|whether|another question)\b",
    re.IGNORECASE,
)
"""A denial, or an open question."""


def named_causes(page: tuple[Said, ...]) -> Iterator[Said]:
    """Sentences that name a cause of something and do not deny it; parts that find nothing are not asked."""
    for said in page:
        bare = TERMS.sub(" ", said.text)
        if said.part not in SILENT and CAUSES.search(bare) and not DENYING.search(bare):
            yield said


UP = re.compile(
    r"더 높은 쪽|도 더 오르는 쪽|높아지는 쪽|associated with higher|is higher too|was higher at|rose further|upwards"
)
DOWN = re.compile(
    r"더 낮은 쪽|덜 오르는 쪽|낮아지는 쪽|associated with lower|, [^,]* is lower\b|was lower at|rose less|downwards"
)
INSIDE = re.compile(r"같은 지역에서|one and the same region")
THROWN = re.compile(r"지역·시점은|곳과 때에|Regions and periods|lasting differences")
BETWEEN = re.compile(
    r"^지역 간: |^Between: |지역 사이에서만|지역 사이에서|높은 지역은|높은 지역에서|between regions|Regions with"
)


def directed(said: Said) -> int:
    """Which way a sentence's words point: 1, −1, or 0 where it tells of no direction."""
    up, down = bool(UP.search(said.text)), bool(DOWN.search(said.text))
    return int(up) - int(down)


def looked(said: Said) -> str:
    """Where a sentence looks: inside regions, between them, or both thrown together."""
    if INSIDE.search(said.text):
        return "within"
    return "pooled" if THROWN.search(said.text) else "between" if BETWEEN.search(said.text) else ""


def sign_of(value: Value) -> int:
    """The sign of a value as a person reads it; a contradiction to what a machine reads is an error."""
    shown = -1 if value.text.lstrip().startswith(("−", "-")) else 1
    kept = -1 if float(value.value) < 0 else 1
    if shown != kept and float(value.text.split()[0].replace("−", "-").strip("명%p,") or 0) != 0:
        raise ValueError(f"{value.ref}: shown as {value.text}, kept as {value.value}")
    return kept
