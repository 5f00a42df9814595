"""A draft of factors (요인 초안): an outcome, what may go along with it by recipe, and what must stand in no model."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from sigun.catalog.search import needs
from sigun.catalog.snapshot import snapshot
from sigun.plan.proposal import Role
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.figures import Figure, part_of_run
from sigun.proposal.draft.outcome import Outcome, outcome_thing, outcomes
from sigun.proposal.draft.panel import Frame, neighbours, panel, shortened, time, unfit, variable, why_frame
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Said, Sketch
from sigun.text import N_, Message, language, say

RECIPES = Path(__file__).parent / "lists" / "factors.csv"
MOST = 12  # factors
POLICY = ("지원금", "장려금", "수당", "보조금", "grant", "subsidy")
FERTILE, YOUNG = (15, 49), (25, 34)
ESTIMATORS = ["pooled", "between", "within_region", "within_twoway", "first_difference"]
SPATIAL = ["spatial_lag", "spatial_error"]


@dataclass(frozen=True)
class Group:
    """A row of the recipes: factors that tell of one thing."""

    outcome: tuple[str, ...]
    names: dict[str, str]  # by language
    said: tuple[str, ...]
    expect: str
    reasons: dict[str, str]


@dataclass
class Chosen:
    """Factors as they are chosen, and why others are not."""

    groups: dict[str, list[Figure]] = field(default_factory=dict)
    expect: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, Message] = field(default_factory=dict)
    left_out: list[Message] = field(default_factory=list)
    missed: list[Message] = field(default_factory=list)  # of those, what the sentence names

    def figures(self) -> list[Figure]:
        """All of them, in order."""
        return [figure for group in self.groups.values() for figure in group]


@lru_cache(maxsize=1)
def recipes() -> tuple[Group, ...]:
    """The recipes that ship with the program."""
    with RECIPES.open(encoding="utf-8", newline="") as file:
        return tuple(_group(row) for row in csv.DictReader(file))


def _group(row: dict[str, str]) -> Group:
    names = {"ko": row["group"], "en": row["group_en"]}
    reasons = {"ko": row["reason"], "en": row["reason_en"]}
    return Group(tuple(row["outcome"].split("|")), names, tuple(row["said"].split("|")), row["expect"], reasons)


def of_factors(asked: Asked, shelf: Shelf) -> Sketch | Nothing:
    """The sketch of a factor analysis; nothing where no table tells the outcome, or nothing goes with it."""
    known = [word for group in recipes() for word in group.outcome]
    outcome = outcome_thing(asked, shelf, known=known)
    if outcome is None:
        return Nothing(say(N_("No table of regions and periods tells what is asked about.")))
    outcome, chosen = _told_with_most(outcome, asked, shelf)
    if not chosen.groups and not _women(outcome, shelf):
        why = N_("“{name}” is here, and no other table of the same regions and periods that could go along with it.")
        return Nothing(say(why, name=outcome.figure.title))
    return _sketch(outcome, chosen, shelf)


def _told_with_most(outcome: Outcome, asked: Asked, shelf: Shelf) -> tuple[Outcome, Chosen]:
    """Its factors; where what the sentence names would be lost, those of the figure of the same thing that loses least.

    Births by month lose a yearly 혼인율; births by year do not.
    """
    chosen = _choose(outcome, asked, shelf)
    if not chosen.missed:
        return outcome, chosen
    others = (one for one in outcomes(outcome.thing, asked, shelf) if one.figure.title == outcome.figure.title)
    tried = [(outcome, chosen), *((one, _choose(one, asked, shelf)) for one in others)]
    return min(tried, key=lambda pair: len(pair[1].missed))


def _choose(outcome: Outcome, asked: Asked, shelf: Shelf) -> Chosen:
    """Factors by the recipe of the outcome, then by the needs of the topic, then those the sentence names."""
    chosen = Chosen()
    others = [thing for thing in asked.things if thing is not outcome.thing]
    named = [f for thing in others for f in shelf.figures if f.means(thing.words) and f.ages is None]
    for figure in (*named, *(f for f in shelf.figures if f not in named)):
        if len(chosen.figures()) >= MOST or (
            figure.card.id == outcome.figure.card.id and figure.id == outcome.figure.id
        ):
            continue
        group = _group_of(figure, outcome, asked)
        if group is None and _moved(figure, outcome):
            chosen.left_out.append(_bad_control(figure))
        if group is None or any(figure.title == other.title for other in chosen.figures()):
            continue
        against = _against(figure, outcome, shelf)
        if against is not None:
            chosen.left_out.append(against)
            chosen.missed += [against] if figure in named else []
            continue
        name, expect, why = group
        chosen.groups.setdefault(name, []).append(figure)
        chosen.expect.setdefault(name, expect)
        chosen.reasons.setdefault(name, why)
    return chosen


def _group_of(figure: Figure, outcome: Outcome, asked: Asked) -> tuple[str, str, Message] | None:
    """Group, expected sign and reason of a figure; none where nothing speaks for it."""
    if figure.means(outcome.thing.words) or figure.means(POLICY):
        return None
    for group in recipes():
        if outcome.figure.means(group.outcome) and figure.means(group.said):
            lang = language()
            return group.names[lang], group.expect, say("{said}", said=group.reasons[lang])
    for thing in asked.things:
        if thing is not outcome.thing and figure.means(thing.words):
            return thing.name, "?", say(N_("“{said}” in the sentence."), said=thing.said)
    for need in needs(asked.sentence, asked.lists, "factors"):
        if need.role in ("cause", "environment") and figure.means(need.words):
            return (
                figure.title,
                "?",
                say(N_("Data a question on this topic usually needs: {word}."), word=need.words[0]),
            )
    return None


def _against(figure: Figure, outcome: Outcome, shelf: Shelf) -> Message | None:
    """Why a figure stands in no model; none where it may."""
    held = shelf.holding(figure.card.id)
    if held is None:
        return say(N_("The file of “{name}” cannot be read."), name=figure.title)
    if _moved(figure, outcome):
        return _bad_control(figure)
    if figure.measure is None:
        return say(N_("The card of “{name}” does not say what kind of figure it is."), name=figure.title)
    return unfit(figure, held, outcome.frame)


def _moved(figure: Figure, outcome: Outcome) -> bool:
    """Whether its card says that the outcome moves it."""
    return bool({outcome.figure.id, *outcome.figure.columns} & {*figure.moved_by})


def _bad_control(figure: Figure) -> Message:
    bad = N_("“{name}” is moved by the outcome itself (its card says so): held equal, it would hide what is asked.")
    return say(bad, name=figure.title)


def reason_of(group: str, outcome: str) -> str:
    """Why factors of a group are thought to go along with the outcome; empty where no recipe says so."""
    fits = (one for one in recipes() if group in one.names.values() and any(word in outcome for word in one.outcome))
    return next((one.reasons[language()] for one in fits), "")


def _sketch(outcome: Outcome, chosen: Chosen, shelf: Shelf) -> Sketch:
    women = _women(outcome, shelf)
    used = [outcome.figure, *women, *chosen.figures()]
    frame = shortened(outcome.frame, [h for f in used if (h := shelf.holding(f.card.id)) is not None])
    variables, ids = _variables(used, frame, shelf)
    derived, controls = _derived(women, ids)
    factors, made = _groups(chosen, ids, women, shelf)
    if not factors:  # ages of women alone: how many of them are young
        young = str(say(N_("Young women")))
        factors, controls = [{"group": young, "variables": controls, "lag": [0, 1], "expect": "+"}], []
    counted = outcome.figure.measure == "flow"
    where = neighbours(frame, shelf)
    step: dict[str, Any] = {
        "method": "factors",
        "outcome": {"variable": ids[id(outcome.figure)]},
        "factors": factors,
        **({"controls": controls} if controls else {}),
        "estimators": [*ESTIMATORS, *(["poisson"] if counted else []), *(SPATIAL if where else [])],
        **({"exposure": ids[id(women[0])]} if women and counted else {}),
        **({"weight": ids[id(women[0])]} if women else {}),
    }
    tables = list(dict.fromkeys(figure.card.id for figure in used))
    data: dict[str, Any] = {"tables": tables, **({"outlines": where} if where else {})}
    asked_panel = panel(frame, variables, [*derived, *made])
    if where:
        asked_panel["neighbours"] = {"outlines": True}
    size = next((ids[id(f)] for f in used if f.additive), None)
    if size:
        asked_panel["size"] = size
    return Sketch(
        parts={"data": data, "time": time(frame), "panel": asked_panel, "steps": [{"method": "coverage"}, step]},
        about=ids[id(outcome.figure)],
        reasons=tuple(_reasons(outcome, chosen, frame, bool(women))),
        questions=tuple(_questions(shelf, outcome)),
        roles=_roles(outcome, women, chosen, where),
        notes=tuple(chosen.missed),
    )


def _women(outcome: Outcome, shelf: Shelf) -> list[Figure]:
    """Women of 15–49 and of 25–34, where births are asked about and a table tells ages."""
    if not outcome.figure.means(("출생", "출산", "birth", "fertility", "tfr")):
        return []
    for figure in shelf.figures:
        held = shelf.holding(figure.card.id)
        whole, young = part_of_run(figure, *FERTILE), part_of_run(figure, *YOUNG)
        if (
            whole
            and young
            and figure.means(("여성", "women", "female"))
            and held
            and not unfit(figure, held, outcome.frame)
        ):
            return [whole, young]
    return []


def _variables(used: Sequence[Figure], frame: Frame, shelf: Shelf) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """Variables of the panel, and the id each figure has in it."""
    variables: list[dict[str, Any]] = []
    ids: dict[int, str] = {}
    for figure in used:
        held = shelf.holding(figure.card.id)
        assert held is not None  # what cannot be read was not chosen
        variables.append(variable(figure, held, frame, list(ids.values())))
        ids[id(figure)] = str(variables[-1]["id"])
    return variables, ids


def _derived(women: list[Figure], ids: dict[int, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """The share of young women, held equal: births follow how many there are."""
    if not women:
        return [], []
    whole, young = (ids[id(figure)] for figure in women)
    title = say(N_("women of 25–34 among those of 15–49"))
    share = {"id": "share_25_34", "op": "share", "of": young, "among": whole, "title": str(title)}
    return [share], ["share_25_34"]


def _groups(
    chosen: Chosen, ids: dict[int, str], women: list[Figure], shelf: Shelf
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The groups of factors; counts enter for so many women, or as logarithms where they are never nothing."""
    groups, made = [], []
    for name, figures in chosen.groups.items():
        members = []
        for figure in figures:
            own = ids[id(figure)]
            if figure.additive and (women or above_zero(figure, shelf)):
                derived = _of_count(own, figure, ids[id(women[0])] if women else None)
                made.append(derived)
                own = derived["id"]
            members.append(own)
        groups.append({"group": name, "variables": members, "lag": [1], "expect": chosen.expect[name]})
    return groups, made


def above_zero(figure: Figure, shelf: Shelf) -> bool:
    """Whether no value of a figure is nothing or less: only then has every one a logarithm."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    column = figure.columns[0].partition("..")[0]
    table = pq.read_table(snapshot(figure.card, shelf.catalog.workspace).path, columns=[column])
    return bool((pc.min(table[column]).as_py() or 0) > 0)


def _of_count(name: str, figure: Figure, women: str | None) -> dict[str, Any]:
    if women is None:
        title = say(N_("{name} (log)"), name=figure.title)
        return {"id": f"ln_{name}"[:40], "op": "log", "of": name, "title": str(title)}
    title = say(N_("{name}, for 1,000 women of 15–49"), name=figure.title)
    return {"id": f"{name[:34]}_per_1k", "op": "rate", "of": name, "per": women, "times": 1000, "title": str(title)}


def _reasons(outcome: Outcome, chosen: Chosen, frame: Frame, women: bool) -> Iterator[Said]:
    said = {"said": outcome.thing.said, "name": outcome.figure.title}
    yield Said(
        "steps.factors.outcome", say(N_("“{said}” in the sentence: “{name}” is what the tables tell of it."), **said)
    )
    yield from why_frame(frame, outcome.figure.title)
    for name, why in chosen.reasons.items():
        yield Said("steps.factors.factors", say(N_("{group}: {why}"), group=name, why=str(why)))
    lag = N_("Each factor stands one period before the outcome: what comes first cannot follow from it.")
    yield Said("steps.factors.factors", say(lag))
    if women:
        held = N_("The share of young women is held equal: births follow how many there are.")
        yield Said("steps.factors.controls", say(held))
    two = N_("Both levels and changes inside regions are looked at: they fail in different ways.")
    yield Said("steps.factors.estimators", say(two))
    for message in chosen.left_out:
        yield Said("panel.variables", message)


def _questions(shelf: Shelf, outcome: Outcome) -> Iterator[Said]:
    yield Said(
        "steps.factors.factors",
        say(N_("Are the signs expected of the factors yours, too? They are fixed before the run.")),
    )
    policy = next((f for f in shelf.figures if f.means(POLICY)), None)
    if policy is not None and not outcome.figure.means(POLICY):
        ask = N_("“{name}” is a policy: shall its effect be looked at beside (effect)?")
        yield Said("steps", say(ask, name=policy.title))


def _roles(outcome: Outcome, women: list[Figure], chosen: Chosen, where: str | None) -> dict[str, Role]:
    roles: dict[str, Role] = {figure.card.id: "cause" for figure in chosen.figures()}
    roles |= {figure.card.id: "exposure" for figure in women}
    roles |= {outcome.figure.card.id: "target"}
    return roles | ({where: "boundary"} if where else {})
