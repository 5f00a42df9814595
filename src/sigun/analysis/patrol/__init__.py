"""The step `patrol` (순찰 우선순위) and its rooms."""
