"""En justeringsfil å begynne med: forklaringen og eksempler som kommentarer, og listen over funnslagene."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kontoplan.revisjon.slag.parametre import PARAMETRE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kontoplan.revisjon.treff import Funnslag

_TOP: Final = """\
# Justering av revisjonen: kontoplan revider HOVEDBOK --justering DENNE-FILEN
#
# Hver oppføring begynner med en strek og må ha en grunn. Skjulte funn blir ikke borte: de telles, og står i rapporten med grunnen.
#
#   slag:                  id-en til funnslaget (nederst), flere i en liste [A, B], eller alle
#   nar:                   bare funn der alt dette passer; flere verdier i en liste. * er hva som helst, ? er ett tegn
#     konto, kontoklasse, art, funksjon, ansvar, bilag:   hele verdien må passe
#     tekst, leverandor:                                  det holder at det står et sted i teksten
#   av: ja                 funnene skjules
#   alvor:                 FEIL, ADVARSEL eller INFO i stedet, uansett sannsynlighet
#   minste_belop:          funn under så mange kroner skjules
#   minste_sannsynlighet:  funn under dette skjules, f.eks. 0,3 eller 30 %
#   parametre:             grensene slaget ser etter med (nederst)
#   grunn:                 hvorfor (må stå)
#   hvem:                  hvem som bestemte det
#   til:                   siste år (2026) eller siste bilagsdato (30.06.2026) den gjelder
#
# Ta bort # foran det som skal gjelde. Verdier med kolon, eller som begynner med *, settes i "anførselstegn".

# - slag: R-FORTEGN
#   av: ja
#   grunn: Fortegn kontrolleres i månedsavslutningen
#   hvem: Kari
#   til: 2026

# - slag: [R-VANE-ART, R-TEKST-ART]
#   nar:
#     ansvar: 600
#     leverandor: Varehus AS
#     art: "12*"
#   av: ja
#   grunn: Samleavtalen føres på 120 etter avtale med kommunen

# - slag: R-DUBLETT
#   minste_belop: 5 000
#   grunn: Små abonnementer gjentas med samme beløp

# - slag: R-VANE-FUNKSJON
#   minste_sannsynlighet: 30 %
#   alvor: INFO
#   grunn: Enhetene deler personale i år

# - slag: R-FORTEGN
#   parametre:
#     fra_belop: 10 000
#   grunn: Vesentlighetsgrensen for i år

# Funnslagene:
"""


def template(kinds: Iterable[Funnslag]) -> str:
    """Filen som tekst; den er gyldig slik den står, og justerer ingenting."""
    listed = "".join(f"#   {kind.id:20} {kind.navn} ({kind.alvor})\n" for kind in kinds)
    limits = "".join(f"#   {p.slag:20} {p.navn}: {p.hva}; {p.standard:g}\n" for p in PARAMETRE)
    return f"{_TOP}{listed}\n# Parametrene, og hva de er ellers:\n{limits}"
