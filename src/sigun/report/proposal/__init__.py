"""The 기획안 as a document (기획안 문서): told from one plan, written in every format, carrying the plan inside."""
