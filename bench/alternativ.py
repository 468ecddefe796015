"""Det en ville skrevet selv på en ettermiddag: openpyxl og rapidfuzz WRatio mot de offisielle navnene."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import openpyxl
from rapidfuzz import fuzz, process

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Leser kontoplanen i første argument og skriver nærmeste art for hvert navn til det andre."""
    names: dict[str, str] = {}
    with (ROOT / "rules" / "kodeverk" / "navn.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["dimensjon"] == "art" and not row["aar_til"] and row["gjelder"] in {"kommune", "begge"}:
                names[row["navn"].lower()] = row["kode"]
                if row["navn_nynorsk"]:
                    names[row["navn_nynorsk"].lower()] = row["kode"]
    listed = list(names)
    rows = openpyxl.load_workbook(sys.argv[1], read_only=True)["Kontoplan"].iter_rows(min_row=2, values_only=True)
    out = openpyxl.Workbook(write_only=True)
    sheet = out.create_sheet("Kobling")
    sheet.append(["Konto", "Navn", "Kode", "Likhet"])
    for number, name in rows:
        best = process.extractOne(str(name).lower(), listed, scorer=fuzz.WRatio)
        sheet.append([number, name, names[best[0]], best[1] / 100])
    out.save(sys.argv[2])


if __name__ == "__main__":
    main()
