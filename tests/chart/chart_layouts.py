"""Oppdiktede kontoplaner i mange kommunale oppsett: arknavn → rader, der hver rad er celler og det den skal gi."""

from __future__ import annotations

Value = str | int | float | None
Expected = tuple[str, str, str]
Line = tuple[list[Value], list[Expected]]


def plain(*cells: Value) -> Line:
    """En rad som ikke er en konto."""
    return list(cells), []


def art(code: Value, name: str, *rest: Value) -> Line:
    """Nummer og navn i de to første kolonnene, en art."""
    return [code, name, *rest], [("art", _text(code), name.strip())]


def one(dim: str, code: Value, name: str, cells: list[Value]) -> Line:
    """En rad med én konto, der cellene er fritt satt opp."""
    return cells, [(dim, _text(code), name.strip())]


def _text(code: Value) -> str:
    return "" if code is None else str(code)


ARTER = [
    ("10100", "Fast lønn"),
    ("10200", "Sykevikar"),
    ("10300", "Ekstrahjelp"),
    ("10900", "Pensjon"),
    ("10990", "Arbeidsgiveravgift"),
    ("11000", "Kontormateriell"),
    ("11150", "Matvarer"),
    ("12300", "Vedlikehold bygg"),
    ("13700", "Kjøp fra private"),
    ("16200", "Salg"),
]
FUNK = [
    ("1000", "Politisk styring"),
    ("1200", "Administrasjon"),
    ("2010", "Barnehage"),
    ("2020", "Grunnskole"),
    ("2410", "Diagnose, behandling"),
    ("3700", "Bibliotek"),
    ("3390", "Brann og ulykkesvern"),
]
BALANSE = [
    ("21310001", "Kundefordringer"),
    ("21010001", "Bankinnskudd"),
    ("23510001", "Leverandørgjeld"),
    ("25610001", "Disposisjonsfond"),
    ("25990001", "Kapitalkonto"),
]
ANSVAR = [
    ("1100", "Rådmann"),
    ("1200", "Økonomi"),
    ("2100", "Solbakken barnehage"),
    ("2200", "Fjell skole"),
    ("3100", "Hjemmetjenesten"),
]

LAYOUTS: dict[str, dict[str, list[Line]]] = {
    "visma-kontoplan": {
        "Sheet1": [
            plain("Kontonr", "Kontonavn", "MVA-kode", "Sperret", "Gyldig til"),
            *(art(c, n, "1", "Nei", "2099") for c, n in ARTER),
        ]
    },
    "unit4-attributt": {
        "Ark1": [
            plain("Attributt-ID", "Attributtverdi", "Beskrivelse", "Status", "Periode fra", "Periode til"),
            *(one("art", c, n, ["KONTO", c, n, "N", 201001, 209912]) for c, n in ARTER[:5]),
            *(one("ansvar", c, n, ["ANSVAR", c, n, "N", 201001, 209912]) for c, n in ANSVAR),
            *(one("funksjon", c, n, ["TJENESTE", c, n, "N", 201001, 209912]) for c, n in FUNK),
            plain("PROSJEKT", "9001", "Ny skole", "N", 201001, 209912),
        ]
    },
    "unit4-attributt-bare-tjenester": {
        "Tjenester": [
            plain("Attributtnavn", "Attributtverdi", "Betegnelse", "Relasjon"),
            *(one("funksjon", c, n, ["Tjeneste", c, n, "Ansvar"]) for c, n in FUNK),
        ]
    },
    "xledger": {
        "Kontoplan": [
            plain("Konto", "Beskrivelse", "Kontogruppe", "KOSTRA-art", "Avgiftsregel"),
            *(art(int(c), n, "Drift", c[1:4], "Ingen") for c, n in ARTER),
        ]
    },
    "ett-felt": {
        "Artskontoplan": [plain("Art"), *(one("art", c, n, [f"{c} - {n}"]) for c, n in ARTER)],
        "Tjenester": [plain("Tjeneste"), *(one("funksjon", c, n, [f"{c} {n}"]) for c, n in FUNK)],
    },
    "ett-felt-uten-overskrift": {
        "Funksjoner": [
            plain("Funksjonskontoplan 2016"),
            plain(),
            *(one("funksjon", c, n, [f"{c} {n}"]) for c, n in FUNK),
        ]
    },
    "uten-overskrift": {"Ark1": [one("art", c, n, [c, n]) for c, n in ARTER]},
    "uten-overskrift-funksjon": {"Ark1": [one("funksjon", c, n, [int(c), n]) for c, n in FUNK]},
    "navn-foran-nummer": {"Ark1": [plain("Kontonavn", "Konto"), *(one("art", c, n, [n, c]) for c, n in ARTER)]},
    "langt-mellom": {
        "Ark1": [
            plain("Konto", "Mva-kode", "Status", "Regel", "Merknad", "Konto (T)"),
            *(one("art", c, n, [c, "0", "Aktiv", "Skal ha tjeneste", "Se rundskriv", n]) for c, n in ARTER),
        ]
    },
    "serieoverskrifter": {
        "Kontoplan": [
            plain("NORDVIK KOMMUNE"),
            plain("Kontoplan 2018"),
            plain(),
            plain("Konto", "Tekst"),
            plain("1", "DRIFT"),
            plain("10", "LØNN OG SOSIALE UTGIFTER"),
            *(art(c, n) for c, n in ARTER[:5]),
            plain(None, "Sum lønn"),
            plain(),
            plain("11", "KJØP AV VARER"),
            *(art(c, n) for c, n in ARTER[5:]),
            plain(None, "T O T A L T"),
        ]
    },
    "gruppe-pa-egen-rad": {
        "Kontoplan": [
            plain("Art", "Artsnavn"),
            plain("Lønn og sosiale utgifter"),
            *(art(c, n) for c, n in ARTER[:5]),
            plain("Kjøp av varer og tjenester"),
            *(art(c, n) for c, n in ARTER[5:]),
        ]
    },
    "klasse-som-ord": {
        "Kontoplan": [
            plain("Klasse", "Konto", "Navn"),
            *(one("art", c, n, ["Drift", c, n]) for c, n in ARTER),
            one("art", "02300", "Nybygg", ["Investering", "02300", "Nybygg"]),
            *(one("balanse", c, n, ["Balanse", c, n]) for c, n in BALANSE),
        ]
    },
    "drift-og-balanse-blandet": {
        "Kontoplan": [
            plain("Konto", "Kontotekst"),
            *(art(c, n) for c, n in ARTER),
            *(one("balanse", c, n, [c, n]) for c, n in BALANSE),
        ]
    },
    "balanse-eget-ark": {
        "Drift": [plain("Konto", "Navn"), *(art(c, n) for c, n in ARTER)],
        "Balanse": [plain("Konto", "Navn"), *(one("balanse", c, n, [c, n]) for c, n in BALANSE)],
    },
    "balanse-punktum": {
        "Balansekontoplan": [
            plain("Kontonr.", "Benevnelse"),
            one("balanse", "2.10.01", "Kasse", ["2.10.01", "Kasse"]),
            one("balanse", "2.13.10", "Kundefordringer", ["2.13.10", "Kundefordringer"]),
            one("balanse", "2.32.40", "Skyldig skattetrekk", ["2.32.40", "Skyldig skattetrekk"]),
            one("balanse", "2.59.90", "Kapitalkonto", ["2.59.90", "Kapitalkonto"]),
        ]
    },
    "art-200-serie-fire-siffer": {
        "Artskonto": [
            plain("Konto", "Navn"),
            *(
                art(c, n)
                for c, n in [
                    ("1000", "Kontormateriell"),
                    ("1150", "Matvarer"),
                    ("2000", "Inventar og utstyr"),
                    ("2100", "Kjøp av transportmidler"),
                    ("2300", "Vedlikehold"),
                    ("2400", "Serviceavtaler"),
                    ("2700", "Konsulenttjenester"),
                    ("2850", "Kjøp av eksisterende bygg"),
                    ("3700", "Kjøp fra private"),
                    ("4700", "Overføring til private"),
                    ("5000", "Renteutgifter"),
                    ("5100", "Avdrag på lån"),
                    ("5300", "Dekning av merforbruk"),
                    ("5500", "Avsetning til bundne fond"),
                    ("6200", "Salg"),
                    ("7000", "Refusjon fra staten"),
                    ("8000", "Rammetilskudd"),
                    ("9000", "Renteinntekter"),
                    ("9400", "Bruk av disposisjonsfond"),
                ]
            ),
        ]
    },
    "tapte-nuller": {
        "Art": [
            plain("Art", "Tekst"),
            *(
                art(c, n)
                for c, n in [
                    (10, "Fastlønn"),
                    (20, "Vikarlønn"),
                    (30, "Ekstrahjelp"),
                    (40, "Overtid"),
                    (90, "Pensjon"),
                    (99, "Arbeidsgiveravgift"),
                ]
            ),
            *(
                art(c, n)
                for c, n in [
                    (100, "Kontormateriell"),
                    (105, "Undervisningsmateriell"),
                    (115, "Matvarer"),
                    (230, "Vedlikehold"),
                    (700, "Refusjon fra staten"),
                ]
            ),
        ]
    },
    "side-om-side": {
        "Ark1": [
            plain("Kontoplan Fjord kommune"),
            plain(),
            plain("Konto", "Navn", None, "Funksjon", "Navn"),
            *(([*(ARTER[i]), None, *(FUNK[i] if i < len(FUNK) else (None, None))], []) for i in range(len(ARTER))),
        ]
    },
    "under-hverandre": {
        "Ark1": [
            plain("Arter"),
            plain("Konto", "Navn"),
            *(art(c, n) for c, n in ARTER),
            plain(),
            plain(),
            plain("Tjenester"),
            plain("Tjeneste", "Navn"),
            *(one("funksjon", c, n, [c, n]) for c, n in FUNK),
            plain(),
            plain("Ansvar"),
            plain("Ansvar", "Navn"),
            *(one("ansvar", c, n, [c, n]) for c, n in ANSVAR),
        ]
    },
    "to-overskriftsrader": {
        "Ark1": [
            plain("Ansvar", None, "Konto", None, "Budsjett", None),
            plain("Nr", "Navn", "Nr", "Navn", 2013, 2014),
            *(one("art", c, n, ["1100", "Rådmann", c, n, 100, 200]) for c, n in ARTER),
        ]
    },
    "budsjettliste-egne-kolonner": {
        "Budsjett": [
            plain("Detaljert budsjett 2016"),
            plain("HA", "Ansvar", "Ansvar (T)", "Konto", "Konto (T)", "Funksjon", "Funksjon (T)", "Budsjett 2016"),
            *(
                (
                    ["1", "1100", "Rådmann", c, n, "1200", "Administrasjon", 1000.5],
                    [("art", c, n), ("funksjon", "1200", "Administrasjon")],
                )
                for c, n in ARTER
            ),
            plain(None, None, "Sum ansvar 1100", None, None, None, None, 10005),
        ]
    },
    "budsjettliste-ett-felt": {
        "Rekneskap": [
            plain("Ansvar", "Teneste", "Art", "Rekneskap 2016"),
            *(
                (
                    ["120 Bibliotek", "37000 Bibliotek", f"{c} {n}", "1 234,50"],
                    [("art", c, n), ("funksjon", "37000", "Bibliotek")],
                )
                for c, n in ARTER
            ),
            plain("Sum 120 Bibliotek", None, None, "12 345,00"),
        ]
    },
    "budsjettliste-bare-numre": {
        "Ark1": [
            plain("Ansvar", "Funksjon", "Art", "Beløp"),
            *((["1100", "1200", c, 500], [("art", c, ""), ("funksjon", "1200", "")]) for c, _ in ARTER),
        ]
    },
    "ansvar-som-overskrift": {
        "Budsjett": [
            plain("Konto", "Navn", "Budsjett 2014"),
            plain("Ansvar: 1100 Rådmann"),
            *(art(c, n, 1000) for c, n in ARTER[:5]),
            plain("Sum ansvar: 1100 Rådmann", None, 5000),
            plain("Ansvar: 2100 Solbakken barnehage"),
            *(art(c, n, 1000) for c, n in ARTER[5:]),
            plain("Sum ansvar: 2100 Solbakken barnehage", None, 5000),
        ]
    },
    "navn-uten-numre": {
        "Budsjett": [
            plain("Driftsbudsjett 2009"),
            plain("Tekst", "Budsjett 2009", "Regnskap 2007"),
            *(one("art", "", n, [n, 1000, 900]) for _, n in ARTER),
            plain("Sum utgifter", 10000, 9000),
            plain("Netto utgift", 10000, 9000),
        ]
    },
    "tom-kodekolonne": {
        "Ark1": [
            plain("Konto", "Kontonavn", "Kontekst"),
            *(one("art", "", n, [None, n, "Helse og omsorg"]) for _, n in ARTER),
        ],
    },
    "regnskapsrapport": {
        "Rapport": [
            plain("Beskrivelse", "Budsjett 2013", "Forbruk 1006", "%", "Kommentar", "Prognose avvik"),
            plain("ADMINISTRASJON FELLESTJENESTER"),
            *(one("art", "", n, [n, 1000, 500, 50, None, 0]) for _, n in ARTER[:5]),
            plain("Sum", 5000, 2500, 50, None, 0),
            plain("HJEMMETJENESTEN"),
            *(one("art", "", n, [n, 1000, 500, 50, "ok", 0]) for _, n in ARTER[5:]),
            plain("Totalt", 5000, 2500, 50, None, 0),
        ]
    },
    "rene-kostra-arter": {
        "Note 13": [
            plain("NOTE 13 SALGSINNTEKTER"),
            plain("KOSTRA-art", "Navn", "Regnskap 2021"),
            *(
                art(c, n, 100)
                for c, n in [
                    ("600", "BRUKERBETALINGER"),
                    ("620", "ANNET SALG"),
                    ("650", "ANNET AVGIFTSPLIKTIG SALG"),
                    ("690", "FORDELTE UTGIFTER"),
                ]
            ),
        ]
    },
    "nynorsk": {
        "Kontoar": [plain("Kontonr", "Kontonamn", "Leiar"), *(art(c, n) for c, n in ARTER)],
        "Einingar": [plain("Eining", "Namn"), *(one("ansvar", c, n, [c, n]) for c, n in ANSVAR)],
    },
    "koststed-og-prosjekt": {
        "Koststeder": [plain("Koststed", "Koststednavn"), *(one("ansvar", c, n, [c, n]) for c, n in ANSVAR)],
        "Prosjekter": [plain("Prosjekt", "Prosjektnavn"), plain("9001", "Ny skole"), plain("9002", "Ny veg")],
    },
    "generiske-overskrifter-arknavn": {
        "Ansvar": [plain("Nr", "Navn"), *(one("ansvar", c, n, [c, n]) for c, n in ANSVAR)],
        "Tjenester": [plain("Kode", "Navn"), *(one("funksjon", c, n, [c, n]) for c, n in FUNK)],
        "Arter": [plain("Kode", "Navn"), *(art(c, n) for c, n in ARTER)],
        "Balanse": [plain("Kode", "Navn"), *(one("balanse", c, n, [c, n]) for c, n in BALANSE)],
    },
    "generiske-overskrifter-innhold": {
        "A": [plain("Kode", "Navn"), *(one("funksjon", c, n, [c, n]) for c, n in FUNK)],
        "B": [plain("Kode", "Navn"), *(art(c, n) for c, n in ARTER)],
    },
    "gjentatt-overskrift": {
        "Utskrift": [
            plain("Konto", "Navn"),
            *(art(c, n) for c, n in ARTER[:5]),
            plain("Side 1 av 2"),
            plain("Konto", "Navn"),
            *(art(c, n) for c, n in ARTER[5:]),
            plain("Side 2 av 2"),
        ]
    },
    "utgatte": {
        "Kontoplan": [
            plain("Konto", "Navn", "Fra år", "Til år", "Status"),
            art("12700", "Konsulenttjenester (Utgår f.o.m 2025)", 2001, 2024, "Sperret"),
            art("12720", "Kjøp av tjenester  ", 2025, None, "Aktiv"),
            art("11002", "IKKE I BRUK", 2001, 2010, "Sperret"),
            art("10100", "Fast lønn", 2001, None, "Aktiv"),
        ]
    },
    "tre-arter-i-bredden": {
        "Ark1": [
            plain("Konto", "Navn", None, "Konto", "Navn", None, "Konto", "Navn"),
            *(([*ARTER[i], None, *ARTER[i + 3], None, *ARTER[i + 6]], []) for i in range(3)),
        ]
    },
    "sparsom-gruppering": {
        "Budsjett": [
            plain("Ansvar", "Funksjon", "Konto", "Kontonavn", "Budsjett"),
            (
                ["1100 Rådmann", "1200 Administrasjon", *ARTER[0], 10],
                [("art", *ARTER[0]), ("funksjon", "1200", "Administrasjon")],
            ),
            *(([None, None, c, n, 10], [("art", c, n)]) for c, n in ARTER[1:5]),
            (
                ["2100 Barnehage", "2010 Barnehage", *ARTER[5], 10],
                [("art", *ARTER[5]), ("funksjon", "2010", "Barnehage")],
            ),
            *(([None, None, c, n, 10], [("art", c, n)]) for c, n in ARTER[6:]),
        ]
    },
    "bokstaver-i-ansvar": {
        "Ansvar": [
            plain("Ansvar", "Ansvar (T)", "Leder"),
            *(
                one("ansvar", c, n, [c, n, "NN"])
                for c, n in [
                    ("F120", "Biblioteket"),
                    ("F351", "Avløp"),
                    ("100", "Kultur"),
                    ("A1", "Stab"),
                    ("ADM", "Administrasjon"),
                ]
            ),
        ]
    },
    "saerbedrift": {
        "Kontoplan": [
            plain("Konto", "Navn"),
            *(
                art(c, n)
                for c, n in [
                    ("40100", "Fastlønn"),
                    ("40990", "Arbeidsgiveravgift"),
                    ("41000", "Kontormateriell"),
                    ("32000", "Inventar"),
                ]
            ),
            *(
                one("balanse", c, n, [c, n])
                for c, n in [
                    ("51000", "Bankinnskudd"),
                    ("51300", "Kundefordringer"),
                    ("53500", "Leverandørgjeld"),
                    ("55990", "Kapitalkonto"),
                ]
            ),
        ]
    },
    "konto-med-fast-funksjon": {
        "Kontoplan": [
            plain("Konto", "Kontonavn", "KOSTRA-art", "KOSTRA-funksjon", "Mva"),
            *(art(c, n, c[1:4], "120", "25") for c, n in ARTER),
        ]
    },
    "nesten-alle-numre-tapt": {
        "Ark1": [
            plain("Overskrift", "Konto", "Konto (T)"),
            one("art", "10100", "Fast lønn", ["Lønn", "10100", "Fast lønn"]),
            *(one("art", "", n, ["Lønn", None, n]) for _, n in ARTER[1:]),
        ],
    },
    "ansvar-uten-et-ord-om-det": {
        "Ark1": [
            plain("Kode", "Navn"),
            *(
                one("ansvar", c, n, [c, n])
                for c, n in [
                    ("201", "Rådmann"),
                    ("202", "Økonomi"),
                    ("231", "Fjell skole"),
                    ("232", "Vik barnehage"),
                    ("241", "Hjemmesykepleie"),
                    ("242", "Bibliotek"),
                    ("265", "Brann"),
                    ("301", "Kulturskole"),
                ]
            ),
        ],
    },
    "to-generiske": {
        "Ark1": [
            plain("Dim1", "Dim1(T)", "Dim2", "Dim2(T)"),
            *(([*a, "1200", "Administrasjon"], [("art", *a), ("funksjon", "1200", "Administrasjon")]) for a in ARTER),
        ],
    },
}
