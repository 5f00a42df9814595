"""The index (색인): SQLite's full-text search over pairs of syllables, in a file of the workspace or in memory."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sigun.catalog.search.entry import Entry
from sigun.catalog.search.lists import built_in
from sigun.catalog.search.sentence import tight_of
from sigun.errors import CardError
from sigun.text import _

LAYOUT = "2"  # of the file; another one is built anew
FIELDS = ("title", "keywords", "columns", "description")
READ = 2000  # characters of a field that are searched
MOST_PIECES = 300  # keywords or columns of an entry that are searched
MAPPED = 512 << 20  # bytes of the file that are read without copying
CANDIDATES = 30  # entries that are looked at for one thing
LARGE = 2000  # entries from which it saves time to look up the lists' words when the index is built
REMEMBERED = 2000  # finds of an open index
KEPT = 4  # index files in a folder
SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE near (terms TEXT PRIMARY KEY, numbers TEXT);
CREATE TABLE entry (number INTEGER PRIMARY KEY, told TEXT, title TEXT, keywords TEXT, columns TEXT, description TEXT);
CREATE VIRTUAL TABLE words USING fts5(
    title, keywords, columns, description, content = '', tokenize = "unicode61 remove_diacritics 0"
);
"""
RANK = "bm25(6.0, 5.0, 2.0, 1.0)"  # what a word in title, keywords, columns, description counts among candidates
RANKED = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
RUN = re.compile(r"[0-9]+|[a-z]+|[가-힣]+|[^\W0-9a-z가-힣_]+")


@dataclass(frozen=True)
class Row:
    """An entry as it lies in the index: itself, and its fields without blanks."""

    number: int
    entry: Entry
    tight: tuple[str, ...]  # as FIELDS; keywords and columns with a line end between


class Index:
    """Entries that can be searched; read-only once open."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self.base = base
        base.execute(f"PRAGMA mmap_size = {MAPPED}")
        self.size = int(base.execute("SELECT count(*) FROM entry").fetchone()[0])
        self._rows: dict[int, Row] = {}
        self._near: dict[tuple[str, ...], list[int]] = {}

    @classmethod
    def build(cls, entries: Sequence[Entry], file: Path | None = None) -> Index:
        """Index entries; in memory, or into a file that is whole or not there at all."""
        if file is None:
            base = sqlite3.connect(":memory:")
            _fill(base, entries)
            return cls(base)
        import tempfile  # not needed to open one: a first answer comes sooner

        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".search-", suffix=".part")
        os.close(handle)
        try:
            base = sqlite3.connect(name)
            with contextlib.closing(base):
                _fill(base, entries)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return cls.open(file)

    @classmethod
    def open(cls, file: Path) -> Index:
        """An index built before.

        Raises
        ------
        CardError
            The file is none, or of another layout.
        """
        try:
            base = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            told = base.execute("SELECT value FROM about WHERE name = 'layout'").fetchone()
            if told == (LAYOUT,):
                return cls(base)
            base.close()
        except sqlite3.Error:
            pass
        raise CardError(_("The search index cannot be read."), str(file), _("Delete it: it is built again by itself."))

    @classmethod
    def kept(cls, entries: Sequence[Entry], folder: Path | None) -> Index:
        """The index of these entries in a folder, built when they have changed; in memory where nothing can be kept."""
        return _kept(lambda: entries, hash_of(entries), folder)

    @classmethod
    def kept_of_file(cls, file: Path, folder: Path | None) -> Index:
        """The index of a list of metadata; the list is read only when its bytes have changed."""
        from sigun.catalog.search.listing import file_mark, read_entries

        return _kept(lambda: read_entries(file), file_mark(file), folder)

    def close(self) -> None:
        """Let go of the file (Windows keeps open files)."""
        self.base.close()

    def near(self, terms: Iterable[str]) -> tuple[Row, ...]:
        """Entries in which one of the terms stands, as a whole; where none does, those that share pairs of it."""
        key = tuple(terms)
        if key not in self._near:  # roles of recipes come again in other questions
            if len(self._near) >= REMEMBERED:
                self._near.clear()
                self._rows.clear()
            told = self.base.execute("SELECT numbers FROM near WHERE terms = ?", ("|".join(key),)).fetchone()
            self._near[key] = json.loads(told[0]) if told else _near(self.base, key)
        return self.rows(self._near[key])

    def rows(self, numbers: Sequence[int]) -> tuple[Row, ...]:
        """The rows of these numbers, in their order."""
        wanting = [n for n in numbers if n not in self._rows]
        if wanting:
            marks = ",".join("?" * len(wanting))
            for n, told, *tight in self.base.execute(
                f"SELECT number, told, title, keywords, columns, description FROM entry WHERE number IN ({marks})",
                wanting,
            ):
                self._rows[n] = Row(n, _entry(told), tuple(tight))
        return tuple(self._rows[n] for n in numbers)

    def count(self, term: str) -> int:
        """How many entries hold the term."""
        asked = grams(term)
        if not asked:
            return 0
        found = self.base.execute("SELECT count(*) FROM words WHERE words MATCH ?", (_phrase(asked),))
        return int(found.fetchone()[0])


def _near(base: sqlite3.Connection, terms: Sequence[str]) -> list[int]:
    asked = [g for g in (grams(t) for t in terms) if g]
    if not asked:
        return []
    whole = " OR ".join(_phrase(g) for g in asked)
    numbers = _match(base, f"{{title keywords}} : ({whole})")
    if len(numbers) < CANDIDATES:  # of a large catalogue titles and keywords name enough
        numbers = _match(base, whole)
    if not numbers:
        pairs = dict.fromkeys(g for term in asked for g in term if len(term) > 1)
        numbers = _match(base, " OR ".join(f'"{g}"' for g in pairs)) if pairs else []
    return numbers


def _match(base: sqlite3.Connection, query: str) -> list[int]:
    return [int(row[0]) for row in base.execute(RANKED, (query, CANDIDATES))]


def grams(text: str) -> tuple[str, ...]:
    """Pairs of syllables; words of other letters and numbers whole, a syllable alone by itself.

    Examples
    --------
    >>> grams("CCTV 설치 현황"), grams("차")
    (('cctv', '설치', '치현', '현황'), ('차',))
    """
    return tuple(gram for run in RUN.findall(tight_of(text)) for gram in _pairs(run))


def _pairs(run: str) -> tuple[str, ...]:
    if len(run) == 1 or not "가" <= run[0] <= "힣":
        return (run,)
    return tuple(run[i : i + 2] for i in range(len(run) - 1))


def _phrase(asked: Sequence[str]) -> str:
    """The pairs next to one another; letters and digits only, so nothing in a query is an operator."""
    alone = len(asked) == 1 and len(asked[0]) == 1  # one syllable: whatever begins with it
    return '"' + " ".join(asked) + '"' + ("*" if alone else "")


def hash_of(entries: Iterable[Entry]) -> str:
    """A mark of all that is indexed."""
    import hashlib

    whole = hashlib.sha256(LAYOUT.encode())
    for entry in entries:
        whole.update(_told(entry).encode())
    return whole.hexdigest()[:16]


def _kept(entries: Callable[[], Sequence[Entry]], mark: str, folder: Path | None) -> Index:
    """Open what is kept, else build and keep it, else (a medium that cannot be written) hold it in memory."""
    if folder is None:
        return Index.build(entries())
    file = folder / f"search-{mark}.sqlite"
    if file.is_file():
        with contextlib.suppress(CardError):
            return Index.open(file)
    whole = entries()
    try:
        index = Index.build(whole, file)
    except (OSError, sqlite3.OperationalError):
        return Index.build(whole)
    _forget_older(file)
    return index


def _forget_older(file: Path) -> None:
    """One index a workspace and list is enough; a few are left so that two lists do not take turns."""
    others = sorted(file.parent.glob("search-*.sqlite"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in others[KEPT:]:
        with contextlib.suppress(OSError):  # open in another process (Windows)
            old.unlink()


def _fill(base: sqlite3.Connection, entries: Sequence[Entry]) -> None:
    base.executescript(SCHEMA)
    with base:
        base.execute("INSERT INTO about VALUES ('layout', ?)", (LAYOUT,))
        for number, entry in enumerate(entries, 1):
            fields = _fields(entry)
            tight = ["\n".join(tight_of(piece) for piece in pieces) for pieces in fields]
            base.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", (number, _told(entry), *tight))
            pairs = [" ".join(gram for piece in pieces for gram in grams(piece)) for pieces in fields]
            base.execute(
                "INSERT INTO words (rowid, title, keywords, columns, description) VALUES (?, ?, ?, ?, ?)",
                (number, *pairs),
            )
        base.execute("INSERT INTO words (words, rank) VALUES ('rank', ?)", (RANK,))
        base.execute("INSERT INTO words (words) VALUES ('optimize')")
        if len(entries) >= LARGE:
            _look_up_beforehand(base)


def _look_up_beforehand(base: sqlite3.Connection) -> None:
    """What the lists ask for, looked for once; a list changed later is looked for when it is asked."""
    lists = built_in()
    asked = [row.words for row in lists.words] + [need.words for needs in lists.needs.values() for need in needs]
    for terms in dict.fromkeys(asked):
        base.execute("INSERT INTO near VALUES (?, ?)", ("|".join(terms), json.dumps(_near(base, terms))))


def _fields(entry: Entry) -> tuple[tuple[str, ...], ...]:
    about = (entry.description[:READ], entry.provider)
    return ((entry.title[:READ],), entry.keywords[:MOST_PIECES], entry.columns[:MOST_PIECES], about)


def _told(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False, sort_keys=True)


def _entry(told: str) -> Entry:
    said: dict[str, Any] = json.loads(told)
    said["keywords"], said["columns"] = tuple(said["keywords"]), tuple(said["columns"])
    return Entry(**said)
