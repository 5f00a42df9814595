"""The report as a workbook (엑셀 통합문서): its tables and words on sheets."""
