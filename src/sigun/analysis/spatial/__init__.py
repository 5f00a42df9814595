"""Neighbours in an outcome (공간 분석): tests of residuals, lag, error and Durbin models, effects."""
