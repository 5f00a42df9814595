"""What headers say (머리글 낱말): names of columns and the roles they play, units behind names, ids for values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sigun.catalog.unit_words import split_unit, without_brackets
from sigun.ingest.layout import Role
from sigun.units import Measure

EVENT_WORDS: Mapping[Role, str] = {
    "id": (
        "접수번호 민원번호 신고번호 관리번호 사건번호 case_enquiry_id service_request_id event_id "
        "case_id request_id 일련번호 연번 id"
    ),
    "occurred_at": (
        "접수일시 신고일시 발생일시 민원접수일시 단속일시 적발일시 발견일시 등록일시 접수일자 "
        "신고일자 발생일자 단속일자 적발일자 발견일자 접수일 신고일 발생일 단속일 "
        "requested_datetime open_dt occurred_at opened_at open_date created_date created_at "
        "reported_at report_date opened_date opened reported_date received_date received_at request_date "
        "complaint_date incident_date 일시 일자 날짜 datetime date"
    ),
    "occurred_time": "접수시간 접수시각 신고시간 신고시각 발생시간 발생시각 단속시간 단속시각 시각 시간 time",
    "updated_at": (
        "updated_datetime updated_at last_updated updated_date last_modified modified_at 최종수정일시 "
        "수정일시 변경일시 상태변경일시 최종처리일시 수정일자"
    ),
    "closed_at": (
        "처리완료일시 처리일시 완료일시 종결일시 조치일시 처리완료일자 처리일자 완료일자 종결일자 "
        "조치일자 처리완료일 처리일 종결일 closed_dt closed_at closed_date completed_date resolved_date closed"
    ),
    "longitude": "경도 longitude long lon lng 위치경도 경도좌표",
    "latitude": "위도 latitude lat 위치위도 위도좌표",
    "x": "x좌표 좌표x x_coord coord_x pos_x x",
    "y": "y좌표 좌표y y_coord coord_y pos_y y",
    "address": (
        "소재지 소재지주소 발견장소 발생장소 신고장소 단속장소 주소 도로명주소 소재지도로명주소 "
        "지번주소 소재지지번주소 위치 장소 address street_address incident_address location location_address"
    ),
    "region": (
        "행정동 행정동명 읍면동 읍면동명 관할동 동명 법정동 법정동명 neighborhood neighbourhood 시군구 시군구명 region"
    ),
    "kind": "차종 차종구분 차량종류 차량구분 차량유형 vehicle_kind vehicle_type type_of_vehicle 종류 유형",
    "channel": "신고경로 접수경로 접수방법 접수구분 신고방법 신고매체 접수매체 source channel",
    "status_text": (
        "status_notes closure_reason resolution_description 처리내용 조치내용 처리결과내용 처리내역 조치내역 답변내용"
    ),
    "outcome": (
        "outcome 처분구분 처리구분 처리결과 조치결과 처분결과 조치구분 처리상태 진행상태 처리현황 "
        "case_status disposition resolution status"
    ),
    "duplicate_of": "duplicate_of 중복접수번호 원접수번호 중복대상",
    "vehicle_key": (
        "차량번호 차량등록번호 자동차등록번호 자동차번호 차번호 vehicle_key license_plate plate_number plate"
    ),
}
AREA_CODES = (
    "행정동코드 행정기관코드 행정구역코드 읍면동코드 법정동코드 시군구코드 adm_cd2 adm_cd "
    "adm_dr_cd emd_cd sig_cd region_code geoid geoid10 geoid20 tract neighborhood_id "
    "region_id code"
)
AREA_NAMES = (
    "행정동 행정동명 행정기관 행정기관명 읍면동 읍면동명 법정동 법정동명 동 동명 구 시군구 "
    "시군구명 자치구 행정구역 행정구역명 지역 지역명 adm_nm adm_dr_nm emd_kor_nm sig_kor_nm "
    "region region_name name neighborhood neighbourhood district 시도 시도명"
)
PERIODS = (
    "기준년월 기준연월 기준월 연월 년월 월 시점 기준일 기준일자 기준년도 기준연도 년도 연도 "
    "년 일시 일자 날짜 측정일 관측일 tm month period date day year"
)
SINCE = "시작일 관측시작일 설치일 start start_date since"
UNTIL = "종료일 관측종료일 폐지일 end end_date until"
STATIONS = "지점명 관측소 관측소명 지점 지점번호 station station_name stn"
WAY_ENDS: Mapping[Role, str] = {
    "from_x": (
        "from_x from_lon from_lng from_long from_longitude origin_x origin_lon origin_lng origin_longitude start_x "
        "start_lon start_lng 출발x 출발x좌표 출발지x 출발지x좌표 출발경도 출발지경도 기점x 기점경도"
    ),
    "from_y": (
        "from_y from_lat from_latitude origin_y origin_lat origin_latitude start_y "
        "start_lat 출발y 출발y좌표 출발지y 출발지y좌표 출발위도 출발지위도 기점y 기점위도"
    ),
    "to_x": (
        "to_x to_lon to_lng to_long to_longitude destination_x destination_lon destination_lng dest_x dest_lon end_x "
        "end_lon end_lng 도착x 도착x좌표 도착지x 도착지x좌표 도착경도 도착지경도 종점x 종점경도"
    ),
    "to_y": (
        "to_y to_lat to_latitude destination_y destination_lat destination_latitude dest_y dest_lat end_y "
        "end_lat 도착y 도착y좌표 도착지y 도착지y좌표 도착위도 도착지위도 종점y 종점위도"
    ),
}
WAY_MEASURES: Mapping[Role, str] = {
    "travel_time": (
        "소요시간 이동시간 통행시간 주행시간 운행시간 minutes min seconds sec duration duration_min duration_minutes "
        "duration_sec duration_s duration_seconds travel_time travel_minutes travel_time_min travel_time_minutes "
        "travel_time_s travel_seconds travel_time_seconds time time_min time_s total_minutes total_traveltime"
    ),
    "travel_distance": (
        "이동거리 도로거리 주행거리 통행거리 거리 km distance distance_km distance_m distance_metres distance_meters "
        "travel_distance travel_km length length_km length_m dist dist_km dist_m total_kilometers"
    ),
}
WEATHER = re.compile(r"기온|강수|강우|풍속|적설|습도|일조|temp|precip|rain|snow|wind|humid", re.I)
COUNT = re.compile(r"건수|횟수|^수$|count|합계|총계|^n$", re.I)
NOWHERE = frozenset(
    (
        *("no location specified", "unknown", "주소없음", "주소 없음", "위치없음"),
        *("위치 없음", "위치미상", "미상", "불명", "주소불명", "없음"),
    )
)

IDS: tuple[tuple[str, str], ...] = (
    ("조출생률", "crude_birth_rate"),
    ("출생아", "births"),
    ("출생건수", "births"),
    ("합계출산율", "tfr"),
    ("연령별출산율", "age_fertility"),
    ("출산율", "fertility"),
    ("사망률", "death_rate"),
    ("사망", "deaths"),
    ("조혼인율", "marriage_rate"),
    ("조이혼율", "divorce_rate"),
    ("초혼연령", "first_marriage_age"),
    ("혼인", "marriages"),
    ("이혼", "divorces"),
    ("연앙인구", "midyear_population"),
    ("재정자립도", "fiscal_independence"),
    ("재정자주도", "fiscal_autonomy"),
    ("사교육비", "private_education"),
    ("지역내총생산", "grdp"),
    ("지역총소득", "regional_income"),
    ("개인소득", "personal_income"),
    ("민간소비", "consumption"),
    ("고용률", "employment_rate"),
    ("실업률", "unemployment_rate"),
    ("경제활동참가율", "participation_rate"),
    ("미취업가구", "jobless_households"),
    ("취업가구", "employed_households"),
    ("취업자", "employed"),
    ("실업자", "unemployed"),
    ("경력단절", "career_break"),
    ("실업급여", "unemployment_benefit"),
    ("순이동", "net_migration"),
    ("전입", "moved_in"),
    ("전출", "moved_out"),
    ("증감률", "change_rate"),
    ("가격지수", "price_index"),
    ("물가지수", "price_index"),
    ("지수", "price_index"),
    ("어린이집", "childcare_centres"),
    ("유치원", "kindergartens"),
    ("국공립", "public_centres"),
    ("정원", "capacity"),
    ("학사비율", "graduates_share"),
    ("소득", "income"),
    ("임금", "wage"),
    ("평균연령", "mean_age"),
    ("세대당인구", "persons_per_household"),
    ("한국인", "koreans"),
    ("외국인", "foreigners"),
    ("일반가구", "general_households"),
    ("병상", "beds"),
    ("의사", "doctors"),
    ("학생", "students"),
    ("유동인구", "floating_population"),
    ("생활인구", "living_population"),
    ("주간인구", "daytime_population"),
    ("고령인구", "elderly"),
    ("인구밀도", "population_density"),
    ("등록인구", "population"),
    ("인구", "population"),
    ("1인가구", "single_households"),
    ("세대", "households"),
    ("가구", "households"),
    ("다세대", "multi_family_homes"),
    ("노후주택", "old_homes"),
    ("노후건축물", "old_buildings"),
    ("65세이상", "elderly"),
    ("아파트", "apartments"),
    ("주택", "homes"),
    ("등록대수", "registered_vehicles"),
    ("자동차", "registered_vehicles"),
    ("이륜차", "two_wheelers"),
    ("주차", "parking_spaces"),
    ("도로", "roads"),
    ("상가", "shops"),
    ("사업체", "businesses"),
    ("면적", "area"),
    ("평균기온", "temperature"),
    ("최고기온", "temperature_max"),
    ("최저기온", "temperature_min"),
    ("기온", "temperature"),
    ("강수", "precipitation"),
    ("강우", "precipitation"),
    ("풍속", "wind"),
    ("적설", "snow"),
    ("습도", "humidity"),
    ("일조", "sunshine"),
    ("건수", "count"),
)
WITHIN: tuple[tuple[str, str], ...] = (
    ("남자", "male"),
    ("남성", "male"),
    ("여자", "female"),
    ("여성", "female"),
    ("초등학교", "elementary"),
    ("중학교", "middle"),
    ("고등학교", "high"),
    ("일반고", "general_high"),
    ("단독주택", "house"),
    ("아파트", "apartment"),
    ("연립및다세대", "row_house"),
    ("자기집", "owned"),
    ("전세", "deposit_rent"),
    ("월세", "monthly_rent"),
    ("무상", "free"),
    ("남편", "husband"),
    ("아내", "wife"),
)
"""Words of a category within an item, and what they add to an id."""
AGE_BAND = re.compile(r"^(?P<low>\d{1,3})세?[~\-–_](?P<high>\d{1,3})세?$")
AGE_ONE = re.compile(r"^(?P<low>\d{1,3})세$")
AGE_END = re.compile(r"^(?:만)?(?P<age>\d{1,3})세?(?P<end>이상|이하|미만|초과|\+|_)$")
FLOWS = re.compile(
    r"출생|사망|혼인|이혼|전입|전출|순이동|이동자|발생|지급|매출|거래량|신고|접수|입학|졸업|착공|준공"
    r"|births|deaths|sales|arrivals|visits"
)
"""Counted over a period, whatever else the title names."""
HAPPENED = re.compile(
    r"건수|횟수|이용|방문|관람|입장객|승차|하차|승하차|탑승|통행|판매|소비|지출|거래|발급|접종|진료|단속|적발|사고|범죄|화재"
    r"|허가|생산|사용량|배출량|입국|출국|유입|유출|민원"
)
RATES = re.compile(r"율$|률$|평균|중위|1인당|인당|당인구$|밀도|연령$")
SHARES = re.compile(r"비율|비중|구성비|점유율|자립도|자주도")
INDICES = re.compile(r"지수|=100|\bindex\b", re.IGNORECASE)
STANDING = re.compile(
    r"인구|세대|가구|주택|면적|등록|정원|현원|시설|병상|대수|사업체|종사자|학생|교원|교사|학급|어린이집|유치원|학교|의사"
    r"|외국인|한국인|취업자|실업자|차량|자동차|아파트|노인|고령|아동|영유아|장애인|수급자|업체|점포|상가|기관|주차면|재고|잔액|자산|부채"
    r"|population|households|residents|employed|vehicles|dwellings"
)
STANDING_UNITS = frozenset(["세대", "가구", "개소", "㎢", "km²", "km2", "㎡", "m²", "m2", "㏊", "ha"])
"""Units of what stands there on a day; 명, 건, 대 and 개 may be counted over a period as well."""
MONEY = re.compile(r"^(천|만|백만|십억|억|조)?원$")
ONLY_TOTAL = frozenset(("계", "소계", "합계", "총계", "전체", "값", "총수", "평균"))
CODED = re.compile(r"^\d{3}\s+(?=\S)")  # "020 0 - 4세"
LETTERED = re.compile(r"^(?:TIME|[A-Z])\s+(?=[가-힣])")  # "A 시도"


def squeeze(header: str) -> str:
    """A header as words are compared: no unit, blanks or marks, small letters."""
    return re.sub(r"[\s_.·\-/]+", "", without_brackets(header)).casefold()


def find(words: str, headers: Iterable[str]) -> str | None:
    """The header that is one of the words; an earlier word wins. `location.lat` is also `lat`."""
    by_name: dict[str, str] = {}
    for header in headers:
        by_name.setdefault(squeeze(header), header)
        if "." in header:
            by_name.setdefault(squeeze(header.rsplit(".", 1)[1]), header)
    return next((by_name[w] for word in words.split() if (w := squeeze(word)) in by_name), None)


def plain_headers(headers: Iterable[str]) -> dict[str, str]:
    """Headers without the codes statistical portals glue to them: "A 시도" is 시도, "020 0 - 4세" is 0 - 4세."""
    headers = list(headers)
    coded = sum(bool(CODED.match(h)) for h in headers) > 1
    plain = {h: LETTERED.sub("", h) for h in headers}
    return {h: CODED.sub("", said) if coded else said for h, said in plain.items()}


def carried_groups(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers whose group is told by the first alone: "연령별출산율:15-19세", "20-24세" have the group 연령별출산율."""
    carried: dict[str, str] = {}
    group = ""
    for header, said in headers.items():
        before, colon, after = said.partition(":")
        if colon and category_id(without_brackets(after)):
            group, said = before.strip(), after.strip()  # noqa: PLW2901
        elif not category_id(without_brackets(said)):
            group = ""
        carried[header] = f"{group} / {said}" if group else said
    return carried


def item(header: str) -> tuple[str, str]:
    """Title and unit of an item whose header is a path: "등록인구 (명) / 남" -> ("등록인구 / 남", "명")."""
    steps = [split_unit(step) for step in header.split(" / ")]
    units = [unit for _name, unit in steps if unit]
    return " / ".join(name for name, _unit in steps), re.sub(r"\s*=\s*100(?:\.0)?$", "=100", units[-1]) if units else ""


def category_id(label: str) -> str:
    """What a category adds to an id: `15~19세` -> `age_15_19`, `여자` -> `female`, `계` -> nothing.

    >>> [category_id(x) for x in ("15세", "15 - 19세", "65세 이상", "34세 이하", "여", "계", "기타")]
    ['age_15', 'age_15_19', 'age_65_up', 'age_to_34', 'female', '', '']
    """
    said = re.sub(r"\s+", "", label)
    if said in ("남", "여"):
        return "male" if said == "남" else "female"
    if found := AGE_BAND.match(said):
        return f"age_{int(found['low'])}_{int(found['high'])}"
    if found := AGE_ONE.match(said):
        return f"age_{int(found['low'])}"
    if found := AGE_END.match(said):
        return f"age_{found['age']}_up" if found["end"] in ("이상", "초과", "+", "_") else f"age_to_{found['age']}"
    return next((english for word, english in WITHIN if said.startswith(word)), "")


def item_id(path: str, about: str, taken: Iterable[str]) -> str:
    """An id for an item of a statistical table.

    Parameters
    ----------
    path : the item's title and the categories it is told for, joined by " / ".
    about : words of the table's title, where the item itself names nothing ("계", "값").
    taken : ids that are in use.
    """
    said = [_step_id(step) for step in path.split(" / ")]
    found = list(dict.fromkeys(word for word, _kind in said if word))
    if all(kind != "item" for _word, kind in said):
        squeezed = re.sub(r"\s+", "", about)
        found[:0] = [english for word, english in IDS if word in squeezed][:1]
    base = "_".join(found) or "value"
    return _free(base if base[0].isalpha() else f"v_{base}", taken)


def _step_id(step: str) -> tuple[str, str]:
    """What a step of an item's path adds to its id, and whether it is a category or names an item."""
    category = category_id(step)
    if category:
        return category, "category"
    step = without_brackets(step)
    squeezed = re.sub(r"[\s_]+", "", step)
    if squeezed in ONLY_TOTAL:
        return "", "category"
    latin = re.sub(r"[^a-z0-9]+", "_", step.casefold()).strip("_") if step.isascii() else ""
    found = next((english for word, english in IDS if word in squeezed), latin)
    each = "_per_capita" if found and squeezed.startswith("1인당") else ""
    return found + each, "item" if found else ""


def _free(base: str, taken: Iterable[str]) -> str:
    """The id, numbered where it is in use."""
    used = set(taken)
    numbered = (f"{base[:36]}_{n}" for n in range(2, 1000))
    return base[:40] if base[:40] not in used else next(n for n in numbered if n not in used)


def value_id(header: str, taken: Iterable[str]) -> str:
    """An id for a value column: the English of a Korean word, else Latin letters, else `value`; made distinct."""
    name = without_brackets(header)
    squeezed = re.sub(r"\s+", "", name)
    latin = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    korean = next((english for word, english in IDS if word in squeezed), None)
    base = korean or (latin if re.match(r"[a-z]", latin) else f"v_{latin}" if latin else "value")
    return _free(base, taken)


def measure_said(title: str, unit: str, about: str) -> Measure | None:
    """What an item measures, by its words and unit; by the table's title where the item names nothing; else none.

    >>> measure_said("출생아수", "명", ""), measure_said("계", "명", "출생아수_2023"), measure_said("값", "", "혼인율")
    ('flow', 'flow', 'rate')
    >>> measure_said("지수", "2017.11=100", ""), measure_said("재정자립도", "%", ""), measure_said("기타", "", "")
    ('index', 'share', None)

    A unit alone does not tell: 명 may be births for each woman, 만원 a mean.

    >>> measure_said("값", "명", "표_0001"), measure_said("값", "%", "표_0001")
    (None, 'share')

    Nor does a title of both: 이용 시설 may be places or visits.

    >>> measure_said("이용건수", "건", ""), measure_said("등록대수", "대", ""), measure_said("이용시설", "개", "")
    ('flow', 'stock', None)
    """
    own = [step for step in title.split(" / ") if _step_id(step)[1] == "item" or not _names_nothing(step)]
    said = own or re.split(r"[_+\s]+", about)
    said = [without_brackets(step) for step in said]
    joined = [word for step in said for word in "".join(step.split()).split("_") if word]
    for measure, words in (("index", INDICES), ("share", SHARES), ("rate", RATES), ("flow", FLOWS)):
        if any(words.search(step) for step in (*joined, unit)):
            return measure  # type: ignore[return-value]
    if unit in ("%", "퍼센트"):
        return "share"
    stands = any(STANDING.search(step) for step in joined)
    if any(HAPPENED.search(step) for step in joined):
        return None if stands else "flow"
    if own and not stands and MONEY.match(unit):
        return "flow"
    return "stock" if stands or (own and unit in STANDING_UNITS) else None


def _names_nothing(step: str) -> bool:
    """Whether a step of a path is a category or a total."""
    return re.sub(r"\s+", "", step) in ONLY_TOTAL or bool(category_id(step))
