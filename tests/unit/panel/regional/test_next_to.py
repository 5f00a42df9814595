"""Where regions lie and who is next to whom: outlines carried to the base date, links of a file, the nearest."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from shapely.geometry import Polygon, box

from regional import card_of
from sigun.errors import SigunError
from sigun.panel.regional.next_to import Around, Given, around
from sigun.panel.regional.own import own_codes
from sigun.panel.regional.regions import regions
from sigun.plan.variables import Regional
from sigun.region.codes import Codes, shipped
from sigun.region.gal import Links

CARD = card_of("shapes", {}, kind="outlines")
SIDE = 0.1  # degrees


def asked(**said: Any) -> Regional:
    base = {} if said.get("unit") == "own" else {"base": "2022-12-31"}
    return Regional.model_validate({**base, "variables": [{"id": "x", "table": "t"}], **said})


def squares(*named: tuple[str, str, float, float]) -> pd.DataFrame:
    """region, name and the south-west corner of a square, in sides from 127 E, 37 N."""
    rows = [
        (code, name, shapely.to_wkb(box(127 + x * SIDE, 37 + y * SIDE, 127 + (x + 1) * SIDE, 37 + (y + 1) * SIDE)))
        for code, name, x, y in named
    ]
    return pd.DataFrame(rows, columns=["region", "name", "geometry"])


def placed(said: Regional, outlines: pd.DataFrame | None, codes: Codes, links: Links | None = None) -> Around:
    given = Given(None if outlines is None else (CARD, outlines), None if links is None else (Path("w.gal"), links))
    return around(regions(said, codes), said, codes, given)


def links_of(*pairs: str) -> Links:
    both = tuple((p.split("-")[0], p.split("-")[1]) for p in pairs)
    ids = dict.fromkeys(name for pair in both for name in pair)
    return Links(tuple(ids), both, hashlib.sha256(repr(both).encode()).hexdigest())


def firms(*names: str) -> Codes:
    return own_codes({"t": pd.DataFrame({"region": list(names)})})


def named(found: Around) -> list[str]:
    both = found.neighbours
    assert both is not None
    return [f"{both.regions[a]}-{both.regions[b]}" for a, b in zip(both.here, both.there, strict=True)]


SUWON = [("31011", "수원시장안구", 0.0, 0.0), ("31012", "수원시권선구", 1.0, 0.0)]
OTHERS = [("31020", "성남시", 2.0, 0.0), ("31030", "의정부시", 5.0, 5.0)]


def test_districts_are_joined_to_their_city_and_said() -> None:
    found = placed(asked(within=["경기"], neighbours={"outlines": True}), squares(*SUWON, *OTHERS), shipped())
    assert named(found) == ["41110-41130", "41130-41110"]
    kinds = {f.kind: f for f in found.findings}
    assert "경기도 수원시" in str(kinds["outlines_joined"].said) and kinds["outlines_joined"].rows == 1
    assert kinds["no_outline"].rows == 28
    assert "경기도 의정부시" in str(kinds["no_neighbour"].said)


def test_an_outline_of_another_year_is_carried_to_the_base_date() -> None:
    """인천 남구 of KOSTAT 2017 is 미추홀구."""
    found = placed(asked(within=["인천"]), squares(("23030", "남구", 0, 0)), shipped())
    assert found.outlines is not None and found.outlines["region"].unique().tolist() == ["28177"]
    assert found.neighbours is None
    assert found.middle["x"].notna().sum() == 1


def test_middles_and_outlines_are_in_metres() -> None:
    found = placed(asked(unit="own"), squares(("a", "a", 0, 0), ("b", "b", 3, 0)), firms("a", "b", "c"))
    assert found.outlines is not None
    wide = found.outlines.groupby("region")["x"].agg(lambda x: x.max() - x.min())
    assert wide.between(8_000, 10_000).all()
    assert found.middle["x"].isna().tolist() == [False, False, True]
    assert (found.outlines.groupby(["region", "ring"]).size() == 5).all()


def test_thin_corners_and_small_islands_are_left_out_but_no_region() -> None:
    coast = Polygon([(127 + i / 1000, 37 + (i % 2) / 100_000) for i in range(1000)] + [(128, 38), (127, 38)])
    rocks = shapely.MultiPolygon([coast, box(129, 37, 129.001, 37.001)])
    table = pd.DataFrame({"region": ["a", "b"], "name": ["a", "b"]})
    table["geometry"] = [shapely.to_wkb(rocks), shapely.to_wkb(box(130, 37, 130.001, 37.001))]
    drawn = placed(asked(unit="own"), table, firms("a", "b")).outlines
    assert drawn is not None
    assert drawn.groupby("region")["ring"].nunique().to_dict() == {"a": 1, "b": 1}
    assert len(drawn) < 20


def test_links_of_a_file_go_by_name_and_others_of_it_do_not_matter() -> None:
    both = links_of("b-a", "a-b", "a-z", "z-a")
    found = placed(asked(unit="own", neighbours={"file": "w.gal"}), None, firms("a", "b"), both)
    assert named(found) == ["a-b", "b-a"]
    assert found.neighbours is not None and found.neighbours.matrix().sum() == 2


def test_a_region_the_file_lacks_is_an_error_with_what_it_has() -> None:
    said = asked(unit="own", neighbours={"file": "w.gal"})
    with pytest.raises(SigunError) as bad:
        placed(said, None, firms("Durham", "Wake"), links_of("Durhan-Wake", "Wake-Durhan"))
    assert "Durham" in bad.value.what and "Durhan" in bad.value.remedy


def test_official_regions_may_stand_in_the_file_by_name_or_in_another_numbering() -> None:
    units = regions(asked(within=["제주"]), shipped())
    assert len(units) == 2
    for first, second in (("제주특별자치도 제주시", "서귀포시"), ("39010", "39020"), tuple(units["unit"])):
        both = links_of(f"{first}-{second}", f"{second}-{first}")
        found = placed(asked(within=["제주"], neighbours={"file": "w.gal"}), None, shipped(), both)
        assert named(found) == ["50110-50130", "50130-50110"]


def test_the_nearest_by_the_middles_of_outlines() -> None:
    shapes = squares(("a", "a", 0, 0), ("b", "b", 2, 0), ("c", "c", 9, 0))
    found = placed(asked(unit="own", neighbours={"nearest": 1}), shapes, firms("a", "b", "c"))
    assert named(found) == ["a-b", "b-a", "c-b"]


def test_outlines_of_other_regions_are_an_error() -> None:
    with pytest.raises(SigunError, match="None of the outlines"):
        placed(asked(unit="own"), squares(("x", "x", 0, 0)), firms("a", "b"))
