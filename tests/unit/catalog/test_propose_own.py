"""Panels of firms, counties and neighbourhoods: which columns are taken for the region, the period and the values."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.catalog.card import Card
from sigun.catalog.propose import propose
from sigun.errors import IngestError


def proposed(folder: Path, header: str, rows: list[str]) -> Card:
    path = folder / "mine.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return propose(path)


def roles(card: Card) -> dict[str, str | None]:
    return {str(c.role): c.name for c in card.fields if c.role != "value"}


def firms(years: list[int], names: tuple[str, ...] = ("Alpha", "Beta", "Gamma")) -> list[str]:
    return [f"{10 * i + year}.5,{name},{year},{i + year / 7}" for i, name in enumerate(names) for year in years]


def test_a_row_a_firm_and_year_is_a_panel_of_its_own_regions(tmp_path: Path) -> None:
    card = proposed(tmp_path, "invest,firm,year,value", firms([1935, 1936, 1937]))
    assert (card.kind, card.own_regions) == ("area_periods", True)
    assert roles(card) == {"region": "firm", "period": "year"}
    assert [c.id for c in card.values()] == ["invest", "value"]
    assert card.column("period").format is None  # type: ignore[union-attr]
    assert any("unit: own" in line for line in card.to_confirm)


@pytest.mark.parametrize(
    ("years", "form", "said"),
    [
        ([81, 82, 83], "19%y", "81 to 83 are read as 19.."),
        ([3, 4, 5], "20%y", "3 to 5 are read as 20.."),
        ([98, 99, 0, 1], "%y", "69 to 99 are read as 19.."),
        ([1, 2, 3], "number", "span: number"),
    ],
)
def test_years_of_two_figures_and_numbers_are_told_apart_and_to_be_confirmed(
    tmp_path: Path, years: list[int], form: str, said: str
) -> None:
    card = proposed(tmp_path, "invest,county,year,value", firms(years))
    assert card.column("period").format == form  # type: ignore[union-attr]
    assert any(said in line for line in card.to_confirm)


def test_a_counted_period_by_another_name(tmp_path: Path) -> None:
    card = proposed(tmp_path, "y,id,t,x", firms([5, 6, 7], ("11", "12", "13")))
    assert roles(card) == {"region": "id", "period": "t"}
    assert card.column("period").format == "number"  # type: ignore[union-attr]


def test_a_row_a_neighbourhood_is_a_cross_section_even_with_coordinates(tmp_path: Path) -> None:
    rows = [f"{n / 7},{n},{n * 3.1},{50 - n},{n + 0.5},{30 + n / 3}" for n in range(1, 9)]
    card = proposed(tmp_path, "AREA,POLYID,HOVAL,CRIME,X,Y", rows)
    assert (card.kind, roles(card)) == ("areas", {"region": "POLYID"})
    assert any("cross-section" in line for line in card.to_confirm)


def test_a_number_with_a_name_beside_it_is_a_code(tmp_path: Path) -> None:
    rows = [
        f"{37000 + i},{name},{year},{i + year}" for i, name in enumerate(("Durham", "Wake")) for year in (2001, 2002)
    ]
    card = proposed(tmp_path, "fips,county,year,crimes", rows)
    assert roles(card) == {"region": "county", "period": "year"} or roles(card)["region_name"] == "county"


def test_a_table_that_tells_a_firm_and_year_twice_has_no_key(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="not clear"):
        proposed(tmp_path, "invest,firm,year,value", [*firms([1935, 1936]), "1,Alpha,1935,2"])


def test_numbers_alone_are_no_regions(tmp_path: Path) -> None:
    with pytest.raises(IngestError):
        proposed(tmp_path, "alpha,beta,gamma", [f"{n},{n * 2},{n * 3.5}" for n in range(9)])


def test_counts_at_places_without_a_date_stay_refused(tmp_path: Path) -> None:
    rows = [f"{127 + n / 100},{37 + n / 100},{n},구역{n}" for n in range(1, 9)]
    with pytest.raises(IngestError, match="no date"):
        proposed(tmp_path, "경도,위도,신고건수,단속구역", rows)


def test_a_column_called_region_that_repeats_is_not_the_region(tmp_path: Path) -> None:
    rows = [
        f"{state},{year},{at % 2},{at + year}"
        for at, state in enumerate(("Iowa", "Ohio", "Utah"))
        for year in (1970, 1971)
    ]
    card = proposed(tmp_path, "state,year,region,pcap", rows)
    assert card.own_regions and roles(card)["region"] == "state"
