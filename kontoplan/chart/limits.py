"""Grensene for hva som leses, hver med sin grunn; de holder lesingen under noen sekunder og 500 MB."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 60_000_000
"""Største fil på disken. Den største kontoplanen vi kjenner er under 3 MB; 60 MB rommer også lange budsjettlister."""

MAX_UNPACKED_BYTES: Final = 400_000_000
"""Største utpakkede innhold i en zip-basert arbeidsbok, lest av zip-katalogen før noe pakkes ut."""

MAX_RATIO: Final = 200
"""Største pakkegrad. Ekte regneark ligger på 5–30 ganger; en zipbombe ligger på over 500."""

RATIO_FLOOR_BYTES: Final = 20_000_000
"""Under denne størrelsen er pakkegraden uten betydning: så lite gjør ingen skade."""

MAX_PARTS: Final = 5_000
"""Flest filer i arbeidsbokens zip-katalog; ekte arbeidsbøker har under hundre."""

MAX_AREA: Final = 8_000_000
"""Flest ruter (rader × kolonner) i arkets brukte område: leseren setter av plass til alle, også de tomme."""

MAX_CELLS: Final = 3_000_000
"""Flest utfylte ruter i et ark: 50 000 kontoer med 60 kolonner."""

MAX_ROWS: Final = 3_000_000
"""Flest rader, tomme medregnet, i en tekstfil; mer enn to millioner tomme linjer skal gå bra."""

MAX_COLUMNS: Final = 16_384
"""Bredden på et Excel-ark; en tekstlinje med flere felt er ikke en tabell."""

MAX_SHEET_ROWS: Final = 1_048_576
"""Radene i et Excel-ark; en plassering lenger ned finnes bare i en ødelagt fil."""

MAX_FILLED: Final = 3_000_000
"""Flest celler som fylles ut fordi de er slått sammen; overlappende sammenslåinger finnes ikke i ekte filer."""

SCAN_CHUNK: Final = 1 << 20
"""Så mye XML undersøkes om gangen."""

MAX_TAIL: Final = 4 << 20
"""Lengste XML-bit uten en ny rute som tas vare på mellom to bolker."""

MAX_UNCALCULATED: Final = 200_000
"""Så mange formler uten verdi huskes med plassering; flere enn dette endrer ikke meldingen."""
