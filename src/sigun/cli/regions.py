"""`sigun regions …`: the table of regions, and what a file's places mean in it (행정구역)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sigun.cli.data import Here
from sigun.cli.show import line, progress, table, told
from sigun.errors import CardError, SettingsError, SigunError
from sigun.text import N_, Message, _

if TYPE_CHECKING:
    import pandas as pd

    from sigun.region.codes import Codes
    from sigun.region.identify import Identified
    from sigun.region.numbering import Scheme
    from sigun.settings import Workspace

app = typer.Typer(
    no_args_is_help=True, help=_("Regions: check a file's places, import a table of regions, list, show.")
)

HOWS = {
    "code": N_("by its code"),
    "name": N_("by its name"),
    "guess": N_("by its name, to be confirmed"),
    "renamed": N_("told under the name of another time"),
    "unlisted": N_("읍면동 not in the table, its 시군구 known"),
    "not_existing": N_("no region in that year"),
    "unmatched": N_("not found"),
}
LEVELS = {
    "nation": N_("nation"),
    "sido": N_("시도"),
    "sigungu": N_("시군구"),
    "gu": N_("district of a city (일반구)"),
    "office": N_("branch office (출장소)"),
    "dong": N_("읍면동"),
    "": "–",
}
KINDS = {
    "rename": N_("renamed"),
    "recode": N_("new code"),
    "promote": N_("became a city"),
    "transfer": N_("moved to another 시도"),
    "merge": N_("merged"),
    "split": N_("divided"),
    "part": N_("a part moved"),
    "divide": N_("districts set up"),
    "abolish": N_("districts abolished"),
}
SHOWN = 40  # places not found


class Part(NamedTuple):
    """The places of one table of a file."""

    title: str
    places: pd.DataFrame
    scheme: Scheme | None
    within: str


@app.command("check", help=_("Say which regions a file's places are, how they were found, and what was not found."))
def check(
    file: Annotated[Path, typer.Argument(help=_("A data file."))],
    within: Annotated[str, typer.Option("--within", help=_("시도, or 시도 and 시군구, of rows that name none."))] = "",
    workspace: Here = Path(),
) -> None:
    """Exit code 0 when every place was found."""
    from sigun.region.identify import identify

    with told():
        codes = _codes(workspace)
        with progress() as report:
            report(_("reading the files"), 0, 1)
            parts = _parts(file)
        lost = 0
        for part in parts:
            found = identify(part.places, codes, part.scheme, within or part.within)
            line(part.title)
            _show_found(found)
            lost += len(found.unmatched)
        if lost:
            raise _not_found(lost, file)
        line(_("Every place was found."))


def _parts(file: Path) -> list[Part]:
    """The places of every table in the file, as its proposed card reads them."""
    from sigun.catalog.look import looks_at
    from sigun.catalog.propose import propose_from
    from sigun.ingest.clean import clean_table

    found = []
    for look in looks_at(file):
        card = propose_from(look)
        if card.kind in ("areas", "area_periods", "outlines"):
            frame = clean_table(file, look.table, card, key=b"").frame
            found.append(Part(card.title, frame, card.scheme, card.within))
    if not found:
        raise CardError(
            _("The file holds no table of regions."), str(file), _("Check a table by region, or a file of outlines.")
        )
    return found


def _show_found(found: Identified) -> None:
    rows = found.how.to_frame("how").assign(level=found.level.fillna(""))
    counted = rows.groupby(["how", "level"], sort=True).size()
    shown = [(_(HOWS[how]), _(LEVELS[level]), f"{n:,}") for (how, level), n in counted.items()]
    table((_("found"), _("level"), _("rows")), shown)
    if found.scheme:
        line(_("  numbering of the codes: {scheme}").format(scheme=found.scheme.upper()))
    for message in found.said:
        line(f"  ? {message}")
    if len(found.unmatched):
        lost = found.unmatched.head(SHOWN)
        rows_lost = [(row.place, f"{row.rows:,}", _(row.reason), row.near) for row in lost.itertuples(index=False)]
        table((_("not found"), _("rows"), _("why"), _("near names")), rows_lost)
        if len(found.unmatched) > SHOWN:
            line(_("  … and {n} more").format(n=len(found.unmatched) - SHOWN))


def _not_found(lost: int, file: Path) -> SigunError:
    return CardError(
        _("{n} places were not found.").format(n=lost),
        str(file),
        _("Mend them in the file, say `--within`, or import the newest MOIS table (`sigun regions import`)."),
    )


@app.command(
    "import", help=_("Take a MOIS table (KIKcd_H….xlsx, KIKmix….xlsx), or one of your own, into the workspace.")
)
def import_table(
    file: Annotated[
        Path, typer.Argument(help=_("KIKcd_H….xlsx, KIKmix….xlsx, or a table with code, name and parent."))
    ],
    outlines: Annotated[str, typer.Option("--outlines", help=_("Compare names with these outlines (id)."))] = "",
    instead: Annotated[
        bool, typer.Option("--instead", help=_("The table is all there is: the regions of another country."))
    ] = False,
    workspace: Here = Path(),
) -> None:
    """Check the table as a whole, say what it changes, keep it."""
    from sigun.region.imported import codes_of, import_own
    from sigun.region.kikmix import is_kikmix
    from sigun.region.own import is_own
    from sigun.settings import open_workspace

    with told():
        ws = open_workspace(workspace)
        before = codes_of(ws)
        with progress() as report:
            report(_("reading the files"), 0, 1)
            text = _text_of(file)
        if is_kikmix(text):
            _keep_kikmix(ws, text, file)
            return
        own = is_own(text)
        said: Sequence[Message] = ()
        if own:
            path = import_own(ws, text, str(file), instead)
        else:
            said, path = _keep_mois(ws, text, file, outlines)
        after = codes_of(ws)
        for message in said:
            line(f"  - {message}")
        _show_changes(before, after, whole=own and instead)
        line(_("Kept: {path}").format(path=path))


def _keep_kikmix(ws: Workspace, text: pd.DataFrame, file: Path) -> None:
    from sigun.region.imported import keep_mix
    from sigun.region.kikmix import read_kikmix

    pairs = read_kikmix(text, str(file))
    path = keep_mix(ws, pairs)
    n, legal, dong = len(pairs), pairs["legal"].nunique(), pairs["dong"].nunique()
    line(_("{n} pairs of {legal} 법정동 and {dong} 행정동").format(n=n, legal=legal, dong=dong))
    line(_("Kept: {path}").format(path=path))


def _keep_mois(ws: Workspace, text: pd.DataFrame, file: Path, outlines: str) -> tuple[Sequence[Message], Path]:
    from sigun.region.imported import codes_of, keep_table
    from sigun.region.mois import read_mois

    earlier = _earlier(codes_of(ws), _outline_names(ws.root, outlines) if outlines else None)
    rows, said = read_mois(text, str(file), earlier)
    return said, keep_table(ws, rows)


def _text_of(file: Path) -> pd.DataFrame:
    """The file's first table as text."""
    from sigun.ingest.sniff import sniff
    from sigun.ingest.tabular import read_table

    return read_table(file, sniff(file)).to_pandas().astype("str").fillna("")


def _earlier(codes: Codes, outlines: pd.DataFrame | None) -> pd.DataFrame:
    """Names by ten-digit code, as known before."""
    import pandas as pd

    units = codes.units[codes.units["unit"].str.isdigit() & (codes.units["level"] != "nation")]
    known = pd.DataFrame({"unit": units["unit"].str.ljust(10, "0"), "name": units["full"].str.split(" ").str[-1]})
    gu = units["level"] == "gu"
    known.loc[gu, "name"] = units.loc[gu, "full"].str.split(" ", n=1).str[-1]
    parts = [known] if outlines is None else [outlines, known]
    return pd.concat(parts, ignore_index=True).drop_duplicates("unit")


def _outline_names(workspace: Path, name: str) -> pd.DataFrame:
    """unit (ten digits) and name of a workspace's outlines; codes of another length stay out."""
    import pandas as pd

    from sigun.catalog.snapshot import snapshot
    from sigun.catalog.store import read_catalog
    from sigun.settings import open_workspace

    ws = open_workspace(workspace)
    shapes = pd.read_parquet(snapshot(read_catalog(ws).card(name), ws).path, columns=["region", "name"])
    whole = shapes[shapes["region"].str.fullmatch(r"\d{8}|\d{10}").fillna(False)]
    if whole.empty:
        raise CardError(
            _("The outlines have no MOIS codes of 읍면동; names cannot be compared."),
            name,
            _("Leave `--outlines` out."),
        )
    own = whole["name"].str.split().str[-1]
    return pd.DataFrame({"unit": whole["region"].str.ljust(10, "0"), "name": own})


def _show_changes(before: Codes, after: Codes, whole: bool) -> None:
    """How the table grew, and what ended; of a table that stands for itself, what it has."""
    counts = [
        (_(LEVELS[level]), f"{int((before.units['level'] == level).sum()):,}", f"{n:,}")
        for level, n in after.units["level"].value_counts(sort=False).items()
    ]
    table((_("level"), _("before"), _("now")), counts)
    was = before.units.set_index("unit")["until"]
    now = after.units.set_index("unit")["until"].reindex(was.index)
    ended = sorted(was.index[was.isna() & now.notna()])
    if ended and not whole:
        line(_("  ended by this table: {places}").format(places=before.listed(ended)))
    for old, shares in sorted(after.shares.items()):
        said = ", ".join(f"{after.fulls[new]} {share:.3g}" for new, share in sorted(shares.items()))
        line(_("  shared out as declared: {old} → {said}").format(old=after.fulls[old], said=said))
    line(_("  version: {version}").format(version=after.version))


@app.command("list", help=_("The regions of one level on a day."))
def list_regions(
    level: Annotated[str, typer.Option("--level", help=_("sido, sigungu, gu or dong."))] = "sigungu",
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help=_("The day; today."))] = None,
    within: Annotated[list[str] | None, typer.Option("--within", help=_("Only of this 시도; may be repeated."))] = None,
    workspace: Here = Path(),
) -> None:
    """One line a region."""
    from sigun.region.codes import LEVELS as KNOWN
    from sigun.region.codes import units_at

    with told():
        codes = _codes(workspace)
        wanted = next((known for known in KNOWN if known == level), None)
        if wanted is None:
            raise CardError(
                _("There is no level “{level}”.").format(level=level), "--level", _("Use sido, sigungu, gu or dong.")
            )
        day = on.date() if on else date.today()
        found = units_at(codes, day, wanted, within=within or ())
        rows = [(r.unit, r.full, "" if r.verified else _("not verified")) for r in found.itertuples(index=False)]
        table((_("code"), _("name"), ""), rows)
        line(_("{n} regions on {day}").format(n=len(rows), day=day.isoformat()))
        if wanted == "dong" and not (codes.units["level"] == "dong").any():
            line(_("The table has no 읍면동 yet: import the MOIS file with `sigun regions import FILE`."))


@app.command("show", help=_("One region: its codes, how long it was one, what became of it."))
def show(
    name: Annotated[str, typer.Argument(help=_("A name or a code."))],
    workspace: Here = Path(),
) -> None:
    """Every region the word can mean, and its history."""
    with told():
        codes = _codes(workspace)
        units = _meant(name, codes)
        if units.empty:
            raise CardError(
                _("There is no region “{name}”.").format(name=name),
                _("the table of regions"),
                _("Look for it with `sigun regions list`, or import the MOIS table for 읍면동."),
            )
        for row in units.itertuples(index=False):
            line(f"{row.unit}  {row.full} ({_(LEVELS[row.level])})")
            line("  " + _("from {since} to {until}").format(since=f"{row.since:%Y-%m-%d}", until=_until(row.until)))
            numbers = codes.kostat.loc[codes.kostat["unit"] == row.unit, "kostat"]
            if len(numbers):
                line(_("  KOSTAT code: {codes}").format(codes=", ".join(numbers)))
            line(_("  source: {source}").format(source=row.source) + ("" if row.verified else _(" (not verified)")))
            for change in _changes(row.unit, codes):
                line(f"  - {change}")


def _meant(name: str, codes: Codes) -> pd.DataFrame:
    from sigun.region.spelling import plain

    units, wanted = codes.units, plain(name)
    by_code = units[units["unit"] == wanted.removesuffix("00000")]
    if len(by_code):
        return by_code
    ends = units["full"].map(plain).str.endswith(wanted) & units["name"].map(plain).map(wanted.endswith)
    return units[ends]


def _until(day: pd.Timestamp) -> str:
    import pandas as pd

    return _("today") if pd.isna(day) else f"{day:%Y-%m-%d}"


def _changes(unit: str, codes: Codes) -> list[str]:
    rows = codes.changes[(codes.changes["old"] == unit) | (codes.changes["new"] == unit)]
    return [
        f"{r.date:%Y-%m-%d} {_(KINDS[r.kind])}: {codes.fulls[r.old]} ({r.old}) → {codes.fulls[r.new]} ({r.new})"
        + ("" if r.verified else _(" (not verified)"))
        for r in rows.itertuples(index=False)
    ]


def _codes(workspace: Path) -> Codes:
    """The workspace's table; outside a workspace the shipped one."""
    from sigun.region.codes import shipped
    from sigun.region.imported import codes_of
    from sigun.settings import open_workspace

    try:
        return codes_of(open_workspace(workspace))
    except SettingsError:
        return shipped()
