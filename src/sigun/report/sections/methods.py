"""Methods (방법): each in two or three plain sentences, with its reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sigun.report.blocks import Section, Term, Terms
from sigun.report.evidence import Evidence
from sigun.report.wording import sentence
from sigun.text import N_, _


@dataclass(frozen=True)
class Method:
    """How a method is told to the expert with an hour."""

    name: str
    words: tuple[str, ...]
    citation: str = ""


METHODS: Mapping[str, Method] = {
    "coverage": Method(
        N_("Check of the data"),
        (
            N_(
                "Every row is found by code and name on the map of its own year, then carried to the map of the base date: counts are added up, rates averaged by their denominators, indices and medians never."
            ),
            N_(
                "A region that merged, and a year of months, have a value only where every part of them is told. Sums are held against the regions' own rows and against published totals."
            ),
        ),
    ),
    "factors": Method(
        N_("Factor analysis"),
        (
            N_(
                "Each factor is looked at between regions and within them; the answer rests on what is left when what is lasting in a region and what all regions share in a period are taken out (two-way fixed effects)."
            ),
            N_(
                "Errors allow for whatever moves together inside a region; with few regions a bootstrap that imposes the null hypothesis stands in their place. A factor holds only when it stays clear with all tests taken into account, over the specifications and with regions left out."
            ),
        ),
        "Wooldridge (2010), Econometric Analysis of Cross Section and Panel Data, ch. 10; Cameron, Gelbach & Miller (2008), Review of Economics and Statistics 90:414–427; Benjamini & Hochberg (1995), JRSS B 57:289–300; Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4:1208–1214; Pesaran (2021), Empirical Economics 60:13–50.",
    ),
    "effect": Method(
        N_("Effect of a policy"),
        (
            N_(
                "Regions are compared with others that were not treated by then, start by start, so that late starters do not stand in for the untreated; or with a mix of others that went along with them before."
            ),
            N_(
                "Where few regions were treated, the same is done with regions without the policy, and only what is rarer than one in twenty of these counts."
            ),
            N_(
                "Each design must pass its checks first: long enough before, no other way before, a mix that fits, nothing found with an earlier start. One that fails is called not answerable."
            ),
        ),
        "Callaway & Sant'Anna (2021), Journal of Econometrics 225:200–230; Abadie, Diamond & Hainmueller (2010), JASA 105:493–505; Arkhangelsky et al. (2021), American Economic Review 111:4088–4118.",
    ),
    "supply_demand": Method(
        N_("Supply and demand"),
        (
            N_(
                "Two-step floating catchment: what each place holds is divided by the demand within the distance, then each area adds up what lies within its own. The farther, the less it counts."
            ),
            N_(
                "What is missing is set against what all areas have together. The order is counted again with shorter and longer distances and other weights; an area is called firm where it stays in front in all of them."
            ),
        ),
        "Luo & Wang (2003), Environment and Planning B 30:865–884; Luo & Qi (2009), Health & Place 15:1100–1107; Dai (2010), Health & Place 16:1038–1052.",
    ),
    "before_after": Method(
        N_("Before and after"),
        (
            N_(
                "The mean of a period before and after is taken in every region, each month of the year counting alike on both sides. How the regions changed where something began is set against how the others changed in the same time: counts in per cent, rates by their difference."
            ),
            N_(
                "The interval comes from taking every other choice of as many regions for those where it began: what lies inside is no rarer than one in twenty of these. It says how far chance may go, not why."
            ),
        ),
        "Rosenbaum (2002), Observational Studies, 2nd ed., ch. 2; Conley & Taber (2011), Review of Economics and Statistics 93:113–125.",
    ),
    "summary": Method(
        N_("Columns one by one"),
        (
            N_(
                "Mean, median, standard deviation and quartiles over the regions that are told, each counting alike; totals of what adds up, of rates the mean by the plan's weights. Nothing is estimated and nothing filled in."
            ),
        ),
    ),
    "quality": Method(
        N_("Quality of the data"),
        (
            N_(
                "Points that many addresses share are taken for placeholders. Reports of one vehicle are found by place, time and hashed plate."
            ),
            N_(
                "Gaps in collection and changes of intake are looked for before anything else, so that they are not read as quiet or busy times."
            ),
        ),
    ),
    "trend": Method(
        N_("Trend"),
        (
            N_(
                "Counts are put on the days that were observed. The change a year is estimated inside stretches of unchanged intake, with a Poisson regression that allows for more scatter than chance."
            ),
        ),
        "McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., ch. 6.",
    ),
    "rhythm": Method(
        N_("Months, weekdays, hours"),
        (
            N_(
                "Each month, weekday and hour is set against the average one, over observed days only; intervals allow for more scatter than chance."
            ),
        ),
    ),
    "kinds": Method(
        N_("Kinds of vehicle"),
        (N_("Shares with score intervals, which also hold for small numbers."),),
        "Wilson (1927), Journal of the American Statistical Association 22:209–212.",
    ),
    "concentration": Method(
        N_("Concentration"),
        (
            N_(
                "Cells are ranked by their reports and the share the busiest hold is added up. What chance alone would give is drawn beside it: with few reports a cell some concentration always appears."
            ),
        ),
        "Bernasco & Steenbeek (2017), Journal of Quantitative Criminology 33:451–467.",
    ),
    "hotspot": Method(
        N_("Dense areas"),
        (
            N_(
                "Each cell with its neighbours is compared with the whole (Getis-Ord Gi*), and with what shuffled maps give."
            ),
            N_("Because many cells are looked at, the share of false alarms is held down."),
        ),
        "Getis & Ord (1992), Geographical Analysis 24:189–206; Anselin (1995), 27:93–115; Benjamini & Hochberg (1995), JRSS B 57:289–300.",
    ),
    "same_vehicle": Method(
        N_("Reports of one vehicle"),
        (
            N_(
                "Pairs of reports close in place and time are compared in place, days, hashed plate, kind and channel; how telling each agreement is, is learned from the pairs themselves (Fellegi-Sunter)."
            ),
            N_("Whether reports still come in bursts is tested by shuffling their days (Knox)."),
        ),
        "Fellegi & Sunter (1969), Journal of the American Statistical Association 64:1183–1210; Knox (1964), Applied Statistics 13:25–29.",
    ),
    "duration": Method(
        N_("Time to closing"),
        (
            N_(
                "The share still open is estimated with reports that are not yet closed counted for as long as they were watched (Kaplan-Meier)."
            ),
            N_(
                "The ways to end compete: a report that ended in one way cannot end in another (Aalen-Johansen). Kinds and areas are compared inside the year of the report, reports of one week counting as alike, because an office closes many at once (log-rank test)."
            ),
        ),
        "Kaplan & Meier (1958), Journal of the American Statistical Association 53:457–481; Aalen & Johansen (1978), Scandinavian Journal of Statistics 5:141–150.",
    ),
    "area_factors": Method(
        N_("Area factors"),
        (
            N_(
                "Rank correlations between the rate of reports and each variable over the areas; for monthly variables also within areas over the months."
            ),
            N_("Because many variables are looked at, the share of false alarms is held down."),
        ),
        "Spearman (1904), American Journal of Psychology 15:72–101; Benjamini & Hochberg (1995), JRSS B 57:289–300.",
    ),
    "occurrence": Method(
        N_("Area factors with the others held equal"),
        (
            N_(
                "Counts are regressed on the variables with the exposure as denominator (negative binomial regression), and with a smooth map that neighbouring areas share; with fixed effects, months of one and the same area (Poisson regression)."
            ),
            N_(
                "Intervals are as wide as the model or the scatter itself makes them, whichever is wider; what neighbours share is not counted as if every area told it anew. Blocks of neighbouring areas are left out and told by the others, by the regression and by boosting."
            ),
        ),
        "Lawless (1987), Canadian Journal of Statistics 15:209–225; Murakami & Griffith (2015), Journal of Geographical Systems 17:311–331; Wooldridge (1999), Journal of Econometrics 90:77–97.",
    ),
    "weather": Method(
        N_("Weather"),
        (N_("Reports a day are set beside the weather of the day, with month, weekday and trend held equal."),),
        "McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., ch. 6.",
    ),
    "forecast": Method(
        N_("Forecast"),
        (
            N_(
                "Several simple guesses at the places, such as a place's own reports of the last weeks and of all years, those near by, and those of the same season, are added with weights learned from the two years before (mixture, expectation-maximisation)."
            ),
            N_(
                "Where there is too little to learn from, each place keeps a memory of its own reports and is pulled towards its surroundings the more the less it has of its own (gamma-Poisson shrinkage)."
            ),
            N_(
                "The sum is brought to the level of recent weeks. Intervals come from a negative binomial distribution."
            ),
        ),
        "Dempster, Laird & Rubin (1977), JRSS B 39:1–38; Clayton & Kaldor (1987), Biometrics 43:671–681.",
    ),
    "backtest": Method(
        N_("Check on the past"),
        (
            N_(
                "At each past date the forecast is made with what was known then, settings chosen on earlier years only, and compared with what came."
            ),
            N_(
                "Differences between models are paired over the same dates; their intervals come from resampling the dates."
            ),
        ),
        "Czado, Gneiting & Held (2009), Biometrics 65:1254–1261; Chainey, Tompson & Uhlig (2008), Security Journal 21:4–28.",
    ),
    "patrol": Method(
        N_("Patrol list"),
        (
            N_(
                "Places are ranked by expected reports; what a capacity buys is measured on past dates, and the difference to a list by last year's counts is paired over the same dates. A share of the places is drawn at random, against the list confirming itself."
            ),
        ),
        "Ensign et al. (2018), Proceedings of Machine Learning Research 81:160–171.",
    ),
}


def section(ev: Evidence) -> Section | None:
    """The part, with the methods that ran."""
    ran = [method for name, method in METHODS.items() if ev.has(name)]
    if not ran:
        return None
    terms = tuple(Term(_(m.name), tuple(sentence(_(w)) for w in m.words), m.citation) for m in ran)
    return Section("methods", _("Methods"), (Terms(terms),))
