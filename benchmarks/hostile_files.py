"""Files made to do harm, or broken as files get broken: what `benchmarks/hostile.py` and the tests feed the program."""

# ruff: noqa: E501, ARG005 - one kind of file a line, all made alike from chance and size

from __future__ import annotations

import io
import json
import struct
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

Rng = np.random.Generator
Make = Callable[[Rng, float], bytes]
MILLION = 1_000_000

HEAD = "접수번호,접수일시,소재지,위도,경도\r\n"
ROW = "{n},2024-03-{day:02d} 10:00,새봄시 가람동 {n},37.{n:04d},127.{n:04d}\r\n"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>'
)
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rels}</Relationships>'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


def main() -> None:
    """`hostile_files.py NUMBER SIZE FOLDER` writes one file and prints its kind and name.

    A process of its own, so that the memory it takes to make a bomb is not the program's.
    """
    number, size, folder = int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])
    kind, name, data = hostile(number, size)
    (folder / name).write_bytes(data)
    sys.stdout.write(f"{kind}\t{name}")


def hostile(number: int, size: float = 1.0, seed: int = 20250703) -> tuple[str, str, bytes]:
    """Kind, file name and bytes of one file; the kinds come in turn.

    `size` scales what is big in it: 1 is meant to hurt, 0.01 to be quick.
    """
    kind = list(KINDS)[number % len(KINDS)]
    rng = np.random.default_rng([seed, number])
    suffix = str(rng.choice([".csv", ".xlsx", ".xls", ".json", ".txt", ""])) if rng.random() < 0.3 else SUFFIX(kind)
    return kind, f"{number:03d}_{kind.replace(' ', '_')}{suffix}", KINDS[kind](rng, size)


def SUFFIX(kind: str) -> str:  # noqa: N802 - reads as the table it stands for
    """The ending such a file would have."""
    first = kind.split(maxsplit=1)[0]
    return {
        "workbook": ".xlsx",
        "zip": ".xlsx",
        "old": ".xls",
        "json": ".json",
        "map": ".geojson",
        "parquet": ".parquet",
    }.get(first, ".csv")


# -- text ------------------------------------------------------------------------------------------------------------


def rows(n: int) -> str:
    """A register of n ordinary rows."""
    return HEAD + "".join(ROW.format(n=i, day=i % 28 + 1) for i in range(1, n + 1))


def spoiled(change: Callable[[Rng, str], str | bytes]) -> Make:
    """An ordinary register with one thing wrong."""

    def make(rng: Rng, _size: float) -> bytes:
        made = change(rng, rows(int(rng.integers(20, 200))))
        return made if isinstance(made, bytes) else made.encode()

    return make


def at_random(rng: Rng, text: bytes, put: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        at = int(rng.integers(0, len(text)))
        text = text[:at] + put + text[at:]
    return text


def cell(value: str) -> Make:
    """A register whose cells in one column hold something odd."""
    return spoiled(lambda rng, text: text.replace("새봄시", value, int(rng.integers(1, 50))))


TEXT: Mapping[str, Make] = {
    "text with NUL bytes": spoiled(lambda rng, text: at_random(rng, text.encode(), b"\0" * int(rng.integers(1, 9)), 5)),
    "text in two encodings": spoiled(lambda rng, text: text.encode() + text.encode("cp949")),
    "text of random bytes in it": spoiled(lambda rng, text: at_random(rng, text.encode("cp949"), rng.bytes(20), 3)),
    "text of random bytes": lambda rng, _size: rng.bytes(int(rng.integers(1, 200_000))),
    "text in UTF-16 without a mark": spoiled(lambda rng, text: text.encode("utf-16-le")),
    "text in UTF-32": spoiled(lambda rng, text: text.encode("utf-32")),
    "text cut in a character": spoiled(lambda rng, text: text.encode()[: int(rng.integers(50, 400))]),
    "text of one endless line": lambda rng, size: b"a,b\n" + b"x" * int(60 * MILLION * size),
    "text of one endless cell": lambda rng, size: HEAD.encode() + b'1,"' + b"y" * int(40 * MILLION * size) + b'",3,4,5\n',
    "text with 100,000 columns": lambda rng, size: ("\n".join(",".join(f"{c}{i}" for i in range(int(1e5 * size) + 50)) for c in "abc")).encode(),
    "text with a quote never closed": spoiled(lambda rng, text: text.replace(",새봄시", ',"새봄시', 1)),
    "text with an early quote": lambda rng, size: (HEAD + '"' + rows(int(3e5 * size) + 30)).encode(),
    "text of quotes": lambda rng, size: b'"' * (int(20 * MILLION * size) + int(rng.integers(1, 3))),
    "text of commas": lambda rng, size: b"," * int(20 * MILLION * size) + b"\n1",
    "text of line ends": lambda rng, size: HEAD.encode() + b"\r\n" * int(10 * MILLION * size),
    "text of uneven rows": spoiled(lambda rng, text: text.replace("\r\n", "," * int(rng.integers(1, 9)) + "\r\n", 9)),
    "text with one name 5,000 times": lambda rng, size: (",".join(["건수"] * 5_000) + "\n" + ",".join(["1"] * 5_000)).encode(),
    "text with line ends of three kinds": spoiled(lambda rng, text: text.replace("\r\n", "\r", 7).replace("\r\n", "\n", 7)),
    "text with marks of order twice": spoiled(lambda rng, text: b"\xef\xbb\xbf" * 3 + text.encode()),
    "text with formulas": cell("=cmd|'/c calc'!A1"),
    "text with escapes": cell("\x1b[2J\x1b]0;x\x07\u202e\u200b"),
    "text with marks of a page": cell("<script>alert(1)</script>"),
    "text with a template": cell("{0.__class__} %s %n {{7*7}} ${jndi:x}"),
    "text with numbers out of bounds": spoiled(lambda rng, text: text.replace(",37.", ",9" * 1 + "9" * 400 + ".", 5)),
    "text with days out of bounds": spoiled(lambda rng, text: text.replace("2024-03", "99999-77", 200)),
    "text of a header alone": lambda rng, _size: HEAD.encode(),
    "text with odd headers": spoiled(lambda rng, text: text.replace("접수번호", "../../etc/passwd\x00", 1).replace("접수일시", "\u202e", 1)),
    "nothing": lambda rng, _size: b" " * int(rng.integers(0, 3)),
    "page": lambda rng, _size: b"<html><table><tr><td>1</td></tr></table></html>",
    "page with a bomb": lambda rng, _size: (LAUGHS + "<z>&j;</z>").encode(),
    "picture": lambda rng, _size: b"\x89PNG\r\n\x1a\n" + rng.bytes(500),
    "paper": lambda rng, _size: b"%PDF-1.7\n" + rng.bytes(500),
    "paper that is a workbook too": lambda rng, _size: b"%PDF-1.7\n" + workbook(),
    "packed": lambda rng, _size: b"\x1f\x8b\x08\0" + rng.bytes(500),
}  # fmt: skip


# -- JSON and maps ---------------------------------------------------------------------------------------------------


def feature(geometry: object) -> bytes:
    """A map of one area."""
    area = {"type": "Feature", "properties": {"행정동": "가람동", "행정동코드": "9915051000"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [area] * 3}).encode()


def topology(arcs: object, geometries: object) -> bytes:
    """Outlines whose arcs are shared."""
    whole = {
        "type": "Topology",
        "arcs": arcs,
        "objects": {"a": {"type": "GeometryCollection", "geometries": geometries}},
    }
    return json.dumps(whole).encode()


def nested(depth: int, inside: object) -> object:
    """Collections in collections."""
    for _ in range(depth):
        inside = {"type": "GeometryCollection", "geometries": [inside]}
    return inside


SQUARE = [[0, 0], [1, 0], [1, 1], [0, 0]]
MAPS: Mapping[str, Make] = {
    "json nested deeply": lambda rng, size: b"[" * (int(2 * MILLION * size) + 2_000),
    "json nested in objects": lambda rng, size: b'{"a":' * (int(MILLION * size) + 2_000) + b"1" + b"}" * (int(MILLION * size) + 2_000),
    "json with a number of a million figures": lambda rng, size: b'[{"a": ' + b"9" * int(MILLION * size + 5_000) + b"}]",
    "json with no numbers": lambda rng, _size: b'[{"a": NaN, "b": Infinity, "c": -Infinity, "d": 1e999}]',
    "json cut off": lambda rng, _size: json.dumps([{"a": i, "접수일시": "2024"} for i in range(99)]).encode()[: int(rng.integers(5, 900))],
    "json of one record with many keys": lambda rng, size: json.dumps([{f"k{i}": 1 for i in range(int(3e5 * size) + 10)}]).encode(),
    "json of records that share no key": lambda rng, size: json.dumps([{f"k{i}": 1} for i in range(int(2e4 * size) + 10)]).encode(),
    "json with broken characters": lambda rng, _size: b'[{"a": "\\ud800", "b": "\xff\xfe"}]',
    "json with one key twice": lambda rng, _size: b'[{"a": 1, "a": {"a": [1, {"a": 2}]}}]',
    "map with places out of bounds": lambda rng, _size: feature({"type": "Polygon", "coordinates": [[[1e308, -1e308], [1e999, 0], [0, 0], [1e308, -1e308]]]}).replace(b"Infinity", b"1e999"),
    "map with words for places": lambda rng, _size: feature({"type": "Polygon", "coordinates": [[["a", None], [], {}, "x"]]}),
    "map without a shape": lambda rng, _size: feature(rng.choice([None, "Polygon"])),
    "map of an unknown shape": lambda rng, _size: feature({"type": "Klein", "coordinates": 5}),
    "map nested deeply": lambda rng, size: feature(nested(int(rng.integers(50, 300)), {"type": "Polygon", "coordinates": [SQUARE]})),
    "map of crossing lines": lambda rng, _size: feature({"type": "Polygon", "coordinates": [[[127, 37], [128, 38], [128, 37], [127, 38], [127, 37]]]}),
    "map with a ring of millions": lambda rng, size: feature({"type": "Polygon", "coordinates": [rng.random((int(5e5 * size) + 4, 2)).tolist()]}),
    "map with lines that are not there": lambda rng, _size: topology([SQUARE], [{"type": "Polygon", "arcs": [[int(rng.integers(1, 10**9)), -(2**62)]]}]),
    "map in circles": lambda rng, _size: topology([SQUARE], [nested(int(rng.integers(20, 200)), {"type": "Polygon", "arcs": [[0, ~0] * 500]})]),
    "map with one line a million times": lambda rng, size: topology([SQUARE * 50], [{"type": "Polygon", "arcs": [[0] * int(MILLION * size + 100)], "properties": {"a": 1}}]),
    "map with a scale of nothing": lambda rng, _size: topology([SQUARE], []).replace(b'"arcs"', b'"transform": {"scale": [0, 1e308], "translate": [1e308, null]}, "arcs"', 1),
}  # fmt: skip


# -- workbooks -------------------------------------------------------------------------------------------------------


def sheet(body: str = "", before: str = "", after: str = "") -> str:
    """A sheet with an ordinary table unless said otherwise."""
    told = body or "".join(
        f'<row r="{r}">' + "".join(f'<c r="{c}{r}" t="inlineStr"><is><t>{v}</t></is></c>' for c, v in zip("ABC", line, strict=True))
        + "</row>"
        for r, line in enumerate([("행정동", "기준월", "인구"), *((f"가람{i}동", "2024-01", str(i)) for i in range(1, 30))], 1)
    )  # fmt: skip
    return SHEET.format(rows=told, before=before, after=after)


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, said in parts.items():
            archive.writestr(name, said)
    return held.getvalue()


def workbook(first: str | bytes = "", sheets: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A small XLSX; `first` is its sheet, `more` are parts beside or instead of the usual ones."""
    named = sheets or '<sheet name="표" sheetId="1" r:id="rId1"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format(
            rels=f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        ),
        "xl/workbook.xml": WORKBOOK.format(sheets=named),
        "xl/_rels/workbook.xml.rels": RELS.format(
            rels=f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": first or sheet(),
    }
    return packed(parts | dict(more or {}))


def numbers(*cells: tuple[str, str, str]) -> str:
    """A sheet of single cells: place, attributes, what is in it."""
    return sheet("".join(f'<row><c r="{at}" {kind}>{inside}</c></row>' for at, kind, inside in cells))


def lying(data: bytes, field: int, value: int) -> bytes:
    """A ZIP whose directory tells another size (24: unpacked, 20: packed) of every part."""
    told, at = bytearray(data), 0
    while (at := told.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", told, at + field, value)
        at += 4
    return bytes(told)


def overlapping(size: float) -> bytes:
    """A ZIP in which many parts are the same bytes: small in the file, endless unpacked."""
    data = bytearray(workbook(b"0" * int(20 * MILLION * size + 1000)))
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    entries = bytes(data[start:end])
    times = 400
    tail = bytearray(data[end:])
    count = struct.unpack_from("<H", tail, 10)[0] * times
    struct.pack_into("<HHII", tail, 8, count, count, len(entries) * times, start)
    return bytes(data[:start]) + entries * times + bytes(tail)


def in_each_other(depth: int) -> bytes:
    """ZIPs in ZIPs."""
    data = workbook()
    for _ in range(depth):
        data = packed({"xl/workbook.xml": data, "a.xlsx": data})
    return data


def zeros(size: float) -> str:
    return "0" * int(1_200 * MILLION * size + 20 * MILLION)


STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
WHOLE = "A1:XFD1048576"
BOOKS: Mapping[str, Make] = {
    "workbook of a bomb": lambda rng, size: workbook(sheet(after=f"<!--{zeros(size)}-->")),
    "workbook with a bomb of words": lambda rng, size: workbook(more={"xl/sharedStrings.xml": STRINGS.format(f"<si><t>{zeros(size / 4)}</t></si>")}),
    "workbook with entities": lambda rng, _size: workbook(LAUGHS + sheet().replace("가람1동", "&j;")),
    "workbook with entities in its names": lambda rng, _size: workbook(more={"xl/workbook.xml": LAUGHS + WORKBOOK.format(sheets='<sheet name="&j;" sheetId="1" r:id="rId1"/>')}),
    "workbook with entities in its words": lambda rng, _size: workbook(more={"xl/sharedStrings.xml": LAUGHS + STRINGS.format("<si><t>&j;</t></si>")}),
    "workbook that asks for another file": lambda rng, _size: workbook('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + sheet().replace("가람1동", "&x;")),
    "workbook with macros": lambda rng, _size: workbook(more={"xl/vbaProject.bin": rng.bytes(3_000)}),
    "workbook with formulas": lambda rng, _size: workbook(sheet().replace("<is><t>1</t></is>", "<f>HYPERLINK(\"http://x\")</f><v>1</v>").replace('t="inlineStr"><f>', "><f>")),
    "workbook with an endless formula": lambda rng, size: workbook(numbers(("A1", "", f"<f>{'SUM(' * int(1e5 * size + 100)}</f><v>1</v>"))),
    "workbook that lies about its range": lambda rng, _size: workbook(sheet(before=f'<dimension ref="{WHOLE}"/>')),
    "workbook with a range of nonsense": lambda rng, _size: workbook(sheet(before=f'<dimension ref="{rng.choice(["ZZZZ1:A0", "A1:A99999999999", "", "B2:A1", "1A:2B"])}"/>')),
    "workbook with a cell far away": lambda rng, _size: workbook(sheet().replace("</sheetData>", f'<row r="1048576"><c r="{rng.choice(["XFD", "C"])}1048576"><v>1</v></c></row></sheetData>')),
    "workbook with two cells far away": lambda rng, _size: workbook(numbers(("A1", "", "<v>1</v>"), ("XFD1048576", "", "<v>1</v>"))),
    "workbook with a cell beyond the sheet": lambda rng, _size: workbook(numbers(("A1", "", "<v>1</v>"), (str(rng.choice(["A99999999999", "ZZZZZZZ1", "A0", "1", "A-1"])), "", "<v>1</v>"))),
    "workbook merged whole": lambda rng, _size: workbook(sheet(after=f'<mergeCells count="1"><mergeCell ref="{WHOLE}"/></mergeCells>')),
    "workbook merged a million times": lambda rng, size: workbook(sheet(after="<mergeCells>" + '<mergeCell ref="A1:C30"/>' * int(MILLION * size + 10) + "</mergeCells>")),
    "workbook merged to nonsense": lambda rng, _size: workbook(sheet(after='<mergeCells><mergeCell ref="C9:A1"/><mergeCell ref=""/><mergeCell ref="A1:ZZZ9"/></mergeCells>')),
    "workbook cut off": lambda rng, _size: workbook()[: int(rng.integers(40, 1_500))],
    "workbook with bytes turned": lambda rng, _size: bytes(b ^ (rng.random() < 0.01) for b in workbook()),
    "workbook with words that are not there": lambda rng, _size: workbook(numbers(("A1", 't="s"', f"<v>{rng.choice([5, -1, 10**12])}</v>"), ("B2", 't="s"', "<v>x</v>"))),
    "workbook with days out of bounds": lambda rng, _size: workbook(numbers(("A1", 's="1"', "<v>1e300</v>"), ("A2", 's="1"', "<v>-99999999</v>"), ("A3", 't="d"', "<v>99999-99-99</v>")), more={"xl/styles.xml": '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'}),
    "workbook of many sheets": lambda rng, size: workbook(sheets="".join(f'<sheet name="s{i}" sheetId="{i}" r:id="rId1"/>' for i in range(1, int(3_000 * size) + 20))),
    "workbook of hidden sheets": lambda rng, _size: workbook(sheets='<sheet name="a" sheetId="1" state="veryHidden" r:id="rId1"/>'),
    "workbook whose sheet is not there": lambda rng, _size: workbook(sheets='<sheet name="a" sheetId="1" r:id="rId9"/>'),
    "workbook whose sheet is itself": lambda rng, _size: workbook(more={"xl/_rels/workbook.xml.rels": RELS.format(rels=f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="../xl/workbook.xml"/>')}),
    "workbook with tags in tags": lambda rng, size: workbook(sheet("<row>" * int(3e5 * size + 1_000))),
    "workbook with an endless tag": lambda rng, size: workbook(sheet(f'<row r="1"><c r="A1" x="{"y" * int(50 * MILLION * size)}"><v>1</v></c></row>')),
    "workbook with many columns": lambda rng, size: workbook(sheet("".join(f'<row r="{r}">' + f"<c><v>{r}</v></c>" * int(16_384 * max(size, 0.1)) + "</row>" for r in range(1, 20)))),
    "workbook with marks of order": lambda rng, _size: workbook(sheet().replace("가람1동", "_x0000__x001B_&#x202E;")),
    "workbook with a name like a formula": lambda rng, _size: workbook(sheets='<sheet name="=cmd|!A1&#10;../x" sheetId="1" r:id="rId1"/>'),
    "zip that lies about its size": lambda rng, size: lying(workbook(sheet(after=f"<!--{zeros(size / 20)}-->")), 24, int(rng.choice([0, 10, 5_000]))),
    "zip that lies about being huge": lambda rng, _size: lying(workbook(), int(rng.choice([20, 24])), 2**32 - 2),
    "zip of parts that overlap": lambda rng, size: overlapping(size),
    "zip in zip": lambda rng, _size: in_each_other(int(rng.integers(1, 9))),
    "zip with ways out": lambda rng, _size: workbook(more={"../../../tmp/out": "x", "/etc/x": "y", "C:\\x": "z", "xl/worksheets/../../../a.xml": "w"}),
    "zip behind other bytes": lambda rng, _size: rng.bytes(50) + workbook(),
    "zip before other bytes": lambda rng, _size: workbook() + rng.bytes(70_000),
    "zip of a document": lambda rng, _size: packed({"word/document.xml": "<w/>", "[Content_Types].xml": TYPES}),
    "zip of a Hangul document": lambda rng, _size: packed({"mimetype": "application/hwp+zip", "Contents/section0.xml": "<a/>"}),
    "zip of an open document": lambda rng, _size: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
    "zip that is locked": lambda rng, _size: locked(workbook()),
    "zip packed in an odd way": lambda rng, _size: packed({"xl/workbook.xml": "<a/>" * 99, "xl/worksheets/sheet1.xml": sheet()}, zipfile.ZIP_LZMA),
    "old workbook cut off": lambda rng, _size: ole("Workbook", rng)[: int(rng.integers(9, 3_000))],
    "old workbook of nonsense": lambda rng, _size: ole("Workbook", rng),
    "old workbook that is a Hangul document": lambda rng, _size: ole("HwpSummaryInformation", rng),
    "old workbook that is locked": lambda rng, _size: ole("EncryptedPackage", rng),
    "old workbook of circles": lambda rng, _size: ole("Workbook", rng, circles=True),
}  # fmt: skip


def locked(data: bytes) -> bytes:
    """A ZIP whose parts say that they are encrypted."""
    told, at = bytearray(data), 0
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = 0
        while (at := told.find(mark, at)) >= 0:
            told[at + flags] |= 1
            at += 4
    return bytes(told)


def ole(stream: str, rng: Rng, circles: bool = False) -> bytes:
    """An OLE container (XLS, HWP 5, locked XLSX) with one stream of random bytes; its sectors may lead in circles."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504)
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIII", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = [0xFFFFFFFD, 1 if circles else 0xFFFFFFFE, *range(3, 12), 2 if circles else 0xFFFFFFFE]
    table = struct.pack("<128I", *fat, *[0xFFFFFFFF] * (128 - len(fat)))
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name) + 2, 2, 1, *[0xFFFFFFFF] * 3)
    entry += b"\0" * 36 + struct.pack("<IQ", 2, 5_120)
    root = "Root Entry".encode("utf-16-le")
    top = root.ljust(64, b"\0") + struct.pack("<HBBIII", len(root) + 2, 5, 1, 0xFFFFFFFF, 0xFFFFFFFF, 1)
    top += b"\0" * 36 + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return bytes(header) + table + (top + entry).ljust(512, b"\0") + rng.bytes(5_120)


# -- Parquet ---------------------------------------------------------------------------------------------------------


def parquet(**columns: object) -> bytes:
    """A Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    held = io.BytesIO()
    pq.write_table(pa.table(columns), held, compression="zstd", use_dictionary=True)
    return held.getvalue()


def deep() -> bytes:
    """A column of lists of lists of lists …"""
    import pyarrow as pa

    kind: pa.DataType = pa.int8()
    value: object = 1
    for _ in range(60):
        kind, value = pa.list_(kind), [value]
    return parquet(a=pa.array([value], kind))


PARQUET: Mapping[str, Make] = {
    "parquet of a bomb": lambda rng, size: parquet(a=np.zeros(int(2e8 * size) + 1000, np.int64), b=np.zeros(int(2e8 * size) + 1000)),
    "parquet of long words": lambda rng, size: parquet(접수일시=["z" * MILLION] * (int(2_000 * size) + 5)),
    "parquet cut off": lambda rng, _size: parquet(a=np.arange(99))[: int(rng.integers(5, 400))],
    "parquet with bytes turned": lambda rng, _size: b"PAR1" + at_random(rng, parquet(a=np.arange(99))[4:], rng.bytes(9), 3),
    "parquet nested deeply": lambda rng, _size: deep(),
    "parquet with no columns": lambda rng, _size: parquet(),
    "parquet with many columns": lambda rng, size: parquet(**{f"c{i}": [1] for i in range(int(2e4 * size) + 5)}),
}  # fmt: skip

KINDS: Mapping[str, Make] = {**TEXT, **MAPS, **BOOKS, **PARQUET}


if __name__ == "__main__":
    main()
