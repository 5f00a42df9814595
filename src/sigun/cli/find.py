"""`sigun find`: from a sentence to the data sets it needs, each with the reason why (자료 찾기)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigun.cli.show import line, told
from sigun.text import _

if TYPE_CHECKING:
    from sigun.catalog.search import Hit, Index, Lack, Lists
    from sigun.settings import Workspace
LACKING = 4  # told


def find(
    sentence: Annotated[str, typer.Argument(help=_("What you want to know, in your own words."))],
    inside: Annotated[
        Path | None, typer.Option("--in", help=_("A list of data sets (JSON or CSV) instead of the workspace's."))
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=100, help=_("How many data sets to show."))] = 5,
    as_json: Annotated[bool, typer.Option("--json", help=_("As JSON, for other programs."))] = False,
    workspace: Annotated[Path, typer.Option("--workspace", help=_("The workspace; this folder unless said."))] = Path(),
) -> None:
    """The data sets a sentence needs, best first."""
    from sigun.catalog.search import concepts, families, lacking, lists_of, search
    from sigun.plan.families import NAMES

    with told():
        ws = _workspace(workspace, needed=inside is None)
        lists = lists_of(ws.catalog if ws else None)
        index = _index(ws, inside)
        hits = search(index, sentence, top, lists=lists)
        if as_json:
            line(_as_json(sentence, hits, lists))
            return
        _notes(sentence, index, bool(hits))
        asked = [f"{_(NAMES[family])} ({said})" for family, said in families(sentence)]
        if asked:
            line(_("Asks for: {families}").format(families=", ".join(asked)))
        about = [f"{c.name} ({c.said})" for c in concepts(sentence, lists)]
        if about:
            line(_("Speaks of: {concepts}").format(concepts=", ".join(about)))
        for number, hit in enumerate(hits, 1):
            _tell(number, hit)
        for lack in lacking(index, sentence, lists=lists)[:LACKING]:
            _tell_lack(lack)


def _workspace(folder: Path, needed: bool) -> Workspace | None:
    """The workspace; a list of metadata can be searched without one."""
    from sigun.errors import SettingsError
    from sigun.settings import open_workspace

    try:
        return open_workspace(folder)
    except SettingsError:
        if needed:
            raise
        return None


def _index(ws: Workspace | None, inside: Path | None) -> Index:
    from sigun.catalog.search import Index, entries_of

    kept = ws.root / ".sigun" if ws else None
    if inside is not None:
        return Index.kept_of_file(inside, kept)
    from sigun.catalog.store import read_catalog

    return Index.kept(entries_of(read_catalog(ws)) if ws else (), kept)


def _notes(sentence: str, index: Index, found: bool) -> None:
    from sigun.catalog.search import told_of

    for message in told_of(sentence):
        line(str(message))
    if not index.size:
        line(_("The catalogue is empty. Add files with `sigun data add FILE…`, or search a list with --in."))
    elif not found:
        line(_("Nothing fits. Say what it is about in other words, or add words to catalog/words.csv."))


def _tell(number: int, hit: Hit) -> None:
    entry = hit.entry
    facts = [entry.provider, entry.space, entry.time, entry.period, entry.access]
    line(f"{number}. {entry.title} [{entry.id}]")
    line("   " + " · ".join(fact for fact in facts if fact))
    for message in hit.why:
        line(f"   - {message}")


def _tell_lack(lack: Lack) -> None:
    """What a topic needs and the catalogue does not have, and where it is usually published."""
    line(_("Not found here: {what}").format(what=lack.need.words[0]))
    if lack.where:
        line(_("   usually published at: {where}").format(where=lack.where))


def _as_json(sentence: str, hits: tuple[Hit, ...], lists: Lists) -> str:
    from dataclasses import asdict

    from sigun.catalog.search import concepts, families

    told_ = {
        "families": [{"family": family, "said": said} for family, said in families(sentence)],
        "concepts": [asdict(concept) for concept in concepts(sentence, lists)],
        "hits": [
            {**asdict(h.entry), "score": h.score, "role": h.role, "why": [str(message) for message in h.why]}
            for h in hits
        ],
    }
    return json.dumps(told_, ensure_ascii=False, indent=1)
