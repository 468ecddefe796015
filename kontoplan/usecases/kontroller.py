"""Kontrollerer et filuttrekk slik SSBs mottak gjør det."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kontoplan.errors import UserError
from kontoplan.kostra.kjoring import kontroller_byte
from kontoplan.kostra.oppgave import lag_oppgave
from kontoplan.kostra.skriv import skriv, tabell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.kostra.oppgave import Oppgave
    from kontoplan.kostra.rapport import Kontrollrapport
    from kontoplan.kostra.skriv import Post

_STORST = 2**31
"""Største fil, i byte; det er 40 millioner poster."""


def kontroller(  # noqa: PLR0913 - grensesnittet lover ett navn per opplysning
    fil_eller_bytes: str | Path | bytes,
    *,
    skjema: str,
    aar: int | str,
    region: str,
    orgnr: str | None = None,
    foretaksnr: str | None = None,
    kvartal: int | str | None = None,
) -> Kontrollrapport:
    """Kontrollerer et KOSTRA-filuttrekk.

    Args:
        fil_eller_bytes: Stien til filen, eller innholdet.
        skjema: ``0A`` til ``0Q``, eller ``0AK1`` til ``0DK4``.
        aar: Årgangen.
        region: Seks tegn: kommunenummer og ``00``, fylkesnummer og ``0000``, eller bydel.
        orgnr: Ni sifre; flere skilles med komma, og da godtas alle.
        foretaksnr: Ni sifre. Mottaket bruker det ikke; det gjør bare forklaringen på kontroll 008 bedre.
        kvartal: 1–4; kan utelates når det står i skjemaet.

    Returns:
        Rapporten. Ethvert innhold gir en rapport, også en tom fil og en som ikke er tekst.

    Raises:
        UserError: filen kan ikke leses, eller en av opplysningene har feil form.
    """
    oppgave = lag_oppgave(skjema=skjema, aar=aar, region=region, orgnr=orgnr, foretaksnr=foretaksnr, kvartal=kvartal)
    if isinstance(fil_eller_bytes, bytes):
        return kontroller_byte(fil_eller_bytes, oppgave)
    path = Path(fil_eller_bytes)
    return kontroller_byte(_read(path), oppgave, fil=path.name)


def kontroller_poster(poster: Iterable[Post], oppgave: Oppgave, *, fil: str = "") -> Kontrollrapport:
    """Kontrollerer poster som ennå ikke er skrevet til fil.

    Linje *n* i rapporten er post *n*, og ``opphav`` er postenes opphav i samme rekkefølge.

    Raises:
        UserError: en kode eller et beløp får ikke plass i filformatet.
    """
    listed = tuple(poster)
    data = skriv(tabell(listed), oppgave)
    return kontroller_byte(data, oppgave, fil=fil, opphav=tuple(post.opphav for post in listed))


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"{path} er en mappe; oppgi selve filuttrekket.", code="er-mappe")
        if (size := path.stat().st_size) > _STORST:
            raise UserError(
                f"{path} er på {size / 2**30:.1f} GB; et filuttrekk på mer enn 2 GB kan ikke leses. Del det opp.",
                code="for-stor-fil",
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"Finner ikke filen {path}; kontroller navnet og mappen.", code="finnes-ikke") from error
    except (OSError, ValueError) as error:
        raise UserError(
            f"Filen {path} kan ikke leses; kontroller navnet og rettighetene.", code="uleselig-fil"
        ) from error
