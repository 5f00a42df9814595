"""Reports of one vehicle (같은 차량 신고): about how many vehicles the reports stand for, and how sure that is."""

from __future__ import annotations

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence
from sigun.report.laying import Tell, tabled, teller, told
from sigun.report.wording import Sentence, sentence
from sigun.text import _

NEAR = (50, 7)  # metres and days that the facts knox_all and knox_first are told for


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("same_vehicle") or ev.number("same_vehicle", "vehicles") is None:
        return None
    tell = teller(ev, "same_vehicle")
    blocks = (
        *told(vehicles(ev, tell), _beside_rule(ev, tell), _plates(ev, tell), _near_repeats(ev, tell)),
        *told(_against_closings(ev, tell)),
        *_clusters(ev),
    )
    return Section("same-vehicle", _("Reports of one vehicle"), blocks)


def vehicles(ev: Evidence, tell: Tell) -> Sentence:
    """How many vehicles."""
    if not ev.number("same_vehicle", "repeat_share"):
        return tell(
            _("None of the {reports} seems to repeat an earlier one of the same vehicle."),
            reports=ev.fact("same_vehicle", "reports", "reports"),
        )
    return tell(
        _("The {reports} stand for about {vehicles}: {share} of them repeat an earlier report of the same vehicle."),
        reports=ev.fact("same_vehicle", "reports", "reports"),
        vehicles=ev.ranged("same_vehicle", "vehicles", "vehicles"),
        share=ev.ranged("same_vehicle", "repeat_share", "share"),
    )


def _beside_rule(ev: Evidence, tell: Tell) -> Sentence | None:
    """Why the part on quality names another share."""
    if not ev.number("quality", "same_vehicle_share"):
        return None
    return tell(
        _(
            "The part on the data names {share}: there a report repeats another only where the plate or the address is the same; here likely pairs count as well, each by its probability."
        ),
        share=ev.fact("quality", "same_vehicle_share", "share"),
    )


def _plates(ev: Evidence, tell: Tell) -> Sentence:
    if not ev.number("same_vehicle", "plates_told"):
        return tell(_("Place, day and kind were compared, no plates are told; no single pair is certain."))
    return tell(
        _(
            "Place, day, kind and, in {share} of the reports, the hashed plate were compared; no single pair is certain."
        ),
        share=ev.fact("same_vehicle", "plates_told", "share"),
    )


def _near_repeats(ev: Evidence, tell: Tell) -> Sentence | None:
    near = ev.row("same_vehicle", "knox", "all", *NEAR)
    if near is None or any(ev.number("same_vehicle", name) is None for name in ("knox_all", "knox_first")):
        return None
    return tell(
        _(
            "Pairs of reports within {metres} and {days} of each other are {all} as many as by chance; with each vehicle counted once, {first}."
        ),
        metres=near.show("metres_to", "metres"),
        days=near.show("days_to", "days"),
        all=ev.fact("same_vehicle", "knox_all", "times"),
        first=ev.fact("same_vehicle", "knox_first", "times"),
    )


def _against_closings(ev: Evidence, tell: Tell) -> Sentence | None:
    """How it compares with what the office itself closed as duplicates."""
    names = ("unlabelled_precision", "unlabelled_recall", "test_reports")
    if any(ev.number("same_vehicle", name) is None for name in names):
        return None
    return tell(
        _(
            "Beside the closings as a duplicate, which were not used: of the reports taken here for repeats {precision} were so closed, and of those so closed {recall} are found ({n} tested). "
            "Closings are a partial answer: many reports of one vehicle are never closed as duplicates."
        ),
        precision=ev.ranged("same_vehicle", "unlabelled_precision", "share"),
        recall=ev.ranged("same_vehicle", "unlabelled_recall", "share"),
        n=ev.fact("same_vehicle", "test_reports", "reports"),
    )


def _clusters(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Reports of one vehicle"), True), Column(_("Vehicles"), True))
    cells = [
        (r.show("reports", "number", 0), r.show("vehicles", "number", 0)) for r in ev.rows("same_vehicle", "clusters")
    ]
    foot = sentence(
        _("Here each pair is decided one way or the other; the estimate above adds probabilities and differs a little.")
    )
    return tabled("same-vehicle-table", sentence(_("Vehicles by number of reports")), columns, cells, foot)
