"""KMA observations (기상청 관측): the strip of a day's sky, station and temperature, and the table of stations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa

from sigun.errors import IngestError, SigunError, require
from sigun.ingest.encoding import find_encoding
from sigun.text import _

SKY: Mapping[str, str] = {
    "맑음": "clear",
    "구름조금": "partly cloudy",
    "구름많음": "mostly cloudy",
    "흐림": "overcast",
    "박무": "mist",
    "연무": "haze",
    "안개": "fog",
    "안개비": "drizzle in fog",
    "이슬비": "drizzle",
    "가랑비": "light rain",
    "비": "rain",
    "소나기": "shower",
    "눈": "snow",
    "소낙눈": "snow shower",
    "눈날림": "snow flurries",
    "진눈깨비": "sleet",
    "비/눈": "rain or snow",
    "눈/비": "snow or rain",
    "싸락눈": "snow pellets",
    "우박": "hail",
    "뇌우": "thunderstorm",
    "천둥번개": "thunder and lightning",
    "황사": "yellow dust",
}
"""Sky words of the strip (하늘상태) and what they mean."""

HEADERS = {"day": "날짜", "station": "지점명", "sky": "하늘상태", "temperature": "기온(℃)"}
"""Names of the strip's columns where it is handed on as a table; a card knows them like those of any file."""

DAY_LINE = re.compile(r"(\d{4})\s*[.\-/]\s*(\d{1,2})\s*[.\-/]\s*(\d{1,2})\s*\.?\s*(?:\(([월화수목금토일])\))?")
OBSERVATION = re.compile(r"(?P<words>\D*?)\s*(?P<temperature>[-−+]?\d{1,2}(?:\.\d+)?)\s*(?:℃|[°˚º]\s*C)")
SKY_FIRST = re.compile("|".join(sorted(map(re.escape, SKY), key=len, reverse=True)))
WEEKDAYS = "월화수목금토일"
LOOK_AT = 200  # lines that tell what a file is


@dataclass(frozen=True)
class Strip:
    """The observations of one or more days."""

    rows: pd.DataFrame  # line, day (date), station, sky, temperature (℃); a missing station or sky is missing
    others: tuple[str, ...]  # lines that are no observation: the source's name and the like

    @property
    def day(self) -> date:
        """The first day."""
        first: date = min(self.rows["day"])
        return first

    @property
    def without_station(self) -> tuple[int, ...]:
        """Lines (from 1) that name no station."""
        return tuple(int(n) for n in self.rows.loc[self.rows["station"].isna(), "line"])


def looks_like_strip(text: str) -> bool:
    """Whether a text is a strip: most of its lines are observations, and a date stands above the first.

    >>> looks_like_strip("2025.12.20 (토)\\n흐림속초14.3℃\\n맑음울릉도13.9℃")
    True
    """
    lines = _lines(text)[:LOOK_AT]
    seen = [OBSERVATION.fullmatch(line) is not None for _number, line in lines]
    dated = [DAY_LINE.fullmatch(line) is not None for _number, line in lines]
    return sum(seen) * 2 > len(lines) and True in dated and dated.index(True) < seen.index(True)


def read_strip(path: Path) -> Strip:
    """Read a strip: a line with the date, then lines of sky, station and temperature written without blanks.

    Raises
    ------
    IngestError, Several
        No date above an observation, a date that does not exist or has another weekday, or no observation.
    """
    rows: list[tuple[int, date | None, str | None, str | None, float]] = []
    others: list[str] = []
    problems: list[SigunError] = []
    day: date | None = None
    for number, line in _lines(path.read_text(encoding=find_encoding(path))):
        observed = OBSERVATION.fullmatch(line)
        if dated := DAY_LINE.fullmatch(line):
            day, wrong = _day(dated, f"{path}", number)
            problems += wrong
        elif observed:
            sky, station = split_words(observed["words"])
            rows.append((number, day, station, sky, float(observed["temperature"].replace("−", "-"))))
        else:
            others.append(line)
    require(problems or _undated([day for _number, day, *_rest in rows], path))
    frame = pd.DataFrame(rows, columns=["line", "day", "station", "sky", "temperature"])
    return Strip(frame.astype({"station": "str", "sky": "str"}), tuple(others))


def split_words(words: str) -> tuple[str | None, str | None]:
    """Sky and station of words written together; the longest sky word that fits comes first.

    >>> split_words("구름많음북강릉"), split_words("비광주"), split_words("흐림"), split_words("속초")
    (('구름많음', '북강릉'), ('비', '광주'), ('흐림', None), (None, '속초'))
    """
    found = SKY_FIRST.match(words.strip())
    sky = found[0] if found else None
    station = words.strip()[len(sky or "") :].strip()
    return sky, station or None


def clean_strip(path: Path) -> pd.DataFrame:
    """The strip as a table of weather: day, station, sky, temperature (℃)."""
    return read_strip(path).rows.drop(columns="line")


def strip_table(path: Path) -> pa.Table:
    """The strip as the text table any file becomes, under Korean headers."""
    rows = clean_strip(path)
    columns = {HEADERS[name]: [None if pd.isna(v) else str(v) for v in rows[name]] for name in HEADERS}
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def _lines(text: str) -> list[tuple[int, str]]:
    """Lines that are not blank, numbered from 1."""
    return [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]


def _day(found: re.Match[str], path: str, line: int) -> tuple[date | None, list[SigunError]]:
    where = _("{file}, row {row}").format(file=path, row=line)
    remedy = _("Mend the date above the observations, written like 2025.12.20 (토).")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None, [IngestError(_("There is no such day: {day}.").format(day=found[0]), where, remedy)]
    if found[4] and WEEKDAYS[day.weekday()] != found[4]:
        said = _("{day} is not the weekday the file says ({weekday}).").format(day=day.isoformat(), weekday=found[4])
        return day, [IngestError(said, where, remedy)]
    return day, []


def _undated(days: list[date | None], path: Path) -> Iterator[SigunError]:
    """Nothing observed, or observed nobody knows when."""
    if not days or None in days:
        yield IngestError(
            _("There is no observation under a date."),
            str(path),
            _("A strip begins with a date like 2025.12.20 (토); lines like 흐림속초14.3℃ follow."),
        )
