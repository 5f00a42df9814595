"""Inference by drawing anew (재표집 추론): signs of clusters, places of factors, and many specifications at once."""
