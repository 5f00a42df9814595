"""A draft changed in dialogue (대화): each thing said changes the plan, shows what it changed, and can be undone."""
