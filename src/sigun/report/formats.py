"""The formats a report is handed over in (형식), and who writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sigun.errors import RunError
from sigun.report.blocks import Outline
from sigun.text import _

Writer = Callable[[Outline, Path], Path]


def _docx(whole: Outline, path: Path) -> Path:
    from sigun.report.office.docx import write_docx

    return write_docx(whole, path)


def _hwpx(whole: Outline, path: Path) -> Path:
    from sigun.report.office.hwpx import write_hwpx

    return write_hwpx(whole, path)


def _pdf(whole: Outline, path: Path) -> Path:
    from sigun.report.paper.pdf import write_pdf

    return write_pdf(whole, path)


def _xlsx(whole: Outline, path: Path) -> Path:
    from sigun.report.sheets.xlsx import write_xlsx

    return write_xlsx(whole, path)


WRITERS: Mapping[str, Writer] = {"docx": _docx, "hwpx": _hwpx, "pdf": _pdf, "xlsx": _xlsx}
"""Format -> its writer, which walks the outline. HTML, which is written with every run, has its own."""

FORMATS = ("html", *WRITERS)


def formats_of(said: str) -> tuple[str, ...]:
    """The formats of a list such as `docx,pdf`, each once.

    Raises
    ------
    RunError
        It names a format there is none of.

    Examples
    --------
    >>> formats_of("PDF, xlsx,pdf")
    ('pdf', 'xlsx')
    """
    names = tuple(dict.fromkeys(name.strip().lower().removeprefix(".") for name in said.split(",")))
    for name in names:
        if name not in FORMATS:
            raise RunError(
                _("There is no format “{to}”.").format(to=name),
                "--to",
                _("Formats: {names}").format(names=", ".join(FORMATS)),
            )
    return names


def where(folder: Path, to: str, out: Path | None, alone: bool) -> Path:
    """The file to write: `report.<format>` in the run's folder, or what was said instead.

    Raises
    ------
    RunError
        One file is given for several formats, or one whose ending is another format's.
    """
    if out is None or out.is_dir():
        return (out or folder) / f"report.{to}"
    if not alone:
        raise RunError(
            _("Several formats cannot be one file."),
            str(out),
            _("Give a folder that is there, or one format at a time."),
        )
    ending = out.suffix.lower().removeprefix(".")
    if ending in FORMATS and ending != to:
        raise RunError(
            _("The file is to be {to}, but its name ends in .{ending}.").format(to=to, ending=ending),
            str(out),
            _("Name it .{to}, or choose the format: --to {ending}").format(to=to, ending=ending),
        )
    return out


@contextmanager
def landing(path: Path) -> Iterator[None]:
    """What keeps a file from being written, in words: it is open elsewhere, there is no such folder, no room."""
    try:
        yield
    except PermissionError as error:
        raise RunError(
            _("The file cannot be written: it is open in another program, or writing there is not allowed."),
            str(path),
            _("Close it in Excel, Word, Hangul or the PDF reader and try again, or give another place with --out."),
        ) from error
    except OSError as error:
        raise RunError(
            _("The file cannot be written: {reason}").format(reason=error.strerror or error),
            str(path),
            _("Look whether the folder is there and the disk has room, or give another place with --out."),
        ) from error
