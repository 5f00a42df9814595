"""The report and the 기획안 as a Hangul document (HWPX)."""

from sigun.report.office.hwpx.write import write_hwpx

__all__ = ["write_hwpx"]
