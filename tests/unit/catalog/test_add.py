"""Statistical tables taken in: cards proposed, questions asked, parts recognised. The figures are made up."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from sigun.catalog.add import Added, How, add_files, take_files
from sigun.catalog.card import Card
from sigun.catalog.questions import Question
from sigun.catalog.snapshot import snapshot
from sigun.catalog.store import read_card, read_catalog
from sigun.errors import CardError, SigunError
from sigun.ingest.clean import Cleaned
from sigun.settings import Workspace, lay_workspace

GU = ("종로구", "중구", "용산구")


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return lay_workspace(tmp_path / "ws")


def births(
    folder: Path, name: str, years: range, *, sido: str = "서울특별시", more: str = "", add: int = 0, p: int = 0
) -> Path:
    """Births of a 시도 and its 구 by year; `p` is a provisional year, `more` another item."""
    rows = [f"시도,시군구,시점,출생아수 (명){',' + more if more else ''}"]
    for place, n in (("소계", 60), *zip(GU, (10, 20, 30), strict=True)):
        for year in years:
            mark = " p)" if year == p else ""
            rows.append(f"{sido},{place},{year}{mark},{n + year - 2000 + add}{',1' if more else ''}")
    file = folder / name
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def said(added: Added) -> str:
    return " | ".join(map(str, (*added.coverage, *added.changes, *added.card.to_confirm)))


class Person:
    """Somebody who answers by the words of the question: the choice that begins so."""

    def __init__(self, **answers: str) -> None:
        self.answers = {asked.replace("_", " "): answer for asked, answer in answers.items()}
        self.asked: list[str] = []

    def shows(self, _card: Card, _cleaned: Cleaned) -> None:
        return

    def asks(self, question: Question) -> int:
        self.asked.append(question.asks)
        answer = next(a for words, a in self.answers.items() if words in question.asks)
        return next(i for i, choice in enumerate(question.choices) if choice.startswith(answer))


def test_a_card_is_proposed_whole(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2019, 2022), p=2021)])
    card = added.card
    assert (card.id, card.kind) == ("births", "area_periods")
    assert {c.role: c.name for c in card.fields if c.role} == {
        "sido": "시도", "sigungu": "시군구", "period": "시점", "value": "출생아수 (명)",
    }  # fmt: skip
    [value] = card.values()
    assert (value.id, value.unit, value.measure) == ("births", "명", "flow")
    assert [c.check for c in card.checks] == ["children_add_up"]
    assert "12 rows: 4 regions. | 3 periods, 2019 – 2021. | 시도: 서울" in said(added)
    assert pd.read_parquet(snapshot(card, ws).path)["provisional"].sum() == 4


def test_next_years_file_becomes_a_part_without_a_question(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2019, 2022), p=2021)])
    person = Person()
    later = births(tmp_path, "출생아수_2022.csv", range(2021, 2023), p=2022, add=1)
    [added] = add_files(ws, [later], how=How(talk=person))
    assert added.part
    assert not person.asked
    card = read_catalog(ws).card("births")
    assert [Path(part.file).name for part in card.parts] == ["출생아수_2022.csv"]
    shot = snapshot(card, ws)
    frame = pd.read_parquet(shot.path)
    whole = frame[frame["sigungu"].isna()]
    assert dict(zip(whole["period"].dt.year, whole["births"], strict=True)) == {2019: 79, 2020: 80, 2021: 82, 2022: 83}
    told = " ".join(map(str, shot.changes))
    for words in ("new: 1 (2022 – 2022)", "otherwise: 4 of 4", "final now: 4"):
        assert words in told


def test_one_table_in_several_files_is_one_card(ws: Workspace, tmp_path: Path) -> None:
    files = [
        births(tmp_path, "출생아수_20230425.csv", range(2019, 2022)),
        births(tmp_path, "출생아수1_20230425.csv", range(2019, 2022), sido="부산광역시"),
    ]
    [added] = add_files(ws, files)
    assert len(added.card.parts) == 1
    assert "시도: 서울, 부산" in said(added)


def test_a_changed_layout_stops_it(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2019, 2022))])
    before = {p: p.read_bytes() for p in ws.root.rglob("*") if p.is_file()}
    with pytest.raises(CardError, match=r"layout has changed.*new: 사망자수") as caught:
        add_files(ws, [births(tmp_path, "출생아수_2022.csv", range(2020, 2023), more="사망자수 (명)")])
    assert "--new" in caught.value.remedy
    assert {p: p.read_bytes() for p in ws.root.rglob("*") if p.is_file()} == before
    [own] = add_files(
        ws, [births(tmp_path, "출생아수_2022.csv", range(2020, 2023), more="사망자수 (명)")], how=How(new=True)
    )
    assert not own.part


def test_the_same_columns_under_another_name_are_no_part_unasked(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2019, 2022))])
    other = births(tmp_path, "다른표.csv", range(2022, 2023))
    with pytest.raises(CardError, match="columns and regions of “births”") as caught:
        add_files(ws, [other])
    assert "--part-of births" in caught.value.remedy
    assert "--new" in caught.value.remedy
    assert not add_files(ws, [other], how=How(new=True))[0].part
    third = births(tmp_path, "세번째.csv", range(2023, 2024))
    person = Person(same_table="yes")
    assert add_files(ws, [third], how=How(talk=person))[0].part
    assert "another name" in person.asked[0]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("출생아수_2022a.csv", "출생아수 (명)", "출생아수(합계)"),  # an item renamed, and a letter at the year
        ("출생아수_최종.csv", "시점,출생아수 (명)", "성별,시점,출생아수 (명)"),  # a column more
        ("내려받기.csv", "시점,출생아수 (명)", "성별,시점,출생아수 (명)"),  # of no such name: its values tell
    ],
)
def test_another_layout_under_another_name_is_no_second_table(
    ws: Workspace, tmp_path: Path, name: str, old: str, new: str
) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2012, 2022))])
    later = births(tmp_path, name, range(2012, 2023))
    text = later.read_text(encoding="utf-8").replace(old, new)
    if "성별" in new:
        text = re.sub(r",(20\d\d)", r",계,\1", text)
    later.write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match="looks like “births” in another layout"):
        add_files(ws, [later])
    assert not add_files(ws, [later], how=How(new=True))[0].part


def test_tables_that_share_places_and_periods_only_are_two(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2012, 2022))])
    women = births(tmp_path, "여성인구_2021.csv", range(2012, 2022))
    women.write_text(women.read_text(encoding="utf-8").replace("출생아수", "여성인구"), encoding="utf-8")
    assert not add_files(ws, [women])[0].part


def test_another_subject_under_the_same_header_is_another_table(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2012, 2022))])
    other = births(tmp_path, "전출생아수추계_다른표.csv", range(2012, 2022))
    lines = other.read_text(encoding="utf-8").splitlines()
    turned = [f"{line.rsplit(',', 1)[0]},{7 ** (at % 5)}" for at, line in enumerate(lines[1:])]
    other.write_text("\n".join([lines[0], *turned]) + "\n", encoding="utf-8")
    assert not add_files(ws, [other])[0].part


def test_the_same_regions_and_years_told_otherwise_are_another_table(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2010, 2022))])
    other = births(tmp_path, "출생아수_2022.csv", range(2010, 2023), add=500)
    with pytest.raises(CardError, match="48 of 48 values both tell differ"):
        add_files(ws, [other])
    assert add_files(ws, [other], how=How(part_of="births"))[0].part


def test_a_file_twice_is_noticed_and_two_cards_for_one_file_are_refused(ws: Workspace, tmp_path: Path) -> None:
    file = births(tmp_path, "출생아수_2021.csv", range(2019, 2022))
    [added] = add_files(ws, [file])
    later = births(tmp_path, "출생아수_2022.csv", range(2022, 2023))
    add_files(ws, [later])
    assert add_files(ws, [later])[0].known
    card = tmp_path / "card.yaml"
    card.write_text(added.path.read_text(encoding="utf-8").replace("id: births", "id: second", 1), encoding="utf-8")
    with pytest.raises(SigunError, match="two cards for one file"):
        add_files(ws, [file], read_card(card))
    (ws.catalog / "second.yaml").write_text(card.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(SigunError, match="are of the same file"):
        read_catalog(ws)
    with pytest.raises(SigunError, match="are of the same file"):
        read_catalog(ws, "births")
    assert read_catalog(ws, "another").cards  # who wants neither is not kept waiting


def test_a_name_that_tells_of_another_sido_is_said(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [births(tmp_path, "출생아수_부산시_2021.csv", range(2019, 2022))])
    assert "name tells of 부산; its rows are of 서울" in said(added)
    assert added.card.column("sido") is not None


def test_two_year_columns_are_asked_about(ws: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"서울특별시,{gu},{y + 1},{y},{n}\n" for gu in GU for y, n in ((2019, 1), (2020, 2)))
    file = tmp_path / "결혼.csv"
    file.write_text("시도,시군구,발표년도,기준년도,혼인건수 (건)\n" + rows, encoding="utf-8")
    [added] = add_files(ws, [file])
    assert added.card.column("period").name == "기준년도"  # type: ignore[union-attr]
    assert any("Which column is the period" in line for line in added.card.to_confirm)


def test_an_answer_becomes_a_line_of_the_card(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "표.csv"
    rows = "".join(f"서울특별시,{gu},{y},{n}\n" for gu in GU for y, n in ((2019, 1), (2020, 2)))
    file.write_text("시도,시군구,연도,무언가\n" + rows, encoding="utf-8")
    [added] = add_files(ws, [file], how=How(talk=Person(What_is_measured="rate", Of_what="not in this")))
    [value] = added.card.values()
    assert value.measure == "rate"
    assert not any("What is measured" in line for line in added.card.to_confirm)


def test_a_rate_is_never_taken_for_something_to_add(ws: Workspace, tmp_path: Path) -> None:
    """The name of the file says births, its one nameless column is a rate: a name alone makes nothing additive."""
    file = tmp_path / "출생아수_서울특별시.csv"
    rows = "".join(f"서울특별시,{gu},{v},{v}\n" for gu, v in zip(GU, ("0.9", "1.1", "0.7"), strict=True))
    file.write_text("시도,시군구,2019,2020\n" + rows, encoding="utf-8")
    [value] = add_files(ws, [file])[0].card.values()
    assert value.measure not in ("stock", "flow")


def test_names_all_in_one_sido_lie_in_it_and_homonyms_are_asked_about(ws: Workspace, tmp_path: Path) -> None:
    for name, places, within in (("a.csv", GU, "서울특별시"), ("b.csv", ("중구", "동구"), "")):
        file = tmp_path / name
        rows = "".join(f"{gu},{y},{sex},{n}\n" for gu in places for y, sex, n in ((2019, "남", 1), (2020, "여", 2)))
        file.write_text("시군구,연도,성별,인구 (명)\n" + rows, encoding="utf-8")
        [added] = add_files(ws, [file], how=How(new=True))
        assert added.card.within == within
        assert any("In which 시도" in line for line in added.card.to_confirm) == (not within)


def test_a_personal_column_of_a_statistical_table_is_dropped_and_sealed(ws: Workspace, tmp_path: Path) -> None:
    rows = "".join(f"서울특별시,{gu},2019,{n},담당 010-1234-567{n}\n" for n, gu in enumerate(GU))
    file = tmp_path / "세대.csv"
    file.write_text("시도,시군구,연도,세대수 (세대),비고\n" + rows, encoding="utf-8")
    [added] = add_files(ws, [file])
    assert added.sealed
    assert "telephone number, 3 of 3 cells" in said(added)
    assert "010-1234" not in pd.read_parquet(snapshot(added.card, ws).path).to_csv()
    assert added.head is not None
    assert "010-1234" not in added.head.to_csv()


def test_a_file_that_cannot_be_used_keeps_no_other_out(ws: Workspace, tmp_path: Path) -> None:
    readme = tmp_path / "readme.txt"
    readme.write_text("출생아수 자료입니다.\n2012년부터 있습니다.\n", encoding="utf-8")
    added, problems = take_files(ws, [readme, births(tmp_path, "b.csv", range(2012, 2015))])
    assert [one.card.id for one in added] == list(read_catalog(ws).cards) == ["births"]
    assert [problem.where for problem in problems] == [str(readme)]


def test_together_or_not_at_all_where_asked(ws: Workspace, tmp_path: Path) -> None:
    readme = tmp_path / "readme.txt"
    readme.write_text("출생아수 자료입니다.\n2012년부터 있습니다.\n", encoding="utf-8")
    with pytest.raises(SigunError):
        add_files(ws, [births(tmp_path, "b.csv", range(2012, 2015)), readme])
    assert not read_catalog(ws).cards


def test_regions_nobody_knows_are_said(ws: Workspace, tmp_path: Path) -> None:
    file = births(tmp_path, "출생아수_2021.csv", range(2019, 2022))
    file.write_text(file.read_text(encoding="utf-8").replace("용산구", "달나라구"), encoding="utf-8")
    [added] = add_files(ws, [file])
    assert "not known: 1 (서울특별시 달나라구)" in said(added)
    [known] = add_files(ws, [births(tmp_path, "사망자수.csv", range(2019, 2022))], how=How(new=True))
    assert "not known" not in said(known)


def test_a_table_of_unknown_regions_alone_is_to_be_confirmed(ws: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "세대.csv"
    rows = "".join(f"{place},{year},{year}\n" for place in ("가나다구", "라마바구") for year in (2019, 2020))
    file.write_text("시군구,연도,세대수 (세대)\n" + rows, encoding="utf-8")
    [added] = add_files(ws, [file])
    assert any("None of the 2 regions" in guess for guess in added.card.to_confirm)


def test_many_values_told_otherwise_are_to_be_confirmed_where_few_can_be_compared(
    ws: Workspace, tmp_path: Path
) -> None:
    add_files(ws, [births(tmp_path, "출생아수_2021.csv", range(2018, 2022))])
    later = births(tmp_path, "출생아수_2022.csv", range(2018, 2023))
    text = later.read_text(encoding="utf-8")
    later.write_text(re.sub(r",(20(?:18|19|20),)", r",\g<1>9", text), encoding="utf-8")
    [added] = add_files(ws, [later])
    assert added.part
    doubt = "출생아수_2022.csv tells 12 of 16 values told before otherwise (75 %)"
    assert any(doubt in str(message) for message in added.changes)
    assert any(doubt in guess for guess in added.card.to_confirm)


def test_of_a_part_only_its_own_changes_are_said_and_first(ws: Workspace, tmp_path: Path) -> None:
    for year in (2021, 2022):
        add_files(ws, [births(tmp_path, f"출생아수_{year}.csv", range(2019, year + 1))])
    [added] = add_files(ws, [births(tmp_path, "출생아수_2023.csv", range(2019, 2024))])
    assert str(added.changes[0]) == "Added from 출생아수_2023.csv: 20 rows."
    assert "출생아수_2022.csv" not in said(added)
