"""Alt som er kjent om én kode, samlet til visning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kontoplan.kodeverk import HELLER_ORD
from kontoplan.kodeverk.vilkar import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.kodeverk import Avgrensning, Kode, Kodedimensjon, Kodeverk, Regel

Kodestatus = Literal["gyldig", "utgått", "intern", "betinget", "kommer", "ikke i bruk"]

_SIKKERHET = {
    "delvis": "bygger bare delvis på en kilde; resten er allmenn kunnskap.",
    "kunnskap": "er allmenn kunnskap og ikke lest i en kilde. Kontroller før du bygger på det.",
    "antatt": "er antatt, altså sluttet av sammenhengen og ikke sagt i en kilde.",
    "usikker": "er usikkert.",
}


@dataclass(frozen=True, slots=True)
class Henvisning:
    """En annen kode det vises til, med navn."""

    kode: str
    navn: str

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        return {"kode": self.kode, "navn": self.navn}


@dataclass(frozen=True, slots=True)
class Utenfor:
    """Noe som ikke hører hjemme på koden, og hvor det skal: en kode, eller et ord når ``kode`` er ``None``."""

    tekst: str
    kode: str | None
    navn: str

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        return {"tekst": self.tekst, "heller": {"kode": self.kode, "navn": self.navn}}


@dataclass(frozen=True, slots=True)
class Kildehenvisning:
    """Hva en kilde gjelder, hvilken det er, og hvor sikkert det er."""

    gjelder: str
    kilde: str
    sikkerhet: str

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        return {"gjelder": self.gjelder, "kilde": self.kilde, "sikkerhet": self.sikkerhet}


@dataclass(frozen=True, slots=True)
class Kodevisning:
    """Alt som vises om en kode; se feltnavnene. ``forbehold`` sier i klartekst hva som ikke er sikkert."""

    kode: Kode
    status: Kodestatus
    gyldighet: str
    kontoklasser: str
    regler: tuple[str, ...]
    omfatter: tuple[str, ...]
    omfatter_ikke: tuple[Utenfor, ...]
    forveksles_med: tuple[Henvisning, ...]
    merknader: tuple[str, ...]
    forgjengere: tuple[Henvisning, ...]
    etterfolgere: tuple[Henvisning, ...]
    avledet: tuple[Henvisning, ...]
    avledet_av: tuple[Henvisning, ...]
    kilder: tuple[Kildehenvisning, ...]
    forbehold: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """Feltene til JSON."""
        lists: dict[str, Iterable[Henvisning | Utenfor | Kildehenvisning]] = {
            "omfatter_ikke": self.omfatter_ikke,
            "forveksles_med": self.forveksles_med,
            "forgjengere": self.forgjengere,
            "etterfolgere": self.etterfolgere,
            "avledet": self.avledet,
            "avledet_av": self.avledet_av,
            "kilder": self.kilder,
        }
        return {
            "dimensjon": self.kode.dimensjon,
            "kode": self.kode.kode,
            "navn": self.kode.navn,
            "nynorsk": self.kode.nynorsk,
            "status": self.status,
            "gyldighet": self.gyldighet,
            "fra": self.kode.fra,
            "til": self.kode.til,
            "betinget": self.kode.betinget,
            "kontoklasser": self.kontoklasser,
            "regler": list(self.regler),
            "omfatter": list(self.omfatter),
            "merknader": list(self.merknader),
            **{name: [item.as_dict() for item in items] for name, items in lists.items()},
            "forbehold": list(self.forbehold),
        }


def describe(kodeverk: Kodeverk, kode: Kode) -> Kodevisning:
    """Alt som er kjent om koden i kodeverkets år og regnskap."""
    dimensjon, number = kode.dimensjon, kode.kode
    found = kodeverk.avgrensning(dimensjon, number)
    status = _status(kodeverk, kode)
    kilder = _kilder(kodeverk, kode, found)

    def refer(codes: Iterable[str]) -> tuple[Henvisning, ...]:
        return tuple(Henvisning(other, kodeverk.navn(dimensjon, other)) for other in codes)

    return Kodevisning(
        kode=kode,
        status=status,
        gyldighet=_gyldighet(kodeverk, kode, status),
        kontoklasser=_kontoklasser(kodeverk, kode) if status in {"gyldig", "betinget"} else "",
        regler=tuple(dict.fromkeys(t for r in kodeverk.regler(dimensjon, number) if (t := _regel(r, dimensjon)))),
        omfatter=found.omfatter if found else (),
        omfatter_ikke=_utenfor(kodeverk, dimensjon, found),
        forveksles_med=refer(found.forveksles_med if found else ()),
        merknader=found.merknad if found else (),
        forgjengere=refer(kodeverk.forgjengere(dimensjon, number)),
        etterfolgere=refer(kodeverk.etterfolgere(dimensjon, number)),
        avledet=refer(kodeverk.avledet(dimensjon, number)),
        avledet_av=refer(kodeverk.avledet_av(dimensjon, number)),
        kilder=kilder,
        forbehold=tuple(f"{k.gjelder} {_SIKKERHET[k.sikkerhet]}" for k in kilder if k.sikkerhet in _SIKKERHET),
    )


def _status(kodeverk: Kodeverk, kode: Kode) -> Kodestatus:
    if kodeverk.intern(kode.dimensjon, kode.kode):
        return "intern"
    if kodeverk.finnes(kode.dimensjon, kode.kode):
        return "gyldig"
    if kode.til is not None and kode.til < kodeverk.aar:
        return "utgått"
    if kode.fra is not None and kode.fra > kodeverk.aar:
        return "kommer"
    return "betinget" if kode.betinget else "ikke i bruk"


def _gyldighet(kodeverk: Kodeverk, kode: Kode, status: Kodestatus) -> str:
    """Én setning om når og for hvem koden gjelder."""
    hvem = f" {in_words(kode.betinget)}." if kode.betinget else ""
    if status == "intern" and (intern := kodeverk.internt(kode.dimensjon, kode.kode)):
        return f"Rapporteres ikke fra {intern.fra}. {intern.tekst}"
    if status == "utgått":
        start = f"Gjaldt {kode.fra}–{kode.til}" if kode.fra else f"Gjaldt til og med {kode.til}"
        return f"{start}, og kan ikke brukes i {kodeverk.aar}.{hvem}"
    if status == "kommer":
        return f"Gjelder først fra {kode.fra}.{hvem}"
    if status == "ikke i bruk":
        return f"Står ikke på listen for {kodeverk.regnskap} i {kodeverk.aar}."
    start = f"Gjelder fra {kode.fra}" if kode.fra else f"Gjelder i {kodeverk.aar}"
    slutt = f" til og med {kode.til}" if kode.til and kode.fra else f", siste gang i {kode.til}" if kode.til else ""
    ukjent = "" if kode.fra else " Startåret er ikke kjent."
    return f"{start}{slutt}.{ukjent}{hvem}"


def _kontoklasser(kodeverk: Kodeverk, kode: Kode) -> str:
    """Hvor koden kan stå: drift, investering eller balanse, og hvor SSB spør."""
    if kode.dimensjon in {"kapittel", "sektor"}:
        return f"balanse (kontoklasse {kodeverk.kontoklasse('balanse')})"
    if kode.dimensjon == "kontoklasse":
        return kodeverk.klasse(kode.kode) or ""
    if only := kodeverk.bare(kode.dimensjon, kode.kode):
        return f"bare {only} (kontoklasse {kodeverk.kontoklasse(only)})"
    odd = [
        r.klasse
        for r in kodeverk.regler(kode.dimensjon, kode.kode)
        if r.krav == "forbudt" and r.alvor == "ulogisk" and r.dimensjon == kode.dimensjon
    ]
    both = f"drift (kontoklasse {kodeverk.kontoklasse('drift')}) og investering ({kodeverk.kontoklasse('investering')})"
    return f"{both}, men SSB varsler om den i {odd[0]}" if odd else both


def _regel(regel: Regel, dimensjon: Kodedimensjon) -> str:
    """Regelen sett fra kodens side; tom for dem som bare gjelder kontoklasse."""
    if regel.krav == "forbudt":
        return (
            f"Unntak fra kontroll {regel.kontroll}: {regel.merknad.removeprefix('unntak: ')}"
            if "unntak:" in regel.merknad
            else ""
        )
    where = "" if regel.klasse == "begge" else f"I {regel.klasse}: "
    source = f"kontroll {regel.kontroll}" if regel.alvor == "feil" else f"kontroll {regel.kontroll} varsler ellers"
    other_name = {"funksjon": "art", "art": "funksjon"}[dimensjon]
    codes = regel.krav_koder if regel.dimensjon == dimensjon else regel.koder
    listing = ", ".join(sorted(codes))
    if regel.dimensjon != dimensjon and regel.krav == "bare":
        return f"{where}{other_name} {listing} går bare sammen med denne ({source})."
    return f"{where}bare sammen med {other_name} {listing} ({source})."


def _utenfor(kodeverk: Kodeverk, dimensjon: Kodedimensjon, found: Avgrensning | None) -> tuple[Utenfor, ...]:
    return tuple(
        Utenfor(g.tekst, None, HELLER_ORD[g.heller])
        if g.heller in HELLER_ORD
        else Utenfor(g.tekst, g.heller, kodeverk.navn(dimensjon, g.heller))
        for g in (found.omfatter_ikke if found else ())
    )


def _kilder(kodeverk: Kodeverk, kode: Kode, found: Avgrensning | None) -> tuple[Kildehenvisning, ...]:
    """Kildene bak navnet, avgrensningen, overgangene og at koden er intern."""
    result = [Kildehenvisning("Navnet", kode.kilde, kode.sikkerhet)]
    if found:
        result.append(Kildehenvisning("Avgrensningen", found.kilde, found.sikkerhet))
    if lenke := kodeverk.overgang(kode.dimensjon, kode.kode):
        result.append(Kildehenvisning("Overgangen til nye koder", lenke.kilde, lenke.sikkerhet))
    if lenke := kodeverk.utskilling(kode.dimensjon, kode.kode):
        result.append(Kildehenvisning(f"Utskillingen fra {', '.join(lenke.til)}", lenke.kilde, lenke.sikkerhet))
    result += [
        Kildehenvisning(f"Overgangen fra {forrige}", lenke.kilde, lenke.sikkerhet)
        for forrige in kodeverk.forgjengere(kode.dimensjon, kode.kode)
        if (lenke := kodeverk.overgang(kode.dimensjon, forrige))
    ]
    if intern := kodeverk.internt(kode.dimensjon, kode.kode):
        result.append(Kildehenvisning("At koden ikke rapporteres,", intern.kilde, intern.sikkerhet))
    return tuple(result)
