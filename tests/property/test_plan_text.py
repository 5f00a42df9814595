"""A plan's text reads back as the plan, whatever is written in it, and is written the same way again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from proposals import BIRTHS, VEHICLES
from sigun.plan import Plan, read_plan
from sigun.plan.write import plan_yaml

ODD = (
    *("no", "yes", "on", "null", "~", "2024-01-01", "12:30", "1e3", "0x10", "0o7", "1_000", ".inf", "=", "<<", "!tag"),
    *("# 아님", "가: 나", "가:", "- 가", "? 가", "'", '"', '""', "it's", "{a: b}", "[가]", "&a", "*a", "%가", "@", "`"),
    *(
        "한 줄\n두 줄",
        "한 줄\n\n\n두 줄",
        "앞 \n 뒤",
        "첫\n  들여쓴 줄",
        "탭\t탭",
        "윈도\r\n줄",
        "|",
        ">",
        ">-",
        "---",
        "...",
    ),
    *(
        "🚗 차량",
        "가\u2028나",
        "가\u0085나",
        "\ufeff",
        "\x00",
        "\x07",
        "e\u0301",
        "한 " * 120,
        "긴" * 300,
        "a  b   c " * 30,
    ),
)
TEXT = st.one_of(st.sampled_from(ODD), st.text(max_size=60)).filter(
    lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text)
)
SLUG = st.from_regex(r"^[a-z][a-z0-9_]{0,12}\Z")
ROLE = st.sampled_from(["target", "exposure", "cause", "environment", "boundary", "key"])


def table(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """A table some of whose fields are said."""
    return st.fixed_dictionaries({}, optional=fields)


def items(of: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, max_size=3)


PROPOSAL = table(
    sentence=TEXT,
    org=TEXT,
    team=items(TEXT),
    background=TEXT,
    problem=TEXT,
    questions=items(TEXT),
    hypotheses=items(st.builds(dict, variable=TEXT, direction=st.sampled_from("+-?"), reason=TEXT)),
    evidence=items(st.builds(dict, sentence=TEXT, source=TEXT)),
    data=items(st.builds(dict, id=SLUG, role=ROLE, purpose=TEXT)),
    joins=items(
        st.builds(
            dict,
            left=SLUG,
            right=SLUG,
            keys=st.lists(TEXT, min_size=1, max_size=2),
            expected=st.none() | st.floats(0, 1),
        )
    ),
    handling=table(procedure=TEXT, export=st.sampled_from(["inside", "outside"])),
    model=table(used=st.booleans(), sent=items(TEXT)),
    outputs=items(st.builds(dict, kind=st.sampled_from(["map", "table"]), unit=TEXT)),
    schedule=items(st.builds(dict, what=TEXT, until=st.none() | st.dates(date(1, 1, 1)), when=TEXT)),
    rubric=st.none() | SLUG,
    open=items(st.builds(dict, path=TEXT.filter(lambda t: len(t) <= 200), asks=TEXT, answer=TEXT)),
    by=st.dictionaries(SLUG, table(confirmed=st.booleans()).map(lambda t: {"by": "rule", **t}), max_size=2),
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One of two plans with any words in it."""
    base: dict[str, Any] = draw(st.sampled_from([VEHICLES, BIRTHS]))
    said = {**base, "title": draw(TEXT), "question": draw(TEXT), "seed": draw(st.integers(0, 2**63 - 1))}
    said["lang"] = draw(st.sampled_from(["ko", "en"]))
    said["proposal"] = draw(st.none() | PROPOSAL)
    if base is BIRTHS:
        one, *others = base["panel"]["variables"]
        parts = draw(st.floats(0, 1, exclude_min=True))
        said["panel"] = {**base["panel"], "variables": [{**one, "title": draw(TEXT), "parts": parts}, *others]}
        starts = draw(st.dictionaries(TEXT, st.integers(1900, 2100) | st.just("2015-03"), min_size=1, max_size=3))
        above = draw(st.floats(-1e300, 1e300))
        said["steps"] = [
            *base["steps"][:2],
            {**base["steps"][2], "treatment": {"title": draw(TEXT), "starts": starts, "above": above}},
        ]
    return Plan.model_validate(said)


@given(plan=plans())
@settings(max_examples=120, deadline=None)
def test_a_plan_reads_back_as_it_was_written(plan: Plan, tmp_path_factory: Any) -> None:
    text = plan_yaml(plan)
    path: Path = tmp_path_factory.getbasetemp() / "plan.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    again = read_plan(path)
    assert again == plan
    assert (again.hash(), again.document_hash()) == (plan.hash(), plan.document_hash())
    assert plan_yaml(again) == text
