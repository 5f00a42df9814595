"""Phrases of the 기획안 by family (분석유형별 문장): what a rule writes, with places for names, and no figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sigun.plan.families import Family
from sigun.text import N_

Pair = tuple[str, str]


@dataclass(frozen=True)
class Phrases:
    """What is written for one family; `{subject}`, `{unit}`, `{treatment}` are filled in."""

    title: str
    question: str
    problem: str
    questions: tuple[str, ...]
    decision: str
    method: str
    use: str
    outputs: tuple[tuple[str, str], ...]  # kind, audience
    effects: tuple[tuple[str, str, str], ...]  # indicator, base, measured
    risks: tuple[Pair, ...]
    analysis: str  # of the schedule


REPORT = ("report", N_("the council and the department in charge"))
FROM_RUN = N_("from the run of this plan")
MISSED = (
    N_("Reports are not all there is: places where people report little look quiet."),
    N_("Holes in collection are checked, and the report says that it counts reports."),
)
SMALL = (
    N_("Regions are few, or periods are short: a difference that is there may not be seen."),
    N_("The report tells the smallest difference these data can show, and does not take “not seen” for “not there”."),
)
PERSONS = (
    N_("What holds of areas is taken for what holds of persons."),
    N_("Results are told by area alone, and no person is ranked or looked for."),
)

ALONG = N_("Which features of the areas and which weather go along with many reports of {subject}?")
DESCRIBE = Phrases(
    title=N_("{subject}: when and where it happens"),
    question=N_("When, where and of which kind are there many reports of {subject}?"),
    problem=N_(
        "Where and when reports of {subject} gather is known by experience alone. Figures should show it, so that "
        "places "
        "and times to be looked at first can be chosen."
    ),
    questions=(
        N_("How did reports of {subject} change over the years, and by season, weekday and hour?"),
        N_("In which places do reports of {subject} gather, and which share of all do these places hold?"),
        ALONG,
    ),
    decision=N_("Which places and times of {subject} are looked at first."),
    method=N_(
        "Quality of the register is checked first; then its course, its rhythm and the places where reports gather are "
        "told with tests of chance. What goes along with them is told as an association, not as a cause."
    ),
    use=N_("The department in charge uses maps and tables to set times and places of its rounds and of its notices."),
    outputs=(
        ("map", N_("the department in charge")),
        ("table", N_("the department in charge")),
        REPORT,
    ),
    effects=((N_("share of all reports in the places that gather most"), FROM_RUN, N_("a year after")),),
    risks=(MISSED, PERSONS),
    analysis=N_("description of places and times"),
)
FORECAST = Phrases(
    title=N_("{subject}: forecast, and where to look first"),
    question=N_("Where will {subject} be reported next, and which places should be looked at first?"),
    problem=N_(
        "{subject} is dealt with after it is reported. Places where reports are to be expected should be known before, "
        "so that the same staff can look there first."
    ),
    questions=(
        N_("Where are reports of {subject} to be expected in the time ahead, and how many?"),
        N_("How well would the same method have foretold the past, and is it better than simple rules?"),
        N_("If so many places a day are visited, how many of the reports are met?"),
    ),
    decision=N_("Whether rounds follow the list of the forecast, or go on as they are."),
    method=N_(
        "Past reports foretell the time ahead by place. The same is done at many past days as it would have been done "
        "then (backtest), and set beside simple rules."
    ),
    use=N_("The list is made anew each time, rounds follow it, and what was found is fed back into the next list."),
    outputs=(("priority", N_("those who go round")), ("map", N_("the department in charge")), REPORT),
    effects=(
        (N_("share of reports met by rounds (hit rate)"), FROM_RUN, N_("every month after the start")),
        (N_("days from report to closing"), FROM_RUN, N_("six months after the start")),
    ),
    risks=(
        (
            N_("Only places with many reports are visited, and so even more is reported there (feedback)."),
            N_("A share of the visits is left to chance, and reports by rounds are told apart from those by citizens."),
        ),
        MISSED,
    ),
    analysis=N_("forecast and check on the past"),
)
FACTORS = Phrases(
    title=N_("{subject}: factors that go along with it"),
    question=N_("Which social and economic factors go along with {subject} by {unit}?"),
    problem=N_(
        "{subject} differs by {unit} and over time, and which conditions go along with it is told by opinion. Data "
        "should "
        "show which of them hold inside regions as they change, and which only mark differences between regions."
    ),
    questions=(
        N_("How did {subject} change over time, and how far apart are regions?"),
        N_("Which factors go along with {subject} inside one and the same region as it changes?"),
        N_("Which of these hold whichever sensible way the question is asked, and which turn with it?"),
    ),
    decision=N_("Which conditions are looked into further as fields of policy, and which are not."),
    method=N_(
        "A panel of regions and periods is made, and regions are compared with themselves over time (two-way fixed "
        "effects, first differences), beside differences between regions. Factors stand before the outcome by a lag; "
        "signs expected are written down before. What is told are associations, no causes."
    ),
    use=N_(
        "Factors that hold are taken as candidates when policies are reviewed; those that turn are not used as grounds."
    ),
    outputs=(("table", N_("departments of planning and population")), ("map", N_("departments of planning")), REPORT),
    effects=((N_("{subject}, by {unit}"), FROM_RUN, N_("every year")),),
    risks=(
        (
            N_("What goes together is taken for cause and consequence."),
            N_("The report speaks of associations alone; an effect is asked for by a design of its own."),
        ),
        SMALL,
        PERSONS,
    ),
    analysis=N_("factor analysis and its checks"),
)
EFFECT = Phrases(
    title=N_("{treatment}: its effect on {subject}"),
    question=N_("Did {subject} change where {treatment} began, against regions where it did not?"),
    problem=N_(
        "Whether {treatment} changed {subject} cannot be told from figures of before and after alone, as other regions "
        "change, too. Regions that began are set against regions that did not."
    ),
    questions=(
        N_("Which regions began with {treatment}, and when?"),
        N_("Did {subject} take the same course in both groups before the start?"),
        N_("By how much did {subject} change after the start, and how sure is that?"),
    ),
    decision=N_("Whether {treatment} is kept, changed or widened, and what must be known before that."),
    method=N_(
        "Difference in differences by the time of the start, and synthetic comparison. An effect is told only where "
        "the "
        "checks of a design pass (course before the start, regions to compare with, placebos); otherwise the report "
        "says “not answerable” and why."
    ),
    use=N_("The size of the change and how sure it is are laid beside the cost when {treatment} is reviewed."),
    outputs=(("table", N_("departments of policy and budget")), REPORT),
    effects=(
        (
            N_("change of {subject} after the start, against regions without"),
            FROM_RUN,
            N_("every year after the start"),
        ),
    ),
    risks=(
        (
            N_("Something else began in the same regions at the same time."),
            N_(
                "Other policies of that time are listed and named in the report; regions that had them are left out "
                "once."
            ),
        ),
        SMALL,
    ),
    analysis=N_("effect by designs that pass their checks"),
)
BEFORE_AFTER = Phrases(
    title=N_("{subject} before and after {treatment}"),
    question=N_("By how much did {subject} change after {treatment}, beside regions without it?"),
    problem=N_(
        "After {treatment} people speak of more or less {subject}. What changed there is set beside what changed "
        "elsewhere at the same time, as weather, seasons and habits change everywhere."
    ),
    questions=(
        N_("Where and when did {treatment} begin?"),
        N_("By how much did {subject} change there, and by how much elsewhere?"),
        N_("Did both take the same course before?"),
    ),
    decision=N_("Whether measures are needed in the areas of {treatment}, and where first."),
    method=N_(
        "The change in areas with {treatment} is set beside the change in the other areas, with an interval. It is a "
        "comparison: what else happened there at the same time stays in it."
    ),
    use=N_("Departments concerned set measures and look again at what was assumed when {treatment} was permitted."),
    outputs=(("table", N_("the departments concerned")), ("map", N_("the departments concerned")), REPORT),
    effects=((N_("{subject} in the areas concerned"), FROM_RUN, N_("a year after the measures")),),
    risks=(
        (
            N_("Other things happened in the same areas at the same time."),
            N_("The report tells a comparison and no proof; other works of that time are listed."),
        ),
        SMALL,
    ),
    analysis=N_("comparison before and after"),
)
SUPPLY = Phrases(
    title=N_("{subject}: supply and demand, and where it is short"),
    question=N_("In which areas are places of {subject} short of what is needed within reach?"),
    problem=N_(
        "How many places of {subject} there are is known, but not whether they stand where they are needed. Demand and "
        "places within reach should be set against each other area by area."
    ),
    questions=(
        N_("How many need {subject} in each area, and how many places are within reach?"),
        N_("Which areas are short, how many places are missing, and does that hold for other distances?"),
    ),
    decision=N_("Where places of {subject} are added or moved first."),
    method=N_(
        "For every place those within reach are counted, and for every area the places within reach for so many of "
        "them "
        "(two-step floating catchment area). Areas are ranked by the places missing; other distances are tried."
    ),
    use=N_("The order of areas is laid beside land, budget and plans of building when new places are decided on."),
    outputs=(("priority", N_("the department in charge")), ("map", N_("the department in charge")), REPORT),
    effects=((N_("places within reach in the areas that are short"), FROM_RUN, N_("a year after places were added")),),
    risks=(
        (
            N_("Straight distances do not know of rivers, hills and roads; people cross the border."),
            N_("Areas at the border and behind barriers are looked at with people who know them."),
        ),
        (
            N_("Places differ in quality, cost and whom they take."),
            N_("Kinds are told apart where the data tell them; the order is a proposal for a look, no decision."),
        ),
    ),
    analysis=N_("supply and demand by area"),
)
SUMMARY = Phrases(
    title=N_("{subject} at a glance"),
    question=N_("How do regions stand in {subject}, and how did that change?"),
    problem=N_(
        "Figures on {subject} lie in several files. They should stand side by side by {unit}, of one and the same time."
    ),
    questions=(
        N_("How high and how unequal is each figure by {unit}, and where is it highest and lowest?"),
        N_("How did each figure change over time?"),
    ),
    decision=N_("Which figures and regions are looked into further."),
    method=N_(
        "Each figure is told by its middle, its spread and its ends, and by its change over time. Nothing is inferred."
    ),
    use=N_("The tables are the common ground of discussions and of the analyses that follow."),
    outputs=(("table", N_("departments of planning")), REPORT),
    effects=((N_("figures brought up to date"), FROM_RUN, N_("every year")),),
    risks=(
        (
            N_("Figures of different days and definitions are set side by side."),
            N_("Each figure carries its source, unit and period."),
        ),
        PERSONS,
    ),
    analysis=N_("tables and maps of the figures"),
)
PHRASES: Mapping[Family, Phrases] = {
    "forecast": FORECAST,
    "effect": EFFECT,
    "before_after": BEFORE_AFTER,
    "supply_demand": SUPPLY,
    "factors": FACTORS,
    "describe": DESCRIBE,
    "summary": SUMMARY,
}

UNITS: Mapping[str, str] = {
    "sido": N_("province"),
    "sigungu": N_("city or county"),
    "dong": N_("dong"),
    "own": N_("area of the map"),
    "cell": N_("cell of the map"),
    "area": N_("area of the map"),
}
STAKEHOLDERS = (
    N_("the department in charge"),
    N_("the department of data"),
    N_("citizens and residents of the areas"),
    N_("owners of the data"),
)
BACKGROUND = N_(
    "The team asks: “{sentence}” The catalogue holds data on it ({titles}), {period}so that the question can be "
    "answered from data and not from impressions alone."
)
ASKS_ABOUT = N_("What is there to know about {subject}?")
FORECAST_ALONE = N_("{subject}: forecast")
SPREAD = N_(
    "The plan runs again on other data sets of the same form: another city or county names its own files under "
    "`data`, and "
    "the rest stays as it is."
)
HANDLING = N_(
    "Analysis uses areas and counts alone. What tells of single persons is left out or made into irreversible keys "
    "when a "
    "file is taken in; small counts are hidden by the rule of the plan. Results stay inside until a person releases "
    "them."
)
STAGES = (
    (N_("approval of use, and data taken in and checked"), N_("2 weeks after the start")),
    ("{analysis}", N_("4 weeks after the start")),
    (N_("review with the department in charge, and report"), N_("6 weeks after the start")),
    (N_("use on trial, and what is measured"), N_("from 3 months after the start")),
)
GOAL = N_("set by the department after the first run")
PURPOSES: Mapping[str, str] = {
    "target": N_("what is counted by place and time"),
    "exposure": N_("what it is compared with"),
    "cause": N_("what may go along with it"),
    "environment": N_("surroundings set beside it"),
    "boundary": N_("areas and maps"),
    "key": N_("coordinates for addresses"),
}
