"""Grensene for hva som leses av en hovedbok, hver med sin grunn."""

from __future__ import annotations

from typing import Final

MAX_FILE_BYTES: Final = 12_000_000_000
"""Største fil på disken: 20 millioner rader på 500 byte er 10 GB."""

MAX_ROWS: Final = 20_000_000
"""Flest rader. Den største kommunen har noen millioner posteringer i året."""

MAX_UNPACKED_BYTES: Final = 2_000_000_000
"""Største utpakkede innhold i en arbeidsbok: et fullt Excel-ark med tjue kolonner er under 1,5 GB XML."""

MAX_AREA: Final = 26 * 1_048_576
"""Flest ruter i arkets brukte område: et fullt Excel-ark med kolonnene A–Z."""

MAX_XML_BYTES: Final = 20_000_000_000
"""Største SAF-T-fil utpakket."""

MAX_XML_TEXT: Final = 100_000
"""Lengste tekst i ett XML-element; en posteringstekst er under tusen tegn."""

MAX_XML_DEPTH: Final = 40
"""Dypeste XML; SAF-T er ti nivåer dyp."""

SAMPLE_ROWS: Final = 400
"""Så mange rader kolonner og tallformat sluttes av."""

SAMPLE_BYTES: Final = 1 << 20
"""Så mye av en tekstfil leses for å finne tegnsett, skilletegn og kolonner."""

CHUNK: Final = 1 << 21
"""Så mye av en fil undersøkes om gangen."""

FIELD_LIMIT: Final = 1 << 20
"""Lengste felt i en tekstfil."""

MAX_SHOWN_ROWS: Final = 20
"""Så mange radnumre vises for hver grunn til at rader ikke er lest."""
