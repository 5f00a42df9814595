"""How well factors foretell (설명 가능한 기계학습): boosting held out by region and by time. Predictive, not cause."""
