"""The parts of the report (보고서의 장): one small room a method, each making its section from the evidence, or none."""
