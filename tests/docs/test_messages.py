"""The catalogue is complete: every message has Korean with the same placeholders, and nothing is left over."""

import importlib.util
from pathlib import Path

from babel.messages.mofile import read_mo

ROOT = Path(__file__).resolve().parents[2]


def load_tool() -> object:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_message_has_korean() -> None:
    assert load_tool().problems() == []  # type: ignore[attr-defined]


def test_the_compiled_catalogue_is_the_written_one() -> None:
    tool = load_tool()
    with tool.PO.with_suffix(".mo").open("rb") as file:  # type: ignore[attr-defined]
        compiled = {str(m.id): str(m.string) for m in read_mo(file) if m.id}
    assert compiled == tool.korean_of(tool.read())  # type: ignore[attr-defined]


def test_messages_inside_f_strings_are_found() -> None:
    found = load_tool().in_module('f"{_(\'where\')}: {x}"; say(N_("a " "b")); other("c"); _(variable)')  # type: ignore[attr-defined]
    assert sorted(found) == ["a b", "where"]
