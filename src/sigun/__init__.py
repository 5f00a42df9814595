"""sigun (시군): a sentence about a social problem becomes an analysis that runs and a report in which every number traces."""

__version__ = "0.1.0"
