"""Hvem kontrollene gjelder, i ord som går igjen på sidene."""

from __future__ import annotations

IKKE_BYDEL = "Oslos bydeler er unntatt, fordi Oslo leverer hovedtallene samlet"
BEV = f"årsregnskapene 0A, 0C, 0I, 0K, 0M og 0P. {IKKE_BYDEL}"
POSTENE = "bevilgningsskjema (0A, 0C, 0I, 0K, 0M, 0P, også i kvartalene); poster med beløp 0 er unntatt"
POSTENE_OG_KIRKE = f"0F og {POSTENE}"
