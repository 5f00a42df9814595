"""The HWPX writer (한글 문서): walks the outline as lines, pictures and tables, and writes one file for Hangul.

The library gives the blank document; what stands on the pages is written here, as its tables are slow when long and it
has no words for some of what we need. Nothing outside this room knows the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from hwpx.templates import blank_document_bytes
from lxml import etree

from sigun.plan.carried import FOLDER
from sigun.report.blocks import Outline
from sigun.report.office.columns import turned
from sigun.report.office.flow import Grid, Line, Picture, Piece, above_every_page, clean, flow
from sigun.report.office.hwpx.body import Body
from sigun.report.office.hwpx.head import as_bytes, head
from sigun.report.office.packed import packed, unpacked
from sigun.report.pictures import png
from sigun.result import write_atomically
from sigun.text import speaking

_HEAD, _PACKAGE, _LIST = "Contents/header.xml", "Contents/content.hpf", "META-INF/container.rdf"
_SECTION = "Contents/section{n}.xml"
_PREVIEW, _SHOWN = "Preview/PrvText.txt", 1000  # letters a file manager shows
_PIXELS = 1200  # across a picture: some 220 to the inch
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_META = "http://www.hancom.co.kr/hwpml/2016/meta/pkg#"


def write_hwpx(whole: Outline, path: Path, inside: Mapping[str, bytes] | None = None) -> Path:
    """Write the outline as a Hangul document, with the files `inside` carried in it under `sigun/`; the file."""
    with speaking("en" if whole.lang == "en" else "ko"):
        pieces = list(flow(whole))
        banner = above_every_page(whole)
    parts = unpacked(blank_document_bytes())
    sections = _sections(pieces)
    heads = head(parts[_HEAD], len(sections), whole.lang, whole.kind == "proposal")
    body, names = Body(heads, whole.kind == "proposal", banner), _names()
    root = _root(parts[_SECTION.format(n=0)])
    parts[_HEAD] = heads.xml
    for number, (lying, held) in enumerate(sections):
        parts[_SECTION.format(n=number)] = root.replace(b"{}", body.section(held, names, lying).encode())
    images = {f"BinData/{n}.png": png(p.svg, _PIXELS) for n, p in zip(_names(), _pictures(pieces), strict=False)}
    carried = {f"{FOLDER}{name}": held for name, held in sorted((inside or {}).items())}
    parts |= images | carried
    parts[_PACKAGE] = _package(parts[_PACKAGE], whole, len(sections), list(images), list(carried))
    parts[_LIST] = _listed(len(sections))
    parts[_PREVIEW] = "\r\n".join(p.text for p in pieces if isinstance(p, Line))[:_SHOWN].encode()
    return write_atomically(path, packed(parts, stored=frozenset({"mimetype"})))


def _sections(pieces: Sequence[Piece]) -> list[tuple[bool, list[Piece]]]:
    """Runs of what stands on upright pages, and of wide tables on pages on their side."""
    return [(lying, list(held)) for lying, held in groupby(pieces, lambda p: isinstance(p, Grid) and turned(p))]


def _pictures(pieces: Sequence[Piece]) -> Iterator[Picture]:
    return (piece for piece in pieces if isinstance(piece, Picture))


def _names() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"image{number}"


def _root(blank: bytes) -> bytes:
    """A section without paragraphs, and where they go: `{}`."""
    root = etree.fromstring(blank)
    for child in list(root):
        root.remove(child)
    root.text = "{}"
    return as_bytes(root)


def _package(blank: bytes, whole: Outline, sections: int, images: Sequence[str], carried: Sequence[str]) -> bytes:
    """What the document is called, every file in it, and the order they are read in."""
    root = etree.fromstring(blank)
    opf = f"{{{root.nsmap['opf']}}}"
    metadata, manifest, spine = (root.find(f"{opf}{name}") for name in ("metadata", "manifest", "spine"))
    metadata.find(f"{opf}title").text = clean(whole.title.plain).replace("\n", " ")
    metadata.find(f"{opf}language").text = whole.lang
    said = {"creator": "sigun", "lastsaveby": "sigun", "subject": clean(whole.question.plain).replace("\n", " ")}
    for meta in metadata.findall(f"{opf}meta"):
        meta.text = said.get(meta.get("name"))
        if meta.get("name").endswith(("Date", "date")):  # the blank document's: not ours to say
            metadata.remove(meta)
    for number in range(1, sections):
        name = _SECTION.format(n=number)
        etree.SubElement(
            manifest, f"{opf}item", {"id": f"section{number}", "href": name, "media-type": "application/xml"}
        )
        etree.SubElement(spine, f"{opf}itemref", {"idref": f"section{number}", "linear": "yes"})
    for name in images:
        item = {"id": Path(name).stem, "href": name, "media-type": "image/png", "isEmbeded": "1"}
        etree.SubElement(manifest, f"{opf}item", item)
    for number, name in enumerate(carried, 1):
        item = {"id": f"sigun{number}", "href": name, "media-type": "application/octet-stream"}
        etree.SubElement(manifest, f"{opf}item", item)
    return as_bytes(root)


def _listed(sections: int) -> bytes:
    """The parts by what they are."""
    kinds = [("Contents/header.xml", "HeaderFile")]
    kinds += [(_SECTION.format(n=number), "SectionFile") for number in range(sections)]
    said = "".join(
        f'<rdf:Description rdf:about=""><ns0:hasPart xmlns:ns0="{_META}" rdf:resource="{name}"/></rdf:Description>'
        f'<rdf:Description rdf:about="{name}"><rdf:type rdf:resource="{_META}{kind}"/></rdf:Description>'
        for name, kind in kinds
    )
    document = f'<rdf:Description rdf:about=""><rdf:type rdf:resource="{_META}Document"/></rdf:Description>'
    return as_bytes(etree.fromstring(f'<rdf:RDF xmlns:rdf="{_RDF}">{said}{document}</rdf:RDF>'))
