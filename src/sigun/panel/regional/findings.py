"""What is to be said of a region panel (패널 소견): failed checks first, then what was lost, then what was done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sigun.panel.model import Finding
from sigun.panel.regional.checks import said_of_checks
from sigun.panel.regional.dictionary import Titles
from sigun.panel.regional.losses import listed, said_of_losses
from sigun.panel.regional.model import STATUS, Check
from sigun.panel.regional.unite import United
from sigun.plan.variables import Regional, Share, inputs
from sigun.region.codes import Codes
from sigun.text import N_, Message, say

ABOVE = 100 * (1 + 1e-9)  # per cent; what rounding may add


def findings_of(
    checks: tuple[Check, ...],
    losses: pd.DataFrame,
    united: Mapping[str, United],
    frame: pd.DataFrame,
    asked: Regional,
    codes: Codes,
    titles: Titles,
) -> Iterator[Finding]:
    """In the order in which they matter."""
    yield from said_of_checks(checks, titles)
    yield from _above_all(frame, asked, titles)
    yield from said_of_losses(losses, titles.tables, titles.variables, asked.size)
    yield from _hidden(frame, asked, titles)
    yield from _partial(united, codes, titles)
    yield from _early(united, codes, titles)
    yield from _merged(united, titles)
    yield from _made_up(united, titles)
    yield from _short(united, codes, titles)
    yield from _shared(united, codes, titles)
    yield from _moved(united, codes)
    yield from _unconfirmed(united, codes)
    yield from _repeated(united, asked, titles)
    yield from _undefined(frame, asked, titles)


def _above_all(frame: pd.DataFrame, asked: Regional, titles: Titles) -> Iterator[Finding]:
    """Shares of more than all: the part does not lie within the whole."""
    for derived in asked.derived:
        n = int((frame[derived.id] > ABOVE).sum()) if isinstance(derived, Share) else 0
        if n:
            said = say(
                N_("“{variable}”: {n} values are above 100 %: “{of}” does not lie within “{among}”."),
                variable=titles.listed([derived.id]),
                n=n,
                of=titles.listed(inputs(derived)[:1]),
                among=titles.listed(inputs(derived)[1:]),
            )
            done = N_("Left as computed, but it is no share: look whether `of` and `among` are the wrong way round.")
            yield Finding("above_all", n, said, Message(done))


def _hidden(frame: pd.DataFrame, asked: Regional, titles: Titles) -> Iterator[Finding]:
    for variable in asked.variables:
        n = int((frame[variable.id + STATUS] == "suppressed").sum())
        if n:
            said = say(
                N_("“{variable}”: {n} values are hidden by their publisher."),
                variable=titles.listed([variable.id]),
                n=n,
            )
            yield Finding("suppressed", n, said, Message(N_("They are neither zero nor unknown: they stay hidden.")))


def _partial(united: Mapping[str, United], codes: Codes, titles: Titles) -> Iterator[Finding]:
    for name, one in united.items():
        if len(one.partial):
            regions = sorted(one.partial["region"].unique())
            said = say(
                N_("“{variable}”: of {regions} regions that merged later only some parts are told: {names}."),
                variable=titles.listed([name]),
                regions=len(regions),
                names=listed([codes.fulls.get(u, u) for u in regions]),
            )
            done = N_("They are not observed in those periods: a part is not the whole.")
            yield Finding("partial", len(one.partial), said, Message(done))


def _early(united: Mapping[str, United], codes: Codes, titles: Titles) -> Iterator[Finding]:
    for name, one in united.items():
        if len(one.early):
            regions = sorted(one.early["region"].unique())
            said = say(
                N_("“{variable}” is told of {regions} regions for years in which they were none: {names}."),
                variable=titles.listed([name]),
                regions=len(regions),
                names=listed([codes.fulls.get(u, u) for u in regions]),
            )
            done = N_("Taken as told: the publisher seems to have carried them back. Look at the sum in these years.")
            yield Finding("told_early", len(one.early), said, Message(done))


def _merged(united: Mapping[str, United], titles: Titles) -> Iterator[Finding]:
    for name, one in united.items():
        if len(one.merged):
            said = say(
                N_("“{variable}”: {n} values were put together from regions that merged later."),
                variable=titles.listed([name]),
                n=len(one.merged),
            )
            weighed = N_("They are means weighted by the denominator that the plan names.")
            done = weighed if one.rule == "weigh" else N_("They were added up.")
            yield Finding("merged", len(one.merged), said, Message(done))


def _made_up(united: Mapping[str, United], titles: Titles) -> Iterator[Finding]:
    for name, one in united.items():
        for level, n in one.at.made_up_of.items():
            said = say(
                N_("“{variable}”: {n} values were added up from a finer level ({level})."),
                variable=titles.listed([name]),
                n=n,
                level=level,
            )
            done = N_("Only where every part is told; a part is never counted beside its whole.")
            enough = N_("Where as many parts are told as the plan asks for; a part is never counted beside its whole.")
            yield Finding("from_parts", n, said, Message(done if one.at.variable.parts == 1 else enough))


def _short(united: Mapping[str, United], codes: Codes, titles: Titles) -> Iterator[Finding]:
    for name, one in united.items():
        if len(one.at.short):
            regions = sorted(one.at.short["unit"].unique())
            said = say(
                N_("“{variable}”: {n} values lack parts that are not told, in {regions} regions: {names}."),
                variable=titles.listed([name]),
                n=len(one.at.short),
                regions=len(regions),
                names=listed([codes.fulls.get(u, u) for u in regions]),
            )
            done = N_("The plan allows it (`parts`): sums are too small there; ratios are of the parts that are told.")
            yield Finding("short", len(one.at.short), said, Message(done))


def _shared(united: Mapping[str, United], codes: Codes, titles: Titles) -> Iterator[Finding]:
    """Of regions that were divided, what those they became are told to have had of it."""
    shared = {name: one.at for name, one in united.items() if len(one.at.shared)}
    for said, additive in (
        (N_("{variables}: {n} values from before a division are declared shares of the old region: {names}."), True),
        (N_("{variables}: {n} values from before a division are those of the old region: {names}."), False),
    ):
        here = {name: at for name, at in shared.items() if at.additive == additive}
        if here:
            n = sum(len(at.shared) for at in here.values())
            regions = sorted({unit for at in here.values() for unit in at.shared["unit"]})
            names = listed([codes.fulls.get(u, u) for u in regions])
            done = N_("As the table of regions declares it. It is an assumption: nobody told the two apart before.")
            sentence = say(said, variables=titles.listed(list(here)), n=n, names=names)
            yield Finding("shared_out", n, sentence, Message(done))


def _moved(united: Mapping[str, United], codes: Codes) -> Iterator[Finding]:
    regions = sorted({region for one in united.values() for region in one.approximate})
    if regions:
        said = say(
            N_("{n} regions are only about the same throughout, parts of them moved: {names}."),
            n=len(regions),
            names=listed([codes.fulls.get(u, u) for u in regions]),
        )
        done = N_("Taken as one region all the time; compare years before and after the change with care.")
        yield Finding("moved", len(regions), said, Message(done))


def _unconfirmed(united: Mapping[str, United], codes: Codes) -> Iterator[Finding]:
    regions = sorted({region for one in united.values() for region in one.unconfirmed})
    if regions:
        said = say(
            N_("The change of these regions is not yet confirmed by an official table: {places}."),
            places=listed([codes.fulls.get(u, u) for u in regions]),
        )
        done = N_("Taken as it was announced. Import the newest MOIS table (`sigun regions import`).")
        yield Finding("unconfirmed", len(regions), said, Message(done))


def _repeated(united: Mapping[str, United], asked: Regional, titles: Titles) -> Iterator[Finding]:
    names = [n for n, one in united.items() if one.at.level != asked.unit]
    if names:
        said = say(
            N_("{names}: told of larger regions only, and repeated over the regions in each."),
            names=titles.listed(names),
        )
        done = N_("They tell the larger regions apart, not the smaller: count the larger regions, not the rows.")
        yield Finding("repeated", len(names), said, Message(done))


def _undefined(frame: pd.DataFrame, asked: Regional, titles: Titles) -> Iterator[Finding]:
    for derived in asked.derived:
        known = pd.concat([frame[name].notna() for name in inputs(derived)], axis=1).all(axis=1)
        n = int((known & frame[derived.id].isna()).sum())
        if n and derived.op in ("log", "rate", "share", "per_capita"):
            said = say(
                N_("“{variable}”: {n} values cannot be computed (a division by 0, the logarithm of 0)."),
                variable=titles.listed([derived.id]),
                n=n,
            )
            yield Finding("undefined", n, said, Message(N_("They are not observed.")))
