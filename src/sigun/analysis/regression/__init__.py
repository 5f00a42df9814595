"""Linear models of regions × periods (지역 × 기간 선형모형): estimators, and how sure they are."""
