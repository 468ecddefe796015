"""Navnene arbeidsboken er avtalt med: ark, overskrifter og ord som både skrives ut og leses tilbake."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kontoplan.sak import Dimensjon, Regnskap

SAMMENDRAG: Final = "Sammendrag"
GJENNOMGANG: Final = "Til gjennomgang"
KOBLING: Final = "Kobling"
FORDELINGER: Final = "Fordelinger"
KODEVERK: Final = "Kodeverk"
REGLER: Final = "Regler"
OM: Final = "Om"
ENDRINGER: Final = "Endringer"
"""Bare med når kontoplanen er sammenlignet med en tidligere."""
VALGLISTER: Final = "Valglister"
"""Skjult ark med valgene i nedtrekkslistene."""

ARK: Final = (SAMMENDRAG, GJENNOMGANG, KOBLING, FORDELINGER, KODEVERK, REGLER, OM, VALGLISTER)
"""Arkene i rekkefølge."""

NOKKEL: Final = "Nøkkel"
LOKAL_KODE: Final = "Lokal kode"
LOKALT_NAVN: Final = "Lokalt navn"
DIMENSJON: Final = "Dimensjon"
KOSTRA_KODE: Final = "KOSTRA-kode"
KONTEKST: Final = "Kontekst"
SEKTOR: Final = "Sektor"
KONTOKLASSE: Final = "Kontoklasse"
STATUS: Final = "Status"
HVA_MA_AVGJORES: Final = "Hva må avgjøres"
AVGJORELSE: Final = "Avgjørelse"
FORDELING: Final = "Fordeling"
KOMMENTAR: Final = "Kommentar"
AVGJORT_AV: Final = "Avgjort av"
KODE: Final = "Kode"
ANDEL: Final = "Andel"
GRUNNLAG: Final = "Grunnlag"
VALGLISTE: Final = "Valgliste"
"""Skjult kolonne: hvor i arket Valglister listen for raden begynner."""

DOM: Final = "Dom"
"""Revisorens dom over et funn; de neste er det funnet kjennes igjen på."""
FUNN_ID: Final = "Id"
RAD: Final = "Rad"
FUNN_ARK: Final = "Ark"
BILAG: Final = "Bilag"
BELOP: Final = "Beløp"
KONTO: Final = "Konto"
ANSVAR: Final = "Ansvar"
TEKST: Final = "Tekst"
LEVERANDOR: Final = "Leverandør"

RAPPORTERES_IKKE: Final = "Rapporteres ikke"
FORDELES: Final = "Fordeles"

AAR_EGENSKAP: Final = "kontoplan-aar"
REGNSKAP_EGENSKAP: Final = "kontoplan-regnskap"
VERSJON_EGENSKAP: Final = "kontoplan-versjon"
FILER_EGENSKAP: Final = "kontoplan-filer"
KOMMUNE_EGENSKAP: Final = "kontoplan-kommune"

REGNSKAPSAR: Final = "Regnskapsår"
REGNSKAPSTYPE: Final = "Regnskap"
KOMMUNE: Final = "Kommune"

DIMENSJONER: Final[dict[Dimensjon, str]] = {
    "art": "Art", "funksjon": "Funksjon", "ansvar": "Ansvar", "balanse": "Balanse",
}  # fmt: skip
"""Dimensjonene slik de står i arbeidsboken."""

REGNSKAP: Final[dict[Regnskap, str]] = {
    "kommune": "kommuneregnskap",
    "fylkeskommune": "fylkeskommuneregnskap",
    "sbdr-kommune": "særbedrift i kommune",
    "sbdr-fylke": "særbedrift i fylkeskommune",
    "kirke": "kirkeregnskap",
}
"""Regnskapene slik de står i arbeidsboken."""
