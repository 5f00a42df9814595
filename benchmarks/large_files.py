"""Large files (대용량 파일): a 1 GB cp949 CSV and a 200,000 × 8 workbook through `sigun data add`; time and memory.

    python benchmarks/large_files.py areas /tmp/large           # region × month × kind, 1 GB
    python benchmarks/large_files.py events /tmp/large          # a register of reports, 1 GB
    python benchmarks/large_files.py workbook /tmp/large        # XLSX

All values are drawn by chance; the names of the dong are made up.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

SIZE = 1_000_000_000  # bytes
KINDS = ("한식", "중식", "일식", "양식", "분식", "주점", "카페", "제과", "편의점", "마트",
         "의류", "미용", "병원", "약국", "학원", "체육", "숙박", "주유소", "정비", "기타")  # fmt: skip
SIGUNGU = ("서울특별시,종로구", "서울특별시,중구", "경기도,수원시", "경기도,성남시", "강원도,춘천시",
           "충청남도,천안시", "경상북도,포항시", "전라남도,여수시", "경상남도,창원시", "제주도,제주시")  # fmt: skip
DONG = 375  # of each 시군구


def write_areas(path: Path, size: int = SIZE) -> int:
    """Rows unique by region, month and kind until the size is reached; the number of rows."""
    rng = np.random.default_rng(1)
    places = [f"{above},가온{number}동" for above in SIGUNGU for number in range(1, DONG + 1)]
    rows = 0
    with path.open("wb") as file:
        file.write("시도,시군구,행정동,기준연월,업종,이용건수,이용금액(천원)\r\n".encode("cp949"))
        month = 0
        while file.tell() < size:
            said = f"{2000 + month // 12}{month % 12 + 1:02d}"
            counts = rng.integers(3, 100_000, (len(places), len(KINDS)))
            sums = rng.integers(1_000, 10_000_000, (len(places), len(KINDS)))
            lines = [
                f"{place},{said},{kind},{n},{s}\r\n"
                for place, ns, ss in zip(places, counts.tolist(), sums.tolist(), strict=True)
                for kind, n, s in zip(KINDS, ns, ss, strict=True)
            ]
            file.write("".join(lines).encode("cp949"))
            rows, month = rows + len(lines), month + 1
    return rows


def write_events(path: Path, size: int = SIZE) -> int:
    """Reports with a number, times, an address and coordinates; the number of rows."""
    rng = np.random.default_rng(2)
    rows, block = 0, 50_000
    with path.open("wb") as file:
        file.write("접수번호,접수일시,처리일시,주소,경도,위도,민원유형,처리결과\r\n".encode("cp949"))
        while file.tell() < size:
            start = np.datetime64("2015-01-01T00:00:00") + (rows * 40 + np.arange(block) * 40).astype("timedelta64[s]")
            done = start + rng.integers(600, 900_000, block).astype("timedelta64[s]")
            x, y = rng.uniform(126.8, 127.2, block), rng.uniform(37.4, 37.7, block)
            street, number = rng.integers(1, 400, block), rng.integers(1, 300, block)
            kind, outcome = rng.integers(0, 6, block), rng.integers(0, 4, block)
            lines = [
                f"R{rows + i:09d},{str(start[i]).replace('T', ' ')},{str(done[i]).replace('T', ' ')},"
                f"서울특별시 종로구 새길{street[i]}로 {number[i]},{x[i]:.6f},{y[i]:.6f},"
                f"{('방치차량', '불법주차', '소음', '쓰레기', '도로파손', '가로등')[kind[i]]},"
                f"{('처리완료', '현장없음', '자진이동', '중복')[outcome[i]]}\r\n"
                for i in range(block)
            ]
            file.write("".join(lines).encode("cp949"))
            rows += block
    return rows


def write_workbook(path: Path, rows: int = 200_000) -> int:
    """A plain sheet of eight columns: numbers, text, days, times."""
    import xlsxwriter

    rng = np.random.default_rng(3)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("신고")
    day, moment = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, ["접수번호", "접수일시", "처리일", "주소", "경도", "위도", "민원유형", "건수"])
    for row in range(1, rows + 1):
        when = 43_000 + row * 0.005
        sheet.write_string(row, 0, f"R{row:07d}")
        sheet.write_number(row, 1, when, moment)
        sheet.write_number(row, 2, int(when) + 3, day)
        sheet.write_string(row, 3, f"서울특별시 종로구 새길{row % 400}로 {row % 299}")
        sheet.write_number(row, 4, round(126.8 + 0.4 * float(rng.random()), 6))
        sheet.write_number(row, 5, round(37.4 + 0.3 * float(rng.random()), 6))
        sheet.write_string(row, 6, ("방치차량", "불법주차", "소음")[row % 3])
        sheet.write_number(row, 7, row % 7)
    book.close()
    return rows


def measure(path: Path) -> None:
    """Add the file to a workspace of its own; wall and CPU seconds, memory of parent and child sampled."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        Path(folder, "sigun.toml").touch()
        command = [sys.executable, "-m", "sigun", "data", "add", str(path), "--yes", "--workspace", folder]
        load, begun = os.getloadavg()[0], time.perf_counter()
        before = _children_cpu()
        running = subprocess.Popen(command)
        most, each = 0.0, {}
        while running.poll() is None:
            now = {pid: _resident(pid) for pid in _family(running.pid)}
            most = max(most, sum(now.values()))
            each = {pid: max(size, each.get(pid, 0.0)) for pid, size in (each | now).items()}
            time.sleep(0.05)
        took = time.perf_counter() - begun
        print(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, exit {running.returncode}")
        print(f"  {took:.1f} s, CPU {_children_cpu() - before:.1f} s, load {load:.1f} before")
        print(
            f"  memory together {most:.0f} MB, each at most {', '.join(f'{v:.0f}' for v in sorted(each.values()))} MB"
        )


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [pid, *(one for child in below for one in _family(int(child)))]


def _resident(pid: int) -> float:
    """Resident memory in MB; 0 where the process is gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Write the file unless it is there, then measure."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=("areas", "events", "workbook"))
    asked.add_argument("folder", type=Path)
    asked.add_argument("--mb", type=int, default=SIZE // 1_000_000)
    said = asked.parse_args()
    said.folder.mkdir(parents=True, exist_ok=True)
    name = "large.xlsx" if said.what == "workbook" else f"{said.what}{said.mb}.csv"
    path = said.folder / name
    if not path.exists():
        size = said.mb * 1_000_000
        rows = (
            {"areas": write_areas, "events": write_events}[said.what](path, size)
            if said.what != "workbook"
            else (write_workbook(path))
        )
        print(f"{path}: {rows:,} rows")
    measure(path)


if __name__ == "__main__":
    main()
