"""The steps `forecast` and `backtest` (예측·과거검증) and their rooms."""
