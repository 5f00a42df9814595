"""Before and after, treated beside comparison (전후비교)."""
