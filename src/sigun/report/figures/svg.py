"""From a drawing to a small, safe piece of SVG that can stand in a page beside others (그림 → SVG)."""

from __future__ import annotations

import io
import re
from typing import Any
from xml.etree import ElementTree

from sigun.report.fonts import FAMILY

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_DECIMAL = re.compile(r"-?\d+\.\d+")
_FAMILY = re.compile(r"font-family:[^;]*;\s*")
_LEVEL = re.compile(r"rotate\(-?0(?:\.0*)?[ )]")  # a turn by nothing
_STEP = re.compile(r"\s*([MLHVQCZz])\s*")
_LONG = 2000  # letters of path data from which a tenth of a pixel is fine enough

MARK = "sigun-"  # a group whose gid begins so keeps it as its class, for the page's styles and for tests
HALO = MARK + "halo"


def write_svg(figure: Any, name: str, alt: str) -> str:
    """The figure as one `<svg>` element: text as text, no size but a viewBox, every id prefixed with `name`.

    The same figure gives the same bytes: no date, and ids salted with the name alone.
    """
    import matplotlib as mpl

    buffer = io.BytesIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    root = ElementTree.fromstring(buffer.getvalue())
    _strip(root)
    for element in root.iter():
        _tidy(element, name)
    _prune(root)
    _entitle(root, name, alt)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _strip(root: Any) -> None:
    """Take out what would leak into the page: the style sheet, the metadata."""
    unwanted = {f"{{{_SVG}}}style", f"{{{_SVG}}}metadata"}
    for parent in list(root.iter()):
        for child in [c for c in parent if c.tag in unwanted or (c.tag == f"{{{_SVG}}}defs" and _only_style(c))]:
            parent.remove(child)


def _only_style(defs: Any) -> bool:
    return len(defs) > 0 and all(child.tag == f"{{{_SVG}}}style" for child in defs)


def _tidy(element: Any, name: str) -> None:
    _rename(element, name)
    for key, value in element.attrib.items():
        element.attrib[key] = _REFERENCE.sub(rf"url(#{name}-\1)", value)
    if "d" in element.attrib:
        element.attrib["d"] = _shorten(element.attrib["d"])
    for key in ("x", "y", "width", "height", "transform"):
        if key in element.attrib:
            element.attrib[key] = _round(element.attrib[key], 2)
    if element.tag == f"{{{_SVG}}}text":
        element.set("style", _FAMILY.sub("", element.get("style", "")))
        if _LEVEL.match(element.get("transform", "")):
            del element.attrib["transform"]
    if element.tag == f"{{{_SVG}}}g" and element.get("class") == HALO:
        for text in element.iter(f"{{{_SVG}}}text"):
            text.set("paint-order", "stroke")
            text.set("style", text.get("style", "") + "; stroke: #fff; stroke-width: 3.5px; stroke-linejoin: round")


def _prune(parent: Any) -> None:
    """Take out groups that say nothing and paths nobody sees, and lift what they hold."""
    kept = []
    for child in parent:
        if child.tag not in (f"{{{_SVG}}}defs", f"{{{_SVG}}}text"):
            _prune(child)
        lone = child.tag == f"{{{_SVG}}}g" and not child.attrib
        unseen = child.tag == f"{{{_SVG}}}path" and child.get("style") == "fill: none"
        kept += list(child) if lone else [] if unseen else [child]
    for child in list(parent):
        parent.remove(child)
    parent.extend(kept)
    if parent.tag != f"{{{_SVG}}}text":
        parent.text = None
    for child in kept:
        child.tail = None


def _rename(element: Any, name: str) -> None:
    """Prefix the ids something refers to; a marked group's id becomes its class; other ids say nothing and go."""
    old = element.attrib.pop("id", None)
    if old is not None and element.tag == f"{{{_SVG}}}g":
        if old.startswith(MARK):
            element.set("class", old)
    elif old is not None:
        element.set("id", f"{name}-{old}")
    target = element.attrib.pop(_HREF, None)
    if target is not None:
        element.set("href", f"#{name}-{target.removeprefix('#')}")


def _entitle(root: Any, name: str, alt: str) -> None:
    """Let the page give the size, and say in words what the picture shows."""
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    root.set("class", f"figure {name}")
    root.set("role", "img")
    root.set("aria-label", alt)
    letters = f"font-family: {FAMILY}, sans-serif; font-variant-numeric: tabular-nums"
    root.set("style", f"{letters}; stroke-linejoin: round; stroke-linecap: butt")


def _shorten(path: str) -> str:
    return _STEP.sub(r"\1", _round(path, 1 if len(path) > _LONG else 2)).strip()


def _round(text: str, places: int) -> str:
    return _DECIMAL.sub(lambda m: f"{float(m[0]):.{places}f}".rstrip("0").rstrip("."), text)
