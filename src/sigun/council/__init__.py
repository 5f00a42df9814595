"""The council's shared work (협의체)."""
