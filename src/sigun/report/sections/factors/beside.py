"""What stands beside the answer (답 곁에): models of neighbours, machine learning, maps, and what the data could not tell."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.laying import drawn, interval_column, row_clear, tabled, teller, told
from sigun.report.sections.factors.saying import (
    DASH,
    STEP,
    amount,
    cell,
    denial,
    digits,
    figure,
    label_of,
    measured_outcome,
    outcome,
    place_of,
    span,
    title_of,
)
from sigun.report.wording import Sentence, Value, sentence
from sigun.text import _

KINDS = ("level", "change", "residual")
OWN = ("rho", "lambda")  # of a model of neighbours: how alike they are
OF_NEIGHBOURS = "w_"  # before a factor's id: its value in the neighbouring regions
WITHOUT_INDIRECT = "spatial_error"  # its coefficients are read as they are


def spatial(ev: Evidence) -> Section | None:
    """Models of neighbours; shown only with the neighbours they were made with."""
    if not ev.rows(STEP, "spatial") and not ev.rows(STEP, "spatial_tests"):
        return None
    if not ev.text(STEP, "weights_hash"):
        blocks = told(
            sentence(_("The neighbours that were used are not kept with the run, so that no figure of them is shown."))
        )
        return Section("factors-spatial", _("With neighbouring regions"), blocks)
    blocks = (
        *told(_weights(ev), denial("coefficient")),
        *told(*_alike(ev)),
        *_spatial_tests(ev),
        *_coefficients(ev),
        *_impacts(ev),
        *_repeated(ev),
    )
    return Section("factors-spatial", _("With neighbouring regions"), blocks)


def _weights(ev: Evidence) -> Sentence:
    if ev.number(STEP, "links") is not None:
        return sentence(
            _(
                "Neighbours: {source} with {links} links, kept under the hash {hash}. Other neighbours give other figures."
            ),
            source=label_of(ev, "weights_source"),
            links=ev.fact(STEP, "links", "number"),
            hash=ev.word(STEP, "weights_hash"),
        )
    return sentence(
        _("Neighbours: {source}, kept under the hash {hash}. Other neighbours give other figures."),
        source=label_of(ev, "weights_source"),
        hash=ev.word(STEP, "weights_hash"),
    )


def _alike(ev: Evidence) -> Iterator[Sentence]:
    for row in (r for r in ev.rows(STEP, "spatial") if r["term"] in OWN):
        yield sentence(
            _("{model}: neighbouring regions are alike by {own} {estimate}."),
            model=row.show("model", "label"),
            own=row.show("term", "label"),
            estimate=amount(row, "estimate", ""),
        )


def _spatial_tests(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Test")), Column(_("On")), Column(_("Statistic"), True), Column("p", True))
    cells = [
        (cell(r, "test", "label"), cell(r, "on", "label"), figure(r, "statistic"), cell(r, "p", "chance"))
        for r in ev.rows(STEP, "spatial_tests")
    ]
    return tabled("factors-spatial-tests", sentence(_("Tests for neighbours")), columns, cells)


def _coefficients(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Model")), Column(_("Term")), Column(_("Coefficient"), True), Column(_("Standard error"), True)),
        interval_column(STEP),
    )
    cells = [
        (
            *(r.show("model", "label"), _term(ev, r), figure(r, "estimate", "low", "high"), figure(r, "se")),
            span(r, "estimate", "low", "high"),
        )
        for r in ev.rows(STEP, "spatial")
    ]
    return tabled(
        "factors-spatial-coefficients", sentence(_("Coefficients of the models of neighbours")), columns, cells
    )


def _term(ev: Evidence, row: Row) -> Value:
    if row["term"] in OWN:
        return row.show("term", "label")
    if str(row["term"]).startswith(OF_NEIGHBOURS):
        return sentence(_("{factor} of the neighbours"), factor=title_of(ev, row))
    return title_of(ev, row)


def _impacts(ev: Evidence) -> tuple[Block, ...]:
    rows = [r for r in ev.rows(STEP, "spatial") if r.get("direct") is not None and r["model"] != WITHOUT_INDIRECT]
    columns = (
        *(Column(_("Model")), Column(_("Factor")), Column(_("Direct"), True), interval_column(STEP)),
        *(Column(_("Indirect (by neighbours)"), True), interval_column(STEP), Column(_("Total"), True)),
        interval_column(STEP),
    )
    cells = [
        (
            *(r.show("model", "label"), title_of(ev, r)),
            *(v for part in ("direct", "indirect", "total") for v in _part(r, part)),
        )
        for r in rows
    ]
    return tabled("factors-impacts", sentence(_("Direct and indirect effects (terms of the model)")), columns, cells)


def _repeated(ev: Evidence) -> tuple[Block, ...]:
    """The same models as other programs have them; no sentence rests on them."""
    rows = ev.rows(STEP, "spatial_repeated")
    columns = (
        *(Column(_("Model")), Column(_("Effects taken out")), Column(_("Term"))),
        *(Column(_("Coefficient"), True), Column(_("Standard error"), True)),
    )
    cells = [
        (
            *(r.show("model", "label"), r.show("effects", "label"), _term(ev, r)),
            *(figure(r, "estimate", "low", "high"), figure(r, "se")),
        )
        for r in rows
    ]
    caption = sentence(
        _("The models of neighbours with levels counted as observations, for replication: errors are too small")
    )
    return tabled("factors-spatial-repeated", caption, columns, cells) if rows else ()


def _part(row: Row, part: str) -> tuple[Value, Value]:
    low, high = f"{part}_low", f"{part}_high"
    return figure(row, part, low, high), span(row, part, low, high)


def learning(ev: Evidence) -> Section | None:
    """Machine learning, against carrying the last value on; never a cause."""
    if not ev.rows(STEP, "explain_scores"):
        return None
    blocks = (*told(denial("predictive"), *_against(ev)), *_scores(ev), *_importance(ev))
    return Section("factors-learning", _("What machine learning used to foretell"), blocks)


def _against(ev: Evidence) -> Iterator[Sentence]:
    ours, plain = (ev.row(STEP, "explain_scores", "time", model) for model in ("boosting", "persistence"))
    if ours is None or plain is None:
        return
    side = row_clear(ours, 0.0, "gain_low", "gain_high")
    template = {
        "above": _(
            "Later periods were foretold better by boosting (error {ours}) than by carrying the last value on ({plain}){gain}."
        ),
        "unclear": _(
            "Later periods were foretold about as well by boosting (error {ours}) as by carrying the last value on ({plain}){gain}."
        ),
        "below": _(
            "Later periods were foretold worse by boosting (error {ours}) than by carrying the last value on ({plain}){gain}."
        ),
    }[side]
    yield sentence(template, ours=figure(ours, "rmse"), plain=figure(plain, "rmse"), gain=_gained(ours))


def _gained(row: Row) -> Sentence:
    """How much smaller the error is, with its interval over the folds."""
    if row.get("gain_low") is None or row.get("gain_high") is None:
        return sentence("")
    return sentence(
        _("; smaller by {gain}, {level} interval over the folds {bounds}"),
        gain=figure(row, "gain", "gain_low", "gain_high"),
        level=level_of(STEP),
        bounds=span(row, "gain", "gain_low", "gain_high"),
    )


def _scores(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Set aside")), Column(_("Model")), Column(_("Error (RMSE)"), True)),
        *(Column(_("Share told (R²)"), True), Column(_("Folds"), True)),
    )
    cells = [
        (
            *(r.show("split", "label"), r.show("model", "label"), figure(r, "rmse"), cell(r, "r2", "number", 2)),
            cell(r, "folds", "plain"),
        )
        for r in ev.rows(STEP, "explain_scores")
    ]
    caption = sentence(_("How well what was left out was foretold"))
    return tabled("factors-scores", caption, columns, cells)


def _importance(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Set aside")), Column(_("Factors")), Column(_("Importance"), True), interval_column(STEP))
    cells = [
        (
            *(r.show("split", "label"), cell(r, "names", "word"), figure(r, "importance", "low", "high")),
            span(r, "importance", "low", "high"),
        )
        for r in ev.rows(STEP, "importance")
    ]
    foot = sentence(
        _("How much larger the error becomes when a group is shuffled. {denial}."),
        denial=denial("own_title"),
    )
    return tabled("factors-importance", sentence(_("Groups of factors used to foretell")), columns, cells, foot)


def places(ev: Evidence) -> Section | None:
    """Maps of level, change and residual, and a table of the regions."""
    rows = ev.rows(STEP, "places")
    if not rows:
        return None
    blocks = (*(b for kind in KINDS for b in _map(ev, kind)), *_regions(ev))
    return Section("factors-places", _("Where: level, change and what is left over"), blocks)


def _map(ev: Evidence, kind: str) -> tuple[Block, ...]:
    rows = [r for r in ev.rows(STEP, "places") if r.get(kind) is not None]
    if not rows:
        return ()
    high, low = max(rows, key=lambda r: r[kind]), min(rows, key=lambda r: r[kind])
    titles = {
        "level": _("{outcome} is highest in {high} and lowest in {low}"),
        "change": _changed(float(high["change"]), float(low["change"])) if kind == "change" else "",
        "residual": _("Above what the factors tell: most in {high}; below it: most in {low}"),
    }
    subtitles = {
        "level": _("{outcome} in the last period"),
        "change": _("Change of {outcome} from the first to the last period"),
        "residual": _("What the model leaves over of {outcome} in the last period"),
    }
    known: dict[str, Value] = {"high": place_of(ev, high), "low": place_of(ev, low)}
    known["outcome"] = outcome(ev)
    tell = teller(ev, STEP)
    title = tell(titles[kind], **{n: v for n, v in known.items() if f"{{{n}}}" in titles[kind]})
    return drawn(ev, f"factors_{kind}", title, sentence(subtitles[kind], outcome=measured_outcome(ev)))


def _changed(high: float, low: float) -> str:
    if low >= 0:
        return _("{outcome} rose most in {high} and least in {low}")
    if high <= 0:
        return _("{outcome} fell least in {high} and most in {low}")
    return _("{outcome} rose most in {high} and fell most in {low}")


def _regions(ev: Evidence) -> tuple[Block, ...]:
    rows = sorted(ev.rows(STEP, "places"), key=lambda r: (-(r.get("level") or 0.0), str(r["region"])))
    places = {kind: digits(*(r.get(kind) for r in rows)) for kind in KINDS}
    columns = (Column(_("Region")), Column(_("Level"), True), Column(_("Change"), True), Column(_("Left over"), True))
    cells = [
        (
            place_of(ev, r),
            *(cell(r, kind, "number", places[kind]) for kind in KINDS),
        )
        for r in rows
    ]
    return tabled("factors-places", sentence(_("Regions: level, change and what is left over")), columns, cells)


def untold(ev: Evidence) -> Section:
    """What the data could not tell, and with which data they would; it is always there."""
    columns = (Column(_("What could not be told")), Column(_("Data that would tell it")))
    cells = [
        (r.message("what"), r.message("would_need") if r.get("would_need") else DASH)
        for r in ev.rows(STEP, "missing_data")
    ]
    always = told(
        sentence(
            _("Whether a measure would change anything, and anything about single persons, cannot be told from this.")
        ),
        denial("ecological"),
    )
    table = tabled("factors-untold", sentence(_("What these data could not tell")), columns, cells)
    return Section("factors-untold", _("What the data could not tell"), (*always, *table))
