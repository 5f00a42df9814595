"""Real statistical files, as published: rows, keys and items of each, and cells read off the files by eye."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from sigun.errors import IngestError
from sigun.ingest.layout import Reading
from sigun.ingest.sniff import harvest, sniff, sniff_all, survey
from sigun.ingest.tabular import file_column, file_row, read_table

pytestmark = pytest.mark.shared

RAW, DONG, CHEONAN = "data/korea/raw", "data/korea/raw/읍면동_2017_2021", "data/events/cheonan"
ONE_PERSON = "수도권+시군구별+주요+통계표.xlsx"
SIGUNGU = ("시군구별(1)", "시군구별(2)", "시점")
WOMEN = ("행정구역(시군구)별(1)", "행정구역(시군구)별(2)", "시점", "성별(1)")
AGES_1 = tuple(f"{age}세" for age in range(15, 50))
BLOCK = ("unnamed_1", "unnamed_2", "시점")
HOMES = ("", " / 단독주택", " / 아파트", " / 연립및다세대", " / 비거주용건물내주택", " / 주택이외 거처")
SINGLES = (
    *("18세 이하", "19~24세", "25~29세"),
    *(f"{a}-{a + 4}세" for a in range(30, 70, 5)),
    "70세 이상",
)
TENS = (*(f"{a}~{a + 9}세" for a in range(0, 100, 10)), "100세 이상")
FIVES = (*(f"{a} - {a + 4}세" for a in range(0, 80, 5)), "80세 이상", "80 - 84세", "85세 이상")
Cells = dict[tuple[str, ...], dict[str, str | None]]
"""By keys, in their order: some values."""


@dataclass(frozen=True)
class Known:
    """What one table is known to hold."""

    file: str
    rows: int
    keys: tuple[str, ...]  # with what the header tells: 시점, 지역
    items: tuple[str, ...] | int
    cells: Cells = field(default_factory=dict)
    sheet: str | None = None
    encoding: str | None = None
    folder: str = RAW


FLAT = (
    Known(
        "시도_합계출산율__모의_연령별_출산율_20260520112924.csv",
        18 * 32,
        ("시도별", "시점"),
        ("합계출산율", "모의 연령별출산율:15-19세", *(f"{a}-{a + 4}세" for a in range(20, 50, 5))),
        {
            ("전국", "1993"): {"합계출산율": "1.654", "45-49세": "0.2"},
            ("제주특별자치도", "2024"): {"합계출산율": "0.826", "45-49세": "0.4"},
        },
        encoding="utf-8",
    ),
    Known(
        "시도별_1인당_지역내총생산__지역총소득__개인소득_20260520112555.csv",
        18 * 38,
        ("시도별", "시점"),
        ("1인당 지역내총생산", "1인당 민간소비", "1인당 지역총소득", "1인당 개인소득"),
        {
            ("전국", "1985"): {"1인당 지역내총생산": "2245", "1인당 민간소비": None, "1인당 개인소득": None},
            ("광주광역시", "1986"): {"1인당 지역내총생산": "-"},
            ("전국", "1995"): {"1인당 지역내총생산": "9871", "1인당 민간소비": "5094", "1인당 지역총소득": None},
            ("경상남도", "2022 p)"): {"1인당 지역내총생산": "36501", "1인당 민간소비": "18766"},
        },
        encoding="utf-8",
    ),
    Known(
        "시도별_평균초혼연령_20260525003556.csv",
        19 * 36,
        ("시도별", "시점"),
        ("남편", "아내"),
        {("국외", "1990"): {"남편": "32.41", "아내": "27.66"}, ("제주특별자치도", "2025"): {"아내": "31.67"}},
        encoding="utf-8",
    ),
    Known(
        "아파트_매매_실거래가격지수_20260525142438.csv",
        28 * 243,
        ("행정구역별(1)", "행정구역별(2)", "시점"),
        ("지수 (2017.11 = 100.0)", "잠정 증감률 (%)"),
        {
            ("도", "제주", "2006.01"): {"지수 (2017.11 = 100.0)": "37.1", "잠정 증감률 (%)": None},
            ("도", "제주", "2026.02"): {"지수 (2017.11 = 100.0)": "107.8", "잠정 증감률 (%)": None},
            ("도", "제주", "2026.03 p)"): {"지수 (2017.11 = 100.0)": None, "잠정 증감률 (%)": "-1.35"},
        },
        encoding="utf-8",
    ),
    Known(
        "조혼인율_시도_시_군_구__20260524221114.csv",
        19 * 26,
        ("행정구역별", "시점"),
        ("값",),
        {("전국", "2000"): {"값": "7.0"}, ("전국", "2025"): {"값": "4.7"}, ("국   외", "2010"): {"값": ""}},
        encoding="utf-8",
    ),
    Known(
        "학교급_및_시도별__학생_1인당_월평균_사교육비_20260525155257.csv",
        18 * 17,
        ("시도별", "시점"),
        tuple(f"{name} (만원)" for name in ("평 균", "초등학교", "중학교", "고등학교", "일반고")),
        {
            ("전국", "2009"): {"평 균 (만원)": "24.2", "일반고 (만원)": "26.9"},
            ("경상북도", "2025"): {"일반고 (만원)": "36.3"},
        },
        encoding="utf-8",
    ),
    Known(
        "고용률_시도__20260520115827.csv",
        54 * 323,
        ("시도별", "성별", "시점"),
        ("값",),
        {("계", "계", "1999.06"): {"값": "57.6"}, ("제주도", "여자", "2026.04"): {"값": "68.8"}},
        encoding="utf-8",
    ),
    Known(
        "202208_202301_연령별인구현황_월간.xlsx",
        18 * 6,
        ("행정기관코드", "행정기관", "시점"),
        (
            *(f"계 / {age}" for age in ("총 인구수", "연령구간인구수", *TENS)),
            *(f"{s} / {age}" for s in "남여" for age in (f"{s} 인구수", "연령구간인구수", *TENS)),
            *("남 / 총 인구수", "여 / 총 인구수"),
        ),
        {
            ("0000000000", "전국", "2022년08월"): {
                "계 / 총 인구수": "51,558,441",
                "남 / 남 인구수": "25,699,579",
                "남 / 총 인구수": None,
            },
            ("0000000000", "전국", "2023년01월"): {"여 / 총 인구수": "25,798,480", "여 / 여 인구수": None},
            ("5000000000", "제주특별자치도", "2023년01월"): {"계 / 0~9세": "54,326"},
        },
    ),
    Known(
        "5age_wm_population.xlsx",
        264,
        ("시점", "시도", "행정구역(시군구)별"),
        ("계", *FIVES, "85 - 89세", "90 - 94세", "95 - 99세", "100세 이상"),
        {
            ("Y2015 2015", "서울", "11010 종로구"): {"계": "76326", "0 - 4세": "2143.5"},
            ("Y2018 2018", "경기도", "31380 양평군"): {"85 - 89세": "1195", "100세 이상": "13.5"},
        },
        sheet="데이터",
    ),
    Known(
        "서울_구별_분기_아파트지수_e.xlsx",
        20 * 25,
        ("분기별", "지역"),
        ("값",),
        {("2017.1/4", "종로구"): {"값": "94.66378430223119"}, ("2017.4/4", "강동구"): {"값": "100"}},
    ),
    Known(
        ONE_PERSON,
        69 * 2,
        BLOCK,
        ("일반가구 (가구)", "1인가구 (가구)", "1인가구 / 남자 (가구)", "1인가구 / 여자 (가구)"),
        {
            ("서울", "계", "2010년T"): {"일반가구 (가구)": "3504297", "1인가구 / 여자 (가구)": "450030"},
            ("인천", "중구", "2010년T"): {"일반가구 (가구)": "31121"},
            ("경기", "양평군", "2020년R"): {"1인가구 (가구)": "14949", "1인가구 / 남자 (가구)": "7263"},
        },
        sheet="1. 1인 가구 수",
    ),
    Known(
        ONE_PERSON,
        69 * 2,
        BLOCK,
        ("1인가구 (가구)", *(f"1인가구 / {age} (가구)" for age in SINGLES)),
        {
            ("인천", "옹진군", "2010년T"): {"1인가구 (가구)": "1954", "1인가구 / 18세 이하 (가구)": "*"},
            ("경기", "양평군", "2020년R"): {"1인가구 / 18세 이하 (가구)": "12", "1인가구 / 25~29세 (가구)": "663"},
        },
        sheet="2. 연령별 1인 가구",
    ),
    Known(
        ONE_PERSON,
        69,
        BLOCK,
        tuple(f"{age}{home} (가구)" for age in ("전체", "34세 이하", "35~64세", "65세 이상") for home in HOMES),
        {("서울", "계", "2020년"): {"전체 (가구)": "1390701", "65세 이상 / 주택이외 거처 (가구)": "10525"}},
        sheet="3. 1인 가구 거처 유형",
    ),
    Known(
        ONE_PERSON,
        69,
        BLOCK,
        tuple(
            f"일반가구{kind} (가구)"
            for kind in ("", " / 자기집", " / 전세(월세없음)", " / 월세, 사글세", " / 무상 (관사,사택등)")
        ),
        {("경기", "양평군", "2020년"): {"일반가구 (가구)": "14949", "일반가구 / 무상 (관사,사택등) (가구)": "1406"}},
        sheet="4. 1인 가구 주택 점유 형태",
    ),
    Known(
        ONE_PERSON,
        69,
        ("전입지역", "전입지역.2", "시점"),
        (
            "전입가구 (가구)",
            *(f"전입 구분별 / {kind} (가구)" for kind in ("수도권 내", "비수도권→수도권", "기타 이동*")),
            *(f"연령층별 / {age} (가구)" for age in ("34세 이하", "35-64세", "65세 이상")),
        ),
        {("서울", "강동구", "2020년"): {"전입가구 (가구)": "10412", "연령층별 / 34세 이하 (가구)": "5899"}},
        sheet="5. 수도권 시군구별 1인 가구 전입 규모",
    ),
    Known(
        ONE_PERSON,
        69,
        BLOCK,
        ("1인 가구 수 (15세 이상) (가구)", "취업가구 (가구)", "미취업가구 (가구)"),
        {("인천", "중구", "2020년"): {"1인 가구 수 (15세 이상) (가구)": "23101", "미취업가구 (가구)": "5701"}},
        sheet="6. 1인 가구 경제활동 상태",
    ),
    Known(
        ONE_PERSON,
        69,
        BLOCK,
        (
            *("1인 가구 수 (가구)", "주택 소유 가구 (가구)", "무주택 가구 (가구)"),
            *(f"무주택 가구 / {age} (가구)" for age in ("34세 이하", "35~64세", "65세 이상")),
        ),
        {("서울", "종로구", "2020년"): {"1인 가구 수 (가구)": "25983", "무주택 가구 / 65세 이상 (가구)": "2684"}},
        sheet="7. 1인 가구 주택 소유 현황",
    ),
    Known(
        "천안시_읍면동_인구(2013~2023).csv",
        34,
        ("읍면동별(1)", "읍면동별(2)", "시점"),
        (
            "세대수 (세대) / 소계",
            *(f"{who} (명) / {sex}" for who in ("등록인구", "한국인", "외국인") for sex in ("소계", "남", "여")),
            *("세대당인구 (명) / 소계", "65세 이상 고령자 (명) / 소계", "평균연령 (세) / 소계"),
            *("인구밀도 (명/㎢) / 소계", "인구밀도 (명/㎢) / 면적 (㎢)"),
        ),
        {
            ("합계", "소계", "2023"): {"등록인구 (명) / 여": "329704", "인구밀도 (명/㎢) / 면적 (㎢)": "636.15"},
            ("서북구", "부성2동", "2023"): {"세대수 (세대) / 소계": "26157", "외국인 (명) / 여": "987"},
        },
        encoding="cp949",
        folder=CHEONAN,
    ),
)

YEARLY = {"CBR": (14, 3470, 3478, 3477, 3487, 3491), "FI": (8, 228, 228, 228, 228, 228)} | {
    "POP5": (29, 3476, 3484, 3483, 3493, 3507),
    "P_DEN": (13, 3493, 3463, 3462, 3495, 3468),
}
PLAIN = (
    Known(
        "시군구_출생아수__합계출산율_20230425185920.csv",
        3311,
        SIGUNGU,
        1,
        {
            ("서울특별시", "소계", "2016"): {"합계출산율": "0.940"},
            ("제주특별자치도", "남제주군", "2022 p)"): {"합계출산율": "-"},
        },
        encoding="cp949",
    ),
    Known(
        "출생아수_20230425175425.csv",
        19368,
        SIGUNGU,
        1,
        {("서울특별시", "소계", "2013.01"): {"계 (명)": "8530"}, ("강원도", "양양군", "2021.12"): {"계 (명)": "4"}},
        encoding="cp949",
    ),
    Known(
        "출생아수1_20230425175545.csv",
        16920,
        SIGUNGU,
        1,
        {
            ("충청북도", "소계", "2012.01"): {"계 (명)": "1407"},
            ("제주특별자치도", "남제주군", "2021.12"): {"계 (명)": "0"},
        },
        encoding="cp949",
    ),
    *(
        Known(f"여성연앙인구_{name}.csv", rows, WOMEN, AGES_1, cells, encoding="cp949")
        for name, rows, cells in (
            ("경기도_20230425125648", 475, {("경기도", "수원시", "2012", "여자"): {"15세": "7960", "49세": "9058"}}),
            ("경기도반_20230425125738", 65, {("경기도", "양주시", "2013", "여자"): {"15세": "1295", "49세": "1432"}}),
            (
                "대구인천광주대전울산세종시_20230425125220",
                440,
                {("세종특별자치시", "세종시", "2022", "여자"): {"49세": "3079"}},
            ),
            ("서울시_20230425165111", 473, {("부산광역시", "기장군", "2022", "여자"): {"15세": "857", "49세": "1482"}}),
            ("충남전북_20230425125924", 385, {("전라북도", "부안군", "2022", "여자"): {"49세": "309"}}),
        )
    ),
    Known(
        "city_area.xlsx",
        264,
        ("시도", "시군구", "년도"),
        ("면적",),
        {("서울특별시", "중구", "2018"): {"면적": "9959837"}, ("경기도", "연천군", "2015"): {"면적": "676010010"}},
        sheet="데이터",
    ),
    Known(
        "수도권_지표_2015_2018.xlsx",
        264,
        ("시도", "시군구", "행정구역코드", "년도"),
        32,
        {
            ("서울", "종로구", "11010", "2015"): {"EQ5D": "0.95", "소득액": "2755607"},
            ("경기", "양평군", "31380", "2018"): {"0-4세": "3532", "100세이상": "18"},
        },
    ),
    *(
        Known(f"{name}_{year}.csv", rows, ("unnamed_1", "SD", "SGG"), columns - 3, {}, None, "utf-8-sig", DONG)
        for name, (columns, *many) in YEARLY.items()
        for year, rows in zip(range(2017, 2022), many, strict=True)
    ),
    Known(
        "천안시_단속장소_위도경도_23년_grouped.csv",
        6884,
        ("위도", "경도"),
        ("단속건수",),
        {("36.8278572982784", "127.141230509706"): {"단속건수": "7165"}},
        encoding="utf-8-sig",
        folder=CHEONAN,
    ),
    Known(
        "천안시_단속장소_위도경도_24년_grouped.csv",
        5610,
        ("위도", "경도"),
        ("단속건수",),
        {("36.84277193", "127.1522109"): {"단속건수": "3457"}},
        encoding="cp949",
        folder=CHEONAN,
    ),
)


@cache
def readings(path: Path) -> tuple[Reading, ...]:
    return sniff_all(path)


def label(known: Known) -> str:
    return f"{known.file} {known.sheet or ''}".strip()


@pytest.mark.parametrize("known", (*FLAT, *PLAIN), ids=label)
def test_a_real_table_is_read_right(shared: Path, known: Known) -> None:
    path = shared / known.folder / known.file
    reading = next(r for r in readings(path) if known.sheet in (None, r.sheet))
    table = read_table(path, reading)
    keys, items = table.column_names[: len(known.keys)], table.column_names[len(known.keys) :]
    assert (reading.shape is not None) == (known in FLAT)
    assert reading.encoding == known.encoding
    assert table.num_rows == known.rows
    assert tuple(keys) == known.keys
    assert (len(items) if isinstance(known.items, int) else tuple(items)) == known.items
    for at, values in known.cells.items():
        row = one_row(table, dict(zip(known.keys, at, strict=True)))
        assert {name: row[name] for name in values} == values


def one_row(table: pa.Table, keys: dict[str, str]) -> dict[str, str | None]:
    found = table
    for name, text in keys.items():
        found = found.filter(pc.equal(found[name], text))
    [row] = found.to_pylist()
    return dict(row)


def test_every_file_of_the_folder_is_known_or_refused(shared: Path) -> None:
    files = {p.name for p in (shared / RAW).rglob("*") if p.is_file()}
    readmes = {name for name in files if name.endswith("readme.txt")}
    assert len(files) == 45
    assert files - readmes == {k.file for k in (*FLAT, *PLAIN) if k.folder != CHEONAN}
    for name in sorted(readmes):
        with pytest.raises(IngestError, match="holds no table"):
            sniff(shared / DONG / name)


def test_one_reading_a_sheet_and_none_of_hidden_or_metadata_sheets(shared: Path) -> None:
    assert [r.sheet for r in readings(shared / RAW / ONE_PERSON)] == [k.sheet for k in FLAT if k.file == ONE_PERSON]
    assert [r.sheet for r in readings(shared / RAW / "city_area.xlsx")] == ["데이터"]


def test_metadata_sheets_are_harvested(shared: Path) -> None:
    said = harvest(shared / RAW / "5age_wm_population.xlsx")
    assert {k: said[k] for k in ("table_id", "period", "source", "unit", "downloaded")} == {
        "table_id": "DT_1B040M5",
        "period": "[년] 2015~2018",
        "source": "통계청,「인구동향조사」",
        "unit": "명",
        "downloaded": "2021.08.11 15:34",
    }
    assert harvest(shared / RAW / "city_area.xlsx")["table_id"] == "TX_315_2009_H1009"
    assert harvest(shared / RAW / ONE_PERSON) == {}


def test_what_was_guessed_in_the_real_files(shared: Path) -> None:
    sheets = survey(shared / RAW / ONE_PERSON).sheets
    assert [[str(g) for g in sheet.guesses] for sheet in sheets] == [
        [],
        [],
        [],
        ["The header cell G3 is empty and is read as 2020년."],
        [],
        ["Column “1인 가구 수 (15세 이상) (가구)” (C3) tells no period; 2020년, the only one of the table, is taken."],
        ["Column “1인 가구 수 (가구)” (C3) tells no period; 2020년, the only one of the table, is taken."],
    ]
    months = survey(shared / RAW / "202208_202301_연령별인구현황_월간.xlsx").sheets[0].guesses
    assert [str(g) for g in months] == [
        "Told for some periods only: 남 / 남 인구수 (1 / 6), 여 / 여 인구수 (1 / 6), 남 / 총 인구수 (5 / 6), "
        "여 / 총 인구수 (5 / 6)"
    ]


def test_a_flat_row_leads_back_to_its_cell(shared: Path) -> None:
    path = shared / RAW / ONE_PERSON
    reading = readings(path)[0]
    table = read_table(path, reading)
    kept = table.schema.metadata
    assert (file_row(reading, 137, kept), file_column(137, kept)) == (74, "G")
    assert json.loads(kept[b"unit"]) == "가구"
    assert json.loads(kept[b"titles"])[0] == "1. 수도권 시군구별 1인 가구 수, 2010년, 2020년"
    assert json.loads(kept[b"footnotes"])[0].startswith("자료: 통계청,「인구주택총조사 전수」")


def test_next_years_file_loads_with_the_same_reading(shared: Path, tmp_path: Path) -> None:
    old = shared / RAW / "시도별_1인당_지역내총생산__지역총소득__개인소득_20260520112555.csv"
    reading = readings(old)[0]
    lines = old.read_text(encoding="utf-8").splitlines()
    years = ["2023 p)"] * 4
    names = ["1인당 지역내총생산", "1인당 지역총소득", "1인당 개인소득", "1인당 민간소비"]
    rows = [[lines[0], *years], [lines[1], *names], *([line, "1", "2", "3", "4"] for line in lines[2:])]
    new = tmp_path / "next.csv"
    new.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    table = read_table(new, reading)
    assert table.num_rows == 18 * 39
    assert one_row(table, {"시도별": "전국", "시점": "2023 p)"})["1인당 민간소비"] == "4"


def test_another_layout_is_refused_with_what_changed(shared: Path, tmp_path: Path) -> None:
    old = shared / CHEONAN / "천안시_읍면동_인구(2013~2023).csv"
    reading = readings(old)[0]
    new = tmp_path / "next.csv"
    new.write_bytes(old.read_bytes().replace("평균연령".encode("cp949"), "중위연령".encode("cp949")))
    with pytest.raises(IngestError) as caught:
        read_table(new, reading)
    assert "no column tells “평균연령 (세) / 소계” any more" in caught.value.what
    assert "O3: “중위연령 (세) / 소계” is new" in caught.value.what


def test_readings_survive_their_card(shared: Path) -> None:
    for known in FLAT[:3]:
        reading = readings(shared / known.folder / known.file)[0]
        assert Reading.model_validate(reading.model_dump(mode="json")) == reading
