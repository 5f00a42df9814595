"""The search of the catalogue (자료 찾기): from a sentence to the data sets it needs, each with the reason why."""

from sigun.catalog.search.concepts import Concept, concepts
from sigun.catalog.search.entry import Entry, entries_of
from sigun.catalog.search.families import families
from sigun.catalog.search.index import Index
from sigun.catalog.search.listing import read_entries
from sigun.catalog.search.lists import Lists, Need, lists_of
from sigun.catalog.search.rank import Hit, Lack, lacking, search, told_of
from sigun.catalog.search.wanted import needs
from sigun.catalog.search.where import published

__all__ = [
    "Concept",
    "Entry",
    "Hit",
    "Index",
    "Lack",
    "Lists",
    "Need",
    "concepts",
    "entries_of",
    "families",
    "lacking",
    "lists_of",
    "needs",
    "published",
    "read_entries",
    "search",
    "told_of",
]
