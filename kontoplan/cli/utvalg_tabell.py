"""Et utvalg og evalueringen av det, i terminalen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from kontoplan.revisjon.treff import kroner
from kontoplan.tall import count, exact_percent, thousands
from kontoplan.utvalg.beregning import whole_kroner
from kontoplan.utvalg.skjema import METODER

if TYPE_CHECKING:
    from pathlib import Path

    from kontoplan.utvalg.evaluering import Evaluering, Konklusjon
    from kontoplan.utvalg.utvalg import Utvalg

_SHOWN: Final = 10
_STYLE: Final[dict[Konklusjon, str]] = {
    "godtas": "bold green",
    "uavklart": "bold yellow",
    "godtas ikke": "bold red",
    "foreløpig": "bold",
}


def show_sample(utvalg: Utvalg, target: Path | None) -> None:
    """Skriver et sammendrag av utvalget til stdout."""
    console = Console(highlight=False)
    frame = utvalg.ramme
    drawn = f"{thousands(frame.utvalg)} av {count(frame.antall, 'postering', 'posteringer')}"
    console.print(
        f"\n[bold]Utvalg {METODER[frame.metode]}: {drawn}[/bold], {utvalg.fullt} av dem tatt med uansett",
        soft_wrap=True,
    )
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    rows = (
        ("Populasjon, kr uten fortegn", kroner(frame.sum_ore)),
        ("Vesentlighetsgrense, kr", kroner(frame.vesentlighet_ore)),
        ("Forventet feil, kr", kroner(frame.forventet_ore)),
        ("Konfidens", exact_percent(frame.konfidens)),
        ("Konfidensfaktor", f"{utvalg.faktor:.2f}".replace(".", ",")),
        ("Intervall, kr", kroner(frame.intervall_ore)),
        ("Frø", str(frame.fro)),
    )
    for row in rows:
        table.add_row(*row)
    console.print(table)
    for one in utvalg.utenfor:
        if one.antall:
            rows_out = f"{count(one.antall, 'rad', 'rader')} {one.hva}, til sammen {kroner(one.sum_ore)} kr"
            console.print(Text(f"Ikke med: {rows_out}"), soft_wrap=True)
    for note in utvalg.merknader:
        console.print(Text(f"Merk: {note}", style="yellow"), soft_wrap=True)
    if target:
        console.print(
            f"Fyll ut arket Utvalg i {escape(str(target))}, og kjør: kontoplan revider --evaluer {escape(str(target))}",
            soft_wrap=True,
        )
    else:
        console.print("Utvalget med kolonner å fylle ut: legg til -o RAPPORT.xlsx.")


def show_evaluation(svar: Evaluering, target: Path | None) -> None:
    """Skriver evalueringen til stdout; farger bare i en terminal."""
    console = Console(highlight=False)
    frame = svar.ramme
    console.print(
        f"[bold]{escape(svar.fil)}[/bold]: {count(svar.vurdert, 'rad', 'rader')} vurdert av {frame.utvalg}, trukket {METODER[frame.metode]} av "
        f"{count(frame.antall, 'postering', 'posteringer')} i {escape(frame.hovedbok)} ({kroner(frame.sum_ore)} kr uten fortegn)",
        soft_wrap=True,
    )
    console.print(_amounts(svar))
    if svar.feil:
        console.print(_errors(svar))
    for note in svar.merknader:
        console.print(Text(f"Merk: {note}", style="yellow"), soft_wrap=True)
    console.print(Text(svar.melding, style=_STYLE[svar.konklusjon]), soft_wrap=True)
    if target:
        console.print(f"Skrevet til {escape(str(target))}", soft_wrap=True)


def _amounts(svar: Evaluering) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in ("", "For høyt, kr", "For lavt, kr"):
        table.add_column(heading, justify="right" if heading else "left")
    high, low = svar.for_hoyt, svar.for_lavt
    table.add_row("Rader med feil", str(high.antall), str(low.antall))
    for name, pair in (
        ("Kjent feil i utvalget", (high.kjent_ore, low.kjent_ore)),
        ("Anslått feil i populasjonen", (high.anslatt_ore, low.anslatt_ore)),
        ("Grunnpresisjon", (high.grunn_ore, low.grunn_ore)),
        ("Tillegg for feilene som er funnet", (high.tillegg_ore, low.tillegg_ore)),
        (f"Øvre grense, {exact_percent(svar.konfidens)} konfidens", (high.grense_ore, low.grense_ore)),
        ("Vesentlighetsgrense", (svar.vesentlighet_ore, svar.vesentlighet_ore)),
    ):
        table.add_row(name, *map(whole_kroner, pair), style="bold" if name.startswith("Øvre") else "")
    return table


def _errors(svar: Evaluering) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, title="Feilene som betyr mest", title_justify="left")
    for heading in ("Nr", "Rad", "Bilag", "Bokført", "Revidert", "Feilandel", "Står for, kr"):
        table.add_column(heading, justify="left" if heading == "Bilag" else "right", no_wrap=True)
    for one in svar.feil[:_SHOWN]:
        row = one.rad
        table.add_row(
            str(row.nr), str(row.rad), Text(row.bilag or "–"), kroner(row.ore), kroner(row.revidert_ore or 0),
            exact_percent(round(row.andel, 3)), kroner(one.bidrag_ore),
        )  # fmt: skip
    if len(svar.feil) > _SHOWN:
        table.caption = f"… og {len(svar.feil) - _SHOWN} til"
    return table
