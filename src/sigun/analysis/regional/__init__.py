"""Steps on a region panel: what is observed, and what moves with what (지역 패널 분석)."""
