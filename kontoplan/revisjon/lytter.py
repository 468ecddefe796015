"""Hører tekster i en egen prosess: leser bolker av tekster fra standard inn og skriver svarene, JSON linje for linje.

Prosessen startes av ``revisjon.flere``. Første linje er året og regnskapet, resten er dimensjonen og tekstene i en bolk.
"""

from __future__ import annotations

import json
import sys

from kontoplan.kodeverk import Kodeverk
from kontoplan.revisjon.horing import hear_texts, without_collector


def main() -> None:
    """Svarer på hver linje til det ikke kommer flere."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    start = json.loads(sys.stdin.readline())
    kodeverk = Kodeverk.for_aar(start["aar"], start["regnskap"])
    with without_collector():
        for line in sys.stdin:
            part = json.loads(line)
            sys.stdout.write(json.dumps(hear_texts(part["tekster"], part["dimensjon"], kodeverk)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
