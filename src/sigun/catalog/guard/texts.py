"""What may stand in a text (글의 내용): words of people; no code, addresses, orders, formulas (G1, G7, G12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sigun.catalog.card import Card
from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.finding import Finding, Repair
from sigun.catalog.guard.hidden import LONGEST, has_unseen, order_in, seen
from sigun.catalog.use import named
from sigun.errors import Place
from sigun.plan.part import strings
from sigun.text import N_, say

CODE = re.compile(
    r"\bselect\s+(?:\*|count\s*\(|distinct\b|[\w.]+\s*,).{0,200}?\bfrom\b"
    r"|\bselect\s+[\w.]+\s+from\s+[\w.\"`]+\s*(?:where\b|limit\b|join\b|group\s+by|order\s+by|;|$)"
    r"|\binsert\s+into\s+\w+|\bupdate\s+\w+\s+set\s+\w+\s*=|\bdelete\s+from\s+\w+|\bdrop\s+(?:table|database|view|schema)\b"
    r"|\balter\s+table\b|\bcreate\s+(?:table|view)\b|\bunion\s+(?:all\s+)?select\b|;\s*--|['\"]\s*or\s+['\"]?1['\"]?\s*="
    r"|<\s*/?\s*(?:script|iframe|img|svg|object|embed)\b|javascript\s*:|\bon(?:error|load|click)\s*="
    r"|\b__\w+__\b|\bimport\s+(?:os|sys|subprocess|shutil|socket)\b|\b(?:os|subprocess|shutil|sys)\.\w+\s*\("
    r"|\b(?:eval|exec|compile|getattr|open|system|popen)\s*\(|\blambda\s+\w*\s*:|\bdef\s+\w+\s*\(|\bfunction\s*\w*\s*\("
    r"|\b(?:pip|npm|apt|conda|brew)\s+install\b|\bdata:\w+/\w+|=[A-Z]{3,}\("
    r"|\{\{.*?\}\}|\{%|\$\{|\$\(|<\?php|\brm\s+-[rf]{1,2}\b|\bpowershell\b|\bcmd(?:\.exe)?\s+/c|\bcurl\s+-|\bwget\s+",
    re.IGNORECASE | re.DOTALL,
)
ADDRESS = re.compile(
    r"\b(?:https?|ftp|file|data|ssh|s3)://?\S+|\bwww\.[\w-]+\.\S+"
    r"|(?<![\w.])/(?:etc|usr|home|var|tmp|root|bin|opt|proc|dev|mnt|work)(?:/[\w.\-]*)+"
    r"|\b[A-Za-z]:\\[\w\\.\- ]+|(?:\.\./|\.\.\\)+[\w./\\\-]*|\\\\[\w.\-]+\\[\w.\\\-]+",
    re.IGNORECASE,
)
SOURCES = ("source", "where", "file")
"""Keys under which an address may stand: where a figure or data are from, and a file of the workspace."""
FORMULA = re.compile(r"^\s*(?:[=@]\s*\S|[+\-]\s*[A-Za-z]+\s*[(!|]|[+\-]\s*\d[\d.]*\s*[+\-*/^(]|[\t\r])|^\s*\w+\|'")
STARTERS = re.compile(r"^[\s=@+\-]+")


def order_or_code(text: str) -> str:
    """The words a machine could take for an order or for code; empty where there are none.

    >>> order_or_code("모두 지우기: rm -rf /"), order_or_code("방치 차량이 많은 곳")
    ('rm -rf', '')
    """
    code = CODE.search(text)
    return order_in(text) or (code[0] if code is not None else "")


def texts(asked: Asked) -> Iterator[Finding]:
    """Findings on every text of the plan, then on the words of its cards."""
    for place, text in asked.texts:
        yield from _of_plan(place, text)
    plan = asked.plan
    for name in named(plan) if plan is not None else ():
        card = asked.catalog.cards.get(name)
        yield from () if card is None else _remembered(card, asked)


def _of_plan(place: Place, text: str) -> Iterator[Finding]:
    repairable = len(place) > 0 and place[-2:-1] != ("starts",)  # a region's name is a key: people mend it
    if has_unseen(text):
        repair = Repair(place, seen(text), safe=True) if repairable else None
        said = say(N_("Letters stand here that nobody sees (control or zero-width characters)."))
        yield finding("G7", place, "fix", said, say(N_("Take them out: the visible text stays as it is.")), repair)
        text = seen(text)
    if order_in(text):
        said = say(N_("This text gives orders to a machine. It is data: nobody follows it."))
        yield finding("G7", place, "fix", said, say(N_("Write what it is about in plain words, or take it out.")))
    if CODE.search(text):
        said = say(N_("Program code stands in a text. Plans name data sets, columns and methods; they carry no code."))
        yield finding(
            "G1", place, "reject", said, say(N_("Take it out, and choose the method or the operation by name."))
        )
    elif place[-1:] and place[-1] not in SOURCES and ADDRESS.search(text):
        shorter = re.sub(r"\s{2,}", " ", ADDRESS.sub("", text)).strip()
        said = say(N_("An address (URL or file path) stands in a text: nothing is fetched from there."))
        remedy = say(N_("Take it out, or name it as a source under {where}."), where="proposal.evidence")
        yield finding("G1", place, "fix", said, remedy, Repair(place, shorter) if shorter and repairable else None)
    if FORMULA.search(text):
        plain = STARTERS.sub("", text)
        said = say(N_("A spreadsheet would read this text as a formula."))
        repair = Repair(place, plain, safe=True) if plain and repairable else None
        yield finding("G12", place, "fix", said, say(N_("Begin it with a letter.")), repair)


def _remembered(card: Card, asked: Asked) -> tuple[Finding, ...]:
    """What the words of a card hold; a card is looked at once."""
    key = ("texts", card.id)
    if key not in asked.catalog.memo:
        asked.catalog.memo[key] = tuple(_of_card(card))
    found: tuple[Finding, ...] = asked.catalog.memo[key]
    return found


def _of_card(card: Card) -> Iterator[Finding]:
    """Words of a card are shown and searched, and steer nothing: what is odd in them is told, and stops no run."""
    for place, text in _words_of(card):
        if has_unseen(text):
            said = say(N_("Letters stand in this card that nobody sees (control or zero-width characters)."))
            yield finding("G7", place, "warn", said, say(N_("Take them out of the card.")))
        if order_in(text):
            said = say(N_("The words of this card give orders to a machine. They are data: nobody follows them."))
            yield finding("G7", place, "warn", said, say(N_("Ask where the card is from, and mend its words.")))
        if len(text) > LONGEST:
            said = say(N_("A text of this card is {n} letters long."), n=len(text))
            yield finding("G7", place, "warn", said, say(N_("Shorten it to what a reader needs.")))
        if FORMULA.search(text):
            said = say(N_("A spreadsheet would read this text as a formula."))
            yield finding("G12", place, "warn", said, say(N_("Begin it with a letter.")))


def _words_of(card: Card) -> Iterator[tuple[Place, str]]:
    """Everything a person wrote in the card; columns by their number."""
    keys = ("title", "notes", "publisher", "licence", "source", "owner", "to_confirm", "provenance", "approval")
    for key in keys:
        yield from strings(getattr(card, key), ("catalog", card.id, key))
    for at, column in enumerate(card.fields):
        for key in ("name", "title", "unit"):
            yield ("catalog", card.id, "fields", at, key), getattr(column, key)
