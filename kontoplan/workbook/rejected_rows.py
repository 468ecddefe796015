"""Radene i hovedboken som ikke kom med i uttrekket: ark i avstemmingen, og en CSV ved siden av når de er mange."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kontoplan.tall import count
from kontoplan.workbook.table import Felt, Tabellark, skriv_tabell
from kontoplan.workbook.voucher_file import DANGEROUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import polars as pl
    from xlsxwriter.worksheet import Worksheet

    from kontoplan.rapportering.innlest import Innlest
    from kontoplan.workbook.layout import Stiler

AVVISTE_RADER, IKKE_LEST = "Avviste rader", "Ikke lest"
FLEST: Final = 100_000
"""Så mange rader får plass i hvert ark: Excels grense på en million rader tar to minutter å skrive og nesten 3 GB minne."""
_ORE = 100
_DANGEROUS = f"^[{re.escape(''.join(DANGEROUS))}]"
Row = dict[str, Any]


def rejected(boker: Iterable[Innlest]) -> int:
    """Antall rader som er avvist."""
    return sum(len(bok.avviste) for bok in boker)


def unread(boker: Iterable[Innlest]) -> int:
    """Antall rader som ikke er lest, men kan være posteringer."""
    return sum(len(bok.uleste) for bok in boker)


def in_full(boker: Sequence[Innlest]) -> bool:
    """Om alle radene får plass i arkene."""
    return max(rejected(boker), unread(boker)) <= FLEST


def write_rejected(ark: Worksheet, boker: Sequence[Innlest], stiler: Stiler) -> None:
    """Arket med de avviste radene, de ``FLEST`` første."""
    valg: Tabellark[Row] = Tabellark("AvvisteRader", 2, "Ingen rader er avvist.", flest_linjer=1)
    skriv_tabell(ark, _fields(boker), _first((bok.kilde.fil, bok.avviste) for bok in boker), stiler, valg)


def write_unread(ark: Worksheet, boker: Sequence[Innlest], stiler: Stiler) -> None:
    """Arket med radene som ikke lot seg lese, de ``FLEST`` første."""
    valg: Tabellark[Row] = Tabellark("IkkeLesteRader", 2, "Alle rader er lest.", flest_linjer=1)
    skriv_tabell(ark, _fields(boker), _first((bok.kilde.fil, bok.uleste) for bok in boker), stiler, valg)


def not_in_full(boker: Sequence[Innlest], csv: str) -> Iterator[str]:
    """Hva som står hvor, når ikke alle radene får plass i arkene."""
    for name, number in ((AVVISTE_RADER, rejected(boker)), (IKKE_LEST, unread(boker))):
        if number > FLEST:
            yield f"Arket «{name}» har de {count(FLEST, 'første raden', 'første radene')} av {count(number, 'rad', 'rader')}; alle står i {csv}."


def rejected_csv(boker: Sequence[Innlest], path: Path) -> None:
    """Skriver alle radene som CSV: semikolon, desimalkomma og UTF-8 med merke. Tekst som likner en formel, får en apostrof foran."""
    import polars as pl  # noqa: PLC0415 - tung import, bare når det er rader å skrive

    parts = []
    for bok in boker:
        for rows, prefix in ((bok.avviste, ""), (bok.uleste, "ikke lest: ")):
            if len(rows):
                fil, why = pl.lit(bok.kilde.fil), pl.lit(prefix) + pl.col("grunn")
                ark = pl.col("ark") if bok.kilde.ark else pl.lit(None)
                parts.append(rows.lazy().with_columns(fil.alias("fil"), ark.alias("ark"), why.alias("grunn")))
    pl.concat([part.select(*_columns()) for part in parts]).sink_csv(
        path, separator=";", line_terminator="\r\n", include_bom=True, maintain_order=True
    )


def _columns() -> list[pl.Expr]:
    import polars as pl  # noqa: PLC0415 - det samme

    texts = (("fil", "Fil"), ("ark", "Ark"), ("bilag", "Bilag"), ("klasse", "Kontoklasse"), ("konto", "Konto"), ("funksjon", "Funksjon"), ("ansvar", "Ansvar"), ("tekst", "Tekst"))  # fmt: skip
    safe = {}
    for name, heading in texts:
        text = pl.col(name).cast(pl.String)
        safe[name] = pl.when(text.str.contains(_DANGEROUS)).then(pl.lit("'") + text).otherwise(text).alias(heading)
    ore = pl.col("belop_ore")
    sign = pl.when(ore < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    cents = (ore.abs() % _ORE).cast(pl.String).str.zfill(2)
    amount = pl.concat_str(sign, (ore.abs() // _ORE).cast(pl.String), pl.lit(","), cents).alias("Beløp")
    date = pl.col("dato").dt.strftime("%d.%m.%Y").alias("Dato")
    codes = [safe[name] for name in ("klasse", "konto", "funksjon", "ansvar", "tekst")]
    return [safe["fil"], safe["ark"], pl.col("rad").alias("Rad"), safe["bilag"], date, *codes, amount, pl.col("grunn").alias("Grunn")]  # fmt: skip


def _first(frames: Iterable[tuple[str, pl.DataFrame]]) -> list[Row]:
    rows: list[Row] = []
    for fil, frame in frames:
        rows += [{**row, "fil": fil} for row in frame.head(FLEST - len(rows)).iter_rows(named=True)]
    return rows


def _fields(boker: Sequence[Innlest]) -> list[Felt[Row]]:
    """Kolonnene; filen og arket bare når det er flere å velge mellom."""
    number = "Postering" if boker[0].kilde.form == "SAF-T" else "Rad"
    fields: list[Felt[Row]] = [Felt(number, lambda r: r["rad"], "radnummer", 8, 12)]
    if len(boker) > 1:
        fields.append(Felt("Fil", lambda r: r["fil"], "tekst", 12, 30))
    if any(len(bok.kilde.ark) > 1 for bok in boker):
        fields.append(Felt("Ark", lambda r: r["ark"], "tekst", 10, 24))
    return [
        *fields,
        Felt("Bilag", lambda r: r["bilag"], "kode", 8, 14),
        Felt("Dato", lambda r: f"{r['dato']:%d.%m.%Y}" if r["dato"] else None, "tekst", 12, 12),
        Felt("Konto", lambda r: r["konto"], "kode", 9, 16),
        Felt("Funksjon", lambda r: r["funksjon"], "kode", 9, 16),
        Felt("Ansvar", lambda r: r["ansvar"], "tekst", 9, 16),
        Felt("Beløp", lambda r: None if r["belop_ore"] is None else r["belop_ore"] / _ORE, "kroner", 16, 22),
        Felt("Tekst", lambda r: r["tekst"], "tekst", 24, 50),
        Felt("Grunn", lambda r: r["grunn"], "navn", 40, 70),
    ]
