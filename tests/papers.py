"""Small outlines made by hand: what the tests of the writers lay on paper and in sheets."""

from __future__ import annotations

from dataclasses import replace

from sigun.report.blocks import (
    Block,
    Cautions,
    Column,
    Figure,
    FirstScreen,
    Form,
    Items,
    Outline,
    Paragraph,
    Section,
    Table,
    Term,
    Terms,
    Tile,
)
from sigun.report.refs import Ref
from sigun.report.wording import Sentence, Shown

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" role="img" style="font-family: Pretendard">'
    '<rect x="10" y="20" width="80" height="60" fill="#0b5f94"/>'
    '<text x="100" y="50" font-size="12">라온1동</text></svg>'
)
HOSTILE = (
    '#import "x.typ": *',
    '#read("/etc/passwd")',
    "$ sum_(i=0)^n $ 와 *굵게* _기울임_",
    r"역사선 \u{41} \n 과 ] [ } { 괄호 <label> @ref ~ -- ` 표",
    '=HYPERLINK("http://x", "y")',
    "+82-2-123",
    "@SUM(1+1)",
    "-1+2",
    "// 주석 /* 주석 */",
    "{{ o.title }} {% raw %} %s {0} & < > \" '",
)
"""Words that a typesetter, a spreadsheet or a template would act upon."""


def words(*texts: str) -> tuple[Sentence, ...]:
    """Sentences of words alone."""
    return tuple(Sentence((text,)) for text in texts)


def shown(text: str, value: str | None = None) -> Sentence:
    """One value of a run."""
    return Sentence((Shown(text, Ref("trend", "facts", "total", "number"), value),))


def table(*rows: tuple[Sentence, ...], id: str = "years", columns: tuple[Column, ...] | None = None) -> Table:
    """A table; the first column words, the others numbers, unless said."""
    titles = columns or (Column("지역"), *(Column(f"값 {n}", True) for n in range(1, len(rows[0]))))
    return Table(id, Sentence(("연도별 신고",)), titles, rows, Sentence(("일부만 관측된 해가 있습니다.",)))


def figure(title: str = "신고는 2월에 잦습니다", alt: str = "월별 신고 그림. 2월이 가장 많습니다.") -> Figure:
    """A chart with one bar."""
    return Figure(Sentence((title,)), Sentence(("월별 신고, 2024년",)), SVG, alt, Sentence(("자료: 모의 신고대장.",)))


def outline(*blocks: Block, **changes: object) -> Outline:
    """A report with a first screen, one section of those blocks, and one with a section inside."""
    rate = Term("신고율", words("인구 천 명당 신고입니다."), "Kim (2001), J. 1:2.")
    inner = Section("words", "낱말", (Terms((rate,)),))
    whole = Outline(
        title=Sentence(("방치차량 발생 특성",)),
        question=Sentence(("신고는 언제 어디에 몰리는가?",)),
        lang="ko",
        made_up=True,
        period=Sentence(("2022. 1. 1. ~ 2024. 12. 31.",)),
        first=first_screen(),
        sections=(
            Section("main", "분석 결과", blocks or usual()),
            Section("end", "유의사항", (Cautions(words("신고가 곧 방치는 아닙니다."), "추세"),), (inner,)),
        ),
        identity=(("계획", Sentence(("a1b2c3d4",))),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def first_screen() -> FirstScreen:
    """Two findings, one number, one picture, one thing to do."""
    tile = Tile(*words("예상 신고", "44.0건", "90 % 구간 30–60", "다음 한 주", "과거에는 적게 보았습니다."))
    summary, to_do = words("신고는 6,126건입니다.", "2월에 잦습니다."), words("먼저 둘러보십시오.")
    return FirstScreen(summary, tile, figure("가장 많은 격자"), to_do)


def usual() -> tuple[Block, ...]:
    """One block of every kind."""
    return (
        Paragraph(words("신고는 모두 6,126건이었습니다.", "두 번째 문장입니다.")),
        figure(),
        table(
            (Sentence(("라온1동",)), shown("1,338", "1338"), shown("4.7 %", "0.0465230167")),
            (Sentence(("라온2동",)), shown("1,263", "1263"), shown("75.3 %", "0.753019915")),
        ),
        Items(words("첫째 항목입니다.", "둘째 항목입니다."), "할 것"),
        Form((("담당", words("차량등록과")), ("기간", words("2026. 1.~3.", "두 달")))),
    )


def texts(whole: Outline) -> list[str]:
    """Every text a reader is to find, whatever the format."""
    found = [whole.title.plain, whole.question.plain]
    found += [s.plain for s in (whole.period,) if s is not None]
    if whole.first is not None:
        found += [s.plain for s in (*whole.first.summary, *whole.first.to_do)]
        tile, picture = whole.first.tile, whole.first.figure
        of_tile = (tile.label, tile.number, tile.interval, tile.note, tile.caution) if tile else ()
        found += [s.plain for s in of_tile if s is not None]
        found += [picture.title.plain] if picture else []
    for section in whole.sections:
        found += _of_section(section)
    return found + [value.plain for _name, value in whole.identity]


def _of_section(section: Section) -> list[str]:
    found = [section.title, *([section.mark] if section.mark else [])]
    for block in section.blocks:
        found += _of_block(block)
    for inner in section.sections:
        found += _of_section(inner)
    return found


def _of_block(block: Block) -> list[str]:
    match block:
        case Paragraph(sentences):
            return [s.plain for s in sentences]
        case Figure():
            return [s.plain for s in (block.title, block.subtitle, block.foot) if s is not None]
        case Table():
            titles = [c.title if isinstance(c.title, str) else c.title.plain for c in block.columns]
            cells = [cell.plain for row in block.rows for cell in row]
            return [block.caption.plain, *titles, *cells, *([block.foot.plain] if block.foot else [])]
        case Terms(items):
            return [x for t in items for x in (t.name, *(s.plain for s in t.words), t.citation) if x]
        case Cautions(items, title) | Items(items, title):
            return [*([title] if title else []), *(s.plain for s in items)]
        case Form(rows):
            return [x for name, said in rows for x in (name, *(s.plain for s in said))]
