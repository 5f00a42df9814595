"""The report and the 기획안 as a Word document (DOCX)."""

from sigun.report.office.docx.write import write_docx

__all__ = ["write_docx"]
