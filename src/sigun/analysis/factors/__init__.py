"""Factor analysis (요인 분석): which factors go with the outcome inside regions, and which only between them."""
