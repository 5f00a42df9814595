"""Conversations that are cut, endless, of two people at once, or about a document: nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proposals import VEHICLES, vehicles
from sigun.errors import PlanError
from sigun.plan import Plan, read_plan
from sigun.plan.write import write_plan
from sigun.proposal.talk.kept import MOST, Conversation
from sigun.proposal.talk.turn import Turn


def titled(title: str) -> Plan:
    return Plan.model_validate({**VEHICLES, "title": title})


@pytest.fixture()
def file(tmp_path: Path) -> Path:
    return write_plan(vehicles(), tmp_path / "plan.yaml")


def say(talk: Conversation, title: str) -> None:
    talk.add(Turn(title, titled(title), (), (), ("-", "+")))


def test_a_document_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "plan.docx"
    file.write_bytes(b"PK precious")
    with pytest.raises(PlanError, match="not a document"):
        Conversation(file)
    assert file.read_bytes() == b"PK precious"
    assert list(tmp_path.iterdir()) == [file]


def test_two_at_once_on_one_plan(file: Path) -> None:
    one, other = Conversation(file), Conversation(file)
    say(one, "하나")
    with pytest.raises(PlanError, match="changed elsewhere"):
        say(other, "둘")
    assert read_plan(file).title == "하나"
    say(other, "둘")  # having looked
    assert read_plan(file).title == "둘"
    assert Conversation(file).undo().title == "하나"


def test_a_hand_that_changes_the_file_during_a_conversation(file: Path) -> None:
    talk = Conversation(file)
    say(talk, "하나")
    write_plan(titled("손"), file)
    with pytest.raises(PlanError, match="changed elsewhere"):
        talk.undo()
    assert read_plan(file).title == "손"
    assert talk.undo().title == "하나"


def test_a_last_line_cut_in_the_middle(file: Path) -> None:
    talk = Conversation(file)
    say(talk, "하나")
    say(talk, "둘")
    talk.file.write_bytes(talk.file.read_bytes()[:-200])
    again = Conversation(file)
    assert again.plan.title == "둘"
    assert again.undo().title == "하나"
    for line in talk.file.read_text(encoding="utf-8").splitlines():
        json.loads(line)


def test_a_last_line_without_its_end(file: Path) -> None:
    talk = Conversation(file)
    say(talk, "하나")
    talk.file.write_bytes(talk.file.read_bytes().rstrip())
    assert Conversation(file).undo() == vehicles()


def test_a_file_that_is_no_conversation(file: Path) -> None:
    beside = Conversation(file).file
    beside.write_text("my notes", encoding="utf-8")
    with pytest.raises(PlanError, match="cannot be read"):
        Conversation(file)
    assert beside.read_text(encoding="utf-8") == "my notes"


def test_letters_that_some_programs_take_for_the_end_of_a_line(file: Path) -> None:
    talk = Conversation(file)
    talk.add(Turn("가\u2028나\x85다", titled("하나"), (), (), ("-", "+")))
    assert Conversation(file).undo() == vehicles()


def test_an_endless_conversation(file: Path) -> None:
    talk = Conversation(file)
    line = talk.file.read_text(encoding="utf-8")
    talk.file.write_text(line * (MOST + 50), encoding="utf-8")
    say(Conversation(file), "하나")
    say(Conversation(file), "둘")
    assert Conversation(file).undo().title == "하나"


def test_a_conversation_of_nothing_but_undoing(file: Path) -> None:
    talk = Conversation(file)
    line = json.loads(talk.file.read_text(encoding="utf-8")) | {"kind": "undo"}
    talk.file.write_text((json.dumps(line, ensure_ascii=False) + "\n") * (MOST + 5), encoding="utf-8")
    assert Conversation(file).plan == vehicles()
