"""A draft of reports (신고·사건 초안): where and when there are many, what goes with it, what is to come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sigun.catalog.card import Card
from sigun.catalog.search.sentence import tight_of
from sigun.plan.families import Family
from sigun.plan.proposal import Role
from sigun.proposal.draft.asked import Asked, Thing
from sigun.proposal.draft.figures import Figure, figures
from sigun.proposal.draft.holding import Holding
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Said, Sketch
from sigun.proposal.draft.subject import worth
from sigun.text import N_, Message, say

PEOPLE = ("인구", "주민등록인구", "population", "거주인구")
WEEK, MONTH = "7d", "1mo"
USUAL_PLACES = 10


def of_events(asked: Asked, shelf: Shelf, family: Family) -> Sketch | Nothing:
    """The sketch of a plan of reports; nothing where no register of what is asked is here."""
    found = subject_of(asked, shelf)
    if found is None:
        ahead = N_("A forecast needs a register of reports (one row a report) on this; the catalogue has none.")
        told = N_("No register of reports (one row a report) on this is in the catalogue.")
        return Nothing(say(ahead if family == "forecast" else told))
    card, thing = found
    data, reasons, roles = _data(card, thing, shelf)
    steps, why = _steps(asked, card, data, shelf, family)
    kinds, narrowed = _only(asked, card, shelf, thing)
    pointless = not _has_points(card, data)
    by_area = pointless or (asked.level == "dong" and "outlines" in data)
    why_area = N_("The register tells no points: places are areas.") if pointless else N_("The sentence names areas.")
    unit = [_said("space.unit", say(why_area))] if by_area else []
    return Sketch(
        parts={
            "data": data,
            **({"space": {"unit": "area"}} if by_area else {}),
            **({"only": {"kinds": kinds}} if kinds else {}),
            "steps": steps,
        },
        about=card.id,
        reasons=(*reasons, *unit, *narrowed, *why),
        questions=tuple(_questions(asked, card, shelf, family)),
        roles=roles,
    )


def subject_of(asked: Asked, shelf: Shelf) -> tuple[Card, Thing] | None:
    """The register a thing of the sentence is about: the one whose title it fills best; things in their order."""
    best: tuple[float, Card, Thing] | None = None
    for at, thing in enumerate(asked.things):
        for card in shelf.of_kind("events"):
            fits = worth(card, thing) * 0.9**at
            if fits > (best[0] if best else 0.0):
                best = (fits, card, thing)
    return _by_kind(asked, shelf) if best is None else best[1:]


def _by_kind(asked: Asked, shelf: Shelf) -> tuple[Card, Thing] | None:
    """The one register that knows a thing of the sentence as a kind: 이륜차; none where several or none do."""
    pairs = [
        (card, thing)
        for card in shelf.of_kind("events")
        for thing in asked.things
        if (held := shelf.holding(card.id)) and {tight_of(k) for k in held.kinds} & {tight_of(w) for w in thing.words}
    ]
    return pairs[0] if len({card.id for card, _thing in pairs}) == 1 else None


def _data(card: Card, thing: Thing, shelf: Shelf) -> tuple[dict[str, Any], list[Said], dict[str, Role]]:
    """The cards of each role, and why."""
    data: dict[str, Any] = {"events": card.id}
    roles: dict[str, Role] = {card.id: "target"}
    why = say(N_("“{said}” in the sentence: the register “{title}”."), said=thing.said, title=card.title)
    reasons = [_said("data.events", why)]
    for role, name, purpose, message in _beside(card, shelf):
        data.setdefault(role, []).append(name) if role in ("areas", "area_periods") else data.setdefault(role, name)
        roles[name] = purpose
        reasons.append(_said(f"data.{role}", message))
    return data, reasons, roles


def _beside(card: Card, shelf: Shelf) -> Iterator[tuple[str, str, Role, Message]]:
    """(role in the plan, card, what it is for, why): outlines and figures of areas, weather, addresses."""
    figures_here = [h for h in shelf.tables() if h.level in ("dong", "own") and not h.card.own_regions]
    outlines = shelf.outlines_of_any([h.regions for h in figures_here])
    if outlines is not None:
        yield "outlines", outlines.id, "boundary", say(N_("Outlines of areas: maps, and names of places."))
        inside = shelf.names_in(outlines)
        for held in figures_here:
            if not _told_by(held, inside):
                continue
            role: Role = "exposure" if _people(held.card) else "cause"
            kind = "areas" if held.span is None else "area_periods"
            if held.span in (None, "month"):
                yield kind, held.card.id, role, say(N_("Figures of the same areas, set beside the reports."))
    for weather in shelf.of_kind("weather")[:1]:
        yield "weather", weather.id, "environment", say(N_("Weather of the days, set beside the reports."))
    if card.column("address") is not None:
        for table in shelf.of_kind("addresses")[:1]:
            yield "addresses", table.id, "key", say(N_("Points for reports that tell an address alone."))
    for stations in shelf.of_kind("stations")[:1]:
        yield "stations", stations.id, "key", say(N_("Where the weather was observed."))


def _told_by(held: Holding, inside: frozenset[str]) -> bool:
    return len(held.regions & inside) >= 0.5 * max(1, len(held.regions))


def _people(card: Card) -> Figure | None:
    """The figure of people living in an area; none where the card tells none."""
    counts = [f for f in figures((card,)) if f.measure == "stock" and f.means(PEOPLE)]
    return max(counts, key=lambda f: (f.closeness(PEOPLE), f.id), default=None)


def _steps(
    asked: Asked, card: Card, data: Mapping[str, Any], shelf: Shelf, family: Family
) -> tuple[list[dict[str, Any]], list[Said]]:
    """The steps these data can answer, in the usual order, and why each particular one is there."""
    exposure = next((p.id for name in data.get("areas", ()) if (p := _people(shelf.card(name)))), None)
    per = {} if exposure is None else {"exposure": exposure}
    roles, beside = {c.role for c in card.fields}, bool(data.get("areas") or data.get("area_periods"))
    together = beside and "outlines" in data
    said: list[dict[str, Any]] = [{"method": "quality"}, {"method": "trend"}, {"method": "rhythm"}]
    said += [{"method": "kinds"}] if "kind" in roles else []
    said += [{"method": "concentration"}, {"method": "hotspot", **per}]
    said += _vehicles(card)
    said += [{"method": "duration"}] if roles & {"closed_at", "updated_at"} else []
    if family in ("describe", "factors", "forecast") and together:
        said += [{"method": "area_factors", **per}, {"method": "occurrence", **per}]
    said += [{"method": "weather"}] if "weather" in data else []
    reasons = [_said("steps.hotspot", say(N_("People of the areas are the denominator: more people, more reports.")))]
    ahead, why = _ahead(asked) if family == "forecast" else ([], [])
    return [*said, *ahead], [*(reasons if per else []), *why]


def _vehicles(card: Card) -> list[dict[str, Any]]:
    """Which reports are of one vehicle, where the register tells vehicles apart."""
    compare = [str(c.id) for c in card.values() if c.id]
    if card.column("vehicle_key") is None and not compare:
        return []
    return [{"method": "same_vehicle", **({"compare": compare} if compare else {})}]


def _ahead(asked: Asked) -> tuple[list[dict[str, Any]], list[Said]]:
    """Forecast, its check on the past, and the list of places where one is asked for."""
    horizon, words = asked.ahead or (WEEK, "")
    every = WEEK if horizon == WEEK else MONTH
    steps: list[dict[str, Any]] = [
        {"method": "backtest", "every": every, "months": 12},
        {"method": "forecast", "horizon": horizon},
    ]
    said = next((words for family, words in asked.families if family == "forecast"), "")
    reasons = []
    if said:
        ask = say(N_("“{said}” asks about what is to come: a forecast, and its check on the past."), said=said)
        reasons.append(_said("steps.forecast", ask))
    usual = say(N_("The sentence names no stretch of time: one week ahead, as patrols are planned by weeks."))
    named = say(N_("“{said}” in the sentence."), said=words)
    reasons.append(_said("steps.forecast.horizon", named if words else usual))
    if asked.patrol or horizon == WEEK:
        patrol = {"method": "patrol", "capacity": asked.capacity or USUAL_PLACES, "days": 7, "random_share": 0.1}
        steps.append(patrol)
        why = say(N_("A tenth of the visits is left to chance, so that places nobody looks at are seen, too."))
        reasons.append(_said("steps.patrol.random_share", why))
    return steps, reasons


def _only(asked: Asked, card: Card, shelf: Shelf, thing: Thing) -> tuple[list[str], list[Said]]:
    """Kinds of the register the sentence names: 이륜차."""
    held = shelf.holding(card.id)
    others = (t for t in asked.things if t is not thing or worth(card, t) < 1)  # a kind may be all that is named
    words = {tight_of(w) for t in others for w in (*t.words, t.said)}
    tight = tight_of(asked.sentence)
    kinds = [
        k
        for k in (held.kinds if held else ())
        if len(tight_of(k)) > 1 and (tight_of(k) in tight or tight_of(k) in words)
    ]
    if not kinds:
        return [], []
    return kinds, [
        _said(
            "only.kinds",
            say(N_("The sentence names {kinds}: only these reports are looked at."), kinds=", ".join(kinds)),
        )
    ]


def _has_points(card: Card, data: Mapping[str, Any]) -> bool:
    told = {c.role for c in card.fields}
    return bool(told & {"longitude", "x"}) or "addresses" in data or "outlines" not in data


def _questions(asked: Asked, card: Card, shelf: Shelf, family: Family) -> Iterator[Said]:
    if family == "forecast" and asked.capacity is None:
        yield _said("steps.patrol.capacity", say(N_("How many places a day can be visited? Ten are written for now.")))
    if family == "forecast" and asked.ahead is None:
        yield _said("steps.forecast.horizon", say(N_("How far ahead should be looked: a week, a month?")))
    others = [c for c in shelf.of_kind("events") if c.id != card.id]
    alike = [c for c in others if set(tight_of(c.title)) & set(tight_of(card.title))]
    for other in _same_topic(alike, card, asked):
        ask = N_(
            "“{title}” seems to be another register of the same reports: shall holes in collection be checked "
            "against it?"
        )
        yield _said("data.second_source", say(ask, title=other.title))


def _same_topic(others: Sequence[Card], card: Card, asked: Asked) -> list[Card]:
    """Registers that the same thing of the sentence means as well."""
    things = [t for t in asked.things if worth(card, t)]
    return [other for other in others if any(worth(other, t) >= 1 for t in things)][:1]


def _said(path: str, message: Message) -> Said:
    return Said(path, message)
