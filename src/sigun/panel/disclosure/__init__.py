"""Disclosure control (비밀보호): small cells are hidden so that nobody can solve for them, and that is audited.

`protect` hides or rounds, `audit` plays the reader who tries to find out, every shown table goes through `door`.
"""

from sigun.panel.disclosure.audit import Audit, audit, audit_linked
from sigun.panel.disclosure.model import Dimension, Table, flat, grouped, table_of
from sigun.panel.disclosure.protect import Protected, protect, protect_linked

__all__ = [
    "Audit",
    "Dimension",
    "Protected",
    "Table",
    "audit",
    "audit_linked",
    "flat",
    "grouped",
    "protect",
    "protect_linked",
    "table_of",
]
