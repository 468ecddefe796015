"""Oppgaven: det avsenderen har valgt i innsendingen, og som filen sammenlignes med."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kontoplan.errors import UserError
from kontoplan.kodeverk.skjemalister import Avgiver, skjemaer
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kontoplan.kodeverk.lister import Skjema
    from kontoplan.sak import Regnskap

Slag = Literal["aar", "kirke", "kvartal"]
KVARTALSSKJEMA = ("0A", "0B", "0C", "0D")
MED_ORGNR = frozenset({"0F", "0G", "0I", "0J", "0K", "0L"})
_KVARTAL = re.compile(r"(0[A-D])K([1-4])")
_AAR, _REGION, _ORGNR = 4, 6, 9
_KOMMUNENUMMER = 4
BLANKT_ORGNR = " " * _ORGNR


@dataclass(frozen=True, slots=True)
class Oppgave:
    """Det en fil kontrolleres mot.

    Attributes:
        skjema: De to tegnene som skal stå i filen, f.eks. ``0A``; ukjente skjema er lov og gir en FATAL.
        kvartal: ``" "`` for årsregnskap, ellers ``"1"`` til ``"4"``.
        aar: Årgangen, fire sifre.
        region: Regionen, seks tegn.
        orgnr: Organisasjonsnumrene som godtas; tom når ingen er oppgitt.
        foretaksnr: Foretaksnummeret avsenderen oppgir; brukes bare i forklaringer, for mottaket bruker det ikke.
    """

    skjema: str
    kvartal: str
    aar: str
    region: str
    orgnr: tuple[str, ...] = ()
    foretaksnr: str = ""

    @property
    def kode(self) -> str:
        """Skjemaet slik avsenderen velger det: ``0A`` eller ``0AK1``."""
        return f"{self.skjema}K{self.kvartal}" if self.er_kvartal else self.skjema

    @property
    def er_kvartal(self) -> bool:
        """Om oppgaven gjelder et kvartal."""
        return self.kvartal != " "

    @property
    def liste(self) -> str:
        """Navnet kodelistene har på skjemaet: ``0A``, eller ``0AK`` for alle fire kvartaler."""
        return f"{self.skjema}K" if self.er_kvartal else self.skjema

    @property
    def kjent(self) -> bool:
        """Om skjemaet finnes."""
        return self.skjema in skjemaer() and (not self.er_kvartal or self.skjema in KVARTALSSKJEMA)

    @property
    def form(self) -> Skjema:
        """Skjemaet i kodeverket; bare når det er kjent."""
        return skjemaer()[self.skjema]

    @property
    def slag(self) -> Slag:
        """Hvilket sett av kontroller som gjelder."""
        if self.er_kvartal:
            return "kvartal"
        return "kirke" if self.form.plan == "kirke" else "aar"

    @property
    def balanse(self) -> bool:
        """Om skjemaet er en balanse."""
        return self.form.balanse

    @property
    def regional(self) -> bool:
        """Om skjemaet er bevilgningsregnskapet til en kommune eller fylkeskommune (kassen eller konsernet)."""
        return self.form.hele and not self.form.balanse

    @property
    def avgiver(self) -> Avgiver:
        """Avgiveren, til vilkårene i kodelistene."""
        return Avgiver(self.region, self.orgnr)

    @property
    def regnskap(self) -> Regnskap:
        """Hva slags regnskap kodeverket skal slås opp i; konsernskjemaene bruker kommunens eller fylkeskommunens."""
        return self.form.regnskap or self.form.plan  # type: ignore[return-value]


def lag_oppgave(  # noqa: PLR0913 - ett navn per opplysning i grensesnittet
    *,
    skjema: str,
    aar: int | str,
    region: str,
    orgnr: str | None = None,
    foretaksnr: str | None = None,
    kvartal: int | str | None = None,
) -> Oppgave:
    """Oppgaven slik brukeren oppgir den.

    Args:
        skjema: ``0A`` til ``0Q``, eller ``0AK1`` til ``0DK4``.
        aar: Årgangen.
        region: Seks tegn: kommunenummer og ``00``, fylkesnummer og ``0000``, eller bydel.
        orgnr: Ni sifre; flere skilles med komma.
        foretaksnr: Ni sifre.
        kvartal: 1–4; kan utelates når det står i skjemaet. ``0A`` med kvartal 1 er det samme som ``0AK1``.

    Raises:
        UserError: en opplysning har feil form, eller skjema og kvartal motsier hverandre.
    """
    code, quarter = _kvartal(skjema.strip().upper(), "" if kvartal is None else str(kvartal).strip())
    year = str(aar).strip()
    if len(year) != _AAR or not (year.isascii() and year.isdigit()):
        raise UserError(f"Årgangen «{aar}» er ikke et årstall; oppgi fire sifre med --aar.", code="ugyldig-aar")
    return Oppgave(code, quarter, year, _region(region), _orgnr(orgnr or ""), (foretaksnr or "").strip())


def _kvartal(skjema: str, kvartal: str) -> tuple[str, str]:
    if kvartal not in {"", "1", "2", "3", "4"}:
        raise UserError(f"Kvartalet «{kvartal}» finnes ikke; oppgi 1, 2, 3 eller 4.", code="ugyldig-kvartal")
    if found := _KVARTAL.fullmatch(skjema):
        if kvartal and kvartal != found[2]:
            raise UserError(
                f"Skjemaet {skjema} er kvartal {found[2]}, men --kvartal er {kvartal}; oppgi bare det ene.",
                code="ugyldig-kvartal",
            )
        return found[1], found[2]
    if kvartal and skjema not in KVARTALSSKJEMA:
        raise UserError(
            f"Skjemaet {skjema} leveres bare for hele året; ta bort --kvartal, eller velg et av "
            f"{', '.join(KVARTALSSKJEMA)}.",
            code="ugyldig-kvartal",
        )
    return skjema, kvartal or " "


def _region(region: str) -> str:
    if len(region) == _REGION and region.isprintable():
        return region
    hint = f", kanskje {region}00" if len(region) == _KOMMUNENUMMER and region.isdigit() else ""
    raise UserError(
        f"Regionen «{synlig(region)}» er ikke seks synlige tegn; oppgi kommunenummeret og 00 eller fylkesnummeret og 0000{hint}.",
        code="ugyldig-region",
    )


def _orgnr(text: str) -> tuple[str, ...]:
    numbers = tuple(part.strip() for part in text.split(",") if part.strip())
    for number in numbers:
        if len(number) != _ORGNR or not (number.isascii() and number.isdigit()):
            raise UserError(
                f"Organisasjonsnummeret «{number}» har ikke ni sifre; skill flere numre med komma.",
                code="ugyldig-orgnr",
            )
    return numbers


def klassenavn(klasser: Mapping[str, str]) -> list[str]:
    """Kontoklassene på et skjema med navn, f.eks. ``["1 (drift)", "0 (investering)"]``."""
    return [f"{tall} ({navn})" for navn, tall in klasser.items()]
