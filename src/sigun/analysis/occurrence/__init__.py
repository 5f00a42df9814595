"""The step `occurrence` (지역 발생 요인) and its rooms."""
