"""The made-up province (모의 도): the raw files an office would have about births in its 31 시군, with the truth known.

`write_province` writes fifteen years of 한결도, a province that does not exist, the last one provisional. What is
planted stands in `truth`, and in words in `docs/reference/made-up-province.md`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sigun.recipes.births import files, tables
from sigun.recipes.births.lives import Lives, live
from sigun.recipes.births.province import CITIES, NAMES, NEW, OLD, PROVINCE, region_table
from sigun.recipes.births.truth import FACTORS, Planted, Truth

SEED = 5  # in which no false factor is found by chance; how many seeds have one stands on the page
MIDDLE = 2016  # the last year of the first file of months


def write_province(
    folder: Path, seed: int = SEED, truth_folder: Path | None = None, planted: Planted | None = None
) -> Truth:
    """Write the raw files into `folder` and return what is planted in them.

    `truth_folder` also gets `truth.json`; it may not be `folder`, where only what an office has may lie.
    Equal seeds give equal bytes. `planted` are other settings than the usual ones.
    """
    planted = planted or Planted()
    rng = np.random.default_rng(seed)
    lives = live(rng, planted)
    lacking = tuple(sorted(rng.choice(NAMES[CITIES:], planted.lacking, replace=False).tolist()))
    folder.mkdir(parents=True, exist_ok=True)
    _write_people(folder, lives, planted)
    _write_portal_tables(folder, lives, planted, lacking, rng)
    _write_office_tables(folder, lives, planted, rng)
    files.write_outlines(folder / files.OUTLINE_FILE)
    files.write_table(region_table(planted), folder / files.REGIONS_FILE, "utf-8-sig")
    truth = tell_truth(seed, planted, lives, lacking)
    if truth_folder is not None:
        truth.write(truth_folder)
    return truth


def _write_people(folder: Path, lives: Lives, planted: Planted) -> None:
    """Births by year and by month, and women by age."""
    files.write_rows(tables.births_table(lives, planted), folder / files.BIRTHS_FILE, "cp949")
    stretches = ((planted.first, MIDDLE), (MIDDLE + 1, planted.last))
    for name, (first, last) in zip(files.MONTHS_FILES, stretches, strict=True):
        files.write_table(tables.monthly_table(lives, planted, first, last), folder / name, "cp949")
    half = CITIES // 2
    groups = ((*NAMES[:half], OLD), NAMES[half:CITIES], NAMES[CITIES:])
    for name, wanted in zip(files.WOMEN_FILES, groups, strict=True):
        files.write_table(tables.women_table(lives, planted, wanted), folder / name, "cp949")


def _write_portal_tables(
    folder: Path, lives: Lives, planted: Planted, lacking: tuple[str, ...], rng: np.random.Generator
) -> None:
    """What the statistical portal has."""
    women, heads = lives.women.sum(axis=2), tables.year_names(lives.years, planted)
    told = {name: tables.rates(values, women, lives.years, planted) for name, values in lives.factors.items()}
    files.write_rows(tables.index_table(rng, lives, planted), folder / files.RENT_FILE, "utf-8")
    marriages = tables.wide_table(told["marriage_rate"], heads, "조혼인율 (천명당 건)", 2)
    files.write_rows([marriages[0], *marriages[2:]], folder / files.MARRIAGE_FILE, "utf-8")
    item = "국공립어린이집 이용률"
    files.write_statistics_book(told["public_childcare"], heads, item, "%", folder / files.CHILDCARE_FILE)
    workers = tables.wide_table(told["regular_workers"], heads, "상용근로자 비율 (%)", 1)
    files.write_rows(workers, folder / files.WORKERS_FILE, "cp949")
    employed = tables.wide_table(told["employment_rate_female"], heads, "15~64세 여성 고용률 (%)", 1, leave_out=lacking)
    files.write_rows(employed, folder / files.EMPLOYMENT_FILE, "cp949")
    paid = 24.0 + 1.3 * np.arange(len(lives.years)) + rng.normal(0, 0.5, (2, len(lives.years)))
    education: list[list[tables.Cell]] = [
        ["시도별", *heads],
        ["시도별", *(["1인당 월평균 사교육비 (만원)"] * len(heads))],
    ]
    education += [[name, *(f"{v:.1f}" for v in row)] for name, row in zip(("전국", PROVINCE), paid, strict=True)]
    files.write_rows(education, folder / files.EDUCATION_FILE, "utf-8")


def _write_office_tables(folder: Path, lives: Lives, planted: Planted, rng: np.random.Generator) -> None:
    """What the province itself keeps."""
    women, heads = lives.women.sum(axis=2), tables.year_names(lives.years, planted)
    told = {name: tables.rates(values, women, lives.years, planted) for name, values in lives.factors.items()}
    files.write_table(tables.fiscal_table(lives, planted), folder / files.FISCAL_FILE, "utf-8-sig")
    items = [
        ("고령인구비율 (%)", told["elderly_share"], 1),
        ("인구 십만명당 문화시설 (개소)", told["culture_places"], 2),
        ("여성 만명당 산부인과 (개소)", told["obstetrics"], 2),
        ("인구 천명당 사설학원 (개)", told["academies"], 2),
        ("평균 가구원수 (명)", told["household_size"], 3),
        ("대졸인구 비율 (%)", told["graduates_share"], 1),
    ]
    files.write_indicators(items, heads, folder / files.INDICATORS_FILE)
    amounts = tables.rates(tables.grant_amounts(rng, lives), women, lives.years, planted)
    files.write_grants(amounts, lives.years, folder / files.GRANT_FILE)


def tell_truth(seed: int, planted: Planted, lives: Lives, lacking: tuple[str, ...]) -> Truth:
    """What is planted, and what this seed made of it."""
    together = lives.yearly[list(NEW)].sum(axis=0)
    return Truth(
        seed=seed,
        planted=planted,
        factors={f.id: {"part": f.part, "effect": f.effect, "lag": f.lag} for f in FACTORS},
        grants={name: int(year) for name, year in zip(NAMES, lives.grant_year, strict=True) if year},
        effect=dict(enumerate(planted.grant)),
        level={name: float(level) for name, level in zip(NAMES, lives.level, strict=True)},
        expected={name: tuple(map(float, row)) for name, row in zip(NAMES, lives.expected, strict=True)},
        births={year: int(n) for year, n in zip(lives.years, lives.yearly.sum(axis=0), strict=True)},
        split={NAMES[n]: tuple(map(float, lives.yearly[n] / together)) for n in NEW},
        lacking=lacking,
    )
