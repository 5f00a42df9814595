"""The step `duration` (처리기간) and its rooms."""
