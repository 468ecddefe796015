"""Kontrollerer en hovedbok som om filuttrekket alt var laget, og peker hvert funn til radene bak."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kontoplan.rapportering.avstemmingsfunn import findings
from kontoplan.usecases.rapporter import rapporter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.rapportering.uttrekk import Uttrekk


def kontroller_hovedbok(  # noqa: PLR0913 - navnene er de samme som i rapporter
    hovedbok: str | Path,
    *,
    kobling: str | Path,
    skjema: str,
    aar: int | None = None,
    region: str,
    orgnr: str | None = None,
    foretaksnr: str | None = None,
    kvartal: int | str | None = None,
    bruk_forslag: bool = False,
    bilag: Sequence[str | Path] = (),
    ark: Sequence[str] | None = None,
    kolonner: str | Mapping[str, str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Kontrollrapport:
    """Lager uttrekket i minnet og kontrollerer det. Ingenting nektes: det som hindrer ``rapporter``, blir funn.

    Args:
        hovedbok: Som i ``rapporter``, og det samme gjelder resten.
        kobling: Arbeidsboken fra ``koble``.
        skjema: Skjemaet.
        aar: Regnskapsåret; ``None`` er det nyeste i kodeverket.
        region: Seks tegn.
        orgnr: Organisasjonsnummeret.
        foretaksnr: Foretaksnummeret.
        kvartal: 1–4.
        bruk_forslag: Bruk programmets forslag der ingen har avgjort; ellers blir de funn.
        bilag: Bilag som ikke er ført i hovedboken ennå.
        ark: Bare disse arkene i hovedboken.
        kolonner: Overstyrer kolonnene i hovedboken.
        progress: Kalles med en kort norsk setning for hvert steg.

    Returns:
        Rapporten. Det som gikk galt da uttrekket ble laget, står først, uten kontrollnummer; så kommer kontrollene. Opphavet
        til hvert funn er ``Opphav``.

    Raises:
        UserError: en fil kan ikke leses, eller en opplysning har feil form.
    """
    uttrekk = rapporter(
        hovedbok,
        kobling=kobling,
        skjema=skjema,
        aar=aar,
        region=region,
        orgnr=orgnr,
        foretaksnr=foretaksnr,
        kvartal=kvartal,
        bruk_forslag=bruk_forslag,
        bilag=bilag,
        for_kontroll=True,
        ark=ark,
        kolonner=kolonner,
        progress=progress,
    )
    rapport = uttrekk.rapport
    notes = (
        *_notes(uttrekk, bruk_forslag=bruk_forslag),
        *uttrekk.merknader,
        *(note for bok in uttrekk.boker for note in bok.kilde.merknader),
    )
    return replace(rapport, grupper=(*findings(uttrekk), *rapport.grupper), merknader=(*notes, *rapport.merknader))


def _notes(uttrekk: Uttrekk, *, bruk_forslag: bool) -> Iterator[str]:
    if not uttrekk.poster:
        yield f"Ingen posteringer i {uttrekk.filer} hører til skjema {uttrekk.oppgave.kode}; kontroller skjemaet, og at {uttrekk.kobling} er koblingen av denne hovedbokens kontoplan."
    if bruk_forslag:
        yield "Programmets forslag er brukt der ingen har avgjort; avgjør dem før filen lages med «kontoplan rapporter»."
