"""The region × period panel (지역 × 기간 패널): statistical tables on one map, one clock, with every absence told."""
