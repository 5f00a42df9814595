"""A plan to YAML (계획 쓰기): one canonical text a plan, in the order a person reads, that reads back the same."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from sigun.plan.model import Plan

_BEGIN = re.compile(r"^(?=.)", re.MULTILINE)
WIDTH = 132  # letters of a line
PROSE = 60  # letters of a line of prose; a Hangul syllable is as wide as two others
SHORT = 116  # columns; what fits is written on one line

FIRST = "# 분석계획: 무엇을, 어떤 자료로, 어떤 방법으로 분석하는지 적은 실행 파일"
FIRST_OF_PROPOSAL = "# 기획안: 사람이 읽는 글(proposal)과 실행되는 계획이 한 파일에 있습니다"

PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("기본", ("schema_version", "id", "title", "question", "lang", "seed")),
    ("기획안의 글: 고쳐도 수치는 달라지지 않습니다", ("proposal",)),
    ("자료: 자료명세의 이름", ("data",)),
    ("범위: 공간과 기간", ("space", "time", "only")),
    ("지역과 변수", ("panel",)),
    ("규칙: 품질, 비밀보호, 여건", ("known_by", "target", "rules", "privacy", "conditions")),
    ("분석방법: 차례대로 실행됩니다", ("steps",)),
)
"""The file's headings, and what stands under each."""

PROPOSAL_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("기본", ("sentence", "org", "team")),
    ("문제", ("background", "problem", "stakeholders", "questions", "hypotheses", "decision", "evidence")),
    ("자료", ("data", "lacking", "joins")),
    ("방법", ("method",)),
    ("개인정보와 생성형 AI", ("handling", "model")),
    ("산출과 활용", ("outputs", "use", "effects", "spread")),
    ("추진", ("schedule", "budget", "risks")),
    ("심사", ("rubric", "conflicts")),
    ("선택 이유, 작성자에게 묻는 것, 작성주체", ("reasons", "open", "by")),
)
"""The headings inside `proposal`."""


def plan_yaml(plan: Plan) -> str:
    """The plan's one canonical text; what stands at its default is left out, and it reads back as the same plan."""
    said = {"schema_version": plan.schema_version, **plan.model_dump(by_alias=True, exclude_defaults=True)}
    if plan.proposal is not None:
        said["proposal"] = plan.proposal.model_dump(by_alias=True, exclude_defaults=True)
    first = FIRST if plan.proposal is None else FIRST_OF_PROPOSAL
    return first + "\n\n" + "\n".join(_headed(said, PARTS))


def write_plan(plan: Plan, path: Path) -> Path:
    """Write the plan's canonical file, whole or not at all; its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_text(plan_yaml(plan), encoding="utf-8", newline="\n")
        half.replace(path)
    except OSError as bad:
        bad.filename = str(path)  # a full disk does not say where
        raise
    finally:
        half.unlink(missing_ok=True)
    return path


def _headed(said: Mapping[str, Any], parts: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    """Each part under its heading; fields that no heading names stand in the middle, in the model's order."""
    named = {key for _heading, keys in parts for key in keys}
    others = ("그 밖", tuple(key for key in said if key not in named))
    for heading, keys in (*parts[:-1], others, parts[-1]):
        there = [key for key in keys if key in said]
        if there:
            yield f"# {heading}\n" + "".join(_text(key, said[key]) for key in there)


def _text(key: str, value: Any) -> str:
    """One field; the words of the 기획안 have headings of their own."""
    if key != "proposal" or not value:
        return _dumped({key: value})
    inside = "\n".join(_headed(value, PROPOSAL_PARTS))
    return "proposal:\n" + _BEGIN.sub("  ", inside)


def _dumped(value: Mapping[str, Any]) -> str:
    return yaml.dump(
        _Root(value),
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=WIDTH,
    )


class _Root(dict[str, Any]):
    """A part of the file, its key on a line of its own."""


class _Writer(yaml.SafeDumper):
    """Short tables and lists on one line, prose as blocks, lists set in from their key, nothing told by reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the emitter asks of each value
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - lists always are
        super().increase_indent(flow, False)

    def write_folded(self, text: str) -> None:
        usual, self.best_width = self.best_width, PROSE
        super().write_folded(text)
        self.best_width = usual


def _string(writer: _Writer, text: str) -> yaml.Node:
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=_style(text))


def _style(text: str) -> str | None:
    """`|` for several lines, `>` for one long line; what a block could not hold as it is is left to quotes."""
    lines = text.split("\n")
    if not all(line.isprintable() for line in lines) or any(line != line.strip() for line in lines):
        return '"'
    if len(lines) > 1:
        return "|" if text.strip("\n") == text else '"'
    if columns(text) > SHORT:
        return ">"
    return None if any(letter.isalnum() for letter in text) else '"'  # a lone sign


def _number(writer: _Writer, number: float) -> yaml.Node:
    """1000, not 1000.0."""
    whole = abs(number) < 1e15 and number.is_integer()
    return writer.represent_int(int(number)) if whole else yaml.SafeDumper.represent_float(writer, number)


def _table(writer: _Writer, table: Mapping[str, Any]) -> yaml.Node:
    inside = not isinstance(table, _Root)
    return writer.represent_mapping("tag:yaml.org,2002:map", table.items(), flow_style=inside and _fits(table))


def _list(writer: _Writer, items: list[Any] | tuple[Any, ...]) -> yaml.Node:
    return writer.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=_fits(items))


def _fits(value: Any) -> bool:
    """Whether it may stand on one line: short, and no list of tables, which are read one under another."""
    if isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
        return False
    written = json.dumps(value, ensure_ascii=False, default=str)
    return columns(written) <= SHORT and "\\n" not in written


def columns(text: str) -> int:
    """How many columns of a fixed-width line the text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


_Writer.add_representer(str, _string)
_Writer.add_representer(float, _number)
_Writer.add_representer(dict, _table)
_Writer.add_representer(_Root, _table)
_Writer.add_representer(list, _list)
_Writer.add_representer(tuple, _list)
