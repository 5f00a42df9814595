"""Settings of a model wrong in every way, and servers that never end: told in words, in time."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from pathlib import Path

import pytest

from model_server import Turn, scripted
from sigun.errors import SettingsError, SigunError
from sigun.proposal.model.client import Answer, Request, ask
from sigun.proposal.model.endpoint import Endpoint, read_endpoint
from sigun.proposal.model.salvage import salvage
from sigun.settings import lay_workspace, open_workspace

GOOD = {"url": '"http://127.0.0.1:1/v1"', "name": '"m"', "place": '"inside"'}
WRONG = {
    "grades": ("5", "true", "{a = 1}", "[[]]", '["X"]'),
    "timeout": ("9" * 400, "true", "nan", '"x"', "[1]", "-1", "1979-05-27"),
    "url": ('"http://[::1"', '"http://h:x/v1"', '"http://h:99999999"', '"http://h:0"', '"http://a b/v1"', "5"),
    "name": ("[1]", "5", '" "'),
    "place": ('["inside"]', "true", '"INSIDE"', '""'),
    "plcae": ('"inside"',),
    "deep": ("[" * 3000,),
}


@pytest.mark.parametrize(("key", "value"), [(key, value) for key in WRONG for value in WRONG[key]])
def test_every_wrong_setting_is_told(key: str, value: str, tmp_path: Path) -> None:
    said = {**GOOD, key: value}
    lay_workspace(tmp_path)
    with (tmp_path / "sigun.toml").open("a", encoding="utf-8") as file:
        file.write("\n[model]\n" + "\n".join(f"{one} = {said[one]}" for one in said))
    with pytest.raises(SigunError):
        read_endpoint(open_workspace(tmp_path))


@pytest.mark.parametrize("key", ["열쇠", "a\nX-Other: b"])
def test_a_key_that_is_none(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(f"SIGUN_MODEL_{name.upper()}", value.strip('"'))
    monkeypatch.setenv("SIGUN_MODEL_KEY", key)
    with pytest.raises(SettingsError, match="letters no key has") as told:
        read_endpoint(lay_workspace(tmp_path))
    assert key not in str(told.value)


@pytest.mark.parametrize("said", ["a = " + "[" * 5000, '[sources]\nfolder = "\\u0000"', "sources = 1", "\0", "="])
def test_a_workspace_that_says_nonsense(said: str, tmp_path: Path) -> None:
    (tmp_path / "sigun.toml").write_text(said, encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be read"):
        open_workspace(tmp_path)


def test_settings_saved_by_an_editor_that_begins_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / "sigun.toml").write_text('[model]\nurl = "http://h/v1"\nname = "m"\nplace = "inside"', "utf-8-sig")
    assert read_endpoint(open_workspace(tmp_path)) is not None


def asked(url: str, timeout: float = 1.0) -> Answer:
    request = Request("", "{}", {"type": "object"}, "x")
    return ask(Endpoint(url, "m", "inside", timeout=timeout), request, lambda _body: None, lambda _seconds: None)


@pytest.mark.parametrize(
    "head", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n"]
)
def test_a_server_that_answers_a_letter_at_a_time_for_ever(head: bytes) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        client, _ = server.accept()
        with client:
            try:
                client.sendall(head)
                while True:
                    client.sendall(b"H" if not head else b"a")
                    time.sleep(0.2)
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with server:
        answer = asked(f"http://127.0.0.1:{server.getsockname()[1]}/v1")
    assert answer.value is None
    assert time.monotonic() - began < 6


def test_a_packed_answer_is_not_unfolded() -> None:
    bomb = b'{"choices": [{"message": {"content": "{}"}}]}' + b" " * 900_000
    turn = Turn(raw=gzip.compress(bomb), headers=(("Content-Encoding", "gzip"),))
    with scripted([turn]) as server:
        assert asked(server.url, 10.0).value is None


def test_another_host_is_never_gone_to() -> None:
    with scripted([Turn("{}")]) as other, scripted([Turn(status=307, headers=(("Location", other.url),))]) as server:
        assert asked(server.url, 10.0).value is None
        assert len(server.raw) == 1
        assert not other.raw


@pytest.mark.parametrize("text", ["```" + " " * 300_000, "```json" * 100_000, "{" * 100_000, "[" * 100_000])
def test_an_answer_made_to_be_slow(text: str) -> None:
    began = time.monotonic()
    assert salvage(text) is None
    assert time.monotonic() - began < 3


HALF = "\\ud800"  # half of a letter, as JSON writes it


CONTENTS = (
    f"{HALF} no object",
    f'{{\\"title\\": \\"{HALF}x\\"}}',
    f'{{\\"title\\": \\"\\{HALF}x\\"}}',
)


@pytest.mark.parametrize("content", CONTENTS)
def test_halves_of_letters_go_nowhere(content: str) -> None:
    raw = f'{{"choices": [{{"message": {{"content": "{content}"}}}}]}}'.encode()
    bodies: list[str] = []
    with scripted([Turn(raw=raw)]) as server:
        endpoint = Endpoint(server.url, "m", "inside", timeout=10.0)
        request = Request("", "{}", {"type": "object"}, "x")
        answer = ask(
            endpoint, request, lambda body: bodies.append(json.dumps(body, ensure_ascii=False)), lambda _s: None
        )
    for text in (*bodies, json.dumps(answer.value, ensure_ascii=False)):
        text.encode("utf-8")  # raises where half a letter is left
