"""The effect of a policy (정책효과): designs with a comparison, each with its own checks."""
