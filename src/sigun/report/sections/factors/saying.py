"""How the rooms of the factor analysis say things (요인 분석의 말): amounts with units, names in a row, what was asked."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sigun.plan.steps import FactorAnalysis
from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.measures import united
from sigun.report.numbers import write_number
from sigun.report.wording import DENIALS, Sentence, Shown, Value, listed, sentence
from sigun.text import N_, _

STEP = "factors"
CONSTANT = N_("(constant)")
NAMED = 4  # names in a row; of more, the first and how many there are
FEW = 50  # clusters; with fewer, the error by clusters alone is too small
CLEAR = 0.05
STEADY = 0.8  # share of the ways of asking that have the same sign
WITHIN = (
    "within_region",
    "within_twoway",
    "first_difference",
    "poisson",
    "spatial_lag",
    "spatial_error",
    "spatial_durbin",
)
LABELS = (
    *(N_("pooled"), N_("between"), N_("within_region"), N_("within_twoway"), N_("first_difference")),
    *(N_("random_effects"), N_("poisson"), N_("spatial_lag"), N_("spatial_error"), N_("spatial_durbin")),
    *(N_("holds"), N_("between_only"), N_("unstable"), N_("unseen"), N_("not_testable")),
    *(N_("hausman"), N_("mundlak"), N_("cd"), N_("moran"), N_("lm_lag"), N_("lm_error")),
    *(N_("robust_lm_lag"), N_("robust_lm_error"), N_("level"), N_("difference"), N_("region"), N_("time")),
    N_("unclear"),
    *(N_("boosting"), N_("persistence"), N_("mean"), N_("rho"), N_("lambda"), N_("rejected"), N_("not_rejected")),
    *(N_("lag"), N_("transform"), N_("controls"), N_("weights"), N_("sample"), N_("estimator"), N_("periods")),
    *(N_("regions_differ"), N_("dependent"), N_("unit_by_unit"), N_("all"), N_("no_controls"), N_("alone")),
    *(N_("alone_with_controls"), N_("complete"), N_("settled"), N_("earlier"), N_("later"), N_("bartlett")),
    *(
        N_("outcome"),
        N_("residuals"),
        N_("outlines"),
        N_("log"),
        N_("iid"),
        N_("wild_cluster"),
        N_("driscoll_kraay"),
        N_("conley"),
        N_("randomisation"),
    ),
    *(N_("least squares, two-way effects solved directly"), N_("WCR, Rademacher")),
)
"""Names of the tables as words."""
NUMBERED = (N_("hc1"), N_("crv1"), N_("crv1_period"), N_("crv1_region_period"), N_("crv3"))
"""Names of errors that hold a digit; they enter as values."""
RULES = (
    N_("linearmodels"),
    N_("min"),
    N_("uncounted"),
    N_("conventional"),
    N_("jackknife"),
    N_("exact"),
    N_("sandwich"),
    N_("fixest"),
)
"""Small-sample rules."""


def denial(name: str) -> Sentence:
    """One of the sentences that say what is no cause."""
    return sentence(_(DENIALS[name]))


def outcome(ev: Evidence) -> Shown:
    """What is told of."""
    return ev.word(STEP, "outcome")


def asked(ev: Evidence) -> FactorAnalysis:
    """The step as the plan has it."""
    step = ev.finished.plan.step(STEP)
    assert isinstance(step, FactorAnalysis)  # its result would not be there
    return step


def label_of(ev: Evidence, fact: str) -> Value:
    """A fact that is the name of something, in words; a dash where there is none."""
    row = ev.row(STEP, "facts", fact)
    return DASH if row is None or not row.get("text") else row.show("text", "label")


def measured_outcome(ev: Evidence) -> Sentence:
    """What is told of, and its unit where it has one."""
    if not ev.text(STEP, "outcome_unit"):
        return Sentence((outcome(ev),))
    return sentence(_("{outcome} ({unit})"), outcome=outcome(ev), unit=ev.word(STEP, "outcome_unit"))


def one_period(ev: Evidence) -> bool:
    """Whether the data are of one period, so that nothing changes within a region."""
    return ev.number(STEP, "periods") == 1


def inside(ev: Evidence, row: Row | None = None) -> bool:
    """Whether the answer (of that factor) rests on change within regions."""
    used = ev.text(STEP, "main") if row is None or not row.get("estimator") else str(row["estimator"])
    return not one_period(ev) and used in WITHIN


def of_verdict(ev: Evidence, verdict: str) -> list[Row]:
    """The factors of that verdict, in the order of the answer."""
    return [r for r in ev.rows(STEP, "answer") if r["verdict"] == verdict]


def title_of(ev: Evidence, row: Row) -> Shown:
    """The factor's title: the row's own, else that of the answer or of the terms, else its id."""
    if row["term"] == CONSTANT:
        return row.show("term", "translated")
    for known in (row, ev.row(STEP, "answer", row["term"]), ev.row(STEP, "terms", row["term"])):
        if known is not None and known.get("title"):
            return known.show("title", "word")
    return row.show("term", "label")


def fades(row: Row) -> bool:
    """Whether what goes along within regions is clear no longer once what all regions share in a period is out."""
    ends = [row.get(c) for c in ("within_region_low", "within_region_high", "low", "high")]
    if row["verdict"] != "unstable" or any(end is None for end in ends):
        return False
    return bool(ends[0] * ends[1] > 0 and ends[2] * ends[3] <= 0)


def vanishes(row: Row) -> bool:
    """Whether it fades for certain: the later interval leaves the earlier estimate out. Of two estimates, one clear
    and the other not, nothing follows as long as both may be the same."""
    before = row.get("within_region")
    return fades(row) and before is not None and not row["low"] <= before <= row["high"]


def led(row: Row) -> bool:
    """Whether it keeps its sign over the ways of asking, and what is against it is that a later value goes along too."""
    lead, same = row.get("lead_p"), row.get("same_sign")
    return bool(row["verdict"] == "unstable" and lead is not None and lead < CLEAR and (same is None or same >= STEADY))


def missed(ev: Evidence, row: Row) -> bool:
    """Whether it is no find among all that was tried."""
    p, q, held_to = row.get("p"), row.get("q"), ev.number(STEP, "q")
    return p is None or p >= CLEAR or (q is not None and held_to is not None and q > held_to)


def names(ev: Evidence, rows: Sequence[Row], fact: str) -> Sentence:
    """Titles in a row; of many the first, and how many there are."""
    said = [title_of(ev, r) for r in rows]
    if len(said) <= NAMED or ev.number(STEP, fact) != len(said):
        return listed(list(said))
    return sentence(_("{names} and others, {n}"), names=listed(list(said[:NAMED])), n=ev.fact(STEP, fact, "factors"))


def place_of(ev: Evidence, row: Row) -> Sentence:
    """A region by its name, with its province where others have the same, else by its code."""
    if not row.get("name"):
        return Sentence((row.show("region", "word"),))
    name = Sentence((row.show("name", "word"),))
    known = ev.row(STEP, "places", row["region"])
    if known is None or not known.get("sido_name") or _alone(ev, str(row["name"])):
        return name
    return listed([known.show("sido_name", "word"), name], " ")


def _alone(ev: Evidence, name: str) -> bool:
    return sum(str(r.get("name")) == name for r in ev.rows(STEP, "places")) < 2


def digits(*values: float | None) -> int:
    """Places behind the point that give the largest of the values three significant digits."""
    sizes = [abs(v) for v in values if v is not None and math.isfinite(v) and v != 0]
    return min(max(2 - math.floor(math.log10(max(sizes))), 0), 8) if sizes else 0


def amount(row: Row, column: str, unit: str = "effect_unit", low: str = "low", high: str = "high") -> Sentence:
    """`0.0248명 (95 % 구간 0.0121–0.0375)`: as many places for the bounds as for the estimate."""
    places = digits(row.get(column), row.get(low), row.get(high))
    estimate = united(row, column, unit, "number", places)
    held = bounds(row, column, low, high)
    return estimate if held is None else Sentence((*estimate.pieces, " (", *held.pieces, ")"))


def bounds(row: Row, column: str, low: str = "low", high: str = "high") -> Sentence | None:
    """`95 % 구간 0.0121–0.0375`, or nothing where there is none."""
    if row.get(low) is None or row.get(high) is None:
        return None
    return sentence(_("{level} interval {bounds}"), level=level_of(row.method), bounds=span(row, column, low, high))


def span(row: Row, column: str, low: str, high: str) -> Sentence:
    """An interval alone, for a cell, with the places of its estimate."""
    if row.get(low) is None or row.get(high) is None:
        return DASH
    places = digits(row.get(column), row.get(low), row.get(high))
    between = "–" if row[low] >= 0 else " ~ "
    return Sentence((row.show(low, "number", places), between, row.show(high, "number", places)))


def figure(row: Row, column: str, *beside: str) -> Value:
    """A number for a cell, with the places of what stands beside it; a dash where there is none."""
    if row.get(column) is None:
        return DASH
    return row.show(column, "number", digits(row.get(column), *(row.get(c) for c in beside)))


def cell(row: Row, column: str, form: str, decimals: int | None = None) -> Value:
    """A value for a cell, a dash where there is none."""
    return DASH if row.get(column) is None or row.get(column) == "" else row.show(column, form, decimals)


def joined(*said: Sentence | None) -> Sentence:
    """Sentences one after the other, as one."""
    there = [s for s in said if s is not None]
    return Sentence(tuple(p for s in there for p in (" ", *s.pieces))[1:])


def said_of(row: Row, column: str) -> tuple[Sentence, ...]:
    """A stored message as a sentence; nothing where there is none."""
    return (Sentence((row.message(column),)),) if row.get(column) else ()


def is_true(row: Row, column: str) -> bool:
    """Whether a mark is set; a table without it marks nothing."""
    return bool(row.get(column) or False)


def written(value: float) -> str:
    """A number as in the sentences."""
    return write_number(value, digits(value))


DASH = Sentence(("–",))
