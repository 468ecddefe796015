"""Kontrollene 016–081 og 200: funksjon, art og kontoklasse som ikke går sammen, og fortegn som ikke kan være rett.

Hvilke koder det gjelder, står i ``rules/kodeverk/kombinasjoner.csv``, som også :meth:`Kodeverk.kombinasjon` bruker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra import rettelse
from kontoplan.kostra.alvor import ERROR, INFO, KVARTAL_1_2, KVARTAL_3_4, WARNING
from kontoplan.kostra.begreper import ART, BALANSE, BEVILGNING, DRIFT, FUNKSJON, INVESTERING
from kontoplan.kostra.kontroll import Postkontroll, Side
from kontoplan.kostra.tegn import synlig

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kodeverk.regel import Regel
    from kontoplan.kostra.alvor import Alvorsregel
    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak

_KLASSE = {"drift": DRIFT, "investering": INVESTERING, "begge": BEVILGNING}
_FUNKSJONSFELT = pl.col("funksjonsfelt")
_BREDDE = 4


def _brudd(regel: Regel, unntatt: frozenset[str], funksjon: pl.Expr, pad: int) -> pl.Expr:
    """Regelen som uttrykk; ``funksjon`` er feltet funksjonen leses av, og ``pad`` bredden kodene fylles ut til."""

    def member(dimensjon: str, koder: frozenset[str]) -> pl.Expr:
        if dimensjon == "art":
            return ART.is_in(sorted(koder))
        return funksjon.is_in(sorted(kode.ljust(pad) for kode in koder))

    own = member(regel.dimensjon, regel.koder - unntatt)
    other = member("art" if regel.dimensjon == "funksjon" else "funksjon", regel.krav_koder)
    if regel.krav == "forbudt":
        return own
    return own != other if regel.krav == "gjensidig" else own & ~other


def _regel(
    nummer: str, *, skjema: frozenset[str] = frozenset(), eksakt: bool = False
) -> Callable[[Grunnlag], pl.Expr | None]:
    """Utslag når en av reglene for kontrollen brytes.

    Args:
        nummer: Kontrollen i ``kombinasjoner.csv``.
        skjema: Skjemaene posten må ha; tom betyr alle bevilgningsskjema.
        eksakt: Om alle fire tegn i funksjonsfeltet må stemme.
    """
    funksjon, pad = (_FUNKSJONSFELT, _BREDDE) if eksakt else (FUNKSJON, 0)

    def vilkar(grunnlag: Grunnlag) -> pl.Expr | None:
        regler = grunnlag.regler(nummer)
        if not regler:
            return None
        unntatt = grunnlag.unntatt(nummer)
        brudd = pl.any_horizontal(_KLASSE[r.klasse] & _brudd(r, unntatt, funksjon, pad) for r in regler)
        return brudd & pl.col("skjema").is_in(sorted(skjema)) if skjema else brudd

    return vilkar


def _kontroll(  # noqa: PLR0913 - det som skiller kontrollene
    nummer: str,
    emne: str,
    alvor: Alvorsregel,
    side: Side,
    *,
    aarsak: tuple[str, ...] = ("funksjon", "art"),
    rett: Callable[[Aarsak, Grunnlag], str] | None = None,
    skjema: frozenset[str] = frozenset(),
    eksakt: bool = False,
) -> Postkontroll:
    def melding(found: Aarsak, grunnlag: Grunnlag) -> str:
        funksjon, art = (synlig(found[navn]) if navn in found else None for navn in ("funksjon", "art"))
        text = grunnlag.regler(nummer)[0].text(funksjon, art)
        return text.partition(". ")[0].removesuffix(".") + "."  # hva en gjør, står i rettelsen

    return Postkontroll(
        nummer=nummer,
        emne=emne,
        alvor=alvor,
        vilkar=_regel(nummer, skjema=skjema, eksakt=eksakt),
        aarsak=aarsak,
        melding=melding,
        rettelse=rett or side.rett,
        belop="ikke-null",
        side=side,
    )


def _flytt(til: str, kode: str) -> Callable[[Aarsak, Grunnlag], str]:
    return lambda _, g: f"Bytt {kode}, eller {rettelse.annen_klasse(til, g)}."


_BEV = "bevilgningsskjema (0A, 0C, 0I, 0K, 0M, 0P, også i kvartalene); poster med beløp 0 er unntatt"
_BEV_OG_KIRKE = "0F og " + _BEV
_I_KLASSEN = "mottaket regner en ukjent kontoklasse som investering"

FORTEGN = Postkontroll(
    nummer="016",
    emne="Fortegn på merforbruk og udekket beløp",
    alvor=ERROR,
    vilkar=lambda _: BALANSE & _FUNKSJONSFELT.is_in(["5900", "5970"]),
    aarsak=("funksjon",),
    melding="Kapittel {funksjon} kan bare være 0 eller positivt.",
    belop="negative",
    side=Side(
        hva="Kapittel 5900 (merforbruk i drift) og 5970 (udekket i investering) er ikke negative.",
        hvorfor="Kapitlene viser et underskudd som skal dekkes. Et mindreforbruk avsettes ved årsavslutningen og blir ikke stående.",
        formel="kapittelet er 5900 eller 5970, og beløpet er mindre enn 0",
        gjelder="alle balanser unntatt kirkens, også i kvartalene",
        rett="Et mindreforbruk føres etter bestemmelsene om årsavslutning i regnskapsforskriften. Er det et merforbruk, er fortegnet snudd.",
    ),
)
FUNKSJON_I_DRIFT = _kontroll(
    "020",
    "Funksjon som ikke hører hjemme i drift",
    KVARTAL_1_2,
    aarsak=("funksjon",),
    rett=_flytt("investering", "funksjon"),
    side=Side(
        hva="Funksjon 841 brukes ikke i drift.",
        hvorfor="841 er mva-kompensasjon fra investeringsregnskapet.",
        formel="drift, og funksjonen er 841",
        gjelder=_BEV,
        rett="Bytt funksjon, eller flytt posten til investering.",
    ),
)
ART_I_DRIFT = _kontroll(
    "025",
    "Art som ikke hører hjemme i drift",
    KVARTAL_1_2,
    aarsak=("art",),
    rett=_flytt("investering", "art"),
    side=Side(
        hva="Arter for investeringer, utlån og bruk av lån brukes ikke i drift.",
        hvorfor="Kjøp og salg av anlegg og aksjer, utlån og bruk av lån er investering etter kommuneloven og skal ikke påvirke driftsresultatet.",
        formel="drift, og arten er en av 280, 512, 521, 522, 529, 670, 910, 911, 912, 921, 922, 929, 970. Kirke: 280, 285, 670, 910, 970. Kvartal: 529, 670, 910, 911, 929, 970",
        gjelder=f"{_BEV_OG_KIRKE}. Art 921 er unntatt for lånefondene i Trøndelag, Drammen, Oslo og Bergen (0I og 0K) og konsernene deres (0M og 0P)",
        rett="Bytt art, eller flytt posten til investering.",
    ),
)
ULOGISK_ART_I_DRIFT = _kontroll(
    "030",
    "Art som er ulogisk i drift",
    INFO,
    aarsak=("art",),
    rett=lambda _, g: (
        f"Vurder en annen art, eller {rettelse.annen_klasse('investering', g)}. Stopper ikke innsendingen."
    ),
    side=Side(
        hva="Artene 285 og 660 er uvanlige i drift.",
        hvorfor="Kjøp av bygninger og anlegg og salg av driftsmidler hører oftest til i investering.",
        formel="drift, og arten er 285 eller 660",
        gjelder=_BEV,
        rett="Vurder en annen art, eller om posten hører til i investering. Funnet stopper ikke innsendingen.",
    ),
)
UTLAN_I_DRIFT = _kontroll(
    "035",
    "Utlån og mottatte avdrag i drift",
    WARNING,
    eksakt=True,
    side=Side(
        hva="Utlån (520) og mottatte avdrag på utlån (920) står i drift bare der de kan gjøre det.",
        hvorfor="Utlån er investering, med unntak av sosiale utlån og næringsutlån som betales av driftsinntekter.",
        formel="drift, arten er 520 eller 920, og de fire tegnene i funksjonsfeltet er ikke «281 », «325 » eller «701 »",
        gjelder=_BEV,
        rett="Bruk 281 for sosiale utlån, 325 for næringsutlån eller 701 for næringsrettet finansiering når de er betalt av driftsinntekter; ellers flytt posten til investering.",
    ),
)
FUNKSJON_I_INVESTERING = _kontroll(
    "040",
    "Funksjon som ikke hører hjemme i investering",
    KVARTAL_1_2,
    aarsak=("funksjon",),
    rett=_flytt("drift", "funksjon"),
    side=Side(
        hva="Skatt, rammetilskudd, generelle tilskudd og motpost avskrivninger står ikke i investering.",
        hvorfor="Frie inntekter er driftsinntekter, og avskrivninger finnes ikke i investeringsregnskapet.",
        formel=f"investering, og funksjonen er 800, 840, 850 eller 860 (i kvartalene ikke 850); {_I_KLASSEN}",
        gjelder=_BEV,
        rett="Bytt funksjon, eller flytt posten til drift.",
    ),
)
ULOGISK_FUNKSJON_I_INVESTERING = _kontroll(
    "045",
    "Funksjon som er ulogisk i investering",
    INFO,
    aarsak=("funksjon",),
    rett=lambda _, g: (
        f"Vurder en annen funksjon, eller {rettelse.annen_klasse('drift', g)}. Stopper ikke innsendingen."
    ),
    side=Side(
        hva="Politikk, kontroll, eiendomsforvaltning og premieavvik er uvanlige i investering.",
        hvorfor="Funksjonene gjelder løpende utgifter og årsoppgjør, sjelden noe som bygges eller kjøpes.",
        formel="investering, og funksjonen er 100, 110, 121, 170, 171, 400, 410, 421, 470 eller 471",
        gjelder=_BEV,
        rett="Vurder en annen funksjon, eller om posten hører til i drift. Funnet stopper ikke innsendingen.",
    ),
)
ART_I_INVESTERING = _kontroll(
    "050",
    "Art som ikke hører hjemme i investering",
    KVARTAL_1_2,
    aarsak=("art",),
    rett=_flytt("drift", "art"),
    side=Side(
        hva="Arter som bare finnes i drift, brukes ikke i investering.",
        hvorfor="Løpende lønn, avskrivninger, brukerbetaling, skatt og rammetilskudd er drift etter kommuneloven.",
        formel="investering, og arten er en av 070, 080, 110, 114, 240, 509, 570, 590, 600, 629, 630, 640, 800, skatteartene 870–873, 876, 878 og 879, 877, 909, 990. Kirke: 570, 590, 990. Kvartal: 509, 570, 590, 800, 870–873, 875–877, 909, 990",
        gjelder=_BEV_OG_KIRKE,
        rett="Bytt art, eller flytt posten til drift.",
    ),
)
ULOGISK_ART_I_INVESTERING = _kontroll(
    "055",
    "Art som er ulogisk i investering",
    INFO,
    aarsak=("art",),
    rett=lambda _, g: f"Vurder en annen art, eller {rettelse.annen_klasse('drift', g)}. Stopper ikke innsendingen.",
    side=Side(
        hva="Artene 620, 650 og 900 er uvanlige i investering.",
        hvorfor="Salg av varer og tjenester og renteinntekter er oftest drift.",
        formel="investering, og arten er 620, 650 eller 900",
        gjelder=_BEV,
        rett="Vurder en annen art, eller om posten hører til i drift. Funnet stopper ikke innsendingen.",
    ),
)
MVA_I_INVESTERING = _kontroll(
    "060",
    "Mva-kompensasjon i investering",
    KVARTAL_1_2,
    rett=lambda _, g: (
        "Bruk funksjon 841 sammen med art 729" + f", bytt art, eller {rettelse.annen_klasse('drift', g)}."
    ),
    side=Side(
        hva="Mva-kompensasjon (729) i investering står på funksjon 841.",
        hvorfor="Kompensasjonen er en fri inntekt i investering og føres samlet, ikke på tjenesten som hadde utgiften.",
        formel="investering, arten er 729, og funksjonen er ikke 841",
        gjelder=_BEV,
        rett="Bruk funksjon 841, bytt art, eller flytt posten til drift.",
    ),
)
ARSAVSLUTNING = _kontroll(
    "065",
    "Årsavslutning på funksjon 899",
    KVARTAL_1_2,
    rett=lambda a, _: (
        "Bruk funksjon 899 sammen med arten, eller bytt art."
        if a["funksjon"] != "899"
        else "Bruk art 589, 980 eller 989 på funksjon 899, eller bytt funksjon."
    ),
    side=Side(
        hva="Funksjon 899 og artene 589, 980 og 989 brukes bare sammen.",
        hvorfor="De avslutter regnskapet og skal kunne holdes utenfor når tjenestene sammenlignes.",
        formel="enten er arten 589, 980 eller 989, eller så er funksjonen 899, men ikke begge deler",
        gjelder=f"{_BEV}; både drift og investering",
        rett="Bruk funksjon 899 sammen med art 589, 980 eller 989, og bare dem.",
    ),
)
MERFORBRUK = _kontroll(
    "070",
    "Dekning av tidligere års merforbruk",
    KVARTAL_1_2,
    rett=lambda *_: "Bruk funksjon 880 sammen med art 530, eller bytt art.",
    side=Side(
        hva="Dekning av tidligere års merforbruk (530) står på funksjon 880.",
        hvorfor="Dekningen er en intern finansieringstransaksjon og hører ikke til noen tjeneste.",
        formel="arten er 530, og funksjonen er ikke 880",
        gjelder=f"{_BEV}; både drift og investering",
        rett="Bruk funksjon 880 sammen med art 530, eller bytt art.",
    ),
)
SKATT = _kontroll(
    "075",
    "Skattearter",
    KVARTAL_1_2,
    skjema=frozenset({"0A", "0M"}),
    rett=lambda *_: "Bruk funksjon 800 sammen med arten, eller bytt art.",
    side=Side(
        hva="Skatteartene står på funksjon 800.",
        hvorfor="Skatt er en fri inntekt og hører ikke til noen tjeneste.",
        formel="arten er 870, 871, 872, 873, 876, 878 eller 879, og funksjonen er ikke 800",
        gjelder="0A og 0M, også i kvartalene; både drift og investering; poster med beløp 0 er unntatt",
        rett="Bruk funksjon 800 sammen med skattearten, eller bytt art.",
    ),
)
RAMMETILSKUDD = _kontroll(
    "080",
    "Rammetilskuddsart",
    KVARTAL_1_2,
    rett=lambda *_: "Bruk funksjon 840 sammen med art 800, eller bytt art (810 for andre statlige tilskudd).",
    side=Side(
        hva="Rammetilskudd (800) står på funksjon 840.",
        hvorfor="Rammetilskuddet er en fri inntekt og hører ikke til noen tjeneste. Øremerkede tilskudd har andre arter.",
        formel="arten er 800, og funksjonen er ikke 840",
        gjelder=f"{_BEV}; både drift og investering",
        rett="Bruk funksjon 840 sammen med art 800, eller bytt art.",
    ),
)
GENERELLE_TILSKUDD = _kontroll(
    "081",
    "Arter på funksjon 850",
    KVARTAL_3_4,
    skjema=frozenset({"0A", "0I", "0K", "0M"}),
    rett=lambda *_: "Bruk art 450, 810 eller 850 på funksjon 850, eller bytt funksjon.",
    side=Side(
        hva="På funksjon 850 står bare artene 450, 810 og 850.",
        hvorfor="Funksjonen er statstilskudd for bosetting og integrering av flyktninger og drift av asylmottak. Utgiftene hører til tjenestene.",
        formel="funksjonen er 850, og arten er ikke 450, 810 eller 850",
        gjelder="0A, 0I, 0K og 0M, og 0A i kvartalene; poster med beløp 0 er unntatt. Kontrollen er mildere i årsregnskapet enn i kvartal 3 og 4",
        rett="Bruk art 450, 810 eller 850 på funksjon 850, eller bytt funksjon.",
    ),
)

KONTROLLER = (
    FORTEGN,
    FUNKSJON_I_DRIFT,
    ART_I_DRIFT,
    ULOGISK_ART_I_DRIFT,
    UTLAN_I_DRIFT,
    FUNKSJON_I_INVESTERING,
    ULOGISK_FUNKSJON_I_INVESTERING,
    ART_I_INVESTERING,
    ULOGISK_ART_I_INVESTERING,
    MVA_I_INVESTERING,
    ARSAVSLUTNING,
    MERFORBRUK,
    SKATT,
    RAMMETILSKUDD,
    GENERELLE_TILSKUDD,
)
