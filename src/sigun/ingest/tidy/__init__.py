"""Statistical tables (통계표): titles, units, header rows, merged cells and wide years, made flat by a rule."""
