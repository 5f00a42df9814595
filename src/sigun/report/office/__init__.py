"""Documents for word processors (오피스 문서): DOCX and HWPX, from one stream of lines, pictures and tables."""
