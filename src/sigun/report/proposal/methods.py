"""Methods and how they are checked (분석방법과 검증), in words an official knows, told from what is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sigun.report.blocks import Block, Items
from sigun.report.proposal.labels import BESIDE, COMPARED, DESCRIBED, EVERY
from sigun.report.proposal.scope import ahead
from sigun.report.proposal.told import Told
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import N_, _

Said = Iterator[Sentence]
Teller = Callable[[Told, str, Any], Said]  # the plan, the path of the step, the step


ALWAYS: Mapping[str, str] = {
    "quality": N_("Errors, repeats and gaps in collection are looked for first, and what was done about them is told"),
    "coverage": N_("Which regions and periods are observed, what was lost, and whether sums agree is looked at first"),
}
"""Steps that are told the same way in every plan."""

ALWAYS_CHECKED: Mapping[str, str] = {
    "effect": N_(
        "Effect: courses before the start must agree, and made-up starts must show nothing; where a check fails no "
        "effect is told"
    ),
    "before_after": N_("Before and after: a comparison with its interval, which proves no effect"),
    "supply_demand": N_("Supply and demand: whether the same areas lack places with distance counted in other ways"),
}


def blocks(told: Told) -> tuple[Block, ...]:
    """The author's own words on the method, the steps, and the checks."""
    own = told.prose("proposal.method")
    said = (
        *_same(told, ALWAYS),
        *_of_group(told, _("Characteristics: {names}"), DESCRIBED),
        *_of_group(told, _("What goes along with it (association, no cause): {names}"), BESIDE),
    )
    steps = tuple(one for i, step in enumerate(told.plan.steps) for one in _told(HOW, told, i, step))
    checks = tuple(one for i, step in enumerate(told.plan.steps) for one in _told(CHECKED, told, i, step))
    seed = told.text("seed", str(told.plan.seed))
    again = sentence(_("Same data, same plan: the same figures (seed of chance {seed})"), seed=seed)
    return (
        *((Items(own, _("Approach")),) if own else ()),
        Items((*said, *steps), _("Methods of analysis")),
        Items((*checks, *_same(told, ALWAYS_CHECKED), again), _("Checks")),
    )


def _same(told: Told, words: Mapping[str, str]) -> Said:
    yield from (sentence(_(words[step.method])) for step in told.plan.steps if step.method in words)


def _of_group(told: Told, template: str, words: Mapping[str, str]) -> Said:
    """Steps of one kind in one sentence."""
    steps = enumerate(told.plan.steps)
    names = [told.called(f"steps.{i}.method", words) for i, step in steps if step.method in words]
    if names:
        yield sentence(template, names=listed(names))


def _told(tellers: Mapping[str, Teller], told: Told, i: int, step: Any) -> Said:
    if step.method in tellers:
        yield from tellers[step.method](told, f"steps.{i}", step)


def _factors(told: Told, at: str, step: Any) -> Said:
    groups = []
    for i, group in enumerate(step.factors):
        names = [told.column(name, f"{at}.factors.{i}.variables.{k}") for k, name in enumerate(group.variables)]
        title = told.say(f"{at}.factors.{i}.group")
        groups.append(
            sentence(_("{group} ({names})"), group=title, names=listed(names)) if group.group else listed(names)
        )
    outcome = told.column(step.outcome.variable, f"{at}.outcome.variable")
    yield sentence(_("Factor analysis: outcome {outcome}; factors {factors}"), outcome=outcome, factors=listed(groups))
    if step.controls:
        names = [told.column(name, f"{at}.controls.{i}") for i, name in enumerate(step.controls)]
        yield sentence(_("Held equal: {names}"), names=listed(names))
    yield sentence(
        _("Differences between regions and changes inside one region are told apart (association, no cause)")
    )


def _treated(told: Told, at: str, step: Any) -> Sentence:
    """What began: by its title, the column, or the regions."""
    if step.treatment.title:
        return Sentence((told.say(f"{at}.treatment.title"),))
    if step.treatment.variable:
        return Sentence((told.column(step.treatment.variable, f"{at}.treatment.variable"),))
    return listed([told.text(f"{at}.treatment.starts", name) for name in step.treatment.starts])


def _effect(told: Told, at: str, step: Any) -> Said:
    outcome = told.column(step.outcome.variable, f"{at}.outcome.variable")
    yield sentence(
        _("Policy {treatment}, outcome {outcome}: changes where it began are set against changes where it did not"),
        treatment=_treated(told, at, step),
        outcome=outcome,
    )


def _before_after(told: Told, at: str, step: Any) -> Said:
    outcome = told.column(step.outcome.variable, f"{at}.outcome.variable")
    if isinstance(step.comparison, str):
        others = Sentence((told.called(f"{at}.comparison", COMPARED),))
    else:
        others = listed(told.each(f"{at}.comparison"))
    yield sentence(
        _("Before and after {treatment}, outcome {outcome}: the change there beside the change in {others}"),
        treatment=_treated(told, at, step),
        outcome=outcome,
        others=others,
    )


def _supply(told: Told, at: str, step: Any) -> Said:
    yield sentence(
        _("Supply and demand: {facilities} within {km} of each area, set against {demand}; where places lack most"),
        facilities=told.card(step.facilities, f"{at}.facilities"),
        km=told.say(f"{at}.within_km", "km"),
        demand=told.column(step.demand, f"{at}.demand"),
    )
    if step.kinds:
        yield sentence(_("Only places of the kind {kinds}"), kinds=listed(told.each(f"{at}.kinds")))


def _summary(told: Told, at: str, step: Any) -> Said:
    names = [told.column(name, f"{at}.variables.{i}") for i, name in enumerate(step.variables)]
    if names:
        yield sentence(_("Middle, spread, ends and course of {names}"), names=listed(names))
    else:
        yield sentence(_("Middle, spread, ends and course of every column"))


def _forecast(told: Told, at: str, _step: Any) -> Said:
    yield sentence(_("Forecast by place for the next {horizon}, with intervals"), horizon=ahead(told, f"{at}.horizon"))


def _patrol(told: Told, at: str, step: Any) -> Said:
    share = told.say(f"{at}.random_share", "level")
    days = told.say(f"{at}.days", "days")
    if step.hours is not None:
        hours = told.say(f"{at}.hours", "hours")
        yield sentence(
            _("Order of patrol: {hours} a day over {days}, {share} of it free of the forecast"),
            hours=hours,
            days=days,
            share=share,
        )
    else:
        yield sentence(
            _("Order of patrol: {places} a day over {days}, {share} of them free of the forecast"),
            places=told.say(f"{at}.capacity", "places"),
            days=days,
            share=share,
        )


def _backtest(told: Told, at: str, _step: Any) -> Said:
    yield sentence(
        _(
            "Check on the past: at each {every} of {months} months the forecast is made with what was known by then, "
            "and held against what came and against simple rules"
        ),
        every=told.called(f"{at}.every", EVERY),
        months=told.say(f"{at}.months", "number"),
    )


def _hotspot(told: Told, at: str, _step: Any) -> Said:
    yield sentence(
        _("Dense areas: {draws} at random, false finds held to {q}"),
        draws=told.say(f"{at}.draws", "draws"),
        q=told.say(f"{at}.false_discovery", "level"),
    )


def _factors_checked(told: Told, at: str, _step: Any) -> Said:
    yield sentence(
        _(
            "Factors: false finds among all that is tried held to {q}; other ways of asking, other periods and regions "
            "left out are tried; few regions are allowed for"
        ),
        q=told.say(f"{at}.inference.multiplicity.q", "level"),
    )


HOW: Mapping[str, Teller] = {
    "factors": _factors,
    "effect": _effect,
    "before_after": _before_after,
    "supply_demand": _supply,
    "summary": _summary,
    "forecast": _forecast,
    "patrol": _patrol,
}

CHECKED: Mapping[str, Teller] = {
    "backtest": _backtest,
    "hotspot": _hotspot,
    "factors": _factors_checked,
}
