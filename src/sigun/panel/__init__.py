"""The panel (지역 × 기간)."""
