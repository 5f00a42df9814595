"""Statistics that several steps share (공통 통계): kernels, arrays in and frozen values out."""
