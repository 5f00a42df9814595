"""The step `same_vehicle` (동일 차량 신고) and its rooms."""
