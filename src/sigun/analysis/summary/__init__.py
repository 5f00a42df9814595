"""Columns of a region panel by themselves (기술통계)."""
