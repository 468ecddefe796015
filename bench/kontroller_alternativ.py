"""Alternativet ``bench.kontroller`` måler mot: en løkke over linjene, slik en ville skrevet den på en ettermiddag."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from kontoplan.kodeverk.skjemalister import Avgiver, koder

INVESTERING = frozenset({"280", "512", "521", "522", "529", "670", "910", "911", "912", "921", "922", "929", "970"})


def main() -> None:
    """Kontrollerer en 0A-fil: feltene, listene, dublettene, art i drift, og at drift og investering går i null."""
    path, region = Path(sys.argv[1]), sys.argv[2]
    avgiver = Avgiver(region)
    functions, arts = koder("funksjon", "0A", avgiver), koder("art", "0A", avgiver)
    found: list[tuple[str, int]] = []
    lines: defaultdict[str, list[int]] = defaultdict(list)
    sums: defaultdict[tuple[str, bool], int] = defaultdict(int)
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if len(line) != 48:
            found.append(("001", number))
            continue
        klasse, function, art, amount = line[31], line[32:36].strip(), line[36:39], line[39:].strip()
        if amount == "0":
            continue
        wrong = {
            "003": line[:2] != "0A",
            "004": line[2:6] != "2026",
            "005": line[6] != " ",
            "006": line[7:13] != region,
            "007": line[13:22] != " " * 9,
            "009": klasse not in "01",
            "010": function not in functions,
            "012": art not in arts,
            "014": not amount.removeprefix("-").isdigit(),
            "025": klasse == "1" and art in INVESTERING,
        }
        found += [(control, number) for control, hit in wrong.items() if hit]
        lines[line[31:39]].append(number)
        sums[klasse, art < "600"] += int(amount)
    found += [("015", numbers[0]) for numbers in lines.values() if len(numbers) > 1]
    found += [(control, 0) for control, k in (("110", "1"), ("095", "0")) if abs(sums[k, True] + sums[k, False]) > 30]
    for control, number in found:
        print(control, number)


if __name__ == "__main__":
    main()
