"""From a sentence to an executable proposal (문장에서 기획안으로)."""
