"""Steps that describe what was reported (발생 특성): one small room a step."""
