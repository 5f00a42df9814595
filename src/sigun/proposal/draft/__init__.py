"""Drafting by rules (규칙 초안): from a sentence to a complete plan that runs, with the reason for every choice."""

from sigun.proposal.draft.asked import Asked, understand
from sigun.proposal.draft.build import Draft, draft, steps_for, words_of
from sigun.proposal.draft.refuse import Refusal

__all__ = ["Asked", "Draft", "Refusal", "draft", "steps_for", "understand", "words_of"]
