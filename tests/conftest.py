"""Egenskapstestene prøver de samme eksemplene hver gang, og tar aldri tiden."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kontoplan", deadline=None, derandomize=True)
settings.load_profile("kontoplan")
