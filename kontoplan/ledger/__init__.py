"""Leser hovedbøker, saldobalanser og SAF-T-filer: millioner av posteringer til én slags ramme, med øre som hele tall."""

from __future__ import annotations

from kontoplan.ledger.opening import open_ledger
from kontoplan.ledger.rows import pick
from kontoplan.ledger.totals import samle, summer

__all__ = ["open_ledger", "pick", "samle", "summer"]
