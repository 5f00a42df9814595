"""One parse (한 번의 해석): a spec as JSON on stdin, an Arrow IPC file written, a JSON answer on stdout."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any


def limit(memory: int, seconds: int) -> None:
    """Cap this process where the system can; on Windows the size checks and the parent's clock stand alone."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def work(spec: dict[str, Any]) -> dict[str, Any]:
    """Do what the spec asks."""
    import pyarrow as pa

    if spec["task"] == "peek":
        from sigun.ingest.child.workbook import peek_workbook

        return {"sheets": peek_workbook(spec)}
    if spec["task"] == "stream":
        from sigun.ingest.child.stream import stream_delimited

        return stream_delimited(spec)
    table = _table(spec)
    if table.num_columns > spec["columns"]:
        from sigun.ingest.child.refuse import Refused

        raise Refused("too_many_columns", columns=table.num_columns, limit=spec["columns"])
    with pa.OSFile(spec["out"], "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return {"rows": table.num_rows}


def _table(spec: dict[str, Any]) -> Any:
    kind = spec["format"]
    if spec.get("shape"):
        return _flat(spec)
    if kind == "csv":
        from sigun.ingest.child.delimited import read_delimited

        return read_delimited(spec)
    if kind in {"xlsx", "xls"}:
        from sigun.ingest.child.workbook import read_workbook

        return read_workbook(spec)
    if kind == "parquet":
        return _parquet(Path(spec["path"]), spec["rows"])
    from sigun.ingest.child.records import read_features, read_records

    return read_features(spec) if kind == "geojson" else read_records(spec)


def _flat(spec: dict[str, Any]) -> Any:
    """A statistical table, made flat by its shape."""
    from sigun.ingest.child import delimited, workbook
    from sigun.ingest.child.refuse import Refused
    from sigun.ingest.layout import Shape
    from sigun.ingest.tidy.changes import Changed
    from sigun.ingest.tidy.flatten import flatten
    from sigun.ingest.tidy.unreadable import Unreadable

    grid = delimited.read_grid(spec) if spec["format"] == "csv" else workbook.read_grid(spec)
    try:
        return flatten(grid, Shape(**spec["shape"]), spec["cells"])
    except Changed as changed:
        said = [[m.template, dict(m.values)] for m in changed.differences]
        raise Refused("changed", differences=said) from changed
    except Unreadable as unreadable:
        trouble = unreadable.trouble
        words = [[m.template, dict(m.values)] for m in (trouble.what, trouble.remedy)]
        raise Refused("unreadable", what=words[0], remedy=words[1], cell=trouble.cell) from unreadable


def _parquet(path: Path, most: int) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    from sigun.ingest.child.refuse import Refused

    try:
        with pq.ParquetFile(path) as file:
            if file.metadata.num_rows > most:
                raise Refused("too_many_rows", rows=file.metadata.num_rows, limit=most)
            return file.read()
    except pa.ArrowException as error:
        raise Refused("damaged", reason=str(error)[:200]) from error


def main() -> int:
    """Answer on stdout; the exit code is 0 also for a refusal, which is an answer."""
    from sigun.ingest.child.refuse import Refused

    spec = json.loads(sys.stdin.buffer.read())
    limit(spec["memory"], spec["seconds"])
    gc.disable()  # it lives shortly and makes millions of cells, none in a circle
    try:
        answer = work(spec)
    except Refused as refused:
        answer = {"problem": refused.problem, "values": refused.values}
    except MemoryError:
        answer = {"problem": "memory", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
