"""Egenskapstestene prøver de samme eksemplene hver gang, og tar aldri tiden. Ingen test ser brukerens eget minne."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import settings

settings.register_profile("kontoplan", deadline=None, derandomize=True)
settings.load_profile("kontoplan")
os.environ["KONTOPLAN_MINNE"] = str(Path(tempfile.gettempdir()) / "kontoplan-tester-finnes-ikke" / "minne.db")
