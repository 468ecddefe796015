"""Tegner svaret på ``spor`` i terminalen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from kontoplan.svar import SPORDIMENSJONER
from kontoplan.tall import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from kontoplan.svar import Grunn, Motsporsmal, Svar

_WIDTH = 100
_COLOUR = {
    "sikker": "green",
    "usikker": "yellow",
    "tvetydig": "yellow",
    "avhenger": "yellow",
    "fordeles": "magenta",
    "ukjent": "red",
}


def show(svar: Svar, console: Console | None = None) -> None:
    """Skriver hele svaret: setningen, kodene, hvorfor, det som avgjør, og hva som gjaldt før."""
    out = console or Console(highlight=False)
    for part in (*headline(svar), *reasoning(svar), *questions(svar), *notes(svar)):
        out.print(part, width=min(out.width, _WIDTH))


def headline(svar: Svar) -> Iterator[RenderableType]:
    """Svaret i én setning, statusen og kodene med sannsynlighet."""
    yield Text(svar.setning, style="bold")
    yield Text.assemble((svar.status, _COLOUR[svar.status]), (f" · {svar.aar}", "dim"))
    for dimension in SPORDIMENSJONER:
        for forslag in svar.koder(dimension):
            share = "" if forslag.sannsynlighet == 1 else f"  {percent(forslag.sannsynlighet)}"
            line = Text.assemble(f"{dimension} ", (forslag.kode, "cyan"), f" {forslag.navn}", (share, "dim"))
            yield Padding(line, (0, 0, 0, 2))


def reasoning(svar: Svar) -> Iterator[RenderableType]:
    """Hvorfor, med kilde og år, hvorfor ikke de nærliggende kodene, og hva som gjaldt før."""
    yield from _section("Hvorfor", [_reason(g) for g in svar.begrunnelse if not g.ikke])
    yield from _section("Ikke", [_reason(g) for g in svar.begrunnelse if g.ikke])
    before = [
        Text(f"til og med {old.til_og_med}: {', '.join(f'{d} {kode}' for d, kode in old.koder)}")
        for old in svar.tidligere
    ]
    yield from _section("Før", before)


def _reason(grunn: Grunn) -> Text:
    named = () if grunn.ikke else (grunn.id and f"regel {grunn.id}", grunn.gjelder, grunn.kilde)
    where = ", ".join(part for part in named if part)
    text = grunn.melding.removeprefix("Ikke ") if grunn.ikke else grunn.melding
    return Text.assemble(text, (f"\n{where}" if where else "", "dim"))


def questions(svar: Svar, *, numbered: bool = False) -> Iterator[RenderableType]:
    """Spørsmålene som avgjør, med koden hvert svar gir."""
    for question in svar.avklaring:
        yield from _section(question.sporsmal, list(_choices(question, numbered=numbered)))


def _choices(question: Motsporsmal, *, numbered: bool) -> Iterator[Text]:
    for at, choice in enumerate(question.svar, 1):
        codes = " og ".join(f"{d} {kode}" for d, kode in choice.gir) or "ingen kode"
        mark = f"{at}. " if numbered else "• "
        yield Text.assemble(mark, choice.tekst, (f"  → {codes}", "cyan"))


def notes(svar: Svar) -> Iterator[RenderableType]:
    """Det leseren bør vite om hvordan spørsmålet ble lest."""
    yield from (Text(f"\n{note}", style="yellow") for note in svar.merknader)


def _section(title: str, lines: list[Text]) -> Iterator[RenderableType]:
    if lines:
        yield Text(f"\n{title}", style="bold cyan")
        yield from (Padding(line, (0, 0, 0, 2)) for line in lines)
