"""What `sigun data show` shows fits a console of eighty columns: one column of the data a line."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from sigun.cli.app import app


def test_every_column_of_a_register_has_a_line_of_its_own(tmp_path: Path) -> None:
    file, ws = tmp_path / "reports.csv", tmp_path / "ws"
    rows = "".join(f"{i},2024-03-{i:02d} 14:20,37.7{i},127.0{i},이륜차,12가34{i:02d}\n" for i in range(10, 20))
    file.write_text("접수번호,접수일시,위도,경도,차종,차량번호\n" + rows, encoding="utf-8")
    call = CliRunner().invoke
    assert call(app, ["init", str(ws)]).exit_code == 0
    assert call(app, ["data", "add", str(file), "--workspace", str(ws)]).exit_code == 0
    said = call(app, ["data", "show", "reports", "--workspace", str(ws)]).output
    shown = [line.split()[0] for line in said.splitlines() if "2024-03-10" in line or "127.01" in line]
    assert shown == ["occurred_at", "longitude"]
    assert "12가3410" not in said
