"""What a panel can carry (패널 진단): variance, unit roots, dependence, collinearity, power."""
