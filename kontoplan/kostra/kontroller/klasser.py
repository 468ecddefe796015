"""Kontrollene 016–060: koder som ikke hører hjemme i drift eller investering, og fortegn som ikke kan være rett."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from kontoplan.kostra import rettelse
from kontoplan.kostra.alvor import ERROR, INFO, KVARTAL_1_2, WARNING
from kontoplan.kostra.begreper import BALANSE
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.kontroller.omfang import POSTENE, POSTENE_OG_KIRKE
from kontoplan.kostra.kontroller.regel import regelkontroll
from kontoplan.kostra.postkontroll import Postkontroll

if TYPE_CHECKING:
    from collections.abc import Callable

    from kontoplan.kostra.grunnlag import Grunnlag
    from kontoplan.kostra.kontroll import Aarsak


def _flytt(til: str, kode: str) -> Callable[[Aarsak, Grunnlag], str]:
    return lambda _, g: f"Bytt {kode}, eller {rettelse.annen_klasse(til, g)}."


_I_KLASSEN = "mottaket regner en ukjent kontoklasse som investering"

FORTEGN = Postkontroll(
    nummer="016",
    emne="Fortegn på merforbruk og udekket beløp",
    alvor=ERROR,
    vilkar=lambda _: BALANSE & pl.col("funksjonsfelt").is_in(["5900", "5970"]),
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
FUNKSJON_I_DRIFT = regelkontroll(
    "020",
    "Funksjon som ikke hører hjemme i drift",
    KVARTAL_1_2,
    aarsak=("funksjon",),
    rett=_flytt("investering", "funksjon"),
    side=Side(
        hva="Funksjon 841 brukes ikke i drift.",
        hvorfor="841 er mva-kompensasjon fra investeringsregnskapet.",
        formel="drift, og funksjonen er 841",
        gjelder=POSTENE,
        rett="Bytt funksjon, eller flytt posten til investering.",
    ),
)
ART_I_DRIFT = regelkontroll(
    "025",
    "Art som ikke hører hjemme i drift",
    KVARTAL_1_2,
    aarsak=("art",),
    rett=_flytt("investering", "art"),
    side=Side(
        hva="Arter for investeringer, utlån og bruk av lån brukes ikke i drift.",
        hvorfor="Kjøp og salg av anlegg og aksjer, utlån og bruk av lån er investering etter kommuneloven og skal ikke påvirke driftsresultatet.",
        formel="drift, og arten er en av 280, 512, 521, 522, 529, 670, 910, 911, 912, 921, 922, 929, 970. Kirke: 280, 285, 670, 910, 970. Kvartal: 529, 670, 910, 911, 929, 970",
        gjelder=f"{POSTENE_OG_KIRKE}. Art 921 er unntatt for lånefondene i Trøndelag, Drammen, Oslo og Bergen (0I og 0K) og konsernene deres (0M og 0P)",
        rett="Bytt art, eller flytt posten til investering.",
    ),
)
ULOGISK_ART_I_DRIFT = regelkontroll(
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
        gjelder=POSTENE,
        rett="Vurder en annen art, eller om posten hører til i investering. Funnet stopper ikke innsendingen.",
    ),
)
UTLAN_I_DRIFT = regelkontroll(
    "035",
    "Utlån og mottatte avdrag i drift",
    WARNING,
    eksakt=True,
    side=Side(
        hva="Utlån (520) og mottatte avdrag på utlån (920) står i drift bare der de kan gjøre det.",
        hvorfor="Utlån er investering, med unntak av sosiale utlån og næringsutlån som betales av driftsinntekter.",
        formel="drift, arten er 520 eller 920, og de fire tegnene i funksjonsfeltet er ikke «281 », «325 » eller «701 »",
        gjelder=POSTENE,
        rett="Bruk 281 for sosiale utlån, 325 for næringsutlån eller 701 for næringsrettet finansiering når de er betalt av driftsinntekter; ellers flytt posten til investering.",
    ),
)
FUNKSJON_I_INVESTERING = regelkontroll(
    "040",
    "Funksjon som ikke hører hjemme i investering",
    KVARTAL_1_2,
    aarsak=("funksjon",),
    rett=_flytt("drift", "funksjon"),
    side=Side(
        hva="Skatt, rammetilskudd, generelle tilskudd og motpost avskrivninger står ikke i investering.",
        hvorfor="Frie inntekter er driftsinntekter, og avskrivninger finnes ikke i investeringsregnskapet.",
        formel=f"investering, og funksjonen er 800, 840, 850 eller 860 (i kvartalene ikke 850); {_I_KLASSEN}",
        gjelder=POSTENE,
        rett="Bytt funksjon, eller flytt posten til drift.",
    ),
)
ULOGISK_FUNKSJON_I_INVESTERING = regelkontroll(
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
        gjelder=POSTENE,
        rett="Vurder en annen funksjon, eller om posten hører til i drift. Funnet stopper ikke innsendingen.",
    ),
)
ART_I_INVESTERING = regelkontroll(
    "050",
    "Art som ikke hører hjemme i investering",
    KVARTAL_1_2,
    aarsak=("art",),
    rett=_flytt("drift", "art"),
    side=Side(
        hva="Arter som bare finnes i drift, brukes ikke i investering.",
        hvorfor="Løpende lønn, avskrivninger, brukerbetaling, skatt og rammetilskudd er drift etter kommuneloven.",
        formel="investering, og arten er en av 070, 080, 110, 114, 240, 509, 570, 590, 600, 629, 630, 640, 800, skatteartene 870–873, 876, 878 og 879, 877, 909, 990. Kirke: 570, 590, 990. Kvartal: 509, 570, 590, 800, 870–873, 875–877, 909, 990",
        gjelder=POSTENE_OG_KIRKE,
        rett="Bytt art, eller flytt posten til drift.",
    ),
)
ULOGISK_ART_I_INVESTERING = regelkontroll(
    "055",
    "Art som er ulogisk i investering",
    INFO,
    aarsak=("art",),
    rett=lambda _, g: f"Vurder en annen art, eller {rettelse.annen_klasse('drift', g)}. Stopper ikke innsendingen.",
    side=Side(
        hva="Artene 620, 650 og 900 er uvanlige i investering.",
        hvorfor="Salg av varer og tjenester og renteinntekter er oftest drift.",
        formel="investering, og arten er 620, 650 eller 900",
        gjelder=POSTENE,
        rett="Vurder en annen art, eller om posten hører til i drift. Funnet stopper ikke innsendingen.",
    ),
)
MVA_I_INVESTERING = regelkontroll(
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
        gjelder=POSTENE,
        rett="Bruk funksjon 841, bytt art, eller flytt posten til drift.",
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
)
