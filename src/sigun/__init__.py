"""sigun (시군): from a sentence about a social problem to a report in which every number traces."""

__version__ = "0.1.0"
