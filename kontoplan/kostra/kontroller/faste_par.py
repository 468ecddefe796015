"""Kontrollene 065–081: funksjoner og arter som bare går sammen med hverandre."""

from __future__ import annotations

from kontoplan.kostra.alvor import KVARTAL_1_2, KVARTAL_3_4
from kontoplan.kostra.kontroll import Side
from kontoplan.kostra.kontroller.omfang import POSTENE
from kontoplan.kostra.kontroller.regel import regelkontroll

ARSAVSLUTNING = regelkontroll(
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
        gjelder=f"{POSTENE}; både drift og investering",
        rett="Bruk funksjon 899 sammen med art 589, 980 eller 989, og bare dem.",
    ),
)
MERFORBRUK = regelkontroll(
    "070",
    "Dekning av tidligere års merforbruk",
    KVARTAL_1_2,
    rett=lambda *_: "Bruk funksjon 880 sammen med art 530, eller bytt art.",
    side=Side(
        hva="Dekning av tidligere års merforbruk (530) står på funksjon 880.",
        hvorfor="Dekningen er en intern finansieringstransaksjon og hører ikke til noen tjeneste.",
        formel="arten er 530, og funksjonen er ikke 880",
        gjelder=f"{POSTENE}; både drift og investering",
        rett="Bruk funksjon 880 sammen med art 530, eller bytt art.",
    ),
)
SKATT = regelkontroll(
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
RAMMETILSKUDD = regelkontroll(
    "080",
    "Rammetilskuddsart",
    KVARTAL_1_2,
    rett=lambda *_: "Bruk funksjon 840 sammen med art 800, eller bytt art (810 for andre statlige tilskudd).",
    side=Side(
        hva="Rammetilskudd (800) står på funksjon 840.",
        hvorfor="Rammetilskuddet er en fri inntekt og hører ikke til noen tjeneste. Øremerkede tilskudd har andre arter.",
        formel="arten er 800, og funksjonen er ikke 840",
        gjelder=f"{POSTENE}; både drift og investering",
        rett="Bruk funksjon 840 sammen med art 800, eller bytt art.",
    ),
)
GENERELLE_TILSKUDD = regelkontroll(
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
    ARSAVSLUTNING,
    MERFORBRUK,
    SKATT,
    RAMMETILSKUDD,
    GENERELLE_TILSKUDD,
)
