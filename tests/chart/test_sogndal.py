"""En ekte kontoplan (Sogndal 2013) leses rad for rad som fasiten sier."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.chart import read_charts

if TYPE_CHECKING:
    from kontoplan.kodeverk import Kodeverk

ROOT = Path(__file__).parents[2]


def test_every_row_of_the_key_is_read_in_order(kodeverk: Kodeverk) -> None:
    with (ROOT / "tests" / "data" / "sogndal-2013.fasit.csv").open(encoding="utf-8", newline="") as stream:
        wanted = [
            (row["sheet"], int(row["row"]), row["lokal_kode"], row["lokal_navn"].strip(), row["dimensjon"])
            for row in csv.DictReader(stream)
        ]
    read = read_charts([ROOT / "eksempler" / "sogndal-2013.xlsx"], kodeverk=kodeverk)
    assert [(k.ark, k.rad, k.lokal_kode, k.lokal_navn, k.dimensjon) for k in read.kontoer] == wanted


def test_class_context_and_amount_follow_the_row(kodeverk: Kodeverk) -> None:
    read = read_charts([ROOT / "eksempler" / "sogndal-2013.xlsx"], kodeverk=kodeverk)
    first = read.kontoer[0]
    assert (first.kontoklasse, first.lokal_navn) == ("0", "LØNN EKSTRAHJELP/ENGASJEMENT")
    art = next(k for k in read.kontoer if k.ark == "Rekneskap 2011")
    assert art.kontekst.as_dict() == {"ansvar": "120 Bibliotek", "tjeneste": "37000 Bibliotek"}
    assert art.belop == Decimal(1456538)
    assert sum(len(u.rader) for u in read.utelatt if u.grunn == "sum") == 23
