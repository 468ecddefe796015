"""Det som står om en konto i arbeidsboken og i terminalen, som tekst og tall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kontoplan.evidence.codes import NATIONAL
from kontoplan.tall import percent
from kontoplan.workbook.cells import sentence

if TYPE_CHECKING:
    from kontoplan.kobling import Kobling, Kontorad
    from kontoplan.kodeverk import Kodeverk
    from kontoplan.sak import Andel, Forslag

_NEVNES = 0.005  # det som er mindre sannsynlig, er støy ved siden av en valgt kode


def has_amounts(kobling: Kobling) -> bool:
    """Om noen av kontoene har beløp."""
    return any(rad.konto.belop is not None for rad in kobling.rader)


def amount(rad: Kontorad) -> float | None:
    """Beløpet i kroner som tall til en celle."""
    belop = rad.konto.belop
    return float(belop) if belop is not None and belop.is_finite() else None


def context(rad: Kontorad) -> str:
    """Det som står rundt kontoen, ett ledd per linje."""
    return "\n".join(f"{navn.capitalize()}: {verdi}" for navn, verdi in rad.konto.kontekst.as_dict().items())


def probability(rad: Kontorad) -> float | None:
    """Sannsynligheten for koden; tom når det ikke er noen kode å være sikker på."""
    return rad.vurdering.sannsynlighet if rad.vurdering.kode is not None else None


def flags(rad: Kontorad) -> str:
    """Flaggenes meldinger, én per linje."""
    return "\n".join(sentence(flagg.melding) for flagg in rad.vurdering.flagg)


def reasons(rad: Kontorad) -> str:
    """Begrunnelsen, én setning per linje."""
    return "\n".join(sentence(ledd.melding) for ledd in rad.vurdering.begrunnelse)


def arguments(rad: Kontorad) -> str:
    """Bare det i begrunnelsen som taler for eller mot koden, én setning per linje."""
    return "\n".join(sentence(ledd.melding) for ledd in rad.vurdering.begrunnelse if ledd.bidrag)


def sources(rad: Kontorad) -> str:
    """Kildene det er vist til, hver av dem én gang."""
    return "\n".join(dict.fromkeys(ledd.kilde for ledd in rad.vurdering.begrunnelse if ledd.kilde))


def alternatives(rad: Kontorad) -> list[str]:
    """De andre kodene som er aktuelle, med navn og sannsynlighet, beste først."""
    return [_suggestion(forslag) for forslag in other_codes(rad) if forslag.sannsynlighet >= _NEVNES]


def other_codes(rad: Kontorad) -> list[Forslag]:
    """Forslagene som ikke allerede er valgt, beste først."""
    return [forslag for forslag in rad.vurdering.forslag if forslag.kode != rad.vurdering.kode]


def code_name(rad: Kontorad, kodeverk: Kodeverk) -> str:
    """Navnet på KOSTRA-koden; for en fordeling kodene beløpet deles på, og ellers tomt uten kode."""
    if rad.vurdering.kode is None and rad.vurdering.fordeling:
        return "Deles på\n" + "\n".join(_share(andel, rad, kodeverk) for andel in rad.vurdering.fordeling)
    return chosen_name(rad, kodeverk)


def chosen_name(rad: Kontorad, kodeverk: Kodeverk) -> str:
    """Navnet på koden dommeren har valgt; tomt uten kode."""
    kode = rad.vurdering.kode
    return kodeverk.navn(NATIONAL[rad.konto.dimensjon], kode) if kode else ""


def sector_name(rad: Kontorad, kodeverk: Kodeverk) -> str:
    """Navnet på sektoren; tomt uten sektor."""
    return kodeverk.navn("sektor", rad.vurdering.sektor) if rad.vurdering.sektor else ""


def _suggestion(forslag: Forslag) -> str:
    return f"{forslag.kode} {forslag.navn} ({percent(forslag.sannsynlighet)})"


def _share(andel: Andel, rad: Kontorad, kodeverk: Kodeverk) -> str:
    navn = kodeverk.navn(NATIONAL[rad.konto.dimensjon], andel.kode)
    return f"{andel.kode} {navn}" if andel.andel is None else f"{andel.kode} {navn}: {percent(andel.andel)}"
